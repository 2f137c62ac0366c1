package main

import "github.com/viser-go/viser"

func init() { scenarios["dismissed"] = dismissedScenario }

// dismissedScenario has a program that disconnects its newest client, for the reason in the argument.
func dismissedScenario(s *stage) {
	s.GUI().AddButton("Go", nil)
	s.forClient("disconnect", func(c *viser.Client, reason string) (string, error) {
		c.Disconnect(reason)
		return "", nil
	})
}

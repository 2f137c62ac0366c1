package main

import (
	"context"

	"github.com/viser-go/viser"
)

func init() { scenarios["labels"] = labelsScenario }

// labelsScenario has two labels at one point, and one whose anchor is at the right edge of a picture of 800 by 400.
func labelsScenario(s *stage) {
	sc := s.Scene()
	s.OnClientConnect(func(_ context.Context, c *viser.Client) {
		c.Atomic(func() {
			c.Camera().SetPosition(viser.Vec3{0, -4, 0})
			c.Camera().SetLookAt(viser.Vec3{})
		})
	})
	click := func(_ context.Context, e viser.ClickEvent) { s.event("clicked %s", e.Target.Name()) }
	for name, at := range map[string]viser.Vec3{"/one": {}, "/two": {}, "/edge": {6.05, 0, -1}} {
		sc.AddLabel(name, "some words here", &viser.LabelOptions{Position: at}).OnClick(click)
	}
}

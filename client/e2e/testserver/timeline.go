package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["timeline"] = timelineScenario }

// timelineScenario is a program with a past: the command "n" sets its number, and returns the time before that.
func timelineScenario(s *stage) {
	box := s.Scene().AddBox("/box", nil)
	number := s.GUI().AddNumber("Number", 0, nil)
	button := s.GUI().AddButton("Press me", nil)
	button.OnClick(func(context.Context, viser.ButtonEvent) { s.event("pressed") })
	s.Timeline(&viser.TimelineOptions{Keep: time.Minute})
	s.commands["n"] = func(text string) (string, error) {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return "", err
		}
		c, err := s.newest()
		if err != nil {
			return "", err
		}
		before := c.TimelineState().To
		s.Atomic(func() {
			number.SetValue(n)
			box.SetPosition(viser.Vec3{n, 0, 0})
		})
		return fmt.Sprint(before.Seconds()), nil
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/viser-go/viser"
)

func init() { scenarios["glass"] = glassScenario }

// glassScenario has two transparent panes, a red one and a blue one behind it, and any number of small transparent
// boxes beside them.
func glassScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	glass := func(name string, at viser.Vec3, size float64, color viser.RGB, opacity float64) *viser.Box {
		dimensions := viser.Uniform(size)
		dimensions[1] = 0.01
		return sc.AddBox(name, &viser.BoxOptions{
			Dimensions: dimensions,
			Color:      color, Opacity: &opacity,
			NoCastShadow: true,
			Position:     at,
		})
	}
	red := glass("/red", viser.Vec3{0, -0.5, 0}, 1, viser.RGB{220, 0, 0}, 0.6)
	glass("/blue", viser.Vec3{0, 0.5, 0}, 1, viser.RGB{0, 0, 220}, 0.6)
	red.OnClick(func(context.Context, viser.ClickEvent) { s.event("red") })
	s.do("crumbs", func(v string) {
		n, _ := strconv.Atoi(v)
		for i := range n {
			at := viser.Vec3{float64(i%30)*0.05 - 0.75, 0.02 * float64(i%7), 0.9 + 0.04*float64(i/30)}
			glass(fmt.Sprint("/crumbs/", i), at, 0.03, viser.RGB{0, 200, 0}, 0.2+0.1*float64(i%7))
		}
	})
	s.do("sweep", func(string) { sc.RemoveNode("/crumbs") })
	s.do("red", func(v string) {
		opacity, _ := strconv.ParseFloat(v, 64)
		red.SetOpacity(opacity)
	})
	s.do("swap", func(string) { red.SetPosition(viser.Vec3{0, 1, 0}) })
	s.do("behind", func(string) {
		for c := range s.Clients() {
			cam := c.Camera()
			if err := errors.Join(cam.SetPosition(viser.Vec3{0, 4, 0}), cam.SetLookAt(viser.Vec3{})); err != nil {
				panic(err)
			}
		}
	})
}

package main

import (
	"context"
	"strconv"

	"github.com/viser-go/viser"
)

func init() { scenarios["gui3d"] = gui3DScenario }

// gui3DScenario has controls in the scene, seen along +y with z up.
func gui3DScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.cameras()
	frame := sc.AddFrame("/frame", &viser.FrameOptions{NoAxes: true})
	var box *viser.GUIContainer
	add := func(name string) {
		box = sc.AddGUIContainer("/frame/controls", nil)
		box.AddButton("Press "+name, nil).OnClick(func(context.Context, viser.ButtonEvent) { s.event("pressed %s", name) })
		box.AddSlider("Amount", 5, &viser.SliderOptions{Max: 10, Step: 1}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { s.event("amount %v", e.Value) })
		box.AddText("Words", "", nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { s.event("words %q", e.Value) })
	}
	add("one")
	s.do("again", add)
	s.do("color", func(string) { box.AddRGB("Color", viser.RGB{255, 255, 255}, nil) })
	s.do("move", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		frame.SetPosition(viser.Vec3{x, 0, 0})
	})
	s.do("behind", func(string) { frame.SetPosition(viser.Vec3{0, -5, 0}) })
	s.do("visible", func(v string) { frame.SetVisible(v == "true") })
	s.do("remove", func(string) { sc.RemoveNode("/frame") })
	s.forClient("own", func(c *viser.Client, _ string) (string, error) {
		c.GUI().In(box).AddButton("Own in shared", nil)
		own := c.Scene().AddGUIContainer("/own", &viser.GUIContainerOptions{Position: viser.Vec3{-2, 0, 1}})
		own.AddButton("Own", nil)
		return "", nil
	})
}

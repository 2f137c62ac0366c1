package main

import (
	"context"

	"github.com/viser-go/viser"
)

// gizmo is a gizmo with a box that moves with it.
func gizmo(s *viser.Scene, name string) {
	s.AddTransformControls(name, &viser.TransformControlsOptions{Scale: 0.7, Position: viser.Vec3{0, 0, 0.3}, WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, 0.3)})
	s.AddBox(name+"/box", &viser.BoxOptions{Dimensions: viser.Uniform(0.3), Color: surface(170, 170, 180)})
}

// controls are a ball and, beside it in the scene, what changes it.
func controls(s *viser.Scene, name string) {
	ball := s.AddIcosphere(name, &viser.IcosphereOptions{
		Radius: 0.25, Color: surface(90, 160, 230), Position: viser.Vec3{0.2, -0.3, 0.3},
	})
	box := s.AddGUIContainer(name+"/controls", &viser.GUIContainerOptions{Position: viser.Vec3{0, 0.3, 0.2}})
	box.AddRGB("Color", ball.Color(), nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) { ball.SetColor(e.Value) })
	box.AddSlider("Radius", 0.25, &viser.SliderOptions{Min: 0.1, Max: 0.5, Step: 0.01}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { ball.SetRadius(e.Value) })
}

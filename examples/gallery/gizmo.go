package main

import "github.com/viser-go/viser"

// gizmo is one with a box on it that goes along.
func gizmo(s *viser.Scene, name string) {
	s.AddTransformControls(name, &viser.TransformControlsOptions{Scale: 0.7, NodeOptions: viser.NodeOptions{
		Position: viser.Vec3{0, 0, 0.3}, WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, 0.3),
	}})
	s.AddBox(name+"/box", &viser.BoxOptions{Dimensions: viser.Uniform(0.3), SurfaceOptions: surface(170, 170, 180)})
}

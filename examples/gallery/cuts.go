package main

import (
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
)

// cuts shows a mesh that a plane cuts open, and a ball of which a box cuts out a quarter.
func cuts(s *viser.Scene, parent string) {
	vertices, faces := bunny.Mesh()
	mesh := s.AddMesh(parent+"/bunny", vertices, faces, &viser.MeshOptions{
		Color: surface(205, 170, 130), Position: viser.Vec3{0.35, -0.35, 0}, WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, 1.6),
	})
	s.AddClipPlane(parent+"/plane", &viser.ClipPlaneOptions{
		Position: viser.Vec3{0.35, -0.35, 0.45}, Normal: viser.Vec3{0, 0, -1}, Outline: 0.9,
		Nodes: []string{mesh.Name()}, CapColor: viser.RGB{210, 80, 60},
	})

	ball := s.AddIcosphere(parent+"/ball", &viser.IcosphereOptions{
		Radius: 0.4, Position: viser.Vec3{-0.35, 0.45, 0.45}, Color: surface(90, 160, 230),
	})
	s.AddClipBox(parent+"/box", &viser.ClipBoxOptions{
		Position: viser.Vec3{-0.1, 0.2, 0.7}, Size: viser.Uniform(0.5), Flip: true, Nodes: []string{ball.Name()},
	})
}

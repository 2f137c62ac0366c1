package main

import (
	"fmt"

	"github.com/viser-go/viser"
)

func init() { scenarios["fillings"] = fillingsScenario }

// fillingsScenario has closed bodies, each larger than what is kept of it, so that nothing of its back is drawn. The
// camera looks along y; what is kept is a slab 0.6 thick.
func fillingsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	cube := viser.Vec3{1.6, 1.6, 1.6}
	red, blue, green := viser.RGB{255, 0, 0}, viser.RGB{0, 0, 255}, viser.RGB{0, 255, 0}
	sc.AddBox("/outer", &viser.BoxOptions{Dimensions: cube, Color: red, Position: viser.Vec3{-2, 0, 0}})
	sc.AddIcosphere("/inner", &viser.IcosphereOptions{Radius: 0.4, Color: blue, Position: viser.Vec3{-2, 0, 0}})
	vertices := []viser.Vec3f{{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}, {-1, 1, 1}}
	faces := [][3]uint32{{0, 2, 1}, {0, 3, 2}, {4, 5, 6}, {4, 6, 7}, {0, 1, 5}, {0, 5, 4}, {1, 2, 6}, {1, 6, 5}, {2, 3, 7}, {2, 7, 6}, {3, 0, 4}, {3, 4, 7}}
	sc.AddMesh("/mesh", vertices, faces, &viser.MeshOptions{Color: green, Side: viser.DoubleSide})
	// All of it is behind what is kept.
	sc.AddBox("/behind", &viser.BoxOptions{Dimensions: viser.Vec3{1, 1, 1}, Color: red, Position: viser.Vec3{3, 3, 0}})
	slab := viser.Vec3{100, 0.6, 100}
	s.do("slab", func(string) { sc.AddClipBox("/cut", &viser.ClipBoxOptions{Size: slab, NoOutline: true}) })
	s.do("hole", func(string) {
		sc.AddClipBox("/cut", &viser.ClipBoxOptions{Size: slab, Flip: true, NoOutline: true, Position: viser.Vec3{0, -1, 0}})
		sc.AddClipPlane("/end", &viser.ClipPlaneOptions{Normal: viser.Vec3{0, -1, 0}, Position: viser.Vec3{0, 0.2, 0}})
	})
	s.do("many", func(string) {
		for i := range 9 {
			sc.AddClipPlane(fmt.Sprint("/many/", i), &viser.ClipPlaneOptions{Normal: viser.Vec3{0, 0, 1}, Position: viser.Vec3{0, 0, -5}})
		}
	})
	s.do("uncut", func(string) {
		sc.RemoveNode("/cut")
		sc.RemoveNode("/end")
	})
}

package main

import (
	"context"
	"encoding/json"

	"github.com/viser-go/viser"
)

func init() { scenarios["measure"] = measureScenario }

// measureScenario has a box of side 2 in the middle, seen along +y with z up, and below it a triangle and a point. With a
// number it is that far from the origin.
func measureScenario(s *stage) {
	build := func(far float64) {
		sc := s.Scene()
		at := func(x, y, z float64) viser.Vec3 { return viser.Vec3{far + x, far + y, z} }
		sc.AddBox("/box", &viser.BoxOptions{Position: at(0, 0, 0), Dimensions: viser.Uniform(2), Color: brick}).
			OnClick(func(context.Context, viser.ClickEvent) { s.event("clicked") })
		frame := sc.AddFrame("/turned", &viser.FrameOptions{Position: at(0, 0, -2), AxesLength: 0.1, AxesRadius: 0.01})
		frame.SetWXYZ(viser.AxisAngle(viser.Vec3{0, 0, 1}, 3.141592653589793))
		sc.AddMesh("/turned/triangle", []viser.Vec3f{{-1, 0, -0.5}, {1, 0, -0.5}, {0, 0, 0.5}}, [][3]uint32{{0, 1, 2}}, &viser.MeshOptions{Color: grass, Side: viser.DoubleSide})
		sc.AddPointCloud("/cloud", [][3]float32{{0, 0, 0}}, []viser.RGB{grass}, &viser.PointCloudOptions{Position: at(2, 0, 0), PointSize: 0.1})
		s.InitialCamera().SetPosition(at(0, -6, 0))
		s.InitialCamera().SetLookAt(at(0, 0, 0))
	}
	build(0)
	s.Scene().SetLengthUnit("m")
	s.do("far", func(string) { s.Scene().Reset(); build(1e6); s.Scene().SetLengthUnit("m") })
	s.do("remove", func(name string) { s.Scene().RemoveNode(name) })
	s.do("listen", func(string) {
		s.Scene().OnMeasure(func(_ context.Context, e viser.MeasureEvent) {
			var names []string
			for _, n := range e.Nodes {
				if n == nil {
					names = append(names, "-")
				} else {
					names = append(names, n.Name())
				}
			}
			b, _ := json.Marshal(e.Points)
			s.event("measured %s %.6g %v %s", e.Kind, e.Value, names, b)
		})
	})
}

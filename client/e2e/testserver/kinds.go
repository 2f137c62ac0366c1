package main

import (
	"fmt"
	"image"
	"image/color"

	"github.com/viser-go/viser"
)

// A kind is a node in the middle of the picture, green where it has a color of its own.
var (
	green = viser.RGB{0, 200, 0}
	kinds = map[string]func(*viser.Scene){
		"frame": func(s *viser.Scene) {
			s.AddFrame("/it", &viser.FrameOptions{AxesLength: 1, AxesRadius: 0.2, WXYZ: viser.AxisAngle(viser.Vec3{1, 0, 0}, 2.3)})
		},
		"grid": func(s *viser.Scene) {
			s.AddGrid("/it", &viser.GridOptions{Width: 3, Height: 3, Plane: viser.PlaneXZ, CellColor: green, SectionColor: green, CellThickness: new(4.0), SectionThickness: new(4.0)})
		},
		"mesh": func(s *viser.Scene) {
			s.AddMesh("/it", [][3]float32{{-1, 0, -1}, {1, 0, -1}, {0, 0, 1}}, [][3]uint32{{0, 1, 2}}, &viser.MeshOptions{Color: green, Side: viser.DoubleSide})
		},
		"box":       func(s *viser.Scene) { s.AddBox("/it", &viser.BoxOptions{Color: green}) },
		"icosphere": func(s *viser.Scene) { s.AddIcosphere("/it", &viser.IcosphereOptions{Color: green}) },
		"cylinder":  func(s *viser.Scene) { s.AddCylinder("/it", &viser.CylinderOptions{Color: green}) },
		"lines": func(s *viser.Scene) {
			s.AddLineSegments("/it", [][2][3]float32{{{-1, 0, -1}, {1, 0, 1}}}, [][2]viser.RGB{{green, green}}, &viser.LineSegmentsOptions{Thickness: 20, ThicknessUnits: viser.ScreenUnits})
		},
		"label": func(s *viser.Scene) {
			s.AddLabel("/it", "label 你好", &viser.LabelOptions{Anchor: viser.Center, FontScreenScale: 3})
		},
		"frustum": func(s *viser.Scene) {
			s.AddCameraFrustum("/it", 1, 1, &viser.CameraFrustumOptions{
				Image: plain(color.NRGBA{0, 200, 0, 255}), Scale: viser.Uniform(2), Color: green,
				WXYZ: viser.AxisAngle(viser.Vec3{1, 0, 0}, -1.5708),
			})
		},
	}
)

func plain(c color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for i := range 64 * 64 {
		img.Set(i%64, i/64, c)
	}
	return img
}

// kindsScenario shows one kind of node at a time.
func kindsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.commands["show"] = func(kind string) (string, error) {
		add := kinds[kind]
		if add == nil {
			return "", fmt.Errorf("there is no kind %q", kind)
		}
		add(sc)
		return "", nil
	}
	s.do("remove", func(string) { sc.RemoveNode("/it") })
	s.forClient("points", withJSON(func(_ *viser.Client, o struct{ Shape, Shading, Precision string }) (string, error) {
		sc.AddPointCloud("/it", [][3]float32{{}}, []viser.RGB{green}, &viser.PointCloudOptions{
			PointSize: 0.75, PointShape: viser.PointShape(o.Shape), PointShading: viser.PointShading(o.Shading), Precision: viser.Precision(o.Precision),
		})
		return "", nil
	}))
}

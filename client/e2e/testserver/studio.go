package main

import (
	"image/color"
	"math"
	"strings"

	"github.com/viser-go/viser"
)

func init() { scenarios["studio"] = studioScenario }

// studioScenario has something of all kinds for the looks to change, and sets them: "look NAME NAME …", for all clients.
func studioScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	things := map[string]func(){
		// A step: a near and a far half.
		"cloud": func() {
			sc.AddPointCloud("/it", step(0.02), []viser.RGB{{200, 200, 200}}, &viser.PointCloudOptions{PointSize: 0.02})
		},
		// The points are far apart, and small.
		"sparse": func() {
			sc.AddPointCloud("/it", step(0.2), []viser.RGB{{200, 0, 0}}, &viser.PointCloudOptions{PointSize: 0.001})
		},
		"one point": func() {
			sc.AddPointCloud("/it", [][3]float32{{0, 0, 0}}, []viser.RGB{{200, 200, 200}}, &viser.PointCloudOptions{PointSize: 0.2})
		},
		"boxes": func() {
			sc.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{2, 2, 2}, Color: viser.RGB{210, 210, 210}, WXYZ: turned})
			sc.AddBox("/behind", &viser.BoxOptions{Dimensions: viser.Vec3{9, 0.1, 9}, Position: viser.Vec3{0, 4, 0}, Color: viser.RGB{230, 230, 230}})
		},
		"inside": func() {
			sc.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{2, 2, 2}, Color: viser.RGB{220, 220, 220}})
			sc.AddIcosphere("/core", &viser.IcosphereOptions{Radius: 0.5, Color: viser.RGB{0, 0, 220}})
		},
		"corner": func() {
			sc.AddBox("/floor", &viser.BoxOptions{Dimensions: viser.Vec3{6, 6, 0.1}, Position: viser.Vec3{0, 0, -1}, Color: viser.RGB{220, 220, 220}})
			sc.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{1, 1, 1.2}, Position: viser.Vec3{0, 0, -0.4}, Color: viser.RGB{220, 220, 220}})
		},
		// Its back side is towards the camera.
		"flipped": func() {
			faces := [][3]uint32{{0, 2, 1}, {0, 3, 2}}
			sc.AddMesh("/it", pane, faces, &viser.MeshOptions{Side: viser.DoubleSide, Color: viser.RGB{0, 0, 220}})
		},
		"label": func() {
			sc.AddBox("/behind", &viser.BoxOptions{Dimensions: viser.Vec3{9, 0.1, 9}, Position: viser.Vec3{0, 4, 0}, Color: viser.RGB{230, 230, 230}})
			sc.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{2, 2, 2}, Color: viser.RGB{210, 210, 210}})
			sc.AddLabel("/label", "████", &viser.LabelOptions{Anchor: viser.Center, FontScreenScale: 4, Position: viser.Vec3{1, -1.2, 0}})
			sc.AddGaussianSplats("/splats", [][3]float32{{-1, -1.2, 0}}, [][6]float32{{0.04, 0, 0, 0.04, 0, 0.04}}, []viser.RGB{{0, 0, 220}}, []float32{1}, nil)
		},
		"axes": func() { sc.AddFrame("/it", &viser.FrameOptions{AxesLength: 1.5, AxesRadius: 0.15}) },
		"colors": func() {
			brick := viser.RGB{200, 90, 40}
			sc.AddPointCloud("/points", [][3]float32{{-2, 0, 0}}, []viser.RGB{brick}, &viser.PointCloudOptions{PointSize: 0.3, PointShading: viser.PointFlat})
			sc.AddLineSegments("/line", [][2][3]float32{{{-1.2, 0, 0}, {-0.8, 0, 0}}}, [][2]viser.RGB{{brick, brick}}, &viser.LineSegmentsOptions{Thickness: 0.4})
			sc.AddImage("/image", plain(color.NRGBA{200, 90, 40, 255}), 0.6, 0.6, &viser.ImageOptions{WXYZ: viser.Quat{W: math.Sqrt2, X: math.Sqrt2}})
			sc.AddGaussianSplats("/splat", [][3]float32{{1, 0, 0}}, [][6]float32{{0.2, 0, 0, 0.2, 0, 0.2}}, []viser.RGB{brick}, []float32{0.5}, nil)
		},
		"nothing": func() {},
	}
	s.do("show", func(name string) {
		sc.Reset()
		things[name]()
	})
	s.do("look", func(names string) {
		on := func(name string) bool { return strings.Contains(names, name) }
		sc.SetLook(viser.Look{
			EyeDome: on("eye_dome"), AdaptivePoints: on("adaptive"), Studio: on("studio"), Edges: on("edges"),
			Wireframe: on("wireframe"), BackFaces: on("back"), XRay: on("x_ray"), Silhouettes: on("silhouettes"),
		})
	})
}

var turned = viser.Quat{W: math.Cos(0.4), X: 0.5 * math.Sin(0.4), Z: math.Sqrt(0.75) * math.Sin(0.4)}

// step is a square of points that faces the camera; its right half is farther away.
func step(apart float32) [][3]float32 {
	var out [][3]float32
	for x := float32(-1.5); x < 1.5; x += apart {
		for z := float32(-1.5); z < 1.5; z += apart {
			y := float32(0)
			if x > 0 {
				y = 1
			}
			out = append(out, [3]float32{x, y, z})
		}
	}
	return out
}

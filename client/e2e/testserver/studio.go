package main

import (
	"image"
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
		// The back side of the one in the middle is towards the camera, the front side of the one at the left.
		"flipped": func() {
			faces := [][3]uint32{{0, 2, 1}, {0, 3, 2}}
			sc.AddMesh("/it", pane, faces, &viser.MeshOptions{Side: viser.DoubleSide, Color: viser.RGB{0, 0, 220}})
			sc.AddMesh("/front", pane, paneFaces, &viser.MeshOptions{Side: viser.DoubleSide, Color: viser.RGB{0, 220, 0}, Position: viser.Vec3{-3, 0, 0}})
		},
		"label": func() {
			sc.AddBox("/behind", &viser.BoxOptions{Dimensions: viser.Vec3{9, 0.1, 9}, Position: viser.Vec3{0, 4, 0}, Color: viser.RGB{230, 230, 230}})
			sc.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{2, 2, 2}, Color: viser.RGB{210, 210, 210}})
			sc.AddLabel("/label", "██", &viser.LabelOptions{Anchor: viser.Center, FontScreenScale: 2, Position: viser.Vec3{1, -1.2, 0}})
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
		// Squares of whole blocks of a JPEG.
		"tints PNG":       func() { addTints(sc, 16, viser.PNG) },
		"tints large PNG": func() { addTints(sc, 128, viser.PNG) },
		"tints image":     func() { addTints(sc, 16, viser.AutoFormat) },
		"tints points": func() {
			places, colors := tints()
			sc.AddPointCloud("/it", places, colors, &viser.PointCloudOptions{PointSize: cell / 3, PointShading: viser.PointFlat})
		},
		"tints lines": func() {
			places, colors := tints()
			lines, ends := make([][2][3]float32, 256), make([][2]viser.RGB, 256)
			for i, p := range places {
				lines[i] = [2][3]float32{{p[0] - cell/3, p[1], p[2]}, {p[0] + cell/3, p[1], p[2]}}
				ends[i] = [2]viser.RGB{colors[i], colors[i]}
			}
			sc.AddLineSegments("/it", lines, ends, &viser.LineSegmentsOptions{Thickness: cell / 2})
		},
		// So far apart and so large that a pixel in the middle has no other color.
		"splats": func() {
			places := [][3]float32{{-3, 0, 0}, {-1, 0, 0}, {1, 0, 0}, {3, 0, 0}}
			wide := each(4, [6]float32{0.04, 0, 0, 0.04, 0, 0.04})
			sc.AddGaussianSplats("/it", places, wide, []viser.RGB{{0, 0, 214}, {40, 128, 1}, {254, 3, 77}, {100, 200, 33}}, []float32{1, 1, 1, 1}, nil)
		},
		"nothing": func() {},
	}
	s.do("show", func(name string) {
		sc.Reset()
		things[name]()
	})
	s.forClient("render", withJSON(render))
	s.do("filmic", func(string) { sc.SetToneMapping(viser.FilmicToneMapping) })
	s.do("look", func(names string) {
		on := func(name string) bool { return strings.Contains(names, name) }
		sc.SetLook(viser.Look{
			EyeDome: on("eye_dome"), AdaptivePoints: on("adaptive"), Studio: on("studio"), Edges: on("edges"),
			Wireframe: on("wireframe"), BackFaces: on("back"), XRay: on("x_ray"), Silhouettes: on("silhouettes"),
		})
	})
}

// cell is the distance of the 16 × 16 tints, in scene units.
const cell = 0.24

// tints are 256 colors, by rows from above.
func tints() ([][3]float32, []viser.RGB) {
	places, colors := make([][3]float32, 256), make([]viser.RGB, 256)
	for i := range 256 {
		places[i] = [3]float32{(float32(i%16) - 7.5) * cell, 0, (7.5 - float32(i/16)) * cell}
		colors[i] = viser.RGB{uint8(i), uint8(255 - i), uint8(7 * i)}
	}
	return places, colors
}

// addTints adds an image of squares of that side in pixels: the middle of one is not blended with its neighbors.
func addTints(sc *viser.Scene, side int, format viser.ImageFormat) {
	img := image.NewNRGBA(image.Rect(0, 0, 16*side, 16*side))
	_, colors := tints()
	for i := range 256 * side * side {
		x, y := i%(16*side), i/(16*side)
		c := colors[y/side*16+x/side]
		img.SetNRGBA(x, y, color.NRGBA{c[0], c[1], c[2], 255})
	}
	sc.AddImage("/it", img, 16*cell, 16*cell, &viser.ImageOptions{
		WXYZ: viser.Quat{W: math.Sqrt2, X: -math.Sqrt2}, Format: format,
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

package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/viser-go/viser"
)

func init() { scenarios["shapes"] = shapesScenario }

var (
	grass = viser.RGB{0, 200, 0}
	rust  = viser.RGB{220, 0, 0}
	sky   = viser.RGB{0, 0, 220}
)

// A shape is a node of a test, seen along +y with z up.
var shapes = map[string]func(*stage, *viser.Scene){
	"arrows": func(_ *stage, s *viser.Scene) {
		s.AddArrows("/it", [][2][3]float32{{{-2, 0, 1}, {0, 0, 1}}, {{1, 0, 0}, {1.1, 0, 0}}, {{0, 0, -1}, {0, 0, -1}}},
			[]viser.RGB{grass, rust, sky}, &viser.ArrowsOptions{ShaftRadius: 0.1, HeadRadius: 0.3, HeadLength: 0.6})
	},
	"catmull": func(_ *stage, s *viser.Scene) {
		s.AddSplineCatmullRom("/it", [][3]float32{{-2, 0, -1}, {-1, 0, 1}, {1, 0, 1}, {2, 0, -1}}, &viser.CatmullRomSplineOptions{Thickness: 8, ThicknessUnits: viser.ScreenUnits, Color: grass})
	},
	"closed": func(_ *stage, s *viser.Scene) {
		s.AddSplineCatmullRom("/it", [][3]float32{{-1, 0, -1}, {-1, 0, 1}, {1, 0, 1}, {1, 0, -1}}, &viser.CatmullRomSplineOptions{Thickness: 8, ThicknessUnits: viser.ScreenUnits, Color: grass, Closed: true})
	},
	"bezier": func(_ *stage, s *viser.Scene) {
		s.AddSplineCubicBezier("/it", [][3]float32{{-2, 0, 0}, {0, 0, 0}, {2, 0, 0}}, [][3]float32{{-2, 0, 1}, {0, 0, 1}, {0, 0, -1}, {2, 0, -1}}, &viser.CubicBezierSplineOptions{Thickness: 8, ThicknessUnits: viser.ScreenUnits, Color: grass})
	},
	"axes": func(t *stage, s *viser.Scene) {
		nan := float32(math.NaN())
		axes := s.AddBatchedAxes("/it",
			[][4]float32{{1, 0, 0, 0}, {math.Sqrt2 / 2, 0, -math.Sqrt2 / 2, 0}, {0, 0, 0, 0}, {1, 0, 0, 0}},
			[][3]float32{{-2, 0, 0}, {1, 0, 0}, {0, 0, 0}, {nan, 0, 0}},
			&viser.BatchedAxesOptions{Scales: []float32{1, 2, 1, 1}, AxesLength: 0.8, AxesRadius: 0.1})
		axes.OnClick(t.hit)
	},
	"image": func(t *stage, s *viser.Scene) {
		img := s.AddImage("/it", corners(), 3, 2, &viser.ImageOptions{WXYZ: facing})
		img.OnClick(t.hit)
		t.do("turn", func(string) { img.SetWXYZ(viser.AxisAngle(viser.Vec3{1, 0, 0}, math.Pi/2)) })
		t.do("clear", func(string) { img.SetImage(filled(color.NRGBA{})) })
		t.do("width", func(string) { img.SetRenderWidth(1) })
	},
	"background": func(_ *stage, s *viser.Scene) {
		s.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{4, 0.2, 1}, Color: grass})
		s.SetBackgroundImage(filled(color.NRGBA{0, 0, 220, 255}), nil)
	},
	// The image's left half is behind the box, its right half in front of it.
	"depth": func(_ *stage, s *viser.Scene) {
		s.AddBox("/it", &viser.BoxOptions{Dimensions: viser.Vec3{4, 0.2, 1}, Color: grass})
		s.SetBackgroundImage(filled(color.NRGBA{0, 0, 220, 255}), &viser.BackgroundImageOptions{Depth: &viser.DepthMap{Width: 2, Height: 1, Depths: []float32{4.2, 3.8}}})
	},
	"bad": func(_ *stage, s *viser.Scene) {
		nan := [3]float32{float32(math.NaN()), 0, 0}
		s.AddArrows("/bad/arrows", [][2][3]float32{{nan, {}}, {{-2, 0, 1}, {-1, 0, 1}}}, []viser.RGB{grass}, &viser.ArrowsOptions{ShaftRadius: 0.2, HeadRadius: 0.2})
		s.AddSplineCatmullRom("/bad/curve", [][3]float32{nan, {}, {1, 1, 1}}, nil)
		s.AddSplineCatmullRom("/fine/none", nil, nil)
		s.AddSplineCatmullRom("/fine/point", [][3]float32{{1, 2, 3}}, &viser.CatmullRomSplineOptions{Closed: true})
		s.AddSplineCubicBezier("/fine/bezier", [][3]float32{{1, 2, 3}}, nil, nil)
		s.AddSplineCubicBezier("/bad/bezier", [][3]float32{{}, {1, 1, 1}}, [][3]float32{nan, {}}, nil)
		s.AddBatchedAxes("/bad/axes", nil, [][3]float32{nan}, nil)
		s.AddBatchedAxes("/fine/axes", nil, nil, nil)
		s.AddArrows("/fine/arrows", nil, nil, nil)
		s.AddImage("/fine/image", filled(color.NRGBA{200, 0, 0, 255}), 0.5, 0.5, &viser.ImageOptions{WXYZ: facing})
	},
}

var (
	facing = viser.AxisAngle(viser.Vec3{1, 0, 0}, -math.Pi/2)
)

func filled(c color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for i := range 64 * 64 {
		img.Set(i%64, i/64, c)
	}
	return img
}

// hit reports the clicked instance.
func (s *stage) hit(_ context.Context, e viser.ClickEvent) {
	s.event("hit %s %d", e.Target.Name(), e.InstanceIndex)
}

// corners is gray, red in the top left and blue in the bottom right.
func corners() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for i := range 60 * 40 {
		x, y := i%60, i/60
		c := color.NRGBA{120, 120, 120, 255}
		if x < 20 && y < 20 {
			c = color.NRGBA{220, 0, 0, 255}
		} else if x >= 40 && y >= 20 {
			c = color.NRGBA{0, 0, 220, 255}
		}
		img.Set(x, y, c)
	}
	return img
}

// shapesScenario shows one shape at a time.
func shapesScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.commands["show"] = func(name string) (string, error) {
		add := shapes[name]
		if add == nil {
			return "", fmt.Errorf("there is no shape %q", name)
		}
		sc.Reset()
		add(s, sc)
		return "", nil
	}
}

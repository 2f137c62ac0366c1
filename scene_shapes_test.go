package viser_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestArrowsAndSplines(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		ends := [][2][3]float32{{{0, 0, 0}, {1, 0, 0}}, {{0, 0, 0}, {0, 1, 0}}}
		arrows := sc.AddArrows("/a", ends, []viser.RGB{{1, 2, 3}}, nil)
		ends[0][1][0] = 9
		if arrows.Points()[0][1][0] != 1 || len(arrows.Colors()) != 1 {
			t.Error("the arrows are not a copy")
		}
		misused(t, "colors", func() { sc.AddArrows("/a", ends, make([]viser.RGB, 3), nil) })
		misused(t, "a head of no length", func() { sc.AddArrows("/a", ends, nil, &viser.ArrowsOptions{HeadLength: -1}) })
		misused(t, "colors later", func() { arrows.SetColors(make([]viser.RGB, 3)) })
		sc.AddArrows("/none", nil, nil, nil)
		p.catchUp()
		p.frames = nil
		arrows.SetPoints(ends[:1], []viser.RGB{{7, 7, 7}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || len(p.frames) != 1 {
			t.Errorf("points and colors are not one change: %+v", m.Updates)
		}

		curve := sc.AddSplineCatmullRom("/c", nil, &viser.CatmullRomSplineOptions{Tension: new(0.0)})
		curve.SetPoints([][3]float32{{1, 2, 3}})
		curve.SetSegments(5)
		curve.SetCurveType(viser.CurveChordal)
		if curve.Points()[0] != [3]float32{1, 2, 3} || curve.Segments() != 5 || curve.Tension() != 0 || curve.CurveType() != viser.CurveChordal {
			t.Error("the curve cannot be read back")
		}
		misused(t, "segments", func() { curve.SetSegments(-1) })
		misused(t, "tension", func() { curve.SetTension(1.5) })
		misused(t, "a type", func() { curve.SetCurveType("round") })
		misused(t, "a thickness", func() {
			sc.AddSplineCatmullRom("/c", nil, &viser.CatmullRomSplineOptions{Thickness: -1})
		})

		points, controls := make([][3]float32, 3), make([][3]float32, 4)
		bezier := sc.AddSplineCubicBezier("/b", points, controls, nil)
		misused(t, "control points", func() { bezier.SetPoints(points, controls[:3]) })
		misused(t, "control points at first", func() { sc.AddSplineCubicBezier("/b", nil, controls, nil) })
		bezier.SetPoints(points[:1], nil)
		bezier.SetSegments(3)
		if len(bezier.Points()) != 1 || len(bezier.ControlPoints()) != 0 || bezier.Segments() != 3 {
			t.Error("the curves cannot be read back")
		}
		sc.AddSplineCubicBezier("/none", nil, nil, nil)
	})
}

func TestBatchedAxes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		positions := [][3]float32{{1, 0, 0}, {2, 0, 0}}
		axes := sc.AddBatchedAxes("/a", nil, positions, &viser.BatchedAxesOptions{AxesLength: 2})
		wxyzs, places := axes.Poses()
		if diff := cmp.Diff([][4]float32{{1}, {1}}, wxyzs); diff != "" || len(places) != 2 || axes.Len() != 2 {
			t.Error(diff, places)
		}
		axes.SetScales(viser.InstanceScales{Scales: []float32{1, 2}})
		p.catchUp()
		p.frames = nil
		axes.SetInstances(nil, positions[:1], viser.InstanceScales{AxisScales: [][3]float32{{1, 2, 3}}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 3 || len(p.frames) != 1 {
			t.Errorf("not one change: %+v", m.Updates)
		}
		if got := axes.Scales().AxisScales; len(got) != 1 || got[0] != [3]float32{1, 2, 3} || axes.Len() != 1 {
			t.Errorf("scales %v", got)
		}
		misused(t, "poses", func() { axes.SetPoses(nil, positions) })
		misused(t, "scales", func() { axes.SetScales(viser.InstanceScales{Scales: []float32{1, 2}}) })
		misused(t, "orientations", func() { sc.AddBatchedAxes("/a", make([][4]float32, 3), positions, nil) })
		misused(t, "a size", func() { axes.SetAxesLength(-1) })
		misused(t, "a size at first", func() { sc.AddBatchedAxes("/a", nil, nil, &viser.BatchedAxesOptions{AxesRadius: math.NaN()}) })
		sc.AddBatchedAxes("/none", nil, nil, nil)
	})
}

func TestImageNode(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		opaque, clear := image.NewGray(image.Rect(0, 0, 4, 4)), image.NewNRGBA(image.Rect(0, 0, 6, 4))
		n := s.Scene().AddImage("/i", opaque, 2, 1, nil)
		opaque.Set(0, 0, color.White)
		if r, _, _, _ := n.Image().At(0, 0).RGBA(); r != 0 {
			t.Error("the image is not a copy")
		}
		p.catchUp()
		if m := last[*wire.ImageMessage](p); m.Props.Format != "jpeg" || n.Format() != viser.AutoFormat {
			t.Errorf("format %q", m.Props.Format)
		}
		n.SetImage(clear)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || n.Image().Bounds().Dx() != 6 || n.RenderWidth() != 2 {
			t.Errorf("%d updates", len(m.Updates))
		}
		n.SetFormat(viser.PNG) // as it came out already
		n.SetImage(opaque)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 1 || n.Format() != viser.PNG {
			t.Errorf("the format that was chosen does not last: %+v", m.Updates)
		}
		misused(t, "no image", func() { n.SetImage(nil) })
		misused(t, "an empty image", func() { s.Scene().AddImage("/i", image.NewGray(image.Rectangle{}), 1, 1, nil) })
		misused(t, "no size", func() { s.Scene().AddImage("/i", opaque, 0, 1, nil) })
		misused(t, "a format", func() { n.SetFormat("gif") })
		misused(t, "a quality", func() { s.Scene().AddImage("/i", opaque, 1, 1, &viser.ImageOptions{JPEGQuality: 101}) })
	})
}

func TestBackgroundImage(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		sc := s.Scene()
		img := image.NewGray(image.Rect(0, 0, 4, 4))
		inf, nan := float32(math.Inf(1)), float32(math.NaN())
		depth := &viser.DepthMap{Width: 3, Height: 2, Depths: []float32{0, 1, 167, inf, nan, -inf}}
		sc.SetBackgroundImage(img, &viser.BackgroundImageOptions{Depth: depth})
		p.catchUp()
		m := last[*wire.BackgroundImageMessage](p)
		decoded, err := png.Decode(bytes.NewReader(m.DepthData))
		if err != nil || m.Format != "jpeg" || len(m.RgbData) == 0 {
			t.Fatal(err, m.Format)
		}
		var got []int
		for i := range 6 {
			c := decoded.(*image.NRGBA).NRGBAAt(i%3, i/3)
			got = append(got, int(c.R)<<16|int(c.G)<<8|int(c.B))
		}
		if diff := cmp.Diff([]int{0, 100_000, 16_700_000, 1<<24 - 1, 1<<24 - 1, 0}, got); diff != "" {
			t.Error(diff)
		}
		late := open(t, s, true)
		if ms := all[*wire.BackgroundImageMessage](late); len(ms) != 1 || len(ms[0].DepthData) == 0 {
			t.Error("a page that comes later does not see the background")
		}
		c.Scene().SetBackgroundImage(img, nil)
		sc.Reset()
		p.catchUp()
		if m := last[*wire.BackgroundImageMessage](p); m.RgbData != nil || m.DepthData != nil {
			t.Error("the background is left")
		}
		misused(t, "depths", func() {
			sc.SetBackgroundImage(img, &viser.BackgroundImageOptions{Depth: &viser.DepthMap{Width: 2, Height: 2}})
		})
		misused(t, "an empty image", func() { sc.SetBackgroundImage(image.NewGray(image.Rectangle{}), nil) })
		misused(t, "a format", func() { sc.SetBackgroundImage(nil, &viser.BackgroundImageOptions{Format: "gif"}) })
	})
}

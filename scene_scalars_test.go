package viser_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/internal/wire"
)

var nan = float32(math.NaN())

// changes are the properties of the newest update, by name.
func changes(p *page) map[string]any {
	p.t.Helper()
	got := map[string]any{}
	for _, u := range last[*wire.SceneNodeUpdateMessage](p).Updates {
		got[u.Key] = u.Value
	}
	return got
}

func bytesOf(p *page, v any) []byte {
	p.t.Helper()
	a, ok := v.(wire.Array)
	if !ok {
		p.t.Fatalf("a %T is no array", v)
	}
	return a.Bytes()
}

// TestScalarsOfBothDialects: our page is sent numbers, a plain one colors, live and when it joins.
func TestScalarsOfBothDialects(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		plain, _ := connect(t, s)
		ours, _ := connectAs(t, s, true)
		cloud := s.Scene().AddPointCloud("/cloud", grid(0, 4), palette(0, 4), nil)
		plain.catchUp()
		ours.catchUp()
		values := []float32{0, 10, nan, 5}
		cloud.SetScalars(values, &viser.ScalarsOptions{Label: "heat", Unit: "K"})
		values[0] = 9
		plain.catchUp()
		ours.catchUp()
		v := colormap.Viridis
		want := colorsOf(v.At(0), v.At(1), [3]uint8{128, 128, 128}, v.At(0.5))
		got := changes(plain)
		if len(got) != 1 || !slices.Equal(bytesOf(plain, got["colors"]), want) {
			t.Errorf("a plain page is sent %v; want colors %v", got, want)
		}
		sent := changes(ours)
		if len(sent) != 3 || bytesOf(ours, sent["scalars"]) == nil {
			t.Errorf("our page is sent %v", sent)
		}
		// A changed range sends nothing else.
		cloud.SetScalarsRange(0, 20)
		plain.catchUp()
		ours.catchUp()
		if got := changes(ours); len(got) != 1 || fmt.Sprint(got["scalars_range"]) != "[0 20]" {
			t.Errorf("a changed range sends our page %v", got)
		}
		want = colorsOf(v.At(0), v.At(0.5), [3]uint8{128, 128, 128}, v.At(0.25))
		if got := changes(plain); !slices.Equal(bytesOf(plain, got["colors"]), want) {
			t.Errorf("after a changed range a plain page has %v; want %v", got, want)
		}
		late := open(t, s, false)
		if m := last[*wire.PointCloudMessage](late); !slices.Equal(m.Props.Colors.Bytes(), want) || !m.Props.Scalars.IsNull() {
			t.Errorf("a plain page that joins has %v", m.Props)
		}
		lateOurs := open(t, s, true)
		if m := last[*wire.PointCloudMessage](lateOurs); m.Props.Scalars.Len() != 4 || m.Props.ScalarsLook.Label != "heat" {
			t.Errorf("a page of ours that joins has %+v", m.Props)
		}
		// A part, and then points without numbers.
		cloud.SetScalarsAt(2, []float32{20, 20})
		cloud.Append(grid(4, 1), palette(4, 1))
		plain.catchUp()
		want = colorsOf(v.At(0), v.At(0.5), v.At(1), v.At(1), [3]uint8{128, 128, 128})
		if got := changes(plain); !slices.Equal(bytesOf(plain, got["colors"]), want) {
			t.Errorf("after parts a plain page has %v; want %v", got, want)
		}
		cloud.ClearScalars()
		plain.catchUp()
		ours.catchUp()
		if got := changes(plain); len(got) != 1 || !slices.Equal(bytesOf(plain, got["colors"]), wire.RGBs(palette(0, 5)).Data) {
			t.Errorf("after ClearScalars a plain page has %v", got)
		}
		if got := changes(ours); len(got) != 3 || got["scalars"] != nil {
			t.Errorf("after ClearScalars our page has %v", got)
		}
		// What is changed then is sent as it is.
		cloud.SetRange(0, nil, palette(9, 1))
		plain.catchUp()
		if got := changes(plain); !slices.Equal(bytesOf(plain, got["colors"])[:3], []byte{9, 2, 3}) {
			t.Errorf("colors after ClearScalars: %v", got)
		}
	})
}

func colorsOf(colors ...[3]uint8) []byte { return wire.RGBs(colors).Data }

// TestScalarsOfEachKind: what plain pages see of the kinds that have colors.
func TestScalarsOfEachKind(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		low, high := colormap.Viridis.At(0), colormap.Viridis.At(1)
		lines := sc.AddLineSegments("/lines", segments(0, 2), nil, nil)
		lines.SetScalars([]float32{1, 2}, nil)
		if got := last[*wire.LineSegmentsMessage](open(t, s, false)).Props.Colors.Bytes(); !slices.Equal(got, colorsOf(low, low, high, high)) {
			t.Errorf("lines: %v", got)
		}
		lines.SetScalars([]float32{1, 2, 1, 2}, nil)
		if got := last[*wire.LineSegmentsMessage](open(t, s, false)).Props.Colors.Bytes(); !slices.Equal(got, colorsOf(low, high, low, high)) {
			t.Errorf("ends of lines: %v", got)
		}
		arrows := sc.AddArrows("/arrows", segments(0, 2), nil, nil)
		arrows.SetScalars([]float32{1, 2}, nil)
		batch := sc.AddBatchedMeshes("/batch", triangle, oneFace, nil, triangle[:2], nil)
		batch.SetScalars([]float32{1, 2}, nil)
		splats := sc.AddGaussianSplats("/splats", triangle[:2], make([][6]float32, 2), nil, []float32{1, 0.5}, nil)
		splats.SetScalars([]float32{1, 2}, nil)
		vectors := sc.AddVectors("/vectors", triangle[:2], [][3]float32{{1, 0, 0}, {0, 0, 2}}, &viser.VectorsOptions{ByLength: &viser.ScalarsOptions{}})
		both := colorsOf(low, high)
		p := open(t, s, false)
		for _, m := range all[*wire.ArrowMessage](p) {
			if got := m.Props.Colors.Bytes(); !slices.Equal(got, both) {
				t.Errorf("%s: %v", m.Name, got)
			}
		}
		if got := last[*wire.BatchedMeshesMessage](p).Props.BatchedColors.Bytes(); !slices.Equal(got, both) {
			t.Errorf("instances: %v", got)
		}
		got := last[*wire.GaussianSplatsMessage](p).Props.Buffer.Bytes()
		if !slices.Equal(got[28:32], append(both[:3:3], 255)) || !slices.Equal(got[60:63], both[3:]) {
			t.Errorf("splats: %v", got)
		}
		if splats.Colors()[0] != (viser.RGB{90, 200, 255}) {
			t.Error("the splats' own colors have changed")
		}
		vectors.SetVectors(triangle, triangle)
		if got := vectors.Scalars(); !slices.Equal(got, []float32{0, 1, 1}) {
			t.Errorf("the lengths are %v", got)
		}
		vectors.SetScalars([]float32{5, 6, 7}, nil)
		vectors.SetVectors(triangle[:2], triangle[:2])
		if got := vectors.Scalars(); !slices.Equal(got, []float32{5, 6, 7}) {
			t.Errorf("the own numbers are %v", got)
		}
	})
}

// TestMeshByNumberInPlainPages: a plain page is shown a file with the colors, and then the mesh again.
func TestMeshByNumberInPlainPages(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		mesh := s.Scene().AddMesh("/mesh", triangle, oneFace, &viser.MeshOptions{Scale: viser.Uniform(2)})
		p.catchUp()
		for name, values := range map[string][]float32{"vertices": {0, 1, nan}, "faces": {5}} {
			mesh.SetScalars(values, nil)
			p.catchUp()
			for what, m := range map[string]*wire.GlbMessage{"live": last[*wire.GlbMessage](p), "joining": last[*wire.GlbMessage](open(t, s, false))} {
				parts, err := gltf.Describe(m.Props.GLBData)
				if err != nil || m.Name != "/mesh" || m.Props.Scale != wire.Uniform(2) {
					t.Errorf("%s, %s: %v %+v %v", name, what, err, parts, m)
				}
			}
		}
		mesh.SetScale(viser.Uniform(3))
		p.catchUp()
		if m := last[*wire.GlbMessage](p); m.Props.Scale != wire.Uniform(3) {
			t.Errorf("the scale is %v", m.Props.Scale)
		}
		mesh.ClearScalars()
		p.catchUp()
		if got := p.seen[len(p.seen)-1].Type(); got != "MeshMessage" {
			t.Errorf("after ClearScalars a plain page is sent a %s", got)
		}
		mesh.SetColor(viser.RGB{1, 2, 3})
		p.catchUp()
		if got := p.seen[len(p.seen)-1].Type(); got != "SceneNodeUpdateMessage" {
			t.Errorf("a color then sends a %s", got)
		}
		if m := last[*wire.MeshMessage](open(t, s, false)); m.Props.Color != [3]uint8{1, 2, 3} {
			t.Errorf("a page that joins has %v", m.Props)
		}
	})
}

// TestScalarColors: logarithms, categories, hostile numbers.
func TestScalarColors(t *testing.T) {
	m := colormap.New("two", []viser.RGB{{1, 1, 1}, {2, 2, 2}})
	a, b, none := [3]uint8{1, 1, 1}, [3]uint8{2, 2, 2}, [3]uint8{9, 9, 9}
	inf := float32(math.Inf(1))
	for name, c := range map[string]struct {
		values []float32
		opts   viser.ScalarsOptions
		want   [][3]uint8
		lo, hi float64
	}{
		"infinite":       {[]float32{-inf, 0, 1, inf, nan}, viser.ScalarsOptions{}, [][3]uint8{a, a, b, b, none}, 0, 1},
		"all NaN":        {[]float32{nan, nan}, viser.ScalarsOptions{}, [][3]uint8{none, none}, 0, 1},
		"one value":      {[]float32{3, 3}, viser.ScalarsOptions{}, [][3]uint8{a, a}, 3, 3},
		"a range":        {[]float32{0, 3, 5, 8}, viser.ScalarsOptions{Range: &[2]float64{2, 8}}, [][3]uint8{a, a, b, b}, 2, 8},
		"log":            {[]float32{-1, 0, 1, 99, 101, 10000}, viser.ScalarsOptions{Log: true}, [][3]uint8{none, none, a, a, b, b}, 1, 10000},
		"log of nothing": {[]float32{-1, 0}, viser.ScalarsOptions{Log: true}, [][3]uint8{none, none}, 1, 10},
		"categories":     {[]float32{0, 1, 2, 3.4, -1, inf}, viser.ScalarsOptions{Categorical: true, Names: []string{"a"}}, [][3]uint8{a, b, a, b, b, none}, -1, 3.4000000953674316},
	} {
		bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
			c.opts.Map, c.opts.NaNColor = m, viser.RGB(none)
			cloud := s.Scene().AddPointCloud("/cloud", grid(0, len(c.values)), nil, nil)
			cloud.SetScalars(c.values, &c.opts)
			if lo, hi := cloud.ScalarsRange(); lo != c.lo || hi != c.hi {
				t.Errorf("%s: the range is %v to %v", name, lo, hi)
			}
			if got := last[*wire.PointCloudMessage](open(t, s, false)).Props.Colors.Bytes(); !slices.Equal(got, colorsOf(c.want...)) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		})
	}
}

func TestScalarsThatAreRefused(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		cloud := sc.AddPointCloud("/cloud", triangle, nil, nil)
		misused(t, "a part of nothing", func() { cloud.SetScalarsAt(0, []float32{1}) })
		cloud.SetScalars([]float32{1, 2, 3}, &viser.ScalarsOptions{Label: "x", Range: &[2]float64{0, 5}})
		mesh := sc.AddMesh("/mesh", triangle, oneFace, nil)
		upside := &[2]float64{2, 1}
		for name, f := range map[string]func(){
			"too few":          func() { cloud.SetScalars([]float32{1}, nil) },
			"none":             func() { cloud.SetScalars(nil, nil) },
			"upside down":      func() { cloud.SetScalars([]float32{1, 2, 3}, &viser.ScalarsOptions{Range: upside}) },
			"upside down now":  func() { cloud.SetScalarsRange(2, 1) },
			"not finite":       func() { cloud.SetScalarsRange(0, math.Inf(1)) },
			"log of 0":         func() { cloud.SetScalarsOptions(viser.ScalarsOptions{Log: true, Range: &[2]float64{0, 1}}) },
			"names of nothing": func() { cloud.SetScalarsOptions(viser.ScalarsOptions{Names: []string{"a"}}) },
			"two at once":      func() { cloud.SetScalarsOptions(viser.ScalarsOptions{Categorical: true, Log: true}) },
			"behind the end":   func() { cloud.SetScalarsAt(2, []float32{1, 2}) },
			"of a mesh":        func() { mesh.SetScalars([]float32{1, 2}, nil) },
			"faces":            func() { mesh.SetScalars([]float32{1, 2, 3, 4}, &viser.ScalarsOptions{PerFace: true}) },
			"vectors":          func() { sc.AddVectors("/v", triangle, triangle[:1], nil) },
			"a scale":          func() { sc.AddVectors("/v", triangle, triangle, &viser.VectorsOptions{LengthScale: -1}) },
		} {
			misused(t, name, f)
		}
		if lo, hi := cloud.ScalarsRange(); lo != 0 || hi != 5 || cloud.ScalarsOptions().Label != "x" || !slices.Equal(cloud.Scalars(), []float32{1, 2, 3}) {
			t.Error("something was changed", cloud.Scalars(), lo, hi)
		}
		if mesh.Scalars() != nil {
			t.Error("the mesh has numbers")
		}
		mesh.SetScalars([]float32{1}, nil)
		mesh.SetScalars([]float32{1, 2, 3}, nil)
		cloud.Remove()
		cloud.SetScalars([]float32{1, 2, 3}, nil)
		cloud.SetScalarsAt(0, []float32{1})
		cloud.ClearScalars()
	})
}

// TestScalarsAgain: options stay, and a whole new array does not send them.
func TestScalarsAgain(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		for _, sc := range []*viser.Scene{s.Scene(), c.Scene()} {
			cloud := sc.AddPointCloud("/cloud", triangle, nil, nil)
			cloud.SetScalarsOptions(viser.ScalarsOptions{Map: colormap.Magma, Range: &[2]float64{0, 9}})
			if cloud.Scalars() != nil {
				t.Error("options alone color the node")
			}
			p.catchUp()
			cloud.SetScalars([]float32{1, 2, 3}, nil)
			p.catchUp()
			if got := changes(p); len(got) != 3 || fmt.Sprint(got["scalars_range"]) != "[0 9]" {
				t.Errorf("the options are %v", got)
			}
			if got := last[*wire.PointCloudMessage](open(t, s, true)).Props; sc == s.Scene() && got.ScalarsLook.Map != "magma" {
				t.Errorf("the options are %+v", got)
			}
			cloud.SetScalars([]float32{4, 5, 6}, nil)
			p.catchUp()
			if got := changes(p); len(got) != 1 || got["scalars"] == nil {
				t.Errorf("new numbers send %v", got)
			}
			cloud.SetScalarsOptions(viser.ScalarsOptions{})
			if lo, hi := cloud.ScalarsRange(); lo != 4 || hi != 6 {
				t.Errorf("the range of the numbers is %v to %v", lo, hi)
			}
		}
	})
}

func TestLengthsOfVectors(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		starts := [][3]float32{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}}
		field := [][3]float32{{0, 0, 10}, {0, 5, 0}, {0, 0, 0}, {nan, 0, 0}}
		tip := func(i int) [3]float32 {
			ends := last[*wire.ArrowMessage](open(t, s, false)).Props.Points.Float32s()
			return [3]float32(ends[6*i+3:])
		}
		sc := s.Scene()
		v := sc.AddVectors("/v", starts, field, nil)
		if got := tip(0); got != [3]float32{0, 0, 0.75} {
			t.Errorf("the longest ends at %v", got)
		}
		if got := tip(2); got != starts[2] {
			t.Errorf("a zero vector ends at %v", got)
		}
		sc.AddVectors("/v", starts, field, &viser.VectorsOptions{LengthScale: 0.1})
		if got := tip(1); got != [3]float32{1, 0.5, 0} {
			t.Errorf("with a factor it ends at %v", got)
		}
		sc.AddVectors("/v", starts, field, &viser.VectorsOptions{LengthScale: 2, Normalized: true})
		if got := tip(1); got != [3]float32{1, 2, 0} {
			t.Errorf("normalized it ends at %v", got)
		}
		sc.AddVectors("/v", nil, nil, nil)
		sc.AddVectors("/v", starts[:1], field[:1], nil)
		if got := tip(0); got != [3]float32{0, 0, 10} {
			t.Errorf("a single one ends at %v", got)
		}
		if !v.Removed() || v.Len() != 4 {
			t.Error("the first was not replaced")
		}
	})
}

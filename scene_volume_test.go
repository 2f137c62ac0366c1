package viser_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestVolume(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p := open(t, s, true)
		values := []float32{-2, 1, 0, float32(math.NaN()), 5, float32(math.Inf(1))}
		v := s.Scene().AddVolume("/v", viser.VolumeGrid{Size: [3]int{3, 2, 1}, Float32s: values}, &viser.VolumeOptions{
			Spacing: viser.Vec3{0.5, 2, 1}, Colors: []viser.RGB{{0, 0, 0}, {255, 0, 0}}, Opacities: []float32{0, 1, 0},
		})
		p.catchUp()
		m := last[*wire.VolumeMessage](p)
		if m.Props.Range != [2]float64{-2, 5} || m.Props.Size != [3]int{3, 2, 1} || m.Props.Mode != wire.VolumeModeComposite || m.Props.Density != 1 {
			t.Errorf("%+v", m.Props)
		}
		table := m.Props.Transfer.Bytes()
		if len(table) != 4*256 || table[0] != 0 || table[4*255] != 255 || table[4*255+3] != 0 || table[4*128+3] < 253 || table[4*64+3] != 128 {
			t.Errorf("the transfer function is %v", table)
		}
		p.frames = nil
		v.SetRange(0, 10)
		v.SetMode(viser.MaximumVolume)
		v.SetTransfer(nil, []float32{1})
		p.catchUp()
		for _, m := range all[*wire.SceneNodeUpdateMessage](p) {
			for _, u := range m.Updates {
				if u.Key == "values" {
					t.Error("the numbers were sent again")
				}
			}
		}
		if low, high := v.Range(); low != 0 || high != 10 || v.Mode() != viser.MaximumVolume {
			t.Error("the range or the mode is not what was set")
		}
		if colors, opacities := v.Transfer(); colors != nil || len(opacities) != 1 {
			t.Errorf("the transfer function is %v, %v", colors, opacities)
		}
		p.frames = nil
		v.SetGrid(viser.VolumeGrid{Size: [3]int{1, 1, 2}, Uint8s: []uint8{3, 4}})
		v.SetSpacing(viser.Uniform(3))
		if g := v.Grid(); g.Size != [3]int{1, 1, 2} || string(g.Uint8s) != "\x03\x04" || g.Float32s != nil || v.Spacing() != viser.Uniform(3) {
			t.Errorf("%+v", g)
		}
		v.SetGrid(viser.VolumeGrid{Size: [3]int{1, 1, 2}, Float32s: []float32{1.5, 1e9}, Float16: true})
		if g := v.Grid(); !g.Float16 || g.Float32s[0] != 1.5 || !math.IsInf(float64(g.Float32s[1]), 1) {
			t.Errorf("%+v", g)
		}
	})
}

// TestVolumesOnPlainPages: upstream viser's client gets the edges of the box.
func TestVolumesOnPlainPages(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p := open(t, s, false)
		v := s.Scene().AddVolume("/v", viser.VolumeGrid{Size: [3]int{3, 2, 2}, Uint8s: make([]uint8, 12)}, nil)
		p.catchUp()
		m := last[*wire.LineSegmentsMessage](p)
		ends := map[[3]float32]int{}
		points := m.Props.Points.Float32s()
		for i := 0; i < len(points); i += 3 {
			ends[[3]float32(points[i:])]++
		}
		want := map[[3]float32]int{}
		for _, x := range []float32{0, 2} {
			for _, y := range []float32{0, 1} {
				for _, z := range []float32{0, 1} {
					want[[3]float32{x, y, z}] = 3
				}
			}
		}
		if diff := cmp.Diff(want, ends); diff != "" {
			t.Error(diff)
		}
		p.frames = nil
		v.SetRange(3, 4)
		v.SetSpacing(viser.Uniform(2))
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 1 || m.Updates[0].Key != "points" {
			t.Errorf("%+v", m.Updates)
		}
	})
}

func TestMisuseOfVolumes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		eight := viser.VolumeGrid{Size: [3]int{2, 2, 2}, Uint8s: make([]uint8, 8)}
		v := sc.AddVolume("/v", eight, nil)
		grid := func(x, y, z int) func() {
			return func() {
				sc.AddVolume("/x", viser.VolumeGrid{Size: [3]int{x, y, z}, Uint8s: make([]uint8, 8)}, nil)
			}
		}
		with := func(o viser.VolumeOptions) func() { return func() { sc.AddVolume("/x", eight, &o) } }
		nan := math.NaN()
		for name, f := range map[string]func(){
			"no numbers": func() { sc.AddVolume("/x", viser.VolumeGrid{Size: [3]int{2, 2, 2}}, nil) },
			"both": func() {
				sc.AddVolume("/x", viser.VolumeGrid{Size: [3]int{1, 1, 1}, Uint8s: []uint8{1}, Float32s: []float32{1}}, nil)
			},
			"few":            grid(2, 2, 3),
			"many":           grid(2, 2, 1),
			"zero":           grid(0, 2, 4),
			"negative":       grid(-2, -2, 2),
			"wide":           grid(8193, 1, 1),
			"overflow":       grid(1<<31, 1<<31, 1<<31),
			"range":          with(viser.VolumeOptions{Low: 2, High: 1}),
			"range of NaN":   with(viser.VolumeOptions{Low: nan, High: 1}),
			"infinite range": with(viser.VolumeOptions{Low: 0, High: math.Inf(1)}),
			"opacity":        with(viser.VolumeOptions{Opacities: []float32{0, 1.5}}),
			"opacity of NaN": with(viser.VolumeOptions{Opacities: []float32{float32(nan)}}),
			"colors":         with(viser.VolumeOptions{Colors: make([]viser.RGB, 5000)}),
			"spacing":        with(viser.VolumeOptions{Spacing: viser.Vec3{1, 1, 0}}),
			"mode":           with(viser.VolumeOptions{Mode: "minimum"}),
			"level":          with(viser.VolumeOptions{Level: nan}),
			"density":        func() { v.SetDensity(-1) },
			"set range":      func() { v.SetRange(1, 0) },
			"set spacing":    func() { v.SetSpacing(viser.Vec3{1, nan, 1}) },
			"set grid":       func() { v.SetGrid(viser.VolumeGrid{Size: [3]int{2, 2, 2}, Uint8s: make([]uint8, 7)}) },
			"set transfer":   func() { v.SetTransfer(nil, []float32{-1}) },
		} {
			misused(t, name, f)
		}
		if _, ok := sc.Node("/x"); ok || v.Grid().Size != eight.Size {
			t.Error("a misuse left something behind")
		}
	})
}

package viser_test

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"pgregory.net/rapid"
)

var (
	twoCovariances = [][6]float32{{1, 0.5, 0.25, 2, -0.5, 3}, {0.01, 0, 0, 0.01, 0, 0.01}}
	twoColors      = []viser.RGB{{1, 2, 3}, {4, 5, 6}}
	twoOpacities   = []float32{1, 0.5}
)

func addTwoSplats(s *viser.Server, o *viser.GaussianSplatsOptions) *viser.GaussianSplats {
	return s.Scene().AddGaussianSplats("/s", twoPlaces, twoCovariances, twoColors, twoOpacities, o)
}

func TestGaussianSplatsOnTheWire(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		g := addTwoSplats(s, &viser.GaussianSplatsOptions{Scale: viser.Vec3{1, 2, 3}})
		p.catchUp()
		m := last[*wire.GaussianSplatsMessage](p).Props
		// Halves: 1, .5, .25, 2, -.5, 3; and .01 is 0x211f.
		want := []byte{
			0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
			0x00, 0x3c, 0x00, 0x38, 0x00, 0x34, 0x00, 0x40, 0x00, 0xb8, 0x00, 0x42, 1, 2, 3, 255,
			0, 0, 0xa0, 0x40, 0, 0, 0xc0, 0x40, 0, 0, 0xe0, 0x40, 0, 0, 0, 0,
			0x1f, 0x21, 0, 0, 0, 0, 0x1f, 0x21, 0, 0, 0x1f, 0x21, 4, 5, 6, 127,
		}
		if diff := cmp.Diff(want, m.Buffer.Data); diff != "" || m.Buffer.DType != "<u4" {
			t.Error(m.Buffer.DType, diff)
		}
		if g.Scale() != (viser.Vec3{1, 2, 3}) || g.Len() != 2 {
			t.Errorf("scale %v, %d splats", g.Scale(), g.Len())
		}
		p.seen = nil
		g.SetGaussians(g.Centers(), g.Covariances(), g.Colors(), g.Opacities())
		g.SetCenters(g.Centers())
		if ms := p.catchUp(); len(ms) != 0 {
			t.Errorf("setting what is set was sent: %q", types(ms))
		}
		g.SetCenters([][3]float32{{9, 9, 9}, {8, 8, 8}})
		g.SetCovariances([][6]float32{{4, 0, 0, 4, 0, 4}, {5, 0, 0, 5, 0, 5}})
		g.SetColors([]viser.RGB{{7, 7, 7}, {8, 8, 8}})
		g.SetOpacities([]float32{0, 1})
		p.catchUp()
		b := last[*wire.SceneNodeUpdateMessage](p).Updates[0].Value.(wire.Array).Data
		if b[31] != 0 || b[63] != 255 || b[28] != 7 || b[60] != 8 || binary.LittleEndian.Uint16(b[16:]) != 0x4400 ||
			math.Float32frombits(binary.LittleEndian.Uint32(b[32:])) != 8 {
			t.Errorf("after the setters: %v", b)
		}
		g.SetGaussians(nil, nil, nil, nil)
		if g.Len() != 0 || len(g.Centers()) != 0 {
			t.Errorf("%d splats are left", g.Len())
		}
	})
}

func TestGaussianSplatsRefuse(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	s := viser.NewTestServer(nil)
	g := addTwoSplats(s, nil)
	cov := func(c [6]float32) [][6]float32 { return [][6]float32{{}, c} }
	for name, call := range map[string]func(){
		"centers that are none":        func() { g.SetCenters([][3]float32{{}, {0, nan, 0}}) },
		"infinite centers":             func() { g.SetCenters([][3]float32{{}, {0, -inf, 0}}) },
		"covariances that are none":    func() { g.SetCovariances(cov([6]float32{1, 0, nan, 1, 0, 1})) },
		"an infinite covariance":       func() { g.SetCovariances(cov([6]float32{1, 0, 0, 1, 0, inf})) },
		"a variance below 0":           func() { g.SetCovariances(cov([6]float32{1, 0, 0, -1, 0, 1})) },
		"an opacity above 1":           func() { g.SetOpacities([]float32{0, 1.01}) },
		"an opacity below 0":           func() { g.SetOpacities([]float32{0, -0.01}) },
		"an opacity that is none":      func() { g.SetOpacities([]float32{0, nan}) },
		"another number of centers":    func() { g.SetCenters(twoPlaces[:1]) },
		"another number of covariance": func() { g.SetCovariances(twoCovariances[:1]) },
		"another number of colors":     func() { g.SetColors(make([]viser.RGB, 3)) },
		"another number of opacities":  func() { g.SetOpacities(twoOpacities[:1]) },
		"numbers that differ":          func() { g.SetGaussians(twoPlaces, twoCovariances, twoColors, twoOpacities[:1]) },
		"no name":                      func() { s.Scene().AddGaussianSplats("", nil, nil, nil, nil, nil) },
		"scales without orientations":  func() { viser.SplatCovariances(make([][3]float32, 1), nil) },
		"no orientation":               func() { viser.SplatCovariances(make([][3]float32, 1), make([][4]float32, 1)) },
		"a scale that is none":         func() { viser.SplatCovariances([][3]float32{{nan}}, [][4]float32{{1}}) },
	} {
		misused(t, name, call)
	}
	if diff := cmp.Diff(twoPlaces, g.Centers()); diff != "" {
		t.Error("a refused call left its mark", diff)
	}
}

func TestSplatsTooLargeForTheWireKeepTheirShape(t *testing.T) {
	g := addTwoSplats(viser.NewTestServer(nil), nil)
	g.SetCovariances([][6]float32{{1e6, 5e5, 0, 1e6, 0, 2.5e5}, {1e-9, 0, 0, 1, 0, 1}})
	got := g.Covariances()
	if diff := cmp.Diff([6]float32{65504, 32752, 0, 65504, 0, 16376}, got[0]); diff != "" {
		t.Error(diff)
	}
	if got[1][0] != 0 || got[1][3] != 1 {
		t.Errorf("%v", got[1])
	}
}

func TestSplatsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 20).Draw(t, "n")
		float := rapid.Float32Range(-1e30, 1e30)
		centers, covs := make([][3]float32, n), make([][6]float32, n)
		colors, opacities := make([]viser.RGB, n), make([]float32, n)
		for i := range n {
			for k := range centers[i] {
				centers[i][k] = float.Draw(t, "center")
				colors[i][k] = rapid.Byte().Draw(t, "color")
			}
			for k := range covs[i] {
				// Whole numbers of that size are halves.
				covs[i][k] = float32(rapid.IntRange(0, 2048).Draw(t, "covariance"))
			}
			opacities[i] = float32(rapid.IntRange(0, 255).Draw(t, "steps")) / 255
		}
		g := viser.NewTestServer(nil).Scene().AddGaussianSplats("/s", centers, covs, colors, opacities, nil)
		diff := cmp.Diff(centers, g.Centers()) + cmp.Diff(covs, g.Covariances()) + cmp.Diff(colors, g.Colors()) + cmp.Diff(opacities, g.Opacities())
		if diff != "" {
			t.Error(diff)
		}
	})
}

func TestSplatCovariances(t *testing.T) {
	half := float32(math.Sqrt(0.5))
	got := viser.SplatCovariances(
		[][3]float32{{1, 2, 3}, {1, 2, 3}, {1, 2, 0}},
		// Nothing; a quarter turn about z, which swaps x and y, of any length; an eighth about z.
		[][4]float32{{1, 0, 0, 0}, {5 * half, 0, 0, 5 * half}, {0.92387953, 0, 0, 0.38268343}},
	)
	want := [][6]float32{{1, 0, 0, 4, 0, 9}, {4, 0, 0, 1, 0, 9}, {2.5, -1.5, 0, 2.5, 0, 0}}
	for i := range want {
		for k := range want[i] {
			if math.Abs(float64(got[i][k]-want[i][k])) > 1e-6 {
				t.Errorf("%d: %v, want %v", i, got[i], want[i])
				break
			}
		}
	}
}

func TestSplatsAreCopied(t *testing.T) {
	s := viser.NewTestServer(nil)
	centers := slices.Clone(twoPlaces)
	g := s.Scene().AddGaussianSplats("/s", centers, twoCovariances, twoColors, twoOpacities, nil)
	centers[0][0] = 77
	g.Centers()[0][1] = 88
	if diff := cmp.Diff(twoPlaces, g.Centers()); diff != "" {
		t.Error(diff)
	}
}

// someHarmonics are n coefficients of up to ±0.9.
func someHarmonics(n int) []viser.Vec3f {
	out := make([]viser.Vec3f, n)
	for i := range out {
		x := float64(i)
		out[i] = viser.Vec3f{float32(0.9 * math.Sin(x)), float32(0.3 * math.Sin(2*x)), float32(0.01 * math.Cos(3*x))}
	}
	return out
}

// TestSplatHarmonics: pages of ours are sent them, others are not.
func TestSplatHarmonics(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		plain, extended := open(t, s, false), open(t, s, true)
		given := someHarmonics(30)
		g := addTwoSplats(s, &viser.GaussianSplatsOptions{Degree: 3, Harmonics: given})
		plain.catchUp()
		extended.catchUp()
		if h := last[*wire.GaussianSplatsMessage](plain).Props.Harmonics; !h.IsNull() {
			t.Errorf("a plain page is sent %d words", h.Len())
		}
		if h := last[*wire.GaussianSplatsMessage](extended).Props.Harmonics; h.DType != "<u4" || h.Len() != 2*6 {
			t.Errorf("%d words of type %s", h.Len(), h.DType)
		}
		near := func(want []viser.Vec3f, by float64) {
			t.Helper()
			got := g.Harmonics()
			if len(got) != len(want) {
				t.Fatalf("%d harmonics, want %d", len(got), len(want))
			}
			for i := range want {
				for k := range 3 {
					if d := math.Abs(float64(got[i][k] - want[i][k])); d > by {
						t.Errorf("harmonic %d is %v, want %v", i, got[i], want[i])
					}
				}
			}
		}
		if near(given, 0.5/7+1e-6); g.Degree() != 3 {
			t.Errorf("degree %d", g.Degree())
		}
		plain.seen = nil
		g.SetHarmonics(1, given[:6])
		if near(given[:6], 0.5/31+1e-6); g.Degree() != 1 {
			t.Errorf("degree %d", g.Degree())
		}
		g.SetHarmonicsRange(1, given[10:13])
		near(append(given[:3:3], given[10:13]...), 0.5/31+1e-6)
		g.SetCenters([][3]float32{{1}, {2}})
		g.SetGaussians(g.Centers(), g.Covariances(), g.Colors(), g.Opacities())
		near(append(given[:3:3], given[10:13]...), 0.5/31+1e-6)
		for _, m := range plain.catchUp() {
			if u, ok := m.(*wire.SceneNodeUpdateMessage); !ok || len(u.Updates) != 1 || u.Updates[0].Key != "buffer" {
				t.Errorf("a plain page is sent %+v", m)
			}
		}
		g.SetGaussians(nil, nil, nil, nil)
		if g.Degree() != 0 || g.Harmonics() != nil {
			t.Errorf("no splats have harmonics of degree %d", g.Degree())
		}
		g.SetHarmonicsRange(0, nil)
		g.SetHarmonics(2, nil)
		g.Append(twoPlaces, twoCovariances, twoColors, twoOpacities)
		near(make([]viser.Vec3f, 16), 0)
		g.Truncate(1)
		near(make([]viser.Vec3f, 8), 0)
		g.SetHarmonics(0, nil)
		extended.catchUp()
		late := open(t, s, true)
		late.catchUp()
		if h := last[*wire.GaussianSplatsMessage](late).Props.Harmonics; !h.IsNull() {
			t.Errorf("%d words are left", h.Len())
		}
		nan := float32(math.NaN())
		for name, call := range map[string]func(){
			"a degree of 4":      func() { g.SetHarmonics(4, nil) },
			"a degree below 0":   func() { g.SetHarmonics(-1, nil) },
			"too few":            func() { g.SetHarmonics(1, make([]viser.Vec3f, 2)) },
			"none":               func() { g.SetHarmonics(3, nil) },
			"some of degree 0":   func() { g.SetHarmonics(0, make([]viser.Vec3f, 3)) },
			"no numbers":         func() { g.SetHarmonics(1, []viser.Vec3f{{}, {nan}, {}}) },
			"a range of none":    func() { g.SetHarmonicsRange(0, make([]viser.Vec3f, 3)) },
			"options too few":    func() { addTwoSplats(s, &viser.GaussianSplatsOptions{Degree: 1, Harmonics: given[:3]}) },
			"options of none":    func() { addTwoSplats(s, &viser.GaussianSplatsOptions{Harmonics: given[:3]}) },
			"options, degree -1": func() { addTwoSplats(s, &viser.GaussianSplatsOptions{Degree: -1}) },
		} {
			misused(t, name, call)
		}
		g.SetHarmonics(1, given[:3])
		misused(t, "a range beyond the end", func() { g.SetHarmonicsRange(1, given[:3]) })
		misused(t, "a part of a splat", func() { g.SetHarmonicsRange(0, given[:2]) })
	})
}

func TestSplatsAreClicked(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		clicked := make(chan int, 1)
		addTwoSplats(s, nil).OnClick(func(_ context.Context, e viser.ClickEvent) { clicked <- e.InstanceIndex })
		p.catchUp()
		if m := last[*wire.SetSceneNodeClickBindingsMessage](p); m.Name != "/s" || len(m.Bindings) != 1 {
			t.Errorf("%+v", m)
		}
		p.Receive(&wire.SceneNodeClickMessage{Name: "/s", InstanceIndex: new(1)})
		if i := <-clicked; i != 1 {
			t.Errorf("splat %d", i)
		}
	})
}

func BenchmarkGaussianSplats(b *testing.B) {
	const n = 1_000_000
	centers, covs := make([][3]float32, n), make([][6]float32, n)
	colors, opacities := make([]viser.RGB, n), make([]float32, n)
	for i := range n {
		x := float32(i) / n
		centers[i], covs[i] = [3]float32{x, 1 - x, x * x}, [6]float32{x, x / 3, 0, 1, -x / 5, 0.01}
		opacities[i] = x
	}
	g := viser.NewTestServer(nil).Scene().AddGaussianSplats("/s", centers, covs, colors, opacities, nil)
	b.SetBytes(n * wire.SplatSize)
	b.ReportAllocs()
	for b.Loop() {
		centers[0][0]++
		g.SetGaussians(centers, covs, colors, opacities)
	}
}

func BenchmarkSplatHarmonics(b *testing.B) {
	const n = 1_000_000
	given := someHarmonics(15 * n)
	g := viser.NewTestServer(nil).Scene().AddGaussianSplats("/s", make([][3]float32, n), make([][6]float32, n), make([]viser.RGB, n), make([]float32, n), nil)
	b.SetBytes(n * 15 * 12)
	b.ReportAllocs()
	for b.Loop() {
		given[0][0] = -given[0][0]
		g.SetHarmonics(3, given)
	}
}

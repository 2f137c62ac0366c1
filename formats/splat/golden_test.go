package splat_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/viser-go/viser/formats/splat"
)

// golden is what an independent program reads of a file, flat.
type golden struct {
	Degree                                               int
	Centers, Scales, WXYZs, Colors, Opacities, Harmonics []float64
}

func goldens(t testing.TB) map[string]golden {
	b, err := os.ReadFile(filepath.Join("testdata", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]golden
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// tolerances are absolute, except for scales and centers.
type tolerances struct{ centers, scales, wxyzs, colors, opacities, harmonics float64 }

// rounded is what float32 and the six digits of the golden file lose; colors are whole numbers.
var rounded = tolerances{1e-5, 1e-5, 3e-5, 0.51, 1e-5, 1e-5}

func compare(t *testing.T, name string, s *splat.Splats, want golden, tol tolerances) {
	t.Helper()
	n := len(want.Opacities)
	if s.Len() != n || s.Degree != want.Degree || len(s.Harmonics) != n*splat.HarmonicsOf(want.Degree) || s.Dropped != 0 || s.Skipped != nil {
		t.Fatalf("%s: %d splats of degree %d with %d harmonics, %d dropped, %q skipped; want %d of degree %d",
			name, s.Len(), s.Degree, len(s.Harmonics), s.Dropped, s.Skipped, n, want.Degree)
	}
	same := func(what string, i int, got float32, want, tol float64) {
		if d := math.Abs(float64(got) - want); !(d <= tol) {
			t.Errorf("%s: %s %d is %v, want %v", name, what, i, got, want)
		}
	}
	for i := range n {
		sign := float32(1)
		dot := 0.0
		for k := range 4 {
			dot += float64(s.WXYZs[i][k]) * want.WXYZs[4*i+k]
		}
		if dot < 0 {
			sign = -1
		}
		for k := range 4 {
			same("orientation", i, sign*s.WXYZs[i][k], want.WXYZs[4*i+k], tol.wxyzs)
		}
		for k := range 3 {
			at := 3*i + k
			same("center", i, s.Centers[i][k], want.Centers[at], tol.centers*(1+math.Abs(want.Centers[at])))
			same("scale", i, s.Scales[i][k], want.Scales[at], tol.scales*want.Scales[at])
			same("color", i, float32(s.Colors[i][k]), want.Colors[at], tol.colors)
		}
		same("opacity", i, s.Opacities[i], want.Opacities[i], tol.opacities)
	}
	for i, h := range s.Harmonics {
		for k := range h {
			same("harmonic", i, h[k], want.Harmonics[3*i+k], tol.harmonics)
		}
	}
}

// TestGolden compares what is read with what splat-transform reads: testdata/make.py.
func TestGolden(t *testing.T) {
	for name, want := range goldens(t) {
		s, err := splat.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)), nil)
		if err != nil {
			t.Error(err)
			continue
		}
		compare(t, name, s, want, rounded)
	}
}

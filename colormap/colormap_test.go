package colormap_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/viser-go/viser/colormap"
)

// TestMatplotlibHasTheSameColors compares with what matplotlib returned.
func TestMatplotlibHasTheSameColors(t *testing.T) {
	text, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden map[string][]struct {
		At    float64
		Color [3]uint8
	}
	if err := json.Unmarshal(text, &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden) != len(colormap.Names()) {
		t.Errorf("%d maps, and golden colors of %d", len(colormap.Names()), len(golden))
	}
	for name, colors := range golden {
		m, ok := colormap.ByName(name)
		if !ok || m.Name() != name {
			t.Errorf("no map %q", name)
			continue
		}
		for _, c := range colors {
			if got := m.At(c.At); got != c.Color {
				t.Errorf("%s at %v is %v; matplotlib has %v", name, c.At, got, c.Color)
			}
		}
	}
}

// TestUniformMapsGetBrighter checks what makes them readable in print.
func TestUniformMapsGetBrighter(t *testing.T) {
	for _, m := range []*colormap.Map{
		colormap.Viridis, colormap.Plasma, colormap.Inferno, colormap.Magma, colormap.Cividis, colormap.Gray,
	} {
		before := -1.0
		for i := range 33 {
			c := m.At(float64(i) / 32)
			gray := 0.2126*float64(c[0]) + 0.7152*float64(c[1]) + 0.0722*float64(c[2])
			if gray <= before {
				t.Errorf("%s: not brighter at %d of 32", m.Name(), i)
			}
			before = gray
		}
	}
}

func TestColorsOfHostileRanges(t *testing.T) {
	m := colormap.Viridis
	low, high, gray := m.At(0), m.At(1), [3]uint8{128, 128, 128}
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		values []float64
		lo, hi float64
		want   [][3]uint8
	}{
		{[]float64{nan, -inf, inf, 0, 1}, 0, 1, [][3]uint8{gray, low, high, low, high}},
		{[]float64{-1, 5, 6}, 5, 5, [][3]uint8{low, low, high}},
		{[]float64{0, 1}, 1, 0, [][3]uint8{high, low}},
		{[]float64{-math.MaxFloat64, 0, math.MaxFloat64}, -math.MaxFloat64, math.MaxFloat64, [][3]uint8{low, m.At(0.5), high}},
		{[]float64{0, 5e-324}, 0, 5e-324, [][3]uint8{low, high}},
		{nil, 0, 1, [][3]uint8{}},
	} {
		if got := colormap.Colors[[3]uint8](m, c.values, c.lo, c.hi); !slices.Equal(got, c.want) {
			t.Errorf("%v from %v to %v: %v, want %v", c.values, c.lo, c.hi, got, c.want)
		}
	}
	if got := colormap.Colors[[3]uint8](m, []float32{0.5}, 0, nan); len(got) != 1 {
		t.Errorf("a range that is not a number: %v", got)
	}
	if got := new(colormap.Map).At(0.5); got != ([3]uint8{}) {
		t.Errorf("the zero map has %v", got)
	}
}

func TestCategoriesDiffer(t *testing.T) {
	seen := map[[3]uint8]int{}
	for i := range 20 {
		c := colormap.Category(i)
		if other, ok := seen[c]; ok {
			t.Errorf("%d and %d have the same color", i, other)
		}
		seen[c] = i
		if colormap.Category(i-20) != c || colormap.Category(i+2000) != c {
			t.Errorf("the colors don't repeat at %d", i)
		}
	}
	if colormap.Category(math.MinInt) == ([3]uint8{}) {
		t.Error("the smallest number has no color")
	}
}

func TestUnknownName(t *testing.T) {
	if _, ok := colormap.ByName("jet"); ok {
		t.Error("there is a map jet")
	}
	if m, ok := colormap.ByName("Turbo"); !ok || m != colormap.Turbo {
		t.Error("names depend on case")
	}
}

func BenchmarkColors(b *testing.B) {
	values := make([]float32, 1_000_000)
	for i := range values {
		values[i] = float32(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		colormap.Colors[[3]uint8](colormap.Turbo, values, 0, 1e6)
	}
}

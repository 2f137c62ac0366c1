package paint_test

import (
	"math"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
)

// TestRampGetsBrighter holds the ramp to what makes it readable in grays.
func TestRampGetsBrighter(t *testing.T) {
	before := -1.0
	for i := range 101 {
		c := paint.Ramp(float64(i) / 100)
		gray := 0.2126*float64(c[0]) + 0.7152*float64(c[1]) + 0.0722*float64(c[2])
		if gray <= before {
			t.Fatalf("at %d %% the ramp has %v, which is not brighter than before", i, c)
		}
		before = gray
	}
}

func TestRampEnds(t *testing.T) {
	low, high := paint.Ramp(0), paint.Ramp(1)
	for _, v := range []float64{-1, math.Inf(-1), math.NaN()} {
		if c := paint.Ramp(v); c != low {
			t.Errorf("%v is %v", v, c)
		}
	}
	if c := paint.Ramp(math.Inf(1)); c != high || low == high {
		t.Errorf("infinity is %v, 1 is %v", c, high)
	}
	if c := paint.Ramps([]float64{5, 5}, 5, 5); c[0] != low || c[1] != low {
		t.Errorf("values without a range are %v", c)
	}
}

func TestNormal(t *testing.T) {
	for n, want := range map[[3]float32]viser.RGB{
		{0, 0, 2}:  {128, 128, 255},
		{-1, 0, 0}: {0, 128, 128},
		{0, 0, 0}:  {128, 128, 128},
	} {
		if got := paint.Normal(n); got != want {
			t.Errorf("%v is %v, want %v", n, got, want)
		}
	}
}

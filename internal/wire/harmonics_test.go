package wire_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

// TestHarmonicsRoundTrip: what is read is within half a step of what was written, and is written as the same bytes.
func TestHarmonicsRoundTrip(t *testing.T) {
	halves := []float64{1: 31, 2: 15, 3: 7}
	rapid.Check(t, func(t *rapid.T) {
		degree := rapid.IntRange(1, 3).Draw(t, "degree")
		most := float32(math.Exp(rapid.Float64Range(-8, 1.3).Draw(t, "most")))
		given := make([][3]float32, wire.HarmonicsOf(degree))
		for i := range given {
			for k := range given[i] {
				given[i][k] = rapid.Float32Range(-most, most).Draw(t, "harmonic")
			}
		}
		splat, again := make([]byte, wire.HarmonicsSize(degree)), make([]byte, wire.HarmonicsSize(degree))
		wire.PutSplatHarmonics(splat, degree, given)
		got := make([][3]float32, len(given))
		wire.SplatHarmonics(splat, degree, got)
		for l := 1; l <= degree; l++ {
			largest := 4 / math.Pow(2, 7.5)
			for _, c := range given[wire.HarmonicsOf(l-1):wire.HarmonicsOf(l)] {
				for _, v := range c {
					largest = max(largest, math.Abs(float64(v))*math.Sqrt2)
				}
			}
			for k := wire.HarmonicsOf(l - 1); k < wire.HarmonicsOf(l); k++ {
				for channel, v := range given[k] {
					if d := math.Abs(float64(got[k][channel] - v)); d > 0.5001*largest/halves[degree] {
						t.Fatalf("harmonic %d is %v, want %v", k, got[k], given[k])
					}
				}
			}
		}
		wire.PutSplatHarmonics(again, degree, got)
		twice := make([][3]float32, len(given))
		wire.SplatHarmonics(again, degree, twice)
		for k := range got {
			for channel := range got[k] {
				if d := math.Abs(float64(got[k][channel] - twice[k][channel])); d > 0.51*float64(most)/halves[degree]+1e-4 {
					t.Fatalf("%v is written again as %v", got[k], twice[k])
				}
			}
		}
	})
}

func TestHarmonicsBeyondTheRange(t *testing.T) {
	splat, got := make([]byte, 8), make([][3]float32, 3)
	wire.PutSplatHarmonics(splat, 1, [][3]float32{{1e30, -5, 4}, {-4, 0, 2}, {}})
	wire.SplatHarmonics(splat, 1, got)
	if got[0] != [3]float32{4, -4, 4} || got[1][0] != -4 || got[1][1] != 0 || math.Abs(float64(got[1][2])-2) > 0.1 {
		t.Error(got)
	}
	wire.SplatHarmonics(make([]byte, 8), 1, got)
	if got[0] != [3]float32{} || got[2] != [3]float32{} {
		t.Errorf("zero bytes are %v", got)
	}
}

// trained are coefficients as training makes them: of a scale that differs from splat to splat, with long tails, and less
// at higher degrees.
func trained(r *rand.Rand, degree int) [][3]float32 {
	out := make([][3]float32, wire.HarmonicsOf(degree))
	scale := 0.06 * math.Exp(0.8*r.NormFloat64())
	for l := 1; l <= degree; l++ {
		for k := wire.HarmonicsOf(l - 1); k < wire.HarmonicsOf(l); k++ {
			gray := r.NormFloat64()
			for channel := range out[k] {
				out[k][channel] = float32(scale / float64(l) * (gray + 0.4*r.NormFloat64()) * math.Exp(0.3*r.NormFloat64()))
			}
		}
	}
	return out
}

// TestHarmonicsError compares the error with that of the format SPZ, which has 5 bits for degree 1, and 4 above, with
// steps that are the same for all splats: 3 bytes fewer.
func TestHarmonicsError(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var ours, spz, all float64
	n := 0
	for range 2000 {
		given := trained(r, 3)
		splat, got := make([]byte, wire.HarmonicsSize(3)), make([][3]float32, 15)
		wire.PutSplatHarmonics(splat, 3, given)
		wire.SplatHarmonics(splat, 3, got)
		for k := range given {
			step := 1.0 / 8
			if k < 3 {
				step = 1.0 / 16
			}
			for channel, v := range given[k] {
				d := float64(got[k][channel] - v)
				e := min(max(math.Round(float64(v)/step), -1/step), 1/step)*step - float64(v)
				ours, spz, all, n = ours+d*d, spz+e*e, all+float64(v*v), n+1
			}
		}
	}
	rms := func(sum float64) float64 { return math.Sqrt(sum / float64(n)) }
	t.Logf("of %.4f: ours %.4f, SPZ %.4f", rms(all), rms(ours), rms(spz))
	if !(rms(ours) < rms(spz)/3) {
		t.Errorf("the error is %.4f; SPZ has %.4f", rms(ours), rms(spz))
	}
}

package transform_test

import (
	"math"

	. "github.com/viser-go/viser/transform"
	"pgregory.net/rapid"
)

// anyDirection draws a vector of length one, often along an axis.
func anyDirection(t *rapid.T, label string) [3]float64 {
	component := rapid.OneOf(rapid.Float64Range(-1, 1), rapid.Just(0.), rapid.Just(1.))
	v := [3]float64{component.Draw(t, label), component.Draw(t, label), component.Draw(t, label)}
	n := length(v)
	if n < 1e-3 {
		return [3]float64{0, 0, 1}
	}
	return [3]float64{v[0] / n, v[1] / n, v[2] / n}
}

// anyAngle draws an angle between 0 and almost π, every order of magnitude as
// likely as the next, near both ends.
func anyAngle(t *rapid.T, label string) float64 {
	switch rapid.IntRange(0, 3).Draw(t, label+" is") {
	case 0:
		return math.Pow(10, -rapid.Float64Range(0, 300).Draw(t, label+" 1e-"))
	case 1:
		return math.Pow(10, -rapid.Float64Range(0, 12).Draw(t, label+" 1e-"))
	case 2:
		return math.Pi - math.Pow(10, -rapid.Float64Range(0, 14).Draw(t, label+" π-1e-"))
	default:
		return rapid.OneOf(rapid.Just(0.), rapid.Float64Range(1e-300, math.Pi-1e-14)).Draw(t, label)
	}
}

func anySignedAngle(t *rapid.T, label string) float64 {
	return rapid.SampledFrom([]float64{1, -1}).Draw(t, label+" sign") * anyAngle(t, label)
}

func anyOmega(t *rapid.T, label string) [3]float64 {
	a, d := anyAngle(t, label), anyDirection(t, label)
	return [3]float64{a * d[0], a * d[1], a * d[2]}
}

// anyPoint draws a point at most 10 from the origin.
func anyPoint(t *rapid.T, label string) (p [3]float64) {
	for i := range p {
		p[i] = rapid.Float64Range(-5, 5).Draw(t, label)
	}
	return p
}

func anyPoint2(t *rapid.T, label string) [2]float64 {
	p := anyPoint(t, label)
	return [2]float64{p[0], p[1]}
}

// anyScale draws the length of parameters that are not normalized.
func anyScale(t *rapid.T) float64 {
	return rapid.OneOf(rapid.Just(1.), rapid.Just(-1.), rapid.Float64Range(0.1, 10), rapid.Just(1e100), rapid.Just(1e-100)).
		Draw(t, "scale")
}

func anySO2(t *rapid.T, label string) SO2 { return SO2FromRadians(anySignedAngle(t, label)) }

func anySO3(t *rapid.T, label string) SO3 {
	if rapid.Bool().Draw(t, label+" negated") {
		return times(-1, SO3Exp(anyOmega(t, label)))
	}
	return SO3Exp(anyOmega(t, label))
}

func anySE2(t *rapid.T, label string) SE2 { return SE2{anySO2(t, label), anyPoint2(t, label)} }

func anySE3(t *rapid.T, label string) SE3 { return SE3{anySO3(t, label), anyPoint(t, label)} }

func times(s float64, r SO3) SO3 { return SO3{s * r.W, s * r.X, s * r.Y, s * r.Z} }

func length(v [3]float64) float64 { return math.Hypot(v[0], math.Hypot(v[1], v[2])) }

// apart is the largest difference between the entries of two matrices, or vectors
// as matrices of one row.
func apart[R ~[2]float64 | ~[3]float64 | ~[4]float64 | ~[6]float64](a, b []R) (worst float64) {
	for i := range a {
		x, y := entries(a[i]), entries(b[i])
		for j := range x {
			d := math.Abs(x[j] - y[j])
			if !(d <= worst) { // NaN too
				worst = d
			}
		}
	}
	return worst
}

func entries[R ~[2]float64 | ~[3]float64 | ~[4]float64 | ~[6]float64](r R) []float64 {
	switch r := any(r).(type) {
	case [2]float64:
		return r[:]
	case [3]float64:
		return r[:]
	case [4]float64:
		return r[:]
	case [6]float64:
		return r[:]
	}
	return nil
}

// off reports a difference above the tolerance.
func off[R ~[2]float64 | ~[3]float64 | ~[4]float64 | ~[6]float64](t rapid.TB, what string, tolerance float64, a, b []R) {
	t.Helper()
	if d := apart(a, b); !(d <= tolerance) {
		t.Errorf("%s differ by %g, more than %g:\n %v\n %v", what, d, tolerance, a, b)
	}
}

func offVector[R ~[2]float64 | ~[3]float64 | ~[4]float64 | ~[6]float64](t rapid.TB, what string, tolerance float64, a, b R) {
	t.Helper()
	off(t, what, tolerance, []R{a}, []R{b})
}

// offRotation compares rotations: q and -q are the same.
func offRotation(t rapid.TB, what string, tolerance float64, a, b SO3) {
	t.Helper()
	p, q := a.Normalize(), b.Normalize()
	if p.W*q.W+p.X*q.X+p.Y*q.Y+p.Z*q.Z < 0 {
		q = times(-1, q)
	}
	offVector(t, what, tolerance, p.WXYZ(), q.WXYZ())
}

func offSE2(t rapid.TB, what string, tolerance float64, a, b SE2) {
	t.Helper()
	ma, mb := a.Matrix(), b.Matrix()
	off(t, what, tolerance, ma[:], mb[:])
}

func offSE3(t rapid.TB, what string, tolerance float64, a, b SE3) {
	t.Helper()
	offRotation(t, what+" (rotation)", tolerance, a.Rotation, b.Rotation)
	offVector(t, what+" (translation)", tolerance, a.Translation, b.Translation)
}

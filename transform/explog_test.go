package transform_test

import (
	"math"
	"testing"

	. "github.com/viser-go/viser/transform"
	"pgregory.net/rapid"
)

// The round trips must keep the digits of tangents however small they are, so
// differences are measured against the tangent's own size.

func relative3(t rapid.TB, what string, tolerance float64, got, want [3]float64) {
	t.Helper()
	offVector(t, what, tolerance*length(want)+1e-305, got, want)
}

func TestSO2LogOfExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anySignedAngle(t, "a")
		if got := SO2Exp(a).Log(); !(math.Abs(got-a) <= 4e-16*math.Abs(a)) {
			t.Errorf("log exp %g = %g", a, got)
		}
	})
}

func TestSO3LogOfExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		omega := anyOmega(t, "omega")
		r := SO3Exp(omega)
		relative3(t, "log exp ω, ω", 1e-15, r.Log(), omega)
		relative3(t, "log of -q, ω", 1e-15, times(-1, r).Log(), omega)
		if n := math.Sqrt(r.W*r.W + r.X*r.X + r.Y*r.Y + r.Z*r.Z); math.Abs(n-1) > 5e-16 {
			t.Errorf("exp(%v) has length %v", omega, n)
		}
	})
}

// At some magnitudes squares become subnormal, at others a series is used: all
// magnitudes are tested.
func TestLogOfExpAtEveryMagnitude(t *testing.T) {
	for e := range 300 {
		a := math.Pow(10, -float64(e))
		omega, v := [3]float64{0.36 * a, -0.48 * a, 0.8 * a}, [3]float64{1, 2, 3}
		relative3(t, "SO3", 1e-15, SO3Exp(omega).Log(), omega)
		τ := SE3Exp([6]float64{v[0], v[1], v[2], omega[0], omega[1], omega[2]}).Log()
		relative3(t, "SE3 v", 1e-15, [3]float64{τ[0], τ[1], τ[2]}, v)
		relative3(t, "SE3 ω", 1e-15, [3]float64{τ[3], τ[4], τ[5]}, omega)
		_, angle := SO3Exp(omega).AxisAngle()
		if math.Abs(angle-a) > 1e-15*a {
			t.Errorf("angle is %g, was %g", angle, a)
		}
		if got := SE2Exp([3]float64{1, 2, -a}).Log(); math.Abs(got[0]-1)+math.Abs(got[1]-2) > 2e-15 || math.Abs(got[2]+a) > 1e-15*a {
			t.Errorf("log exp {1 2 %g} = %v", -a, got)
		}
	}
}

// Beyond half a turn the logarithm is the shorter way.
func TestSO3ExpOfLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, a := anyDirection(t, "d"), rapid.Float64Range(-1000, 1000).Draw(t, "a")
		r := SO3Exp([3]float64{a * d[0], a * d[1], a * d[2]})
		offRotation(t, "exp log r, r", 1e-15, SO3Exp(r.Log()), r)
		if n := length(r.Log()); n > math.Pi*(1+1e-15) {
			t.Errorf("|log| = %v is above π", n)
		}
		offRotation(t, "axis and angle, exp", 5e-13, SO3FromAxisAngle(d, a), r)
	})
}

func TestSO3LogOfHalfTurns(t *testing.T) {
	for _, q := range []SO3{{X: 1}, {Y: 1}, {Z: 1}, {X: -1}, {X: 0.6, Z: -0.8}, {W: 1e-17, Y: 1}, {W: 1e-300, Z: 1}} {
		want := [3]float64{math.Pi * q.X, math.Pi * q.Y, math.Pi * q.Z}
		offVector(t, "log of a half turn", 1e-15, q.Log(), want)
		offRotation(t, "and back", 1e-15, SO3Exp(q.Log()), q)
	}
}

func TestSE2LogOfExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, a := anyPoint2(t, "v"), anySignedAngle(t, "a")
		got := SE2Exp([3]float64{v[0], v[1], a}).Log()
		offVector(t, "log exp τ, τ", 2e-14, got, [3]float64{v[0], v[1], a})
		if math.Abs(got[2]-a) > 4e-16*math.Abs(a) {
			t.Errorf("ω is %g, was %g", got[2], a)
		}
	})
}

func TestSE2ExpOfLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anySE2(t, "a")
		offSE2(t, "exp log a, a", 2e-14, SE2Exp(a.Log()), a)
	})
}

func TestSE3LogOfExp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// The two halves may differ by hundreds of orders of magnitude.
		v, omega := anyPoint(t, "v"), anyOmega(t, "omega")
		s := math.Pow(10, -rapid.Float64Range(0, 285).Draw(t, "v 1e-"))
		v = [3]float64{s * v[0], s * v[1], s * v[2]}
		got := SE3Exp([6]float64{v[0], v[1], v[2], omega[0], omega[1], omega[2]}).Log()
		relative3(t, "v", 1e-14, [3]float64{got[0], got[1], got[2]}, v)
		relative3(t, "ω", 1e-15, [3]float64{got[3], got[4], got[5]}, omega)
	})
}

func TestSE3ExpOfLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anySE3(t, "a")
		offSE3(t, "exp log a, a", 2e-14, SE3Exp(a.Log()), a)
	})
}

// Ad_T·τ is the tangent of T·exp(τ)·T⁻¹.
func TestAdjoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		T2, T3 := anySE2(t, "T2"), anySE3(t, "T3")
		omega, v := anyOmega(t, "omega"), anyPoint(t, "v")

		r := T3.Rotation
		offRotation(t, "SO3", 5e-15, SO3Exp(times33(r.Adjoint(), omega)), r.Multiply(SO3Exp(omega)).Multiply(r.Inverse()))

		τ2 := [3]float64{v[0], v[1], omega[0]}
		offSE2(t, "SE2", 5e-14, SE2Exp(times33(T2.Adjoint(), τ2)), T2.Multiply(SE2Exp(τ2)).Multiply(T2.Inverse()))

		τ3 := [6]float64{v[0], v[1], v[2], omega[0], omega[1], omega[2]}
		offSE3(t, "SE3", 2e-13, SE3Exp(times66(T3.Adjoint(), τ3)), T3.Multiply(SE3Exp(τ3)).Multiply(T3.Inverse()))

		b := anySE3(t, "b")
		for i := range 6 {
			var e [6]float64
			e[i] = 1
			offVector(t, "Ad is a homomorphism", 5e-13, times66(T3.Multiply(b).Adjoint(), e), times66(T3.Adjoint(), times66(b.Adjoint(), e)))
		}
	})
}

func TestJacobiansAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		omega, v := anyOmega(t, "omega"), anyPoint(t, "v")
		offVector(t, "left", 2e-14, times33(SO3LeftJacobianInverse(omega), times33(SO3LeftJacobian(omega), v)), v)
		offVector(t, "right", 2e-14, times33(SO3RightJacobianInverse(omega), times33(SO3RightJacobian(omega), v)), v)
		offVector(t, "left, exp·right", 2e-14, times33(SO3LeftJacobian(omega), v), SO3Exp(omega).Apply(times33(SO3RightJacobian(omega), v)))
	})
}

// The definitions, by central differences: their error is about step².
func TestJacobiansAreDerivatives(t *testing.T) {
	const step = 1e-5
	rapid.Check(t, func(t *rapid.T) {
		omega, d := anyOmega(t, "omega"), anyDirection(t, "d")
		at := func(s float64) SO3 {
			return SO3Exp([3]float64{omega[0] + s*d[0], omega[1] + s*d[1], omega[2] + s*d[2]})
		}
		scaled := func(v [3]float64) [3]float64 {
			return [3]float64{v[0] / (2 * step), v[1] / (2 * step), v[2] / (2 * step)}
		}
		left := at(step).Multiply(at(-step).Inverse()).Log()
		right := at(-step).Inverse().Multiply(at(step)).Log()
		offVector(t, "left", 1e-9, scaled(left), times33(SO3LeftJacobian(omega), d))
		offVector(t, "right", 1e-9, scaled(right), times33(SO3RightJacobian(omega), d))
	})
}

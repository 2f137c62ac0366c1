package transform_test

import (
	"testing"

	. "github.com/viser-go/viser/transform"
	"pgregory.net/rapid"
)

// The axioms of a group, and that it acts on points.

func TestSO2IsAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, p := anySO2(t, "a"), anySO2(t, "b"), anySO2(t, "c"), anyPoint2(t, "p")
		offVector(t, "a(bc), (ab)c", 1e-15, a.Multiply(b.Multiply(c)).Parameters(), a.Multiply(b).Multiply(c).Parameters())
		offVector(t, "1a, a", 0, SO2Identity().Multiply(a).Parameters(), a.Parameters())
		offVector(t, "a1, a", 0, a.Multiply(SO2Identity()).Parameters(), a.Parameters())
		offVector(t, "a/a, 1", 1e-15, a.Multiply(a.Inverse()).Parameters(), SO2Identity().Parameters())
		offVector(t, "(ab)p, a(bp)", 1e-14, a.Multiply(b).Apply(p), a.Apply(b.Apply(p)))
		m := a.Matrix()
		offVector(t, "ap, Mp", 1e-14, a.Apply(p), [2]float64{m[0][0]*p[0] + m[0][1]*p[1], m[1][0]*p[0] + m[1][1]*p[1]})
	})
}

func TestSO3IsAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, p := anySO3(t, "a"), anySO3(t, "b"), anySO3(t, "c"), anyPoint(t, "p")
		offVector(t, "a(bc), (ab)c", 2e-15, a.Multiply(b.Multiply(c)).WXYZ(), a.Multiply(b).Multiply(c).WXYZ())
		offVector(t, "1a, a", 0, SO3Identity().Multiply(a).WXYZ(), a.WXYZ())
		offVector(t, "a1, a", 0, a.Multiply(SO3Identity()).WXYZ(), a.WXYZ())
		offVector(t, "a/a, 1", 1e-15, a.Multiply(a.Inverse()).WXYZ(), SO3Identity().WXYZ())
		offVector(t, "(ab)p, a(bp)", 2e-14, a.Multiply(b).Apply(p), a.Apply(b.Apply(p)))
		offVector(t, "ap, Mp", 2e-14, a.Apply(p), times33(a.Matrix(), p))
		if d := length(a.Apply(p)) - length(p); d > 1e-14 || d < -1e-14 {
			t.Errorf("the length of %v changed by %g", p, d)
		}
		// Right-handed: the image of a cross product is that of the images.
		q := anyPoint(t, "q")
		offVector(t, "a(p×q), ap×aq", 5e-13, a.Apply(cross(p, q)), cross(a.Apply(p), a.Apply(q)))
	})
}

func TestSE2IsAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, p := anySE2(t, "a"), anySE2(t, "b"), anySE2(t, "c"), anyPoint2(t, "p")
		offSE2(t, "a(bc), (ab)c", 2e-14, a.Multiply(b.Multiply(c)), a.Multiply(b).Multiply(c))
		offSE2(t, "1a, a", 1e-15, SE2Identity().Multiply(a), a)
		offSE2(t, "a1, a", 1e-15, a.Multiply(SE2Identity()), a)
		offSE2(t, "a/a, 1", 1e-14, a.Multiply(a.Inverse()), SE2Identity())
		offSE2(t, "a\\a, 1", 1e-14, a.Inverse().Multiply(a), SE2Identity())
		offVector(t, "(ab)p, a(bp)", 2e-14, a.Multiply(b).Apply(p), a.Apply(b.Apply(p)))
		h := times33(a.Matrix(), [3]float64{p[0], p[1], 1})
		offVector(t, "ap, Mp", 1e-14, a.Apply(p), [2]float64{h[0], h[1]})
	})
}

func TestSE3IsAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, p := anySE3(t, "a"), anySE3(t, "b"), anySE3(t, "c"), anyPoint(t, "p")
		offSE3(t, "a(bc), (ab)c", 4e-14, a.Multiply(b.Multiply(c)), a.Multiply(b).Multiply(c))
		offSE3(t, "1a, a", 1e-15, SE3Identity().Multiply(a), a)
		offSE3(t, "a1, a", 1e-15, a.Multiply(SE3Identity()), a)
		offSE3(t, "a/a, 1", 2e-14, a.Multiply(a.Inverse()), SE3Identity())
		offSE3(t, "a\\a, 1", 2e-14, a.Inverse().Multiply(a), SE3Identity())
		offVector(t, "(ab)p, a(bp)", 4e-14, a.Multiply(b).Apply(p), a.Apply(b.Apply(p)))
		m := a.Matrix()
		for i := range 3 {
			row := [3]float64{m[i][0], m[i][1], m[i][2]}
			if d := row[0]*p[0] + row[1]*p[1] + row[2]*p[2] + m[i][3] - a.Apply(p)[i]; d > 2e-14 || d < -2e-14 {
				t.Errorf("Mp and ap differ by %g", d)
			}
		}
	})
}

// Parameters of any length represent the same rotation.
func TestLengthOfParametersDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, r, s, p := anySO2(t, "a"), anySO3(t, "r"), anyScale(t), anyPoint(t, "p")
		p2 := [2]float64{p[0], p[1]}
		if s > 0 { // an angle's opposite is another rotation
			b := SO2{s * a.Cos, s * a.Sin}
			offVector(t, "SO2.Apply", 1e-14, a.Apply(p2), b.Apply(p2))
			offVector(t, "SO2.Log", 1e-15, [2]float64{a.Log()}, [2]float64{b.Log()})
			offVector(t, "SO2.Inverse", 1e-14, a.Inverse().Apply(p2), b.Inverse().Apply(p2))
			offVector(t, "SO2.Normalize", 1e-15, a.Parameters(), b.Normalize().Parameters())
		}
		q := times(s, r)
		offVector(t, "SO3.Apply", 2e-14, r.Apply(p), q.Apply(p))
		offVector(t, "SO3.Log", 2e-15, r.Log(), q.Log())
		offVector(t, "SO3.Inverse", 2e-14, r.Inverse().Apply(p), q.Inverse().Apply(p))
		offRotation(t, "SO3.Normalize", 1e-15, r, q.Normalize())
		mr, mq := r.Matrix(), q.Matrix()
		off(t, "SO3.Matrix", 4e-15, mr[:], mq[:])
		roll, pitch, yaw := q.RPY()
		offRotation(t, "SO3.RPY", 2e-15, r, SO3FromRPY(roll, pitch, yaw))
		axis, angle := q.AxisAngle()
		offRotation(t, "SO3.AxisAngle", 1e-15, r, SO3FromAxisAngle(axis, angle))
	})
}

func cross(a, b [3]float64) [3]float64 {
	return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

func times33(m [3][3]float64, v [3]float64) (out [3]float64) {
	for i := range out {
		out[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
	}
	return out
}

func times66(m [6][6]float64, v [6]float64) (out [6]float64) {
	for i := range out {
		for j := range v {
			out[i] += m[i][j] * v[j]
		}
	}
	return out
}

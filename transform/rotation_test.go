package transform_test

import (
	"math"
	"math/rand/v2"
	"testing"

	. "github.com/viser-go/viser/transform"
	"pgregory.net/rapid"
)

func TestMatrixRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySE2(t, "a"), anySE3(t, "b")
		ma, mb := a.Matrix(), b.Matrix()
		offSE2(t, "SE2", 1e-15, SE2FromMatrix(ma), a)
		offSE2(t, "SE2, 2x3", 1e-15, SE2FromMatrix23([2][3]float64{ma[0], ma[1]}), a)
		offSE3(t, "SE3", 1e-15, SE3FromMatrix(mb), b)
		offSE3(t, "SE3, 3x4", 1e-15, SE3FromMatrix34([3][4]float64{mb[0], mb[1], mb[2]}), b)
		offVector(t, "SO2", 1e-15, SO2FromMatrix(a.Rotation.Matrix()).Parameters(), a.Rotation.Parameters())
		if err := CheckPose(mb, 1e-14); err != nil {
			t.Error(err)
		}
	})
}

// The rotation of a matrix with noise is as near as the noise is small.
func TestSO3FromNoisyMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anySO3(t, "r")
		m := r.Matrix()
		for i := range m {
			for j := range m[i] {
				m[i][j] += rapid.Float64Range(-1e-6, 1e-6).Draw(t, "noise")
			}
		}
		q := SO3FromMatrix(m)
		offRotation(t, "with noise, without", 3e-6, q, r)
		if n := q.W*q.W + q.X*q.X + q.Y*q.Y + q.Z*q.Z; math.Abs(n-1) > 1e-15 {
			t.Errorf("length² is %v", n)
		}
	})
}

func TestRPYRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roll, yaw := anySignedAngle(t, "roll"), anySignedAngle(t, "yaw")
		// Every order of magnitude of nearness to the poles.
		pitch := anySignedAngle(t, "pitch") / 2
		r := SO3FromRPY(roll, pitch, yaw)
		a, b, c := r.RPY()
		offRotation(t, "back, there", 2e-15, SO3FromRPY(a, b, c), r)
		if math.Abs(b-pitch) > 2e-15 {
			t.Errorf("pitch is %v, was %v", b, pitch)
		}
		if limit := math.Pi * (1 + 1e-15); math.Abs(a) > limit || math.Abs(b) > limit/2 || math.Abs(c) > limit {
			t.Errorf("%v, %v, %v are beyond a half, a quarter, a half turn", a, b, c)
		}
		if r.Roll() != a || r.Pitch() != b || r.Yaw() != c {
			t.Error("Roll, Pitch, Yaw are not those of RPY")
		}
	})
}

func TestRPYAtThePoles(t *testing.T) {
	for _, pitch := range []float64{math.Pi / 2, -math.Pi / 2} {
		r := SO3FromRPY(0.3, pitch, 0.5)
		roll, got, yaw := r.RPY()
		offVector(t, "roll, pitch, yaw", 2e-15, [3]float64{roll, got, yaw}, [3]float64{0, pitch, 0.5 - math.Copysign(0.3, pitch)})
	}
}

func TestAxisAngle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, a := anyDirection(t, "d"), anyAngle(t, "a")
		n := math.Pow(10, rapid.Float64Range(-300, 300).Draw(t, "length of axis 1e"))
		r := SO3FromAxisAngle([3]float64{n * d[0], n * d[1], n * d[2]}, a)
		axis, angle := r.AxisAngle()
		if a > 0 {
			offVector(t, "axis", 1e-15, axis, d)
		}
		if math.Abs(angle-a) > 1e-15*a {
			t.Errorf("angle is %g, was %g", angle, a)
		}
	})
	if axis, angle := SO3Identity().AxisAngle(); axis != [3]float64{1, 0, 0} || angle != 0 {
		t.Errorf("the identity turns by %v about %v", angle, axis)
	}
	if axis, angle := (SO3{W: -1}).AxisAngle(); axis != [3]float64{1, 0, 0} || angle != 0 {
		t.Errorf("the other identity turns by %v about %v", angle, axis)
	}
}

func TestQuaternionOrders(t *testing.T) {
	r := SO3{1, 2, 3, 4}
	if r.WXYZ() != [4]float64{1, 2, 3, 4} || r.XYZW() != [4]float64{2, 3, 4, 1} {
		t.Errorf("wxyz %v, xyzw %v", r.WXYZ(), r.XYZW())
	}
	if SO3FromWXYZ(r.WXYZ()) != r || SO3FromXYZW(r.XYZW()) != r || SO3FromParameters(r.Parameters()) != r {
		t.Error("what was taken out and put in is not the same")
	}
}

func TestPartsOfPoses(t *testing.T) {
	r2, t2, r3, t3 := SO2FromRadians(1), [2]float64{2, 3}, SO3FromXRadians(1), [3]float64{4, 5, 6}
	for _, ok := range []bool{
		SE2FromRotation(r2) == SE2{r2, [2]float64{}},
		SE2FromTranslation(t2) == SE2{SO2Identity(), t2},
		SE2FromRotationAndTranslation(r2, t2) == SE2{r2, t2},
		SE2FromXYTheta(2, 3, 1) == SE2{r2, t2},
		SE2FromParameters(SE2{r2, t2}.Parameters()) == SE2{r2, t2},
		SE2{SO2{r2.Cos * 4, r2.Sin * 4}, t2}.Normalize() == SE2{r2, t2},
		SE3FromRotation(r3) == SE3{r3, [3]float64{}},
		SE3FromTranslation(t3) == SE3{SO3Identity(), t3},
		SE3FromRotationAndTranslation(r3, t3) == SE3{r3, t3},
		SE3FromParameters(SE3{r3, t3}.Parameters()) == SE3{r3, t3},
		SE3{times(4, r3), t3}.Normalize() == SE3{r3, t3},
	} {
		if !ok {
			t.Error("a pose is not made of the parts that went in")
		}
	}
}

func TestInterpolate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, s := anySE3(t, "a"), anySE3(t, "b"), rapid.Float64Range(0, 1).Draw(t, "s")
		offSE3(t, "at 0", 1e-15, a.Interpolate(b, 0), a)
		offSE3(t, "at 1", 1e-13, a.Interpolate(b, 1), b)
		// s on the way to b is the rest of the way from b on: the logarithm must not
		// have taken another of the ways of half a turn.
		there, back := a.Rotation.Inverse().Multiply(b.Rotation).Log(), b.Rotation.Inverse().Multiply(a.Rotation).Log()
		if length(there) < math.Pi-1e-9 && length(back) < math.Pi-1e-9 {
			offSE3(t, "from the other end", 1e-12, a.Interpolate(b, s), b.Interpolate(a, 1-s))
			offRotation(t, "SO3", 1e-14, a.Rotation.Interpolate(b.Rotation, s), b.Rotation.Interpolate(a.Rotation, 1-s))
			n := length(a.Rotation.Inverse().Multiply(a.Rotation.Interpolate(b.Rotation, s)).Log())
			if math.Abs(n-s*length(there)) > 1e-14 {
				t.Errorf("after %v of %v the angle is %v", s, length(there), n)
			}
		}
		p, q := anySE2(t, "p"), anySE2(t, "q")
		offSE2(t, "SE2 at 0", 1e-15, p.Interpolate(q, 0), p)
		offSE2(t, "SE2 at 1", 1e-13, p.Interpolate(q, 1), q)
		offSE2(t, "SE2 rotates as SO2", 1e-14, SE2FromRotation(p.Interpolate(q, s).Rotation), SE2FromRotation(p.Rotation.Interpolate(q.Rotation, s)))
	})
	half := SO2FromRadians(3).Interpolate(SO2FromRadians(-3), 0.5).Radians()
	if math.Abs(math.Abs(half)-math.Pi) > 1e-15 {
		t.Errorf("half way from 3 to -3 is %v, not by the short way", half)
	}
}

// The second moments of the components tell a uniform rotation from most others.
func TestSamplesAreUniform(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 40000
	var first, second [4]float64
	var sum2, moved [3]float64
	for range n {
		s := SE3SampleUniform(rng)
		q := s.Rotation.WXYZ()
		if l := q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3]; math.Abs(l-1) > 1e-15 {
			t.Fatalf("length² %v", l)
		}
		for i := range q {
			first[i] += q[i] / n
			second[i] += q[i] * q[i] / n
		}
		p := SE2SampleUniform(rng)
		sum2[0] += p.Rotation.Cos / n
		sum2[1] += p.Rotation.Sin / n
		for i, x := range s.Translation {
			moved[i] += x * x / n
			if math.Abs(x) > 1 || math.Abs(p.Translation[i%2]) > 1 {
				t.Fatalf("%v or %v is beyond 1", s.Translation, p.Translation)
			}
		}
	}
	offVector(t, "means", 0.02, first, [4]float64{})
	offVector(t, "mean squares", 0.01, second, [4]float64{0.25, 0.25, 0.25, 0.25})
	offVector(t, "mean of the plane's", 0.02, sum2, [3]float64{})
	offVector(t, "mean squares of translations", 0.01, moved, [3]float64{1. / 3, 1. / 3, 1. / 3})
}

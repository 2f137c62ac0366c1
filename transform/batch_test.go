package transform_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/viser-go/viser"
	. "github.com/viser-go/viser/transform"
	"pgregory.net/rapid"
)

func TestBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.Uint64().Draw(t, "seed")
		rng := rand.New(rand.NewPCG(s, s))
		pose, flat := SE3SampleUniform(rng), SE2SampleUniform(rng)
		pose.Rotation = times(anyScale(t), pose.Rotation)
		points := make([][3]float64, rapid.IntRange(0, 20).Draw(t, "n"))
		small, plane := make([][3]float32, len(points)), make([][2]float64, len(points))
		named := make([]viser.Vec3, len(points))
		for i := range points {
			points[i] = SE3SampleUniform(rng).Translation
			named[i], plane[i] = points[i], [2]float64{points[i][0], points[i][1]}
			for j := range 3 {
				small[i][j] = float32(points[i][j])
			}
		}
		moved, turned := make([][3]float64, len(points)), slices.Clone(points)
		Points(moved, points, pose)
		Vectors(turned, turned, pose.Rotation)
		Points(small, small, pose)
		Points(named, named, pose)
		movedPlane, turnedPlane := make([][2]float64, len(points)), slices.Clone(plane)
		Points2(movedPlane, plane, flat)
		Vectors2(turnedPlane, turnedPlane, flat.Rotation)
		for i, p := range points {
			want := pose.Apply(p)
			offVector(t, "Points", 4e-15, moved[i], want)
			offVector(t, "Points in place of a named type", 4e-15, named[i], want)
			offVector(t, "Vectors in place", 4e-15, turned[i], pose.Rotation.Apply(p))
			offVector(t, "Points of float32", 4e-7, [3]float64{float64(small[i][0]), float64(small[i][1]), float64(small[i][2])}, want)
			offVector(t, "Points2", 4e-15, movedPlane[i], flat.Apply(plane[i]))
			offVector(t, "Vectors2 in place", 4e-15, turnedPlane[i], flat.Rotation.Apply(plane[i]))
		}
	})
}

// A batch of float32 is rounded once: far from the origin two roundings would
// show.
func TestBatchesOfFloat32AreRoundedOnce(t *testing.T) {
	pose := SE3{SO3FromZRadians(1), [3]float64{-1e6, 0, 0}}
	src := [][3]float32{{1e6, 1e6, 3}}
	dst := make([][3]float32, 1)
	Points(dst, src, pose)
	want := pose.Apply([3]float64{1e6, 1e6, 3})
	for i, x := range want {
		if dst[0][i] != float32(x) {
			t.Errorf("coordinate %d is %v; %v rounded is %v", i, dst[0][i], x, float32(x))
		}
	}
}

func TestBatchesOfUnequalLengthPanic(t *testing.T) {
	three, two := make([][3]float64, 3), make([][2]float32, 2)
	for name, misuse := range map[string]func(){
		"Points":   func() { Points(three, three[:2], SE3Identity()) },
		"Vectors":  func() { Vectors(three[:1], three, SO3Identity()) },
		"Points2":  func() { Points2(two, two[:1], SE2Identity()) },
		"Vectors2": func() { Vectors2(two[:0], two, SO2Identity()) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				err, _ := recover().(error)
				var usage *UsageError
				if !errors.As(err, &usage) || usage.Func != name {
					t.Errorf("it panicked with %v", err)
				}
			}()
			misuse()
		})
	}
}

var sink struct {
	so2    SO2
	so3    SO3
	se2    SE2
	se3    SE3
	v      [3]float64
	tau    [6]float64
	m      [4][4]float64
	ad     [6][6]float64
	j      [3][3]float64
	scalar float64
	err    error
}

var (
	rngForBenchmarks = rand.New(rand.NewPCG(1, 2))
	aSO2, bSO2       = SO2SampleUniform(rngForBenchmarks), SO2SampleUniform(rngForBenchmarks)
	aSO3, bSO3       = SO3SampleUniform(rngForBenchmarks), SO3SampleUniform(rngForBenchmarks)
	aSE2, bSE2       = SE2SampleUniform(rngForBenchmarks), SE2SampleUniform(rngForBenchmarks)
	aSE3, bSE3       = SE3SampleUniform(rngForBenchmarks), SE3SampleUniform(rngForBenchmarks)
	aPoint           = [3]float64{1, 2, 3}
	cloud32          = make([][3]float32, 1000)
	cloud64          = make([][3]float64, 1000)
)

// operations are what the benchmarks time, and what must not allocate.
var operations = []struct {
	name string
	do   func()
}{
	{"SO2/Apply", func() { sink.v[0] = aSO2.Apply([2]float64{1, 2})[0] }},
	{"SO2/Multiply", func() { sink.so2 = aSO2.Multiply(bSO2) }},
	{"SO2/Exp", func() { sink.so2 = SO2Exp(0.7) }},
	{"SO2/Log", func() { sink.scalar = aSO2.Log() }},
	{"SO3/Apply", func() { sink.v = aSO3.Apply(aPoint) }},
	{"SO3/Multiply", func() { sink.so3 = aSO3.Multiply(bSO3) }},
	{"SO3/Exp", func() { sink.so3 = SO3Exp(aPoint) }},
	{"SO3/Log", func() { sink.v = aSO3.Log() }},
	{"SO3/Matrix", func() { sink.j = aSO3.Matrix() }},
	{"SO3/FromMatrix", func() { sink.so3 = SO3FromMatrix(sink.j) }},
	{"SO3/RPY", func() { sink.v[0], sink.v[1], sink.v[2] = aSO3.RPY() }},
	{"SO3/FromRPY", func() { sink.so3 = SO3FromRPY(1, 2, 3) }},
	{"SO3/AxisAngle", func() { sink.v, sink.scalar = aSO3.AxisAngle() }},
	{"SO3/FromAxisAngle", func() { sink.so3 = SO3FromAxisAngle(aPoint, 2) }},
	{"SO3/Interpolate", func() { sink.so3 = aSO3.Interpolate(bSO3, 0.3) }},
	{"SO3/LeftJacobian", func() { sink.j = SO3LeftJacobian(aPoint) }},
	{"SO3/LeftJacobianInverse", func() { sink.j = SO3LeftJacobianInverse(aPoint) }},
	{"SO3/SampleUniform", func() { sink.so3 = SO3SampleUniform(rngForBenchmarks) }},
	{"SE2/Multiply", func() { sink.se2 = aSE2.Multiply(bSE2) }},
	{"SE2/Exp", func() { sink.se2 = SE2Exp(aPoint) }},
	{"SE2/Log", func() { sink.v = aSE2.Log() }},
	{"SE3/Apply", func() { sink.v = aSE3.Apply(aPoint) }},
	{"SE3/Multiply", func() { sink.se3 = aSE3.Multiply(bSE3) }},
	{"SE3/Inverse", func() { sink.se3 = aSE3.Inverse() }},
	{"SE3/Exp", func() { sink.se3 = SE3Exp([6]float64{1, 2, 3, 0.1, 0.2, 0.3}) }},
	{"SE3/Log", func() { sink.tau = aSE3.Log() }},
	{"SE3/Matrix", func() { sink.m = aSE3.Matrix() }},
	{"SE3/Adjoint", func() { sink.ad = aSE3.Adjoint() }},
	{"SE3/Interpolate", func() { sink.se3 = aSE3.Interpolate(bSE3, 0.3) }},
	{"LookAt", func() { sink.se3, sink.err = LookAt(aPoint, [3]float64{}, [3]float64{0, 0, 1}) }},
	{"CheckPose", func() { sink.err = CheckPose(sink.m, 1e-9) }},
	{"Points/1000xfloat32", func() { Points(cloud32, cloud32, aSE3) }},
	{"Points/1000xfloat64", func() { Points(cloud64, cloud64, aSE3) }},
}

func TestNothingAllocates(t *testing.T) {
	for _, op := range operations {
		if n := testing.AllocsPerRun(10, op.do); n != 0 {
			t.Errorf("%s allocates %v times", op.name, n)
		}
	}
}

func BenchmarkTransform(b *testing.B) {
	for _, op := range operations {
		b.Run(op.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				op.do()
			}
		})
	}
}

// For all numbers, nothing panics or hangs, and Valid reports whether the result is a
// transform.
func TestAnyNumbers(t *testing.T) {
	number := rapid.OneOf(
		rapid.Map(rapid.Uint64(), math.Float64frombits),
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, -1, math.NaN(), math.Inf(1), math.Inf(-1),
			math.MaxFloat64, math.SmallestNonzeroFloat64, 1e-160, 1e160}))
	rapid.Check(t, func(t *rapid.T) {
		var x [7]float64
		for i := range x {
			x[i] = number.Draw(t, fmt.Sprint("x", i))
		}
		v, tau := [3]float64{x[0], x[1], x[2]}, [6]float64(x[:6])
		flat, pose := SE2FromParameters([4]float64(x[:4])), SE3FromParameters(x)
		for _, a := range []SE3{pose, SE3Exp(tau), pose.Normalize(), pose.Interpolate(SE3Exp(tau), x[6])} {
			a.Log()
			a.Adjoint()
			a.Rotation.RPY()
			a.Rotation.AxisAngle()
			m := a.Multiply(pose.Inverse()).Matrix()
			back := SE3FromMatrix(m)
			if CheckPose(m, 1e-6) == nil && !back.Valid() {
				t.Errorf("%v passes for a pose, and is %v", m, back)
			}
		}
		SE2Exp(v).Interpolate(flat, x[3]).Normalize().Matrix()
		flat.Multiply(SE2Exp(v)).Inverse().Log()
		SO3LeftJacobian(v)
		SO3RightJacobianInverse(v)
		SO3FromAxisAngle(v, x[3])
		if a, err := LookAt(v, [3]float64(x[3:6]), v); err == nil && !a.Valid() {
			t.Errorf("LookAt made %v", a)
		}
	})
}

func TestValid(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, bad := range []bool{
		SO2{}.Valid(), SO2{nan, 0}.Valid(), SO2{inf, 1}.Valid(), SO2{1e-200, 0}.Valid(),
		SO3{}.Valid(), SO3{W: nan}.Valid(), SO3{W: 1, Z: -inf}.Valid(), SO3{W: 1e200}.Valid(),
		SE2{}.Valid(), SE2FromXYTheta(1, inf, 0).Valid(), SE2FromXYTheta(1, 2, nan).Valid(),
		SE3{}.Valid(), SE3FromTranslation([3]float64{0, nan, 0}).Valid(),
		SO3FromAxisAngle([3]float64{}, 1).Valid(), SO3FromAxisAngle([3]float64{inf, 0, 0}, 1).Valid(),
		SO3{}.Normalize().Valid(), SO2{}.Normalize().Valid(), SE3Exp([6]float64{3: inf}).Valid(),
	} {
		if bad {
			t.Error("what is no transform is valid")
		}
	}
	for _, good := range []bool{
		SO2Identity().Valid(), SO3Identity().Valid(), SE2Identity().Valid(), SE3Identity().Valid(),
		SO3{W: 1e-100}.Valid(), SO3{W: 5e-324}.Normalize().Valid(), SO2{0, 1e300}.Normalize().Valid(),
		SE3FromTranslation([3]float64{1e300, 0, 0}).Valid(),
	} {
		if !good {
			t.Error("a transform is not valid")
		}
	}
}

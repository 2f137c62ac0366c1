package gonumtest_test

import (
	"math"
	"testing"

	"github.com/viser-go/viser/transform"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
	"pgregory.net/rapid"
)

// The matrix exponential is accurate to about 1e-15 times the size of its result;
// the tangents below are at most about 10.
const tolerance = 1e-13

// angle draws an angle up to half a turn, every order of magnitude as likely as
// the next, near both ends.
func angle(t *rapid.T, label string) float64 {
	small := math.Pow(10, -rapid.Float64Range(0, 20).Draw(t, label+" 1e-"))
	return rapid.SampledFrom([]float64{small, math.Pi - small, math.Pi * small, 0}).Draw(t, label)
}

func omega(t *rapid.T, label string) [3]float64 {
	a, d := angle(t, label), vector(t, label)
	n := math.Sqrt(d[0]*d[0] + d[1]*d[1] + d[2]*d[2])
	if n < 1e-3 {
		return [3]float64{a, 0, 0}
	}
	return [3]float64{a * d[0] / n, a * d[1] / n, a * d[2] / n}
}

func vector(t *rapid.T, label string) (v [3]float64) {
	for i := range v {
		v[i] = rapid.Float64Range(-3, 3).Draw(t, label)
	}
	return v
}

func twist(t *rapid.T, label string) [6]float64 {
	v, w := vector(t, label+" v"), omega(t, label+" ω")
	return [6]float64{v[0], v[1], v[2], w[0], w[1], w[2]}
}

// put writes a block into m, with its corner at row and column.
func put(m *mat.Dense, row, column int, block [3][3]float64) {
	for i := range block {
		for j := range block[i] {
			m.Set(row+i, column+j, block[i][j])
		}
	}
}

func hat(w [3]float64) [3][3]float64 {
	return [3][3]float64{{0, -w[2], w[1]}, {w[2], 0, -w[0]}, {-w[1], w[0], 0}}
}

func exp(m mat.Matrix) *mat.Dense {
	var out mat.Dense
	out.Exp(m)
	return &out
}

func dense[R [2]float64 | [3]float64 | [4]float64 | [6]float64](rows ...R) *mat.Dense {
	var all []float64
	for _, row := range rows {
		switch row := any(row).(type) {
		case [2]float64:
			all = append(all, row[:]...)
		case [3]float64:
			all = append(all, row[:]...)
		case [4]float64:
			all = append(all, row[:]...)
		case [6]float64:
			all = append(all, row[:]...)
		}
	}
	return mat.NewDense(len(rows), len(all)/len(rows), all)
}

func same(t *rapid.T, what string, got, want mat.Matrix) {
	t.Helper()
	var d mat.Dense
	d.Sub(got, want)
	if n := mat.Norm(&d, 1); !(n <= tolerance*max(1, mat.Norm(want, 1))) {
		t.Errorf("%s: they differ by %g\n viser-go\n%v\n gonum's\n%v", what, n, mat.Formatted(got), mat.Formatted(want))
	}
}

func matrix2(m [2][2]float64) *mat.Dense { return dense(m[:]...) }
func matrix3(m [3][3]float64) *mat.Dense { return dense(m[:]...) }
func matrix4(m [4][4]float64) *mat.Dense { return dense(m[:]...) }
func matrix6(m [6][6]float64) *mat.Dense { return dense(m[:]...) }

// wedge is the matrix of se(3) whose exponential is that of the tangent.
func wedge(tau [6]float64) *mat.Dense {
	m := mat.NewDense(4, 4, nil)
	put(m, 0, 0, hat([3]float64{tau[3], tau[4], tau[5]}))
	for i := range 3 {
		m.Set(i, 3, tau[i])
	}
	return m
}

func TestExpIsTheMatrixExponential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, tau := omega(t, "w"), twist(t, "tau")
		same(t, "SO2", matrix2(transform.SO2Exp(w[0]).Matrix()), exp(mat.NewDense(2, 2, []float64{0, -w[0], w[0], 0})))
		same(t, "SO3", matrix3(transform.SO3Exp(w).Matrix()), exp(matrix3(hat(w))))
		same(t, "SE2", matrix3(transform.SE2Exp([3]float64{tau[0], tau[1], w[0]}).Matrix()),
			exp(mat.NewDense(3, 3, []float64{0, -w[0], tau[0], w[0], 0, tau[1], 0, 0, 0})))
		same(t, "SE3", matrix4(transform.SE3Exp(tau).Matrix()), exp(wedge(tau)))
	})
}

func TestLogUndoesTheMatrixExponential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pose := transform.SE3Exp(twist(t, "a")).Multiply(transform.SE3Exp(twist(t, "b")))
		same(t, "SE3", exp(wedge(pose.Log())), matrix4(pose.Matrix()))
		same(t, "SO3", exp(matrix3(hat(pose.Rotation.Log()))), matrix3(pose.Rotation.Matrix()))
	})
}

func TestMultiplyAndInverseAreThoseOfMatrices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := transform.SE3Exp(twist(t, "a")), transform.SE3Exp(twist(t, "b"))
		var product, inverse mat.Dense
		product.Mul(matrix4(a.Matrix()), matrix4(b.Matrix()))
		same(t, "product", matrix4(a.Multiply(b).Matrix()), &product)
		if err := inverse.Inverse(matrix4(a.Matrix())); err != nil {
			t.Fatal(err)
		}
		same(t, "inverse", matrix4(a.Inverse().Matrix()), &inverse)
		if d := mat.Det(matrix4(a.Matrix())); math.Abs(d-1) > tolerance {
			t.Errorf("the determinant is %v", d)
		}
	})
}

// The adjoint of an exponential is the exponential of the adjoint of the algebra,
// which is made of cross products alone.
func TestAdjointIsAnExponential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tau := twist(t, "tau")
		ad := mat.NewDense(6, 6, nil)
		w := hat([3]float64{tau[3], tau[4], tau[5]})
		put(ad, 0, 0, w)
		put(ad, 3, 3, w)
		put(ad, 0, 3, hat([3]float64{tau[0], tau[1], tau[2]}))
		same(t, "SE3", matrix6(transform.SE3Exp(tau).Adjoint()), exp(ad))

		flat := [3]float64{tau[0], tau[1], tau[3]}
		same(t, "SE2", matrix3(transform.SE2Exp(flat).Adjoint()),
			exp(mat.NewDense(3, 3, []float64{0, -flat[2], flat[1], flat[2], 0, -flat[0], 0, 0, 0})))
	})
}

// The left Jacobian is the integral of exp(s·Ω) over s from 0 to 1, which is the
// upper right block of exp of {{Ω, 1}, {0, 0}}.
func TestJacobianIsAnIntegral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := omega(t, "w")
		big := mat.NewDense(6, 6, nil)
		put(big, 0, 0, hat(w))
		put(big, 0, 3, [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
		left := exp(big).Slice(0, 3, 3, 6)
		same(t, "left", matrix3(transform.SO3LeftJacobian(w)), left)
		same(t, "right", matrix3(transform.SO3RightJacobian(w)), left.T())
		var inverse mat.Dense
		if err := inverse.Inverse(left); err != nil {
			t.Fatal(err)
		}
		same(t, "inverse of left", matrix3(transform.SO3LeftJacobianInverse(w)), &inverse)
		same(t, "inverse of right", matrix3(transform.SO3RightJacobianInverse(w)), inverse.T())
	})
}

func number(r transform.SO3) quat.Number {
	return quat.Number{Real: r.W, Imag: r.X, Jmag: r.Y, Kmag: r.Z}
}

func TestQuaternions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, p := omega(t, "w"), vector(t, "p")
		a, b := transform.SO3Exp(w), transform.SO3Exp(omega(t, "b"))
		near := func(what string, got, want quat.Number) {
			t.Helper()
			if d := quat.Abs(quat.Sub(got, want)); !(d <= 1e-14) {
				t.Errorf("%s: %v and %v differ by %g", what, got, want, d)
			}
		}
		near("product", number(a.Multiply(b)), quat.Mul(number(a), number(b)))
		near("inverse", number(a.Inverse()), quat.Inv(number(a)))
		near("exp", number(a), quat.Exp(quat.Number{Imag: w[0] / 2, Jmag: w[1] / 2, Kmag: w[2] / 2}))
		if a.W > 0 { // the principal logarithm of the other half is that of the longer way
			log := a.Log()
			near("log", quat.Number{Imag: log[0] / 2, Jmag: log[1] / 2, Kmag: log[2] / 2}, quat.Log(number(a)))
		}
		got, want := a.Apply(p), r3.Rotation(number(a)).Rotate(r3.Vec{X: p[0], Y: p[1], Z: p[2]})
		near("point", quat.Number{Imag: got[0], Jmag: got[1], Kmag: got[2]}, quat.Number{Imag: want.X, Jmag: want.Y, Kmag: want.Z})
	})
}

// A matrix with noise yields nearly the nearest rotation, which is U·Vᵀ of the singular
// value decomposition (Kabsch).
func TestFromNoisyMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := transform.SO3Exp(omega(t, "w")).Matrix()
		for i := range m {
			for j := range m[i] {
				m[i][j] += rapid.Float64Range(-1e-7, 1e-7).Draw(t, "noise")
			}
		}
		var svd mat.SVD
		if !svd.Factorize(matrix3(m), mat.SVDFull) {
			t.Fatal("no decomposition")
		}
		var u, v, nearest, d mat.Dense
		svd.UTo(&u)
		svd.VTo(&v)
		nearest.Mul(&u, v.T())
		d.Sub(matrix3(transform.SO3FromMatrix(m).Matrix()), &nearest)
		if n := mat.Norm(&d, 1); n > 1e-6 {
			t.Errorf("%g from the nearest rotation", n)
		}
	})
}

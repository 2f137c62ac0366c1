package transform

import "math"

// SO2 is a rotation of the plane, as the cosine and sine of its angle.
type SO2 struct{ Cos, Sin float64 }

// SO2Identity returns the rotation that turns nothing.
func SO2Identity() SO2 { return SO2{Cos: 1} }

// SO2FromRadians returns the rotation by an angle.
func SO2FromRadians(angle float64) SO2 {
	s, c := math.Sincos(angle)
	return SO2{c, s}
}

// SO2Exp is [SO2FromRadians]: the tangent of a rotation of the plane is its angle.
func SO2Exp(omega float64) SO2 { return SO2FromRadians(omega) }

// SO2FromParameters returns the rotation with the given cosine and sine, as they
// are.
func SO2FromParameters(p [2]float64) SO2 { return SO2{p[0], p[1]} }

// SO2FromMatrix returns the rotation that is nearest to m, normalized. m should be a
// rotation up to rounding; see [CheckRotation] for matrices from other sources.
func SO2FromMatrix(m [2][2]float64) SO2 {
	return SO2{m[0][0] + m[1][1], m[1][0] - m[0][1]}.Normalize()
}

// Radians returns the angle, from -π to π.
func (r SO2) Radians() float64 { return math.Atan2(r.Sin, r.Cos) }

// Log is Radians: the tangent whose exponential is r.
func (r SO2) Log() float64 { return r.Radians() }

// Parameters returns {Cos, Sin}, as they are.
func (r SO2) Parameters() [2]float64 { return [2]float64{r.Cos, r.Sin} }

// Matrix returns the rotation matrix.
func (r SO2) Matrix() [2][2]float64 {
	r = r.scaled()
	return [2][2]float64{{r.Cos, -r.Sin}, {r.Sin, r.Cos}}
}

// Apply returns p turned by r. See [Vectors2] for many vectors.
func (r SO2) Apply(p [2]float64) [2]float64 {
	r = r.scaled()
	return [2]float64{r.Cos*p[0] - r.Sin*p[1], r.Sin*p[0] + r.Cos*p[1]}
}

// Multiply returns the rotation by the angles of r and o together.
func (r SO2) Multiply(o SO2) SO2 {
	return SO2{r.Cos*o.Cos - r.Sin*o.Sin, r.Sin*o.Cos + r.Cos*o.Sin}
}

// Inverse returns the rotation that undoes r.
func (r SO2) Inverse() SO2 { return SO2{r.Cos, -r.Sin} }

// Adjoint returns 1: rotations of the plane commute.
func (r SO2) Adjoint() float64 { return 1 }

// Normalize returns r with parameters of length one.
func (r SO2) Normalize() SO2 {
	big := max(math.Abs(r.Cos), math.Abs(r.Sin))
	return SO2{r.Cos / big, r.Sin / big}.scaled()
}

// Interpolate returns the rotation at the fraction s of the shorter way from r to the
// rotation to: r at 0, to at 1. s may be outside of that range.
func (r SO2) Interpolate(to SO2, s float64) SO2 {
	return r.Multiply(SO2Exp(s * r.Inverse().Multiply(to).Log()))
}

// Valid reports whether r represents a rotation: its parameters are finite and have a
// length between 1e-150 and 1e150.
func (r SO2) Valid() bool { return usable(r.square()) }

func (r SO2) square() float64 { return r.Cos*r.Cos + r.Sin*r.Sin }

func (r SO2) scaled() SO2 {
	n := math.Sqrt(r.square())
	return SO2{r.Cos / n, r.Sin / n}
}

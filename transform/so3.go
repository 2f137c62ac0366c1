package transform

import "math"

// SO3 is a rotation of space, as a quaternion with the scalar first; viser.Quat is
// another name for it. The zero value is not a rotation, and results computed with it
// have no meaning; use [SO3Identity].
type SO3 struct{ W, X, Y, Z float64 }

// SO3Identity returns the rotation that turns nothing.
func SO3Identity() SO3 { return SO3{W: 1} }

// SO3FromWXYZ returns the rotation of a quaternion with the scalar first, without
// normalizing it: see the package comment about lengths other than one.
func SO3FromWXYZ(q [4]float64) SO3 { return SO3{q[0], q[1], q[2], q[3]} }

// SO3FromXYZW returns the rotation of a quaternion with the scalar last, as it is.
func SO3FromXYZW(q [4]float64) SO3 { return SO3{q[3], q[0], q[1], q[2]} }

// SO3FromParameters is [SO3FromWXYZ].
func SO3FromParameters(p [4]float64) SO3 { return SO3FromWXYZ(p) }

// SO3FromXRadians returns the rotation about the x axis.
func SO3FromXRadians(angle float64) SO3 {
	s, c := math.Sincos(angle / 2)
	return SO3{W: c, X: s}
}

// SO3FromYRadians returns the rotation about the y axis.
func SO3FromYRadians(angle float64) SO3 {
	s, c := math.Sincos(angle / 2)
	return SO3{W: c, Y: s}
}

// SO3FromZRadians returns the rotation about the z axis.
func SO3FromZRadians(angle float64) SO3 {
	s, c := math.Sincos(angle / 2)
	return SO3{W: c, Z: s}
}

// SO3FromAxisAngle returns the rotation by angle about axis, which may have any
// length but zero.
func SO3FromAxisAngle(axis [3]float64, angle float64) SO3 {
	u, _ := vec(&axis).unit()
	s, c := math.Sincos(angle / 2)
	return SO3{c, s * u.x, s * u.y, s * u.z}
}

// AxisAngle returns the axis of r, of length one, and the angle about it, from 0
// to π. The axis of the identity is x.
func (r SO3) AxisAngle() (axis [3]float64, angle float64) {
	r = r.upper()
	if r.X == 0 && r.Y == 0 && r.Z == 0 && r.W > 0 {
		return [3]float64{1, 0, 0}, 0
	}
	u, n := r.imaginary().unit()
	return u.array(), 2 * math.Atan2(n, r.W)
}

// SO3FromMatrix returns the rotation of a rotation matrix, normalized. Rounding in m,
// as in a matrix of float32, causes an error of about the same size. A matrix that is
// not a rotation (a scale, a mirror image) yields a meaningless one; see
// [CheckRotation] for matrices from other sources.
//
// The method is Mike Day's, "Converting a Rotation Matrix to a Quaternion": of the four
// expressions it uses one whose largest component is at least 1/2.
func SO3FromMatrix(m [3][3]float64) SO3 {
	var q SO3
	switch {
	case m[2][2] < 0 && m[0][0] > m[1][1]:
		q = SO3{m[2][1] - m[1][2], 1 + m[0][0] - m[1][1] - m[2][2], m[1][0] + m[0][1], m[0][2] + m[2][0]}
	case m[2][2] < 0:
		q = SO3{m[0][2] - m[2][0], m[1][0] + m[0][1], 1 - m[0][0] + m[1][1] - m[2][2], m[2][1] + m[1][2]}
	case m[0][0] < -m[1][1]:
		q = SO3{m[1][0] - m[0][1], m[0][2] + m[2][0], m[2][1] + m[1][2], 1 - m[0][0] - m[1][1] + m[2][2]}
	default:
		q = SO3{1 + m[0][0] + m[1][1] + m[2][2], m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]}
	}
	return q.Normalize()
}

// Matrix returns the rotation matrix.
func (r SO3) Matrix() [3][3]float64 {
	s := 2 / r.square()
	xx, yy, zz := s*r.X*r.X, s*r.Y*r.Y, s*r.Z*r.Z
	xy, yz, zx := s*r.X*r.Y, s*r.Y*r.Z, s*r.Z*r.X
	wx, wy, wz := s*r.W*r.X, s*r.W*r.Y, s*r.W*r.Z
	return [3][3]float64{
		{1 - yy - zz, xy - wz, zx + wy},
		{xy + wz, 1 - zz - xx, yz - wx},
		{zx - wy, yz + wx, 1 - xx - yy},
	}
}

// WXYZ returns the quaternion with the scalar first, not normalized.
func (r SO3) WXYZ() [4]float64 { return [4]float64{r.W, r.X, r.Y, r.Z} }

// XYZW returns the quaternion with the scalar last, not normalized.
func (r SO3) XYZW() [4]float64 { return [4]float64{r.X, r.Y, r.Z, r.W} }

// Parameters is WXYZ.
func (r SO3) Parameters() [4]float64 { return r.WXYZ() }

// Apply returns p turned by r. See [Vectors] for many vectors.
func (r SO3) Apply(p [3]float64) [3]float64 {
	return r.turn(vec(&p)).array()
}

func (r SO3) turn(p vec3) vec3 {
	u := r.imaginary()
	t := u.cross(p).times(2 / r.square())
	return p.add(t.times(r.W)).add(u.cross(t))
}

// Multiply returns the rotation that first does o and then r.
func (r SO3) Multiply(o SO3) SO3 {
	return SO3{
		r.W*o.W - r.X*o.X - r.Y*o.Y - r.Z*o.Z,
		r.W*o.X + r.X*o.W + r.Y*o.Z - r.Z*o.Y,
		r.W*o.Y - r.X*o.Z + r.Y*o.W + r.Z*o.X,
		r.W*o.Z + r.X*o.Y - r.Y*o.X + r.Z*o.W,
	}
}

// Inverse returns the rotation that undoes r.
func (r SO3) Inverse() SO3 { return SO3{r.W, -r.X, -r.Y, -r.Z} }

// Adjoint returns the matrix that moves a tangent from the local to the parent's
// side: r·exp(ω) = exp(Ad·ω)·r. For rotations it is Matrix.
func (r SO3) Adjoint() [3][3]float64 { return r.Matrix() }

// Normalize returns r with a quaternion of length one. Any finite one but zero
// will do, however long or short.
func (r SO3) Normalize() SO3 {
	big := max(math.Abs(r.W), math.Abs(r.X), math.Abs(r.Y), math.Abs(r.Z))
	r = SO3{r.W / big, r.X / big, r.Y / big, r.Z / big}
	n := math.Sqrt(r.square())
	return SO3{r.W / n, r.X / n, r.Y / n, r.Z / n}
}

// Interpolate returns the rotation at the fraction s of the shortest way from r to the
// rotation to, at constant speed ("slerp"): r at 0, to at 1. s may be outside of that
// range. Between rotations that are half a turn apart, which have two shortest ways, it
// uses one of them.
func (r SO3) Interpolate(to SO3, s float64) SO3 {
	return r.Multiply(exp(r.Inverse().Multiply(to).log().times(s)))
}

// Valid reports whether r represents a rotation: its quaternion is finite and has a
// length between 1e-150 and 1e150.
func (r SO3) Valid() bool { return usable(r.square()) }

func (r SO3) square() float64 { return r.W*r.W + r.X*r.X + r.Y*r.Y + r.Z*r.Z }

func (r SO3) imaginary() vec3 { return vec3{r.X, r.Y, r.Z} }

// upper returns the one of q and -q whose angle is at most π.
func (r SO3) upper() SO3 {
	if r.W < 0 {
		return SO3{-r.W, -r.X, -r.Y, -r.Z}
	}
	return r
}

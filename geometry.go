package viser

import "math"

// Vec2 is a pair of numbers: x, y.
type Vec2 [2]float64

// Vec3 is a point, a direction or a size: x, y, z.
type Vec3 [3]float64

// Uniform returns the vector {s, s, s}: one factor for all three axes, as the
// Scale field of an options struct takes it.
func Uniform(s float64) Vec3 { return Vec3{s, s, s} }

// Quat is an orientation as a unit quaternion, scalar part first (viser's
// wxyz). In options the zero value stands for the identity {1, 0, 0, 0}.
//
// A node's orientation and position are the R and t of
// p_parent = R·p_local + t.
type Quat struct{ W, X, Y, Z float64 }

// Identity is the orientation that turns nothing.
var Identity = Quat{W: 1}

// AxisAngle returns the rotation by angle (radians, counter-clockwise seen
// from the tip of the axis) about axis, which need not have length one.
// It panics with a *UsageError if the axis is zero or not finite.
func AxisAngle(axis Vec3, angle float64) Quat {
	checkDirection("AxisAngle", "axis", axis)
	checkFinite("AxisAngle", angle)
	n := norm(axis)
	s, c := math.Sincos(angle / 2)
	return Quat{c, s * axis[0] / n, s * axis[1] / n, s * axis[2] / n}
}

// LookAt returns the orientation of a camera at from that looks at to, with up
// upwards in its picture, in OpenCV's axes: +z ahead, +y down. If up is along the
// view, another direction is taken. It panics with a *UsageError if the points are
// the same, or a number is not finite.
func LookAt(from, to, up Vec3) Quat {
	const fn = "LookAt"
	checkFinite(fn, from[:]...)
	checkFinite(fn, to[:]...)
	checkDirection(fn, "up", up)
	p := cameraPose{position: from, lookAt: to, up: up}
	if err := p.orient(Identity); err != nil {
		usage(fn, "%v", err)
	}
	return p.wxyz
}

// Mul returns the rotation that first does r and then q.
func (q Quat) Mul(r Quat) Quat {
	return Quat{
		q.W*r.W - q.X*r.X - q.Y*r.Y - q.Z*r.Z,
		q.W*r.X + q.X*r.W + q.Y*r.Z - q.Z*r.Y,
		q.W*r.Y - q.X*r.Z + q.Y*r.W + q.Z*r.X,
		q.W*r.Z + q.X*r.Y - q.Y*r.X + q.Z*r.W,
	}
}

// Rotate returns v turned by q.
func (q Quat) Rotate(v Vec3) Vec3 {
	u := Vec3{q.X, q.Y, q.Z}
	t := scaled(cross(u, v), 2)
	return add(add(v, scaled(t, q.W)), cross(u, t))
}

func (q Quat) array() [4]float64 { return [4]float64{q.W, q.X, q.Y, q.Z} }

func quatOf(a [4]float64) Quat { return Quat{a[0], a[1], a[2], a[3]} }

// orIdentity gives the zero value of options its meaning.
func (q Quat) orIdentity() Quat {
	if q == (Quat{}) {
		return Identity
	}
	return q
}

func norm(v Vec3) float64           { return math.Sqrt(dot(v, v)) }
func dot(a, b Vec3) float64         { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func add(a, b Vec3) Vec3            { return Vec3{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func sub(a, b Vec3) Vec3            { return Vec3{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func scaled(a Vec3, s float64) Vec3 { return Vec3{a[0] * s, a[1] * s, a[2] * s} }
func cross(a, b Vec3) Vec3 {
	return Vec3{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// columns returns the rotation matrix of q by its columns: where the x, y and
// z axes point. q need not have length one.
func (q Quat) columns() (x, y, z Vec3) {
	n := math.Sqrt(q.W*q.W + q.X*q.X + q.Y*q.Y + q.Z*q.Z)
	u := Quat{q.W / n, q.X / n, q.Y / n, q.Z / n}
	return u.Rotate(Vec3{1, 0, 0}), u.Rotate(Vec3{0, 1, 0}), u.Rotate(Vec3{0, 0, 1})
}

// quatFromColumns returns the rotation whose matrix has the given orthonormal
// columns (Shepperd's method: the largest component is found first, so that
// nothing small is divided by).
func quatFromColumns(x, y, z Vec3) Quat {
	m00, m11, m22 := x[0], y[1], z[2]
	switch tr := m00 + m11 + m22; {
	case tr > m00 && tr > m11 && tr > m22:
		return normalized(Quat{1 + tr, y[2] - z[1], z[0] - x[2], x[1] - y[0]})
	case m00 > m11 && m00 > m22:
		return normalized(Quat{y[2] - z[1], 1 + m00 - m11 - m22, x[1] + y[0], z[0] + x[2]})
	case m11 > m22:
		return normalized(Quat{z[0] - x[2], x[1] + y[0], 1 + m11 - m00 - m22, y[2] + z[1]})
	default:
		return normalized(Quat{x[1] - y[0], z[0] + x[2], y[2] + z[1], 1 + m22 - m00 - m11})
	}
}

func normalized(q Quat) Quat {
	n := math.Sqrt(q.W*q.W + q.X*q.X + q.Y*q.Y + q.Z*q.Z)
	return Quat{q.W / n, q.X / n, q.Y / n, q.Z / n}
}

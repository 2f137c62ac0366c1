package viser

import (
	"math"

	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

// Vec2 is a pair of numbers: x, y.
type Vec2 = [2]float64

// Vec3 is a point, a direction or a size: x, y, z.
type Vec3 = [3]float64

// Vec2f is an element of an array of pairs, such as texture coordinates.
type Vec2f = [2]float32

// Vec3f is an element of an array of points, directions or sizes: x, y, z. The arrays
// of the scene are []Vec3f, which is [][3]float32.
type Vec3f = [3]float32

// Vec4f is an element of an array of orientations (w, x, y, z) or of four weights.
type Vec4f = [4]float32

// Quat is an orientation as a unit quaternion, scalar part first (viser's wxyz): the
// fields W, X, Y, Z. In options, the zero value is the identity. Package transform
// creates and combines them.
type Quat = transform.SO3

// Pose is a position and an orientation: the fields Translation and Rotation of
// p_parent = Rotation·p_local + Translation. As an argument or in
// options, a zero Rotation is the identity.
type Pose = transform.SE3

// Point returns an element of an array: {x, y, z} as float32.
func Point(x, y, z float64) Vec3f { return Vec3f{float32(x), float32(y), float32(z)} }

// Uniform returns the vector {s, s, s}: one factor for all three axes, for the Scale
// field of an options struct.
func Uniform(s float64) Vec3 { return Vec3{s, s, s} }

// AxisAngle returns the rotation by angle (radians, counter-clockwise seen from the tip
// of the axis) about axis, which need not have length one. It panics with a *UsageError
// if the axis is zero or not finite. Package transform has other ways to create a
// rotation.
func AxisAngle(axis Vec3, angle float64) Quat {
	checkDirection("AxisAngle", "axis", axis)
	checkFinite("AxisAngle", angle)
	return transform.SO3FromAxisAngle(axis, angle)
}

// LookAt returns the pose of a camera at from that looks at to, with up pointing up in
// its picture, in OpenCV's axes: +z forward, +y down. If up is parallel to the viewing
// direction, another direction is used. It panics with a *UsageError if from equals to,
// up is zero, or a number is not finite; transform.LookAt returns an error instead.
func LookAt(from, to, up Vec3) Pose {
	pose, err := transform.LookAt(from, to, up)
	if err != nil {
		usage("LookAt", "%v", err)
	}
	return pose
}

// orIdentity gives the zero value of options its meaning.
func orIdentity(q Quat) Quat {
	if q == (Quat{}) {
		return transform.SO3Identity()
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

// axesOf returns the rotation matrix of q by its columns: where the x, y and
// z axes point. q need not have length one.
func axesOf(q Quat) (x, y, z Vec3) {
	m := q.Matrix()
	for i := range 3 {
		x[i], y[i], z[i] = m[i][0], m[i][1], m[i][2]
	}
	return x, y, z
}

// quatFromColumns returns the rotation whose matrix has the given orthonormal
// columns.
func quatFromColumns(x, y, z Vec3) Quat {
	return transform.SO3FromMatrix([3][3]float64{{x[0], y[0], z[0]}, {x[1], y[1], z[1]}, {x[2], y[2], z[2]}})
}

// vec3sOf copies an array of the wire into rows of the public API; so do the next two.
func vec3sOf(a wire.Array) []Vec3f {
	xs := a.Float32s()
	out := make([]Vec3f, len(xs)/3)
	for i := range out {
		out[i] = Vec3f(xs[3*i:])
	}
	return out
}

func quatsOf(a wire.Array) []Vec4f {
	xs := a.Float32s()
	out := make([]Vec4f, len(xs)/4)
	for i := range out {
		out[i] = Vec4f(xs[4*i:])
	}
	return out
}

func facesOf(a wire.Array) [][3]uint32 {
	xs := a.Uint32s()
	out := make([][3]uint32, len(xs)/3)
	for i := range out {
		out[i] = [3]uint32(xs[3*i:])
	}
	return out
}

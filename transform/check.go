package transform

import (
	"fmt"
	"math"
)

// CheckRotation returns nil if m is a rotation matrix up to the tolerance, in each
// product of two columns, or else an error that describes the difference. For matrices
// printed with six digits, or of float32, use 1e-5.
func CheckRotation(m [3][3]float64, tolerance float64) error {
	var columns [3]vec3
	for i := range 3 {
		columns[i] = vec3{m[0][i], m[1][i], m[2][i]}
		if !columns[i].finite() {
			return fmt.Errorf("transform: column %d of the rotation, %v, is not finite", i, columns[i].array())
		}
	}
	for i, c := range columns {
		if n := c.dot(c); !(math.Abs(n-1) <= tolerance) {
			return fmt.Errorf("transform: column %d of the rotation has length %.9g, not 1; divide the scale out first",
				i, math.Sqrt(n))
		}
		if d := c.dot(columns[(i+1)%3]); !(math.Abs(d) <= tolerance) {
			return fmt.Errorf("transform: columns %d and %d of the rotation are not perpendicular: their product is %.3g",
				i, (i+1)%3, d)
		}
	}
	if columns[0].cross(columns[1]).dot(columns[2]) < 0 {
		return fmt.Errorf("transform: the matrix mirrors (its determinant is -1); it is not a rotation")
	}
	return nil
}

// CheckPose returns nil if m is a homogeneous matrix of a rigid transform up to the
// tolerance, as in [CheckRotation], or else an error that describes what is wrong.
func CheckPose(m [4][4]float64, tolerance float64) error {
	for i, want := range [4]float64{0, 0, 0, 1} {
		if !(math.Abs(m[3][i]-want) <= tolerance) {
			return fmt.Errorf("transform: the last row of the pose is %v, not 0 0 0 1; is the matrix transposed?", m[3])
		}
	}
	top := [3][4]float64{m[0], m[1], m[2]}
	if p := (vec3{top[0][3], top[1][3], top[2][3]}); !p.finite() {
		return fmt.Errorf("transform: the translation %v of the pose is not finite", p.array())
	}
	return CheckRotation(rotationOf(top), tolerance)
}

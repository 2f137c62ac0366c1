package transform

import (
	"fmt"
	"math"
)

// LookAt returns the pose in the world of a camera at eye that looks at target,
// with up upwards in its picture. The camera's axes are OpenCV's, which viser's
// cameras and frusta have too: x to the right, y down, z ahead. Its Inverse takes
// points of the world to the camera.
//
// up need not be perpendicular to the view. If it is parallel to it, the world's
// axis that is the most perpendicular to the view stands in, y before z before x.
//
// It fails if eye and target are the same point, if up is zero, or if a number is
// not finite.
func LookAt(eye, target, up [3]float64) (SE3, error) {
	ahead, distance := unit3(sub3(target, eye))
	if !finite(distance, ahead[0]) {
		return SE3{}, fmt.Errorf("transform: LookAt: no direction leads from the eye %v to the target %v; "+
			"give two finite points that differ", eye, target)
	}
	upward, _ := unit3(up)
	if !finite(upward[:]...) {
		return SE3{}, fmt.Errorf("transform: LookAt: the up direction %v is none; give a finite vector that is not zero", up)
	}
	right := cross3(ahead, upward)
	if dot3(right, right) < 1e-16 {
		right = cross3(ahead, perpendicularAxis(ahead))
	}
	right, _ = unit3(right)
	down := cross3(ahead, right)
	return SE3{SO3FromMatrix([3][3]float64{
		{right[0], down[0], ahead[0]},
		{right[1], down[1], ahead[1]},
		{right[2], down[2], ahead[2]},
	}), eye}, nil
}

func perpendicularAxis(v [3]float64) (axis [3]float64) {
	best := 1
	for _, i := range [...]int{2, 0} {
		if math.Abs(v[i]) < math.Abs(v[best]) {
			best = i
		}
	}
	axis[best] = 1
	return axis
}

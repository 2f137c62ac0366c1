package transform

import (
	"fmt"
	"math"
)

// LookAt returns the pose in the world of a camera at eye that looks at target, with up
// pointing up in its picture. The camera's axes are OpenCV's, as those of viser's
// cameras and frusta: x to the right, y down, z forward. Its Inverse transforms points
// from the world to the camera.
//
// up need not be perpendicular to the viewing direction. If it is parallel to it, the
// world axis that is the most perpendicular to it is used, y before z before x.
//
// It fails if eye and target are the same point, if up is zero, or if a number is
// not finite.
func LookAt(eye, target, up [3]float64) (SE3, error) {
	ahead, distance := vec(&target).sub(vec(&eye)).unit()
	if !finite(distance) || !ahead.finite() {
		return SE3{}, fmt.Errorf("transform: LookAt: no direction leads from the eye %v to the target %v; "+
			"give two finite points that differ", eye, target)
	}
	upward, _ := vec(&up).unit()
	if !upward.finite() {
		return SE3{}, fmt.Errorf("transform: LookAt: the up direction %v is invalid; give a finite vector that is not zero", up)
	}
	right := ahead.cross(upward)
	if right.dot(right) < 1e-16 {
		right = ahead.cross(perpendicularAxis(ahead))
	}
	right, _ = right.unit()
	down := ahead.cross(right)
	return SE3{SO3FromMatrix([3][3]float64{
		{right.x, down.x, ahead.x},
		{right.y, down.y, ahead.y},
		{right.z, down.z, ahead.z},
	}), eye}, nil
}

func perpendicularAxis(v vec3) vec3 {
	x, y, z := math.Abs(v.x), math.Abs(v.y), math.Abs(v.z)
	switch {
	case y <= z && y <= x:
		return vec3{y: 1}
	case z <= x:
		return vec3{z: 1}
	}
	return vec3{x: 1}
}

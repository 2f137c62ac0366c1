package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/viser-go/viser"
)

// Axis is one of the six directions of the coordinate axes. The zero value is +z.
type Axis uint8

// The directions, in the order of AxisNames.
const (
	ZUp Axis = iota
	YUp
	XUp
	ZDown
	YDown
	XDown
)

// AxisNames are the names of the directions: "z" for +z.
var AxisNames = []string{"z", "y", "x", "-z", "-y", "-x"}

// ParseAxis reads one of AxisNames; a leading + is allowed.
func ParseAxis(name string) (Axis, error) {
	i := slices.Index(AxisNames, strings.TrimPrefix(strings.ToLower(name), "+"))
	if i < 0 {
		return 0, fmt.Errorf("%q is no axis; it is one of %s", name, strings.Join(AxisNames, ", "))
	}
	return Axis(i), nil
}

func (a Axis) String() string { return AxisNames[a] }

// Index is 0, 1 or 2 for x, y or z.
func (a Axis) Index() int { return 2 - int(a)%3 }

// Sign is 1 or -1.
func (a Axis) Sign() float64 {
	if a >= ZDown {
		return -1
	}
	return 1
}

// Vector is the direction, of length 1.
func (a Axis) Vector() (v viser.Vec3) {
	v[a.Index()] = a.Sign()
	return v
}

// ground is the plane across the axis.
func (a Axis) ground() viser.Plane {
	return [...]viser.Plane{viser.PlaneYZ, viser.PlaneXZ, viser.PlaneXY}[a.Index()]
}

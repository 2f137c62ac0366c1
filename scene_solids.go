package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	boxKind       = state.SceneKind("BoxMessage", new(wire.BoxProps))
	icosphereKind = state.SceneKind("IcosphereMessage", new(wire.IcosphereProps))
	cylinderKind  = state.SceneKind("CylinderMessage", new(wire.CylinderProps))
)

// A Box is a cuboid, centered at its origin.
//
// A Box is [Clickable] and [Draggable].
type Box struct {
	interactive
	props wire.BoxProps
}

// AddBox adds a cuboid. It panics with a *UsageError if the name is empty or a
// number is not finite or out of its range.
func (s *Scene) AddBox(name string, opts *BoxOptions) *Box {
	const fn = "Scene.AddBox"
	o := orPtr(opts, BoxOptions{})
	b := &Box{props: o.props(fn)}
	s.add(fn, name, b, boxKind, &b.props, o.place(fn))
	return b
}

// An Icosphere is a sphere, centered at its origin, made of triangles of nearly equal
// size.
//
// An Icosphere is [Clickable] and [Draggable].
type Icosphere struct {
	interactive
	props wire.IcosphereProps
}

// maxSubdivisions keeps a ball below 1.4 million triangles.
const maxSubdivisions = 8

// AddIcosphere adds a sphere. It panics with a *UsageError if the name is empty or a
// number is not finite or out of its range.
func (s *Scene) AddIcosphere(name string, opts *IcosphereOptions) *Icosphere {
	const fn = "Scene.AddIcosphere"
	o := orPtr(opts, IcosphereOptions{})
	b := &Icosphere{props: o.props(fn)}
	s.add(fn, name, b, icosphereKind, &b.props, o.place(fn))
	return b
}

func checkSubdivisions(fn string, n int) {
	if n < 0 || n > maxSubdivisions {
		usage(fn, "Subdivisions is %d; it must be 0 to %d", n, maxSubdivisions)
	}
}

// A Cylinder is a cylinder along z, centered at its origin.
//
// A Cylinder is [Clickable] and [Draggable].
type Cylinder struct {
	interactive
	props wire.CylinderProps
}

// AddCylinder adds a cylinder. It panics with a *UsageError if the name is empty
// or a number is not finite or out of its range.
func (s *Scene) AddCylinder(name string, opts *CylinderOptions) *Cylinder {
	const fn = "Scene.AddCylinder"
	o := orPtr(opts, CylinderOptions{})
	c := &Cylinder{props: o.props(fn)}
	s.add(fn, name, c, cylinderKind, &c.props, o.place(fn))
	return c
}

func checkRadialSegments(fn string, n int) {
	if n < 3 || n > 1<<16 {
		usage(fn, "RadialSegments is %d; it must be 3 to 65,536", n)
	}
}

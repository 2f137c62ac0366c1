package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// Plane is the plane that a grid lies in, by the axes of its width and height.
type Plane string

// The planes.
const (
	PlaneXY Plane = Plane(wire.GridPlaneXy)
	PlaneXZ Plane = Plane(wire.GridPlaneXz)
	PlaneYX Plane = Plane(wire.GridPlaneYx)
	PlaneYZ Plane = Plane(wire.GridPlaneYz)
	PlaneZX Plane = Plane(wire.GridPlaneZx)
	PlaneZY Plane = Plane(wire.GridPlaneZy)
)

// FadeFrom is the point from which the fading distance of a grid is measured.
type FadeFrom string

// The points from which fading is measured.
const (
	FadeFromCamera FadeFrom = FadeFrom(wire.FadeFromCamera)
	FadeFromOrigin FadeFrom = FadeFrom(wire.FadeFromOrigin)
)

func checkFadeFrom(fn string, v FadeFrom) { oneOf(fn, "FadeFrom", v, FadeFromCamera, FadeFromOrigin) }

func checkPlane(fn string, v Plane) {
	oneOf(fn, "Plane", v, PlaneXY, PlaneXZ, PlaneYX, PlaneYZ, PlaneZX, PlaneZY)
}

var gridKind = state.SceneKind("GridMessage", new(wire.GridProps))

// A Grid is a plane with lines: thin ones around cells, stronger ones around sections.
type Grid struct {
	node
	props wire.GridProps
}

// AddGrid adds a grid. It panics with a *UsageError if the name is empty or a
// number is not finite or out of its range.
func (s *Scene) AddGrid(name string, opts *GridOptions) *Grid {
	const fn = "Scene.AddGrid"
	o := orPtr(opts, GridOptions{})
	g := &Grid{props: o.props(fn)}
	s.add(fn, name, g, gridKind, &g.props, o.place(fn))
	return g
}

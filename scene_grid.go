package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var gridKind = state.SceneKind("GridMessage", new(wire.GridProps))

// A Grid is a plane of lines: thin ones around cells, stronger ones around
// sections.
type Grid struct {
	node
	props wire.GridProps
}

// GridOptions are the options of AddGrid. Sizes are in scene units.
type GridOptions struct {
	NodeOptions
	Width            float64  // default 10
	Height           float64  // default 10
	Plane            Plane    // default PlaneXY
	CellColor        *RGB     // default {200, 200, 200}
	CellThickness    *float64 // pixels; default 1
	CellSize         float64  // default 0.5
	SectionColor     *RGB     // default {140, 140, 140}
	SectionThickness *float64 // pixels; default 1
	SectionSize      float64  // default 1
	Infinite         bool     // it goes on to the horizon; Width and Height do not count
	FadeDistance     float64  // where it has faded to nothing; default 100
	FadeStrength     *float64 // 0: it does not fade; default 1
	FadeFrom         FadeFrom // default FadeFromCamera
	ShadowOpacity    *float64 // 0 to 1: how dark shadows on it are; default 0.125
	PlaneColor       *RGB     // of the plane between the lines; default white
	PlaneOpacity     float64  // 0 to 1; default 0: no plane
	Scale            Vec3     // default 1
}

// AddGrid adds a grid. It panics with a *UsageError if the name is empty or a
// number is not finite or out of its range.
func (s *Scene) AddGrid(name string, opts *GridOptions) *Grid {
	const fn = "Scene.AddGrid"
	o := orPtr(opts, GridOptions{})
	g := &Grid{props: wire.GridProps{
		Width: or(o.Width, 10), Height: or(o.Height, 10), Plane: string(or(o.Plane, PlaneXY)),
		CellColor: o.CellColor.or(RGB{200, 200, 200}), CellThickness: orPtr(o.CellThickness, 1), CellSize: or(o.CellSize, 0.5),
		SectionColor: o.SectionColor.or(RGB{140, 140, 140}), SectionThickness: orPtr(o.SectionThickness, 1),
		SectionSize: or(o.SectionSize, 1), InfiniteGrid: o.Infinite,
		FadeDistance: or(o.FadeDistance, 100), FadeStrength: orPtr(o.FadeStrength, 1), FadeFrom: string(or(o.FadeFrom, FadeFromCamera)),
		ShadowOpacity: orPtr(o.ShadowOpacity, 0.125), PlaneColor: o.PlaneColor.or(RGB{255, 255, 255}), PlaneOpacity: o.PlaneOpacity,
		Scale: scaleOf(fn, o.Scale),
	}}
	p := &g.props
	checkPositive(fn, "Width", p.Width)
	checkPositive(fn, "Height", p.Height)
	checkPositive(fn, "CellSize", p.CellSize)
	checkPositive(fn, "SectionSize", p.SectionSize)
	checkPositive(fn, "FadeDistance", p.FadeDistance)
	checkNotNegative(fn, "CellThickness", p.CellThickness)
	checkNotNegative(fn, "SectionThickness", p.SectionThickness)
	checkNotNegative(fn, "FadeStrength", p.FadeStrength)
	checkUnit(fn, "ShadowOpacity", p.ShadowOpacity)
	checkUnit(fn, "PlaneOpacity", p.PlaneOpacity)
	checkPlane(fn, Plane(p.Plane))
	checkFadeFrom(fn, FadeFrom(p.FadeFrom))
	s.add(fn, name, g, gridKind, p, o.NodeOptions)
	return g
}

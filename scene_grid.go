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

// AddGrid adds a grid. It panics with a *UsageError if the name is empty or a
// number is not finite or out of its range.
func (s *Scene) AddGrid(name string, opts *GridOptions) *Grid {
	const fn = "Scene.AddGrid"
	o := orPtr(opts, GridOptions{})
	g := &Grid{props: o.props(fn)}
	s.add(fn, name, g, gridKind, &g.props, o.place(fn))
	return g
}

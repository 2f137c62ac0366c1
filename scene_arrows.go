package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var arrowsKind = state.SceneKind("ArrowMessage", new(wire.ArrowProps))

// Arrows are arrows between pairs of points: a rod, and a cone whose tip is at the
// second point. All have the same thickness and the same head. An arrow that is shorter
// than its head is a head alone; one of no length is invisible.
//
// Arrows are [Clickable] and [Draggable]. The InstanceIndex of the events is
// the arrow's. Upstream viser's client sends no clicks on them: only this
// library's does.
type Arrows struct {
	interactive
	props wire.ArrowProps
	color RGB // of all arrows where no colors are given
}

// AddArrows adds arrows: for each its tail and its tip, in scene units in the
// node's frame, and its color; one color is for all. It panics with a
// *UsageError if the name is empty, the number of colors fits neither way, or a
// size is not above zero.
func (s *Scene) AddArrows(name string, points [][2]Vec3f, colors []RGB, opts *ArrowsOptions) *Arrows {
	const fn = "Scene.AddArrows"
	o := orPtr(opts, ArrowsOptions{})
	a := &Arrows{props: o.props(fn)}
	a.color = rgbOf(o.Color, defaultRowColor)
	a.props.Points, a.props.Colors = lineEnds(points), rowColors(fn, len(points), colors, a.color)
	s.add(fn, name, a, arrowsKind, &a.props, o.place(fn))
	return a
}

// Points returns a copy of the arrows' tails and tips.
func (h *Arrows) Points() [][2]Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	ends := vec3sOf(h.props.Points)
	out := make([][2]Vec3f, len(ends)/2)
	for i := range out {
		out[i] = [2]Vec3f{ends[2*i], ends[2*i+1]}
	}
	return out
}

// Colors returns a copy of the arrows' colors: one each, or one for all.
func (h *Arrows) Colors() []RGB {
	h.mu.Lock()
	defer h.mu.Unlock()
	return rgbsOf(h.props.Colors)
}

// SetPoints replaces arrows and colors as one step, under the rules of
// AddArrows. The number of arrows may change. Nil colors means what it does in
// PointCloud.SetPoints.
func (h *Arrows) SetPoints(points [][2]Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := rowColors("Arrows.SetPoints", len(points), colors, h.parts().color(h.color))
	h.changedArrays(
		arrayField{&h.props.Points, wire.ArrowPropsPoints, lineEnds(points)},
		arrayField{&h.props.Colors, wire.ArrowPropsColors, encoded},
	)
}

// SetColors replaces the colors: one each, one for all, or nil for the Color of the
// options. It panics with a *UsageError if their number fits no way.
func (h *Arrows) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := rowColors("Arrows.SetColors", h.props.Points.Len()/6, colors, h.color)
	h.changedArrays(arrayField{&h.props.Colors, wire.ArrowPropsColors, encoded})
}

// parts is the arrows as rows; h.mu is held.
func (h *Arrows) parts() *colored {
	return &colored{node: &h.node, pointRow: 24, colorRow: 3,
		points: arrayField{field: &h.props.Points, key: wire.ArrowPropsPoints},
		colors: arrayField{field: &h.props.Colors, key: wire.ArrowPropsColors}}
}

// Len returns the number of arrows.
func (h *Arrows) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.parts().count()
}

func (h *Arrows) pieces() int { return h.Len() }

// SetRange changes the arrows from the given one on, and their colors, under the
// terms of PointCloud.SetRange.
func (h *Arrows) SetRange(offset int, points [][2]Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write("Arrows.SetRange", offset, lineEnds(points).Data, wire.RGBs(rgbs(colors)).Data)
}

// Append adds arrows behind the last, with a color each or one for all of them,
// under the terms of PointCloud.Append.
func (h *Arrows) Append(points [][2]Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("Arrows.Append", lineEnds(points).Data, wire.RGBs(rgbs(colors)).Data)
}

// Truncate keeps the first n arrows. It panics with a *UsageError if n is below 0 or
// above the number of arrows.
func (h *Arrows) Truncate(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().cut("Arrows.Truncate", n)
}

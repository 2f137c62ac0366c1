package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var arrowsKind = state.SceneKind("ArrowMessage", new(wire.ArrowProps))

// Arrows are arrows from one point to another: a shaft, and a conical head whose tip is
// at the second point. All have the same thickness and the same head. An arrow that is
// shorter than its head has no shaft; one of length zero is invisible.
//
// Arrows are [Clickable] and [Draggable]. The InstanceIndex of the events is the
// arrow's. Upstream viser's client reports no clicks on them; this library's does.
//
// Arrows are a [ScalarNode].
type Arrows struct {
	byNumber
	props wire.ArrowProps
	color RGB // of all arrows where no colors are given
}

// AddArrows adds arrows: for each its tail and its tip, in scene units in the node's
// frame, and its color; one color applies to all. It panics with a *UsageError if the
// name is empty, the number of colors is neither 0, 1 nor that of the arrows, or a size
// is not above zero.
func (s *Scene) AddArrows(name string, points [][2]Vec3f, colors []RGB, opts *ArrowsOptions) *Arrows {
	const fn = "Scene.AddArrows"
	o := orPtr(opts, ArrowsOptions{})
	a := &Arrows{props: o.props(fn)}
	a.color = rgbOf(o.Color, defaultRowColor)
	a.props.Points, a.props.Colors = lineEnds(points), rowColors(fn, len(points), colors, a.color)
	a.numbered()
	s.add(fn, name, a, arrowsKind, &a.props, o.place(fn))
	return a
}

func (h *Arrows) numbered() {
	h.numbers(&h.props.ScalarProps, wire.ArrowPropsScalars, func() (int, int) { return h.parts().count(), -1 })
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

// SetPoints replaces arrows and colors as one step, as in AddArrows. The number of
// arrows may change. Nil colors have the same meaning as in PointCloud.SetPoints.
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
// options. It panics with a *UsageError on any other number.
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

// SetRange changes the arrows from index offset on, and their colors, like
// [PointCloud.SetRange].
func (h *Arrows) SetRange(offset int, points [][2]Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write("Arrows.SetRange", offset, lineEnds(points).Data, wire.RGBs(colors).Data)
}

// Append appends arrows, with a color each or one for all of them, like
// [PointCloud.Append].
func (h *Arrows) Append(points [][2]Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("Arrows.Append", lineEnds(points).Data, wire.RGBs(colors).Data)
}

// Truncate keeps the first n arrows. It panics with a *UsageError if n is below 0 or
// above the number of arrows.
func (h *Arrows) Truncate(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().cut("Arrows.Truncate", n)
}

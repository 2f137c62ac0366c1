package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var arrowsKind = state.SceneKind("ArrowMessage", new(wire.ArrowProps))

// Arrows are arrows between pairs of points: a rod, and a cone whose tip is at
// the second point. All have the same thickness and the same head. An arrow that
// is shorter than its head is a head alone; one of no length is not seen.
type Arrows struct {
	draggable
	props wire.ArrowProps
}

// ArrowsOptions are the options of AddArrows. Lengths are in scene units.
type ArrowsOptions struct {
	NodeOptions
	ShaftRadius float64 // default 0.02
	HeadRadius  float64 // default 0.05
	HeadLength  float64 // default 0.1
	Scale       Vec3    // default 1
}

// AddArrows adds arrows: for each its tail and its tip, in scene units in the
// node's frame, and its color; one color is for all. It panics with a
// *UsageError if the name is empty, the number of colors fits neither way, or a
// size is not above zero.
func (s *Scene) AddArrows(name string, points [][2][3]float32, colors []RGB, opts *ArrowsOptions) *Arrows {
	const fn = "Scene.AddArrows"
	o := orPtr(opts, ArrowsOptions{})
	a := &Arrows{props: wire.ArrowProps{
		Points:      lineEnds(points),
		Colors:      arrowColors(fn, len(points), colors),
		ShaftRadius: or(o.ShaftRadius, 0.02),
		HeadRadius:  or(o.HeadRadius, 0.05),
		HeadLength:  or(o.HeadLength, 0.1),
		Scale:       scaleOf(fn, o.Scale),
	}}
	p := &a.props
	checkPositive(fn, "ShaftRadius", p.ShaftRadius)
	checkPositive(fn, "HeadRadius", p.HeadRadius)
	checkPositive(fn, "HeadLength", p.HeadLength)
	s.add(fn, name, a, arrowsKind, p, o.NodeOptions)
	return a
}

// arrowColors encodes one color per arrow, or the single one.
func arrowColors(fn string, arrows int, colors []RGB) wire.Array {
	switch len(colors) {
	case 1:
		return wire.Uint8s(colors[0][:])
	case arrows:
		return wire.RGBs(rgbs(colors))
	}
	usage(fn, "%d arrows and %d colors: give one color per arrow, or one for all", arrows, len(colors))
	panic("unreachable")
}

// Points returns a copy of the arrows' tails and tips.
func (h *Arrows) Points() [][2][3]float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	ends := vec3sOf(h.props.Points)
	out := make([][2][3]float32, len(ends)/2)
	for i := range out {
		out[i] = [2][3]float32{ends[2*i], ends[2*i+1]}
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
// AddArrows. The number of arrows may change.
func (h *Arrows) SetPoints(points [][2][3]float32, colors []RGB) {
	encoded := arrowColors("Arrows.SetPoints", len(points), colors)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Points, wire.ArrowPropsPoints, lineEnds(points)},
		arrayField{&h.props.Colors, wire.ArrowPropsColors, encoded},
	)
}

// SetColors replaces the colors: one each, or one for all. It panics with a
// *UsageError if their number fits neither way.
func (h *Arrows) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := arrowColors("Arrows.SetColors", h.props.Points.Len()/6, colors)
	h.changedArrays(arrayField{&h.props.Colors, wire.ArrowPropsColors, encoded})
}

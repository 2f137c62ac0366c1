package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var lineSegmentsKind = state.SceneKind("LineSegmentsMessage", new(wire.LineSegmentsProps))

// LineSegments are straight lines between pairs of points.
type LineSegments struct {
	draggable
	props wire.LineSegmentsProps
}

// LineSegmentsOptions are the options of AddLineSegments.
type LineSegmentsOptions struct {
	NodeOptions
	Thickness      float64        // default 0.01
	ThicknessUnits ThicknessUnits // default WorldUnits
	Scale          Vec3           // default 1
}

// AddLineSegments adds lines: for each its two ends in scene units in the node's
// frame, and the colors of its ends, between which it is blended. One pair of
// equal colors is for all lines. It panics with a *UsageError if the name is
// empty or the number of colors fits neither way.
func (s *Scene) AddLineSegments(name string, points [][2][3]float32, colors [][2]RGB, opts *LineSegmentsOptions) *LineSegments {
	const fn = "Scene.AddLineSegments"
	o := orPtr(opts, LineSegmentsOptions{})
	l := &LineSegments{props: wire.LineSegmentsProps{
		Points:         lineEnds(points),
		Colors:         lineColors(fn, len(points), colors),
		Thickness:      or(o.Thickness, 0.01),
		ThicknessUnits: string(or(o.ThicknessUnits, WorldUnits)),
		Scale:          scaleOf(fn, o.Scale),
	}}
	checkPositive(fn, "Thickness", l.props.Thickness)
	checkThicknessUnits(fn, ThicknessUnits(l.props.ThicknessUnits))
	s.add(fn, name, l, lineSegmentsKind, &l.props, o.NodeOptions)
	return l
}

func lineEnds(points [][2][3]float32) wire.Array {
	ends := make([][3]float32, 0, 2*len(points))
	for _, p := range points {
		ends = append(ends, p[0], p[1])
	}
	return wire.Vec3s(ends)
}

// lineColors encodes two colors per line, or the single one.
func lineColors(fn string, lines int, colors [][2]RGB) wire.Array {
	if len(colors) == 1 && colors[0][0] == colors[0][1] {
		return wire.Uint8s(colors[0][0][:])
	}
	if len(colors) != lines {
		usage(fn, "%d lines and %d pairs of colors: give one pair per line, or one pair of equal colors for all", lines, len(colors))
	}
	return endColors(colors)
}

func endColors(colors [][2]RGB) wire.Array {
	ends := make([][3]uint8, 0, 2*len(colors))
	for _, c := range colors {
		ends = append(ends, c[0], c[1])
	}
	return wire.RGBs(ends)
}

// Points returns a copy of the lines' ends.
func (h *LineSegments) Points() [][2][3]float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	ends := vec3sOf(h.props.Points)
	out := make([][2][3]float32, len(ends)/2)
	for i := range out {
		out[i] = [2][3]float32{ends[2*i], ends[2*i+1]}
	}
	return out
}

// Colors returns a copy of the colors: one pair per line, or one for all.
func (h *LineSegments) Colors() [][2]RGB {
	h.mu.Lock()
	defer h.mu.Unlock()
	ends := rgbsOf(h.props.Colors)
	if len(ends) == 1 {
		return [][2]RGB{{ends[0], ends[0]}}
	}
	out := make([][2]RGB, len(ends)/2)
	for i := range out {
		out[i] = [2]RGB{ends[2*i], ends[2*i+1]}
	}
	return out
}

// SetPoints replaces lines and colors as one step, under the rules of
// AddLineSegments. The number of lines may change.
func (h *LineSegments) SetPoints(points [][2][3]float32, colors [][2]RGB) {
	encoded := lineColors("LineSegments.SetPoints", len(points), colors)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Points, wire.LineSegmentsPropsPoints, lineEnds(points)},
		arrayField{&h.props.Colors, wire.LineSegmentsPropsColors, encoded},
	)
}

// SetColors replaces the colors: one pair per line, or one for all. It panics
// with a *UsageError if their number fits neither way.
func (h *LineSegments) SetColors(colors [][2]RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := lineColors("LineSegments.SetColors", h.props.Points.Len()/6, colors)
	h.changedArrays(arrayField{&h.props.Colors, wire.LineSegmentsPropsColors, encoded})
}

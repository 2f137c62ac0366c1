package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// ThicknessUnits is the unit in which the thickness of a line is given.
type ThicknessUnits string

// The units of thickness.
const (
	WorldUnits  ThicknessUnits = ThicknessUnits(wire.ThicknessUnitsWorld)  // scene units: distant lines are thinner
	ScreenUnits ThicknessUnits = ThicknessUnits(wire.ThicknessUnitsScreen) // pixels, at any distance
)

func checkThicknessUnits(fn string, v ThicknessUnits) {
	oneOf(fn, "ThicknessUnits", v, WorldUnits, ScreenUnits)
}

var lineSegmentsKind = state.SceneKind("LineSegmentsMessage", new(wire.LineSegmentsProps))

// LineSegments are straight lines between pairs of points.
//
// LineSegments are [Clickable] and [Draggable]. The InstanceIndex of the events is the
// line's. Upstream viser's client reports no clicks on them; this library's does.
//
// LineSegments are a [ScalarNode]: a number for each line, or for each end.
type LineSegments struct {
	byNumber
	props wire.LineSegmentsProps
	color RGB // of all lines where no colors are given
}

// AddLineSegments adds lines: for each its two ends in scene units in the node's frame,
// and the colors of its ends, which are interpolated. One pair of equal colors applies
// to all lines. It panics with a *UsageError if the name is empty or the number of
// pairs is neither 0, 1 nor that of the lines.
func (s *Scene) AddLineSegments(name string, points [][2]Vec3f, colors [][2]RGB, opts *LineSegmentsOptions) *LineSegments {
	const fn = "Scene.AddLineSegments"
	o := orPtr(opts, LineSegmentsOptions{})
	l := &LineSegments{props: o.props(fn)}
	l.color = rgbOf(o.Color, defaultRowColor)
	l.props.Points, l.props.Colors = lineEnds(points), lineColors(fn, len(points), colors, l.color)
	l.numbers(&l.props.ScalarProps, wire.LineSegmentsPropsScalars, func() (int, int) { n := l.parts().count(); return n, 2 * n })
	s.add(fn, name, l, lineSegmentsKind, &l.props, o.place(fn))
	return l
}

func lineEnds(points [][2]Vec3f) wire.Array {
	ends := make([]Vec3f, 0, 2*len(points))
	for _, p := range points {
		ends = append(ends, p[0], p[1])
	}
	return wire.Vec3s(ends)
}

// lineColors encodes two colors per line, or the single one; nil is all of one.
func lineColors(fn string, lines int, colors [][2]RGB, one RGB) wire.Array {
	if colors == nil {
		return wire.Uint8s(one[:])
	}
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
func (h *LineSegments) Points() [][2]Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	ends := vec3sOf(h.props.Points)
	out := make([][2]Vec3f, len(ends)/2)
	for i := range out {
		out[i] = [2]Vec3f{ends[2*i], ends[2*i+1]}
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

// SetPoints replaces lines and colors as one step, as in AddLineSegments. The number of
// lines may change. Nil colors have the same meaning as in PointCloud.SetPoints.
func (h *LineSegments) SetPoints(points [][2]Vec3f, colors [][2]RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := lineColors("LineSegments.SetPoints", len(points), colors, h.parts().color(h.color))
	h.changedArrays(
		arrayField{&h.props.Points, wire.LineSegmentsPropsPoints, lineEnds(points)},
		arrayField{&h.props.Colors, wire.LineSegmentsPropsColors, encoded},
	)
}

// SetColors replaces the colors: one pair per line, one for all, or nil for the Color
// of the options. It panics with a *UsageError on any other number.
func (h *LineSegments) SetColors(colors [][2]RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := lineColors("LineSegments.SetColors", h.props.Points.Len()/6, colors, h.color)
	h.changedArrays(arrayField{&h.props.Colors, wire.LineSegmentsPropsColors, encoded})
}

// parts is the lines as rows; h.mu is held.
func (h *LineSegments) parts() *colored {
	return &colored{node: &h.node, pointRow: 24, colorRow: 6,
		points: arrayField{field: &h.props.Points, key: wire.LineSegmentsPropsPoints},
		colors: arrayField{field: &h.props.Colors, key: wire.LineSegmentsPropsColors}}
}

// Len returns the number of lines.
func (h *LineSegments) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.parts().count()
}

func (h *LineSegments) pieces() int { return h.Len() }

// SetRange changes the lines from index offset on, and their colors, like
// [PointCloud.SetRange].
func (h *LineSegments) SetRange(offset int, points [][2]Vec3f, colors [][2]RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write("LineSegments.SetRange", offset, lineEnds(points).Data, endColors(colors).Data)
}

// Append appends lines, with a pair of colors each or one for all of them, like
// [PointCloud.Append].
func (h *LineSegments) Append(points [][2]Vec3f, colors [][2]RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("LineSegments.Append", lineEnds(points).Data, endColors(colors).Data)
}

// Truncate keeps the first n lines. It panics with a *UsageError if n is below 0 or
// above the number of lines.
func (h *LineSegments) Truncate(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().cut("LineSegments.Truncate", n)
}

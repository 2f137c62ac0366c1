package viser

import "github.com/viser-go/viser/internal/wire"

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

// SetRange changes the lines from the given one on, and their colors, under the
// terms of PointCloud.SetRange.
func (h *LineSegments) SetRange(offset int, points [][2]Vec3f, colors [][2]RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write("LineSegments.SetRange", offset, lineEnds(points).Data, endColors(colors).Data)
}

// Append adds lines behind the last, with a pair of colors each or one for all of
// them, under the terms of PointCloud.Append.
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

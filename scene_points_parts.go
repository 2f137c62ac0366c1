package viser

import "github.com/viser-go/viser/internal/wire"

// parts is the cloud as rows; h.mu is held.
func (h *PointCloud) parts() *colored {
	return &colored{node: &h.node, pointRow: 3 * h.props.Points.ItemSize(), colorRow: 3,
		points: arrayField{field: &h.props.Points, key: wire.PointCloudPropsPoints},
		colors: arrayField{field: &h.props.Colors, key: wire.PointCloudPropsColors}}
}

// Len returns the number of points.
func (h *PointCloud) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.parts().count()
}

// SetRange changes the points from the given one on, and their colors, as one
// step. Nil leaves points or colors as they are. Only what is given travels, to
// pages of this library; viser's own are sent the whole cloud. Where one color
// stands for all points, a range of colors gives each its own, and those travel
// whole, once. It panics with a *UsageError if the range does not lie within the
// points that there are, or there are not as many colors as points.
func (h *PointCloud) SetRange(offset int, points []Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write("PointCloud.SetRange", offset, castPoints(points, Precision(h.props.Precision)).Data, wire.RGBs(rgbs(colors)).Data)
}

// Append adds points behind the last, with a color each or one for all of them,
// under the terms of SetRange. Colors may be left out where one stands for all
// points of the cloud; else it panics with a *UsageError. Memory grows by half at a
// time, here and on the page: appending costs what is appended.
func (h *PointCloud) Append(points []Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("PointCloud.Append", castPoints(points, Precision(h.props.Precision)).Data, wire.RGBs(rgbs(colors)).Data)
}

// Truncate keeps the first n points and their colors. It panics with a *UsageError
// if n is below 0 or above the number of points.
func (h *PointCloud) Truncate(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().cut("PointCloud.Truncate", n)
}

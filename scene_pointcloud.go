package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// Precision is the number format of the coordinates of a point cloud.
type Precision string

// The precisions. Float16 halves the bytes and has 11 significant bits: a step
// of about 1 mm at a distance of 1 to 2 from the cloud's origin, 6 cm at 64 to
// 128.
const (
	Float16 Precision = Precision(wire.PointPrecisionFloat16)
	Float32 Precision = Precision(wire.PointPrecisionFloat32)
)

// PointShape is the shape of a point.
type PointShape string

// The shapes of points.
const (
	PointSquare  PointShape = PointShape(wire.PointShapeSquare)
	PointDiamond PointShape = PointShape(wire.PointShapeDiamond)
	PointCircle  PointShape = PointShape(wire.PointShapeCircle)
	PointRounded PointShape = PointShape(wire.PointShapeRounded)
	PointSparkle PointShape = PointShape(wire.PointShapeSparkle)
)

// PointShading is the shading of a point.
type PointShading string

// The shadings of points.
const (
	PointGradient PointShading = PointShading(wire.PointShadingGradient) // darker towards the edge
	PointFlat     PointShading = PointShading(wire.PointShadingFlat)
)

func checkPrecision(fn string, v Precision) { oneOf(fn, "Precision", v, Float16, Float32) }

func checkPointShading(fn string, v PointShading) {
	oneOf(fn, "PointShading", v, PointGradient, PointFlat)
}

func checkPointShape(fn string, v PointShape) {
	oneOf(fn, "PointShape", v, PointSquare, PointDiamond, PointCircle, PointRounded, PointSparkle)
}

var pointCloudKind = state.SceneKind("PointCloudMessage", new(wire.PointCloudProps))

// A PointCloud is a set of points, with one color for all or one for each.
//
// A PointCloud is [Clickable] and [Draggable]. The InstanceIndex of the events is the
// point's. Upstream viser's client reports no clicks on it; this library's does.
//
// A PointCloud is a [ScalarNode].
type PointCloud struct {
	byNumber
	props wire.PointCloudProps
	color RGB // of all points where no colors are given
}

// AddPointCloud adds points at the given coordinates (scene units, in the node's
// frame), with one color each, one for all if colors has length one, or the Color of
// the options if it is nil. Points that are not finite are sent as they are and not
// drawn. It panics with a *UsageError if the name is empty or the number of colors is
// neither 0, 1 nor that of the points.
func (s *Scene) AddPointCloud(name string, points []Vec3f, colors []RGB, opts *PointCloudOptions) *PointCloud {
	const fn = "Scene.AddPointCloud"
	o := orPtr(opts, PointCloudOptions{})
	c := &PointCloud{props: o.props(fn)}
	precision := or(o.Precision, Float16)
	checkPrecision(fn, precision)
	c.color = rgbOf(o.Color, defaultRowColor)
	c.props.Precision = string(precision)
	c.props.Points = castPoints(points, precision)
	c.props.Colors = rowColors(fn, len(points), colors, c.color)
	c.numbers(&c.props.ScalarProps, wire.PointCloudPropsScalars, func() (int, int) { return c.parts().count(), -1 })
	s.add(fn, name, c, pointCloudKind, &c.props, o.place(fn))
	return c
}

func castPoints(points []Vec3f, precision Precision) wire.Array {
	if precision == Float16 {
		return wire.HalfVec3s(points)
	}
	return wire.Vec3s(points)
}

// Points returns a copy of the points' coordinates, rounded to the precision
// that they are sent with.
func (h *PointCloud) Points() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Points)
}

// Colors returns a copy of the points' colors: one each, or one for all.
func (h *PointCloud) Colors() []RGB {
	h.mu.Lock()
	defer h.mu.Unlock()
	return rgbsOf(h.props.Colors)
}

// SetPoints replaces points and colors as one step, as in AddPointCloud. The number of
// points may change. With nil colors all points keep their common color, or get the
// Color of the options if they had different ones.
func (h *PointCloud) SetPoints(points []Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := rowColors("PointCloud.SetPoints", len(points), colors, h.parts().color(h.color))
	h.changedArrays(
		arrayField{&h.props.Points, wire.PointCloudPropsPoints, castPoints(points, Precision(h.props.Precision))},
		arrayField{&h.props.Colors, wire.PointCloudPropsColors, encoded},
	)
}

// SetColors replaces the colors: one each, one for all, or nil for the Color of the
// options. It panics with a *UsageError on any other number.
func (h *PointCloud) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := rowColors("PointCloud.SetColors", h.props.Points.Len()/3, colors, h.color)
	h.changedArrays(arrayField{&h.props.Colors, wire.PointCloudPropsColors, encoded})
}

// SetPrecision sets the precision of the coordinates and sends them again. Values that
// Float16 has rounded stay rounded.
func (h *PointCloud) SetPrecision(v Precision) {
	checkPrecision("PointCloud.SetPrecision", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.props.Precision == string(v) {
		return
	}
	points := castPoints(vec3sOf(h.props.Points), v)
	h.props.Precision, h.props.Points = string(v), points
	h.changed(wire.PointCloudPropsPrecision, wire.PointCloudPropsPoints)
}

// Precision returns the precision of the coordinates.
func (h *PointCloud) Precision() Precision {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Precision(h.props.Precision)
}

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

func (h *PointCloud) pieces() int { return h.Len() }

// SetRange changes the points from index offset on, and their colors, as one step. Nil
// points or colors are not changed. This library's client receives only what is given;
// upstream viser's receives the whole cloud. If all points share one color, setting a
// range of colors gives each its own, which sends all colors once. It panics with a
// *UsageError if the range is not within the points, or there are not as many colors as
// points.
func (h *PointCloud) SetRange(offset int, points []Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write("PointCloud.SetRange", offset, castPoints(points, Precision(h.props.Precision)).Data, wire.RGBs(colors).Data)
}

// Append appends points, with a color each or one for all of them, like SetRange.
// Colors may be omitted if all points of the cloud share one color; otherwise it panics
// with a *UsageError. Buffers grow by half at a time, in the server and in the client,
// so the cost of appending is proportional to what is appended.
func (h *PointCloud) Append(points []Vec3f, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("PointCloud.Append", castPoints(points, Precision(h.props.Precision)).Data, wire.RGBs(colors).Data)
}

// Truncate keeps the first n points and their colors. It panics with a *UsageError
// if n is below 0 or above the number of points.
func (h *PointCloud) Truncate(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().cut("PointCloud.Truncate", n)
}

package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var pointCloudKind = state.SceneKind("PointCloudMessage", new(wire.PointCloudProps))

// A PointCloud is many points, colored all alike or one by one.
type PointCloud struct {
	draggable
	props wire.PointCloudProps
}

// PointCloudOptions are the options of AddPointCloud.
type PointCloudOptions struct {
	NodeOptions
	PointSize    float64      // radius of a point in scene units; default 0.1
	PointShape   PointShape   // default PointSquare
	PointShading PointShading // default PointGradient
	Precision    Precision    // of the coordinates; default Float16
	Scale        Vec3         // default 1
}

// AddPointCloud adds points at the given coordinates (scene units, in the
// node's frame), with one color each, or one for all if colors has length one.
// Points that are not finite are sent as they are and not seen. It panics with a
// *UsageError if the name is empty or the number of colors fits neither way.
func (s *Scene) AddPointCloud(name string, points [][3]float32, colors []RGB, opts *PointCloudOptions) *PointCloud {
	const fn = "Scene.AddPointCloud"
	o := orPtr(opts, PointCloudOptions{})
	c := &PointCloud{props: wire.PointCloudProps{
		PointSize:    or(o.PointSize, 0.1),
		PointShape:   string(or(o.PointShape, PointSquare)),
		PointShading: string(or(o.PointShading, PointGradient)),
		Precision:    string(or(o.Precision, Float16)),
		Scale:        scaleOf(fn, o.Scale),
	}}
	p := &c.props
	checkPositive(fn, "PointSize", p.PointSize)
	checkPointShape(fn, PointShape(p.PointShape))
	checkPointShading(fn, PointShading(p.PointShading))
	checkPrecision(fn, Precision(p.Precision))
	p.Points = castPoints(points, Precision(p.Precision))
	p.Colors = pointColors(fn, len(points), colors)
	s.add(fn, name, c, pointCloudKind, p, o.NodeOptions)
	return c
}

func castPoints(points [][3]float32, precision Precision) wire.Array {
	if precision == Float16 {
		return wire.HalfVec3s(points)
	}
	return wire.Vec3s(points)
}

// pointColors encodes one color per point, or the single one.
func pointColors(fn string, points int, colors []RGB) wire.Array {
	switch {
	case len(colors) == 1:
		return wire.Uint8s(colors[0][:])
	case len(colors) == points:
		return wire.RGBs(rgbs(colors))
	}
	usage(fn, "%d points and %d colors: give one color per point, or one for all", points, len(colors))
	panic("unreachable")
}

// Points returns a copy of the points' coordinates, rounded to the precision
// that they are sent with.
func (h *PointCloud) Points() [][3]float32 {
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

// SetPoints replaces points and colors as one step, under the rules of
// AddPointCloud. The number of points may change.
func (h *PointCloud) SetPoints(points [][3]float32, colors []RGB) {
	encoded := pointColors("PointCloud.SetPoints", len(points), colors)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Points, wire.PointCloudPropsPoints, castPoints(points, Precision(h.props.Precision))},
		arrayField{&h.props.Colors, wire.PointCloudPropsColors, encoded},
	)
}

// SetColors replaces the colors: one each, or one for all. It panics with a
// *UsageError if their number fits neither way.
func (h *PointCloud) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := pointColors("PointCloud.SetColors", h.props.Points.Len()/3, colors)
	h.changedArrays(arrayField{&h.props.Colors, wire.PointCloudPropsColors, encoded})
}

// SetPrecision sets the precision of the coordinates and sends them again. What
// Float16 has rounded stays rounded.
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

package viser

import (
	"math"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// CurveType is the parameterization of a Catmull-Rom spline.
type CurveType string

// The types of curves.
const (
	CurveCentripetal CurveType = CurveType(wire.CurveTypeCentripetal) // spaced by the square root of the distance: no loops or cusps
	CurveChordal     CurveType = CurveType(wire.CurveTypeChordal)     // spaced by the distance
	CurveCatmullRom  CurveType = CurveType(wire.CurveTypeCatmullrom)  // spaced evenly; the only type that uses Tension
)

func checkCurveType(fn string, v CurveType) {
	oneOf(fn, "CurveType", v, CurveCentripetal, CurveChordal, CurveCatmullRom)
}

var (
	catmullRomKind  = state.SceneKind("CatmullRomSplineMessage", new(wire.CatmullRomSplineProps))
	cubicBezierKind = state.SceneKind("CubicBezierSplineMessage", new(wire.CubicBezierSplineProps))
)

// maxPieces is a safety limit, far above what a smooth curve needs.
const maxPieces = 1_000_000

func checkPieces(fn string, n int) {
	if n < 0 || n > maxPieces {
		usage(fn, "Segments is %d; it must be 1 to %d, or 0 for the client's choice", n, maxPieces)
	}
}

// pieces is the wire's Segments for the API's.
func pieces(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// A CatmullRomSpline is a smooth curve through points.
//
// A CatmullRomSpline is [Clickable] and [Draggable]. The InstanceIndex of the events is
// that of the point at which the clicked segment begins. Upstream viser's client
// reports no clicks on it; this library's does.
type CatmullRomSpline struct {
	interactive
	props wire.CatmullRomSplineProps
}

// AddSplineCatmullRom adds a smooth curve through the points (scene units, in the
// node's frame). With fewer than two points the curve is empty. It panics with a
// *UsageError if the name is empty or an option is out of its range.
func (s *Scene) AddSplineCatmullRom(name string, points []Vec3f, opts *CatmullRomSplineOptions) *CatmullRomSpline {
	const fn = "Scene.AddSplineCatmullRom"
	o := orPtr(opts, CatmullRomSplineOptions{})
	c := &CatmullRomSpline{props: o.props(fn)}
	checkPieces(fn, o.Segments)
	c.props.Points, c.props.Segments = wire.Vec3s(points), pieces(o.Segments)
	s.add(fn, name, c, catmullRomKind, &c.props, o.place(fn))
	return c
}

// Points returns a copy of the points that the curve passes.
func (h *CatmullRomSpline) Points() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Points)
}

// SetPoints replaces the points that the curve passes. Their number may change.
func (h *CatmullRomSpline) SetPoints(points []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(arrayField{&h.props.Points, wire.CatmullRomSplinePropsPoints, wire.Vec3s(points)})
}

// Segments returns the number of straight segments of the whole curve, 0 for the
// client's choice.
func (h *CatmullRomSpline) Segments() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Segments, 0)
}

// SetSegments sets the number of straight segments of the whole curve; 0 for the
// client's choice. It panics with a *UsageError if n is out of its range.
func (h *CatmullRomSpline) SetSegments(n int) {
	checkPieces("CatmullRomSpline.SetSegments", n)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Segments, pieces(n)) {
		h.changed(wire.CatmullRomSplinePropsSegments)
	}
}

// A CubicBezierSpline is a chain of cubic Bézier curves.
//
// A CubicBezierSpline is [Clickable] and [Draggable]. The InstanceIndex of the events
// is that of the point at which the clicked segment begins. Upstream viser's client
// reports no clicks on it; this library's does.
type CubicBezierSpline struct {
	interactive
	props wire.CubicBezierSplineProps
}

// AddSplineCubicBezier adds a chain of curves from point to point. Each curve has two
// control points, one after its first point and one before its second, so n points need
// 2n-2 control points, in order. All are in scene units in the node's frame. With fewer
// than two points the curve is empty. It panics with a *UsageError if the name is
// empty, the numbers of points do not match, or an option is out of its range.
func (s *Scene) AddSplineCubicBezier(name string, points, controlPoints []Vec3f, opts *CubicBezierSplineOptions) *CubicBezierSpline {
	const fn = "Scene.AddSplineCubicBezier"
	o := orPtr(opts, CubicBezierSplineOptions{})
	c := &CubicBezierSpline{props: o.props(fn)}
	checkPieces(fn, o.Segments)
	checkControlPoints(fn, points, controlPoints)
	c.props.Points, c.props.ControlPoints, c.props.Segments = wire.Vec3s(points), wire.Vec3s(controlPoints), pieces(o.Segments)
	s.add(fn, name, c, cubicBezierKind, &c.props, o.place(fn))
	return c
}

func checkControlPoints(fn string, points, controlPoints []Vec3f) {
	if want := max(0, 2*len(points)-2); len(controlPoints) != want {
		usage(fn, "%d points and %d control points: there must be two between each pair of points, %d", len(points), len(controlPoints), want)
	}
}

// Points returns a copy of the points that the curves connect.
func (h *CubicBezierSpline) Points() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Points)
}

// ControlPoints returns a copy of the control points, two for each curve.
func (h *CubicBezierSpline) ControlPoints() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.ControlPoints)
}

// SetPoints replaces points and control points as one step, as in AddSplineCubicBezier.
// Their number may change.
func (h *CubicBezierSpline) SetPoints(points, controlPoints []Vec3f) {
	checkControlPoints("CubicBezierSpline.SetPoints", points, controlPoints)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Points, wire.CubicBezierSplinePropsPoints, wire.Vec3s(points)},
		arrayField{&h.props.ControlPoints, wire.CubicBezierSplinePropsControlPoints, wire.Vec3s(controlPoints)},
	)
}

// Segments returns the number of straight segments of each curve, 0 for the client's
// choice.
func (h *CubicBezierSpline) Segments() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Segments, 0)
}

// SetSegments sets the number of straight segments of each curve; 0 for the client's
// choice. It panics with a *UsageError if n is out of its range.
func (h *CubicBezierSpline) SetSegments(n int) {
	checkPieces("CubicBezierSpline.SetSegments", n)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Segments, pieces(n)) {
		h.changed(wire.CubicBezierSplinePropsSegments)
	}
}

// The client chooses how many segments a curve has.
func (h *CatmullRomSpline) pieces() int { return math.MaxInt }

func (h *CubicBezierSpline) pieces() int { return math.MaxInt }

package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	catmullRomKind  = state.SceneKind("CatmullRomSplineMessage", new(wire.CatmullRomSplineProps))
	cubicBezierKind = state.SceneKind("CubicBezierSplineMessage", new(wire.CubicBezierSplineProps))
)

// SplineOptions are the options that both kinds of splines share.
type SplineOptions struct {
	Thickness      float64        // default 0.01
	ThicknessUnits ThicknessUnits // default WorldUnits
	Color          *RGB           // default {20, 20, 20}
	// Segments is how many straight pieces are drawn: of all of a Catmull-Rom
	// spline, of each curve of a Bézier one. 0 leaves it to the page.
	Segments int
	Scale    Vec3 // default 1
}

func (o *SplineOptions) defaults(fn string) {
	o.Thickness = or(o.Thickness, 0.01)
	o.ThicknessUnits = or(o.ThicknessUnits, WorldUnits)
	checkPositive(fn, "Thickness", o.Thickness)
	checkThicknessUnits(fn, o.ThicknessUnits)
	checkPieces(fn, o.Segments)
}

// maxPieces is far above what can be told from a smooth curve.
const maxPieces = 1_000_000

func checkPieces(fn string, n int) {
	if n < 0 || n > maxPieces {
		usage(fn, "Segments is %d; it must be 1 to %d, or 0 to leave it to the page", n, maxPieces)
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
type CatmullRomSpline struct {
	draggable
	props wire.CatmullRomSplineProps
}

// CatmullRomSplineOptions are the options of AddSplineCatmullRom.
type CatmullRomSplineOptions struct {
	NodeOptions
	SplineOptions
	CurveType CurveType // default CurveCentripetal
	Tension   *float64  // 0 to 1, only for CurveCatmullRom; default 0.5
	Closed    bool      // the curve returns to its first point
}

// AddSplineCatmullRom adds a smooth curve through the points (scene units, in
// the node's frame). Of fewer than two points nothing is seen. It panics with a
// *UsageError if the name is empty or an option is out of its range.
func (s *Scene) AddSplineCatmullRom(name string, points [][3]float32, opts *CatmullRomSplineOptions) *CatmullRomSpline {
	const fn = "Scene.AddSplineCatmullRom"
	o := orPtr(opts, CatmullRomSplineOptions{})
	o.SplineOptions.defaults(fn)
	c := &CatmullRomSpline{props: wire.CatmullRomSplineProps{
		Points:         wire.Vec3s(points),
		CurveType:      string(or(o.CurveType, CurveCentripetal)),
		Tension:        orPtr(o.Tension, 0.5),
		Closed:         o.Closed,
		Thickness:      o.Thickness,
		ThicknessUnits: string(o.ThicknessUnits),
		Color:          o.Color.or(RGB{20, 20, 20}),
		Segments:       pieces(o.Segments),
		Scale:          scaleOf(fn, o.Scale),
	}}
	checkCurveType(fn, CurveType(c.props.CurveType))
	checkUnit(fn, "Tension", c.props.Tension)
	s.add(fn, name, c, catmullRomKind, &c.props, o.NodeOptions)
	return c
}

// Points returns a copy of the points that the curve passes.
func (h *CatmullRomSpline) Points() [][3]float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Points)
}

// SetPoints replaces the points that the curve passes. Their number may change.
func (h *CatmullRomSpline) SetPoints(points [][3]float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(arrayField{&h.props.Points, wire.CatmullRomSplinePropsPoints, wire.Vec3s(points)})
}

// Segments returns the number of straight pieces of the whole curve, 0 if it is
// left to the page.
func (h *CatmullRomSpline) Segments() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Segments, 0)
}

// SetSegments sets the number of straight pieces of the whole curve, 0 to leave
// it to the page. It panics with a *UsageError if n is out of its range.
func (h *CatmullRomSpline) SetSegments(n int) {
	checkPieces("CatmullRomSpline.SetSegments", n)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Segments, pieces(n)) {
		h.changed(wire.CatmullRomSplinePropsSegments)
	}
}

// A CubicBezierSpline is a chain of cubic Bézier curves.
type CubicBezierSpline struct {
	draggable
	props wire.CubicBezierSplineProps
}

// CubicBezierSplineOptions are the options of AddSplineCubicBezier.
type CubicBezierSplineOptions struct {
	NodeOptions
	SplineOptions
}

// AddSplineCubicBezier adds a chain of curves from point to point. Each leaves
// its first point towards one control point and comes to its second from the
// next one, so n points take 2n-2 control points, in order. All are in scene
// units in the node's frame. Of fewer than two points nothing is seen. It panics
// with a *UsageError if the name is empty, the numbers of points do not fit, or
// an option is out of its range.
func (s *Scene) AddSplineCubicBezier(name string, points, controlPoints [][3]float32, opts *CubicBezierSplineOptions) *CubicBezierSpline {
	const fn = "Scene.AddSplineCubicBezier"
	o := orPtr(opts, CubicBezierSplineOptions{})
	o.SplineOptions.defaults(fn)
	checkControlPoints(fn, points, controlPoints)
	c := &CubicBezierSpline{props: wire.CubicBezierSplineProps{
		Points:         wire.Vec3s(points),
		ControlPoints:  wire.Vec3s(controlPoints),
		Thickness:      o.Thickness,
		ThicknessUnits: string(o.ThicknessUnits),
		Color:          o.Color.or(RGB{20, 20, 20}),
		Segments:       pieces(o.Segments),
		Scale:          scaleOf(fn, o.Scale),
	}}
	s.add(fn, name, c, cubicBezierKind, &c.props, o.NodeOptions)
	return c
}

func checkControlPoints(fn string, points, controlPoints [][3]float32) {
	if want := max(0, 2*len(points)-2); len(controlPoints) != want {
		usage(fn, "%d points and %d control points: there must be two between each pair of points, %d", len(points), len(controlPoints), want)
	}
}

// Points returns a copy of the points that the curves lead to.
func (h *CubicBezierSpline) Points() [][3]float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Points)
}

// ControlPoints returns a copy of the points that bend the curves, two for each.
func (h *CubicBezierSpline) ControlPoints() [][3]float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.ControlPoints)
}

// SetPoints replaces points and control points as one step, under the rules of
// AddSplineCubicBezier. Their number may change.
func (h *CubicBezierSpline) SetPoints(points, controlPoints [][3]float32) {
	checkControlPoints("CubicBezierSpline.SetPoints", points, controlPoints)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Points, wire.CubicBezierSplinePropsPoints, wire.Vec3s(points)},
		arrayField{&h.props.ControlPoints, wire.CubicBezierSplinePropsControlPoints, wire.Vec3s(controlPoints)},
	)
}

// Segments returns the number of straight pieces of each curve, 0 if it is left
// to the page.
func (h *CubicBezierSpline) Segments() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Segments, 0)
}

// SetSegments sets the number of straight pieces of each curve, 0 to leave it to
// the page. It panics with a *UsageError if n is out of its range.
func (h *CubicBezierSpline) SetSegments(n int) {
	checkPieces("CubicBezierSpline.SetSegments", n)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Segments, pieces(n)) {
		h.changed(wire.CubicBezierSplinePropsSegments)
	}
}

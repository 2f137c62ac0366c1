package viser

import (
	"context"
	"iter"
	"log/slog"
	"math"
	"slices"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/wire"
)

// maxMeasured is how many points a measurement has at most.
const maxMeasured = 1000

// A MeasureKind is what a user has measured.
type MeasureKind string

// The kinds of measurements.
const (
	MeasurePoint     MeasureKind = MeasureKind(wire.MeasureKindPoint)    // the place of one point
	MeasureDistance  MeasureKind = MeasureKind(wire.MeasureKindDistance) // the distance of two points
	MeasureAngle     MeasureKind = MeasureKind(wire.MeasureKindAngle)    // the angle at the second of three points
	MeasurePolyline  MeasureKind = MeasureKind(wire.MeasureKindPolyline) // the length along two or more points
	MeasureArea      MeasureKind = MeasureKind(wire.MeasureKindArea)     // the area of the polygon of three or more points
	MeasureToSurface MeasureKind = MeasureKind(wire.MeasureKindSurface)  // the distance of a point from the surface of a node
)

// A MeasureEvent reports a measurement: when a user has completed it, and each time that
// one of its points was moved afterwards.
type MeasureEvent struct {
	Client *Client // the client whose user did it
	Kind   MeasureKind
	// Points are in the world frame, in scene units. Of MeasureToSurface the second is the
	// point of the surface that is nearest to the first, until one of them is dragged.
	Points []Vec3
	// Nodes has for each point the node on which it was placed; nil if that is not there
	// any more.
	Nodes []Node
	// Value is a length in scene units, an area in square scene units, or an angle in
	// radians, from 0 to pi; 0 of MeasurePoint.
	Value float64
}

// OnMeasure attaches fn for what users measure on the page, in the whole scene. On the
// server's scene it is called for every client, on a client's scene for that client.
//
// Only clients with [RoleOperate] report; clients of upstream viser do not measure. The
// events of a client are delivered in their order. ctx ends when the client leaves.
func (s *Scene) OnMeasure(fn func(ctx context.Context, e MeasureEvent)) (off func()) {
	checkCallback("Scene.OnMeasure", fn)
	return s.attachMeasure(fn)
}

// Measurements yields what users measure, as OnMeasure reports it:
//
//	for e := range server.Scene().Measurements(ctx) {
//		fmt.Println(e.Kind, e.Value)
//	}
//
// The loop ends when ctx ends, when the server closes, and, for a client's scene, when
// that client leaves.
func (s *Scene) Measurements(ctx context.Context) iter.Seq[MeasureEvent] {
	return callback.Seq(ctx, nil, s.context(), func(put func(context.Context, MeasureEvent)) (off func()) {
		return s.attachMeasure(put)
	})
}

func (s *Scene) attachMeasure(fn func(context.Context, MeasureEvent)) (off func()) {
	detach := s.measures.Add(fn)
	s.tellReports()
	return func() {
		detach()
		s.tellReports()
	}
}

// SetLengthUnit sets the name of the scene's unit of length, as "m", which clients write
// after lengths that their users measure, and with a ² after areas. Default "": none. The
// unit of Client.Scene replaces that of Server.Scene for that client. It panics with a
// *UsageError if unit has more than 16 bytes. Upstream viser's clients do not measure.
func (s *Scene) SetLengthUnit(unit string) {
	if len(unit) > 16 {
		usage("Scene.SetLengthUnit", "the unit %q has more than 16 bytes", clip(unit))
	}
	s.scope.SetPageCell("length unit", &wire.SetLengthUnitMessage{Unit: unit})
}

// measured receives what the client's user has measured.
func (c *Client) measured(m *wire.MeasureMessage) {
	if !c.isConnected() || !c.extended {
		return
	}
	e, ok := measurementOf(m)
	if !ok {
		c.server.log.limited("invalid measurement: of no such kind, or with other points", "client", c.id, "kind", clip(m.Kind))
		return
	}
	e.Client = c
	e.Nodes = make([]Node, len(e.Points))
	for i, name := range m.Names {
		s := c.sceneOf(m.Owners[i])
		if s == nil || name == "" || s.client == nil && c.isBack() {
			continue
		}
		if n := s.nodeNamed(name); n != nil {
			e.Nodes[i] = n.handle
		}
	}
	c.audited("measured", "", slog.String("kind", string(e.Kind)))
	for _, s := range []*Scene{c.server.scene, c.scene} {
		own := e
		own.Points, own.Nodes = slices.Clone(e.Points), slices.Clone(e.Nodes)
		fire(c, &s.measures, dispatch.Event{Name: "Scene.OnMeasure"}, false, &s.measures, own)
	}
}

// measurementOf checks a report, and computes its value, which the page's need not be.
func measurementOf(m *wire.MeasureMessage) (e MeasureEvent, ok bool) {
	n := len(m.Points)
	if n > maxMeasured || len(m.Names) != n || len(m.Owners) != n {
		return e, false
	}
	for i := range m.Points {
		if !allFinite(m.Points[i][:]) {
			return e, false
		}
	}
	e = MeasureEvent{Kind: MeasureKind(m.Kind), Points: m.Points}
	p := m.Points
	switch e.Kind {
	case MeasurePoint:
		ok = n == 1
	case MeasureDistance, MeasureToSurface:
		if ok = n == 2; ok {
			e.Value = norm(sub(p[1], p[0]))
		}
	case MeasureAngle:
		if ok = n == 3; ok {
			e.Value = angleAt(p[1], p[0], p[2])
		}
	case MeasurePolyline:
		ok = n >= 2
		for i := 1; i < n; i++ {
			e.Value += norm(sub(p[i], p[i-1]))
		}
	case MeasureArea:
		if ok = n >= 3; ok {
			e.Value = polygonArea(p)
		}
	}
	return e, ok && finite(e.Value)
}

// angleAt is the angle between the directions from b to a and to c, 0 if one has no
// length. The arctangent is exact also for small angles (W. Kahan, "How futile are
// mindless assessments of roundoff", section 12).
func angleAt(b, a, c Vec3) float64 {
	u, v := sub(a, b), sub(c, b)
	nu, nv := norm(u), norm(v)
	if nu == 0 || nv == 0 {
		return 0
	}
	x, y := scaled(u, nv), scaled(v, nu)
	return 2 * math.Atan2(norm(sub(x, y)), norm(add(x, y)))
}

// polygonArea is half the length of the vector area (Newell's method; I. Sutherland and
// others, "A characterization of ten hidden-surface algorithms", 1974). Of a polygon that is
// not plane it is the area of its projection on the plane that fits best. Corners are taken
// from the first one, so that a place far from the origin costs no digits.
func polygonArea(p []Vec3) float64 {
	var sum Vec3
	for i := 2; i < len(p); i++ {
		sum = add(sum, cross(sub(p[i-1], p[0]), sub(p[i], p[0])))
	}
	return norm(sum) / 2
}

package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
)

func TestSplines(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		curve := sc.AddSplineCatmullRom("/c", nil, &viser.CatmullRomSplineOptions{Tension: new(0.0)})
		curve.SetPoints([][3]float32{{1, 2, 3}})
		curve.SetSegments(5)
		curve.SetCurveType(viser.CurveChordal)
		if curve.Points()[0] != [3]float32{1, 2, 3} || curve.Segments() != 5 || curve.Tension() != 0 || curve.CurveType() != viser.CurveChordal {
			t.Error("the curve cannot be read back")
		}
		misused(t, "segments", func() { curve.SetSegments(-1) })
		misused(t, "tension", func() { curve.SetTension(1.5) })
		misused(t, "a type", func() { curve.SetCurveType("round") })
		misused(t, "a thickness", func() {
			sc.AddSplineCatmullRom("/c", nil, &viser.CatmullRomSplineOptions{Thickness: -1})
		})

		points, controls := make([][3]float32, 3), make([][3]float32, 4)
		bezier := sc.AddSplineCubicBezier("/b", points, controls, nil)
		misused(t, "control points", func() { bezier.SetPoints(points, controls[:3]) })
		misused(t, "control points at first", func() { sc.AddSplineCubicBezier("/b", nil, controls, nil) })
		bezier.SetPoints(points[:1], nil)
		bezier.SetSegments(3)
		if len(bezier.Points()) != 1 || len(bezier.ControlPoints()) != 0 || bezier.Segments() != 3 {
			t.Error("the curves cannot be read back")
		}
		sc.AddSplineCubicBezier("/none", nil, nil, nil)
	})
}

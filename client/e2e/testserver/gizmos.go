package main

import (
	"context"
	"math"
	"strconv"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

func init() { scenarios["gizmos"] = gizmosScenario }

// gizmosScenario has a gizmo with a box as its child, seen along +y with z up.
func gizmosScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.cameras()
	parent := sc.AddFrame("/parent", &viser.FrameOptions{NoAxes: true})
	var g *viser.TransformControls
	add := func(o viser.TransformControlsOptions) {
		g = sc.AddTransformControls("/parent/gizmo", &o)
		sc.AddBox("/parent/gizmo/box", &viser.BoxOptions{
			Color: viser.RGB{120, 120, 120}, Dimensions: viser.Uniform(0.3),
			Position: viser.Vec3{-0.6, 0, -0.6},
		})
		g.OnUpdate(func(_ context.Context, e viser.TransformControlsEvent) {
			p, q := e.Target.Position(), e.Target.WXYZ()
			s.event("%s by %d at %.3f %.3f %.3f turned %.3f %.3f %.3f %.3f", e.Phase, e.Client.ID(), p[0], p[1], p[2], q.W, q.X, q.Y, q.Z)
		})
	}
	add(viser.TransformControlsOptions{})
	s.do("limited", func(string) {
		add(viser.TransformControlsOptions{
			TranslationLimits: &viser.Limits{{-0.5, 0.5}, {-0.5, 0.5}, {-0.5, 0.5}},
			RotationLimits:    &viser.Limits{{-0.5, 0.5}, {-0.5, 0.5}, {-0.5, 0.5}},
		})
	})
	s.do("fixed", func(v string) {
		pixels, _ := strconv.ParseFloat(v, 64)
		add(viser.TransformControlsOptions{Fixed: true, Scale: pixels})
	})
	s.do("only-x", func(string) { g.SetActiveAxes([3]bool{true, false, false}) })
	s.do("opacity", func(v string) {
		o, _ := strconv.ParseFloat(v, 64)
		g.SetOpacity(o)
	})
	s.do("wall", func(string) {
		sc.AddBox("/wall", &viser.BoxOptions{Dimensions: viser.Vec3{6, 0.1, 6}, Position: viser.Vec3{0, -1, 0},
			Color: viser.RGB{120, 120, 120}})
	})
	s.do("on-top", func(string) { g.SetDepthTest(false) })
	s.do("remove", func(string) { g.Remove() })
	s.do("turn-parent", func(string) {
		parent.SetPose(viser.Pose{Rotation: viser.AxisAngle(viser.Vec3{0, 1, 0}, math.Pi/2), Translation: viser.Vec3{0.5, 0, 0}})
	})
	s.do("place", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		g.SetPose(transform.SE3FromTranslation(viser.Vec3{x, 0, 0}))
	})
	s.do("snap", func(string) {
		g.OnUpdate(func(_ context.Context, e viser.TransformControlsEvent) {
			p := g.Position()
			g.SetPosition(viser.Vec3{math.Round(p[0]), math.Round(p[1]), math.Round(p[2])})
		})
	})
}

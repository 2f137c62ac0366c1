package main

import (
	"context"
	"fmt"
	"image/color"
	"math"

	"github.com/viser-go/viser"
)

func init() { scenarios["picks"] = picksScenario }

// A pickable is a node of each kind that one can click on.
type pickable interface {
	viser.Node
	OnClick(fn func(ctx context.Context, e viser.ClickEvent), mods ...viser.Modifier) (off func())
}

// Objects to pick, seen along +y with z up.
var picks = map[string]func(*viser.Scene) pickable{
	"points": func(s *viser.Scene) pickable {
		// The last one is before the second.
		points := [][3]float32{{-3, 0, 0}, {-2, 0, 0}, {-1, 0, 0}, {0, 0, 0}, {-1, -2, 0}}
		return s.AddPointCloud("/it", points, []viser.RGB{grass}, &viser.PointCloudOptions{PointShape: viser.PointCircle})
	},
	"lines": func(s *viser.Scene) pickable {
		return s.AddLineSegments("/it", [][2][3]float32{{{-3, 0, 1}, {0, 0, 1}}, {{-3, 0, -1}, {0, 0, -1}}},
			[][2]viser.RGB{{grass, grass}, {grass, grass}}, &viser.LineSegmentsOptions{Thickness: 0.2})
	},
	"arrows": func(s *viser.Scene) pickable {
		return s.AddArrows("/it", [][2][3]float32{{{-3, 0, 1}, {-1, 0, 1}}, {{-3, 0, -1}, {-1, 0, -1}}},
			[]viser.RGB{grass}, &viser.ArrowsOptions{ShaftRadius: 0.1, HeadRadius: 0.3, HeadLength: 0.6})
	},
	"catmull": func(s *viser.Scene) pickable {
		return s.AddSplineCatmullRom("/it", [][3]float32{{-3, 0, 0}, {-2, 0, 0}, {-1, 0, 0}, {0, 0, 0}}, &viser.CatmullRomSplineOptions{Thickness: 8, ThicknessUnits: viser.ScreenUnits, Color: grass})
	},
	"bezier": func(s *viser.Scene) pickable {
		return s.AddSplineCubicBezier("/it", [][3]float32{{-3, 0, 0}, {-1, 0, 0}, {0, 0, 0}}, [][3]float32{{-3, 0, 1}, {-1, 0, 1}, {-1, 0, -1}, {0, 0, -1}}, &viser.CubicBezierSplineOptions{Thickness: 8, ThicknessUnits: viser.ScreenUnits, Color: grass})
	},
	"label": func(s *viser.Scene) pickable {
		return s.AddLabel("/it", "somewhat long", &viser.LabelOptions{Anchor: viser.Center, Position: viser.Vec3{-1, 0, 0}})
	},
	"label in the scene": func(s *viser.Scene) pickable {
		return s.AddLabel("/it", "somewhat long", &viser.LabelOptions{
			FontSizeMode: viser.SceneFont, FontSceneHeight: 0.5, Anchor: viser.BottomLeft, DepthTest: true,
			Position: viser.Vec3{-2, 0, 0},
		})
	},
	"box": func(s *viser.Scene) pickable {
		return s.AddBox("/it", &viser.BoxOptions{Position: viser.Vec3{-1, 0, 0}})
	},
	"frustum": func(s *viser.Scene) pickable { return frustumAt(s, viser.Vec3{-1, 0, 0}, viser.Vec3{-1, 1, 0}) },
	"frustum from the front": func(s *viser.Scene) pickable {
		return frustumAt(s, viser.Vec3{-1, 2, 0}, viser.Vec3{-1, 1, 0})
	},
	"frustum from the side": func(s *viser.Scene) pickable {
		return frustumAt(s, viser.Vec3{-2, 0, 0}, viser.Vec3{-1.5, 0.5, 0})
	},
	"group": func(s *viser.Scene) pickable {
		it := s.AddFrame("/it", &viser.FrameOptions{NoAxes: true})
		s.AddBox("/it/part", &viser.BoxOptions{Position: viser.Vec3{-1, 0, 0}})
		own := s.AddBox("/it/own", &viser.BoxOptions{Position: viser.Vec3{-3, 0, 0}})
		own.OnClick(func(context.Context, viser.ClickEvent) {}, viser.Shift)
		return it
	},
	"million": func(s *viser.Scene) pickable {
		points := make([][3]float32, 1_000_000)
		for i := range points {
			a, b := float64(i)*2.399963, 1-2*(float64(i)+0.5)/float64(len(points)) // evenly over a ball
			r := math.Sqrt(1 - b*b)
			points[i] = [3]float32{float32(r*math.Cos(a)) - 1, float32(r * math.Sin(a)), float32(b)}
		}
		return s.AddPointCloud("/it", points, []viser.RGB{grass}, &viser.PointCloudOptions{PointSize: 0.002, Precision: viser.Float32})
	},
}

// frustumAt is a frustum with a green picture, that looks somewhere.
func frustumAt(s *viser.Scene, from, to viser.Vec3) pickable {
	return s.AddCameraFrustum("/it", 1, 1.5, &viser.CameraFrustumOptions{
		Pose: viser.LookAt(from, to, viser.Vec3{0, 0, 1}), Scale: viser.Uniform(1), Thickness: 2, ThicknessUnits: viser.ScreenUnits,
		Image: filled(color.NRGBA{0, 200, 0, 255}),
	})
}

// picksScenario shows one object at a time and reports clicks on it.
func picksScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	var off func()
	s.commands["show"] = func(name string) (string, error) {
		add := picks[name]
		if add == nil {
			return "", fmt.Errorf("there is nothing called %q", name)
		}
		sc.Reset()
		off = add(sc).OnClick(func(_ context.Context, e viser.ClickEvent) {
			s.event("hit %d %v %.2f %.2f %.2f", e.InstanceIndex, e.HasHit, e.Hit[0], e.Hit[1], e.Hit[2])
		})
		return "", nil
	}
	// A plate in front of everything: "solid", "clear" or "none".
	s.do("plate", func(how string) {
		if how == "none" {
			sc.RemoveNode("/plate")
			return
		}
		o := &viser.BoxOptions{Dimensions: viser.Vec3{8, 0.1, 4}, Position: viser.Vec3{0, -2.5, 0}}
		if how == "clear" {
			o.Opacity = new(0.2)
		}
		sc.AddBox("/plate", o)
	})
	s.do("deaf", func(string) { off() })
}

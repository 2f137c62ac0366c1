package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/viser-go/viser"
)

// sceneScenario has nodes to click on, to hide and to move.
func sceneScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	box := sc.AddBox("/group/box", &viser.BoxOptions{Dimensions: viser.Uniform(1.5)})
	// Above the box, to show the up direction.
	sc.AddBox("/group/top", &viser.BoxOptions{
		Dimensions: viser.Uniform(0.8), Color: viser.RGB{0, 200, 0},
		Position: viser.Vec3{0, 0, 2},
	})
	s.clicks(box)
	s.cameras()
	s.do("color", colorOf(box))
	s.do("visible", func(v string) { box.SetVisible(v == "true") })
	s.do("replace", func(string) { // the same name again, as another kind
		sc.AddIcosphere("/group/box", &viser.IcosphereOptions{Radius: 0.9, Color: viser.RGB{0, 0, 255}})
	})
	s.do("move-group", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		sc.AddFrame("/group", &viser.FrameOptions{NoAxes: true, Position: viser.Vec3{x, 0, 0}})
	})
	s.do("global", func(v string) { sc.SetGlobalVisibility(v == "true") })
	s.do("axes", func(v string) { sc.WorldAxes().SetVisible(v == "true") })
	s.do("remove", func(v string) { sc.RemoveNode(v) })
	s.do("reset", func(string) { sc.Reset() })
	s.do("up", func(v string) {
		if v == "y" {
			sc.SetUpDirection(viser.Vec3{0, 1, 0})
		} else {
			sc.SetUpDirection(viser.Vec3{0, 0, 1})
		}
	})
	s.thousands()
	s.cloud()
}

// colorOf takes three numbers.
func colorOf(box *viser.Box) func(string) {
	return func(v string) {
		var c viser.RGB
		for i, f := range strings.Fields(v)[:3] {
			n, _ := strconv.Atoi(f)
			c[i] = uint8(n)
		}
		box.SetColor(c)
	}
}

func (s *stage) clicks(box *viser.Box) {
	sc := s.Scene()
	told := func(what string) func(context.Context, viser.ClickEvent) {
		return func(_ context.Context, e viser.ClickEvent) {
			s.event("%s %s %.3f %.3f by %d", what, e.Target.Name(), e.ScreenPos[0], e.ScreenPos[1], e.Client.ID())
		}
	}
	box.OnClick(told("click"))
	box.OnClick(told("shift-click"), viser.Shift)
	var offs []func()
	s.do("scene-click", func(string) {
		offs = append(offs, sc.OnClick(func(_ context.Context, e viser.SceneClickEvent) {
			o, d := e.RayOrigin, e.RayDirection
			s.event("scene-click %.3f %.3f from %.3f %.3f %.3f to %.3f %.3f %.3f", e.ScreenPos[0], e.ScreenPos[1], o[0], o[1], o[2], d[0], d[1], d[2])
		}))
	})
	s.do("rect-select", func(string) {
		offs = append(offs, sc.OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) {
			s.event("rect %.3f %.3f %.3f %.3f", e.ScreenMin[0], e.ScreenMin[1], e.ScreenMax[0], e.ScreenMax[1])
		}))
	})
	s.do("no-pointer", func(string) {
		for _, off := range offs {
			off()
		}
		offs = nil
	})
}

// thousands adds boxes one by one, and moves them all in one call.
func (s *stage) thousands() {
	sc := s.Scene()
	var many []viser.Node
	s.do("many", func(v string) {
		n, _ := strconv.Atoi(v)
		side := int(math.Ceil(math.Sqrt(float64(n))))
		for i := range n {
			many = append(many, sc.AddBox(fmt.Sprint("/many/", i), &viser.BoxOptions{
				Dimensions: viser.Uniform(0.04),
				Color:      viser.RGB{0, 0, 255},
				Position:   viser.Vec3{float64(i%side)*0.05 - 3, -2, float64(i/side)*0.05 - 1},
			}))
		}
	})
	s.do("move-many", func(v string) {
		dz, _ := strconv.ParseFloat(v, 64)
		updates := make([]viser.PoseUpdate, len(many))
		for i, n := range many {
			p := n.Position()
			p[2] += dz
			pose := viser.Pose{Rotation: viser.AxisAngle(viser.Vec3{0, 1, 0}, p[2]), Translation: p}
			updates[i] = viser.PoseUpdate{Node: n, Pose: pose}
		}
		sc.SetPoses(updates)
	})
	s.do("remove-many", func(string) { sc.RemoveNode("/many"); many = nil })
}

// cloud has a square of points that can be moved in place.
func (s *stage) cloud() {
	square := func(n int, x float32) [][3]float32 {
		points := make([][3]float32, n)
		for i := range points {
			points[i] = [3]float32{x + float32(i%1000)/500 - 1, -2, float32(i/1000)/50 - 1}
		}
		return points
	}
	var cloud *viser.PointCloud
	s.do("cloud", func(v string) {
		n, _ := strconv.Atoi(v)
		cloud = s.Scene().AddPointCloud("/cloud", square(n, 0), []viser.RGB{{0, 0, 255}}, &viser.PointCloudOptions{PointSize: 0.02})
	})
	s.do("move-cloud", func(v string) {
		x, _ := strconv.ParseFloat(v, 32)
		cloud.SetPoints(square(len(cloud.Points()), float32(x)), []viser.RGB{{0, 0, 255}})
	})
}

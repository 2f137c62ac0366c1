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
	told := func(what string) func(context.Context, viser.ClickEvent) {
		return func(_ context.Context, e viser.ClickEvent) {
			s.event("%s %s %.2f,%.2f", what, e.Target.Name(), e.ScreenPos[0], e.ScreenPos[1])
		}
	}
	box.OnClick(told("click"))
	box.OnClick(told("shift-click"), viser.Shift)
	var offs []func()
	s.do("scene-click", func(string) {
		offs = append(offs, sc.OnClick(func(_ context.Context, e viser.SceneClickEvent) {
			d := e.RayDirection
			s.event("scene-click %.2f,%.2f ray %.2f,%.2f,%.2f", e.ScreenPos[0], e.ScreenPos[1], d[0], d[1], d[2])
		}))
	})
	s.do("rect-select", func(string) {
		offs = append(offs, sc.OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) {
			s.event("rect %.2f,%.2f %.2f,%.2f", e.ScreenMin[0], e.ScreenMin[1], e.ScreenMax[0], e.ScreenMax[1])
		}))
	})
	s.do("no-pointer", func(string) {
		for _, off := range offs {
			off()
		}
	})
	s.do("color", func(v string) {
		f := strings.Fields(v)
		var c viser.RGB
		for i := range c {
			n, _ := strconv.Atoi(f[i])
			c[i] = uint8(n)
		}
		box.SetColor(c)
	})
	s.do("visible", func(v string) { box.SetVisible(v == "true") })
	s.do("global", func(v string) { sc.SetGlobalVisibility(v == "true") })
	s.do("remove", func(v string) { sc.RemoveByName(v) })
	s.do("reset", func(string) { sc.Reset() })
	s.do("up", func(v string) {
		if v == "y" {
			sc.SetUpDirection(viser.Vec3{0, 1, 0})
		} else {
			sc.SetUpDirection(viser.Vec3{0, 0, 1})
		}
	})
	var many []viser.Node
	s.do("many", func(v string) {
		n, _ := strconv.Atoi(v)
		side := int(math.Ceil(math.Sqrt(float64(n))))
		for i := range n {
			many = append(many, sc.AddBox(fmt.Sprint("/many/", i), &viser.BoxOptions{
				Dimensions:  viser.Uniform(0.03),
				NodeOptions: viser.NodeOptions{Position: viser.Vec3{float64(i%side)*0.05 - 2.5, 0, float64(i/side)*0.05 - 2.5}},
			}))
		}
	})
	tick := 0
	s.do("move-many", func(string) {
		tick++
		positions := make([]viser.Vec3, len(many))
		quats := make([]viser.Quat, len(many))
		for i, n := range many {
			p := n.Position()
			p[1] = 0.1 * math.Sin(float64(tick+i))
			positions[i], quats[i] = p, viser.AxisAngle(viser.Vec3{0, 0, 1}, float64(tick+i))
		}
		sc.SetPoses(many, quats, positions)
	})
	s.do("remove-many", func(string) { sc.RemoveByName("/many"); many = nil })
	s.do("cloud", func(v string) {
		n, _ := strconv.Atoi(v)
		points := make([][3]float32, n)
		for i := range points {
			points[i] = [3]float32{float32(i%1000)/500 - 1, 0, float32(i/1000)/500 - 1}
		}
		sc.AddPointCloud("/cloud", points, []viser.RGB{{0, 200, 0}}, &viser.PointCloudOptions{PointSize: 0.01})
	})
}

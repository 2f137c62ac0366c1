package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["viewports"] = viewportsScenario }

// viewportsScenario has a red box in the middle and a green one above it, seen along +y with z up.
func viewportsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	red := sc.AddBox("/red", &viser.BoxOptions{Color: viser.RGB{255, 0, 0}})
	red.OnClick(func(_ context.Context, e viser.ClickEvent) {
		d := e.RayDirection
		s.event("clicked %d %.2f %.2f %.2f %.2f %.2f", e.Viewport, d[0], d[1], d[2], e.ScreenPos[0], e.ScreenPos[1])
	})
	sc.AddBox("/above/green", &viser.BoxOptions{Position: viser.Vec3{0, 0, 2}, Color: viser.RGB{0, 255, 0}})
	sc.AddTransformControls("/gizmo", &viser.TransformControlsOptions{Position: viser.Vec3{-2, 0, 0}})
	s.OnClientConnect(func(_ context.Context, c *viser.Client) {
		c.Viewports().OnChange(func(_ context.Context, e viser.ViewportsEvent) { s.event("views %s %v", e.Layout, e.Linked) })
	})
	s.do("all", func(layout string) { s.SetViewports(viser.ViewportLayout(layout), false) })
	s.forClient("layout", func(c *viser.Client, layout string) (string, error) {
		c.Viewports().SetLayout(viser.ViewportLayout(layout))
		return "", nil
	})
	s.forClient("camera", func(c *viser.Client, args string) (string, error) {
		var i int
		var p viser.Vec3
		if _, err := fmt.Sscan(args, &i, &p[0], &p[1], &p[2]); err != nil {
			return "", err
		}
		camera := c.Viewports().At(i).Camera()
		if err := camera.SetProjection(viser.Perspective); err != nil {
			return "", err
		}
		if err := camera.SetPosition(p); err != nil {
			return "", err
		}
		return "", camera.SetLookAt(viser.Vec3{})
	})
	s.forClient("hide", func(c *viser.Client, args string) (string, error) {
		which, name, _ := strings.Cut(args, " ")
		i, err := strconv.Atoi(which)
		if err != nil || name == "" {
			c.Viewports().At(i).Show()
			return "", err
		}
		n, ok := sc.Node(name)
		if !ok {
			return "", fmt.Errorf("there is no node %q", name)
		}
		c.Viewports().At(i).Hide(n)
		return "", nil
	})
	s.forClient("cameras", func(c *viser.Client, _ string) (string, error) {
		var all []viser.CameraEvent
		for i := range c.Viewports().Len() {
			e := c.Viewports().At(i).Camera().State()
			e.Client, e.Time = nil, time.Time{}
			all = append(all, e)
		}
		b, err := json.Marshal(all)
		return string(b), err
	})
	s.forClient("picture", func(c *viser.Client, which string) (string, error) {
		i, err := strconv.Atoi(which)
		if err != nil {
			return "", err
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		img, err := c.Render(ctx, 64, 64, &viser.RenderOptions{Viewport: i})
		if err != nil {
			return "", err
		}
		b, err := json.Marshal(pixel(img, 32, 32))
		return string(b), err
	})
}

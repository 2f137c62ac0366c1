package main

import (
	"context"
	"fmt"
	"image/color"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

func init() { scenarios["moving"] = movingScenario }

// movingScenario has nodes of several kinds and sizes at different places, for moving about between them.
func movingScenario(s *stage) {
	scene := s.Scene()
	s.InitialCamera().SetView(viser.Vec3{0, -10, 0}, viser.Vec3{})
	cube := scene.AddBox("/cube", &viser.BoxOptions{Color: color.RGBA{R: 220, A: 255}})
	scene.AddBox("/right/tall", &viser.BoxOptions{Dimensions: viser.Vec3{1, 1, 3}, Position: viser.Vec3{4, 0, 0}})
	clicked := scene.AddIcosphere("/clicked", &viser.IcosphereOptions{Radius: 0.5, Position: viser.Vec3{-4, 0, 0}})
	clicked.OnClick(func(context.Context, viser.ClickEvent) { s.event("clicked") })
	// Looks along -x, with x of its picture along y.
	eye := scene.AddCameraFrustum("/eye", 0.8, 1.5, &viser.CameraFrustumOptions{
		Position: viser.Vec3{6, 2, 1}, WXYZ: transform.SO3FromMatrix([3][3]float64{{0, 0, -1}, {1, 0, 0}, {0, -1, 0}}),
	})
	s.cameras()
	s.do("move", func(args string) {
		var p viser.Vec3
		if _, err := fmt.Sscan(args, &p[0], &p[1], &p[2]); err == nil {
			cube.SetPosition(p)
			eye.SetPosition(p)
		}
	})
	s.forClient("follow", func(c *viser.Client, turn string) (string, error) { return "", c.Camera().Follow(cube, turn == "turn") })
	s.forClient("unfollow", func(c *viser.Client, _ string) (string, error) { return "", c.Camera().Unfollow() })
	s.do("turn", func(string) { cube.SetWXYZ(transform.SO3FromRPY(0, 0, 1)) })
	s.do("remove", func(string) { cube.Remove() })
	s.forClient("projection", func(c *viser.Client, args string) (string, error) {
		if args != "" {
			return "", c.Camera().SetProjection(viser.Projection(args))
		}
		return string(c.Camera().Projection()), nil
	})
}

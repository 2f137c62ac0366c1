package main

import (
	"context"
	"fmt"
	"image"
	"math"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["motion"] = motionScenario }

// motionScenario is a row of red boxes that moves all the time.
func motionScenario(s *stage) {
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	var boxes []*viser.Box
	for i := range 3 {
		boxes = append(boxes, s.Scene().AddBox(fmt.Sprint("/box/", i), &viser.BoxOptions{Dimensions: viser.Uniform(0.5)}))
	}
	go func() {
		step := 0
		for range time.Tick(time.Second / 60) {
			step++
			s.Atomic(func() {
				for i, box := range boxes {
					box.SetPosition(viser.Vec3{float64(i-1) + 0.4*math.Sin(float64(step)*0.7), 0, 0})
				}
			})
		}
	}()
	s.shares()
}

// shares adds commands for how much of a picture is transparent, and for glass that is in none of them: with it, a
// picture is drawn over two backgrounds.
func (s *stage) shares() {
	s.do("glass", func(string) {
		s.Scene().AddBox("/glass", &viser.BoxOptions{Opacity: new(0.5), Position: viser.Vec3{0, -20, 0}})
	})
	s.forClient("shares", withJSON(func(c *viser.Client, o shot) (string, error) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		img, err := c.Render(ctx, o.Width, o.Height, &viser.RenderOptions{Format: viser.PNG})
		if err != nil {
			return "", err
		}
		return asJSON(sharesOf(img))
	}))
}

// shares are fractions of a picture's pixels: opaque ones, and partially transparent ones.
type shares struct{ Opaque, Partly float64 }

func sharesOf(img image.Image) shares {
	var out shares
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			switch a := pixel(img, x, y)[3]; {
			case a == 255:
				out.Opaque++
			case a > 0:
				out.Partly++
			}
		}
	}
	n := float64(b.Dx() * b.Dy())
	return shares{out.Opaque / n, out.Partly / n}
}

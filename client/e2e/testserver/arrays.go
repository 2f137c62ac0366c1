package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["arrays"] = arraysScenario }

// arraysScenario has a red cloud of 100,000 points from the beginning, a slider, and commands to add others.
func arraysScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.GUI().AddSlider("Slider", 0, &viser.SliderOptions{Max: 100, Step: 1}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { s.event("slider %v", e.Value) })
	clouds := map[string]*viser.PointCloud{"/first": sc.AddPointCloud("/first", square(100_000, 0), repeated(rust, 100_000), arraysLook())}
	// "cloud NAME POINTS COLOR": each call has other points.
	calls := 0
	arguments := func(text string) (name string, points [][3]float32, colors []viser.RGB) {
		calls++
		words := strings.Fields(text)
		n, err := strconv.Atoi(words[1])
		if err != nil {
			panic(err)
		}
		return words[0], square(n, calls), repeated(map[string]viser.RGB{"red": rust, "green": grass}[words[2]], n)
	}
	s.do("cloud", func(text string) {
		name, points, colors := arguments(text)
		clouds[name] = sc.AddPointCloud(name, points, colors, arraysLook())
	})
	s.do("set", func(text string) {
		name, points, colors := arguments(text)
		clouds[name].SetPoints(points, colors)
	})
	s.do("remove", func(name string) { clouds[name].Remove() })
	s.do("move", func(name string) { clouds[name].SetPosition(viser.Vec3{0.5, 0, 0}) })
	s.do("child", func(name string) {
		sc.AddBox(name, &viser.BoxOptions{Dimensions: viser.Vec3{0.5, 0.5, 0.5}, Color: grass})
	})
	// An event has the color in the middle of the picture.
	s.forClient("shoot", func(c *viser.Client, _ string) (string, error) {
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			img, err := c.Render(ctx, 100, 100, nil)
			if err != nil {
				s.event("picture %v", err)
				return
			}
			r, g, b, _ := img.At(50, 50).RGBA()
			s.event("picture %d %d %d", r>>8, g>>8, b>>8)
		}()
		return "", nil
	})
	s.forClient("sent", func(c *viser.Client, _ string) (string, error) {
		return fmt.Sprint(c.Stats().BytesSent), nil
	})
}

func arraysLook() *viser.PointCloudOptions {
	return &viser.PointCloudOptions{PointSize: 0.02, PointShading: viser.PointFlat, Precision: "float32"}
}

// square gives n points in rows of 1000. Those of two seeds differ by less than what is seen.
func square(n, seed int) [][3]float32 {
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{float32(i%1000)/1000 - 0.5, 1e-6 * float32(seed), float32(i/1000)*1000/float32(n) - 0.5}
	}
	return points
}

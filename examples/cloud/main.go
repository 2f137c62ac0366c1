package main // Cloud moves 200,000 points, ten times a second.

import "math"
import "github.com/viser-go/viser"

func main() {
	server := viser.MustStart(nil)
	points, colors := make([]viser.Vec3f, 200_000), make([]viser.RGB, 200_000)
	cloud := server.Scene().AddPointCloud("/cloud", points, colors, &viser.PointCloudOptions{PointSize: 0.01})
	hue := server.GUI().AddSlider("Hue", 0.5, nil)
	shape := server.GUI().AddDropdown("Shape", []string{"wave", "sphere"}, nil)
	for t := range server.Ticks(10) {
		red, sphere := uint8(255*hue.Value()), shape.Value() == "sphere"
		for i := range points {
			u, v := float64(i%500)/500, float64(i/500)/400
			points[i] = viser.Point(4*u-2, 4*v-2, 0.3*math.Sin(6*u+t))
			if sphere {
				a, b, r := 2*math.Pi*u, math.Pi*v, 1+0.1*math.Sin(16*math.Pi*u+t)
				points[i] = viser.Point(r*math.Sin(b)*math.Cos(a), r*math.Sin(b)*math.Sin(a), r*math.Cos(b))
			}
			colors[i] = viser.RGB{red, uint8(255 * u), uint8(255 * v)}
		}
		cloud.SetPoints(points, colors)
	}
}

package main

import (
	"math"

	"github.com/viser-go/viser"
)

// whirl is a ring of arrows that turn around the middle and rise.
func whirl(s *viser.Scene, name string) {
	var points [][2][3]float32
	var colors []viser.RGB
	for i := range 24 {
		t := float64(i) / 24
		sin, cos := math.Sincos(2 * math.Pi * t)
		r := 0.35 + 0.25*float64(i%2)
		a := viser.Vec3{r * cos, r * sin, 0.2}
		b := viser.Vec3{a[0] - 0.28*sin, a[1] + 0.28*cos, 0.35 + 0.3*r}
		points = append(points, [2][3]float32{single(a), single(b)})
		colors = append(colors, viser.RGB{uint8(255 * t), 110, uint8(255 * (1 - t))})
	}
	s.AddArrows(name, points, colors, &viser.ArrowsOptions{ShaftRadius: 0.014, HeadRadius: 0.035, HeadLength: 0.08})
}

func single(v viser.Vec3) [3]float32 {
	return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}
}

// knots are the points of a closed curve with five lobes.
func knots() (points [][3]float32) {
	for i := range 10 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 10)
		r := 0.35 + 0.3*float64(i%2)
		points = append(points, single(viser.Vec3{r * cos, r * sin, 0.2 + 0.35*float64(i%2)}))
	}
	return points
}

// splines are a closed curve with its points, and a Bézier chain with the points that bend it.
func splines(s *viser.Scene, parent string) {
	points := knots()
	s.AddSplineCatmullRom(parent+"/curve", points, &viser.CatmullRomSplineOptions{
		Closed: true, Thickness: 0.025, Color: viser.RGB{40, 90, 200},
	})
	s.AddPointCloud(parent+"/points", points, []viser.RGB{{30, 30, 30}}, &viser.PointCloudOptions{PointSize: 0.06, PointShape: viser.PointCircle})
	ends := [][3]float32{{-0.5, 0.5, 0.9}, {0, 0, 0.9}, {0.5, -0.5, 0.9}}
	bend := [][3]float32{{-0.5, 0.5, 1.4}, {0, 0, 1.4}, {0, 0, 0.4}, {0.5, -0.5, 0.4}}
	s.AddSplineCubicBezier(parent+"/bezier", ends, bend, &viser.CubicBezierSplineOptions{
		Thickness: 0.025, Color: viser.RGB{210, 90, 40},
	})
}

// trajectory is a screw of frames that grow.
func trajectory(s *viser.Scene, name string) {
	const n = 60
	var wxyzs [][4]float32
	var positions [][3]float32
	var scales []float32
	for i := range n {
		t := float64(i) / n
		sin, cos := math.Sincos(4 * math.Pi * t)
		q := viser.AxisAngle(viser.Vec3{0, 0, 1}, 4*math.Pi*t)
		wxyzs = append(wxyzs, [4]float32{float32(q.W), float32(q.X), float32(q.Y), float32(q.Z)})
		positions = append(positions, single(viser.Vec3{0.5 * cos, 0.5 * sin, t}))
		scales = append(scales, float32(0.5+t))
	}
	s.AddBatchedAxes(name, wxyzs, positions, &viser.BatchedAxesOptions{
		Scales: scales, AxesLength: 0.12, AxesRadius: 0.008,
	})
}

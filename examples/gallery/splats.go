package main

import (
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
)

// splats is a bunny of flat Gaussians that lie on its surface, colored by where they look.
func splats(s *viser.Scene, name string) {
	vertices, faces := bunny.Mesh()
	var centers, scales [][3]float32
	var wxyzs [][4]float32
	var colors []viser.RGB
	var opacities []float32
	for _, f := range faces {
		a, b, c := vertices[f[0]], vertices[f[1]], vertices[f[2]]
		var u, v, center [3]float64
		for k := range 3 {
			u[k], v[k] = float64(b[k]-a[k]), float64(c[k]-a[k])
			center[k] = float64(a[k]+b[k]+c[k]) / 3
		}
		n := [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
		area := math.Sqrt(n[0]*n[0] + n[1]*n[1] + n[2]*n[2])
		if area == 0 {
			continue
		}
		x, y, z := n[0]/area, n[1]/area, n[2]/area
		size := 0.6 * math.Sqrt(area)
		centers = append(centers, [3]float32{float32(center[0]), float32(center[1]), float32(center[2])})
		scales = append(scales, [3]float32{float32(size), float32(size), float32(0.1 * size)})
		// From +z to the normal, on the shortest way; from one end to the other it is a half turn about x.
		w := math.Sqrt(max(0, (1+z)/2))
		q := [4]float32{0, 1, 0, 0}
		if w > 1e-3 {
			q = [4]float32{float32(w), float32(-y / (2 * w)), float32(x / (2 * w)), 0}
		}
		wxyzs = append(wxyzs, q)
		colors = append(colors, viser.RGB{uint8(150 + 100*x), uint8(150 + 100*y), uint8(150 + 100*z)})
		opacities = append(opacities, 0.9)
	}
	s.AddGaussianSplats(name, centers, viser.SplatCovariances(scales, wxyzs), colors, opacities, nil)
}

package main

import (
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/examples/bunny"
)

// scalars shows the bunny colored by its height, and a field of vectors around it colored by their lengths.
func scalars(s *viser.Scene, parent string) {
	vertices, faces := bunny.Mesh()
	heights := make([]float32, len(vertices))
	for i, v := range vertices {
		heights[i] = v[2]
	}
	rabbit := s.AddMesh(parent+"/bunny", vertices, faces, &viser.MeshOptions{WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, math.Pi/2)})
	rabbit.SetScalars(heights, &viser.ScalarsOptions{Label: "height", Unit: "m"})
	var starts, wind []viser.Vec3f
	for i := range 9 {
		for k := range 9 {
			x, y := float64(i)/4-1, float64(k)/4-1
			starts = append(starts, viser.Point(x, y, 0.02))
			wind = append(wind, viser.Point(-y, x, 0.3*math.Exp(-2*(x*x+y*y))))
		}
	}
	s.AddVectors(parent+"/wind", starts, wind, &viser.VectorsOptions{
		ByLength: &viser.ScalarsOptions{Map: colormap.Magma, Label: "wind", Unit: "m/s"},
	})
}

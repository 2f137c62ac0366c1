package main

import (
	"log"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/isosurface"
)

// volumes shows one grid of numbers three times: its inside, its cells above a level, and the surface at that level.
func volumes(s *viser.Scene, parent string) {
	const n, level = 48, 0.5
	thick := 1.5
	const spacing, size = 0.55 / (n - 1), 0.55 / 16
	grid := viser.VolumeGrid{Size: [3]int{n, n, n}, Float32s: make([]float32, 0, n*n*n)}
	for z := range n {
		for y := range n {
			for x := range n {
				grid.Float32s = append(grid.Float32s, float32(density(unit(x, n), unit(y, n), unit(z, n))))
			}
		}
	}
	s.AddVolume(parent+"/inside", grid, &viser.VolumeOptions{
		Position: viser.Vec3{0.35, -0.275, 0.1}, Spacing: viser.Uniform(spacing), High: 1,
		Colors: viser.VolumeColors(colormap.Magma), Opacities: []float32{0, 0.02, 0.1, 0.6}, Density: &thick,
	})

	mesh, err := isosurface.Extract(isosurface.Grid[float32]{
		Values: grid.Float32s, Size: grid.Size, Spacing: viser.Uniform(spacing),
	}, level, &isosurface.Options{Normals: true})
	if err != nil {
		log.Fatal(err)
	}
	s.AddMesh(parent+"/surface", mesh.Vertices, mesh.Faces, &viser.MeshOptions{
		Position: viser.Vec3{-0.275, -0.275, 0.1}, Normals: mesh.Normals, Color: surface(250, 160, 90),
	})

	var cells [][3]int32
	var colors []viser.RGB
	for i := range 16 * 16 * 16 {
		x, y, z := i%16, i/16%16, i/256
		if density(unit(x, 16), unit(y, 16), unit(z, 16)) >= level {
			cells = append(cells, [3]int32{int32(x), int32(y), int32(z)})
			colors = append(colors, colormap.Viridis.At(unit(z, 16)/2+0.5))
		}
	}
	s.AddVoxels(parent+"/cells", cells, colors, &viser.VoxelsOptions{
		Position: viser.Vec3{-0.9, -0.275, 0.1}, CellSize: viser.Uniform(size), ShowEdges: true,
	})
}

// unit is the place of the number i of n, from -1 to 1.
func unit(i, n int) float64 { return 2*float64(i)/float64(n-1) - 1 }

// density is that of a ball with waves, 0 to 1, and 0 at its border.
func density(x, y, z float64) float64 {
	k := 1.5 * math.Pi
	wave := math.Sin(k*x)*math.Cos(k*y) + math.Sin(k*y)*math.Cos(k*z) + math.Sin(k*z)*math.Cos(k*x)
	return max(0, min(1, 1.9*(0.95-math.Sqrt(x*x+y*y+z*z))+0.35*wave))
}

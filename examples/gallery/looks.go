package main

import (
	"image"
	"image/color"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
)

// looks are a mesh with a color at each vertex, and one with a texture.
func looks(s *viser.Scene, parent string) {
	vertices, faces := bunny.Mesh()
	colors := make([]viser.RGB, len(vertices))
	for i, v := range vertices {
		wave := func(k int) uint8 { return uint8(150 + 100*math.Sin(9*float64(v[k])+float64(k))) }
		colors[i] = viser.RGB{wave(0), wave(1), wave(2)}
	}
	s.AddMesh(parent+"/colors", vertices, faces, &viser.MeshOptions{
		VertexColors: colors,
		Position:     viser.Vec3{0.35, -0.45, 0}, WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, math.Pi/2),
	})
	vertices, normals, uvs, faces := globe(48, 24)
	s.AddMesh(parent+"/texture", vertices, faces, &viser.MeshOptions{
		Normals: normals, UVs: uvs, Texture: stripes(512, 256), Scale: viser.Uniform(0.35),
		Position: viser.Vec3{-0.3, 0.5, 0.35}, WXYZ: viser.AxisAngle(viser.Vec3{1, 0.5, 0}, 0.4),
	})
}

// globe is a ball of radius 1 with a map around it, of so many columns and rows.
func globe(columns, rows int) (vertices, normals [][3]float32, uvs [][2]float32, faces [][3]uint32) {
	for j := range rows + 1 {
		for i := range columns + 1 {
			u, v := float64(i)/float64(columns), float64(j)/float64(rows)
			se, ce := math.Sincos(math.Pi * (v - 0.5))
			sa, ca := math.Sincos(2 * math.Pi * u)
			p := single(viser.Vec3{ce * ca, ce * sa, se})
			vertices, normals, uvs = append(vertices, p), append(normals, p), append(uvs, [2]float32{float32(u), float32(v)})
			if i < columns && j < rows {
				a, b := uint32(j*(columns+1)+i), uint32((j+1)*(columns+1)+i)
				faces = append(faces, [3]uint32{a, a + 1, b + 1}, [3]uint32{a, b + 1, b})
			}
		}
	}
	return vertices, normals, uvs, faces
}

// stripes are bands of color that bend, as on a large planet.
func stripes(width, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			t := 14*float64(y)/float64(height) + 0.4*math.Sin(2*math.Pi*3*float64(x)/float64(width))
			s := 0.5 + 0.5*math.Sin(2*t)
			img.Set(x, y, color.RGBA{uint8(150 + 90*s), uint8(110 + 70*s), uint8(80 + 40*math.Abs(math.Sin(t))), 255})
		}
	}
	return img
}

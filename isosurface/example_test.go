package isosurface_test

import (
	"fmt"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/isosurface"
)

func ExampleExtract() {
	server := viser.New(nil)
	defer server.Close()

	// One bright number in the middle of 3 x 3 x 3.
	scan := isosurface.Grid[uint8]{Values: make([]uint8, 27), Size: [3]int{3, 3, 3}, Spacing: [3]float64{0.1, 0.1, 0.1}}
	scan.Values[1+3*(1+3*1)] = 200

	mesh, err := isosurface.Extract(scan, 100, &isosurface.Options{Normals: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	server.Scene().AddMesh("/bright", mesh.Vertices, mesh.Faces, &viser.MeshOptions{Normals: mesh.Normals})
	fmt.Println(len(mesh.Vertices), "vertices,", len(mesh.Faces), "faces")
	// Output: 6 vertices, 8 faces
}

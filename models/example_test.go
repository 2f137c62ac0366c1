package models_test

import (
	"context"
	"fmt"
	"log"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/models"
)

// Any file, in the scene.
func Example() {
	m, err := models.Open(context.Background(), "../examples/bunny/bunny.ply", nil)
	if err != nil {
		log.Fatal(err)
	}
	server := viser.New(nil)
	defer server.Close()
	if _, err := m.Add(server.Scene(), "/bunny", nil); err != nil {
		log.Fatal(err)
	}
	points, triangles, _ := m.Mesh.Counts()
	fmt.Println(m.Format, points, "points,", triangles, "triangles")
	// Output: ply 1839 points, 3674 triangles
}

// What is in a file, without keeping it.
func ExampleDescribe() {
	info, err := models.Describe(context.Background(), "../colmap/testdata/binary", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(info.Points, "points,", info.Cameras, "cameras")
	// Output: 5 points, 3 cameras
}

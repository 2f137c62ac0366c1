package colmap_test

import (
	"fmt"
	"log"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colmap"
)

func Example() {
	model, err := colmap.Load("testdata/text", nil)
	if err != nil {
		log.Fatal(err)
	}
	server := viser.New(nil)
	defer server.Close()
	shown := colmap.Add(server.Scene(), "/colmap", model, nil)
	fmt.Println(len(model.Points), "points,", len(shown.Images()), "images")
	// Output: 5 points, 3 images
}

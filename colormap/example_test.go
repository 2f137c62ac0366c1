package colormap_test

import (
	"fmt"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
)

func Example() {
	server := viser.New(nil)
	defer server.Close()

	points := [][3]float32{{0, 0, 0}, {1, 0, 0.5}, {2, 0, 1}}
	heights := make([]float32, len(points))
	for i, p := range points {
		heights[i] = p[2]
	}
	colors := colormap.Colors[viser.RGB](colormap.Viridis, heights, 0, 1)
	server.Scene().AddPointCloud("/hill", points, colors, nil)
	fmt.Println(colors)
	// Output: [[68 1 84] [33 145 140] [253 231 37]]
}

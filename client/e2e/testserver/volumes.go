package main

import (
	"math"

	"github.com/viser-go/viser"
)

func init() { scenarios["volumes"] = volumesScenario }

// volumesScenario has voxels, and grids of numbers of which the inside is seen, from the side: x to the right, z up.
func volumesScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	red, green := viser.RGB{220, 0, 0}, viser.RGB{0, 200, 0}
	s.voxels(sc, red, green)

	var volume *viser.Volume
	const n = 32
	// ball is a ball of 1s in 0s, four fifths of the grid wide.
	ball := func(x, y, z float64) float32 {
		d := math.Sqrt((x-15.5)*(x-15.5) + (y-15.5)*(y-15.5) + (z-15.5)*(z-15.5))
		return float32(max(0, min(1, 12.5-d)))
	}
	grid := func(f func(x, y, z float64) float32) viser.VolumeGrid {
		g := viser.VolumeGrid{Size: [3]int{n, n, n}, Float32s: make([]float32, 0, n*n*n)}
		for z := range n {
			for y := range n {
				for x := range n {
					g.Float32s = append(g.Float32s, f(float64(x), float64(y), float64(z)))
				}
			}
		}
		return g
	}
	// It is two units wide, with its middle at the origin.
	options := func() *viser.VolumeOptions {
		return &viser.VolumeOptions{
			Position: viser.Vec3{-1, -1, -1}, Spacing: viser.Uniform(2. / (n - 1)), Low: 0, High: 1,
			Colors: []viser.RGB{green, red}, Opacities: []float32{0, 1},
		}
	}
	s.do("ball", func(mode string) {
		o := options()
		o.Mode, o.Level = viser.VolumeMode(mode), 0.9
		volume = sc.AddVolume("/volume", grid(ball), o)
	})
	s.do("halves", func(string) {
		g := grid(ball)
		g.Float16 = true
		volume = sc.AddVolume("/volume", g, options())
	})
	s.do("bytes", func(string) {
		g := viser.VolumeGrid{Size: [3]int{n, n, n}}
		for _, v := range grid(ball).Float32s {
			g.Uint8s = append(g.Uint8s, uint8(255*v))
		}
		o := options()
		o.High = 255
		volume = sc.AddVolume("/volume", g, o)
	})
	s.do("holes", func(string) {
		volume.SetGrid(grid(func(x, y, z float64) float32 {
			if x < 16 {
				return float32(math.NaN())
			}
			return ball(x, y, z)
		}))
	})
	s.do("range", func(string) { volume.SetRange(1, 2) })
	s.do("transfer", func(string) { volume.SetTransfer([]viser.RGB{green}, []float32{1}) })
	s.do("mode", func(v string) { volume.SetMode(viser.VolumeMode(v)) })
	s.do("stick", func(string) {
		// Through the middle, along the line of sight and to the right of it.
		sc.AddBox("/stick", &viser.BoxOptions{Color: green, Dimensions: viser.Vec3{4, 0.2, 0.2}})
	})
	s.do("front", func(string) {
		sc.AddBox("/front", &viser.BoxOptions{Color: green, Dimensions: viser.Uniform(0.3), Position: viser.Vec3{0, -1.5, 0}})
	})
	s.forClient("inside", func(c *viser.Client, _ string) (string, error) {
		c.Camera().SetPosition(viser.Vec3{0, -0.1, 0})
		return "", nil
	})
	s.forClient("far", func(c *viser.Client, _ string) (string, error) {
		volume.SetPosition(viser.Vec3{1e6 - 1, 1e6 - 1, -1})
		c.Camera().SetPosition(viser.Vec3{1e6, 1e6 - 4, 0})
		c.Camera().SetLookAt(viser.Vec3{1e6, 1e6, 0})
		return "", nil
	})
	s.do("huge", func(string) {
		g := viser.VolumeGrid{Size: [3]int{8192, 2, 2}, Uint8s: make([]uint8, 8192*4)}
		for i := range g.Uint8s {
			g.Uint8s[i] = 255
		}
		volume = sc.AddVolume("/volume", g, &viser.VolumeOptions{
			Position: viser.Vec3{-1, -0.5, -0.5}, Spacing: viser.Vec3{2. / 8191, 1, 1}, High: 255, Colors: []viser.RGB{red},
		})
	})
	s.do("second", func(string) {
		o := options()
		o.Position, o.Mode = viser.Vec3{1.5, -1, -1}, viser.MaximumVolume
		sc.AddVolume("/second", grid(ball), o).OnClick(s.hit)
	})
	s.do("visible", func(v string) { volume.SetVisible(v == "yes") })
	s.do("gone", func(string) { volume.Remove() })
	s.do("cut", func(string) { sc.AddClipPlane("/cut", &viser.ClipPlaneOptions{Normal: viser.Vec3{-1, 0, 0}}) })
	s.do("clickable", func(string) { volume.OnClick(s.hit) })
	s.pictures()
}

func (s *stage) voxels(sc *viser.Scene, red, green viser.RGB) {
	var voxels *viser.Voxels
	half := &viser.VoxelsOptions{CellSize: viser.Uniform(0.5)}
	s.do("cells", func(string) {
		// Half a unit each: the first two at the left of the middle, above each other, the third at the right.
		voxels = sc.AddVoxels("/voxels", [][3]int32{{-2, 0, 0}, {-2, 0, -1}, {1, 0, 0}}, []viser.RGB{red, red, green}, half)
		voxels.OnClick(s.hit)
	})
	s.do("cells-color", func(string) { voxels.SetColors([]viser.RGB{green}) })
	s.do("cells-more", func(string) { voxels.Append([][3]int32{{1, 0, -1}}, []viser.RGB{red}) })
	s.do("cells-range", func(string) { voxels.SetRange(2, [][3]int32{{3, 0, 0}}, nil) })
	s.do("cells-clear", func(string) { voxels.SetOpacity(0.5) })
	s.do("cells-edges", func(string) { voxels.SetShowEdges(true) })
	s.do("cells-none", func(string) { voxels.SetCells(nil, nil) })
	s.do("cells-million", func(string) {
		cells, colors := make([][3]int32, 0, 1_000_000), make([]viser.RGB, 0, 1_000_000)
		for z := range int32(100) {
			for y := range int32(100) {
				for x := range int32(100) {
					cells = append(cells, [3]int32{x - 50, y - 50, z - 50})
					colors = append(colors, viser.RGB{uint8(x/10) * 25, uint8(y/10) * 25, uint8(z/10) * 25})
				}
			}
		}
		voxels = sc.AddVoxels("/voxels", cells, colors, &viser.VoxelsOptions{CellSize: viser.Uniform(0.02)})
		voxels.OnClick(s.hit)
	})
	s.do("cells-gone", func(string) { voxels.Remove() })
}

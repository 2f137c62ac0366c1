package isosurface

import (
	"errors"
	"fmt"
	"math"
)

// Value is the type of a grid's numbers.
type Value interface {
	~uint8 | ~int8 | ~uint16 | ~int16 | ~float32 | ~float64
}

// Grid is a dense grid of numbers, at the corners of cells that all have the same size. A grid of n·m·k numbers has
// (n-1)·(m-1)·(k-1) cells.
type Grid[V Value] struct {
	// Values are the numbers, x fastest: that at (x, y, z) is Values[x + Size[0]·(y + Size[1]·z)]. A NumPy array of shape
	// (z, y, x) has them in this order. A cell with a NaN at a corner has no surface. The values are not changed.
	Values []V
	// Size is how many numbers there are along x, y and z: each at least 2.
	Size [3]int
	// Origin is the place of the first number.
	Origin [3]float64
	// Spacing is the distance of the numbers along x, y and z, above 0; zero is {1, 1, 1}.
	Spacing [3]float64
}

// Options change how a surface is extracted. The zero value, and nil, are the defaults.
type Options struct {
	// From and To limit the cells: those at From to the one before To, along each axis. A To of zero is the grid's end.
	From, To [3]int
	// Below: the inside is where the numbers are below the level, as in a distance field. Without it the inside is where they
	// are the level or above, as in a density. It turns the triangles and normals around.
	Below bool
	// Normals computes a normal for each vertex from the grid, which is smoother than what follows from the triangles.
	Normals bool
	// MaxFaces is the largest number of triangles; 0 is 50 million. A surface with more is an [ErrTooLarge].
	MaxFaces int
	// Workers is how many goroutines extract the surface; 0 is as many as there are CPUs. The surface does not depend on it.
	Workers int
	// Progress is called now and then with how many of the layers of cells along z are done, by the goroutine that
	// called Extract, and at the end with all.
	Progress func(done, all int)
}

// Mesh is a surface.
type Mesh struct {
	// Vertices are where the grid's lines pass the level, linearly interpolated, each once. They are in the frame of the grid's
	// Origin and Spacing.
	Vertices [][3]float32
	// Faces are triangles, as indices of the vertices, counter-clockwise as seen from outside. Triangles have no area where
	// numbers are exactly the level.
	Faces [][3]uint32
	// Normals have unit length and point outwards; nil without Options.Normals. Where the numbers are all equal or not finite,
	// a normal is zero.
	Normals [][3]float32
}

// ErrTooLarge: the surface has more triangles than Options.MaxFaces.
var ErrTooLarge = errors.New("isosurface: the surface has too many triangles")

const defaultMaxFaces = 50_000_000

// Extract returns the surface on which the grid has the level, empty if it has it nowhere. It returns an error if the level
// is not finite, the number of values is not that of the Size, a size is below 2, a spacing or the origin is out of range,
// the cells of the options are outside of the grid, or the surface is an [ErrTooLarge].
//
// It needs about one byte for eight values besides the mesh.
func Extract[V Value](grid Grid[V], level float64, opts *Options) (*Mesh, error) {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if grid.Spacing == ([3]float64{}) {
		grid.Spacing = [3]float64{1, 1, 1}
	}
	if o.To == ([3]int{}) {
		o.To = [3]int{grid.Size[0] - 1, grid.Size[1] - 1, grid.Size[2] - 1}
	}
	if o.MaxFaces == 0 {
		o.MaxFaces = defaultMaxFaces
	}
	if err := check(&grid, level, &o); err != nil {
		return nil, err
	}
	w := &work[V]{grid: &grid, level: level, opts: &o, triangles: triangles()}
	mesh, err := w.run()
	if err != nil {
		return nil, err
	}
	if w.gaps.Load() {
		mesh.dropUnused()
	}
	return mesh, nil
}

func check[V Value](grid *Grid[V], level float64, o *Options) error {
	if math.IsNaN(level) || math.IsInf(level, 0) {
		return fmt.Errorf("isosurface: the level is %v; it must be finite", level)
	}
	if o.MaxFaces < 0 || o.Workers < 0 {
		return fmt.Errorf("isosurface: MaxFaces is %d and Workers %d; they must not be negative", o.MaxFaces, o.Workers)
	}
	want := 1
	for a, n := range grid.Size {
		if n < 2 {
			return fmt.Errorf("isosurface: the size is %v; it must be at least 2 along each axis", grid.Size)
		}
		if want > len(grid.Values)/n {
			return fmt.Errorf("isosurface: %d values for a grid of %v", len(grid.Values), grid.Size)
		}
		want *= n
		if o.From[a] < 0 || o.From[a] > o.To[a] || o.To[a] > n-1 {
			return fmt.Errorf("isosurface: the cells %v to %v are not within a grid of %v numbers", o.From, o.To, grid.Size)
		}
		if s := grid.Spacing[a]; !(s > 0) || math.IsInf(s, 0) {
			return fmt.Errorf("isosurface: the spacing is %v; it must be finite and above 0", grid.Spacing)
		}
		far := math.Max(math.Abs(grid.Origin[a]), math.Abs(grid.Origin[a]+grid.Spacing[a]*float64(n-1)))
		if !(far <= math.MaxFloat32) {
			return fmt.Errorf("isosurface: a grid of %v at %v with the spacing %v is beyond the numbers of a float32",
				grid.Size, grid.Origin, grid.Spacing)
		}
	}
	if want != len(grid.Values) {
		return fmt.Errorf("isosurface: %d values for a grid of %v, which has %d", len(grid.Values), grid.Size, want)
	}
	return nil
}

// dropUnused removes the vertices that no triangle has.
func (m *Mesh) dropUnused() {
	place := make([]uint32, len(m.Vertices)) // of each vertex, plus one; 0 if it is unused
	for _, face := range m.Faces {
		for _, v := range face {
			place[v] = 1
		}
	}
	kept := uint32(0)
	for v, used := range place {
		if used == 0 {
			continue
		}
		m.Vertices[kept] = m.Vertices[v]
		if m.Normals != nil {
			m.Normals[kept] = m.Normals[v]
		}
		kept++
		place[v] = kept
	}
	for i, face := range m.Faces {
		m.Faces[i] = [3]uint32{place[face[0]] - 1, place[face[1]] - 1, place[face[2]] - 1}
	}
	m.Vertices = m.Vertices[:kept:kept]
	if m.Normals != nil {
		m.Normals = m.Normals[:kept:kept]
	}
}

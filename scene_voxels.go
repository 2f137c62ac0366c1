package viser

import (
	"math"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var voxelsKind = state.ExtensionSceneKind("VoxelsMessage", new(wire.VoxelsProps))

// Voxels are occupied cells of a grid, drawn as boxes that fill them: only the faces
// between an occupied cell and an empty one. Upstream viser's client shows a square
// point in the place of each.
//
// Voxels are [Clickable] and [Draggable]. The InstanceIndex of the events is the
// cell's.
type Voxels struct {
	interactive
	props wire.VoxelsProps
	color RGB // of all cells where no colors are given
}

// maxVoxel is the largest coordinate of a cell, up to which a float32 tells cells apart
// whatever their size.
const maxVoxel = 1 << 21

// AddVoxels adds the occupied cells of a grid, with one color each, one for all if
// colors has length one, or the Color of the options if it is nil. The cell {i, j, k}
// fills the box from {i, j, k} to {i+1, j+1, k+1}, times the CellSize, in the node's
// frame. Of equal cells the last one is drawn. It panics with a *UsageError if the name
// is empty, a coordinate is beyond ±2,097,152, the number of colors is neither 0, 1 nor
// that of the cells, or the CellSize is not above 0.
func (s *Scene) AddVoxels(name string, cells [][3]int32, colors []RGB, opts *VoxelsOptions) *Voxels {
	const fn = "Scene.AddVoxels"
	o := orPtr(opts, VoxelsOptions{})
	v := &Voxels{props: o.props(fn)}
	size := or(o.CellSize, Uniform(1))
	for _, x := range size {
		checkPositive(fn, "CellSize", x)
	}
	v.color = rgbOf(o.Color, defaultRowColor)
	v.props.CellSize = size
	v.props.PointSize = math.Cbrt(size[0]) * math.Cbrt(size[1]) * math.Cbrt(size[2]) / 2
	v.props.Points = cellCenters(fn, cells, size)
	v.props.Colors = rowColors(fn, len(cells), colors, v.color)
	s.add(fn, name, v, voxelsKind, &v.props, o.place(fn))
	return v
}

// cellCenters encodes the centers of cells.
func cellCenters(fn string, cells [][3]int32, size Vec3) wire.Array {
	centers := make([]Vec3f, len(cells))
	for i, c := range cells {
		for k, x := range c {
			if x < -maxVoxel || x > maxVoxel {
				usage(fn, "cell %d is %v; coordinates must be from -%d to %d", i, c, maxVoxel, maxVoxel)
			}
			centers[i][k] = float32((float64(x) + 0.5) * size[k])
		}
	}
	return wire.Vec3s(centers)
}

// Cells returns a copy of the coordinates of the cells.
func (h *Voxels) Cells() [][3]int32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	centers := vec3sOf(h.props.Points)
	cells := make([][3]int32, len(centers))
	for i, p := range centers {
		for k, x := range p {
			cells[i][k] = int32(math.Round(float64(x)/h.props.CellSize[k] - 0.5))
		}
	}
	return cells
}

// CellSize returns the size of a cell along x, y and z, in scene units.
func (h *Voxels) CellSize() Vec3 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.CellSize
}

// Colors returns a copy of the cells' colors: one each, or one for all.
func (h *Voxels) Colors() []RGB {
	h.mu.Lock()
	defer h.mu.Unlock()
	return rgbsOf(h.props.Colors)
}

// SetCells replaces cells and colors as one step, as in AddVoxels. The number of cells
// may change. Nil colors have the same meaning as in PointCloud.SetPoints.
func (h *Voxels) SetCells(cells [][3]int32, colors []RGB) {
	const fn = "Voxels.SetCells"
	h.mu.Lock()
	defer h.mu.Unlock()
	centers := cellCenters(fn, cells, h.props.CellSize)
	encoded := rowColors(fn, len(cells), colors, h.parts().color(h.color))
	h.changedArrays(
		arrayField{&h.props.Points, wire.VoxelsPropsPoints, centers},
		arrayField{&h.props.Colors, wire.VoxelsPropsColors, encoded},
	)
}

// SetColors replaces the colors: one each, one for all, or nil for the Color of the
// options. It panics with a *UsageError on any other number.
func (h *Voxels) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	encoded := rowColors("Voxels.SetColors", h.props.Points.Len()/3, colors, h.color)
	h.changedArrays(arrayField{&h.props.Colors, wire.VoxelsPropsColors, encoded})
}

// parts is the cells as rows; h.mu is held.
func (h *Voxels) parts() *colored {
	return &colored{node: &h.node, pointRow: vec3Row, colorRow: 3,
		points: arrayField{field: &h.props.Points, key: wire.VoxelsPropsPoints},
		colors: arrayField{field: &h.props.Colors, key: wire.VoxelsPropsColors}}
}

// Len returns the number of cells.
func (h *Voxels) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.parts().count()
}

func (h *Voxels) pieces() int { return h.Len() }

// SetRange changes the cells from index offset on, and their colors, like
// [PointCloud.SetRange].
func (h *Voxels) SetRange(offset int, cells [][3]int32, colors []RGB) {
	const fn = "Voxels.SetRange"
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().write(fn, offset, cellCenters(fn, cells, h.props.CellSize).Data, wire.RGBs(colors).Data)
}

// Append appends cells, with a color each or one for all of them, like
// [PointCloud.Append].
func (h *Voxels) Append(cells [][3]int32, colors []RGB) {
	const fn = "Voxels.Append"
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add(fn, cellCenters(fn, cells, h.props.CellSize).Data, wire.RGBs(colors).Data)
}

// Truncate keeps the first n cells. It panics with a *UsageError if n is below 0 or
// above the number of cells.
func (h *Voxels) Truncate(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().cut("Voxels.Truncate", n)
}

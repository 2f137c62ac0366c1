package viser

import (
	"math"

	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// VolumeMode is how the numbers along a line of sight become a color.
type VolumeMode string

// The modes of volumes.
const (
	CompositeVolume VolumeMode = VolumeMode(wire.VolumeModeComposite) // colors are laid over each other with their opacities
	MaximumVolume   VolumeMode = VolumeMode(wire.VolumeModeMaximum)   // the largest number decides: maximum intensity projection
	SurfaceVolume   VolumeMode = VolumeMode(wire.VolumeModeSurface)   // the lit surface on which the numbers are the Level
)

func checkVolumeMode(fn string, v VolumeMode) {
	oneOf(fn, "VolumeMode", v, CompositeVolume, MaximumVolume, SurfaceVolume)
}

// VolumeGrid is a dense grid of numbers. One of Uint8s and Float32s has the numbers, x
// fastest: that at (x, y, z) is at x + Size[0]·(y + Size[1]·z). A NumPy array of shape
// (z, y, x) has them in this order.
type VolumeGrid struct {
	// Size is how many numbers there are along x, y and z.
	Size [3]int
	// Uint8s are numbers from 0 to 255.
	Uint8s []uint8
	// Float32s are any numbers; where they are not finite, nothing is drawn.
	Float32s []float32
	// Float16 sends Float32s as half floats: half the bytes, and 11 significant bits.
	// Numbers beyond ±65,504 are not finite then.
	Float16 bool
}

var volumeKind = state.ExtensionSceneKind("VolumeMessage", new(wire.VolumeProps))

// A Volume is a dense grid of numbers of which one sees the inside, such as a scan or a
// density: a page follows the line of sight of each pixel through the grid, and maps
// the numbers to colors and opacities. Nodes in it and in front of it are drawn where
// they are. Upstream viser's client shows the edges of its box instead.
//
// A grid that is too large for a page's graphics card is drawn with fewer numbers, which the
// node says in the page's scene tree. Package isosurface makes a mesh of a surface in
// the grid, which also upstream viser's client shows.
//
// A Volume is [Clickable] and [Draggable]: its box is.
type Volume struct {
	interactive
	props wire.VolumeProps
	// What the transfer function is made of.
	colors    []RGB
	opacities []float32
}

// maxTransfer is the largest number of colors or of opacities.
const maxTransfer = 4096

// maxVolume is the largest size of a grid along an axis.
const maxVolume = 8192

// AddVolume adds a grid of numbers. The first number is at the node's origin, the
// others at multiples of the Spacing. Its arrays are copied. It panics with a
// *UsageError if the name is empty, the number of values is not that of the Size, a
// size is below 1 or above 8,192, not exactly one of Uint8s and Float32s is given, the
// Spacing is not above 0, High is below Low, an opacity is not between 0 and 1, there
// are more than 4,096 colors or opacities, or another number is not finite.
func (s *Scene) AddVolume(name string, grid VolumeGrid, opts *VolumeOptions) *Volume {
	const fn = "Scene.AddVolume"
	o := orPtr(opts, VolumeOptions{})
	v := &Volume{props: o.props(fn)}
	p := &v.props
	p.Spacing = or(o.Spacing, Uniform(1))
	for _, x := range p.Spacing {
		checkPositive(fn, "Spacing", x)
	}
	p.Values, p.Size = grid.array(fn), grid.Size
	p.Points = boxEdges(p.Size, p.Spacing)
	checkVolumeRange(fn, o.Low, o.High)
	p.Range = [2]float64{o.Low, o.High}
	if o.Low == 0 && o.High == 0 {
		p.Range = grid.extent()
	}
	checkTransfer(fn, o.Colors, o.Opacities)
	v.setTransfer(o.Colors, o.Opacities)
	s.add(fn, name, v, volumeKind, p, o.place(fn))
	return v
}

func checkVolumeRange(fn string, low, high float64) {
	checkFinite(fn, low, high)
	if high < low {
		usage(fn, "the range is from %v to %v; High must not be below Low", low, high)
	}
}

func checkTransfer(fn string, colors []RGB, opacities []float32) {
	if len(colors) > maxTransfer || len(opacities) > maxTransfer {
		usage(fn, "%d colors and %d opacities; there may be %d of each", len(colors), len(opacities), maxTransfer)
	}
	for _, x := range opacities {
		checkUnit(fn, "an opacity", float64(x))
	}
}

// array encodes the numbers.
func (g *VolumeGrid) array(fn string) wire.Array {
	if (g.Uint8s == nil) == (g.Float32s == nil) {
		usage(fn, "the grid has %d Uint8s and %d Float32s; give one of them", len(g.Uint8s), len(g.Float32s))
	}
	n := 1
	for _, x := range g.Size {
		if x < 1 || x > maxVolume {
			usage(fn, "the Size is %v; it must be from 1 to %d along each axis", g.Size, maxVolume)
		}
		n *= x
	}
	if have := len(g.Uint8s) + len(g.Float32s); have != n {
		usage(fn, "%d numbers for a Size of %v, which has %d", have, g.Size, n)
	}
	switch {
	case g.Uint8s != nil:
		return wire.Uint8s(g.Uint8s)
	case g.Float16:
		return wire.Float16s(g.Float32s)
	}
	return wire.Float32s(g.Float32s)
}

// extent is the smallest and the largest finite number; 0 and 1 if there is none.
func (g *VolumeGrid) extent() [2]float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range g.Uint8s {
		low, high = min(low, float64(x)), max(high, float64(x))
	}
	for _, x := range g.Float32s {
		if x-x == 0 {
			low, high = min(low, float64(x)), max(high, float64(x))
		}
	}
	if low > high {
		return [2]float64{0, 1}
	}
	return [2]float64{low, high}
}

// boxEdges are the twelve edges of the grid's box.
func boxEdges(size [3]int, spacing Vec3) wire.Array {
	corner := func(c int) (p Vec3f) {
		for k := range p {
			if c>>k&1 == 1 {
				p[k] = float32(float64(size[k]-1) * spacing[k])
			}
		}
		return p
	}
	var ends []Vec3f
	for c := range 8 {
		for k := range 3 {
			if c>>k&1 == 0 {
				ends = append(ends, corner(c), corner(c|1<<k))
			}
		}
	}
	return wire.Vec3s(ends)
}

// setTransfer sets the transfer function of the properties, from copies.
func (h *Volume) setTransfer(colors []RGB, opacities []float32) {
	h.colors, h.opacities = append([]RGB(nil), colors...), append([]float32(nil), opacities...)
	if len(colors) == 0 {
		colors = VolumeColors(colormap.Viridis)
	}
	if len(opacities) == 0 {
		opacities = []float32{0, 1}
	}
	n := max(len(colors), len(opacities), 256)
	table := make([]byte, 4*n)
	for i := range n {
		a, b, t := between(len(colors), i, n)
		for k := range 3 {
			table[4*i+k] = byte(math.Round(mix(float64(colors[a][k]), float64(colors[b][k]), t)))
		}
		a, b, t = between(len(opacities), i, n)
		table[4*i+3] = byte(math.Round(255 * mix(float64(opacities[a]), float64(opacities[b]), t)))
	}
	h.props.Transfer = wire.Uint8s(table)
}

// between returns the entries of a list of count around the place i of n, and how far it is from the first to the
// second.
func between(count, i, n int) (a, b int, t float64) {
	x := float64(i) / float64(n-1) * float64(count-1)
	a = min(int(x), count-1)
	return a, min(a+1, count-1), x - float64(a)
}

func mix(a, b, t float64) float64 { return a + t*(b-a) }

// VolumeColors returns the colors of a map, for the Colors of a volume.
func VolumeColors(m *colormap.Map) []RGB {
	colors := make([]RGB, 256)
	for i := range colors {
		colors[i] = m.At(float64(i) / 255)
	}
	return colors
}

// Grid returns a copy of the numbers. Those that are sent as half floats are rounded to
// them.
func (h *Volume) Grid() VolumeGrid {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := VolumeGrid{Size: h.props.Size, Float16: h.props.Values.DType == wire.Float16}
	if h.props.Values.DType == wire.Uint8 {
		g.Uint8s = append([]uint8{}, h.props.Values.Bytes()...)
	} else {
		g.Float32s = h.props.Values.Float32s()
	}
	return g
}

// SetGrid replaces the numbers; the Size may change, the range does not. It panics with
// a *UsageError for the reasons that AddVolume has. A page that is slower than the
// program skips to the newest grid.
func (h *Volume) SetGrid(grid VolumeGrid) {
	values := grid.array("Volume.SetGrid")
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	if p.Size == grid.Size {
		h.changedArrays(arrayField{&p.Values, wire.VolumePropsValues, values})
		return
	}
	p.Size, p.Values, p.Points = grid.Size, values, boxEdges(grid.Size, p.Spacing)
	h.changed(wire.VolumePropsSize, wire.VolumePropsValues, wire.VolumePropsPoints)
}

// Spacing returns the distance of the numbers along x, y and z, in scene units.
func (h *Volume) Spacing() Vec3 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Spacing
}

// SetSpacing sets the distance of the numbers along x, y and z, in scene units. It
// panics with a *UsageError if one is not above 0.
func (h *Volume) SetSpacing(v Vec3) {
	for _, x := range v {
		checkPositive("Volume.SetSpacing", "Spacing", x)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	if p.Spacing != v {
		p.Spacing, p.Points = v, boxEdges(p.Size, v)
		h.changed(wire.VolumePropsSpacing, wire.VolumePropsPoints)
	}
}

// Range returns the numbers that have the first color and the last.
func (h *Volume) Range() (low, high float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Range[0], h.props.Range[1]
}

// SetRange sets the numbers that have the first color and the last, without sending the
// grid again. It panics with a *UsageError if high is below low, or one is not finite.
func (h *Volume) SetRange(low, high float64) {
	checkVolumeRange("Volume.SetRange", low, high)
	h.mu.Lock()
	defer h.mu.Unlock()
	if v := [2]float64{low, high}; h.props.Range != v {
		h.props.Range = v
		h.changed(wire.VolumePropsRange)
	}
}

// Transfer returns copies of the colors and opacities as they were set; nil for the
// default.
func (h *Volume) Transfer() (colors []RGB, opacities []float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append(colors, h.colors...), append(opacities, h.opacities...)
}

// SetTransfer sets the colors and opacities, as the fields of VolumeOptions; nil for
// the default. The grid is not sent again. It panics with a *UsageError if an opacity is
// not between 0 and 1, or there are more than 4,096 colors or opacities.
func (h *Volume) SetTransfer(colors []RGB, opacities []float32) {
	checkTransfer("Volume.SetTransfer", colors, opacities)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setTransfer(colors, opacities)
	h.changed(wire.VolumePropsTransfer)
}

package view

import (
	"cmp"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
)

// paletteSize is how many colours a coloured mesh is drawn in: enough that a photograph on it has no bands
// worth speaking of, few enough that every one can be a mesh of its own.
const paletteSize = 96

// part is the share of a mesh that has one colour.
type part struct {
	points [][3]float32
	faces  [][3]uint32
	color  viser.RGB
}

// splitByColor cuts a mesh with colours of vertices or faces into parts of one colour each.
func splitByColor(m *ply.Model) []part {
	colors := faceColors(m)
	palette := medianCut(colors, paletteSize)
	faces := make([][][3]uint32, len(palette.colors))
	for i, c := range colors {
		entry := palette.of(c)
		faces[entry] = append(faces[entry], m.Faces[i])
	}
	var parts []part
	renumbered := make([]uint32, len(m.Points)) // by part in turn; 0 is none yet
	for entry, f := range faces {
		if len(f) > 0 {
			p := part{faces: f, color: palette.colors[entry]}
			p.points = extract(m.Points, f, renumbered)
			parts = append(parts, p)
		}
	}
	return parts
}

// extract returns the points that the faces use, and numbers the faces' corners by them. It leaves
// renumbered all zero, as it found it.
func extract(points [][3]float32, faces [][3]uint32, renumbered []uint32) (used [][3]float32) {
	var touched []uint32
	for i := range faces {
		for k, corner := range faces[i] {
			if renumbered[corner] == 0 {
				used = append(used, points[corner])
				touched = append(touched, corner)
				renumbered[corner] = uint32(len(used))
			}
			faces[i][k] = renumbered[corner] - 1
		}
	}
	for _, corner := range touched {
		renumbered[corner] = 0
	}
	return used
}

// faceColors is the colour of each triangle: its own, or the mean of its corners.
func faceColors(m *ply.Model) []viser.RGB {
	colors := make([]viser.RGB, len(m.Faces))
	for i, f := range m.Faces {
		if m.FaceColors != nil {
			colors[i] = m.FaceColors[i]
			continue
		}
		a, b, c := m.Colors[f[0]], m.Colors[f[1]], m.Colors[f[2]]
		for k := range colors[i] {
			colors[i][k] = uint8((int(a[k]) + int(b[k]) + int(c[k])) / 3)
		}
	}
	return colors
}

// cellBits is how many bits of each channel tell colours apart when the palette is chosen.
const cellBits = 5

// palette maps colours to a few of their own kind.
type palette struct {
	colors  []viser.RGB
	entries [1 << (3 * cellBits)]uint8 // by cell
}

func cellOf(c viser.RGB) int {
	const drop = 8 - cellBits
	return int(c[0]>>drop)<<(2*cellBits) | int(c[1]>>drop)<<cellBits | int(c[2]>>drop)
}

func (p *palette) of(c viser.RGB) int { return int(p.entries[cellOf(c)]) }

// cell is all colours that are equal in their first bits.
type cell struct {
	index int
	count int
	sum   [3]int
}

func (c cell) mean(channel int) float64 { return float64(c.sum[channel]) / float64(c.count) }

// medianCut chooses at most size colours: it starts with one group of all colours, and halves, again and
// again, the group that varies most, across the channel in which it does.
func medianCut(colors []viser.RGB, size int) *palette {
	groups := [][]cell{cellsOf(colors)}
	for len(groups) < size {
		group, channel := widest(groups)
		if group < 0 {
			break
		}
		lower, upper := halve(groups[group], channel)
		groups[group] = lower
		groups = append(groups, upper)
	}
	p := &palette{}
	for i, group := range groups {
		var all cell
		for _, c := range group {
			p.entries[c.index] = uint8(i)
			all.count += c.count
			for k := range c.sum {
				all.sum[k] += c.sum[k]
			}
		}
		var color viser.RGB
		for k := range color {
			color[k] = uint8(all.mean(k) + 0.5)
		}
		p.colors = append(p.colors, color)
	}
	return p
}

func cellsOf(colors []viser.RGB) []cell {
	var counted [1 << (3 * cellBits)]cell
	for _, c := range colors {
		at := &counted[cellOf(c)]
		at.count++
		for k, v := range c {
			at.sum[k] += int(v)
		}
	}
	var cells []cell
	for i, c := range counted {
		if c.count > 0 {
			c.index = i
			cells = append(cells, c)
		}
	}
	return cells
}

// widest finds the group and channel with the largest spread, weighted by the number of triangles so that
// the palette goes where the picture is; -1 if no group can be cut.
func widest(groups [][]cell) (group, channel int) {
	group = -1
	largest := 0.0
	for i, g := range groups {
		for k := range 3 {
			if spread := variation(g, k); len(g) > 1 && spread > largest {
				group, channel, largest = i, k, spread
			}
		}
	}
	return group, channel
}

// variation is the sum of squared distances from the mean.
func variation(g []cell, channel int) float64 {
	var n, sum, squares float64
	for _, c := range g {
		v := c.mean(channel)
		w := float64(c.count)
		n += w
		sum += w * v
		squares += w * v * v
	}
	return squares - sum*sum/n
}

// halve cuts a group of at least two cells so that both halves have about as many triangles.
func halve(g []cell, channel int) (lower, upper []cell) {
	slices.SortFunc(g, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.mean(channel), b.mean(channel)), cmp.Compare(a.index, b.index))
	})
	all := 0
	for _, c := range g {
		all += c.count
	}
	at, seen := 1, g[0].count
	for at < len(g)-1 && seen < all/2 {
		seen += g[at].count
		at++
	}
	return g[:at:at], g[at:]
}

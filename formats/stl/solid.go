package stl

import (
	"math"
	"math/bits"
	"slices"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

// solid collects the triangles of a part.
type solid struct {
	d       *decoder
	points  [][3]float32
	faces   [][3]uint32
	colors  []uint16 // of the points, as colorOf returns them; nil while none has one
	row     int
	dropped int

	// table finds points by their coordinates: it has, at a place that their hash determines or behind it, the number
	// of the point plus 1 in the lower half, and a part of the hash in the upper; 0 is free.
	table []uint64
	mask  uint32
	// last is the triangle before, if repeats is set.
	last      [9]uint32
	lastFace  [3]uint32
	lastColor uint16
	repeats   bool

	// Of the dialect of Magics:
	swapped  bool
	plain    [3]uint8 // the color of triangles without one
	material *mesh.Material
}

// uncolored is the color of triangles that have none, in a file in which others have.
var uncolored = [3]uint8{128, 128, 128}

func newSolid(d *decoder, expected int) *solid {
	s := &solid{d: d, plain: uncolored}
	if d.options.Size == 0 {
		expected = 0
	}
	// If the header fits the size of the file, arrays are allocated once. A closed surface has half as many points as
	// triangles.
	s.faces = make([][3]uint32, 0, expected)
	if d.options.KeepCorners {
		s.points = make([][3]float32, 0, 3*expected)
		return s
	}
	s.points = make([][3]float32, 0, expected/2+expected/64)
	size := 1 << max(12, bits.Len(uint(expected)))
	s.table, s.mask = make([]uint64, size), uint32(size-1)
	return s
}

const infinity = 0x7f800000 // a float32 with these bits set is not finite

// add adds a triangle, given as the bits of its coordinates.
func (s *solid) add(t *[9]uint32, color uint16) {
	for _, bits := range t {
		if bits&infinity == infinity {
			s.dropped++
			return
		}
	}
	if s.colors == nil && color != 0 {
		s.colors = make([]uint16, len(s.points), cap(s.points))
	}
	var face [3]uint32
	for i := range face {
		face[i] = s.corner(t[3*i], t[3*i+1], t[3*i+2], color)
	}
	if s.table != nil {
		s.last, s.lastFace, s.lastColor, s.repeats = *t, face, color, true
	}
	s.faces = append(s.faces, face)
}

// corner returns the number of a point. Most triangles share two points with the one before, which are found at once.
func (s *solid) corner(x, y, z uint32, color uint16) uint32 {
	if s.repeats && color == s.lastColor {
		for i := 0; i < 9; i += 3 {
			if s.last[i] == x && s.last[i+1] == y && s.last[i+2] == z {
				return s.lastFace[i/3]
			}
		}
	}
	return s.point(x, y, z, color)
}

// point returns the number of a point, which is a new one unless there is an equal one of the same color.
func (s *solid) point(x, y, z uint32, color uint16) uint32 {
	if s.table == nil {
		return s.append(x, y, z, color)
	}
	const negativeZero = 1 << 31
	if x == negativeZero {
		x = 0
	}
	if y == negativeZero {
		y = 0
	}
	if z == negativeZero {
		z = 0
	}
	h := hash(x, y, z, color)
	tag := h &^ math.MaxUint32
	for at := uint32(h) & s.mask; ; at = (at + 1) & s.mask {
		entry := s.table[at]
		if entry == 0 {
			n := s.append(x, y, z, color)
			s.table[at] = tag | uint64(n+1)
			if len(s.points) > len(s.table)/2 {
				s.rehash()
			}
			return n
		}
		if entry&^math.MaxUint32 != tag {
			continue
		}
		n := uint32(entry) - 1
		p := &s.points[n]
		if math.Float32bits(p[0]) == x && math.Float32bits(p[1]) == y && math.Float32bits(p[2]) == z &&
			(s.colors == nil || s.colors[n] == color) {
			return n
		}
	}
}

func (s *solid) append(x, y, z uint32, color uint16) uint32 {
	s.points = append(s.points, [3]float32{math.Float32frombits(x), math.Float32frombits(y), math.Float32frombits(z)})
	if s.colors != nil {
		s.colors = append(s.colors, color)
	}
	return uint32(len(s.points) - 1)
}

// hash mixes the bits of a point. Its lower half is the place, its upper half the tag.
func hash(x, y, z uint32, color uint16) uint64 {
	return meshio.Hash(uint64(x)|uint64(y)<<32, uint64(z)|uint64(color)<<32)
}

// rehash makes the table larger.
func (s *solid) rehash() {
	s.table = make([]uint64, 4*len(s.table))
	s.mask = uint32(len(s.table) - 1)
	for n, p := range s.points {
		var color uint16
		if s.colors != nil {
			color = s.colors[n]
		}
		h := hash(math.Float32bits(p[0]), math.Float32bits(p[1]), math.Float32bits(p[2]), color)
		at := uint32(h) & s.mask
		for s.table[at] != 0 {
			at = (at + 1) & s.mask
		}
		s.table[at] = h&^math.MaxUint32 | uint64(n+1)
	}
}

// finish adds the part to the model.
func (s *solid) finish(name string) {
	m := s.d.model
	m.DroppedFaces += s.dropped
	s.d.total += len(s.faces)
	if len(s.faces) == 0 {
		return
	}
	p := mesh.Part{Name: name, Points: s.points, Faces: s.faces, Material: -1}
	if s.colors != nil && !s.blank() {
		p.Colors = make([][3]uint8, len(s.colors))
		for i, c := range s.colors {
			p.Colors[i] = s.plain
			if c != 0 {
				p.Colors[i] = expand(c)
			}
		}
	} else if s.material != nil {
		p.Material = len(m.Materials)
		m.Materials = append(m.Materials, *s.material)
	}
	m.Parts = append(m.Parts, p)
}

// blank reports whether all triangles are of the color black of Magics, which is that of programs that write the color of the
// whole into the header and zeros for the triangles.
func (s *solid) blank() bool {
	return s.swapped && !slices.ContainsFunc(s.colors, func(c uint16) bool { return c != colorBit })
}

package ply

import (
	"errors"
	"fmt"
	"math"
)

// Files of Gaussian splats that PlayCanvas' tools have compressed have four numbers of 32 bits a vertex, which are
// fractions between the bounds that an element "chunk" has for each 256 vertices. Spherical harmonics are bytes of an
// element "sh", which follows them.

// packedRows is how many vertices share a chunk.
const packedRows = 256

var packedNames = []string{"packed_position", "packed_rotation", "packed_scale", "packed_color"}

// chunkNames are the bounds in a chunk. Those of colors were added later: without them colors are 0
// to 1.
var chunkNames = []string{
	"min_x", "min_y", "min_z", "max_x", "max_y", "max_z",
	"min_scale_x", "min_scale_y", "min_scale_z", "max_scale_x", "max_scale_y", "max_scale_z",
	"min_r", "min_g", "min_b", "max_r", "max_g", "max_b",
}

// A chunk has the bounds in the order of chunkNames.
type chunk [18]float64

const (
	chunkPosition = 0
	chunkScale    = 6
	chunkColor    = 12
)

// packed reports whether the vertices are packed.
func (h *header) packed() bool { return h.vertex.find(false, "packed_position") >= 0 }

func (h *header) checkPacked() error {
	for _, name := range packedNames {
		i := h.vertex.find(false, name)
		if i < 0 {
			return fmt.Errorf("the vertices are packed, but have no %s", name)
		}
		if t := h.vertex.properties[i].item; t != uint32Type && t != int32Type {
			return fmt.Errorf("%s must be of type uint", name)
		}
	}
	if h.chunk == nil {
		return errors.New(`the vertices are packed, but there is no element "chunk" that says between which bounds`)
	}
	for _, name := range chunkNames[:chunkColor] {
		if h.chunk.find(false, name) < 0 {
			return fmt.Errorf("the vertices are packed, but their chunks have no %s", name)
		}
	}
	need := h.vertex.count / packedRows
	if h.vertex.count%packedRows != 0 {
		need++
	}
	if h.chunk.count < need {
		return fmt.Errorf("%d packed vertices need %d chunks, but there are %d", h.vertex.count, need, h.chunk.count)
	}
	return h.checkPackedHarmonics()
}

func (h *header) checkPackedHarmonics() error {
	e := h.harmonics
	if e == nil {
		return nil
	}
	if e.count != h.vertex.count {
		return fmt.Errorf("%d packed vertices need as many rows of the element \"sh\", but there are %d", h.vertex.count, e.count)
	}
	for _, p := range e.properties {
		if p.list || p.item != uint8Type {
			return fmt.Errorf("%s of the element \"sh\" must be of type uchar", label(p.name))
		}
	}
	return nil
}

// readHarmonics reads the requested harmonics of packed vertices into their columns.
func (d *decoder) readHarmonics() error {
	e := d.element
	if e.count > 0 && d.model.Points == nil {
		return errors.New(`the element "sh" must stand behind the packed vertices`)
	}
	if len(e.properties) == 0 {
		return nil // no bytes, regardless of the count
	}
	d.extras = extrasOf(e, d.wanted)
	var block vertexBlock
	for d.row < e.count {
		n := int(min(blockRows, e.count-d.row))
		if err := d.readBlock(&block, noColumns, n); err != nil {
			return err
		}
		for k := range d.extras {
			if d.extras[k].property < 0 {
				continue
			}
			column := grow(d.model.Columns[k], n, int(e.count), d.sized)
			for _, v := range d.extras[k].values[:n] {
				column = append(column, unpackHarmonic(v))
			}
			d.model.Columns[k] = column
		}
	}
	return nil
}

// unpackHarmonic returns the number of a byte: the middle of its 256th of -4 to 4, except for the first and the last,
// which are the ends.
func unpackHarmonic(v float64) float32 {
	switch v {
	case 0:
		return -4
	case 255:
		return 4
	}
	return float32((v+0.5)/32 - 4)
}

// readChunks reads the bounds.
func (d *decoder) readChunks() error {
	e := d.element
	if e.count > uint64(d.options.MaxVertices) {
		return fmt.Errorf("the header claims %d chunks, the limit is %d", e.count, d.options.MaxVertices)
	}
	bounds := make([]int, len(e.properties))
	for i := range bounds {
		bounds[i] = -1
	}
	for k, name := range chunkNames {
		if i := e.find(false, name); i >= 0 {
			bounds[i] = k
		}
	}
	for ; d.row < e.count; d.row++ {
		c := chunk{15: 1, 16: 1, 17: 1}
		for i, p := range e.properties {
			if bounds[i] < 0 {
				if err := d.skipProperty(p); err != nil {
					return err
				}
				continue
			}
			v, err := d.values.value(p.item)
			if err != nil {
				return err
			}
			c[bounds[i]] = v
		}
		d.chunks = append(d.chunks, c)
	}
	return nil
}

// unpackedNames are the properties that packed vertices have beside their place and color, as those of a file that
// is not packed are called.
var unpackedNames = []string{
	"x", "y", "z", "f_dc_0", "f_dc_1", "f_dc_2", "opacity", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3",
}

// unpackedFields are those of them that Model has in no other form.
var unpackedFields = unpackedNames[6:]

// unpackedColumns maps the requested columns to indices of unpackedNames.
func unpackedColumns(names []string) []extra {
	virtual := &element{}
	for _, name := range unpackedNames {
		virtual.properties = append(virtual.properties, property{name: name, item: float64Type})
	}
	return extrasOf(virtual, names)
}

// unpack turns n packed vertices, the first of which is vertex number first, into columns.
func (d *decoder) unpack(block *vertexBlock, packed []extra, columns []extra, first uint64, n int) {
	for i := range n {
		c := &d.chunks[(first+uint64(i))/packedRows]
		v := unpackVertex(c, [4]uint32{
			uint32(int64(packed[0].values[i])), uint32(int64(packed[1].values[i])),
			uint32(int64(packed[2].values[i])), uint32(int64(packed[3].values[i])),
		})
		for axis := range 3 {
			block[roleX+axis][i] = v[axis]
			block[roleRed+axis][i] = harmonicColor(v[3+axis])
		}
		block[roleAlpha][i] = 255 / (1 + math.Exp(-v[6]))
		for k := range columns {
			if p := columns[k].property; p >= 0 {
				columns[k].values[i] = v[p]
			}
		}
	}
}

// unpackVertex returns the values of unpackedNames.
func unpackVertex(c *chunk, bits [4]uint32) (v [14]float64) {
	position, scale := unpack111011(bits[0]), unpack111011(bits[2])
	for i := range 3 {
		v[i] = between(c, chunkPosition+i, position[i])
		color := between(c, chunkColor+i, fraction(bits[3], 24-8*i, 8))
		v[3+i] = (color - 0.5) / harmonic0
		v[7+i] = between(c, chunkScale+i, scale[i])
	}
	opacity := fraction(bits[3], 0, 8)
	v[6] = math.Log(opacity / (1 - opacity)) // 0 and 1 become infinities, which are converted back to 0 and 1
	rotation := unpackRotation(bits[1])
	copy(v[10:], rotation[:])
	return v
}

// between is the value at fraction t between a lower bound and the upper one, three further on.
func between(c *chunk, bound int, t float64) float64 { return c[bound]*(1-t) + c[bound+3]*t }

// fraction is the number of so many bits, 0 to 1.
func fraction(v uint32, shift, bits int) float64 {
	most := uint32(1)<<bits - 1
	return float64(v>>shift&most) / float64(most)
}

func unpack111011(v uint32) [3]float64 {
	return [3]float64{fraction(v, 21, 11), fraction(v, 11, 10), fraction(v, 0, 11)}
}

// unpackRotation returns a unit quaternion, scalar first. The two highest bits are the index of the largest of the
// four; it is not stored, as it follows from the others, which lie between ±1/sqrt(2).
func unpackRotation(v uint32) (q [4]float64) {
	largest, square, shift := int(v>>30), 0.0, 20
	for i := range q {
		if i != largest {
			q[i] = (fraction(v, shift, 10) - 0.5) * math.Sqrt2
			square += q[i] * q[i]
			shift -= 10
		}
	}
	q[largest] = math.Sqrt(max(0, 1-square))
	return q
}

package obj

import (
	"fmt"
	"math"

	"github.com/viser-go/viser/formats/internal/meshio"
)

// corner is a corner of an element: numbers of its vertex, its texture coordinates and its normal. The latter two count
// from 1, and are 0 if there are none. Beyond the normals are the codes of smoothing.
type corner struct{ point, coord, normal uint32 }

const (
	// groupCode and flatCode, plus a number, stand for the normals to be made for a smoothing group, and for a face.
	groupCode = 1 << 30
	flatCode  = 1 << 31
	maxGroups = 1 << 20
)

// readCorners reads the corners of an element into d.corners.
func (d *decoder) readCorners(line []byte) error {
	d.corners = d.corners[:0]
	for i := 0; ; {
		for i < len(line) && (line[i] == ' ' || line[i]-'\t' <= '\r'-'\t') {
			i++
		}
		if i == len(line) || line[i] == '#' {
			return nil
		}
		c, next, err := d.readCorner(line, i)
		if err != nil {
			return err
		}
		d.corners = append(d.corners, c)
		i = next
	}
}

// readCorner reads a corner such as 1, 1/2, 1//3, 1/2/3 or -1/-1/-1.
func (d *decoder) readCorner(line []byte, start int) (c corner, next int, err error) {
	v, i, ok := index(line, start)
	if !ok {
		return c, 0, d.badCorner(line[start:])
	}
	if v < 0 {
		v += int64(len(d.points)) + 1
	}
	if v < 1 || v > int64(len(d.points)) {
		return c, 0, d.missing(line[start:])
	}
	c.point = uint32(v - 1)
	if i < len(line) && line[i] == '/' {
		if i+1 < len(line) && line[i+1] != '/' && !isEnd(line, i+1) {
			if v, i, ok = index(line, i+1); !ok {
				return c, 0, d.badCorner(line[start:])
			}
			c.coord = d.resolve(v, len(d.coords))
		} else {
			i++
		}
		if i < len(line) && line[i] == '/' {
			if i++; !isEnd(line, i) {
				if v, i, ok = index(line, i); !ok {
					return c, 0, d.badCorner(line[start:])
				}
				c.normal = d.resolve(v, len(d.normals))
			}
		}
	}
	if !isEnd(line, i) {
		return c, 0, d.badCorner(line[start:])
	}
	return c, i, nil
}

func isEnd(line []byte, i int) bool {
	return i >= len(line) || line[i] == ' ' || line[i]-'\t' <= '\r'-'\t'
}

// index reads an integer at a place of the line.
func index(line []byte, i int) (n int64, next int, ok bool) {
	negative := false
	if i < len(line) && (line[i] == '-' || line[i] == '+') {
		negative = line[i] == '-'
		i++
	}
	start := i
	for i < len(line) && line[i]-'0' <= 9 {
		if i-start >= 18 {
			return 0, i, false
		}
		n = n*10 + int64(line[i]-'0')
		i++
	}
	if negative {
		n = -n
	}
	return n, i, i > start
}

// resolve returns the number of texture coordinates or a normal, counted from 1, or 0 if it is not there.
func (d *decoder) resolve(n int64, count int) uint32 {
	if n < 0 {
		n += int64(count) + 1
	}
	if n < 1 || n > int64(count) {
		d.flipped = true
		return 0
	}
	return uint32(n)
}

func (d *decoder) badCorner(line []byte) error {
	word, _ := meshio.Word(line)
	return fmt.Errorf("%s is not a corner, such as 1, 1/2, 1//3 or 1/2/3", meshio.Quote(word))
}

func (d *decoder) missing(line []byte) error {
	word, _ := meshio.Word(line)
	return fmt.Errorf("the corner %s is no vertex: there are %d above", meshio.Quote(word), len(d.points))
}

// face reads "f …".
func (d *decoder) face(line []byte) error {
	d.known = true
	if err := d.readCorners(line); err != nil {
		return err
	}
	n := len(d.corners)
	if n < 3 {
		d.model.DroppedFaces++
		return nil
	}
	p := d.part(faces)
	d.smoothCorners()
	if d.elements += n - 2; d.elements > d.options.MaxTriangles {
		return fmt.Errorf("the file has more than %d triangles", d.options.MaxTriangles)
	}
	if n == 3 {
		p.faces = append(p.faces, [3]uint32{p.number(d.corners[0]), p.number(d.corners[1]), p.number(d.corners[2])})
		return nil
	}
	d.loop = d.loop[:0]
	for _, c := range d.corners {
		d.loop = append(d.loop, c.point)
	}
	for _, t := range d.cutter.Cut(d.points, d.loop) {
		p.faces = append(p.faces, [3]uint32{p.number(d.corners[t[0]]), p.number(d.corners[t[1]]), p.number(d.corners[t[2]])})
	}
	return nil
}

// smoothCorners marks corners that have no normal with what makes theirs.
func (d *decoder) smoothCorners() {
	if d.smoothing == 0 {
		return
	}
	code := d.smoothing
	if code == flatCode {
		d.flats = (d.flats + 1) % (flatCode - 1)
		code += d.flats
	}
	for i := range d.corners {
		if d.corners[i].normal == 0 {
			d.corners[i].normal = code
		}
	}
}

// smooth reads "s …".
func (d *decoder) smooth(group string) {
	if group == "off" || group == "0" || group == "" {
		d.smoothing = flatCode
		return
	}
	if d.groups == nil {
		d.groups = map[string]uint32{}
	}
	code, ok := d.groups[group]
	if !ok {
		if len(d.groups) < maxGroups {
			code = groupCode + uint32(len(d.groups))
			d.groups[group] = code
		} else {
			code = groupCode
		}
	}
	d.smoothing = code
}

// line reads "l …", a chain of points.
func (d *decoder) line(line []byte) error {
	if err := d.readCorners(line); err != nil {
		return err
	}
	if len(d.corners) < 2 {
		d.model.DroppedFaces++
		return nil
	}
	if d.elements += len(d.corners) - 1; d.elements > d.options.MaxTriangles {
		return fmt.Errorf("the file has more than %d lines", d.options.MaxTriangles)
	}
	p := d.part(lines)
	before := p.number(corner{point: d.corners[0].point})
	for _, c := range d.corners[1:] {
		n := p.number(corner{point: c.point})
		p.lines = append(p.lines, [2]uint32{before, n})
		before = n
	}
	return nil
}

// pointElement reads "p …".
func (d *decoder) pointElement(line []byte) error {
	if err := d.readCorners(line); err != nil {
		return err
	}
	for _, c := range d.corners {
		d.part(points).number(corner{point: c.point})
	}
	return nil
}

// number returns the number of a corner in the part: a new one, unless the part has the same corner already.
func (p *part) number(c corner) uint32 {
	// Most triangles share corners with the one before.
	n := uint32(len(p.corners))
	for i := range p.last {
		if p.last[i].corner == c && p.last[i].number < n {
			return p.last[i].number
		}
	}
	found := p.find(c)
	p.last[p.next] = recent{c, found}
	p.next = (p.next + 1) % len(p.last)
	return found
}

// recent is a corner that was found not long ago.
type recent struct {
	corner corner
	number uint32
}

func (c corner) hash() uint64 {
	return meshio.Hash(uint64(c.point)|uint64(c.coord)<<32, uint64(c.normal))
}

func (p *part) find(c corner) uint32 {
	if 2*len(p.corners) >= len(p.table) {
		p.enlarge()
	}
	h := c.hash()
	mask := uint32(len(p.table) - 1)
	tag := h &^ math.MaxUint32
	for at := uint32(h) & mask; ; at = (at + 1) & mask {
		entry := p.table[at]
		if entry == 0 {
			p.corners = append(p.corners, c)
			p.table[at] = tag | uint64(len(p.corners))
			return uint32(len(p.corners) - 1)
		}
		if n := uint32(entry) - 1; entry&^math.MaxUint32 == tag && p.corners[n] == c {
			return n
		}
	}
}

// enlarge makes the table larger: it has, at a place that the hash of a corner determines or behind it, the number of
// the corner plus 1 in the lower half, and a part of the hash in the upper.
func (p *part) enlarge() {
	p.table = make([]uint64, max(16, 4*len(p.table)))
	mask := uint32(len(p.table) - 1)
	for n, c := range p.corners {
		h := c.hash()
		at := uint32(h) & mask
		for p.table[at] != 0 {
			at = (at + 1) & mask
		}
		p.table[at] = h&^math.MaxUint32 | uint64(n+1)
	}
}

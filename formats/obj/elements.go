package obj

import (
	"fmt"

	"github.com/viser-go/viser/formats/internal/meshio"
)

// Of a corner, the numbers of its texture coordinates and its normal count from 1, and are 0 if there are none. Beyond the
// normals are the codes of smoothing.
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
func (d *decoder) readCorner(line []byte, start int) (c meshio.Corner, next int, err error) {
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
	c.Point = uint32(v - 1)
	if i < len(line) && line[i] == '/' {
		if i+1 < len(line) && line[i+1] != '/' && !isEnd(line, i+1) {
			if v, i, ok = index(line, i+1); !ok {
				return c, 0, d.badCorner(line[start:])
			}
			c.Coord = d.resolve(v, len(d.coords))
		} else {
			i++
		}
		if i < len(line) && line[i] == '/' {
			if i++; !isEnd(line, i) {
				if v, i, ok = index(line, i); !ok {
					return c, 0, d.badCorner(line[start:])
				}
				c.Normal = d.resolve(v, len(d.normals))
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
		p.faces = append(p.faces, [3]uint32{p.corners.Number(d.corners[0]), p.corners.Number(d.corners[1]), p.corners.Number(d.corners[2])})
		return nil
	}
	d.loop = d.loop[:0]
	for _, c := range d.corners {
		d.loop = append(d.loop, c.Point)
	}
	for _, t := range d.cutter.Cut(d.points, d.loop) {
		p.faces = append(p.faces, [3]uint32{p.corners.Number(d.corners[t[0]]), p.corners.Number(d.corners[t[1]]), p.corners.Number(d.corners[t[2]])})
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
		if d.corners[i].Normal == 0 {
			d.corners[i].Normal = code
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
	before := p.corners.Number(meshio.Corner{Point: d.corners[0].Point})
	for _, c := range d.corners[1:] {
		n := p.corners.Number(meshio.Corner{Point: c.Point})
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
		d.part(points).corners.Number(meshio.Corner{Point: c.Point})
	}
	return nil
}

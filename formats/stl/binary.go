package stl

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/sniff"
)

const (
	textSize     = 80 // of the free text at the beginning
	headSize     = textSize + 4
	triangleSize = 50
	normalSize   = 12
	colorAt      = 48
)

// count is the number of triangles that the header of a binary file claims.
func count(head []byte) uint32 { return binary.LittleEndian.Uint32(head[textSize:]) }

// readBinary reads a binary file.
func (d *decoder) readBinary() error {
	d.where = "header"
	head := d.source.Peek(headSize)
	if len(head) < headSize {
		return d.notSTL(head)
	}
	n := int(count(head))
	if n > d.options.MaxTriangles {
		return fmt.Errorf("the file has %d triangles; the limit is %d", n, d.options.MaxTriangles)
	}
	if size := headSize + int64(n)*triangleSize; d.options.Size > 0 && d.options.Size < size {
		if what := sniff.Name(d.source.Peek(sample)); what != "" && what != "a binary STL mesh" {
			return fmt.Errorf("this is no STL file; it looks like %s", what)
		}
		return fmt.Errorf("%d triangles need %d bytes, but the file has %d", n, size, d.options.Size)
	}
	s := newSolid(d, n)
	s.magics(head[:textSize])
	d.source.Take(headSize)
	for s.row = 0; s.row < n; {
		d.where = fmt.Sprintf("triangle %d of %d", s.row+1, n)
		rows := d.source.Available()
		if len(rows) < triangleSize {
			if rows = d.source.Peek(triangleSize); len(rows) < triangleSize {
				return d.source.Fault()
			}
		}
		some := min(len(rows)/triangleSize, n-s.row)
		s.addRows(rows[:some*triangleSize])
		if len(s.points) > d.options.MaxVertices {
			return fmt.Errorf("the file has more than %d points", d.options.MaxVertices)
		}
		d.source.Take(some * triangleSize)
		s.row += some
	}
	s.finish("")
	return d.checkEnd()
}

// notSTL is the error of a file that is too short.
func (d *decoder) notSTL(start []byte) error {
	if err := d.source.ReadError(); err != nil {
		return err
	}
	if len(start) == 0 {
		return errors.New("the file is empty")
	}
	if what := sniff.Name(start); what != "" {
		return fmt.Errorf("this is no STL file; it looks like %s", what)
	}
	return io.ErrUnexpectedEOF
}

// checkEnd counts what is behind the last triangle.
func (d *decoder) checkEnd() error {
	d.where = "behind the last triangle"
	more := 0
	for rest := d.source.Available(); len(rest) > 0; rest = d.source.Available() {
		more += len(rest)
		d.source.Take(len(rest))
	}
	if more > 0 {
		d.skips.Add("%d bytes behind the last triangle", more)
	}
	return d.source.ReadError()
}

// magics reads the color of the whole solid out of the header, where Materialise Magics writes it.
func (s *solid) magics(head []byte) {
	const key = "COLOR="
	at := bytes.Index(head, []byte(key))
	if at < 0 || at+len(key)+4 > len(head) {
		return
	}
	s.swapped = true
	c := head[at+len(key):]
	s.plain = [3]uint8(c[:3])
	m := mesh.DefaultMaterial("")
	for i := range m.Color {
		m.Color[i] = float32(c[i]) / 255
	}
	if bytes.HasPrefix(c[3:], []byte(" M")) { // text goes on where other programs write the opacity
		m.Color[3] = 1
	}
	s.material = &m
}

// addRows adds the triangles of a number of rows.
func (s *solid) addRows(rows []byte) {
	for ; len(rows) >= triangleSize; rows = rows[triangleSize:] {
		row := rows[:triangleSize:triangleSize]
		color := s.colorOf(binary.LittleEndian.Uint16(row[colorAt:]))
		var t [9]uint32
		for i := range t {
			t[i] = binary.LittleEndian.Uint32(row[normalSize+4*i:])
		}
		s.add(&t, color)
	}
}

const (
	colorBit = 1 << 15
	channel  = 1<<5 - 1
)

// colorOf returns a color as 0x1RRRRRGGGGGBBBBB in 16 bits, or 0 for none. VisCAM sets the bit 15 of triangles with a
// color, and Magics that of triangles without, and swaps red and blue.
func (s *solid) colorOf(attribute uint16) uint16 {
	if s.swapped {
		if attribute&colorBit != 0 {
			return 0
		}
		return colorBit | attribute&channel<<10 | attribute&(channel<<5) | attribute>>10&channel
	}
	if attribute&colorBit == 0 {
		return 0
	}
	return attribute
}

// expand is a color as bytes.
func expand(c uint16) [3]uint8 {
	wide := func(v uint16) uint8 { return uint8((uint32(v&channel)*255 + channel/2) / channel) }
	return [3]uint8{wide(c >> 10), wide(c >> 5), wide(c)}
}

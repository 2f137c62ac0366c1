package ply

import (
	"encoding/binary"
	"math"
)

// directLayout is where rows of a fixed size have what nearly all files have: little-endian coordinates, normals of
// type float, and colors of a byte, each side by side. Such rows are decoded into their slices without the columns
// between, which takes a fraction of the time.
type directLayout struct {
	stride                           int
	position, normal, color, opacity int  // offsets in a row, -1 where there is none
	wide                             bool // coordinates are doubles
}

// direct returns the layout; false if the vertices have another.
func (d *decoder) direct(cols *columns) (l directLayout, ok bool) {
	e := d.element
	stride, fixed := e.stride()
	if !fixed || d.header.encoding != littleEndian || cols.uvs() || cols.colors() && cols.source != channelColors {
		return l, false
	}
	l = directLayout{stride: stride, normal: -1, color: -1, opacity: -1}
	l.position, ok = e.sideBySide(cols.roles[roleX:roleZ+1], float32Type)
	if !ok {
		l.wide = true
		l.position, ok = e.sideBySide(cols.roles[roleX:roleZ+1], float64Type)
	}
	if ok && cols.normals() {
		l.normal, ok = e.sideBySide(cols.roles[roleNX:roleNZ+1], float32Type)
	}
	if ok && cols.colors() {
		l.color, ok = e.sideBySide(cols.roles[roleRed:roleBlue+1], uint8Type)
	}
	if ok && cols.alphas() {
		l.opacity, ok = e.sideBySide(cols.roles[roleAlpha:roleAlpha+1], uint8Type)
	}
	return l, ok
}

// sideBySide returns the offset of properties that follow one another and have the type; false if they do not.
func (e *element) sideBySide(properties []int, t scalar) (offset int, ok bool) {
	for i, p := range properties {
		if p != properties[0]+i || e.properties[p].item != t {
			return 0, false
		}
	}
	for _, p := range e.properties[:properties[0]] {
		offset += p.item.size()
	}
	return offset, true
}

// addRows appends the vertices of whole rows.
func (v *vertexSink) addRows(l *directLayout, rows []byte) {
	m, n := v.model, len(rows)/l.stride
	m.Points = extend(m.Points, n, v.total, v.exact)
	directPoints(m.Points[len(m.Points)-n:], l, rows, m.Origin)
	if l.normal >= 0 {
		m.Normals = extend(m.Normals, n, v.total, v.exact)
		directNormals(m.Normals[len(m.Normals)-n:], l, rows)
	}
	if l.color >= 0 {
		v.colors.bytes = extend(v.colors.bytes, n, v.total, v.exact)
		directColors(v.colors.bytes[len(v.colors.bytes)-n:], l, rows)
	}
	if l.opacity >= 0 {
		m.Alphas = extend(m.Alphas, n, v.total, v.exact)
		directAlphas(m.Alphas[len(m.Alphas)-n:], l, rows)
	}
	for k := range v.extras {
		if v.extras[k].property >= 0 {
			m.Columns[k] = extend(m.Columns[k], n, v.total, v.exact)
			narrow(m.Columns[k][len(m.Columns[k])-n:], v.extras[k].values[:n])
		}
	}
}

// extend makes a slice longer by n items.
func extend[T any](s []T, n, total int, exact bool) []T {
	s = grow(s, n, total, exact)
	return s[:len(s)+n]
}

func directPoints[T float32 | float64](dst [][3]T, l *directLayout, rows []byte, origin [3]float64) {
	if l.wide {
		for i := range dst {
			row := rows[i*l.stride+l.position:][:24]
			dst[i] = [3]T{
				T(math.Float64frombits(binary.LittleEndian.Uint64(row)) - origin[0]),
				T(math.Float64frombits(binary.LittleEndian.Uint64(row[8:])) - origin[1]),
				T(math.Float64frombits(binary.LittleEndian.Uint64(row[16:])) - origin[2]),
			}
		}
		return
	}
	for i := range dst {
		row := rows[i*l.stride+l.position:][:12]
		dst[i] = [3]T{
			T(float64(math.Float32frombits(binary.LittleEndian.Uint32(row))) - origin[0]),
			T(float64(math.Float32frombits(binary.LittleEndian.Uint32(row[4:]))) - origin[1]),
			T(float64(math.Float32frombits(binary.LittleEndian.Uint32(row[8:]))) - origin[2]),
		}
	}
}

func directNormals(dst [][3]float32, l *directLayout, rows []byte) {
	for i := range dst {
		row := rows[i*l.stride+l.normal:][:12]
		dst[i] = finiteOrZero([3]float32{
			math.Float32frombits(binary.LittleEndian.Uint32(row)),
			math.Float32frombits(binary.LittleEndian.Uint32(row[4:])),
			math.Float32frombits(binary.LittleEndian.Uint32(row[8:])),
		})
	}
}

func directColors(dst [][3]uint8, l *directLayout, rows []byte) {
	for i := range dst {
		dst[i] = [3]uint8(rows[i*l.stride+l.color:])
	}
}

func directAlphas(dst []uint8, l *directLayout, rows []byte) {
	for i := range dst {
		dst[i] = rows[i*l.stride+l.opacity]
	}
}

// narrow rounds numbers to float32.
func narrow(dst []float32, values []float64) {
	for i, v := range values {
		dst[i] = float32(v)
	}
}

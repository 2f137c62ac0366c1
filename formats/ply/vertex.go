package ply

import (
	"encoding/binary"
	"math"
	"slices"
)

// What a column of the vertices means. The order is that of a vertexBlock.
const (
	roleX = iota
	roleY
	roleZ
	roleNX
	roleNY
	roleNZ
	roleRed
	roleGreen
	roleBlue
	roleAlpha
	roles
)

// roleNames lists, per role, the names that programs give the property.
var roleNames = [roles][]string{
	{"x"}, {"y"}, {"z"},
	{"nx", "normal_x"}, {"ny", "normal_y"}, {"nz", "normal_z"},
	{"red", "diffuse_red", "r"}, {"green", "diffuse_green", "g"}, {"blue", "diffuse_blue", "b"},
	{"alpha", "diffuse_alpha", "a"},
}

// blockRows is how many vertices are decoded at a time: ten columns of it fit the processor's cache.
const blockRows = 512

// columns says which property of an element plays which role; -1 where none does.
type columns [roles]int

// of returns the role of property i, or -1.
func (c *columns) of(i int) int { return slices.Index(c[:], i) }

// columnsOf finds the roles. Normals and colors count only when they are whole.
func columnsOf(e *element) columns {
	var c columns
	for role, names := range roleNames {
		c[role] = e.find(false, names...)
	}
	if c[roleNX] < 0 || c[roleNY] < 0 || c[roleNZ] < 0 {
		c[roleNX], c[roleNY], c[roleNZ] = -1, -1, -1
	}
	if c[roleRed] < 0 || c[roleGreen] < 0 || c[roleBlue] < 0 {
		c[roleRed], c[roleGreen], c[roleBlue], c[roleAlpha] = -1, -1, -1, -1
	}
	return c
}

func (c *columns) normals() bool { return c[roleNX] >= 0 }
func (c *columns) colors() bool  { return c[roleRed] >= 0 }
func (c *columns) alphas() bool  { return c[roleAlpha] >= 0 }

// vertexBlock is a few hundred vertices, column by column.
type vertexBlock [roles][blockRows]float64

// An extra is a property that was asked for by its name.
type extra struct {
	property int // -1 if there is none of that name
	values   [blockRows]float64
}

// extrasOf finds what was asked for.
func extrasOf(e *element, names []string) []extra {
	extras := make([]extra, len(names))
	for i, name := range names {
		extras[i].property = e.find(false, name)
	}
	return extras
}

// readVertices reads the vertex element.
func (d *decoder) readVertices() error {
	e := d.element
	cols := columnsOf(e)
	d.extras = extrasOf(e, d.options.Columns)
	sink := &vertexSink{
		model: d.model, element: e, columns: cols, extras: d.extras,
		exact: d.sized, recenter: d.options.Recenter,
	}
	if len(d.extras) > 0 {
		d.model.Columns = make([][]float32, len(d.extras))
	}
	var block vertexBlock
	for d.row < e.count {
		n := int(min(blockRows, e.count-d.row))
		var err error
		if stride, fixed := e.stride(); fixed && d.header.encoding != asciiEncoding {
			err = d.readRows(&block, cols, n, stride)
		} else {
			err = d.readMixedRows(&block, cols, n)
		}
		if err != nil {
			return err
		}
		sink.add(&block, n)
	}
	return nil
}

// readRows reads n binary rows of the same size.
func (d *decoder) readRows(block *vertexBlock, cols columns, n, stride int) error {
	// A row can be 32 KiB, so that n of them need not fit the buffer.
	for done := 0; done < n; {
		some := min(n-done, bufferSize/stride)
		if !d.source.want(some * stride) {
			whole := len(d.source.rest()) / stride
			d.source.take(whole * stride)
			d.row += uint64(whole)
			return d.source.fault()
		}
		rows := d.source.take(some * stride)
		offset := 0
		for i, p := range d.element.properties {
			if role := cols.of(i); role >= 0 {
				column(block[role][done:done+some], p.item, d.order(), rows, offset, stride)
			}
			for k := range d.extras {
				if d.extras[k].property == i {
					column(d.extras[k].values[done:done+some], p.item, d.order(), rows, offset, stride)
				}
			}
			offset += p.item.size()
		}
		done += some
		d.row += uint64(some)
	}
	return nil
}

// readMixedRows reads n rows number by number, as text and lists need it.
func (d *decoder) readMixedRows(block *vertexBlock, cols columns, n int) error {
	roleOf := make([]int, len(d.element.properties))
	for j := range roleOf {
		roleOf[j] = cols.of(j)
	}
	for i := range n {
		for j, p := range d.element.properties {
			if p.list {
				if err := d.skipList(p); err != nil {
					return err
				}
				continue
			}
			v, err := d.values.value(p.item)
			if err != nil {
				return err
			}
			if role := roleOf[j]; role >= 0 {
				block[role][i] = v
			}
			for k := range d.extras {
				if d.extras[k].property == j {
					d.extras[k].values[i] = v
				}
			}
		}
		d.row++
	}
	return nil
}

func (d *decoder) order() binary.ByteOrder {
	if d.header.encoding == bigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// vertexSink puts blocks into the model.
type vertexSink struct {
	model    *Model
	element  *element
	columns  columns
	extras   []extra
	exact    bool // the header's count is known to be possible, so that it may be allocated
	recenter bool
}

// add appends n vertices. Those with a coordinate that no float32 can hold stay in place, as NaN, until
// the whole file has been read: faces go by number.
func (v *vertexSink) add(block *vertexBlock, n int) {
	m, total := v.model, int(v.element.count)
	if v.recenter {
		m.Origin = medians(block, n)
		v.recenter = false
	}
	m.Points = roomFor(m.Points, n, total, v.exact)
	for i := range n {
		m.Points = append(m.Points, [3]float32{
			float32(block[roleX][i] - m.Origin[0]),
			float32(block[roleY][i] - m.Origin[1]),
			float32(block[roleZ][i] - m.Origin[2]),
		})
	}
	if v.columns.normals() {
		m.Normals = roomFor(m.Normals, n, total, v.exact)
		for i := range n {
			m.Normals = append(m.Normals, finiteOrZero([3]float32{
				float32(block[roleNX][i]), float32(block[roleNY][i]), float32(block[roleNZ][i]),
			}))
		}
	}
	v.addColors(block, n)
	for k := range v.extras {
		if v.extras[k].property < 0 {
			continue
		}
		m.Columns[k] = roomFor(m.Columns[k], n, total, v.exact)
		for _, x := range v.extras[k].values[:n] {
			m.Columns[k] = append(m.Columns[k], float32(x))
		}
	}
}

func (v *vertexSink) addColors(block *vertexBlock, n int) {
	if !v.columns.colors() {
		return
	}
	m, total := v.model, int(v.element.count)
	m.Colors = roomFor(m.Colors, n, total, v.exact)
	var scale [4]colorScale
	for i := range scale {
		if p := v.columns[roleRed+i]; p >= 0 {
			scale[i] = scaleOf(v.element.properties[p].item)
		}
	}
	for i := range n {
		m.Colors = append(m.Colors, [3]uint8{
			scale[0].apply(block[roleRed][i]), scale[1].apply(block[roleGreen][i]), scale[2].apply(block[roleBlue][i]),
		})
	}
	if v.columns.alphas() {
		m.Alphas = roomFor(m.Alphas, n, total, v.exact)
		for i := range n {
			m.Alphas = append(m.Alphas, scale[3].apply(block[roleAlpha][i]))
		}
	}
}

// colorScale brings a color of the file to 0..255.
type colorScale float64

func scaleOf(t scalar) colorScale {
	switch t {
	case float32Type, float64Type:
		return 255
	case uint16Type:
		return 1.0 / 257
	default:
		return 1
	}
}

func (s colorScale) apply(v float64) uint8 {
	v = v*float64(s) + 0.5
	if v >= 255 {
		return 255
	}
	if v >= 0 { // false for NaN
		return uint8(v)
	}
	return 0
}

// roomFor makes place for n more items, of total in all. Arrays grow with what has been read, unless the
// total is known to be possible (exact).
func roomFor[T any](s []T, n, total int, exact bool) []T {
	if cap(s)-len(s) >= n {
		return s
	}
	next := max(2*cap(s), len(s)+n, 8*blockRows)
	if exact || next > total {
		next = max(total, len(s)+n)
	}
	grown := make([]T, len(s), next)
	copy(grown, s)
	return grown
}

func isFinite(p [3]float32) bool {
	// A NaN or an infinity times zero is NaN.
	return p[0]*0+p[1]*0+p[2]*0 == 0
}

func finiteOrZero(p [3]float32) [3]float32 {
	if isFinite(p) {
		return p
	}
	return [3]float32{}
}

// medians returns the middle coordinate on each axis, rounded to whole units. The middle is safe from the
// zeros and outliers that mark missing points in scans, as the first or the mean are not.
func medians(block *vertexBlock, n int) (origin [3]float64) {
	for axis := range origin {
		finite := make([]float64, 0, n)
		for _, v := range block[roleX+axis][:n] {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				finite = append(finite, v)
			}
		}
		if len(finite) > 0 {
			slices.Sort(finite)
			origin[axis] = math.Round(finite[len(finite)/2])
		}
	}
	return origin
}

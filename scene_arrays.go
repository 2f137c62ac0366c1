package viser

import (
	"bytes"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// The slices that the public API takes and gives, from and to arrays of the
// wire. All of them copy.

func rgbs(colors []RGB) [][3]uint8 {
	out := make([][3]uint8, len(colors))
	for i, c := range colors {
		out[i] = c
	}
	return out
}

// defaultRowColor is the color of points, lines, arrows and instances that are
// given none.
var defaultRowColor = RGB{90, 200, 255}

// rowColors encodes one color for each row, or the single one; nil is all of one.
func rowColors(fn string, rows int, colors []RGB, one RGB) wire.Array {
	switch {
	case colors == nil:
		return wire.Uint8s(one[:])
	case len(colors) == 1:
		return wire.Uint8s(colors[0][:])
	case len(colors) == rows:
		return wire.RGBs(rgbs(colors))
	}
	usage(fn, "%d colors for %d rows: give one for each, one for all, or nil", len(colors), rows)
	panic("unreachable")
}

func rgbsOf(a wire.Array) []RGB {
	data := a.Bytes()
	out := make([]RGB, len(data)/3)
	for i := range out {
		out[i] = RGB(data[3*i:])
	}
	return out
}

func vec3sOf(a wire.Array) []Vec3f {
	xs := a.Float32s()
	out := make([]Vec3f, len(xs)/3)
	for i := range out {
		out[i] = Vec3f(xs[3*i:])
	}
	return out
}

func quatsOf(a wire.Array) []Vec4f {
	xs := a.Float32s()
	out := make([]Vec4f, len(xs)/4)
	for i := range out {
		out[i] = Vec4f(xs[4*i:])
	}
	return out
}

func facesOf(a wire.Array) [][3]uint32 {
	xs := a.Uint32s()
	out := make([][3]uint32, len(xs)/3)
	for i := range out {
		out[i] = [3]uint32(xs[3*i:])
	}
	return out
}

// An arrayField is an array of a node, its key, and what it is set to.
type arrayField struct {
	field *wire.Array
	key   int
	value wire.Array
}

// changedArrays sets arrays anew, and sends those that differ from what was
// there: comparing costs a pass over memory, sending costs every page. n.mu is
// held.
func (n *node) changedArrays(arrays ...arrayField) {
	var keys []int
	for _, a := range arrays {
		// What was changed in part is not gathered for a comparison.
		same := a.field.Pages == a.value.Pages && a.field.DType == a.value.DType && bytes.Equal(a.field.Data, a.value.Data)
		if !same {
			*a.field = a.value
			keys = append(keys, a.key)
		}
	}
	if len(keys) > 0 {
		n.changed(keys...)
	}
}

// Changes of arrays in part. What is written goes to pages of ours alone, and so
// costs what it is; pages of viser's are sent the whole property. Arrays grow with
// room to spare, here and on the page, so that appending costs what is appended.

// patch applies the changes as one step; n.mu is held.
func (n *node) patch(fn string, patches ...state.Patch) {
	if len(patches) > 0 && !n.isGone(fn) {
		n.ent.Patch(patches...)
	}
}

// writes is the change that puts rows of the given number of bytes into an array,
// from row offset on.
func (a arrayField) writes(offset, row int, data []byte) state.Patch {
	at := offset * row
	return state.Patch{Prop: a.key, Array: a.field, Offset: at, Data: data, Total: max(a.size(), at+len(data))}
}

// keeps is the change that leaves only the first rows of an array.
func (a arrayField) keeps(rows, row int) state.Patch {
	return state.Patch{Prop: a.key, Array: a.field, Offset: rows * row, Total: rows * row}
}

func (a arrayField) size() int { return a.field.Len() * a.field.ItemSize() }

// checkPart refuses rows that a change in part would write where there are none.
func checkPart(fn string, offset, rows, all int) {
	if offset < 0 || offset > all-rows {
		usage(fn, "%d from %d on do not lie within the %d that there are", rows, offset, all)
	}
}

// checkKept refuses a number of rows that cannot remain.
func checkKept(fn string, rows, all int) {
	if rows < 0 || rows > all {
		usage(fn, "%d cannot remain of %d", rows, all)
	}
}

// oneColor is the size of a color that all rows have.
const oneColor = 3

// A colored is what point clouds, lines and arrows have in common: rows of points,
// with colors for each, or one for all.
type colored struct {
	*node
	points, colors     arrayField
	pointRow, colorRow int // bytes
}

func (c *colored) count() int { return c.points.size() / c.pointRow }

// single reports whether one color stands for all rows.
func (c *colored) single() bool {
	return c.colors.size() == oneColor && c.count()*c.colorRow != oneColor
}

// color is the one that all rows have, or def if they have different ones.
func (c *colored) color(def RGB) RGB {
	if c.single() {
		return RGB(c.colors.field.Bytes())
	}
	return def
}

// write changes n rows from offset on; n is 0 for points or colors that stay.
func (c *colored) write(fn string, offset int, points []byte, colors []byte) {
	n, k := len(points)/c.pointRow, len(colors)/c.colorRow
	if n > 0 && k > 0 && n != k {
		usage(fn, "%d points and %d colors: give as many, or leave one of them out", n, k)
	}
	checkPart(fn, offset, max(n, k), c.count())
	var ps []state.Patch
	if n > 0 {
		ps = append(ps, c.points.writes(offset, c.pointRow, points))
	}
	if k > 0 {
		if c.single() {
			each := c.each(c.count())
			copy(each[offset*c.colorRow:], colors)
			ps = append(ps, c.colors.writes(0, c.colorRow, each))
		} else {
			ps = append(ps, c.colors.writes(offset, c.colorRow, colors))
		}
	}
	c.patch(fn, ps...)
}

// each is the color that all rows have, for each of the first rows.
func (c *colored) each(rows int) []byte {
	return bytes.Repeat(c.colors.field.Bytes(), rows*c.colorRow/oneColor)
}

// add appends rows. Colors are one for each of them, one for all of them, or none
// where one color stands for all.
func (c *colored) add(fn string, points []byte, colors []byte) {
	n := len(points) / c.pointRow
	ps := c.addColors(fn, n, colors)
	if n > 0 {
		c.patch(fn, append([]state.Patch{c.points.writes(c.count(), c.pointRow, points)}, ps...)...)
	}
}

// addColors gives the change for the colors of n rows that are appended.
func (c *colored) addColors(fn string, n int, colors []byte) []state.Patch {
	count, k := c.count(), len(colors)/c.colorRow
	single := c.single() || k == 0 && c.colors.size() == oneColor
	if k == 1 {
		colors, k = bytes.Repeat(colors, n), n
	}
	switch {
	case k == 0 && (single || n == 0):
		return nil
	case k != n:
		usage(fn, "%d colors for %d that are appended; give one for each, or one for all of them", k, n)
	case single:
		return []state.Patch{c.colors.writes(0, c.colorRow, append(c.each(count), colors...))}
	}
	return []state.Patch{c.colors.writes(count, c.colorRow, colors)}
}

// cut keeps the first rows.
func (c *colored) cut(fn string, rows int) {
	checkKept(fn, rows, c.count())
	ps := []state.Patch{c.points.keeps(rows, c.pointRow)}
	if !c.single() {
		ps = append(ps, c.colors.keeps(rows, c.colorRow))
	}
	c.patch(fn, ps...)
}

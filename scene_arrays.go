package viser

import (
	"bytes"

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

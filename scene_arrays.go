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

func rgbsOf(a wire.Array) []RGB {
	data := a.Bytes()
	out := make([]RGB, len(data)/3)
	for i := range out {
		out[i] = RGB(data[3*i:])
	}
	return out
}

func vec3sOf(a wire.Array) [][3]float32 {
	xs := a.Float32s()
	out := make([][3]float32, len(xs)/3)
	for i := range out {
		out[i] = [3]float32(xs[3*i:])
	}
	return out
}

func quatsOf(a wire.Array) [][4]float32 {
	xs := a.Float32s()
	out := make([][4]float32, len(xs)/4)
	for i := range out {
		out[i] = [4]float32(xs[4*i:])
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

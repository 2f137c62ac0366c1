package wire

import (
	"bytes"
	"encoding/binary"
	"math"
)

// Array is a numeric array in its encoded form: contiguous little-endian elements. The shape is not part of
// it; the property determines the elements per row. The zero Array is null. Data is shared, not copied,
// from the Array into encoders and frames: never write to it after handing it over.
type Array struct {
	DType string // numpy's name of the element type: "<f2" "<f4" "<f8" "|u1" "<u2" "<u4" …
	Data  []byte
	Pages *Pages // has the bytes instead of Data, after the array was changed in part
}

// The element types that occur in the schema.
const (
	Float16 = "<f2"
	Float32 = "<f4"
	Float64 = "<f8"
	Uint8   = "|u1"
	Uint16  = "<u2"
	Uint32  = "<u4"
)

// IsNull reports whether a is null, such as an optional array that was not given.
func (a Array) IsNull() bool { return a.DType == "" }

// ItemSize is the size of one element in bytes, or 0 if the element type is not a number's.
func (a Array) ItemSize() int { return itemSize(a.DType) }

// Len is the number of elements.
func (a Array) Len() int {
	size := a.ItemSize()
	if size == 0 {
		return 0
	}
	if a.Pages != nil {
		return a.Pages.Len() / size
	}
	return len(a.Data) / size
}

// Bytes returns the elements' bytes, which must not be modified.
func (a Array) Bytes() []byte {
	if a.Pages != nil {
		return a.Pages.Bytes()
	}
	return a.Data
}

// itemSize supports numpy's integers and floats of one byte or little-endian order, and nothing else.
func itemSize(dtype string) int {
	switch dtype {
	case Uint8, "|i1":
		return 1
	case Uint16, "<i2", Float16:
		return 2
	case Uint32, "<i4", Float32:
		return 4
	case "<u8", "<i8", Float64:
		return 8
	}
	return 0
}

// Float32s copies v into an Array.
func Float32s(v []float32) Array { return Array{DType: Float32, Data: copied(v)} }

// Vec3s copies v into an Array of 32-bit floats, three a row.
func Vec3s(v [][3]float32) Array { return Float32s(flat3(v)) }

// Quats copies v into an Array of 32-bit floats, four a row.
func Quats(v [][4]float32) Array { return Float32s(flat4(v)) }

// Float64s copies v into an Array.
func Float64s(v []float64) Array { return Array{DType: Float64, Data: copied(v)} }

// Uint32s copies v into an Array.
func Uint32s(v []uint32) Array { return Array{DType: Uint32, Data: copied(v)} }

// Faces copies triangles, three vertex indices a row, into an Array.
func Faces(v [][3]uint32) Array { return Uint32s(flat3(v)) }

// Uint16s copies v into an Array.
func Uint16s(v []uint16) Array { return Array{DType: Uint16, Data: copied(v)} }

// Uint8s copies v into an Array.
func Uint8s(v []uint8) Array { return Array{DType: Uint8, Data: copied(v)} }

// RGBs copies colors, three bytes a row, into an Array.
func RGBs[C ~[3]uint8](v []C) Array { return Uint8s(flat3(v)) }

func putFloat32(b []byte, x float32) { binary.LittleEndian.PutUint32(b, math.Float32bits(x)) }

// Float32s copies the elements out as 32-bit floats. Half floats are converted; for other element
// types it returns nil.
func (a Array) Float32s() []float32 {
	out := make([]float32, a.Len())
	data := a.Bytes()
	switch a.DType {
	case Float32:
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
	case Float16:
		for i := range out {
			out[i] = fromHalf(binary.LittleEndian.Uint16(data[2*i:]))
		}
	default:
		return nil
	}
	return out
}

// Uint32s copies the elements out; for element types other than 32-bit unsigned integers it
// returns nil.
func (a Array) Uint32s() []uint32 {
	if a.DType != Uint32 {
		return nil
	}
	out := make([]uint32, a.Len())
	data := a.Bytes()
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return out
}

// Equal reports whether both have the same element type and bytes.
func (a Array) Equal(b Array) bool {
	return a.DType == b.DType && bytes.Equal(a.Bytes(), b.Bytes())
}

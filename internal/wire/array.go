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
func Float32s(v []float32) Array {
	data := make([]byte, 4*len(v))
	for i, x := range v {
		putFloat32(data[4*i:], x)
	}
	return Array{DType: Float32, Data: data}
}

// Vec3s copies v into an Array of 32-bit floats, three a row.
func Vec3s(v [][3]float32) Array {
	data := make([]byte, 12*len(v))
	for i := range v {
		row := data[12*i : 12*i+12]
		putFloat32(row, v[i][0])
		putFloat32(row[4:], v[i][1])
		putFloat32(row[8:], v[i][2])
	}
	return Array{DType: Float32, Data: data}
}

// Quats copies v into an Array of 32-bit floats, four a row.
func Quats(v [][4]float32) Array {
	data := make([]byte, 16*len(v))
	for i := range v {
		for k, x := range v[i] {
			putFloat32(data[16*i+4*k:], x)
		}
	}
	return Array{DType: Float32, Data: data}
}

// Float64s copies v into an Array.
func Float64s(v []float64) Array {
	data := make([]byte, 8*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint64(data[8*i:], math.Float64bits(x))
	}
	return Array{DType: Float64, Data: data}
}

// Uint32s copies v into an Array.
func Uint32s(v []uint32) Array {
	data := make([]byte, 4*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint32(data[4*i:], x)
	}
	return Array{DType: Uint32, Data: data}
}

// Faces copies triangles, three vertex indices a row, into an Array.
func Faces(v [][3]uint32) Array {
	data := make([]byte, 12*len(v))
	for i := range v {
		row := data[12*i : 12*i+12]
		binary.LittleEndian.PutUint32(row, v[i][0])
		binary.LittleEndian.PutUint32(row[4:], v[i][1])
		binary.LittleEndian.PutUint32(row[8:], v[i][2])
	}
	return Array{DType: Uint32, Data: data}
}

// Uint16s copies v into an Array.
func Uint16s(v []uint16) Array {
	data := make([]byte, 2*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint16(data[2*i:], x)
	}
	return Array{DType: Uint16, Data: data}
}

// Uint8s copies v into an Array.
func Uint8s(v []uint8) Array {
	data := make([]byte, len(v))
	copy(data, v)
	return Array{DType: Uint8, Data: data}
}

// RGBs copies colors, three bytes a row, into an Array.
func RGBs(v [][3]uint8) Array {
	data := make([]byte, 0, 3*len(v))
	for i := range v {
		data = append(data, v[i][0], v[i][1], v[i][2])
	}
	return Array{DType: Uint8, Data: data}
}

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

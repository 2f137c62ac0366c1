package wire

import (
	"encoding/binary"
	"math"
	"slices"
)

// Poses are by far the most frequent messages, so these two are handwritten: one growth check, then
// plain appends. A test compares them with the generated encoders.

// SetPosition writes a whole SetPositionMessage. It allocates nothing once B is large enough.
func (e *Encoder) SetPosition(name, owner string, p [3]float64) {
	b := slices.Grow(e.B, len(name)+len(owner)+96)
	b = append(b, "\x84\xa4name"...)
	b = appendString(b, name)
	b = append(b, "\xa8position\x93"...)
	b = appendFloat(b, p[0])
	b = appendFloat(b, p[1])
	b = appendFloat(b, p[2])
	b = append(b, "\xa5owner"...)
	b = appendString(b, owner)
	e.B = append(b, "\xa4type\xb2SetPositionMessage"...)
}

// SetOrientation writes a whole SetOrientationMessage. It allocates nothing once B is large enough.
func (e *Encoder) SetOrientation(name, owner string, wxyz [4]float64) {
	b := slices.Grow(e.B, len(name)+len(owner)+104)
	b = append(b, "\x84\xa4name"...)
	b = appendString(b, name)
	b = append(b, "\xa4wxyz\x94"...)
	b = appendFloat(b, wxyz[0])
	b = appendFloat(b, wxyz[1])
	b = appendFloat(b, wxyz[2])
	b = appendFloat(b, wxyz[3])
	b = append(b, "\xa5owner"...)
	b = appendString(b, owner)
	e.B = append(b, "\xa4type\xb5SetOrientationMessage"...)
}

func appendFloat(b []byte, f float64) []byte {
	b = append(b, 0xcb)
	return binary.BigEndian.AppendUint64(b, math.Float64bits(f))
}

package ply

import (
	"encoding/binary"
	"math"

	"github.com/viser-go/viser/formats/internal/window"
)

// binaryValues reads numbers in one of the two byte orders.
type binaryValues struct {
	s     *window.Window
	order binary.ByteOrder
}

func (b *binaryValues) value(t scalar) (float64, error) {
	if !b.s.Want(t.size()) {
		return 0, b.s.Fault()
	}
	return decode(t, b.order, b.s.Take(t.size())), nil
}

// decode reads the number at the start of b.
func decode(t scalar, order binary.ByteOrder, b []byte) float64 {
	switch t {
	case int8Type:
		return float64(int8(b[0]))
	case uint8Type:
		return float64(b[0])
	case int16Type:
		return float64(int16(order.Uint16(b)))
	case uint16Type:
		return float64(order.Uint16(b))
	case int32Type:
		return float64(int32(order.Uint32(b)))
	case uint32Type:
		return float64(order.Uint32(b))
	case float32Type:
		return float64(math.Float32frombits(order.Uint32(b)))
	default:
		return math.Float64frombits(order.Uint64(b))
	}
}

// integers handles the three types of nearly all faces inline; the others are converted by float64,
// which represents every 32-bit integer.
func (b *binaryValues) integers(t scalar, dst []int64) error {
	size := t.size()
	if !b.s.Want(size * len(dst)) {
		return b.s.Fault()
	}
	raw := b.s.Take(size * len(dst))
	little := b.order == binary.LittleEndian
	switch {
	case t == int32Type && little:
		for i := range dst {
			dst[i] = int64(int32(binary.LittleEndian.Uint32(raw[4*i:])))
		}
	case t == uint32Type && little:
		for i := range dst {
			dst[i] = int64(binary.LittleEndian.Uint32(raw[4*i:]))
		}
	case t == uint8Type:
		for i := range dst {
			dst[i] = int64(raw[i])
		}
	default:
		for i := range dst {
			n, err := wholeFloat(decode(t, b.order, raw[size*i:]))
			if err != nil {
				return err
			}
			dst[i] = n
		}
	}
	return nil
}

func (b *binaryValues) skip(t scalar, n uint64) error {
	return b.s.Discard(window.Times(n, uint64(t.size())))
}

// column decodes the same number of many rows that lie one behind the other: len(dst) rows of stride
// bytes, the number being offset bytes into each. The type is looked at once, not once per number.
func column(dst []float64, t scalar, order binary.ByteOrder, rows []byte, offset, stride int) {
	if order == binary.LittleEndian {
		switch t {
		case float32Type:
			for i := range dst {
				dst[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(rows[i*stride+offset:])))
			}
			return
		case float64Type:
			for i := range dst {
				dst[i] = math.Float64frombits(binary.LittleEndian.Uint64(rows[i*stride+offset:]))
			}
			return
		}
	}
	if t == uint8Type {
		for i := range dst {
			dst[i] = float64(rows[i*stride+offset])
		}
		return
	}
	for i := range dst {
		dst[i] = decode(t, order, rows[i*stride+offset:])
	}
}

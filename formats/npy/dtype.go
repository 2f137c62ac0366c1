package npy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
)

// dtype is the type of an element.
type dtype struct {
	text   string
	kind   byte // 'b' bool, 'i', 'u', 'f'; 'V' is structured
	size   int  // of an element in the file
	order  binary.ByteOrder
	fields []field // of 'V'
}

// field is a part of a structured element.
type field struct {
	name   string
	dtype  *dtype
	err    error // why it cannot be read
	offset int
	shape  []int
}

// dtypeError is the error of a type that is not read.
type dtypeError struct{ text string }

func (e *dtypeError) Error() string {
	if strings.HasSuffix(e.text, "O") {
		return "Python objects are not read, as they may be programs"
	}
	return fmt.Sprintf("the type %.40q is not read; bool, integers, and floating point numbers of 16, 32 and 64 bits are", e.text)
}

const (
	maxFields   = 1 << 10
	maxItemSize = 128 << 10
)

// dtypeOf reads what a header says of the type.
func dtypeOf(v any) (*dtype, error) {
	switch v := v.(type) {
	case string:
		return simpleType(v)
	case tuple:
		return structuredType(v)
	}
	return nil, errors.New("the header does not say the type of the elements")
}

func simpleType(text string) (*dtype, error) {
	d := &dtype{text: cloud.Printable(text), order: binary.LittleEndian}
	unread := &dtypeError{d.text}
	rest := strings.TrimLeft(text, "<>=|")
	if strings.HasPrefix(text, ">") {
		d.order = binary.BigEndian
	}
	if len(rest) < 2 || len(text)-len(rest) > 1 {
		return nil, unread
	}
	var err error
	if d.size, err = strconv.Atoi(rest[1:]); err != nil {
		return nil, unread
	}
	d.kind = rest[0]
	valid := d.size == 1 || d.size == 2 || d.size == 4 || d.size == 8
	switch d.kind {
	case 'b':
		valid = d.size == 1
	case 'f':
		valid = valid && d.size > 1
	case 'i', 'u':
	default:
		valid = false
	}
	if !valid {
		return nil, unread
	}
	return d, nil
}

// unreadSize is the size of a simple type that is not read; false if that is not known either.
func unreadSize(text string) (size int, ok bool) {
	rest := strings.TrimLeft(text, "<>=|")
	if rest == "" {
		return 0, false
	}
	digits, _, _ := strings.Cut(rest[1:], "[")
	n, err := strconv.Atoi(digits)
	switch {
	case err != nil || n < 0 || n > maxItemSize:
		return 0, false
	case rest[0] == 'U':
		return 4 * n, true
	}
	return n, strings.IndexByte("SVcfmMa", rest[0]) >= 0
}

func structuredType(list tuple) (*dtype, error) {
	d := &dtype{text: "structured", kind: 'V'}
	if len(list) == 0 || len(list) > maxFields {
		return nil, fmt.Errorf("a structured type has 1 to %d fields, not %d", maxFields, len(list))
	}
	for _, item := range list {
		parts, ok := item.(tuple)
		if !ok || len(parts) < 2 || len(parts) > 3 {
			return nil, errors.New("a field of a structured type needs a name and a type")
		}
		f := field{offset: d.size}
		switch name := parts[0].(type) {
		case string:
			f.name = name
		case tuple: // a title and a name
			if len(name) == 2 {
				f.name, _ = name[1].(string)
			}
		}
		f.name = cloud.Printable(f.name)
		size, err := f.setType(parts[1])
		if err != nil {
			return nil, err
		}
		count := 1
		if len(parts) == 3 {
			shape, ok := parts[2].(tuple)
			if n, single := parts[2].(int64); single {
				shape, ok = tuple{n}, true
			}
			if !ok || len(shape) > maxAxes {
				return nil, errors.New("the shape of a field must be a tuple")
			}
			if f.shape, err = lengths(shape); err != nil {
				return nil, err
			}
			for _, n := range f.shape {
				count = min(count*min(n, maxItemSize+1), maxItemSize+1)
			}
		}
		if d.size += size * count; d.size > maxItemSize {
			return nil, fmt.Errorf("an element has more than %d bytes", maxItemSize)
		}
		d.fields = append(d.fields, f)
	}
	return d, nil
}

// setType sets the type of a field, or why it is not read, and returns its size.
func (f *field) setType(v any) (size int, err error) {
	f.dtype, f.err = dtypeOf(v)
	var unread *dtypeError
	switch {
	case f.err == nil && f.dtype.kind == 'V':
		size, f.dtype, f.err = f.dtype.size, nil, errors.New("a structure in a structure is not read")
		return size, nil
	case f.err == nil:
		return f.dtype.size, nil
	case errors.As(f.err, &unread):
		if size, ok := unreadSize(unread.text); ok {
			return size, nil
		}
	}
	return 0, f.err
}

// float16 is the value of a floating point number of 16 bits.
func float16(bits uint16) float32 {
	sign, exponent, fraction := uint32(bits>>15)<<31, bits>>10&0x1f, uint32(bits&0x3ff)
	switch exponent {
	case 0:
		v := float32(fraction) * 0x1p-24
		if sign != 0 {
			return -v
		}
		return v
	case 0x1f:
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (uint32(exponent)+112)<<23 | fraction<<13)
}

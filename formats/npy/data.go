package npy

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/viser-go/viser/formats/internal/window"
)

// readData reads the numbers. exact says that the file has been seen to be long enough for them.
func (h *header) readData(w *window.Window, exact bool) (*Array, error) {
	a := &Array{Shape: h.shape, DType: h.dtype.text}
	n := a.Len()
	if h.dtype.kind != 'V' {
		c := newChannel(h.dtype, n, exact)
		err := eachRow(w, h.dtype.size, n, func(rows []byte) { c.add(rows, 0, h.dtype.size, 1) })
		a.Data = c.result()
		if h.fortran && err == nil {
			a.Data = transpose(a.Data, h.shape)
		}
		return a, err
	}
	var channels []*channel
	var fields []field
	for _, f := range h.dtype.fields {
		switch {
		case f.err != nil && f.name != "":
			a.Skipped = append(a.Skipped, fmt.Sprintf("field %.40q: %v", f.name, f.err))
		case f.err == nil:
			part := &Array{Name: f.name, Shape: append(append([]int{}, h.shape...), f.shape...), DType: f.dtype.text}
			a.Fields, fields = append(a.Fields, part), append(fields, f)
			channels = append(channels, newChannel(f.dtype, part.Len(), exact))
		}
	}
	stride := h.dtype.size
	err := eachRow(w, stride, n, func(rows []byte) {
		for i, c := range channels {
			count := 1
			for _, length := range fields[i].shape {
				count *= length
			}
			c.add(rows, fields[i].offset, stride, count)
		}
	})
	for i, c := range channels {
		a.Fields[i].Data = c.result()
		if h.fortran && len(h.shape) > 1 {
			return nil, fmt.Errorf("structured arrays of %d axes in Fortran order are not read", len(h.shape))
		}
	}
	return a, err
}

// eachRow calls f with all n rows, some at a time.
func eachRow(w *window.Window, stride, n int, f func(rows []byte)) error {
	if stride == 0 {
		return nil
	}
	for n > 0 {
		rows, err := w.Rows(stride, n)
		if err != nil {
			return err
		}
		f(rows)
		n -= len(rows) / stride
	}
	return nil
}

// channel collects numbers of a type.
type channel struct {
	dtype *dtype
	total int
	exact bool
	data  any
	plain []byte // numbers side by side, of rows that have others between
}

func newChannel(d *dtype, total int, exact bool) *channel {
	c := &channel{dtype: d, total: total, exact: exact}
	switch string([]byte{d.kind, '0' + byte(d.size)}) {
	case "b1":
		c.data = []bool(nil)
	case "i1":
		c.data = []int8(nil)
	case "u1":
		c.data = []uint8(nil)
	case "i2":
		c.data = []int16(nil)
	case "u2":
		c.data = []uint16(nil)
	case "i4":
		c.data = []int32(nil)
	case "u4":
		c.data = []uint32(nil)
	case "i8":
		c.data = []int64(nil)
	case "u8":
		c.data = []uint64(nil)
	case "f2", "f4":
		c.data = []float32(nil)
	case "f8":
		c.data = []float64(nil)
	}
	return c
}

// result is the slice, never a nil one.
func (c *channel) result() any {
	c.add(nil, 0, 1, 0)
	return c.data
}

// add appends count numbers of each row, from an offset on.
func (c *channel) add(rows []byte, offset, stride, count int) {
	plain := rows
	if width := count * c.dtype.size; width != stride && len(rows) > 0 {
		c.plain = c.plain[:0]
		for at := offset; at < len(rows); at += stride {
			c.plain = append(c.plain, rows[at:at+width]...)
		}
		plain = c.plain
	}
	n := len(plain) / c.dtype.size
	switch data := c.data.(type) {
	case []bool:
		data, tail := extend(data, n, c)
		for i, v := range plain {
			tail[i] = v != 0
		}
		c.data = data
	case []uint8:
		data, tail := extend(data, n, c)
		copy(tail, plain)
		c.data = data
	case []int8:
		c.data = decode(data, plain, n, c)
	case []int16:
		c.data = decode(data, plain, n, c)
	case []uint16:
		c.data = decode(data, plain, n, c)
	case []int32:
		c.data = decode(data, plain, n, c)
	case []uint32:
		c.data = decode(data, plain, n, c)
	case []int64:
		c.data = decode(data, plain, n, c)
	case []uint64:
		c.data = decode(data, plain, n, c)
	case []float64:
		c.data = decode(data, plain, n, c)
	case []float32:
		if c.dtype.size == 4 {
			c.data = decode(data, plain, n, c)
			return
		}
		data, tail := extend(data, n, c)
		for i := range tail {
			tail[i] = float16(c.dtype.order.Uint16(plain[2*i:]))
		}
		c.data = data
	}
}

// decode appends n numbers.
func decode[T any](data []T, plain []byte, n int, c *channel) []T {
	data, tail := extend(data, n, c)
	switch tail := any(tail).(type) {
	case []float32:
		if c.dtype.order == binary.LittleEndian {
			littleFloats(tail, plain)
			return data
		}
	case []float64:
		if c.dtype.order == binary.LittleEndian {
			for i := range tail {
				tail[i] = math.Float64frombits(binary.LittleEndian.Uint64(plain[8*i:]))
			}
			return data
		}
	}
	binary.Decode(plain, c.dtype.order, tail) // has a faster path for slices of numbers, and enough bytes
	return data
}

// littleFloats decodes numbers: several at a time, whose places are constants, so that no bounds are checked for each.
func littleFloats(dst []float32, src []byte) {
	const n = 8
	for len(dst) >= n && len(src) >= 4*n {
		d, s := (*[n]float32)(dst), (*[4 * n]byte)(src)
		d[0] = math.Float32frombits(binary.LittleEndian.Uint32(s[0:4]))
		d[1] = math.Float32frombits(binary.LittleEndian.Uint32(s[4:8]))
		d[2] = math.Float32frombits(binary.LittleEndian.Uint32(s[8:12]))
		d[3] = math.Float32frombits(binary.LittleEndian.Uint32(s[12:16]))
		d[4] = math.Float32frombits(binary.LittleEndian.Uint32(s[16:20]))
		d[5] = math.Float32frombits(binary.LittleEndian.Uint32(s[20:24]))
		d[6] = math.Float32frombits(binary.LittleEndian.Uint32(s[24:28]))
		d[7] = math.Float32frombits(binary.LittleEndian.Uint32(s[28:32]))
		dst, src = dst[n:], src[4*n:]
	}
	for i := range dst {
		dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:]))
	}
}

// extend makes a slice longer by n items, and returns these as well. Arrays grow with what has been read, unless the
// total is known to be possible.
func extend[T any](s []T, n int, c *channel) (all, tail []T) {
	before := len(s)
	if cap(s)-before < n || s == nil {
		next := max(2*cap(s), before+n)
		if c.exact || next > c.total {
			next = max(c.total, before+n)
		}
		grown := make([]T, before, next)
		copy(grown, s)
		s = grown
	}
	s = s[:before+n]
	return s, s[before:]
}

// transpose turns Fortran order, in which the first index changes fastest, into C order.
func transpose(data any, shape []int) any {
	if len(shape) < 2 {
		return data
	}
	switch data := data.(type) {
	case []bool:
		return transposed(data, shape)
	case []int8:
		return transposed(data, shape)
	case []uint8:
		return transposed(data, shape)
	case []int16:
		return transposed(data, shape)
	case []uint16:
		return transposed(data, shape)
	case []int32:
		return transposed(data, shape)
	case []uint32:
		return transposed(data, shape)
	case []int64:
		return transposed(data, shape)
	case []uint64:
		return transposed(data, shape)
	case []float32:
		return transposed(data, shape)
	case []float64:
		return transposed(data, shape)
	}
	return data
}

func transposed[T any](data []T, shape []int) []T {
	out := make([]T, len(data))
	steps := make([]int, len(shape)) // between neighbors along each axis, in Fortran order
	step := 1
	for axis, n := range shape {
		steps[axis] = step
		step *= n
	}
	index := make([]int, len(shape))
	at := 0
	for i := range out {
		out[i] = data[at]
		for axis := len(shape) - 1; axis >= 0; axis-- {
			if index[axis]++; index[axis] < shape[axis] {
				at += steps[axis]
				break
			}
			at -= steps[axis] * (shape[axis] - 1)
			index[axis] = 0
		}
	}
	return out
}

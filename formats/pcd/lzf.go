package pcd

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/viser-go/viser/formats/cloud"
)

const (
	lzfHistory = 8 << 10 // how far back a reference goes
	lzfMost    = 264     // the most bytes of one reference
	lzfBuffer  = 32 << 10
)

var errLZF = errors.New("the compressed data is damaged: a reference leads to before the beginning")

// lzf decompresses a part of the data at a time.
type lzf struct {
	in     []byte
	out    []byte // the last bytes: history, and then those that were not used
	lo, hi int    // out[lo:hi] was not used
}

func newLZF(in []byte) *lzf { return &lzf{in: in, out: make([]byte, lzfBuffer)} }

// clone is a decompressor that goes on independently.
func (z *lzf) clone() *lzf {
	c := *z
	c.out = make([]byte, lzfBuffer)
	copy(c.out, z.out[:z.hi])
	return &c
}

// fill decompresses until at least n bytes can be used, n being at most half of the buffer.
func (z *lzf) fill(n int) error {
	if z.hi-z.lo >= n {
		return nil
	}
	if keep := max(0, z.lo-lzfHistory); keep > 0 {
		z.hi = copy(z.out, z.out[keep:z.hi])
		z.lo -= keep
	}
	for len(z.in) > 0 && z.hi+lzfMost <= len(z.out) {
		if err := z.step(); err != nil {
			return err
		}
	}
	if z.hi-z.lo < n {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// step decompresses a run of bytes, or a reference to earlier ones.
func (z *lzf) step() error {
	control := int(z.in[0])
	z.in = z.in[1:]
	if control < 32 {
		if len(z.in) < control+1 {
			return io.ErrUnexpectedEOF
		}
		z.hi += copy(z.out[z.hi:], z.in[:control+1])
		z.in = z.in[control+1:]
		return nil
	}
	length := control >> 5
	if length == 7 {
		if len(z.in) == 0 {
			return io.ErrUnexpectedEOF
		}
		length += int(z.in[0])
		z.in = z.in[1:]
	}
	length += 2
	if len(z.in) == 0 {
		return io.ErrUnexpectedEOF
	}
	from := z.hi - (control&31)<<8 - int(z.in[0]) - 1
	z.in = z.in[1:]
	if from < 0 {
		return errLZF
	}
	for i := range length { // the ranges may overlap
		z.out[z.hi+i] = z.out[from+i]
	}
	z.hi += length
	return nil
}

// next returns the next n bytes, at most half of the buffer. They are valid until the next call.
func (z *lzf) next(n int) ([]byte, error) {
	if err := z.fill(n); err != nil {
		return nil, err
	}
	z.lo += n
	return z.out[z.lo-n : z.lo], nil
}

// skip passes over n bytes.
func (z *lzf) skip(n uint64) error {
	for n > 0 {
		step := min(n, lzfBuffer/4)
		if _, err := z.next(int(step)); err != nil {
			return err
		}
		n -= step
	}
	return nil
}

// compressed has a decompressor for each field, since the numbers of a field are side by side: all x, then all y.
type compressed struct {
	fields []*lzf // nil before the first call of Next
	start  *lzf
}

// openCompressed reads all of the compressed data.
func openCompressed(s *Source, size int64) (*compressed, error) {
	sizes, err := s.window.Next(8)
	if err != nil {
		return nil, err
	}
	packed, plain := binary.LittleEndian.Uint32(sizes), binary.LittleEndian.Uint32(sizes[4:])
	if want := s.header.Points * uint64(s.layout.stride); s.header.Points > 1<<32 || uint64(plain) != want {
		return nil, fmt.Errorf("%d points of %d bytes cannot be %d bytes", s.header.Points, s.layout.stride, plain)
	}
	left := size - s.window.Offset()
	if size > 0 && int64(packed) > left {
		return nil, &shortfall{uint64(packed), max(0, left)}
	}
	var data []byte
	if size > 0 {
		data = make([]byte, 0, packed)
	}
	for need := int(packed); need > 0; {
		if !s.window.Want(1) {
			return nil, s.window.Fault()
		}
		some := s.window.Take(min(need, len(s.window.Rest())))
		data = append(data, some...)
		need -= len(some)
	}
	return &compressed{start: newLZF(data)}, nil
}

// split finds where each of the needed fields begins.
func (p *compressed) split(s *Source) error {
	p.fields = make([]*lzf, len(s.header.Fields))
	needed := make([]bool, len(s.header.Fields))
	last := 0
	s.each(&cloud.Batch{Fields: make([][]float32, len(s.selected))}, func(i int, c *column, _ *setter) error {
		needed[c.field], last = true, max(last, c.field)
		return nil
	})
	for i, f := range s.header.Fields[:last+1] {
		if needed[i] {
			p.fields[i] = p.start.clone()
		}
		if i < last {
			if err := p.start.skip(s.header.Points * uint64(f.Size) * uint64(f.Count)); err != nil {
				return err
			}
		}
	}
	p.start = nil
	return nil
}

// nextCompressed decodes n points.
func (s *Source) nextCompressed(b *cloud.Batch, n int) error {
	if s.packed.fields == nil {
		if err := s.packed.split(s); err != nil {
			return err
		}
	}
	for _, f := range s.header.Fields {
		if row := f.Size * f.Count; row > 0 {
			n = max(1, min(n, lzfBuffer/2/row))
		}
	}
	s.resize(b, n)
	field, rows := -1, []byte(nil)
	return s.each(b, func(_ int, c *column, set *setter) (err error) {
		f := s.header.Fields[c.field]
		if c.field != field {
			field = c.field
			if rows, err = s.packed.fields[field].next(n * f.Size * f.Count); err != nil {
				return err
			}
		}
		set.rows(c, rows[c.within*f.Size:], f.Size*f.Count)
		return nil
	})
}

package splat

import (
	"io"
	"math"
)

// told passes bytes on, and calls a function about once per MiB with their number.
type told struct {
	r        io.Reader
	read     int64
	last     int64
	progress func(int64)
}

func (t *told) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	t.read += int64(n)
	if t.progress != nil && t.read-t.last >= progressStep {
		t.last = t.read
		t.progress(t.read)
	}
	return n, err
}

// counted is a stream of unpacked bytes, and how many of them have been used.
type counted struct {
	r      io.Reader
	offset int64
}

// fill reads exactly len(b) bytes.
func (c *counted) fill(b []byte) error {
	n, err := io.ReadFull(c.r, b)
	c.offset += int64(n)
	return err
}

// firstBytes is how much is allocated before anything has been read.
const firstBytes = 1 << 20

// take reads n bytes into memory that grows with them.
func (c *counted) take(n int64) ([]byte, error) {
	b := make([]byte, min(n, firstBytes))
	for have := int64(0); ; {
		if err := c.fill(b[have:]); err != nil {
			return nil, err
		}
		if have = int64(len(b)); have == n {
			return b, nil
		}
		grown := make([]byte, min(n, 4*have))
		copy(grown, b)
		b = grown
	}
}

// skip passes over n bytes.
func (c *counted) skip(n int64) error {
	got, err := io.CopyN(io.Discard, c.r, n)
	c.offset += got
	return err
}

// allocate makes room for n splats of a degree, whose bytes have been read or are limited.
func (s *Splats) allocate(n, degree int) {
	s.Degree = degree
	s.Centers, s.Scales = make([][3]float32, 0, n), make([][3]float32, 0, n)
	s.WXYZs, s.Colors, s.Opacities = make([][4]float32, 0, n), make([][3]uint8, 0, n), make([]float32, 0, n)
	s.Harmonics = makeHarmonics(n * HarmonicsOf(degree))
}

// halfFloat is the number of 16 bits.
func halfFloat(h uint16) float32 {
	sign, exponent, fraction := uint32(h>>15)<<31, uint32(h>>10&31), uint32(h&1023)
	switch exponent {
	case 0:
		return math.Float32frombits(sign | math.Float32bits(float32(fraction)*(1.0/(1<<24))))
	case 31:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}

// smallestThree returns a unit quaternion of which the largest component is not stored: the others are in order in
// small, and follow each other with the gap at largest.
func smallestThree(largest int, small [3]float64) (q [4]float64) {
	square := 0.0
	for i, k := 0, 0; i < 4; i++ {
		if i != largest {
			q[i] = small[k]
			square += q[i] * q[i]
			k++
		}
	}
	q[largest] = math.Sqrt(max(0, 1-square))
	return q
}

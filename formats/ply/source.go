package ply

import (
	"io"
	"math"
)

const (
	// bufferSize is what is held of the file at a time. Every fixed row fits (maxProperties * 8 bytes).
	bufferSize = 256 << 10
	// progressStep is how many bytes pass between two calls of Options.Progress.
	progressStep = 1 << 20
	// emptyReads is how often a reader may return nothing at all before it is given up.
	emptyReads = 100
)

// source is a window on the file that moves forward. It hands out bytes without copying them.
type source struct {
	r        io.Reader
	buf      []byte
	lo, hi   int   // buf[lo:hi] has been read and not used
	base     int64 // the file's offset of buf[0]
	err      error // the error of r at its end
	line     int64 // the line of the next byte, counted from 1, while the file is text
	progress func(int64)
	told     int64
}

func newSource(r io.Reader, progress func(int64)) *source {
	return &source{r: r, buf: make([]byte, bufferSize), line: 1, progress: progress}
}

// offset is the number of bytes used so far.
func (s *source) offset() int64 { return s.base + int64(s.lo) }

// rest is what can be had without reading.
func (s *source) rest() []byte { return s.buf[s.lo:s.hi] }

// want makes at least n bytes available in rest, n being at most bufferSize. It returns false when the file ends
// before that; rest then has the remaining bytes, and fault returns the reason.
func (s *source) want(n int) bool {
	if s.hi-s.lo >= n {
		return true
	}
	if s.lo > 0 {
		s.base += int64(s.lo)
		s.hi = copy(s.buf, s.buf[s.lo:s.hi])
		s.lo = 0
	}
	for idle := 0; s.hi < n && s.err == nil; {
		got, err := s.r.Read(s.buf[s.hi:])
		s.hi += got
		s.err = err
		if got > 0 {
			idle = 0
		} else if idle++; idle >= emptyReads && err == nil {
			s.err = io.ErrNoProgress
		}
	}
	s.report()
	return s.hi >= n
}

// report calls the progress function when enough has been read since the last call.
func (s *source) report() {
	if read := s.base + int64(s.hi); s.progress != nil && read-s.told >= progressStep {
		s.told = read
		s.progress(read)
	}
}

// fault is the error of a file that has no more bytes where some are needed.
func (s *source) fault() error {
	if s.err == nil || s.err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return s.err
}

// take consumes n bytes that want has made available.
func (s *source) take(n int) []byte {
	b := s.buf[s.lo : s.lo+n]
	s.lo += n
	return b
}

// discard passes over n bytes.
func (s *source) discard(n uint64) error {
	for n > 0 {
		if !s.want(1) {
			return s.fault()
		}
		step := min(n, uint64(s.hi-s.lo))
		s.lo += int(step)
		n -= step
	}
	return nil
}

// times multiplies, and stays at the largest number instead of wrapping around.
func times(a, b uint64) uint64 {
	if a != 0 && b > math.MaxUint64/a {
		return math.MaxUint64
	}
	return a * b
}

// plus adds, and stays at the largest number instead of wrapping around.
func plus(a, b uint64) uint64 {
	if b > math.MaxUint64-a {
		return math.MaxUint64
	}
	return a + b
}

// Package window is a window on a file that moves forward. Readers of formats get bytes from it without copies, in
// large blocks, and know at any time how far they are.
package window

import (
	"bytes"
	"io"
	"math"
)

const (
	// Size is what is held of the file at a time, and so the most that Want can make available.
	Size = 256 << 10
	// smallSize is what is held of a file that may be small.
	smallSize = 8 << 10
	// progressStep is how many bytes pass between two calls of the progress function.
	progressStep = 1 << 20
	// emptyReads is how often a reader may return nothing at all before it is given up.
	emptyReads = 100
)

// Window hands out the bytes of a reader. It is used by one goroutine at a time.
type Window struct {
	// Line is the line of the next byte, counted from 1, while the file is text. Its reader counts.
	Line int64
	// Err is the error of the reader at its end.
	Err error

	r        io.Reader
	buf      []byte
	lo, hi   int   // buf[lo:hi] has been read and not used
	base     int64 // the file's offset of buf[0]
	progress func(int64)
	told     int64
}

// New makes a window on r. progress may be nil; it is called about once per MiB with the number of bytes read so far.
func New(r io.Reader, progress func(read int64)) *Window {
	return &Window{r: r, buf: make([]byte, smallSize), Line: 1, progress: progress}
}

// Offset is the number of bytes used so far.
func (w *Window) Offset() int64 { return w.base + int64(w.lo) }

// Rest is what can be had without reading. It is valid until the next call of Want, Discard or Next.
func (w *Window) Rest() []byte { return w.buf[w.lo:w.hi] }

// Want makes at least n bytes available in Rest, n being at most Size. It returns false when the file ends
// before that; Rest then has the remaining bytes, and Fault returns the reason.
func (w *Window) Want(n int) bool {
	if w.hi-w.lo >= n {
		return true
	}
	buf := w.buf
	if len(buf) < Size && (w.base+int64(w.hi) >= smallSize || n > len(buf)) {
		buf = make([]byte, Size)
	}
	w.base += int64(w.lo)
	w.hi = copy(buf, w.buf[w.lo:w.hi])
	w.lo, w.buf = 0, buf
	for idle := 0; w.hi < n && w.Err == nil; {
		got, err := w.r.Read(w.buf[w.hi:])
		w.hi += got
		w.Err = err
		if got > 0 {
			idle = 0
		} else if idle++; idle >= emptyReads && err == nil {
			w.Err = io.ErrNoProgress
		}
	}
	w.report()
	return w.hi >= n
}

// report calls the progress function when enough has been read since the last call.
func (w *Window) report() {
	if read := w.base + int64(w.hi); w.progress != nil && read-w.told >= progressStep {
		w.told = read
		w.progress(read)
	}
}

// Fault is the error of a file that has no more bytes where some are needed.
func (w *Window) Fault() error {
	if w.Err == nil || w.Err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return w.Err
}

// Take consumes n bytes that Want has made available.
func (w *Window) Take(n int) []byte {
	b := w.buf[w.lo : w.lo+n]
	w.lo += n
	return b
}

// Next is Want and Take: exactly n bytes, at most Size; or those that remain, and the error of Fault.
func (w *Window) Next(n int) ([]byte, error) {
	if !w.Want(n) {
		return w.Rest(), w.Fault()
	}
	return w.Take(n), nil
}

// Rows takes whole rows of stride bytes each, at least one and at most most of them. It fails as Fault says if there
// is not even one.
func (w *Window) Rows(stride, most int) ([]byte, error) {
	most = max(1, min(most, Size/stride))
	if !w.Want(most*stride) && len(w.Rest()) < stride {
		return nil, w.Fault()
	}
	return w.Take(min(most, len(w.Rest())/stride) * stride), nil
}

// Discard passes over n bytes.
func (w *Window) Discard(n uint64) error {
	for n > 0 {
		if !w.Want(1) {
			return w.Fault()
		}
		step := min(n, uint64(w.hi-w.lo))
		w.lo += int(step)
		n -= step
	}
	return nil
}

// ReadLine takes a line of at most most bytes, and counts it. It comes without its end, LF or CR LF; the last line of
// a file needs none. At the end of the file the error is io.EOF; long is true for a line that is too long.
func (w *Window) ReadLine(most int) (line []byte, long bool, err error) {
	for have := 0; ; {
		if i := bytes.IndexByte(w.Rest()[have:], '\n'); i >= 0 {
			if have+i > most+1 {
				return nil, true, nil
			}
			w.Line++
			return trimCR(w.Take(have + i + 1)[:have+i]), false, nil
		}
		if have = len(w.Rest()); have > most {
			return nil, true, nil
		}
		if !w.Want(have + 1) {
			return w.lastLine()
		}
	}
}

func (w *Window) lastLine() (line []byte, long bool, err error) {
	if err := w.Fault(); err != io.ErrUnexpectedEOF {
		return nil, false, err
	}
	if len(w.Rest()) == 0 {
		return nil, false, io.EOF
	}
	w.Line++
	return trimCR(w.Take(len(w.Rest()))), false, nil
}

func trimCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// Times multiplies, and stays at the largest number instead of wrapping around.
func Times(a, b uint64) uint64 {
	if a != 0 && b > math.MaxUint64/a {
		return math.MaxUint64
	}
	return a * b
}

// Plus adds, and stays at the largest number instead of wrapping around.
func Plus(a, b uint64) uint64 {
	if b > math.MaxUint64-a {
		return math.MaxUint64
	}
	return a + b
}

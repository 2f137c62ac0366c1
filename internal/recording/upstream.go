package recording

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/klauspost/compress/zstd"
	"github.com/tinylib/msgp/msgp"
)

// Files of upstream viser are one zstd frame. They are unpacked when they are opened, to memory or to a temporary file,
// and passed through once.

const (
	inMemory      = 64 << 20 // files that have more unpacked go to a temporary file
	maxWindow     = 128 << 20
	upstreamRatio = 4096 // between unpacked and packed size; unpackFree is always allowed
)

// An upstreamFile is a file of upstream viser, unpacked.
type upstreamFile struct {
	r    io.ReaderAt
	size int64
	old  bool // arrays are byte strings in the messages
}

func (r *Reader) openUpstream(at io.ReaderAt, size int64, o OpenOptions) error {
	head, err := readWhole(at, 0, 8, size)
	if err != nil {
		return err
	}
	announced := le.Uint64(head)
	if limit := uint64(max(unpackFree, min(o.MaxUnpacked, upstreamRatio*size))); announced > limit {
		return fmt.Errorf("the file says that it has %d bytes unpacked, more than the %d allowed for its %d bytes", announced, limit, size)
	}
	if announced == 0 {
		return errors.New("this is not a recording: it has no bytes unpacked")
	}
	f, cut, err := r.unpackAll(at, size, int64(announced), o.TempDir)
	if err != nil {
		return err
	}
	r.src = f
	r.info.Complete = cut == nil
	if err := r.parse(f, int64(announced)); err != nil {
		return errors.Join(err, r.close())
	}
	if cut != nil {
		r.noteLocked("the file was cut off or is damaged (%v); it is read up to there", cut)
	}
	if !r.info.Complete && len(r.idx.chunks) == 0 {
		return errors.Join(ErrEmpty, r.close())
	}
	return nil
}

// unpackAll unpacks a file. cut is why it ends early.
func (r *Reader) unpackAll(at io.ReaderAt, size, announced int64, dir string) (f *upstreamFile, cut, err error) {
	dec, err := zstd.NewReader(io.NewSectionReader(at, 8, size-8), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(math.MaxInt64), zstd.WithDecoderMaxWindow(uint64(min(max(announced, 1<<10), maxWindow))))
	if err != nil {
		return nil, nil, err
	}
	defer dec.Close()
	plain := &watched{r: io.LimitReader(dec, announced+1)}
	to, err := r.space(announced, dir)
	if err != nil {
		return nil, nil, err
	}
	n, err := io.Copy(to, plain)
	switch {
	case plain.err == nil && err != nil:
		return nil, nil, errors.Join(fmt.Errorf("unpacking to a temporary file: %w", err), r.close())
	case n == 0:
		return nil, nil, errors.Join(fmt.Errorf("this is not a recording: %w", err), r.close())
	case n > announced:
		cut = fmt.Errorf("it has more than the %d bytes that it says it has unpacked", announced)
		n = announced
	case n < announced:
		if cut = err; cut == nil {
			cut = fmt.Errorf("it has %d of the %d bytes that it says it has unpacked", n, announced)
		}
	}
	return &upstreamFile{r: to, size: n}, cut, nil
}

// space returns where a file is unpacked to.
func (r *Reader) space(size int64, dir string) (interface {
	io.Writer
	io.ReaderAt
}, error,
) {
	if size <= inMemory {
		return &memory{}, nil
	}
	f, err := os.CreateTemp(dir, "viser-recording-*")
	if err != nil {
		return nil, fmt.Errorf("no temporary file: %w", err)
	}
	r.close = func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }
	return f, nil
}

// A watched reader keeps its error, to be told from the writer's.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if err != nil {
		w.err = err
	}
	return n, err
}

// memory is a file in memory.
type memory struct{ b []byte }

func (m *memory) Write(p []byte) (int, error) {
	m.b = append(m.b, p...)
	return len(p), nil
}

func (m *memory) ReadAt(p []byte, at int64) (int, error) {
	if at >= int64(len(m.b)) {
		return 0, io.EOF
	}
	n := copy(p, m.b[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// parse finds the messages.
func (r *Reader) parse(f *upstreamFile, announced int64) error {
	p := &parser{f: f, r: r, end: f.size}
	r.idx = &index{scanned: true}
	head, err := readWhole(f.r, 0, min(9, f.size), f.size)
	if err != nil {
		return err
	}
	r.info.Format = FormatOld
	msgpackEnd := int64(0)
	switch {
	case len(head) == 9 && isMap(head[8]) && le.Uint64(head) <= uint64(announced-8):
		r.info.Format = FormatUpstream
		msgpackEnd = 8 + int64(le.Uint64(head))
		p.pos, p.end = 8, min(p.end, msgpackEnd)
	case isMap(head[0]):
		f.old = true
	default:
		return errors.New("this is not a recording: it has no map of messages")
	}
	if err := p.file(); err != nil {
		if !errors.Is(err, errCut) && !errors.Is(err, msgp.ErrShortBytes) {
			r.noteLocked("the file is damaged behind byte %d, unpacked (%v); it is read up to there", p.pos, err)
		}
		r.info.Complete = false
	}
	p.endChunk()
	r.placeArrays(f, p.lengths, msgpackEnd)
	if n := len(r.idx.chunks); n > 0 {
		r.info.Duration = max(r.info.Duration, r.idx.chunks[n-1].to)
	}
	return nil
}

func isMap(c byte) bool { return c&0xf0 == 0x80 || c == 0xde || c == 0xdf }

// placeArrays finds the buffers behind the msgpack part.
func (r *Reader) placeArrays(f *upstreamFile, lengths []int64, pos int64) {
	for _, length := range lengths {
		pos += padding(pos)
		a := arrayInfo{}
		if length <= f.size-pos {
			a = arrayInfo{pos, length, length, 0}
		} else {
			pos = f.size // nor are those that follow
		}
		r.idx.arrays = append(r.idx.arrays, a)
		pos += a.length
	}
}

func (f *upstreamFile) chunk(c chunkInfo) (*entries, error) {
	b, err := readWhole(f.r, c.offset, c.size, f.size)
	if err != nil {
		return nil, err
	}
	return &entries{from: c.from, to: c.to, count: int(c.entries), stream: b, old: f.old}, nil
}

func (f *upstreamFile) frame(a arrayInfo) ([]byte, error) {
	return readWhole(f.r, a.offset, a.size, f.size)
}

func (f *upstreamFile) keyframe(keyframeInfo) ([]byte, error) { return nil, errors.New("no keyframe") }
func (f *upstreamFile) rescan() (*index, error)               { return nil, errors.New("no index") }

// A parser passes over msgpack that need not be in memory.
type parser struct {
	f       *upstreamFile
	r       *Reader
	pos     int64 // of the next value
	end     int64
	buf     []byte // what follows pos
	lengths []int64
	last    float64
	current chunkInfo
}

// fill makes n bytes available, or what there is.
func (p *parser) fill(n int) error {
	if len(p.buf) >= n {
		return nil
	}
	n = int(min(int64(max(n, 1<<20)), p.end-p.pos))
	if n <= len(p.buf) {
		return nil
	}
	buf, err := readWhole(p.f.r, p.pos, int64(n), p.f.size)
	if err == nil {
		p.buf = buf
	}
	return err
}

// step passes over what read reads: it is called again with more bytes while they do not suffice.
func (p *parser) step(read func(b []byte) (rest []byte, err error)) error {
	for n := 64 << 10; ; n *= 2 {
		if err := p.fill(n); err != nil {
			return err
		}
		rest, err := read(p.buf)
		if err == nil {
			p.pos += int64(len(p.buf) - len(rest))
			p.buf = rest
			return nil
		}
		if !errors.Is(err, msgp.ErrShortBytes) || int64(len(p.buf)) == p.end-p.pos {
			return err
		}
	}
}

func parserRead[T any](p *parser, read func([]byte) (T, []byte, error)) (v T, err error) {
	err = p.step(func(b []byte) (rest []byte, err error) {
		v, rest, err = read(b)
		return rest, err
	})
	return v, err
}

// file passes over the map of the file.
func (p *parser) file() error {
	n, err := parserRead(p, msgp.ReadMapHeaderBytes)
	for ; n > 0 && err == nil; n-- {
		var key string
		if key, err = parserRead(p, msgp.ReadStringBytes); err != nil {
			return err
		}
		switch key {
		case "messages":
			err = p.messages()
		case "durationSeconds":
			var d float64
			if d, err = parserRead(p, readNumber); err == nil && goodTime(d, 0) {
				p.r.info.Duration = d
			}
		case "viserVersion":
			p.r.info.Version, err = parserRead(p, msgp.ReadStringBytes)
		case "binaryBufferLengths":
			err = p.bufferLengths()
		default:
			err = p.step(func(b []byte) ([]byte, error) { return skipValue(b, maxDepth) })
		}
	}
	return err
}

func readNumber(b []byte) (float64, []byte, error) {
	s := &scanner{b: b}
	f := s.number()
	return f, s.b, s.err
}

func (p *parser) bufferLengths() error {
	n, err := parserRead(p, msgp.ReadArrayHeaderBytes)
	for ; n > 0 && err == nil; n-- {
		var length int64
		length, err = parserRead(p, func(b []byte) (int64, []byte, error) {
			s := &scanner{b: b}
			length := s.size()
			return length, s.b, s.err
		})
		if err == nil {
			p.lengths = append(p.lengths, length)
		}
	}
	return err
}

func (p *parser) messages() error {
	n, err := parserRead(p, msgp.ReadArrayHeaderBytes)
	for ; n > 0 && err == nil; n-- {
		at := p.pos
		var t float64
		err = p.step(func(b []byte) ([]byte, error) {
			var ok bool
			var rest []byte
			if t, rest, ok = cutEntry(b); !ok {
				if len(b) < 16 {
					return nil, msgp.ErrShortBytes
				}
				return nil, errors.New("an entry is not a time and a message")
			}
			return skipValue(rest, maxDepth)
		})
		if err == nil {
			p.entry(at, p.pos-at, t)
		}
	}
	return err
}

// entry adds an entry to the current chunk.
func (p *parser) entry(at, size int64, t float64) {
	if !goodTime(t, p.last) {
		t = p.last // counted when the chunk is read
	}
	p.last = t
	c := &p.current
	if c.entries == 0 {
		c.offset, c.from = at, t
	}
	c.size, c.to = at+size-c.offset, t
	if c.entries++; c.entries >= chunkEntries || c.size >= chunkBytes {
		p.endChunk()
	}
}

func (p *parser) endChunk() {
	if p.current.entries > 0 {
		p.r.idx.chunks = append(p.r.idx.chunks, p.current)
	}
	p.current = chunkInfo{}
}

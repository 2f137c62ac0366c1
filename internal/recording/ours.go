package recording

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// isOurs reports whether the file has our header.
func isOurs(r io.ReaderAt, size int64) (bool, error) {
	var b [8 + skipHead + len(headerMark)]byte
	n, err := readAt(r, b[:], 0, size)
	if err != nil {
		return false, err
	}
	switch {
	case n == 0:
		return false, ErrEmpty
	case !Begins(b[:n]):
		return false, ErrOther
	}
	return n == len(b) && le.Uint32(b[8:]) == magicHeader && string(b[8+skipHead:]) == headerMark, nil
}

// An ourFile is a file in our format.
type ourFile struct {
	r     io.ReaderAt
	size  int64
	after int64 // where the header ends
}

func (r *Reader) openOurs(at io.ReaderAt, size int64) error {
	f := &ourFile{r: at, size: size}
	if err := r.header(f); err != nil {
		return err
	}
	r.src = f
	r.info.Format, r.info.Version = FormatOurs, viserVersion
	m, why := f.manifest()
	if why == nil {
		r.idx = &index{arrays: m.arrays, chunks: m.chunks, keyframes: m.keyframes}
		r.info.Duration, r.info.Complete = m.duration, true
		return nil
	}
	if isReadError(why) {
		return why
	}
	s, err := f.scan()
	if err != nil {
		return err
	}
	if len(s.idx.chunks) == 0 {
		return ErrEmpty
	}
	r.idx, r.info.Duration = s.idx, s.duration
	r.info.Complete = s.complete
	switch {
	case s.complete:
		r.noteLocked("the index is wrong (%v); the file was read through", why)
	case s.why != nil:
		r.noteLocked("the recording was cut off or damaged at byte %d of %d (%v); it has what was written until then, %.1f s", s.end, size, s.why, s.duration)
	default:
		r.noteLocked("the recording was not closed; it has what was written until then, %.1f s", s.duration)
	}
	return nil
}

// header reads the header.
func (r *Reader) header(f *ourFile) error {
	h, err := frameAt(f.r, 8, f.size)
	if err != nil {
		return fmt.Errorf("the header: %w", err)
	}
	f.after = h.end()
	const skip = skipHead + int64(len(headerMark))
	b, err := readWhole(f.r, h.offset+skip, h.size-skip, f.size)
	if err != nil {
		return fmt.Errorf("the header: %w", err)
	}
	s := &scanner{b: b}
	v := int64(0)
	for n := s.fields(); n > 0 && s.err == nil; n-- {
		switch s.text() {
		case "version":
			v = s.size()
		case "started":
			r.info.Started = s.number()
		case "program":
			r.info.Program = s.text()
		default:
			s.skip()
		}
	}
	switch {
	case s.err != nil:
		return fmt.Errorf("the header: %w", s.err)
	case v != version:
		return fmt.Errorf("the recording has version %d, this program reads version %d", v, version)
	}
	return nil
}

// manifest reads the index at the end, and checks it.
func (f *ourFile) manifest() (*manifest, error) {
	b, err := readWhole(f.r, f.size-trailerSize, trailerSize, f.size)
	if err != nil {
		return nil, err
	}
	if le.Uint32(b) != magicTrailer || le.Uint32(b[4:]) != trailerSize-skipHead || string(b[24:]) != trailerMark {
		return nil, errors.New("there is none")
	}
	at, size := int64(le.Uint64(b[8:])), int64(le.Uint64(b[16:]))
	if size != f.size {
		return nil, fmt.Errorf("it is of a file of %d bytes, this one has %d", size, f.size)
	}
	if at < f.after || at > f.size {
		return nil, fmt.Errorf("it should begin at byte %d", at)
	}
	plain, _, err := f.packed(at, f.size-trailerSize-at, magicManifest, 0)
	if err != nil {
		return nil, err
	}
	m, err := decodeManifest(plain)
	if err != nil {
		return nil, err
	}
	return m, f.check(m, at)
}

// check compares what the index tells with what it can be, and with the first bytes of each chunk.
func (f *ourFile) check(m *manifest, end int64) error {
	if !goodTime(m.duration, 0) {
		return fmt.Errorf("a duration of %v", m.duration)
	}
	pos, last, entries := f.after, 0.0, int64(0)
	for i, c := range m.chunks {
		switch {
		case c.offset < pos || c.size < skipHead || c.size > end-c.offset:
			return fmt.Errorf("chunk %d is not at %d", i, c.offset)
		case !goodTime(c.from, last) || !goodTime(c.to, c.from):
			return fmt.Errorf("the times of chunk %d do not ascend", i)
		case !f.hasMagic(c.offset, magicChunk):
			return fmt.Errorf("no chunk is at %d", c.offset)
		}
		pos, last = c.offset+c.size, c.to
		entries += c.entries
	}
	if entries != m.entries {
		return fmt.Errorf("%d entries in all, %d in the chunks", m.entries, entries)
	}
	pos = f.after
	for i, k := range m.keyframes {
		switch {
		case k.offset < pos || k.size < skipHead || k.size > end-k.offset || k.chunk >= int64(len(m.chunks)) || k.t != m.chunks[k.chunk].to:
			return fmt.Errorf("keyframe %d is not at %d", i, k.offset)
		case !f.hasMagic(k.offset, magicKeyframe):
			return fmt.Errorf("no keyframe is at %d", k.offset)
		}
		pos = k.offset + k.size
	}
	for i, a := range m.arrays {
		if a.offset < f.after || a.offset > end || a.size > end-a.offset {
			return fmt.Errorf("array %d is not at %d", i, a.offset)
		}
	}
	return nil
}

func (f *ourFile) hasMagic(at int64, magic uint32) bool {
	var b [4]byte
	n, err := readAt(f.r, b[:], at, f.size)
	return err == nil && n == len(b) && le.Uint32(b[:]) == magic
}

// packed reads a skippable frame that ends with a zstd frame behind head bytes.
func (f *ourFile) packed(at, size int64, magic uint32, head int64) (plain, start []byte, err error) {
	b, err := readWhole(f.r, at, size, f.size)
	if err != nil {
		return nil, nil, err
	}
	if int64(len(b)) < skipHead+head || le.Uint32(b) != magic || int64(le.Uint32(b[4:])) != size-skipHead {
		return nil, nil, fmt.Errorf("at byte %d is not what should be there", at)
	}
	plain, err = unpack(b[skipHead+head:])
	return plain, b[skipHead : skipHead+head], err
}

func (f *ourFile) chunk(c chunkInfo) (*entries, error) {
	b, err := readWhole(f.r, c.offset, c.size, f.size)
	if err != nil {
		return nil, err
	}
	if len(b) < skipHead || le.Uint32(b) != magicChunk || int64(le.Uint32(b[4:])) > c.size-skipHead {
		return nil, fmt.Errorf("no chunk is at %d", c.offset)
	}
	n := skipHead + int64(le.Uint32(b[4:]))
	plain, err := unpack(b[skipHead:n])
	if err != nil {
		return nil, err
	}
	e, err := readHead(plain)
	if err != nil {
		return nil, err
	}
	if e.from != c.from || e.to != c.to || int64(e.count) != c.entries || int64(e.ours()) != c.extras {
		return nil, fmt.Errorf("the chunk at %d is another one", c.offset)
	}
	if e.count == 0 {
		return e, nil
	}
	e.stream, err = unpack(b[n:])
	return e, err
}

func (f *ourFile) frame(a arrayInfo) ([]byte, error) {
	b, err := readWhole(f.r, a.offset, a.size, f.size)
	if err != nil {
		return nil, err
	}
	return unpack(b)
}

func (f *ourFile) keyframe(k keyframeInfo) ([]byte, error) {
	plain, head, err := f.packed(k.offset, k.size, magicKeyframe, keyframeHead)
	if err == nil && math.Float64frombits(le.Uint64(head)) != k.t {
		err = fmt.Errorf("the keyframe at %d is another one", k.offset)
	}
	return plain, err
}

func (f *ourFile) rescan() (*index, error) {
	s, err := f.scan()
	if err != nil {
		return nil, err
	}
	return s.idx, nil
}

// A scanned file is what its parts tell, without the index.
type scanned struct {
	idx      *index
	duration float64
	complete bool  // it has an end
	end      int64 // of what is whole
	why      error // why it ends there; nil at the end of the file

	f       *ourFile
	headed  bool // the stream has begun
	pending *chunkInfo
	plain   int64 // unpacked bytes of the stream
	total   int64 // entries and extras
	early   int   // arrays that were in the chunks
	tail    bool
	lengths []int64
	frames  []frame // of the arrays at the end
}

// scan passes over the frames from the header on.
func (f *ourFile) scan() (*scanned, error) {
	s := &scanned{f: f, idx: &index{scanned: true}, end: f.after}
	for s.end < f.size {
		at, err := frameAt(f.r, s.end, f.size)
		if err == nil {
			err = s.take(at)
		}
		if isReadError(err) {
			return nil, err
		}
		if err != nil {
			s.why = err
			break
		}
		s.end = at.end()
	}
	s.arraysAtEnd()
	s.setDuration()
	return s, nil
}

// setDuration ends the recording with the last change if the end of the file is missing: nothing is known of the time
// behind that.
func (s *scanned) setDuration() {
	last := 0.0
	if n := len(s.idx.chunks); n > 0 {
		last = s.idx.chunks[n-1].to
	}
	if !s.complete {
		s.duration = last
	}
	s.duration = max(s.duration, last)
}

// take adds a frame to the index.
func (s *scanned) take(at frame) error {
	switch at.magic {
	case magicArray:
		return s.array(at)
	case magicChunk:
		return s.head(at)
	case magicKeyframe:
		return s.keyframe(at)
	case magicTrailer:
		s.complete = true
	case magicZstd:
		return s.stream(at)
	}
	return nil
}

func (s *scanned) array(at frame) error {
	const head = skipHead + arrayHead
	b, err := readWhole(s.f.r, at.offset, min(head, at.size), s.f.size)
	if err != nil {
		return err
	}
	if len(b) < head || int(le.Uint32(b[skipHead:])) != len(s.idx.arrays) {
		return errors.New("an array is not the next one")
	}
	s.idx.arrays = append(s.idx.arrays, arrayInfo{at.offset + head, at.size - head, int64(le.Uint64(b[skipHead+4:])), 0})
	s.early++
	return nil
}

func (s *scanned) head(at frame) error {
	if s.pending != nil {
		return errors.New("a chunk has no entries")
	}
	plain, _, err := s.f.packed(at.offset, at.size, magicChunk, 0)
	if err != nil {
		return err
	}
	e, err := readHead(plain)
	if err != nil {
		return err
	}
	last := 0.0
	if n := len(s.idx.chunks); n > 0 {
		last = s.idx.chunks[n-1].to
	}
	if !goodTime(e.from, last) || !goodTime(e.to, e.from) {
		return fmt.Errorf("the times of the chunk at byte %d do not ascend", at.offset)
	}
	c := chunkInfo{at.offset, at.size, e.from, e.to, int64(e.count), int64(e.ours())}
	if e.count > 0 {
		s.pending = &c
		return nil
	}
	s.add(c)
	return nil
}

func (s *scanned) add(c chunkInfo) {
	s.idx.chunks = append(s.idx.chunks, c)
	s.total += c.entries + c.extras
}

func (s *scanned) keyframe(at frame) error {
	const head = skipHead + keyframeHead
	b, err := readWhole(s.f.r, at.offset, min(head, at.size), s.f.size)
	if err != nil {
		return err
	}
	n := len(s.idx.chunks)
	if len(b) < head || n == 0 || s.pending != nil || int64(le.Uint64(b[skipHead+8:])) != s.total {
		return errors.New("a keyframe is not of what was before it")
	}
	t := math.Float64frombits(le.Uint64(b[skipHead:]))
	if t != s.idx.chunks[n-1].to {
		return errors.New("a keyframe is not of what was before it")
	}
	s.idx.keyframes = append(s.idx.keyframes, keyframeInfo{at.offset, at.size, t, int64(n - 1)})
	return nil
}

// stream adds a zstd frame: the head, a chunk's entries, the tail, or arrays.
func (s *scanned) stream(at frame) error {
	if at.content < 0 {
		return errors.New("a zstd frame does not tell its unpacked size")
	}
	s.plain += at.content
	switch {
	case !s.headed:
		s.headed = true
		return s.first(at)
	case s.pending != nil:
		s.pending.size = at.end() - s.pending.offset
		s.add(*s.pending)
		s.pending = nil
	case !s.tail:
		s.tail = true
		return s.readTail(at)
	default:
		s.frames = append(s.frames, at)
	}
	return nil
}

func (s *scanned) unpack(at frame) ([]byte, error) {
	b, err := readWhole(s.f.r, at.offset, at.size, s.f.size)
	if err != nil {
		return nil, err
	}
	return unpack(b)
}

// first reads the duration.
func (s *scanned) first(at frame) error {
	plain, err := s.unpack(at)
	if err != nil {
		return err
	}
	_, rest, ok := bytes.Cut(plain, []byte("durationSeconds\xcb"))
	if !ok || len(rest) < 8 {
		return errors.New("the stream has no duration")
	}
	if d := math.Float64frombits(binary.BigEndian.Uint64(rest)); goodTime(d, 0) {
		s.duration = d
	}
	return nil
}

func (s *scanned) readTail(at frame) error {
	plain, err := s.unpack(at)
	if err != nil {
		return err
	}
	_, rest, ok := bytes.Cut(plain, []byte("binaryBufferLengths"))
	if !ok {
		return errors.New("a zstd frame is not what should be there")
	}
	list := &scanner{b: rest}
	for n := list.list(); n > 0 && list.err == nil; n-- {
		s.lengths = append(s.lengths, list.size())
	}
	return list.err
}

// arraysAtEnd finds the arrays behind the tail, as far as they are not known from the chunks.
func (s *scanned) arraysAtEnd() {
	if !s.tail {
		return
	}
	pos := s.plain
	for _, at := range s.frames {
		pos -= at.content
	}
	i, begin := 0, pos // of the current frame
	for n, length := range s.lengths {
		pos += padding(pos)
		for i < len(s.frames) && pos+length > begin+s.frames[i].content {
			begin += s.frames[i].content
			i++
		}
		a := arrayInfo{}
		if i < len(s.frames) && pos >= begin {
			a = arrayInfo{s.frames[i].offset, s.frames[i].size, length, pos - begin}
		}
		if n >= s.early {
			s.idx.arrays = append(s.idx.arrays, a)
		}
		pos += length
	}
}

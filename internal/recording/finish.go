package recording

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Arrays of less than groupBelow bytes are compressed together, up to groupBytes at once.
const (
	groupBelow = 64 << 10
	groupBytes = 1 << 20
)

// An ending is what follows the last chunk in the unpacked stream, and the sizes that precede the first.
type ending struct {
	tail     []byte // up to the first array
	msgpack  int64  // length of the msgpack part
	plain    int64  // unpacked bytes of all zstd frames
	duration float64
}

func (b *body) ending(duration float64) ending {
	tail := appendText([]byte("\xacviserVersion"), viserVersion)
	tail = appendList(append(tail, "\xb3binaryBufferLengths"...), len(b.arrays))
	for _, a := range b.arrays {
		tail = appendInt(tail, a.length)
	}
	e := ending{msgpack: b.plain - 8 + int64(len(tail)), duration: duration}
	e.plain = b.plain + int64(len(tail))
	if len(b.arrays) > 0 {
		pad := padding(e.plain)
		tail = append(tail, make([]byte, pad)...)
		e.plain += pad
	}
	for i, a := range b.arrays {
		if i > 0 {
			e.plain += padding(e.plain)
		}
		e.plain += a.length
	}
	e.tail = tail
	return e
}

// padding is the number of bytes up to the next multiple of 8.
func padding(pos int64) int64 { return -pos & 7 }

// frameA returns the head of the stream when the rest is known.
func (b *body) frameA(e ending) []byte {
	return frameA(uint64(e.msgpack), e.duration, uint32(b.entries))
}

// complete writes the end of a recording that stays where it is. Of an end that fails nothing remains.
func (b *body) complete(duration float64) error {
	e := b.ending(duration)
	f := newFinisher(b, io.NewOffsetWriter(b.at, b.base+b.pos), b.pos)
	f.mani.chunks, f.mani.keyframes = b.chunks, b.keys.infos
	f.end(e)
	f.flush()
	f.patch(b.frameA(e), int64(len(b.head)))
	f.patch(le.AppendUint64(nil, uint64(e.plain)), 0)
	if f.err != nil {
		b.at.Truncate(b.base + b.pos)
		return describe("completing", b.at, f.err)
	}
	return nil
}

// compact writes the whole recording to w, without the arrays where they were used first.
func (b *body) compact(w io.Writer, duration float64) error {
	e := b.ending(duration)
	f := newFinisher(b, w, 0)
	head := slices.Clone(b.head)
	le.PutUint64(head, uint64(e.plain))
	f.write(head)
	f.write(b.frameA(e))
	moved := f.pieces()
	for _, c := range b.chunks {
		c.offset = moved(c.offset)
		f.mani.chunks = append(f.mani.chunks, c)
	}
	for _, k := range b.keys.infos {
		k.offset = moved(k.offset)
		f.mani.keyframes = append(f.mani.keyframes, k)
	}
	f.end(e)
	f.flush()
	if f.err != nil {
		return describe("writing", w, f.err)
	}
	return nil
}

// A finisher writes the parts of a recording that follow each other. It keeps the first error.
type finisher struct {
	b     *body
	w     *bufio.Writer
	pos   int64 // in the recording
	mani  manifest
	group []byte // unpacked bytes that are not written yet
	begun int    // the arrays in group are those from here
	err   error
}

func newFinisher(b *body, w io.Writer, pos int64) *finisher {
	return &finisher{b: b, w: bufio.NewWriterSize(w, 256<<10), pos: pos}
}

func (f *finisher) write(p []byte) {
	if f.err == nil {
		_, f.err = f.w.Write(p)
		f.pos += int64(len(p))
	}
}

func (f *finisher) flush() {
	if f.err == nil {
		f.err = f.w.Flush()
	}
}

func (f *finisher) patch(p []byte, at int64) {
	if f.err == nil {
		_, f.err = f.b.at.WriteAt(p, f.b.base+at)
	}
}

// copy writes a part of the body.
func (f *finisher) copy(offset, size int64) {
	if f.err != nil {
		return
	}
	n, err := io.Copy(f.w, io.NewSectionReader(f.b.at, f.b.base+offset, size))
	if err == nil && n < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		f.err = fmt.Errorf("copying %d bytes at %d of what was recorded: %w", size, offset, err)
	}
	f.pos += size
}

// pieces writes chunks and keyframes. The function that it returns tells where they are now.
func (f *finisher) pieces() func(offset int64) int64 {
	type move struct{ from, by int64 }
	var moves []move
	for _, p := range f.b.pieces {
		if p.array {
			continue
		}
		if by := p.offset - f.pos; len(moves) == 0 || moves[len(moves)-1].by != by {
			moves = append(moves, move{p.offset, by})
		}
		f.copy(p.offset, p.size)
	}
	return func(offset int64) int64 {
		i, found := slices.BinarySearchFunc(moves, offset, func(m move, at int64) int {
			return int(min(max(m.from-at, -1), 1))
		})
		if !found {
			i--
		}
		return offset - moves[i].by
	}
}

// end writes what follows the last chunk.
func (f *finisher) end(e ending) {
	f.write(pack(better, nil, e.tail))
	plain := f.b.plain + int64(len(e.tail))
	for i, a := range f.b.arrays {
		pad := padding(plain)
		f.group = append(f.group, make([]byte, pad)...)
		plain += pad + a.length
		if a.length < groupBelow {
			f.addToGroup(a)
			continue
		}
		f.endGroup(i)
		f.begun = i + 1
		f.mani.arrays = append(f.mani.arrays, arrayInfo{f.pos, a.size, a.length, 0})
		f.copy(a.offset, a.size)
	}
	f.endGroup(len(f.b.arrays))
	f.mani.duration, f.mani.entries, f.mani.extras = e.duration, f.b.entries, f.b.extras
	at := f.pos
	out, err := packed(skippable(magicManifest), f.mani.encode())
	f.err = errors.Join(f.err, err)
	f.write(out)
	f.write(trailer(at, f.pos+trailerSize))
}

func (f *finisher) addToGroup(a storedArray) {
	if f.err != nil {
		return
	}
	frame := make([]byte, a.size)
	if _, err := f.b.at.ReadAt(frame, f.b.base+a.offset); err != nil {
		f.err = fmt.Errorf("reading what was recorded at %d: %w", a.offset, err)
		return
	}
	data, err := unpack(frame)
	if err != nil {
		f.err = fmt.Errorf("reading what was recorded at %d: %w", a.offset, err)
		return
	}
	f.mani.arrays = append(f.mani.arrays, arrayInfo{f.pos, 0, a.length, int64(len(f.group))})
	f.group = append(f.group, data...)
	if len(f.group) >= groupBytes {
		f.endGroup(len(f.mani.arrays))
		f.begun = len(f.mani.arrays)
	}
}

// endGroup writes the group of arrays up to the given one.
func (f *finisher) endGroup(to int) {
	if f.err != nil || len(f.group) == 0 && to == f.begun {
		return
	}
	out := pack(better, nil, f.group)
	for i := f.begun; i < to; i++ {
		f.mani.arrays[i].size = int64(len(out))
	}
	f.write(out)
	f.group = f.group[:0]
}

func trailer(manifestAt, size int64) []byte {
	b := le.AppendUint32(nil, magicTrailer)
	b = le.AppendUint32(b, trailerSize-skipHead)
	b = le.AppendUint64(b, uint64(manifestAt))
	b = le.AppendUint64(b, uint64(size))
	return append(b, trailerMark...)
}

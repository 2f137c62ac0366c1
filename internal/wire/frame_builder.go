package wire

import (
	"encoding/binary"

	"github.com/tinylib/msgp/msgp"
)

// FrameBuilder collects encoded messages and builds frames of them. The zero FrameBuilder is ready to use;
// Reset reuses its memory. It is not safe for concurrent use.
type FrameBuilder struct {
	// Cursor, if not empty, is sent with the frame: what the page names when it continues a session. Reset clears it.
	Cursor string

	plain   []byte   // the msgpack part as it grows
	packed  []byte   // scratch for the compressed part
	pieces  [][]byte // of all buffers, one after another
	buffers []buffer
	count   int
}

// A buffer is some of the pieces, up to the one before end.
type buffer struct{ end, size int }

// windowHead opens the msgpack part. The list's length has its widest form, to be filled in at the end.
const windowHead = "\x83\xa8messages\xdd\x00\x00\x00\x00"

// Reset drops all messages and keeps the memory.
func (b *FrameBuilder) Reset() {
	b.plain = append(b.plain[:0], windowHead...)
	clear(b.pieces)
	b.pieces, b.buffers = b.pieces[:0], b.buffers[:0]
	b.count = 0
	b.Cursor = ""
}

// Message adds a message that an Encoder wrote. raw is copied; the arrays in refs are shared with the frame
// and must not be written to again, except through their Pages.
func (b *FrameBuilder) Message(raw []byte, refs []Ref) {
	if b.plain == nil {
		b.Reset()
	}
	base := len(b.plain)
	b.plain = append(b.plain, raw...)
	for _, r := range refs {
		putIndex(b.plain[base+r.Pos:], len(b.buffers))
		b.add(r)
	}
	b.count++
}

func (b *FrameBuilder) add(r Ref) {
	begin := len(b.pieces)
	switch {
	case r.Pages == nil:
		b.pieces = append(b.pieces, r.Data)
	case r.Ranges == nil:
		b.pieces = r.Pages.share(b.pieces, Range{0, r.Pages.Len()})
	default:
		for _, of := range r.Ranges {
			b.pieces = r.Pages.share(b.pieces, of)
		}
	}
	size := 0
	for _, piece := range b.pieces[begin:] {
		size += len(piece)
	}
	b.buffers = append(b.buffers, buffer{len(b.pieces), size})
}

// Count is the number of messages so far.
func (b *FrameBuilder) Count() int { return b.count }

// Len is about the size of the frame so far, before compression, arrays included.
func (b *FrameBuilder) Len() int {
	n := len(b.plain)
	for _, buf := range b.buffers {
		n += buf.size
	}
	return n
}

// Finish builds the frame and keeps the builder's messages; Reset it for the next frame.
// timestampSec is the sender's clock in seconds, of which clients use only differences.
func (b *FrameBuilder) Finish(timestampSec float64) *Frame {
	if b.plain == nil {
		b.Reset()
	}
	putIndex(b.plain[len(windowHead)-4:], b.count)
	b.plain[0] = windowHead[0]
	if b.Cursor != "" {
		b.plain[0]++ // one more key
	}
	open := len(b.plain)
	b.appendTail(timestampSec)
	b.packed = pack(b.packed[:0], b.plain)
	f := layOut(b.packed, len(b.plain), b.pieces, b.buffers)
	b.plain = b.plain[:open]
	return f
}

func (b *FrameBuilder) appendTail(timestampSec float64) {
	b.plain = msgp.AppendString(b.plain, "timestampSec")
	b.plain = msgp.AppendFloat64(b.plain, timestampSec)
	b.plain = msgp.AppendString(b.plain, "binaryBufferLengths")
	b.plain = msgp.AppendArrayHeader(b.plain, uint32(len(b.buffers)))
	for _, buf := range b.buffers {
		b.plain = msgp.AppendUint64(b.plain, uint64(buf.size))
	}
	if b.Cursor != "" {
		b.plain = msgp.AppendString(b.plain, "cursor")
		b.plain = msgp.AppendString(b.plain, b.Cursor)
	}
}

// shareFrom is the size from which a piece is shared instead of copied beside its neighbors.
const shareFrom = 16 << 10

// layOut writes head, compressed part, padding and small pieces into new memory and refers to large pieces
// without copying.
func layOut(packed []byte, plainSize int, pieces [][]byte, buffers []buffer) *Frame {
	own := make([]byte, 0, ownSize(len(packed), pieces, buffers))
	own = binary.LittleEndian.AppendUint64(own, uint64(plainSize))
	own = binary.LittleEndian.AppendUint64(own, uint64(len(packed)))
	own = append(own, packed...)
	f := &Frame{size: len(own)}
	begin := 0 // of the part of own that is not yet one of the frame
	next := 0
	for _, buf := range buffers {
		pad := align(f.size) - f.size
		own = append(own, "\x00\x00\x00\x00\x00\x00\x00"[:pad]...)
		f.size += pad + buf.size
		for _, piece := range pieces[next:buf.end] {
			if len(piece) < shareFrom {
				own = append(own, piece...)
				continue
			}
			f.parts = append(f.parts, own[begin:], piece)
			begin = len(own)
		}
		next = buf.end
	}
	if begin < len(own) {
		f.parts = append(f.parts, own[begin:])
	}
	return f
}

// ownSize bounds what layOut copies, so that its memory never moves.
func ownSize(packed int, pieces [][]byte, buffers []buffer) int {
	n := headSize + packed + 7*len(buffers)
	for _, piece := range pieces {
		if len(piece) < shareFrom {
			n += len(piece)
		}
	}
	return n
}

package wire

import (
	"encoding/binary"
	"slices"

	"github.com/tinylib/msgp/msgp"
)

// FrameBuilder collects encoded messages and builds frames of them. The zero FrameBuilder is ready to use;
// Reset reuses its memory. It is not safe for concurrent use.
type FrameBuilder struct {
	// Cursor, if not empty, is sent with the frame: what the page names when it continues a session. Reset clears it.
	Cursor string
	State  bool // the messages are the whole state, not changes of it; see Blob.Step

	plain   []byte   // the msgpack part as it grows
	packed  []byte   // scratch for the compressed part
	pieces  [][]byte // of all buffers, one after another
	buffers []buffer
	count   int
}

// A buffer is some of the pieces, up to the one before end.
type buffer struct {
	end, size int
	blob      *Blob // nil if it can't be fetched
}

// windowHead opens the msgpack part. The list's length has its widest form, to be filled in at the end.
const windowHead = "\x83\xa8messages\xdd\x00\x00\x00\x00"

// Reset drops all messages and keeps the memory.
func (b *FrameBuilder) Reset() {
	b.plain = append(b.plain[:0], windowHead...)
	clear(b.pieces)
	clear(b.buffers)
	b.pieces, b.buffers = b.pieces[:0], b.buffers[:0]
	b.count = 0
	b.Cursor, b.State = "", false
}

// Grow makes room for messages of so many bytes, without arrays.
func (b *FrameBuilder) Grow(n int) {
	if b.plain == nil {
		b.Reset()
	}
	b.plain = slices.Grow(b.plain, n)
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
	b.pieces = r.Pieces(b.pieces)
	size := 0
	for _, piece := range b.pieces[begin:] {
		size += len(piece)
	}
	blob := r.Blob
	if blob != nil && blob.Step && !b.State {
		blob = nil
	}
	b.buffers = append(b.buffers, buffer{len(b.pieces), size, blob})
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

// HasBlobs reports whether there are arrays that can be fetched.
func (b *FrameBuilder) HasBlobs() bool {
	for i := range b.buffers {
		if b.buffers[i].blob != nil {
			return true
		}
	}
	return false
}

// Finish builds the frame and keeps the builder's messages; Reset it for the next frame.
// timestampSec is the sender's clock in seconds, of which clients use only differences.
func (b *FrameBuilder) Finish(timestampSec float64) *Frame { return b.FinishFetched(timestampSec, nil) }

// FinishFetched is like Finish, for a page that fetches arrays: the frame has the IDs of those that have a Blob
// instead of their bytes. id returns the ID of one; nil for a page that does not fetch.
func (b *FrameBuilder) FinishFetched(timestampSec float64, id func(*Blob) string) *Frame {
	if b.plain == nil {
		b.Reset()
	}
	fetched := id != nil && b.HasBlobs()
	putIndex(b.plain[len(windowHead)-4:], b.count)
	b.plain[0] = windowHead[0]
	if b.Cursor != "" {
		b.plain[0]++ // one more key
	}
	if fetched {
		b.plain[0]++
	}
	open := len(b.plain)
	b.appendTail(timestampSec)
	if fetched {
		b.appendBlobs(id)
	}
	b.packed = pack(b.packed[:0], b.plain)
	f := layOut(b.packed, len(b.plain), b.pieces, b.buffers, fetched)
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

// appendBlobs writes which buffers are to be fetched: for each its index, its ID, and whether it is one of many values
// that follow each other.
func (b *FrameBuilder) appendBlobs(id func(*Blob) string) {
	n := 0
	for i := range b.buffers {
		if b.buffers[i].blob != nil {
			n++
		}
	}
	b.plain = msgp.AppendString(b.plain, "blobs")
	b.plain = msgp.AppendArrayHeader(b.plain, uint32(n))
	for i := range b.buffers {
		blob := b.buffers[i].blob
		if blob == nil {
			continue
		}
		b.plain = msgp.AppendArrayHeader(b.plain, 3)
		b.plain = msgp.AppendUint64(b.plain, uint64(i))
		b.plain = msgp.AppendString(b.plain, id(blob))
		b.plain = msgp.AppendBool(b.plain, blob.Passing)
	}
}

// shareFrom is the size from which a piece is shared instead of copied beside its neighbors.
const shareFrom = 16 << 10

// layOut writes head, compressed part, padding and small pieces into new memory and refers to large pieces
// without copying. With fetched, buffers that have a blob are left out.
func layOut(packed []byte, plainSize int, pieces [][]byte, buffers []buffer, fetched bool) *Frame {
	own := make([]byte, 0, ownSize(len(packed), pieces, buffers))
	own = binary.LittleEndian.AppendUint64(own, uint64(plainSize))
	own = binary.LittleEndian.AppendUint64(own, uint64(len(packed)))
	own = append(own, packed...)
	f := &Frame{size: len(own)}
	begin := 0 // of the part of own that is not yet one of the frame
	next := 0
	for _, buf := range buffers {
		if fetched && buf.blob != nil {
			next = buf.end
			continue
		}
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

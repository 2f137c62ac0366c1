package wire

import (
	"encoding/binary"

	"github.com/tinylib/msgp/msgp"
)

// FrameBuilder gathers encoded messages and makes frames of them. The zero FrameBuilder is ready; reuse one
// by Reset, so that its memory serves again. It is not safe for concurrent use.
type FrameBuilder struct {
	plain   []byte // the msgpack part as it grows
	packed  []byte // scratch for the compressed part
	buffers [][]byte
	count   int
}

// windowHead opens the msgpack part. The list's length comes in its widest form, to be filled in at the end.
const windowHead = "\x83\xa8messages\xdd\x00\x00\x00\x00"

// Reset drops all messages and keeps the memory.
func (b *FrameBuilder) Reset() {
	b.plain = append(b.plain[:0], windowHead...)
	clear(b.buffers)
	b.buffers = b.buffers[:0]
	b.count = 0
}

// Message adds a message that an Encoder wrote. raw is copied; the arrays in refs are shared with the frame
// and must not be written to again.
func (b *FrameBuilder) Message(raw []byte, refs []Ref) {
	if b.plain == nil {
		b.Reset()
	}
	base := len(b.plain)
	b.plain = append(b.plain, raw...)
	for _, r := range refs {
		putIndex(b.plain[base+r.Pos:], len(b.buffers))
		b.buffers = append(b.buffers, r.Data)
	}
	b.count++
}

// Count is the number of messages so far.
func (b *FrameBuilder) Count() int { return b.count }

// Len is about the size of the frame so far, before compression, arrays included.
func (b *FrameBuilder) Len() int {
	n := len(b.plain)
	for _, buf := range b.buffers {
		n += len(buf)
	}
	return n
}

// Finish makes the frame and leaves the builder with its messages; Reset it for the next frame.
// timestampSec is the sender's clock in seconds, of which pages use only differences.
func (b *FrameBuilder) Finish(timestampSec float64) *Frame {
	if b.plain == nil {
		b.Reset()
	}
	putIndex(b.plain[len(windowHead)-4:], b.count)
	open := len(b.plain)
	b.appendTail(timestampSec)
	b.packed = pack(b.packed[:0], b.plain)
	f := layOut(b.packed, len(b.plain), b.buffers)
	b.plain = b.plain[:open]
	return f
}

func (b *FrameBuilder) appendTail(timestampSec float64) {
	b.plain = msgp.AppendString(b.plain, "timestampSec")
	b.plain = msgp.AppendFloat64(b.plain, timestampSec)
	b.plain = msgp.AppendString(b.plain, "binaryBufferLengths")
	b.plain = msgp.AppendArrayHeader(b.plain, uint32(len(b.buffers)))
	for _, buf := range b.buffers {
		b.plain = msgp.AppendUint64(b.plain, uint64(len(buf)))
	}
}

// shareFrom is the size from which a buffer is shared instead of copied beside its neighbours.
const shareFrom = 16 << 10

// layOut writes head, compressed part, padding and small buffers into new memory and takes up large buffers
// as they are.
func layOut(packed []byte, plainSize int, buffers [][]byte) *Frame {
	own := make([]byte, 0, ownSize(len(packed), buffers))
	own = binary.LittleEndian.AppendUint64(own, uint64(plainSize))
	own = binary.LittleEndian.AppendUint64(own, uint64(len(packed)))
	own = append(own, packed...)
	f := &Frame{size: len(own)}
	begin := 0 // of the piece of own that is not yet a part
	for _, buf := range buffers {
		pad := align(f.size) - f.size
		own = append(own, "\x00\x00\x00\x00\x00\x00\x00"[:pad]...)
		f.size += pad + len(buf)
		if len(buf) < shareFrom {
			own = append(own, buf...)
			continue
		}
		f.parts = append(f.parts, own[begin:], buf)
		begin = len(own)
	}
	if begin < len(own) {
		f.parts = append(f.parts, own[begin:])
	}
	return f
}

// ownSize bounds what layOut copies, so that its memory never moves.
func ownSize(packed int, buffers [][]byte) int {
	n := headSize + packed + 7*len(buffers)
	for _, buf := range buffers {
		if len(buf) < shareFrom {
			n += len(buf)
		}
	}
	return n
}

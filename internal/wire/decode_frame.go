package wire

import (
	"encoding/binary"
	"fmt"
)

// Window is the content of one frame.
type Window struct {
	Messages     []Message
	Unknown      []string // types of the messages that were skipped, in order
	UnknownKeys  int      // keys that the schema does not have, skipped as well
	TimestampSec float64  // the sender's clock, with an unspecified origin
	Cursor       string   // what the page has with this frame; of the viser-go.v1 dialect
}

// DecodeFrame reads a frame as servers send them, with the messages that read has.
// Arrays and byte strings of the messages are views of the frame or of its unpacked
// part. It is as lenient as Decode and skips messages of unknown types; anything
// else that is wrong fails the whole frame.
func DecodeFrame(read MessageReader, frame []byte, lim Limits) (*Window, error) {
	packed, size, err := splitFrame(frame, lim)
	if err != nil {
		return nil, err
	}
	plain, err := unpack(packed, size)
	if err != nil {
		return nil, fmt.Errorf("wire: the frame's compressed part: %w", err)
	}
	d := &Decoder{b: plain, lim: lim, read: read}
	w := d.window(frame, headSize+len(packed))
	if d.err != nil {
		return nil, d.err
	}
	return w, nil
}

// splitFrame checks the two lengths at the frame's start against what is there and what is allowed.
func splitFrame(frame []byte, lim Limits) (packed []byte, size int, err error) {
	if len(frame) < headSize {
		return nil, 0, frameError("%d bytes are too few for a frame's two lengths", len(frame))
	}
	plain := binary.LittleEndian.Uint64(frame)
	n := binary.LittleEndian.Uint64(frame[8:])
	rest := frame[headSize:]
	switch {
	case n > uint64(len(rest)):
		return nil, 0, frameError("%d compressed bytes announced, %d there", n, len(rest))
	case plain > uint64(lim.MaxBytes):
		return nil, 0, tooLarge("frame", plain, lim)
	}
	return rest[:n], int(plain), nil
}

func frameError(format string, args ...any) error {
	return &DecodeError{Reason: fmt.Sprintf(format, args...)}
}

func tooLarge(what string, size uint64, lim Limits) error {
	return frameError("the %s has %d bytes, more than the %d allowed", what, size, lim.MaxBytes)
}

// window reads the frame's map. Its first pass finds the three entries, which may be in any order.
func (d *Decoder) window(frame []byte, buffersFrom int) *Window {
	messages, w := -1, &Window{}
	for n := d.MapLen(); n > 0 && d.err == nil; n-- {
		switch key := string(d.Key()); key {
		case "messages":
			messages = d.pos
			d.Skip()
		case "timestampSec":
			w.TimestampSec = d.ReadFloat64()
			d.At(key)
		case "cursor":
			w.Cursor = d.ReadString()
			d.At(key)
		case "binaryBufferLengths":
			d.cutBuffers(frame, buffersFrom)
			d.At(key)
		default:
			d.SkipUnknown()
		}
	}
	d.Shut()
	if messages < 0 {
		d.fail("the frame has no messages")
		return nil
	}
	d.pos, d.count, d.depth = messages, 0, 1
	d.messages(w)
	w.UnknownKeys = d.unknown
	return w
}

func (d *Decoder) messages(w *Window) {
	n := d.list()
	w.Messages = make([]Message, 0, min(n, firstCap))
	for ; n > 0 && d.err == nil; n-- {
		m, typ := d.message()
		if m == nil {
			w.Unknown = append(w.Unknown, clip(typ))
			continue
		}
		w.Messages = append(w.Messages, m)
	}
	d.Shut()
}

// cutBuffers reads the buffers' lengths and finds the buffers behind the compressed part.
func (d *Decoder) cutBuffers(frame []byte, pos int) {
	for n := d.list(); n > 0 && d.err == nil; n-- {
		pos = align(pos)
		length := d.ReadInt()
		if d.err == nil && (length < 0 || pos > len(frame) || length > len(frame)-pos) {
			d.fail("buffer %d does not fit into the frame's %d bytes", len(d.buffers), len(frame))
			return
		}
		if d.err == nil {
			d.buffers = append(d.buffers, frame[pos:pos+length:pos+length])
			pos += length
		}
	}
	d.Shut()
}

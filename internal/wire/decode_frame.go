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
	Blobs        []string // the IDs of arrays that were fetched, in the order of their buffers
}

// A Fetch returns an array of size bytes that a frame names by its ID.
type Fetch func(id string, size int) ([]byte, error)

// DecodeFrame reads a frame as servers send them, with the messages that read has.
// Arrays and byte strings of the messages are views of the frame or of its unpacked
// part. It is as lenient as Decode and skips messages of unknown types; anything
// else that is wrong fails the whole frame.
func DecodeFrame(read MessageReader, frame []byte, lim Limits) (*Window, error) {
	return DecodeFetched(read, frame, lim, nil)
}

// DecodeFetched is like DecodeFrame, for a page that fetches arrays. A nil fetch accepts no frame with such arrays.
func DecodeFetched(read MessageReader, frame []byte, lim Limits, fetch Fetch) (*Window, error) {
	packed, size, err := splitFrame(frame, lim)
	if err != nil {
		return nil, err
	}
	plain, err := unpack(packed, size)
	if err != nil {
		return nil, fmt.Errorf("wire: the frame's compressed part: %w", err)
	}
	d := &Decoder{b: plain, lim: lim, read: read}
	w := d.window(frame, headSize+len(packed), fetch)
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

// window reads the frame's map, and its messages after the other entries.
func (d *Decoder) window(frame []byte, buffersFrom int, fetch Fetch) *Window {
	messages, w := 0, &Window{}
	d.entries(w, frame, buffersFrom, fetch, func() {
		messages = d.pos
		d.Skip()
	})
	if d.err != nil {
		return nil
	}
	d.pos, d.count, d.depth = messages, 0, 1
	d.messages(w)
	w.UnknownKeys = d.unknown
	return w
}

// entries reads the entries of the frame's map, which may be in any order, and finds the buffers. It calls list to read
// or skip the list of messages.
func (d *Decoder) entries(w *Window, frame []byte, buffersFrom int, fetch Fetch, list func()) {
	found, lengths := false, -1
	fetched := map[int]string{}
	for n := d.MapLen(); n > 0 && d.err == nil; n-- {
		switch key := string(d.Key()); key {
		case "messages":
			found = true
			list()
		case "timestampSec":
			w.TimestampSec = d.ReadFloat64()
			d.At(key)
		case "cursor":
			w.Cursor = d.ReadString()
			d.At(key)
		case "binaryBufferLengths":
			lengths = d.pos
			d.Skip()
		case "blobs":
			d.fetched(fetched)
			d.At(key)
		default:
			d.SkipUnknown()
		}
	}
	d.Shut()
	if !found {
		d.fail("the frame has no messages")
	}
	if lengths >= 0 && d.err == nil {
		d.pos, d.count, d.depth = lengths, 0, 1
		d.cutBuffers(frame, buffersFrom, w, fetched, fetch)
		d.At("binaryBufferLengths")
	}
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

// fetched reads which buffers are not in the frame.
func (d *Decoder) fetched(ids map[int]string) {
	for n := d.list(); n > 0 && d.err == nil; n-- {
		if d.list() != 3 {
			d.fail("not the index, ID and kind of an array")
			return
		}
		index, id := d.ReadInt(), d.ReadString()
		d.ReadBool()
		d.Shut()
		ids[index] = id
	}
	d.Shut()
}

// cutBuffers reads the buffers' lengths and finds the buffers behind the compressed part. It fetches those that have an
// ID.
func (d *Decoder) cutBuffers(frame []byte, pos int, w *Window, ids map[int]string, fetch Fetch) {
	for n := d.list(); n > 0 && d.err == nil; n-- {
		if id, ok := ids[len(d.buffers)]; ok {
			d.fetch(id, fetch)
			w.Blobs = append(w.Blobs, id)
			continue
		}
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

// fetch adds the next buffer, which is not in the frame.
func (d *Decoder) fetch(id string, fetch Fetch) {
	length := d.ReadInt()
	switch {
	case d.err != nil:
		return
	case fetch == nil || length < 0:
		d.fail("buffer %d is not in the frame", len(d.buffers))
		return
	}
	data, err := fetch(id, length)
	switch {
	case err != nil:
		d.fail("buffer %d can't be fetched: %v", len(d.buffers), err)
	case len(data) != length:
		d.fail("buffer %d has %d bytes, %d were fetched", len(d.buffers), length, len(data))
	default:
		d.buffers = append(d.buffers, data)
	}
}

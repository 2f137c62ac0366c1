package wire

import (
	"fmt"
	"math"
	"strings"

	"github.com/tinylib/msgp/msgp"
)

// RawMessage is a message as msgpack, which was read without its schema. Each array in B is a placeholder in the form
// that Encoder writes, with the index 0; Refs has the arrays, in the order of their placeholders. B and Refs may share
// memory with what the message was read from, and must not be modified.
type RawMessage struct {
	Type string
	B    []byte
	Refs []Ref
}

// RawOf encodes m.
func RawOf(m Message) RawMessage {
	var e Encoder
	m.AppendTo(&e)
	return RawMessage{Type: m.Type(), B: e.B, Refs: e.Refs}
}

// RawWindow is the content of one frame.
type RawWindow struct {
	Messages     []RawMessage
	TimestampSec float64 // the sender's clock, with an unspecified origin
	Cursor       string  // what the page has with this frame; of the viser-go.v1 dialect
}

// ReadRaw reads a frame without the schema: messages of unknown types and keys that the schema does not have are
// kept. It checks that everything is well-formed and within the limits, and that each array is there; anything wrong
// fails the whole frame. Arrays of the messages are views of the frame, their other bytes views of its unpacked part.
// It accepts no frame with arrays that are to be fetched.
func ReadRaw(frame []byte, lim Limits) (*RawWindow, error) {
	packed, size, err := splitFrame(frame, lim)
	if err != nil {
		return nil, err
	}
	plain, err := unpack(packed, size)
	if err != nil {
		return nil, fmt.Errorf("wire: the frame's compressed part: %w", err)
	}
	r := rawReader{Decoder: Decoder{b: plain, lim: lim}}
	w := r.window(frame, headSize+len(packed))
	if r.err != nil {
		return nil, r.err
	}
	return w, nil
}

// ReadRawMessage reads the one message that b begins with, within DefaultLimits, and returns what follows it. It asks
// array for the bytes of each array, by the index in its placeholder. A message without arrays is a view of b.
func ReadRawMessage(b []byte, array func(index int) ([]byte, error)) (m RawMessage, rest []byte, err error) {
	r := rawReader{Decoder: Decoder{b: b, lim: DefaultLimits}}
	s := r.message()
	if len(r.spots) > 0 { // b is not to be written to
		r.b = append([]byte(nil), b[:s.end]...)
	}
	m = r.cut(s, func(index int) []byte {
		data, err := array(index)
		if err != nil {
			r.fail("array %d can't be read: %v", index, err)
		}
		return data
	})
	if r.err != nil {
		return RawMessage{}, nil, r.err
	}
	return m, b[s.end:], nil
}

// A rawReader is a Decoder that finds the arrays of messages without their schema.
type rawReader struct {
	Decoder
	spots []spot // of all messages, in order
}

// A spot is the place of an array's placeholder.
type spot struct {
	start, end int
	index      int
	dtype      string
}

// A span is the place of a message.
type span struct {
	typ        string
	start, end int
	spots      int // the number of spots up to its end
}

// window reads the frame's map and its messages in one pass. The arrays are known after it.
func (r *rawReader) window(frame []byte, buffersFrom int) *RawWindow {
	var spans []span
	head := &Window{}
	r.entries(head, frame, buffersFrom, nil, func() { spans = r.messages() })
	w := &RawWindow{TimestampSec: head.TimestampSec, Cursor: head.Cursor}
	if r.err == nil {
		w.Messages = make([]RawMessage, 0, len(spans))
	}
	from := 0
	all := r.spots
	for _, s := range spans {
		if r.err != nil {
			return nil
		}
		r.spots = all[from:s.spots]
		from = s.spots
		w.Messages = append(w.Messages, r.cut(s, r.frameBuffer))
	}
	return w
}

func (r *rawReader) frameBuffer(index int) []byte {
	if index >= len(r.buffers) {
		r.fail("there is no buffer %d; the frame has %d", index, len(r.buffers))
		return nil
	}
	return r.buffers[index]
}

func (r *rawReader) messages() []span {
	n := r.list()
	out := make([]span, 0, min(n, firstCap))
	r.spots = nil
	for ; n > 0 && r.err == nil; n-- {
		out = append(out, r.message())
	}
	r.Shut()
	return out
}

// message passes over a message.
func (r *rawReader) message() span {
	s := span{start: r.pos}
	found := false
	for n := r.MapLen(); n > 0 && r.err == nil; n-- {
		if string(r.key()) == "type" && r.peek() == kindString {
			s.typ, found = typeName(r.text()), true
			continue
		}
		r.value()
	}
	r.Shut()
	if !found {
		r.fail("the message has no type")
	}
	s.end, s.spots = r.pos, len(r.spots)
	return s
}

// typeName does not allocate for types of the schema.
func typeName(b []byte) string {
	if info, ok := Infos[string(b)]; ok {
		return info.Type
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// key reads a key of a map, or skips one that is not text.
func (r *rawReader) key() []byte {
	if k := r.peek(); k != kindString && k != kindBytes {
		r.Skip()
		return nil
	}
	return r.text()
}

// value passes over a value and finds the arrays in it.
func (r *rawReader) value() {
	switch r.peek() {
	case kindMap:
		r.mapOrArray()
	case kindList:
		for n := r.list(); n > 0 && r.err == nil; n-- {
			r.value()
		}
		r.Shut()
	default:
		r.Skip()
	}
}

func (r *rawReader) mapOrArray() {
	at := spot{start: r.pos}
	before := len(r.spots)
	hasIndex, hasDType := false, false
	for n := r.MapLen(); n > 0 && r.err == nil; n-- {
		key, k := r.key(), r.peek()
		switch {
		case string(key) == indexKey && (k == kindInt || k == kindFloat):
			hasIndex, at.index = true, int(r.ranged(0, math.MaxInt32))
		case string(key) == dtypeKey && k == kindString:
			hasDType, at.dtype = true, dtypeName(r.text())
		default:
			r.value()
		}
	}
	r.Shut()
	if hasIndex && hasDType && r.err == nil {
		at.end = r.pos
		r.spots = append(r.spots[:before], at)
	}
}

// dtypeName does not allocate for the common ones.
func dtypeName(b []byte) string {
	switch string(b) {
	case Float32:
		return Float32
	case Uint8:
		return Uint8
	case Uint32:
		return Uint32
	case Float16:
		return Float16
	}
	return string(b)
}

// cut returns the message at s, whose arrays are at r.spots. It changes their indices in r.b, or copies the message if
// one of its placeholders has another form.
func (r *rawReader) cut(s span, array func(index int) []byte) RawMessage {
	if r.err != nil {
		return RawMessage{}
	}
	m := RawMessage{Type: s.typ, B: r.b[s.start:s.end:s.end]}
	if len(r.spots) == 0 {
		return m
	}
	m.Refs = make([]Ref, 0, len(r.spots))
	for _, at := range r.spots {
		m.Refs = append(m.Refs, Ref{Pos: at.start + len(placeholderHead) - s.start, Data: r.fitting(at, array(at.index))})
		if r.err != nil {
			return RawMessage{}
		}
	}
	for _, at := range r.spots {
		if !at.usual(r.b) {
			return r.rewritten(s, m)
		}
	}
	for _, ref := range m.Refs {
		putIndex(m.B[ref.Pos:], 0)
	}
	return m
}

// fitting checks that data can have elements of the array's type.
func (r *rawReader) fitting(at spot, data []byte) []byte {
	switch size := itemSize(at.dtype); {
	case size == 0:
		r.fail("%q is not an element type", clip(at.dtype))
	case len(data)%size != 0:
		r.fail("buffer %d has %d bytes, not a multiple of %d for %q", at.index, len(data), size, at.dtype)
	}
	return data
}

// usual reports whether the placeholder has the form that Encoder writes.
func (at spot) usual(b []byte) bool {
	b = b[at.start:at.end]
	head, tail := len(placeholderHead), len(placeholderHead)+4+len(placeholderTail)
	return len(b) == tail+1+len(at.dtype) && string(b[:head]) == placeholderHead &&
		string(b[head+4:tail]) == placeholderTail
}

// rewritten copies m with placeholders of the form that Encoder writes.
func (r *rawReader) rewritten(s span, m RawMessage) RawMessage {
	var e Encoder
	pos := s.start
	for i, at := range r.spots {
		e.B = append(e.B, r.b[pos:at.start]...)
		e.Array(Array{DType: at.dtype, Data: m.Refs[i].Data})
		pos = at.end
	}
	m.B, m.Refs = append(e.B, r.b[pos:s.end]...), e.Refs
	return m
}

// Text returns a field of the message that is text, "" if there is none. Further keys lead into maps: "props", "label".
func (m RawMessage) Text(keys ...string) string {
	b := m.B
	for _, key := range keys {
		if b = valueOf(b, key); b == nil {
			return ""
		}
	}
	s, _, _ := msgp.ReadStringBytes(b)
	return s
}

// valueOf returns what begins with the value of the key in a map, nil if there is none.
func valueOf(b []byte, key string) []byte {
	n, b, err := msgp.ReadMapHeaderBytes(b)
	for ; err == nil && n > 0; n-- {
		var k []byte
		if k, b, err = msgp.ReadMapKeyZC(b); err == nil && string(k) == key {
			return b
		}
		if err == nil {
			b, err = msgp.Skip(b)
		}
	}
	return nil
}

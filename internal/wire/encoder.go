package wire

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"github.com/tinylib/msgp/msgp"
)

// Encoder appends msgpack values to B. The zero Encoder is ready; reuse one by Reset. It is not safe for
// concurrent use.
//
// Arrays do not enter B: each leaves a placeholder with a blank buffer index there and an entry in Refs,
// so that an encoded message can be put into any frame without looking through it again.
type Encoder struct {
	B    []byte
	Refs []Ref
}

// Ref is an array that an encoded message refers to.
type Ref struct {
	Pos  int    // offset in B of the four big-endian bytes of the buffer's index
	Data []byte // the array's bytes, shared with the Array they came from
	// Pages replaces Data: its contents when the message is added to a frame, or only the given ranges of it.
	Pages  *Pages
	Ranges []Range
	// Blob, if not nil, has the same Data, which pages can fetch.
	Blob *Blob
}

// DType is the element type of the array, whose placeholder is in b.
func (r Ref) DType(b []byte) string {
	name, _, _ := msgp.ReadStringZC(b[r.Pos+4+len(placeholderTail):]) // it was written by an Encoder, or checked
	return dtypeName(name)
}

// Len is the number of bytes that r refers to.
func (r Ref) Len() int {
	switch {
	case r.Pages == nil:
		return len(r.Data)
	case r.Ranges == nil:
		return r.Pages.Len()
	}
	n := 0
	for _, of := range r.Ranges {
		n += of.To - of.From
	}
	return n
}

// Pieces appends the array's bytes, in pieces that are never written again. It requires the locks of the readers of
// r.Pages.
func (r Ref) Pieces(pieces [][]byte) [][]byte {
	switch {
	case r.Pages == nil:
		return append(pieces, r.Data)
	case r.Ranges == nil:
		return r.Pages.share(pieces, Range{0, r.Pages.Len()})
	}
	for _, of := range r.Ranges {
		pieces = r.Pages.share(pieces, of)
	}
	return pieces
}

// Reset empties the encoder and keeps its memory. References to array data are let go.
func (e *Encoder) Reset() {
	e.B = e.B[:0]
	clear(e.Refs)
	e.Refs = e.Refs[:0]
}

// MapHeader starts a map of n pairs; n keys and values must follow.
func (e *Encoder) MapHeader(n int) { e.B = msgp.AppendMapHeader(e.B, uint32(n)) }

// ArrayHeader starts a list of n values, which must follow.
func (e *Encoder) ArrayHeader(n int) { e.B = msgp.AppendArrayHeader(e.B, uint32(n)) }

// String writes text. Bytes that are not UTF-8 become U+FFFD: some peers end the connection over them.
func (e *Encoder) String(s string) { e.B = appendString(e.B, s) }

func appendString(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, string(utf8.RuneError))
	}
	if len(s) < 32 { // the short form, inline: most strings are names
		return append(append(b, 0xa0|byte(len(s))), s...)
	}
	return msgp.AppendString(b, s)
}

// Bytes writes a byte string; nil is written as an empty one.
func (e *Encoder) Bytes(b []byte) { e.B = msgp.AppendBytes(e.B, b) }

// Float always writes a 64-bit float.
func (e *Encoder) Float(f float64) { e.B = msgp.AppendFloat64(e.B, f) }

// Int writes an integer in its shortest form.
func (e *Encoder) Int(i int64) {
	if i >= 0 {
		e.B = msgp.AppendUint64(e.B, uint64(i))
		return
	}
	e.B = msgp.AppendInt64(e.B, i)
}

// Uint writes an unsigned integer in its shortest form.
func (e *Encoder) Uint(u uint64) { e.B = msgp.AppendUint64(e.B, u) }

// Bool writes true or false.
func (e *Encoder) Bool(b bool) { e.B = msgp.AppendBool(e.B, b) }

// Nil writes null.
func (e *Encoder) Nil() { e.B = msgp.AppendNil(e.B) }

// Array writes the placeholder of an array, or null for the zero Array.
func (e *Encoder) Array(a Array) {
	if a.IsNull() {
		e.Nil()
		return
	}
	e.B = append(e.B, placeholderHead...)
	e.Refs = append(e.Refs, Ref{Pos: len(e.B), Data: a.Data, Pages: a.Pages})
	e.B = append(e.B, 0, 0, 0, 0)
	e.B = append(e.B, placeholderTail...)
	e.String(a.DType)
}

// A placeholder is the map {"__binary_index": index, "dtype": name}. The index always has the long form
// of an unsigned integer, so that it can be overwritten in place.
const (
	placeholderHead = "\x82\xae__binary_index\xce"
	placeholderTail = "\xa5dtype"
)

// Raw appends a value that another encoder wrote, with the arrays it refers to.
func (e *Encoder) Raw(encoded []byte, refs []Ref) {
	base := len(e.B)
	e.B = append(e.B, encoded...)
	for _, r := range refs {
		r.Pos += base
		e.Refs = append(e.Refs, r)
	}
}

// raw appends bytes that are msgpack already: the generator's constant pieces.
func (e *Encoder) raw(s string) { e.B = append(e.B, s...) }

func putIndex(b []byte, index int) { binary.BigEndian.PutUint32(b, uint32(index)) }

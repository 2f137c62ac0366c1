package relay

import (
	"bytes"
	"errors"
	"math"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// A value is one msgpack value, with the arrays that it refers to.
type value struct {
	b    []byte
	refs []wire.Ref // by their positions in b
}

// A field is a key of a map with its value.
type field struct {
	key string
	value
}

var errNoMap = errors.New("it is no map")

// fieldsOf splits a map. The bytes are views of v's.
func fieldsOf(v value) ([]field, error) {
	n, rest, err := msgp.ReadMapHeaderBytes(v.b)
	if err != nil {
		return nil, errNoMap
	}
	out := make([]field, 0, min(n, 64))
	refs := v.refs
	for range n {
		key, after, err := msgp.ReadMapKeyZC(rest)
		if err != nil {
			return nil, err
		}
		rest, err = msgp.Skip(after)
		if err != nil {
			return nil, err
		}
		from, to := len(v.b)-len(after), len(v.b)-len(rest)
		f := field{key: string(key), value: value{b: v.b[from:to:to]}}
		f.refs, refs = refsIn(refs, from, to)
		out = append(out, f)
	}
	return out, nil
}

// refsIn returns the references between two positions, counted from the first one, and those that follow.
func refsIn(refs []wire.Ref, from, to int) (in, rest []wire.Ref) {
	n := 0
	for n < len(refs) && refs[n].Pos < to {
		n++
	}
	if n == 0 {
		return nil, refs
	}
	in = slices.Clone(refs[:n])
	for i := range in {
		in[i].Pos -= from
	}
	return in, refs[n:]
}

// copiedArray is up to which size an array is copied. A larger one stays where it is, in the frame that it came in.
const copiedArray = 64 << 10

// keep frees what is kept of the value from the memory of the frame, except for large arrays. Its bytes are copied when
// they are stored.
func (v value) keep() value {
	for i := range v.refs {
		if r := &v.refs[i]; len(r.Data) <= copiedArray {
			r.Data = bytes.Clone(r.Data)
		}
	}
	return v
}

// AppendTo makes a value one that an Encoder writes.
func (v value) AppendTo(e *wire.Encoder) { e.Raw(v.b, v.refs) }

// text is the string that the value is, "" if it is none.
func (v value) text() string {
	s, _, err := msgp.ReadStringZC(v.b)
	if err != nil {
		return ""
	}
	return string(s)
}

// numbers reads a list of numbers; nil if it is not one of that length with finite ones.
func (v value) numbers(n int) []float64 {
	size, rest, err := msgp.ReadArrayHeaderBytes(v.b)
	if err != nil || int(size) != n {
		return nil
	}
	out := make([]float64, n)
	for i := range out {
		out[i], rest, err = number(rest)
		if err != nil || math.IsNaN(out[i]) || math.IsInf(out[i], 0) {
			return nil
		}
	}
	return out
}

// number reads a number of any type.
func number(b []byte) (float64, []byte, error) {
	switch msgp.NextType(b) {
	case msgp.Float64Type:
		return msgp.ReadFloat64Bytes(b)
	case msgp.Float32Type:
		f, rest, err := msgp.ReadFloat32Bytes(b)
		return float64(f), rest, err
	case msgp.UintType:
		u, rest, err := msgp.ReadUint64Bytes(b)
		return float64(u), rest, err
	}
	i, rest, err := msgp.ReadInt64Bytes(b)
	return float64(i), rest, err
}

// canonical is the value in a form that is equal for values that programs take as equal: numbers as floats.
func canonical(b []byte) string {
	out, _, err := appendCanonical(nil, b)
	if err != nil {
		return string(b)
	}
	return string(out)
}

func appendCanonical(out, b []byte) (_, rest []byte, err error) {
	switch msgp.NextType(b) {
	case msgp.IntType, msgp.UintType, msgp.Float32Type, msgp.Float64Type:
		f, rest, err := number(b)
		return msgp.AppendFloat64(out, f+0), rest, err // +0: the negative zero is zero
	case msgp.ArrayType:
		n, rest, err := msgp.ReadArrayHeaderBytes(b)
		out = msgp.AppendArrayHeader(out, n)
		for ; n > 0 && err == nil; n-- {
			out, rest, err = appendCanonical(out, rest)
		}
		return out, rest, err
	}
	rest, err = msgp.Skip(b)
	if err != nil {
		return nil, nil, err
	}
	return append(out, b[:len(b)-len(rest)]...), rest, nil
}

// A message is a raw one, for the store.
type message struct{ wire.RawMessage }

// Type is the message's type.
func (m message) Type() string { return m.RawMessage.Type }

// AppendTo writes the message.
func (m message) AppendTo(e *wire.Encoder) { e.Raw(m.B, m.Refs) }

// kept returns the message, free from the memory of its frame.
func kept(m wire.RawMessage) message {
	m.Refs = value{refs: slices.Clone(m.Refs)}.keep().refs
	return message{m}
}

// properties are those of an entity, or some of them, by their index.
type properties struct {
	names  []string
	values []value
	// extended counts those at the end that only pages of ours know.
	extended int
}

// Keys are the names.
func (p *properties) Keys() []string { return p.names }

// Extensions counts the properties that are not for upstream viser's page.
func (p *properties) Extensions() int { return p.extended }

// propertiesOf are those of a create message. Those that only pages of ours know are the last ones.
func propertiesOf(info wire.Info, fields []field) *properties {
	p := &properties{names: make([]string, 0, len(fields)), values: make([]value, 0, len(fields))}
	for _, extended := range [...]bool{false, true} {
		for _, f := range fields {
			if slices.Contains(info.Extended, f.key) != extended {
				continue
			}
			p.names, p.values = append(p.names, f.key), append(p.values, f.keep())
			if extended {
				p.extended++
			}
		}
	}
	return p
}

// AppendField writes a property.
func (p *properties) AppendField(e *wire.Encoder, i int) { p.values[i].AppendTo(e) }

package fold

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// copyBelow is the size below which an array is copied, so that it does not keep the whole frame in memory. Larger ones
// are not: many nodes may have the same array, which is in memory once.
const copyBelow = 1 << 10

// maxChanges bounds how many properties of one entity may be changed.
const maxChanges = 4096

var errChanges = errors.New("it changes more properties than anything has")

// A base is a create message, as it was received, without its id. It is immutable.
type base struct{ wire.RawMessage }

// A value is msgpack with arrays.
type value struct {
	B    []byte
	Refs []wire.Ref
	own  []uint64 // for each array the token of the State that may write to it; nil for none
}

// A change is a property that has another value than in the create message.
type change struct {
	key string
	value
}

// A content is a create message with what has changed since.
type content struct {
	base    *base
	own     uint64   // the token of the State that may write to the slices
	changes []change // sorted by key
	value   *value   // of an element; nil if it is the one of the create message
	bones   []bone   // sorted by index
}

// A bone is the pose of a bone that differs from the one in the create message.
type bone struct {
	index          int
	turned, placed bool
	wxyz           [4]float64
	pos            [3]float64
}

// kept copies arrays that are not large.
func kept(refs []wire.Ref) []wire.Ref {
	if len(refs) == 0 {
		return nil
	}
	out := make([]wire.Ref, len(refs))
	for i, r := range refs {
		out[i] = wire.Ref{Pos: r.Pos, Data: r.Data}
		if len(r.Data) < copyBelow {
			out[i].Data = bytes.Clone(r.Data)
		}
	}
	return out
}

// newBase copies a create message without its id.
func newBase(m wire.RawMessage) *base {
	out := builder{from: m}
	p := pairsAt(m.B, 0)
	n := p.left
	for p.next() {
		if string(p.key) == "id" {
			n--
		}
	}
	out.B = msgp.AppendMapHeader(make([]byte, 0, len(m.B)), uint32(n))
	p = pairsAt(m.B, 0)
	for p.next() {
		if string(p.key) != "id" {
			out.copy(p.keyAt, p.to)
		}
	}
	return &base{wire.RawMessage{Type: m.Type, B: out.B, Refs: kept(out.Refs)}}
}

// A builder writes a message out of parts of another one.
type builder struct {
	from wire.RawMessage
	B    []byte
	Refs []wire.Ref
}

// copy appends a part of the other message.
func (o *builder) copy(from, to int) {
	shift := len(o.B) - from
	o.B = append(o.B, o.from.B[from:to]...)
	for _, r := range refsIn(o.from.Refs, from, to) {
		o.Refs = append(o.Refs, wire.Ref{Pos: r.Pos + shift, Data: r.Data})
	}
}

func (o *builder) add(v value) {
	shift := len(o.B)
	o.B = append(o.B, v.B...)
	for _, r := range v.Refs {
		o.Refs = append(o.Refs, wire.Ref{Pos: r.Pos + shift, Data: r.Data})
	}
}

// part is a view of a part of a message.
func part(m wire.RawMessage, from, to int) value {
	v := value{B: m.B[from:to:to]}
	for _, r := range refsIn(m.Refs, from, to) {
		v.Refs = append(v.Refs, wire.Ref{Pos: r.Pos - from, Data: r.Data})
	}
	return v
}

// refsIn returns the arrays of a part of a message; they are in the order of their positions.
func refsIn(refs []wire.Ref, from, to int) []wire.Ref {
	at := func(pos int) int {
		i, _ := slices.BinarySearchFunc(refs, pos, func(r wire.Ref, pos int) int { return r.Pos - pos })
		return i
	}
	return refs[at(from):at(to)]
}

// keep copies a value, so that nothing else of its frame stays in memory.
func (v value) keep() value { return value{B: bytes.Clone(v.B), Refs: kept(v.Refs)} }

func (v value) equal(w value) bool {
	return bytes.Equal(v.B, w.B) && equalRefs(v.Refs, w.Refs)
}

func equalRefs(a, b []wire.Ref) bool {
	return slices.EqualFunc(a, b, func(a, b wire.Ref) bool { return bytes.Equal(a.Data, b.Data) })
}

func (v value) size() int {
	n := len(v.B)
	for _, r := range v.Refs {
		n += len(r.Data)
	}
	return n
}

func (c *content) size() int {
	n := value{B: c.base.B, Refs: c.base.Refs}.size() + len(c.bones)*boneSize
	for i := range c.changes {
		n += len(c.changes[i].key) + c.changes[i].size()
	}
	if c.value != nil {
		n += c.value.size()
	}
	return n
}

// boneSize is about how many bytes a bone has.
const boneSize = 80

// write makes the slices of c writable.
func (c *content) write(token uint64) {
	if c.own == token {
		return
	}
	c.own = token
	c.changes = slices.Clone(c.changes)
	c.bones = slices.Clone(c.bones)
}

func (c *content) find(key []byte) (int, bool) {
	return slices.BinarySearchFunc(c.changes, key, func(ch change, key []byte) int {
		return strings.Compare(ch.key, string(key))
	})
}

// set sets a property. c is writable.
func (c *content) set(key []byte, v value) {
	i, found := c.find(key)
	if found {
		c.changes[i].value = v
		return
	}
	c.changes = slices.Insert(c.changes, i, change{key: string(key), value: v})
}

// check reports whether an update is well-formed and not too large.
func (c *content) check(p pairs) error {
	if p.left+len(c.changes) > maxChanges {
		return errChanges
	}
	for p.next() {
	}
	return p.err
}

// update sets the properties that are in a map of the message.
func (c *content) update(m wire.RawMessage, at int, token uint64) error {
	if err := c.check(pairsAt(m.B, at)); err != nil {
		return err
	}
	c.write(token)
	p := pairsAt(m.B, at)
	for p.next() {
		c.set(p.key, part(m, p.from, p.to).keep())
	}
	return nil
}

// prop returns the current value of a property: a view.
func (c *content) prop(key []byte) (v value, found bool) {
	if i, ok := c.find(key); ok {
		return c.changes[i].value, true
	}
	c.eachOriginal(func(p *pairs) {
		if bytes.Equal(p.key, key) {
			v, found = part(c.base.RawMessage, p.from, p.to), true
		}
	})
	return v, found
}

// eachOriginal calls f for each property of the create message.
func (c *content) eachOriginal(f func(*pairs)) {
	p := pairsAt(c.base.B, 0)
	for p.next() {
		if string(p.key) != "props" || !isMap(p.value()) {
			continue
		}
		props := pairsAt(c.base.B, p.from)
		for props.next() {
			f(&props)
		}
	}
}

// props returns the current properties, sorted by key: views.
func (c *content) props() []change {
	var out []change
	c.eachOriginal(func(p *pairs) {
		if _, changed := c.find(p.key); !changed {
			out = append(out, change{string(p.key), part(c.base.RawMessage, p.from, p.to)})
		}
	})
	out = append(out, c.changes...)
	slices.SortStableFunc(out, func(a, b change) int { return cmp.Compare(a.key, b.key) })
	last := out[:0]
	for i, ch := range out { // of equal keys in the message, the last counts
		if i+1 == len(out) || out[i+1].key != ch.key {
			last = append(last, ch)
		}
	}
	return last
}

// head returns the fields of the create message besides the properties and the value.
func (c *content) head() []byte {
	var out []byte
	p := pairsAt(c.base.B, 0)
	for p.next() {
		if k := string(p.key); k != "props" && k != "value" {
			out = append(out, c.base.B[p.keyAt:p.to]...)
		}
	}
	return out
}

// currentValue returns the value of an element: a view. found is false if it has none.
func (c *content) currentValue() (v value, found bool) {
	if c.value != nil {
		return *c.value, true
	}
	p := pairsAt(c.base.B, 0)
	for p.next() {
		if string(p.key) == "value" {
			v, found = part(c.base.RawMessage, p.from, p.to), true
		}
	}
	return v, found
}

// message returns the create message with all changes. It shares memory with c.
func (c *content) message() wire.RawMessage {
	if len(c.changes) == 0 && c.value == nil {
		return c.base.RawMessage
	}
	m := c.base.RawMessage
	out := builder{from: m, B: make([]byte, 0, c.size())}
	n := 0
	p := pairsAt(m.B, 0)
	for p.next() {
		if string(p.key) != "value" || c.value == nil {
			n++
		}
	}
	if c.value != nil {
		n++
	}
	out.B = msgp.AppendMapHeader(out.B, uint32(n))
	p = pairsAt(m.B, 0)
	for p.next() {
		switch key := string(p.key); {
		case key == "value" && c.value != nil:
			continue
		case key == "props" && isMap(p.value()):
			out.B = append(out.B, m.B[p.keyAt:p.from]...)
			c.appendProps(&out, p.from)
		default:
			out.copy(p.keyAt, p.to)
		}
	}
	if c.value != nil {
		out.B = msgp.AppendString(out.B, "value")
		out.add(*c.value)
	}
	return wire.RawMessage{Type: m.Type, B: out.B, Refs: out.Refs}
}

func (c *content) appendProps(out *builder, at int) {
	p := pairsAt(out.from.B, at)
	n := p.left
	used := make([]bool, len(c.changes))
	for p.next() {
		if i, changed := c.find(p.key); changed {
			used[i] = true
		}
	}
	for _, u := range used {
		if !u {
			n++
		}
	}
	out.B = msgp.AppendMapHeader(out.B, uint32(n))
	p = pairsAt(out.from.B, at)
	for p.next() {
		i, changed := c.find(p.key)
		if !changed {
			out.copy(p.keyAt, p.to)
			continue
		}
		out.B = append(out.B, out.from.B[p.keyAt:p.from]...)
		out.add(c.changes[i].value)
	}
	for i, ch := range c.changes {
		if !used[i] {
			out.B = msgp.AppendString(out.B, ch.key)
			out.add(ch.value)
		}
	}
}

package recording

import (
	"encoding/binary"

	"github.com/viser-go/viser/internal/wire"
)

// A chunk is complete when it has so many entries or bytes, arrays included, so that a reader need not read much to
// show one moment.
const (
	chunkEntries = 20_000
	chunkBytes   = 2 << 20
)

// A chunk is a run of entries as they are in the file, except for the indices of arrays and the compression.
type chunk struct {
	from, to float64
	stream   []byte // the entries that upstream viser's client reads
	extras   []byte // the others, and which of stream are not for us
	count    int    // entries in stream
	notes    int    // entries in extras, of both kinds
	ours     int    // entries in extras that are messages
	arrays   []arrayUse
	arrayLen int // the bytes of arrays
	items    []item
	flushed  []chan<- error // who waits until it is written
}

// An arrayUse is the place of an array's index.
type arrayUse struct {
	extra bool // in extras, else in stream
	pos   int
	data  []byte
}

// An item is an entry that changes the state, in order.
type item struct {
	node       *poseNode // of a pose
	typ        string
	extra      bool
	start, end int // of the message
	arrays     [2]int
}

func (c *chunk) reset() {
	clear(c.arrays)
	clear(c.items)
	*c = chunk{stream: c.stream[:0], extras: c.extras[:0], arrays: c.arrays[:0], items: c.items[:0]}
}

func (c *chunk) empty() bool { return c.begins() && len(c.flushed) == 0 }

func (c *chunk) begins() bool { return c.count+c.notes == 0 }

func (c *chunk) full() bool {
	return c.count+c.notes >= chunkEntries || len(c.stream)+len(c.extras)+c.arrayLen >= chunkBytes
}

// stamp notes the time of an entry.
func (c *chunk) stamp(t float64) {
	if c.begins() {
		c.from = t
	}
	c.to = t
}

func (c *chunk) addPose(t float64, n *poseNode, p *pose) {
	c.stamp(t)
	c.stream = appendFloat64(append(c.stream, 0x92), t)
	start := len(c.stream)
	c.stream = p.appendValues(append(c.stream, n.head...))
	c.items = append(c.items, item{node: n, start: start, end: len(c.stream)})
	c.count++
}

func (c *chunk) add(t float64, who For, m wire.RawMessage) {
	c.stamp(t)
	if who == Ours {
		c.extras = appendExtra(c.extras, c.count, t, 0)
		c.extras = c.message(c.extras, true, m)
		c.notes++
		c.ours++
		return
	}
	if who == Plain {
		c.extras = append(appendExtra(c.extras, c.count, t, 1), 0xc0)
		c.notes++
	}
	c.stream = appendFloat64(append(c.stream, 0x92), t)
	before := len(c.items)
	c.stream = c.message(c.stream, false, m)
	if who == Plain {
		c.items = c.items[:before]
	}
	c.count++
}

func appendExtra(b []byte, position int, t float64, kind byte) []byte {
	b = appendInt(append(b, 0x94), int64(position))
	return append(appendFloat64(b, t), kind)
}

// message appends a message to one of the two parts.
func (c *chunk) message(b []byte, extra bool, m wire.RawMessage) []byte {
	start, from := len(b), len(c.arrays)
	b = append(b, m.B...)
	for _, r := range m.Refs {
		data := bytesOf(r)
		c.arrays = append(c.arrays, arrayUse{extra, start + r.Pos, data})
		c.arrayLen += len(data)
	}
	c.items = append(c.items, item{typ: m.Type, extra: extra, start: start, end: len(b), arrays: [2]int{from, len(c.arrays)}})
	return b
}

// part returns the part that an entry is in.
func (c *chunk) part(extra bool) []byte {
	if extra {
		return c.extras
	}
	return c.stream
}

// setIndex writes the index of an array.
func (c *chunk) setIndex(u arrayUse, index uint32) {
	binary.BigEndian.PutUint32(c.part(u.extra)[u.pos:], index)
}

// head is the chunk's head, before compression.
func (c *chunk) head() []byte {
	b := append(make([]byte, 0, len(c.extras)+64), "\x84\xa4from"...)
	b = append(appendFloat64(b, c.from), "\xa2to"...)
	b = append(appendFloat64(b, c.to), "\xa7entries"...)
	b = append(appendInt(b, int64(c.count)), "\xa6extras"...)
	return append(appendList(b, c.notes), c.extras...)
}

// messageOf returns the message of an item, in memory of its own.
func (c *chunk) messageOf(it item) wire.RawMessage {
	m := wire.RawMessage{Type: it.typ, B: append([]byte(nil), c.part(it.extra)[it.start:it.end]...)}
	for _, u := range c.arrays[it.arrays[0]:it.arrays[1]] {
		pos := u.pos - it.start
		binary.BigEndian.PutUint32(m.B[pos:], 0)
		m.Refs = append(m.Refs, wire.Ref{Pos: pos, Data: u.data})
	}
	return m
}

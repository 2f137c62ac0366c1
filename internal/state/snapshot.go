package state

import (
	"slices"
	"sync"

	"github.com/viser-go/viser/internal/wire"
)

// A snapshot is a copy of what is to be written into a frame. It is taken with the store locked, and written without the
// lock, because writing 20,000 messages takes milliseconds, for which every setter would wait.
//
// Copying is cheap: poses are numbers, and the bytes of a Segment are immutable, so that only its header is copied. Of
// an entity the writer reads scope, id, kind, key, createSeq and since, which never change once
// it is in a list.
type snapshot struct {
	changes []change
	segs    []Segment
	creates []created
	size    int  // of the entities added whole, about, in bytes
	fetched bool // size is without arrays that the page fetches

	// paged is set if something refers to the pages of an array. They are written to in place, so a frame must
	// mark them as shared with the lock held: such a snapshot is written before it is released.
	paged bool
}

// A change is the copy of a slot. It is one cache line: a window may have very many of them.
type change struct {
	ent      *Entity
	seq      uint64
	v        [4]float64 // a position or an orientation
	extra    int32      // the index of its Segment, or of what was created
	exclude  int32
	index    uint16
	kind     slotKind
	far      bool
	visible  bool
	audience audience
}

// A created has the values of an entity when the snapshot was taken.
type created struct {
	content
	before  []Segment
	standIn []Segment
	baked   *baked
	value   int32 // the index of its Segment; noValue if it has none
}

const noValue = -1

// shown returns the property of the form's key i.
func (c *created) shown(f *form, i int) Segment {
	switch {
	case f.own == nil:
		return c.at(i)
	case f.own[i] == standIn:
		return c.standIn[i]
	}
	return c.at(f.own[i])
}

// appendProps writes the properties of the form, with their keys.
func (c *created) appendProps(e *wire.Encoder, f *form) {
	if f.own != nil || c.segs != nil {
		for i, key := range f.keys {
			e.B = append(e.B, key...)
			value := c.shown(f, i)
			if c.baked != nil && f.bakes && c.baked.how.into == i { // never of a mesh
				value = c.baked.value()
			}
			value.appendTo(e)
		}
		return
	}
	// What very many nodes have, without a Segment of each value.
	b, ends, start := e.B, *c.ends, c.head
	for i, key := range f.keys {
		end := c.head + ends[i]
		b = append(append(b, key...), c.data[start:end]...)
		start = end
	}
	e.B = b
}

var snapshots = sync.Pool{New: func() any { return new(snapshot) }}

func newSnapshot() *snapshot { return snapshots.Get().(*snapshot) }

// maxPooledChanges keeps one huge window from pinning its memory.
const maxPooledChanges = 1 << 16

func (sn *snapshot) release() {
	if len(sn.changes) > maxPooledChanges {
		return
	}
	clear(sn.changes)
	clear(sn.segs)
	clear(sn.creates)
	*sn = snapshot{changes: sn.changes[:0], segs: sn.segs[:0], creates: sn.creates[:0]}
	snapshots.Put(sn)
}

// due is about how much the next window has: new memory for it is not to be obtained with the lock held.
func (st *Store) due() (changes, creates int) {
	sc := st.shared
	return min(int(st.seq-st.published), sc.changes.size) + perCreated*sc.fresh, sc.fresh
}

// perCreated is how many changes a new node has besides its creation.
const perCreated = 3

// reserve makes room, so that nothing is copied again and again while a snapshot grows.
func (sn *snapshot) reserve(changes, creates int) {
	sn.changes = slices.Grow(sn.changes, changes)
	sn.creates = slices.Grow(sn.creates, creates)
}

// collect copies the slots of one or two lists that changed after their cursors, newest first.
func (sn *snapshot) collect(a, b *changeList, afterA, afterB uint64) {
	p, pEnd := a.root.prev, &a.root
	var q, qEnd *slot
	if b != nil {
		q, qEnd = b.root.prev, &b.root
	}
	for {
		pOK := p != pEnd && p.seq > afterA
		qOK := q != qEnd && q.seq > afterB
		switch {
		case pOK && (!qOK || p.seq > q.seq):
			sn.change(p)
			p = p.prev
		case qOK:
			sn.change(q)
			q = q.prev
		default:
			return
		}
	}
}

func (sn *snapshot) change(s *slot) {
	if s.kind == slotCreate {
		sn.created(s)
		return
	}
	sn.slot(s)
}

func (sn *snapshot) slot(s *slot) {
	ent := s.ent
	sn.changes = append(sn.changes, change{
		ent: ent, seq: s.seq, exclude: s.exclude, index: s.index, kind: s.kind, far: s.far, audience: s.audience,
	})
	c := &sn.changes[len(sn.changes)-1]
	switch s.kind {
	case slotPosition:
		c.v[0], c.v[1], c.v[2] = ent.pos[0], ent.pos[1], ent.pos[2]
	case slotOrientation:
		c.v = ent.wxyz
	case slotVisibility:
		c.visible = ent.visible
	case slotCreate:
		c.extra = sn.create(ent)
	case slotRemove:
		c.extra = int32(len(sn.creates))
		sn.creates = append(sn.creates, created{before: ent.more.before})
	default:
		seg := s.seg()
		c.extra = sn.seg(*seg)
		sn.paged = sn.paged || ent.paged || hasPages(seg.Refs)
	}
}

func (sn *snapshot) seg(seg Segment) (index int32) {
	sn.segs = append(sn.segs, seg)
	return int32(len(sn.segs) - 1)
}

func (sn *snapshot) create(ent *Entity) int32 {
	c := created{content: ent.content, before: ent.more.before, standIn: ent.more.standIn, baked: ent.more.baked, value: noValue}
	if v := ent.more.value; v != nil {
		c.value = sn.seg(v.seg)
	}
	ent.captured = true
	sn.paged = sn.paged || ent.paged
	sn.creates = append(sn.creates, c)
	return int32(len(sn.creates) - 1)
}

// created copies an entity that was created since the cursor, newest first: what it began with was no change by itself,
// and follows its create message.
func (sn *snapshot) created(s *slot) {
	ent, from := s.ent, len(sn.changes)
	for _, part := range [...]struct {
		slot *slot
		set  bool
	}{{&ent.visibility, ent.placed}, {&ent.position, ent.posed[0]}, {&ent.orientation, ent.posed[1]}} {
		if part.set && !part.slot.linked() {
			sn.slot(part.slot)
		}
	}
	sn.slot(s)
	for i := range sn.changes[from:] {
		sn.changes[from+i].seq = s.seq
	}
}

// entity adds everything of an entity, for a page that does not have it. The changes are
// in the order in which they are to be written, unlike those of collect.
func (sn *snapshot) entity(ent *Entity) {
	if ent.kind != nil {
		sn.slot(&ent.create)
		sn.creates[len(sn.creates)-1].before = nil // which is for pages that have another entity of this key
		sn.size += ent.size()
		if sn.fetched {
			sn.size -= ent.blobs()
		}
	}
	if ent.posed[1] {
		sn.slot(&ent.orientation)
	}
	if ent.posed[0] {
		sn.slot(&ent.position)
	}
	if ent.placed {
		sn.slot(&ent.visibility)
		sn.size += aroundValue
	}
	for _, m := range ent.more.messages {
		if len(m.seg.B) > 0 {
			sn.slot(&m.slot)
			sn.size += len(m.seg.B)
		}
	}
}

// since returns the changes after the cursor, of a snapshot that collect took.
func (sn *snapshot) since(after uint64) []change {
	n, _ := slices.BinarySearchFunc(sn.changes, after, func(c change, after uint64) int {
		if c.seq > after {
			return -1
		}
		return 1
	})
	return sn.changes[:n]
}

// A summary describes changes before they are written.
type summary struct {
	positions, orientations int
	far                     bool  // a position is far from the origin
	excludes                []int // clients that must not receive all of it
}

func summarize(changes []change) (m summary) {
	for i := range changes {
		c := &changes[i]
		switch c.kind {
		case slotPosition:
			m.positions++
			m.far = m.far || c.far
		case slotOrientation:
			m.orientations++
		}
		if c.exclude != NoClient && !slices.Contains(m.excludes, int(c.exclude)) {
			m.excludes = append(m.excludes, int(c.exclude))
		}
	}
	return m
}

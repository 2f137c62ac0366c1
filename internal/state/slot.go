package state

import "github.com/viser-go/viser/internal/wire"

// NoClient is the client to exclude from a change that is sent to all.
const NoClient = -1

type slotKind uint8

const (
	slotCreate      slotKind = iota // the entity was created
	slotRemove                      // the entity was removed (a tombstone)
	slotProp                        // one property, inside props
	slotValue                       // the value of a widget, beside props
	slotPosition                    // numeric, in the entity
	slotOrientation                 // numeric, in the entity
	slotVisibility                  // whether it is shown, in the entity
	slotMessage                     // a whole message
)

// A slot is a value that can change separately, and its position in its scope's list.
// It is small because a window of poses visits very many of them, which is limited by
// memory access.
type slot struct {
	prev, next *slot
	ent        *Entity
	seq        uint64
	exclude    int32  // the client that set it, to which it is not sent
	index      uint16 // which property, or message
	kind       slotKind
	far        bool // a position that is far from the origin
	audience   audience
}

// An audience is which pages are sent a message, by their dialect.
type audience uint8

const (
	everyone audience = iota
	plainOnly
	extendedOnly
)

func (a audience) has(d wire.Dialect) bool {
	return a == everyone || (a == plainOnly) == (d == wire.Plain)
}

// A valueSlot is that of the value of a widget.
type valueSlot struct {
	slot
	seg Segment
}

// A messageSlot is that of a message that an entity carries under a key.
type messageSlot struct {
	slot
	seg Segment
	key string
}

// seg is the encoded value of a property, a widget, or a message.
func (s *slot) seg() *Segment {
	switch s.kind {
	case slotProp:
		return &s.ent.content.segs[s.index]
	case slotValue:
		return &s.ent.more.value.seg
	default:
		return &s.ent.more.messages[s.index].seg
	}
}

func (s *slot) linked() bool { return s.next != nil }

// A Segment is a piece of msgpack that refers to arrays. Its bytes are immutable, so
// windows share them.
type Segment struct {
	B    []byte
	Refs []wire.Ref
	// baked is, of a property, what pages of the plain dialect are sent because of it; nil for the property itself.
	baked *baked
}

// Segment returns a Segment with a copy of the encoder's bytes.
func segment(e *wire.Encoder) Segment {
	s := Segment{B: append(make([]byte, 0, len(e.B)), e.B...)}
	if len(e.Refs) > 0 {
		s.Refs = append(make([]wire.Ref, 0, len(e.Refs)), e.Refs...)
	}
	return s
}

// fetchable gives the large arrays of a property the identity by which pages can fetch them.
func (s *Segment) fetchable() {
	for i := range s.Refs {
		if r := &s.Refs[i]; r.Pages == nil && len(r.Data) > wire.BlobMin {
			r.Blob = wire.NewBlob(r.Data)
		}
	}
}

// inStep marks the arrays as set together with other changes.
func (s *Segment) inStep() {
	for i := range s.Refs {
		if b := s.Refs[i].Blob; b != nil {
			b.Step = true
		}
	}
}

// follows compares the arrays with those of the value before.
func (s *Segment) follows(before *Segment) {
	for i := range min(len(s.Refs), len(before.Refs)) {
		if b, old := s.Refs[i].Blob, before.Refs[i].Blob; b != nil && old != nil {
			b.Follows(old)
		}
	}
}

// Message encodes a whole message as a Segment.
func Message(m wire.Message) Segment {
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	m.AppendTo(e)
	return segment(e)
}

// appendTo appends the segment to the encoder.
func (s *Segment) appendTo(e *wire.Encoder) {
	at := len(e.B)
	e.B = append(e.B, s.B...)
	for _, r := range s.Refs {
		r.Pos += at
		e.Refs = append(e.Refs, r)
	}
}

// arraySize is the number of bytes in the segment's arrays.
func (s *Segment) arraySize() int {
	n := 0
	for _, r := range s.Refs {
		n += r.Len()
	}
	return n
}

// size is the number of bytes of the segment with its arrays.
func (s *Segment) size() int { return len(s.B) + s.arraySize() }

// hasPages reports whether one of the references is to the pages of an array.
func hasPages(refs []wire.Ref) bool {
	for i := range refs {
		if refs[i].Pages != nil {
			return true
		}
	}
	return false
}

// A changeList has the slots that have changed, oldest change first.
type changeList struct {
	root slot
	size int
}

func (l *changeList) init() { l.root.prev, l.root.next = &l.root, &l.root }

// last returns the sequence number of the newest change, 0 if there is none.
func (l *changeList) last() uint64 { return l.root.prev.seq }

// touch moves the slot to the end of the list.
func (l *changeList) touch(s *slot) {
	if s.linked() {
		s.prev.next, s.next.prev = s.next, s.prev
	} else {
		l.size++
	}
	end := l.root.prev
	s.prev, s.next = end, &l.root
	end.next, l.root.prev = s, s
}

func (l *changeList) unlink(s *slot) {
	if !s.linked() {
		return
	}
	s.prev.next, s.next.prev = s.next, s.prev
	s.prev, s.next = nil, nil
	l.size--
}

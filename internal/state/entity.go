package state

import (
	"slices"
	"sync"

	"github.com/viser-go/viser/internal/wire"
)

// An Entity is something that is shown: a scene node, a widget, a notification, or a
// cell (a single message that belongs to no entity of the page).
type Entity struct {
	// The fields of a pose are first and adjacent, for the processor's caches, which
	// determine the time for very many moving nodes.
	scope                 *Scope
	id                    uint32 // scene nodes: what packed poses name it by
	removed               bool
	posed                 [2]bool // position, orientation were ever set
	pos                   [3]float64
	wxyz                  [4]float64
	position, orientation slot

	kind *Kind // nil for a cell and for the root node
	key  string

	head       Segment // header fields of the create message, as keys and values
	headFields int

	hasProps  bool
	createSeq uint64
	since     uint64 // since when clients may have an entity of this key
	create    slot
	values    properties
	props     []*slot     // of the properties that have changed
	captured  bool        // a snapshot refers to values
	paged     bool        // a property refers to the pages of an array, or has
	standIn   []Segment   // of the additional properties of the kind's substitute, by their index in its form
	patched   []*patchLog // of the properties that were changed in part
	value     *slot
	messages  *messageSlot // in the order of their first appearance

	// before is sent to clients before the removal, or before the create message if
	// that replaces a node that they have.
	before []Segment

	prev, next *Entity // creation order within the scope
}

// A Header writes the fields of a create message that precede props and returns
// how many it wrote.
type Header interface {
	AppendHead(e *wire.Encoder) (fields int)
}

// Head is a function as a Header.
type Head func(e *wire.Encoder) (fields int)

// AppendHead calls h.
func (h Head) AppendHead(e *wire.Encoder) (fields int) { return h(e) }

// Create describes a new entity.
type Create struct {
	Kind  *Kind
	Key   string // node name or uuid
	Head  Header
	Props wire.Props
	Value func(*wire.Encoder) // writes the value of a widget; nil for none
	// StandIn has the properties of a kind's substitute; see Kind.WithStandIn.
	StandIn wire.Props
	// Replaces is an entity of the same key that this one replaces: it is removed
	// without a message, because the create message contains everything.
	Replaces *Entity
	// Removed creates an entity that is already removed: clients never receive it.
	Removed bool
	// Before are messages for clients that have the replaced entity, before the create
	// message.
	Before []wire.Message
}

var encoders = sync.Pool{New: func() any { return new(wire.Encoder) }}

// maxPooledEncoder keeps one huge message from pinning its buffer.
const maxPooledEncoder = 1 << 20

func putEncoder(e *wire.Encoder) {
	if cap(e.B) > maxPooledEncoder {
		return
	}
	e.Reset()
	encoders.Put(e)
}

func newEntity(sc *Scope, c *Create) *Entity {
	ent := &Entity{scope: sc, kind: c.Kind, key: c.Key}
	ent.before = segments(c.Before)
	ent.initSlots()
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	if c.Head != nil {
		ent.headFields = c.Head.AppendHead(e)
	}
	ent.encode(e, c.Props)
	if c.StandIn != nil {
		ent.encodeStandIn(e, c.StandIn)
	}
	if c.Value != nil {
		e.Reset()
		c.Value(e)
		ent.value = newSlot(ent, slotValue, segment(e))
	}
	return ent
}

func (ent *Entity) initSlots() {
	ent.create = slot{ent: ent, kind: slotCreate, exclude: NoClient}
	ent.position = slot{ent: ent, kind: slotPosition, exclude: NoClient}
	ent.orientation = slot{ent: ent, kind: slotOrientation, exclude: NoClient}
	ent.wxyz = [4]float64{1, 0, 0, 0}
}

// encode encodes all properties, if there are any, into one piece of memory behind the head, which is in the encoder.
func (ent *Entity) encode(e *wire.Encoder, p wire.Props) {
	head := len(e.B)
	if p == nil {
		ent.head = segment(e)
		return
	}
	ent.hasProps = true
	ends := make([]uint32, 0, 64) // on the stack, for most
	refEnds := make([]int, 0, 64)
	for i := range ent.kind.names {
		p.AppendField(e, i)
		ends = append(ends, uint32(len(e.B)-head))
		refEnds = append(refEnds, len(e.Refs))
	}
	all := segment(e)
	for i := range all.Refs {
		all.Refs[i].Pos -= head
	}
	ent.head = Segment{B: all.B[:head:head]}
	ent.values = properties{all: Segment{B: all.B[head:], Refs: all.Refs}, ends: ent.kind.sharedEnds(ends)}
	if len(e.Refs) > 0 {
		ent.paged = hasPages(e.Refs)
		ent.values.split(refEnds)
		if ent.fetched() {
			for i := range ent.values.segs {
				ent.values.segs[i].fetchable()
			}
		}
	}
}

// Properties are the encoded values of an entity. Most never change, and have no arrays: then all of them are one
// piece of bytes.
type properties struct {
	all  Segment
	ends []uint32  // in all, of each
	segs []Segment // instead, if the values are in several pieces
}

// at returns the value of a property.
func (p *properties) at(i int) Segment {
	if p.segs != nil {
		return p.segs[i]
	}
	start := uint32(0)
	if i > 0 {
		start = p.ends[i-1]
	}
	return Segment{B: p.all.B[start:p.ends[i]:p.ends[i]]}
}

// split makes a Segment of each value. refEnds are where their references end, nil if there are none.
func (p *properties) split(refEnds []int) {
	segs := make([]Segment, len(p.ends))
	start := 0
	for i := range segs {
		segs[i] = p.at(i)
		if refEnds == nil {
			continue
		}
		if refs := p.all.Refs[start:refEnds[i]]; len(refs) > 0 {
			segs[i].Refs = make([]wire.Ref, len(refs))
			for k, r := range refs {
				if i > 0 {
					r.Pos -= int(p.ends[i-1])
				}
				segs[i].Refs[k] = r
			}
		}
		start = refEnds[i]
	}
	*p = properties{segs: segs}
}

// encodeStandIn encodes the additional properties of the substitute for plain clients.
func (ent *Entity) encodeStandIn(e *wire.Encoder, p wire.Props) {
	own := ent.kind.forms[wire.Plain].own
	ent.standIn = make([]Segment, len(own))
	for i, index := range own {
		if index == standIn {
			e.Reset()
			p.AppendField(e, i)
			ent.standIn[i] = segment(e)
		}
	}
}

// ownValues makes the values of properties writable one by one: a snapshot may refer to them.
func (ent *Entity) ownValues() {
	switch {
	case ent.values.segs == nil:
		ent.values.split(nil)
	case ent.captured:
		ent.values.segs = slices.Clone(ent.values.segs)
	default:
		return
	}
	ent.captured = false
	for _, s := range ent.props {
		s.seg = &ent.values.segs[s.index]
	}
}

// propSlot returns the slot of a property; the values are split.
func (ent *Entity) propSlot(i int) *slot {
	for _, s := range ent.props {
		if int(s.index) == i {
			return s
		}
	}
	s := &slot{ent: ent, kind: slotProp, index: uint16(i), exclude: NoClient, seg: &ent.values.segs[i]}
	ent.props = append(ent.props, s)
	return s
}

// size is about how many bytes the create message has.
func (ent *Entity) size() int {
	n := ent.head.size()
	if ent.hasProps {
		for i, name := range ent.kind.names {
			seg := ent.values.at(i)
			n += seg.size() + len(name)
		}
	}
	for i := range ent.standIn {
		n += ent.standIn[i].size()
	}
	if ent.value != nil {
		n += ent.value.seg.size()
	}
	return n
}

// blobs is how many of those are in arrays that can be fetched.
func (ent *Entity) blobs() int {
	n := 0
	for i := range ent.values.segs {
		for _, r := range ent.values.segs[i].Refs {
			if r.Blob != nil {
				n += len(r.Data)
			}
		}
	}
	return n
}

// fetched reports whether pages may fetch large arrays of the entity. Only those of scene nodes: the scene orders
// messages about one node, the GUI has no large arrays to gain from it.
func (ent *Entity) fetched() bool { return ent.kind != nil && ent.kind.idField == "name" }

// SetProps encodes the properties with the given indices anew. They are one
// change: a page sees them together.
func (ent *Entity) SetProps(p wire.Props, indices ...int) {
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	segs := make([]Segment, 0, 4)
	for _, i := range indices {
		e.Reset()
		p.AppendField(e, i)
		seg := segment(e)
		if ent.fetched() {
			seg.fetchable()
		}
		segs = append(segs, seg)
	}
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.removed {
		return
	}
	ent.ownValues()
	seq := st.next()
	for k, i := range indices {
		s := ent.propSlot(i)
		segs[k].follows(s.seg)
		if st.shared.hold > 0 {
			segs[k].inStep()
		}
		*s.seg = segs[k]
		ent.paged = ent.paged || hasPages(segs[k].Refs)
		ent.dropPatches(i)
		ent.scope.touch(s, seq, NoClient)
	}
}

// SetValue sets the value of a widget. It is not sent to the client that set it itself; NoClient if it was the program.
func (ent *Entity) SetValue(client int, value func(*wire.Encoder)) {
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	value(e)
	seg := segment(e)
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.removed || ent.value == nil {
		return
	}
	if c := st.byID[client]; c != nil {
		c.changedValue()
	}
	*ent.value.seg = seg
	ent.scope.touch(ent.value, st.next(), client)
}

// SetMessage sets the message that the entity carries under key (its
// visibility, its click bindings), replacing the one before.
func (ent *Entity) SetMessage(key string, m wire.Message) {
	ent.SetMessageFrom(NoClient, key, m)
}

// SetMessageFrom is like SetMessage, for all clients except the one that sent the
// message.
func (ent *Entity) SetMessageFrom(client int, key string, m wire.Message) {
	seg := Message(m)
	ent.setMessage(client, key, seg)
}

// WriteMessage is SetMessage for a message that write writes.
func (ent *Entity) WriteMessage(key string, write func(*wire.Encoder)) {
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	write(e)
	ent.setMessage(NoClient, key, segment(e))
}

func (ent *Entity) setMessage(client int, key string, seg Segment) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.removed {
		return
	}
	s := ent.messageSlot(key)
	*s.seg = seg
	ent.scope.touch(s, st.next(), client)
}

// A messageSlot is the slot of a message that an entity carries under a key.
type messageSlot struct {
	slot
	value Segment
	key   string
	next  *messageSlot
}

func (ent *Entity) messageSlot(key string) *slot {
	end := &ent.messages
	for *end != nil {
		if (*end).key == key {
			return &(*end).slot
		}
		end = &(*end).next
	}
	m := &messageSlot{slot: slot{ent: ent, kind: slotMessage, exclude: NoClient}, key: key}
	m.slot.seg = &m.value
	*end = m
	return &m.slot
}

// SetPosition sets the position of a scene node and reports whether the node still
// exists.
func (ent *Entity) SetPosition(p [3]float64) bool {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	return ent.setPositionLocked(p, false)
}

// SetOrientation sets the orientation of a scene node and reports whether the node still exists.
func (ent *Entity) SetOrientation(wxyz [4]float64) bool {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	return ent.setOrientationLocked(wxyz, false)
}

// SetPose sets both as one step.
func (ent *Entity) SetPose(wxyz [4]float64, p [3]float64) bool {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	return ent.setOrientationLocked(wxyz, false) && ent.setPositionLocked(p, false)
}

// SetPoseBy is like SetPose, for a pose from that client, to which it is not sent.
func (ent *Entity) SetPoseBy(client int, wxyz [4]float64, p [3]float64) bool {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.wxyz != wxyz && ent.setOrientationLocked(wxyz, false) {
		ent.orientation.exclude = int32(client)
	}
	if ent.pos != p && ent.setPositionLocked(p, false) {
		ent.position.exclude = int32(client)
	}
	return !ent.removed
}

// ForcePose sends the pose even if it is the one that a new node has anyway,
// for a node that replaces another under the same name: pages keep the pose of
// a name.
func (ent *Entity) ForcePose(wxyz [4]float64, p [3]float64) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	ent.setOrientationLocked(wxyz, true)
	ent.setPositionLocked(p, true)
}

// ForceOrientation sends the orientation even if it has not changed.
func (ent *Entity) ForceOrientation(wxyz [4]float64) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	ent.setOrientationLocked(wxyz, true)
}

// Pose returns the current pose.
func (ent *Entity) Pose() (wxyz [4]float64, p [3]float64) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	return ent.wxyz, ent.pos
}

// A Placement is a pose for an entity.
type Placement struct {
	Entity   *Entity
	WXYZ     [4]float64
	Position [3]float64
}

// SetPoses sets many poses as one step. It returns how many of the entities were
// removed before.
func (st *Store) SetPoses(placements []Placement) (gone int) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for i := range placements {
		p := &placements[i]
		if p.Entity.removed {
			gone++
			continue
		}
		p.Entity.setOrientationLocked(p.WXYZ, false)
		p.Entity.setPositionLocked(p.Position, false)
	}
	return gone
}

func (ent *Entity) setPositionLocked(p [3]float64, force bool) bool {
	if ent.removed {
		return false
	}
	if ent.pos == p && !force {
		return true
	}
	ent.pos, ent.posed[0], ent.position.far = p, true, isFar(p)
	ent.scope.touch(&ent.position, ent.scope.store.next(), NoClient)
	return true
}

func (ent *Entity) setOrientationLocked(q [4]float64, force bool) bool {
	if ent.removed {
		return false
	}
	if ent.wxyz == q && !force {
		return true
	}
	ent.wxyz, ent.posed[1] = q, true
	ent.scope.touch(&ent.orientation, ent.scope.store.next(), NoClient)
	return true
}

// Remove removes the entity; it may be called again. Pages are sent before ahead
// of the removal.
func (ent *Entity) Remove(before ...wire.Message) {
	segs := segments(before)
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if !ent.removed {
		ent.before = segs
		ent.scope.removeLocked(ent)
	}
}

func segments(ms []wire.Message) []Segment {
	var segs []Segment
	for _, m := range ms {
		segs = append(segs, Message(m))
	}
	return segs
}

// eachSlot calls f for every slot but that of the creation.
func (ent *Entity) eachSlot(f func(*slot)) {
	for _, s := range ent.props {
		f(s)
	}
	if ent.value != nil {
		f(ent.value)
	}
	f(&ent.position)
	f(&ent.orientation)
	for m := ent.messages; m != nil; m = m.next {
		f(&m.slot)
	}
}

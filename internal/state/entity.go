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
	placed                bool    // visible was ever set
	visible               bool
	captured              bool // a snapshot refers to content.segs
	paged                 bool // a property refers to the pages of an array, or has
	pos                   [3]float64
	wxyz                  [4]float64
	position, orientation slot

	create, visibility slot
	kind               *Kind // nil for a cell and for the root node
	key                string
	createSeq          uint64
	since              uint64 // since when clients may have an entity of this key
	content            content
	more               *details

	prev, next *Entity // creation order within the scope
}

// details are what only some entities have: there may be very many nodes.
type details struct {
	props    []*slot        // of the properties that have changed
	standIn  []Segment      // of the additional properties of the kind's substitute, by their index in its form
	patched  []*patchLog    // of the properties that were changed in part
	value    *valueSlot     // of a widget
	messages []*messageSlot // in the order of their first appearance
	baked    *baked         // for pages of the plain dialect; nil for the properties themselves

	// before is sent to clients before the removal, or before the create message if
	// that replaces a node that they have.
	before []Segment
}

// noDetails are those of most entities; they are not written to.
var noDetails details

// detail returns the details, to be written to.
func (ent *Entity) detail() *details {
	if ent.more == &noDetails {
		ent.more = new(details)
	}
	return ent.more
}

// A Header writes the fields of a create message that precede props, without arrays, and returns
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
	// Place is where a scene node is at first, and whether it is shown: that is part of its creation.
	Place  Place
	Placed bool // there is a Place
	// Replaces is an entity of the same key that this one replaces: it is removed
	// without a message, because the create message contains everything.
	Replaces *Entity
	// Removed creates an entity that is already removed: clients never receive it.
	Removed bool
	// Before are messages for clients that have the replaced entity, before the create
	// message.
	Before []wire.Message
}

// A Place is a pose, and whether a node is shown there.
type Place struct {
	WXYZ     [4]float64
	Position [3]float64
	Visible  bool
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
	ent := blankEntity(sc, c.Kind, c.Key)
	if len(c.Before) > 0 {
		ent.detail().before = segments(c.Before)
	}
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	if c.Head != nil {
		ent.content.fields = int32(c.Head.AppendHead(e))
	}
	ent.encode(e, c.Props)
	if c.Kind.standIn != nil {
		ent.encodeStandIn(e, c.Kind.standIn)
	}
	ent.bakeCreated()
	if c.Value != nil {
		e.Reset()
		c.Value(e)
		ent.detail().value = &valueSlot{slot: slot{ent: ent, kind: slotValue, exclude: NoClient}, seg: segment(e)}
	}
	if c.Placed {
		ent.place(&c.Place, c.Replaces != nil)
	}
	return ent
}

func blankEntity(sc *Scope, k *Kind, key string) *Entity {
	ent := &Entity{scope: sc, kind: k, key: key, wxyz: identity, more: &noDetails}
	ent.create = slot{ent: ent, kind: slotCreate, exclude: NoClient}
	ent.position = slot{ent: ent, kind: slotPosition, exclude: NoClient}
	ent.orientation = slot{ent: ent, kind: slotOrientation, exclude: NoClient}
	ent.visibility = slot{ent: ent, kind: slotVisibility, exclude: NoClient}
	return ent
}

// identity is the orientation that nodes have at first.
var identity = [4]float64{1, 0, 0, 0}

// place sets what the node begins with. A pose that new nodes have anyway is not sent, unless the node replaces another
// one: pages keep the pose of a name.
func (ent *Entity) place(p *Place, replaces bool) {
	ent.placed, ent.visible = true, p.Visible
	ent.posed = [2]bool{replaces || p.Position != ent.pos, replaces || p.WXYZ != ent.wxyz}
	ent.pos, ent.wxyz, ent.position.far = p.Position, p.WXYZ, isFar(p.Position)
}

// owner is what the messages about the entity carry as owner.
func (ent *Entity) owner() string {
	if ent.kind != nil && ent.kind.owner != "" {
		return ent.kind.owner
	}
	return ent.scope.owner
}

// encode encodes all properties, if there are any, into one piece of memory behind the head, which is in the encoder.
func (ent *Entity) encode(e *wire.Encoder, p wire.Props) {
	head := len(e.B)
	ent.content.head = uint32(head)
	if p == nil {
		ent.content.data = segment(e).B
		return
	}
	ends := make([]uint32, 0, 64) // on the stack, for most
	refEnds := make([]int, 0, 64)
	for i := range ent.kind.names {
		p.AppendField(e, i)
		ends = append(ends, uint32(len(e.B)-head))
		refEnds = append(refEnds, len(e.Refs))
	}
	all := segment(e)
	ent.content.data, ent.content.ends = all.B, ent.kind.sharedEnds(ends)
	if len(all.Refs) == 0 {
		return
	}
	for i := range all.Refs {
		all.Refs[i].Pos -= head
	}
	ent.paged = hasPages(all.Refs)
	ent.content.split(all.Refs, refEnds)
	if ent.fetched() {
		for i := range ent.content.segs {
			ent.content.segs[i].fetchable()
		}
	}
}

// A content is the encoded fields and properties of an entity. Its bytes are immutable. Most properties never change,
// and have no arrays: then all of them are one piece of bytes.
type content struct {
	data   []byte    // the fields of the create message that precede the properties, then the properties
	head   uint32    // where those begin
	fields int32     // how many there are before
	ends   *[]uint32 // behind the head, of each property
	segs   []Segment // instead, if the properties are in several pieces
}

// header are the fields that precede the properties.
func (c *content) header() []byte { return c.data[:c.head] }

// at returns the value of a property.
func (c *content) at(i int) Segment {
	if c.segs != nil {
		return c.segs[i]
	}
	ends := *c.ends
	start, end := c.head, c.head+ends[i]
	if i > 0 {
		start += ends[i-1]
	}
	return Segment{B: c.data[start:end:end]}
}

// split makes a Segment of each value. refs are the references of all values, and refEnds where those of each end.
func (c *content) split(refs []wire.Ref, refEnds []int) {
	ends := *c.ends
	segs := make([]Segment, len(ends))
	first := 0
	for i := range segs {
		segs[i] = c.at(i)
		if refs == nil {
			continue
		}
		if own := refs[first:refEnds[i]]; len(own) > 0 {
			segs[i].Refs = make([]wire.Ref, len(own))
			for k, r := range own {
				if i > 0 {
					r.Pos -= int(ends[i-1])
				}
				segs[i].Refs[k] = r
			}
		}
		first = refEnds[i]
	}
	c.data, c.ends, c.segs = c.data[:c.head:c.head], nil, segs
}

// encodeStandIn encodes the additional properties of the substitute for plain clients.
func (ent *Entity) encodeStandIn(e *wire.Encoder, p wire.Props) {
	own := ent.kind.forms[wire.Plain].own
	segs := make([]Segment, len(own))
	ent.detail().standIn = segs
	for i, index := range own {
		if index == standIn {
			e.Reset()
			p.AppendField(e, i)
			segs[i] = segment(e)
		}
	}
}

// ownValues makes the values of properties writable one by one: a snapshot may refer to them.
func (ent *Entity) ownValues() {
	switch {
	case ent.content.segs == nil:
		ent.content.split(nil, nil)
	case ent.captured:
		ent.content.segs = slices.Clone(ent.content.segs)
	default:
		return
	}
	ent.captured = false
}

// propSlot returns the slot of a property; the values are split.
func (ent *Entity) propSlot(i int) *slot {
	d := ent.detail()
	for _, s := range d.props {
		if int(s.index) == i {
			return s
		}
	}
	s := &slot{ent: ent, kind: slotProp, index: uint16(i), exclude: NoClient}
	d.props = append(d.props, s)
	return s
}

// size is about how many bytes the create message has.
func (ent *Entity) size() int {
	c := &ent.content
	n := len(c.data) + ent.kind.keySize
	for i := range c.segs {
		n += c.segs[i].size()
	}
	for i := range ent.more.standIn {
		n += ent.more.standIn[i].size()
	}
	if v := ent.more.value; v != nil {
		n += v.seg.size()
	}
	return n
}

// blobs is how many of those are in arrays that can be fetched.
func (ent *Entity) blobs() int {
	n := 0
	for i := range ent.content.segs {
		for _, r := range ent.content.segs[i].Refs {
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
		seg := s.seg()
		segs[k].follows(seg)
		if st.shared.hold > 0 {
			segs[k].inStep()
		}
		*seg = segs[k]
		ent.paged = ent.paged || hasPages(segs[k].Refs)
		ent.dropPatches(i)
		ent.scope.touch(s, seq, NoClient)
	}
	ent.bake(indices)
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
	s := ent.more.value
	if ent.removed || s == nil {
		return
	}
	if c := st.byID[client]; c != nil {
		c.changedValue()
	}
	s.seg = seg
	ent.scope.touch(&s.slot, st.next(), client)
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

func (ent *Entity) setMessage(client int, key string, seg Segment) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.removed {
		return
	}
	s := ent.messageSlot(key)
	s.seg = seg
	ent.scope.touch(&s.slot, st.next(), client)
}

func (ent *Entity) messageSlot(key string) *messageSlot {
	for _, m := range ent.more.messages {
		if m.key == key {
			return m
		}
	}
	d := ent.detail()
	m := &messageSlot{slot: slot{ent: ent, kind: slotMessage, index: uint16(len(d.messages)), exclude: NoClient}, key: key}
	d.messages = append(d.messages, m)
	return m
}

// SetVisible shows or hides a scene node, or the whole scene if it is the root.
func (ent *Entity) SetVisible(v bool) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if !ent.removed {
		ent.placed, ent.visible = true, v
		ent.scope.touch(&ent.visibility, st.next(), NoClient)
	}
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

// ForcePose sends the pose even if it has not changed.
func (ent *Entity) ForcePose(wxyz [4]float64, p [3]float64) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	ent.setOrientationLocked(wxyz, true)
	ent.setPositionLocked(p, true)
}

// MoveBy sets the position, also if it has not changed. It is not sent to the client; NoClient for none.
func (ent *Entity) MoveBy(client int, p [3]float64) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.setPositionLocked(p, true) {
		ent.position.exclude = int32(client)
	}
}

// TurnBy is MoveBy for the orientation.
func (ent *Entity) TurnBy(client int, wxyz [4]float64) {
	st := ent.scope.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if ent.setOrientationLocked(wxyz, true) {
		ent.orientation.exclude = int32(client)
	}
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
		if segs != nil || ent.more.before != nil {
			ent.detail().before = segs
		}
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
	for _, s := range ent.more.props {
		f(s)
	}
	if ent.more.value != nil {
		f(&ent.more.value.slot)
	}
	f(&ent.position)
	f(&ent.orientation)
	f(&ent.visibility)
	for _, m := range ent.more.messages {
		f(&m.slot)
	}
}

package fold

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// Diff returns the messages that turn a page that shows from into one that shows to; none for what is equal. What no
// message undoes stays: orders to the camera and to panels, of a type that to does not have. The messages share memory
// with to, which later changes of to leave alone.
func Diff(from, to *State) []wire.RawMessage { return DiffPosed(from, to, nil) }

// A Posed receives the pose of a node instead of a message, or refuses it. The first three of v are the position if it is no
// orientation.
type Posed func(name, owner string, orientation bool, v [4]float64) (taken bool)

// DiffPosed is Diff, without the messages of poses that posed takes. They apply after all others.
func DiffPosed(from, to *State, posed Posed) []wire.RawMessage {
	from.share()
	to.share()
	var out []wire.RawMessage
	w := writer{yield: func(m wire.RawMessage) bool {
		out = append(out, m)
		return true
	}, posed: posed}
	d := differ{writer: &w, from: from, to: to}
	d.removed()
	w.root(from.root, to.root)
	orders := d.singles()
	changes := d.changed()
	out = slices.Grow(out, 2*len(changes))
	for _, c := range changes {
		if c.place != nil {
			d.place(from.places[c.place.name], c.place)
		} else {
			d.element(c)
		}
	}
	for _, m := range orders {
		w.put(m)
	}
	return out
}

type differ struct {
	*writer
	from, to *State
}

// sets returns the sets of elements of both, and the functions that compare them.
func (d *differ) sets() []elementSet {
	return []elementSet{
		{d.from.elements, d.to.elements, removeElement, updateElement, elementGroup},
		{d.from.commands, d.to.commands, removeCommand, updateCommand, noGroup},
		{d.from.notices, d.to.notices, removeNotice, updateNotice, noGroup},
	}
}

type elementSet struct {
	from, to map[string]*element
	remove   func(uuid string, e *element) wire.Message
	update   func(w *writer, uuid string, from, to *element)
	group    func(*element) string
}

// removed puts the removals of whole entities, in the order of their creation.
func (d *differ) removed() {
	type removal struct {
		seq uint64
		m   wire.Message
	}
	var out []removal
	for name, pl := range d.from.places {
		if d.to.places[name] != nil {
			continue
		}
		for i := range pl.variants {
			v := &pl.variants[i]
			out = append(out, removal{v.seq, &wire.RemoveSceneNodeMessage{Name: name, Owner: v.owner}})
		}
	}
	for _, set := range d.sets() {
		for uuid, e := range set.from {
			if set.to[uuid] == nil {
				out = append(out, removal{e.seq, set.remove(uuid, e)})
			}
		}
	}
	slices.SortFunc(out, func(a, b removal) int { return cmp.Compare(a.seq, b.seq) })
	for _, r := range out {
		d.message(r.m)
	}
}

// singles puts single messages, and returns the orders for panels that come last.
func (d *differ) singles() (orders []wire.RawMessage) {
	for _, m := range d.from.sortedSingles() {
		if _, stays := d.to.singles[m.key]; stays {
			continue
		}
		if undo, ok := m.undo(); ok {
			d.put(undo)
		}
	}
	for _, m := range d.to.sortedSingles() {
		old, had := d.from.singles[m.key]
		switch {
		case had && equalMessages(old.msg, m.msg):
		case m.isPanelOrder():
			orders = append(orders, m.msg)
		default:
			d.put(m.msg)
		}
	}
	return orders
}

func equalMessages(a, b wire.RawMessage) bool {
	return a.Type == b.Type && bytes.Equal(a.B, b.B) && equalRefs(a.Refs, b.Refs)
}

// A changed is something that the two States may have differently.
type changed struct {
	seq   uint64
	place *place // in to; else it is an element
	uuid  string
	set   *elementSet
	again bool // it must be created again, for the order
}

// changed returns what is new or may have changed, in the order of creation.
func (d *differ) changed() []changed {
	out := make([]changed, 0, 64)
	for name, pl := range d.to.places {
		if d.from.places[name] != pl {
			out = append(out, changed{seq: pl.variants[0].seq, place: pl})
		}
	}
	for _, set := range d.sets() {
		again := moved(set.from, set.to, set.group)
		for uuid, e := range set.to {
			if again[uuid] || set.from[uuid] != e {
				out = append(out, changed{seq: e.seq, uuid: uuid, set: &set, again: again[uuid]})
			}
		}
	}
	slices.SortFunc(out, func(a, b changed) int { return cmp.Compare(a.seq, b.seq) })
	return out
}

// place changes the nodes of one name. from is nil if there are none.
func (d *differ) place(from, to *place) {
	work := from // what the page has then
	switch {
	case from == nil:
		work = &place{name: to.name}
	case !sameOwners(from, to):
		work = from.clone(0)
		d.removeVariants(work, to)
	}
	for i := range to.variants {
		v := &to.variants[i]
		if k := work.find([]byte(v.owner)); k >= 0 && !d.updated(&work.variants[k], v) {
			continue
		}
		if work == from {
			work = from.clone(0)
		}
		d.put(v.content.message())
		work.create(variant{owner: v.owner, virtual: v.virtual, visible: true, pose: identity})
	}
	for i := range to.variants {
		v := &to.variants[i]
		had := &work.variants[work.find([]byte(v.owner))]
		d.pose(to.name, v.owner, had.pose, v.pose)
		d.visibility(to.name, v.owner, had.visible, v.visible)
		d.bones(to.name, v.owner, had.bones, v.bones)
		d.bindings(had.clicks, v.clicks)
		d.bindings(had.drags, v.drags)
	}
}

func sameOwners(a, b *place) bool {
	return slices.EqualFunc(a.variants, b.variants, func(v, w variant) bool { return v.owner == w.owner })
}

// removeVariants removes what is not in to, and what would come before another one there: of the nodes of clients, the
// first one is effective.
func (d *differ) removeVariants(work, to *place) {
	var clients []string
	for i := range to.variants {
		if owner := to.variants[i].owner; owner != "" {
			clients = append(clients, owner)
		}
	}
	for i := 0; i < len(work.variants); {
		owner := work.variants[i].owner
		switch {
		case owner == "" && to.find(nil) >= 0:
			i++
		case owner != "" && len(clients) > 0 && clients[0] == owner:
			clients = clients[1:]
			i++
		default:
			d.message(&wire.RemoveSceneNodeMessage{Name: work.name, Owner: owner})
			work.remove(i)
		}
	}
}

// updated puts an update of the node's properties; true if it must be created again instead.
func (d *differ) updated(from, to *variant) (again bool) {
	if from.virtual != to.virtual || lacksBones(to.bones, from.bones) {
		return true
	}
	changes, ok := updatesOf(&from.content, &to.content)
	if !ok {
		return true
	}
	if len(changes) > 0 {
		d.put(update("SceneNodeUpdateMessage", "name", nameOf(to), changes, &to.owner))
	}
	return false
}

// nameOf reads the name out of the create message.
func nameOf(v *variant) string { return string(headingOf(v.base.RawMessage).name) }

// lacksBones reports whether all has a pose that some does not have.
func lacksBones(some, all []bone) bool {
	for _, b := range all {
		i := slices.IndexFunc(some, func(o bone) bool { return o.index == b.index })
		if i < 0 || b.turned && !some[i].turned || b.placed && !some[i].placed {
			return true
		}
	}
	return false
}

// updatesOf returns the properties that differ; false if only a create message makes one of the other.
func updatesOf(from, to *content) (changes []change, ok bool) {
	if from.base == to.base || equalMessages(from.base.RawMessage, to.base.RawMessage) {
		return overlay(from, to)
	}
	if from.base.Type != to.base.Type || !bytes.Equal(from.head(), to.head()) {
		return nil, false
	}
	return differing(from.props(), to.props())
}

// overlay compares two that have the same create message.
func overlay(from, to *content) ([]change, bool) {
	if len(from.changes) == 0 && len(to.changes) == 0 {
		return nil, true
	}
	if subset(from.changes, to.changes) {
		return differing(from.changes, to.changes)
	}
	return differing(from.props(), to.props())
}

// subset reports whether to has all keys of from. Both are sorted.
func subset(from, to []change) bool {
	_, ok := differing(from, to)
	return ok
}

// differing returns those of to that from does not have alike; false if from has a key that to does not have. Both are
// sorted.
func differing(from, to []change) (out []change, ok bool) {
	i := 0
	for _, c := range to {
		if i < len(from) && from[i].key < c.key {
			return nil, false
		}
		if i < len(from) && from[i].key == c.key {
			i++
			if from[i-1].equal(c.value) {
				continue
			}
		}
		out = append(out, c)
	}
	return out, i == len(from)
}

// update makes a message that changes properties. owner is nil for all but nodes.
func update(typ, idField, id string, changes []change, owner *string) wire.RawMessage {
	size := len(typ) + len(id) + 64
	for _, c := range changes {
		size += len(c.key) + len(c.B) + 8
	}
	out := builder{B: make([]byte, 0, size)}
	n := uint32(3)
	if owner != nil {
		n++
	}
	out.B = msgp.AppendMapHeader(out.B, n)
	out.B = msgp.AppendString(out.B, idField)
	out.B = msgp.AppendString(out.B, id)
	out.B = msgp.AppendString(out.B, "updates")
	out.B = msgp.AppendMapHeader(out.B, uint32(len(changes)))
	for _, c := range changes {
		out.B = msgp.AppendString(out.B, c.key)
		out.add(c.value)
	}
	if owner != nil {
		out.B = msgp.AppendString(out.B, "owner")
		out.B = msgp.AppendString(out.B, *owner)
	}
	out.B = msgp.AppendString(out.B, "type")
	out.B = msgp.AppendString(out.B, typ)
	return wire.RawMessage{Type: typ, B: out.B, Refs: out.Refs}
}

// element changes an element, or creates it.
func (d *differ) element(c changed) {
	from, to := c.set.from[c.uuid], c.set.to[c.uuid]
	switch {
	case from == nil:
		d.put(to.message())
	case c.again:
		d.message(c.set.remove(c.uuid, from))
		d.put(to.message())
	default:
		c.set.update(d.writer, c.uuid, from, to)
	}
}

func removeElement(uuid string, e *element) wire.Message {
	switch e.base.Type {
	case modalType:
		return &wire.GuiCloseModalMessage{UUID: uuid}
	case panelType:
		return &wire.GuiPanelRemoveMessage{UUID: uuid}
	}
	return &wire.GuiRemoveMessage{UUID: uuid}
}

func removeCommand(uuid string, _ *element) wire.Message {
	return &wire.RemoveCommandMessage{UUID: uuid}
}

func removeNotice(uuid string, _ *element) wire.Message {
	return &wire.RemoveNotificationMessage{UUID: uuid}
}

func updateElement(w *writer, uuid string, from, to *element) {
	changes, ok := updatesOf(&from.content, &to.content)
	had, hasOld := from.currentValue()
	has, hasNew := to.currentValue()
	if !ok || hasOld && !hasNew {
		w.put(to.message())
		return
	}
	if hasNew && (!hasOld || !had.equal(has)) {
		changes = append(changes, change{"value", has})
	}
	if len(changes) > 0 {
		w.put(update("GuiUpdateMessage", "uuid", uuid, changes, nil))
	}
}

func updateCommand(w *writer, uuid string, from, to *element) {
	changes, ok := updatesOf(&from.content, &to.content)
	switch {
	case !ok:
		w.put(to.message())
	case len(changes) > 0:
		w.put(update("CommandUpdateMessage", "uuid", uuid, changes, nil))
	}
}

// updateNotice does not show again what the user has closed.
func updateNotice(w *writer, uuid string, from, to *element) {
	changes, ok := updatesOf(&from.content, &to.content)
	switch {
	case !ok:
		w.put(to.message())
	case len(changes) > 0:
		w.put(noticeUpdate(uuid, to))
	}
}

// noticeUpdate has all properties of a notification.
func noticeUpdate(uuid string, e *element) wire.RawMessage {
	const typ = "NotificationUpdateMessage"
	m := e.message()
	out := builder{from: m, B: msgp.AppendMapHeader(nil, 3)}
	out.B = msgp.AppendString(out.B, "uuid")
	out.B = msgp.AppendString(out.B, uuid)
	p := pairsAt(m.B, 0)
	for p.next() {
		if string(p.key) == "props" {
			out.copy(p.keyAt, p.to)
		}
	}
	out.B = msgp.AppendString(out.B, "type")
	out.B = msgp.AppendString(out.B, typ)
	return wire.RawMessage{Type: typ, B: out.B, Refs: out.Refs}
}

// moved returns the elements that must be created again: a page shows those of one group in the order in which it received
// them, which is to be that of to.
func moved(from, to map[string]*element, group func(*element) string) map[string]bool {
	type made struct {
		uuid     string
		now, old *element
	}
	order := make([]made, 0, len(to))
	for uuid, e := range to {
		order = append(order, made{uuid, e, from[uuid]})
	}
	slices.SortFunc(order, func(a, b made) int { return cmp.Compare(a.now.seq, b.now.seq) })
	ascending := slices.IsSortedFunc(order, func(a, b made) int {
		if a.old == nil && b.old == nil {
			return 0
		}
		if b.old == nil {
			return -1
		}
		if a.old == nil {
			return 1
		}
		return cmp.Compare(a.old.seq, b.old.seq)
	})
	if ascending {
		return nil
	}
	out := map[string]bool{}
	last := map[string]uint64{} // of each group, where in from the last one is
	for _, m := range order {
		g := group(m.now)
		switch {
		case m.old != nil && m.old.seq > last[g]:
			last[g] = m.old.seq
		case m.old != nil:
			out[m.uuid] = true
			fallthrough
		default:
			last[g] = math.MaxUint64 // this one is created after all that there are
		}
	}
	return out
}

// elementGroup is what an element is sorted with: of one container, with one order.
func elementGroup(e *element) string {
	order, found := e.prop([]byte("order"))
	h := headingOf(e.base.RawMessage)
	if !found { // a modal's
		p := pairsAt(e.base.B, 0)
		for p.next() {
			if string(p.key) == "order" {
				order = value{B: p.value()}
			}
		}
	}
	x, _, _ := number(order.B)
	kind := ""
	if e.base.Type == modalType || e.base.Type == panelType {
		kind = e.base.Type
	}
	return kind + " " + strconv.FormatFloat(x, 'g', -1, 64) + " " + string(h.container)
}

// noGroup is for those that have no order of their own.
func noGroup(*element) string { return "" }

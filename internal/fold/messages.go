package fold

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// Messages returns messages that show the same on an empty page, in a stable order. They share memory with s, which
// later changes of s leave alone. s must not be changed while they are taken.
func (s *State) Messages() iter.Seq[wire.RawMessage] {
	return func(yield func(wire.RawMessage) bool) {
		s.share()
		w := writer{yield: yield}
		w.root(newRoot(), s.root)
		orders := w.singles(s)
		for _, made := range s.inOrder() {
			switch {
			case w.done:
				return
			case made.element != nil:
				w.put(made.element.message())
			default:
				w.node(made.place, made.variant)
			}
		}
		for _, m := range orders {
			w.put(m.msg)
		}
	}
}

// A creation is a node, or an element of the GUI, a command or a notification.
type creation struct {
	seq     uint64
	place   *place
	variant *variant
	element *element
}

// inOrder returns all entities in the order of their creation.
func (s *State) inOrder() []creation {
	out := make([]creation, 0, len(s.places)+len(s.elements)+len(s.commands)+len(s.notices))
	for _, pl := range s.places {
		for i := range pl.variants {
			v := &pl.variants[i]
			out = append(out, creation{seq: v.seq, place: pl, variant: v})
		}
	}
	for _, set := range []map[string]*element{s.elements, s.commands, s.notices} {
		for _, e := range set {
			out = append(out, creation{seq: e.seq, element: e})
		}
	}
	slices.SortFunc(out, func(a, b creation) int { return cmp.Compare(a.seq, b.seq) })
	return out
}

// A writer makes messages.
type writer struct {
	yield func(wire.RawMessage) bool
	done  bool
	e     wire.Encoder
	posed Posed
}

func (w *writer) put(m wire.RawMessage) {
	w.done = w.done || !w.yield(m)
}

// written puts what the encoder has, as a message of its own.
func (w *writer) written(typ string, from int) {
	w.put(wire.RawMessage{Type: typ, B: w.e.B[from:len(w.e.B):len(w.e.B)]})
}

// chunk is how much memory messages without arrays are given at a time.
const chunk = 4 << 10

// begin makes room for a message of about so many bytes, and returns where it begins.
func (w *writer) begin(size int) int {
	if cap(w.e.B)-len(w.e.B) < size {
		w.e.B = make([]byte, 0, max(chunk, size))
	}
	return len(w.e.B)
}

func (w *writer) position(name, owner string, p [3]float64) {
	from := w.begin(len(name) + len(owner) + 128)
	w.e.SetPosition(name, owner, p)
	w.written("SetPositionMessage", from)
}

func (w *writer) orientation(name, owner string, q [4]float64) {
	from := w.begin(len(name) + len(owner) + 128)
	w.e.SetOrientation(name, owner, q)
	w.written("SetOrientationMessage", from)
}

func (w *writer) message(m wire.Message) { w.put(wire.RawOf(m)) }

// pose puts what differs.
func (w *writer) pose(name, owner string, from, to pose) {
	if from.wxyz != to.wxyz && !w.gave(name, owner, true, to.wxyz) {
		w.orientation(name, owner, to.wxyz)
	}
	if from.pos != to.pos && !w.gave(name, owner, false, [4]float64{to.pos[0], to.pos[1], to.pos[2]}) {
		w.position(name, owner, to.pos)
	}
}

func (w *writer) gave(name, owner string, orientation bool, v [4]float64) bool {
	return w.posed != nil && w.posed(name, owner, orientation, v)
}

func (w *writer) visibility(name, owner string, from, to bool) {
	if from != to {
		w.message(&wire.SetSceneNodeVisibilityMessage{Name: name, Visible: to, Owner: owner})
	}
}

func (w *writer) root(from, to root) {
	w.pose("", "", from.pose, to.pose)
	w.visibility("", "", from.visible, to.visible)
}

// singles puts single messages and returns the orders for panels, which come last.
func (w *writer) singles(s *State) (orders []single) {
	for _, m := range s.sortedSingles() {
		if m.isPanelOrder() {
			orders = append(orders, m)
			continue
		}
		w.put(m.msg)
	}
	return orders
}

func (s *State) sortedSingles() []single {
	out := make([]single, 0, len(s.singles))
	for _, m := range s.singles {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b single) int { return cmp.Compare(a.seq, b.seq) })
	return out
}

// node puts a node with all that it has.
func (w *writer) node(pl *place, v *variant) {
	w.put(v.content.message())
	if len(pl.variants) > 1 {
		// It may have taken over another pose, and the next may take over this one.
		w.orientation(pl.name, v.owner, v.wxyz)
		w.position(pl.name, v.owner, v.pos)
	} else {
		w.pose(pl.name, v.owner, identity, v.pose)
	}
	w.visibility(pl.name, v.owner, true, v.visible)
	w.bones(pl.name, v.owner, nil, v.bones)
	w.bindings(nil, v.clicks)
	w.bindings(nil, v.drags)
}

// bones puts the poses that differ. from has no bones that to does not have.
func (w *writer) bones(name, owner string, from, to []bone) {
	for _, b := range to {
		var old bone
		if i := slices.IndexFunc(from, func(o bone) bool { return o.index == b.index }); i >= 0 {
			old = from[i]
		}
		if b.turned && (!old.turned || !same(old.wxyz[:], b.wxyz[:])) {
			w.message(&wire.SetBoneOrientationMessage{Name: name, BoneIndex: b.index, WXYZ: b.wxyz, Owner: owner})
		}
		if b.placed && (!old.placed || !same(old.pos[:], b.pos[:])) {
			w.message(&wire.SetBonePositionMessage{Name: name, BoneIndex: b.index, Position: b.pos, Owner: owner})
		}
	}
}

// same compares numbers, which may be NaN.
func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || x != x && y != y })
}

func (w *writer) bindings(from, to *wire.RawMessage) {
	switch {
	case from == to:
	case to == nil:
		w.put(withoutBindings(*from))
	case from == nil || string(from.B) != string(to.B):
		w.put(*to)
	}
}

// withoutBindings removes the bindings that m sets.
func withoutBindings(m wire.RawMessage) wire.RawMessage {
	t, _ := about(m, "name", "bindings")
	b := append([]byte(nil), m.B[:t.rest.from]...)
	b = append(msgp.AppendArrayHeader(b, 0), m.B[t.rest.to:]...)
	return wire.RawMessage{Type: m.Type, B: b}
}

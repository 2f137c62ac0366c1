package fold

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// maxDepth is the number of slashes that a page accepts in a name.
const maxDepth = 256

// maxOwners bounds how many nodes have one name. A page is sent those of two owners: the server's and its client's.
const maxOwners = 256

var errOwners = errors.New("too many owners have a node of its name")

// A node is the key of one.
type node struct{ name, owner string }

// noID marks a node without a number for packed poses.
const noID = -1

// A pose is where a node is.
type pose struct {
	pos  [3]float64
	wxyz [4]float64
}

var identity = pose{wxyz: [4]float64{1, 0, 0, 0}}

type root struct {
	pose
	visible bool
}

func newRoot() root { return root{pose: identity, visible: true} }

// A place has the nodes of all owners with one name, in the order of their creation.
type place struct {
	token    uint64
	name     string
	variants []variant
}

// A variant is the node of one owner.
type variant struct {
	owner   string
	seq     uint64
	id      int64
	virtual bool
	visible bool
	pose
	content
	clicks, drags *wire.RawMessage // nil for none
}

func (v *variant) rank() int {
	n := 0
	if v.owner != "" {
		n++
	}
	if !v.virtual {
		n += 4
	}
	return n
}

// find returns the index of the owner's node, or -1.
func (pl *place) find(owner []byte) int {
	for i := range pl.variants {
		if pl.variants[i].owner == string(owner) {
			return i
		}
	}
	return -1
}

// effective returns the one that is shown.
func (pl *place) effective() *variant {
	var best *variant
	for i := range pl.variants {
		if v := &pl.variants[i]; best == nil || v.rank() > best.rank() {
			best = v
		}
	}
	return best
}

// elect follows a change of the variants: before was effective, and had the pose.
func (pl *place) elect(before string, had pose) {
	if now := pl.effective(); now != nil && now.virtual && now.owner != before {
		now.pose = had
	}
}

// create adds a node or replaces it.
func (pl *place) create(v variant) {
	before := pl.effective()
	i := pl.find([]byte(v.owner))
	if before == nil {
		pl.variants = append(pl.variants, v)
		return
	}
	owner, had := before.owner, before.pose
	if i < 0 {
		pl.variants = append(pl.variants, v)
	} else {
		old := &pl.variants[i]
		v.seq, v.pose, v.visible, v.clicks, v.drags = old.seq, old.pose, old.visible, old.clicks, old.drags
		*old = v
	}
	pl.elect(owner, had)
}

// remove removes the node with that index.
func (pl *place) remove(i int) {
	before := pl.effective()
	owner, had := before.owner, before.pose
	pl.variants = slices.Delete(pl.variants, i, i+1)
	pl.elect(owner, had)
}

func (pl *place) clone(token uint64) *place {
	return &place{token: token, name: pl.name, variants: slices.Clone(pl.variants)}
}

// own returns the place to be changed.
func (s *State) own(pl *place) *place {
	s.change()
	if pl.token == s.token {
		return pl
	}
	pl = pl.clone(s.token)
	s.places[pl.name] = pl
	return pl
}

// variant returns a node to be changed, or nil.
func (s *State) variant(name, owner []byte) *variant {
	pl := s.places[string(name)]
	if pl == nil {
		return nil
	}
	i := pl.find(owner)
	if i < 0 {
		return nil
	}
	return &s.own(pl).variants[i]
}

// A heading is the fields of a create message that matter here.
type heading struct {
	name, owner, uuid, container []byte
	virtual, props, named, owned bool
	id                           int64
	err                          error
}

func headingOf(m wire.RawMessage) heading {
	h := heading{id: noID, owned: true}
	p := pairsAt(m.B, 0)
	for p.next() {
		switch v := p.value(); string(p.key) {
		case "name":
			h.name, h.named = text(v)
		case "owner":
			h.owner, h.owned = ownerOf(v)
		case "uuid":
			h.uuid, _ = text(v)
		case "container_uuid":
			h.container, _ = text(v)
		case "virtual":
			h.virtual = isTrue(v)
		case "id":
			h.id = noID
			if id, ok := whole(v, math.MaxUint32); ok {
				h.id = id
			}
		case "props":
			h.props = isMap(v)
		}
	}
	h.err = p.err
	return h
}

func (s *State) createNode(m wire.RawMessage) error {
	h := headingOf(m)
	switch {
	case h.err != nil:
		return bad(m, h.err)
	case !h.named || !h.owned || !h.props:
		return bad(m, errMalformed)
	case len(h.name) == 0 || bytes.Count(h.name, []byte("/")) > maxDepth:
		return nil
	}
	pl := s.places[string(h.name)]
	if pl != nil && len(pl.variants) >= maxOwners && pl.find(h.owner) < 0 {
		return bad(m, errOwners)
	}
	s.change()
	if pl == nil {
		pl = &place{token: s.token, name: strings.Clone(string(h.name))}
		s.places[pl.name] = pl
	}
	pl = s.own(pl)
	if i := pl.find(h.owner); i >= 0 {
		s.forgetID(pl, i)
	}
	v := variant{owner: string(h.owner), seq: s.next(), id: h.id, virtual: h.virtual, visible: true, pose: identity,
		content: content{base: newBase(m)}}
	pl.create(v)
	if h.id != noID {
		s.ids[uint32(h.id)] = node{pl.name, v.owner}
	}
	return nil
}

// forgetID releases the number of a node, unless another one has it now.
func (s *State) forgetID(pl *place, i int) {
	v := &pl.variants[i]
	if v.id != noID && s.ids[uint32(v.id)] == (node{pl.name, v.owner}) {
		delete(s.ids, uint32(v.id))
	}
}

func (s *State) removeNode(m wire.RawMessage) error {
	t, err := about(m, "name", "")
	if err != nil {
		return err
	}
	pl := s.places[string(t.name)]
	if pl == nil {
		return nil
	}
	i := pl.find(t.owner)
	if i < 0 {
		return nil
	}
	pl = s.own(pl)
	s.forgetID(pl, i)
	if pl.remove(i); len(pl.variants) == 0 {
		delete(s.places, pl.name)
	}
	return nil
}

func (s *State) setPosition(m wire.RawMessage) error {
	var p [3]float64
	name, owner, err := poseOf(m, "position", p[:])
	if err != nil || p[0]-p[0]+(p[1]-p[1])+(p[2]-p[2]) != 0 {
		return err
	}
	if at := s.posed(name, owner); at != nil {
		at.pos = p
	}
	return nil
}

func (s *State) setOrientation(m wire.RawMessage) error {
	var q [4]float64
	name, owner, err := poseOf(m, "wxyz", q[:])
	if err != nil || !isRotation(q) {
		return err
	}
	if at := s.posed(name, owner); at != nil {
		at.wxyz = q
	}
	return nil
}

func isRotation(q [4]float64) bool {
	n := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
	return n > 1e-12 && n <= math.MaxFloat64
}

// posed returns the pose of a node or of the root, to be changed; nil if there is no such node.
func (s *State) posed(name, owner []byte) *pose {
	if len(name) == 0 {
		return &s.root.pose
	}
	if v := s.variant(name, owner); v != nil {
		return &v.pose
	}
	return nil
}

// poseOf reads a message with a vector. The order of wire.Encoder is read without passing over values twice.
func poseOf(m wire.RawMessage, field string, out []float64) (name, owner []byte, err error) {
	if name, owner, ok := usualPose(m.B, field, out); ok {
		return name, owner, nil
	}
	t, err := about(m, "name", field)
	if err == nil && !vector(t.rest.value(), out) {
		err = bad(m, errMalformed)
	}
	return t.name, t.owner, err
}

// usualPose reads name, vector and owner in this order, with short strings and 64-bit floats. What follows is the type.
func usualPose(b []byte, field string, out []float64) (name, owner []byte, ok bool) {
	if len(b) < 1 || b[0] != 0x84 {
		return nil, nil, false
	}
	name, b, ok = usualText(b[1:], "name")
	n := 1 + len(field) + 1 + 9*len(out)
	if !ok || len(b) < n || b[0] != 0xa0|byte(len(field)) || string(b[1:1+len(field)]) != field ||
		b[1+len(field)] != 0x90|byte(len(out)) {
		return nil, nil, false
	}
	for i := range out {
		v := b[2+len(field)+9*i:]
		if v[0] != 0xcb {
			return nil, nil, false
		}
		out[i] = math.Float64frombits(be64(v[1:]))
	}
	owner, b, ok = usualText(b[n:], "owner")
	return name, owner, ok && len(b) > 5 && string(b[:5]) == "\xa4type"
}

// usualText reads a key and a short string.
func usualText(b []byte, key string) (s, rest []byte, ok bool) {
	head := 1 + len(key)
	if len(b) <= head || b[0] != 0xa0|byte(len(key)) || string(b[1:head]) != key {
		return nil, nil, false
	}
	n := head + 1
	switch c := b[head]; {
	case c&0xe0 == 0xa0:
		n += int(c & 0x1f)
		head++
	case c == 0xd9 && len(b) > head+1:
		n += 1 + int(b[head+1])
		head += 2
	default:
		return nil, nil, false
	}
	if len(b) < n {
		return nil, nil, false
	}
	return b[head:n], b[n:], true
}

func (s *State) setVisibility(m wire.RawMessage) error {
	t, err := about(m, "name", "visible")
	if err != nil {
		return err
	}
	visible := isTrue(t.rest.value())
	if !visible && !bytes.Equal(t.rest.value(), []byte{0xc2}) {
		return bad(m, errMalformed)
	}
	if len(t.name) == 0 {
		s.root.visible = visible
	} else if v := s.variant(t.name, t.owner); v != nil {
		v.visible = visible
	}
	return nil
}

func (s *State) setBonePosition(m wire.RawMessage) error {
	return s.setBone(m, "position", func(b *bone) []float64 { b.placed = true; return b.pos[:] })
}

func (s *State) setBoneOrientation(m wire.RawMessage) error {
	return s.setBone(m, "wxyz", func(b *bone) []float64 { b.turned = true; return b.wxyz[:] })
}

func (s *State) setBone(m wire.RawMessage, field string, part func(*bone) []float64) error {
	t, err := about(m, "name", field)
	if err != nil {
		return err
	}
	var read bone
	at, err := about(m, "name", "bone_index")
	if err != nil {
		return err
	}
	index, ok := count(at.rest.value(), math.MaxUint16)
	if !ok || !vector(t.rest.value(), part(&read)) {
		return bad(m, errMalformed)
	}
	v := s.variant(t.name, t.owner)
	if v == nil {
		return nil
	}
	v.write(s.token)
	i, found := slices.BinarySearchFunc(v.bones, index, func(b bone, index int) int { return b.index - index })
	if !found {
		v.bones = slices.Insert(v.bones, i, bone{index: index})
	}
	copy(part(&v.bones[i]), part(&read))
	return nil
}

func (s *State) setClicks(m wire.RawMessage) error {
	return s.setBindings(m, func(v *variant) **wire.RawMessage { return &v.clicks })
}

func (s *State) setDrags(m wire.RawMessage) error {
	return s.setBindings(m, func(v *variant) **wire.RawMessage { return &v.drags })
}

func (s *State) setBindings(m wire.RawMessage, of func(*variant) **wire.RawMessage) error {
	t, err := about(m, "name", "bindings")
	if err != nil {
		return err
	}
	n, _, err := msgp.ReadArrayHeaderBytes(t.rest.value())
	if err != nil {
		return bad(m, errMalformed)
	}
	v := s.variant(t.name, t.owner)
	switch {
	case v == nil:
	case n == 0:
		*of(v) = nil
	default:
		*of(v) = own(m)
	}
	return nil
}

// own copies a message.
func own(m wire.RawMessage) *wire.RawMessage {
	return &wire.RawMessage{Type: m.Type, B: bytes.Clone(m.B), Refs: kept(m.Refs)}
}

func (s *State) updateNode(m wire.RawMessage) error {
	t, err := about(m, "name", "updates")
	switch {
	case err != nil:
		return err
	case !isMap(t.rest.value()):
		return bad(m, errMalformed)
	}
	v := s.variant(t.name, t.owner)
	if v == nil {
		return nil
	}
	if err := v.update(m, t.rest.from, s.token); err != nil {
		return bad(m, err)
	}
	return nil
}

func (s *State) patchNode(m wire.RawMessage) error {
	t, err := about(m, "name", "patches")
	if err != nil {
		return err
	}
	patches, err := patchesOf(m, t)
	if err != nil {
		return bad(m, err)
	}
	if v := s.variant(t.name, t.owner); v != nil {
		v.patch(patches, s.token)
	}
	return nil
}

// packedPoses sets the poses of the nodes with these numbers.
func (s *State) packedPoses(m wire.RawMessage) error {
	return Poses(m, func(id uint32, at [3]float64) {
		if v := s.numbered(id); v != nil {
			v.pos = at
		}
	}, func(id uint32, q [4]float64) {
		if v := s.numbered(id); v != nil {
			v.wxyz = q
		}
	})
}

func (s *State) numbered(id uint32) *variant {
	key, ok := s.ids[id]
	if !ok {
		return nil
	}
	pl := s.own(s.places[key.name])
	return &pl.variants[slices.IndexFunc(pl.variants, func(v variant) bool { return v.owner == key.owner })]
}

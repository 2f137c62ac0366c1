package timeline

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"sort"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A step is what changed at one moment.
type step struct {
	time     float64
	messages []wire.RawMessage // then
	poses    []byte
	many     []bulk
}

// A segment is a run of steps. What is in it is immutable; the newest segment grows.
type segment struct {
	from  float64     // since when the base is shown
	base  *fold.State // before the steps
	whole int         // the bytes of the base
	bare  int         // those of its entities without what they contain
	steps []step
	nodes []node // that poses name by their index
	size  int    // about the bytes that the segment adds to the one before
}

type node struct{ name, owner string }

// What things cost beside their bytes, about.
const (
	perEntity  = 400 // of a base, with a pose
	perStep    = 80
	perMessage = 120
	perNode    = 48
	perBulk    = 128
)

// roomSize is how much memory the poses of small steps share.
const roomSize = 4 << 10

// Bounds of a segment: building a state takes at most about as long as folding so many bytes.
const (
	minSegment  = 256 << 10
	basesToSize = 8 // so many times the size of its base, so that bases are a small part of all
)

// A ring has the segments, oldest first. The Timeline's lock guards it.
type ring struct {
	max      int // bytes
	least    int // the bytes of a segment
	segments []*segment
	index    map[uint32]int // of the nodes in the newest segment
	limit    int            // of its size
	room     []byte         // for the poses of steps
	writing  []byte         // the poses of the step that is being built
	building step
	before   int // the index of the pose before

	positions, wxyzs numbering // of the newest segment's last step with many poses
}

func newRing(max, segment int) *ring {
	r := &ring{max: max, least: cmp.Or(segment, minSegment)}
	r.reset(fold.New(), 0)
	return r
}

// reset forgets everything but a state.
func (r *ring) reset(base *fold.State, from float64) {
	r.segments = nil
	r.begin(base, from)
}

// bound sets how many bytes are kept.
func (r *ring) bound(max int) {
	r.max = max
	r.setLimit()
	if s := r.last(); len(s.steps) > 0 && s.size >= r.limit {
		r.begin(s.end(), r.newest())
	}
}

// setLimit sets how large the newest segment becomes.
func (r *ring) setLimit() {
	s := r.last()
	r.limit = s.bare + min(max(r.least, basesToSize*s.bare), r.max/basesToSize)
}

// begin begins a segment.
func (r *ring) begin(base *fold.State, from float64) {
	whole, entities := base.Size()
	s := &segment{from: from, base: base, whole: whole, bare: perEntity * entities}
	s.size = s.bare
	r.segments = append(r.segments, s)
	r.index, r.room = map[uint32]int{}, nil
	r.positions, r.wxyzs = numbering{}, numbering{}
	r.setLimit()
}

func (r *ring) last() *segment { return r.segments[len(r.segments)-1] }

// Message adds a message to the step that is being built.
func (r *ring) Message(_ state.Audience, m wire.RawMessage) {
	if !kept(m.Type) {
		return
	}
	r.building.messages = append(r.building.messages, m)
	size := len(m.B)
	for _, ref := range m.Refs {
		size += ref.Len()
	}
	// The base of the next segment has its values again, if without its arrays.
	r.last().size += size + len(m.B) + perMessage
}

// kept reports whether messages of the type are of what a page shows at a time. Notifications are not: they come and go
// by the page's own clock. Neither is the camera, which is the page's own.
func kept(messageType string) bool {
	switch info := wire.Infos[messageType]; {
	case info.Entity == "notification", info.Direction == wire.ClientToServer:
		return false
	}
	switch messageType {
	case "SetCameraPositionMessage", "SetCameraUpDirectionMessage", "SetCameraLookAtMessage", "SetCameraNearMessage",
		"SetCameraFarMessage", "SetCameraFovMessage", "SetCameraProjectionMessage", "SetCameraMinOrbitDistanceMessage", "SetCameraMaxOrbitDistanceMessage":
		return false
	}
	return true
}

// Pose adds a pose to the step that is being built.
func (r *ring) Pose(p *state.Pose) {
	i := r.node(p.Node, p.Name, p.Owner)
	r.writing = appendPose(r.writing, i, r.before, p)
	r.before = i
}

// node returns the index of a node in the newest segment.
func (r *ring) node(number uint32, name, owner string) int {
	i, ok := r.index[number]
	if !ok {
		s := r.last()
		i = len(s.nodes)
		r.index[number] = i
		s.nodes = append(s.nodes, node{name, owner})
		s.size += perNode
	}
	return i
}

// Poses adds many poses to the step that is being built.
func (r *ring) Poses(p *state.Poses) {
	b := bulk{positions: p.Positions, wxyzs: p.WXYZs, wide: p.Wide}
	known := false
	name := func() {
		if !known {
			p.Nodes(func(number uint32, name, owner string) { r.node(number, name, owner) })
			known = true
		}
	}
	b.positioned = r.number(&r.positions, p.PositionIDs, name)
	b.turned = r.number(&r.wxyzs, p.WXYZIDs, name)
	r.building.many = append(r.building.many, b)
	r.last().size += len(b.positions) + len(b.wxyzs) + perBulk
}

// number returns the indexes of nodes. name adds those that are new.
func (r *ring) number(last *numbering, numbers []byte, name func()) []int32 {
	if bytes.Equal(last.numbers, numbers) {
		return last.indexes
	}
	name()
	*last = numbering{numbers, make([]int32, len(numbers)/4)}
	for i := range last.indexes {
		last.indexes[i] = int32(r.index[binary.LittleEndian.Uint32(numbers[4*i:])])
	}
	r.last().size += len(numbers)
	return last.indexes
}

// pack returns the poses of the step that is being built, in memory that is kept.
func (r *ring) pack() []byte {
	n := len(r.writing)
	if n == 0 {
		return nil
	}
	if n > roomSize/4 {
		r.last().size += n
		return bytes.Clone(r.writing)
	}
	if cap(r.room)-len(r.room) < n {
		r.room = make([]byte, 0, roomSize)
		r.last().size += roomSize
	}
	at := len(r.room)
	r.room = append(r.room, r.writing...)
	return r.room[at:len(r.room):len(r.room)]
}

// add adds what s has as a step at a time, which is not before the last one's. s may be nil: nothing has changed then.
func (r *ring) add(t float64, s *state.Step) {
	if s == nil {
		return
	}
	r.before, r.writing = 0, r.writing[:0]
	s.Write(r)
	b := &r.building
	b.time, b.poses = t, r.pack()
	if len(b.messages)+len(b.poses)+len(b.many) == 0 {
		return
	}
	last := r.last()
	last.steps = append(last.steps, *b)
	last.size += perStep
	*b = step{}
	if last.size >= r.limit {
		r.begin(last.end(), t)
	}
}

// newest returns the time of the newest step.
func (r *ring) newest() float64 {
	s := r.last()
	if n := len(s.steps); n > 0 {
		return s.steps[n-1].time
	}
	return s.from
}

// oldest returns the time of the oldest state.
func (r *ring) oldest() float64 { return r.segments[0].from }

// size is about how many bytes it has.
func (r *ring) size() int {
	n := r.segments[0].whole
	for _, s := range r.segments {
		n += s.size
	}
	return n
}

// forget removes segments that end before the time, or are too much. It keeps at least the newest one.
func (r *ring) forget(before float64) {
	n, size := 0, r.size()
	for n < len(r.segments)-1 && (size > r.max || r.segments[n+1].from <= before) {
		size -= r.segments[n].whole + r.segments[n].size
		n++
		size += r.segments[n].whole
	}
	if n > 0 {
		r.segments = slices.Clone(r.segments[n:]) // so that the others can be freed
	}
}

// A view is the segments of a moment, which do not change.
type view []segment

func (r *ring) view() view {
	v := make(view, len(r.segments))
	for i, s := range r.segments {
		v[i] = *s
	}
	return v
}

// at returns the segment that has the state of the time.
func (v view) at(t float64) int {
	return max(0, sort.Search(len(v), func(i int) bool { return v[i].from > t })-1)
}

// until counts the steps up to a time.
func (s *segment) until(t float64) int {
	return sort.Search(len(s.steps), func(i int) bool { return s.steps[i].time > t })
}

// end is the state after all steps.
func (s *segment) end() *fold.State { return s.apply(s.base, 0, len(s.steps)) }

// apply returns the state after some of the steps, which follow the given state.
func (s *segment) apply(to *fold.State, from, end int) *fold.State {
	if from >= end {
		return to
	}
	to = to.Clone()
	// An error is that of a message which pages can't apply either.
	apply := func(m wire.RawMessage) { _ = to.Apply(m) }
	var last newest
	for i := from; i < end; i++ {
		st := &s.steps[i]
		if slices.ContainsFunc(st.messages, removes) {
			last.flush(s.nodes, apply) // a node that is created again under the name does not have the pose
		}
		for _, m := range st.messages {
			apply(m)
		}
		last.grow(len(s.nodes))
		last.add(st.poses)
		for k := range st.many {
			last.addMany(&st.many[k])
		}
	}
	last.flush(s.nodes, apply)
	return to
}

func removes(m wire.RawMessage) bool { return m.Type == "RemoveSceneNodeMessage" }

// neighbor returns the time of the first step after a time, or of the state before the last one; t if there is none.
func (v view) neighbor(t float64, forward bool) float64 {
	if forward {
		for i := v.at(t); i < len(v); i++ {
			if s := &v[i]; s.until(t) < len(s.steps) {
				return s.steps[s.until(t)].time
			}
		}
		return t
	}
	now := v.shown(t)
	return v.shown(math.Nextafter(now, math.Inf(-1)))
}

// shown returns since when the state of the time is shown.
func (v view) shown(t float64) float64 {
	for i := v.at(t); i >= 0; i-- {
		if n := v[i].until(t); n > 0 {
			return v[i].steps[n-1].time
		}
	}
	return v[0].from
}

package state

import (
	"encoding/binary"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/wire"
)

// keptWindows is the number of published windows that a connection may be behind before
// it receives a separate one that spans them all.
const keptWindows = 4

// maxTails bounds the work of publishing under the lock. Further connections use
// separate windows.
const maxTails = 16

// A window is what changed in the shared scope between two sequence numbers,
// for every connection whose cursor is at its beginning.
type window struct {
	from, to uint64
	empty    bool  // nothing has changed
	excludes []int // clients that must not receive all of it
	frames   [wire.Dialects]sharedFrame
	tails    []*window // ends of it, for connections that received the rest in separate windows
	end      *mark     // behind it; nil for a tail
	before   *mark     // where it begins; nil for a tail
}

// A mark is a place between two published windows. Connections wait there without the store's lock. It does not refer
// to the window before it, so that a connection that stalls keeps no window in memory.
type mark struct {
	next  atomic.Pointer[window] // the window behind it, or forgotten
	ready chan struct{}          // closed when there is one

	number uint64 // of windows that were published before it
}

func newMark(number uint64) *mark { return &mark{ready: make(chan struct{}), number: number} }

// forgotten stands for a window that is no longer kept. It begins nowhere, so that whoever is before it
// builds a separate one.
var forgotten = &window{from: math.MaxUint64, to: math.MaxUint64}

// A sharedFrame is compressed by the first connection that needs it.
type sharedFrame struct {
	encoded bool // by publish; false if no connection spoke the dialect then
	count   int  // messages
	once    sync.Once
	builder *wire.FrameBuilder
	frame   *wire.Frame
}

func (f *sharedFrame) get(timestamp float64) *wire.Frame {
	f.once.Do(func() {
		f.frame = f.builder.Finish(timestamp)
		putBuilder(f.builder)
		f.builder = nil
	})
	return f.frame
}

// maxPooledFrame keeps one huge window from pinning its memory.
const maxPooledFrame = 16 << 20

func putBuilder(b *wire.FrameBuilder) {
	if b.Len() > maxPooledFrame {
		return
	}
	b.Reset()
	builders.Put(b)
}

// at returns the window, or its tail, that begins at the cursor, nil if there is none.
func (w *window) at(cursor uint64) *window {
	if w.from == cursor {
		return w
	}
	for _, tail := range w.tails {
		if tail.from == cursor {
			return tail
		}
	}
	return nil
}

// fits reports whether the window may be sent to the connection.
func (w *window) fits(c *Conn) bool {
	return (w.empty || w.frames[c.dialect].encoded) && !slices.Contains(w.excludes, c.scope.client)
}

// publish builds a window of the changes since the last one, if there are any, and wakes the connections that wait for
// it. With many of them that takes a while, so it is done without the lock.
func (st *Store) publish() bool {
	w := st.nextWindow()
	if w == nil {
		return false
	}
	w.before.next.Store(w)
	close(w.before.ready)
	return true
}

func (st *Store) nextWindow() *window {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.closed || st.shared.hold > 0 || !st.dirty {
		return nil
	}
	st.dirty, st.pace.flush = false, false
	drain(st.pace.now)
	drain(st.pace.soon)
	if len(st.conns) == 0 {
		return nil
	}
	began := time.Now()
	w := &window{from: st.published, to: st.seq, before: st.end, end: newMark(st.end.number + 1)}
	st.published = st.seq
	st.buildWindows(w)
	st.windows = append(st.windows, w)
	if len(st.windows) > keptWindows {
		st.windows[0].before.next.Store(forgotten)
		st.windows = slices.Delete(st.windows, 0, 1)
	}
	st.end = w.end
	st.sweep()
	st.counts.encoding += time.Since(began)
	return w
}

// buildWindows encodes the window and its tails. Without tails, a connection that
// already received a part of the window would need separate windows until it builds one
// while nothing changes. A cursor beyond the last window was moved with the lock held, so it is exact.
func (st *Store) buildWindows(w *window) {
	var spoken [wire.Dialects]bool
	for d, n := range st.speakers {
		spoken[d] = n > 0
	}
	st.buildShared(w, spoken)
	defer clear(st.ahead)
	if w.empty {
		return
	}
	for c := range st.ahead {
		at := c.at.Load()
		if at <= w.from || at >= w.to || c.joining || c.resume.suspended || c.apart() {
			continue
		}
		tail := w.at(at)
		if tail == nil {
			if len(w.tails) == maxTails {
				continue
			}
			tail = &window{from: at, to: w.to}
			w.tails = append(w.tails, tail)
		}
		if !tail.frames[c.dialect].encoded {
			var d [wire.Dialects]bool
			d[c.dialect] = true
			st.buildShared(tail, d)
		}
	}
}

// buildShared encodes the window for some dialects.
func (st *Store) buildShared(w *window, dialects [wire.Dialects]bool) {
	slots := st.walk.collect(&st.shared.changes, nil, w.from)
	if len(slots) == 0 {
		w.empty = true
		return
	}
	w.excludes = st.walk.excludes
	for d := range wire.Dialects {
		if !dialects[d] {
			continue
		}
		b := builders.Get().(*wire.FrameBuilder)
		b.Reset()
		wr := writer{b: b, dialect: d, from: w.from, client: NoClient, known: func(since uint64) bool { return since <= w.from }}
		wr.slots(slots, &st.walk.summary, nil)
		if d != wire.Plain {
			b.Cursor = cursorText(w.to)
		}
		f := &w.frames[d]
		f.builder, f.count, f.encoded = b, b.Count(), true
	}
}

// A changesWalk collects slots in the order of their changes.
type changesWalk struct {
	buf []*slot
	summary
}

// A summary describes slots before they are written. It is built in the same pass: with
// many slots, another pass over memory is slow.
type summary struct {
	positions, orientations int
	far                     bool  // a position is far from the origin
	excludes                []int // clients that must not receive all of it
}

func (m *summary) add(s *slot) {
	switch s.kind {
	case slotPosition:
		m.positions++
		m.far = m.far || s.far
	case slotOrientation:
		m.orientations++
	}
	if s.exclude != NoClient && !slices.Contains(m.excludes, int(s.exclude)) {
		m.excludes = append(m.excludes, int(s.exclude))
	}
}

// collect returns the slots of one or two lists that changed after the cursor, oldest
// first. The slice belongs to the walk.
func (w *changesWalk) collect(a, b *changeList, after uint64) []*slot {
	clear(w.buf)
	w.buf = w.buf[:0]
	w.summary = summary{}
	p, pEnd := a.root.prev, &a.root
	var q, qEnd *slot
	if b != nil {
		q, qEnd = b.root.prev, &b.root
	}
	for {
		pOK := p != pEnd && p.seq > after
		qOK := q != qEnd && q.seq > after
		switch {
		case pOK && (!qOK || p.seq > q.seq):
			w.buf = append(w.buf, p)
			w.add(p)
			p = p.prev
		case qOK:
			w.buf = append(w.buf, q)
			w.add(q)
			q = q.prev
		default:
			slices.Reverse(w.buf)
			return w.buf
		}
	}
}

// minPacked is from how many poses on packing them pays.
const minPacked = 4

// A writer writes slots as messages into a frame.
type writer struct {
	b       *wire.FrameBuilder
	dialect wire.Dialect
	from    uint64 // creates after this carry all properties of the entity
	client  int    // the client; NoClient for a shared window
	known   func(since uint64) bool

	enc    wire.Encoder
	packed packedPoses
}

// slots writes the slots, and the events in between by sequence number.
func (w *writer) slots(slots []*slot, m *summary, events []event) {
	if w.dialect == wire.Extended {
		w.packed.reserve(m)
	}
	for i := 0; i < len(slots); i++ {
		s := slots[i]
		for len(events) > 0 && events[0].seq < s.seq {
			w.b.Message(events[0].seg.B, events[0].seg.Refs)
			events = events[1:]
		}
		if s.exclude != NoClient && int(s.exclude) == w.client {
			continue
		}
		if s.kind == slotProp || s.kind == slotValue {
			n := groupOf(slots[i:])
			w.update(slots[i : i+n])
			i += n - 1
			continue
		}
		w.one(s)
	}
	for _, e := range events {
		w.b.Message(e.seg.B, e.seg.Refs)
	}
	w.packed.write(w)
}

// groupOf counts the slots at the beginning that are one change of one entity.
func groupOf(slots []*slot) int {
	n := 1
	for n < len(slots) && slots[n].ent == slots[0].ent && slots[n].seq == slots[0].seq {
		n++
	}
	return n
}

func (w *writer) one(s *slot) {
	switch s.kind {
	case slotCreate:
		w.before(s.ent)
		w.create(s.ent)
	case slotRemove:
		if w.known(s.ent.since) {
			w.before(s.ent)
			w.remove(s.ent)
		}
	case slotPosition:
		w.position(s.ent)
	case slotOrientation:
		w.orientation(s.ent)
	case slotMessage:
		w.message(s)
	}
}

func (w *writer) before(ent *Entity) {
	for _, seg := range ent.before {
		w.b.Message(seg.B, seg.Refs)
	}
}

// emit adds the message in the encoder to the frame.
func (w *writer) emit() {
	w.b.Message(w.enc.B, w.enc.Refs)
	w.enc.Reset()
}

func (w *writer) position(ent *Entity) {
	if w.packed.has(ent) && w.packed.packPositions {
		w.packed.addPosition(ent)
		return
	}
	w.enc.SetPosition(ent.key, ent.scope.owner, ent.pos)
	w.emit()
}

func (w *writer) orientation(ent *Entity) {
	if w.packed.has(ent) && w.packed.packOrientations {
		w.packed.addOrientation(ent)
		return
	}
	w.enc.SetOrientation(ent.key, ent.scope.owner, ent.wxyz)
	w.emit()
}

// create writes the create message with the current values of everything.
func (w *writer) create(ent *Entity) {
	e := &w.enc
	form := &ent.kind.forms[w.dialect]
	n := ent.headFields + 1
	withID := w.dialect == wire.Extended && ent.id != 0
	if withID {
		n++
	}
	withValue := ent.value != nil && form.valued
	if withValue {
		n++
	}
	if ent.hasProps {
		n++
	}
	e.MapHeader(n)
	ent.head.appendTo(e)
	if withValue {
		e.String("value")
		ent.value.seg.appendTo(e)
	}
	if ent.hasProps {
		e.String("props")
		e.MapHeader(len(form.keys))
		for i, key := range form.keys {
			e.B = append(e.B, key...)
			ent.shown(form, i).appendTo(e)
		}
	}
	if withID {
		e.String("id")
		e.Uint(uint64(ent.id))
	}
	e.String("type")
	e.String(form.create)
	w.emit()
}

func (w *writer) remove(ent *Entity) {
	e := &w.enc
	n := 2
	if ent.kind.owned {
		n++
	}
	e.MapHeader(n)
	e.String(ent.kind.idField)
	e.String(ent.key)
	if ent.kind.owned {
		e.String("owner")
		e.String(ent.scope.owner)
	}
	e.String("type")
	e.String(ent.kind.remove)
	w.emit()
}

// update writes the slots, all of one change of one entity, as one message. It
// writes none if the dialect carries none of them.
func (w *writer) update(slots []*slot) {
	ent := slots[0].ent
	if ent.createSeq > w.from {
		return // the create message in this window has the current values
	}
	if w.dialect == wire.Extended && ent.patched != nil {
		slots = w.patches(ent, slots)
	}
	form := &ent.kind.forms[w.dialect]
	seen := 0
	for _, s := range slots {
		if form.sees(s) {
			seen++
		}
	}
	if seen == 0 {
		return
	}
	e := &w.enc
	n := 3
	if ent.kind.owned {
		n++
	}
	e.MapHeader(n)
	e.String(ent.kind.idField)
	e.String(ent.key)
	e.String("updates")
	e.MapHeader(seen)
	for _, s := range slots {
		switch {
		case !form.sees(s):
			continue
		case s.kind == slotValue:
			e.String("value")
		default:
			e.String(ent.kind.names[s.index])
		}
		s.seg.appendTo(e)
	}
	if ent.kind.owned {
		e.String("owner")
		e.String(ent.scope.owner)
	}
	e.String("type")
	e.String(ent.kind.update)
	w.emit()
}

// entity writes a whole entity, for a client that does not have it.
func (w *writer) entity(ent *Entity) {
	if ent.kind != nil {
		w.create(ent)
	}
	if ent.posed[1] {
		w.orientation(ent)
	}
	if ent.posed[0] {
		w.position(ent)
	}
	for _, s := range ent.messages {
		if len(s.seg.B) > 0 {
			w.message(s)
		}
	}
}

func (w *writer) message(s *slot) {
	if s.audience.has(w.dialect) {
		w.b.Message(s.seg.B, s.seg.Refs)
	}
}

// packedPoses gathers the poses of a window into arrays. Positions that
// float32 would move noticeably far from the origin are sent as float64.
type packedPoses struct {
	packPositions, packOrientations bool
	wide                            bool
	positionIDs, wxyzIDs            []byte
	positions, wxyzs                []byte
}

// farOut is the coordinate from which on float32 is too coarse: its step is
// 0.5 mm at 4,096.
const farOut = 4096

func (p *packedPoses) has(ent *Entity) bool { return ent.id != 0 }

// everything packs all poses, of which nothing else is recorded.
func (p *packedPoses) everything(wide bool) {
	p.packPositions, p.packOrientations, p.wide = true, true, wide
}

// isFar reports whether float32 would move the point noticeably.
func isFar(p [3]float64) bool {
	return math.Abs(p[0]) > farOut || math.Abs(p[1]) > farOut || math.Abs(p[2]) > farOut
}

// reserve decides what is packed, and reserves space for it.
func (p *packedPoses) reserve(m *summary) {
	p.wide = m.far
	if m.positions >= minPacked {
		p.packPositions = true
		p.positionIDs = make([]byte, 0, 4*m.positions)
		size := 12
		if p.wide {
			size = 24
		}
		p.positions = make([]byte, 0, size*m.positions)
	}
	if m.orientations >= minPacked {
		p.packOrientations = true
		p.wxyzIDs = make([]byte, 0, 4*m.orientations)
		p.wxyzs = make([]byte, 0, 16*m.orientations)
	}
}

func (p *packedPoses) addPosition(ent *Entity) {
	p.positionIDs = binary.LittleEndian.AppendUint32(p.positionIDs, ent.id)
	for _, x := range ent.pos {
		if p.wide {
			p.positions = binary.LittleEndian.AppendUint64(p.positions, math.Float64bits(x))
		} else {
			p.positions = binary.LittleEndian.AppendUint32(p.positions, math.Float32bits(float32(x)))
		}
	}
}

func (p *packedPoses) addOrientation(ent *Entity) {
	p.wxyzIDs = binary.LittleEndian.AppendUint32(p.wxyzIDs, ent.id)
	for _, x := range ent.wxyz {
		p.wxyzs = binary.LittleEndian.AppendUint32(p.wxyzs, math.Float32bits(float32(x)))
	}
}

func (p *packedPoses) write(w *writer) {
	if len(p.positionIDs) == 0 && len(p.wxyzIDs) == 0 {
		return
	}
	dtype := "<f4"
	if p.wide {
		dtype = "<f8"
	}
	m := wire.PackedPosesMessage{
		PositionIDs: wire.Array{DType: "<u4", Data: p.positionIDs},
		Positions:   wire.Array{DType: dtype, Data: p.positions},
		WXYZIDs:     wire.Array{DType: "<u4", Data: p.wxyzIDs},
		WXYZs:       wire.Array{DType: "<f4", Data: p.wxyzs},
	}
	e := encoders.Get().(*wire.Encoder)
	defer putEncoder(e)
	m.AppendTo(e)
	w.b.Message(e.B, e.Refs)
}

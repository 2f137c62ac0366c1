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

// maxKeptSize bounds their bytes, except for the last one: they refer to arrays that may have been replaced since.
const maxKeptSize = 16 << 20

// maxTails bounds the work of publishing. Further connections use separate windows.
const maxTails = 16

// A window is what changed in the shared scope between two sequence numbers,
// for every connection whose cursor is at its beginning.
type window struct {
	from, to uint64
	size     int   // of its frames, about, in bytes
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

// A sharedFrame is compressed by the first connection that needs it: twice if it has arrays that some connections
// fetch and others don't.
type sharedFrame struct {
	encoded bool // false if no connection spoke the dialect when the window was published
	count   int  // messages
	blobs   bool // it has arrays that can be fetched
	once    sync.Once
	frame   *wire.Frame
	fetches sync.Once
	fetched *wire.Frame // without the arrays that can be fetched

	building sync.Mutex         // both frames use
	builder  *wire.FrameBuilder // nil once it is not needed any more
}

// get returns the frame for the connection. The time that compressing it took is noted.
func (f *sharedFrame) get(c *Conn, timestamp float64) *wire.Frame {
	if f.blobs && c.fetches.Load() {
		f.fetches.Do(func() { f.fetched = f.build(c, timestamp, c.store.blobs.Add) })
		return f.fetched
	}
	f.once.Do(func() { f.frame = f.build(c, timestamp, nil) })
	return f.frame
}

func (f *sharedFrame) build(c *Conn, timestamp float64, id func(*wire.Blob) string) *wire.Frame {
	f.building.Lock()
	defer f.building.Unlock()
	began := time.Now()
	defer func() { c.store.pace.spent.Add(int64(time.Since(began))) }()
	frame := f.builder.FinishFetched(timestamp, id)
	if !f.blobs { // there is no other frame
		putBuilder(f.builder)
		f.builder = nil
	}
	return frame
}

// maxPooledFrame keeps one huge window from pinning its memory.
const maxPooledFrame = 16 << 20

func newBuilder() *wire.FrameBuilder {
	b := builders.Get().(*wire.FrameBuilder)
	b.Reset()
	return b
}

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
// it. Neither writing frames nor waking many connections is done with the lock held. pacer.publishing is held; notify
// is to be called when it isn't any more.
func (st *Store) publish() (notify func()) {
	began := time.Now()
	w := st.nextWindow()
	if w == nil {
		return func() {}
	}
	w.before.next.Store(w)
	close(w.before.ready)
	ended := time.Now()
	st.mu.Lock()
	st.pace.note(began, ended)
	st.mu.Unlock()
	return func() {
		if st.opts.Published != nil {
			st.opts.Published(began, ended.Sub(began), w.messages())
		}
	}
}

// messages is the number of messages, in the dialect that has most.
func (w *window) messages() int {
	n := 0
	for d := range w.frames {
		n = max(n, w.frames[d].count)
	}
	return n
}

// nextWindow returns the next window, nil if there is none.
func (st *Store) nextWindow() *window {
	began := time.Now()
	d := st.draftWindow()
	if d == nil {
		return nil
	}
	d.write()
	w := st.keepWindow(d.window, began)
	st.offerTap(d)
	return w
}

// A draft is a window that has no frames yet.
type draft struct {
	*window
	snapshot *snapshot // nil when the frames are written and no tap can use it
	written  bool
	spoken   [wire.Dialects]bool
	packed   packedPoses // that its frame of the extended dialect has
}

// draftWindow returns what the next window has.
func (st *Store) draftWindow() *draft {
	st.mu.Lock()
	changes, creates := st.due()
	st.mu.Unlock()
	sn := newSnapshot()
	sn.reserve(changes, creates)
	st.mu.Lock()
	defer st.mu.Unlock()
	if d := st.taken; d != nil {
		st.taken = nil
		sn.release()
		return d
	}
	if st.shared.hold > 0 {
		st.wanted = st.dirty
		sn.release()
		return nil
	}
	return st.draft(sn)
}

// draft copies all changes since the last window, nil if there are none. There is no hold.
func (st *Store) draft(sn *snapshot) *draft {
	if st.closed || !st.dirty {
		return nil
	}
	st.clean()
	if len(st.conns) == 0 {
		return nil
	}
	d := &draft{window: &window{from: st.published, to: st.seq, end: newMark(st.end.number + 1)}, snapshot: sn}
	sn.reserve(st.due())
	st.published, st.shared.fresh = st.seq, 0
	d.snapshot.collect(&st.shared.changes, nil, d.from, 0)
	d.empty = len(d.snapshot.changes) == 0
	for dialect, n := range st.speakers {
		d.spoken[dialect] = n > 0
	}
	st.draftTails(d)
	if d.snapshot.paged {
		d.write()
	}
	return d
}

// clean notes that all changes are published, or will be.
func (st *Store) clean() { st.dirty, st.pace.told, st.pace.haste = false, false, calm }

// draftTails decides which ends of the window are needed. Without them, a connection that already received a part of
// the window would need separate windows until it builds one while nothing changes. A cursor beyond the last window
// was moved with the lock held, so it is exact.
func (st *Store) draftTails(d *draft) {
	defer clear(st.ahead)
	if d.empty {
		return
	}
	for c := range st.ahead {
		at := c.at.Load()
		if at <= d.from || at >= d.to || c.joining || c.resume.suspended || c.apart() {
			continue
		}
		tail := d.at(at)
		if tail == nil {
			if len(d.tails) == maxTails {
				continue
			}
			tail = &window{from: at, to: d.to}
			d.tails = append(d.tails, tail)
		}
		tail.frames[c.dialect].encoded = true
	}
}

// write writes the frames of the window and its tails.
func (d *draft) write() {
	if d.written {
		return
	}
	d.written = true
	if !d.empty {
		for dialect, spoken := range d.spoken {
			d.frames[dialect].encoded = spoken
		}
		d.writeFrames(d.window)
		for _, tail := range d.tails {
			d.writeFrames(tail)
		}
	}
	if d.empty || d.snapshot.paged {
		d.snapshot.release()
		d.snapshot = nil
	}
}

// writeFrames writes those frames that are to be.
func (d *draft) writeFrames(w *window) {
	changes := d.snapshot.since(w.from)
	m := summarize(changes)
	w.excludes, w.empty = m.excludes, len(changes) == 0
	for dialect := range wire.Dialects {
		f := &w.frames[dialect]
		if !f.encoded {
			continue
		}
		b := newBuilder()
		wr := writer{b: b, snapshot: d.snapshot, dialect: dialect, from: w.from, client: NoClient}
		wr.changes(changes, &m, nil)
		if dialect != wire.Plain {
			b.Cursor = cursorText(w.to)
		}
		if dialect == wire.Extended && w == d.window {
			d.packed = wr.packed
		}
		f.builder, f.count, f.blobs = b, b.Count(), b.HasBlobs()
		d.size += b.Len()
	}
}

// keepWindow appends the window to those that connections take. If all connections have left meanwhile, nobody
// needs it.
func (st *Store) keepWindow(w *window, began time.Time) *window {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.published != w.to || len(st.conns) == 0 {
		return nil
	}
	w.before = st.end
	st.end, st.ready = w.end, w.to
	st.windows = append(st.windows, w)
	kept := 0
	for _, w := range st.windows {
		kept += w.size
	}
	for len(st.windows) > keptWindows || kept > maxKeptSize && len(st.windows) > 1 {
		kept -= st.windows[0].size
		st.windows[0].before.next.Store(forgotten)
		st.windows = slices.Delete(st.windows, 0, 1)
	}
	st.sweep()
	st.counts.encoding += time.Since(began)
	return w
}

// minPacked is from how many poses on packing them pays.
const minPacked = 4

// A writer writes the changes of a snapshot as messages into a frame.
type writer struct {
	b        *wire.FrameBuilder
	snapshot *snapshot
	dialect  wire.Dialect
	from     uint64     // creates after this carry all properties of the entity; pages may know what is not after this
	own      uint64     // the same, for the client's own scope; separate windows have it
	client   int        // the client; NoClient for a shared window
	wide     bool       // whole entities: a position needs 64 bits
	tap      *tapWriter // writes for a Tap instead of into a frame; nil for a frame

	enc    wire.Encoder
	packed packedPoses
}

// changes writes the changes, which are ordered newest first, and the events in between by sequence number.
func (w *writer) changes(changes []change, m *summary, events []event) {
	w.reserve(changes)
	if w.dialect == wire.Extended {
		w.packed.reserve(m)
	}
	for i := len(changes) - 1; i >= 0; i-- {
		s := &changes[i]
		for len(events) > 0 && events[0].seq < s.seq {
			w.b.Message(events[0].seg.B, events[0].seg.Refs)
			events = events[1:]
		}
		if s.exclude != NoClient && int(s.exclude) == w.client {
			continue
		}
		if s.kind == slotProp || s.kind == slotValue {
			n := groupOf(changes[:i+1])
			w.update(changes[i+1-n : i+1])
			i -= n - 1
			continue
		}
		w.one(s)
	}
	for _, e := range events {
		w.b.Message(e.seg.B, e.seg.Refs)
	}
	w.packed.write(w)
}

// aroundValue is about the size of a message without its values and the keys of its properties.
const aroundValue = 64

// reserve makes room for what the entities need that the changes create: else adding many nodes copies the frame again
// and again while it grows.
func (w *writer) reserve(changes []change) {
	n := 0
	for i := range changes {
		switch c := &changes[i]; c.kind {
		case slotCreate:
			created := &w.snapshot.creates[c.extra]
			n += aroundValue + len(created.data) + c.ent.kind.keySize
		case slotVisibility:
			n += aroundValue + len(c.ent.key)
		case slotMessage:
			n += len(w.seg(c).B)
		}
	}
	if n > reserveFrom {
		w.b.Grow(n)
	}
}

// reserveFrom is the size that a frame grows to soon.
const reserveFrom = 16 << 10

// groupOf counts the changes at the end that were made together to one entity.
func groupOf(changes []change) int {
	last := &changes[len(changes)-1]
	n := 1
	for n < len(changes) {
		c := &changes[len(changes)-1-n]
		if c.ent != last.ent || c.seq != last.seq {
			break
		}
		n++
	}
	return n
}

// since is from where on the page has not received changes of the entity.
func (w *writer) since(ent *Entity) uint64 {
	if ent.scope.client == NoClient || w.client == NoClient {
		return w.from
	}
	return w.own
}

// seg is the value of a property, a widget, or a message.
func (w *writer) seg(s *change) *Segment { return &w.snapshot.segs[s.extra] }

// entities writes what the snapshot has of whole entities.
func (w *writer) entities(changes []change) {
	w.reserve(changes)
	if w.dialect == wire.Extended {
		m := summarize(changes)
		w.packed.everything(&m, w.wide)
	}
	for i := range changes {
		w.one(&changes[i])
	}
	w.packed.write(w)
}

func (w *writer) one(s *change) {
	switch s.kind {
	case slotCreate:
		w.before(s)
		w.create(s)
	case slotRemove:
		if s.ent.since <= w.since(s.ent) {
			w.before(s)
			w.remove(s.ent)
		}
	case slotPosition:
		w.position(s)
	case slotOrientation:
		w.orientation(s)
	case slotVisibility:
		w.visibility(s)
	case slotMessage:
		w.message(s)
	}
}

func (w *writer) before(s *change) {
	for i := range w.snapshot.creates[s.extra].before {
		w.whole(&w.snapshot.creates[s.extra].before[i])
	}
}

// emit adds the message in the encoder, which is of that type.
func (w *writer) emit(typ string) {
	if w.tap != nil {
		w.tap.encoded(typ)
	} else {
		w.b.Message(w.enc.B, w.enc.Refs)
	}
	w.enc.Reset()
}

// whole adds a segment that is a message.
func (w *writer) whole(seg *Segment) {
	if w.tap != nil {
		w.tap.segment(seg)
		return
	}
	w.b.Message(seg.B, seg.Refs)
}

func (w *writer) position(s *change) {
	ent := s.ent
	if w.packed.has(ent) && w.packed.packPositions {
		w.packed.addPosition(s)
		return
	}
	w.enc.SetPosition(ent.key, ent.owner(), [3]float64(s.v[:3]))
	w.emit("SetPositionMessage")
}

func (w *writer) orientation(s *change) {
	ent := s.ent
	if w.packed.has(ent) && w.packed.packOrientations {
		w.packed.addOrientation(s)
		return
	}
	w.enc.SetOrientation(ent.key, ent.owner(), s.v)
	w.emit("SetOrientationMessage")
}

func (w *writer) visibility(s *change) {
	m := wire.SetSceneNodeVisibilityMessage{Name: s.ent.key, Visible: s.visible, Owner: s.ent.owner()}
	m.AppendTo(&w.enc)
	w.emit(m.Type())
}

// create writes the create message with the values of everything.
func (w *writer) create(s *change) {
	ent, c := s.ent, &w.snapshot.creates[s.extra]
	e := &w.enc
	form := &ent.kind.forms[w.dialect]
	if form.bakes && c.baked != nil && c.baked.how.mesh {
		w.bakedMesh(c.baked)
		return
	}
	n := int(c.fields) + 1
	withID := w.dialect == wire.Extended && ent.id != 0 && w.tap == nil
	if withID {
		n++
	}
	withValue := c.value != noValue && form.valued
	if withValue {
		n++
	}
	if ent.kind.hasProps {
		n++
	}
	e.MapHeader(n)
	e.B = append(e.B, c.header()...)
	if withValue {
		e.String("value")
		w.snapshot.segs[c.value].appendTo(e)
	}
	if ent.kind.hasProps {
		e.String("props")
		e.MapHeader(len(form.keys))
		c.appendProps(e, form)
	}
	if withID {
		e.String("id")
		e.Uint(uint64(ent.id))
	}
	e.B = append(e.B, form.end...)
	w.emit(form.create)
}

// bakedMesh writes a mesh whose colors are by number, or were.
func (w *writer) bakedMesh(b *baked) {
	message := b.value()
	message.appendTo(&w.enc)
	w.emit(b.messageType())
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
		e.String(ent.owner())
	}
	e.String("type")
	e.String(ent.kind.remove)
	w.emit(ent.kind.remove)
}

// update writes the changes, made together to one entity, as one message. It
// writes none if the dialect carries none of them.
func (w *writer) update(changes []change) {
	ent := changes[0].ent
	if ent.createSeq > w.since(ent) {
		return // the create message in this window has the current values
	}
	if w.dialect == wire.Extended && w.snapshot.paged && ent.more.patched != nil {
		changes = w.patches(ent, changes)
	}
	w.values(ent, changes)
}

// values writes the changes with their whole values.
func (w *writer) values(ent *Entity, changes []change) {
	form := &ent.kind.forms[w.dialect]
	baked := w.baked(form, changes)
	if baked != nil && baked.how.mesh {
		w.bakedMesh(baked)
		return
	}
	sees := func(s *change) bool {
		return form.sees(s) && (baked == nil || s.kind != slotProp || int(s.index) != baked.how.into)
	}
	seen := 0
	for i := range changes {
		if sees(&changes[i]) {
			seen++
		}
	}
	if baked != nil {
		seen++
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
	for i := len(changes) - 1; i >= 0; i-- { // newest first, like all changes
		s := &changes[i]
		switch {
		case !sees(s):
			continue
		case s.kind == slotValue:
			e.String("value")
		default:
			e.String(ent.kind.names[s.index])
		}
		w.seg(s).appendTo(e)
	}
	if baked != nil {
		e.String(ent.kind.names[baked.how.into])
		value := baked.value()
		value.appendTo(e)
	}
	if ent.kind.owned {
		e.String("owner")
		e.String(ent.owner())
	}
	e.String("type")
	e.String(ent.kind.update)
	w.emit(ent.kind.update)
}

func (w *writer) message(s *change) {
	if s.audience.has(w.dialect) {
		w.whole(w.seg(s))
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
func (p *packedPoses) everything(m *summary, wide bool) {
	p.wide = wide
	p.reservePositions(m.positions)
	p.reserveOrientations(m.orientations)
}

// isFar reports whether float32 would move the point noticeably.
func isFar(p [3]float64) bool {
	return math.Abs(p[0]) > farOut || math.Abs(p[1]) > farOut || math.Abs(p[2]) > farOut
}

// reserve decides what is packed, and reserves space for it.
func (p *packedPoses) reserve(m *summary) {
	p.wide = m.far
	if m.positions >= minPacked {
		p.reservePositions(m.positions)
	}
	if m.orientations >= minPacked {
		p.reserveOrientations(m.orientations)
	}
}

func (p *packedPoses) reservePositions(n int) {
	size := 12
	if p.wide {
		size = 24
	}
	p.packPositions = true
	p.positionIDs, p.positions = make([]byte, 0, 4*n), make([]byte, 0, size*n)
}

func (p *packedPoses) reserveOrientations(n int) {
	p.packOrientations = true
	p.wxyzIDs, p.wxyzs = make([]byte, 0, 4*n), make([]byte, 0, 16*n)
}

func (p *packedPoses) addPosition(s *change) {
	p.positionIDs = binary.LittleEndian.AppendUint32(p.positionIDs, s.ent.id)
	for _, x := range s.v[:3] {
		if p.wide {
			p.positions = binary.LittleEndian.AppendUint64(p.positions, math.Float64bits(x))
		} else {
			p.positions = binary.LittleEndian.AppendUint32(p.positions, math.Float32bits(float32(x)))
		}
	}
}

func (p *packedPoses) addOrientation(s *change) {
	p.wxyzIDs = binary.LittleEndian.AppendUint32(p.wxyzIDs, s.ent.id)
	for _, x := range s.v {
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

package state

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/viser-go/viser/internal/wire"
)

// A Tap is a cursor of this process: recordings are written from it. It gives out what a connection of the extended
// dialect is sent, as single messages, with poses as numbers. Setters do not wait for it, and nothing is kept for it:
// after a pause it gives out the newest values, as for a slow client. One goroutine at a time uses it, except for Close.
//
// It is no connection. It has no scope and no windows, and the pacer does not know it. It also gives out what a client
// has set itself, which that client is not sent.
type Tap struct {
	store *Store
	scope *Scope // of the client as which it sees; nil: only the shared scope
	plain bool   // what pages of the plain dialect need is given out too
	wake  chan struct{}

	// The following is guarded by the store's mutex.
	begun     bool
	at        uint64 // up to where everything has been given out
	listening bool
	wanted    bool  // a step was due during a hold
	taken     *Step // copied at the end of that hold, or when the client left
	err       error // why there are no further steps
	stale     []staleArray
	wholeAt   time.Time // when whole arrays were last given out
	offer     *offer    // the last window, while it may be all that the next step has
}

// An offer is what was copied for a window.
type offer struct {
	from, to uint64
	snapshot *snapshot
	packed   packedPoses
}

// A staleArray is a property that was changed in part, and not given out as a whole since.
type staleArray struct {
	ent  *Entity
	prop int
}

// errHeld is the error of a step that a block of Atomic prevents.
var errHeld = errors.New("held")

// tapGap is the least time between two steps. It is short enough for programs that make 60 steps a second to have each of
// them as a step, and long enough for changes that are made one after another to be one.
const tapGap = 8 * time.Millisecond

// wholeGap is the least time between two whole values of an array that is changed in part: pages of the plain dialect
// know no parts.
const wholeGap = 500 * time.Millisecond

// tapChunk is how many entities are copied at once: setters wait meanwhile.
const tapChunk = 1000

// An Audience is which pages a message is for.
type Audience uint8

// The audiences.
const (
	Everyone     Audience = iota
	PlainOnly             // pages of the plain dialect
	ExtendedOnly          // pages of the extended dialect
)

// A Pose is the position or the orientation of a scene node.
type Pose struct {
	// Node identifies the node as long as there is the store; 0 for the root.
	Node        uint32
	Name, Owner string
	Orientation bool       // V is an orientation, else a position
	V           [4]float64 // w, x, y, z; or x, y, z
}

// Poses are those of many nodes, as a PackedPosesMessage has them. Their memory is not modified later.
type Poses struct {
	PositionIDs, WXYZIDs []byte // uint32, little endian: Pose.Node
	Positions, WXYZs     []byte // float32; Positions float64 if Wide
	Wide                 bool

	snapshot *snapshot
}

// Nodes calls f for each position and orientation that there is.
func (p *Poses) Nodes(f func(node uint32, name, owner string)) {
	for i := range p.snapshot.changes {
		if c := &p.snapshot.changes[i]; c.kind == slotPosition || c.kind == slotOrientation {
			f(c.ent.id, c.ent.key, c.ent.owner())
		}
	}
}

// A Packer is a Sink that receives many poses at once, if pages were sent them so.
type Packer interface {
	Sink
	// Poses receives poses; p itself is valid during the call.
	Poses(p *Poses)
}

// A Sink receives the messages of a step, in order. Nothing is locked while it is called.
type Sink interface {
	// Message receives a message; its memory is not modified later.
	Message(to Audience, m wire.RawMessage)
	// Pose receives a pose, which is valid during the call.
	Pose(p *Pose)
}

// Tap returns a cursor at the beginning, nil if the store, or the client's scope, is closed. scope is that of a client,
// or nil for only what all pages see. plain is whether what pages of the plain dialect need is given out too; else all
// messages are for pages of the extended dialect.
func (st *Store) Tap(scope *Scope, plain bool) *Tap {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.closed || scope != nil && scope.closed {
		return nil
	}
	t := &Tap{store: st, scope: scope, plain: plain, wake: make(chan struct{}, 1)}
	st.taps.all = append(st.taps.all, t)
	return t
}

// Close ends the tap: a Next that waits returns ErrClosed. It may be called again.
func (t *Tap) Close() {
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	t.end(ErrClosed)
	st.taps.remove(t)
	st.sweep()
}

// Next waits for changes, and for the end of blocks of Atomic, and returns all changes since the last step. The first
// step is the whole state. The error is ctx's, ErrClosed if the tap or the store is closed or the client has left, or
// ErrTooSlow.
func (t *Tap) Next(ctx context.Context) (*Step, error) {
	s, err := t.first()
	if s, err = t.complete(ctx, s, err); s != nil || err != nil {
		return s, err
	}
	for {
		if err := t.await(ctx); err != nil {
			return nil, err
		}
		s, err := t.take(ctx)
		if s != nil || err != nil {
			return s, err
		}
	}
}

// Now returns all changes since the last step, also those of a block of Atomic that has not ended; nil if there are
// none. whole is whether arrays that were changed in part are given out as a whole, for pages of the plain dialect. The
// error is that of Next.
func (t *Tap) Now(whole bool) (*Step, error) {
	s, err := t.first()
	if err != nil {
		return nil, err
	}
	rest, err := t.collected(true, whole)
	if err != nil && s == nil {
		return nil, err
	}
	return s.with(rest), nil
}

// Ready returns the changes since the last step that no block of Atomic holds back, nil if there are none: it is Next
// without waiting. The error is that of Next.
func (t *Tap) Ready() (*Step, error) {
	first, err := t.first()
	if err != nil {
		return nil, err
	}
	s, err := t.collected(false, false)
	switch {
	case err == nil:
		return first.with(s), nil
	case err == errHeld:
		return t.keep(first), nil
	case first != nil:
		return first, nil
	}
	return nil, err
}

// keep keeps a step for the next one.
func (t *Tap) keep(s *Step) *Step {
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	t.taken = s.with(t.taken)
	return nil
}

// Depart makes a client away from the shared scope, which the tap sees: with the step, the tap has given out what the
// page shows then. It is not ok if the client cannot depart now; its replay is asked again then, if it can later.
func (t *Tap) Depart(c *Conn) (s *Step, ok bool, err error) {
	first, err := t.first()
	if err != nil {
		return nil, false, err
	}
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	switch {
	case t.err != nil:
		return nil, false, t.err
	case !c.depart():
		t.taken = first.with(t.taken)
		return nil, false, nil
	}
	s = first.with(t.taken).with(t.collect(newSnapshot(), false))
	t.taken, t.wanted = nil, false
	return s, true, nil
}

// Return makes the page of a client that is away one that shows the shared scope as of the last step that was returned;
// it is sent the changes after that. It is not ok if there is another step that Ready returns first.
func (t *Tap) Return(c *Conn) (ok bool) {
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if t.taken != nil {
		return false
	}
	c.comeBack(t.at)
	return true
}

// Wait waits until there is a step, with all that belongs to it: while pages are sent windows, those are the steps. It may
// be called while another goroutine gets steps.
func (t *Tap) Wait(ctx context.Context) error {
	for {
		var late <-chan time.Time
		switch t.watch() {
		case watchDone:
			return nil
		case watchChange:
			return t.await(ctx)
		case watchWindow:
			late = time.After(windowPatience)
		case watchNothing:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.wake:
		case <-late:
			return nil
		}
	}
}

// windowPatience is how long Wait waits for a window that pages are to be sent: the pacer may have other work.
const windowPatience = 50 * time.Millisecond

// A watched is what Wait waits for.
type watched uint8

const (
	watchNothing watched = iota // until something changes
	watchWindow
	watchChange // and what belongs to it
	watchDone
)

func (t *Tap) watch() watched {
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	coming := len(st.conns) > 0 && (st.pace.told || st.ready < st.published)
	switch {
	case t.err != nil || t.taken != nil || t.offer != nil:
		return watchDone
	case t.behind() && !coming:
		return watchChange
	}
	if !slices.Contains(st.taps.watching, t) {
		st.taps.watching = append(st.taps.watching, t)
	}
	if t.behind() {
		return watchWindow
	}
	return watchNothing
}

// Settle is Now(true) at the end of the blocks of Atomic that have begun, or when ctx ends.
func (t *Tap) Settle(ctx context.Context) (*Step, error) {
	first, err := t.first()
	if err != nil {
		return nil, err
	}
	s, err := t.take(ctx)
	first = first.with(s)
	if err != nil && ctx.Err() == nil {
		if first != nil {
			return first, nil
		}
		return nil, err
	}
	rest, err := t.collected(true, true)
	if first = first.with(rest); first != nil {
		return first, nil
	}
	return nil, err
}

// complete adds to the state what has changed while it was copied, so that the step has one state.
func (t *Tap) complete(ctx context.Context, s *Step, err error) (*Step, error) {
	if err != nil {
		return nil, err
	}
	if s == nil {
		return nil, nil
	}
	rest, err := t.take(ctx)
	if err != nil && ctx.Err() != nil {
		t.store.mu.Lock()
		defer t.store.mu.Unlock()
		t.taken = s.with(t.taken)
		return nil, err
	}
	return s.with(rest), nil
}

// first copies the state, part by part; nil if that is done. What changes meanwhile is after the cursor.
func (t *Tap) first() (*Step, error) {
	all, err := t.begin()
	if err != nil || all == nil {
		return nil, err
	}
	st := t.store
	s := &Step{tap: t, At: time.Now()}
	for some := range slices.Chunk(all, tapChunk) {
		sn := newSnapshot()
		sn.reserve(perCreated*len(some), len(some))
		st.mu.Lock()
		for _, ent := range some {
			if !ent.removed {
				sn.entity(ent)
			}
		}
		s.add(sn, 0, wholeEntities)
		st.mu.Unlock()
	}
	return s, nil
}

// begin returns all entities, in creation order; nil if the tap has begun before.
func (t *Tap) begin() ([]*Entity, error) {
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	switch {
	case t.begun:
		return nil, nil
	case t.err != nil:
		return nil, t.err
	}
	t.begun = true
	t.move()
	all := []*Entity{}
	for _, sc := range t.scopes() {
		all = slices.Grow(all, sc.live)
		for e := sc.entities.next; e != &sc.entities; e = e.next {
			all = append(all, e)
		}
	}
	return all, nil
}

func (t *Tap) scopes() []*Scope {
	if t.scope == nil {
		return []*Scope{t.store.shared}
	}
	return []*Scope{t.store.shared, t.scope}
}

// move moves the cursor to the newest change.
func (t *Tap) move() {
	t.at = t.store.seq
	t.store.taps.head = t.at
}

// held reports whether a block of Atomic has not ended.
func (t *Tap) held() bool { return t.store.shared.hold > 0 || t.scope != nil && t.scope.hold > 0 }

// behind reports whether there are changes.
func (t *Tap) behind() bool {
	return t.taken != nil || t.store.shared.changes.last() > t.at || t.scope != nil && t.scope.changes.last() > t.at
}

// await waits for changes, and a little longer for those that belong to them.
func (t *Tap) await(ctx context.Context) error {
	for {
		ready, stale := t.listen()
		if ready {
			break
		}
		var due <-chan time.Time
		if stale {
			due = time.After(wholeGap)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.wake:
			continue
		case <-due:
			return nil
		}
	}
	gap := time.NewTimer(tapGap)
	defer gap.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-gap.C:
			return nil
		case <-t.wake:
			if t.over() {
				return nil
			}
		}
	}
}

func (t *Tap) over() bool {
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	return t.err != nil
}

// listen reports whether there are changes or there is an error; else the next change wakes the tap. stale reports
// whether there are arrays to be given out as a whole.
func (t *Tap) listen() (ready, stale bool) {
	st := t.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if t.err != nil || t.behind() {
		return true, false
	}
	if !t.listening {
		t.listening = true
		st.taps.waiting = append(st.taps.waiting, t)
	}
	return false, len(t.stale) > 0
}

// take returns the changes, nil if there are none. It waits for the end of blocks of Atomic.
func (t *Tap) take(ctx context.Context) (*Step, error) {
	for {
		s, err := t.collected(false, false)
		if err != errHeld {
			return s, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-t.wake:
		}
	}
}

// collected returns the changes, nil if there are none. In a block of Atomic it fails with errHeld, and the tap is woken
// when that ends; with force it does not.
func (t *Tap) collected(force, whole bool) (*Step, error) {
	st := t.store
	sn := newSnapshot()
	st.mu.Lock()
	changes := t.due()
	st.mu.Unlock()
	sn.reserve(changes, 0)
	st.mu.Lock()
	defer st.mu.Unlock()
	s := t.taken
	t.taken, t.wanted = nil, false
	switch {
	case t.err != nil && s != nil:
		return s, nil
	case t.err != nil:
		return nil, t.err
	case s != nil && !force:
		return s, nil
	case t.held() && !force:
		t.wanted = true
		return nil, errHeld
	}
	return s.with(t.collect(sn, whole)), nil
}

// due is about how much the next step has.
func (t *Tap) due() int {
	n := 0
	for _, sc := range t.scopes() {
		n += sc.changes.size
	}
	return min(int(t.store.seq-t.at), n)
}

// collect copies the changes, and what is due of the stale arrays; nil if there is nothing. The store is locked.
func (t *Tap) collect(sn *snapshot, whole bool) *Step {
	st := t.store
	s := &Step{tap: t, At: time.Now()}
	var own *changeList
	if t.scope != nil {
		own = &t.scope.changes
	}
	offer := t.offered()
	if offer == nil {
		sn.collect(&st.shared.changes, own, t.at, t.at)
	}
	from := t.at
	t.move()
	if offer != nil {
		sn.release()
		s.parts = append(s.parts, part{snapshot: offer.snapshot, from: from, kind: changesOnly, packed: &offer.packed})
	} else {
		s.add(sn, from, changesOnly)
	}
	if whole || s.At.Sub(t.wholeAt) >= wholeGap {
		t.giveWhole(s)
	}
	st.sweep()
	if len(s.parts) == 0 {
		return nil
	}
	return s
}

// offerTap lets a tap have what was copied for a window.
func (st *Store) offerTap(d *draft) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.taps.tellWatching()
	if d.snapshot == nil {
		return
	}
	for _, t := range st.taps.all {
		if t.scope == nil && !t.plain && t.begun && t.err == nil {
			t.dropOffer()
			t.offer = &offer{d.from, d.to, d.snapshot, d.packed}
			return
		}
	}
	d.snapshot.release()
}

// offered returns the window that was offered if it is all that has changed; nil if it is not. The store is locked.
func (t *Tap) offered() *offer {
	d := t.offer
	if d == nil {
		return nil
	}
	changes := d.snapshot.changes
	if d.from > t.at || t.store.shared.changes.last() > d.to || changes[len(changes)-1].seq <= t.at {
		t.dropOffer()
		return nil
	}
	t.offer = nil
	return d
}

func (t *Tap) dropOffer() {
	if t.offer != nil {
		t.offer.snapshot.release()
		t.offer = nil
	}
}

// giveWhole adds the arrays that were changed in part as a whole. The store is locked.
func (t *Tap) giveWhole(s *Step) {
	if len(t.stale) == 0 {
		return
	}
	sn := newSnapshot()
	for _, a := range t.stale {
		if !a.ent.removed {
			sn.slot(a.ent.propSlot(a.prop))
		}
	}
	clear(t.stale)
	t.stale, t.wholeAt = t.stale[:0], s.At
	s.add(sn, s.tap.at, wholeArrays)
}

// noteStale notes that a property was given out in part. The store is locked.
func (t *Tap) noteStale(ent *Entity, prop int) {
	if a := (staleArray{ent, prop}); !slices.Contains(t.stale, a) {
		t.stale = append(t.stale, a)
	}
}

// end ends the tap; there are no steps after what is taken. The store is locked.
func (t *Tap) end(err error) {
	if t.err == nil {
		t.err = err
		t.dropOffer()
		poke(t.wake)
	}
}

// giveUp frees the store from keeping tombstones before the limit for this tap.
func (t *Tap) giveUp(limit uint64) {
	if t.begun && t.at < limit {
		t.end(ErrTooSlow)
	}
}

// taps are those of a store, whose mutex guards them.
type taps struct {
	all      []*Tap
	waiting  []*Tap // for a change
	watching []*Tap // for a window, or a change that is in none
	head     uint64 // up to where one of them has given out everything
}

// tell wakes the taps that wait for a change.
func (ts *taps) tell() {
	if len(ts.waiting) == 0 {
		return
	}
	for _, t := range ts.waiting {
		t.listening = false
		poke(t.wake)
	}
	clear(ts.waiting)
	ts.waiting = ts.waiting[:0]
}

// tellWatching wakes the taps that wait for a window.
func (ts *taps) tellWatching() {
	for _, t := range ts.watching {
		poke(t.wake)
	}
	clear(ts.watching)
	ts.watching = ts.watching[:0]
}

// afterHold copies the changes for the taps that wait for the end of a block of Atomic: a program may begin the next one
// before they run.
func (ts *taps) afterHold() {
	for _, t := range ts.all {
		if t.wanted && !t.held() {
			t.wanted = false
			t.taken = t.taken.with(t.collect(newSnapshot(), false))
			poke(t.wake)
		}
	}
}

// EndTaps ends the taps that see as the client of the scope. They still give out what it sees now.
func (sc *Scope) EndTaps() {
	sc.store.mu.Lock()
	defer sc.store.mu.Unlock()
	sc.store.taps.leave(sc)
}

// leave ends the taps that see as the client of the scope, which closes.
func (ts *taps) leave(sc *Scope) {
	for _, t := range ts.all {
		if t.scope == sc && t.err == nil {
			if t.begun {
				t.taken = t.taken.with(t.collect(newSnapshot(), true))
			}
			t.end(ErrClosed)
		}
	}
}

func (ts *taps) close() {
	for _, t := range ts.all {
		t.end(ErrClosed)
	}
}

func (ts *taps) remove(t *Tap) {
	ts.all = slices.DeleteFunc(ts.all, func(x *Tap) bool { return x == t })
	ts.waiting = slices.DeleteFunc(ts.waiting, func(x *Tap) bool { return x == t })
	ts.watching = slices.DeleteFunc(ts.watching, func(x *Tap) bool { return x == t })
	t.stale, t.taken = nil, nil
}

// know reports whether one of them has given out the entity.
func (ts *taps) know(ent *Entity) bool {
	for _, t := range ts.all {
		if t.knows(ent) && t.at >= ent.since {
			return true
		}
	}
	return false
}

// knows reports whether it gives out entities of that scope.
func (t *Tap) knows(ent *Entity) bool {
	return t.begun && t.err == nil && (ent.scope.client == NoClient || ent.scope == t.scope)
}

// lowest is the smallest of their cursors, or low.
func (ts *taps) lowest(low uint64) uint64 {
	for _, t := range ts.all {
		if t.begun && t.err == nil {
			low = min(low, t.at)
		}
	}
	return low
}

// dropForeign removes the tombstones that are kept only for taps, none of which has given out the entity: a tap that
// waits long, as that of a program with its own time may, must not keep what came and went meanwhile.
func (st *Store) dropForeign() {
	if len(st.taps.all) == 0 {
		return
	}
	low := st.seq
	for c := range st.conns {
		low = min(low, c.needed())
	}
	st.tombs = slices.DeleteFunc(st.tombs, func(s *slot) bool {
		if s.seq > low || st.taps.know(s.ent) {
			return false
		}
		s.ent.scope.changes.unlink(s)
		return true
	})
}

// A Step is what has changed up to a moment. It is written once.
type Step struct {
	At    time.Time
	tap   *Tap
	parts []part
}

// A part of a step is a snapshot, or what was written of it while the store was locked.
type part struct {
	snapshot *snapshot
	from     uint64
	kind     partKind
	packed   *packedPoses // that pages were sent; nil if it is not known
	ready    *recorded
}

type partKind uint8

const (
	changesOnly   partKind = iota // newest first
	wholeEntities                 // for who has none of them
	wholeArrays                   // for pages of the plain dialect
)

// add adds a snapshot. The store is locked: pages of arrays are marked as shared here.
func (s *Step) add(sn *snapshot, from uint64, kind partKind) {
	if len(sn.changes) == 0 {
		sn.release()
		return
	}
	p := part{snapshot: sn, from: from, kind: kind}
	if sn.paged {
		p.ready = new(recorded)
		p.write(s.tap, p.ready, p.ready)
	}
	s.parts = append(s.parts, p)
}

// with returns the step with another one behind it; both may be nil.
func (s *Step) with(next *Step) *Step {
	if s == nil || next == nil {
		if s == nil {
			return next
		}
		return s
	}
	s.At = next.At
	s.parts = append(s.parts, next.parts...)
	return s
}

// Write writes the step into the sink. It may be called by any goroutine, once.
func (s *Step) Write(sink Sink) {
	for i := range s.parts {
		p := &s.parts[i]
		if p.ready != nil {
			p.ready.replay(sink)
		} else {
			p.write(s.tap, sink, nil)
		}
		p.snapshot.release()
	}
	s.parts = nil
}

// write writes the snapshot. later is what joins the pieces of arrays that are in pages; nil if there are none.
func (p *part) write(t *Tap, sink Sink, later *recorded) {
	w := tapWriter{tap: t, sink: sink, later: later}
	w.snapshot, w.from, w.client, w.dialect = p.snapshot, p.from, NoClient, wire.Extended
	w.writer.tap = &w
	switch p.kind {
	case changesOnly:
		if !w.poses(p) {
			w.changes(p.snapshot.changes)
		}
	case wholeEntities:
		for i := range p.snapshot.changes {
			w.change(&p.snapshot.changes[i])
		}
	case wholeArrays:
		w.to, w.dialect = PlainOnly, wire.Plain
		for i := range p.snapshot.changes {
			w.values(p.snapshot.changes[i].ent, p.snapshot.changes[i:i+1])
		}
	}
}

// A tapWriter writes for a tap.
type tapWriter struct {
	writer
	tap   *Tap
	sink  Sink
	to    Audience
	later *recorded
	pose  Pose
	skip  *packedPoses // what is not written one by one; nil for nothing
}

// changes writes the changes, which are ordered newest first.
func (w *tapWriter) changes(changes []change) {
	for i := len(changes) - 1; i >= 0; i-- {
		s := &changes[i]
		if s.kind == slotProp || s.kind == slotValue {
			n := groupOf(changes[:i+1])
			w.update(changes[i+1-n : i+1])
			i -= n - 1
			continue
		}
		w.change(s)
	}
}

// poses writes the changes if pages were sent poses in arrays, which the sink takes as they are.
func (w *tapWriter) poses(p *part) bool {
	packer, ok := w.sink.(Packer)
	if !ok || p.packed == nil || len(p.packed.positionIDs)+len(p.packed.wxyzIDs) == 0 {
		return false
	}
	if 4*len(p.snapshot.changes) > len(p.packed.positionIDs)+len(p.packed.wxyzIDs) {
		w.skip = p.packed
		w.changes(p.snapshot.changes)
	}
	packer.Poses(&Poses{
		PositionIDs: p.packed.positionIDs, Positions: p.packed.positions, WXYZIDs: p.packed.wxyzIDs, WXYZs: p.packed.wxyzs,
		Wide: p.packed.wide, snapshot: p.snapshot,
	})
	return true
}

// skips reports whether the pose is in the arrays.
func (w *tapWriter) skips(s *change) bool {
	switch {
	case w.skip == nil || !w.skip.has(s.ent):
		return false
	case s.kind == slotOrientation:
		return w.skip.packOrientations
	}
	return w.skip.packPositions
}

func (w *tapWriter) change(s *change) {
	w.to = Everyone
	switch s.kind {
	case slotPosition, slotOrientation:
		if w.skips(s) {
			return
		}
		w.pose = Pose{Node: s.ent.id, Name: s.ent.key, Owner: s.ent.owner(), Orientation: s.kind == slotOrientation, V: s.v}
		w.sink.Pose(&w.pose)
	case slotMessage:
		if w.tap.plain {
			w.to = s.audience.public()
			w.whole(w.seg(s))
		} else {
			w.message(s)
		}
	case slotCreate:
		w.before(s)
		w.inEach(s.ent, func() { w.create(s) })
	default:
		w.one(s)
	}
}

func (a audience) public() Audience {
	switch a {
	case plainOnly:
		return PlainOnly
	case extendedOnly:
		return ExtendedOnly
	}
	return Everyone
}

// update writes changes that were made together to one entity.
func (w *tapWriter) update(changes []change) {
	ent := changes[0].ent
	if ent.createSeq > w.from {
		return // the create message has the current values
	}
	if w.snapshot.paged && ent.more.patched != nil {
		w.to = ExtendedOnly
		changes = w.partial(ent, changes)
	}
	if w.alike(ent, changes) {
		w.to = Everyone
		w.values(ent, changes)
		return
	}
	w.inEach(ent, func() { w.values(ent, changes) })
}

// alike reports whether pages of both dialects are sent the changes alike.
func (w *tapWriter) alike(ent *Entity, changes []change) bool {
	plain := &ent.kind.forms[wire.Plain]
	return !slices.ContainsFunc(changes, func(s change) bool { return !plain.sees(&s) }) && w.baked(plain, changes) == nil
}

// partial writes what changed in parts, and returns the rest. The store is locked.
func (w *tapWriter) partial(ent *Entity, changes []change) (rest []change) {
	rest = w.patches(ent, changes)
	if !w.tap.plain || !ent.kind.owned {
		return rest
	}
	for i := range changes {
		if s := &changes[i]; s.kind == slotProp && !slices.ContainsFunc(rest, func(r change) bool { return r.kind == slotProp && r.index == s.index }) {
			w.tap.noteStale(ent, int(s.index))
		}
	}
	return rest
}

// inEach calls write for each dialect in which it makes a difference.
func (w *tapWriter) inEach(ent *Entity, write func()) {
	if w.tap.plain && ent.kind.owned && ent.kind.forms[wire.Plain].hidden != nil {
		w.to, w.dialect = PlainOnly, wire.Plain
		write()
		w.to, w.dialect = ExtendedOnly, wire.Extended
		write()
		return
	}
	w.to = Everyone
	write()
}

// encoded passes on the message in the encoder.
func (w *tapWriter) encoded(typ string) {
	w.pass(wire.RawMessage{Type: typ, B: bytes.Clone(w.enc.B)}, w.enc.Refs)
}

// segment passes on a message that was encoded before.
func (w *tapWriter) segment(seg *Segment) {
	w.pass(wire.RawMessage{Type: seg.messageType(), B: seg.B}, seg.Refs)
}

func (w *tapWriter) pass(m wire.RawMessage, refs []wire.Ref) {
	if len(refs) > 0 {
		m.Refs = slices.Clone(refs)
	}
	for i := range m.Refs {
		if r := &m.Refs[i]; r.Pages != nil {
			w.later.join(r)
		}
	}
	w.sink.Message(w.to, m)
}

// messageType is the type of a message.
func (s *Segment) messageType() string {
	// A message that we have encoded is well-formed.
	m, _, _ := wire.ReadRawMessage(s.B, func(int) ([]byte, error) { return nil, nil })
	return m.Type
}

// A recorded is what was written while the store was locked.
type recorded struct {
	calls []call
	joins []join
}

type call struct {
	to   Audience
	m    wire.RawMessage
	pose *Pose // instead of m
}

// A join is an array that is to be made of pieces.
type join struct {
	to     *[]byte
	pieces [][]byte
}

func (r *recorded) Message(to Audience, m wire.RawMessage) {
	r.calls = append(r.calls, call{to: to, m: m})
}

func (r *recorded) Pose(p *Pose) {
	own := *p
	r.calls = append(r.calls, call{pose: &own})
}

// join replaces the pages, which may be written to again.
func (r *recorded) join(ref *wire.Ref) {
	r.joins = append(r.joins, join{&ref.Data, ref.Pieces(nil)})
	ref.Pages, ref.Ranges = nil, nil
}

func (r *recorded) replay(sink Sink) {
	for _, j := range r.joins {
		*j.to = bytes.Join(j.pieces, nil)
	}
	for i := range r.calls {
		if c := &r.calls[i]; c.pose != nil {
			sink.Pose(c.pose)
		} else {
			sink.Message(c.to, c.m)
		}
	}
}

package state

import (
	"context"
	"sync/atomic"

	"github.com/viser-go/viser/internal/wire"
)

// joinBytes bounds a frame of the first transfer, before compression: a page decodes a small frame while the next one is
// written, shows progress, and the memory for writing it stays in the processor's cache. An entity is never split.
const joinBytes = 256 << 10

// A Conn is the cursor of one connection, and the scope of its client.
type Conn struct {
	store   *Store
	scope   *Scope
	dialect wire.Dialect
	wake    chan struct{}

	// at is up to where everything has been given out. Only the connection's own goroutine moves it: along the
	// shared windows without the lock, else with it. So whoever holds the lock may read a value that is too small by
	// some shared windows that are published already, and nothing else: see Store.anyoneKnows, Store.sweep,
	// Conn.changedValue and Store.buildWindows.
	at    atomic.Uint64
	after *mark // where it is among the windows; of the connection's own goroutine
	// special sends the connection to the lock, for everything that is not a shared window. It is set with the lock
	// held, before what it is set for can be in a window.
	special atomic.Bool
	fetches atomic.Bool // the page fetches large arrays over HTTP

	joining bool
	begun   bool
	head    uint64    // joining: the state that is being sent
	all     []*Entity // joining: what is sent; kept until the page has confirmed the end if it can continue
	given   int       // joining: how many of them have been given out
	wide    bool      // joining: a position needs 64 bits
	alone   bool      // the next window must be a separate one
	urgent  bool      // the client's scope was flushed
	err     error
	left    bool
	resume  resumption
	absence absence
	progress
}

// FetchArrays sets whether the page fetches large arrays over HTTP, or receives them in frames as all pages do at
// first. It applies to frames that Next has not returned yet.
func (c *Conn) FetchArrays(fetch bool) { c.fetches.Store(fetch) }

// Scope is the client's own scope; it ends with Leave.
func (c *Conn) Scope() *Scope { return c.scope }

// Leave ends the connection and the client's scope.
func (c *Conn) Leave() {
	st := c.store
	st.mu.Lock()
	if c.left {
		st.mu.Unlock()
		return
	}
	c.left, c.scope.closed = true, true
	delete(st.conns, c)
	delete(st.byID, c.scope.client)
	delete(st.ahead, c)
	if !c.resume.suspended {
		st.speakers[c.dialect]--
	}
	st.taps.leave(c.scope)
	for e := c.scope.entities.next; e != &c.scope.entities; e = e.next {
		e.removed = true
	}
	c.absence = absence{}
	c.scope.queue.take()
	streams := c.scope.queue.streams
	c.scope.queue.streams = nil
	c.all = nil
	st.sweep()
	if len(st.conns) == 0 {
		st.forgetWindows()
	}
	st.mu.Unlock()
	for _, s := range streams {
		s.Close()
	}
	c.alert()
}

// forgetWindows frees what was encoded for connections that have ended.
func (st *Store) forgetWindows() {
	clear(st.windows)
	st.windows = st.windows[:0]
	st.clean()
	st.taps.tellWatching()
}

// alert makes the connection look at the state under the lock, now.
func (c *Conn) alert() {
	c.special.Store(true)
	poke(c.wake)
}

// cursor is the point up to which the page may have received everything.
func (c *Conn) cursor() uint64 {
	switch {
	case !c.begun:
		return c.store.seq
	case c.joining:
		return c.head
	default:
		return c.at.Load()
	}
}

// knows reports whether the connection may have received an entity that was created at
// that point.
func (c *Conn) knows(since uint64) bool { return c.begun && since <= c.cursor() }

// Next waits until there is something to send and returns it as one frame. A
// frame is one step: a page applies all of it at once.
func (c *Conn) Next(ctx context.Context) (*wire.Frame, error) {
	for {
		f, err := c.try()
		if f != nil || err != nil {
			return f, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-c.wake:
		case <-c.after.ready:
		}
	}
}

// try returns a frame, nil if there is none yet.
func (c *Conn) try() (*wire.Frame, error) {
	if f, ok := c.follow(); ok {
		if f == nil {
			return nil, nil
		}
		now := c.store.now()
		c.handed(now)
		return f.get(c, now), nil
	}
	for {
		next, err := c.decide()
		if err != nil {
			return nil, err
		}
		if next.ask == askNothing {
			return c.complete(next), nil
		}
		if f := c.complete(c.ask(next.ask, next.replay)); f != nil {
			return f, nil
		}
	}
}

// decide is prepare, with the lock.
func (c *Conn) decide() (pending, error) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	next, err := c.prepare()
	c.passed.Store(c.after.number)
	c.special.Store(c.isSpecial())
	return next, err
}

// follow moves the cursor along the published windows without the lock, and returns the frame of the first one that has
// messages, nil if there is no further window. It is not ok if the lock is needed.
//
// The order matters: the window is loaded before the flag. What a connection must not take in a shared window, such as
// a part of a block of Client.Atomic, happens after the flag was set. So a window that has it is published, and can be
// loaded, only after that.
func (c *Conn) follow() (f *sharedFrame, ok bool) {
	for {
		w := c.after.next.Load()
		if c.special.Load() {
			return nil, false
		}
		if w == nil {
			c.passed.Store(c.after.number)
			return nil, true
		}
		if at := c.at.Load(); w.to > at { // else a separate window had all of it
			w := w.at(at)
			if w == nil || !w.fits(c) {
				return nil, false
			}
			c.at.Store(w.to)
			f = &w.frames[c.dialect]
		}
		c.after = w.end
		if f != nil && f.count > 0 {
			c.passed.Store(c.after.number)
			return f, true
		}
	}
}

// isSpecial reports whether there is more than shared windows for the connection, or soon will be.
func (c *Conn) isSpecial() bool {
	return !c.begun || c.joining || c.absence.away || c.absence.replay != nil || c.apart() || c.scope.hold > 0 || c.err != nil || c.left || c.store.closed
}

// A pending frame was decided on under the store's lock, and is completed without it: writing and compressing take
// time, and streams may read files. The zero value is none.
type pending struct {
	shared  *sharedFrame       // a frame of all connections at this cursor, or
	builder *wire.FrameBuilder // a separate one, with the next messages of
	streams []Stream
	at      uint64 // where the separate one ends
	write   func() // writes the separate one; nil if it is written

	ask    asking // instead: what is to be asked of
	replay Replay
}

// prepare writes what the connection is to be sent next.
func (c *Conn) prepare() (pending, error) {
	c.after = c.store.end // unless it takes an earlier window; every other step is up to now, or waits
	switch {
	case c.err != nil:
		return pending{}, c.err
	case c.store.closed || c.left:
		return pending{}, ErrClosed
	case c.absence.away && c.asks() != askNothing: // what a replay gives is not of the block that suspends windows
		return c.asking(), nil
	case c.held():
		c.store.held = true
		return pending{}, nil
	case !c.begun:
		c.begin()
	}
	if c.asks() != askNothing {
		return c.asking(), nil
	}
	if c.joining {
		return c.joinChunk(), nil
	}
	if c.absence.away {
		c.passShared()
	} else if f := c.takeShared(); f != nil {
		return pending{shared: f}, nil
	}
	if !c.due() {
		return pending{}, nil
	}
	return c.ownWindow(), nil
}

// held reports whether a block of Atomic keeps windows from the client.
func (c *Conn) held() bool { return c.store.shared.hold > 0 || c.scope.hold > 0 }

// takeShared moves the cursor along the published windows that fit, and returns the
// frame of the first one that has messages.
func (c *Conn) takeShared() *sharedFrame {
	for w := c.sharedWindow(); w != nil; w = c.sharedWindow() {
		c.at.Store(w.to)
		if f := &w.frames[c.dialect]; f.count > 0 {
			return f
		}
	}
	return nil
}

// complete builds the frame, nil if there is nothing to send.
func (c *Conn) complete(p pending) *wire.Frame {
	now := c.store.now()
	switch {
	case p.shared != nil:
		c.handed(now)
		return p.shared.get(c, now)
	case p.builder == nil:
		return nil
	}
	if p.write != nil {
		p.write()
	}
	c.pull(p)
	if p.builder.Count() == 0 {
		putBuilder(p.builder)
		return nil
	}
	c.handed(now)
	return c.finish(p.builder, now)
}

func (c *Conn) finish(b *wire.FrameBuilder, timestamp float64) *wire.Frame {
	var id func(*wire.Blob) string
	if c.fetches.Load() {
		id = c.store.blobs.Add
	}
	f := b.FinishFetched(timestamp, id)
	putBuilder(b)
	return f
}

// begin starts the initial transfer: all live entities, in creation order.
func (c *Conn) begin() {
	st := c.store
	c.begun, c.joining, c.head, c.given, c.wide = true, true, st.seq, 0, false
	c.all = make([]*Entity, 0, st.shared.live+c.scope.live)
	for _, sc := range []*Scope{st.shared, c.scope} {
		if sc == st.shared && c.absence.away {
			continue
		}
		for e := sc.entities.next; e != &sc.entities; e = e.next {
			c.all = append(c.all, e)
			c.wide = c.wide || e.position.far
		}
	}
}

// joinChunk writes the next entities; the last chunk ends with ReplayDoneMessage.
func (c *Conn) joinChunk() pending {
	b := newBuilder()
	b.State = true
	c.greet(b)
	sn := newSnapshot()
	sn.fetched = c.fetches.Load()
	for c.given < len(c.all) && sn.size < joinBytes {
		if ent := c.all[c.given]; !ent.removed {
			sn.entity(ent)
		}
		c.given++
	}
	done := c.given == len(c.all)
	if done {
		c.joining = false
		c.moveTo(c.head)
		if !c.resume.able {
			c.all = nil
		}
		// Values that changed meanwhile were sent with their current value, not with
		// that at the head: a window that was published in between would revert them.
		c.alone = c.alone || c.store.seq > c.head
	}
	b.Cursor = c.position()
	w := &writer{b: b, snapshot: sn, dialect: c.dialect, client: c.scope.client, wide: c.wide}
	return c.separate(w, func() {
		w.entities(sn.changes)
		if done {
			seg := Message(&wire.ReplayDoneMessage{})
			b.Message(seg.B, seg.Refs)
		}
	})
}

// separate returns a frame that is for this connection only. It is written later if it can be.
func (c *Conn) separate(w *writer, write func()) pending {
	p := pending{builder: w.b, at: c.at.Load(), write: func() {
		write()
		w.snapshot.release()
	}}
	if w.snapshot.paged {
		p.write()
		p.write = nil
	}
	return p
}

// moveTo moves the cursor, which may be beyond the published windows.
func (c *Conn) moveTo(at uint64) {
	c.at.Store(at)
	if at > c.store.published && !c.absence.away {
		c.store.ahead[c] = struct{}{}
	}
}

// sharedWindow returns the window that all connections at this cursor are sent, if
// nothing in it concerns this client apart.
func (c *Conn) sharedWindow() *window {
	if c.apart() {
		return nil
	}
	at := c.at.Load()
	for _, whole := range c.store.windows {
		if w := whole.at(at); w != nil && w.fits(c) && w.to > at {
			c.after = whole.end
			return w
		}
	}
	return nil
}

// apart reports whether the next window must be a separate one.
func (c *Conn) apart() bool {
	return c.alone || c.urgent || !c.scope.queue.empty() || c.scope.changes.last() > c.at.Load()
}

// changedValue notes that the client has set a value itself. Windows that are
// published already may contain the value before, which would undo the change on its
// page. With a cursor that is too small, a separate window is built where none is needed.
func (c *Conn) changedValue() {
	if c.at.Load() < c.store.published {
		c.alone = true
		c.special.Store(true)
	}
}

// due reports whether a separate window must be built: there are changes, and the pacer
// or a flush has ended the window.
func (c *Conn) due() bool {
	if len(c.scope.queue.streams) > 0 && c.mayPull() {
		return true
	}
	if ev := c.scope.queue.events; len(ev) > 0 && ev[0].seq <= c.store.ready {
		return true // also one from before the initial transfer, which the cursor has passed
	}
	return c.at.Load() < c.store.ready || c.urgent
}

// ownWindow writes all changes since the cursor, shared and per-client, up to now; of a client that is away only its own.
func (c *Conn) ownWindow() pending {
	st := c.store
	b := newBuilder()
	c.greet(b)
	at := c.at.Load()
	own := c.ownFrom()
	sn := newSnapshot()
	if c.absence.away {
		sn.collect(&c.scope.changes, nil, own, 0)
	} else {
		sn.collect(&st.shared.changes, &c.scope.changes, at, own)
	}
	events := c.scope.queue.take()
	for _, e := range events {
		sn.paged = sn.paged || hasPages(e.seg.Refs)
	}
	if c.resume.able && len(events)+len(c.scope.queue.streams) > 0 {
		c.moveTo(st.next()) // this frame has a cursor that no other has, so that it can be confirmed
		c.keep(events)
	} else {
		c.moveTo(st.seq)
	}
	b.Cursor = c.position()
	c.countMerged()
	c.alone, c.urgent, c.absence.back = false, false, false
	st.sweep()
	w := &writer{b: b, snapshot: sn, dialect: c.dialect, from: at, own: own, client: c.scope.client}
	p := c.separate(w, func() {
		m := summarize(sn.changes)
		w.changes(sn.changes, &m, events)
	})
	p.streams = c.scope.queue.streams
	return p
}

// pull adds the next message of each stream, outside the lock because a
// stream may read a file.
func (c *Conn) pull(p pending) {
	for _, s := range p.streams {
		m := s.Next()
		if m == nil {
			c.endStream(s)
			continue
		}
		seg := Message(m)
		p.builder.Message(seg.B, seg.Refs)
		c.keepPart(p.at, seg)
	}
}

func (c *Conn) endStream(s Stream) {
	st := c.store
	st.mu.Lock()
	kept := make([]Stream, 0, len(c.scope.queue.streams))
	found := false
	for _, x := range c.scope.queue.streams {
		if x == s {
			found = true
			continue
		}
		kept = append(kept, x)
	}
	c.scope.queue.streams = kept
	st.mu.Unlock()
	if found {
		s.Close()
	}
}

package state

import "github.com/viser-go/viser/internal/wire"

// A client may be away from the shared scope: its page shows what a Replay gives instead, such as an earlier state of
// the scope. Its own scope and events go on as always. The change from one to the other is exact: a page leaves with the
// state of one moment, up to which a tap has given out everything at the same time, and comes back with that of another
// one, from which on it is sent the changes as if it had never been away.

// A Replay decides what a client is shown while it is away. The connection's goroutine calls its methods one at a time,
// with nothing locked.
type Replay interface {
	// Depart is called until the client is away, which Tap.Depart makes it.
	Depart(c *Conn)
	// Show returns what the page is to be sent, when Conn.Alert was called; nil for nothing. whole is set if the page
	// shows nothing yet. It calls Tap.Return if the page will show the scope itself with that.
	Show(c *Conn, whole bool) []wire.RawMessage
}

// An absence is the part of a connection that is needed for a Replay.
type absence struct {
	replay Replay // nil if the client is not away, and is not going to be
	next   Replay // instead of it, when the client has returned; nil for none
	away   bool
	whole  bool // the page shows nothing of what the replay gives
	asked  bool
	// back is set from the client's return to its next window. Then own is up to where everything of the client's own
	// scope was given out, and Conn.at up to where that of the shared scope was.
	back bool
	own  uint64
	last *pending // the last window before the departure
}

// Away lets a replay decide what the client is shown, as soon as the initial transfer is over. If another one does
// already, r follows when the client has returned from that.
func (c *Conn) Away(r Replay) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if c.left {
		return
	}
	a := &c.absence
	switch a.replay {
	case nil:
		a.replay = r
	case r:
	default:
		a.next = r
	}
	a.asked = true
	c.alert()
}

// OwnOnly makes the connection one that is never sent the shared scope, only the client's own scope and its events. It
// is called before the first Next, and Away is not called then.
func (c *Conn) OwnOnly() {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	c.absence.away = true
}

// Stay revokes Away, unless the client is away already. It reports whether it is not.
func (c *Conn) Stay(r Replay) bool {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	a := &c.absence
	if a.next == r {
		a.next = nil
	}
	if a.replay != r {
		return true
	}
	if a.away {
		return false
	}
	a.replay, a.next, a.asked = a.next, nil, a.next != nil
	return true
}

// Alert asks the client's replay what to show; without one it does nothing.
func (c *Conn) Alert() {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if c.absence.replay != nil && !c.absence.asked {
		c.absence.asked = true
		c.alert()
	}
}

// Cursor is up to where the connection has been given everything. Its own goroutine calls it.
func (c *Conn) Cursor() uint64 { return c.at.Load() }

// NodeIDs returns the numbers of the shared scope's nodes that were created after that point, and not after until, by name.
func (st *Store) NodeIDs(after, until uint64) map[string]uint32 {
	st.mu.Lock()
	defer st.mu.Unlock()
	ids := map[string]uint32{}
	for e := st.shared.entities.prev; e != &st.shared.entities && e.createSeq > after; e = e.prev {
		if e.id != 0 && e.createSeq <= until {
			ids[e.key] = e.id
		}
	}
	return ids
}

// depart makes the client away, with everything up to now in a last window. It is not ok if that is not possible now;
// then the connection is woken when it may be. The store is locked.
func (c *Conn) depart() (ok bool) {
	st, a := c.store, &c.absence
	switch {
	case c.left || st.closed || c.err != nil || a.replay == nil || a.away || !c.begun || c.joining:
		return false
	case c.held():
		st.held, a.asked = true, true
		return false
	}
	if c.at.Load() < st.seq || !c.scope.queue.empty() {
		p := c.ownWindow()
		a.last = &p
	}
	a.away, a.asked = true, true
	return true
}

// comeBack makes the page one that shows the shared scope as it was at that point. The store is locked.
func (c *Conn) comeBack(at uint64) {
	if c.left || !c.absence.away {
		return
	}
	next := c.absence.next
	c.absence = absence{back: true, own: c.at.Load(), replay: next, asked: next != nil}
	c.at.Store(at)
	c.head = c.store.next() // the page cannot continue from a frame before this one
	c.alone, c.urgent = true, true
	c.special.Store(true)
}

// An asking is what is to be asked of a replay.
type asking uint8

const (
	askNothing asking = iota
	askDepart
	askShow
	askWhole
)

// asks decides what the replay is asked before anything else is sent. The store is locked.
func (c *Conn) asks() asking {
	a := &c.absence
	switch {
	case a.replay == nil || !c.begun:
		return askNothing
	case a.away && a.whole:
		return askWhole
	case a.away && a.asked:
		return askShow
	case !a.away && a.asked && !c.joining:
		return askDepart
	}
	return askNothing
}

// asking returns what the replay is asked next. The store is locked.
func (c *Conn) asking() pending {
	p := pending{ask: c.asks(), replay: c.absence.replay}
	c.absence.asked = false
	return p
}

// passShared moves the cursor of a client that is away over what it is not sent. The store is locked.
func (c *Conn) passShared() {
	if c.scope.queue.empty() && c.scope.changes.last() <= c.at.Load() {
		c.at.Store(c.store.seq)
	}
}

// ask asks the replay, and returns what the page is sent then.
func (c *Conn) ask(what asking, r Replay) pending {
	if what == askDepart {
		r.Depart(c)
		return c.lastWindow()
	}
	messages := r.Show(c, what == askWhole)
	if len(messages) == 0 && what != askWhole {
		return pending{}
	}
	return c.showing(messages, what == askWhole)
}

// lastWindow takes the window that the client departs with, if there is one.
func (c *Conn) lastWindow() pending {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	last := c.absence.last
	c.absence.last = nil
	if last == nil {
		return pending{}
	}
	return *last
}

// showing returns a frame of what a replay has given.
func (c *Conn) showing(messages []wire.RawMessage, whole bool) pending {
	b := newBuilder()
	st := c.store
	st.mu.Lock()
	c.greet(b)
	if whole {
		b.State = true
		c.absence.whole = false
	}
	b.Cursor = c.position()
	st.mu.Unlock()
	for i := range messages {
		m := &messages[i]
		if c.dialect != wire.Plain || !wire.Infos[m.Type].Extension {
			b.Message(m.B, m.Refs)
		}
	}
	return pending{builder: b, at: c.at.Load()}
}

// ownFrom is up to where everything of the client's own scope was given out.
func (c *Conn) ownFrom() uint64 {
	if c.absence.back {
		return c.absence.own
	}
	return c.at.Load()
}

// lowest is the point up to which the page may have received everything, of both scopes.
func (c *Conn) lowest() uint64 {
	if c.absence.back {
		return min(c.cursor(), c.absence.own)
	}
	return c.cursor()
}

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
	// shows nothing yet. It calls Conn.Return if the page will show the scope itself with that.
	Show(c *Conn, whole bool) []wire.RawMessage
}

// An absence is the part of a connection that is needed for a Replay.
type absence struct {
	replay Replay // nil if the client is not away, and is not going to be
	away   bool
	whole  bool // the page shows nothing of what the replay gives
	asked  bool
	// own is up to where everything of the client's own scope was given out, if that is more than Conn.at. It is after
	// a return.
	own  uint64
	last *pending // the last window before the departure
}

// Away lets a replay decide what the client is shown, as soon as the initial transfer is over. If one does already, it
// remains.
func (c *Conn) Away(r Replay) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if c.left {
		return
	}
	if c.absence.replay == nil {
		c.absence = absence{replay: r, own: c.absence.own}
	}
	c.absence.asked = true
	c.alert()
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

// IsAway reports whether the page shows what a replay gives, or is going to.
func (c *Conn) IsAway() bool {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	return c.absence.replay != nil
}

// NodeIDs returns the numbers of the shared scope's nodes that were created after that point, by name.
func (st *Store) NodeIDs(after uint64) map[string]uint32 {
	st.mu.Lock()
	defer st.mu.Unlock()
	ids := map[string]uint32{}
	for e := st.shared.entities.prev; e != &st.shared.entities && e.createSeq > after; e = e.prev {
		if e.id != 0 {
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

// Return makes the page one that shows the shared scope as it was at that point, up to which a tap has given out
// everything that does not advance meanwhile. The replay calls it in Show. It is not ok if the connection has ended.
func (c *Conn) Return(at uint64) (ok bool) {
	st, a := c.store, &c.absence
	st.mu.Lock()
	defer st.mu.Unlock()
	if c.left || !a.away {
		return false
	}
	own := max(c.at.Load(), a.own)
	c.absence = absence{own: own}
	c.at.Store(at)
	// The page cannot continue from a frame before this one.
	c.head = st.next()
	c.alone, c.urgent = true, true
	c.special.Store(true)
	return true
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


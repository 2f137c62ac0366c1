package state

import (
	"sync/atomic"
	"time"
)

// Stats describe the store: what it contains now, and counters since its start.
type Stats struct {
	Sequence    uint64
	Entities    int // nodes and elements of the shared scope; roots and cells have no kind, and do not count
	OfClients   int // those of the clients' scopes
	Tombstones  int
	Connections int
	Windows     uint64        // published
	Encoding    time.Duration // the time that building them took
	Separate    uint64        // windows built for one connection only
}

// counts are the counters of a store. Its lock guards them.
type counts struct {
	separate uint64
	encoding time.Duration
}

// Stats returns the counters of now. It visits each connection, but no entity.
func (st *Store) Stats() Stats {
	st.mu.Lock()
	defer st.mu.Unlock()
	s := Stats{
		Sequence: st.seq, Tombstones: len(st.tombs), Connections: len(st.conns), Entities: st.shared.count,
		Windows: st.end.number, Encoding: st.counts.encoding, Separate: st.counts.separate,
	}
	for c := range st.conns {
		s.OfClients += c.scope.count
	}
	return s
}

// progress is how far a connection has followed the published windows. Only the connection's own goroutine writes it.
type progress struct {
	passed    atomic.Uint64 // the number of windows that were published before its cursor
	merged    atomic.Uint64 // windows that it received as a part of a later one
	lastFrame atomic.Uint64 // when it was given its last frame, in nanoseconds of the store's clock
}

// handed notes that a frame was given out, at a time of the store's clock in seconds.
func (p *progress) handed(now float64) { p.lastFrame.Store(uint64(now * 1e9)) }

// countMerged counts what a separate window spans: all windows but the last one were merged into it. The store's lock
// is held.
func (c *Conn) countMerged() {
	c.store.counts.separate++
	if published, passed := c.store.end.number, c.passed.Load(); published > passed+1 {
		c.merged.Add(published - passed - 1)
	}
}

// ConnStats describe how a connection keeps up.
type ConnStats struct {
	Merged  uint64        // windows that it received as a part of a later one, as it was still receiving an earlier one
	Pending uint64        // windows that were published and that it has not begun to receive
	Behind  time.Duration // while some are pending, or the initial transfer lasts: the time since it began to receive its last frame
}

// Stats returns the counters of now.
func (c *Conn) Stats() ConnStats {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	s := ConnStats{Merged: c.merged.Load()}
	switch {
	case c.left || !c.begun:
		return s
	case !c.joining && (c.at.Load() >= st.ready || st.shared.hold > 0 || c.scope.hold > 0):
		return s
	case !c.joining:
		s.Pending = st.end.number - c.passed.Load()
	}
	s.Behind = max(0, time.Since(st.start)-time.Duration(c.lastFrame.Load()))
	return s
}

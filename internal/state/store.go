package state

import (
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/blob"
	"github.com/viser-go/viser/internal/wire"
)

// ErrClosed is the error of a store, or a client's scope, that is closed.
var ErrClosed = errors.New("closed")

// ErrTooSlow is the error of a connection that is so far behind that the store would have to keep data only for it.
var ErrTooSlow = errors.New("the client reads too slowly")

// Options of a store; the zero value is what servers use.
type Options struct {
	Period   time.Duration // most time between windows while values change; 0 means 1/60 s
	MaxTombs int           // removals kept for slow connections; 0 means 65,536
	// Published, if set, is called for each window that was published, by the pacer's goroutine and without a lock:
	// when it was begun, how long it took until the connections were notified, and how many messages it has.
	Published func(began time.Time, took time.Duration, messages int)
}

// A Store holds the state of one server. All methods of the package are safe for
// concurrent use; one mutex guards everything but the windows that are published, and no code waits while it is held.
type Store struct {
	opts  Options
	start time.Time
	blobs *blob.Index

	mu     sync.Mutex
	seq    uint64
	lastID uint32
	shared *Scope
	conns  map[*Conn]struct{}
	byID   map[int]*Conn // by client
	taps   taps
	tombs  []*slot // oldest first
	closed bool

	counts    counts
	dirty     bool
	wanted    bool               // a window was due during a hold
	taken     *draft             // the next window, copied at the end of that hold
	held      bool               // a connection waits for the end of a hold
	windows   []*window          // the last published ones, oldest first
	ready     uint64             // where the last one of them ends
	published uint64             // where the last one ends, or one that is being written
	end       *mark              // behind the last one
	speakers  [wire.Dialects]int // connections by dialect, without suspended ones
	ahead     map[*Conn]struct{} // connections that have received more than was published, in separate windows
	pace      pacer
}

// New returns an empty store.
func New(opts Options) *Store {
	if opts.Period <= 0 {
		opts.Period = time.Second / 60
	}
	if opts.MaxTombs <= 0 {
		opts.MaxTombs = 1 << 16
	}
	st := &Store{opts: opts, start: time.Now(), blobs: blob.New(), conns: map[*Conn]struct{}{}, byID: map[int]*Conn{}, end: newMark(0), ahead: map[*Conn]struct{}{}}
	st.shared = newScope(st, NoClient, "")
	st.pace.init()
	return st
}

// Blobs has the arrays that pages may fetch.
func (st *Store) Blobs() *blob.Index { return st.blobs }

// Shared is the scope that every page sees.
func (st *Store) Shared() *Scope { return st.shared }

// Close ends all connections' waiting; it may be called again.
func (st *Store) Close() {
	st.mu.Lock()
	if st.closed {
		st.mu.Unlock()
		return
	}
	st.closed = true
	for c := range st.conns {
		c.alert()
	}
	st.taps.close()
	running := st.pace.running
	st.mu.Unlock()
	st.blobs.Close()
	if running {
		close(st.pace.quit)
		<-st.pace.done
	}
}

// Connect returns the cursor of a new client, with its scope.
func (st *Store) Connect(client int, d wire.Dialect) (*Conn, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.closed {
		return nil, ErrClosed
	}
	c := &Conn{store: st, dialect: d, wake: make(chan struct{}, 1), after: st.end}
	c.special.Store(true)
	c.scope = newScope(st, client, strconv.Itoa(client))
	c.scope.conn = c
	if len(st.conns) == 0 {
		st.published, st.ready = st.seq, st.seq // there is no page to send it to
	}
	st.conns[c], st.byID[client] = struct{}{}, c
	st.speakers[d]++
	st.pace.start(st)
	return c, nil
}

func (st *Store) next() uint64 {
	st.seq++
	return st.seq
}

func (st *Store) now() float64 { return time.Since(st.start).Seconds() }

// changed notifies the pacer of a change that is not for one of the clients.
func (st *Store) changed(exclude int) {
	st.taps.tell()
	if st.pace.told {
		return
	}
	if len(st.conns) == 0 {
		st.taps.tellWatching()
		return
	}
	st.dirty = true
	if len(st.conns) == 1 && st.byID[exclude] != nil { // no page waits for it
		st.taps.tellWatching()
		return
	}
	st.pace.told = true
	if st.shared.hold == 0 {
		st.pace.signal()
	}
}

// wakeAfterHold wakes who waits for the end of a hold, and reports whether connections did.
func (st *Store) wakeAfterHold(sc *Scope) (waited bool) {
	st.taps.afterHold()
	if sc.conn != nil {
		sc.conn.alert()
		return false
	}
	waited = st.held
	if st.wanted && st.taken == nil {
		// A program that calls Atomic in a loop without a pause would hold the windows again before the pacer
		// has got a processor. So the copy is made here.
		st.taken = st.draft(newSnapshot())
		st.pace.signal()
	}
	st.wanted = false
	if st.dirty {
		st.pace.haste = max(st.pace.haste, wholeStep)
		st.pace.signal()
	}
	if !st.held {
		return waited
	}
	st.held = false
	for c := range st.conns {
		c.alert()
	}
	return waited
}

func (st *Store) flushLocked() {
	if !st.dirty {
		return
	}
	st.pace.haste = atOnce
	if st.shared.hold == 0 {
		st.pace.signal()
	}
}

// anyoneKnows reports whether a connection has received the entity, or will by a window that is published already.
//
// A cursor that is too small does not matter: what it misses is published, and a change in a client's scope is passed
// only with the lock held.
func (st *Store) anyoneKnows(ent *Entity) bool {
	if ent.scope.client == NoClient && ent.since <= st.published && len(st.conns) > 0 {
		return true
	}
	for c := range st.conns {
		if (ent.scope.client == NoClient || c.scope == ent.scope) && c.knows(ent.since) {
			return true
		}
	}
	return st.taps.know(ent)
}

// givenOut is up to where changes were given out, to anybody.
func (st *Store) givenOut() uint64 { return max(st.published, st.taps.head) }

// sweep removes the tombstones that every connection and tap has passed. A cursor that is too small keeps some until the next
// sweep.
func (st *Store) sweep() {
	if len(st.tombs) == 0 {
		return
	}
	low := st.seq
	for c := range st.conns {
		low = min(low, c.needed())
	}
	low = min(low, st.taps.lowest(low))
	n := 0
	for n < len(st.tombs) && st.tombs[n].seq <= low {
		st.tombs[n].ent.scope.changes.unlink(st.tombs[n])
		n++
	}
	st.tombs = append(st.tombs[:0], st.tombs[n:]...)
	if len(st.tombs) > st.opts.MaxTombs {
		st.endSlowest()
	}
}

// endSlowest ends the connections and taps that keep the older half of the tombstones.
func (st *Store) endSlowest() {
	if st.dropForeign(); len(st.tombs) <= st.opts.MaxTombs/2 {
		return
	}
	limit := st.tombs[len(st.tombs)/2].seq
	for c := range st.conns {
		c.giveUp(limit)
	}
	for _, t := range st.taps.all {
		t.giveUp(limit)
	}
}

var builders = sync.Pool{New: func() any { return new(wire.FrameBuilder) }}

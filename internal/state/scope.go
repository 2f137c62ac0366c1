package state

import (
	"maps"
	"runtime"
	"slices"

	"github.com/viser-go/viser/internal/wire"
)

// A Scope is what is shown to a set of pages: all of them (the shared scope), or one
// (the scope of a client).
type Scope struct {
	store    *Store
	client   int // NoClient for the shared scope
	owner    string
	changes  changeList
	fresh    int    // entities that were created since the last shared window
	entities Entity // sentinel of the list in creation order
	live     int    // entities in the list
	count    int    // of those, the ones with a kind
	cells    map[string]*Entity
	page     map[string]*Entity // those of SetPageCell
	queue    eventQueue
	hold     int
	conn     *Conn
	closed   bool
}

func newScope(st *Store, client int, owner string) *Scope {
	sc := &Scope{store: st, client: client, owner: owner, cells: map[string]*Entity{}, page: map[string]*Entity{}}
	sc.changes.init()
	sc.entities.prev, sc.entities.next = &sc.entities, &sc.entities
	return sc
}

// Owner is what the messages of the scope carry as owner: "" or a client's id.
func (sc *Scope) Owner() string { return sc.owner }

// touch marks the slot as changed.
func (sc *Scope) touch(s *slot, seq uint64, exclude int) {
	s.seq, s.exclude = seq, int32(exclude)
	sc.changes.touch(s)
	sc.mark()
	sc.store.changed(exclude)
}

// mark makes the connection of a client's scope look at it before it takes another window.
func (sc *Scope) mark() {
	if sc.conn != nil {
		sc.conn.special.Store(true)
	}
}

// Create adds an entity.
func (sc *Scope) Create(c *Create) *Entity {
	ent := newEntity(sc, c)
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if sc.closed || c.Removed {
		ent.removed = true
		return ent
	}
	if c.Replaces != nil {
		sc.dropLocked(c.Replaces)
	}
	if st.shared.hold > 0 {
		for i := range ent.content.segs {
			ent.content.segs[i].inStep()
		}
	}
	if ent.kind != nil && ent.kind.idField == "name" {
		st.lastID++
		ent.id = st.lastID
	}
	sc.append(ent)
	sc.fresh++
	ent.createSeq = st.next()
	ent.since = ent.createSeq
	if c.Replaces != nil && c.Replaces.since != 0 {
		ent.since = c.Replaces.since
	}
	sc.touch(&ent.create, ent.createSeq, NoClient)
	return ent
}

// Root adds the node that has no create message: the root of the scene, which
// every page has.
func (sc *Scope) Root() *Entity {
	ent := blankEntity(sc, nil, "")
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	sc.append(ent)
	return ent
}

func (sc *Scope) append(ent *Entity) {
	end := sc.entities.prev
	ent.prev, ent.next = end, &sc.entities
	end.next, sc.entities.prev = ent, ent
	sc.live++
	if ent.kind != nil {
		sc.count++
	}
}

// SetCell sets the message under key, one that belongs to no entity.
func (sc *Scope) SetCell(key string, m wire.Message) { sc.setCell(sc.cells, key, m, everyone) }

// SetPlainCell is SetCell for what only pages of the Plain dialect are sent.
func (sc *Scope) SetPlainCell(key string, m wire.Message) { sc.setCell(sc.cells, key, m, plainOnly) }

// SetExtendedCell is SetCell for what only pages of the Extended dialect are sent.
func (sc *Scope) SetExtendedCell(key string, m wire.Message) {
	sc.setCell(sc.cells, key, m, extendedOnly)
}

// SetPageCell is SetExtendedCell for what is not about what the page shows, but about the page itself: Clear keeps it.
func (sc *Scope) SetPageCell(key string, m wire.Message) { sc.setCell(sc.page, key, m, extendedOnly) }

func (sc *Scope) setCell(cells map[string]*Entity, key string, m wire.Message, to audience) {
	seg := Message(m)
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if sc.closed {
		return
	}
	ent := cells[key]
	if ent == nil {
		ent = blankEntity(sc, nil, key)
		cells[key] = ent
		sc.append(ent)
	}
	s := ent.messageSlot(key)
	s.seg, s.audience = seg, to
	sc.touch(&s.slot, st.next(), NoClient)
}

// removeLocked removes the entity and leaves a tombstone for the connections that have received it.
func (sc *Scope) removeLocked(ent *Entity) {
	if ent.removed {
		return
	}
	sc.forget(ent)
	st := sc.store
	if ent.kind == nil || ent.kind.remove == "" || !st.anyoneKnows(ent) {
		sc.changes.unlink(&ent.create)
		return
	}
	ent.create.kind = slotRemove
	sc.touch(&ent.create, st.next(), NoClient)
	st.tombs = append(st.tombs, &ent.create)
}

// Clear removes everything but what SetPageCell has set. Cells are only forgotten: pages keep what such messages have set.
func (sc *Scope) Clear() {
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	clear(sc.cells)
	kept := slices.Collect(maps.Values(sc.page))
	for e := sc.entities.next; e != &sc.entities; {
		next := e.next
		if !slices.Contains(kept, e) {
			sc.removeLocked(e)
		}
		e = next
	}
}

// dropLocked removes the entity without a message.
func (sc *Scope) dropLocked(ent *Entity) {
	if ent.removed {
		return
	}
	sc.forget(ent)
	sc.changes.unlink(&ent.create)
}

// forget removes the entity from the lists and frees its data.
func (sc *Scope) forget(ent *Entity) {
	ent.removed = true
	ent.eachSlot(sc.changes.unlink)
	if ent.next != nil {
		ent.prev.next, ent.next.prev = ent.next, ent.prev
		ent.prev, ent.next = nil, nil
		sc.live--
		if ent.kind != nil {
			sc.count--
		}
	}
	ent.content = content{}
	if before := ent.more.before; before != nil {
		ent.more = &details{before: before}
	} else {
		ent.more = &noDetails
	}
}

// Hold suspends windows for the clients of the scope until Release is called as often.
// For the shared scope these are all clients.
func (sc *Scope) Hold() {
	sc.store.mu.Lock()
	defer sc.store.mu.Unlock()
	sc.hold++
	sc.mark()
}

// Release ends a Hold.
func (sc *Scope) Release() {
	if sc.release() {
		runtime.Gosched() // so that those can run before the next Hold
	}
}

// release reports whether someone has waited for it.
func (sc *Scope) release() (waited bool) {
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	sc.hold--
	if sc.hold > 0 {
		return false
	}
	if sc.conn != nil {
		// Each window that was published meanwhile has a part of the block; only a
		// window over all of it is one step.
		sc.conn.alone = true
	}
	return st.wakeAfterHold(sc)
}

// Flush ends the current window now.
func (sc *Scope) Flush() {
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if sc.client == NoClient {
		st.flushLocked()
		return
	}
	if sc.conn != nil {
		sc.conn.urgent = true
		sc.conn.alert()
	}
}

// Together suspends windows while f runs, so that all changes of f are one step.
func (st *Store) Together(f func()) {
	st.shared.Hold()
	defer st.shared.Release()
	f()
}

package state

import (
	"strconv"
	"strings"

	"github.com/viser-go/viser/internal/wire"
)

// A session that can be continued: the store does not forget what a connection was given until its page has confirmed
// it. When the connection is lost, Suspend keeps the scope and the cursor; Resume sets the cursor back to what the page
// names, and the next window has what has changed since.
//
// The state itself needs nothing for that, since a cursor may be anywhere. What has to be kept are tombstones (see
// Conn.needed), and events, which are not state.

// A resumption is the part of a connection that is needed to continue it.
type resumption struct {
	able      bool // the page confirms what it has received
	suspended bool
	lost      bool   // too much was kept for the page: it needs the whole state again
	confirmed uint64 // the page has everything up to here
	joined    int    // and so many entities of the initial transfer, which is not over for it
	hello     func(resumed bool) wire.Message
	resumed   bool
	greeted   bool
	kept      []keptEvent
	keptBytes int
}

// A keptEvent has been given out in the frame that ends at, and was not confirmed yet.
type keptEvent struct {
	event
	at uint64
}

// Bounds of what is kept for a page that does not confirm. Streams wait at the first one, so that a fast connection
// does not lose the second.
const (
	maxUnconfirmed = 16 << 20
	maxKeptBytes   = 64 << 20
	maxKept        = 4096
)

// KeepSession makes the connection one that can be continued. Its first frame, and the first one after each Resume,
// begins with the message that hello returns; resumed tells whether only changes follow. hello is called with the
// store locked. It is called before the first Next.
func (c *Conn) KeepSession(hello func(resumed bool) wire.Message) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	c.resume.able, c.resume.hello, c.resume.greeted = true, hello, false
}

// Suspend ends the use of the connection, and keeps it for a Resume. No Next may run.
func (c *Conn) Suspend() {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if !c.resume.suspended && !c.left {
		st.speakers[c.dialect]--
	}
	c.resume.suspended = true
}

// Resume continues the connection where the cursor of a frame says. If that is not possible, or cursor is "", the
// page is sent the whole state again; the scope and all events that wait remain.
func (c *Conn) Resume(cursor string) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if c.left {
		return
	}
	r := &c.resume
	if r.suspended {
		st.speakers[c.dialect]++
	}
	r.suspended, r.greeted, c.err = false, false, nil
	r.resumed = !r.lost && !c.absence.away && c.rewind(cursor)
	r.lost = false
	if !r.resumed {
		c.begun, c.joining, c.all = false, false, nil
		c.at.Store(0)
		c.absence.whole, c.absence.asked = c.absence.away, true
		c.absence.back, c.absence.last = false, nil
		r.confirmed, r.joined = 0, 0
		c.putBack(0)
	}
	c.alone, c.urgent = true, true
	st.changed(NoClient)
	c.alert()
}

// Outdated reports whether the page has confirmed more than the cursor: then the cursor is that of an earlier attempt
// to connect, which was delayed.
func (c *Conn) Outdated(cursor string) bool {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	head, _, joining := strings.Cut(cursor, "+")
	at, err := strconv.ParseUint(head, 10, 64)
	if err != nil || !c.begun {
		return false
	}
	return at < c.resume.confirmed || joining && c.all == nil && !c.resume.lost
}

// Confirm notes that the page has received the frame with that cursor. Cursors that the page cannot have are ignored.
func (c *Conn) Confirm(cursor string) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	r := &c.resume
	at, joined, joining, ok := c.parse(cursor)
	if !ok || !r.able {
		return
	}
	r.confirmed, r.joined = at, joined
	if !joining {
		c.all = nil
	}
	c.dropKept(at)
	if len(st.tombs) > 0 && st.tombs[0].seq <= at {
		st.sweep()
	}
	c.alert() // a stream may have waited for this
}

// position is the cursor of the frame that is being built, "" if the page's dialect has none.
func (c *Conn) position() string {
	switch {
	case c.dialect == wire.Plain:
		return ""
	case c.joining:
		return cursorText(c.head) + "+" + strconv.Itoa(c.given)
	}
	return cursorText(c.at.Load())
}

func cursorText(at uint64) string { return strconv.FormatUint(at, 10) }

// parse reads a cursor that the page has, and reports whether it can have that: it lies between what was confirmed and
// what was given out.
func (c *Conn) parse(cursor string) (at uint64, joined int, joining, ok bool) {
	if !c.begun {
		return 0, 0, false, false
	}
	head, n, joining := strings.Cut(cursor, "+")
	at, err := strconv.ParseUint(head, 10, 64)
	if err != nil {
		return 0, 0, false, false
	}
	if joining {
		joined, err = strconv.Atoi(n)
		ok = err == nil && c.all != nil && at == c.head && joined >= c.resume.joined && joined <= c.given && c.resume.confirmed <= at
		return at, joined, true, ok
	}
	ok = !c.joining && at >= c.head && at >= c.resume.confirmed && at <= c.at.Load()
	return at, 0, false, ok
}

// rewind sets the cursor back to what the page has.
func (c *Conn) rewind(cursor string) bool {
	at, joined, joining, ok := c.parse(cursor)
	if !ok {
		return false
	}
	if joining {
		c.joining, c.given = true, joined
	}
	c.at.Store(at)
	c.resume.confirmed, c.resume.joined = at, joined
	c.dropKept(at)
	c.putBack(at)
	return true
}

// needed is the point before which the connection needs no tombstones any more.
func (c *Conn) needed() uint64 {
	r := &c.resume
	switch {
	case r.suspended && (r.lost || !c.begun || c.absence.away):
		return c.store.seq
	case !r.able || r.lost || !c.begun || c.absence.away:
		return c.lowest()
	case c.all != nil:
		return c.head
	}
	return min(c.lowest(), max(r.confirmed, c.head))
}

// giveUp frees the store from keeping tombstones before the limit for this connection: a page that only has not
// confirmed them cannot continue its session with changes only; one that has not received them is closed.
func (c *Conn) giveUp(limit uint64) {
	r := &c.resume
	switch {
	case c.needed() >= limit:
	case r.able && (r.suspended || c.cursor() >= limit):
		r.lost = true
		c.all, r.kept, r.keptBytes = nil, nil, 0
	default:
		c.err = ErrTooSlow
		c.alert()
	}
}

// greet writes the first message of a connection.
func (c *Conn) greet(b *wire.FrameBuilder) {
	r := &c.resume
	if !r.able || r.greeted {
		return
	}
	r.greeted = true
	seg := Message(r.hello(r.resumed))
	b.Message(seg.B, seg.Refs)
}

// keep keeps events that are given out in the frame that ends at the cursor.
func (c *Conn) keep(events []event) {
	r := &c.resume
	for _, e := range events {
		r.kept = append(r.kept, keptEvent{e, c.at.Load()})
		r.keptBytes += e.seg.size()
	}
	if len(r.kept) > maxKept || r.keptBytes > maxKeptBytes {
		r.kept, r.keptBytes, r.lost = nil, 0, true
	}
}

// keepPart keeps a message of a stream, given out in the frame that ends at.
func (c *Conn) keepPart(at uint64, seg Segment) {
	st := c.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if c.resume.able {
		c.keep([]event{{seq: at, seg: seg}})
	}
}

// mayPull reports whether the next part of a stream may be read: not if the page has to confirm much.
func (c *Conn) mayPull() bool { return !c.resume.able || c.resume.keptBytes < maxUnconfirmed }

// dropKept forgets what the page has confirmed.
func (c *Conn) dropKept(at uint64) {
	r := &c.resume
	n := 0
	for n < len(r.kept) && r.kept[n].at <= at {
		r.keptBytes -= r.kept[n].seg.size()
		n++
	}
	clear(r.kept[:n])
	r.kept = r.kept[n:]
	if len(r.kept) == 0 {
		r.kept = nil
	}
}

// putBack queues what was given out after the cursor, before what is queued.
func (c *Conn) putBack(after uint64) {
	r, q := &c.resume, &c.scope.queue
	var again []event
	for _, k := range r.kept {
		if k.at > after {
			again = append(again, k.event)
			q.bytes += k.seg.size()
		}
	}
	q.events = append(again, q.events...)
	r.kept, r.keptBytes = nil, 0
}

package state

import (
	"errors"

	"github.com/viser-go/viser/internal/wire"
)

// Bounds of what may wait for one client.
const (
	maxQueuedEvents = 1024
	maxQueuedBytes  = 64 << 20
	maxStreams      = 64
)

// ErrQueueFull is the error of sending to a client that does not read what was sent
// before.
var ErrQueueFull = errors.New("too much data is pending for this client: it reads more slowly than the program sends")

// A Stream returns messages one at a time, whenever the client can receive another; nil
// ends it. Close is called once, also if the client leaves before the end.
type Stream interface {
	Next() wire.Message
	Close()
}

type event struct {
	seq uint64
	seg Segment
}

// An eventQueue has the events for one client, which are not state.
type eventQueue struct {
	events  []event
	bytes   int
	streams []Stream
}

func (q *eventQueue) empty() bool { return len(q.events) == 0 && len(q.streams) == 0 }

func (q *eventQueue) take() []event {
	ev := q.events
	q.events, q.bytes = nil, 0
	return ev
}

// Send queues a message for the client of the scope.
func (sc *Scope) Send(m wire.Message) error {
	seg := Message(m)
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	return sc.sendLocked(seg)
}

func (sc *Scope) sendLocked(seg Segment) error {
	if sc.closed {
		return ErrClosed
	}
	size := seg.size()
	if len(sc.queue.events) >= maxQueuedEvents || sc.queue.bytes+size > maxQueuedBytes {
		return ErrQueueFull
	}
	sc.queue.events = append(sc.queue.events, event{seq: sc.store.next(), seg: seg})
	sc.queue.bytes += size
	sc.mark()
	sc.store.changed(NoClient)
	return nil
}

// Pending is how many bytes wait for the client: that it was not sent yet, or has not confirmed.
func (sc *Scope) Pending() int {
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	n := sc.queue.bytes
	if sc.conn != nil {
		n += sc.conn.resume.keptBytes
	}
	return n
}

// SendStream queues first and then the messages of the stream.
func (sc *Scope) SendStream(first wire.Message, s Stream) error {
	seg := Message(first)
	st := sc.store
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(sc.queue.streams) >= maxStreams {
		return ErrQueueFull
	}
	if err := sc.sendLocked(seg); err != nil {
		return err
	}
	sc.queue.streams = append(sc.queue.streams, s)
	return nil
}

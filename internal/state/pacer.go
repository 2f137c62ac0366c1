package state

import (
	"sync"
	"sync/atomic"
	"time"
)

// A pacer decides when windows end. Its goroutine runs from the first connection to the closing of the store, and
// sleeps while nothing changes.
type pacer struct {
	running bool
	due     chan struct{} // has an element when there is something to decide
	quit    chan struct{}
	done    chan struct{}

	publishing sync.Mutex   // held while a window is written and published
	spent      atomic.Int64 // nanoseconds that connections took for compressing shared frames since the last window

	// The following is guarded by the store's mutex.
	told         bool      // the pacer knows of the changes
	haste        haste     // of the changes
	began, ended time.Time // the last window
	cost         time.Duration
}

// haste is how soon changes are to be published.
type haste int

const (
	calm      haste = iota
	wholeStep       // a block of Atomic has ended
	soon            // a callback has ended
	atOnce          // Flush
)

// The time between windows depends on their cost, so that windows take a part of the processors' time that is bounded,
// and values arrive soon when there is little to do. It is never longer than Options.Period.
const (
	lightGap = 4 * time.Millisecond // at least, since each window costs a page something too
	restFor  = 3                    // times as long as a window took
)

// note records a window. A small one after a large one does not mean that the next one is small: the cost decreases
// slowly. The store is locked.
func (p *pacer) note(began, ended time.Time) {
	took := ended.Sub(began) + time.Duration(p.spent.Swap(0))
	p.began, p.ended = began, ended
	p.cost = max(p.cost-p.cost/8, took)
}

// dueAt is when the next window is due. The store is locked.
func (st *Store) dueAt() time.Time {
	p := &st.pace
	// About how long it takes to wake all connections.
	wake := time.Duration(len(st.conns)) * perConnection
	switch p.haste {
	case atOnce:
		return time.Time{}
	case soon:
		return p.ended.Add(wake)
	}
	due := p.ended.Add(min(st.opts.Period, max(lightGap, restFor*(p.cost+wake))))
	if p.haste == wholeStep {
		// A block is not followed by changes that belong to it. Steps that a program makes once in a period would be
		// later and later in their windows, until two of them were in one, if those were not a little shorter.
		return earlier(due, p.began.Add(max(st.opts.Period-st.opts.Period/8, 2*p.cost)))
	}
	return due
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// perConnection is about what it costs to wake a connection for a window.
const perConnection = 20 * time.Microsecond

// untilDue returns how long the pacer is to wait. It is not ok if there is nothing to wait for.
func (st *Store) untilDue() (left time.Duration, ok bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	switch {
	case st.closed:
		return 0, false
	case st.taken != nil:
		return 0, true
	case !st.dirty:
		return 0, false
	}
	left = time.Until(st.dueAt())
	if left <= 0 && st.shared.hold > 0 {
		st.wanted = true
		return 0, false
	}
	return left, true
}

func (p *pacer) init() {
	p.due = make(chan struct{}, 1)
	p.quit = make(chan struct{})
	p.done = make(chan struct{})
}

func (p *pacer) start(st *Store) {
	if p.running {
		return
	}
	p.running = true
	go p.run(st)
}

func (p *pacer) signal() { poke(p.due) }

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (p *pacer) run(st *Store) {
	defer close(p.done)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		var passed <-chan time.Time
		switch left, ok := st.untilDue(); {
		case ok && left <= 0:
			p.publishing.Lock()
			notify := st.publish()
			p.publishing.Unlock()
			notify()
			continue
		case ok:
			timer.Reset(left)
			passed = timer.C
		}
		select {
		case <-p.quit:
			return
		case <-p.due:
		case <-passed:
		}
	}
}

// FlushSoon ends the current window as soon as is good for all: at once with few pages, since the response to a user's
// input should not wait; with many, their inputs share windows. If it is due, it is published by the calling goroutine:
// to wake another one takes longer.
func (st *Store) FlushSoon() {
	due, ok := st.hasten(soon)
	if !ok {
		return
	}
	p := &st.pace
	if due && st.opts.Published == nil && p.publishing.TryLock() {
		st.publish()
		p.publishing.Unlock()
		return
	}
	p.signal()
}

// hasten notes how soon the changes are to be published, and reports whether that is now. It is not ok if there are
// none, or windows are suspended.
func (st *Store) hasten(h haste) (due, ok bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if !st.dirty || st.shared.hold > 0 {
		return false, false
	}
	st.pace.haste = max(st.pace.haste, h)
	return time.Until(st.dueAt()) <= 0, true
}

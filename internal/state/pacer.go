package state

import (
	"sync/atomic"
	"time"
)

// A pacer decides when windows end. Its goroutine runs from the first
// connection to the closing of the store, and sleeps while nothing changes.
type pacer struct {
	running bool
	flush   bool // under the store's mutex: the next window is to leave at once
	due     chan struct{}
	now     chan struct{}
	soon    chan struct{}
	quit    chan struct{}
	done    chan struct{}

	spent atomic.Int64  // nanoseconds that connections took for compressing shared frames since the last window
	cost  time.Duration // of recent windows; of the pacer's goroutine
}

// The time between windows depends on their cost, so that windows take a part of the processors' time that is bounded,
// and values arrive soon when there is little to do. It is never longer than Options.Period.
const (
	lightGap = 4 * time.Millisecond // at least, since each window costs a page something too
	restFor  = 3                    // times as long as a window took
)

// note records what a window took. A small one after a large one does not mean that the next one is small: the cost
// decreases slowly.
func (p *pacer) note(took time.Duration) { p.cost = max(p.cost-p.cost/8, took) }

// gap is the least time between the last window and the next one.
func (p *pacer) gap(st *Store) time.Duration {
	return min(st.opts.Period, max(lightGap, restFor*(p.cost+st.soonest())))
}

func (p *pacer) init() {
	p.due = make(chan struct{}, 1)
	p.now = make(chan struct{}, 1)
	p.soon = make(chan struct{}, 1)
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

func (p *pacer) flushNow() {
	poke(p.now)
	poke(p.due)
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// wait waits until the next window is due and reports whether there is to be
// one.
func (p *pacer) wait(st *Store, last time.Time, timer *time.Timer) bool {
	due := last.Add(p.gap(st))
	for {
		left := time.Until(due)
		if left <= 0 {
			return true
		}
		timer.Reset(left)
		select {
		case <-p.quit:
			return false
		case <-p.now:
			return true
		case <-p.soon:
			if at := last.Add(st.soonest()); at.Before(due) {
				due = at
			}
		case <-timer.C:
			return true
		}
	}
}

func drain(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}

func (p *pacer) run(st *Store) {
	defer close(p.done)
	timer := time.NewTimer(0)
	defer timer.Stop()
	var last time.Time
	for {
		select {
		case <-p.quit:
			return
		case <-p.due:
		}
		if !last.IsZero() && !p.wait(st, last, timer) {
			return
		}
		began := time.Now()
		if st.publish() {
			last = time.Now()
			p.note(last.Sub(began) + time.Duration(p.spent.Swap(0)))
		}
	}
}

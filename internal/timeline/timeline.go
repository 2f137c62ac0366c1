package timeline

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/state"
)

// Options bound what a timeline keeps.
type Options struct {
	Span     time.Duration // how long; 0: only MaxBytes bounds it. It does not apply to program time
	MaxBytes int

	segment int // of tests: the bytes of a segment; 0: as is good
}

// Bounds are the times that a timeline can show, in seconds.
type Bounds struct {
	From, To float64
	Program  bool    // the times are the program's, and do not pass by themselves
	Span     float64 // the longest time between them; 0: any
}

// A Timeline keeps the states of a store's shared scope. All methods are safe for concurrent use.
type Timeline struct {
	store *state.Store
	began time.Time
	told  func() // something of Bounds has changed other than by the time that passes

	ctx    context.Context
	cancel context.CancelFunc
	ended  sync.WaitGroup
	wake   chan struct{} // for the clock

	mu      sync.Mutex
	tap     *state.Tap
	span    float64
	ring    *ring
	begun   bool // the ring has the state with which the tap began
	program bool
	now     float64 // of the program
	tip     cursor  // the newest state, when it was last asked for
	from    float64 // the oldest time that told was called for
	changed bool    // told is to be called
	viewers map[*Viewer]struct{}
}

// stepGap is the least time between two steps: pages show no more in that time.
const stepGap = 15 * time.Millisecond

// New starts a timeline, which ends with Close. told is called when something of its Bounds has changed, but not more
// often than pages need to know, without a lock.
func New(store *state.Store, o Options, told func()) *Timeline {
	t := &Timeline{store: store, began: time.Now(), told: told, tap: store.Tap(nil, false), wake: make(chan struct{}, 1), viewers: map[*Viewer]struct{}{}}
	t.ctx, t.cancel = context.WithCancel(context.Background())
	t.span, t.ring = o.Span.Seconds(), newRing(o.MaxBytes, o.segment)
	if t.tap == nil { // the store is closed
		t.cancel()
		return t
	}
	t.mu.Lock()
	_ = t.read()
	t.mu.Unlock()
	t.ended.Go(t.run)
	t.ended.Go(t.tick)
	return t
}

// SetOptions changes what is kept.
func (t *Timeline) SetOptions(o Options) {
	t.mu.Lock()
	t.span = o.Span.Seconds()
	t.ring.bound(o.MaxBytes)
	t.forget()
	t.changed = true
	t.mu.Unlock()
	t.rouse()
}

// Close ends the timeline. Clients that are back in time return to live, as soon as they can receive that. It may be
// called again.
func (t *Timeline) Close() {
	t.cancel()
	t.ended.Wait()
	t.mu.Lock()
	past := slices.Collect(maps.Keys(t.viewers))
	t.mu.Unlock()
	for _, v := range past {
		v.Follow()
	}
	t.closeTap()
}

// Bounds returns the times that can be shown.
func (t *Timeline) Bounds() Bounds {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bounds(time.Now())
}

// bounds is called with mu held.
func (t *Timeline) bounds(now time.Time) Bounds {
	if t.program {
		return Bounds{From: t.ring.oldest(), To: t.now, Program: true}
	}
	to := now.Sub(t.began).Seconds()
	from := t.ring.oldest()
	if t.span > 0 {
		from = max(from, to-t.span)
	}
	return Bounds{From: min(from, to), To: to, Span: t.span}
}

// At makes what has changed since the last call, or since the timeline became one of program time, stand at a time. It is
// called inside a block of Atomic, whose changes they are; Before is called before that.
func (t *Timeline) At(at float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tap == nil {
		return
	}
	s, err := t.tap.Now(false)
	if err != nil {
		return
	}
	first := !t.program
	t.program, t.now, t.begun = true, at, true
	if first {
		t.ring.add(t.ring.newest(), s)
		t.ring.reset(t.newestState(), at)
	} else {
		t.ring.add(at, s)
	}
	t.forget()
	t.changed = true
	t.rouse()
}

// Before keeps what has changed up to now apart from what At is called for next.
func (t *Timeline) Before() {
	t.mu.Lock()
	defer t.mu.Unlock()
	_ = t.read()
}

// Last returns the newest time of the program. It is not ok if there is none yet.
func (t *Timeline) Last() (at float64, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now, t.program
}

// read adds what has changed as a step. mu is held.
func (t *Timeline) read() error {
	if t.tap == nil {
		return state.ErrClosed
	}
	s, err := t.tap.Ready()
	if errors.Is(err, state.ErrTooSlow) {
		// This process was busy with something else: there is a gap in what is kept.
		t.tap.Close()
		t.tap = t.store.Tap(nil, false)
		t.ring.reset(fold.New(), t.clock(time.Now()))
		t.begun = false
		if t.tap == nil {
			return state.ErrClosed
		}
		s, err = t.tap.Ready()
	}
	if err != nil {
		return err
	}
	t.add(s)
	t.forget()
	return nil
}

// add adds a step of the clock. What was shown when the timeline began is shown from its oldest time on. mu is held.
func (t *Timeline) add(s *state.Step) {
	if s == nil {
		return
	}
	t.ring.add(max(t.ring.newest(), t.clock(s.At)), s)
	if !t.begun {
		t.begun = true
		t.ring.reset(t.newestState(), t.ring.oldest())
	}
}

// clock returns the timeline's time of a moment. mu is held.
func (t *Timeline) clock(at time.Time) float64 {
	if t.program {
		return t.now
	}
	return max(0, at.Sub(t.began).Seconds())
}

// forget removes what is too old or too much. mu is held.
func (t *Timeline) forget() {
	before := math.Inf(-1)
	if b := t.bounds(time.Now()); b.Span > 0 {
		before = b.To - b.Span
	}
	t.ring.forget(before)
	b := t.bounds(time.Now())
	due := t.from + max(1, (b.To-b.From)/20)
	if b.Span > 0 && !b.Program && b.From == b.To-b.Span {
		due = math.Inf(1) // pages know that
	}
	if b.From >= due || b.From < t.from {
		t.from, t.changed = b.From, true
		t.rouse()
	}
}

// newestState returns what the last step has led to. mu is held.
func (t *Timeline) newestState() *fold.State {
	return t.tip.move(view{*t.ring.last()}, math.Inf(1))
}

// run reads steps as they come.
func (t *Timeline) run() {
	var last time.Time
	for {
		t.mu.Lock()
		tap := t.tap
		t.mu.Unlock()
		if tap.Wait(t.ctx) != nil || !t.pause(stepGap-time.Since(last)) {
			return
		}
		last = time.Now()
		t.mu.Lock()
		err := t.read()
		t.mu.Unlock()
		if err != nil {
			return // the store is closed
		}
	}
}

// pause reports whether the timeline has not ended meanwhile.
func (t *Timeline) pause(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-t.ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// closeTap closes the tap when the timeline has ended and nobody is back in time, who needs it to return.
func (t *Timeline) closeTap() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tap != nil && t.ctx.Err() != nil && len(t.viewers) == 0 {
		t.tap.Close()
		t.tap = nil
	}
}

// rouse lets the clock look at what there is to do.
func (t *Timeline) rouse() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Times between the clock's ticks.
const (
	frameGap = time.Second / 30       // while a client is playing
	tellGap  = 100 * time.Millisecond // between two calls of told
	pastGap  = 500 * time.Millisecond // while a client is back in time, whose state may be forgotten
)

// tick asks clients that are back in time what they are to show, and calls told.
func (t *Timeline) tick() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	var told time.Time
	for {
		now := time.Now()
		next, tell := t.due(now, told)
		if tell {
			told = now
			t.told()
		}
		timer.Reset(next)
		select {
		case <-t.ctx.Done():
			return
		case <-t.wake:
		case <-timer.C:
		}
	}
}

// due alerts the clients that are due, and returns when the next ones are, and whether to call told.
func (t *Timeline) due(now, told time.Time) (next time.Duration, tell bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	next = time.Hour
	b := t.bounds(now)
	for v := range t.viewers {
		if wait, past := v.due(now, b); past {
			next = min(next, wait)
		}
	}
	if !t.changed {
		return next, false
	}
	if wait := tellGap - now.Sub(told); wait > 0 {
		return min(next, wait), false
	}
	t.changed = false
	return next, true
}

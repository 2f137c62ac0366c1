// Package dispatch runs the callbacks of a program. Tasks of one queue run in order, one at a time; queues run
// concurrently. No lock is held while a task runs, so a task may queue further ones, also on its own queue.
package dispatch

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/viser-go/viser/internal/goid"
)

// MaxPending is the maximum number of pending tasks of one queue; further ones are dropped. Tasks that coalesce are
// not dropped: there is at most one for each key behind the last task that does not.
const MaxPending = 4096

// A Key names a queue. Keys are compared with ==.
type Key struct {
	Client  int // a client's ID, or Everyone
	Element any // usually a pointer to what the events are of
}

// Everyone is the client of a queue that all clients share.
const Everyone = -1

// An Event says what the program is called for, in traces and reports. Everything but Name may be empty.
type Event struct {
	Name        string // such as "Button.OnClick"
	Label, UUID string // of the element of the GUI
	Node        string // the name of the node
	Client      any    // that caused it; nil for the program itself
}

// A Task is something to run.
type Task struct {
	Event
	Run func()
	// Coalesce makes a task replace a pending one with an equal value: only the newest runs. The newer one goes to
	// the end of the queue, so tasks run in the order in which they were queued; those of other values also stay in
	// order, as no task is replaced that is before one with a nil value. It must be comparable.
	Coalesce any
}

// A Dispatcher has the queues. A queue has a goroutine only while it has something to
// run.
type Dispatcher struct {
	// After is called after each task.
	After func()
	// Panicked is called when a task has panicked, in the goroutine and below the frames of the panic.
	Panicked func(e Event, reason any)
	// Dropped is called when a queue is full.
	Dropped func(e Event)
	// Trace, if set, is called before each call of Call, and end after it. The function receives the returned context.
	Trace func(ctx context.Context, e Event) (traced context.Context, end func(panicked bool))

	ran, panics atomic.Int64

	mu                sync.Mutex
	dropped, replaced int64
	queues            map[Key]*queue
	closed            bool
	waiting           int           // tasks that are in Wait
	changed           chan struct{} // closed and replaced when a queue ends or waiting changes; nil while no call waits
}

type queue struct {
	pending   []Task
	goroutine uint64 // that runs the tasks; 0 before it has started
}

// Do queues a task and reports whether it will run: not if the queue is full or the dispatcher closed. It does not
// block, and takes only the dispatcher's lock, so locks may be held.
func (d *Dispatcher) Do(key Key, t Task) (queued bool) { return d.do(key, t, false) }

// DoAfter is like Do, but the task is queued when those of another queue have run that it has now. The dispatcher may
// be closed meanwhile.
func (d *Dispatcher) DoAfter(other, key Key, t Task) (queued bool) {
	d.mu.Lock()
	idle := d.queues[other] == nil
	d.mu.Unlock()
	if idle {
		return d.Do(key, t)
	}
	return d.Do(other, Task{Event: t.Event, Run: func() { d.do(key, t, true) }})
}

func (d *Dispatcher) do(key Key, t Task, evenClosed bool) (queued bool) {
	queued, full := d.queue(key, t, evenClosed)
	if full {
		d.Dropped(t.Event)
	}
	return queued
}

func (d *Dispatcher) queue(key Key, t Task, evenClosed bool) (queued, full bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed && !evenClosed {
		return false, false
	}
	q := d.queues[key]
	if q == nil {
		q = &queue{pending: []Task{t}}
		if d.queues == nil {
			d.queues = map[Key]*queue{}
		}
		d.queues[key] = q
		go d.drain(key, q)
		return true, false
	}
	if t.Coalesce == nil && len(q.pending) >= MaxPending {
		d.dropped++
		return false, true
	}
	if q.replace(t.Coalesce) {
		d.replaced++
	}
	q.pending = append(q.pending, t)
	return true, false
}

// replace removes the pending task that a new one of this value replaces, and reports whether there was one.
func (q *queue) replace(coalesce any) bool {
	if coalesce == nil {
		return false
	}
	for i := len(q.pending) - 1; i >= 0 && q.pending[i].Coalesce != nil; i-- {
		if q.pending[i].Coalesce == coalesce {
			q.pending = slices.Delete(q.pending, i, i+1)
			return true
		}
	}
	return false
}

// drain runs the tasks of one queue until none is left.
func (d *Dispatcher) drain(key Key, q *queue) {
	id := goid.Current()
	for {
		d.mu.Lock()
		q.goroutine = id
		if len(q.pending) == 0 {
			delete(d.queues, key)
			d.notify()
			d.mu.Unlock()
			return
		}
		t := q.pending[0]
		q.pending[0] = Task{}
		q.pending = q.pending[1:]
		d.mu.Unlock()
		d.contain(t.Event, t.Run)
		d.After()
	}
}

// notify wakes the calls of Wait; mu is held.
func (d *Dispatcher) notify() {
	if d.changed != nil {
		close(d.changed)
		d.changed = nil
	}
}

// Guard runs f, a function of the program, and keeps its panic from ending the program.
func (d *Dispatcher) Guard(e Event, f func()) {
	d.ran.Add(1)
	d.contain(e, f)
}

// Call is Guard for a function with a context, which is traced.
func (d *Dispatcher) Call(ctx context.Context, e Event, f func(context.Context)) {
	if d.Trace == nil {
		d.Guard(e, func() { f(ctx) })
		return
	}
	d.Guard(e, func() {
		ctx, end := d.Trace(ctx, e)
		panicked := true
		defer func() { end(panicked) }() // without recovering, so that the log has the stack of the panic
		f(ctx)
		panicked = false
	})
}

func (d *Dispatcher) contain(e Event, f func()) {
	defer func() {
		if reason := recover(); reason != nil {
			d.panics.Add(1)
			d.Panicked(e, reason)
		}
	}()
	f()
}

// Stats are counters since the start, except Pending.
type Stats struct {
	Ran      int64 // calls of Guard
	Panics   int64
	Dropped  int64 // tasks that found their queue full
	Replaced int64 // tasks that a newer one replaced before they ran
	Pending  int   // tasks that are queued now
	Queues   int   // with a task that is running or pending now
}

// Stats returns the counters of now.
func (d *Dispatcher) Stats() Stats {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := Stats{Ran: d.ran.Load(), Panics: d.panics.Load(), Dropped: d.dropped, Replaced: d.replaced, Queues: len(d.queues)}
	for _, q := range d.queues {
		s.Pending += len(q.pending)
	}
	return s
}

// Close rejects further tasks; those that are queued still run.
func (d *Dispatcher) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
}

// Wait returns when all queues have ended, or with the context's error when ctx ends. Called by a task, it waits for
// all others, but not for tasks that wait themselves: two tasks that wait for each other would never end.
func (d *Dispatcher) Wait(ctx context.Context) error {
	self := goid.Current()
	d.mu.Lock()
	inTask := false
	for _, q := range d.queues {
		inTask = inTask || q.goroutine == self
	}
	if inTask {
		d.waiting++
		d.notify()
		defer d.stopWaiting()
	}
	for {
		running := len(d.queues)
		if inTask {
			running -= d.waiting
		}
		if running <= 0 {
			d.mu.Unlock()
			return nil
		}
		if d.changed == nil {
			d.changed = make(chan struct{})
		}
		changed := d.changed
		d.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		d.mu.Lock()
	}
}

func (d *Dispatcher) stopWaiting() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting--
	d.notify()
}

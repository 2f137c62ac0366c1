package viser

import (
	"context"
	"slices"
	"sync"
)

// callbacks are the functions that a program has attached to one kind of event
// of one element. They run in the order in which they were attached.
type callbacks[E any] struct {
	mu   sync.Mutex
	list []*callback[E]
}

type callback[E any] struct{ fn func(context.Context, E) }

// add attaches fn; the returned function detaches it and may be called again.
func (c *callbacks[E]) add(fn func(context.Context, E)) (off func()) {
	cb := &callback[E]{fn}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(slices.Clone(c.list), cb)
	return func() { c.remove(cb) }
}

func (c *callbacks[E]) remove(cb *callback[E]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.Index(c.list, cb); i >= 0 {
		c.list = slices.Delete(slices.Clone(c.list), i, i+1)
	}
}

// all returns the callbacks as they are now. The slice is never written to.
func (c *callbacks[E]) all() []*callback[E] {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.list
}

func (c *callbacks[E]) empty() bool { return len(c.all()) == 0 }

// maxPending is how many events of one element and client wait for a busy
// callback before further ones are dropped.
const maxPending = 4096

// A dispatcher runs callbacks. Events of the same client and element run in
// order, one at a time; everything else runs concurrently. A goroutine lives
// only while its queue has something to do.
type dispatcher struct {
	mu      sync.Mutex
	queues  map[dispatchKey]*taskQueue
	running sync.WaitGroup
	closed  bool
	after   func()                     // after each task: what callbacks wrote should leave soon
	failed  func(what string, err any) // a callback panicked
	dropped func(what string)          // a queue is full
}

type dispatchKey struct {
	client  int
	element any
}

type taskQueue struct{ pending []task }

type task struct {
	run      func()
	what     string
	coalesce bool // a newer one of its kind replaces it while it waits
}

// do queues a task, and reports whether it will run. Tasks that coalesce take the
// place of the one that waits.
func (d *dispatcher) do(key dispatchKey, t task) (queued bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	q := d.queues[key]
	if q == nil {
		q = &taskQueue{}
		d.queues[key] = q
		q.pending = append(q.pending, t)
		d.running.Add(1)
		go d.drain(key, q)
		return true
	}
	n := len(q.pending)
	switch {
	case t.coalesce && n > 0 && q.pending[n-1].coalesce:
		q.pending[n-1] = t
	case n >= maxPending:
		d.dropped(t.what)
		return false
	default:
		q.pending = append(q.pending, t)
	}
	return true
}

// drain runs the tasks of one queue until none is left.
func (d *dispatcher) drain(key dispatchKey, q *taskQueue) {
	defer d.running.Done()
	for {
		d.mu.Lock()
		if len(q.pending) == 0 {
			delete(d.queues, key)
			d.mu.Unlock()
			return
		}
		t := q.pending[0]
		q.pending[0] = task{}
		q.pending = q.pending[1:]
		d.mu.Unlock()
		d.guard(t)
		d.after()
	}
}

// guard runs one task and keeps its panic from ending the program.
func (d *dispatcher) guard(t task) {
	defer func() {
		if err := recover(); err != nil {
			d.failed(t.what, err)
		}
	}()
	t.run()
}

// close takes no further tasks and returns when those it has have run.
func (d *dispatcher) close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.running.Wait()
}

// fire runs the callbacks of an event, one after another, on the queue of the
// client and element. A panic in one does not keep the next from running.
func fire[E any](d *dispatcher, ctx context.Context, client int, element any, what string, coalesce bool, cbs *callbacks[E], e E) {
	if cbs.empty() {
		return
	}
	d.do(dispatchKey{client, element}, task{what: what, coalesce: coalesce, run: func() {
		for _, cb := range cbs.all() {
			d.guard(task{what: what, run: func() { cb.fn(ctx, e) }})
		}
	}})
}

package viser

import (
	"context"
	"slices"
	"sync"

	"github.com/viser-go/viser/internal/dispatch"
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

// fire runs the callbacks of an event, one after another, on the queue of the
// client and the element: in order there, beside everything else. An event that
// coalesces takes the place of the one before while that waits. It waits for
// nothing, so locks may be held.
func fire[E any](d *dispatch.Dispatcher, ctx context.Context, client int, element any, what string, coalesce bool, cbs *callbacks[E], e E) {
	t := dispatch.Task{Name: what}
	if coalesce {
		t.Coalesce = client
	}
	fireOn(d, dispatch.Key{Client: client, Element: element}, t, ctx, cbs, e)
}

// fireShared is fire for what all clients share, such as the value of an input:
// the events of all clients and of the program are on one queue, so that the
// callbacks get changes in their order, one at a time. Those that
// coalesce do so for each client by itself. from is nil for the program.
func fireShared[E any](d *dispatch.Dispatcher, ctx context.Context, from *Client, element any, what string, coalesce bool, cbs *callbacks[E], e E) {
	t := dispatch.Task{Name: what}
	if coalesce {
		t.Coalesce = from
	}
	fireOn(d, dispatch.Key{Client: dispatch.Everyone, Element: element}, t, ctx, cbs, e)
}

// fireOn queues the task that runs the callbacks. A panic in one does not keep
// the next from running.
func fireOn[E any](d *dispatch.Dispatcher, key dispatch.Key, t dispatch.Task, ctx context.Context, cbs *callbacks[E], e E) {
	if cbs.empty() {
		return
	}
	t.Run = func() {
		for _, cb := range cbs.all() {
			d.Guard(t.Name, func() { cb.fn(ctx, e) })
		}
	}
	d.Do(key, t)
}

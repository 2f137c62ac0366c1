package viser

import (
	"context"
	"iter"
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

// filtered are callbacks for exactly one kind of event each, such as a combination
// of modifier keys. The set of kinds is sent to clients whenever it changes.
type filtered[K comparable, E any] struct {
	mu   sync.Mutex
	list []*filteredCallback[K, E]
	send func(wanted []K) // called with mu held
}

type filteredCallback[K comparable, E any] struct {
	wants K
	fn    func(context.Context, E)
}

func (f *filtered[K, E]) add(wants K, fn func(context.Context, E)) (off func()) {
	cb := &filteredCallback[K, E]{wants, fn}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(slices.Clone(f.list), cb)
	f.send(f.wanted())
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if i := slices.Index(f.list, cb); i >= 0 {
			f.list = slices.Delete(slices.Clone(f.list), i, i+1)
			f.send(f.wanted())
		}
	}
}

// wanted lists what each callback wants, in their order.
func (f *filtered[K, E]) wanted() []K {
	all := make([]K, len(f.list))
	for i, cb := range f.list {
		all[i] = cb.wants
	}
	return all
}

func (f *filtered[K, E]) empty() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.list) == 0
}

// exactly returns the callbacks that want this.
func (f *filtered[K, E]) exactly(wants K) []*filteredCallback[K, E] {
	f.mu.Lock()
	defer f.mu.Unlock()
	var cbs []*filteredCallback[K, E]
	for _, cb := range f.list {
		if cb.wants == wants {
			cbs = append(cbs, cb)
		}
	}
	return cbs
}

// matching returns the callbacks that want this, to be fired.
func (f *filtered[K, E]) matching(wants K) *callbacks[E] { return f.still(f.exactly(wants)) }

// still returns those of the callbacks that have not been detached, to be fired.
func (f *filtered[K, E]) still(cbs []*filteredCallback[K, E]) *callbacks[E] {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out callbacks[E]
	for _, cb := range cbs {
		if slices.Contains(f.list, cb) {
			out.list = append(out.list, &callback[E]{cb.fn})
		}
	}
	return &out
}

// iterate yields the events that an attached callback gets. The callback waits
// until the loop's body has taken its event, so that the dispatcher's queue is the
// only one. The loop ends with ctx, with removed, and with owner: the context of
// the client or server that the element belongs to.
func iterate[E any](ctx context.Context, removed <-chan struct{}, owner context.Context, attach func(put func(context.Context, E)) (off func())) iter.Seq[E] {
	return func(yield func(E) bool) {
		next, left := make(chan E), make(chan struct{})
		defer close(left)
		off := attach(func(_ context.Context, e E) {
			select {
			case next <- e:
			case <-left:
			case <-removed:
			case <-owner.Done():
			}
		})
		defer off()
		for {
			select {
			case <-ctx.Done():
				return
			case <-removed:
				return
			case <-owner.Done():
				return
			case e := <-next:
				if ctx.Err() != nil || !yield(e) {
					return
				}
			}
		}
	}
}

// watchers are loops over the newest of something, such as the values of an input.
type watchers[E any] struct {
	mu   sync.Mutex
	list []chan E // each holds what its loop has not taken yet, if anything
}

// put sends the newest to all loops, in place of what they have not taken yet.
func (w *watchers[E]) put(e E) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, news := range w.list {
		select {
		case <-news:
		default:
		}
		news <- e
	}
}

// seq iterates over what is put from the start of the loop on, until ctx or one of
// the others ends.
func (w *watchers[E]) seq(ctx context.Context, removed, left <-chan struct{}) iter.Seq[E] {
	return func(yield func(E) bool) {
		news := make(chan E, 1)
		w.mu.Lock()
		w.list = append(w.list, news)
		w.mu.Unlock()
		defer w.remove(news)
		for {
			select {
			case <-ctx.Done():
				return
			case <-removed:
				return
			case <-left:
				return
			case e := <-news:
				if ctx.Err() != nil || !yield(e) {
					return
				}
			}
		}
	}
}

func (w *watchers[E]) remove(news chan E) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.list, news)
	w.list = slices.Delete(w.list, i, i+1)
}

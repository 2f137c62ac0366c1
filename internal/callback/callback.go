// Package callback keeps the functions that a program has attached to events, and runs them on the queues of
// internal/dispatch. Its lists are safe for concurrent use.
package callback

import (
	"context"
	"slices"
	"sync"

	"github.com/viser-go/viser/internal/dispatch"
)

// A List has the functions that are attached to one kind of event of one element. They run in the order in which they
// were attached.
type List[E any] struct {
	mu   sync.Mutex
	list []*attached[E]
}

type attached[E any] struct{ fn func(context.Context, E) }

// Only returns a list of one function, to be fired once.
func Only[E any](fn func(context.Context, E)) *List[E] {
	return &List[E]{list: []*attached[E]{{fn}}}
}

// Add attaches fn; the returned function detaches it and may be called again.
func (l *List[E]) Add(fn func(context.Context, E)) (off func()) {
	a := &attached[E]{fn}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(slices.Clone(l.list), a)
	return func() { l.remove(a) }
}

func (l *List[E]) remove(a *attached[E]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.list, a); i >= 0 {
		l.list = slices.Delete(slices.Clone(l.list), i, i+1)
	}
}

// now returns the functions as they are now. The slice is never written to.
func (l *List[E]) now() []*attached[E] {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.list
}

// Empty reports whether no function is attached.
func (l *List[E]) Empty() bool { return len(l.now()) == 0 }

// Fire queues a task that runs the functions, one after another; t.Run is ignored. It does not block, so locks may be
// held.
func (l *List[E]) Fire(ctx context.Context, d *dispatch.Dispatcher, key dispatch.Key, t dispatch.Task, e E) {
	if l.Empty() {
		return
	}
	of := t.Event // capturing t would put it on the heap, also when no function is attached
	t.Run = func() { l.Run(ctx, d, of, e) }
	d.Do(key, t)
}

// Run runs the functions that are attached now. A panic in one does not keep the next from running.
func (l *List[E]) Run(ctx context.Context, d *dispatch.Dispatcher, of dispatch.Event, e E) {
	for _, a := range l.now() {
		d.Call(ctx, of, func(ctx context.Context) { a.fn(ctx, e) })
	}
}

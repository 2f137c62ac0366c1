package callback

import (
	"context"
	"slices"
	"sync"
)

// Filtered has functions that are each for exactly one kind of event, such as a combination of modifier keys. Whenever
// the set of kinds changes, it is sent to clients.
type Filtered[K comparable, E any] struct {
	mu   sync.Mutex
	list []*Selected[K, E]
	to   Receiver[K]
}

// A Receiver sends to clients which kinds of events there are functions for.
type Receiver[K comparable] interface{ Wanted(kinds []K) }

// Send is a function as a Receiver.
type Send[K comparable] func(kinds []K)

// Wanted calls s.
func (s Send[K]) Wanted(kinds []K) { s(kinds) }

// A Selected is an attached function and the kind of event that it is for.
type Selected[K comparable, E any] struct {
	kind K
	fn   func(context.Context, E)
}

// SendTo sets what is called with the kinds of all functions whenever they change. It is called under a lock of f, and
// must be set before the first function is attached.
func (f *Filtered[K, E]) SendTo(to Receiver[K]) { f.to = to }

// Add attaches fn; the returned function detaches it and may be called again.
func (f *Filtered[K, E]) Add(kind K, fn func(context.Context, E)) (off func()) {
	s := &Selected[K, E]{kind, fn}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(slices.Clone(f.list), s)
	f.to.Wanted(f.kinds())
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if i := slices.Index(f.list, s); i >= 0 {
			f.list = slices.Delete(slices.Clone(f.list), i, i+1)
			f.to.Wanted(f.kinds())
		}
	}
}

// kinds returns the kind of each function, in their order.
func (f *Filtered[K, E]) kinds() []K {
	all := make([]K, len(f.list))
	for i, s := range f.list {
		all[i] = s.kind
	}
	return all
}

// Empty reports whether no function is attached.
func (f *Filtered[K, E]) Empty() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.list) == 0
}

// Of returns the functions for this kind of event.
func (f *Filtered[K, E]) Of(kind K) []*Selected[K, E] {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []*Selected[K, E]
	for _, s := range f.list {
		if s.kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// Matching returns a list of the functions for this kind of event, to be fired once.
func (f *Filtered[K, E]) Matching(kind K) *List[E] { return f.Still(f.Of(kind)) }

// Still returns a list of those of the functions that have not been detached since, to be fired once.
func (f *Filtered[K, E]) Still(some []*Selected[K, E]) *List[E] {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out List[E]
	for _, s := range some {
		if slices.Contains(f.list, s) {
			out.list = append(out.list, &attached[E]{s.fn})
		}
	}
	return &out
}

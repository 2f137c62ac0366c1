package callback

import (
	"context"
	"iter"
	"slices"
	"sync"
)

// Seq yields the events that an attached function receives. The function waits until the loop body has received its
// event, so that the dispatcher's queue is the only one. The loop ends when ctx, removed or owner does: owner is
// the context of the client or server that the element belongs to.
func Seq[E any](ctx context.Context, removed <-chan struct{}, owner context.Context, attach func(put func(context.Context, E)) (off func())) iter.Seq[E] {
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

// Watchers are loops over the newest of something, such as the values of an input.
type Watchers[E any] struct {
	mu   sync.Mutex
	list []chan E // each has the value that its loop has not received yet, if any
}

// Put sends the newest to all loops, in place of what they have not taken yet.
func (w *Watchers[E]) Put(e E) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, newest := range w.list {
		select {
		case <-newest:
		default:
		}
		newest <- e
	}
}

// Seq iterates over what is put from the start of the loop on, until ctx or one of the channels ends.
func (w *Watchers[E]) Seq(ctx context.Context, removed, left <-chan struct{}) iter.Seq[E] {
	return func(yield func(E) bool) {
		newest := make(chan E, 1)
		w.mu.Lock()
		w.list = append(w.list, newest)
		w.mu.Unlock()
		defer w.remove(newest)
		for {
			select {
			case <-ctx.Done():
				return
			case <-removed:
				return
			case <-left:
				return
			case e := <-newest:
				if ctx.Err() != nil || !yield(e) {
					return
				}
			}
		}
	}
}

func (w *Watchers[E]) remove(newest chan E) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.list, newest)
	w.list = slices.Delete(w.list, i, i+1)
}

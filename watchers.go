package viser

import (
	"context"
	"iter"
	"slices"
	"sync"
)

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

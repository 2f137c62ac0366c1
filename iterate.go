package viser

import (
	"context"
	"iter"
)

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

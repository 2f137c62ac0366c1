// Package gesture tracks interactions in progress, such as drags. Callbacks that receive the start of one also
// receive its end, even if the client leaves or the node is removed.
package gesture

import "sync"

// A Gesture is one that has begun.
type Gesture interface {
	End() // queues the end for the program's callbacks
}

// A Key identifies the client and the node of a gesture. A client has one gesture with a node at a time.
type Key[C, N comparable] struct {
	Client C
	Node   N
}

// Max bounds the gestures of one client at a time.
const Max = 16

// Held are the gestures of all clients. A lock is held while events are queued, so that they are in order: the end that
// a removal causes is after the last update. All methods are safe for concurrent use.
type Held[C, N comparable] struct {
	mu   sync.Mutex
	held map[Key[C, N]]Gesture
}

// Start adds the gesture and calls begin. It reports false if the client has one with that node already, or too many.
// If over reports true, because the client has left or the node was removed, it does nothing and reports true.
func (h *Held[C, N]) Start(k Key[C, N], g Gesture, over func() bool, begin func()) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if over() {
		return true
	}
	own := 0
	for other := range h.held {
		if other.Client == k.Client {
			own++
		}
	}
	if h.held[k] != nil || own >= Max {
		return false
	}
	if h.held == nil {
		h.held = map[Key[C, N]]Gesture{}
	}
	h.held[k] = g
	begin()
	return true
}

// With calls f with the gesture, if there is one; f reports whether it is over.
func (h *Held[C, N]) With(k Key[C, N], f func(Gesture) (over bool)) (held bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	g := h.held[k]
	if g == nil {
		return false
	}
	if f(g) {
		delete(h.held, k)
	}
	return true
}

// End ends all gestures whose key is one of those.
func (h *Held[C, N]) End(those func(Key[C, N]) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for k, g := range h.held {
		if those(k) {
			delete(h.held, k)
			g.End()
		}
	}
}

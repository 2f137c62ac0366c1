package viser

import "sync"

// A gesture is an interaction that a client has begun and not ended yet. Callbacks
// that get its start also get its end, even if the client leaves or the node is
// removed.
type gesture interface {
	end() // queues the end for the program's callbacks
}

type gestureKey struct {
	client *Client
	node   *node
}

// maxGestures bounds the gestures of one client at a time.
const maxGestures = 16

// gestures are those of all clients. mu is held while events are queued, so that
// they are in order: the end that a removal causes is after the last update.
type gestures struct {
	mu   sync.Mutex
	held map[gestureKey]gesture
}

// start adds the gesture and calls begin. It reports false if the client has one with
// that node already, or too many. If the client has left or the node was removed, it
// does nothing and reports true.
func (gs *gestures) start(k gestureKey, g gesture, begin func()) bool {
	gs.mu.Lock()
	defer gs.mu.Unlock()
	if k.client.ctx.Err() != nil || k.node.Removed() {
		return true
	}
	own := 0
	for other := range gs.held {
		if other.client == k.client {
			own++
		}
	}
	if gs.held[k] != nil || own >= maxGestures {
		return false
	}
	if gs.held == nil {
		gs.held = map[gestureKey]gesture{}
	}
	gs.held[k] = g
	begin()
	return true
}

// with calls f with the gesture, if there is one; f reports whether it is over.
func (gs *gestures) with(k gestureKey, f func(gesture) (over bool)) (held bool) {
	gs.mu.Lock()
	defer gs.mu.Unlock()
	g := gs.held[k]
	if g == nil {
		return false
	}
	if f(g) {
		delete(gs.held, k)
	}
	return true
}

// end ends all gestures whose key is one of those.
func (gs *gestures) end(those func(gestureKey) bool) {
	gs.mu.Lock()
	defer gs.mu.Unlock()
	for k, g := range gs.held {
		if those(k) {
			delete(gs.held, k)
			g.end()
		}
	}
}

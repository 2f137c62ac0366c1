package viser

import "sync"

// A gesture is something that a page has begun and not ended yet. Who is told of
// the beginning is told of the end, whatever happens to the page or the node.
type gesture interface {
	end() // queues the end for the program's callbacks
}

type gestureKey struct {
	client *Client
	node   *node
}

// maxGestures is how many one page may have at once; people have two hands.
const maxGestures = 16

// gestures are those of all pages. mu is held while events are queued, so that
// they are in order: the end that a removal causes comes behind the last update.
type gestures struct {
	mu   sync.Mutex
	held map[gestureKey]gesture
}

// start enters the gesture and calls begin; it reports false if the node has one
// of that page already, or the page too many. A page or node that is gone starts
// nothing, which is nobody's fault.
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

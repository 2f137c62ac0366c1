package session

import (
	"context"
	"net/netip"
	"sync"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/rate"
)

// neighbors bounds the sessions of one address, so that one machine cannot take all places of a server, or all of its
// time. An IPv6 network of 64 bits counts as one address. Addresses of this machine are not bounded: many users may
// come through a tunnel or a proxy there.
type neighbors struct {
	most int     // connections
	rate float64 // messages a second, of all of them

	mu    sync.Mutex
	known map[netip.Prefix]*neighbor // of those that are connected
}

type neighbor struct {
	count int // guarded by neighbors.mu
	pace  *rate.Bucket
}

// enter counts a connection, and returns how many there are above the limit; leave must be called in any case.
func (ns *neighbors) enter(a netip.Addr) (n *neighbor, above int, leave func()) {
	if !a.IsValid() || a.Unmap().IsLoopback() {
		return nil, 0, func() {}
	}
	block := access.Block(a)
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if n = ns.known[block]; n == nil {
		n = &neighbor{pace: rate.NewBucket(ns.rate, int(ns.rate))}
		if ns.known == nil {
			ns.known = map[netip.Prefix]*neighbor{}
		}
		ns.known[block] = n
	}
	n.count++
	return n, max(0, n.count-ns.most), func() { ns.leave(block) }
}

func (ns *neighbors) leave(block netip.Prefix) {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	n := ns.known[block]
	if n.count--; n.count == 0 {
		delete(ns.known, block)
	}
}

// wait waits until the address may send another message.
func (n *neighbor) wait(ctx context.Context) error {
	if n == nil {
		return nil
	}
	return n.pace.Wait(ctx)
}

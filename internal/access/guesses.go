package access

import (
	"container/list"
	"hash/maphash"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// The limit on wrong secrets from one address.
const (
	freeGuesses  = 10               // before the first delay
	firstDelay   = time.Second      // doubles with each further one
	longestDelay = time.Minute      //
	forgetAfter  = 15 * time.Minute // since the last one
	maxAddresses = 4096             // remembered at a time; the one that failed least recently is dropped
	remembered   = 8                // wrong secrets of an address that do not count again
)

// Guesses slows those down who try secrets. The same wrong secret counts once: a page that retries with an old one
// does not guess. The zero Guesses is ready to use; it is safe for concurrent use.
type Guesses struct {
	mu    sync.Mutex
	seed  maphash.Seed
	known map[netip.Prefix]*list.Element // of *guesser
	order list.List                      // the one that failed last is first
}

type guesser struct {
	block  netip.Prefix
	failed int
	last   time.Time
	until  time.Time
	recent []uint64 // hashes of wrong secrets
}

// Delay returns how long no secret from the address is looked at; 0 if it may try.
func (g *Guesses) Delay(a netip.Addr) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	e, ok := g.known[Block(a)]
	if !ok {
		return 0
	}
	return max(0, time.Until(e.Value.(*guesser).until))
}

// Failed counts a wrong secret from the address.
func (g *Guesses) Failed(a netip.Addr, secret string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	x, now := g.guesserLocked(Block(a)), time.Now()
	hash := maphash.String(g.seed, secret)
	if now.Sub(x.last) > forgetAfter {
		x.failed, x.recent = 0, nil
	}
	if slices.Contains(x.recent, hash) {
		return
	}
	if x.recent = append(x.recent, hash); len(x.recent) > remembered {
		x.recent = slices.Delete(x.recent, 0, 1)
	}
	x.failed, x.last = x.failed+1, now
	if over := x.failed - freeGuesses; over >= 0 {
		x.until = now.Add(min(longestDelay, firstDelay<<min(over, 30)))
	}
}

// guesserLocked returns the address's entry, as the newest one.
func (g *Guesses) guesserLocked(block netip.Prefix) *guesser {
	if e, ok := g.known[block]; ok {
		g.order.MoveToFront(e)
		return e.Value.(*guesser)
	}
	if g.known == nil {
		g.known, g.seed = map[netip.Prefix]*list.Element{}, maphash.MakeSeed()
	}
	if g.order.Len() >= maxAddresses {
		delete(g.known, g.order.Remove(g.order.Back()).(*guesser).block)
	}
	x := &guesser{block: block, last: time.Now()}
	g.known[block] = g.order.PushFront(x)
	return x
}

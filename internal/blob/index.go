// Package blob has the large arrays of a server that pages fetch over HTTP.
//
// An array is found by its ID, which is computed from its contents: equal arrays of any number of nodes are one to the
// pages, and to their browsers' caches. The Index holds no bytes. It refers to arrays weakly, and forgets them when
// nothing shows them any more; a page then no longer needs them, because it is sent a newer value or a removal.
//
// There is one exception: an array that a program begins to change in part is copied piece by piece, while pages may
// still fetch what it was, as the base of the changes. Keep keeps it for a while.
package blob

import (
	"encoding/binary"
	"encoding/hex"
	"hash/maphash"
	"slices"
	"sync"
	"time"
	"weak"

	"github.com/viser-go/viser/internal/wire"
)

// Bounds of what Keep keeps.
const (
	keepTime  = 30 * time.Second
	keepBytes = 256 << 20
)

// An Index finds arrays by their IDs. It is safe for concurrent use.
type Index struct {
	seeds [2]maphash.Seed

	mu      sync.Mutex
	byID    map[string][]weak.Pointer[wire.Blob] // equal arrays of several nodes
	pruneAt int                                  // the size of byID at which what is gone is removed
	kept    []kept                               // oldest first
	bytes   int                                  // of kept
	timer   *time.Timer                          // nil while nothing is kept
	closed  bool
}

type kept struct {
	*wire.Blob
	until time.Time
}

// minPrune keeps a small Index from being pruned often.
const minPrune = 64

// New returns an empty Index.
func New() *Index {
	return &Index{
		seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
		byID:  map[string][]weak.Pointer[wire.Blob]{}, pruneAt: minPrune,
	}
}

// Add makes the array one that can be fetched, as long as something refers to it, and returns its ID.
func (x *Index) Add(b *wire.Blob) string {
	id := b.ID(x.hash)
	p := weak.Make(b)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed || slices.Contains(x.byID[id], p) {
		return id
	}
	x.byID[id] = append(slices.DeleteFunc(x.byID[id], gone), p)
	if len(x.byID) > x.pruneAt {
		x.prune()
	}
	return id
}

// hash has 128 bits: two hashes of 64 bits with independent keys. The keys are random and never leave the process, so
// whoever chooses contents can't search for two that have the same ID; and by chance a collision is as unlikely as one
// of any good hash of that size. SHA-256 would need no key, but is several times slower, which would be seen in the
// time that a large cloud takes to appear.
func (x *Index) hash(data []byte) string {
	var sum []byte
	for _, seed := range x.seeds {
		sum = binary.BigEndian.AppendUint64(sum, maphash.Bytes(seed, data))
	}
	return hex.EncodeToString(sum)
}

func gone(p weak.Pointer[wire.Blob]) bool { return p.Value() == nil }

// prune removes what is gone. Its cost is that of the calls of Add since the last time.
func (x *Index) prune() {
	for id, list := range x.byID {
		if list = slices.DeleteFunc(list, gone); len(list) == 0 {
			delete(x.byID, id)
		} else {
			x.byID[id] = list
		}
	}
	x.pruneAt = max(minPrune, 2*len(x.byID))
}

// Get returns the array, nil if there is none of that ID any more.
func (x *Index) Get(id string) *wire.Blob {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, p := range x.byID[id] {
		if b := p.Value(); b != nil {
			return b
		}
	}
	return nil
}

// Keep keeps an array that pages may know for 30 s, if there is not too much of that already.
func (x *Index) Keep(b *wire.Blob) {
	if !b.Used() {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed || x.bytes+len(b.Data) > keepBytes {
		return
	}
	x.kept = append(x.kept, kept{b, time.Now().Add(keepTime)})
	x.bytes += len(b.Data)
	if x.timer == nil {
		x.timer = time.AfterFunc(keepTime, x.drop)
	}
}

// drop ends what was kept for long enough.
func (x *Index) drop() {
	x.mu.Lock()
	defer x.mu.Unlock()
	n := 0
	for ; n < len(x.kept) && !x.kept[n].until.After(time.Now()); n++ {
		x.bytes -= len(x.kept[n].Data)
	}
	x.kept, x.timer = slices.Delete(x.kept, 0, n), nil
	if len(x.kept) > 0 {
		x.timer = time.AfterFunc(time.Until(x.kept[0].until), x.drop)
	}
}

// Close forgets everything. It stays empty.
func (x *Index) Close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	if x.timer != nil {
		x.timer.Stop()
	}
	x.byID, x.kept, x.timer, x.bytes = nil, nil, nil, 0
}

// Len is the number of IDs that are listed.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.byID)
}

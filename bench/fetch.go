package main

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// An array is one that is not in its frame.
type array struct {
	id   string
	size int
}

// fetching is how arrays are requested.
type fetching struct {
	run  int     // bytes of one request, 0 for whole arrays
	rate float64 // bytes per second of one client, 0 for as fast as they come
}

// A fetcher requests arrays by HTTP as our web client does, three at a time, and keeps nothing but their checksums.
type fetcher struct {
	base   string // the URL that IDs are appended to
	run    int
	turns  turns
	client *http.Client
	stop   context.CancelFunc
	done   sync.WaitGroup
	wake   chan struct{} // has an element if more than before is to do

	mu      sync.Mutex
	wanted  []array // not begun
	running int
	sums    map[string]uint32 // of the arrays that are there
	err     error
}

const parallelFetches = 3

func newFetcher(ctx context.Context, addr string, how fetching) *fetcher {
	f := &fetcher{
		base: "http://" + addr + "/blob/", run: how.run, turns: turns{rate: how.rate}, wake: make(chan struct{}, parallelFetches), sums: map[string]uint32{},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: parallelFetches, DisableCompression: true}},
	}
	ctx, f.stop = context.WithCancel(ctx)
	for range parallelFetches {
		f.done.Go(func() { f.work(ctx) })
	}
	return f
}

func (f *fetcher) close() {
	f.stop()
	f.done.Wait()
	f.client.CloseIdleConnections()
}

// want adds an array. It replaces one of the same size that was not begun: a newer value of the same property. What is
// being fetched is not canceled.
func (f *fetcher) want(a array) {
	f.mu.Lock()
	f.wanted = append(slices.DeleteFunc(f.wanted, func(b array) bool { return b.size == a.size }), a)
	f.mu.Unlock()
	select {
	case f.wake <- struct{}{}:
	default: // all are awake
	}
}

// idle reports whether everything is there, and why not if that can't be.
func (f *fetcher) idle() (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.wanted) == 0 && f.running == 0, f.err
}

// sum returns the checksum of an array.
func (f *fetcher) sum(id string) (sum uint32, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum, ok = f.sums[id]
	return sum, ok
}

func (f *fetcher) work(ctx context.Context) {
	buffer := make([]byte, 128<<10)
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		}
		for a, ok := f.begin(); ok; a, ok = f.begin() {
			sum, err := f.load(ctx, a, buffer)
			f.end(a, sum, err)
		}
	}
}

func (f *fetcher) begin() (a array, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.wanted) == 0 || f.err != nil {
		return a, false
	}
	a, f.wanted = f.wanted[0], f.wanted[1:]
	f.running++
	return a, true
}

// errGone means that the program has replaced the array.
var errGone = errors.New("the server does not have the array any more")

func (f *fetcher) end(a array, sum uint32, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running--
	switch {
	case err == nil:
		f.sums[a.id] = sum
	case !errors.Is(err, errGone):
		f.err = fmt.Errorf("array %s of %d bytes: %w", a.id, a.size, err)
	}
}

// load fetches an array in runs.
func (f *fetcher) load(ctx context.Context, a array, buffer []byte) (sum uint32, err error) {
	step := a.size
	if f.run > 0 {
		step = min(step, f.run)
	}
	digest := crc32.NewIEEE()
	for from := 0; from < a.size; from += step {
		to, path := min(from+step, a.size), a.id
		if to-from < a.size {
			path = fmt.Sprintf("%s/%d-%d", a.id, from, to)
		}
		n, err := f.get(ctx, path, digest, buffer)
		if err != nil {
			return 0, err
		}
		if n != to-from {
			return 0, fmt.Errorf("%s has %d bytes, not %d", path, n, to-from)
		}
	}
	return digest.Sum32(), nil
}

func (f *fetcher) get(ctx context.Context, path string, to hash.Hash32, buffer []byte) (n int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.base+path, nil)
	if err != nil {
		return 0, err
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return 0, errGone
	default:
		return 0, fmt.Errorf("%s: status %d", path, resp.StatusCode)
	}
	for err == nil {
		var some int
		some, err = resp.Body.Read(buffer)
		to.Write(buffer[:some]) // a checksum, which never fails
		n += some
		if err == nil {
			err = pause(ctx, time.Until(f.turns.take(some)))
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// zeros returns memory in the place of arrays that nobody looks at. It is shared.
func zeros(size int) []byte {
	zero.Lock()
	defer zero.Unlock()
	if len(zero.bytes) < size {
		zero.bytes = make([]byte, size)
	}
	return zero.bytes[:size:size]
}

var zero struct {
	sync.Mutex
	bytes []byte
}

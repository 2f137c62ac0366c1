package main

import (
	"bytes"
	"sync"

	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A memo decodes equal frames once: with hundreds of clients in the harness, decoding the same bytes for each would
// take more of the processors than the server under test does. A frame counts as decoded only if all its bytes are
// those of one that was.
type memo struct {
	mu     sync.Mutex
	recent [8]memoized
	next   int
}

type memoized struct {
	frame  []byte
	window *wire.Window
	arrays []array // that are fetched
}

// maxMemoized keeps the comparison cheaper than decoding, and first transfers out.
const maxMemoized = 64 << 10

// decode returns the messages of the frame, which must not be changed, and, if arrays are fetched, which. A nil memo
// remembers nothing.
func (m *memo) decode(frame []byte, fetched bool) (*wire.Window, []array, error) {
	if m == nil || len(frame) > maxMemoized {
		return decodeFrame(frame, fetched)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.recent {
		if r := &m.recent[i]; r.window != nil && bytes.Equal(r.frame, frame) {
			return r.window, r.arrays, nil
		}
	}
	frame = bytes.Clone(frame)
	window, arrays, err := decodeFrame(frame, fetched)
	if err == nil {
		m.recent[m.next%len(m.recent)] = memoized{frame, window, arrays}
		m.next++
	}
	return window, arrays, err
}

// decodeFrame reads a frame. Arrays that are fetched are zeros in it.
func decodeFrame(frame []byte, fetched bool) (window *wire.Window, arrays []array, err error) {
	if !fetched {
		window, err = pagewire.DecodeFrame(frame, wire.DefaultLimits)
		return window, nil, err
	}
	window, err = pagewire.DecodeFetched(frame, wire.DefaultLimits, func(id string, size int) ([]byte, error) {
		arrays = append(arrays, array{id, size})
		return zeros(size), nil
	})
	return window, arrays, err
}

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
}

// maxMemoized keeps the comparison cheaper than decoding, and first transfers out.
const maxMemoized = 16 << 10

// decode returns the messages of the frame, which must not be changed. A nil memo remembers nothing.
func (m *memo) decode(frame []byte) (*wire.Window, error) {
	if m == nil || len(frame) > maxMemoized {
		return pagewire.DecodeFrame(frame, wire.DefaultLimits)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.recent {
		if r := &m.recent[i]; r.window != nil && bytes.Equal(r.frame, frame) {
			return r.window, nil
		}
	}
	frame = bytes.Clone(frame)
	window, err := pagewire.DecodeFrame(frame, wire.DefaultLimits)
	if err == nil {
		m.recent[m.next%len(m.recent)] = memoized{frame, window}
		m.next++
	}
	return window, err
}

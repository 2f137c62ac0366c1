package session

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/rate"
)

// Traffic counts what one connection carries. The goroutines of the connection write it, each its own counters; any
// goroutine may read it.
type Traffic struct {
	start     time.Time
	frames    atomic.Int64 // that the socket has accepted whole
	sent      atomic.Int64 // bytes that the socket has accepted, and of fetched arrays
	messages  atomic.Int64
	received  atomic.Int64 // bytes
	roundTrip atomic.Int64 // nanoseconds; 0 until it was measured
	pinged    atomic.Int64 // when it was measured, in nanoseconds since start
	asked     chan struct{}
	sentRate  rate.Meter // bytes; added to by the link's drain, of which one runs at a time

	fetching    sync.Mutex // several requests at a time
	fetchedRate rate.Meter // bytes
}

// TrafficStats are counters of one or more connections.
type TrafficStats struct {
	Frames, Bytes                   int64 // sent: messages of the websocket, and bytes on the socket and of fetched arrays
	MessagesReceived, BytesReceived int64
	Since                           time.Time     // the upgrade
	RoundTrip                       time.Duration // of the last ping; 0: not measured yet
	BytesPerSecond                  float64       // sent, over the last rate.MeterSpan seconds
}

// roundTripAge is the age from which on a round trip is measured again when it is read.
const roundTripAge = time.Second

func newTraffic() *Traffic { return &Traffic{start: time.Now(), asked: make(chan struct{}, 1)} }

// measured notes a round trip that began then and ends now.
func (t *Traffic) measured(began time.Time) {
	now := time.Now()
	t.roundTrip.Store(max(1, int64(now.Sub(began))))
	t.pinged.Store(int64(now.Sub(t.start)))
}

// Fetched counts bytes of arrays that the page fetches beside the connection.
func (t *Traffic) Fetched(bytes int) {
	t.fetching.Lock()
	defer t.fetching.Unlock()
	t.sent.Add(int64(bytes))
	t.fetchedRate.Add(time.Since(t.start), int64(bytes))
}

// Stats returns the counters of now, of a nil Traffic zero. If the round trip was not measured within the last second, it is then, for later
// calls.
func (t *Traffic) Stats() TrafficStats {
	if t == nil {
		return TrafficStats{}
	}
	if t.roundTrip.Load() == 0 || time.Since(t.start)-time.Duration(t.pinged.Load()) >= roundTripAge {
		select {
		case t.asked <- struct{}{}:
		default: // asked already
		}
	}
	s := t.counts()
	s.Since, s.RoundTrip = t.start, time.Duration(t.roundTrip.Load())
	s.BytesPerSecond = t.sentRate.PerSecond(time.Since(t.start)) + t.fetchedRate.PerSecond(time.Since(t.start))
	return s
}

func (t *Traffic) counts() TrafficStats {
	return TrafficStats{
		Frames: t.frames.Load(), Bytes: t.sent.Load(),
		MessagesReceived: t.messages.Load(), BytesReceived: t.received.Load(),
	}
}

// add adds the counters of another connection.
func (s *TrafficStats) add(o TrafficStats) {
	s.Frames += o.Frames
	s.Bytes += o.Bytes
	s.MessagesReceived += o.MessagesReceived
	s.BytesReceived += o.BytesReceived
}

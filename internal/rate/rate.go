// Package rate bounds how often something happens: messages from a page, wrong tokens, log lines that
// a remote client could otherwise cause without limit.
package rate

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Bucket is a token bucket. It starts full. Its methods are safe for concurrent use.
type Bucket struct {
	mu     sync.Mutex
	perSec float64
	burst  float64
	tokens float64 // below zero: reserved by calls of Wait
	last   time.Time
}

// NewBucket returns a bucket that holds burst tokens and gains perSecond of them each second.
func NewBucket(perSecond float64, burst int) *Bucket {
	return &Bucket{perSec: perSecond, burst: float64(burst), tokens: float64(burst), last: time.Now()}
}

// Allow takes a token if one is available, and reports whether it did.
func (b *Bucket) Allow() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refill()
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

// Wait takes a token, and waits until one is available. It returns early, with the context's error, when ctx
// ends. While tokens are available its cost is one lock.
func (b *Bucket) Wait(ctx context.Context) error {
	delay := b.reserve()
	if delay <= 0 {
		return nil
	}
	t := time.NewTimer(delay)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// reserve takes a token, in advance if none is available, and returns the time until it is available.
func (b *Bucket) reserve() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refill()
	b.tokens--
	return time.Duration(-b.tokens / b.perSec * float64(time.Second))
}

func (b *Bucket) refill() {
	now := time.Now()
	b.tokens = min(b.burst, b.tokens+now.Sub(b.last).Seconds()*b.perSec)
	b.last = now
}

// Log limits the rate of a log line: one is written in each interval, with the number of those that were not. The zero
// Log allows one each ten seconds. Its methods are safe for concurrent use.
type Log struct {
	Every time.Duration // 0 = 10 s
	Total *atomic.Int64 // if set, counts the lines that were left out

	mu      sync.Mutex
	last    time.Time
	dropped int
}

// Allow reports whether to write the line now and how many were left out since the last one.
func (l *Log) Allow() (dropped int, ok bool) {
	every := l.Every
	if every == 0 {
		every = 10 * time.Second
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if !l.last.IsZero() && now.Sub(l.last) < every {
		l.dropped++
		if l.Total != nil {
			l.Total.Add(1)
		}
		return 0, false
	}
	dropped, l.dropped, l.last = l.dropped, 0, now
	return dropped, true
}

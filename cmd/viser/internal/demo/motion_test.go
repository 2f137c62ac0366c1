package demo

import (
	"context"
	"math"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// record is what a clock has done.
type record struct {
	mu    sync.Mutex
	steps int
	turns float64
}

// now is the record after all goroutines are blocked.
func (r *record) now() (steps int, turns float64) {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.steps, r.turns
}

// startClock runs a clock in the bubble of a test.
func startClock(ctx context.Context, speed float64) (*clock, *record) {
	r := &record{}
	c := &clock{speed: speed, changed: make(chan struct{}, 1)}
	c.step = func(turns float64, _ int) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.steps++
		r.turns = turns
	}
	go c.run(ctx)
	return c, r
}

// pass advances the bubble's time.
func pass(d time.Duration) { <-time.After(d) }

func TestClockRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c, r := startClock(ctx, 60)
		c.watch(1)
		pass(10 * time.Second)
		steps, turns := r.now()
		if steps < 590 || steps > 600 {
			t.Errorf("%d steps in ten seconds; at most 60 a second are wanted", steps)
		}
		if math.Abs(turns-10) > 0.1 {
			t.Errorf("%v turns in ten seconds at one a second", turns)
		}
	})
}

// TestClockRests: there is no work during a pause, or without clients.
func TestClockRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c, r := startClock(ctx, 60)
		rest := func(why string) {
			t.Helper()
			steps, turns := r.now()
			pass(time.Hour)
			if s, at := r.now(); s != steps || at != turns {
				t.Errorf("%d steps %s", s-steps, why)
			}
		}
		rest("before anybody came")
		c.watch(1)
		pass(time.Second)
		if !c.toggle(func(bool) {}) {
			t.Error("it is not paused")
		}
		rest("in a pause")
		c.toggle(func(bool) {})
		c.setSpeed(0)
		rest("at speed 0")
		c.setSpeed(30)
		steps, turns := r.now()
		pass(2 * time.Second)
		if s, at := r.now(); s-steps < 100 || math.Abs(at-turns-1) > 0.1 {
			t.Errorf("after the pause: %d steps, %v turns", s-steps, at-turns)
		}
		c.watch(-1)
		rest("after all have left")
	})
}

func TestClockEnds(t *testing.T) {
	for _, watchers := range []int{0, 1} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			c, _ := startClock(ctx, 1)
			c.watch(watchers)
			synctest.Wait()
			cancel() // synctest fails if the goroutine stays
		})
	}
}

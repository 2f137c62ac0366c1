package rate_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/rate"
)

func TestBucketAllowsItsBurstAndThenItsRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := rate.NewBucket(10, 3)
		for i := range 3 {
			if !b.Allow() {
				t.Fatalf("token %d of the burst was refused", i)
			}
		}
		if b.Allow() {
			t.Fatal("a fourth token at once")
		}
		<-time.After(100 * time.Millisecond) // the bubble's clock: no real time passes
		if !b.Allow() {
			t.Fatal("no token after the time of one")
		}
		<-time.After(time.Hour)
		for i := range 3 {
			if !b.Allow() {
				t.Fatalf("token %d refused after a long rest", i)
			}
		}
		if b.Allow() {
			t.Fatal("a rest saved up more than the burst")
		}
	})
}

func TestBucketWaitPaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := rate.NewBucket(100, 1)
		start := time.Now()
		for range 201 {
			if err := b.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := time.Since(start); got != 2*time.Second {
			t.Fatalf("201 tokens at 100/s with a burst of 1 took %v, want 2s", got)
		}
	})
}

func TestBucketWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := rate.NewBucket(0.001, 1)
		b.Allow()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v, want the context's error", err)
		}
	})
}

func TestLogLimitsAndCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l rate.Log
		if n, ok := l.Allow(); !ok || n != 0 {
			t.Fatalf("first line: %d, %v", n, ok)
		}
		for range 7 {
			if _, ok := l.Allow(); ok {
				t.Fatal("a second line within the interval")
			}
		}
		<-time.After(10 * time.Second)
		if n, ok := l.Allow(); !ok || n != 7 {
			t.Fatalf("after the interval: %d left out, %v; want 7, true", n, ok)
		}
	})
}

package state_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// BenchmarkSetWithWaiters sets positions, 5,000 a second, while many connections take every window. It measures how
// long a call takes: the time that a setter waits for the store, not the work of the connections.
func BenchmarkSetWithWaiters(b *testing.B) {
	for _, clients := range []int{1, 1000} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			st := state.New(state.Options{})
			defer st.Close()
			nodes := make([]*state.Entity, 200)
			for i := range nodes {
				nodes[i] = addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
			}
			stop := waiters(b, st, clients, wire.Extended)
			defer stop()
			measureSet(b, nodes)
		})
	}
}

// BenchmarkSetWhileManyMove is the same while 10,000 nodes are moved and turned 60 times a second for a plain client,
// whose windows have 20,000 messages.
func BenchmarkSetWhileManyMove(b *testing.B) {
	st := state.New(state.Options{})
	defer st.Close()
	nodes := make([]*state.Entity, 10_000)
	for i := range nodes {
		nodes[i] = addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
	}
	stop := waiters(b, st, 1, wire.Plain)
	defer stop()
	ctx, cancel := context.WithCancel(b.Context())
	var moving sync.WaitGroup
	moving.Go(func() {
		pace := time.NewTicker(time.Second / 60)
		defer pace.Stop()
		for x := 0.0; ctx.Err() == nil; x++ {
			<-pace.C
			for i, n := range nodes {
				n.SetPose([4]float64{1, x, float64(i)}, [3]float64{x, float64(i)})
			}
		}
	})
	measureSet(b, nodes[:200])
	cancel()
	moving.Wait()
}

func measureSet(b *testing.B, nodes []*state.Entity) {
	took := make([]time.Duration, 0, 1<<16)
	pace := time.NewTicker(200 * time.Microsecond)
	defer pace.Stop()
	x := 1.0
	for b.Loop() {
		<-pace.C
		x++
		start := time.Now()
		nodes[int(x)%len(nodes)].SetPosition([3]float64{x})
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2]), "p50-ns/set")
	b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns/set")
	b.ReportMetric(float64(took[len(took)-1]), "max-ns/set")
}

// waiters connects// waiters connects clients that take every frame, and returns when all have joined.
func waiters(b *testing.B, st *state.Store, n int, d wire.Dialect) (stop func()) {
	ctx, cancel := context.WithCancel(b.Context())
	var joined, all sync.WaitGroup
	joined.Add(n)
	for i := range n {
		c, err := st.Connect(i, d)
		if err != nil {
			b.Fatal(err)
		}
		all.Go(func() {
			defer c.Leave()
			_, err := c.Next(ctx)
			joined.Done()
			for err == nil {
				_, err = c.Next(ctx)
			}
		})
	}
	joined.Wait()
	return func() { cancel(); all.Wait() }
}

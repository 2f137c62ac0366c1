package state_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// TestStatsOfASlowClient: windows that are pending, for how long, and how many were merged.
func TestStatsOfASlowClient(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		slow, quick := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Plain)
		if s := slow.Stats(); s != (state.ConnStats{}) {
			t.Errorf("before its transfer: %+v", s)
		}
		slow.next()
		quick.next()
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		own := addFrame(slow.Scope(), "/own", &wire.FrameProps{}, nil)
		quick.next()
		slow.next()
		before := st.Stats()
		if before.Entities != 1 || before.OfClients != 1 || before.Windows != 1 || before.Separate != 1 {
			t.Errorf("%+v", before)
		}
		const steps = 100
		began := time.Now()
		for i := range steps {
			a.SetPosition([3]float64{float64(i + 1), 0, 0})
			quick.within(2 * window)
		}
		took := time.Since(began)
		if s := quick.Stats(); s != (state.ConnStats{}) {
			t.Errorf("the client that keeps up: %+v", s)
		}
		if s := slow.Stats(); s.Pending != steps || s.Merged != 0 || s.Behind < took || s.Behind > took+window {
			t.Errorf("the slow client: %+v after %v", s, took)
		}
		slow.next()
		if s := slow.Stats(); s.Pending != 0 || s.Merged != steps-1 || s.Behind != 0 {
			t.Errorf("the slow client, caught up: %+v", s)
		}
		after := st.Stats()
		if after.Windows != before.Windows+steps || after.Separate != before.Separate+1 {
			t.Errorf("%+v, before the steps %+v", after, before)
		}
		own.Remove()
		if s := st.Stats(); s.OfClients != 0 {
			t.Errorf("after the removal: %+v", s)
		}
		addFrame(slow.Scope(), "/own", &wire.FrameProps{}, nil)
		slow.Leave()
		if s := st.Stats(); s.OfClients != 0 || s.Connections != 1 {
			t.Errorf("after the client has left: %+v", s)
		}
	})
}

// TestAtomicBlocksMergeNoWindows in the sense of a slow client.
func TestAtomicBlocksMergeNoWindows(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		c.next()
		c.Scope().Hold()
		frames := make(chan *wire.Frame)
		go func() {
			f, err := c.Next(t.Context())
			if err != nil {
				t.Error(err)
			}
			frames <- f
		}()
		for i := range 10 {
			a.SetPosition([3]float64{float64(i + 1), 0, 0})
			time.Sleep(2 * window)
		}
		if s := c.Stats(); s != (state.ConnStats{}) {
			t.Errorf("within the block: %+v", s)
		}
		synctest.Wait()
		c.Scope().Release()
		<-frames
		if s := c.Stats(); s.Merged > 0 || s.Pending > 0 {
			t.Errorf("after the block: %+v", s)
		}
	})
}

package timeline

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// TestMemoryIsBounded lets ten minutes pass in which everything changes, with and without pages, one of which is back in
// time: what is counted is never more than the bound, and the process does not use much more.
func TestMemoryIsBounded(t *testing.T) {
	for _, pages := range []int{0, 2} {
		t.Run(fmt.Sprint(pages, " pages"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { passTenMinutes(t, pages) })
		})
	}
}

func passTenMinutes(t *testing.T, pages int) {
	const (
		bound = 2 << 20
		hz    = 10
	)
	before := inUse()
	st := state.New(state.Options{})
	defer st.Close()
	tl := New(st, Options{MaxBytes: bound}, func() {})
	defer tl.Close()
	var read []*page
	for i := range pages {
		p := connect(st, i, wire.Extended)
		p.watch(tl)
		read = append(read, p)
	}
	nodes := make([]*state.Entity, 12)
	for i := range nodes {
		nodes[i] = frame(st.Shared(), fmt.Sprint("/n/", i), 1, nil)
	}
	value := slider(st.Shared(), "s", 0)
	most, kept := 0, 0.0
	for k := range 600 * hz {
		st.Together(func() {
			swing(nodes, k)
			if k%3 == 0 {
				value.SetValue(state.NoClient, float(float64(k)))
			}
			if i := k / 60 % len(nodes); k%60 == 0 { // with a name that was not there before
				nodes[i].Remove()
				nodes[i] = frame(st.Shared(), fmt.Sprint("/n/", i, "/", k), 1, nil)
			}
		})
		time.Sleep(time.Second / hz)
		for i, p := range read {
			if i == 0 && k == 10*hz {
				p.viewer.Seek(3)
			}
			p.read()
		}
		if k%hz != 0 {
			continue
		}
		tl.mu.Lock()
		size := tl.ring.size()
		from, to := tl.ring.oldest(), tl.ring.newest()
		tl.mu.Unlock()
		if size > bound {
			t.Fatalf("after %d steps %d bytes are kept, of at most %d", k, size, bound)
		}
		most, kept = max(most, size), to-from
	}
	if used := inUse() - before; used > bound+bound/2 {
		t.Errorf("%d bytes of memory are used, of at most %d", used, bound)
	}
	if most < bound*3/4 || kept < 5 {
		t.Errorf("only %d bytes and %.1f s were kept, of %d bytes", most, kept, bound)
	}
}

// TestTheBeginningHasTheState: what is shown when a timeline begins is shown at its first time, also if it begins inside a
// block. The real clock goes on until the state is copied.
func TestTheBeginningHasTheState(t *testing.T) {
	for _, inside := range []bool{false, true} {
		st := state.New(state.Options{})
		frame(st.Shared(), "/a", 1, nil)
		if inside {
			st.Shared().Hold()
		}
		tl := New(st, Options{MaxBytes: 1 << 20}, func() {})
		if inside {
			st.Shared().Release()
		}
		tl.mu.Lock()
		err := tl.read()
		first := new(cursor).move(tl.ring.view(), tl.ring.oldest())
		tl.mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		if lines := describe(first); len(lines) == 0 {
			t.Errorf("begun inside a block: %v; at the first time there is nothing", inside)
		}
		tl.Close()
		st.Close()
	}
}

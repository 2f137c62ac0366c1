package state_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// TestBlocksStayWholeUnderLoad lets clients take windows as fast as they are published, while blocks of Atomic for one
// client change a shared node and one of the client: each frame must have both or neither. Connections take shared
// windows without the store's lock, so this is about the order of the flag and the window.
func TestBlocksStayWholeUnderLoad(t *testing.T) {
	st := state.New(state.Options{Period: time.Nanosecond})
	defer st.Close()
	const clients, blocks = 6, 2000
	noise := addFrame(st.Shared(), "/noise", &wire.FrameProps{}, nil)
	var reading, writing sync.WaitGroup
	for i := range clients {
		c := connect(t, st, i, wire.Dialect(i%2))
		shared := addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
		own := addFrame(c.Scope(), "/own", &wire.FrameProps{}, nil)
		reading.Go(func() {
			c.untilWhole(t.Context(), fmt.Sprint("|/", i), fmt.Sprint(i, "|/own"), blocks)
		})
		writing.Go(func() {
			for k := 1; k <= blocks; k++ {
				noise.SetOrientation([4]float64{float64(i), float64(k), 0, 0})
				c.Scope().Hold()
				shared.SetPosition([3]float64{float64(k)})
				runtime.Gosched() // a window is published here, or not
				own.SetPosition([3]float64{float64(k)})
				c.Scope().Release()
			}
		})
	}
	writing.Wait()
	reading.Wait()
}

// untilWhole reads until both nodes are at the last place, and checks that they are at the same one after each frame.
func (c *client) untilWhole(ctx context.Context, a, b string, last float64) {
	for {
		f, err := c.Next(ctx)
		if err == nil {
			err = c.apply(f)
		}
		if err != nil {
			c.t.Error(err)
			return
		}
		if !c.ready {
			continue
		}
		if c.nodes[a].pos != c.nodes[b].pos {
			c.t.Errorf("a part of a block: %s is at %v, %s at %v", a, c.nodes[a].pos, b, c.nodes[b].pos)
			return
		}
		if c.nodes[a].pos[0] == last {
			return
		}
	}
}

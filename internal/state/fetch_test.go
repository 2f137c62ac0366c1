package state_test

import (
	"bytes"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

func largeCloud(b byte) *modelCloud {
	c := &modelCloud{}
	c.props.Points = wire.Array{DType: wire.Float32, Data: bytes.Repeat([]byte{b}, 12*10_000)}
	c.props.Colors = wire.Array{DType: wire.Uint8, Data: []byte{1, 2, 3}}
	return c
}

func fetchingClient(t *testing.T, st *state.Store, id int) *client {
	c := connect(t, st, id, wire.Extended)
	c.fetches(st)
	return c
}

// blobs returns the IDs in the client's next frame.
func (c *client) blobs() []string {
	c.t.Helper()
	f, err := c.Next(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	w, err := pagewire.DecodeFetched(f.Bytes(), wire.DefaultLimits, c.fetch)
	if err != nil {
		c.t.Fatal(err)
	}
	c.page.bytes = f.Len()
	return w.Blobs
}

// TestArraysAreFetched: by clients that do, in the first transfer and in shared windows; all others have them in their
// frames.
func TestArraysAreFetched(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := largeCloud(1)
		addCloud(st.Shared(), "/p", cloud, nil)
		clients := []*client{fetchingClient(t, st, 0), connect(t, st, 1, wire.Extended), connect(t, st, 2, wire.Plain), fetchingClient(t, st, 3)}
		see := func(want byte) {
			t.Helper()
			for i, c := range clients {
				c.next()
				if got := c.clouds["|/p"].arrays[0].Data; !bytes.Equal(got, bytes.Repeat([]byte{want}, 120_000)) {
					t.Errorf("client %d has another array, of %d bytes", i, len(got))
				}
				if fetches := c.fetch != nil; fetches != (c.page.bytes < 2000) {
					t.Errorf("client %d, fetches %v: a frame of %d bytes", i, fetches, c.page.bytes)
				}
			}
		}
		see(1)
		time.Sleep(time.Second)
		next := largeCloud(2)
		cloud.props.Points = next.props.Points
		cloud.ent.SetProps(&cloud.props, wire.PointCloudPropsPoints)
		synctest.Wait()
		see(2)
		if clients[0].fetched != 2 || clients[3].fetched != 2 {
			t.Error("arrays fetched:", clients[0].fetched, clients[3].fetched)
		}
	})
}

// TestArraysOfAStepAreInItsFrame, so that a page shows the step as a whole; they are fetched by pages that come later.
func TestArraysOfAStepAreInItsFrame(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := largeCloud(1)
		addCloud(st.Shared(), "/p", cloud, nil)
		c := fetchingClient(t, st, 0)
		c.next()
		time.Sleep(time.Second)
		st.Together(func() {
			cloud.props.Points = largeCloud(2).props.Points
			cloud.ent.SetProps(&cloud.props, wire.PointCloudPropsPoints)
			addCloud(st.Shared(), "/q", largeCloud(3), nil)
		})
		synctest.Wait()
		if ids := c.blobs(); len(ids) > 0 || c.page.bytes < 2000 {
			t.Errorf("%d arrays of the step are fetched, its frame has %d bytes", len(ids), c.page.bytes)
		}
		if ids := fetchingClient(t, st, 1).blobs(); len(ids) != 2 {
			t.Errorf("a client that comes later fetches %d arrays, want 2", len(ids))
		}
		time.Sleep(time.Second)
		cloud.props.Points = largeCloud(4).props.Points
		cloud.ent.SetProps(&cloud.props, wire.PointCloudPropsPoints)
		synctest.Wait()
		if ids := c.blobs(); len(ids) != 1 {
			t.Errorf("%d arrays are fetched after the step, want 1", len(ids))
		}
	})
}

// TestEqualArraysAreOneBlob: of two nodes, of which one is removed.
func TestEqualArraysAreOneBlob(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		a, b := largeCloud(1), largeCloud(1)
		addCloud(st.Shared(), "/p", a, nil)
		addCloud(st.Shared(), "/q", b, nil)
		ids := fetchingClient(t, st, 0).blobs()
		if len(ids) != 2 || ids[0] != ids[1] {
			t.Fatalf("equal arrays have the IDs %q", ids)
		}
		a.ent.Remove()
		runtime.GC()
		if st.Blobs().Get(ids[0]) == nil {
			t.Error("the array of the node that is left is gone")
		}
		b.ent.Remove()
		synctest.Wait()
		runtime.GC()
		if st.Blobs().Get(ids[0]) != nil {
			t.Error("the array of removed nodes is still there")
		}
	})
}

// TestReplacedArraysAreForgotten, except the base of partial changes, for a while.
func TestReplacedArraysAreForgotten(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := largeCloud(1)
		addCloud(st.Shared(), "/p", cloud, nil)
		c := fetchingClient(t, st, 0)
		first := c.blobs()[0]
		time.Sleep(time.Second)
		cloud.props.Points = largeCloud(2).props.Points
		cloud.ent.SetProps(&cloud.props, wire.PointCloudPropsPoints)
		synctest.Wait()
		second := c.blobs()[0]
		runtime.GC()
		if st.Blobs().Get(first) != nil {
			t.Error("the replaced array is still there")
		}
		data := bytes.Repeat([]byte{3}, 120_000)
		cloud.ent.Patch(state.Patch{Prop: wire.PointCloudPropsPoints, Array: &cloud.props.Points, Data: data, Total: len(data)})
		runtime.GC()
		if b := st.Blobs().Get(second); b == nil || b.Data[0] != 2 {
			t.Error("the base of the changes is gone, or has changed")
		}
		synctest.Wait()
		if ids := c.blobs(); len(ids) > 0 {
			t.Error("an array that changes in part is fetched:", ids)
		}
		for i := range 10 { // the last published windows are kept, with their arrays
			time.Sleep(6 * time.Second)
			cloud.ent.SetPosition([3]float64{float64(i)})
		}
		synctest.Wait()
		runtime.GC()
		if st.Blobs().Get(second) != nil {
			t.Error("the base of the changes is still there after a minute")
		}
	})
}

// TestPosesAreNotFetched: packed poses of many nodes are large arrays, but values of no property.
func TestPosesAreNotFetched(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		for i := range 10_000 {
			addFrame(st.Shared(), "/"+string(rune('a'+i%26))+time.Duration(i).String(), &wire.FrameProps{}, nil).SetPosition([3]float64{float64(i)})
		}
		c := fetchingClient(t, st, 0)
		for !c.ready {
			c.next()
		}
		if c.fetched > 0 {
			t.Errorf("%d arrays were fetched", c.fetched)
		}
	})
}

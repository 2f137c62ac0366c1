package state_test

import (
	"bytes"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// hundredThousand is a cloud of so many points, all zero, in one color.
func hundredThousand(st *state.Store) *modelCloud {
	c := &modelCloud{props: wire.PointCloudProps{
		Points: wire.Float32s(make([]float32, 300_000)), Colors: wire.Uint8s([]byte{1, 2, 3}),
	}}
	addCloud(st.Shared(), "/p", c, nil)
	return c
}

// write changes n points from the given index on, and appends those beyond the end.
func (c *modelCloud) write(point, n int, b byte) {
	c.ent.Patch(state.Patch{Prop: wire.PointCloudPropsPoints, Array: &c.props.Points, Offset: 12 * point,
		Data: bytes.Repeat([]byte{b}, 12*n), Total: max(c.props.Points.Len()*4, 12*(point+n))})
}

// same reports whether the client has the current points.
func (c *modelCloud) same(t *testing.T, who *client) {
	t.Helper()
	if got := who.clouds["|/p"].arrays[0]; !got.Equal(c.props.Points) {
		t.Errorf("the client sees other points: %d numbers, not %d", got.Len(), c.props.Points.Len())
	}
}

// TestPatchBeforeTheOwnerReplacesTheArray: the owner of an array replaces it under its own lock, before it tells the
// store. A window that is made in between has the array that was patched.
func TestPatchBeforeTheOwnerReplacesTheArray(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := hundredThousand(st)
		extended := connect(t, st, 0, wire.Extended)
		extended.next()
		cloud.write(5, 1, 1)
		patched := cloud.props.Points
		cloud.props.Points = wire.Float32s(make([]float32, 3))
		synctest.Wait()
		extended.next()
		if got := extended.clouds["|/p"].arrays[0]; !got.Equal(patched) {
			t.Errorf("the client sees %d numbers, not the %d of the patched array", got.Len(), patched.Len())
		}
	})
}

// TestPatchSendsThePatch checks what is sent for a partial change: the part to extended
// clients, the whole to plain ones, and the whole current value to late ones.
func TestPatchSendsThePatch(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := hundredThousand(st)
		extended, plain := connect(t, st, 0, wire.Extended), connect(t, st, 1, wire.Plain)
		extended.next()
		plain.next()
		for i, p := range []struct{ point, n, most int }{{500, 1000, 12_500}, {100_000, 10, 500}, {0, 1, 500}} {
			time.Sleep(time.Second)
			cloud.write(p.point, p.n, byte(i+1))
			synctest.Wait()
			extended.next()
			plain.next()
			if extended.bytes > p.most {
				t.Errorf("a change of %d points took %d bytes", p.n, extended.bytes)
			}
			if plain.bytes < 1_200_000 || plain.patches != 0 {
				t.Errorf("a plain page was sent %d bytes and %d patches", plain.bytes, plain.patches)
			}
			cloud.same(t, extended)
			cloud.same(t, plain)
		}
		late := connect(t, st, 2, wire.Extended)
		late.next()
		cloud.same(t, late)
	})
}

// TestPatchForASlowClient checks what a page is sent that has not read for a while: the
// parts that changed, each once and together, and never more than the whole.
func TestPatchForASlowClient(t *testing.T) {
	for _, c := range []struct {
		changes, points, most int
	}{
		{3, 100, 3 * 1300},             // each as it was
		{90, 4, 2 * 65_600},            // more than the log holds: the pages they are in
		{90, 20_000, 1_200_000 + 2000}, // more than all: the whole
	} {
		t.Run(fmt.Sprint(c.changes, " of ", c.points), func(t *testing.T) {
			run(t, func(t *testing.T, st *state.Store) {
				cloud := hundredThousand(st)
				slow := connect(t, st, 0, wire.Extended)
				slow.next()
				for i := range c.changes {
					for range 3 { // often in the same place
						cloud.write(50*i, c.points, byte(i+1))
						time.Sleep(window)
					}
				}
				synctest.Wait()
				slow.next()
				if slow.bytes > c.most {
					t.Errorf("the page was sent %d bytes; want %d at most", slow.bytes, c.most)
				}
				cloud.same(t, slow)
				slow.none(time.Second)
			})
		})
	}
}

// TestPatchAfterWhole checks that a client that has not received the whole array
// receives no parts of it.
func TestPatchAfterWhole(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := hundredThousand(st)
		c := connect(t, st, 0, wire.Extended)
		c.next()
		cloud.props.Points = wire.Float32s(make([]float32, 3000))
		st.Shared().Hold() // or a window may be published in between
		cloud.ent.SetProps(&cloud.props, wire.PointCloudPropsPoints)
		cloud.write(10, 10, 7)
		st.Shared().Release()
		synctest.Wait()
		c.within(window)
		if c.patches != 0 {
			t.Error("the page was sent a part of what it has not seen")
		}
		cloud.same(t, c)
		cloud.write(20, 10, 8)
		synctest.Wait()
		c.within(window)
		if c.patches != 1 {
			t.Errorf("the page was sent %d parts; want 1", c.patches)
		}
		cloud.same(t, c)
	})
}

// TestPatchOfRemovedEntities checks that the owner of a removed entity still has its array.
func TestPatchOfRemovedEntities(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := hundredThousand(st)
		cloud.write(0, 1, 1)
		cloud.ent.Remove()
		cloud.write(1, 1, 2)
		if got, want := cloud.props.Points.Bytes()[:24], append(bytes.Repeat([]byte{1}, 12), bytes.Repeat([]byte{2}, 12)...); !bytes.Equal(got, want) {
			t.Errorf("the points begin with % x", got)
		}
	})
}

// BenchmarkPatch changes 1,000 points of a million, with no page, with a page
// of our dialect and with a plain one.
func BenchmarkPatch(b *testing.B) {
	for _, who := range []string{"alone", "extended", "plain"} {
		b.Run(who, func(b *testing.B) {
			st := state.New(state.Options{})
			defer st.Close()
			cloud := &modelCloud{props: wire.PointCloudProps{Points: wire.Float32s(make([]float32, 3_000_000)), Colors: wire.Uint8s([]byte{1, 2, 3})}}
			addCloud(st.Shared(), "/p", cloud, nil)
			var c *state.Conn
			if who != "alone" {
				var err error
				if c, err = st.Connect(0, map[string]wire.Dialect{"extended": wire.Extended, "plain": wire.Plain}[who]); err != nil {
					b.Fatal(err)
				}
				if _, err := c.Next(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			data := make([]byte, 12_000)
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				cloud.ent.Patch(state.Patch{Prop: wire.PointCloudPropsPoints, Array: &cloud.props.Points,
					Offset: i * 12_000 % 11_000_000, Data: data, Total: 12_000_000})
				if c == nil {
					continue
				}
				st.Shared().Flush()
				if _, err := c.Next(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

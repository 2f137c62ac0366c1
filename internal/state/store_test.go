package state_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var frameKind = state.SceneKind("FrameMessage", new(wire.FrameProps))
var sliderKind = state.GUIKind("GuiSliderMessage", new(wire.GuiSliderProps))

const window = time.Second / 60

func addFrame(sc *state.Scope, name string, props *wire.FrameProps, replaces *state.Entity) *state.Entity {
	return sc.Create(frame(sc, name, props, replaces))
}

func frame(sc *state.Scope, name string, props *wire.FrameProps, replaces *state.Entity) *state.Create {
	return &state.Create{Kind: frameKind, Key: name, Props: props, Replaces: replaces, Head: state.Head(func(e *wire.Encoder) int {
		e.String("name")
		e.String(name)
		e.String("owner")
		e.String(sc.Owner())
		e.String("virtual")
		e.Bool(false)
		return 3
	})}
}

func addSlider(sc *state.Scope, uuid string, v float64) *state.Entity {
	return sc.Create(&state.Create{Kind: sliderKind, Key: uuid, Props: &wire.GuiSliderProps{}, Value: float(v), Head: state.Head(func(e *wire.Encoder) int {
		e.String("uuid")
		e.String(uuid)
		e.String("container_uuid")
		e.String("root")
		return 2
	})})
}

func float(v float64) func(*wire.Encoder) { return func(e *wire.Encoder) { e.Float(v) } }

// A client pulls the frames of a connection into a page.
type client struct {
	*state.Conn
	*page
	t    *testing.T
	line line
}

func connect(t *testing.T, st *state.Store, id int, d wire.Dialect) *client {
	t.Helper()
	c, err := st.Connect(id, d)
	if err != nil {
		t.Fatal(err)
	}
	return &client{Conn: c, page: newPage(), t: t}
}

// next applies the next frame, which must be there without any time passing.
func (c *client) next() { c.within(time.Nanosecond) }

// within applies the next frame, which must be sent after about d.
func (c *client) within(d time.Duration) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), d+time.Microsecond)
	defer cancel()
	f, err := c.Next(ctx)
	if err != nil {
		c.t.Fatalf("no frame within %v: %v", d, err)
	}
	if err := c.apply(f); err != nil {
		c.t.Fatal(err)
	}
}

// none checks that no frame is sent within d.
func (c *client) none(d time.Duration) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), d)
	defer cancel()
	if f, err := c.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		c.t.Fatalf("a frame of %d bytes came; want none (%v)", f.Len(), err)
	}
}

// run runs a test in a bubble with a clock of its own.
func run(t *testing.T, f func(t *testing.T, st *state.Store)) {
	synctest.Test(t, func(t *testing.T) {
		st := state.New(state.Options{})
		defer st.Close()
		f(t, st)
	})
}

func TestJoinIsTheCurrentState(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		sc := st.Shared()
		p := wire.FrameProps{AxesLength: 1}
		a := addFrame(sc, "/a", &p, nil)
		gone := addFrame(sc, "/gone", &p, nil)
		a.SetPosition([3]float64{1, 2, 3})
		p.AxesLength = 7
		a.SetProps(&p, wire.FramePropsAxesLength)
		gone.Remove()
		for _, d := range []wire.Dialect{wire.Plain, wire.Extended} {
			c := connect(t, st, int(d), d)
			c.next()
			if diff := cmp.Diff([]string{"|/a"}, c.names()); diff != "" {
				t.Error(diff)
			}
			n := c.nodes["|/a"]
			if n.props.AxesLength != 7 || n.pos != [3]float64{1, 2, 3} || !c.ready {
				t.Errorf("dialect %d: got %+v, ready %v", d, n, c.ready)
			}
		}
	})
}

func TestLeadingEdgeThenPaced(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		time.Sleep(time.Second)
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		synctest.Wait()
		c.next() // at once after a quiet time
		a.SetPosition([3]float64{1, 0, 0})
		synctest.Wait()
		c.none(3 * time.Millisecond) // then not before the window ends, which is soon with one page
		c.within(2 * time.Millisecond)
		if got := c.nodes["|/a"].pos[0]; got != 1 {
			t.Errorf("position %v; want 1", got)
		}
		c.none(time.Minute) // nothing changed, nothing is sent
	})
}

func TestWindowsAreLongerWithManyClients(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		for i := range 500 {
			connect(t, st, i+1, wire.Extended).next()
		}
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		synctest.Wait()
		c.next()
		a.SetPosition([3]float64{1})
		synctest.Wait()
		c.none(window - time.Millisecond)
		c.within(2 * time.Millisecond) // but never longer than this
	})
}

// TestStepsOfOnePeriodAreNotMerged: a program at the rate of the windows must not drift along them, as it would by the
// time that a window takes.
func TestStepsOfOnePeriodAreNotMerged(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		for i := range 300 { // so that windows are as long as they can be
			connect(t, st, i+1, wire.Extended).next()
		}
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		synctest.Wait()
		c.next()
		const period = window * 98 / 100
		steps := c.steps
		for i := range 300 {
			start := time.Now()
			st.Together(func() {
				a.SetPosition([3]float64{float64(i + 1)})
				time.Sleep(period / 4) // in which no window may end
			})
			c.within(period - period/4)
			time.Sleep(period - time.Since(start))
		}
		if got := c.steps - steps; got != 300 {
			t.Errorf("%d steps of 300", got)
		}
	})
}

func TestResponsesArePublishedAtOnce(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		synctest.Wait()
		c.next()
		time.Sleep(time.Millisecond)
		a.SetPosition([3]float64{1})
		synctest.Wait() // the pacer waits until the window is due
		st.FlushSoon()
		now, cancel := context.WithCancel(t.Context())
		cancel()
		f, err := c.Next(now) // without waiting for another goroutine
		if err != nil {
			t.Fatal(err)
		}
		if err := c.apply(f); err != nil {
			t.Fatal(err)
		}
		if got := c.nodes["|/a"].pos[0]; got != 1 {
			t.Errorf("position %v; want 1", got)
		}
		st.Shared().Hold()
		a.SetPosition([3]float64{2})
		st.FlushSoon()
		c.none(time.Minute) // in a block
		st.Shared().Release()
		synctest.Wait()
		c.next()
	})
}

func TestFlushEndsTheWindow(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		synctest.Wait()
		c.next()
		for i := range 3 {
			a.SetPosition([3]float64{float64(i + 1), 0, 0})
			st.Shared().Flush()
			synctest.Wait()
			c.next()
		}
		c.Scope().SetCell("x", &wire.SetGuiPanelLabelMessage{})
		c.Scope().Flush()
		synctest.Wait()
		c.next()
		if c.nodes["|/a"].pos[0] != 3 || c.cells["SetGuiPanelLabelMessage"] == nil {
			t.Error("what was flushed is not there")
		}
	})
}

func TestFlushSoonDependsOnTheNumberOfClients(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		synctest.Wait()
		c.next()
		a.SetPosition([3]float64{1})
		st.FlushSoon()
		synctest.Wait()
		c.within(time.Millisecond)

		others := make([]*client, 300)
		for i := range others {
			others[i] = connect(t, st, i+1, wire.Extended)
			others[i].next()
		}
		a.SetPosition([3]float64{2})
		st.FlushSoon()
		synctest.Wait()
		c.none(5 * time.Millisecond) // 300 pages share a window
		c.within(window)
	})
}

func TestAtomicIsOneStep(t *testing.T) {
	for _, scope := range []string{"all", "client"} {
		t.Run(scope, func(t *testing.T) {
			run(t, func(t *testing.T, st *state.Store) {
				c, other := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Extended)
				c.next()
				other.next()
				hold := st.Shared()
				if scope == "client" {
					hold = c.Scope()
				}
				hold.Hold()
				hold.Hold() // nests
				for i := range 1000 {
					addFrame(st.Shared(), fmt.Sprintf("/s%d", i), &wire.FrameProps{}, nil)
					addFrame(c.Scope(), fmt.Sprintf("/c%d", i), &wire.FrameProps{}, nil)
					if i%100 == 0 {
						time.Sleep(window)
					}
				}
				st.Shared().Flush() // does not break it
				c.Scope().Flush()
				hold.Release()
				c.none(time.Second)
				hold.Release()
				steps := c.steps
				c.within(window)
				if len(c.nodes) != 2000 || c.steps != steps+1 {
					t.Errorf("%d nodes in %d steps; want 2000 in 1", len(c.nodes), c.steps-steps)
				}
				for len(other.nodes) < 1000 {
					other.within(window)
				}
			})
		})
	}
}

func TestOneOrderOverBothScopes(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Plain)
		c.next()
		var want []string
		for i := range 50 {
			name := fmt.Sprintf("/n%d", i)
			want = append(want, "create "+name)
			switch i % 3 {
			case 0:
				addFrame(st.Shared(), name, &wire.FrameProps{}, nil)
			case 1:
				addFrame(c.Scope(), name, &wire.FrameProps{}, nil)
			case 2:
				want[i] = name
				if err := c.Scope().Send(&wire.LocalStorageSetItemMessage{Key: name}); err != nil {
					t.Fatal(err)
				}
			}
			if i%7 == 0 {
				time.Sleep(window / 3)
			}
		}
		for len(c.events) < len(want) {
			c.within(window)
		}
		if diff := cmp.Diff(want, c.events); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSlowClientReceivesTheLatestWithoutMemory(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		slow, quick := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Plain)
		slow.next()
		quick.next()
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		for i := range 1000 {
			a.SetPosition([3]float64{float64(i), 0, 0})
			quick.within(window)
		}
		steps := slow.steps
		slow.next()
		slow.none(time.Second)
		if slow.steps != steps+1 || slow.nodes["|/a"].pos[0] != 999 {
			t.Errorf("%d steps to %v; want 1 to 999", slow.steps-steps, slow.nodes["|/a"].pos)
		}
		if s := st.Stats(); s.Entities != 1 || s.Tombstones != 0 {
			t.Errorf("%+v", s)
		}
	})
}

// TestNothingIsSentTwice makes windows that begin before what a client was sent in
// a window of its own, and ends in more places than are encoded under the lock.
func TestNothingIsSentTwice(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		var cs []*client
		var boxes []*state.Entity
		for i := range 41 {
			boxes = append(boxes, addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil))
		}
		for i := range 40 {
			c := connect(t, st, i, wire.Dialect(i%2))
			c.next()
			cs = append(cs, c)
		}
		boxes[40].SetPosition([3]float64{2, 0, 0})
		for _, c := range cs {
			c.within(window)
		}
		for i, c := range cs[:len(cs)-1] {
			boxes[i].SetPosition([3]float64{float64(3 + i), 0, 0})
			addFrame(c.Scope(), "/own", &wire.FrameProps{}, nil)
			c.Scope().Flush()
			c.next()
		}
		boxes[40].SetPosition([3]float64{100, 0, 0})
		for i, c := range cs {
			c.within(window)
			c.none(time.Second)
			if len(c.repeats) > 0 {
				t.Errorf("client %d was sent twice: %v", i, c.repeats)
			}
			for k := range 39 {
				if x := c.nodes[fmt.Sprint("|/", k)].pos[0]; x != float64(3+k) {
					t.Errorf("client %d has box %d at %v", i, k, x)
				}
			}
			if x := c.nodes["|/40"].pos[0]; x != 100 {
				t.Errorf("client %d has the last box at %v", i, x)
			}
		}
	})
}

func TestTombstonesAreFreedWhenAllHavePassed(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		slow, quick := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Plain)
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
		slow.next()
		quick.next()
		a.Remove()
		quick.within(window)
		if st.Stats().Tombstones != 1 {
			t.Error("the slow client has not read it yet, but the tombstone is gone")
		}
		for i := range 100 { // no page is sent what was created and removed
			addFrame(st.Shared(), fmt.Sprint("/x", i), &wire.FrameProps{}, nil).Remove()
		}
		slow.within(window)
		b := addFrame(st.Shared(), "/b", &wire.FrameProps{}, nil)
		slow.within(window)
		quick.within(window)
		b.SetPosition([3]float64{1, 1, 1})
		slow.within(window)
		if n := st.Stats().Tombstones; n != 0 {
			t.Errorf("%d tombstones are left", n)
		}
		if slow.removed != 1 || len(slow.nodes) != 1 {
			t.Errorf("removed %d, left %v", slow.removed, slow.names())
		}
	})
}

func TestTooSlowClientIsDisconnected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := state.New(state.Options{MaxTombs: 100})
		defer st.Close()
		slow, quick := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Plain)
		slow.next()
		quick.next()
		for i := range 300 {
			a := addFrame(st.Shared(), fmt.Sprint("/a", i), &wire.FrameProps{}, nil)
			quick.within(window)
			a.Remove()
			quick.within(window)
		}
		_, err := slow.Next(t.Context())
		for err == nil {
			_, err = slow.Next(t.Context())
		}
		if !errors.Is(err, state.ErrTooSlow) {
			t.Errorf("got %v", err)
		}
		slow.Leave()
		quick.Leave()
	})
}

func TestOwnInputIsNotEchoed(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		s := addSlider(st.Shared(), "s", 1)
		sender, receiver := connect(t, st, 0, wire.Extended), connect(t, st, 1, wire.Extended)
		sender.next()
		receiver.next()
		s.SetValue(0, float(5))
		receiver.within(window)
		sender.none(time.Second)
		if receiver.values["s"] != 5.0 || sender.values["s"] != 1.0 {
			t.Errorf("receiver %v, sender %v", receiver.values["s"], sender.values["s"])
		}
		s.SetValue(0, float(6))
		s.SetValue(state.NoClient, float(7)) // a value set by the program is sent to all
		sender.within(window)
		receiver.within(window)
		if receiver.values["s"] != 7.0 || sender.values["s"] != 7.0 {
			t.Errorf("receiver %v, sender %v", receiver.values["s"], sender.values["s"])
		}
		late := connect(t, st, 2, wire.Extended)
		late.next()
		if late.values["s"] != 7.0 {
			t.Errorf("late %v", late.values["s"])
		}
	})
}

func TestClientScopeIsPrivateAndEndsWithTheClient(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c, other := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Plain)
		c.next()
		other.next()
		n := addFrame(c.Scope(), "/mine", &wire.FrameProps{}, nil)
		c.within(window)
		other.none(time.Second)
		if len(c.nodes) != 1 {
			t.Errorf("%v", c.names())
		}
		c.Leave()
		c.Leave()
		if n.SetPosition([3]float64{1, 1, 1}) {
			t.Error("the node outlived its client")
		}
		if err := c.Scope().Send(&wire.LocalStorageClearMessage{}); !errors.Is(err, state.ErrClosed) {
			t.Errorf("got %v", err)
		}
		if _, err := c.Next(t.Context()); !errors.Is(err, state.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
}

// TestNodeIsCreatedInItsPlace: what a node begins with is one change with its creation, and values that it gets in the
// same window are the newer ones.
func TestNodeIsCreatedInItsPlace(t *testing.T) {
	for name, d := range map[string]wire.Dialect{"plain": wire.Plain, "packed": wire.Extended} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, st *state.Store) {
				c := connect(t, st, 0, d)
				c.next()
				before := st.Stats().Sequence
				var nodes []*state.Entity
				st.Together(func() {
					for i := range 6 { // enough for poses to be packed
						create := frame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
						create.Place = state.Place{WXYZ: [4]float64{0, 1, 0, 0}, Position: [3]float64{float64(i), 1, 1}}
						create.Placed = true
						nodes = append(nodes, st.Shared().Create(create))
					}
					if changes := st.Stats().Sequence - before; changes != 6 {
						t.Errorf("%d changes for 6 nodes", changes)
					}
					nodes[0].SetPosition([3]float64{9, 9, 9})
					nodes[1].SetVisible(true)
				})
				c.within(window)
				late := connect(t, st, 1, d)
				late.next()
				for _, page := range []*client{c, late} {
					for i := range nodes {
						want := pageNode{wxyz: [4]float64{0, 1, 0, 0}, pos: [3]float64{float64(i), 1, 1}, visible: i == 1}
						if i == 0 {
							want.pos = [3]float64{9, 9, 9}
						}
						if got := page.nodes[fmt.Sprint("|/", i)]; got.wxyz != want.wxyz || got.pos != want.pos || got.visible != want.visible {
							t.Errorf("node %d is %+v, want %+v", i, got, want)
						}
					}
				}
			})
		})
	}
}

func TestReplacedNodeIsCreatedNotRemoved(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		a := addFrame(st.Shared(), "/a", &wire.FrameProps{AxesLength: 1}, nil)
		c := connect(t, st, 0, wire.Extended)
		a.SetPosition([3]float64{1, 1, 1})
		c.next()
		b := frame(st.Shared(), "/a", &wire.FrameProps{AxesLength: 2}, a)
		b.Place, b.Placed = state.Place{WXYZ: [4]float64{1, 0, 0, 0}, Visible: true}, true
		st.Shared().Create(b)
		c.within(window)
		if n := c.nodes["|/a"]; n.props.AxesLength != 2 || n.pos != [3]float64{} || c.removed != 0 {
			t.Errorf("%+v, removed %d", n, c.removed)
		}
		if a.SetPosition([3]float64{9, 9, 9}) {
			t.Error("the replaced node can still be moved")
		}
	})
}

func TestEventQueueIsBounded(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Plain)
		n := 0
		for ; n < 1e6; n++ {
			if err := c.Scope().Send(&wire.LocalStorageSetItemMessage{Key: "k"}); err != nil {
				if !errors.Is(err, state.ErrQueueFull) {
					t.Fatal(err)
				}
				break
			}
		}
		if n == 0 || n > 10_000 {
			t.Errorf("%d events fit", n)
		}
		big := make([]byte, 40<<20)
		d := connect(t, st, 1, wire.Plain)
		if err := d.Scope().Send(&wire.FileTransferPart{Content: big}); err != nil {
			t.Fatal(err)
		}
		if err := d.Scope().Send(&wire.FileTransferPart{Content: big}); !errors.Is(err, state.ErrQueueFull) {
			t.Errorf("got %v", err)
		}
	})
}

// A parts stream returns n messages and records that it was closed.
type parts struct{ given, n, closed int }

func (p *parts) Next() wire.Message {
	if p.given == p.n {
		return nil
	}
	p.given++
	return &wire.FileTransferPart{PartIndex: p.given - 1, Content: []byte{1}}
}
func (p *parts) Close() { p.closed++ }

func TestStreamIsPulledAsTheClientReads(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Plain)
		c.next()
		p := &parts{n: 5}
		if err := c.Scope().SendStream(&wire.FileTransferStartDownload{PartCount: 5}, p); err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			c.within(window)
			if p.given > i+2 {
				t.Errorf("%d parts were read for %d frames", p.given, i+1)
			}
			addFrame(st.Shared(), fmt.Sprint("/n", i), &wire.FrameProps{}, nil)
		}
		for p.closed == 0 {
			c.within(window)
		}
		if len(c.nodes) != 5 || p.closed != 1 {
			t.Errorf("%d nodes beside the stream, closed %d times", len(c.nodes), p.closed)
		}
		q := &parts{n: 5}
		if err := c.Scope().SendStream(&wire.FileTransferStartDownload{PartCount: 5}, q); err != nil {
			t.Fatal(err)
		}
		c.Leave()
		if q.closed != 1 {
			t.Errorf("a stream whose client left was closed %d times", q.closed)
		}
	})
}

func TestLargeJoinComesInPieces(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		for i := range 20_000 {
			addFrame(st.Shared(), fmt.Sprint("/n", i), &wire.FrameProps{}, nil).SetPosition([3]float64{float64(i), 1e6, 0.1})
		}
		c := connect(t, st, 0, wire.Extended)
		for !c.ready {
			c.next()
			if c.steps == 2 { // what happens meanwhile is not lost
				addFrame(st.Shared(), "/late", &wire.FrameProps{}, nil)
			}
		}
		c.within(window)
		if c.steps < 4 || len(c.nodes) != 20_001 {
			t.Errorf("%d nodes in %d pieces", len(c.nodes), c.steps)
		}
		if got := c.nodes["|/n19999"].pos; got != [3]float64{19999, 1e6, 0.1} {
			t.Errorf("position %v: far from the origin, float32 is not enough", got)
		}
	})
}

func TestJoinWhileAnEntityMovesInTheList(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		var last *state.Entity
		for i := range 20_000 {
			last = addFrame(st.Shared(), fmt.Sprint("/n", i), &wire.FrameProps{}, nil)
			last.SetPosition([3]float64{1, 2, 0.5})
		}
		c := connect(t, st, 0, wire.Extended)
		c.next()
		far := [3]float64{1e6 + 0.1, 2, 0.5} // too precise for the arrays of a join that began without it
		last.SetPosition(far)
		for !c.ready {
			c.next()
		}
		c.within(window)
		if got := c.nodes["|/n19999"].pos; got != far {
			t.Errorf("the node is at %v, want %v", got, far)
		}
		if got := c.nodes["|/n0"].pos; got != [3]float64{1, 2, 0.5} {
			t.Errorf("a node that stayed is at %v", got)
		}
	})
}

func TestCloseWakesAllWaiters(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.next()
		done := make(chan error)
		go func() {
			_, err := c.Next(t.Context())
			done <- err
		}()
		synctest.Wait()
		st.Close()
		if err := <-done; !errors.Is(err, state.ErrClosed) {
			t.Errorf("got %v", err)
		}
		if _, err := st.Connect(1, wire.Plain); !errors.Is(err, state.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
}

// TestLargeWindowsAreNotKept replaces a large array: a page that is behind is sent the last one only, and the store
// keeps no window with the others.
func TestLargeWindowsAreNotKept(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		slow, quick := connect(t, st, 0, wire.Extended), connect(t, st, 1, wire.Extended)
		slow.next()
		quick.next()
		cloud := &modelCloud{props: wire.PointCloudProps{Colors: wire.Array{DType: "|u1"}}}
		for range 3 {
			cloud.props.Points = wire.Array{DType: wire.Float32, Data: make([]byte, 12<<20)}
			if cloud.ent == nil {
				addCloud(st.Shared(), "/cloud", cloud, nil)
			} else {
				cloud.ent.SetProps(&cloud.props, wire.PointCloudPropsPoints)
			}
			quick.within(window)
		}
		steps := slow.steps
		slow.next()
		slow.none(time.Second)
		if slow.steps != steps+1 || slow.bytes > 13<<20 {
			t.Errorf("%d frames, the last one of %d bytes; want one with one array", slow.steps-steps, slow.bytes)
		}
	})
}

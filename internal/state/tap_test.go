package state_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A tapped is a tap with two pages that apply what it gives out, one of each dialect.
type tapped struct {
	*state.Tap
	owner   string // of the client as which it sees
	pages   [wire.Dialects]*page
	types   []string // of the messages of the last step, poses included
	to      []state.Audience
	failed  error
	builder [wire.Dialects]wire.FrameBuilder
}

func tap(t interface{ Fatal(...any) }, st *state.Store, sc *state.Scope) *tapped {
	x := &tapped{Tap: st.Tap(sc, true)}
	if x.Tap == nil {
		t.Fatal("the store is closed")
	}
	if sc != nil {
		x.owner = sc.Owner()
	}
	for d := range x.pages {
		x.pages[d] = newPage()
	}
	return x
}

func (x *tapped) Message(to state.Audience, m wire.RawMessage) {
	x.types, x.to = append(x.types, m.Type), append(x.to, to)
	info, known := wire.Infos[m.Type]
	if !known {
		x.failed = fmt.Errorf("a message of type %q", m.Type)
	}
	if to != state.PlainOnly {
		x.builder[wire.Extended].Message(m.B, m.Refs)
	}
	if to != state.ExtendedOnly && !info.Extension {
		x.builder[wire.Plain].Message(m.B, m.Refs)
	}
}

func (x *tapped) Pose(p *state.Pose) {
	var e wire.Encoder
	if p.Orientation {
		x.types = append(x.types, "orientation "+p.Name)
		e.SetOrientation(p.Name, p.Owner, p.V)
	} else {
		x.types = append(x.types, "position "+p.Name)
		e.SetPosition(p.Name, p.Owner, [3]float64(p.V[:3]))
	}
	x.to = append(x.to, state.Everyone)
	for d := range x.builder {
		x.builder[d].Message(e.B, nil)
	}
}

// apply lets the pages apply a step.
func (x *tapped) apply(s *state.Step) error {
	x.types, x.to = nil, nil
	if s == nil {
		return nil
	}
	s.Write(x)
	for d := range x.pages {
		err := x.pages[d].apply(x.builder[d].Finish(0))
		x.builder[d].Reset()
		if err != nil {
			return fmt.Errorf("dialect %v: %w", d, err)
		}
	}
	return x.failed
}

// next applies the next step.
func (x *tapped) next(t *testing.T) {
	t.Helper()
	s, err := x.Next(t.Context())
	if err == nil {
		err = x.apply(s)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// now applies what Now returns.
func (x *tapped) now(t *testing.T, whole bool) {
	t.Helper()
	s, err := x.Now(whole)
	if err == nil {
		err = x.apply(s)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) tap() {
	if len(w.taps) < 3 {
		var sc *state.Scope
		if len(w.clients) > 0 && rapid.Bool().Draw(w.t, "as a client") {
			sc = w.client().Scope()
		}
		w.taps = append(w.taps, tap(w.t, w.st, sc))
	}
}

// readTap lets a tap give out what there is, in one of the ways that there are.
func (w *world) readTap() {
	if len(w.taps) == 0 {
		return
	}
	x := rapid.SampledFrom(w.taps).Draw(w.t, "tap")
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	var s *state.Step
	var err error
	switch rapid.IntRange(0, 3).Draw(w.t, "how") {
	case 0:
		s, err = x.Now(rapid.Bool().Draw(w.t, "whole"))
	case 1:
		s, err = x.Settle(ctx)
	default:
		s, err = x.Next(ctx)
	}
	if s != nil && err != nil {
		w.t.Fatalf("a step and an error: %v", err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return
	}
	if errors.Is(err, state.ErrClosed) { // the client has left
		w.taps = slices.DeleteFunc(w.taps, func(y *tapped) bool { return x == y })
		x.Close()
		return
	}
	if err == nil {
		err = x.apply(s)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) checkTaps() {
	for _, x := range w.taps {
		s, err := x.Settle(context.Background())
		if errors.Is(err, state.ErrClosed) || x.owner != "" && w.clients[number(x.owner)] == nil {
			continue
		}
		if err == nil {
			err = x.apply(s)
		}
		if err != nil {
			w.t.Fatal(err)
		}
		for _, p := range x.pages {
			w.checkPage(x.owner, p)
			if len(p.repeats) > 0 {
				w.t.Fatalf("a tap gave out twice: %v", p.repeats)
			}
		}
		x.Close()
	}
	if n := w.st.Stats().Connections; n != len(w.clients) {
		w.t.Fatalf("taps count: %d connections", n)
	}
}

func number(s string) (n int) {
	_, _ = fmt.Sscan(s, &n)
	return n
}

// TestTapBeginsWithTheState checks the first step, and that changes follow.
func TestTapBeginsWithTheState(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		p := wire.FrameProps{AxesLength: 1}
		a := addFrame(st.Shared(), "/a", &p, nil)
		a.SetPosition([3]float64{1, 2, 3})
		st.Shared().SetCell("theme", &wire.ThemeConfigurationMessage{DarkMode: true})
		x := tap(t, st, nil)
		defer x.Close()
		x.next(t)
		if diff := cmp.Diff([]string{"FrameMessage", "position /a", "ThemeConfigurationMessage"}, x.types); diff != "" {
			t.Error(diff)
		}
		start := time.Now()
		a.SetPosition([3]float64{4, 5, 6})
		time.AfterFunc(time.Millisecond, func() { a.SetVisible(false) })
		time.AfterFunc(time.Second, func() { a.Remove() })
		x.next(t)
		if diff := cmp.Diff([]string{"position /a", "SetSceneNodeVisibilityMessage"}, x.types); diff != "" {
			t.Errorf("changes that are made within a short time are not one step: %s", diff)
		}
		if d := time.Since(start); d > 20*time.Millisecond {
			t.Errorf("the step took %v", d)
		}
		x.next(t)
		if diff := cmp.Diff([]string{"RemoveSceneNodeMessage"}, x.types); diff != "" {
			t.Error(diff)
		}
		if n := len(x.pages[wire.Plain].nodes); n != 0 {
			t.Errorf("%d nodes are left", n)
		}
	})
}

// TestTapHasWholeBlocks: a step never has a part of a block of Atomic, and blocks that follow each other without a pause
// do not keep steps from being taken.
func TestTapHasWholeBlocks(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		a, b := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil), addFrame(st.Shared(), "/b", &wire.FrameProps{}, nil)
		x := tap(t, st, nil)
		defer x.Close()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := 1.0; ctx.Err() == nil; i++ {
				st.Together(func() {
					a.SetPosition([3]float64{i})
					time.Sleep(3 * time.Millisecond)
					b.SetPosition([3]float64{i})
				})
			}
		}()
		start, last := time.Now(), -1.0
		for range 50 {
			x.next(t)
			n := x.pages[wire.Extended].nodes
			if n["|/a"].pos != n["|/b"].pos || n["|/a"].pos[0] == last {
				t.Fatalf("a is at %v, b at %v, before at %v", n["|/a"].pos, n["|/b"].pos, last)
			}
			last = n["|/a"].pos[0]
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("50 steps took %v", d)
		}
		cancel()
		<-done
	})
}

// TestTapSeesWhatAClientSees checks the scope of a client, its block of Atomic, the values that it has set itself and
// thus is not sent, and its end.
func TestTapSeesWhatAClientSees(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c, other := connect(t, st, 0, wire.Extended), connect(t, st, 1, wire.Plain)
		slider := addSlider(st.Shared(), "s", 1)
		gizmo := addFrame(st.Shared(), "/gizmo", &wire.FrameProps{}, nil)
		own := addFrame(c.Scope(), "/own", &wire.FrameProps{}, nil)
		addFrame(other.Scope(), "/of another", &wire.FrameProps{}, nil)
		x := tap(t, st, c.Scope())
		defer x.Close()
		x.next(t)
		if diff := cmp.Diff([]string{"0|/own", "|/gizmo"}, x.pages[wire.Extended].names()); diff != "" {
			t.Error(diff)
		}
		slider.SetValue(0, float(7))
		gizmo.SetPoseBy(0, [4]float64{0, 1, 0, 0}, [3]float64{1, 2, 3})
		x.next(t)
		p := x.pages[wire.Extended]
		if p.values["s"] != 7.0 || p.nodes["|/gizmo"].pos != [3]float64{1, 2, 3} {
			t.Errorf("what the client has set is %v and %v", p.values["s"], p.nodes["|/gizmo"].pos)
		}
		c.Scope().Hold()
		own.SetPosition([3]float64{1})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		if _, err := x.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a step during a block of the client's: %v", err)
		}
		cancel()
		c.Scope().Release()
		x.next(t)
		own.SetPosition([3]float64{2})
		c.Leave()
		x.next(t)
		if got := p.nodes["0|/own"].pos[0]; got != 2 {
			t.Errorf("the last change of a client that left is lost: %v", got)
		}
		if _, err := x.Next(t.Context()); !errors.Is(err, state.ErrClosed) {
			t.Errorf("after the client has left: %v", err)
		}
		if st.Tap(c.Scope(), true) != nil {
			t.Error("there is a tap of a client that has left")
		}
	})
}

// TestTapPatches checks what there is of an array that changes often: each change for pages of our dialect, and the
// whole for others, at a limited rate and after the last change.
func TestTapPatches(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := hundredThousand(st)
		x := tap(t, st, nil)
		defer x.Close()
		x.next(t)
		start := time.Now()
		counts := map[string]int{}
		for i := range 100 { // 2 s
			cloud.write(i, 1, byte(i))
			x.next(t)
			for _, typ := range x.types {
				counts[typ]++
			}
			if got := x.pages[wire.Extended].clouds["|/p"].arrays[0]; !got.Equal(cloud.props.Points) {
				t.Fatalf("change %d is not there", i)
			}
			if n := x.pages[wire.Extended].bytes; n > 600 {
				t.Fatalf("change %d of one point took %d bytes", i, n)
			}
			time.Sleep(time.Until(start.Add(time.Duration(i) * 20 * time.Millisecond)))
		}
		if n := counts["SceneNodePatchMessage"]; n != 100 {
			t.Errorf("%d partial changes; want 100", n)
		}
		if n := counts["SceneNodeUpdateMessage"]; n < 3 || n > 5 {
			t.Errorf("%d whole arrays in two seconds; want 4", n)
		}
		if x.pages[wire.Plain].patches != 0 {
			t.Error("pages of the plain dialect got patches")
		}
		if got := x.pages[wire.Plain].clouds["|/p"].arrays[0]; got.Equal(cloud.props.Points) {
			t.Error("the last change is there at once: the test is wrong")
		}
		x.next(t)
		if got := x.pages[wire.Plain].clouds["|/p"].arrays[0]; !got.Equal(cloud.props.Points) {
			t.Error("the last change is not there for pages of the plain dialect")
		}
		if diff := cmp.Diff([]string{"SceneNodeUpdateMessage"}, x.types); diff != "" || x.to[0] != state.PlainOnly {
			t.Errorf("the last step: %s for %v", diff, x.to)
		}
		cloud.write(5, 1, 200)
		x.now(t, false)
		x.now(t, true)
		if got := x.pages[wire.Plain].clouds["|/p"].arrays[0]; !got.Equal(cloud.props.Points) {
			t.Error("Now(true) does not give out the whole array")
		}
	})
}

// TestTapKeepsItsPatches: while a step waits to be written, the array changes further.
func TestTapKeepsItsPatches(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		cloud := hundredThousand(st)
		x := tap(t, st, nil)
		defer x.Close()
		x.now(t, false)
		cloud.write(5, 10_000, 1)
		first, err := x.Now(true)
		if err != nil {
			t.Fatal(err)
		}
		want := cloud.props.Points.Bytes()
		cloud.write(5, 10_000, 2)
		if err := x.apply(first); err != nil {
			t.Fatal(err)
		}
		for d, p := range x.pages {
			if got := p.clouds["|/p"].arrays[0]; !got.Equal(wire.Array{DType: wire.Float32, Data: want}) {
				t.Errorf("dialect %v: a step changed after it was taken", d)
			}
		}
	})
}

var meshKind = state.SceneKind("MeshMessage", new(wire.MeshProps))

// TestTapHasBothForms: a node with properties that only our dialect has is given out once for each dialect, and a
// message only to whom it is for.
func TestTapHasBothForms(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		props := &wire.MeshProps{}
		mesh := st.Shared().Create(&state.Create{Kind: meshKind, Key: "/m", Props: props, Head: state.Head(func(e *wire.Encoder) int {
			e.String("name")
			e.String("/m")
			return 1
		})})
		st.Shared().SetPlainCell("p", &wire.RunJavascriptMessage{})
		st.Shared().SetExtendedCell("e", &wire.SetToneMappingMessage{})
		x := tap(t, st, nil)
		defer x.Close()
		x.now(t, false)
		both := []state.Audience{state.PlainOnly, state.ExtendedOnly}
		if diff := cmp.Diff([]string{"MeshMessage", "MeshMessage", "RunJavascriptMessage", "SetToneMappingMessage"}, x.types); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(append(both, both...), x.to); diff != "" {
			t.Error(diff)
		}
		mesh.SetProps(props, wire.MeshPropsTexture)
		s, err := x.Now(false)
		if err != nil {
			t.Fatal(err)
		}
		x.to = nil
		s.Write(x)
		if diff := cmp.Diff(both[1:], x.to); diff != "" {
			t.Errorf("of a property that only our dialect has: %s", diff)
		}
		mine := st.Tap(nil, false)
		defer mine.Close()
		if s, err = mine.Now(false); err != nil {
			t.Fatal(err)
		}
		x.types = nil
		s.Write(x)
		if diff := cmp.Diff([]string{"MeshMessage", "SetToneMappingMessage"}, x.types); diff != "" {
			t.Errorf("of a tap for our dialect only: %s", diff)
		}
	})
}

// TestTapThatFallsBehind: removals that a tap has not given out are kept for it, up to a bound. What came and went
// meanwhile is not.
func TestTapThatFallsBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		st := state.New(state.Options{MaxTombs: 10})
		defer st.Close()
		c := connect(t, st, 0, wire.Extended)
		nodes := make([]*state.Entity, 12)
		for i := range nodes {
			nodes[i] = addFrame(st.Shared(), fmt.Sprint("/", i), &wire.FrameProps{}, nil)
		}
		x := tap(t, st, nil)
		x.now(t, false)
		c.next()
		pass := func() {
			time.Sleep(window)
			synctest.Wait()
			c.next()
		}
		for i := range 100 {
			e := addFrame(st.Shared(), fmt.Sprint("/short ", i), &wire.FrameProps{}, nil)
			pass()
			e.Remove()
			pass()
		}
		nodes[0].Remove()
		pass()
		x.now(t, false)
		if diff := cmp.Diff([]string{"RemoveSceneNodeMessage"}, x.types); diff != "" {
			t.Error(diff)
		}
		for _, n := range nodes[1:] {
			n.Remove()
			pass()
		}
		if _, err := x.Now(false); !errors.Is(err, state.ErrTooSlow) {
			t.Errorf("too many removals: %v", err)
		}
		x.Close()
		if n := st.Stats().Tombstones; n != 0 {
			t.Errorf("%d tombstones are left", n)
		}
	})
}

// TestTapCosts: with a tap, setters do not allocate, and without one there is nothing of it.
func TestTapCosts(t *testing.T) {
	st := state.New(state.Options{})
	defer st.Close()
	n := addFrame(st.Shared(), "/a", &wire.FrameProps{}, nil)
	x := tap(t, st, nil)
	defer x.Close()
	x.now(t, false)
	v := 0.0
	if allocs := testing.AllocsPerRun(1000, func() { v++; n.SetPosition([3]float64{v}) }); allocs != 0 {
		t.Errorf("a setter allocates %v times", allocs)
	}
}

// TestTapEndsWithItsStore checks that who waits is woken.
func TestTapEndsWithItsStore(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		x, y := tap(t, st, nil), tap(t, st, nil)
		x.next(t)
		y.next(t)
		time.AfterFunc(time.Second, st.Close)
		time.AfterFunc(time.Millisecond, y.Close)
		for _, z := range []*tapped{x, y} {
			if _, err := z.Next(t.Context()); !errors.Is(err, state.ErrClosed) {
				t.Errorf("got %v", err)
			}
		}
		if st.Tap(nil, true) != nil {
			t.Error("there is a tap of a closed store")
		}
	})
}

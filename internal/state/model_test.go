package state_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A world is a store, clients that read from it at their own pace, and the expected
// final state of each of them.
type world struct {
	t       *rapid.T
	st      *state.Store
	clients map[int]*client
	lastID  int
	nodes   map[string]*modelNode // by owner and name
	values  map[string]float64    // sliders of the shared scope
	sliders map[string]*state.Entity
	clouds  map[string]*modelCloud // by owner and name
	held    []*state.Scope
	taps    []*tapped
	last    float64 // of the values that fresh returns
}

// fresh returns a value that nothing has had before, so that a page that receives
// it again was sent it twice.
func (w *world) fresh() float64 {
	w.last++
	return w.last + 1
}

type modelNode struct {
	ent   *state.Entity
	scope *state.Scope
	name  string
	pageNode
}

func (w *world) scope() *state.Scope {
	if len(w.clients) > 0 && rapid.IntRange(0, 3).Draw(w.t, "own") == 0 {
		return w.client().Scope()
	}
	return w.st.Shared()
}

func (w *world) client() *client {
	ids := slices.Sorted(maps.Keys(w.clients))
	return w.clients[rapid.SampledFrom(ids).Draw(w.t, "client")]
}

func (w *world) node() *modelNode {
	if len(w.nodes) == 0 {
		return nil
	}
	return w.nodes[rapid.SampledFrom(slices.Sorted(maps.Keys(w.nodes))).Draw(w.t, "node")]
}

func (w *world) join() {
	if len(w.clients) == 5 {
		return
	}
	d := rapid.SampledFrom([]wire.Dialect{wire.Plain, wire.Extended}).Draw(w.t, "dialect")
	c, err := w.st.Connect(w.lastID, d)
	if err != nil {
		w.t.Fatal(err)
	}
	w.clients[w.lastID] = &client{Conn: c, page: newPage()}
	if d != wire.Plain && rapid.Bool().Draw(w.t, "can continue") {
		w.clients[w.lastID].resumable()
	}
	if d != wire.Plain && rapid.Bool().Draw(w.t, "fetches") {
		w.clients[w.lastID].fetches(w.st)
	}
	w.lastID++
}

func (w *world) leave() {
	if len(w.clients) < 2 {
		return
	}
	c := w.client()
	for id, x := range w.clients {
		if x == c {
			delete(w.clients, id)
		}
	}
	for k, n := range w.nodes {
		if n.scope == c.Scope() {
			delete(w.nodes, k)
		}
	}
	for k, n := range w.clouds {
		if n.scope == c.Scope() {
			delete(w.clouds, k)
		}
	}
	w.held = slices.DeleteFunc(w.held, func(s *state.Scope) bool { return s == c.Scope() })
	c.Leave()
}

func (w *world) add() {
	sc := w.scope()
	name := "/" + rapid.StringMatching("[a-d]").Draw(w.t, "name")
	key := sc.Owner() + "|" + name
	n := &modelNode{scope: sc, name: name, pageNode: pageNode{wxyz: [4]float64{1, 0, 0, 0}, visible: true}}
	n.props.AxesLength = w.fresh()
	n.visible = rapid.Bool().Draw(w.t, "visible")
	if rapid.Bool().Draw(w.t, "elsewhere") {
		n.pos, n.wxyz = [3]float64{w.fresh(), 1, 2}, [4]float64{w.fresh(), 1, 0, 0}
	}
	c := frame(sc, name, &n.props, nil)
	if old := w.nodes[key]; old != nil {
		c.Replaces = old.ent
	}
	c.Place, c.Placed = state.Place{WXYZ: n.wxyz, Position: n.pos, Visible: n.visible}, true
	n.ent = sc.Create(c)
	w.nodes[key] = n
}

func (w *world) remove() {
	if n := w.node(); n != nil {
		n.ent.Remove()
		delete(w.nodes, n.scope.Owner()+"|"+n.name)
	}
}

func (w *world) change() {
	n := w.node()
	if n == nil {
		return
	}
	x := w.fresh()
	switch rapid.IntRange(0, 4).Draw(w.t, "what") {
	case 0:
		n.pos = [3]float64{x, 1, 2}
		n.ent.SetPosition(n.pos)
	case 1:
		n.wxyz = [4]float64{x, 1, 0, 0}
		n.ent.SetOrientation(n.wxyz)
	case 2:
		n.props.AxesLength = x
		n.ent.SetProps(&n.props, wire.FramePropsAxesLength)
	case 3:
		n.props.AxesLength, n.props.AxesRadius = x, x
		n.ent.SetProps(&n.props, wire.FramePropsAxesLength, wire.FramePropsAxesRadius)
	case 4:
		n.visible = !n.visible
		n.ent.SetVisible(n.visible)
	}
}

func (w *world) slide() {
	uuid := rapid.SampledFrom([]string{"s", "t"}).Draw(w.t, "slider")
	v := float64(rapid.IntRange(0, 100).Draw(w.t, "value"))
	if w.sliders[uuid] == nil {
		w.sliders[uuid] = addSlider(w.st.Shared(), uuid, v)
		w.values[uuid] = v
		return
	}
	from := state.NoClient
	if len(w.clients) > 0 && rapid.Bool().Draw(w.t, "by a page") {
		c := w.client()
		// A value that crosses one of the program on the way is not part of this model.
		crosses := c.line.cut || len(c.line.inFlight) > 0
		if _, knows := c.values[uuid]; knows && !crosses {
			for id, x := range w.clients {
				if x == c {
					from = id
				}
			}
			c.values[uuid] = v
		}
	}
	w.sliders[uuid].SetValue(from, float(v))
	w.values[uuid] = v
}

// collect frees arrays that nothing shows any more, so that they can't be fetched; and may change how a client gets
// arrays.
func (w *world) collect() {
	runtime.GC()
	if len(w.clients) > 0 {
		if c := w.client(); c.fetch != nil {
			c.FetchArrays(rapid.Bool().Draw(w.t, "fetches on"))
		}
	}
}

func (w *world) hold() {
	sc := w.scope()
	sc.Hold()
	w.held = append(w.held, sc)
}

func (w *world) release() {
	if len(w.held) > 0 {
		w.held[0].Release()
		w.held = w.held[1:]
	}
}

// read lets a client apply its pending frames.
func (w *world) read(c *client) (more bool) {
	if c.line.able {
		more = w.take(c)
		w.arrive(c)
		return more
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	f, err := c.Next(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if err := c.apply(f); err != nil {
		w.t.Fatalf("a page cannot apply its frame: %v", err)
	}
	return true
}

// settle lets all clients read to the end.
func (w *world) settle() {
	for len(w.held) > 0 {
		w.release()
	}
	for range 3 {
		time.Sleep(time.Second)
		synctest.Wait()
		w.reconnect()
		for _, c := range w.clients {
			for w.read(c) {
			}
		}
	}
}

// check compares the state of each client with the expected one.
func (w *world) check() {
	for id, c := range w.clients {
		w.checkPage(fmt.Sprint(id), c.page)
		w.checkEvents(id, c)
		if len(c.repeats) > 0 {
			w.t.Fatalf("client %d was sent twice: %v", id, c.repeats)
		}
		if !c.ready {
			w.t.Fatalf("client %d was never told that the replay is done", id)
		}
	}
}

// checkPage compares what a page shows with what there is for the client with that ID.
func (w *world) checkPage(id string, p *page) {
	want := map[string]pageNode{}
	for k, n := range w.nodes {
		if o := n.scope.Owner(); o == "" || o == id {
			want[k] = n.pageNode
		}
	}
	got := map[string]pageNode{}
	for k, n := range p.nodes {
		got[k] = *n
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(pageNode{})); diff != "" {
		w.t.Fatalf("client %s sees other nodes than there are (-there +seen):\n%s", id, diff)
	}
	for uuid, v := range w.values {
		if p.values[uuid] != v {
			w.t.Fatalf("client %s sees slider %s at %v, not %v", id, uuid, p.values[uuid], v)
		}
	}
	w.checkClouds(id, p)
}

// TestAllClientsConverge lets programs write and clients join, lag, read and leave in
// any order: in the end every client has the current state, and received no change
// twice.
func TestAllClientsConverge(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var failed any
		synctest.Test(t, func(*testing.T) {
			// rapid reports a failure by a panic, which must not end the bubble.
			defer func() { failed = recover() }()
			live(rt)
		})
		rethrow(failed)
	})
}

// rethrow panics again, from one line when the drawn data do not suffice and from
// another when the test has failed: rapid distinguishes failures by their line.
func rethrow(failed any) {
	switch {
	case failed == nil:
	case fmt.Sprintf("%T", failed) == "rapid.invalidData":
		panic(failed)
	default:
		panic(failed)
	}
}

func live(t *rapid.T) {
	w := &world{t: t, st: state.New(state.Options{}), clients: map[int]*client{}, nodes: map[string]*modelNode{},
		values: map[string]float64{}, sliders: map[string]*state.Entity{}, clouds: map[string]*modelCloud{}}
	defer w.st.Close()
	steps := []func(){
		w.join, w.leave, w.add, w.add, w.remove, w.change, w.change, w.slide, w.hold, w.release, w.release,
		w.addCloud, w.removeCloud, w.setCloud, w.patchCloud, w.patchCloud, w.patchCloud,
		func() { w.scope().Flush() },
		w.st.FlushSoon,
		w.collect,
		func() { time.Sleep(10 * time.Millisecond) },
		func() {
			synctest.Wait()
			if len(w.clients) > 0 {
				w.read(w.client())
			}
		},
	}
	steps = append(steps, w.lines()...)
	steps = append(steps, w.tap, w.readTap)
	for range rapid.IntRange(1, 80).Draw(t, "steps") {
		steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")]()
		synctest.Wait() // the pacer runs now, so that a failure can be had again
	}
	w.settle()
	w.check()
	w.checkTaps()
	if s := w.st.Stats(); s.Entities != w.entities() {
		t.Fatalf("the store holds %d entities, not %d", s.Entities, w.entities())
	}
}

func (w *world) entities() int {
	n := len(w.sliders)
	for _, m := range w.nodes {
		if m.scope == w.st.Shared() {
			n++
		}
	}
	for _, m := range w.clouds {
		if m.scope == w.st.Shared() {
			n++
		}
	}
	return n
}

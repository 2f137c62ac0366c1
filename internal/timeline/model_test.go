package timeline

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A world is a store with a timeline, a page that is always live, and others that go back in time.
type world struct {
	t        *rapid.T
	st       *state.Store
	timeline *Timeline
	live     *page
	pages    []*page
	nodes    map[string]*state.Entity
	sliders  map[string]*state.Entity
	own      []map[string]float64 // sliders of each page's own scope
	owned    []map[string]*state.Entity
	held     int
	last     float64
	seen     []seen
}

// A seen is what was live at a time.
type seen struct {
	time  float64
	state *fold.State
}

func (w *world) fresh() float64 {
	w.last++
	return w.last
}

func (w *world) page() (int, *page) {
	i := rapid.IntRange(0, len(w.pages)-1).Draw(w.t, "page")
	return i, w.pages[i]
}

func (w *world) add() {
	name := "/" + rapid.StringMatching("[a-f]").Draw(w.t, "name")
	w.nodes[name] = frame(w.st.Shared(), name, w.fresh(), w.nodes[name])
}

func (w *world) some(f func(name string, ent *state.Entity)) {
	if names := slices.Sorted(maps.Keys(w.nodes)); len(names) > 0 {
		name := rapid.SampledFrom(names).Draw(w.t, "node")
		f(name, w.nodes[name])
	}
}

func (w *world) remove() {
	w.some(func(name string, ent *state.Entity) {
		ent.Remove()
		delete(w.nodes, name)
	})
}

func (w *world) change() {
	w.some(func(_ string, ent *state.Entity) {
		x := w.fresh()
		switch rapid.IntRange(0, 3).Draw(w.t, "what") {
		case 0:
			ent.SetPosition([3]float64{x, 1, 2})
		case 1:
			ent.SetOrientation([4]float64{x, 1, 0, 0})
		case 2:
			ent.SetProps(&wire.FrameProps{AxesLength: x}, wire.FramePropsAxesLength)
		case 3:
			ent.SetVisible(int(x)%2 == 0)
		}
	})
}

// move moves all nodes, so that poses are packed.
func (w *world) move() {
	for _, name := range slices.Sorted(maps.Keys(w.nodes)) {
		w.nodes[name].SetPose([4]float64{w.fresh(), 0, 1, 0}, [3]float64{w.fresh(), 1, 2})
	}
}

func (w *world) slide() {
	uuid := rapid.SampledFrom([]string{"s", "t"}).Draw(w.t, "slider")
	if w.sliders[uuid] == nil {
		w.sliders[uuid] = slider(w.st.Shared(), uuid, w.fresh())
		return
	}
	w.sliders[uuid].SetValue(state.NoClient, float(w.fresh()))
}

func (w *world) slideOwn() {
	i, p := w.page()
	uuid := fmt.Sprint("own", rapid.IntRange(0, 2).Draw(w.t, "own"))
	v := w.fresh()
	switch ent := w.owned[i][uuid]; {
	case ent == nil:
		w.owned[i][uuid] = slider(p.Scope(), uuid, v)
	case int(v)%3 == 0:
		ent.Remove()
		delete(w.owned[i], uuid)
		delete(w.own[i], uuid)
		return
	default:
		ent.SetValue(state.NoClient, float(v))
	}
	w.own[i][uuid] = v
}

func (w *world) hold() {
	w.st.Shared().Hold()
	w.held++
}

func (w *world) release() {
	if w.held > 0 {
		w.held--
		w.st.Shared().Release()
	}
}

// look notes what is live.
func (w *world) look() {
	for w.held > 0 {
		w.release()
	}
	w.pass()
	w.live.read()
	w.seen = append(w.seen, seen{w.timeline.Bounds().To, w.live.shows.Clone()})
	w.pass()
}

func (w *world) pass() {
	time.Sleep(100 * time.Millisecond)
	synctest.Wait()
}

func (w *world) read() {
	if _, p := w.page(); !p.cut {
		if f := p.take(); f != nil {
			p.apply(f)
			if p.able && rapid.Bool().Draw(w.t, "confirms") {
				p.Confirm(p.cursor)
			}
		}
	}
}

func (w *world) cut() {
	_, p := w.page()
	if !p.able || p.cut {
		return
	}
	if rapid.Bool().Draw(w.t, "loses a frame") {
		p.take()
	}
	p.cut = true
	p.Suspend()
}

func (w *world) resume() {
	if _, p := w.page(); p.cut {
		p.cut = false
		p.Resume(p.cursor)
	}
}

func (w *world) control() {
	_, p := w.page()
	to := w.timeline.Bounds()
	switch rapid.IntRange(0, 8).Draw(w.t, "command") {
	case 0, 1:
		p.viewer.Seek(to.From + (to.To-to.From)*rapid.Float64Range(0, 1).Draw(w.t, "to"))
	case 2:
		p.viewer.Play()
	case 3:
		p.viewer.Pause()
	case 4:
		p.viewer.SetSpeed(16)
	case 5:
		p.viewer.SetLoop(rapid.Bool().Draw(w.t, "loop"))
	case 6:
		p.viewer.Step(rapid.Bool().Draw(w.t, "forward"))
	default:
		p.viewer.Follow()
	}
}

// back lets a page go back to a time at which was looked, and compares.
func (w *world) back() {
	if len(w.seen) == 0 {
		return
	}
	for w.held > 0 {
		w.release()
	}
	i, p := w.page()
	if p.cut {
		return
	}
	at := rapid.SampledFrom(w.seen).Draw(w.t, "seen")
	p.viewer.Seek(at.time)
	p.viewer.Pause()
	w.settle(p)
	if at.time < w.timeline.Bounds().From {
		return
	}
	w.same("back in time", i, p, at.state)
}

// settle lets a page read to the end.
func (w *world) settle(p *page) {
	for range 3 {
		w.pass()
		p.read()
	}
}

func (w *world) same(when string, i int, p *page, want *fold.State) {
	if p.shared().Digest() != want.Digest() {
		w.t.Fatalf("%s, page %d shows something else (-there +shown):\n%s", when, i, cmp.Diff(describe(want), describe(p.shared())))
	}
	if diff := cmp.Diff(w.own[i], p.own()); diff != "" {
		w.t.Fatalf("%s, page %d shows something else of its own (-there +shown):\n%s", when, i, diff)
	}
	if !p.ready {
		w.t.Fatalf("page %d was never told that it has everything", i)
	}
}

func describe(s *fold.State) (lines []string) {
	for m := range s.Messages() {
		lines = append(lines, fmt.Sprintf("%s %q", m.Type, m.B))
	}
	return lines
}

// TestEachPageShowsItsTime lets a program write and clients go back and forth in any order: a page that is back shows
// what was live at that time, and in the end all pages show what is live.
func TestEachPageShowsItsTime(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var failed any
		synctest.Test(t, func(*testing.T) {
			defer func() { failed = recover() }()
			travel(rt)
		})
		rethrow(failed)
	})
}

// rethrow panics again, from one line when the drawn data do not suffice and from another when the test has failed:
// rapid distinguishes failures by their line.
func rethrow(failed any) {
	switch {
	case failed == nil:
	case fmt.Sprintf("%T", failed) == "rapid.invalidData":
		panic(failed)
	default:
		panic(failed)
	}
}

func travel(t *rapid.T) {
	w := &world{t: t, st: state.New(state.Options{}), nodes: map[string]*state.Entity{}, sliders: map[string]*state.Entity{}}
	defer w.st.Close()
	w.timeline = New(w.st, Options{MaxBytes: rapid.SampledFrom([]int{1 << 14, 1 << 20}).Draw(t, "bytes"), segment: 1 << 10}, func() {})
	defer w.timeline.Close()
	w.live = connect(w.st, 0, wire.Extended)
	for i, d := range []wire.Dialect{wire.Extended, wire.Extended, wire.Plain} {
		p := connect(w.st, i+1, d)
		if i == 0 {
			p.resumable()
		}
		p.watch(w.timeline)
		w.pages = append(w.pages, p)
		w.own, w.owned = append(w.own, map[string]float64{}), append(w.owned, map[string]*state.Entity{})
	}
	steps := []func(){
		w.add, w.add, w.add, w.remove, w.change, w.change, w.move, w.slide, w.slideOwn, w.hold, w.release, w.release,
		w.look, w.look, w.read, w.read, w.read, w.cut, w.resume, w.control, w.control, w.back, w.pass, w.live.read,
	}
	for range rapid.IntRange(1, 80).Draw(t, "steps") {
		steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")]()
		synctest.Wait()
	}
	for w.held > 0 {
		w.release()
	}
	for i, p := range w.pages {
		if p.cut {
			p.cut = false
			p.Resume(p.cursor)
		}
		p.viewer.Follow()
		w.settle(p)
		w.move() // packed poses name nodes by their numbers
		w.settle(p)
		w.live.read()
		w.same("in the end", i, p, w.live.shows)
		p.viewer.Leave()
		p.Leave()
	}
}

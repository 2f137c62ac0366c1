package viser_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// paths are the names of nodes.
func paths(nodes []viser.Node) []string {
	names := []string{}
	for _, n := range nodes {
		names = append(names, n.Name())
	}
	return names
}

// selects lets the page report a selection of the server's nodes, as one that has followed the last message.
func selects(p *page, names ...string) {
	p.catchUp()
	m := &wire.SelectionMessage{Names: names, Owners: make([]string, len(names))}
	if all := all[*wire.SetSelectionMessage](p); len(all) > 0 {
		m.Revision = all[len(all)-1].Revision
	}
	p.Receive(m)
	synctest.Wait()
}

func TestSelectionIsState(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		early, c := connectAs(t, s, true)
		a, b := s.Scene().AddBox("/a", nil), s.Scene().AddBox("/b", nil)
		s.Scene().SetSelection(a, b, a)
		own := c.Scene().AddFrame("/own", nil)
		early.catchUp()
		first := last[*wire.SetSelectionMessage](early)
		if diff := cmp.Diff([]string{"/a", "/b"}, first.Names); diff != "" || first.Revision == 0 {
			t.Error(diff, first.Revision)
		}
		c.Scene().SetSelection(own, b)
		late, other := connectAs(t, s, true)
		early.catchUp()
		late.catchUp()
		if m := last[*wire.SetSelectionMessage](early); !slices.Equal(m.Names, []string{"/own", "/b"}) || m.Revision == first.Revision {
			t.Errorf("the client's own: %+v", m)
		}
		if m := last[*wire.SetSelectionMessage](late); !cmp.Equal(m, first) {
			t.Errorf("a late client: %+v", m)
		}
		for scene, want := range map[*viser.Scene][]string{
			s.Scene(): {"/a", "/b"}, c.Scene(): {"/own", "/b"}, other.Scene(): {"/a", "/b"},
		} {
			if diff := cmp.Diff(want, paths(scene.Selection())); diff != "" {
				t.Error(diff)
			}
		}
		s.Scene().SetSelection()
		early.catchUp()
		if m := last[*wire.SetSelectionMessage](early); len(m.Names) != 0 || len(c.Scene().Selection()) != 0 {
			t.Errorf("after a selection of nothing: %+v, %v", m, c.Scene().Selection())
		}
	})
}

func TestPlainClientsHaveNoSelection(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		plain, _ := connectAs(t, s, false)
		calls := 0
		s.Scene().OnSelect(func(context.Context, viser.SelectEvent) { calls++ })
		s.Scene().SetSelection(s.Scene().AddBox("/a", nil))
		plain.catchUp()
		selects(plain, "/a")
		if n := len(all[*wire.SetSelectionMessage](plain)) + len(all[*wire.SelectionReportsMessage](plain)); n != 0 || calls != 0 {
			t.Errorf("it was sent %d messages and caused %d calls", n, calls)
		}
	})
}

func TestRemovedNodesLeaveTheSelection(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		scene := s.Scene()
		gone := scene.AddBox("/gone", nil)
		gone.Remove()
		a := scene.AddBox("/a", nil)
		part := scene.AddBox("/a/part", nil)
		b := scene.AddBox("/b", nil)
		scene.SetSelection(gone, a, part, b)
		c.Scene().SetSelection(a, b)
		p.catchUp()
		want := last[*wire.SetSelectionMessage](p).Revision
		a.Remove()
		for _, scene := range []*viser.Scene{scene, c.Scene()} {
			if diff := cmp.Diff([]string{"/b"}, paths(scene.Selection())); diff != "" {
				t.Error(diff)
			}
		}
		// Another node of that name is not selected, also for those who connect later.
		scene.AddBox("/a", nil)
		late, _ := connectAs(t, s, true)
		late.catchUp()
		if m := last[*wire.SetSelectionMessage](late); !slices.Equal(m.Names, []string{"/b"}) {
			t.Errorf("a late client: %+v", m)
		}
		p.catchUp()
		if m := last[*wire.SetSelectionMessage](p); m.Revision != want || !slices.Equal(m.Names, []string{"/b"}) {
			t.Errorf("it was selected again: %+v, want revision %d", m, want)
		}
		// One that takes its place is.
		scene.AddIcosphere("/b", nil)
		if got := scene.Selection(); len(got) != 1 || got[0].Removed() {
			t.Errorf("%v", got)
		}
	})
}

func TestSelectEvents(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		p2, _ := connectAs(t, s, true)
		s.Scene().AddBox("/a", nil)
		s.Scene().AddBox("/b", nil)
		c.Scene().AddBox("/a", nil)
		p.catchUp()
		if n := len(all[*wire.SelectionReportsMessage](p)); n != 0 {
			t.Error("reports are wanted before a callback is attached")
		}
		var log record[string]
		on := func(who string) func(context.Context, viser.SelectEvent) {
			return func(_ context.Context, e viser.SelectEvent) {
				log.add(fmt.Sprint(who, " ", e.Client.ID(), " ", strings.Join(paths(e.Nodes), ",")))
			}
		}
		off := s.Scene().OnSelect(on("all"))
		offOwn := c.Scene().OnSelect(on("own"))
		late, _ := connectAs(t, s, true)
		for _, page := range []*page{p, p2, late} {
			page.catchUp()
			if m := all[*wire.SelectionReportsMessage](page); len(m) != 1 || !m[0].Enabled {
				t.Errorf("%+v", m)
			}
		}
		selects(p, "/b", "/a", "/none")
		selects(p2, "/a")
		p.Receive(&wire.SelectionMessage{Names: []string{"/a", "/a", "/b"}, Owners: []string{"0", "1", "nobody"}})
		synctest.Wait()
		if got := c.Scene().Selection(); len(got) != 1 || got[0] != mustNode(t, c.Scene(), "/a") {
			t.Errorf("the client's own node: %v", got)
		}
		off()
		p2.catchUp()
		p.catchUp()
		if last[*wire.SelectionReportsMessage](p2).Enabled || len(all[*wire.SelectionReportsMessage](p)) != 1 {
			t.Error("reports are not as wanted after the callback for all was detached")
		}
		offOwn()
		p.catchUp()
		if last[*wire.SelectionReportsMessage](p).Enabled {
			t.Error("reports are wanted without callbacks")
		}
		got := log.got()
		slices.Sort(got[:2])
		slices.Sort(got[3:])
		if diff := cmp.Diff([]string{"all 0 /b,/a", "own 0 /b,/a", "all 1 /a", "all 0 /a", "own 0 /a"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func mustNode(t *testing.T, s *viser.Scene, name string) viser.Node {
	t.Helper()
	n, ok := s.Node(name)
	if !ok {
		t.Fatalf("there is no node %s", name)
	}
	return n
}

// TestLateReportIsNoSelection: what was reported before the page had received the program's selection is what it no
// longer shows.
func TestLateReportIsNoSelection(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		a, b := s.Scene().AddBox("/a", nil), s.Scene().AddBox("/b", nil)
		calls := 0
		s.Scene().OnSelect(func(context.Context, viser.SelectEvent) { calls++ })
		s.Scene().SetSelection(a)
		p.Receive(&wire.SelectionMessage{Names: []string{"/b"}, Owners: []string{""}})
		synctest.Wait()
		if got := paths(c.Scene().Selection()); calls != 0 || !slices.Equal(got, []string{"/a"}) {
			t.Errorf("%d calls; selected: %v", calls, got)
		}
		selects(p, "/b")
		if got := c.Scene().Selection(); calls != 1 || len(got) != 1 || got[0] != viser.Node(b) {
			t.Errorf("%d calls; selected: %v", calls, got)
		}
		if got := paths(s.Scene().Selection()); !slices.Equal(got, []string{"/a"}) {
			t.Errorf("for all: %v", got)
		}
	})
}

func TestHostileSelections(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connectAs(t, s, true)
		s.Scene().AddBox("/a", nil)
		var got record[string]
		s.Scene().OnSelect(func(_ context.Context, e viser.SelectEvent) { got.add(strings.Join(paths(e.Nodes), ",")) })
		many := make([]string, 10_001)
		selects(p, many...)
		p.Receive(&wire.SelectionMessage{Names: []string{"/a"}})
		synctest.Wait()
		if !log.has("invalid selection: too many nodes, or owners missing") || len(got.got()) != 0 {
			t.Errorf("events: %q", got.got())
		}
		selects(p, strings.Repeat("x", 1<<20), "/a", "\xff", "", "/a")
		if diff := cmp.Diff([]string{"/a,/a"}, got.got()); diff != "" {
			t.Error(diff)
		}
		if n := len(c.Scene().Selection()); n != 1 {
			t.Errorf("%d nodes are selected", n)
		}
	})
}

func TestSelectCallbacksThatFail(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connectAs(t, s, true)
		a := s.Scene().AddBox("/a", nil)
		var calls record[string]
		s.Scene().OnSelect(func(context.Context, viser.SelectEvent) { panic("bang") })
		s.Scene().OnSelect(func(ctx context.Context, e viser.SelectEvent) {
			p.Leave() // the client leaves in its own callback
			calls.add(fmt.Sprint(ctx.Err() != nil))
			e.Client.Scene().SetSelection(a)
			e.Client.Scene().OnSelect(func(context.Context, viser.SelectEvent) {})
			calls.add(fmt.Sprint(len(e.Client.Scene().Selection())))
		})
		selects(p, "/a")
		if diff := cmp.Diff([]string{"true", "0"}, calls.got()); diff != "" || log.panics("bang") != 1 {
			t.Error(diff, log.panics("bang"))
		}
		p.Receive(&wire.SelectionMessage{Names: []string{"/a"}, Owners: []string{""}})
		c.Scene().SetSelection(a)
		if n := len(c.Scene().Selection()); n != 0 {
			t.Errorf("%d nodes are selected on a page that is gone", n)
		}
	})
}

func TestNewestSelectionWins(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connectAs(t, s, true)
		for _, name := range []string{"/a", "/b", "/c"} {
			s.Scene().AddBox(name, nil)
		}
		var got record[string]
		proceed := make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		ended := startLoop(func() {
			for e := range s.Scene().Selections(ctx) {
				got.add(strings.Join(paths(e.Nodes), ","))
				<-proceed
			}
		})
		selects(p, "/a") // in the loop's body
		selects(p, "/b") // waits for the loop
		selects(p, "/c")
		selects(p, "/c", "/a") // in the place of the one before
		for range 3 {
			proceed <- struct{}{}
			synctest.Wait()
		}
		cancel()
		close(proceed)
		<-ended
		if diff := cmp.Diff([]string{"/a", "/b", "/c,/a"}, got.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestViewersDoNotReportSelections(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := joinAs(t, s, viser.RoleView, "guest")
		calls := 0
		s.Scene().AddBox("/a", nil)
		s.Scene().OnSelect(func(context.Context, viser.SelectEvent) { calls++ })
		selects(p, "/a")
		if calls != 0 {
			t.Error("a viewer's selection was reported")
		}
	})
}

func TestSelectionMisuse(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connectAs(t, s, true)
		_, c2 := connectAs(t, s, true)
		own := c.Scene().AddBox("/own", nil)
		elsewhere := viser.NewTestServer(nil)
		defer elsewhere.Close()
		for name, f := range map[string]func(){
			"nil":                   func() { s.Scene().SetSelection(nil) },
			"a nil box":             func() { s.Scene().SetSelection((*viser.Box)(nil)) },
			"a client's node":       func() { s.Scene().SetSelection(own) },
			"another client's node": func() { c2.Scene().SetSelection(own) },
			"another server's node": func() { s.Scene().SetSelection(elsewhere.Scene().AddBox("/there", nil)) },
			"too many":              func() { s.Scene().SetSelection(make([]viser.Node, 10_001)...) },
			"no callback":           func() { s.Scene().OnSelect(nil) },
		} {
			misused(t, name, f)
		}
		if got := s.Scene().Selection(); len(got) != 0 {
			t.Errorf("%v", got)
		}
	})
}

package viser_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// dragged makes the message of a drag with the left button, at x.
func dragged(phase, name string, x float64) *wire.SceneNodeDragMessage {
	return &wire.SceneNodeDragMessage{Phase: phase, Name: name, Button: wire.DragButtonLeft, EndPosition: [3]float64{x, 0, 0}}
}

// noteDrags lists the events of a callback in short.
func noteDrags(got *record[string]) func(context.Context, viser.DragEvent) {
	return func(_ context.Context, e viser.DragEvent) {
		got.add(fmt.Sprintf("%s %s %v", e.Phase, e.Target.Name(), e.EndPosition[0]))
	}
}

func wantNotes(t *testing.T, got *record[string], want ...string) {
	t.Helper()
	synctest.Wait()
	if g := got.got(); !slices.Equal(g, want) {
		t.Errorf("got %q, want %q", g, want)
	}
}

func TestDragReachesCallbacksOfItsGesture(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var server, mine, shifted record[string]
		s.Scene().AddBox("/x", nil).OnDrag(viser.LeftButton, noteDrags(&server))
		box := c.Scene().AddBox("/x", nil)
		box.OnDrag(viser.LeftButton, noteDrags(&mine))
		off := box.OnDrag(viser.RightButton, noteDrags(&shifted), viser.Shift, viser.CmdCtrl)
		box.OnDrag(viser.LeftButton, noteDrags(&mine))
		p.catchUp()
		b := last[*wire.SetSceneNodeDragBindingsMessage](p)
		if len(b.Bindings) != 2 || b.Bindings[1].Button != "right" || *b.Bindings[1].Modifier != "cmd/ctrl+shift" || b.Owner != "0" {
			t.Errorf("bindings %+v", b)
		}
		for _, phase := range []string{"start", "update", "end"} {
			m := dragged(phase, "/x", 1)
			m.Owner, m.Button, m.Modifier = "0", "right", new("cmd/ctrl+shift")
			p.Receive(m)
			synctest.Wait()
		}
		wantNotes(t, &shifted, "start /x 1", "update /x 1", "end /x 1")
		wantNotes(t, &server)
		wantNotes(t, &mine)
		off()
		p.catchUp()
		if b := last[*wire.SetSceneNodeDragBindingsMessage](p); len(b.Bindings) != 1 {
			t.Errorf("bindings %+v after one was detached", b)
		}
	})
}

func TestDragEventPositions(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var got record[viser.DragEvent]
		n := s.Scene().AddBatchedAxes("/b", nil, [][3]float32{{0, 0, 0}, {1, 0, 0}}, nil)
		n.OnDrag(viser.MiddleButton, func(_ context.Context, e viser.DragEvent) { got.add(e) }, viser.Alt)
		m := &wire.SceneNodeDragMessage{
			Phase: "start", Name: "/b", Button: "middle", Modifier: new("alt"), InstanceIndex: new(1),
			StartPosition: [3]float64{1, 2, 3}, EndPosition: [3]float64{4, 5, 6},
			StartScreenPos: [2]float64{.1, .2}, EndScreenPos: [2]float64{.3, .4},
		}
		p.Receive(m)
		synctest.Wait()
		want := viser.DragEvent{
			Client: c, Target: n, Phase: viser.DragStart, InstanceIndex: 1, Button: viser.MiddleButton, Modifier: viser.Alt,
			StartPosition: viser.Vec3{1, 2, 3}, EndPosition: viser.Vec3{4, 5, 6},
			StartScreenPos: [2]float64{.1, .2}, EndScreenPos: [2]float64{.3, .4},
		}
		if g := got.got(); len(g) != 1 || g[0] != want {
			t.Errorf("got %+v, want %+v", g, want)
		}
	})
}

// TestEachDragEndsOnce: a callback that received the start receives the end, once.
func TestEachDragEndsOnce(t *testing.T) {
	for name, finish := range map[string]func(s *viser.Server, p *page, box *viser.Box){
		"removed":  func(_ *viser.Server, _ *page, box *viser.Box) { box.Remove() },
		"parent":   func(s *viser.Server, _ *page, _ *viser.Box) { s.Scene().RemoveNode("/a") },
		"replaced": func(s *viser.Server, _ *page, _ *viser.Box) { s.Scene().AddBox("/a/x", nil) },
		"reset":    func(s *viser.Server, _ *page, _ *viser.Box) { s.Scene().Reset() },
		"left":     func(_ *viser.Server, p *page, _ *viser.Box) { p.Leave() },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
				p, _ := connect(t, s)
				var got record[string]
				box := s.Scene().AddBox("/a/x", nil)
				box.OnDrag(viser.LeftButton, noteDrags(&got))
				p.Receive(dragged("start", "/a/x", 0))
				synctest.Wait()
				p.Receive(dragged("update", "/a/x", 2))
				synctest.Wait()
				finish(s, p, box)
				if name != "left" { // it may not have received the removal yet, and continue
					p.Receive(dragged("update", "/a/x", 3))
					p.Receive(dragged("end", "/a/x", 3))
				}
				wantNotes(t, &got, "start /a/x 0", "update /a/x 2", "end /a/x 2")
				if log.has("invalid drag") {
					t.Error("what a page could not know yet was called a fault")
				}
			})
		})
	}
}

func TestInvalidDrags(t *testing.T) {
	for name, send := range map[string]func(p *page){
		"update without start": func(p *page) { p.Receive(dragged("update", "/x", 0)) },
		"no such node":         func(p *page) { p.Receive(dragged("start", "/nobody", 0)) },
		"no such phase":        func(p *page) { p.Receive(dragged("pause", "/x", 0)) },
		"NaN":                  func(p *page) { p.Receive(dragged("start", "/x", math.NaN())) },
		"no such scene": func(p *page) {
			m := dragged("start", "/x", 0)
			m.Owner = "77"
			p.Receive(m)
		},
		"no such button": func(p *page) {
			m := dragged("start", "/x", 0)
			m.Button = "fourth"
			p.Receive(m)
		},
		"negative index": func(p *page) {
			m := dragged("start", "/x", 0)
			m.InstanceIndex = new(-1)
			p.Receive(m)
		},
		"no such instance": func(p *page) {
			m := dragged("start", "/many", 0)
			m.InstanceIndex = new(2)
			p.Receive(m)
		},
		"no such point": func(p *page) {
			m := dragged("start", "/points", 0)
			m.InstanceIndex = new(2)
			p.Receive(m)
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
				p, _ := connect(t, s)
				var got record[string]
				s.Scene().AddBox("/x", nil).OnDrag(viser.LeftButton, noteDrags(&got))
				s.Scene().AddBatchedAxes("/many", nil, make([][3]float32, 2), nil).OnDrag(viser.LeftButton, noteDrags(&got))
				s.Scene().AddPointCloud("/points", make([][3]float32, 2), []viser.RGB{{}}, nil).OnDrag(viser.LeftButton, noteDrags(&got))
				send(p)
				wantNotes(t, &got)
				if !log.has("invalid drag") {
					t.Error("nothing in the log")
				}
				p.Receive(dragged("start", "/x", 1))
				wantNotes(t, &got, "start /x 1")
			})
		})
	}
}

func TestSecondStartIsIgnored(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		var got record[string]
		s.Scene().AddBox("/x", nil).OnDrag(viser.LeftButton, noteDrags(&got))
		p.Receive(dragged("start", "/x", 1))
		p.Receive(dragged("start", "/x", 2))
		wantNotes(t, &got, "start /x 1")
		if !log.has("dragged already") {
			t.Error("nothing in the log")
		}
		p.Receive(dragged("end", "/x", 3))
		p.Receive(dragged("end", "/x", 4))
		wantNotes(t, &got, "start /x 1", "end /x 3")
	})
}

// TestDragsAreBounded: a client that begins thousands and ends none is limited.
func TestDragsAreBounded(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		var got record[string]
		for i := range 1000 {
			s.Scene().AddBox(fmt.Sprint("/x", i), nil).OnDrag(viser.LeftButton, noteDrags(&got))
			p.Receive(dragged("start", fmt.Sprint("/x", i), 0))
		}
		synctest.Wait()
		if n := len(got.got()); n != 16 {
			t.Errorf("%d drags at once", n)
		}
		p.Leave()
		synctest.Wait()
		if n := len(got.got()); n != 32 {
			t.Errorf("%d events when the page had left, want a start and an end each", n)
		}
	})
}

// TestDragCallbackThatBlocksOrPanics: updates replace each other, ends are delivered.
func TestDragCallbackThatBlocksOrPanics(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		var got record[string]
		box := s.Scene().AddBox("/x", nil)
		box.OnDrag(viser.LeftButton, func(context.Context, viser.DragEvent) { panic("of the program") })
		wait := make(chan struct{})
		note := noteDrags(&got)
		box.OnDrag(viser.LeftButton, func(ctx context.Context, e viser.DragEvent) {
			<-wait
			note(ctx, e)
		})
		p.Receive(dragged("start", "/x", 0))
		for i := range 1000 {
			p.Receive(dragged("update", "/x", float64(i)))
		}
		p.Receive(dragged("end", "/x", 1000))
		close(wait)
		wantNotes(t, &got, "start /x 0", "update /x 999", "end /x 1000")
		if !log.has("of the program") {
			t.Error("the panic is not in the log")
		}
	})
}

func TestDetachedWhileDragging(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		var first, late record[string]
		box := s.Scene().AddBox("/x", nil)
		off := box.OnDrag(viser.LeftButton, noteDrags(&first))
		p.Receive(dragged("start", "/x", 0))
		box.OnDrag(viser.LeftButton, noteDrags(&late))
		synctest.Wait()
		off()
		p.Receive(dragged("end", "/x", 1))
		wantNotes(t, &first, "start /x 0")
		wantNotes(t, &late) // it received no start, so it receives no end
	})
}

func TestRemovalRemovesBindings(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		box := s.Scene().AddBox("/x", nil)
		box.OnClick(func(context.Context, viser.ClickEvent) {})
		box.OnDrag(viser.LeftButton, func(context.Context, viser.DragEvent) {})
		p.catchUp()
		box.Remove()
		want := []string{"SetSceneNodeClickBindingsMessage", "SetSceneNodeDragBindingsMessage", "RemoveSceneNodeMessage"}
		if got := types(p.catchUp()); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestOnDragMisused(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	box := s.Scene().AddBox("/x", nil)
	misused(t, "no button", func() { box.OnDrag("", nil) })
	misused(t, "no key", func() { box.OnDrag(viser.LeftButton, nil, "meta") })
}

func TestDragsLoop(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		box := s.Scene().AddBox("/box", nil)
		var phases record[viser.DragPhase]
		startLoop(func() {
			for e := range box.Drags(t.Context(), viser.LeftButton) {
				phases.add(e.Phase)
				if e.Phase == viser.DragEnd {
					break
				}
			}
		})
		for _, phase := range []string{wire.DragPhaseStart, wire.DragPhaseUpdate, wire.DragPhaseEnd} {
			p.Receive(&wire.SceneNodeDragMessage{Phase: phase, Name: "/box", Button: wire.DragButtonLeft})
			synctest.Wait()
		}
		if got := phases.got(); len(got) != 3 || got[0] != viser.DragStart || got[2] != viser.DragEnd {
			t.Errorf("%v", got)
		}
		misused(t, "no button", func() { box.Drags(t.Context(), "fourth") })
		misused(t, "a key twice", func() { box.Clicks(t.Context(), viser.Alt, viser.Alt) })
	})
}

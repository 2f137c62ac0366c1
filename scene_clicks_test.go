package viser_test

import (
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// clickOn lets the page click on a node, with the keys held.
func clickOn(p *page, name string, held *string) {
	p.Receive(&wire.SceneNodeClickMessage{Name: name, Modifier: held})
	synctest.Wait()
}

// startLoop runs a loop in a goroutine until it waits; ended is closed when it is over.
func startLoop(loop func()) (ended chan struct{}) {
	ended = make(chan struct{})
	go func() {
		defer close(ended)
		loop()
	}()
	synctest.Wait()
	return ended
}

func TestClicksAreALoop(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		box := s.Scene().AddBox("/box", nil)
		var events record[viser.ClickEvent]
		ended := startLoop(func() {
			for e := range box.Clicks(t.Context(), viser.Shift) {
				events.add(e)
			}
		})
		p.catchUp()
		if m := last[*wire.SetSceneNodeClickBindingsMessage](p); len(m.Bindings) != 1 || *m.Bindings[0].Modifier != "shift" {
			t.Errorf("%+v", m)
		}
		clickOn(p, "/box", new("shift"))
		clickOn(p, "/box", nil)
		clickOn(p, "/box", new("shift"))
		if got := events.got(); len(got) != 2 || got[0].Client != c || got[0].Target != viser.Node(box) {
			t.Errorf("%+v", got)
		}
		box.Remove()
		<-ended
		for range box.Clicks(t.Context()) {
			t.Error("a removed node was clicked")
		}
	})
}

func TestLeftLoopDetaches(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		box := s.Scene().AddBox("/box", nil)
		ended := startLoop(func() {
			for range box.Clicks(t.Context()) {
				break
			}
		})
		clickOn(p, "/box", nil)
		<-ended
		p.catchUp()
		if m := last[*wire.SetSceneNodeClickBindingsMessage](p); len(m.Bindings) != 0 {
			t.Errorf("after the loop: %+v", m)
		}
	})
}

func TestLoopsEndWithTheirServer(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		box := s.Scene().AddBox("/box", nil)
		clicks := startLoop(func() {
			for range box.Clicks(t.Context()) {
			}
		})
		drags := startLoop(func() {
			for range box.Drags(t.Context(), viser.LeftButton) {
			}
		})
		s.Close()
		<-clicks
		<-drags
	})
}

func TestDragsAreALoop(t *testing.T) {
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

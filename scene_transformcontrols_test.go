package viser_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func gizmoMoved(name string, x float64) *wire.TransformControlsUpdateMessage {
	return &wire.TransformControlsUpdateMessage{Name: name, WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{x, 0, 0}}
}

func noteGizmo(h *viser.TransformControls, got *record[string]) {
	h.OnUpdate(func(_ context.Context, e viser.TransformControlsEvent) {
		got.add(fmt.Sprintf("%s %d %v", e.Phase, e.Client.ID(), e.Target.Position()[0]))
	})
}

func TestGizmoPoseIsSentToOthers(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, _ := connect(t, s)
		b := open(t, s, true)
		var got record[string]
		h := s.Scene().AddTransformControls("/g", nil)
		noteGizmo(h, &got)
		a.catchUp()
		b.catchUp()
		a.Receive(&wire.TransformControlsDragStartMessage{Name: "/g"})
		synctest.Wait()
		m := gizmoMoved("/g", 2)
		m.WXYZ = [4]float64{0, 2, 0, 0}
		a.Receive(m)
		synctest.Wait()
		a.Receive(&wire.TransformControlsDragEndMessage{Name: "/g"})
		wantNotes(t, &got, "start 0 0", "update 0 2", "end 0 2")
		if q := h.WXYZ(); q != (viser.Quat{X: 1}) {
			t.Errorf("orientation %v", q)
		}
		if h.UpdateTime().IsZero() {
			t.Error("no time of the update")
		}
		if seen := a.catchUp(); len(seen) != 0 {
			t.Errorf("the client that moved it was sent %v", types(seen))
		}
		b.catchUp()
		if last[*wire.SetPositionMessage](b).Position[0] != 2 || last[*wire.SetOrientationMessage](b).WXYZ[1] != 1 {
			t.Error("the other client was not sent the pose")
		}
		late := open(t, s, false)
		if last[*wire.SetPositionMessage](late).Position[0] != 2 {
			t.Error("a later client was not sent the pose")
		}
	})
}

// TestTwoClientsDragOneGizmo: in the end all clients have the server's pose.
func TestTwoClientsDragOneGizmo(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, _ := connect(t, s)
		b, _ := connect(t, s)
		h := s.Scene().AddTransformControls("/g", nil)
		for _, p := range []*page{a, b} {
			p.Receive(&wire.TransformControlsDragStartMessage{Name: "/g"})
		}
		a.Receive(gizmoMoved("/g", 1))
		b.Receive(gizmoMoved("/g", 2))
		a.Receive(gizmoMoved("/g", 3)) // page a has the 2 still on its way
		for _, p := range []*page{a, b} {
			p.Receive(&wire.TransformControlsDragEndMessage{Name: "/g"})
		}
		for name, p := range map[string]*page{"a": a, "b": b} {
			p.catchUp()
			if got := last[*wire.SetPositionMessage](p).Position[0]; got != 3 || h.Position()[0] != 3 {
				t.Errorf("client %s has %v, the server %v", name, got, h.Position())
			}
		}
	})
}

func TestGizmoDragsAlwaysEnd(t *testing.T) {
	for name, finish := range map[string]func(s *viser.Server, p *page){
		"removed":  func(s *viser.Server, _ *page) { s.Scene().RemoveNode("/g") },
		"replaced": func(s *viser.Server, _ *page) { s.Scene().AddTransformControls("/g", nil) },
		"left":     func(_ *viser.Server, p *page) { p.Leave() },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				p, _ := connect(t, s)
				var got record[string]
				noteGizmo(s.Scene().AddTransformControls("/g", nil), &got)
				p.Receive(&wire.TransformControlsDragStartMessage{Name: "/g"})
				p.Receive(&wire.TransformControlsDragStartMessage{Name: "/g"})
				synctest.Wait()
				finish(s, p)
				synctest.Wait()
				p.Receive(&wire.TransformControlsDragEndMessage{Name: "/g"})
				wantNotes(t, &got, "start 0 0", "end 0 0")
			})
		})
	}
}

func TestInvalidGizmoPoses(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		h := s.Scene().AddTransformControls("/g", nil)
		own := c.Scene().AddTransformControls("/g", nil)
		s.Scene().AddBox("/box", nil)
		for _, m := range []*wire.TransformControlsUpdateMessage{
			{Name: "/g", WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{math.NaN(), 0, 0}},
			{Name: "/g", WXYZ: [4]float64{}, Position: [3]float64{1, 0, 0}},
			{Name: "/g", WXYZ: [4]float64{math.Inf(1), 0, 0, 0}, Position: [3]float64{1, 0, 0}},
			{Name: "/g", WXYZ: [4]float64{1e200, 0, 0, 0}, Position: [3]float64{1, 0, 0}},
			gizmoMoved("/box", 1),
			gizmoMoved("/none", 1),
		} {
			p.Receive(m)
		}
		p.Receive(&wire.TransformControlsDragStartMessage{Name: "/box"})
		p.Receive(&wire.TransformControlsDragEndMessage{Name: "/none", Owner: "5"})
		if h.Position() != (viser.Vec3{}) || own.Position() != (viser.Vec3{}) {
			t.Errorf("the poses are %v and %v", h.Position(), own.Position())
		}
		if !log.has("invalid gizmo pose") {
			t.Error("nothing in the log")
		}
		m := gizmoMoved("/g", 4)
		m.Owner = "0"
		p.Receive(m)
		if h.Position()[0] != 0 || own.Position()[0] != 4 {
			t.Errorf("the poses are %v and %v", h.Position(), own.Position())
		}
	})
}

func TestGizmoMisused(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	sc := s.Scene()
	reversed := &viser.Limits{{1, -1}}
	nan := &viser.Limits{{math.NaN(), 1}}
	h := sc.AddTransformControls("/g", nil)
	for name, f := range map[string]func(){
		"reversed limits":  func() { sc.AddTransformControls("/x", &viser.TransformControlsOptions{TranslationLimits: reversed}) },
		"limits NaN":       func() { sc.AddTransformControls("/x", &viser.TransformControlsOptions{RotationLimits: nan}) },
		"scale below 0":    func() { sc.AddTransformControls("/x", &viser.TransformControlsOptions{Scale: -1}) },
		"opacity 2":        func() { sc.AddTransformControls("/x", &viser.TransformControlsOptions{Opacity: new(2.0)}) },
		"line width NaN":   func() { sc.AddTransformControls("/x", &viser.TransformControlsOptions{LineWidth: math.NaN()}) },
		"no name":          func() { sc.AddTransformControls("/", nil) },
		"set reversed":     func() { h.SetTranslationLimits(*reversed) },
		"set rotation NaN": func() { h.SetRotationLimits(*nan) },
	} {
		misused(t, name, f)
	}
	if _, there := sc.Node("/x"); there {
		t.Error("a node that was refused is there")
	}
}

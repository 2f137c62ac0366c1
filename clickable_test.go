package viser_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
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

func TestClicksLoop(t *testing.T) {
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

func TestClickReachesTheOwnersCallbackOnly(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var log record[string]
		on := func(who string) func(context.Context, viser.ClickEvent) {
			return func(_ context.Context, e viser.ClickEvent) {
				log.add(fmt.Sprint(who, " ", e.Target.Name(), " ", e.InstanceIndex, " ", e.Modifier))
			}
		}
		s.Scene().AddBox("/x", nil).OnClick(on("server"))
		mine := c.Scene().AddBox("/x", nil)
		off := mine.OnClick(on("client"))
		mine.OnClick(on("client shift"), viser.Shift, viser.CmdCtrl)
		p.catchUp()
		if b := last[*wire.SetSceneNodeClickBindingsMessage](p); len(b.Bindings) != 2 || *b.Bindings[1].Modifier != "cmd/ctrl+shift" {
			t.Errorf("%+v", b)
		}
		mod := "cmd/ctrl+shift"
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x"})
		synctest.Wait()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "0", InstanceIndex: new(3)})
		synctest.Wait()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "0", Modifier: &mod})
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "7"})
		p.Receive(&wire.SceneNodeClickMessage{Name: "/none"})
		synctest.Wait()
		off()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/x", Owner: "0"})
		synctest.Wait()
		want := []string{"server /x -1 ", "client /x -1 ", "client shift /x -1 cmd/ctrl+shift"}
		if diff := cmp.Diff(want, log.got()); diff != "" {
			t.Error(diff)
		}
		p.catchUp()
		if b := last[*wire.SetSceneNodeClickBindingsMessage](p); len(b.Bindings) != 1 {
			t.Errorf("%+v", b)
		}
	})
}

// TestClickHasHit covers the kinds for which only our page sends clicks, and clients
// that send no hit, or an invalid hit or part.
func TestClickHasHit(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		var log record[string]
		on := func(_ context.Context, e viser.ClickEvent) {
			log.add(fmt.Sprint(e.Target.Name(), " ", e.InstanceIndex, " ", e.Hit, " ", e.HasHit))
		}
		sc := s.Scene()
		triangle := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
		red := []viser.RGB{{255, 0, 0}}
		sc.AddPointCloud("/points", triangle, red, nil).OnClick(on)
		sc.AddLineSegments("/lines", make([][2][3]float32, 3), make([][2]viser.RGB, 3), nil).OnClick(on)
		sc.AddArrows("/arrows", make([][2][3]float32, 3), red, nil).OnClick(on)
		sc.AddSplineCatmullRom("/catmull", triangle, nil).OnClick(on)
		sc.AddSplineCubicBezier("/bezier", triangle[:2], triangle[:2], nil).OnClick(on)
		sc.AddLabel("/label", "text", nil).OnClick(on)
		var want []string
		for _, name := range []string{"/points", "/lines", "/arrows", "/catmull", "/bezier"} {
			p.Receive(&wire.SceneNodeClickMessage{Name: name, InstanceIndex: new(2), HitPosition: &[3]float64{1, 2, 3}})
			synctest.Wait()
			want = append(want, name+" 2 [1 2 3] true")
		}
		p.Receive(&wire.SceneNodeClickMessage{Name: "/points", InstanceIndex: new(3)}) // there are three
		p.Receive(&wire.SceneNodeClickMessage{Name: "/points", InstanceIndex: new(-1)})
		p.Receive(&wire.SceneNodeClickMessage{Name: "/label", HitPosition: &[3]float64{1, math.NaN(), 3}})
		synctest.Wait()
		p.Receive(&wire.SceneNodeClickMessage{Name: "/label"})
		synctest.Wait()
		want = append(want, "/label -1 [0 0 0] false", "/label -1 [0 0 0] false")
		if diff := cmp.Diff(want, log.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSceneClickAndRectangle(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		var clicks record[viser.SceneClickEvent]
		var rects record[viser.SceneRectSelectEvent]
		off := s.Scene().OnClick(func(_ context.Context, e viser.SceneClickEvent) { clicks.add(e) })
		c.Scene().OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) { rects.add(e) }, viser.Alt)
		p.catchUp()
		if f := all[*wire.ScenePointerEnableMessage](p); len(f) != 2 || f[0].Modifiers[0] != nil || *f[1].Modifiers[0] != "alt" || f[1].Owner != "0" {
			t.Errorf("%+v", f)
		}
		ray := [3]float64{0, 0, 1}
		p.Receive(&wire.ScenePointerMessage{EventType: "click", RayOrigin: &ray, RayDirection: &ray, ScreenPos: [][2]float64{{0.25, 0.5}}})
		alt := "alt"
		p.Receive(&wire.ScenePointerMessage{EventType: "rect-select", ScreenPos: [][2]float64{{0, 0.1}, {0.5, 1}}, Modifier: &alt})
		for _, bad := range []*wire.ScenePointerMessage{ // none of these may do anything
			{EventType: "click"}, {EventType: "click", ScreenPos: [][2]float64{{0, 0}}}, {EventType: "rect-select", Modifier: &alt}, {EventType: "what"},
		} {
			p.Receive(bad)
		}
		synctest.Wait()
		if got := clicks.got(); len(got) != 1 || got[0].ScreenPos != [2]float64{0.25, 0.5} || got[0].RayDirection != (viser.Vec3{0, 0, 1}) || got[0].Client != c {
			t.Errorf("%+v", got)
		}
		if got := rects.got(); len(got) != 1 || got[0].ScreenMax != [2]float64{0.5, 1} || got[0].Modifier != viser.Alt {
			t.Errorf("%+v", got)
		}
		off()
		p.catchUp()
		if f := last[*wire.ScenePointerEnableMessage](p); len(f.Modifiers) != 0 {
			t.Errorf("%+v", f)
		}
	})
}

package viser_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestUpdatesYieldsTheNewestValueAndEnds(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
		p.catchUp()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var got record[string]
		busy := make(chan struct{})
		over := make(chan string, 8)
		run := func(name string, updates func(func(viser.UpdateEvent[float64]) bool), body func(e viser.UpdateEvent[float64])) {
			go func() {
				for e := range updates {
					body(e)
				}
				over <- name
			}()
			synctest.Wait()
		}
		run("first", sl.Updates(ctx), func(e viser.UpdateEvent[float64]) {
			got.add(fmt.Sprint(e.Value, e.Client == c))
			<-busy
		})
		for i := range 500 {
			sl.SetValue(float64(i + 1))
			synctest.Wait()
		}
		say(p, sliderID, 700.0)
		close(busy)
		synctest.Wait()
		if diff := cmp.Diff([]string{"1 false", "700 true"}, got.got()); diff != "" {
			t.Error(diff)
		}
		cancel()
		if name := <-over; name != "first" {
			t.Error(name)
		}
		run("removed", sl.Updates(t.Context()), func(viser.UpdateEvent[float64]) {})
		sl.Remove()
		own := c.GUI().AddNumber("n", 1, nil)
		run("left", own.Updates(t.Context()), func(viser.UpdateEvent[float64]) {})
		last := s.GUI().AddNumber("n", 1, nil)
		run("closed", last.Updates(t.Context()), func(viser.UpdateEvent[float64]) {})
		for range last.Updates(ctx) {
			t.Error("an update after the context ended")
		}
		<-over
		p.Leave()
		<-over
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		<-over // and the bubble would not end while a goroutine is left
	})
}

func TestUpdatesReleasesItsResources(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
		time.AfterFunc(time.Second, func() { sl.SetValue(5) })
		for e := range sl.Updates(t.Context()) {
			if e.Value != 5 || e.Target != &sl.Input {
				t.Errorf("%+v", e)
			}
			break
		}
		sl.SetValue(6) // no loop receives it, and nothing blocks
	})
}

// TestConcurrentValues: an extended client that sets a value just after another client
// receives the current value, and only then.
func TestConcurrentValues(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
		extended, other := open(t, s, true), open(t, s, false)
		echoes := func(p *page, v float64) int {
			say(p, sliderID, v)
			n := 0
			for _, m := range p.catchUp() {
				if u, ok := m.(*wire.GuiUpdateMessage); ok && u.Updates[0].Value == v {
					n++
				}
			}
			return n
		}
		if n := echoes(extended, 1); n != 0 {
			t.Errorf("an undisputed value came back %d times", n)
		}
		if n := echoes(other, 2); n != 0 {
			t.Errorf("upstream viser's client received its own value %d times", n)
		}
		if n := echoes(extended, 3); n != 1 {
			t.Errorf("a disputed value came back %d times", n)
		}
		if n := echoes(extended, 4); n != 0 {
			t.Errorf("the value after it came back %d times", n)
		}
		echoes(other, 5)
		time.Sleep(2 * time.Second)
		if n := echoes(extended, 6); n != 0 {
			t.Errorf("long after it, the value came back %d times", n)
		}
	})
}

func TestValuesAreEqualInAllClients(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, ca := connect(t, s)
		b, _ := connect(t, s)
		var events record[string]
		sl := s.GUI().AddSlider("x", 1, &viser.SliderOptions{Max: 10, Step: 0.5})
		off := sl.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
			who := "program"
			if e.Client != nil {
				who = fmt.Sprint(e.Client.ID())
			}
			events.add(fmt.Sprint(who, " ", e.Value, " ", e.Target.Value()))
		})
		a.catchUp()
		b.catchUp()
		say(a, sliderID, int64(7)) // JavaScript has no integers
		if ms := a.catchUp(); len(ms) != 0 {
			t.Errorf("the page was sent its own value: %q", types(ms))
		}
		b.catchUp()
		if u := last[*wire.GuiUpdateMessage](b); u.Updates[0].Value != 7.0 || sl.Value() != 7 || sl.UpdateTime().IsZero() {
			t.Errorf("%+v", u)
		}
		say(a, sliderID, 7.0) // no change
		say(a, sliderID, 99.0)
		sl.SetValue(3)
		sl.SetValue(3)
		a.catchUp()
		if u := last[*wire.GuiUpdateMessage](a); u.Updates[0].Value != 3.0 {
			t.Errorf("%+v", u)
		}
		off()
		sl.SetValue(4)
		want := []string{"0 7 7", "0 10 10", "program 3 3"}
		if diff := cmp.Diff(want, events.got()); diff != "" {
			t.Error(diff)
		}
		_ = ca
	})
}

func TestInvalidValues(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		g := s.GUI()
		sl := g.AddSlider("s", 1, &viser.SliderOptions{Max: 10, Step: 1})
		tx := g.AddText("t", "text", nil)
		dd := g.AddDropdown("d", []string{"a", "b"}, nil)
		cl := g.AddRGB("c", viser.RGB{1, 2, 3}, nil)
		vc := g.AddVector3("v", viser.Vec3{1, 2, 3}, &viser.Vector3Options{Max: &viser.Vec3{5, 5, 5}})
		ck := g.AddCheckbox("k", true, nil)
		p.catchUp()
		for _, v := range []any{nil, "5", math.NaN(), math.Inf(1), true, []any{1.0}, map[string]any{}, []byte("x")} {
			say(p, sliderID, v)
			say(p, vectorID, v)
			say(p, rgbID, v)
			if _, ok := v.(string); !ok {
				say(p, textID, v)
			}
			say(p, dropdownID, v)
			if _, ok := v.(bool); !ok {
				say(p, checkID, v)
			}
		}
		say(p, vectorID, []any{1.0, "x", 2.0})
		say(p, dropdownID, "c")
		p.Receive(&wire.GuiUpdateMessage{UUID: "no such thing", Updates: wire.Updates{{Key: "value", Value: 1.0}}})
		p.Receive(&wire.GuiUpdateMessage{UUID: last[*wire.GuiSliderMessage](p).UUID, Updates: wire.Updates{{Key: "max", Value: 1e9}, {Key: "label", Value: "hacked"}}})
		if sl.Value() != 1 || tx.Value() != "text" || dd.Value() != "a" || cl.Value() != (viser.RGB{1, 2, 3}) || vc.Value() != (viser.Vec3{1, 2, 3}) || !ck.Value() || sl.Max() != 10 || sl.Label() != "s" {
			t.Error("a page has set what it must not")
		}
		if !log.has("invalid input value") {
			t.Error("it is not logged")
		}
		say(p, rgbID, []any{-5.0, 127.5, 999.0})
		say(p, vectorID, []any{int64(9), -9.0, 0.5})
		say(p, dropdownID, "b")
		say(p, textID, "new")
		say(p, checkID, false)
		if cl.Value() != (viser.RGB{0, 128, 255}) || vc.Value() != (viser.Vec3{5, -9, 0.5}) || dd.Value() != "b" || tx.Value() != "new" || ck.Value() {
			t.Error(cl.Value(), vc.Value(), dd.Value(), tx.Value(), ck.Value())
		}
	})
}

func TestValueUpdatesCoalesceWhileTheCallbackIsBusy(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
		var seen record[float64]
		block := make(chan struct{})
		sl.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
			seen.add(e.Value)
			<-block
		})
		p.catchUp()
		for i := range 1000 {
			say(p, sliderID, float64(i+1))
		}
		close(block)
		synctest.Wait()
		if diff := cmp.Diff([]float64{1, 1000}, seen.got()); diff != "" {
			t.Error(diff)
		}
	})
}

package viser_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestCallbackThatBlocksForAMinute: nothing but its own element waits for it.
func TestCallbackThatBlocksForAMinute(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		g := s.GUI()
		var got record[string]
		begun := time.Now()
		slow := g.AddText("slow", "", nil)
		slow.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
			got.add("begins with " + e.Value)
			time.Sleep(time.Minute)
			got.add("ends")
		})
		g.AddButton("stuck", nil).OnClick(func(context.Context, viser.ButtonEvent) { time.Sleep(time.Minute) })
		sl := g.AddSlider("x", 0, &viser.SliderOptions{Max: 10, Step: 1})
		sl.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { got.add("slider") })
		p.catchUp()
		for range 1000 {
			p.Receive(&wire.GuiUpdateMessage{UUID: buttonID(last[*wire.GuiButtonMessage](p)), Updates: wire.Updates{{Key: "value", Value: true}}})
		}
		for _, text := range []string{"a", "ab", "abc"} {
			say(p, textID, text)
		}
		say(p, sliderID, 3.0)
		late, _ := connect(t, s)
		if slow.Value() != "abc" || last[*wire.GuiTextMessage](late).Value != "abc" {
			t.Errorf("the value while its callback is busy: %q", slow.Value())
		}
		sl.SetValue(4)
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); u.Updates[0].Value != 4.0 {
			t.Errorf("the page has %+v", u)
		}
		if d := time.Since(begun); d > 5*time.Second {
			t.Errorf("all that took %v", d)
		}
		time.Sleep(3 * time.Minute)
		want := []string{"begins with a", "slider", "slider", "ends", "begins with abc", "ends"}
		if diff := cmp.Diff(want, got.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCallbackThatPanics(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 10, Step: 1})
		var got record[float64]
		sl.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { panic("of the program") })
		sl.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { got.add(e.Value) })
		p.catchUp()
		say(p, sliderID, 1.0)
		say(p, sliderID, 2.0)
		if diff := cmp.Diff([]float64{1, 2}, got.got()); diff != "" || sl.Value() != 2 {
			t.Error(sl.Value(), diff)
		}
		if !log.has("of the program") {
			t.Error("the panic is not in the log")
		}
	})
}

// TestVisitorsCannotFloodTheLog: a panic is logged once per line that panics, not once for each of any number of nodes,
// and with a stack and a value of limited size.
func TestVisitorsCannotFloodTheLog(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		var deep func(n int)
		deep = func(n int) {
			if n == 0 {
				panic(strings.Repeat("x", 1e6))
			}
			deep(n - 1)
		}
		p, _ := connect(t, s)
		for i := range 200 {
			name := fmt.Sprintf("/node%d", i)
			s.Scene().AddBox(name, nil).OnClick(func(context.Context, viser.ClickEvent) { deep(1000) })
			p.Receive(&wire.SceneNodeClickMessage{Name: name})
			p.Receive(&wire.ViewerCameraMessage{})
			synctest.Wait()
		}
		if st := s.Stats(); st.CallbackPanics != 200 || st.LogRecordsSuppressed != 2*199 {
			t.Errorf("%+v", st)
		}
		if n := log.size(); n > 20_000 {
			t.Errorf("%d bytes were logged", n)
		}
	})
}

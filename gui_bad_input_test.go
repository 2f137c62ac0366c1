package viser_test

import (
	"context"
	"math"
	"slices"
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

// TestTwoPagesDragOneSlider: at the end both, one that comes late and the program
// have one value.
func TestTwoPagesDragOneSlider(t *testing.T) {
	for name, packed := range map[string][2]bool{
		"ours": {true, true}, "viser's": {false, false}, "one of each": {true, false},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
				pages := []*page{open(t, s, packed[0]), open(t, s, packed[1])}
				shown := make([]any, 2)
				look := func(i int) {
					for _, m := range pages[i].catchUp() {
						if u, ok := m.(*wire.GuiUpdateMessage); ok {
							shown[i] = u.Updates[0].Value
						}
					}
				}
				for n := range 100 {
					for i, p := range pages {
						shown[i] = float64(n*2 + i + 1)
						p.Receive(&wire.GuiUpdateMessage{UUID: sliderID(last[*wire.GuiSliderMessage](p)), Updates: wire.Updates{{Key: "value", Value: shown[i]}}})
					}
					if n%7 == 0 {
						look(n % 2)
					}
				}
				synctest.Wait()
				look(0)
				look(1)
				late := open(t, s, false)
				if shown[0] != shown[1] || shown[0] != sl.Value() || last[*wire.GuiSliderMessage](late).Value != sl.Value() {
					t.Errorf("the pages show %v, the program has %v", shown, sl.Value())
				}
			})
		})
	}
}

// TestBoundsThatMove: a slider's range moves away from its value.
func TestBoundsThatMove(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sl := s.GUI().AddSlider("x", 5, &viser.SliderOptions{Max: 10, Step: 1})
		p.catchUp()
		want := func(what string, v float64) {
			t.Helper()
			if sl.Value() != v {
				t.Errorf("%s: the value is %v, want %v", what, sl.Value(), v)
			}
		}
		sl.SetMax(3)
		want("the range moves away from the value", 5)
		say(p, sliderID, 8.0)
		want("a page drags beyond the new end", 3)
		misused(t, "min above max", func() { sl.SetMin(20) })
		misused(t, "max below min", func() { sl.SetMax(-1) })
		misused(t, "range upside down", func() { sl.SetRange(4, 2) })
		sl.SetRange(20, 30)
		if sl.Min() != 20 || sl.Max() != 30 {
			t.Errorf("the range is %v to %v", sl.Min(), sl.Max())
		}
		sl.SetValue(5)
		want("the program sets what is below the range", 20)
		say(p, sliderID, 25.0)
		want("a page drags within the range", 25)
		misused(t, "step 0", func() { sl.SetStep(0) })
		misused(t, "NaN", func() { sl.SetMin(math.NaN()) })
	})
}

// TestOptionThatIsGone: a page chooses what was there a moment ago.
func TestOptionThatIsGone(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		dd := s.GUI().AddDropdown("d", []string{"a", "b"}, nil)
		p.catchUp()
		dd.SetOptions([]string{"x", "y"})
		say(p, dropdownID, "b")
		if dd.Value() != "x" {
			t.Errorf("the value is %q, which is no option", dd.Value())
		}
		say(p, dropdownID, "y")
		if dd.Value() != "y" {
			t.Errorf("the value is %q", dd.Value())
		}
	})
}

func TestAMegabyteOfText(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, _ := connect(t, s)
		b, _ := connect(t, s)
		long := strings.Repeat("word ", 1<<20/5)
		tx := s.GUI().AddText("t", "", &viser.TextOptions{Multiline: true})
		a.catchUp()
		b.catchUp()
		say(a, textID, long)
		b.catchUp()
		if u := last[*wire.GuiUpdateMessage](b); tx.Value() != long || u.Updates[0].Value != long {
			t.Errorf("the program has %d bytes", len(tx.Value()))
		}
		tx.SetValue(long + "!")
		a.catchUp()
		if u := last[*wire.GuiUpdateMessage](a); u.Updates[0].Value != long+"!" {
			t.Error("the page has not the program's text")
		}
		s.GUI().AddMarkdown(long, nil)
		s.GUI().AddHTML(long, nil)
		if got := types(b.catchUp()); !slices.Contains(got, "GuiMarkdownMessage") || !slices.Contains(got, "GuiHtmlMessage") {
			t.Errorf("%q", got)
		}
	})
}

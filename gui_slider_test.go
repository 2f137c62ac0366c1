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

// TestDefaultsOfSliders: without options from 0 to 1, and steps that are about a
// hundredth of the range, written as people write them.
func TestDefaultsOfSliders(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		gui := s.GUI()
		if sl := gui.AddSlider("x", 0.5, nil); sl.Min() != 0 || sl.Max() != 1 || sl.Step() != 0.01 || sl.Precision() != 2 {
			t.Errorf("without options: %v to %v by %v, %d places", sl.Min(), sl.Max(), sl.Step(), sl.Precision())
		}
		for _, test := range []struct{ min, max, step float64 }{
			{0, 10, 0.1}, {-1, 0, 0.01}, {0, 100, 1}, {0, 255, 2}, {0, 360, 2}, {0, 1000, 10}, {-180, 180, 2}, {0, 0.1, 0.001},
			{-math.Pi, math.Pi, 0.05}, {0, 3, 0.02}, {0, 9.9, 0.05}, {5, 5, 1}, {0, 1e-6, 1e-8}, {-math.MaxFloat64, math.MaxFloat64, 1e306},
		} {
			sl := gui.AddSlider("x", test.min, &viser.SliderOptions{Min: test.min, Max: test.max})
			m := gui.AddMultiSlider("x", []float64{test.min}, &viser.MultiSliderOptions{Min: test.min, Max: test.max})
			if sl.Step() != test.step || m.Step() != test.step {
				t.Errorf("%v to %v: step %v and %v, want %v", test.min, test.max, sl.Step(), m.Step(), test.step)
			}
		}
	})
}

// TestStepsFromZero: with -pi to pi by 0.01 clients send multiples of 0.01, and the
// program receives them unchanged.
func TestStepsFromZero(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Min: -math.Pi, Max: math.Pi, Step: 0.01})
		p.catchUp()
		for _, v := range []float64{0.01, -3.14, math.Pi, -math.Pi} {
			say(p, sliderID, v)
			if sl.Value() != v {
				t.Errorf("the page sent %v, the value is %v", v, sl.Value())
			}
		}
		if sl.Precision() != 7 { // as viser 1.1.1 computes it: the page shows both ends to seven places
			t.Errorf("%d decimal places", sl.Precision())
		}
	})
}

func TestRangeOfMultiSlider(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		m := s.GUI().AddMultiSlider("x", []float64{2, 8}, &viser.MultiSliderOptions{Max: 10, MinRange: 3})
		misused(t, "min above max", func() { m.SetMin(11) })
		misused(t, "the range is shorter than MinRange", func() { m.SetMax(2) })
		misused(t, "the range is shorter than MinRange", func() { m.SetRange(4, 6) })
		misused(t, "MinRange longer than the range", func() { m.SetMinRange(11) })
		m.SetRange(-5, 5)
		m.SetMinRange(0)
		if m.Min() != -5 || m.Max() != 5 || m.MinRange() != 0 {
			t.Errorf("%v to %v, MinRange %v", m.Min(), m.Max(), m.MinRange())
		}
	})
}

func TestMultiSliderAcceptsAscendingNumbers(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		initial := []float64{2, 5, 8}
		m := s.GUI().AddMultiSlider("m", initial, &viser.MultiSliderOptions{
			Max: 10, Step: 0.5,
			MinRange: 1.0, Marks: []viser.Mark{{Value: 5, Label: "mid"}},
		})
		initial[0] = 99
		if got := m.Value(); got[0] != 2 {
			t.Errorf("the caller's slice leads into the slider: %v", got)
		}
		m.Value()[1] = 99
		var events record[string]
		m.OnUpdate(func(_ context.Context, e viser.UpdateEvent[[]float64]) { events.add(fmt.Sprint(e.Value)) })
		p.catchUp()
		c := last[*wire.GuiMultiSliderMessage](p)
		if c.Props.Precision != 1 || *c.Props.MinRange != 1 || *c.Props.Marks[0].Label != "mid" {
			t.Errorf("%+v", c.Props)
		}
		for _, bad := range []any{
			nil, 5.0, "258", []any{}, []any{1.0, 2.0}, []any{1.0, 2.0, 3.0, 4.0}, []any{8.0, 5.0, 2.0},
			[]any{1.0, "2", 3.0}, []any{1.0, math.NaN(), 3.0}, map[string]any{},
			[]any{2.0, 2.5, 8.0}, []any{4.5, 5.0, 8.0}, []any{-7.0, 0.5, 8.0}, // nearer than MinRange
		} {
			say(p, multiID, bad)
		}
		if got := m.Value(); !cmp.Equal(got, []float64{2, 5, 8}) || !log.has("invalid input value") {
			t.Errorf("a page has set %v", got)
		}
		say(p, multiID, []any{int64(-3), 5.5, 99.0})
		say(p, multiID, []any{0.0, 5.5, 10.0}) // the same
		values := []float64{1, 1, 4}
		m.SetValue(values)
		values[0] = 77
		m.SetValue([]float64{1, 1, 4})
		synctest.Wait()
		if diff := cmp.Diff([]string{"[0 5.5 10]", "[1 1 4]"}, events.got()); diff != "" {
			t.Error(diff)
		}
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); !cmp.Equal(u.Updates[0].Value, []any{1.0, 1.0, 4.0}) {
			t.Errorf("%+v", u)
		}
	})
}

func TestClientValuesOfAMultiSliderAreValidated(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		m := s.GUI().AddMultiSlider("m", []float64{2, 2.2, 8}, &viser.MultiSliderOptions{
			Max: 10, Step: 0.1,
			MinRange: 0.3, FixedEndpoints: true,
		})
		p.catchUp()
		if c := last[*wire.GuiMultiSliderMessage](p); !c.Props.FixedEndpoints {
			t.Errorf("%+v", c.Props)
		}
		for _, try := range []struct {
			v    []any
			want []float64
		}{
			{[]any{2.1, 5.0, 8.0}, []float64{2, 2.2, 8}},   // the first one is fixed
			{[]any{2.0, 5.0, 9.0}, []float64{2, 2.2, 8}},   // so is the last
			{[]any{2.0, 2.1, 8.0}, []float64{2, 2.2, 8}},   // nearer still
			{[]any{2.0, 2.25, 8.0}, []float64{2, 2.25, 8}}, // not yet far enough, but better
			{[]any{2.0, 7.7, 8.0}, []float64{2, 7.7, 8}},   // 0.3 but for the rounding
			{[]any{2.0, 7.8, 8.0}, []float64{2, 7.7, 8}},
		} {
			say(p, multiID, try.v)
			if got := m.Value(); !cmp.Equal(got, try.want) {
				t.Errorf("after a page's %v it is %v; want %v", try.v, got, try.want)
			}
		}
		// Where the range has cut an end off, pages have it at the range's end.
		m.SetMin(3)
		say(p, multiID, []any{3.0, 5.0, 8.0})
		m.SetFixedEndpoints(false)
		m.SetMinRange(0)
		say(p, multiID, []any{5.0, 5.0, 6.0})
		if got := m.Value(); !cmp.Equal(got, []float64{5, 5, 6}) {
			t.Errorf("without rules a page set %v", got)
		}
	})
}

// TestTwoClientsDragOneSlider: at the end both, a late client and the program have the
// same value.
func TestTwoClientsDragOneSlider(t *testing.T) {
	for name, packed := range map[string][2]bool{
		"extended": {true, true}, "plain": {false, false}, "one of each": {true, false},
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

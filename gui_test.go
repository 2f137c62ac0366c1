package viser_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// say sends a value from the page to the newest element of the message type M.
func say[M wire.Message](p *page, uuid func(M) string, v any) {
	p.Receive(&wire.GuiUpdateMessage{UUID: uuid(last[M](p)), Updates: wire.Updates{{Key: "value", Value: v}}})
	synctest.Wait()
}

func sliderID(m *wire.GuiSliderMessage) string     { return m.UUID }
func textID(m *wire.GuiTextMessage) string         { return m.UUID }
func dropdownID(m *wire.GuiDropdownMessage) string { return m.UUID }
func rgbID(m *wire.GuiRgbMessage) string           { return m.UUID }
func vectorID(m *wire.GuiVector3Message) string    { return m.UUID }
func buttonID(m *wire.GuiButtonMessage) string     { return m.UUID }
func checkID(m *wire.GuiCheckboxMessage) string    { return m.UUID }

func TestValuesAreEqualOnAllPages(t *testing.T) {
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

func TestValuesThatCannotBe(t *testing.T) {
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

func TestMisuseOfTheGUI(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		g := s.GUI()
		nan := math.NaN()
		sl := g.AddSlider("s", 5, &viser.SliderOptions{Max: 10, Step: 1})
		dd := g.AddDropdown("d", []string{"a"}, nil)
		folder := g.AddFolder("f", nil)
		folder.Remove()
		for name, f := range map[string]func(){
			"min above max":        func() { g.AddSlider("x", 0, &viser.SliderOptions{Min: 1, Step: 1}) },
			"step below 0":         func() { g.AddSlider("x", 0, &viser.SliderOptions{Step: -1}) },
			"outside":              func() { g.AddSlider("x", 2, &viser.SliderOptions{Max: 1, Step: 1}) },
			"NaN":                  func() { g.AddSlider("x", 0, &viser.SliderOptions{Min: nan, Max: 1, Step: 1}) },
			"NaN value":            func() { sl.SetValue(nan) },
			"mark":                 func() { g.AddSlider("x", 0, &viser.SliderOptions{Max: 1, Step: 1, Marks: []viser.Mark{{Value: nan}}}) },
			"number outside":       func() { g.AddNumber("x", 5, &viser.NumberOptions{Max: new(4.0)}) },
			"number step":          func() { g.AddNumber("x", 5, &viser.NumberOptions{Step: -1}) },
			"vector outside":       func() { g.AddVector3("x", viser.Vec3{0, 0, -1}, &viser.Vector3Options{Min: &viser.Vec3{}}) },
			"no options":           func() { g.AddDropdown("x", nil, nil) },
			"not an option":        func() { g.AddDropdown("x", []string{"a"}, &viser.DropdownOptions{Initial: "b"}) },
			"value not an option":  func() { dd.SetValue("b") },
			"options taken away":   func() { dd.SetOptions(nil) },
			"order":                func() { g.AddText("x", "", &viser.TextOptions{Order: &nan}) },
			"progress":             func() { g.AddProgressBar(101, nil) },
			"color that is none":   func() { g.AddButton("x", &viser.ButtonOptions{Color: viser.ColorName("mauve")}) },
			"color set to none":    func() { g.AddProgressBar(1, nil).SetColor(viser.ColorName("mauve")) },
			"brand color":          func() { g.ConfigureTheme(&viser.Theme{BrandColor: viser.ColorName("mauve")}) },
			"control width":        func() { g.ConfigureTheme(&viser.Theme{ControlWidth: "huge"}) },
			"order of an element":  func() { sl.SetOrder(nan) },
			"progress set to none": func() { g.AddProgressBar(1, nil).SetValue(nan) },
		} {
			misused(t, name, f)
		}
		sl.SetValue(11) // a number outside is moved to the end: programs compute them
		if sl.Value() != 10 {
			t.Error(sl.Value())
		}
	})
}

func TestButton(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		other, _ := connect(t, s)
		b := s.GUI().AddButton("go", &viser.ButtonOptions{Color: viser.Red})
		var n record[int]
		block := make(chan struct{})
		b.OnClick(func(context.Context, viser.ButtonEvent) { panic("first callback") })
		b.OnClick(func(_ context.Context, e viser.ButtonEvent) {
			n.add(e.Client.ID())
			if e.Target != b {
				t.Error("another button")
			}
			<-block
		})
		p.catchUp()
		other.catchUp()
		for range 10 {
			say(p, buttonID, true)
		}
		say(other, buttonID, true) // another client does not wait for the busy callback of the first
		if got := n.got(); len(got) != 2 {
			t.Errorf("%v", got)
		}
		close(block)
		synctest.Wait()
		if got := n.got(); len(got) != 11 {
			t.Errorf("%d clicks came; want 11: none is left out", len(got))
		}
		if ms := append(p.catchUp(), other.catchUp()...); len(ms) != 0 {
			t.Errorf("a click was echoed: %q", types(ms))
		}
		if !log.has("first callback") || !log.has("Button.OnClick") {
			t.Error("the panic was not logged")
		}
		_ = c
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

func TestPropertiesOfElements(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		tx := s.GUI().AddText("t", "", &viser.TextOptions{Hint: "hint", Disabled: true, Hidden: true})
		p.catchUp()
		if m := last[*wire.GuiTextMessage](p); *m.Props.Hint != "hint" || !m.Props.Disabled || m.Props.Visible {
			t.Errorf("%+v", m.Props)
		}
		for name, step := range map[string]struct {
			set  func()
			got  func() any
			want any
			key  string
		}{
			"label":    {func() { tx.SetLabel("l") }, func() any { return tx.Label() }, "l", "label"},
			"hint":     {func() { tx.SetHint("h") }, func() any { return tx.Hint() }, "h", "hint"},
			"visible":  {func() { tx.SetVisible(true) }, func() any { return tx.Visible() }, true, "visible"},
			"disabled": {func() { tx.SetDisabled(false) }, func() any { return tx.Disabled() }, false, "disabled"},
			"order":    {func() { tx.SetOrder(-3) }, func() any { return tx.Order() }, -3.0, "order"},
		} {
			step.set()
			step.set()
			if ms := p.catchUp(); len(ms) != 1 {
				t.Errorf("%s: %q", name, types(ms))
			}
			u := last[*wire.GuiUpdateMessage](p).Updates
			if len(u) != 1 || u[0].Key != step.key || u[0].Value != step.want || step.got() != step.want {
				t.Errorf("%s: %+v, read %v", name, u, step.got())
			}
		}
		tx.SetHint("")
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p).Updates; u[0].Value != nil || tx.Hint() != "" {
			t.Errorf("%+v", u)
		}
		tx.Remove()
		tx.Remove()
		tx.SetLabel("dead")
		tx.SetValue("dead")
		if got := types(p.catchUp()); len(got) != 1 || got[0] != "GuiRemoveMessage" || !tx.Removed() || !log.has("removed GUI element") {
			t.Errorf("%q", got)
		}
	})
}

func TestFoldersAndReset(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		g := s.GUI()
		f := g.AddFolder("outer", nil)
		in := f.AddFolder("", &viser.FolderOptions{Folded: true})
		leaf := in.AddNumber("n", 1, nil)
		g.AddMarkdown("# text", nil).SetContent("*other*")
		p.catchUp()
		fs := all[*wire.GuiFolderMessage](p)
		if fs[1].ContainerUUID != fs[0].UUID || fs[1].Props.Label != nil || fs[1].Props.ExpandByDefault || last[*wire.GuiNumberMessage](p).ContainerUUID != fs[1].UUID {
			t.Errorf("%+v", fs)
		}
		f.SetLabel("renamed")
		if f.Label() != "renamed" || in.Label() != "" {
			t.Error(f.Label())
		}
		before := len(all[*wire.GuiSetPanelPositionMessage](p))
		g.Reset()
		p.catchUp()
		if n := len(all[*wire.GuiRemoveMessage](p)); n != 4 || !leaf.Removed() || !in.Removed() {
			t.Errorf("%d removals", n)
		}
		if m := last[*wire.GuiSetPanelPositionMessage](p); len(all[*wire.GuiSetPanelPositionMessage](p)) != before+1 || m.Counter != 2 {
			t.Errorf("%+v: the panel goes back to its place", m)
		}
		if late := open(t, s, true); len(all[*wire.GuiRemoveMessage](late))+len(all[*wire.GuiFolderMessage](late)) != 0 {
			t.Error("a later client receives what was removed")
		}
	})
}

func TestDropdownOptions(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		dd := s.GUI().AddDropdown("d", []string{"a", "b", "c"}, &viser.DropdownOptions{Initial: "b"})
		var seen record[string]
		dd.OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { seen.add(e.Value) })
		p.catchUp()
		dd.SetOptions([]string{"b", "x"})
		dd.SetOptions([]string{"x", "y"})
		p.catchUp()
		us := all[*wire.GuiUpdateMessage](p)
		if dd.Value() != "x" || us[len(us)-1].Updates[0].Value != "x" || dd.Options()[1] != "y" {
			t.Errorf("%q, %+v", dd.Value(), us)
		}
		if diff := cmp.Diff([]string{"x"}, seen.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPrecisionAndStep(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		g := s.GUI()
		// What the real viser computes.
		for _, test := range []struct {
			v, step  float64
			wantStep float64
			want     int
		}{{1e-9, 0, 1e-7, 7}, {3, 0.001, 0.001, 3}, {2.5, 0, 0.1, 1}, {4, 0, 1, 0}} {
			g.AddNumber("n", test.v, &viser.NumberOptions{Step: test.step})
			p.catchUp()
			if n := last[*wire.GuiNumberMessage](p).Props; n.Step != test.wantStep || n.Precision != test.want {
				t.Errorf("number %v: step %v, precision %d", test.v, n.Step, n.Precision)
			}
		}
		g.AddSlider("s", 0.5, &viser.SliderOptions{Max: 1, Step: 5, Marks: []viser.Mark{{0, "low"}, {1, ""}}})
		p.catchUp()
		if s := last[*wire.GuiSliderMessage](p).Props; s.Step != 1 || s.Precision != 1 || *s.Marks[0].Label != "low" || s.Marks[1].Label != nil {
			t.Errorf("%+v", s)
		}
	})
}

func TestTheme(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		for rgb, want := range map[viser.RGB]string{ // what the real viser computes
			{230, 180, 30}:  "#faf0d1 #f7e8bb #f5e1a4 #f2d98e #f0d278 #edca61 #ebc34b #e8bb34 #e6b41e #c59916",
			{0, 128, 255}:   "#cce6ff #b3d9ff #99ccff #80bfff #66b3ff #4da6ff #3399ff #1a8dff #0080ff #006cd6",
			{13, 200, 77}:   "#cffcde #b2facb #95f8b7 #78f6a4 #5cf490 #3ff37c #22f169 #0fe558 #0dc84d #0ba23e",
			{255, 255, 255}: "#e6e6e6 #e6e6e6 #e7e7e7 #e7e7e7 #e8e8e8 #e9e9e9 #e9e9e9 #eaeaea #ebebeb #ebebeb",
		} {
			s.GUI().ConfigureTheme(&viser.Theme{DarkMode: true, BrandColor: rgb})
			p.catchUp()
			m := last[*wire.ThemeConfigurationMessage](p)
			if got := strings.Join(m.Colors[:], " "); got != want || !m.DarkMode || !m.ShowLogo {
				t.Errorf("%v: %s", rgb, got)
			}
		}
		s.GUI().ConfigureTheme(nil)
		s.GUI().SetPanelLabel("")
		p.catchUp()
		if m := last[*wire.ThemeConfigurationMessage](p); m.Colors != nil || m.ControlWidth != "medium" || last[*wire.SetGuiPanelLabelMessage](p).Label != nil {
			t.Errorf("%+v", m)
		}
	})
}

package viser_test

import (
	"math"
	"testing"

	"github.com/viser-go/viser"
)

func TestMisuseOfWidgets(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		g := s.GUI()
		nan := math.NaN()
		m := g.AddMultiSlider("m", []float64{1}, &viser.MultiSliderOptions{Max: 10, Step: 1})
		v := g.AddVector2("v", viser.Vec2{}, nil)
		group := g.AddButtonGroup("g", []string{"a"}, nil)
		for name, f := range map[string]func(){
			"no handles":    func() { g.AddMultiSlider("x", nil, &viser.MultiSliderOptions{Max: 1, Step: 0.1}) },
			"not rising":    func() { g.AddMultiSlider("x", []float64{0.5, 0.1}, &viser.MultiSliderOptions{Max: 1, Step: 0.1}) },
			"outside":       func() { g.AddMultiSlider("x", []float64{0.5, 1.1}, &viser.MultiSliderOptions{Max: 1, Step: 0.1}) },
			"below":         func() { g.AddMultiSlider("x", []float64{-0.5, 1}, &viser.MultiSliderOptions{Max: 1, Step: 0.1}) },
			"step below 0":  func() { g.AddMultiSlider("x", []float64{0.5}, &viser.MultiSliderOptions{Step: -1}) },
			"min above max": func() { g.AddMultiSlider("x", []float64{0.5}, &viser.MultiSliderOptions{Min: 1, Step: 1}) },
			"NaN":           func() { g.AddMultiSlider("x", []float64{nan}, &viser.MultiSliderOptions{Max: 1, Step: 1}) },
			"min range": func() {
				g.AddMultiSlider("x", []float64{0}, &viser.MultiSliderOptions{Max: 1, Step: 1, MinRange: 1.5})
			},
			"min range below 0": func() {
				g.AddMultiSlider("x", []float64{0}, &viser.MultiSliderOptions{Max: 1, Step: 1, MinRange: -0.5})
			},
			"value not rising": func() { m.SetValue([]float64{2, 1}) },
			"no value":         func() { m.SetValue(nil) },
			"value NaN":        func() { m.SetValue([]float64{nan}) },
			"mark":             func() { m.SetMarks([]viser.Mark{{Value: nan}}) },
			"vector2 outside":  func() { g.AddVector2("x", viser.Vec2{1, 9}, &viser.Vector2Options{Max: &viser.Vec2{5, 5}}) },
			"vector2 range": func() {
				g.AddVector2("x", viser.Vec2{}, &viser.Vector2Options{Min: &viser.Vec2{1, 0}, Max: &viser.Vec2{0, 1}})
			},
			"vector2 NaN":         func() { g.AddVector2("x", viser.Vec2{nan, 0}, nil) },
			"vector2 step":        func() { g.AddVector2("x", viser.Vec2{}, &viser.Vector2Options{Step: -1}) },
			"vector2 value":       func() { v.SetValue(viser.Vec2{0, math.Inf(1)}) },
			"no options":          func() { g.AddButtonGroup("x", nil, nil) },
			"no options any more": func() { group.SetOptions(nil) },
			"order":               func() { g.AddDivider(&viser.DividerOptions{Order: &nan}) },
		} {
			misused(t, name, f)
		}
		if got := m.Value(); len(got) != 1 || got[0] != 1 {
			t.Errorf("a refused value was stored: %v", got)
		}
		m.SetValue([]float64{1, 2, 3}) // more handles
		if len(m.Value()) != 3 {
			t.Error(m.Value())
		}
	})
}

func TestMisuseOfPanelsAndCommands(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		g := s.GUI()
		main, panel, other, gone := g.MainPanel(), g.AddPanel(nil), g.AddPanel(nil), g.AddPanel(nil)
		mine := c.GUI().AddPanel(nil)
		gone.Remove()
		cmd := g.AddCommand("c", nil)
		nan, minus := math.NaN(), -1.0
		for name, f := range map[string]func(){
			"beside itself":                  func() { panel.DockAbove(panel) },
			"main beside itself":             func() { main.DockBelow(c.GUI().MainPanel()) },
			"beside a client's":              func() { panel.DockBelow(mine) },
			"a client's beside the server's": func() { mine.DockBelow(panel) },
			"width NaN":                      func() { panel.SetWidth(nan) },
			"height 0":                       func() { main.SetHeight(0) },
			"x NaN":                          func() { panel.Float(&viser.FloatOptions{X: &nan}) },
			"width of a floating":            func() { panel.Float(&viser.FloatOptions{Width: &minus}) },
			"order":                          func() { g.AddPanel(&viser.PanelOptions{Order: &nan}) },
			"modifier, no key":               func() { g.AddCommand("x", &viser.CommandOptions{Modifiers: []viser.Modifier{viser.Alt}}) },
			"no such key":                    func() { g.AddCommand("x", &viser.CommandOptions{Hotkey: "f13"}) },
			"a small letter":                 func() { cmd.SetHotkey("k") },
			"modifier without a key":         func() { cmd.SetHotkey("", viser.Shift) },
			"modifier twice":                 func() { cmd.SetHotkey("K", viser.Shift, viser.Shift) },
			"container of a client":          func() { g.In(c.GUI()) },
		} {
			misused(t, name, f)
		}
		mine.DockAbove(main) // the control panel is on every page
		panel.DockBelow(other)
		other.DockBelow(panel) // each order by itself makes sense, so none is refused
		p.catchUp()
		gone.DockLeft()
		gone.Minimize()
		if ms := p.catchUp(); len(ms) != 0 || !log.has("call on a removed panel ignored") {
			t.Errorf("%q", types(ms))
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

// TestHeightOfNothing: in options 0 is the default height; a setter cannot mean it.
func TestHeightOfNothing(t *testing.T) {
	gui := viser.NewTestServer(nil).GUI()
	table, log := gui.AddTable([]string{"a"}, nil, nil), gui.AddLog(nil)
	misused(t, "table", func() { table.SetHeight(0) })
	misused(t, "log", func() { log.SetHeight(0) })
	if table.Height() != 240 || log.Height() != 160 {
		t.Errorf("the heights are %d and %d", table.Height(), log.Height())
	}
}

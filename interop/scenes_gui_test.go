package interop_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/viser-go/viser"
)

// The scenarios of pydriver/scenarios_gui.py, with our API.

func guiDefaults(s *session) {
	gui := s.server.GUI()
	s.step("folder", func() { gui.AddFolder("folder", nil) })
	s.step("button", func() { gui.AddButton("button", nil) })
	s.step("slider", func() { gui.AddSlider("slider", 0.5, &viser.SliderOptions{Max: 1, Step: 0.1}) })
	s.step("number", func() { gui.AddNumber("number", 3.5, nil) })
	s.step("text", func() { gui.AddText("text", "hello", nil) })
	s.step("checkbox", func() { gui.AddCheckbox("checkbox", true, nil) })
	s.step("dropdown", func() { gui.AddDropdown("dropdown", []string{"a", "b", "c"}, nil) })
	s.step("rgb", func() { gui.AddRGB("rgb", viser.RGB{10, 20, 30}, nil) })
	s.step("vector3", func() { gui.AddVector3("vector3", viser.Vec3{1, 2, 3}, nil) })
	s.step("markdown", func() { gui.AddMarkdown("# title\n\ntext", nil) })
	s.step("progress", func() { gui.AddProgressBar(25, nil) })
	s.joinLate("late")
}

func guiOptions(s *session) {
	optionsOfInputs(s)
	optionsOfDisplays(s)
	s.joinLate("late")
}

func optionsOfInputs(s *session) {
	gui := s.server.GUI()
	s.step("folder", func() {
		gui.AddFolder("folder", &viser.FolderOptions{Order: new(-1.5), Folded: true, Hidden: true})
	})
	s.step("folder without label", func() { gui.AddFolder("", nil) })
	s.step("button", func() {
		gui.AddButton("button", &viser.ButtonOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Color: viser.Red})
	})
	s.step("button rgb", func() {
		gui.AddButton("button", &viser.ButtonOptions{Color: viser.RGB{1, 2, 3}})
	})
	s.step("slider", func() {
		gui.AddSlider("slider", 0.5, &viser.SliderOptions{
			Min: -1, Max: 2, Step: 0.25,
			Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Marks: []viser.Mark{{Value: 0}, {Value: 1, Label: "one"}},
		})
	})
	number := func(step string, initial float64, o viser.NumberOptions) {
		s.step(step, func() { gui.AddNumber("number", initial, &o) })
	}
	number("number", 3.5, viser.NumberOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Min: new(0.0), Max: new(10.0), Step: 0.5})
	number("number with min", 3.5, viser.NumberOptions{Min: new(0.25)})
	number("number with max", 3.5, viser.NumberOptions{Max: new(10.0)})
	number("number with step", 3, viser.NumberOptions{Step: 0.001})
	s.step("text", func() {
		gui.AddText("text", "one\ntwo", &viser.TextOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Multiline: true})
	})
	s.step("checkbox", func() {
		gui.AddCheckbox("checkbox", false, &viser.CheckboxOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5)})
	})
	s.step("dropdown", func() {
		gui.AddDropdown("dropdown", []string{"a", "b", "c"}, &viser.DropdownOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Initial: "b"})
	})
	s.step("rgb", func() {
		gui.AddRGB("rgb", viser.RGB{0, 255, 30}, &viser.RGBOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5)})
	})
	s.step("vector3", func() {
		gui.AddVector3("vector3", viser.Vec3{1, 2, 3}, &viser.Vector3Options{
			Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Min: &viser.Vec3{0, 0, 0.5}, Max: &viser.Vec3{4, 5, 6}, Step: 0.125,
		})
	})
	s.step("vector3 with min", func() {
		gui.AddVector3("vector3", viser.Vec3{1, 2, 3}, &viser.Vector3Options{Min: &viser.Vec3{0, 0.25, 0.5}})
	})
}

func optionsOfDisplays(s *session) {
	gui := s.server.GUI()
	s.step("markdown", func() {
		gui.AddMarkdown("*text*", &viser.MarkdownOptions{Order: new(7.25), Hidden: true})
	})
	s.step("progress", func() {
		gui.AddProgressBar(0, &viser.ProgressBarOptions{
			Hidden: true, Animated: true, Color: viser.Teal, Order: new(7.5),
		})
	})
	s.step("progress rgb", func() {
		gui.AddProgressBar(100, &viser.ProgressBarOptions{Color: viser.RGB{1, 2, 3}})
	})
	for _, name := range []viser.ColorName{
		viser.Dark, viser.Gray, viser.Red, viser.Pink, viser.Grape, viser.Violet, viser.Indigo,
		viser.Blue, viser.Cyan, viser.Green, viser.Lime, viser.Yellow, viser.Orange, viser.Teal,
	} {
		s.step("color "+string(name), func() {
			gui.AddButton("button", &viser.ButtonOptions{Color: name})
		})
	}
}

// pythonFloat formats a number like Python's str, for the names of steps.
func pythonFloat(x float64) string {
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if 1e-4 <= x && x < 1e16 || x <= 0 && x > -1e16 {
		text = strconv.FormatFloat(x, 'f', -1, 64)
	}
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

func guiPrecision(s *session) {
	gui := s.server.GUI()
	for _, n := range [][4]float64{
		{0, 100, 1, 50},
		{0, 1, 0.01, 0.25},
		{0.5, 3, 1, 2.5},
		{0, 1, 5, 0.5},
		{0, 0.003, 0.0005, 0.001},
		{-0.125, 1, 0.1, 0},
		{0, 1, 1.0 / 3, 0},
		{1, 1, 0.5, 1},
		{1e9, 2e9, 1e8, 1e9},
	} {
		name := "slider"
		for _, x := range n {
			name += " " + pythonFloat(x)
		}
		s.step(name, func() { gui.AddSlider("slider", n[3], &viser.SliderOptions{Min: n[0], Max: n[1], Step: n[2]}) })
	}
	for _, n := range []float64{0, 1, 12.1, 12.02, 0.004, 1e-9, 100, -0.5, 1.0 / 3, 1e20} {
		s.step("number "+pythonFloat(n), func() { gui.AddNumber("number", n, nil) })
	}
	for _, v := range []viser.Vec3{{0.1, 2, 3}, {1, 2, 3.004}, {0, 0, 0}, {1.0 / 3, 0, 1}} {
		name := fmt.Sprintf("vector3 (%s, %s, %s)", pythonFloat(v[0]), pythonFloat(v[1]), pythonFloat(v[2]))
		s.step(name, func() { gui.AddVector3("vector3", v, nil) })
	}
}

// A base has the methods that all inputs and the button have in common.
type base interface {
	SetLabel(string)
	SetHint(string)
	SetVisible(bool)
	SetDisabled(bool)
	SetOrder(float64)
}

func setBase(s *session, name string, h base) {
	s.set(name+".label", func() { h.SetLabel("new label") })
	s.set(name+".hint", func() { h.SetHint("new hint") })
	s.set(name+".visible", func() { h.SetVisible(false) })
	s.set(name+".disabled", func() { h.SetDisabled(true) })
	s.set(name+".order", func() { h.SetOrder(40.5) })
}

func guiSetters(s *session) {
	settersOfContainers(s)
	settersOfNumbers(s)
	text := settersOfText(s)
	settersOfChoices(s)
	settersOfTriples(s)
	settersOfDisplays(s)
	s.step("hint none", func() { text.SetHint("") })
	s.joinLate("late")
}

func settersOfContainers(s *session) {
	gui := s.server.GUI()
	folder := added(s, "folder", func() *viser.Folder { return gui.AddFolder("folder", nil) })
	s.set("folder.label", func() { folder.SetLabel("new label") })
	s.set("folder.visible", func() { folder.SetVisible(false) })
	s.set("folder.order", func() { folder.SetOrder(40.5) })
	button := added(s, "button", func() *viser.Button { return gui.AddButton("button", nil) })
	setBase(s, "button", button)
	s.set("button.color", func() { button.SetColor(viser.Red) })
	s.step("button.color rgb", func() { button.SetColor(viser.RGB{1, 2, 3}) })
	s.step("button.color none", func() { button.SetColor(nil) })
}

func settersOfNumbers(s *session) {
	gui := s.server.GUI()
	slider := added(s, "slider", func() *viser.Slider { return gui.AddSlider("slider", 5, &viser.SliderOptions{Max: 10, Step: 0.5}) })
	setBase(s, "slider", slider)
	s.set("slider.value", func() { slider.SetValue(7.5) })
	s.set("slider.min", func() { slider.SetMin(1) })
	s.set("slider.max", func() { slider.SetMax(8) })
	s.set("slider.step", func() { slider.SetStep(0.25) })
	number := added(s, "number", func() *viser.Number { return gui.AddNumber("number", 3.5, nil) })
	setBase(s, "number", number)
	s.set("number.value", func() { number.SetValue(7.5) })
	s.set("number.min", func() { number.SetMin(new(1.0)) })
	s.set("number.max", func() { number.SetMax(new(8.0)) })
	s.set("number.step", func() { number.SetStep(0.25) })
}

func settersOfText(s *session) *viser.Text {
	text := added(s, "text", func() *viser.Text { return s.server.GUI().AddText("text", "hello", nil) })
	setBase(s, "text", text)
	s.set("text.value", func() { text.SetValue("bye") })
	s.set("text.multiline", func() { text.SetMultiline(true) })
	return text
}

func settersOfChoices(s *session) {
	gui := s.server.GUI()
	check := added(s, "checkbox", func() *viser.Checkbox { return gui.AddCheckbox("checkbox", true, nil) })
	setBase(s, "checkbox", check)
	s.set("checkbox.value", func() { check.SetValue(false) })
	drop := added(s, "dropdown", func() *viser.Dropdown {
		return gui.AddDropdown("dropdown", []string{"a", "b", "c"}, nil)
	})
	setBase(s, "dropdown", drop)
	s.set("dropdown.value", func() { drop.SetValue("b") })
	s.step("dropdown.options keeping the value", func() { drop.SetOptions([]string{"b", "c", "d"}) })
	s.step("dropdown.options dropping the value", func() { drop.SetOptions([]string{"x", "y"}) })
	s.result("dropdown value", func() any { return drop.Value() })
	s.step("dropdown.options again", func() { drop.SetOptions([]string{"x", "y"}) })
}

func settersOfTriples(s *session) {
	gui := s.server.GUI()
	rgb := added(s, "rgb", func() *viser.RGBInput { return gui.AddRGB("rgb", viser.RGB{10, 20, 30}, nil) })
	setBase(s, "rgb", rgb)
	s.set("rgb.value", func() { rgb.SetValue(viser.RGB{1, 2, 3}) })
	v := added(s, "vector3", func() *viser.Vector3 { return gui.AddVector3("vector3", viser.Vec3{1, 2, 3}, nil) })
	setBase(s, "vector3", v)
	s.set("vector3.value", func() { v.SetValue(viser.Vec3{3, 2, 1}) })
	s.set("vector3.min", func() { v.SetMin(&viser.Vec3{}) })
	s.set("vector3.max", func() { v.SetMax(&viser.Vec3{5, 5, 5}) })
	s.set("vector3.step", func() { v.SetStep(0.25) })
}

func settersOfDisplays(s *session) {
	gui := s.server.GUI()
	mark := added(s, "markdown", func() *viser.Markdown { return gui.AddMarkdown("one", nil) })
	s.set("markdown.content", func() { mark.SetContent("two") })
	s.set("markdown.visible", func() { mark.SetVisible(false) })
	s.set("markdown.order", func() { mark.SetOrder(40.5) })
	bar := added(s, "progress", func() *viser.ProgressBar { return gui.AddProgressBar(25, nil) })
	s.set("progress.value", func() { bar.SetValue(50) })
	s.set("progress.animated", func() { bar.SetAnimated(true) })
	s.set("progress.color", func() { bar.SetColor(viser.Blue) })
	s.set("progress.visible", func() { bar.SetVisible(false) })
	s.set("progress.order", func() { bar.SetOrder(40.5) })
	s.step("progress.color none", func() { bar.SetColor(nil) })
}

func guiFolders(s *session) {
	gui := s.server.GUI()
	outer := added(s, "outer", func() *viser.Folder { return gui.AddFolder("outer", nil) })
	s.step("text in outer", func() { outer.AddText("text", "t", nil) })
	inner := added(s, "inner", func() *viser.Folder { return outer.AddFolder("inner", nil) })
	deep := added(s, "slider in inner", func() *viser.Slider {
		return inner.AddSlider("slider", 0.5, &viser.SliderOptions{Max: 1, Step: 0.1})
	})
	s.step("after", func() { gui.AddCheckbox("after", false, nil) })
	s.step("deep value", func() { deep.SetValue(0.75) })
	s.joinLate("late before remove")
	s.step("remove outer", outer.Remove)
	s.quiet("removed handle", func() { deep.SetValue(0.25) })
	s.joinLate("late after remove")
	lone := added(s, "lone", func() *viser.Text { return gui.AddText("lone", "", nil) })
	s.step("remove lone", lone.Remove)
}

func guiPanel(s *session) {
	gui := s.server.GUI()
	theme := func(name string, t *viser.Theme) {
		s.step(name, func() { gui.ConfigureTheme(t) })
	}
	theme("theme", nil)
	theme("theme again", &viser.Theme{})
	theme("dark", &viser.Theme{DarkMode: true})
	for _, c := range []viser.RGB{
		{230, 180, 30}, {0, 0, 0}, {255, 255, 255}, {255, 0, 0}, {0, 128, 255},
		{10, 10, 10}, {250, 250, 240}, {128, 128, 128}, {13, 200, 77},
	} {
		theme(fmt.Sprintf("brand (%d, %d, %d)", c[0], c[1], c[2]), &viser.Theme{BrandColor: c})
	}
	theme("everything", &viser.Theme{
		DarkMode: true, ControlWidth: viser.LargeControls, HideLogo: true, HideShareButton: true,
		Titlebar: &viser.Titlebar{
			Buttons: []viser.TitlebarButton{
				{Text: "code", Icon: viser.IconGitHub, Href: "https://example.org/code"},
				{Text: "docs", Icon: viser.IconDescription, Href: "https://example.org/docs"},
			},
			Image: &viser.TitlebarImage{
				URLLight: "https://example.org/light.png", URLDark: "https://example.org/dark.png",
				Alt: "logo", Href: "https://example.org",
			},
		},
	})
	theme("narrow", &viser.Theme{ControlWidth: viser.SmallControls})
	s.set("label", func() { gui.SetPanelLabel("a label") })
	s.joinLate("late")
	s.step("no label", func() { gui.SetPanelLabel("") })
}

func guiReset(s *session) {
	server, mine := s.server.GUI(), s.client().GUI()
	shared := added(s, "shared folder", func() *viser.Folder { return server.AddFolder("shared", nil) })
	s.step("shared text", func() { shared.AddText("text", "", nil) })
	s.step("mine in the shared folder", func() { mine.In(shared).AddNumber("number", 1, nil) })
	own := added(s, "my folder", func() *viser.Folder { return mine.AddFolder("own", nil) })
	s.step("mine in my folder", func() { own.AddNumber("number", 2, nil) })
	s.step("mine reset", func() {
		mine.Reset()
		s.putClientMarker("A")
	})
	s.step("everybody's reset", func() {
		server.Reset()
		s.putMarker()
	})
	s.joinLate("late")
}

func guiOfClient(s *session) {
	gui := s.client().GUI()
	s.step("a client's widgets", func() { gui.AddFolder("folder", nil).AddText("inside", "", nil) })
	s.step("client's label", func() { gui.SetPanelLabel("mine") })
	s.step("client's theme", func() { gui.ConfigureTheme(&viser.Theme{DarkMode: true}) })
}

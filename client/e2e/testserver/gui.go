package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

// An input of values of one kind.
type input[T any] interface {
	OnUpdate(func(context.Context, viser.UpdateEvent[T])) func()
	Value() T
	SetHint(string)
	SetLabel(string)
	SetDisabled(bool)
	SetVisible(bool)
}

// A widget is what commands can do to an input of any kind.
type widget interface {
	SetHint(string)
	SetLabel(string)
	SetDisabled(bool)
	SetVisible(bool)
}

// watch reports every change of an input to the test, and registers it for commands.
func watch[T any](s *stage, name string, in input[T]) {
	s.widgets[name], s.values[name] = in, func() any { return in.Value() }
	in.OnUpdate(func(_ context.Context, e viser.UpdateEvent[T]) {
		who := "program"
		if e.Client != nil {
			who = fmt.Sprint(e.Client.ID())
		}
		s.event("%s %v by %s", name, e.Value, who)
	})
}

// guiScenario has one of each element.
func guiScenario(s *stage) {
	g := s.GUI()
	g.SetPanelLabel("Controls of the test")
	f := g.AddFolder("Folder", nil)
	button := f.AddButton("Press me", &viser.ButtonOptions{Hint: "a hint"})
	button.OnClick(func(_ context.Context, e viser.ButtonEvent) { s.event("button by %d", e.Client.ID()) })
	panics := f.AddButton("Panic", nil)
	panics.OnClick(func(context.Context, viser.ButtonEvent) { panic("a callback of the test") })
	slider := f.AddSlider("Slider", 2, &viser.SliderOptions{Max: 10, Step: 0.5})
	watch[float64](s, "slider", slider)
	watch[float64](s, "number", f.AddNumber("Number", 1.5, &viser.NumberOptions{Min: new(0.0), Max: new(100.0)}))
	text := f.AddText("Text", "hello", nil)
	watch[string](s, "text", text)
	watch[string](s, "lines", f.AddText("Lines", "one\ntwo", &viser.TextOptions{Multiline: true}))
	check := f.AddCheckbox("Checkbox", false, nil)
	watch[bool](s, "checkbox", check)
	drop := f.AddDropdown("Dropdown", []string{"first", "second", "third"}, nil)
	watch[string](s, "dropdown", drop)
	watch[viser.RGB](s, "rgb", f.AddRGB("Color", viser.RGB{255, 128, 0}, nil))
	watch[viser.Vec3](s, "vector", f.AddVector3("Vector", viser.Vec3{1, 2, 3}, nil))
	s.widgets["button"] = button
	md := g.AddMarkdown("# Title\n\nSome **bold** text.", nil)
	bar := g.AddProgressBar(40, nil)

	s.do("slider", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		slider.SetValue(x)
	})
	s.do("text", func(v string) { text.SetValue(v) })
	s.do("checkbox", func(v string) { check.SetValue(v == "true") })
	s.do("dropdown", func(v string) { drop.SetValue(v) })
	s.do("label", s.change(func(w widget, v string) { w.SetLabel(v) }))
	s.do("hint", s.change(func(w widget, v string) { w.SetHint(v) }))
	s.do("disable", s.change(func(w widget, v string) { w.SetDisabled(v == "true") }))
	s.do("hide", s.change(func(w widget, v string) { w.SetVisible(v != "true") }))
	s.do("bounds", func(string) { slider.SetMax(20); slider.SetStep(5) })
	s.do("options", func(string) { drop.SetOptions([]string{"red", "green"}) })
	s.do("markdown", func(v string) { md.SetContent(v) })
	s.do("progress", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		bar.SetValue(x)
	})
	s.do("dark", func(v string) {
		g.ConfigureTheme(&viser.Theme{DarkMode: v == "true", BrandColor: viser.RGB{200, 30, 120}})
	})
	s.do("panel-label", func(v string) { g.SetPanelLabel(v) })
	s.do("remove-folder", func(string) { f.Remove() })
	s.do("reset", func(string) { g.Reset() })
	s.floods(slider, bar)
	s.tellsValues()
}

// tellsValues is a command for the values of all inputs that are watched.
func (s *stage) tellsValues() {
	s.commands["values"] = func(string) (string, error) {
		values := map[string]any{}
		for name, value := range s.values {
			values[name] = value()
		}
		return asJSON(values)
	}
}

// change is a command whose first word names a widget.
func (s *stage) change(f func(w widget, v string)) func(string) {
	return func(args string) {
		name, v, _ := strings.Cut(args, " ")
		f(s.widgets[name], v)
	}
}

// floods writes to widgets 1000 times per second, until it is stopped.
func (s *stage) floods(slider *viser.Slider, bar *viser.ProgressBar) {
	var stop chan struct{}
	s.do("flood", func(string) {
		stop = make(chan struct{})
		go func() {
			tick := time.NewTicker(time.Millisecond)
			defer tick.Stop()
			for i := 0; ; i++ {
				select {
				case <-stop:
					s.event("flood over")
					return
				case <-tick.C:
					slider.SetValue(float64(i%21) / 2)
					bar.SetValue(float64(i % 101))
				}
			}
		}()
	})
	s.do("ebb", func(string) { close(stop) })
}

// everyMarkup is text that Markdown would format, all of it.
const everyMarkup = "# 1. `code` *bold* __it__ [a](b) ![i](x.png) <b>t</b> {1} $x^2$ https://a.b www.a.b a@b.c ~~s~~ | t | === - [x] &amp; &#65; \\ :smile: 2) > q [^1] a_b_c"

// hostileScenario shows hostile text on the page.
func hostileScenario(s *stage) {
	const evil = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script><svg onload="window.harmed=1"><a href="javascript:window.harmed=1">x</a>`
	g := s.GUI()
	g.SetPanelLabel(evil)
	f := g.AddFolder(evil, nil)
	f.AddMarkdown(evil+"\n\n[link](javascript:window.harmed=1)\n\n![i](javascript:window.harmed=1)", nil)
	f.AddMarkdown(viser.EscapeMarkdown(everyMarkup), nil)
	f.AddButton(evil, &viser.ButtonOptions{Hint: evil})
	f.AddDropdown(evil, []string{evil, "b"}, nil)
	f.AddText(evil, evil, nil)
	s.Scene().AddLabel("/"+evil, evil, nil)
	s.Scene().AddFrame("/ünï/cödé 名前/ with blanks /"+evil, nil)
	g.ConfigureTheme(&viser.Theme{Titlebar: &viser.Titlebar{Buttons: []viser.TitlebarButton{{Text: evil, Href: "javascript:window.harmed=1"}}}})
	s.forClient("notify", func(c *viser.Client, _ string) (string, error) {
		c.Notify(evil, evil, nil)
		c.SendFileDownload("../../"+evil+".html", []byte(evil), nil)
		return "", nil
	})
}

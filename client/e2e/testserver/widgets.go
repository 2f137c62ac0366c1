package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing/fstest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

func init() { scenarios["widgets"] = widgetsScenario }

// widgetsScenario has the widgets that guiScenario leaves out, and the browser's storage.
func widgetsScenario(s *stage) {
	g := s.GUI()
	multi := g.AddMultiSlider("Cuts", []float64{2, 5, 8}, &viser.MultiSliderOptions{
		Max: 10, Step: 0.5,
		MinRange: 1.0, Marks: []viser.Mark{{Value: 0, Label: "low"}, {Value: 10, Label: "high"}},
	})
	watch[[]float64](s, "multi", multi)
	watch[[]float64](s, "fixed", g.AddMultiSlider("Fixed", []float64{0, 5, 10}, &viser.MultiSliderOptions{Max: 10, Step: 1, FixedEndpoints: true}))
	watch[viser.Vec2](s, "vector2", g.AddVector2("Pair", viser.Vec2{1, 2}, nil))
	watch[viser.RGBA](s, "rgba", g.AddRGBA("Glass", viser.RGBA{255, 128, 0, 128}, nil))
	group := g.AddButtonGroup("Choice", []string{"left", "middle", "right"}, nil)
	group.OnClick(func(_ context.Context, e viser.ButtonGroupEvent) { s.event("group %s", e.Value) })
	button := g.AddButton("Photo", &viser.ButtonOptions{Icon: icon.Camera, Color: viser.Teal})
	button.OnHold(20, func(context.Context, viser.ButtonEvent) { s.event("held") })
	g.AddDivider(nil)
	html := g.AddHTML(`<p id="piece">a <b>piece</b></p>`, nil)
	img := g.AddImage(squares(color.NRGBA{255, 0, 0, 255}), &viser.GUIImageOptions{Label: "A picture"})
	var data bytes.Buffer
	if err := png.Encode(&data, squares(color.NRGBA{0, 0, 255, 255})); err != nil {
		panic(err)
	}
	md := g.AddMarkdown("![a square](square.png)", &viser.MarkdownOptions{
		ImageRoot: fstest.MapFS{"square.png": {Data: data.Bytes()}},
	})
	text := g.AddText("Long", "", &viser.TextOptions{Multiline: true})

	s.do("blue", func(string) { img.SetImage(squares(color.NRGBA{0, 0, 255, 255})) })
	s.do("icon", func(string) { button.SetIcon(icon.CameraOff) })
	s.do("multi", func(string) { multi.SetValue([]float64{1, 9}) })
	s.do("megabyte", func(kind string) {
		switch kind {
		case "text":
			text.SetValue(strings.Repeat("line of text\n", 80_000))
		case "Markdown":
			md.SetContent(strings.Repeat("*word* ", 150_000))
		case "HTML":
			html.SetContent("<p>" + strings.Repeat("<i>x</i> ", 110_000) + "</p>")
		}
	})
	s.do("many", func(string) {
		f := g.AddFolder("Many", nil)
		for i := range 400 {
			f.AddSlider(fmt.Sprint("Slider ", i), 0.5, &viser.SliderOptions{Max: 1, Step: 0.01})
		}
	})
	s.tellsValues()
	s.stores()
}

func squares(c color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		img.Set(i%8, i/8, c)
	}
	return img
}

// stores adds commands for the storage of a client's browser.
func (s *stage) stores() {
	s.forClient("set", func(c *viser.Client, args string) (string, error) {
		key, value, _ := strings.Cut(args, " ")
		return "", c.LocalStorage().Set(c.Context(), key, value)
	})
	s.forClient("fill", func(c *viser.Client, key string) (string, error) {
		for i := range 4 {
			if err := c.LocalStorage().Set(c.Context(), fmt.Sprint(key, i), strings.Repeat("x", 4<<20)); err != nil {
				return err.Error(), nil
			}
		}
		return "all kept", nil
	})
	s.forClient("get", func(c *viser.Client, key string) (string, error) {
		value, ok, err := c.LocalStorage().Get(c.Context(), key)
		return fmt.Sprintf("%q %v", value, ok), err
	})
	s.forClient("remove", func(c *viser.Client, key string) (string, error) {
		return "", c.LocalStorage().Remove(c.Context(), key)
	})
	s.forClient("clear", func(c *viser.Client, _ string) (string, error) {
		return "", c.LocalStorage().Clear(c.Context())
	})
}

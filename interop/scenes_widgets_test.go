package interop_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"testing"
	"testing/fstest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
	"github.com/viser-go/viser/interop/internal/rawclient"
)

// The scenarios of pydriver/scenarios_widgets.py, with our API.

func pictureFolder(t *testing.T) *viser.MarkdownOptions {
	t.Helper()
	file := func(img image.Image) *fstest.MapFile {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return &fstest.MapFile{Data: b.Bytes()}
	}
	return &viser.MarkdownOptions{ImageRoot: fstest.MapFS{
		"rgb.png": file(imageRGB()), "sub/rgba.png": file(imageRGBA()), "broken.png": {Data: []byte("no picture")},
	}}
}

const markdownText = "![one](rgb.png) text ![two](sub/rgba.png)\n\n![far](https://example.org/x.png)"

func widgetsDefaults(s *session) {
	gui := s.server.GUI()
	s.step("multi slider", func() { gui.AddMultiSlider("multi", []float64{2, 5, 8}, &viser.MultiSliderOptions{Max: 10, Step: 0.5}) })
	s.step("vector2", func() { gui.AddVector2("vector2", viser.Vec2{1, 2.5}, nil) })
	s.step("rgba", func() { gui.AddRGBA("rgba", viser.RGBA{10, 20, 30, 40}, nil) })
	s.step("button group", func() { gui.AddButtonGroup("group", []string{"a", "b", "c"}, nil) })
	s.step("html", func() { gui.AddHTML("<b>bold</b>", nil) })
	s.step("divider", func() { gui.AddDivider(nil) })
	s.step("image", func() { gui.AddImage(imageRGB(), nil) })
	s.step("image with alpha", func() { gui.AddImage(imageRGBA(), nil) })
	s.step("markdown with pictures", func() { gui.AddMarkdown(markdownText, pictureFolder(s.t)) })
	s.step("markdown with no picture", func() { gui.AddMarkdown("![a](broken.png)", pictureFolder(s.t)) })
	s.joinLate("late")
}

func widgetsOptions(s *session) {
	gui := s.server.GUI()
	s.step("multi slider", func() {
		gui.AddMultiSlider("multi", []float64{-1, 0.5}, &viser.MultiSliderOptions{
			Min: -1, Max: 2, Step: 0.25,
			Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), MinRange: 0.5, FixedEndpoints: true,
			Marks: []viser.Mark{{Value: 0}, {Value: 1, Label: "one"}},
		})
	})
	s.step("slider without marks", func() {
		gui.AddSlider("slider", 0.5, &viser.SliderOptions{Max: 1, Step: 0.5, Marks: []viser.Mark{}})
	})
	s.step("vector2", func() {
		gui.AddVector2("vector2", viser.Vec2{1, 2}, &viser.Vector2Options{
			Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5), Min: &viser.Vec2{0, 0}, Max: &viser.Vec2{4, 5}, Step: 0.125,
		})
	})
	s.step("vector2 with min", func() {
		gui.AddVector2("vector2", viser.Vec2{1, 2}, &viser.Vector2Options{Min: &viser.Vec2{0, 0.25}})
	})
	s.step("vector2 with max", func() {
		gui.AddVector2("vector2", viser.Vec2{1, 2}, &viser.Vector2Options{Max: &viser.Vec2{3.125, 4}})
	})
	s.step("rgba", func() {
		gui.AddRGBA("rgba", viser.RGBA{0, 255, 30, 0}, &viser.RGBAOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5)})
	})
	s.step("button group", func() {
		gui.AddButtonGroup("group", []string{"b", "a", "b"}, &viser.ButtonGroupOptions{Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5)})
	})
	optionsOfMoreDisplays(s)
	precisionOfMore(s)
	s.joinLate("late")
}

func optionsOfMoreDisplays(s *session) {
	gui := s.server.GUI()
	s.step("html", func() { gui.AddHTML("<i>x</i>", &viser.HTMLOptions{Order: new(7.25), Hidden: true}) })
	s.step("divider", func() { gui.AddDivider(&viser.DividerOptions{Order: new(7.25), Hidden: true}) })
	s.step("image", func() {
		gui.AddImage(imageRGB(), &viser.GUIImageOptions{Label: "a label", Format: viser.PNG, Order: new(7.5), Hidden: true})
	})
	s.step("image as jpeg", func() {
		gui.AddImage(imageRGB(), &viser.GUIImageOptions{Format: viser.JPEG, JPEGQuality: 95})
	})
	for _, i := range []icon.Name{
		icon.Camera, icon.PlayerPlayFilled, icon.ZoomReset, icon.BrandGithub, icon.Ce,
	} {
		s.step("icon "+string(i), func() { gui.AddButton("button", &viser.ButtonOptions{Icon: i}) })
	}
}

func precisionOfMore(s *session) {
	gui := s.server.GUI()
	for _, m := range []struct {
		min, max, step float64
		value          []float64
	}{
		{0, 100, 1, []float64{50}},
		{0.5, 3, 1, []float64{1, 2.5}},
		{0, 1, 5, []float64{0, 0.125, 1}},
		{1, 1, 0.5, []float64{1, 1}},
	} {
		name := fmt.Sprintf("multi slider %s %s %s", pythonFloat(m.min), pythonFloat(m.max), pythonFloat(m.step))
		s.step(name, func() {
			gui.AddMultiSlider("multi", m.value, &viser.MultiSliderOptions{Min: m.min, Max: m.max, Step: m.step})
		})
	}
	for _, v := range []viser.Vec2{{0.1, 2}, {1, 3.004}, {0, 0}, {1.0 / 3, 1}} {
		name := fmt.Sprintf("vector2 (%s, %s)", pythonFloat(v[0]), pythonFloat(v[1]))
		s.step(name, func() { gui.AddVector2("vector2", v, nil) })
	}
}

// baseSetters calls the setters that all inputs have.
func baseSetters(s *session, label string, h interface {
	SetLabel(string)
	SetHint(string)
	SetVisible(bool)
	SetDisabled(bool)
	SetOrder(float64)
}) {
	s.set(label+".label", func() { h.SetLabel("new label") })
	s.set(label+".hint", func() { h.SetHint("new hint") })
	s.set(label+".visible", func() { h.SetVisible(false) })
	s.set(label+".disabled", func() { h.SetDisabled(true) })
	s.set(label+".order", func() { h.SetOrder(40.5) })
}

func widgetsSetters(s *session) {
	gui := s.server.GUI()
	multi := added(s, "multi slider", func() *viser.MultiSlider {
		return gui.AddMultiSlider("multi", []float64{2, 5}, &viser.MultiSliderOptions{Max: 10, Step: 0.5})
	})
	baseSetters(s, "multi", multi)
	s.set("multi.value", func() { multi.SetValue([]float64{1, 7.5}) })
	s.set("multi.min", func() { multi.SetMin(1) })
	s.set("multi.max", func() { multi.SetMax(8) })
	s.set("multi.step", func() { multi.SetStep(0.25) })
	s.set("multi.min_range", func() { multi.SetMinRange(1) })
	s.set("multi.fixed_endpoints", func() { multi.SetFixedEndpoints(true) })
	s.set("multi.precision", func() { multi.SetPrecision(3) })
	s.step("multi.min_range none", func() { multi.SetMinRange(0) })
	s.step("multi.value of three", func() { multi.SetValue([]float64{1, 2, 3}) })
	vec := added(s, "vector2", func() *viser.Vector2 { return gui.AddVector2("vector2", viser.Vec2{1, 2}, nil) })
	baseSetters(s, "vector2", vec)
	s.set("vector2.value", func() { vec.SetValue(viser.Vec2{2, 1}) })
	s.set("vector2.min", func() { vec.SetMin(&viser.Vec2{0, 0}) })
	s.set("vector2.max", func() { vec.SetMax(&viser.Vec2{5, 5}) })
	s.set("vector2.step", func() { vec.SetStep(0.25) })
	s.set("vector2.precision", func() { vec.SetPrecision(4) })
	s.step("vector2.min none", func() { vec.SetMin(nil) })
	rgba := added(s, "rgba", func() *viser.RGBAInput { return gui.AddRGBA("rgba", viser.RGBA{10, 20, 30, 40}, nil) })
	baseSetters(s, "rgba", rgba)
	s.set("rgba.value", func() { rgba.SetValue(viser.RGBA{1, 2, 3, 4}) })
	group := added(s, "button group", func() *viser.ButtonGroup {
		return gui.AddButtonGroup("group", []string{"a", "b"}, nil)
	})
	s.set("group.label", func() { group.SetLabel("new label") })
	s.set("group.hint", func() { group.SetHint("new hint") })
	s.set("group.visible", func() { group.SetVisible(false) })
	s.set("group.order", func() { group.SetOrder(40.5) })
	s.set("group.options", func() { group.SetOptions([]string{"x", "y", "z"}) })
	settersOfMoreDisplays(s)
	settersOfIconsAndBounds(s)
	mark := added(s, "markdown", func() *viser.Markdown { return gui.AddMarkdown("one", pictureFolder(s.t)) })
	s.step("markdown.content", func() { mark.SetContent(markdownText) })
	s.joinLate("late")
}

func settersOfMoreDisplays(s *session) {
	gui := s.server.GUI()
	html := added(s, "html", func() *viser.HTML { return gui.AddHTML("one", nil) })
	s.set("html.content", func() { html.SetContent("two") })
	s.set("html.visible", func() { html.SetVisible(false) })
	s.set("html.order", func() { html.SetOrder(40.5) })
	divider := added(s, "divider", func() *viser.Divider { return gui.AddDivider(nil) })
	s.set("divider.visible", func() { divider.SetVisible(false) })
	s.set("divider.order", func() { divider.SetOrder(40.5) })
	img := added(s, "image", func() *viser.GUIImage { return gui.AddImage(imageRGB(), nil) })
	s.set("image.label", func() { img.SetLabel("new label") })
	s.set("image.visible", func() { img.SetVisible(false) })
	s.set("image.order", func() { img.SetOrder(40.5) })
	s.step("image.label none", func() { img.SetLabel("") })
	s.step("image.image", func() { img.SetImage(upsideDown(imageRGB())) })
	s.step("image.image with alpha", func() { img.SetImage(imageRGBA()) })
	s.step("image.image without", func() { img.SetImage(imageRGB()) })
	s.set("image.format", func() { img.SetFormat(viser.PNG) })
	s.step("image.image as png", func() { img.SetImage(mirrored(imageRGB())) })
}

func upsideDown(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(b)
	for y := range b.Dy() {
		draw.Draw(out, image.Rect(0, y, b.Dx(), y+1), img, image.Pt(0, b.Dy()-1-y), draw.Src)
	}
	return out
}

func settersOfIconsAndBounds(s *session) {
	gui := s.server.GUI()
	button := added(s, "button", func() *viser.Button { return gui.AddButton("button", nil) })
	s.set("button.icon", func() { button.SetIcon(icon.Camera) })
	s.step("button.icon other", func() { button.SetIcon(icon.CameraOff) })
	s.step("button.icon none", func() { button.SetIcon(nil) })
	slider := added(s, "slider", func() *viser.Slider { return gui.AddSlider("slider", 5, &viser.SliderOptions{Max: 10, Step: 0.5}) })
	s.set("slider.precision", func() { slider.SetPrecision(4) })
	number := added(s, "number", func() *viser.Number {
		return gui.AddNumber("number", 3.5, &viser.NumberOptions{Min: new(0.0), Max: new(9.0)})
	})
	s.set("number.precision", func() { number.SetPrecision(4) })
	s.step("number.min none", func() { number.SetMin(nil) })
	s.step("number.max none", func() { number.SetMax(nil) })
	folder := added(s, "folder", func() *viser.Folder { return gui.AddFolder("folder", nil) })
	s.set("folder.expand_by_default", func() { folder.SetExpandByDefault(false) })
	s.step("folder.label none", func() { folder.SetLabel("") })
}

func widgetsRefused(s *session) {
	gui := s.server.GUI()
	multi := func(name string, value []float64, o viser.MultiSliderOptions) {
		s.step("multi "+name, func() { gui.AddMultiSlider("m", value, &o) })
	}
	multi("max below min", []float64{0.5}, viser.MultiSliderOptions{Min: 1, Max: 0, Step: 0.5})
	multi("step below 0", []float64{0.5}, viser.MultiSliderOptions{Step: -0.5})
	multi("outside", []float64{0.5, 2}, viser.MultiSliderOptions{Step: 0.5})
	multi("not rising", []float64{0.5, 0}, viser.MultiSliderOptions{Step: 0.5})
	multi("min range", []float64{0, 1}, viser.MultiSliderOptions{Step: 0.5, MinRange: 1.5})
	vector := func(name string, v viser.Vec2, o viser.Vector2Options) {
		s.step("vector2 "+name, func() { gui.AddVector2("v", v, &o) })
	}
	vector("max below min", viser.Vec2{}, viser.Vector2Options{Min: &viser.Vec2{0, 1}, Max: &viser.Vec2{1, 0}})
	vector("outside", viser.Vec2{0, 2}, viser.Vector2Options{Max: &viser.Vec2{1, 1}})
	vector("NaN", viser.Vec2{0, math.NaN()}, viser.Vector2Options{Max: &viser.Vec2{1, 1}})
	s.step("button group empty", func() { gui.AddButtonGroup("g", nil, nil) })
	s.step("dropdown empty", func() { gui.AddDropdown("d", nil, nil) })
	s.step("slider NaN", func() { gui.AddSlider("s", math.NaN(), &viser.SliderOptions{Max: 1, Step: 0.5}) })
	s.step("number step", func() { gui.AddNumber("n", 1, &viser.NumberOptions{Step: -0.5}) })
	s.joinLate("late")
}

func inboundMoreWidgets(s *session) {
	gui := s.server.GUI()
	s.open("B")
	s.connect("B")
	l := newLog(s)
	multi := gui.AddMultiSlider("multi", []float64{2, 5}, &viser.MultiSliderOptions{Max: 10, Step: 0.5})
	vector := gui.AddVector2("vector2", viser.Vec2{1, 2}, nil)
	rgba := gui.AddRGBA("rgba", viser.RGBA{10, 20, 30, 40}, nil)
	logged(l, "multi", multi)
	logged(l, "vector2", vector)
	logged(l, "rgba", rgba)
	group := gui.AddButtonGroup("group", []string{"a", "b"}, nil)
	group.OnClick(func(_ context.Context, e viser.ButtonGroupEvent) { l.write("group", e.Value, clientID(e.Client)) })
	s.step("widgets", func() {})
	s.change("multi", "A", "multi", []any{1, 7}, 1)
	s.change("multi to the same", "A", "multi", []any{1, 7}, 0)
	s.change("multi from B", "B", "multi", []any{0.5, 7.5}, 1)
	s.change("vector2", "A", "vector2", []any{4, 2.5}, 1)
	s.change("rgba", "B", "rgba", []any{1, 2, 3, 255}, 1)
	s.change("group", "A", "group", "b", 1)
	s.change("group again", "A", "group", "b", 1)
	s.change("group from B", "B", "group", "a", 1)
	s.result("values", func() any {
		m, v, c := multi.Value(), vector.Value(), rgba.Value()
		return []any{
			[]any{m[0], m[1]}, []any{v[0], v[1]},
			[]any{float64(c[0]), float64(c[1]), float64(c[2]), float64(c[3])}, group.Value(),
		}
	})
	s.joinLate("late")
}

func inboundHold(s *session) {
	gui := s.server.GUI()
	l := newLog(s)
	button := added(s, "button", func() *viser.Button { return gui.AddButton("button", nil) })
	on := func(word string, hz float64) func() {
		return func() {
			button.OnHold(hz, func(_ context.Context, e viser.ButtonEvent) { l.write(word, clientID(e.Client)) })
		}
	}
	s.step("at 10", on("ten", 10))
	s.step("at 30", on("thirty", 30))
	s.step("at 10 again", on("ten", 10))
	held := func(name string, frequency any, uuid string, effects int) {
		s.say(name, "A", message{"type": "GuiButtonHoldMessage", "uuid": uuid, "frequency": frequency}, effects)
	}
	held("held at 30", 30, s.uuids["button"], 1)
	held("held at 30 once more", 30.0, s.uuids["button"], 1)
	held("held at a frequency of nobody", 7.0, s.uuids["button"], 0)
	held("nobody held", 30.0, "nobody", 0)
	s.joinLate("late")
}

// storeMessages reads the local storage messages to a viewer, up to a request.
func (s *session) storeMessages(name string) []any {
	s.t.Helper()
	messages, err := s.viewers[name].ReadUntil(s.t.Context(), rawclient.OfType("LocalStorageGetItemRequestMessage"))
	if err != nil {
		s.t.Fatalf("waiting for a request: %v", err)
	}
	var found []any
	for _, m := range messages {
		switch m.Type() {
		case "LocalStorageSetItemMessage", "LocalStorageGetItemRequestMessage":
			found = append(found, map[string]any(m))
		}
	}
	return found
}

func localStorage(s *session) {
	store, ctx := s.client().LocalStorage(), s.t.Context()
	roundTrip := func(step string, value, failure any, ask func() any) {
		done := make(chan any, 1)
		go func() { done <- ask() }()
		messages := s.storeMessages("A")
		asked := messages[len(messages)-1].(map[string]any)
		s.send("A", message{
			"type": "LocalStorageGetItemResponseMessage", "value": value, "error": failure,
			"request_uuid": asked["request_uuid"],
		})
		s.finish(record{Step: step, Result: []any{messages, receive(s.t, done, "the answer of step "+step)}})
	}
	get := func(key string) func() any {
		return func() any {
			value, ok, err := store.Get(ctx, key)
			switch {
			case err != nil:
				return "RuntimeError"
			case !ok:
				return nil
			}
			return value
		}
	}
	roundTrip("set", "value", nil, func() any {
		if err := store.Set(ctx, "key", "value"); err != nil {
			return err.Error()
		}
		return "value"
	})
	roundTrip("found", "text", nil, get("found"))
	roundTrip("missing", nil, nil, get("missing"))
	roundTrip("failed", nil, "SecurityError", get("failed"))
	roundTrip("empty", "", nil, get("empty"))
	s.step("remove", func() { noError(s, store.Remove(ctx, "key")) })
	s.step("clear", func() { noError(s, store.Clear(ctx)) })

	s.open("B")
	s.connect("B")
	s.step("both connected", func() {})
	lost := make(chan error, 1)
	left := s.viewers["B"].handle
	go func() { _, _, err := left.LocalStorage().Get(ctx, "key"); lost <- err }()
	s.storeMessages("B")
	s.leave("B")
	result := "no error"
	if errors.Is(receive(s.t, lost, "the error of a page that left"), viser.ErrClientLeft) {
		result = "RuntimeError"
	}
	s.finish(record{Step: "a page that leaves", Result: []any{[]any{result}, true}})
}

func noError(s *session, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Error(err)
	}
}

package viser_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

func multiID(m *wire.GuiMultiSliderMessage) string { return m.UUID }
func rgbaID(m *wire.GuiRgbaMessage) string         { return m.UUID }
func vector2ID(m *wire.GuiVector2Message) string   { return m.UUID }
func groupID(m *wire.GuiButtonGroupMessage) string { return m.UUID }

func TestMultiSliderTakesRisingNumbersOfItsLength(t *testing.T) {
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

func TestPagesKeepAMultiSlidersRules(t *testing.T) {
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

func TestVectorOfTwoAndColorOfFour(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		v := s.GUI().AddVector2("v", viser.Vec2{1, 2.25}, &viser.Vector2Options{Min: &viser.Vec2{0, 0}, Max: &viser.Vec2{5, 5}})
		c := s.GUI().AddRGBA("c", viser.RGBA{1, 2, 3, 4}, nil)
		p.catchUp()
		if m := last[*wire.GuiVector2Message](p); m.Value != [2]float64{1, 2.25} || m.Props.Step != 0.01 || m.Props.Precision != 2 {
			t.Errorf("%+v", m)
		}
		for _, bad := range []any{nil, []any{1.0}, []any{1.0, 2.0, 3.0}, []any{math.Inf(1), 0.0}, "12"} {
			say(p, vector2ID, bad)
			say(p, rgbaID, bad)
		}
		if v.Value() != (viser.Vec2{1, 2.25}) || c.Value() != (viser.RGBA{1, 2, 3, 4}) {
			t.Error(v.Value(), c.Value())
		}
		say(p, vector2ID, []any{-7.0, 3.0})
		say(p, rgbaID, []any{300.0, -1.0, 127.5, int64(200)})
		if v.Value() != (viser.Vec2{0, 3}) || c.Value() != (viser.RGBA{255, 0, 128, 200}) {
			t.Error(v.Value(), c.Value())
		}
		v.SetValue(viser.Vec2{9, 1})
		if v.Value() != (viser.Vec2{5, 1}) {
			t.Error(v.Value())
		}
	})
}

func TestButtonGroupSaysWhichButton(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		other, _ := connect(t, s)
		g := s.GUI().AddButtonGroup("g", []string{"a", "b"}, nil)
		var clicks record[string]
		g.OnClick(func(_ context.Context, e viser.ButtonGroupEvent) {
			clicks.add(fmt.Sprint(e.Client.ID(), e.Value, e.Target == g))
		})
		p.catchUp()
		other.catchUp()
		say(p, groupID, "b")
		say(p, groupID, "b") // each click counts
		say(p, groupID, "z")
		say(p, groupID, 1.0)
		if diff := cmp.Diff([]string{"0btrue", "0btrue"}, clicks.got()); diff != "" || g.Value() != "b" || !log.has("not there") {
			t.Error(diff, g.Value())
		}
		if ms := other.catchUp(); len(ms) != 0 {
			t.Errorf("another page was told of a click: %q", types(ms))
		}
		g.SetOptions([]string{"x"})
		g.SetOptions([]string{"x"})
		if ms := p.catchUp(); len(ms) != 1 {
			t.Errorf("%q", types(ms))
		}
		say(p, groupID, "b")
		if len(clicks.got()) != 2 {
			t.Error("a button that is gone was clicked")
		}
	})
}

func TestHoldGoesOnlyToItsFrequencyAndNeverPilesUp(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.GUI().AddButton("b", nil)
		p.catchUp()
		uuid := last[*wire.GuiButtonMessage](p).UUID
		var slow, fast int
		release := make(chan struct{})
		off := b.OnHold(5, func(_ context.Context, e viser.ButtonEvent) { slow++; <-release })
		offFast := b.OnHold(50, func(_ context.Context, e viser.ButtonEvent) { fast++ })
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); !cmp.Equal(u.Updates[0].Value, []any{5.0, 50.0}) {
			t.Errorf("%+v", u)
		}
		hold := func(hz float64) {
			p.Receive(&wire.GuiButtonHoldMessage{UUID: uuid, Frequency: hz})
			synctest.Wait()
		}
		for range 100 {
			hold(5)
		}
		hold(50)
		hold(7)
		hold(math.NaN())
		p.Receive(&wire.GuiButtonHoldMessage{UUID: "nobody", Frequency: 5})
		close(release)
		synctest.Wait()
		if slow != 2 || fast != 1 {
			t.Errorf("called %d and %d times; a busy callback gets at most one call after it", slow, fast)
		}
		off()
		off()
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); !cmp.Equal(u.Updates[0].Value, []any{50.0}) {
			t.Errorf("%+v", u)
		}
		offFast()
		hold(50)
		if fast != 1 {
			t.Error("called after it was detached")
		}
		for i := range 16 {
			b.OnHold(float64(i+1), func(context.Context, viser.ButtonEvent) {})
		}
		for _, hz := range []float64{0, -1, math.NaN(), math.Inf(1), 201, 17} {
			misused(t, fmt.Sprint("hz ", hz), func() { b.OnHold(hz, func(context.Context, viser.ButtonEvent) {}) })
		}
	})
}

func TestIconsAreSentAsDrawings(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.GUI().AddButton("b", &viser.ButtonOptions{Icon: icon.Camera})
		p.catchUp()
		if m := last[*wire.GuiButtonMessage](p); *m.Props.IconHTML != icon.Camera.SVG() || b.Icon() != icon.Camera {
			t.Errorf("%+v", m.Props)
		}
		b.SetIcon(icon.CameraOff)
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); u.Updates[0] != (wire.Update{Key: "_icon_html", Value: icon.CameraOff.SVG()}) {
			t.Errorf("%+v", u)
		}
		b.SetIcon(nil)
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); u.Updates[0] != (wire.Update{Key: "_icon_html"}) || b.Icon() != nil {
			t.Errorf("%+v", u)
		}
		misused(t, "no such icon", func() { s.GUI().AddButton("b", &viser.ButtonOptions{Icon: icon.Name("none")}) })
		misused(t, "no such icon set", func() { b.SetIcon(icon.Name("")) })
	})
}

func TestImageOfTheGUI(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		red := image.NewNRGBA(image.Rect(0, 0, 2, 2))
		red.Set(0, 0, color.NRGBA{255, 0, 0, 128})
		h := s.GUI().AddImage(red, &viser.GUIImageOptions{Label: "red"})
		p.catchUp()
		m := last[*wire.GuiImageMessage](p)
		if m.Props.Format != "png" || *m.Props.Label != "red" {
			t.Errorf("%+v", m.Props)
		}
		if got, err := png.Decode(bytes.NewReader(m.Props.Data)); err != nil || got.At(0, 0) != red.At(0, 0) {
			t.Errorf("%v %v", got, err)
		}
		h.SetImage(image.NewGray(image.Rect(0, 0, 3, 1))) // opaque
		p.catchUp()
		u := last[*wire.GuiUpdateMessage](p)
		if len(u.Updates) != 2 || u.Updates[0].Value != "jpeg" || h.Format() != viser.AutoFormat || h.Image().Bounds().Dx() != 3 {
			t.Errorf("%+v", u)
		}
		h.SetLabel("")
		h.SetFormat(viser.PNG)
		misused(t, "nil", func() { s.GUI().AddImage(nil, nil) })
		misused(t, "empty", func() { h.SetImage(image.NewGray(image.Rect(0, 0, 0, 9))) })
		misused(t, "format", func() { h.SetFormat("bmp") })
		misused(t, "quality", func() { s.GUI().AddImage(red, &viser.GUIImageOptions{JPEGQuality: 101, Format: viser.JPEG}) })
	})
}

func pngFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMarkdownInlinesPicturesOfItsRootOnly(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(outside, pngFile(t), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "root")
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"a.png": pngFile(t), "sub/b c.png": pngFile(t), "text.png": []byte("no picture"), "empty.png": nil,
		"vector.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
		"big.png":    append(pngFile(t), make([]byte, 8<<20)...),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.png")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	data := "data:image/png;base64," + base64.StdEncoding.EncodeToString(pngFile(t))

	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		m := s.GUI().AddMarkdown("", &viser.MarkdownOptions{ImageRoot: root.FS()})
		p.catchUp()
		sent := func(text string) string {
			m.SetContent(text)
			p.catchUp()
			if m.Content() != text {
				t.Errorf("the content of %q is %q", text, m.Content())
			}
			return last[*wire.GuiUpdateMessage](p).Updates[0].Value.(string)
		}
		for text, want := range map[string]string{
			"x ![alt](a.png) y":             "x ![alt](" + data + ") y",
			`![](./sub/../a.png "a title")`: `![](` + data + ` "a title")`,
			"![one](sub/b%20c.png)":         "![one](" + data + ")",
			"![a](a.png)![b](a.png) (c)":    "![a](" + data + ")![b](" + data + ") (c)",
			"![v](vector.svg)":              "![v](data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)) + ")",
		} {
			if got := sent(text); got != want {
				t.Errorf("%q became %.120q, want %.120q", text, got, want)
			}
		}
		for _, left := range []string{
			"![a](https://example.org/a.png)", "![a](" + data + ")", "![a](javascript:a.png)", "![a]( )", "[a](a.png)",
			"![a](../secret.png)", "![a](sub/../../secret.png)", "![a](/etc/passwd)", "![a](" + outside + ")", "![a](%2e%2e/secret.png)",
			"![a](..%2fsecret.png)", "![a](link.png)", "![a](sub)", "![a](none.png)", "![a](text.png)", "![a](empty.png)", "![a](big.png)", "![a](%zz)",
		} {
			if got := sent(left); got != left {
				t.Errorf("%q became %.120q", left, got)
			}
		}
		if !log.has("could not be put into it") {
			t.Error("nobody was told of the picture that is missing")
		}
	})
}

func TestMarkdownBoundsItsPicturesTogether(t *testing.T) {
	big := append(pngFile(t), make([]byte, 7<<20)...)
	files := fstest.MapFS{"a.png": {Data: big, Mode: fs.ModePerm}}
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		s.GUI().AddMarkdown(strings.Repeat("![a](a.png)", 5), &viser.MarkdownOptions{ImageRoot: files})
		p.catchUp()
		if text := last[*wire.GuiMarkdownMessage](p).Props.Markdown; strings.Count(text, "base64") != 2 || strings.Count(text, "a.png") != 3 {
			t.Errorf("%d of 5 pictures are in the text", strings.Count(text, "base64"))
		}
	})
}

func TestUpdatesGetsTheNewestValueAndEnds(t *testing.T) {
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

func TestLeavingUpdatesLeavesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
		time.AfterFunc(time.Second, func() { sl.SetValue(5) })
		for e := range sl.Updates(t.Context()) {
			if e.Value != 5 || e.Target != &sl.Input {
				t.Errorf("%+v", e)
			}
			break
		}
		sl.SetValue(6) // nobody takes it, nobody waits
	})
}

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

// browserStore answers as a page with a store does.
func browserStore(p *page, full bool) (stop func()) {
	kept := map[string]string{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			f, err := p.Next(ctx)
			if err != nil {
				return
			}
			w, err := pagewire.DecodeFrame(f.Bytes(), wire.DefaultLimits)
			if err != nil {
				return
			}
			for _, m := range w.Messages {
				switch m := m.(type) {
				case *wire.LocalStorageSetItemMessage:
					if !full {
						kept[m.Key] = m.Value
					}
				case *wire.LocalStorageRemoveItemMessage:
					delete(kept, m.Key)
				case *wire.LocalStorageClearMessage:
					clear(kept)
				case *wire.LocalStorageGetItemRequestMessage:
					answer := &wire.LocalStorageGetItemResponseMessage{RequestUUID: m.RequestUUID}
					if v, ok := kept[m.Key]; ok {
						answer.Value = &v
					}
					if m.Key == "forbidden" {
						answer.Error = new("SecurityError")
					}
					p.Receive(&wire.LocalStorageGetItemResponseMessage{RequestUUID: "not asked"})
					if m.Key != "silent" {
						p.Receive(answer)
						p.Receive(answer) // a second answer is nobody's
					}
				}
			}
		}
	}()
	return func() { cancel(); <-done }
}

func TestLocalStorage(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		defer browserStore(p, false)()
		l, ctx := c.LocalStorage(), t.Context()
		if _, ok, err := l.Get(ctx, "k"); ok || err != nil {
			t.Error(ok, err)
		}
		done := make(chan error, 20)
		for i := range 20 {
			go func() {
				key := fmt.Sprint("k", i%4)
				err := l.Set(ctx, key, fmt.Sprint("v", i))
				if v, ok, e := l.Get(ctx, key); !ok || !strings.HasPrefix(v, "v") {
					err = errors.Join(err, e, fmt.Errorf("got %q", v))
				}
				done <- err
			}()
		}
		for range 20 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if err := l.Set(ctx, "", "no key"); err != nil {
			t.Error(err)
		}
		if v, ok, err := l.Get(ctx, ""); v != "no key" || !ok || err != nil {
			t.Error(v, ok, err)
		}
		if err := errors.Join(l.Remove(ctx, "k1"), l.Set(ctx, "x", "y")); err != nil {
			t.Error(err)
		}
		if _, ok, err := l.Get(ctx, "k1"); ok || err != nil {
			t.Error(ok, err)
		}
		if err := l.Clear(ctx); err != nil {
			t.Error(err)
		}
		if _, ok, err := l.Get(ctx, "x"); ok || err != nil {
			t.Error(ok, err)
		}
	})
}

func TestLocalStorageThatFails(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		stop := browserStore(p, true)
		l, ctx := c.LocalStorage(), t.Context()
		if err := l.Set(ctx, "k", "v"); !errors.Is(err, viser.ErrNotStored) {
			t.Errorf("a full store: %v", err)
		}
		if _, _, err := l.Get(ctx, "forbidden"); err == nil || !strings.Contains(err.Error(), "SecurityError") {
			t.Errorf("a forbidden store: %v", err)
		}
		if err := l.Set(ctx, "k", strings.Repeat("x", 6<<20)); err == nil || !strings.Contains(err.Error(), "at most") {
			t.Errorf("a huge item: %v", err)
		}
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		if _, _, err := l.Get(short, "silent"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a silent page: %v", err)
		}
		left := make(chan error, 3)
		go func() { _, _, err := l.Get(ctx, "silent"); left <- err }()
		go func() { left <- l.Set(ctx, "silent", "v") }()
		synctest.Wait()
		go func() { left <- l.Remove(ctx, "k") }() // waits for the Set
		synctest.Wait()
		stop()
		p.Leave()
		for range 3 {
			if err := <-left; !errors.Is(err, viser.ErrClientLeft) {
				t.Errorf("the client left: %v", err)
			}
		}
		if _, _, err := l.Get(ctx, "k"); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that is gone: %v", err)
		}
		if err := l.Clear(ctx); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that is gone: %v", err)
		}
	})
}

// TestValuesThatCross: a page of ours that sets a value just after another is told
// what is, and only then.
func TestValuesThatCross(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.GUI().AddSlider("x", 0, &viser.SliderOptions{Max: 1000, Step: 1})
		ours, other := open(t, s, true), open(t, s, false)
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
		if n := echoes(ours, 1); n != 0 {
			t.Errorf("an undisputed value came back %d times", n)
		}
		if n := echoes(other, 2); n != 0 {
			t.Errorf("viser's page was told its own value %d times", n)
		}
		if n := echoes(ours, 3); n != 1 {
			t.Errorf("a disputed value came back %d times", n)
		}
		if n := echoes(ours, 4); n != 0 {
			t.Errorf("the value after it came back %d times", n)
		}
		echoes(other, 5)
		time.Sleep(2 * time.Second)
		if n := echoes(ours, 6); n != 0 {
			t.Errorf("long after it, the value came back %d times", n)
		}
	})
}

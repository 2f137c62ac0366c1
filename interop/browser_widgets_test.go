package interop_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"regexp"
	"slices"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

var (
	// whole is an integral number that Python writes as a float.
	whole = regexp.MustCompile(`(\d)\.0\b`)
	comma = regexp.MustCompile(`,`)
)

// TestBrowserWidgets uses the widgets of the same program in Python and in Go with
// upstream viser's client and with ours: the program must receive all actions, and the
// browser must store items under the same keys.
func TestBrowserWidgets(t *testing.T) {
	for _, page := range bothPages(t) {
		t.Run(page.name, func(t *testing.T) {
			b := newBrowser(t)
			addr, next := pythonWidgets(t)
			onPython := useWidgets(t, b, page.url, addr, next)
			addr, next = goWidgets(t, page.url)
			onGo := useWidgets(t, b, page.url, addr, next)
			if want := []string{"viser-user:name"}; !slices.Equal(onPython, want) || !slices.Equal(onGo, want) {
				t.Errorf("the browser keeps %q for Python's server, %q for ours", onPython, onGo)
			}
		})
	}
}

// markup is text that Markdown would format; serve_widgets.py has it escaped.
const markup = "5 * (x) [y] {z} <b> $1 # it_s"

// useWidgets performs a user's actions, and returns the keys in the browser's local
// storage.
func useWidgets(t *testing.T, b *browser, pageURL, addr string, next func() string) []string {
	t.Helper()
	expect := func(want string) {
		t.Helper()
		if got := next(); got != want {
			t.Errorf("the program at %s received %s, want %s", addr, got, want)
		}
	}
	b.look(pageURL, addr, []string{
		"widgets panel", "a multi slider", "a pair", "a glass", "a choice", "left", "right", "a camera", "markup",
		"an image", "written " + markup,
	}, []string{"2.25"})
	expect(`stored "Ada"`)
	b.do(map[string]any{"do": "handle"}, nil)
	expect("multi [2, 6.5, 8]")
	b.do(map[string]any{"do": "type", "value": "2.25", "text": "7"}, nil)
	expect("pair [1, 7]")
	b.do(map[string]any{"do": "click", "name": "right"}, nil)
	expect(`choice "right"`)
	b.do(map[string]any{"do": "hold", "name": "a camera", "ms": 350}, nil)
	expect("held true")
	expect("held true")
	var pictures int
	b.do(map[string]any{"do": "pictures"}, &pictures)
	if pictures != 2 {
		t.Errorf("%d pictures are shown, want 2", pictures)
	}
	var keys []string
	b.do(map[string]any{"do": "stored"}, &keys)
	return keys
}

func pythonWidgets(t *testing.T) (addr string, next func() string) {
	t.Helper()
	addr, out := pythonServer(t, "serve_widgets.py")
	return addr, func() string {
		t.Helper()
		var line struct{ Event string }
		readLine(t, out, &line)
		return whole.ReplaceAllString(line.Event, "$1")
	}
}

// goWidgets is the counterpart of pydriver/serve_widgets.py.
func goWidgets(t *testing.T, origin string) (addr string, next func() string) {
	t.Helper()
	events := make(chan string, 256)
	tell := func(what string, value any) {
		text, err := json.Marshal(value)
		if err != nil {
			t.Error(err)
		}
		events <- what + " " + string(comma.ReplaceAll(text, []byte(", ")))
	}
	server := viser.New(&viser.Options{
		Addr: "127.0.0.1:0", AllowedOrigins: []string{origin}, Label: "widgets panel", Logger: slog.New(slog.DiscardHandler),
	})
	gui := server.GUI()
	gui.AddMultiSlider("a multi slider", []float64{2, 5, 8}, &viser.MultiSliderOptions{Max: 10, Step: 0.5}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[[]float64]) { tell("multi", e.Value) })
	gui.AddVector2("a pair", viser.Vec2{1, 2.25}, nil).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.Vec2]) { tell("pair", e.Value) })
	gui.AddRGBA("a glass", viser.RGBA{10, 20, 30, 40}, nil)
	gui.AddButtonGroup("a choice", []string{"left", "right"}, nil).
		OnClick(func(_ context.Context, e viser.ButtonGroupEvent) { tell("choice", e.Value) })
	gui.AddButton("a camera", &viser.ButtonOptions{Icon: icon.Camera}).
		OnHold(10, func(context.Context, viser.ButtonEvent) { tell("held", true) })
	gui.AddDivider(nil)
	gui.AddHTML("some <b>markup</b>", nil)
	gui.AddImage(imageRGB(), &viser.GUIImageOptions{Label: "an image"})
	gui.AddMarkdown("![one](rgb.png) written "+viser.EscapeMarkdown(markup), pictureFolder(t))
	server.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		if err := c.LocalStorage().Set(ctx, "name", "Ada"); err != nil {
			t.Error(err)
		}
		value, _, err := c.LocalStorage().Get(ctx, "name")
		if err != nil {
			t.Error(err)
		}
		tell("stored", value)
	})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return server.Addr().String(), func() string { return receive(t, events, "what the page did") }
}

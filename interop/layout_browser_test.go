package interop_test

import (
	"context"
	"image"
	"log/slog"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

// TestBrowserLayout uses the tabs, the form, the panel, the modal and the command of
// the same program in Python and in Go with upstream viser's client and with ours: each
// client must look the same on both servers, and the program must receive all actions.
func TestBrowserLayout(t *testing.T) {
	for _, page := range bothPages(t) {
		t.Run(page.name, func(t *testing.T) {
			b := newBrowser(t)
			addr, next := pythonLayout(t)
			onPython := useLayout(t, b, page.url, addr, next)
			addr, next = goLayout(t, page.url)
			onGo := useLayout(t, b, page.url, addr, next)
			checkSame(t, page.name, onPython, onGo)
		})
	}
}

// useLayout performs a user's actions, and returns a picture of the page before them.
func useLayout(t *testing.T, b *browser, pageURL, addr string, next func() string) image.Image {
	t.Helper()
	expect := func(want string) {
		t.Helper()
		if got := next(); got != want {
			t.Errorf("the program at %s received %q, want %q", addr, got, want)
		}
	}
	picture := b.look(pageURL, addr,
		[]string{"layout panel", "one", "two", "in one", "a form", "a name", "ask", "aside", "in the panel"},
		[]string{"of tab one", "Ada", "1815", "at the left"})
	b.do(map[string]any{"do": "press", "key": "Alt+j"}, nil)
	expect("triggered")
	b.do(map[string]any{"do": "command", "name": "a command"}, nil)
	expect("triggered")
	b.do(map[string]any{"do": "tab", "name": "two"}, nil)
	b.do(map[string]any{"do": "click", "name": "in two"}, nil)
	expect("clicked")
	// Upstream viser's client sends the end of a longer text only after it has
	// submitted the form.
	b.do(map[string]any{"do": "type", "value": "Ada", "text": "G"}, nil)
	expect("submitted G")
	b.do(map[string]any{"do": "click", "name": "ask"}, nil)
	b.do(map[string]any{"do": "see", "text": "a question"}, nil)
	b.do(map[string]any{"do": "click", "name": "an answer"}, nil)
	expect("answered")
	b.do(map[string]any{"do": "gone", "text": "a question"}, nil)
	return picture
}

func pythonLayout(t *testing.T) (addr string, next func() string) {
	t.Helper()
	addr, out := pythonServer(t, "serve_layout.py")
	return addr, func() string {
		t.Helper()
		var line struct{ Event string }
		readLine(t, out, &line)
		return line.Event
	}
}

// goLayout is the counterpart of pydriver/serve_layout.py.
func goLayout(t *testing.T, origin string) (addr string, next func() string) {
	t.Helper()
	events := make(chan string, 256)
	server := viser.New(&viser.Options{
		Addr: "127.0.0.1:0", AllowedOrigins: []string{origin}, Label: "layout panel", Logger: slog.New(slog.DiscardHandler),
	})
	gui := server.GUI()
	tabs := gui.AddTabGroup(nil)
	tabs.AddTab("one", &viser.TabOptions{Icon: icon.Table}).AddText("in one", "of tab one", nil)
	tabs.AddTab("two", nil).AddButton("in two", nil).OnClick(func(context.Context, viser.ButtonEvent) { events <- "clicked" })
	form := gui.AddForm("a form", nil)
	name := form.AddText("a name", "Ada", nil)
	form.AddNumber("a year", 1815, nil)
	form.OnSubmit(func(context.Context, viser.FormEvent) { events <- "submitted " + name.Value() })
	gui.AddButton("ask", nil).OnClick(func(context.Context, viser.ButtonEvent) {
		modal := gui.AddModal("a question", nil)
		modal.AddButton("an answer", nil).OnClick(func(context.Context, viser.ButtonEvent) {
			modal.Close()
			events <- "answered"
		})
	})
	panel := gui.AddPanel(nil)
	panel.AddTab("aside", &viser.TabOptions{Icon: icon.ChartBar}).AddText("in the panel", "at the left", nil)
	panel.DockLeft()
	panel.SetWidth(220)
	gui.AddCommand("a command", &viser.CommandOptions{
		Description: "what it does", Hotkey: "J", Modifiers: []viser.Modifier{viser.Alt},
	}).OnTrigger(func(context.Context, viser.CommandEvent) { events <- "triggered" })
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

package viser_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/viser-go/viser"
)

// TestTestsUseNewTestServer makes sure that the servers of all tests are called
// back by their logger.
func TestTestsUseNewTestServer(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	call := regexp.MustCompile(`(viser\.|[^.\w])New\(`)
	for _, file := range files {
		if file == "export_test.go" || strings.HasPrefix(file, "example_") || file == "bench_public_test.go" {
			continue // NewTestServer itself; what users read; what is measured
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if m := call.Find(b); m != nil {
			t.Errorf("%s calls %q; tests make their servers with NewTestServer", file, m)
		}
	}
}

// A logHandler calls a function with each record.
type logHandler struct {
	slog.Handler
	handle func(r slog.Record)
}

func (h logHandler) Enabled(context.Context, slog.Level) bool { return true }
func (h logHandler) Handle(_ context.Context, r slog.Record) error {
	h.handle(r)
	return nil
}

// TestLogHandlerMayUseTheAPI shows a program's log on its own page, with elements
// that log themselves because they were removed.
func TestLogHandlerMayUseTheAPI(t *testing.T) {
	var use atomic.Pointer[func(r slog.Record)]
	s := viser.NewTestServer(&viser.Options{Logger: slog.New(logHandler{slog.DiscardHandler, func(r slog.Record) {
		if f := use.Load(); f != nil {
			(*f)(r)
		}
	}})})
	gui, scene := s.GUI(), s.Scene()
	shown, gone := gui.AddLog(nil), gui.AddLog(nil)
	slider := gui.AddSlider("s", 0, nil)
	box, removed := scene.AddBox("/box", nil), scene.AddBox("/removed", nil)
	gone.Remove()
	removed.Remove()
	done := make(chan string, 16)
	f := func(r slog.Record) {
		shown.Print(viser.LogWarn, r.Message)
		gone.Print(viser.LogWarn, r.Message)
		slider.SetValue(slider.Value() + 0.01)
		box.SetPosition(viser.Vec3{1, 2, 3})
		removed.SetVisible(false)
		gui.AddButton("b", nil).Remove()
		for range s.Clients() {
			t.Error("there are no clients")
		}
		done <- r.Message
	}
	use.Store(&f)
	gone.Print(viser.LogInfo, "x")                                           // under the element's lock
	removed.SetVisible(false)                                                // under the node's lock
	box.OnClick(func(context.Context, viser.ClickEvent) {}, viser.CmdCtrl)() // what is attached can be detached
	if err := s.Close(); err != nil {                                        // waits for the handler
		t.Fatal(err)
	}
	close(done)
	n := 0
	for range done {
		n++
	}
	if n < 2 || shown.Len() != n {
		t.Errorf("the handler was called %d times, and the log has %d lines", n, shown.Len())
	}
}

// TestLogHandlerMayCloseTheServer closes from the goroutine that Close waits for.
func TestLogHandlerMayCloseTheServer(t *testing.T) {
	var server atomic.Pointer[viser.Server]
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(logHandler{slog.DiscardHandler, func(slog.Record) {
		if s := server.Load(); s != nil {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}})})
	server.Store(s)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

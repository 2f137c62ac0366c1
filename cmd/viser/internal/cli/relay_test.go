package cli

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/upstream"
)

// TestRelay relays a server with a token, and records it.
func TestRelay(t *testing.T) {
	s := viser.New(&viser.Options{Addr: "127.0.0.1:0", Token: "secret", Logger: slog.New(slog.DiscardHandler)})
	defer s.Close()
	s.Scene().AddBox("/box", nil)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "x.viser")
	sys, out, log := system()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var kinds []string
	sys.OpenBrowser = func(url string) error {
		defer cancel()
		kinds = shownAt(t, url)
		return nil
	}
	args := []string{"relay", s.Addr().String(), "--upstream-token", "secret", "--port", "0", "--open", "--record", file, "--timeline", "1m"}
	if code := Run(ctx, args, sys); code != exitOK || log.Len() > 0 {
		t.Errorf("%d, %q", code, log)
	}
	if text := strings.Join(kinds, " "); !strings.Contains(text, "BoxMessage") {
		t.Errorf("the relay shows %s", text)
	}
	if !strings.HasPrefix(out.String(), "Open http://127.0.0.1:") {
		t.Errorf("the output is %q", out)
	}
	r, err := recording.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for e, err := range r.Entries(-1, 1e9) {
		if err == nil && e.Message.Type == "BoxMessage" {
			return
		}
	}
	t.Error("the box is not recorded")
}

// shownAt returns the types of messages that a page is sent at first.
func shownAt(t *testing.T, url string) (kinds []string) {
	conn, err := upstream.Dial(t.Context(), upstream.Options{URL: url, Plain: true})
	if err != nil {
		t.Error(err)
		return nil
	}
	defer conn.Close()
	for {
		w, err := conn.Next(t.Context())
		if err != nil {
			t.Error(err)
			return kinds
		}
		for _, m := range w.Messages {
			if m.Type == "ReplayDoneMessage" {
				return kinds
			}
			kinds = append(kinds, m.Type)
		}
	}
}

func TestRelayErrors(t *testing.T) {
	for args, want := range map[string]string{
		"":                              "it takes one URL",
		"a b":                           "it takes one URL",
		"localhost:1 --timeline 1ms":    "--timeline",
		"localhost:1 --timeline=-1s":    "flag -timeline: it is negative",
		"localhost:1 --record=":         "flag -record: it is empty",
		"localhost:1/?token=verysecret": "localhost:1/ can't be relayed",
		"ftp://x":                       "neither http nor https",
	} {
		sys, out, log := system()
		code := Run(t.Context(), append([]string{"relay", "--port", "0"}, strings.Fields(args)...), sys)
		if code == exitOK || out.Len() > 0 || !strings.Contains(log.String(), want) || strings.Contains(log.String(), "verysecret") {
			t.Errorf("%q: %d, %q, %q", args, code, out, log)
		}
	}
}

package viser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestLogKeepsTheNewest(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		h := s.GUI().AddLog(&viser.LogOptions{Keep: 10})
		lines := func() string { return string(last[*wire.GuiLogMessage](open(t, s, true)).Props.Lines.Bytes()) }
		h.Print(viser.LogWarn, "one\r\ntwo\n\nfour")
		h.Print(viser.LogError, "")
		if got := lines(); got != "wone\nwtwo\nw\nwfour\n" || h.Len() != 4 {
			t.Errorf("got %q, %d lines", got, h.Len())
		}
		for i := range 100 {
			h.Print(viser.LogInfo, fmt.Sprint(i))
			if n := h.Len(); n > 15 || strings.Count(lines(), "\n") != n {
				t.Fatalf("%d lines", n)
			}
		}
		if got := lines(); !strings.HasSuffix(got, "i98\ni99\n") || !strings.HasPrefix(got, "i") {
			t.Errorf("got %q", got)
		}
		h.Print(viser.LogDebug, strings.Repeat("ä", 1<<20)+"\xff")
		if n := len(lines()); n > 80<<10 {
			t.Errorf("a line of %d bytes", n)
		}
		h.Clear()
		if h.Len() != 0 || lines() != "" {
			t.Error("not cleared")
		}
		h.Print(viser.LogInfo, "again")
		if got := lines(); got != "iagain\n" {
			t.Errorf("got %q", got)
		}
	})
}

func BenchmarkLogPrint(b *testing.B) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	h := s.GUI().AddLog(nil)
	b.ReportAllocs()
	for b.Loop() {
		h.Print(viser.LogInfo, "a line of a log, as long as most of them are")
	}
}

package viser_test

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestKindsOfOursAreTextOnStockPages: under the same order, hidden when they are.
func TestKindsOfOursAreTextOnStockPages(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		g := s.GUI()
		g.AddTable([]string{"a"}, nil, &viser.TableOptions{Order: new(7.0)})
		log := g.AddLog(nil)
		many := g.AddMultiSelect("many", []string{"a", "b"}, nil)
		p, ours := open(t, s, false), open(t, s, true)
		texts := all[*wire.GuiMarkdownMessage](p)
		if len(texts) != 3 || texts[0].Props.Order != 7 || !strings.Contains(texts[1].Props.Markdown, "log") {
			t.Fatalf("%d texts", len(texts))
		}
		if len(all[*wire.GuiTableMessage](ours)) != 1 || len(all[*wire.GuiLogMessage](ours)) != 1 || len(all[*wire.GuiMultiSelectMessage](ours)) != 1 {
			t.Error("a client of viser-go.v1 does not receive them")
		}
		time.Sleep(time.Second)
		log.Print(viser.LogInfo, "unseen there")
		many.SetValue([]string{"b"})
		log.SetVisible(false)
		seen := p.catchUp()
		if len(seen) != 1 || seen[0].(*wire.GuiUpdateMessage).Updates[0].Key != "visible" {
			t.Errorf("a client of upstream viser receives %v", types(seen))
		}
	})
}

func rowsOf(m *wire.GuiTableMessage) string { return string(m.Props.Rows.Bytes()) }

func TestTableRows(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		type meters float64
		h := s.GUI().AddTable([]string{"a", "b"}, [][]any{{"<x>", 1}, {nil, math.NaN()}, {true, meters(2.5)}, {"two\nlines", uint8(3)}}, nil)
		p := open(t, s, true)
		want := "[\"<x>\",1]\n[null,\"NaN\"]\n[true,2.5]\n[\"two\\nlines\",3]\n"
		if got := rowsOf(last[*wire.GuiTableMessage](p)); got != want {
			t.Errorf("got %q", got)
		}
		time.Sleep(time.Second)
		h.Append([]any{"new", 4}, []any{"er", 5})
		h.Append()
		p.catchUp()
		patch := last[*wire.GuiPatchMessage](p).Patches[0]
		if got := string(patch.Data.Bytes()); got != "[\"new\",4]\n[\"er\",5]\n" || h.Len() != 6 {
			t.Errorf("%q, %d rows", got, h.Len())
		}
		if got := rowsOf(last[*wire.GuiTableMessage](open(t, s, true))); got != want+"[\"new\",4]\n[\"er\",5]\n" {
			t.Errorf("who joins late gets %q", got)
		}
		h.SetRows(nil)
		if h.Len() != 0 || rowsOf(last[*wire.GuiTableMessage](open(t, s, true))) != "" {
			t.Error("it is not empty")
		}
	})
}

func TestTableRefuses(t *testing.T) {
	g := viser.NewTestServer(nil).GUI()
	misused(t, "no columns", func() { g.AddTable(nil, nil, nil) })
	misused(t, "a short row", func() { g.AddTable([]string{"a", "b"}, [][]any{{1}}, nil) })
	misused(t, "a struct", func() { g.AddTable([]string{"a"}, [][]any{{struct{}{}}}, nil) })
	misused(t, "height", func() { g.AddTable([]string{"a"}, nil, &viser.TableOptions{Height: -1}) })
	h := g.AddTable([]string{"a"}, [][]any{{1}}, nil)
	misused(t, "Append", func() { h.Append([]any{1, 2}) })
	misused(t, "SetRows", func() { h.SetRows([][]any{{1, 2}}) })
	if h.Len() != 1 {
		t.Error("refused, yet changed")
	}
	misused(t, "log height", func() { g.AddLog(&viser.LogOptions{Height: -1}) })
	misused(t, "log keep", func() { g.AddLog(&viser.LogOptions{Keep: -1}) })
	misused(t, "log level", func() { g.AddLog(nil).Print("loud", "x") })
}

func TestTableClicks(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		h := s.GUI().AddTable([]string{"a"}, [][]any{{1}, {2}}, nil)
		var rows record[int]
		off := h.OnClick(func(_ context.Context, e viser.TableEvent) { rows.add(e.Row) })
		p, _ := connect(t, s)
		ours := open(t, s, true)
		uuid := last[*wire.GuiTableMessage](ours).UUID
		choose := func(v any) {
			p.Receive(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: v}}})
		}
		for _, v := range []any{int64(1), 0.0, 1.0, -1.0, int64(2), 0.5, "x", nil, math.NaN(), 1e300} {
			choose(v)
		}
		synctest.Wait()
		if got := rows.got(); !reflect.DeepEqual(got, []int{1, 0, 1}) {
			t.Errorf("rows %v", got)
		}
		if !log.has("not there") {
			t.Error("the others are not logged")
		}
		off()
		choose(1.0)
		synctest.Wait()
		if len(rows.got()) != 3 {
			t.Error("a detached callback ran")
		}
	})
}

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

func TestMultiSelect(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		h := s.GUI().AddMultiSelect("m", []string{"a", "b", "c"}, &viser.MultiSelectOptions{Initial: []string{"c", "a", "a"}})
		if got := h.Value(); !reflect.DeepEqual(got, []string{"a", "c"}) {
			t.Fatalf("%q", got)
		}
		var values record[string]
		h.OnUpdate(func(_ context.Context, e viser.UpdateEvent[[]string]) { values.add(strings.Join(e.Value, "")) })
		p, _ := connect(t, s)
		uuid := last[*wire.GuiMultiSelectMessage](open(t, s, true)).UUID
		for _, v := range []any{[]any{"b"}, []any{"b"}, []any{"x"}, "a", []any{1}, []any{}, []any{"c", "b"}, nil} {
			p.Receive(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: v}}})
			synctest.Wait()
		}
		h.SetValue([]string{"a", "b"})
		synctest.Wait()
		h.SetOptions([]string{"b", "d"})
		synctest.Wait()
		if got := strings.Join(values.got(), "|"); got != "b||bc|ab|b" {
			t.Errorf("values %s", got)
		}
		misused(t, "value", func() { h.SetValue([]string{"a"}) })
		misused(t, "options", func() { h.SetOptions(nil) })
		misused(t, "twice", func() { h.SetOptions([]string{"a", "a"}) })
		misused(t, "initial", func() {
			s.GUI().AddMultiSelect("m", []string{"a"}, &viser.MultiSelectOptions{Initial: []string{"b"}})
		})
	})
}

func BenchmarkTableAppend(b *testing.B) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	h := s.GUI().AddTable([]string{"a", "b"}, nil, nil)
	row := []any{"text", 1.5}
	b.ReportAllocs()
	for b.Loop() {
		h.Append(row)
	}
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

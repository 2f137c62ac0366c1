package viser_test

import (
	"context"
	"math"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

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
		extended := open(t, s, true)
		uuid := last[*wire.GuiTableMessage](extended).UUID
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
		if !log.has("invalid table row ignored") {
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

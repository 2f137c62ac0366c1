package viser_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// dropping sends a file as a page does on which it was dropped.
func (p *page) dropping(id string) *sender { return &sender{p, wire.DropSource, id} }

func (p *page) takes() wire.FileDropMessage {
	p.t.Helper()
	p.catchUp()
	return *last[*wire.FileDropMessage](p)
}

// takers runs a test with two callbacks, and a record of what they get.
func takers(t *testing.T, f func(t *testing.T, s *viser.Server, p *page, got *record[string], off func())) {
	t.Helper()
	left := temporary(t)
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		var got record[string]
		note := func(who string) func(context.Context, viser.DropEvent) {
			return func(_ context.Context, e viser.DropEvent) {
				b, err := e.File.Bytes()
				if err != nil || e.Client == nil {
					t.Error(err, e.Client)
				}
				got.add(who + " " + e.File.Name() + "=" + string(b))
			}
		}
		off := s.OnDrop(note("meshes"), &viser.DropOptions{Types: []string{".PLY", ".stl"}, MaxBytes: 10, Hint: "Drop a mesh"})
		s.OnDrop(note("texts"), &viser.DropOptions{Types: []string{".txt", ".ply"}, MaxBytes: 5, IdleTimeout: time.Hour})
		p, _ := joinDialectAs(t, s, true, viser.RoleOperate, "")
		f(t, s, p, &got, off)
		synctest.Wait()
		p.Leave()
		synctest.Wait()
		if files := left(); len(files) > 0 {
			t.Errorf("temporary files stay: %v", files)
		}
	})
}

func TestDroppedFiles(t *testing.T) {
	takers(t, func(t *testing.T, s *viser.Server, p *page, got *record[string], off func()) {
		both := wire.FileDropMessage{Enabled: true, MaxBytes: 10, Types: []string{".ply", ".stl", ".txt"}, Hint: "Drop a mesh"}
		if diff := cmp.Diff(both, p.takes()); diff != "" {
			t.Error("the page takes", diff)
		}
		p.dropping("a").start("a.Ply", 2, 4).part(1, "34").part(0, "12")
		p.dropping("b").start("b.ply", 1, 8).part(0, "12345678") // the second has a lower limit
		p.dropping("c").start("c.txt", 0, 0)
		want(t, got, "meshes a.Ply=1234", "texts a.Ply=1234", "meshes b.ply=12345678", "texts c.txt=")
		off()
		off()
		if m := p.takes(); m.MaxBytes != 5 || len(m.Types) != 2 || m.Hint != "" {
			t.Errorf("the page takes %+v", m)
		}
		s.OnDrop(func(context.Context, viser.DropEvent) {}, nil)
		if m := p.takes(); m.MaxBytes != 4<<30 || len(m.Types) != 0 {
			t.Errorf("the page takes %+v", m)
		}
	})
}

func TestRefusedDrops(t *testing.T) {
	for name, c := range map[string]struct {
		send func(p *page, off func())
		why  string
	}{
		"type":            {func(p *page, _ func()) { p.dropping("a").start("a.obj", 1, 1) }, "these are: .ply, .stl, .txt"},
		"only the ending": {func(p *page, _ func()) { p.dropping("a").start("ply", 1, 1) }, "not taken"},
		"too large":       {func(p *page, _ func()) { p.dropping("a").start("a.ply", 1, 11) }, "10 bytes"},
		"its limit":       {func(p *page, _ func()) { p.dropping("a").start("a.txt", 1, 6) }, "5 bytes"},
		"more bytes":      {func(p *page, _ func()) { p.dropping("a").start("a.ply", 2, 3).part(0, "12").part(1, "34") }, "larger than its announced size"},
		"parts":           {func(p *page, _ func()) { p.dropping("a").start("a.ply", 1<<30, 5) }, "announcement of the file is invalid"},
		"idle": {func(p *page, _ func()) {
			p.dropping("a").start("a.ply", 2, 4).part(0, "12")
			time.Sleep(time.Hour + time.Second)
		}, "No data"},
		"detached": {func(p *page, off func()) { off(); p.dropping("a").start("a.stl", 1, 1) }, "these are: .ply, .txt"},
	} {
		t.Run(name, func(t *testing.T) {
			takers(t, func(t *testing.T, _ *viser.Server, p *page, got *record[string], off func()) {
				c.send(p, off)
				p.catchUp()
				m := last[*wire.FileTransferRefusedMessage](p)
				if m.SourceComponentUUID != wire.DropSource || m.TransferUUID != "a" || !strings.Contains(m.Reason, c.why) {
					t.Errorf("refused: %+v", m)
				}
				want(t, got)
			})
		})
	}
}

// TestNoDrops: a server without a callback says nothing and takes nothing, and one whose callbacks were detached says so.
func TestNoDrops(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := joinDialectAs(t, s, true, viser.RoleOperate, "")
		p.dropping("a").start("a.ply", 1, 1)
		p.catchUp()
		if m := last[*wire.FileTransferRefusedMessage](p); !strings.Contains(m.Reason, "does not take files") {
			t.Errorf("refused: %+v", m)
		}
		if n := len(all[*wire.FileDropMessage](p)); n != 0 {
			t.Errorf("the page was told of drops %d times", n)
		}
		var got record[string]
		off := s.OnDrop(func(_ context.Context, e viser.DropEvent) { got.add(e.File.Name()) }, nil)
		if !p.takes().Enabled {
			t.Error("the page was not told that it takes files")
		}
		p.dropping("b").start("b.ply", 2, 2).part(0, "1")
		off()
		p.part("b", 1, "2")
		p.catchUp()
		if m := last[*wire.FileTransferRefusedMessage](p); m.TransferUUID != "b" || p.takes().Enabled {
			t.Errorf("refused: %+v", m)
		}
		want(t, &got)
	})
}

func (p *page) part(id string, i int, content string) {
	(&sender{p, wire.DropSource, id}).part(i, content)
}

// TestWhoMayDrop: users who may only look, and pages that show the past, send no file; upstream viser's pages are not
// told that they could. A client that leaves cuts its file off.
func TestWhoMayDrop(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		var got record[string]
		s.OnDrop(func(_ context.Context, e viser.DropEvent) { got.add(fmt.Sprint(e.Client.ID(), e.File.Name())) }, nil)
		viewer, _ := joinDialectAs(t, s, true, viser.RoleView, "")
		plain, _ := joinDialectAs(t, s, false, viser.RoleOperate, "")
		for _, p := range []*page{viewer, plain} {
			p.catchUp()
		}
		if n := len(all[*wire.FileDropMessage](plain)); n != 0 {
			t.Errorf("a plain page was told of drops %d times", n)
		}
		viewer.dropping("a").start("viewer", 1, 1).part(0, "x")
		want(t, &got)
		s.Timeline(nil)
		back, c := joinDialectAs(t, s, true, viser.RoleOperate, "")
		s.Scene().AddFrame("/f", nil)
		time.Sleep(time.Second)
		c.Seek(0)
		back.dropping("b").start("back", 1, 1)
		back.catchUp()
		if m := last[*wire.FileTransferRefusedMessage](back); !strings.Contains(m.Reason, "earlier time") {
			t.Errorf("refused: %+v", m)
		}
		leaver, _ := joinDialectAs(t, s, true, viser.RoleOperate, "")
		leaver.dropping("c").start("leaver", 2, 2).part(0, "x")
		leaver.Leave()
		want(t, &got)
	})
}

func TestDropMisuse(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		f := func(context.Context, viser.DropEvent) {}
		for _, o := range []viser.DropOptions{
			{MaxBytes: -1}, {IdleTimeout: -1}, {IdleTimeout: 30}, {Types: []string{"ply"}}, {Types: []string{""}}, {Types: []string{"."}},
		} {
			misused(t, fmt.Sprintf("%+v", o), func() { s.OnDrop(f, &o) })
		}
		misused(t, "nil", func() { s.OnDrop(nil, nil) })
	})
}

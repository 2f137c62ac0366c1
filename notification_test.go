package viser_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestNotification(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		other, _ := connect(t, s)
		other.catchUp()
		n := c.Notify("title", "body", &viser.NotificationOptions{Loading: true, NotClosable: true, AutoClose: 1500 * time.Millisecond, Color: viser.Teal})
		p.catchUp()
		want := wire.NotificationProps{Title: "title", Body: "body", Loading: true, AutoCloseSeconds: new(1.5), Color: wire.NamedColor("teal")}
		if diff := cmp.Diff(want, last[*wire.NotificationShowMessage](p).Props); diff != "" {
			t.Error(diff)
		}
		steps := []struct {
			set  func()
			want func(*wire.NotificationProps)
			got  func() bool
		}{
			{func() { n.SetTitle("t") }, func(w *wire.NotificationProps) { w.Title = "t" }, func() bool { return n.Title() == "t" }},
			{func() { n.SetBody("b") }, func(w *wire.NotificationProps) { w.Body = "b" }, func() bool { return n.Body() == "b" }},
			{func() { n.SetLoading(false) }, func(w *wire.NotificationProps) { w.Loading = false }, func() bool { return !n.Loading() }},
			{func() { n.SetClosable(true) }, func(w *wire.NotificationProps) { w.WithCloseButton = true }, func() bool { return n.Closable() }},
			{func() { n.SetAutoClose(0) }, func(w *wire.NotificationProps) { w.AutoCloseSeconds = nil }, func() bool { return n.AutoClose() == 0 }},
			{func() { n.SetAutoClose(time.Minute) }, func(w *wire.NotificationProps) { w.AutoCloseSeconds = new(60.0) }, func() bool { return n.AutoClose() == time.Minute }},
			{func() { n.SetColor(viser.RGB{1, 2, 3}) }, func(w *wire.NotificationProps) { w.Color = wire.RGBColor(1, 2, 3) }, func() bool { return n.Color() == viser.RGB{1, 2, 3} }},
		}
		for i, step := range steps {
			step.set()
			step.set() // setting it again sends nothing
			step.want(&want)
			ms := p.catchUp()
			if len(ms) != 1 || !step.got() {
				t.Errorf("step %d: %d messages", i, len(ms))
			}
			if diff := cmp.Diff(want, last[*wire.NotificationUpdateMessage](p).Props); diff != "" {
				t.Errorf("step %d: %s", i, diff)
			}
		}
		n.Remove()
		n.Remove()
		if got := types(p.catchUp()); len(got) != 1 || got[0] != "RemoveNotificationMessage" {
			t.Errorf("%q", got)
		}
		n.SetTitle("too late")
		if len(p.catchUp()) != 0 || !log.has("removed notification") {
			t.Error("a removed notification must only cause a line in the log")
		}
		if ms := other.catchUp(); len(ms) != 0 {
			t.Errorf("another client was sent %q", types(ms))
		}
		misused(t, "negative time", func() { c.Notify("", "", &viser.NotificationOptions{AutoClose: -1}) })
	})
}

// TestClosedNotificationsAreForgotten: a page does not report that a notification has closed by itself, so the server
// counts; else a client that stays would make it grow.
func TestClosedNotificationsAreForgotten(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		stays := c.Notify("stays", "", nil)
		before := s.Stats()
		for i := range 2000 {
			c.Notify(fmt.Sprint("saved ", i), "", &viser.NotificationOptions{AutoClose: 130 * time.Millisecond})
			synctest.Wait()
			p.catchUp()
			time.Sleep(100 * time.Millisecond)
			if n := s.Stats().Entities - before.Entities; n > 350 {
				t.Fatalf("after %d notifications the server has %d", i+1, n)
			}
		}
		n := c.Notify("", "", &viser.NotificationOptions{AutoClose: time.Second})
		p.reads(20 * time.Second)
		n.SetBody("changed") // counts anew
		p.reads(20 * time.Second)
		if n.Removed() {
			t.Error("the time does not begin anew with a change")
		}
		kept := c.Notify("", "", &viser.NotificationOptions{AutoClose: time.Second})
		kept.SetAutoClose(0)
		p.reads(time.Minute)
		if after := s.Stats(); after.Entities != before.Entities+1 || after.Tombstones > before.Tombstones+1 {
			t.Errorf("there were %d entities and %d tombstones, now %d and %d",
				before.Entities, before.Tombstones, after.Entities, after.Tombstones)
		}
		if !n.Removed() || stays.Removed() || kept.Removed() {
			t.Error("the wrong ones are removed")
		}
	})
}

// TestNotificationsAndResume: a page that comes back is not shown again what it has closed, but is shown what it has
// missed, also after that time.
func TestNotificationsAndResume(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		options := &viser.NotificationOptions{AutoClose: 2 * time.Second}
		p, c := openSession(t, s)
		shown := c.Notify("shown", "", options)
		p.reads(2500 * time.Millisecond) // closed on the page; the server has not forgotten it
		if shown.Removed() {
			t.Fatal("it is forgotten too early")
		}
		p.Receive(&wire.SessionAckMessage{Cursor: p.cursor})
		p.Lose()
		missed := c.Notify("missed", "", options)
		time.Sleep(10 * time.Second)
		p = p.back(s)
		p.catchUp()
		if got := all[*wire.NotificationShowMessage](p); len(got) != 1 || got[0].Props.Title != "missed" {
			t.Errorf("after the interruption %d are shown", len(got))
		}
		p.reads(time.Minute)
		if !shown.Removed() || !missed.Removed() {
			t.Errorf("forgotten: %v and %v", shown.Removed(), missed.Removed())
		}
	})
}

// reads lets the page receive for a while.
func (p *page) reads(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
		p.catchUp()
	}
}

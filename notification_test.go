package viser_test

import (
	"testing"
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

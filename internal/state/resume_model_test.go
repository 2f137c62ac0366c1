package state_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A line is the connection of a client that can continue its session: frames are in flight for a while, and are lost
// when it is cut.
type line struct {
	able      bool
	cut       bool
	inFlight  []*wire.Frame
	cursor    string   // of the newest frame that the page has applied
	sent      []string // events for the page
	delivered []string // events that the page has received
	greeted   bool
	again     bool // the page was sent the whole state again, and with it unconfirmed events
}

// resumable makes the client one that can continue its session.
func (c *client) resumable() {
	c.line.able = true
	c.KeepSession(func(resumed bool) wire.Message { return &wire.SessionMessage{Resumed: resumed} })
}

// take gets the next frame of the server on its way.
func (w *world) take(c *client) (more bool) {
	if c.line.cut {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	f, err := c.Next(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if err != nil {
		w.t.Fatal(err)
	}
	c.line.inFlight = append(c.line.inFlight, f)
	return true
}

// arrive lets the page apply the oldest frame in flight.
func (w *world) arrive(c *client) {
	if len(c.line.inFlight) == 0 {
		return
	}
	f := c.line.inFlight[0]
	c.line.inFlight = c.line.inFlight[1:]
	win, err := pagewire.DecodeFetched(f.Bytes(), wire.DefaultLimits, c.fetch)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range win.Messages {
		switch m := m.(type) {
		case *wire.SessionMessage:
			if c.line.greeted && !m.Resumed {
				fetch := c.fetch
				*c.page, c.line.again = *newPage(), true
				c.fetch = fetch
			}
			c.line.greeted = true
		case *wire.LocalStorageSetItemMessage:
			c.line.delivered = append(c.line.delivered, m.Key)
		}
	}
	if err := c.apply(f); err != nil {
		w.t.Fatalf("a page cannot apply its frame: %v", err)
	}
	c.line.cursor = win.Cursor
}

// lines are the steps of connections that are cut and continued.
func (w *world) lines() []func() {
	some := func(f func(c *client)) func() {
		return func() {
			if len(w.clients) == 0 {
				return
			}
			if c := w.client(); c.line.able {
				f(c)
			}
		}
	}
	return []func(){
		some(func(c *client) { w.take(c) }),
		some(func(c *client) { w.arrive(c) }),
		some(func(c *client) {
			if !c.line.cut {
				c.Confirm(c.line.cursor)
			}
		}),
		some(w.cut),
		some(w.resume),
		some(w.send),
	}
}

func (w *world) cut(c *client) {
	if c.line.cut {
		return
	}
	c.line.cut, c.line.inFlight = true, nil
	c.Suspend()
}

func (w *world) resume(c *client) {
	if !c.line.cut {
		return
	}
	c.line.cut = false
	cursor := c.line.cursor
	if rapid.IntRange(0, 9).Draw(w.t, "forgets") == 0 {
		cursor = rapid.SampledFrom([]string{"", "0", "x", "1+2", "99999999999", "18446744073709551616"}).Draw(w.t, "cursor")
	}
	c.Resume(cursor)
}

func (w *world) send(c *client) {
	key := fmt.Sprint(w.fresh())
	if err := c.Scope().Send(&wire.LocalStorageSetItemMessage{Key: key}); err != nil {
		w.t.Fatal(err)
	}
	c.line.sent = append(c.line.sent, key)
}

// reconnect lets all lines work again and delivers what is in flight.
func (w *world) reconnect() {
	for _, c := range w.clients {
		w.resume(c)
		for len(c.line.inFlight) > 0 || w.take(c) {
			w.arrive(c)
		}
	}
}

// checkEvents compares the events that the page has received with those that were sent: each once, in order. A page
// that asked for everything again may have got those before twice.
func (w *world) checkEvents(id int, c *client) {
	if !c.line.able {
		return
	}
	seen := map[string]bool{}
	var got []string
	for _, key := range c.line.delivered {
		if !seen[key] {
			seen[key] = true
			got = append(got, key)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(c.line.sent) {
		w.t.Fatalf("client %d received the events %v, not %v", id, got, c.line.sent)
	}
	if len(got) != len(c.line.delivered) && !c.line.again {
		w.t.Fatalf("client %d received events twice: %v", id, c.line.delivered)
	}
}

package viser_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestClicksAreQueued: those that arrive while the loop body is busy are yielded later, in order.
func TestClicksAreQueued(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		group := s.GUI().AddButtonGroup("go", []string{"a", "b", "c"}, nil)
		var got record[string]
		proceed, ended := make(chan struct{}), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			defer close(ended)
			for click := range group.Clicks(ctx) {
				if click.Client != c || click.Target != group {
					t.Errorf("%+v", click)
				}
				got.add(click.Value)
				<-proceed
			}
		}()
		synctest.Wait()
		p.catchUp()
		groupID := func(m *wire.GuiButtonGroupMessage) string { return m.UUID }
		for _, v := range []string{"a", "b", "c", "b"} {
			say(p, groupID, v)
		}
		for range 3 {
			proceed <- struct{}{}
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"a", "b", "c", "b"}, got.got()); diff != "" {
			t.Error(diff)
		}
		cancel()
		proceed <- struct{}{}
		<-ended
		say(p, groupID, "a") // no loop receives it, and nothing blocks
		if n := len(got.got()); n != 4 {
			t.Errorf("%d clicks after the loop has ended", n)
		}
	})
}

// TestLoopsEnd: with the context, the element, the client and the server.
func TestLoopsEnd(t *testing.T) {
	for name, end := range map[string]func(cancel func(), b *viser.Button, c *viser.Client, s *viser.Server, p *page){
		"context": func(cancel func(), _ *viser.Button, _ *viser.Client, _ *viser.Server, _ *page) { cancel() },
		"removal": func(_ func(), b *viser.Button, _ *viser.Client, _ *viser.Server, _ *page) { b.Remove() },
		"client":  func(_ func(), _ *viser.Button, _ *viser.Client, _ *viser.Server, p *page) { p.Leave() },
		"server":  func(_ func(), _ *viser.Button, _ *viser.Client, s *viser.Server, _ *page) { _ = s.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				p, c := connect(t, s)
				b := c.GUI().AddButton("go", nil)
				command, table := c.GUI().AddCommand("do", nil), c.GUI().AddTable([]string{"a"}, nil, nil)
				form := c.GUI().AddForm("form", nil)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				ended := make(chan struct{})
				go func() {
					defer close(ended)
					for range b.Clicks(ctx) {
						t.Error("a click without a click")
					}
				}()
				synctest.Wait()
				end(cancel, b, c, s, p)
				<-ended
				cancel()
				for range command.Triggers(ctx) {
					t.Error("a choice without a click")
				}
				for range table.Clicks(ctx) {
					t.Error("a click without a click")
				}
				for range form.Submits(ctx) {
					t.Error("a submission without a submit")
				}
			})
		})
	}
}

// TestBusyLoopEndsWithTheElement: a click that waits for the loop's body does not hold up its queue for ever.
func TestBusyLoopEndsWithTheElement(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.GUI().AddButton("go", nil)
		n := 0
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for range b.Clicks(t.Context()) {
				n++ // and another click, while the test waits for the first
				p.Receive(&wire.GuiUpdateMessage{UUID: buttonID(last[*wire.GuiButtonMessage](p)), Updates: wire.Updates{{Key: "value", Value: true}}})
				b.Remove()
			}
		}()
		synctest.Wait()
		p.catchUp()
		say(p, buttonID, true)
		<-ended
		if n != 1 {
			t.Errorf("%d clicks", n)
		}
	})
}

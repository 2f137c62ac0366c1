package viser_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
	"github.com/viser-go/viser/internal/wire"
)

func TestButtonGroupReportsButton(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		other, _ := connect(t, s)
		g := s.GUI().AddButtonGroup("g", []string{"a", "b"}, nil)
		var clicks record[string]
		g.OnClick(func(_ context.Context, e viser.ButtonGroupEvent) {
			clicks.add(fmt.Sprint(e.Client.ID(), e.Value, e.Target == g))
		})
		p.catchUp()
		other.catchUp()
		say(p, groupID, "b")
		say(p, groupID, "b") // each click counts
		say(p, groupID, "z")
		say(p, groupID, 1.0)
		if diff := cmp.Diff([]string{"0btrue", "0btrue"}, clicks.got()); diff != "" || g.Value() != "b" || !log.has("invalid button index ignored") {
			t.Error(diff, g.Value())
		}
		if ms := other.catchUp(); len(ms) != 0 {
			t.Errorf("another client received a click: %q", types(ms))
		}
		g.SetOptions([]string{"x"})
		g.SetOptions([]string{"x"})
		if ms := p.catchUp(); len(ms) != 1 {
			t.Errorf("%q", types(ms))
		}
		say(p, groupID, "b")
		if len(clicks.got()) != 2 {
			t.Error("a button that is gone was clicked")
		}
	})
}

func TestHoldRunsAtItsFrequencyWithoutQueue(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.GUI().AddButton("b", nil)
		p.catchUp()
		uuid := last[*wire.GuiButtonMessage](p).UUID
		var slow, fast int
		release := make(chan struct{})
		off := b.OnHold(5, func(_ context.Context, e viser.ButtonEvent) { slow++; <-release })
		offFast := b.OnHold(50, func(_ context.Context, e viser.ButtonEvent) { fast++ })
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); !cmp.Equal(u.Updates[0].Value, []any{5.0, 50.0}) {
			t.Errorf("%+v", u)
		}
		hold := func(hz float64) {
			p.Receive(&wire.GuiButtonHoldMessage{UUID: uuid, Frequency: hz})
			synctest.Wait()
		}
		for range 100 {
			hold(5)
		}
		hold(50)
		hold(7)
		hold(math.NaN())
		p.Receive(&wire.GuiButtonHoldMessage{UUID: "nobody", Frequency: 5})
		close(release)
		synctest.Wait()
		if slow != 2 || fast != 1 {
			t.Errorf("called %d and %d times; a busy callback gets at most one call after it", slow, fast)
		}
		off()
		off()
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); !cmp.Equal(u.Updates[0].Value, []any{50.0}) {
			t.Errorf("%+v", u)
		}
		offFast()
		hold(50)
		if fast != 1 {
			t.Error("called after it was detached")
		}
		for i := range 16 {
			b.OnHold(float64(i+1), func(context.Context, viser.ButtonEvent) {})
		}
		for _, hz := range []float64{0, -1, math.NaN(), math.Inf(1), 201, 17} {
			misused(t, fmt.Sprint("hz ", hz), func() { b.OnHold(hz, func(context.Context, viser.ButtonEvent) {}) })
		}
	})
}

func TestIconsAreSentAsSVG(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		b := s.GUI().AddButton("b", &viser.ButtonOptions{Icon: icon.Camera})
		p.catchUp()
		if m := last[*wire.GuiButtonMessage](p); *m.Props.IconHTML != icon.Camera.SVG() || b.Icon() != icon.Camera {
			t.Errorf("%+v", m.Props)
		}
		b.SetIcon(icon.CameraOff)
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); u.Updates[0] != (wire.Update{Key: "_icon_html", Value: icon.CameraOff.SVG()}) {
			t.Errorf("%+v", u)
		}
		b.SetIcon(nil)
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p); u.Updates[0] != (wire.Update{Key: "_icon_html"}) || b.Icon() != nil {
			t.Errorf("%+v", u)
		}
		misused(t, "no such icon", func() { s.GUI().AddButton("b", &viser.ButtonOptions{Icon: icon.Name("none")}) })
		misused(t, "no such icon set", func() { b.SetIcon(icon.Name("")) })
	})
}

func TestButton(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		other, _ := connect(t, s)
		b := s.GUI().AddButton("go", &viser.ButtonOptions{Color: viser.Red})
		var n record[int]
		block := make(chan struct{})
		b.OnClick(func(context.Context, viser.ButtonEvent) { panic("first callback") })
		b.OnClick(func(_ context.Context, e viser.ButtonEvent) {
			n.add(e.Client.ID())
			if e.Target != b {
				t.Error("another button")
			}
			<-block
		})
		p.catchUp()
		other.catchUp()
		for range 10 {
			say(p, buttonID, true)
		}
		say(other, buttonID, true) // another client does not wait for the busy callback of the first
		if got := n.got(); len(got) != 2 {
			t.Errorf("%v", got)
		}
		close(block)
		synctest.Wait()
		if got := n.got(); len(got) != 11 {
			t.Errorf("%d clicks came; want 11: none is left out", len(got))
		}
		if ms := append(p.catchUp(), other.catchUp()...); len(ms) != 0 {
			t.Errorf("a click was echoed: %q", types(ms))
		}
		if !log.has("first callback") || !log.has("Button.OnClick") {
			t.Error("the panic was not logged")
		}
		_ = c
	})
}

package viser_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestMessagesForTheWrongElement(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		s.GUI().AddText("t", "kept", nil)
		s.GUI().AddForm("f", nil)
		cmd := s.GUI().AddCommand("c", nil)
		cmd.OnTrigger(func(context.Context, viser.CommandEvent) { t.Error("a command was triggered") })
		p.catchUp()
		text, form, command := last[*wire.GuiTextMessage](p).UUID, last[*wire.GuiFormMessage](p).UUID, last[*wire.RegisterCommandMessage](p).UUID
		for _, id := range []string{text, command, "", "viser-control-panel", "root"} {
			p.Receive(&wire.GuiFormSubmitMessage{UUID: id})
			p.Receive(&wire.GuiFormDirtyMessage{UUID: id})
		}
		for _, id := range []string{text, form, "", "root"} {
			p.Receive(&wire.CommandTriggerMessage{UUID: id})
		}
		for _, id := range []string{form, command} {
			p.Receive(&wire.GuiUpdateMessage{UUID: id, Updates: wire.Updates{{Key: "value", Value: true}, {Key: "label", Value: "x"}}})
		}
		synctest.Wait()
		if ms := p.catchUp(); len(ms) != 0 {
			t.Errorf("%q", types(ms))
		}
	})
}

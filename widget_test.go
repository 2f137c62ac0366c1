package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestPropertiesOfElements(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		tx := s.GUI().AddText("t", "", &viser.TextOptions{Hint: "hint", Disabled: true, Hidden: true})
		p.catchUp()
		if m := last[*wire.GuiTextMessage](p); *m.Props.Hint != "hint" || !m.Props.Disabled || m.Props.Visible {
			t.Errorf("%+v", m.Props)
		}
		for name, step := range map[string]struct {
			set  func()
			got  func() any
			want any
			key  string
		}{
			"label":    {func() { tx.SetLabel("l") }, func() any { return tx.Label() }, "l", "label"},
			"hint":     {func() { tx.SetHint("h") }, func() any { return tx.Hint() }, "h", "hint"},
			"visible":  {func() { tx.SetVisible(true) }, func() any { return tx.Visible() }, true, "visible"},
			"disabled": {func() { tx.SetDisabled(false) }, func() any { return tx.Disabled() }, false, "disabled"},
			"order":    {func() { tx.SetOrder(-3) }, func() any { return tx.Order() }, -3.0, "order"},
		} {
			step.set()
			step.set()
			if ms := p.catchUp(); len(ms) != 1 {
				t.Errorf("%s: %q", name, types(ms))
			}
			u := last[*wire.GuiUpdateMessage](p).Updates
			if len(u) != 1 || u[0].Key != step.key || u[0].Value != step.want || step.got() != step.want {
				t.Errorf("%s: %+v, read %v", name, u, step.got())
			}
		}
		tx.SetHint("")
		p.catchUp()
		if u := last[*wire.GuiUpdateMessage](p).Updates; u[0].Value != nil || tx.Hint() != "" {
			t.Errorf("%+v", u)
		}
		tx.Remove()
		tx.Remove()
		tx.SetLabel("dead")
		tx.SetValue("dead")
		if got := types(p.catchUp()); len(got) != 1 || got[0] != "GuiRemoveMessage" || !tx.Removed() || !log.has("removed GUI element") {
			t.Errorf("%q", got)
		}
	})
}

package viser_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestCommands(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		cmd := s.GUI().AddCommand("save", &viser.CommandOptions{Description: "d", Hotkey: "S", Modifiers: []viser.Modifier{viser.Shift, viser.CmdCtrl}})
		same := s.GUI().AddCommand("the same key", &viser.CommandOptions{Hotkey: "S", Modifiers: []viser.Modifier{viser.CmdCtrl, viser.Shift}})
		var n record[int]
		block := make(chan struct{})
		cmd.OnTrigger(func(_ context.Context, e viser.CommandEvent) {
			n.add(e.Client.ID())
			<-block
		})
		same.OnTrigger(func(context.Context, viser.CommandEvent) { n.add(100); panic("a command") })
		p.catchUp()
		ids := all[*wire.RegisterCommandMessage](p)
		trigger := func(id string) {
			p.Receive(&wire.CommandTriggerMessage{UUID: id})
			synctest.Wait()
		}
		if *ids[0].Props.Modifier != "cmd/ctrl+shift" || *ids[1].Props.Modifier != "cmd/ctrl+shift" {
			t.Error("modifiers have one order")
		}
		trigger(ids[0].UUID)
		trigger(ids[0].UUID) // waits for the one that blocks
		trigger(ids[1].UUID) // does not
		trigger("no such command")
		if diff := cmp.Diff([]int{c.ID(), 100}, n.got()); diff != "" || !log.has("a command") {
			t.Error(diff)
		}
		close(block)
		synctest.Wait()
		cmd.SetDisabled(true)
		trigger(ids[0].UUID)
		if got := n.got(); len(got) != 3 {
			t.Errorf("%v", got)
		}
		key, mods := cmd.Hotkey()
		if key != "S" || !slices.Equal(mods, []viser.Modifier{viser.CmdCtrl, viser.Shift}) {
			t.Error(key, mods)
		}
		cmd.SetHotkey("")
		cmd.SetHotkey("")
		if key, mods = cmd.Hotkey(); key != "" || mods != nil || cmd.Description() != "d" {
			t.Error(key, mods)
		}
		p.catchUp()
		if got := len(all[*wire.CommandUpdateMessage](p)); got != 3 {
			t.Errorf("%d updates; want disabled, hotkey, modifier", got)
		}
		cmd.Remove()
		trigger(ids[0].UUID)
	})
}

package viser_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
	"github.com/viser-go/viser/internal/wire"
)

func TestFormIsSubmittedByPagesAndTheProgram(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		a, ca := connect(t, s)
		b, _ := connect(t, s)
		form := s.GUI().AddForm("profile", nil)
		form.AddText("name", "", nil)
		var events record[string]
		form.OnSubmit(func(context.Context, viser.FormEvent) { panic("first callback") })
		off := form.OnSubmit(func(_ context.Context, e viser.FormEvent) {
			who := "program"
			if e.Client != nil {
				who = fmt.Sprint(e.Client.ID())
			}
			events.add(fmt.Sprint(who, " ", e.Target == form))
		})
		a.catchUp()
		b.catchUp()
		id := last[*wire.GuiFormMessage](a).UUID

		a.Receive(&wire.GuiFormDirtyMessage{UUID: id})
		synctest.Wait()
		if ms := a.catchUp(); len(ms) != 0 {
			t.Errorf("the page that edited was told of it: %q", types(ms))
		}
		if ms := types(b.catchUp()); !slices.Equal(ms, []string{"GuiFormDirtyMessage"}) {
			t.Errorf("the other page was sent %q", ms)
		}
		late := open(t, s, false)
		if len(all[*wire.GuiFormDirtyMessage](late)) != 1 {
			t.Error("a late page does not know of the edit")
		}

		a.Receive(&wire.GuiFormSubmitMessage{UUID: id})
		synctest.Wait()
		for _, p := range []*page{a, b, late} {
			if ms := types(p.catchUp()); !slices.Equal(ms, []string{"GuiFormSubmitMessage"}) {
				t.Errorf("a page was sent %q", ms)
			}
		}
		form.Submit()
		synctest.Wait()
		off()
		form.Submit()
		synctest.Wait()
		want := []string{fmt.Sprint(ca.ID(), " true"), "program true"}
		if diff := cmp.Diff(want, events.got()); diff != "" {
			t.Error(diff)
		}
		if !log.has("first callback") {
			t.Error("the panic was not logged")
		}
	})
}

func TestFormThatGoesDuringItsSubmission(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		form := s.GUI().AddForm("f", nil)
		ran := 0
		form.OnSubmit(func(context.Context, viser.FormEvent) { ran++; form.Remove() })
		p.catchUp()
		id := last[*wire.GuiFormMessage](p).UUID
		p.Receive(&wire.GuiFormSubmitMessage{UUID: id})
		p.Receive(&wire.GuiFormSubmitMessage{UUID: id})
		synctest.Wait()
		p.catchUp()
		form.Submit()
		if ms := p.catchUp(); len(ms) != 0 || ran == 0 {
			t.Errorf("%d callbacks, then %q", ran, types(ms))
		}
		if !log.has("Form.Submit") {
			t.Error("nobody was told that the form is gone")
		}
	})
}

func TestFormsAreNotNested(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		g := s.GUI()
		form := g.AddForm("f", nil)
		folder := form.AddFolder("inside", nil)
		tab := folder.AddTabGroup(nil).AddTab("t", nil)
		misused(t, "in a form", func() { form.AddForm("x", nil) })
		misused(t, "in a folder of a form", func() { folder.AddForm("x", nil) })
		misused(t, "in a tab of a form", func() { tab.AddForm("x", nil) })
		misused(t, "a client's", func() { c.GUI().In(form).AddForm("x", nil) })
		form.AddModal("m", nil).AddForm("a modal stands on its own", nil)
		form.AddPanel(nil).AddTab("t", nil).AddForm("and so does a panel", nil)
		g.AddForm("beside", nil)
	})
}

func TestContainersTakeWhatIsInThemAlong(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		g := s.GUI()
		group := g.AddTabGroup(nil)
		one, two := group.AddTab("one", &viser.TabOptions{Icon: icon.Table}), group.AddTab("two", nil)
		text := one.AddText("t", "", nil)
		mine := c.GUI().In(two).AddText("mine", "", nil)
		modal := g.AddModal("m", nil)
		inModal := modal.AddFolder("f", nil).AddText("t", "", nil)
		panel := g.AddPanel(nil)
		inPanel := panel.AddTab("p", nil).AddForm("f", nil)
		folder := g.AddFolder("f", nil)
		window, command := folder.AddModal("of a folder", nil), folder.AddCommand("c", nil)
		p.catchUp()

		one.Remove()
		one.Remove()
		if !text.Removed() || !one.Removed() || mine.Removed() || two.Removed() || len(group.Tabs()) != 1 {
			t.Error("removing a tab")
		}
		if !one.AddText("x", "", nil).Removed() {
			t.Error("text was added to a tab that is gone")
		}
		group.Remove()
		if !mine.Removed() || !two.Removed() {
			t.Error("removing the group")
		}
		if !group.AddTab("x", nil).Removed() {
			t.Error("a tab was added to a group that is gone")
		}
		modal.Close()
		modal.Close()
		panel.Remove()
		panel.Remove()
		folder.Remove()
		for i, gone := range []bool{inModal.Removed(), inPanel.Removed(), window.Removed(), command.Removed()} {
			if !gone {
				t.Error("still there:", i)
			}
		}
		p.catchUp()
		late := open(t, s, false)
		for _, m := range late.seen {
			switch m.(type) {
			case *wire.GuiTabGroupMessage, *wire.GuiModalMessage, *wire.GuiPanelMessage, *wire.RegisterCommandMessage, *wire.GuiTextMessage:
				t.Errorf("a late page is sent a %s", m.Type())
			}
		}
		if got := len(all[*wire.GuiCloseModalMessage](p)) + len(all[*wire.GuiPanelRemoveMessage](p)) + len(all[*wire.RemoveCommandMessage](p)); got != 4 {
			t.Errorf("%d windows and commands were taken away on the page", got)
		}
	})
}

func TestPanelsAreStamped(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		main, panel := s.GUI().MainPanel(), s.GUI().AddPanel(nil)
		p.catchUp()
		p.seen = nil
		main.DockLeft()
		panel.DockBelow(main)
		panel.SetWidth(300)
		main.Minimize()
		p.catchUp()
		var stamps []int
		run := ""
		stamp := func(n int, r string) {
			stamps = append(stamps, n)
			if run == "" {
				run = r
			}
			if r != run {
				t.Error("another run")
			}
		}
		for _, m := range p.seen {
			switch m := m.(type) {
			case *wire.GuiSetPanelPositionMessage:
				stamp(m.Counter, m.RunID)
			case *wire.GuiSetPanelWidthMessage:
				stamp(m.Counter, m.RunID)
			case *wire.GuiSetPanelCollapsedMessage:
				stamp(m.Counter, m.RunID)
			}
		}
		if diff := cmp.Diff([]int{2, 3, 4, 5}, stamps); diff != "" {
			t.Error(diff)
		}
		if split := all[*wire.GuiSetPanelPositionMessage](p)[1]; split.Position.AnchorUUID != "viser-control-panel" || split.Position.Side != "below" {
			t.Errorf("%+v", split.Position)
		}
		c.GUI().MainPanel().DockRight()
		p.catchUp()
		if last[*wire.GuiSetPanelPositionMessage](p).RunID == run {
			t.Error("the client's GUI counts as the server's")
		}
		if first := c.GUI().MainPanel(); first != c.GUI().MainPanel() {
			t.Error("there are two control panels")
		}
	})
}

func TestMisuseOfPanelsAndCommands(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, c := connect(t, s)
		g := s.GUI()
		main, panel, other, gone := g.MainPanel(), g.AddPanel(nil), g.AddPanel(nil), g.AddPanel(nil)
		mine := c.GUI().AddPanel(nil)
		gone.Remove()
		cmd := g.AddCommand("c", nil)
		nan, minus := math.NaN(), -1.0
		for name, f := range map[string]func(){
			"beside itself":          func() { panel.DockAbove(panel) },
			"main beside itself":     func() { main.DockBelow(c.GUI().MainPanel()) },
			"beside a client's":      func() { panel.DockBelow(mine) },
			"a client's by ours":     func() { mine.DockBelow(panel) },
			"width NaN":              func() { panel.SetWidth(nan) },
			"height 0":               func() { main.SetHeight(0) },
			"x NaN":                  func() { panel.Float(&viser.FloatOptions{X: &nan}) },
			"width of a floating":    func() { panel.Float(&viser.FloatOptions{Width: &minus}) },
			"order":                  func() { g.AddPanel(&viser.PanelOptions{Order: &nan}) },
			"modifier, no key":       func() { g.AddCommand("x", &viser.CommandOptions{Modifiers: []viser.Modifier{viser.Alt}}) },
			"no such key":            func() { g.AddCommand("x", &viser.CommandOptions{Hotkey: "f13"}) },
			"a small letter":         func() { cmd.SetHotkey("k") },
			"modifier without a key": func() { cmd.SetHotkey("", viser.Shift) },
			"modifier twice":         func() { cmd.SetHotkey("K", viser.Shift, viser.Shift) },
			"container of a client":  func() { g.In(c.GUI()) },
		} {
			misused(t, name, f)
		}
		mine.DockAbove(main) // the control panel is on every page
		panel.DockBelow(other)
		other.DockBelow(panel) // each order by itself makes sense, so none is refused
		p.catchUp()
		gone.DockLeft()
		gone.Minimize()
		if ms := p.catchUp(); len(ms) != 0 || !log.has("removed panel placed") {
			t.Errorf("%q", types(ms))
		}
	})
}

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

func TestPartsDoNotRemoveWhatIsNotTheirs(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		g := s.GUI()
		ours := g.AddText("the program's", "", nil)
		a, b := g.Part(), g.Part()
		sub := a.Part()
		inA, inB, inSub := a.AddFolder("a", nil), b.AddText("b", "", nil), sub.AddText("sub", "", nil)
		deep, panel, command := inA.AddText("deep", "", nil), a.AddPanel(nil), sub.AddCommand("c", nil)
		guest := c.GUI().In(inA).AddText("guest", "", nil)

		sub.Reset()
		if !inSub.Removed() || !command.Removed() || inA.Removed() {
			t.Error("the part of a part")
		}
		again := sub.AddText("again", "", nil)
		inA.Container.Reset()
		if !deep.Removed() || guest.Removed() || inA.Removed() {
			t.Error("a folder's Reset")
		}
		a.Reset()
		a.Reset()
		if !inA.Removed() || !again.Removed() || !panel.Removed() || !guest.Removed() {
			t.Error("a part's Reset leaves something of its own")
		}
		if inB.Removed() || ours.Removed() {
			t.Error("a part's Reset removes what is another's")
		}
		mine := c.GUI().Part().AddText("mine", "", nil)
		g.Reset()
		if !inB.Removed() || !ours.Removed() || mine.Removed() {
			t.Error("the Reset of the whole")
		}
	})
}

func TestWhatIsLeftOfAClientThatLeft(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		folder := s.GUI().AddFolder("f", nil)
		mine := c.GUI().In(folder).AddFolder("mine", nil)
		p.Leave()
		synctest.Wait()
		if !mine.Removed() {
			t.Error("the element of a client that left still sits in the server's folder")
		}
		// The client's handle is dead, and can be used.
		late := c.GUI().In(folder).AddTabGroup(nil)
		late.AddTab("t", nil)
		c.GUI().AddModal("m", nil).Close()
		c.GUI().MainPanel().DockLeft()
		if !late.Removed() || folder.Removed() {
			t.Error("an element was added for a client that left")
		}
	})
}

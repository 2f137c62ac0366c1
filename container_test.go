package viser_test

import (
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
	"github.com/viser-go/viser/internal/wire"
)

func TestContainersRemoveTheirContents(t *testing.T) {
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

func TestPartsRemoveOnlyTheirOwn(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		g := s.GUI()
		shared := g.AddText("the program's", "", nil)
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
		if inB.Removed() || shared.Removed() {
			t.Error("a part's Reset removes what is another's")
		}
		mine := c.GUI().Part().AddText("mine", "", nil)
		g.Reset()
		if !inB.Removed() || !shared.Removed() || mine.Removed() {
			t.Error("the Reset of the whole")
		}
	})
}

func TestHandlesOfAClientThatLeft(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		folder := s.GUI().AddFolder("f", nil)
		mine := c.GUI().In(folder).AddFolder("mine", nil)
		p.Leave()
		synctest.Wait()
		if !mine.Removed() {
			t.Error("the element of a client that left still sits in the server's folder")
		}
		// The client's handle was removed, and can still be used.
		late := c.GUI().In(folder).AddTabGroup(nil)
		late.AddTab("t", nil)
		c.GUI().AddModal("m", nil).Close()
		c.GUI().MainPanel().DockLeft()
		if !late.Removed() || folder.Removed() {
			t.Error("an element was added for a client that left")
		}
	})
}

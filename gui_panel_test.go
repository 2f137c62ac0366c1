package viser_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

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

package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
)

// TestAddToRemoved adds to containers of a client that has left, and to ones
// that were removed: nothing panics, clients are sent nothing, and Removed is true.
func TestAddToRemoved(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		leaver, c := connect(t, s)
		for name, gui := range map[string]*viser.GUI{"left": c.GUI(), "removed": s.GUI()} {
			folder, group, panel := gui.AddFolder("f", nil), gui.AddTabGroup(nil), gui.AddPanel(nil)
			other := gui.AddPanel(nil)
			if name == "left" {
				leaver.Leave()
			} else {
				folder.Remove()
				group.Remove()
				panel.Remove()
			}
			p.catchUp()
			button, tab, inner := folder.AddButton("b", nil), group.AddTab("t", nil), folder.AddFolder("inner", nil)
			text := inner.AddText("text", "", nil)
			text.SetValue("x")
			button.SetLabel("c")
			if name == "removed" {
				other.DockAbove(panel)
			}
			if !button.Removed() || !tab.Removed() || !inner.Removed() || !text.Removed() || !panel.AddTab("t", nil).Removed() {
				t.Errorf("%s: Removed of a new handle is false", name)
			}
			if ms := p.catchUp(); len(ms) != 0 {
				t.Errorf("%s: a client was sent %q", name, types(ms))
			}
		}
	})
}

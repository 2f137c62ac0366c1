package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestFoldersAndReset(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		g := s.GUI()
		f := g.AddFolder("outer", nil)
		in := f.AddFolder("", &viser.FolderOptions{Folded: true})
		leaf := in.AddNumber("n", 1, nil)
		g.AddMarkdown("# text", nil).SetContent("*other*")
		p.catchUp()
		fs := all[*wire.GuiFolderMessage](p)
		if fs[1].ContainerUUID != fs[0].UUID || fs[1].Props.Label != nil || fs[1].Props.ExpandByDefault || last[*wire.GuiNumberMessage](p).ContainerUUID != fs[1].UUID {
			t.Errorf("%+v", fs)
		}
		f.SetLabel("renamed")
		if f.Label() != "renamed" || in.Label() != "" {
			t.Error(f.Label())
		}
		before := len(all[*wire.GuiSetPanelPositionMessage](p))
		g.Reset()
		p.catchUp()
		if n := len(all[*wire.GuiRemoveMessage](p)); n != 4 || !leaf.Removed() || !in.Removed() {
			t.Errorf("%d removals", n)
		}
		if m := last[*wire.GuiSetPanelPositionMessage](p); len(all[*wire.GuiSetPanelPositionMessage](p)) != before+1 || m.Counter != 2 {
			t.Errorf("%+v: the panel goes back to its place", m)
		}
		if late := open(t, s, true); len(all[*wire.GuiRemoveMessage](late))+len(all[*wire.GuiFolderMessage](late)) != 0 {
			t.Error("a later client receives what was removed")
		}
	})
}

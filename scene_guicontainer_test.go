package viser_test

import (
	"math"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestControlsInTheSceneAreRemovedWithTheirNode(t *testing.T) {
	for name, finish := range map[string]func(s *viser.Server, box *viser.GUIContainer){
		"removed":  func(_ *viser.Server, box *viser.GUIContainer) { box.Remove() },
		"parent":   func(s *viser.Server, _ *viser.GUIContainer) { s.Scene().RemoveNode("/a") },
		"reset":    func(s *viser.Server, _ *viser.GUIContainer) { s.Scene().Reset() },
		"replaced": func(s *viser.Server, _ *viser.GUIContainer) { s.Scene().AddBox("/a/x", nil) },
		"again":    func(s *viser.Server, _ *viser.GUIContainer) { s.Scene().AddGUIContainer("/a/x", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
				p, _ := connect(t, s)
				box := s.Scene().AddGUIContainer("/a/x", nil)
				button := box.AddFolder("folder", nil).AddButton("button", nil)
				p.catchUp()
				if in := last[*wire.GuiFolderMessage](p).ContainerUUID; in != last[*wire.Gui3DMessage](p).Props.ContainerUUID {
					t.Errorf("the folder is in %q", in)
				}
				finish(s, box)
				if !button.Removed() || !box.Removed() {
					t.Error("the button or its container is still there")
				}
				if n := len(slices.DeleteFunc(types(p.catchUp()), func(t string) bool { return t != "GuiRemoveMessage" })); n != 2 {
					t.Errorf("%d elements were removed from the page", n)
				}
				if !box.AddButton("late", nil).Removed() {
					t.Error("what is added to a removed container is not removed")
				}
			})
		})
	}
}

func TestControlsInTheSceneOfAClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		other, _ := connect(t, s)
		shared := s.Scene().AddGUIContainer("/shared", nil)
		guest := c.GUI().In(shared).AddButton("guest", nil)
		own := c.Scene().AddGUIContainer("/own", nil)
		inOwn := own.AddButton("own", nil)
		everybody := shared.AddButton("all", nil)
		p.catchUp()
		other.catchUp()
		if n := len(all[*wire.GuiButtonMessage](p)); n != 3 {
			t.Errorf("the client has %d buttons", n)
		}
		if n := len(all[*wire.GuiButtonMessage](other)); n != 1 {
			t.Errorf("the other has %d buttons", n)
		}
		c.GUI().Reset()
		if !guest.Removed() || inOwn.Removed() || everybody.Removed() {
			t.Error("the reset of a client's GUI takes what it has in other's containers, and no more")
		}
		guest = c.GUI().In(shared).AddButton("guest", nil)
		p.Leave()
		synctest.Wait()
		if !guest.Removed() || !inOwn.Removed() || everybody.Removed() {
			t.Error("what a client had is gone with it, and only that")
		}
	})
}

func TestControlsInTheSceneMisused(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	misused(t, "no name", func() { s.Scene().AddGUIContainer("", nil) })
	misused(t, "no place", func() {
		s.Scene().AddGUIContainer("/x", &viser.GUIContainerOptions{Position: viser.Vec3{math.NaN()}})
	})
}

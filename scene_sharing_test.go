package viser_test

import (
	"slices"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestPartsOfASceneAreTheirOwn(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		scene := s.Scene()
		base := scene.AddFrame("/arm", nil)
		arm, other := scene.Part("arm/"), scene.Part("/other/deep")
		hand := arm.Part("hand")
		upper := arm.AddBox("/upper", &viser.BoxOptions{Position: viser.Vec3{1, 2, 3}, Hidden: true})
		finger, far := hand.AddBox("a/finger", nil), other.AddBox("x", nil)
		note := scene.AddLabel("/arm/upper/note", "of the program", nil)
		if upper.Name() != "/arm/upper" || finger.Name() != "/arm/hand/a/finger" || far.Name() != "/other/deep/x" {
			t.Error(upper.Name(), finger.Name(), far.Name())
		}
		if n, ok := arm.Node("upper"); !ok || n != viser.Node(upper) {
			t.Error("a part does not find its own")
		}
		for _, name := range []string{"/upper/note", "/other", "/hand/a"} {
			if _, ok := arm.Node(name); ok && name != "/hand/a" {
				t.Error("a part finds what is another's:", name)
			}
		}
		if arm.RemoveNode("/upper/note") || arm.WorldAxes() != nil {
			t.Error("a part can remove what is another's")
		}
		misused(t, "a name that is taken", func() { arm.AddBox("/upper/note", nil) })
		misused(t, "a name that is taken by the part around", func() { hand.AddBox("", nil) })
		misused(t, "no prefix", func() { scene.Part("/") })
		arm.AddBox("/upper", nil) // its own it may replace
		p.catchUp()

		arm.Reset()
		arm.Reset()
		if !finger.Removed() || note.Removed() || far.Removed() || base.Removed() {
			t.Error("the part's Reset")
		}
		p.catchUp()
		late := open(t, s, false)
		var names []string
		for _, m := range late.seen {
			if m, ok := m.(*wire.BoxMessage); ok {
				names = append(names, m.Name)
			}
		}
		if !slices.Equal(names, []string{"/other/deep/x"}) {
			t.Errorf("boxes that are left: %q", names)
		}
		note.Remove()
		arm.Reset()
		if _, ok := scene.Node("/arm/upper"); ok {
			t.Error("the stand-in outlives those that it stood there for")
		}
		base.Remove()
		arm.Reset()
		arm.AddBox("/again", nil)
		scene.Reset()
		if !far.Removed() {
			t.Error("the Reset of the whole")
		}
	})
}

func TestAStandInHasThePoseOfTheNode(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		arm := s.Scene().Part("/arm")
		box := arm.AddBox("/box", &viser.BoxOptions{Position: viser.Vec3{1, 2, 3}, Hidden: true})
		note := s.Scene().AddLabel("/arm/box/note", "text", nil)
		box.Remove()
		box.Remove()
		stand, ok := s.Scene().Node("/arm/box")
		if !ok || !box.Removed() || note.Removed() || stand.Position() != (viser.Vec3{1, 2, 3}) || stand.Visible() {
			t.Error(ok, box.Removed(), note.Removed())
		}
		// The program's own node takes everything below along.
		mine := s.Scene().AddFrame("/arm/box", nil)
		inside := arm.AddBox("/box/inside", nil)
		mine.Remove()
		if !inside.Removed() || !note.Removed() {
			t.Error("what is below a node of the whole goes with it")
		}
	})
}

func TestPartsOfAClientsScene(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		shared := s.Scene().AddBox("/arm/box", nil)
		part := c.Scene().Part("/arm")
		part.AddBox("/box", nil) // over the server's, on that page
		p.catchUp()
		if last[*wire.BoxMessage](p).Owner != "0" {
			t.Error("the owner of a part's node")
		}
		part.Reset()
		if shared.Removed() {
			t.Error("a client's part removed the server's node")
		}
	})
}

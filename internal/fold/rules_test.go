package fold

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

func raws(ms []wire.Message) (out []wire.RawMessage) {
	for _, m := range ms {
		out = append(out, wire.RawOf(m))
	}
	return out
}

func stateOf(t testing.TB, ms ...wire.Message) *State {
	t.Helper()
	return applied(t, New(), raws(ms)...)
}

// scaled is a frame with a scale.
func scaled(name string, virtual bool, scale float64) wire.Message {
	return &wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: name, Virtual: virtual},
		Props: wire.FrameProps{Scale: wire.Uniform(scale)}}
}

func TestRules(t *testing.T) {
	cases := []struct {
		name        string
		given, want []wire.Message
	}{
		{"an update changes the create message",
			[]wire.Message{frame("/a", "", false), set("/a", wire.Update{Key: "show_axes", Value: true})},
			[]wire.Message{&wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.FrameProps{ShowAxes: true}}}},
		{"a node created again keeps its pose, not its bones",
			[]wire.Message{frame("/a", "", false), at("/a", "", 1), &wire.SetBonePositionMessage{Name: "/a"}, shown("/a", false),
				&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}}},
			[]wire.Message{&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}}, at("/a", "", 1), shown("/a", false)}},
		{"a node created after a removal has nothing of the one before",
			[]wire.Message{frame("/a", "", false), at("/a", "", 1), shown("/a", false), gone("/a", ""), frame("/a", "", false)},
			[]wire.Message{frame("/a", "", false)}},
		{"messages about unknown nodes are lost",
			[]wire.Message{at("/a", "", 1), frame("/a", "", false), at("/a", "9", 2)},
			[]wire.Message{frame("/a", "", false)}},
		{"descendants stay",
			[]wire.Message{frame("/a", "", false), frame("/a/b", "", false), gone("/a", "")},
			[]wire.Message{frame("/a/b", "", false)}},
		{"a virtual node takes over the pose",
			[]wire.Message{frame("/a", "", true), at("/a", "", 1), frame("/a", "7", false), at("/a", "7", 2), gone("/a", "7")},
			[]wire.Message{frame("/a", "", true), at("/a", "", 2)}},
		{"a real one does not",
			[]wire.Message{frame("/a", "", false), at("/a", "", 1), frame("/a", "7", false), at("/a", "7", 2), gone("/a", "7")},
			[]wire.Message{frame("/a", "", false), at("/a", "", 1)}},
		{"the same in two variants is complete",
			[]wire.Message{frame("/a", "", true), frame("/a", "7", false)},
			[]wire.Message{frame("/a", "", true), &wire.SetOrientationMessage{Name: "/a", WXYZ: identity.wxyz}, &wire.SetPositionMessage{Name: "/a"},
				frame("/a", "7", false), &wire.SetOrientationMessage{Name: "/a", Owner: "7", WXYZ: identity.wxyz}, &wire.SetPositionMessage{Name: "/a", Owner: "7"}}},
		{"an id is not kept",
			[]wire.Message{numbered("/a", 3), &wire.PackedPosesMessage{PositionIDs: wire.Uint32s([]uint32{3}), Positions: wire.Float32s([]float32{1, 0, -1}),
				WXYZIDs: wire.Uint32s(nil), WXYZs: wire.Float32s(nil)}},
			[]wire.Message{frame("/a", "", false), at("/a", "", 1)}},
		{"a patch that fits changes the array",
			[]wire.Message{cloud(1, 2, 3), patched(4, []int{1, 1, 3, 1}, 7, 8), patched(2, nil), patched(9, []int{8, 1}, 1)},
			[]wire.Message{cloud(1, 7)}},
		{"a patch that leaves a gap is ignored",
			[]wire.Message{cloud(1, 2, 3), patched(5, []int{4, 1}, 7)}, []wire.Message{cloud(1, 2, 3)}},
		{"an element's value and properties",
			[]wire.Message{slider("u", 1, 0.5), guiSet("u", wire.Update{Key: "value", Value: 0.75}, wire.Update{Key: "order", Value: 2})},
			[]wire.Message{slider("u", 2, 0.75)}},
		{"an element's place in the order of creation",
			[]wire.Message{slider("u", 1, 0), slider("v", 1, 0), slider("u", 1, 1)},
			[]wire.Message{slider("u", 1, 1), slider("v", 1, 0)}},
		{"the contents of a folder stay",
			[]wire.Message{&wire.GuiFolderMessage{UUID: "f", ContainerUUID: "root"}, &wire.GuiHtmlMessage{UUID: "h", ContainerUUID: "f"}, &wire.GuiRemoveMessage{UUID: "f"}},
			[]wire.Message{&wire.GuiHtmlMessage{UUID: "h", ContainerUUID: "f"}}},
		{"orders for a panel go with it and come last",
			[]wire.Message{&wire.GuiPanelMessage{UUID: "p"}, &wire.GuiSetPanelWidthMessage{UUID: "p"}, &wire.GuiPanelRemoveMessage{UUID: "p"},
				&wire.GuiSetPanelWidthMessage{UUID: "viser-control-panel"}, slider("u", 1, 0)},
			[]wire.Message{slider("u", 1, 0), &wire.GuiSetPanelWidthMessage{UUID: "viser-control-panel"}}},
		{"reset", []wire.Message{slider("u", 1, 0), &wire.GuiModalMessage{UUID: "m"}, &wire.ResetGuiMessage{}}, nil},
		{"an update of a notification", []wire.Message{notice("n", "1"), &wire.NotificationUpdateMessage{UUID: "n",
			Props: wire.NotificationProps{Title: "2"}}}, []wire.Message{notice("n", "2")}},
		{"cameras, initial and not", []wire.Message{&wire.SetCameraFovMessage{FOV: 1}, &wire.SetCameraFovMessage{FOV: 2, Initial: true}, &wire.SetCameraFovMessage{FOV: 3}},
			[]wire.Message{&wire.SetCameraFovMessage{FOV: 2, Initial: true}, &wire.SetCameraFovMessage{FOV: 3}}},
		{"the root", []wire.Message{at("", "", 1), turned("", "", 1), shown("", false), frame("", "", false), turned("", "5", 2)},
			[]wire.Message{turned("", "", 2), at("", "", 1), shown("", false)}},
	}
	for _, c := range cases {
		got := texts(slices.Collect(stateOf(t, c.given...).Messages()))
		if want := texts(raws(c.want)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

func TestDiffIsSmall(t *testing.T) {
	from := stateOf(t, frame("/a", "", false), frame("/b", "", false), cloud(1, 2, 3), slider("u", 1, 0.5), slider("v", 1, 1), notice("n", "1"),
		&wire.FogMessage{Enabled: true, Far: 3}, &wire.SetGuiPanelLabelMessage{Label: new("label")})
	cases := []struct {
		name        string
		given, want []wire.Message
	}{
		{"nothing", nil, nil},
		{"what is there already", []wire.Message{shown("/a", true), slider("v", 1, 1)}, nil},
		{"a pose", []wire.Message{at("/a", "", 1)}, []wire.Message{at("/a", "", 1)}},
		{"a property", []wire.Message{set("/a", wire.Update{Key: "axes_length", Value: 2.0})}, []wire.Message{set("/a", wire.Update{Key: "axes_length", Value: 2.0})}},
		{"an array", []wire.Message{patched(3, []int{0, 1}, 5)}, []wire.Message{set("/cloud", wire.Update{Key: "points", Value: wire.Float32s([]float32{5, 2, 3})})}},
		{"a removal", []wire.Message{gone("/b", ""), &wire.GuiRemoveMessage{UUID: "u"}}, []wire.Message{gone("/b", ""), &wire.GuiRemoveMessage{UUID: "u"}}},
		{"another kind", []wire.Message{at("/a", "", 1), &wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}}},
			[]wire.Message{&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}}, at("/a", "", 1)}},
		{"created again with one property", []wire.Message{scaled("/a", false, 5)}, []wire.Message{set("/a", wire.Update{Key: "scale", Value: 5.0})}},
		{"a value", []wire.Message{guiSet("u", wire.Update{Key: "value", Value: 1})},
			[]wire.Message{&wire.GuiUpdateMessage{UUID: "u", Updates: wire.Updates{{Key: "value", Value: 1}}}}},
		{"a value that was set to what it is", []wire.Message{guiSet("u", wire.Update{Key: "value", Value: 0.5})}, nil},
		{"a notification", []wire.Message{notice("n", "2")}, []wire.Message{&wire.NotificationUpdateMessage{UUID: "n", Props: wire.NotificationProps{Title: "2"}}}},
		{"a later order", []wire.Message{&wire.GuiRemoveMessage{UUID: "u"}, slider("u", 1, 0.5)},
			[]wire.Message{&wire.GuiRemoveMessage{UUID: "u"}, slider("u", 1, 0.5)}},
		{"no order among others", []wire.Message{&wire.GuiRemoveMessage{UUID: "u"}, slider("u", 3, 0.5)},
			[]wire.Message{&wire.GuiUpdateMessage{UUID: "u", Updates: wire.Updates{{Key: "order", Value: 3.0}}}}},
		{"a bone", []wire.Message{&wire.SetBonePositionMessage{Name: "/a", BoneIndex: 2}}, []wire.Message{&wire.SetBonePositionMessage{Name: "/a", BoneIndex: 2}}},
	}
	for _, c := range cases {
		to := applied(t, from.Clone(), raws(c.given)...)
		if got, want := texts(Diff(from, to)), texts(raws(c.want)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, want)
		}
	}
	back := texts(Diff(from, New()))
	for _, want := range []wire.Message{&wire.FogMessage{}, &wire.SetGuiPanelLabelMessage{}, &wire.RemoveNotificationMessage{UUID: "n"}} {
		if !strings.Contains(back, texts(raws([]wire.Message{want}))) {
			t.Errorf("back to nothing, without %s:\n%s", want.Type(), back)
		}
	}
}

// The frame that a message comes from may be large, and is not kept for it.
func TestApplyKeepsNoSmallInput(t *testing.T) {
	s := New()
	for _, m := range raws([]wire.Message{cloud(1, 2, 3), &wire.SetSceneNodeClickBindingsMessage{Name: "/cloud", Bindings: []wire.DragBinding{{Button: "left"}}},
		set("/cloud", wire.Update{Key: "points", Value: wire.Float32s([]float32{1, 2})}), slider("u", 1, 2), &wire.FogMessage{Far: 4}}) {
		applied(t, s, m)
		want := dump(s)
		for i := range m.B {
			m.B[i] ^= 0xff
		}
		for _, r := range m.Refs {
			for i := range r.Data {
				r.Data[i] ^= 0xff
			}
		}
		if got := dump(s); got != want {
			t.Fatalf("after %s was overwritten:\n%s\nwant\n%s", m.Type, got, want)
		}
	}
}

// Patches that follow each other copy the array once; those before are left alone.
func TestPatchesCopyOnce(t *testing.T) {
	s := stateOf(t, cloud(make([]float32, 300_000)...))
	allocated := testing.Benchmark(func(b *testing.B) {
		m := wire.RawOf(patched(300_000, []int{7, 1}, 1))
		b.ReportAllocs()
		for b.Loop() {
			_ = s.Apply(m)
		}
	}).AllocedBytesPerOp()
	if allocated > 10_000 {
		t.Errorf("%d bytes for a patch of an array of 1,200,000", allocated)
	}
	before := s.Clone()
	applied(t, s, wire.RawOf(patched(300_000, []int{7, 1}, 2)))
	a, b := slices.Collect(before.Messages())[0], slices.Collect(s.Messages())[0]
	if bytes.Equal(a.Refs[0].Data, b.Refs[0].Data) || !bytes.Equal(a.Refs[0].Data[32:], b.Refs[0].Data[32:]) {
		t.Error("the patch changed the clone, or not its original")
	}
}

func TestClonesMayBeReadConcurrently(t *testing.T) {
	s := stateOf(t, cloud(1, 2, 3), frame("/a", "", false), slider("u", 1, 0))
	kept := s.Clone()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c := kept.Clone()
			applied(t, c, raws([]wire.Message{at("/a", "", 5), patched(3, []int{0, 1}, 5), guiSet("u", wire.Update{Key: "value", Value: 1})})...)
			kept.Digest()
			Diff(kept, c)
			kept.Size()
		})
	}
	applied(t, s, raws([]wire.Message{at("/a", "", 6), patched(3, []int{1, 1}, 6)})...)
	wg.Wait()
	if want := stateOf(t, cloud(1, 2, 3), frame("/a", "", false), slider("u", 1, 0)).Digest(); kept.Digest() != want {
		t.Error("the clone has changed")
	}
}

// Nodes that have the same array share it.
func TestLargeArraysAreShared(t *testing.T) {
	s, m := New(), wire.RawOf(cloud(make([]float32, 1000)...))
	applied(t, s, m, with(m, map[string]any{"name": "/other"}))
	for got := range s.Messages() {
		if &got.Refs[0].Data[0] != &m.Refs[0].Data[0] {
			t.Errorf("%q has a copy", got.B)
		}
	}
}

func TestTooManyOwners(t *testing.T) {
	s := New()
	for i := range maxOwners {
		applied(t, s, wire.RawOf(frame("/a", strconv.Itoa(i), false)))
	}
	before := s.Digest()
	if err := s.Apply(wire.RawOf(frame("/a", "more", false))); err == nil || s.Digest() != before {
		t.Errorf("one more: %v", err)
	}
	applied(t, s, wire.RawOf(frame("/a", "7", false)))
}

func TestSize(t *testing.T) {
	s := stateOf(t, frame("/a", "", false), frame("/a", "7", false), slider("u", 1, 0), notice("n", "1"), &wire.FogMessage{Far: 3})
	small, entities := s.Size()
	if entities != 4 {
		t.Errorf("%d entities, want 4", entities)
	}
	applied(t, s, wire.RawOf(cloud(make([]float32, 1000)...)))
	if large, _ := s.Size(); large < small+4000 || large > small+6000 || small < 300 || small > 3000 {
		t.Errorf("%d bytes, with 4,000 more %d", small, large)
	}
}

func TestDiffBack(t *testing.T) {
	from := stateOf(t, frame("/a", "", false), cloud(1, 2, 3), slider("u", 1, 0), slider("v", 1, 0),
		frame("/b", "", false), &wire.SetBonePositionMessage{Name: "/b"})
	cases := []struct {
		name         string
		before, want []wire.Message
	}{
		{"a property", []wire.Message{set("/a", wire.Update{Key: "axes_length", Value: 2.0})},
			[]wire.Message{set("/a", wire.Update{Key: "axes_length", Value: 0.0})}},
		{"a property that the message did not have", []wire.Message{set("/a", wire.Update{Key: "more", Value: 2.0})},
			[]wire.Message{frame("/a", "", false)}},
		{"a bone", []wire.Message{&wire.SetBonePositionMessage{Name: "/a"}}, []wire.Message{frame("/a", "", false)}},
		{"a bone's orientation", []wire.Message{&wire.SetBoneOrientationMessage{Name: "/b"}},
			[]wire.Message{frame("/b", "", false), &wire.SetBonePositionMessage{Name: "/b"}}},
		{"bindings", []wire.Message{&wire.SetSceneNodeDragBindingsMessage{Name: "/a", Bindings: []wire.DragBinding{{Button: "left"}}}},
			[]wire.Message{&wire.SetSceneNodeDragBindingsMessage{Name: "/a"}}},
		{"the order of creation", []wire.Message{&wire.GuiRemoveMessage{UUID: "u"}, slider("u", 1, 0)},
			[]wire.Message{&wire.GuiRemoveMessage{UUID: "v"}, slider("v", 1, 0)}},
		{"one between others", []wire.Message{&wire.GuiRemoveMessage{UUID: "u"}},
			[]wire.Message{slider("u", 1, 0), &wire.GuiRemoveMessage{UUID: "v"}, slider("v", 1, 0)}},
		{"an array", []wire.Message{patched(4, []int{0, 4}, 5, 6, 7, 8)}, []wire.Message{set("/cloud", wire.Update{Key: "points", Value: wire.Float32s([]float32{1, 2, 3})})}},
	}
	for _, c := range cases {
		if got, want := texts(Diff(applied(t, from.Clone(), raws(c.before)...), from)), texts(raws(c.want)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

// What Messages and Diff have returned is left alone by later changes in place.
func TestMessagesAreLeftAlone(t *testing.T) {
	for _, name := range []string{"Messages", "Diff"} {
		s := stateOf(t, cloud(1, 2, 3), patched(3, []int{0, 1}, 4))
		var ms []wire.RawMessage
		if name == "Messages" {
			ms = slices.Collect(s.Messages())
		} else {
			ms = Diff(New(), s)
		}
		want := texts(ms)
		applied(t, s, wire.RawOf(patched(3, []int{0, 1}, 5)))
		if got := texts(ms); got != want {
			t.Errorf("%s:\n%s\nwas\n%s", name, got, want)
		}
	}
}

func TestClonesHaveTheirOwnBones(t *testing.T) {
	bone := func(x float64) wire.RawMessage {
		return wire.RawOf(&wire.SetBonePositionMessage{Name: "/a", Position: [3]float64{x}})
	}
	s := applied(t, stateOf(t, frame("/a", "", false)), bone(1))
	c := s.Clone()
	applied(t, c, bone(2))
	if got, want := dump(s), texts([]wire.RawMessage{wire.RawOf(frame("/a", "", false)), bone(1)}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestDigestOfNumbers(t *testing.T) {
	digest := func(v any) [32]byte {
		return stateOf(t, frame("/a", "", false), set("/a", wire.Update{Key: "x", Value: v})).Digest()
	}
	same := [][2]any{{0, math.Copysign(0, -1)}, {1, 1.0}, {math.NaN(), -math.NaN()}, {wire.Uint8s([]byte{1}), []byte{1}},
		{map[string]any{"a": 1, "b": 2}, map[string]any{"b": 2, "a": 1}}}
	for _, p := range same {
		if digest(p[0]) != digest(p[1]) {
			t.Errorf("%v and %v differ", p[0], p[1])
		}
	}
	for _, p := range [][2]any{{0, false}, {1, "1"}, {[]byte("a"), "a"}, {nil, false}, {1, math.Nextafter(1, 2)}} {
		if digest(p[0]) == digest(p[1]) {
			t.Errorf("%v and %v do not differ", p[0], p[1])
		}
	}
}

package state_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// extensionProps are FrameProps of which only the Extended dialect carries the last
// two: origin_color and scale.
type extensionProps struct{ wire.FrameProps }

func (extensionProps) Extensions() int { return 2 }

var extensionKind = state.SceneKind("FrameMessage", new(extensionProps))

func addExtension(sc *state.Scope, name string, p *extensionProps) *state.Entity {
	return sc.Create(&state.Create{Kind: extensionKind, Key: name, Props: p, Head: state.Head(func(e *wire.Encoder) int {
		e.String("name")
		e.String(name)
		return 1
	})})
}

// updates are the keys of the updates that a window carries.
func updateKeys(t *testing.T, f *wire.Frame) (keys []string) {
	t.Helper()
	w, err := pagewire.DecodeFrame(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range w.Messages {
		var us wire.Updates
		switch m := m.(type) {
		case *wire.SceneNodeUpdateMessage:
			us = m.Updates
		case *wire.GuiUpdateMessage:
			us = m.Updates
		}
		for _, u := range us {
			keys = append(keys, u.Key)
		}
	}
	return keys
}

// TestPlainCells: what only plain pages are sent, live and when they join.
func TestPlainCells(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		told := func(c *client) bool { return c.cells["RunJavascriptMessage"] != nil }
		plain, packed := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Extended)
		plain.next()
		packed.next()
		time.Sleep(time.Second)
		st.Shared().SetPlainCell("script", &wire.RunJavascriptMessage{Source: "x"})
		synctest.Wait()
		plain.next()
		packed.none(time.Second)
		latePlain, latePacked := connect(t, st, 2, wire.Plain), connect(t, st, 3, wire.Extended)
		latePlain.next()
		latePacked.next()
		if !told(plain) || !told(latePlain) || told(latePacked) {
			t.Error("not told, or told too many", told(plain), told(latePlain), told(latePacked))
		}
	})
}

// TestExtendedCells: what only pages of our dialect are sent, live and when they join.
func TestExtendedCells(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		told := func(c *client) bool { return c.cells["SetToneMappingMessage"] != nil }
		plain, extended := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Extended)
		plain.next()
		extended.next()
		time.Sleep(time.Second)
		st.Shared().SetExtendedCell("tone", &wire.SetToneMappingMessage{ToneMapping: wire.ToneMappingFilmic})
		synctest.Wait()
		extended.next()
		plain.none(time.Second)
		latePlain, lateExtended := connect(t, st, 2, wire.Plain), connect(t, st, 3, wire.Extended)
		latePlain.next()
		lateExtended.next()
		if !told(extended) || !told(lateExtended) || told(latePlain) {
			t.Error("not told, or told too many", told(extended), told(lateExtended), told(latePlain))
		}
	})
}

// TestPageCells: what is about the page itself is sent also if everything that it shows was removed before.
func TestPageCells(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		c := connect(t, st, 0, wire.Extended)
		c.Scope().SetPageCell("timeline", &wire.TimelineMessage{Enabled: true})
		c.Scope().SetExtendedCell("tone", &wire.SetToneMappingMessage{ToneMapping: wire.ToneMappingFilmic})
		c.Scope().Clear()
		addFrame(c.Scope(), "/own", &wire.FrameProps{}, nil)
		c.next()
		if c.cells["TimelineMessage"] == nil || c.cells["SetToneMappingMessage"] != nil || len(c.nodes) != 1 {
			t.Errorf("the page has received %v and %d nodes", c.cells, len(c.nodes))
		}
		time.Sleep(time.Second)
		c.Scope().SetPageCell("timeline", &wire.TimelineMessage{})
		synctest.Wait()
		c.next()
		if m, ok := c.cells["TimelineMessage"].(*wire.TimelineMessage); !ok || m.Enabled {
			t.Errorf("the page has received %+v", c.cells)
		}
	})
}

func TestExtensionPropertiesAreForExtendedClients(t *testing.T) {
	run(t, func(t *testing.T, st *state.Store) {
		p := &extensionProps{wire.FrameProps{AxesLength: 1, OriginColor: [3]uint8{1, 2, 3}}}
		ent := addExtension(st.Shared(), "/a", p)
		plain, packed := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Extended)
		plain.next()
		packed.next()
		if got := packed.nodes["|/a"].props.OriginColor; got != p.OriginColor {
			t.Errorf("packed: %v; want %v", got, p.OriginColor)
		}
		if got := plain.nodes["|/a"].props; got.OriginColor != [3]uint8{} || got.AxesLength != 1 {
			t.Errorf("plain: %+v; want the axes' length and not the color", got)
		}

		time.Sleep(time.Second)
		ent.SetProps(p, wire.FramePropsAxesLength, wire.FramePropsOriginColor)
		synctest.Wait()
		for _, c := range []struct {
			c    *client
			want []string
		}{{plain, []string{"axes_length"}}, {packed, []string{"axes_length", "origin_color"}}} {
			f, err := c.c.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got := updateKeys(t, f)
			slices.Sort(got)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		}
		time.Sleep(time.Second)
		ent.SetProps(p, wire.FramePropsScale)
		synctest.Wait()
		packed.next()
		plain.none(time.Second) // there are no changes
	})
}

func TestPlainClientsReceiveTheSubstitute(t *testing.T) {
	kind := state.GUIKind("GuiSliderMessage", new(wire.GuiSliderProps)).WithStandIn("GuiMarkdownMessage", &wire.GuiMarkdownProps{Markdown: "not here"})
	run(t, func(t *testing.T, st *state.Store) {
		p := &wire.GuiSliderProps{GuiBaseProps: wire.GuiBaseProps{Order: 4, Visible: true}}
		ent := st.Shared().Create(&state.Create{
			Kind: kind, Key: "u", Props: p, Value: float(1),
			Head: state.Head(func(e *wire.Encoder) int {
				e.String("uuid")
				e.String("u")
				e.String("container_uuid")
				e.String("root")
				return 2
			}),
		})
		plain, packed := connect(t, st, 0, wire.Plain), connect(t, st, 1, wire.Extended)
		plain.next()
		packed.next()
		if got := packed.values["u"]; got != 1.0 {
			t.Errorf("packed: value %v; want 1", got)
		}
		want := &wire.GuiMarkdownMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiMarkdownProps{Order: 4, Markdown: "not here", Visible: true}}
		if diff := cmp.Diff(want, plain.cells["GuiMarkdownMessage"]); diff != "" {
			t.Error(diff)
		}

		time.Sleep(time.Second)
		ent.SetValue(state.NoClient, float(2))
		ent.SetProps(p, wire.GuiSliderPropsMin)
		synctest.Wait()
		packed.next()
		plain.none(time.Second)
		p.Visible = false
		ent.SetProps(p, wire.GuiBasePropsVisible, wire.GuiSliderPropsMax)
		synctest.Wait()
		f, err := plain.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"visible"}, updateKeys(t, f)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestExtensionsHaveAStandIn(t *testing.T) {
	for typ, info := range wire.Infos {
		wants := info.Extension && info.Phase == "create"
		if element := wants && info.Entity == "gui"; element != (wire.StandIns[typ] != "" || wire.ImageStandIns[typ]) {
			t.Errorf("%s: an extension %v, the stand-in is %q", typ, element, wire.StandIns[typ])
		}
		if node := wants && info.Entity == "scene"; node != (wire.NodeStandIns[typ].Props != nil) {
			t.Errorf("%s: an extension %v, the stand-in is %v", typ, node, wire.NodeStandIns[typ])
		}
	}
}

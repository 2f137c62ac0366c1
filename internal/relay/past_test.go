package relay

import (
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

// TestThePastIsNotPassedOn: what a viewer that is back in time does to what all are shown does not reach the program, also
// from a page that ignores that its controls are disabled. What is its own, and its camera, does.
func TestThePastIsNotPassedOn(t *testing.T) {
	for name, shared := range map[string]bool{"own": false, "shared": true} {
		t.Run(name, func(t *testing.T) { thePastIsNotPassedOn(t, shared) })
	}
}

func thePastIsNotPassedOn(t *testing.T, shared bool) {
	p := newProgram(t, box("/box", 1), slider("s", 1))
	server, _ := startFront(t, p, Options{Shared: shared})
	server.Timeline(nil)
	a := open(t, server, extendedPage)
	c := receive(t, p.came)
	until(a, func(m *wire.TimelineMessage) bool { return m.Enabled })
	if !shared {
		c.send(slider("mine", 1), &wire.NotificationShowMessage{UUID: "n"})
		until(a, func(m *wire.GuiSliderMessage) bool { return m.UUID == "mine" })
	}
	a.send(&wire.TimelineControlMessage{Command: wire.TimelineCommandPause})
	until(a, func(m *wire.TimelineMessage) bool { return !m.Following })

	inputs := []wire.Message{
		set("s", 7.0, 1),
		&wire.GuiFormSubmitMessage{UUID: "s"},
		&wire.GuiFormDirtyMessage{UUID: "s"},
		&wire.GuiButtonHoldMessage{UUID: "s", Frequency: 10},
		&wire.CommandTriggerMessage{UUID: "s"},
		&wire.ScenePointerMessage{EventType: wire.ScenePointerEventTypeClick, ScreenPos: [][2]float64{{0, 0}}},
		&wire.SceneNodeClickMessage{Name: "/box"},
		&wire.SceneNodeDragMessage{Name: "/box", Phase: "start"},
		&wire.TransformControlsDragStartMessage{Name: "/box"},
		&wire.TransformControlsUpdateMessage{Name: "/box", WXYZ: [4]float64{1}},
		&wire.TransformControlsDragEndMessage{Name: "/box"},
		&wire.FileTransferStartUpload{SourceComponentUUID: "s", TransferUUID: "t", Filename: "a.txt", PartCount: 1, SizeBytes: 1},
	}
	for _, m := range inputs {
		a.send(m)
	}
	if !shared {
		a.send(set("mine", 3.0, 2))
		if m, ok := receive(t, c.in).(*wire.GuiUpdateMessage); !ok || m.UUID != "mine" {
			t.Errorf("of what a viewer sends that is back in time the program has received %+v first", m)
		}
	}
	until(a, func(m *wire.FileTransferRefusedMessage) bool { return m.TransferUUID == "t" })
	a.send(&wire.TimelineControlMessage{Command: wire.TimelineCommandFollow})
	until(a, func(m *wire.TimelineMessage) bool { return m.Following })
	for _, m := range inputs {
		a.send(m)
		if got := receive(t, c.in); got.Type() != m.Type() {
			t.Errorf("the program has received %s instead of %s", got.Type(), m.Type())
		}
	}
	if m := until(a, func(m *wire.GuiUpdateAckMessage) bool { return m.Revision == 1 }); m.UUID != "s" {
		t.Errorf("the value of %q was confirmed", m.UUID)
	}
}

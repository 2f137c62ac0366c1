package fold

import (
	"slices"
	"strings"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// A single is the last message of its key.
type single struct {
	seq uint64
	key string
	msg wire.RawMessage
}

// undos are the messages that bring a page back to where it is without a message of their type, or as near as one can:
// no message brings back the lights that a page has without an environment map.
var undos = []wire.RawMessage{
	wire.RawOf(&wire.ThemeConfigurationMessage{ControlLayout: "floating", ControlWidth: "medium", ShowLogo: true,
		ShowShareButton: true}),
	wire.RawOf(&wire.SetGuiPanelLabelMessage{}),
	wire.RawOf(&wire.EnableLightsMessage{Enabled: true, CastShadow: true}),
	wire.RawOf(&wire.SetToneMappingMessage{ToneMapping: "linear"}),
	wire.RawOf(&wire.SetLookMessage{}),
	wire.RawOf(&wire.FogMessage{}),
	wire.RawOf(&wire.SetSelectionMessage{Names: []string{}}),
	wire.RawOf(&wire.EnvironmentMapMessage{BackgroundIntensity: 1, BackgroundWXYZ: identity.wxyz,
		EnvironmentIntensity: 1, EnvironmentWXYZ: identity.wxyz}),
	wire.RawOf(&wire.BackgroundImageMessage{Format: "jpeg"}),
	wire.RawOf(&wire.SetCameraMinOrbitDistanceMessage{MinOrbitDistance: 0.01}),
	wire.RawOf(&wire.SetCameraMaxOrbitDistanceMessage{MaxOrbitDistance: 1e4}),
}

// cameraTypes are orders to the camera, or what it begins with. Nothing undoes them.
var cameraTypes = []string{"SetCameraPositionMessage", "SetCameraUpDirectionMessage", "SetCameraLookAtMessage",
	"SetCameraNearMessage", "SetCameraFarMessage", "SetCameraFovMessage", "SetCameraProjectionMessage"}

// panelTypes are orders where a panel is. Nothing undoes them.
var panelTypes = []string{"GuiSetPanelPositionMessage", "GuiSetPanelWidthMessage", "GuiSetPanelHeightMessage",
	"GuiSetPanelCollapsedMessage"}

// put keeps a message under a key.
func (s *State) put(key string, m wire.RawMessage) {
	s.change()
	s.singles[key] = single{s.next(), key, *own(m)}
}

func (s *State) setSingle(m wire.RawMessage) error {
	p := pairsAt(m.B, 0)
	for p.next() {
	}
	if p.err != nil {
		return bad(m, p.err)
	}
	s.put(m.Type, m)
	return nil
}

func (s *State) setCamera(m wire.RawMessage) error {
	key := m.Type
	p := pairsAt(m.B, 0)
	for p.next() {
		if string(p.key) == "initial" && isTrue(p.value()) {
			key = m.Type + " initial"
		}
	}
	if p.err != nil {
		return bad(m, p.err)
	}
	s.put(key, m)
	return nil
}

func (s *State) enablePointer(m wire.RawMessage) error {
	t, err := about(m, "event_type", "modifiers")
	if err != nil {
		return err
	}
	n, _, err := msgp.ReadArrayHeaderBytes(t.rest.value())
	if err != nil {
		return bad(m, errMalformed)
	}
	key := m.Type + " " + string(t.name) + " " + string(t.owner)
	if n > 0 {
		s.put(key, m)
		return nil
	}
	s.change()
	delete(s.singles, key)
	return nil
}

// pointerOff turns off what m turned on.
func pointerOff(m wire.RawMessage) wire.RawMessage {
	t, _ := about(m, "event_type", "modifiers")
	out := builder{from: m}
	out.B = append(out.B, m.B[:t.rest.from]...)
	out.B = append(msgp.AppendArrayHeader(out.B, 0), m.B[t.rest.to:]...)
	return wire.RawMessage{Type: m.Type, B: out.B}
}

func (s *State) orderPanel(m wire.RawMessage) error {
	t, err := about(m, "uuid", "")
	if err != nil {
		return err
	}
	uuid := string(t.name)
	if e := s.elements[uuid]; uuid == controlPanel || e != nil && e.base.Type == panelType {
		s.put(panelKey(m.Type, uuid), m)
	}
	return nil
}

func panelKey(typ, uuid string) string { return typ + " " + uuid }

// forgetPanel removes the orders for a panel that was removed.
func (s *State) forgetPanel(uuid string) {
	if uuid == controlPanel {
		return
	}
	for _, typ := range panelTypes {
		delete(s.singles, panelKey(typ, uuid))
	}
}

// undo returns the message that undoes m; false if there is none.
func (m single) undo() (wire.RawMessage, bool) {
	if m.msg.Type == "ScenePointerEnableMessage" {
		return pointerOff(m.msg), true
	}
	i := slices.IndexFunc(undos, func(u wire.RawMessage) bool { return u.Type == m.msg.Type })
	if i < 0 {
		return wire.RawMessage{}, false
	}
	return undos[i], true
}

func (m single) isPanelOrder() bool { return strings.HasPrefix(m.msg.Type, "GuiSetPanel") }

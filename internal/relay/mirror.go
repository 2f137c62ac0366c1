package relay

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A mirror shows what a server has sent, in a scope of the store. What it does not know as state is for its caller.
//
// It knows no type by itself: what creates, changes and removes what is in wire.Infos, and the names of the properties
// are those of the create message.
type mirror struct {
	scope *state.Scope
	// owned keeps the owners that messages have. Otherwise all get that of the scope.
	owned   bool
	plotly  func() // is called when there is a plot of Plotly
	unknown int    // messages that were skipped
	// setBy returns the client that has set a pose, NoClient if none has.
	setBy func(what, name string, x []float64) int

	mu       sync.Mutex
	frame    int // counts
	root     *state.Entity
	nodes    map[nodeKey]*shown
	numbers  map[uint32]*shown // the nodes, by what packed poses name them by
	elements map[string]*shown // by uuid, also modals, notifications and commands
	notices  []string          // the notifications, oldest first
}

type nodeKey struct{ owner, name string }

// A shown is an entity.
type shown struct {
	ent       *state.Entity
	kind      *kind
	entity    string // of wire.Info
	typ       string
	name      string // of a node
	number    uint32 // 0: it has none
	container string // of an element
	placed    state.Place
	unbound   unbound
	value     []byte // of an element; nil if it has none
}

// unbound are the empty bindings that were set in one frame. Python sends them just before the end of a node that had
// some, and so does the store, to pages that know the node.
type unbound struct {
	frame    int
	messages []wire.Message
}

// in returns them if the node ends in the same frame.
func (u *unbound) in(frame int) []wire.Message {
	if u.frame != frame {
		return nil
	}
	return u.messages
}

func (u *unbound) add(frame int, m wire.Message) {
	*u = unbound{frame, append(u.in(frame), m)}
}

func newMirror(scope *state.Scope, owned bool, plotly func()) *mirror {
	return &mirror{
		scope: scope, owned: owned, plotly: plotly, root: scope.Root(),
		setBy: func(string, string, []float64) int { return state.NoClient },
		nodes: map[nodeKey]*shown{}, numbers: map[uint32]*shown{}, elements: map[string]*shown{},
	}
}

// next begins a frame.
func (m *mirror) next() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.frame++
}

// clear removes everything.
func (m *mirror) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.nodes)
	clear(m.numbers)
	clear(m.elements)
	m.notices = nil
	m.scope.Clear()
	m.root = m.scope.Root()
}

// singletons are the messages that are state of which there is one.
var singletons = map[string]bool{
	"SetCameraPositionMessage":         true,
	"SetCameraUpDirectionMessage":      true,
	"SetCameraLookAtMessage":           true,
	"SetCameraNearMessage":             true,
	"SetCameraFarMessage":              true,
	"SetCameraFovMessage":              true,
	"SetCameraProjectionMessage":       true,
	"SetCameraMinOrbitDistanceMessage": true,
	"SetCameraMaxOrbitDistanceMessage": true,
	"ThemeConfigurationMessage":        true,
	"SetGuiPanelLabelMessage":          true,
	"BackgroundImageMessage":           true,
	"EnvironmentMapMessage":            true,
	"EnableLightsMessage":              true,
	"FogMessage":                       true,
	"SetToneMappingMessage":            true,
	"SetLookMessage":                   true,
	"ScenePointerEnableMessage":        true,
	"FileDropMessage":                  true,
	"SetSelectionMessage":              true,
	"SelectionReportsMessage":          true,
	"MeasureReportsMessage":            true,
	"SetLengthUnitMessage":             true,
	"SetCameraFollowMessage":           true,
	"SetViewportsMessage":              true,
	"SetViewportHiddenMessage":         true,
	"SetViewportCameraMessage":         true,
}

// apply shows what the message sets, except to the client that has set it itself. It reports whether the message is
// state.
func (m *mirror) apply(raw wire.RawMessage, except int) (isState bool, err error) {
	info, known := wire.Infos[raw.Type]
	if !known {
		m.unknown++
		return true, nil
	}
	fields, err := fieldsOf(value{raw.B, raw.Refs})
	if err != nil {
		return true, fmt.Errorf("a %s can't be read: %w", raw.Type, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	msg := &incoming{RawMessage: raw, info: info, fields: fields, except: except}
	switch {
	case info.Phase == "create":
		return true, m.create(msg)
	case info.Phase == "remove":
		m.remove(msg)
	case raw.Type == "SceneNodePatchMessage", raw.Type == "GuiPatchMessage":
		return true, m.patch(msg)
	case raw.Type == "PackedPosesMessage":
		return true, m.poses(msg)
	case info.Phase == "update_dict":
		return true, m.update(msg)
	case info.Entity == "scene", msg.get("name") != nil && strings.HasPrefix(raw.Type, "SetSceneNode"):
		return true, m.setNode(msg)
	case info.Phase == "update_simple", raw.Type == "GuiFormSubmitMessage", raw.Type == "GuiFormDirtyMessage":
		m.setElement(msg)
	case info.Extension && singletons[raw.Type]:
		m.scope.SetExtendedCell(raw.Type+msg.part(), msg.whole(m))
	case singletons[raw.Type]:
		m.scope.SetCell(raw.Type+msg.text("event_type")+msg.text("owner"), msg.whole(m))
	case raw.Type == "ResetGuiMessage":
		m.resetGUI()
	default:
		return false, nil
	}
	return true, nil
}

// An incoming is a message that is applied.
type incoming struct {
	wire.RawMessage
	info   wire.Info
	fields []field
	except int
}

// get returns a field, nil if there is none.
func (msg *incoming) get(key string) *value {
	for i := range msg.fields {
		if msg.fields[i].key == key {
			return &msg.fields[i].value
		}
	}
	return nil
}

func (msg *incoming) text(key string) string {
	if v := msg.get(key); v != nil {
		return v.text()
	}
	return ""
}

// part is what the message sets of its kind: the view of the page, and which parts of its camera.
func (msg *incoming) part() string {
	viewport := msg.get("viewport")
	if viewport == nil {
		return ""
	}
	key := string(viewport.b)
	if msg.Type == "SetViewportCameraMessage" {
		for _, f := range msg.fields {
			if len(f.b) > 0 && f.b[0] != msgpackNil {
				key += " " + f.key
			}
		}
	}
	return key
}

const msgpackNil = 0xc0

// id is the name or the uuid of what the message is about.
func (msg *incoming) id() string { return msg.text(msg.info.IDField) }

func (msg *incoming) node() nodeKey { return nodeKey{msg.text("owner"), msg.text("name")} }

// whole returns the message as it is to be sent: with the owner of the scope.
func (msg *incoming) whole(m *mirror) wire.Message {
	owner := msg.get("owner")
	if owner == nil || m.owned || owner.text() == m.scope.Owner() {
		return kept(msg.RawMessage)
	}
	var e wire.Encoder
	e.MapHeader(len(msg.fields))
	for i := range msg.fields {
		m.appendField(&e, &msg.fields[i])
	}
	return message{wire.RawMessage{Type: msg.Type, B: e.B, Refs: e.Refs}}
}

func (m *mirror) appendField(e *wire.Encoder, f *field) {
	e.String(f.key)
	if f.key == "owner" && !m.owned {
		e.String(m.scope.Owner())
		return
	}
	f.keep().AppendTo(e)
}

// A kind is that of entities with the same type and properties.
type kind struct {
	*state.Kind
	index map[string]int // of the properties
	names []string
}

// kinds are never many: there is one for each type, and as many owners as clients that --shared has had.
var kinds sync.Map

func kindOf(info wire.Info, p *properties, owner string) *kind {
	names := p.names
	key := info.Type + "\x00" + owner + "\x00" + strings.Join(names, "\x00")
	if k, ok := kinds.Load(key); ok {
		return k.(*kind)
	}
	k := &kind{names: slices.Clone(names), index: map[string]int{}}
	for i, name := range names {
		k.index[name] = i
	}
	k.Kind = newKind(info, &properties{names: k.names, extended: p.extended}).OwnedBy(owner)
	kinds.Store(key, k)
	return k
}

func newKind(info wire.Info, p *properties) *state.Kind {
	switch {
	case info.Extension && info.Entity == "scene":
		return state.ExtensionSceneKind(info.Type, p)
	case info.Extension:
		return state.ExtensionKind(info.Type, p)
	}
	var props wire.Props
	if len(p.names) > 0 {
		props = p
	}
	update, remove := "", ""
	switch info.Entity {
	case "scene":
		update, remove = "SceneNodeUpdateMessage", "RemoveSceneNodeMessage"
	case "gui":
		update, remove = "GuiUpdateMessage", "GuiRemoveMessage"
		if info.Type == "GuiPanelMessage" {
			remove = "GuiPanelRemoveMessage"
		}
	case "modal":
		remove = "GuiCloseModalMessage"
	case "notification":
		remove = "RemoveNotificationMessage"
	case "command":
		update, remove = "CommandUpdateMessage", "RemoveCommandMessage"
	}
	return state.NewKind(info.Type, update, remove, info.IDField, info.Entity == "scene", props)
}

// create shows a node or an element, in place of one with its name.
func (m *mirror) create(msg *incoming) error {
	props := &properties{}
	if v := msg.get("props"); v != nil {
		fields, err := fieldsOf(*v)
		if err != nil {
			return fmt.Errorf("the properties of a %s can't be read: %w", msg.Type, err)
		}
		props = propertiesOf(msg.info, fields)
	}
	owner := ""
	if m.owned {
		owner = msg.text("owner")
	}
	s := &shown{kind: kindOf(msg.info, props, owner), entity: msg.info.Entity, typ: msg.Type, container: msg.text("container_uuid")}
	c := &state.Create{Kind: s.kind.Kind, Key: msg.id(), Head: m.head(msg)}
	if len(props.names) > 0 || msg.info.Extension {
		c.Props = props
	}
	if v := msg.get("value"); v != nil {
		c.Value, s.value = v.AppendTo, bytes.Clone(v.b)
	}
	if msg.Type == "GuiPlotlyMessage" {
		m.plotly()
	}
	if msg.info.Entity == "scene" {
		m.createNode(msg, s, c)
	} else {
		m.createElement(s, c)
	}
	return nil
}

// head writes the fields of a create message that precede its properties.
func (m *mirror) head(msg *incoming) state.Head {
	return func(e *wire.Encoder) (n int) {
		for i := range msg.fields {
			switch msg.fields[i].key {
			case "props", "value", "type", "id":
				continue
			}
			m.appendField(e, &msg.fields[i])
			n++
		}
		return n
	}
}

// createNode adds a node. One that replaces another keeps its place, as on pages.
func (m *mirror) createNode(msg *incoming, s *shown, c *state.Create) {
	key := msg.node()
	old := m.nodes[key]
	s.placed = state.Place{WXYZ: [4]float64{1}, Visible: true}
	if old != nil {
		s.placed = old.placed
		c.Replaces, c.Placed, c.Place, c.Before = old.ent, true, old.placed, old.unbound.in(m.frame)
		m.unnumber(old)
	}
	s.ent, s.name = m.scope.Create(c), key.name
	m.nodes[key] = s
	m.number(s, numberOf(msg.RawMessage))
}

func (m *mirror) createElement(s *shown, c *state.Create) {
	old := m.elements[c.Key]
	if old != nil {
		c.Replaces = old.ent
	}
	s.ent = m.scope.Create(c)
	m.elements[c.Key] = s
	if s.entity == "notification" && old == nil {
		m.limitNotices(c.Key)
	}
}

// maxNotices bounds the notifications: the page does not tell when it has closed one.
const maxNotices = 100

func (m *mirror) limitNotices(uuid string) {
	m.notices = append(m.notices, uuid)
	if len(m.notices) > maxNotices {
		m.removeElement(m.notices[0])
		m.notices = slices.Delete(m.notices, 0, 1)
	}
}

func (m *mirror) remove(msg *incoming) {
	if msg.info.Entity == "scene" {
		if s := m.nodes[msg.node()]; s != nil {
			s.ent.Remove(s.unbound.in(m.frame)...)
			delete(m.nodes, msg.node())
			m.unnumber(s)
		}
		return
	}
	m.removeElement(msg.id())
}

// removeElement removes an element, and what is in it.
func (m *mirror) removeElement(uuid string) {
	s := m.elements[uuid]
	if s == nil {
		return
	}
	s.ent.Remove()
	delete(m.elements, uuid)
	if !containers[s.typ] {
		return
	}
	for inner, x := range m.elements {
		if x.container == uuid {
			m.removeElement(inner)
		}
	}
}

// containers are the elements whose uuid is that of a container.
var containers = map[string]bool{"GuiFolderMessage": true, "GuiFormMessage": true, "GuiModalMessage": true}

func (m *mirror) resetGUI() {
	for uuid, s := range m.elements {
		if s.entity == "gui" || s.entity == "modal" {
			s.ent.Remove()
			delete(m.elements, uuid)
		}
	}
}

// target returns what the message changes, nil if it is not shown.
func (m *mirror) target(msg *incoming) *shown {
	if msg.info.IDField == "name" {
		return m.nodes[msg.node()]
	}
	return m.elements[msg.id()]
}

// has reports whether there is an element.
func (m *mirror) has(uuid string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.elements[uuid] != nil
}

// drop removes an element.
func (m *mirror) drop(uuid string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.removeElement(uuid)
}

// valueOf returns the value of an element, nil if it has none.
func (m *mirror) valueOf(uuid string) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := m.elements[uuid]; s != nil {
		return s.value
	}
	return nil
}

// isButton reports whether the value of an element is an event: it is not sent to others.
func (m *mirror) isButton(uuid string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.elements[uuid]
	return s != nil && buttons[s.typ]
}

var buttons = map[string]bool{
	"GuiButtonMessage": true, "GuiButtonGroupMessage": true, "GuiUploadButtonMessage": true,
	"GuiTableMessage": true, // the row that was chosen
}

// update changes properties, and the value.
func (m *mirror) update(msg *incoming) error {
	s, v := m.target(msg), msg.get("updates")
	if s == nil || v == nil {
		return nil
	}
	fields, err := fieldsOf(*v)
	if err != nil {
		return fmt.Errorf("the changes of a %s can't be read: %w", msg.Type, err)
	}
	props := &properties{names: s.kind.names, values: make([]value, len(s.kind.names))}
	var changed []int
	for _, f := range fields {
		i, ok := s.kind.index[f.key]
		switch {
		case ok:
			props.values[i] = f.keep()
			changed = append(changed, i)
		case f.key == "value":
			s.value = bytes.Clone(f.b)
			s.ent.SetValue(msg.except, f.AppendTo)
		}
	}
	if len(changed) > 0 {
		s.ent.SetProps(props, changed...)
	}
	return nil
}

// setNode sets the pose or the visibility of a node, or what it carries as a message.
func (m *mirror) setNode(msg *incoming) error {
	s := m.nodes[msg.node()]
	ent := m.root
	switch {
	case s != nil:
		ent = s.ent
	case msg.text("name") != "":
		return nil
	default:
		s = new(shown)
	}
	switch msg.Type {
	case "SetPositionMessage":
		x := numbersOf(msg, "position", 3)
		if x == nil {
			return fmt.Errorf("a %s has no position", msg.Type)
		}
		s.placed.Position = [3]float64(x)
		ent.MoveBy(msg.except, s.placed.Position)
	case "SetOrientationMessage":
		x := numbersOf(msg, "wxyz", 4)
		if x == nil {
			return fmt.Errorf("a %s has no orientation", msg.Type)
		}
		s.placed.WXYZ = [4]float64(x)
		ent.TurnBy(msg.except, s.placed.WXYZ)
	case "SetSceneNodeVisibilityMessage":
		v := msg.get("visible")
		s.placed.Visible = v == nil || len(v.b) != 1 || v.b[0] != msgpFalse
		ent.SetVisible(s.placed.Visible)
	default:
		whole := msg.whole(m)
		ent.SetMessage(msg.Type+boneOf(msg), whole)
		if v := msg.get("bindings"); v != nil && len(v.b) == 1 {
			s.unbound.add(m.frame, whole)
		}
	}
	return nil
}

var msgpFalse = msgp.AppendBool(nil, false)[0]

func numbersOf(msg *incoming, key string, n int) []float64 {
	if v := msg.get(key); v != nil {
		return v.numbers(n)
	}
	return nil
}

// boneOf tells messages about several bones of a node apart.
func boneOf(msg *incoming) string {
	if v := msg.get("bone_index"); v != nil {
		return string(v.b)
	}
	return ""
}

// setElement sets what an element carries as a message. The panel of controls is no element.
func (m *mirror) setElement(msg *incoming) {
	uuid := msg.text("uuid")
	switch s := m.elements[uuid]; {
	case s != nil && msg.info.Phase == "":
		s.ent.SetMessageFrom(msg.except, "form", msg.whole(m))
	case s != nil:
		s.ent.SetMessage(msg.Type, msg.whole(m))
	case strings.HasPrefix(msg.Type, "GuiSetPanel"):
		m.scope.SetCell(msg.Type+uuid, msg.whole(m))
	}
}

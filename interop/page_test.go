package interop_test

import (
	"fmt"
	"maps"
	"reflect"

	"github.com/viser-go/viser/interop/internal/rawclient"
)

// A page is the state of a viewer after the messages that it received. Two servers are
// equivalent for a late viewer if its pages are equal.
type page struct {
	Nodes   map[string]node    // By owner and name.
	Widgets map[string]widget  // By uuid.
	Set     map[string]message // Values that exist once: theme, label, initial camera …
	Events  []message          // Events, which leave no state.
}

type message = rawclient.Message

type node struct {
	Type    string
	Virtual any
	Props   map[string]any
	State   map[string]any // Pose, visibility, bindings.
}

type widget struct {
	Type      string
	Container any
	Value     any
	Props     map[string]any
}

func newPage() *page {
	return &page{Nodes: map[string]node{}, Widgets: map[string]widget{}, Set: map[string]message{}}
}

// apply applies a message to the page, and reports whether anything changed.
func (p *page) apply(m message) (changed bool, err error) {
	switch name := m.Type(); name {
	case "ReplayDoneMessage":
		return true, nil
	case "SetOrientationMessage", "SetPositionMessage", "SetSceneNodeVisibilityMessage",
		"SetSceneNodeClickBindingsMessage":
		return p.setNode(m)
	case "SceneNodeUpdateMessage":
		n, ok := p.Nodes[nodeKey(m)]
		if !ok {
			return false, fmt.Errorf("update of a node that is not there: %v", m)
		}
		return merge(n.Props, m["updates"].(map[string]any)), nil
	case "RemoveSceneNodeMessage":
		return drop(p.Nodes, nodeKey(m)), nil
	case "GuiUpdateMessage", "CommandUpdateMessage":
		return p.updateWidget(m)
	case "GuiRemoveMessage", "GuiPanelRemoveMessage", "GuiCloseModalMessage", "RemoveCommandMessage",
		"RemoveNotificationMessage":
		return p.removeWidget(m["uuid"].(string)), nil
	case "GuiModalMessage":
		p.Widgets[m["uuid"].(string)] = widget{
			Type: name, Props: map[string]any{"title": m["title"], "order": m["order"]},
		}
		return true, nil
	case "NotificationUpdateMessage":
		w, ok := p.Widgets[m["uuid"].(string)]
		if !ok {
			return false, fmt.Errorf("update of a notification that is not there: %v", m)
		}
		return merge(w.Props, m["props"].(map[string]any)), nil
	}
	return p.create(m), nil
}

// create applies messages that create an entity, or set a single value.
func (p *page) create(m message) bool {
	props, _ := m["props"].(map[string]any)
	switch {
	case props != nil && m["name"] != nil:
		key := nodeKey(m)
		state := map[string]any{}
		if old, ok := p.Nodes[key]; ok {
			state = old.State // A page keeps the pose of a node that is created again.
		}
		p.Nodes[key] = node{Type: m.Type(), Virtual: m["virtual"], Props: maps.Clone(props), State: state}
		return true
	case props != nil:
		p.Widgets[m["uuid"].(string)] = widget{
			Type: m.Type(), Container: m["container_uuid"], Value: m["value"], Props: maps.Clone(props),
		}
		return true
	}
	slot := singleSlot(m)
	if slot == "" {
		p.Events = append(p.Events, m)
		return true
	}
	if reflect.DeepEqual(p.Set[slot], m) {
		return false
	}
	p.Set[slot] = m
	return true
}

// singleSlot is the name of the single value that a message sets, or "" for an event.
func singleSlot(m message) string {
	switch name := m.Type(); name {
	case "BackgroundImageMessage", "SetGuiPanelLabelMessage", "ThemeConfigurationMessage":
		return name
	case "GuiSetPanelPositionMessage", "GuiSetPanelWidthMessage", "GuiSetPanelHeightMessage",
		"GuiSetPanelCollapsedMessage":
		return fmt.Sprint(name, " ", m["uuid"])
	case "GuiFormDirtyMessage", "GuiFormSubmitMessage": // Of the two, the last one holds.
		return fmt.Sprint("form ", m["uuid"])
	case "ScenePointerEnableMessage":
		return fmt.Sprint(name, " ", m["event_type"], " ", m["owner"])
	default:
		if m["initial"] == true {
			return name
		}
		return ""
	}
}

// setNode sets a pose, visibility or bindings. The root (name "") always is.
func (p *page) setNode(m message) (bool, error) {
	key := nodeKey(m)
	n, ok := p.Nodes[key]
	switch {
	case !ok && m["name"] != "":
		// Python sends empty click bindings for a node just before it removes it.
		if bindings, _ := m["bindings"].([]any); m["bindings"] != nil && len(bindings) == 0 {
			return false, nil
		}
		return false, fmt.Errorf("%s of a node that is not there: %v", m.Type(), m)
	case !ok:
		n = node{Type: "root", State: map[string]any{}}
		p.Nodes[key] = n
	}
	field := map[string]string{
		"SetOrientationMessage":            "wxyz",
		"SetPositionMessage":               "position",
		"SetSceneNodeVisibilityMessage":    "visible",
		"SetSceneNodeClickBindingsMessage": "bindings",
	}[m.Type()]
	return merge(n.State, map[string]any{field: m[field]}), nil
}

// removeWidget also removes the state of the widget: its position, whether it was edited.
func (p *page) removeWidget(uuid string) bool {
	for slot, m := range p.Set {
		if m["uuid"] == uuid {
			delete(p.Set, slot)
		}
	}
	return drop(p.Widgets, uuid)
}

func (p *page) updateWidget(m message) (bool, error) {
	uuid := m["uuid"].(string)
	w, ok := p.Widgets[uuid]
	if !ok {
		return false, fmt.Errorf("update of a widget that is not there: %v", m)
	}
	updates := maps.Clone(m["updates"].(map[string]any))
	changed := false
	if value, ok := updates["value"]; ok {
		changed = !reflect.DeepEqual(w.Value, value)
		w.Value = value
		p.Widgets[uuid] = w
		delete(updates, "value")
	}
	return merge(w.Props, updates) || changed, nil
}

// settled is the page with default values filled in, so that sending a default and not
// sending it are equal.
func (p *page) settled() *page {
	out := &page{Nodes: map[string]node{}, Widgets: p.Widgets, Set: map[string]message{}, Events: p.Events}
	for key, n := range p.Nodes {
		n.State = maps.Clone(n.State)
		for field, usual := range map[string]any{
			"wxyz":     []any{1.0, 0.0, 0.0, 0.0},
			"position": []any{0.0, 0.0, 0.0},
			"visible":  true,
			"bindings": []any{},
		} {
			if _, ok := n.State[field]; !ok {
				n.State[field] = usual
			}
		}
		out.Nodes[key] = n
	}
	for slot, m := range p.Set {
		if modifiers, ok := m["modifiers"].([]any); !ok || len(modifiers) > 0 {
			out.Set[slot] = m
		}
	}
	return out
}

func nodeKey(m message) string { return fmt.Sprintf("%v:%v", m["owner"], m["name"]) }

func drop[V any](from map[string]V, key string) bool {
	_, ok := from[key]
	delete(from, key)
	return ok
}

// merge sets fields, and reports whether one of them changed.
func merge(into, updates map[string]any) bool {
	changed := false
	for key, value := range updates {
		if old, ok := into[key]; !ok || !reflect.DeepEqual(old, value) {
			into[key] = value
			changed = true
		}
	}
	return changed
}

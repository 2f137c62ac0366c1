package state

import "github.com/tinylib/msgp/msgp"

// A Kind says how entities of one message type are written.
type Kind struct {
	create  string // type of the create message
	update  string // type of the message that changes properties, "" if none
	remove  string // type of the message that removes it, "" if none
	idField string // "name" or "uuid"
	owned   bool   // messages carry the owner
	keys    [][]byte
}

// NewKind describes the entities that the message type create makes; keys are
// the names of its properties in order, without those of the header.
func NewKind(create, update, remove, idField string, owned bool, keys []string) *Kind {
	k := &Kind{create: create, update: update, remove: remove, idField: idField, owned: owned}
	for _, key := range keys {
		k.keys = append(k.keys, msgp.AppendString(nil, key))
	}
	return k
}

// SceneKind describes a scene node.
func SceneKind(create string, keys []string) *Kind {
	return NewKind(create, "SceneNodeUpdateMessage", "RemoveSceneNodeMessage", "name", true, keys)
}

// GUIKind describes an element of the GUI.
func GUIKind(create string, keys []string) *Kind {
	return NewKind(create, "GuiUpdateMessage", "GuiRemoveMessage", "uuid", false, keys)
}

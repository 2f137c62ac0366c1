package fold

import (
	"errors"
	"maps"
	"sync/atomic"

	"github.com/viser-go/viser/internal/wire"
)

// A State is what a page shows after a list of messages. It is not safe for concurrent use, except that a State that Clone
// has returned, and that was not changed since, may be read by any number of goroutines: by Clone, Messages, Diff, Digest
// and Size.
type State struct {
	token  uint64 // what has this token belongs to this State alone, and is changed in place
	shared bool   // others may refer to what has the token: the next change needs another one
	seq    uint64 // of the last creation

	root     root
	places   map[string]*place // by the name of the node
	ids      map[uint32]node   // what packed poses refer to
	elements map[string]*element
	commands map[string]*element
	notices  map[string]*element
	singles  map[string]single
}

// tokens counts the tokens of all States.
var tokens atomic.Uint64

// New returns the State of a page without messages.
func New() *State {
	return &State{
		token:    tokens.Add(1),
		root:     newRoot(),
		places:   map[string]*place{},
		ids:      map[uint32]node{},
		elements: map[string]*element{},
		commands: map[string]*element{},
		notices:  map[string]*element{},
		singles:  map[string]single{},
	}
}

// Clone returns a copy, which shares memory with s until one of the two changes.
func (s *State) Clone() *State {
	s.share()
	c := *s
	c.places = maps.Clone(s.places)
	c.ids = maps.Clone(s.ids)
	c.elements = maps.Clone(s.elements)
	c.commands = maps.Clone(s.commands)
	c.notices = maps.Clone(s.notices)
	c.singles = maps.Clone(s.singles)
	return &c
}

// share keeps what s has now from being changed in place. It only reads if that is so already.
func (s *State) share() {
	if !s.shared {
		s.shared = true
	}
}

// change precedes each change.
func (s *State) change() {
	if s.shared {
		s.shared = false
		s.token = tokens.Add(1)
	}
}

// next is the number of the next creation.
func (s *State) next() uint64 {
	s.seq++
	return s.seq
}

// An action applies a message of one type.
type action func(s *State, m wire.RawMessage) error

// actions has the types of messages that are not ignored.
var actions = func() map[string]action {
	out := map[string]action{
		"PackedPosesMessage":               (*State).packedPoses,
		"SetPositionMessage":               (*State).setPosition,
		"SetOrientationMessage":            (*State).setOrientation,
		"SetSceneNodeVisibilityMessage":    (*State).setVisibility,
		"SetBonePositionMessage":           (*State).setBonePosition,
		"SetBoneOrientationMessage":        (*State).setBoneOrientation,
		"SetSceneNodeClickBindingsMessage": (*State).setClicks,
		"SetSceneNodeDragBindingsMessage":  (*State).setDrags,
		"SceneNodeUpdateMessage":           (*State).updateNode,
		"SceneNodePatchMessage":            (*State).patchNode,
		"GuiUpdateMessage":                 (*State).updateElement,
		"GuiPatchMessage":                  (*State).patchElement,
		"ResetGuiMessage":                  (*State).resetGUI,
		"NotificationUpdateMessage":        (*State).updateNotice,
		"CommandUpdateMessage":             (*State).updateCommand,
		"ScenePointerEnableMessage":        (*State).enablePointer,
	}
	for _, typ := range panelTypes {
		out[typ] = (*State).orderPanel
	}
	for _, typ := range cameraTypes {
		out[typ] = (*State).setCamera
	}
	for _, m := range undos {
		out[m.Type] = (*State).setSingle
	}
	creates := map[string]action{"scene": (*State).createNode, "gui": (*State).createElement,
		"modal": (*State).createElement, "command": (*State).createCommand, "notification": (*State).createNotice}
	removes := map[string]action{"scene": (*State).removeNode, "gui": (*State).removeElement,
		"modal": (*State).removeElement, "command": (*State).removeCommand, "notification": (*State).removeNotice}
	for typ, info := range wire.Infos {
		switch info.Phase {
		case "create":
			out[typ] = creates[info.Entity]
		case "remove":
			out[typ] = removes[info.Entity]
		}
	}
	return out
}()

var errMalformed = errors.New("a value has another type than it should have")

// Apply changes s as m changes a page. It returns an error if m is malformed; s is unchanged then. Messages that change
// nothing of a page, or are about nothing that there is, are no error. It keeps no reference to m, except to its arrays of
// a kilobyte and more, which must not be changed.
func (s *State) Apply(m wire.RawMessage) error {
	switch m.Type { // by far the most
	case "SetPositionMessage":
		return s.setPosition(m)
	case "SetOrientationMessage":
		return s.setOrientation(m)
	}
	if act := actions[m.Type]; act != nil {
		return act(s, m)
	}
	return nil
}

// Size returns about how many bytes s refers to, arrays included, and the number of nodes, elements, commands and
// notifications.
func (s *State) Size() (bytes, entities int) {
	for _, pl := range s.places {
		for i := range pl.variants {
			v := &pl.variants[i]
			bytes += variantSize + len(pl.name) + v.content.size()
			for _, m := range []*wire.RawMessage{v.clicks, v.drags} {
				if m != nil {
					bytes += len(m.B)
				}
			}
		}
		entities += len(pl.variants)
	}
	for _, set := range []map[string]*element{s.elements, s.commands, s.notices} {
		for _, e := range set {
			bytes += elementSize + e.content.size()
		}
		entities += len(set)
	}
	for _, m := range s.singles {
		bytes += value{B: m.msg.B, Refs: m.msg.Refs}.size()
	}
	return bytes, entities
}

// About how many bytes these have besides their contents.
const (
	variantSize = 256
	elementSize = 128
)

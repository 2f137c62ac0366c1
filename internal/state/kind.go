package state

import (
	"slices"
	"sync/atomic"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// A Kind describes the encoding of entities of one message type.
type Kind struct {
	update   string // type of the message that changes properties, "" if none
	remove   string // type of the message that removes it, "" if none
	idField  string // "name" or "uuid"
	owned    bool   // messages carry the owner
	owner    string // if not that of the scope; "" for that
	hasProps bool
	names    []string
	keySize  int                      // of the names, in a message
	ends     atomic.Pointer[[]uint32] // of the properties of the last entity
	forms    [wire.Dialects]form
	standIn  wire.Props // of the substitute; nil without one
	baking   *baking    // for pages of the plain dialect; nil without one
}

// A form is a kind in one dialect.
type form struct {
	create string   // the type of the create message
	end    []byte   // of that message: its type, as msgpack
	keys   [][]byte // the names of the properties, as msgpack
	// own maps each key to a property of the kind, standIn those of the substitute; nil
	// for the identity.
	own    []int
	hidden []bool // properties that are not sent; nil if all are
	valued bool   // the value is sent
	bakes  bool   // scalars are sent as colors
}

const standIn = -1

// NewKind describes the entities that the message type create creates; props describes
// their properties, and which of them only the Extended dialect has. It is nil if they
// have none.
func NewKind(create, update, remove, idField string, owned bool, props wire.Props) *Kind {
	k := &Kind{update: update, remove: remove, idField: idField, owned: owned}
	if props == nil {
		f := form{create: create, end: packType(create)}
		k.forms = [wire.Dialects]form{wire.Plain: f, wire.Extended: f}
		return k
	}
	k.hasProps, k.names = true, props.Keys()
	for _, name := range k.names {
		k.keySize += len(name) + 1
	}
	whole := form{create: create, end: packType(create), keys: packKeys(k.names), valued: true}
	k.forms = [wire.Dialects]form{wire.Plain: whole, wire.Extended: whole}
	if extensions := props.Extensions(); extensions > 0 {
		n := len(k.names) - extensions
		plain := &k.forms[wire.Plain]
		plain.keys = whole.keys[:n]
		plain.hidden = make([]bool, len(k.names))
		for i := range extensions {
			plain.hidden[n+i] = true
		}
		k.baking = bakingOf(create, k.names, plain)
		plain.bakes = k.baking != nil
	}
	return k
}

// SceneKind describes a scene node.
func SceneKind(create string, props wire.Props) *Kind {
	return NewKind(create, "SceneNodeUpdateMessage", "RemoveSceneNodeMessage", "name", true, props)
}

// GUIKind describes an element of the GUI.
func GUIKind(create string, props wire.Props) *Kind {
	return NewKind(create, "GuiUpdateMessage", "GuiRemoveMessage", "uuid", false, props)
}

// ExtensionKind describes an element of the GUI that only the Extended dialect has: pages of the Plain dialect are shown
// the picture, or the text of wire.StandIns.
func ExtensionKind(create string, props wire.Props) *Kind {
	if wire.ImageStandIns[create] {
		picture := &wire.GuiImageProps{Format: wire.ImageFormatPng, Visible: true}
		return GUIKind(create, props).WithStandIn("GuiImageMessage", picture)
	}
	text := &wire.GuiMarkdownProps{Markdown: wire.StandIns[create], Visible: true}
	return GUIKind(create, props).WithStandIn("GuiMarkdownMessage", text)
}

// ExtensionSceneKind describes a scene node that only the Extended dialect has: pages of the Plain dialect are shown the one
// of wire.NodeStandIns.
func ExtensionSceneKind(create string, props wire.Props) *Kind {
	other := wire.NodeStandIns[create]
	return SceneKind(create, props).WithStandIn(other.Create, other.Props)
}

// OwnedBy makes k the kind of nodes whose messages carry this owner, in whatever scope they are: for what is passed on
// from another server. It returns k.
func (k *Kind) OwnedBy(owner string) *Kind {
	k.owner = owner
	return k
}

// WithStandIn makes k an extension: clients of the Plain dialect receive an entity of the message type create
// instead. Properties that both have follow those of k; the rest, which does not change, is that of props. Those
// clients receive no value.
func (k *Kind) WithStandIn(create string, props wire.Props) *Kind {
	f := form{create: create, end: packType(create), keys: packKeys(props.Keys()), hidden: make([]bool, len(k.names))}
	for _, name := range props.Keys() {
		f.own = append(f.own, slices.Index(k.names, name)) // standIn if there is none
	}
	for i := range k.names {
		f.hidden[i] = !slices.Contains(f.own, i)
	}
	k.forms[wire.Plain], k.standIn = f, props
	return k
}

// sharedEnds returns a copy of ends, which entities of the same kind share as long as their properties have the same
// sizes. Most do.
func (k *Kind) sharedEnds(ends []uint32) *[]uint32 {
	if last := k.ends.Load(); last != nil && slices.Equal(*last, ends) {
		return last
	}
	own := slices.Clone(ends)
	k.ends.Store(&own)
	return &own
}

func packType(message string) []byte {
	return msgp.AppendString(msgp.AppendString(nil, "type"), message)
}

func packKeys(names []string) [][]byte {
	keys := make([][]byte, len(names))
	for i, name := range names {
		keys[i] = msgp.AppendString(nil, name)
	}
	return keys
}

// sees reports whether a page of the form's dialect is sent the change, of a
// property or a value.
func (f *form) sees(s *change) bool {
	if s.kind == slotValue {
		return f.valued
	}
	return f.hidden == nil || !f.hidden[s.index]
}

package timeline

import (
	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/wire"
)

// Packed poses name nodes by their numbers. A page learns those from create messages, of which a state has none. So the
// messages that create a node while a client is back in time have the number that the node of this name has in the live
// scene; and when the client returns, nodes that were created meanwhile are created again, with theirs.

// withNumbers adds the numbers of nodes to the messages that create them.
func (v *Viewer) withNumbers(ms []wire.RawMessage) []wire.RawMessage {
	if !v.numbered {
		return ms
	}
	var ids map[string]uint32
	for i := range ms {
		if !createsNode(ms[i]) {
			continue
		}
		if ids == nil {
			ids = v.timeline.store.NodeIDs(0)
		}
		if id, ok := ids[nameOf(ms[i])]; ok {
			ms[i] = withNumber(ms[i], id)
		}
	}
	return ms
}

// renewed returns the messages that create the nodes whose numbers the page does not know: those of the state that were
// created since the client departed, unless they are among sent.
func (v *Viewer) renewed(now *fold.State, sent []wire.RawMessage) []wire.RawMessage {
	if !v.numbered {
		return nil
	}
	ids := v.timeline.store.NodeIDs(v.departed)
	for _, m := range sent {
		if createsNode(m) {
			delete(ids, nameOf(m))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var ms []wire.RawMessage
	for m := range now.Messages() {
		id, ok := ids[nameOf(m)]
		switch {
		case !ok || wire.Infos[m.Type].Entity != "scene" && !aboutNode[m.Type]:
		case createsNode(m):
			ms = append(ms, withNumber(m, id))
		default:
			ms = append(ms, m)
		}
	}
	return ms
}

// aboutNode has the types of messages about a node that are not of an entity's life.
var aboutNode = map[string]bool{
	"SetPositionMessage": true, "SetOrientationMessage": true, "SetSceneNodeVisibilityMessage": true,
	"SetBonePositionMessage": true, "SetBoneOrientationMessage": true,
	"SetSceneNodeClickBindingsMessage": true, "SetSceneNodeDragBindingsMessage": true,
}

func createsNode(m wire.RawMessage) bool {
	info := wire.Infos[m.Type]
	return info.Entity == "scene" && info.Phase == "create"
}

// nameOf returns the field of a well-formed message; "" if it has none.
func nameOf(m wire.RawMessage) string {
	n, b, err := msgp.ReadMapHeaderBytes(m.B)
	for ; n > 0 && err == nil; n-- {
		var key []byte
		if key, b, err = msgp.ReadStringZC(b); err != nil {
			break
		}
		if string(key) == "name" {
			name, _, _ := msgp.ReadStringBytes(b)
			return name
		}
		b, err = msgp.Skip(b)
	}
	return ""
}

// withNumber returns the message with the number of the node.
func withNumber(m wire.RawMessage, id uint32) wire.RawMessage {
	n, rest, err := msgp.ReadMapHeaderBytes(m.B)
	if err != nil {
		return m
	}
	b := msgp.AppendMapHeader(make([]byte, 0, len(m.B)+16), n+1)
	b = msgp.AppendUint32(msgp.AppendString(b, "id"), id)
	shift := len(b) - (len(m.B) - len(rest))
	out := wire.RawMessage{Type: m.Type, B: append(b, rest...)}
	for _, r := range m.Refs {
		r.Pos += shift
		out.Refs = append(out.Refs, r)
	}
	return out
}

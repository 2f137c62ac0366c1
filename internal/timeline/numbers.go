package timeline

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/wire"
)

// Packed poses name nodes by their numbers. A page learns those from create messages, of which a state has none. So the
// messages that create a node while a client is back in time have the number that the node of this name has in the live
// scene; and when the client returns, nodes that were created meanwhile are created again, with theirs.

// difference returns what turns what the page shows into another state.
func (v *Viewer) difference(to *fold.State) []wire.RawMessage {
	if !v.numbered {
		return fold.Diff(v.shown, to)
	}
	v.poses = v.poses[:0]
	ms := v.withNumbers(fold.DiffPosed(v.shown, to, func(name, owner string, orientation bool, x [4]float64) bool {
		if name == "" || owner != "" {
			return false // is not numbered
		}
		v.poses = append(v.poses, posed{name, orientation, x})
		return true
	}))
	return v.withPoses(ms)
}

// withNumbers adds the numbers of nodes to the messages that create them.
func (v *Viewer) withNumbers(ms []wire.RawMessage) []wire.RawMessage {
	var ids map[string]uint32
	for i := range ms {
		if !createsNode(ms[i]) {
			continue
		}
		if ids == nil {
			ids = v.timeline.store.NodeIDs(0, math.MaxUint64)
		}
		name := nameOf(ms[i])
		id, ok := ids[name]
		if !ok {
			delete(v.known, name)
			continue
		}
		ms[i] = withNumber(ms[i], id)
		v.known[name] = id
	}
	return ms
}

// A posed is a pose of a node of the shared scope: four floats, or three.
type posed struct {
	name        string
	orientation bool
	v           [4]float64
}

// minPacked is from how many poses on arrays of them pay.
const minPacked = 4

// withPoses adds the poses that the page is to show: in arrays, as in windows, of nodes whose numbers it knows.
func (v *Viewer) withPoses(ms []wire.RawMessage) []wire.RawMessage {
	pack := len(v.poses) >= minPacked
	wide := pack && slices.ContainsFunc(v.poses, func(p posed) bool {
		return !p.orientation && (math.Abs(p.v[0]) > farOut || math.Abs(p.v[1]) > farOut || math.Abs(p.v[2]) > farOut)
	})
	var positionIDs, positions, wxyzIDs, wxyzs []byte
	for i := range v.poses {
		p := &v.poses[i]
		id, ok := v.known[p.name]
		switch {
		case !pack || !ok:
			ms = append(ms, p.message())
		case p.orientation:
			wxyzIDs, wxyzs = binary.LittleEndian.AppendUint32(wxyzIDs, id), appendFloats(wxyzs, false, p.v[:])
		default:
			positionIDs, positions = binary.LittleEndian.AppendUint32(positionIDs, id), appendFloats(positions, wide, p.v[:3])
		}
	}
	if len(positionIDs)+len(wxyzIDs) == 0 {
		return ms
	}
	dtype := "<f4"
	if wide {
		dtype = "<f8"
	}
	return append(ms, wire.RawOf(&wire.PackedPosesMessage{
		PositionIDs: wire.Array{DType: "<u4", Data: positionIDs}, Positions: wire.Array{DType: dtype, Data: positions},
		WXYZIDs: wire.Array{DType: "<u4", Data: wxyzIDs}, WXYZs: wire.Array{DType: "<f4", Data: wxyzs},
	}))
}

func (p *posed) message() wire.RawMessage {
	var e wire.Encoder
	if p.orientation {
		e.SetOrientation(p.name, "", p.v)
		return wire.RawMessage{Type: "SetOrientationMessage", B: e.B}
	}
	e.SetPosition(p.name, "", [3]float64(p.v[:3]))
	return wire.RawMessage{Type: "SetPositionMessage", B: e.B}
}

func appendFloats(b []byte, wide bool, v []float64) []byte {
	for _, x := range v {
		if wide {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		} else {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)))
		}
	}
	return b
}

// renewed returns the messages that create the nodes whose numbers the page does not know: those of the state that were
// created since the client departed, unless they are among sent.
func (v *Viewer) renewed(now *fold.State, sent []wire.RawMessage) []wire.RawMessage {
	if !v.numbered {
		return nil
	}
	ids := v.timeline.store.NodeIDs(v.departed, math.MaxUint64)
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

package fold

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/tinylib/msgp/msgp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

// samples has messages of every type that servers send, as viser 1.1.1 encodes them, and those of the viser-go.v1 dialect.
var samples = loadSamples()

var sampleTypes = slices.Sorted(maps.Keys(samples))

func loadSamples() map[string][]wire.RawMessage {
	data, err := os.ReadFile("../wire/testdata/golden_messages.json")
	if err != nil {
		panic(err)
	}
	var golden []struct {
		Message string
		Msgpack string
		Buffers []string
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		panic(err)
	}
	out := map[string][]wire.RawMessage{}
	for _, g := range golden {
		if wire.Infos[g.Message].Direction == wire.ClientToServer {
			continue
		}
		m, _, err := wire.ReadRawMessage(unhex(g.Msgpack), func(i int) ([]byte, error) { return unhex(g.Buffers[i]), nil })
		if err != nil {
			panic(err)
		}
		out[m.Type] = append(out[m.Type], m)
	}
	for _, m := range extensions() {
		out[m.Type()] = append(out[m.Type()], wire.RawOf(m))
	}
	return out
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

func extensions() []wire.Message {
	patches := []wire.ArrayPatch{
		{Property: "points", Total: 4, Ranges: []int{1, 2, 3, 1}, Data: wire.Array{DType: wire.Float16, Data: []byte("abcdef")}},
		{Property: "colors", Total: 2, Ranges: []int{0, 2}, Data: wire.Uint8s([]byte{1, 2})},
		{Property: "batched_positions", Total: 1, Ranges: []int{0, 1}, Data: wire.Float32s([]float32{5})},
		{Property: "_data", Index: 1, Total: 3, Ranges: []int{0, 1}, Data: wire.Float64s([]float64{7})},
	}
	return []wire.Message{
		&wire.SetToneMappingMessage{ToneMapping: "linear"},
		&wire.SetToneMappingMessage{ToneMapping: "neutral"},
		&wire.SetLookMessage{},
		&wire.SetCameraProjectionMessage{Projection: "orthographic"},
		&wire.SetLookMessage{Looks: []string{"eye_dome", "edges"}},
		&wire.SetSelectionMessage{Names: []string{}},
		&wire.SetSelectionMessage{Names: []string{"/a", "/b/c"}, Revision: 7},
		&wire.VoxelsMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.VoxelsProps{
			Points: wire.Float32s([]float32{0.5, 1.5, 2.5}), Colors: wire.Uint8s([]byte{1, 2, 3}), CellSize: [3]float64{1, 1, 1}}},
		&wire.VolumeMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.VolumeProps{
			Points: wire.Float32s(make([]float32, 72)), Values: wire.Uint8s([]byte{1, 2}), Size: [3]int{2, 1, 1}, Transfer: wire.Uint8s([]byte{1, 2, 3, 4})}},
		&wire.ClipPlaneMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.ClipPlaneProps{Normal: [3]float64{0, 0, 1}, Nodes: []string{"/b"}}},
		&wire.ClipBoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.ClipBoxProps{Size: [3]float64{1, 2, 3}}},
		&wire.GuiTableMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiTableProps{Order: 3}},
		&wire.GuiLogMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiLogProps{Order: 3}},
		&wire.GuiMultiSelectMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiMultiSelectProps{}},
		&wire.GuiImageViewMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiImageViewProps{
			Data: []byte("a picture"), Format: wire.ImageFormatPng, PictureWidth: 2, PictureHeight: 1, Values: []byte{1, 2, 3, 4}, ValueType: "uint16",
			ValueScale: 0.5, Range: &[2]float64{1, 2}, Boxes: "[]", Keypoints: "[]", Classes: "[]", ClassIDs: []byte{1, 0}, ClassWidth: 1, ClassHeight: 1}},
		&wire.SceneNodePatchMessage{Name: "/a", Patches: patches},
		&wire.GuiPatchMessage{UUID: "u", Patches: patches},
		&wire.GuiUpdateAckMessage{UUID: "u"},
		&wire.PackedPosesMessage{
			PositionIDs: wire.Uint32s([]uint32{1, 2, 3}), Positions: wire.Float32s([]float32{1, 2, 3, 4, 5, 6, 7, 8, 9}),
			WXYZIDs: wire.Uint32s([]uint32{3, 1}), WXYZs: wire.Float32s([]float32{0, 1, 0, 0, 0, 0, 0, 0}),
		},
		&wire.PackedPosesMessage{
			PositionIDs: wire.Uint32s([]uint32{2}), Positions: wire.Float64s([]float64{5000, 0, -1}),
			WXYZIDs: wire.Uint32s(nil), WXYZs: wire.Float32s(nil),
		},
		&wire.SessionMessage{}, &wire.SessionReceivedMessage{}, &wire.ClientStatsMessage{}, &wire.FileTransferRefusedMessage{},
	}
}

// with replaces fields of a message, or adds them.
func with(m wire.RawMessage, fields map[string]any) wire.RawMessage {
	out := builder{from: m}
	extra := maps.Clone(fields)
	n := 0
	p := pairsAt(m.B, 0)
	for p.next() {
		delete(extra, string(p.key))
		n++
	}
	out.B = msgp.AppendMapHeader(nil, uint32(n+len(extra)))
	p = pairsAt(m.B, 0)
	for p.next() {
		v, changed := fields[string(p.key)]
		if !changed {
			out.copy(p.keyAt, p.to)
			continue
		}
		out.field(string(p.key), v)
	}
	for _, key := range slices.Sorted(maps.Keys(extra)) {
		out.field(key, extra[key])
	}
	return wire.RawMessage{Type: m.Type, B: out.B, Refs: out.Refs}
}

func (o *builder) field(key string, v any) {
	o.B = msgp.AppendString(o.B, key)
	var err error
	if o.B, err = msgp.AppendIntf(o.B, v); err != nil {
		panic(err)
	}
}

var (
	names  = []string{"/a", "/a/b", "/c", "/c/d/e"}
	owners = []string{"", "1", "2"}
	uuids  = []string{"u", "v", "w", "x", "viser-control-panel"}
)

// drawMessage draws a message of any type that servers send, about one of a few nodes or elements.
func drawMessage(t *rapid.T) wire.RawMessage {
	typ := rapid.SampledFrom(sampleTypes).Draw(t, "type")
	if rapid.Bool().Draw(t, "about a node") {
		typ = rapid.SampledFrom([]string{"FrameMessage", "PointCloudMessage", "RemoveSceneNodeMessage", "SetPositionMessage",
			"SetOrientationMessage", "SceneNodeUpdateMessage", "SceneNodePatchMessage", "PackedPosesMessage",
			"SetSceneNodeVisibilityMessage", "SetBonePositionMessage"}).Draw(t, "frequent type")
	}
	m := rapid.SampledFrom(samples[typ]).Draw(t, "sample")
	fields := map[string]any{}
	for key, field := range fieldsOf(t, typ) {
		if has(m, key) {
			fields[key] = field
		}
	}
	if info := wire.Infos[typ]; info.Entity == "scene" && info.Phase == "create" && rapid.Bool().Draw(t, "numbered") {
		fields["id"] = rapid.Uint32Range(1, 4).Draw(t, "id")
	}
	return with(m, fields)
}

// fieldsOf draws values for what messages are about, and for poses.
func fieldsOf(t *rapid.T, typ string) map[string]any {
	coordinate := rapid.SampledFrom([]float64{0, 1, -2.5, 5e6, math.Inf(1), math.NaN()})
	finite := rapid.SampledFrom([]any{0.0, 1.0, -2.5, float32(0.1), 7})
	name := rapid.SampledFrom(names).Draw(t, "name")
	if rapid.IntRange(0, 9).Draw(t, "root") == 0 {
		name = ""
	}
	out := map[string]any{
		"name": name, "owner": rapid.SampledFrom(owners).Draw(t, "owner"),
		"virtual": rapid.Bool().Draw(t, "virtual"), "uuid": rapid.SampledFrom(uuids).Draw(t, "uuid"),
		"container_uuid": rapid.SampledFrom([]string{"root", "u"}).Draw(t, "container"),
		"visible":        rapid.Bool().Draw(t, "visible"), "bone_index": rapid.IntRange(-1, 3).Draw(t, "bone"),
		"initial": rapid.Bool().Draw(t, "initial"), "event_type": rapid.SampledFrom([]string{"click", "rect-select"}).Draw(t, "event"),
		"enabled": rapid.Bool().Draw(t, "enabled"),
	}
	vector := func(n int) []any {
		v := make([]any, n)
		for i := range v {
			if v[i] = finite.Draw(t, "number"); rapid.IntRange(0, 30).Draw(t, "extreme") == 0 {
				v[i] = coordinate.Draw(t, "coordinate")
			}
		}
		return v
	}
	if typ == "SetPositionMessage" || typ == "SetBonePositionMessage" {
		out["position"] = vector(3)
	}
	if typ == "SetOrientationMessage" || typ == "SetBoneOrientationMessage" {
		out["wxyz"] = vector(4)
	}
	if typ == "SceneNodeUpdateMessage" || typ == "GuiUpdateMessage" || typ == "CommandUpdateMessage" {
		if rapid.Bool().Draw(t, "simple") {
			key := rapid.SampledFrom([]string{"value", "order", "scale", "label", "new"}).Draw(t, "key")
			out["updates"] = map[string]any{key: rapid.SampledFrom([]any{1, 2.5, "text", nil, true}).Draw(t, "value")}
		}
	}
	if typ == "ScenePointerEnableMessage" && rapid.Bool().Draw(t, "off") {
		out["modifiers"] = []any{}
	}
	if (typ == "SetSceneNodeClickBindingsMessage" || typ == "SetSceneNodeDragBindingsMessage") && rapid.Bool().Draw(t, "none") {
		out["bindings"] = []any{}
	}
	return out
}

func has(m wire.RawMessage, key string) bool {
	p := pairsAt(m.B, 0)
	for p.next() {
		if string(p.key) == key {
			return true
		}
	}
	return false
}

func drawMessages(t *rapid.T, most int) []wire.RawMessage {
	return rapid.SliceOfN(rapid.Custom(drawMessage), 0, most).Draw(t, "messages")
}

// applied applies messages to a State.
func applied(t testing.TB, s *State, ms ...wire.RawMessage) *State {
	t.Helper()
	for _, m := range ms {
		if err := s.Apply(m); err != nil {
			t.Fatalf("%v: %q", err, m.B)
		}
	}
	return s
}

package recording

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// golden returns messages of every type that servers send, as viser 1.1.1 encodes them, and those of viser-go.v1.
func golden(t testing.TB) []wire.RawMessage {
	t.Helper()
	data, err := os.ReadFile("../wire/testdata/golden_messages.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Message, Msgpack string
		Buffers          []string
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var out []wire.RawMessage
	for _, g := range list {
		if wire.Infos[g.Message].Direction == wire.ClientToServer || g.Message == runJavascript {
			continue
		}
		m, _, err := wire.ReadRawMessage(unhex(g.Msgpack), func(i int) ([]byte, error) { return unhex(g.Buffers[i]), nil })
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	for _, m := range []wire.Message{
		&wire.SetToneMappingMessage{ToneMapping: "linear"},
		&wire.SetLookMessage{Looks: []string{"studio"}},
		&wire.SetCameraProjectionMessage{Projection: "orthographic", Initial: true},
		&wire.SetSelectionMessage{Names: []string{"/a"}, Revision: 7},
		&wire.VoxelsMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.VoxelsProps{
			Points: wire.Float32s([]float32{0.5, 1.5, 2.5}), Colors: wire.Uint8s([]byte{1, 2, 3}), CellSize: [3]float64{1, 1, 1}}},
		&wire.VolumeMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.VolumeProps{
			Points: wire.Float32s(make([]float32, 72)), Values: wire.Uint8s([]byte{1, 2}), Size: [3]int{2, 1, 1}, Transfer: wire.Uint8s([]byte{1, 2, 3, 4})}},
		&wire.ClipPlaneMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.ClipPlaneProps{Normal: [3]float64{0, 0, 1}, Nodes: []string{"/b"}}},
		&wire.ClipBoxMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: wire.ClipBoxProps{Size: [3]float64{1, 2, 3}}},
		&wire.GuiTableMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiTableProps{Order: 3}},
		&wire.GuiLogMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiLogProps{Order: 3}},
		&wire.GuiMultiSelectMessage{UUID: "u", ContainerUUID: "root"},
		&wire.GuiImageViewMessage{UUID: "u", ContainerUUID: "root", Props: wire.GuiImageViewProps{
			Data: []byte("a picture"), PictureWidth: 2, PictureHeight: 1, Values: []byte{1, 2, 3, 4}, ClassIDs: []byte{1, 0}, ClassWidth: 1, ClassHeight: 1}},
		&wire.SceneNodePatchMessage{Name: "/a", Patches: []wire.ArrayPatch{
			{Property: "points", Total: 4, Ranges: []int{1, 2, 3, 1}, Data: wire.Array{DType: wire.Float16, Data: []byte("abcdef")}}}},
		&wire.GuiPatchMessage{UUID: "u", Patches: []wire.ArrayPatch{
			{Property: "_data", Index: 1, Total: 3, Ranges: []int{0, 1}, Data: wire.Float64s([]float64{7})}}},
	} {
		out = append(out, wire.RawOf(m))
	}
	return out
}

// with replaces fields of a message.
func with(m wire.RawMessage, fields map[string]any) wire.RawMessage {
	s := &scanner{b: m.B}
	n := s.fields()
	out := wire.RawMessage{Type: m.Type, B: appendMap(nil, n)}
	for ; n > 0; n-- {
		key := s.text()
		out.B = appendText(out.B, key)
		from := len(m.B) - len(s.b)
		before := s.b
		s.skip()
		if v, ok := fields[key]; ok {
			out.B, _ = msgp.AppendIntf(out.B, v)
			continue
		}
		to := len(m.B) - len(s.b)
		for _, r := range m.Refs {
			if r.Pos >= from && r.Pos < to {
				out.Refs = append(out.Refs, wire.Ref{Pos: r.Pos - from + len(out.B), Data: r.Data})
			}
		}
		out.B = append(out.B, before[:to-from]...)
	}
	return out
}

// random makes n entries of all kinds about a few nodes and elements. Numbers of poses are such that the file has exactly
// them.
func random(t testing.TB, seed uint64, n int) []Entry {
	rnd := rand.New(rand.NewPCG(seed, 0))
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	samples := golden(t)
	byType := map[string][]wire.RawMessage{}
	for _, m := range samples {
		byType[m.Type] = append(byType[m.Type], m)
	}
	types := slices.Sorted(maps.Keys(byType))
	now := 0.0
	out := make([]Entry, 0, n)
	for range n {
		typ := types[rnd.IntN(len(types))]
		if rnd.IntN(3) == 0 {
			typ = pick("FrameMessage", "PointCloudMessage", "RemoveSceneNodeMessage", "SetPositionMessage", "SetOrientationMessage",
				"SceneNodeUpdateMessage", "SceneNodePatchMessage", "SetSceneNodeVisibilityMessage", "GuiUpdateMessage")
		}
		numbers := []any{rnd.IntN(100), float64(rnd.IntN(999)) / 8, -1.5, float32(0.25)}
		if rnd.IntN(9) == 0 {
			numbers[rnd.IntN(4)] = []any{math.NaN(), math.Inf(-1), 1e9 / 3}[rnd.IntN(3)]
		}
		fields := map[string]any{
			"name": pick("", "/a", "/a/b", "/c"), "owner": pick("", "1"), "uuid": pick("u", "v", "w"),
			"container_uuid": pick("root", "u"), "visible": rnd.IntN(2) == 0,
		}
		if typ == positionType || typ == "SetBonePositionMessage" {
			fields["position"] = numbers[:3]
		}
		if typ == orientationType && rnd.IntN(5) > 0 {
			fields["wxyz"] = []any{0.5, float64(rnd.IntN(8)) / 8, 0, -0.25}
		}
		m := with(byType[typ][rnd.IntN(len(byType[typ]))], fields)
		if rnd.IntN(3) == 0 {
			now += float64(rnd.IntN(1000)) / 1000
		}
		out = append(out, Entry{now, Classify(m), m})
	}
	return out
}

package main

import (
	"strings"
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

func frameOf(messages ...wire.Message) []byte {
	var b wire.FrameBuilder
	for _, m := range messages {
		var e wire.Encoder
		m.AppendTo(&e)
		b.Message(e.B, e.Refs)
	}
	return b.Finish(1).Bytes()
}

// unheardOf is a message of a type that viser does not have.
type unheardOf struct{ *wire.ReplayDoneMessage }

func (unheardOf) AppendTo(e *wire.Encoder) {
	e.MapHeader(1)
	e.String("type")
	e.String("UnheardOfMessage")
}

func TestInvalidFrames(t *testing.T) {
	create := &wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: "/n/0", ID: 5}}
	ids := wire.Uint32s([]uint32{5})
	for want, frame := range map[string][]byte{
		"too few for a frame":       []byte("nonsense"),
		"UnheardOfMessage":          frameOf(unheardOf{}),
		"node 3 was not created":    frameOf(create, &wire.SetPositionMessage{Name: "/n/3"}),
		"has length 0":              frameOf(create, &wire.SetOrientationMessage{Name: "/n/0"}),
		"no node has the id 6":      frameOf(create, &wire.PackedPosesMessage{PositionIDs: wire.Uint32s([]uint32{6}), Positions: wire.Float32s(make([]float32, 3)), WXYZIDs: wire.Uint32s(nil), WXYZs: wire.Float32s(nil)}),
		"2 positions of 1 nodes":    frameOf(create, &wire.PackedPosesMessage{PositionIDs: ids, Positions: wire.Float32s(make([]float32, 2)), WXYZIDs: wire.Uint32s(nil), WXYZs: wire.Float32s(nil)}),
		"3 orientations of 1":       frameOf(create, &wire.PackedPosesMessage{PositionIDs: wire.Uint32s(nil), Positions: wire.Float32s(nil), WXYZIDs: ids, WXYZs: wire.Float32s(make([]float32, 3))}),
		"orientation of node 0 has": frameOf(create, &wire.PackedPosesMessage{PositionIDs: wire.Uint32s(nil), Positions: wire.Float32s(nil), WXYZIDs: ids, WXYZs: wire.Float32s([]float32{2, 0, 0, 0})}),
	} {
		p := &page{uuids: map[string]string{}, values: map[string]any{}, byID: map[uint32]int{}}
		if err := p.apply(frame); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}

func TestPackedAndPlainPosesAreTheSame(t *testing.T) {
	create := &wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: "/n/0", ID: 5}}
	for name, frame := range map[string][]byte{
		"plain": frameOf(create,
			&wire.SetPositionMessage{Name: "/n/0", Position: [3]float64{1, 2, 3}},
			&wire.SetOrientationMessage{Name: "/n/0", WXYZ: [4]float64{0, 1, 0, 0}}),
		"32 bits": frameOf(create, packed(wire.Float32s([]float32{1, 2, 3}))),
		"64 bits": frameOf(create, packed(wire.Float64s([]float64{1, 2, 3}))),
	} {
		p := &page{uuids: map[string]string{}, values: map[string]any{}, byID: map[uint32]int{}}
		if err := p.apply(frame); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want := (node{true, [3]float64{1, 2, 3}, [4]float64{0, 1, 0, 0}}); p.nodes[0] != want {
			t.Errorf("%s: the node is %v, want %v", name, p.nodes[0], want)
		}
	}
}

func packed(positions wire.Array) wire.Message {
	ids := wire.Uint32s([]uint32{5})
	return &wire.PackedPosesMessage{PositionIDs: ids, Positions: positions, WXYZIDs: ids, WXYZs: wire.Float32s([]float32{0, 1, 0, 0})}
}

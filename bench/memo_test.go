package main

import (
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

// TestEqualFramesAreDecodedOnce also checks that a frame that differs in one byte is not taken for another.
func TestEqualFramesAreDecodedOnce(t *testing.T) {
	frame := func(x float64) []byte {
		var e wire.Encoder
		e.SetPosition("/n/0", "", [3]float64{x, 0, 0})
		var b wire.FrameBuilder
		b.Message(e.B, nil)
		return b.Finish(1).Bytes()
	}
	var m memo
	decode := func(frame []byte) *wire.Window {
		window, _, err := m.decode(frame, false)
		if err != nil {
			t.Fatal(err)
		}
		return window
	}
	memory := frame(1)
	first := decode(memory)
	memory = append(memory[:0], frame(2)...) // a client reuses the memory of its last frame
	if again := decode(frame(1)); again != first {
		t.Error("an equal frame was decoded again")
	}
	if got := decode(memory).Messages[0].(*wire.SetPositionMessage).Position[0]; got != 2 {
		t.Errorf("a frame with x = 2 is taken for one with x = %v", got)
	}
	if _, _, err := m.decode([]byte("no frame"), false); err == nil {
		t.Error("a damaged frame was decoded")
	}
}

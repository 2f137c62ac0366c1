package pagewire

import (
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

func TestFramesCarryAnyMessages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var (
			b    wire.FrameBuilder
			e    wire.Encoder
			sent []wire.Message
		)
		b.Reset()
		for range rapid.IntRange(0, 5).Draw(t, "messages") {
			m := drawMessage(t)
			e.Reset()
			m.AppendTo(&e)
			b.Message(e.B, e.Refs)
			sent = append(sent, m)
		}
		stamp := rapid.Float64().Draw(t, "timestamp")
		f := b.Finish(stamp)
		got, err := DecodeFrame(f.Bytes(), wire.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		want := &wire.Window{Messages: sent, TimestampSec: stamp}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("window differs (-sent +received):\n%s", diff)
		}
	})
}

// alone is the size from which the builder does not copy an array.
const alone = 16 << 10

func TestFramesAreLaidOutAsViserDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b wire.FrameBuilder
		var sizes []int
		b.Reset()
		for range rapid.IntRange(0, 4).Draw(t, "arrays") {
			size := rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(alone-9, alone+9)).Draw(t, "size")
			data := make([]byte, size)
			for i := range data {
				data[i] = 0xff // no byte of it can pass for padding
			}
			var e wire.Encoder
			e.Array(wire.Array{DType: wire.Uint8, Data: data})
			b.Message(e.B, e.Refs)
			sizes = append(sizes, size)
		}
		f := b.Finish(0)
		data := f.Bytes()
		if f.Len() != len(data) {
			t.Fatalf("Len %d, but %d bytes", f.Len(), len(data))
		}
		pos := headSize + int(binary.LittleEndian.Uint64(data[8:]))
		for i, size := range sizes {
			for ; pos%8 != 0; pos++ {
				if data[pos] != 0 {
					t.Fatalf("byte %d is %#x, not padding", pos, data[pos])
				}
			}
			for _, c := range data[pos : pos+size] {
				if c != 0xff {
					t.Fatalf("buffer %d is not at %d", i, pos)
				}
			}
			pos += size
		}
		if pos != len(data) {
			t.Fatalf("%d bytes follow the last buffer", len(data)-pos)
		}
	})
}

func TestPropsWriteTheirFieldsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := wire.FrameProps{}
		g := wire.GuiSliderProps{}
		fillAll(t, &p, &g)
		for _, props := range []interface {
			wire.Props
			wire.Valuer
		}{&p, &g} {
			var whole, single wire.Encoder
			props.AppendTo(&whole)
			wire.AppendProps(&single, props)
			if diff := cmp.Diff(whole, single); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestHandWrittenPosesAgreeWithTheSchema(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p wire.SetPositionMessage
		var o wire.SetOrientationMessage
		fillAll(t, &p, &o)
		var want, got wire.Encoder
		p.AppendTo(&want)
		o.AppendTo(&want)
		got.SetPosition(p.Name, p.Owner, p.Position)
		got.SetOrientation(o.Name, o.Owner, o.WXYZ)
		if diff := cmp.Diff(want.B, got.B); diff != "" {
			t.Fatal(diff)
		}
	})
}

package wire_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

// FuzzInboundReaders: any field values of any message that clients may send decode to a message that encodes and decodes
// again to the same bytes, or to an error. The type is chosen by a number, so that the fuzzer need not find its name.
func FuzzInboundReaders(f *testing.F) {
	var readers []func(*wire.Decoder) wire.Message
	for _, typ := range slices.Sorted(maps.Keys(wire.Infos)) {
		if wire.Infos[typ].Direction != wire.ServerToClient {
			readers = append(readers, wire.InboundReader(typ))
			f.Add(uint8(len(readers)-1), zeroMessage(typ))
		}
	}
	limits := wire.Limits{MaxBytes: 1 << 16, MaxDepth: 12, MaxCount: 1 << 12}
	f.Fuzz(func(t *testing.T, n uint8, msg []byte) {
		read := func(string) func(*wire.Decoder) wire.Message { return readers[int(n)%len(readers)] }
		m, err := wire.DecodeWith(read, msg, limits)
		if err != nil {
			return
		}
		var first, second wire.Encoder
		m.AppendTo(&first)
		again, err := wire.DecodeWith(read, first.B, wire.InboundLimits)
		if err != nil {
			t.Fatalf("%T cannot be decoded again: %v", m, err)
		}
		again.AppendTo(&second)
		if !bytes.Equal(first.B, second.B) {
			t.Fatalf("%T is not stable:\n%q\n%q", m, first.B, second.B)
		}
	})
}

func zeroMessage(typ string) []byte {
	var e wire.Encoder
	wire.InboundReader(typ)(new(wire.Decoder)).AppendTo(&e)
	return e.B
}

package pagewire

import (
	"bytes"
	"os"
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

// The fuzzed limits are small, so that a slip of the bounds shows as a slow run or a large heap.
var fuzzLimits = wire.Limits{MaxBytes: 1 << 16, MaxDepth: 12, MaxCount: 1 << 12}

// checkStable encodes a decoded message, and checks that it decodes to the same bytes again: all
// accepted input can be encoded.
func checkStable(t *testing.T, m wire.Message) {
	first, buffers := encode(m)
	again, _ := decodeWith(t, first, buffers)
	second, _ := encode(again)
	if !bytes.Equal(first, second) {
		t.Fatalf("%s is not stable:\n%q\n%q", m.Type(), first, second)
	}
}

func FuzzDecode(f *testing.F) {
	for _, g := range loadGolden(f) {
		f.Add([]byte(g.Msgpack))
	}
	f.Fuzz(func(t *testing.T, msg []byte) {
		m, err := Decode(msg, fuzzLimits)
		if err == nil {
			checkStable(t, m)
		}
	})
}

func FuzzDecodeFrame(f *testing.F) {
	golden, err := os.ReadFile("../testdata/golden_frame.bin")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(golden)
	f.Add(sampleFrame(wire.Vec3s(make([][3]float32, 2))).Bytes())
	f.Add(handFrame("\x81\xa8messages\x90", ""))
	f.Fuzz(func(t *testing.T, frame []byte) {
		w, err := DecodeFrame(frame, fuzzLimits)
		if err != nil {
			return
		}
		for _, m := range w.Messages {
			checkStable(t, m)
		}
	})
}

// FuzzDecodeWindow spares the fuzzer the compression: it changes the msgpack part and the buffers directly.
func FuzzDecodeWindow(f *testing.F) {
	for _, g := range loadGolden(f) {
		plain, tail := windowOf(g.Msgpack, g.buffers())
		f.Add([]byte(plain), []byte(tail))
	}
	f.Fuzz(func(t *testing.T, plain, tail []byte) {
		w, err := DecodeFrame(handFrame(string(plain), string(tail)), fuzzLimits)
		if err != nil {
			return
		}
		for _, m := range w.Messages {
			checkStable(t, m)
		}
	})
}

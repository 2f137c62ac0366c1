package pagewire

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/viser-go/viser/internal/wire"
)

func TestFinishMayBeFollowedByMore(t *testing.T) {
	var b wire.FrameBuilder
	for want := 1; want <= 3; want++ {
		var e wire.Encoder
		(&wire.RunJavascriptMessage{}).AppendTo(&e)
		b.Message(e.B, e.Refs)
		w, err := DecodeFrame(b.Finish(0).Bytes(), wire.DefaultLimits)
		if err != nil || len(w.Messages) != want || b.Count() != want {
			t.Fatalf("%d messages expected: %+v, %v", want, w, err)
		}
	}
}

func TestDecodeFrameSkipsUnknownMessages(t *testing.T) {
	var b wire.FrameBuilder
	b.Message([]byte("\x82\xa4type\xacMessageOf2.0\xa1a\x01"), nil)
	b.Message([]byte("\x82\xa4type\xb1ReplayDoneMessage\xa5extra\x01"), nil)
	w, err := DecodeFrame(b.Finish(0).Bytes(), wire.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.Unknown, []string{"MessageOf2.0"}) || w.UnknownKeys != 1 || len(w.Messages) != 1 {
		t.Errorf("window %+v", w)
	}
}

const headSize = 16 // two lengths of 8 bytes

var packer = must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// handFrame wraps msgpack into a frame, with a tail behind it.
func handFrame(plain, tail string) []byte {
	packed := packer.EncodeAll([]byte(plain), nil)
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	out = binary.LittleEndian.AppendUint64(out, uint64(len(packed)))
	out = append(out, packed...)
	for len(out)%8 != 0 {
		out = append(out, 0)
	}
	return append(out, tail...)
}

func TestDecodeFrameRefuses(t *testing.T) {
	sound := handFrame("\x81\xa8messages\x90", "")
	lying := slices.Clone(sound)
	lying[0]++
	huge := slices.Clone(sound)
	huge[7] = 0x7f
	garbled := slices.Clone(sound)
	garbled[headSize] ^= 0xff
	colors := func(value string) string {
		return "\x82\xa8messages\x91\x83\xa4name\xa1n\xa7updates\x81\xa1k" + value +
			"\xa4type\xb6SceneNodeUpdateMessage\xb3binaryBufferLengths\x91\x03"
	}
	for name, c := range map[string]struct {
		frame  []byte
		reason string
	}{
		"nothing":             {nil, "too few"},
		"half a head":         {sound[:15], "too few"},
		"cut":                 {sound[:len(sound)-9], "compressed bytes announced"},
		"lying about size":    {lying, "compressed part"},
		"huge":                {huge, "more than the"},
		"not zstd":            {garbled, "compressed part"},
		"no messages":         {handFrame("\x81\xa1x\x90", ""), "no messages"},
		"messages not a list": {handFrame("\x81\xa8messages\x01", ""), "want a list"},
		"buffer missing":      {handFrame("\x82\xa8messages\x90\xb3binaryBufferLengths\x91\x09", "12345678"), "does not fit"},
		"negative buffer":     {handFrame("\x82\xa8messages\x90\xb3binaryBufferLengths\x91\xff", "12345678"), "does not fit"},
		"second buffer":       {handFrame("\x82\xa8messages\x90\xb3binaryBufferLengths\x92\x07\x01", "1234567"), "buffer 1 does not fit"},
		"index too large":     {handFrame(colors("\x82\xae__binary_index\x01\xa5dtype\xa3|u1"), "abc"), "there is no buffer 1"},
		"index negative":      {handFrame(colors("\x82\xae__binary_index\xff\xa5dtype\xa3|u1"), "abc"), "there is no buffer -1"},
		"odd size":            {handFrame(colors("\x82\xae__binary_index\x00\xa5dtype\xa3<f4"), "abc"), "not a multiple of 4"},
		"objects":             {handFrame(colors("\x82\xae__binary_index\x00\xa5dtype\xa2|O"), "abc"), "is not an element type"},
	} {
		w, err := DecodeFrame(c.frame, wire.Limits{MaxBytes: 1 << 20, MaxDepth: 8, MaxCount: 1000})
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: got %+v, %v; want an error with %q", name, w, err, c.reason)
		}
	}
}

// sampleFrame has one small array, one that is shared, and a pose after them.
func sampleFrame(shared wire.Array) *wire.Frame {
	var b wire.FrameBuilder
	var e wire.Encoder
	cloud := wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/cloud"},
		Props: wire.PointCloudProps{Points: shared, Colors: wire.RGBs([][3]uint8{{1, 2, 3}}), Scale: wire.Uniform(1)}}
	cloud.AppendTo(&e)
	b.Message(e.B, e.Refs)
	e.Reset()
	e.SetPosition("/cloud", "", [3]float64{1, 2, 3})
	b.Message(e.B, e.Refs)
	return b.Finish(7.5)
}

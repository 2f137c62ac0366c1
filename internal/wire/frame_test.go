package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
)

// sampleFrame has one small array, one that is shared, and a pose after them.
func sampleFrame(shared Array) *Frame {
	var b FrameBuilder
	var e Encoder
	cloud := PointCloudMessage{SceneHeader: SceneHeader{Name: "/cloud"},
		Props: PointCloudProps{Points: shared, Colors: RGBs([][3]uint8{{1, 2, 3}}), Scale: Uniform(1)}}
	cloud.AppendTo(&e)
	b.Message(e.B, e.Refs)
	e.Reset()
	e.SetPosition("/cloud", "", [3]float64{1, 2, 3})
	b.Message(e.B, e.Refs)
	return b.Finish(7.5)
}

type countingWriter struct {
	bytes.Buffer
	parts [][]byte
}

func (w *countingWriter) Write(p []byte) (int, error) {
	w.parts = append(w.parts, p)
	return w.Buffer.Write(p)
}

func TestFrameSharesLargeArraysOnly(t *testing.T) {
	points := Vec3s(make([][3]float32, 5000))
	f := sampleFrame(points)
	var w countingWriter
	n, err := f.WriteTo(&w)
	if err != nil || n != int64(f.Len()) || !bytes.Equal(w.Bytes(), f.Bytes()) {
		t.Fatalf("WriteTo: %d bytes, %v; the frame has %d", n, err, f.Len())
	}
	if !slices.ContainsFunc(w.parts, func(p []byte) bool { return &p[0] == &points.Data[0] }) {
		t.Error("the large array was copied")
	}
	if len(w.parts) != 3 {
		t.Errorf("%d writes, want 3: head, array, the small array behind it", len(w.parts))
	}
	var small countingWriter
	if _, err := sampleFrame(Vec3s(make([][3]float32, 10))).WriteTo(&small); err != nil || len(small.parts) != 1 {
		t.Errorf("a small frame took %d writes, %v", len(small.parts), err)
	}
}

func TestFrameIsWrittenByManyAtOnce(t *testing.T) {
	f := sampleFrame(Vec3s(make([][3]float32, 5000)))
	want := f.Bytes()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var b bytes.Buffer
			if _, err := f.WriteTo(&b); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("got %d bytes, %v", b.Len(), err)
			}
		})
	}
	wg.Wait()
}

func TestFrameOutlivesItsBuilder(t *testing.T) {
	var b FrameBuilder
	var e Encoder
	e.SetPosition("/a", "", [3]float64{1, 2, 3})
	b.Message(e.B, e.Refs)
	f := b.Finish(1)
	want := f.Bytes()
	b.Reset()
	for range 100 {
		b.Message(e.B, e.Refs)
	}
	b.Finish(2)
	if !bytes.Equal(f.Bytes(), want) {
		t.Error("the next frame changed the one before")
	}
}

func TestFinishMayBeFollowedByMore(t *testing.T) {
	var b FrameBuilder
	for want := 1; want <= 3; want++ {
		var e Encoder
		(&RunJavascriptMessage{}).AppendTo(&e)
		b.Message(e.B, e.Refs)
		w, err := DecodeFrame(b.Finish(0).Bytes(), DefaultLimits)
		if err != nil || len(w.Messages) != want || b.Count() != want {
			t.Fatalf("%d messages expected: %+v, %v", want, w, err)
		}
	}
}

func TestLenGrowsWithMessagesAndArrays(t *testing.T) {
	var b FrameBuilder
	var e Encoder
	b.Reset()
	empty := b.Len()
	e.Array(Uint8s(make([]byte, 1000)))
	b.Message(e.B, e.Refs)
	if got, want := b.Len(), empty+len(e.B)+1000; got != want {
		t.Errorf("Len is %d, want %d", got, want)
	}
}

func TestWriteToReportsWhatWasWritten(t *testing.T) {
	f := sampleFrame(Vec3s(make([][3]float32, 5000)))
	w := &failingWriter{room: len(f.parts[0])}
	n, err := f.WriteTo(w)
	if !errors.Is(err, errFull) || n != int64(w.room) {
		t.Errorf("%d bytes, %v; want %d and the writer's error", n, err, w.room)
	}
}

var errFull = errors.New("full")

type failingWriter struct{ room, used int }

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.used+len(p) > w.room {
		return 0, errFull
	}
	w.used += len(p)
	return len(p), nil
}

func TestDecodeFrameSkipsUnknownMessages(t *testing.T) {
	var b FrameBuilder
	b.Message([]byte("\x82\xa4type\xacMessageOf2.0\xa1a\x01"), nil)
	b.Message([]byte("\x82\xa4type\xb1ReplayDoneMessage\xa5extra\x01"), nil)
	w, err := DecodeFrame(b.Finish(0).Bytes(), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.Unknown, []string{"MessageOf2.0"}) || w.UnknownKeys != 1 || len(w.Messages) != 1 {
		t.Errorf("window %+v", w)
	}
}

// handFrame wraps msgpack into a frame, with a tail behind it.
func handFrame(plain, tail string) []byte {
	packed := pack(nil, []byte(plain))
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
		w, err := DecodeFrame(c.frame, Limits{MaxBytes: 1 << 20, MaxDepth: 8, MaxCount: 1000})
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: got %+v, %v; want an error with %q", name, w, err, c.reason)
		}
	}
}

// TestFramesSayTheirSize: pages allocate by it, and one segment spares them a window.
func TestFramesSayTheirSize(t *testing.T) {
	f := sampleFrame(Vec3s(make([][3]float32, 3))).Bytes()
	const magic = "\x28\xb5\x2f\xfd"
	if string(f[headSize:headSize+4]) != magic {
		t.Fatalf("no zstd frame at %d: %x", headSize, f[headSize:headSize+4])
	}
	descriptor := f[headSize+4]
	if single, checksum := descriptor>>5&1, descriptor>>2&1; single != 1 || checksum != 0 {
		t.Errorf("descriptor %08b: single segment %d, checksum %d; want 1, 0", descriptor, single, checksum)
	}
}

package wire

import (
	"bytes"
	"errors"
	"slices"
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

func TestWriteToReportsBytesWritten(t *testing.T) {
	f := sampleFrame(Vec3s(make([][3]float32, 5000)))
	w := &failingWriter{limit: len(f.parts[0])}
	n, err := f.WriteTo(w)
	if !errors.Is(err, errFull) || n != int64(w.limit) {
		t.Errorf("%d bytes, %v; want %d and the writer's error", n, err, w.limit)
	}
}

var errFull = errors.New("full")

type failingWriter struct{ limit, used int }

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.used+len(p) > w.limit {
		return 0, errFull
	}
	w.used += len(p)
	return len(p), nil
}

// TestFramesHaveTheirSizeInTheHeader: pages allocate by it, and one segment spares them a window.
func TestFramesHaveTheirSizeInTheHeader(t *testing.T) {
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

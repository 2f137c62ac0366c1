package recording

import (
	"bytes"
	"errors"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func always(float64) error { return nil }

// plainOf writes a recording as upstream viser does, and checks that it is one frame.
func plainOf(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := WritePlain(&out, bytes.NewReader(b), int64(len(b)), always); err != nil {
		t.Fatal(err)
	}
	var h zstd.Header
	if err := h.Decode(out.Bytes()[8:]); err != nil || !h.HasFCS || h.FrameContentSize != le.Uint64(out.Bytes()) {
		t.Fatalf("%+v, %v; the outer size is %d", h, err, le.Uint64(out.Bytes()))
	}
	f, err := frameAt(bytes.NewReader(out.Bytes()), 8, int64(out.Len()))
	if err != nil || f.end() != int64(out.Len()) {
		t.Fatalf("the first frame ends at %d of %d: %v", f.end(), out.Len(), err)
	}
	return out.Bytes()
}

// TestWritePlain compares what upstream viser's client reads of a file before and after.
func TestWritePlain(t *testing.T) {
	for seed, how := range ways {
		t.Run(how, func(t *testing.T) {
			entries := append(sample(), random(t, uint64(seed), 500)...)
			for i := range entries[len(sample()):] {
				entries[len(sample())+i].Time += 2
			}
			var want []Entry
			for _, e := range entries {
				if e.For != Ours {
					e.For = Everyone // there is nobody else
					want = append(want, e)
				}
			}
			b := written(t, how, entries, 1000)
			r := opened(t, plainOf(t, b))
			if i := r.Info(); i.Format != FormatUpstream || !i.Complete || r.Duration() != 1000 {
				t.Errorf("%+v", i)
			}
			same(t, all(t, r, -1, 1e9), want)
			same(t, all(t, opened(t, plainOf(t, b[:len(b)-1])), -1, 1e9), want) // which is read without its index
			same(t, all(t, opened(t, plainOf(t, plainOf(t, b))), -1, 1e9), want)
			open := opened(t, plainOf(t, unfinished(t, entries)))
			same(t, all(t, open, -1, 1e9), want)
		})
	}
}

func TestWritePlainFails(t *testing.T) {
	b := written(t, "create", sample(), 3)
	stop := errors.New("stop")
	if _, err := WritePlain(&bytes.Buffer{}, bytes.NewReader(b), int64(len(b)), func(float64) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the error is %v", err)
	}
	if _, err := WritePlain(failingWriter{}, bytes.NewReader(b), int64(len(b)), always); err == nil {
		t.Error("a writer that fails is no error")
	}
	if _, err := WritePlain(&bytes.Buffer{}, bytes.NewReader(b[:20]), 20, always); err == nil {
		t.Error("a file without a recording is no error")
	}
}

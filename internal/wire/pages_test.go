package wire

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPages writes, appends and cuts at random: the bytes are always those of a
// plain slice, and what a frame has taken up stays as it was then.
func TestPages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := bytes.Repeat([]byte{1}, rapid.SampledFrom([]int{0, 5, pageSize, 2*pageSize + 9}).Draw(t, "size"))
		p := NewPages(slices.Clone(want))
		type taken struct {
			pieces [][]byte
			then   []byte
		}
		var frames []taken
		for stamp := range uint64(rapid.IntRange(1, 20).Draw(t, "steps")) {
			at := rapid.IntRange(0, len(want)).Draw(t, "offset")
			data := bytes.Repeat([]byte{byte(stamp + 2)}, rapid.SampledFrom([]int{0, 1, 7, 20_000, pageSize, pageSize + 1}).Draw(t, "count"))
			p.Write(at, data, stamp)
			want = append(append(slices.Clone(want[:at]), data...), want[min(len(want), at+len(data)):]...)
			if rapid.IntRange(0, 3).Draw(t, "cut") == 0 {
				want = want[:rapid.IntRange(0, len(want)).Draw(t, "total")]
				p.Truncate(len(want))
			}
			if rapid.Bool().Draw(t, "take") {
				frames = append(frames, taken{p.share(nil, Range{0, p.Len()}), slices.Clone(want)})
			}
			if p.Len() != len(want) || !bytes.Equal(p.Bytes(), want) {
				t.Fatalf("%d bytes, not the %d that were written", p.Len(), len(want))
			}
		}
		for _, f := range frames {
			if !bytes.Equal(bytes.Join(f.pieces, nil), f.then) {
				t.Error("what a frame took up has changed")
			}
		}
	})
}

func TestPagesSince(t *testing.T) {
	p := NewPages(make([]byte, 4*pageSize+100))
	p.Write(pageSize+1, []byte{1}, 5)
	p.Write(3*pageSize-1, []byte{1, 1}, 7)
	p.Write(p.Len(), []byte{1}, 9)
	for _, c := range []struct {
		stamp uint64
		want  []Range
	}{
		{4, []Range{{pageSize, 4*pageSize + 101}}},
		{5, []Range{{2 * pageSize, 4*pageSize + 101}}},
		{7, []Range{{4 * pageSize, 4*pageSize + 101}}},
		{9, nil},
	} {
		if got := p.Since(c.stamp); !slices.Equal(got, c.want) {
			t.Errorf("since %d: %v, want %v", c.stamp, got, c.want)
		}
	}
}

// TestPagesCopyOnlyWhatIsShared checks that a change behind a frame copies one page,
// and the next in the same place none.
func TestPagesCopyOnlyWhatIsShared(t *testing.T) {
	p := NewPages(make([]byte, 100*pageSize))
	p.share(nil, Range{0, p.Len()})
	patch := make([]byte, 12_000)
	p.Write(pageSize+100, patch, 1)
	if n := testing.AllocsPerRun(10, func() { p.Write(pageSize+100, patch, 1) }); n != 0 {
		t.Errorf("a change of a page that is not shared allocates %v times", n)
	}
	before := &p.list[2].b[0]
	p.share(nil, Range{0, p.Len()})
	p.Write(pageSize+100, patch, 2)
	if &p.list[2].b[0] != before {
		t.Error("a page that did not change was copied")
	}
}

// TestArraysInPages checks that an array is the same in pages as in one piece, also
// in a frame.
func TestArraysInPages(t *testing.T) {
	xs := make([]float32, 40_000)
	for i := range xs {
		xs[i] = float32(i)
	}
	flat := Float32s(xs)
	paged := Array{DType: flat.DType, Pages: NewPages(flat.Data)}
	if !flat.Equal(paged) || paged.Len() != len(xs) || !slices.Equal(paged.Float32s(), xs) {
		t.Error("the array in pages is another")
	}
	frame := func(a Array) []byte {
		return docFrame(&PointCloudMessage{SceneHeader: SceneHeader{Name: "/p"}, Props: PointCloudProps{Points: a, Colors: Uint8s([]byte{1, 2, 3})}})
	}
	if !bytes.Equal(frame(flat), frame(paged)) {
		t.Error("the frame of the array in pages is another")
	}
	var e Encoder
	e.Array(paged)
	e.Refs[0].Ranges = []Range{{4, 12}, {400, 404}}
	var b FrameBuilder
	b.Message(e.B, e.Refs)
	if got := bytes.Join(b.pieces, nil); !bytes.Equal(got, Float32s([]float32{1, 2, 100}).Data) || e.Refs[0].Len() != 12 {
		t.Errorf("ranges of an array: % x", got)
	}
}

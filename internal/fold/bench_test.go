package fold

import (
	"fmt"
	"testing"

	"github.com/viser-go/viser/internal/wire"
)

// nodes is how many the benchmarks have.
const nodes = 1000

func nodeName(i int) string { return fmt.Sprintf("/robots/number %d/base", i) }

// scene has many nodes, and elements of the GUI.
func scene(b *testing.B) *State {
	s := New()
	for i := range nodes {
		applied(b, s, wire.RawOf(&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: nodeName(i)}}))
	}
	for i := range 50 {
		applied(b, s, wire.RawOf(&wire.GuiSliderMessage{UUID: fmt.Sprint(i), ContainerUUID: "root"}))
	}
	return s
}

// poses has for each node where it is at a time.
func poses(step int) []wire.RawMessage {
	var out []wire.RawMessage
	for i := range nodes {
		x := float64(i + step)
		out = append(out,
			wire.RawOf(&wire.SetPositionMessage{Name: nodeName(i), Position: [3]float64{x, 2 * x, -x}}),
			wire.RawOf(&wire.SetOrientationMessage{Name: nodeName(i), WXYZ: [4]float64{x, 1, 0, 0}}))
	}
	return out
}

func BenchmarkApplyPose(b *testing.B) {
	s, ms := scene(b), poses(1)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_ = s.Apply(ms[i%len(ms)])
	}
}

// BenchmarkApplyForeignPose has messages as other encoders write them.
func BenchmarkApplyForeignPose(b *testing.B) {
	s, m := scene(b), wire.RawOf(&wire.SetPositionMessage{Name: nodeName(7)})
	m = with(m, map[string]any{"position": []any{1.5, 2, float32(3)}})
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Apply(m)
	}
}

func BenchmarkApplyPackedPoses(b *testing.B) {
	s := New()
	ids, at, to := []uint32{}, make([]float32, 3*nodes), []float32{}
	for i := range uint32(nodes) {
		applied(b, s, wire.RawOf(&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: nodeName(int(i)), ID: i + 1}}))
		ids, to = append(ids, i+1), append(to, 1, 0, 0, 0)
	}
	m := wire.RawOf(&wire.PackedPosesMessage{PositionIDs: wire.Uint32s(ids), Positions: wire.Float32s(at),
		WXYZIDs: wire.Uint32s(ids), WXYZs: wire.Float32s(to)})
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Apply(m)
	}
}

func BenchmarkApplyUpdate(b *testing.B) {
	s := scene(b)
	m := wire.RawOf(&wire.SceneNodeUpdateMessage{Name: nodeName(7), Updates: wire.Updates{{Key: "color", Value: []any{1, 2, 3}}}})
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Apply(m)
	}
}

func BenchmarkApplyCreate(b *testing.B) {
	s, m := New(), wire.RawOf(&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: nodeName(7)}})
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Apply(m)
	}
}

// BenchmarkApplyPatch changes 1,000 points of a million.
func BenchmarkApplyPatch(b *testing.B) {
	s := applied(b, New(), wire.RawOf(cloud(make([]float32, 3_000_000)...)))
	m := wire.RawOf(patched(3_000_000, []int{300, 3000}, make([]float32, 3000)...))
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Apply(m)
	}
}

func BenchmarkClone(b *testing.B) {
	s := scene(b)
	b.ReportAllocs()
	for b.Loop() {
		s.Clone()
	}
}

// BenchmarkCloneAndMove has a clone for each step of all nodes.
func BenchmarkCloneAndMove(b *testing.B) {
	s, ms := scene(b), poses(1)
	b.ReportAllocs()
	for b.Loop() {
		s.Clone()
		for _, m := range ms {
			_ = s.Apply(m)
		}
	}
}

func BenchmarkDiffMoved(b *testing.B) {
	from := applied(b, scene(b), poses(1)...)
	to := applied(b, from.Clone(), poses(2)...)
	b.ReportAllocs()
	for b.Loop() {
		if n := len(Diff(from, to)); n != 2*nodes {
			b.Fatal(n)
		}
	}
}

// BenchmarkDiffUnrelated compares equal States that share nothing, as those of two recorded keyframes.
func BenchmarkDiffUnrelated(b *testing.B) {
	from, to := scene(b), scene(b)
	b.ReportAllocs()
	for b.Loop() {
		if n := len(Diff(from, to)); n != 0 {
			b.Fatal(n)
		}
	}
}

func BenchmarkMessages(b *testing.B) {
	s := applied(b, scene(b), poses(1)...)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for range s.Messages() {
			n++
		}
		if n != 3*nodes+50 {
			b.Fatal(n)
		}
	}
}

func BenchmarkDigest(b *testing.B) {
	s := applied(b, scene(b), poses(1)...)
	b.ReportAllocs()
	for b.Loop() {
		s.Digest()
	}
}

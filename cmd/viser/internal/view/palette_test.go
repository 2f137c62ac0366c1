package view

import (
	"math/rand/v2"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
)

// gradient is a strip of triangles whose colours run over a whole plane of the colour cube.
func gradient(n int) *ply.Model {
	m := &ply.Model{}
	for i := range n {
		for j := range n {
			at := uint32(len(m.Points))
			x, y := float32(i), float32(j)
			m.Points = append(m.Points, [3]float32{x, y, 0}, [3]float32{x + 1, y, 0}, [3]float32{x, y + 1, 0})
			c := [3]uint8{uint8(255 * i / n), uint8(255 * j / n), 60}
			m.Colors = append(m.Colors, c, c, c)
			m.Faces = append(m.Faces, [3]uint32{at, at + 1, at + 2})
		}
	}
	return m
}

// TestSplitLosesNothing finds each triangle again, in a colour near its own.
func TestSplitLosesNothing(t *testing.T) {
	m := gradient(60)
	parts := splitByColor(m)
	if len(parts) < 2 || len(parts) > paletteSize {
		t.Fatalf("%d parts", len(parts))
	}
	found := map[[3]float32]viser.RGB{} // by first corner
	for _, p := range parts {
		for _, f := range p.faces {
			found[p.points[f[0]]] = p.color
		}
		if len(p.points) > 3*len(p.faces) {
			t.Errorf("a part of %d triangles has %d points", len(p.faces), len(p.points))
		}
	}
	worst := 0
	for i, f := range m.Faces {
		c, ok := found[m.Points[f[0]]]
		if !ok {
			t.Fatalf("triangle %d is lost", i)
		}
		for k := range c {
			worst = max(worst, abs(int(c[k])-int(m.Colors[f[0]][k])))
		}
	}
	if worst > 24 {
		t.Errorf("a colour is off by %d", worst)
	}
	if m.Faces[1] != [3]uint32{3, 4, 5} {
		t.Error("the model's own faces were changed")
	}
}

func abs(n int) int { return max(n, -n) }

func TestFewColoursStayExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	want := []viser.RGB{{255, 0, 0}, {0, 255, 0}, {7, 7, 200}}
	m := &ply.Model{Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}}
	for range 500 {
		m.Faces = append(m.Faces, [3]uint32{0, 1, 2})
		m.FaceColors = append(m.FaceColors, want[r.IntN(len(want))])
	}
	parts := splitByColor(m)
	if len(parts) != len(want) {
		t.Fatalf("%d parts", len(parts))
	}
	seen := map[viser.RGB]bool{}
	for _, p := range parts {
		seen[p.color] = true
	}
	for _, c := range want {
		if !seen[c] {
			t.Errorf("%v became one of %v", c, seen)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	m := gradient(600)
	for b.Loop() {
		splitByColor(m)
	}
}

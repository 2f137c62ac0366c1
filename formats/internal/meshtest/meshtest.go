// Package meshtest has what the tests of the readers of mesh files share.
package meshtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/viser-go/viser/formats/mesh"
)

// A ReadFunc is the Read function of a package.
type ReadFunc = func(io.Reader, *mesh.Options) (*mesh.Model, error)

// Golden is what another program has found in a file.
type Golden struct {
	// Triangles are the corners of each triangle, in the order of the file, with all transforms applied.
	Triangles [][9]float64
	// Colors are those of the corners, and UVs their texture coordinates; nil if that program or the file has none.
	Colors [][9]float64
	UVs    [][6]float64
	// Unordered says that the triangles are in another order.
	Unordered bool
}

// Flatten returns the triangles of a model in the same form.
func Flatten(m *mesh.Model) (g Golden) {
	for i := range m.Parts {
		p := &m.Parts[i]
		mirrored := p.Pose.Determinant() < 0
		for _, f := range p.Faces {
			if mirrored {
				f[1], f[2] = f[2], f[1]
			}
			var corners, colors [9]float64
			var uvs [6]float64
			for k, at := range f {
				v := p.Points[at]
				where := p.Pose.Apply([3]float64{float64(v[0]), float64(v[1]), float64(v[2])})
				for axis := range where {
					corners[3*k+axis] = where[axis] + m.Origin[axis]
					if p.Colors != nil {
						colors[3*k+axis] = float64(p.Colors[at][axis])
					}
				}
				if p.UVs != nil {
					uvs[2*k], uvs[2*k+1] = float64(p.UVs[at][0]), float64(p.UVs[at][1])
				}
			}
			g.Triangles = append(g.Triangles, corners)
			g.Colors = append(g.Colors, colors)
			g.UVs = append(g.UVs, uvs)
		}
	}
	return g
}

// CompareGolden compares files with what testdata/golden.json, which testdata/make.py writes, says of them.
func CompareGolden(t *testing.T, readFile func(string, *mesh.Options) (*mesh.Model, error)) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]Golden
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no golden files")
	}
	for name, want := range all {
		m, err := readFile(filepath.Join("testdata", name), nil)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if err := m.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got := Flatten(m)
		if want.Unordered {
			got, want = sorted(got), sorted(want)
		}
		compareRows(t, name+": corners", got.Triangles, want.Triangles, 1e-5)
		if want.Colors != nil {
			compareRows(t, name+": colors", got.Colors, want.Colors, 1.01)
		}
		if want.UVs != nil {
			compareRows(t, name+": texture coordinates", got.UVs, want.UVs, 1e-5)
		}
	}
}

func compareRows[T [9]float64 | [6]float64](t *testing.T, what string, got, want []T, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		g, w := row(got[i]), row(want[i])
		for k := range g {
			if math.Abs(g[k]-w[k]) > tolerance*max(1, math.Abs(w[k])) {
				t.Errorf("%s: triangle %d is %v, want %v", what, i, got[i], want[i])
				return
			}
		}
	}
}

func row(v any) []float64 {
	switch v := v.(type) {
	case [9]float64:
		return v[:]
	case [6]float64:
		return v[:]
	}
	return nil
}

// Truncated reads a file cut at each byte. From must be the first length at which it is whole; shorter ones must end in
// an error that names the place. Bytes come one at a time, so that each border of the reader's buffer is tried.
func Truncated(t *testing.T, format string, file []byte, from int, read ReadFunc) {
	t.Helper()
	for n := range len(file) + 1 {
		m, err := read(iotest.OneByteReader(bytes.NewReader(file[:n])), nil)
		if n >= from {
			if err != nil {
				t.Fatalf("%d of %d bytes: %v", n, len(file), err)
			}
			continue
		}
		CheckError(t, format, err)
		if m != nil {
			t.Fatalf("%d of %d bytes: a model and an error", n, len(file))
		}
	}
}

// CheckError checks that an error is one line that names a place.
func CheckError(t *testing.T, format string, err error) {
	t.Helper()
	var e *mesh.Error
	if !errors.As(err, &e) || e.Format != format || e.Reason == "" {
		t.Fatalf("the error is %#v", err)
	}
	if text := err.Error(); strings.ContainsAny(text, "\n\r") || len(text) > 300 {
		t.Errorf("the error is %q", text)
	}
}

// Failing reads a file whose reader fails after each number of bytes, and checks that its error is the cause.
func Failing(t *testing.T, file []byte, read ReadFunc) {
	t.Helper()
	broken := errors.New("the disk is broken")
	for n := range len(file) {
		r := io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken))
		if _, err := read(r, nil); !errors.Is(err, broken) {
			t.Fatalf("after %d of %d bytes: %v", n, len(file), err)
		}
	}
}

// Allocated is how many bytes a function allocates.
func Allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Fuzz checks that a reader neither panics nor returns a model whose slices do not fit together, nor takes much more
// memory than the input has.
func Fuzz(t *testing.T, format string, data []byte, read ReadFunc) {
	for _, o := range []*mesh.Options{
		{MaxVertices: 1 << 16, MaxTriangles: 1 << 16, MaxParts: 1 << 10},
		{Size: int64(len(data)), Recenter: true, KeepCorners: true, MaxVertices: 1 << 16, MaxTriangles: 1 << 16, MaxParts: 1 << 10},
	} {
		m, err := read(bytes.NewReader(data), o)
		if err != nil {
			CheckError(t, format, err)
			continue
		}
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		for i := range m.Parts {
			for _, p := range m.Parts[i].Points {
				if p[0]-p[0]+p[1]-p[1]+p[2]-p[2] != 0 {
					t.Fatalf("a point is %v", p)
				}
			}
		}
		for _, s := range m.Skipped {
			if strings.ContainsAny(s, "\n\r\x1b") {
				t.Fatalf("skipped: %q", s)
			}
		}
	}
}

// sorted puts triangles and their corners into an order that does not depend on that of the file.
func sorted(g Golden) (out Golden) {
	order := make([]int, len(g.Triangles))
	turns := make([]int, len(g.Triangles))
	for i := range order {
		order[i] = i
		for turn := 1; turn < 3; turn++ {
			if less(turned(g.Triangles[i], turn), turned(g.Triangles[i], turns[i])) {
				turns[i] = turn
			}
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := turned(g.Triangles[a], turns[a]), turned(g.Triangles[b], turns[b])
		if less(x, y) {
			return -1
		}
		if less(y, x) {
			return 1
		}
		return 0
	})
	for _, i := range order {
		out.Triangles = append(out.Triangles, turned(g.Triangles[i], turns[i]))
		if g.Colors != nil {
			out.Colors = append(out.Colors, turned(g.Colors[i], turns[i]))
		}
		if g.UVs != nil {
			uv, k := g.UVs[i], 2*turns[i]
			out.UVs = append(out.UVs, [6]float64(append(append([]float64{}, uv[k:]...), uv[:k]...)))
		}
	}
	return out
}

// turned is a triangle that begins with another corner.
func turned(t [9]float64, by int) [9]float64 {
	return [9]float64(append(append([]float64{}, t[3*by:]...), t[:3*by]...))
}

// less compares with a tolerance, since programs round differently.
func less(a, b [9]float64) bool {
	for i := range a {
		if d := a[i] - b[i]; math.Abs(d) > 1e-5 {
			return d < 0
		}
	}
	return false
}

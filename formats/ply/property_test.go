package ply_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/formats/ply"
)

func triples[T any](item *rapid.Generator[T], n int) *rapid.Generator[[][3]T] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [3]T {
		return [3]T{item.Draw(t, "a"), item.Draw(t, "b"), item.Draw(t, "c")}
	}), n, n)
}

// TestRoundTrip writes any model and reads the same one back.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 2000).Draw(t, "points")
		real := rapid.Float32Range(-1e6, 1e6)
		m := &ply.Model{Points: triples(real, n).Draw(t, "coordinates")}
		if rapid.Bool().Draw(t, "with normals") && n > 0 {
			m.Normals = triples(real, n).Draw(t, "normals")
		}
		if rapid.Bool().Draw(t, "with colors") && n > 0 {
			m.Colors = triples(rapid.Uint8(), n).Draw(t, "colors")
			if rapid.Bool().Draw(t, "with alphas") {
				m.Alphas = rapid.SliceOfN(rapid.Uint8(), n, n).Draw(t, "alphas")
			}
		}
		if n > 0 && rapid.Bool().Draw(t, "with faces") {
			faces := rapid.IntRange(1, 500).Draw(t, "faces")
			m.Faces = triples(rapid.Uint32Range(0, uint32(n-1)), faces).Draw(t, "corners")
			if rapid.Bool().Draw(t, "with face colors") {
				m.FaceColors = triples(rapid.Uint8(), faces).Draw(t, "face colors")
			}
		}
		if n > 0 && rapid.Bool().Draw(t, "with edges") {
			edges := rapid.IntRange(1, 50).Draw(t, "edges")
			for range edges {
				m.Edges = append(m.Edges, [2]uint32{rapid.Uint32Range(0, uint32(n-1)).Draw(t, "from"), rapid.Uint32Range(0, uint32(n-1)).Draw(t, "to")})
			}
			if rapid.Bool().Draw(t, "with edge colors") {
				m.EdgeColors = triples(rapid.Uint8(), edges).Draw(t, "edge colors")
			}
		}
		m.Comments = rapid.SliceOfN(rapid.StringMatching(`[a-z][a-z ]{0,20}[a-z]`), 0, 3).Draw(t, "comments")

		if n > 0 && rapid.Bool().Draw(t, "with a texture") {
			m.Comments, m.Textures = append(m.Comments, "TextureFile a.png", "TextureFile b c.png"), []string{"a.png", "b c.png"}
			uv := rapid.Custom(func(t *rapid.T) [2]float32 { return [2]float32{real.Draw(t, "u"), real.Draw(t, "v")} })
			m.UVs = rapid.SliceOfN(uv, n, n).Draw(t, "UVs")
			for range m.Faces {
				m.FaceUVs = append(m.FaceUVs, [3][2]float32{uv.Draw(t, "a"), uv.Draw(t, "b"), uv.Draw(t, "c")})
				m.FaceTextures = append(m.FaceTextures, rapid.Uint32Range(0, 1).Draw(t, "texture"))
			}
		}

		var file bytes.Buffer
		if err := ply.Write(&file, m); err != nil {
			t.Fatal(err)
		}
		size := int64(file.Len())
		got, err := ply.Read(&file, &ply.Options{Size: size})
		if err != nil {
			t.Fatal(err)
		}
		if want, got := normal(m), normal(got); !reflect.DeepEqual(want, got) { // which is much faster than a difference
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

// normal makes empty slices nil, which a file does not distinguish.
func normal(m *ply.Model) *ply.Model {
	c := *m
	if len(c.Points) == 0 {
		c.Points = nil
	}
	if len(c.Comments) == 0 {
		c.Comments = nil
	}
	return &c
}

// TestOriginRoundTrip writes a recentered model, as doubles, and finds each point where it was.
func TestOriginRoundTrip(t *testing.T) {
	m := &ply.Model{Origin: [3]float64{5e6, -3e5, 12}, Points: [][3]float32{{0.125, -0.5, 1}, {1, 2, 3}, {0.25, 0, 0}}}
	var file bytes.Buffer
	if err := ply.Write(&file, m); err != nil {
		t.Fatal(err)
	}
	got, err := ply.Read(&file, &ply.Options{Recenter: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range m.Points {
		for axis := range p {
			was := m.Origin[axis] + float64(p[axis])
			is := got.Origin[axis] + float64(got.Points[i][axis])
			if was != is {
				t.Errorf("point %d axis %d: %v became %v", i, axis, was, is)
			}
		}
	}
}

// TestPolygonsKeepTheirArea cuts star-shaped polygons, most of them concave, in any plane, and compares the
// area; each triangle must lie the same way round as the polygon.
func TestPolygonsKeepTheirArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 60).Draw(t, "corners")
		axis := rapid.IntRange(0, 2).Draw(t, "axis")
		backwards := rapid.Bool().Draw(t, "backwards")
		radius := rapid.SliceOfN(rapid.Float64Range(0.2, 10), n, n).Draw(t, "radius")
		points := make([][3]float32, n)
		for i, r := range radius {
			angle := 2 * math.Pi * float64(i) / float64(n)
			p := &points[i]
			p[(axis+1)%3], p[(axis+2)%3] = float32(r*math.Cos(angle)), float32(r*math.Sin(angle))
			p[axis] = 3
		}
		if backwards {
			slices.Reverse(points)
		}
		loop := make([]uint32, n)
		for i := range loop {
			loop[i] = uint32(i)
		}
		m, err := ply.Read(polygonFile(points, loop), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Faces) != n-2 {
			t.Fatalf("%d triangles out of %d corners", len(m.Faces), n)
		}
		want := shadow(points, loop, axis)
		sum := 0.0
		for _, f := range m.Faces {
			a := shadow(points, f[:], axis)
			if a*want < -1e-3 {
				t.Errorf("triangle %v is turned round: %v, the polygon has %v", f, a, want)
			}
			sum += a
		}
		if math.Abs(sum-want) > 1e-3*math.Abs(want) {
			t.Errorf("the triangles have %v, the polygon has %v", sum, want)
		}
	})
}

// shadow is twice the signed area along an axis.
func shadow(points [][3]float32, loop []uint32, axis int) (area float64) {
	u, v := (axis+1)%3, (axis+2)%3
	for i, a := range loop {
		p, q := points[a], points[loop[(i+1)%len(loop)]]
		area += float64(p[u])*float64(q[v]) - float64(p[v])*float64(q[u])
	}
	return area
}

// TestInvalidPolygons cuts what has no right answer: it must end, with n-2 triangles.
func TestInvalidPolygons(t *testing.T) {
	cases := map[string][][3]float32{
		"a star that crosses itself": {{0, 3, 0}, {2, -3, 0}, {-3, 1, 0}, {3, 1, 0}, {-2, -3, 0}},
		"a bow tie":                  {{0, 0, 0}, {1, 1, 0}, {1, 0, 0}, {0, 1, 0}},
		"one place":                  {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}},
		"a line":                     {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}},
		"there and back":             {{0, 0, 0}, {4, 0, 0}, {4, 4, 0}, {4, 0, 0}, {2, 0, 0}, {1, -1, 0}},
		"huge":                       {{-3e38, -3e38, 0}, {3e38, -3e38, 0}, {3e38, 3e38, 0}, {-3e38, 3e38, 0}},
	}
	for name, points := range cases {
		loop := make([]uint32, len(points))
		for i := range loop {
			loop[i] = uint32(i)
		}
		m, err := ply.Read(polygonFile(points, loop), nil)
		if err != nil || len(m.Faces) != len(points)-2 {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

// TestHostilePolygonEnds cuts a comb of 40,000 teeth on which each search for an ear is long: the budget
// ends it.
func TestHostilePolygonEnds(t *testing.T) {
	const n = 80_000
	r := rand.New(rand.NewPCG(1, 2))
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{r.Float32(), r.Float32(), 0}
	}
	loop := make([]uint32, n)
	for i := range loop {
		loop[i] = uint32(i)
	}
	m, err := ply.Read(polygonFile(points, loop), nil)
	if err != nil || len(m.Faces) != n-2 {
		t.Errorf("%v", err)
	}
}

// FuzzRead holds what Model promises for any bytes, and that writing it loses nothing.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob("testdata/*.ply")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, false)
	}
	f.Add([]byte(square), true)
	for _, text := range dialects() {
		f.Add([]byte(text), true)
	}
	f.Add([]byte(pointsHeader("binary_big_endian", 1, "element tristrips 1\nproperty list char double vertex_indices\n")), true)
	f.Fuzz(func(t *testing.T, raw []byte, sized bool) {
		o := &ply.Options{MaxVertices: 1 << 16, MaxTriangles: 1 << 16, Recenter: sized, SelectColumns: func(_ int, fields []string) []string { return fields }}
		if sized {
			o.Size = int64(len(raw))
		}
		m, err := ply.Read(bytes.NewReader(raw), o)
		if err != nil {
			if m != nil {
				t.Fatal("a model and an error")
			}
			return
		}
		promise(t, m)
		var file bytes.Buffer
		if err := ply.Write(&file, m); err != nil {
			t.Fatal(err)
		}
		if _, err := ply.Read(&file, nil); err != nil {
			t.Fatal("what was written cannot be read:", err)
		}
	})
}

// promise checks the documented properties of Model.
func promise(t *testing.T, m *ply.Model) {
	n := len(m.Points)
	for name, c := range map[string]struct{ got, want int }{
		"normals": {len(m.Normals), n}, "colors": {len(m.Colors), n}, "alphas": {len(m.Alphas), n}, "UVs": {len(m.UVs), n},
		"face colors": {len(m.FaceColors), len(m.Faces)}, "face UVs": {len(m.FaceUVs), len(m.Faces)},
		"face textures": {len(m.FaceTextures), len(m.Faces)}, "edge colors": {len(m.EdgeColors), len(m.Edges)},
	} {
		if c.got != 0 && c.got != c.want {
			t.Fatalf("%d %s, want none or %d", c.got, name, c.want)
		}
	}
	for _, c := range m.Columns {
		if c != nil && len(c) != n {
			t.Fatalf("a column of %d numbers for %d points", len(c), n)
		}
	}
	for _, e := range m.Edges {
		if int(max(e[0], e[1])) >= n {
			t.Fatalf("edge %v of %d points", e, n)
		}
	}
	for _, p := range m.Points {
		for _, v := range p {
			if v64 := float64(v); math.IsNaN(v64) || math.IsInf(v64, 0) {
				t.Fatalf("point %v", p)
			}
		}
	}
	for _, f := range m.Faces {
		if int(max(f[0], f[1], f[2])) >= n {
			t.Fatalf("face %v of %d points", f, n)
		}
	}
}

package stl_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/internal/meshtest"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/stl"
)

func Example() {
	text := `solid corner
facet normal 0 0 1
outer loop
vertex 0 0 0
vertex 1 0 0
vertex 0 1 0
endloop
endfacet
endsolid corner`
	model, err := stl.Read(strings.NewReader(text), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, solid := range model.Parts {
		fmt.Println(solid.Name, len(solid.Points), "points,", len(solid.Faces), "triangles")
	}
	// Output: corner 3 points, 1 triangles
}

func TestGolden(t *testing.T) { meshtest.CompareGolden(t, stl.ReadFile) }

// binaryFile is a file of rows of 12 numbers and an attribute.
func binaryFile(header string, claimed uint32, attribute func(i int) uint16, triangles ...[9]float32) []byte {
	b := append([]byte(header), make([]byte, 80-len(header))...)
	b = binary.LittleEndian.AppendUint32(b, claimed)
	for i, t := range triangles {
		b = append(b, make([]byte, 12)...)
		for _, v := range t {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		var a uint16
		if attribute != nil {
			a = attribute(i)
		}
		b = binary.LittleEndian.AppendUint16(b, a)
	}
	return b
}

var (
	first  = [9]float32{0, 0, 0, 1, 0, 0, 0, 1, 0}
	second = [9]float32{1, 0, 0, 1, 1, 0, 0, 1, float32(math.Copysign(0, -1))}
)

func read(t *testing.T, file []byte, o *stl.Options) *mesh.Model {
	t.Helper()
	m, err := stl.Read(bytes.NewReader(file), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEqualPointsAreMerged(t *testing.T) {
	file := binaryFile("", 2, nil, first, second)
	p := read(t, file, nil).Parts[0]
	if len(p.Points) != 4 || !slices.Equal(p.Faces, [][3]uint32{{0, 1, 2}, {1, 3, 2}}) {
		t.Errorf("%v %v", p.Points, p.Faces)
	}
	p = read(t, file, &stl.Options{KeepCorners: true, Size: int64(len(file))}).Parts[0]
	if len(p.Points) != 6 || !slices.Equal(p.Faces, [][3]uint32{{0, 1, 2}, {3, 4, 5}}) {
		t.Errorf("%v %v", p.Points, p.Faces)
	}
}

func TestManyPointsAreMerged(t *testing.T) {
	const n = 100
	corner := func(x, y int) [3]float32 { return [3]float32{float32(x) * 0.1, float32(y) * 0.1, float32(x*y) * 0.01} }
	var triangles [][9]float32
	for x := range n {
		for y := range n {
			a, b, c := corner(x, y), corner(x+1, y), corner(x, y+1)
			triangles = append(triangles, [9]float32{a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]})
		}
	}
	p := read(t, binaryFile("", n*n, nil, triangles...), nil).Parts[0]
	if want := (n+1)*(n+1) - 1; len(p.Points) != want || len(p.Faces) != n*n {
		t.Fatalf("%d points, want %d; %d faces", len(p.Points), want, len(p.Faces))
	}
	for i, f := range p.Faces {
		for k, at := range f {
			if v := triangles[i]; p.Points[at] != [3]float32(v[3*k:3*k+3]) {
				t.Fatalf("triangle %d, corner %d is %v, want %v", i, k, p.Points[at], v)
			}
		}
	}
}

func TestTheFirstColorComesLate(t *testing.T) {
	file := binaryFile("", 2, func(i int) uint16 { return uint16(i) * (1<<15 | 31<<10) }, first, second)
	p := read(t, file, nil).Parts[0]
	if len(p.Points) != 6 || p.Colors[0] != [3]uint8{128, 128, 128} || p.Colors[3] != [3]uint8{255, 0, 0} {
		t.Errorf("%v %v", p.Points, p.Colors)
	}
}

func TestTheColorOfASolid(t *testing.T) {
	m := read(t, binaryFile("COLOR=\xff\x00\x33\x80,MATERIAL=", 1, func(int) uint16 { return 1 << 15 }, first), nil)
	if m.Parts[0].Colors != nil || m.Parts[0].Material != 0 || m.Materials[0].Color != [4]float32{1, 0, 0.2, 128. / 255} {
		t.Errorf("%+v", m.Materials)
	}
}

// TestColorOfTheHeader: where all triangles have zeros in place of a color, they have that of the header, as in files of
// robots; and a space after it is no opacity.
func TestColorOfTheHeader(t *testing.T) {
	none := func(int) uint16 { return 0 }
	m := read(t, binaryFile("COLOR=\x7f\x00\xff MATERIAL=", 2, none, first, second), nil)
	if m.Parts[0].Colors != nil || m.Materials[0].Color != [4]float32{127. / 255, 0, 1, 1} {
		t.Errorf("%v, %v", m.Parts[0].Colors, m.Materials)
	}
	m = read(t, binaryFile("COLOR=\x7f\x00\xff MATERIAL=", 2, func(i int) uint16 { return uint16(i) }, first, second), nil)
	if colors := m.Parts[0].Colors; len(colors) == 0 || colors[0] != [3]uint8{} {
		t.Errorf("a triangle of a color of its own does not keep black for the others: %v", colors)
	}
}

func TestFilesThatAreCutOff(t *testing.T) {
	for _, name := range []string{"viscam.stl", "binary.stl"} {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		meshtest.Truncated(t, "stl", file, len(file), stl.Read)
		meshtest.Failing(t, file[:min(len(file), 700)], stl.Read)
	}
	text := []byte(textOf("one") + textOf("two"))
	meshtest.Failing(t, text, stl.Read)
	one := textOf("one")
	meshtest.Truncated(t, "stl", []byte(one), strings.Index(one, "endsolid")+len("endsolid"), stl.Read)
	meshtest.Truncated(t, "stl", []byte(one+"solid two\nendsolid"), 0, func(r io.Reader, o *stl.Options) (*mesh.Model, error) {
		if _, err := stl.Read(r, o); err != nil {
			meshtest.CheckError(t, "stl", err)
		}
		return nil, nil
	})
}

// textOf is a solid of one triangle.
func textOf(name string) string {
	return "solid " + name + "\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1e0 0\nendloop\nendfacet\nendsolid " + name + "\n"
}

func TestTexts(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		names []string
	}{
		"two solids":        {textOf("a b") + textOf("c"), []string{"a b", "c"}},
		"capitals":          {strings.ToUpper(textOf("x")), []string{"X"}},
		"CR LF":             {strings.ReplaceAll(textOf("x"), "\n", "\r\n"), []string{"x"}},
		"CR":                {strings.ReplaceAll(textOf("x"), "\n", "\r"), []string{"x"}},
		"a byte order mark": {"\xef\xbb\xbf" + textOf("x"), []string{"x"}},
		"indented":          {strings.ReplaceAll(textOf("x"), "\n", "\n\t  "), []string{"x"}},
		"no name":           {textOf(""), []string{""}},
		"Latin-1":           {textOf("gr\xfcn"), []string{"grn"}},
		"no normal":         {strings.Replace(textOf("x"), " normal 0 0 1", "", 1), []string{"x"}},
		"a normal of NaN":   {strings.Replace(textOf("x"), " 0 0 1", " nan -nan(ind) 1", 1), []string{"x"}},
		"in few lines":      {strings.ReplaceAll(textOf("x"), "\nv", " v"), []string{"x"}},
		"no first line":     {strings.TrimPrefix(textOf("x"), "solid x\n"), []string{""}},
		"an empty solid":    {"solid nothing\nendsolid nothing\n", nil},
	} {
		m, err := stl.Read(strings.NewReader(c.text), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var names []string
		for _, p := range m.Parts {
			names = append(names, p.Name)
			if len(p.Points) != 3 || p.Points[2] != [3]float32{0, 1, 0} {
				t.Errorf("%s: %v", name, p.Points)
			}
		}
		if !slices.Equal(names, c.names) {
			t.Errorf("%s: %q", name, names)
		}
	}
}

func TestBadFiles(t *testing.T) {
	two := binaryFile("", 2, nil, first, second)
	for name, c := range map[string]struct {
		file string
		o    stl.Options
		want string
	}{
		"nothing":              {"", stl.Options{}, "stl: header, byte 0: the file is empty"},
		"a picture":            {"\x89PNG\r\n\x1a\n" + strings.Repeat("\x01", 200), stl.Options{Size: 208}, "a PNG picture"},
		"a short text":         {"hello", stl.Options{}, "it looks like text"},
		"a number too high":    {string(binaryFile("", 1<<20, nil, first)), stl.Options{}, "triangle 2 of 1048576, byte 134: the file ends early"},
		"and the size known":   {string(binaryFile("", 1<<20, nil, first)), stl.Options{Size: 134}, "1048576 triangles need 52428884 bytes, but the file has 134"},
		"the largest number":   {string(binaryFile("", math.MaxUint32, nil, first)), stl.Options{}, "the file has 4294967295 triangles; the limit is 134217728"},
		"too many triangles":   {string(two), stl.Options{MaxTriangles: 1}, "the limit is 1"},
		"too many points":      {string(two), stl.Options{MaxVertices: 3}, "more than 3 points"},
		"too many in text":     {textOf("a") + textOf("b"), stl.Options{MaxTriangles: 1}, "line 17: the file has more than 1 triangles"},
		"too many text points": {textOf("a"), stl.Options{MaxVertices: 2}, "more than 2 points"},
		"too many solids":      {textOf("a") + textOf("b"), stl.Options{MaxParts: 1}, "line 18: the file has more than 1 solids"},
		"no number":            {strings.Replace(textOf("a"), "1e0", "1e0x", 1), stl.Options{}, `line 6: "1e0x" is not a number`},
		"four corners":         {strings.Replace(textOf("a"), "endloop", "vertex 1 1 1\nendloop", 1), stl.Options{}, "line 7: a facet has more than three corners"},
		"two corners":          {strings.Replace(textOf("a"), "vertex 1 0 0\n", "", 1), stl.Options{}, `line 6: "endloop"; expected "vertex"`},
		"a word":               {strings.Replace(textOf("a"), "endfacet", "facet", 1), stl.Options{}, `expected "endfacet"`},
		"text behind":          {textOf("a") + "hello", stl.Options{}, `line 10: "hello"; expected "solid" or the end of the file`},
	} {
		_, err := stl.Read(strings.NewReader(c.file), &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
			continue
		}
		meshtest.CheckError(t, "stl", err)
	}
}

func TestTrianglesThatAreNotFinite(t *testing.T) {
	nan := first
	nan[4] = float32(math.NaN())
	m := read(t, append(binaryFile("", 2, nil, nan, first), 1, 2, 3), nil)
	if m.DroppedFaces != 1 || len(m.Parts[0].Points) != 3 || !slices.Equal(m.Skipped, []string{"3 bytes behind the last triangle"}) {
		t.Errorf("%+v", m)
	}
	m = read(t, []byte(strings.Replace(textOf("x"), "1e0", "1e39", 1)), nil)
	if m.DroppedFaces != 1 || len(m.Parts) != 0 {
		t.Errorf("%+v", m)
	}
	if m = read(t, binaryFile("", 0, nil), nil); len(m.Parts) != 0 {
		t.Errorf("%+v", m)
	}
}

func TestTextsFarAwayKeepTheirMillimeters(t *testing.T) {
	text := strings.NewReplacer("vertex 0", "vertex 4000000.0", "vertex 1", "vertex 4000000.001").Replace(textOf("x"))
	m := read(t, []byte(text), &stl.Options{Recenter: true})
	if m.Origin != [3]float64{4e6, 0, 0} || math.Abs(float64(m.Parts[0].Points[1][0])-0.001) > 1e-9 {
		t.Errorf("%v %v", m.Origin, m.Parts[0].Points)
	}
}

// TestMemoryGrowsWithTheBytes: a header of 134 million triangles takes no more than the reader's buffers.
func TestMemoryGrowsWithTheBytes(t *testing.T) {
	file := binaryFile("", 1<<27, nil, first)
	got := meshtest.Allocated(func() {
		if _, err := stl.Read(bytes.NewReader(file), nil); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%v", err)
		}
	})
	if got > 1<<20 {
		t.Errorf("%d bytes", got)
	}
}

func TestWriteAndRead(t *testing.T) {
	m := read(t, binaryFile("", 2, func(i int) uint16 { return 1<<15 | uint16(i)*31 }, first, second), nil)
	m.Origin = [3]float64{10, 0, 0}
	m.Parts[0].Pose = mesh.Pose{0: 1, 5: 1, 10: -1, 15: 1, 11: 4}
	var b bytes.Buffer
	if err := stl.Write(&b, m); err != nil {
		t.Fatal(err)
	}
	again := read(t, b.Bytes(), &stl.Options{Size: int64(b.Len())})
	if got, want := meshtest.Flatten(again), meshtest.Flatten(m); !slices.Equal(got.Triangles, want.Triangles) || !slices.Equal(got.Colors, want.Colors) {
		t.Errorf("%v, want %v", got, want)
	}
	if normal := math.Float32frombits(binary.LittleEndian.Uint32(b.Bytes()[84+8:])); normal != -1 {
		t.Errorf("the normal's z is %v", normal)
	}
	m.Parts[0].Faces[0][0] = 99
	if err := stl.Write(&b, m); err == nil || !strings.Contains(err.Error(), "face [99 1 2] names a point that is not there") {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(textOf("a")))
	f.Add(binaryFile("COLOR=abcd", 2, func(i int) uint16 { return uint16(i) << 15 }, first, second))
	f.Add(binaryFile("solid", 9, nil, first))
	f.Fuzz(func(t *testing.T, data []byte) { meshtest.Fuzz(t, "stl", data, stl.Read) })
}

// BenchmarkRead counts the bytes of the file: a sphere as a CAD program writes it, in 500,000 triangles.
func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	if err := stl.Write(&file, sphere(500)); err != nil {
		b.Fatal(err)
	}
	for name, o := range map[string]stl.Options{"merged": {}, "corners": {KeepCorners: true}} {
		b.Run(name, func(b *testing.B) { benchmarkRead(b, file.Bytes(), o) })
	}
	var text strings.Builder
	m := sphere(100)
	text.WriteString("solid x\n")
	for _, f := range m.Parts[0].Faces {
		text.WriteString("facet normal 0 0 0\nouter loop\n")
		for _, i := range f {
			p := m.Parts[0].Points[i]
			fmt.Fprintf(&text, "vertex %.6e %.6e %.6e\n", p[0], p[1], p[2])
		}
		text.WriteString("endloop\nendfacet\n")
	}
	text.WriteString("endsolid x\n")
	b.Run("text", func(b *testing.B) { benchmarkRead(b, []byte(text.String()), stl.Options{}) })
}

func benchmarkRead(b *testing.B, file []byte, o stl.Options) {
	o.Size = int64(len(file))
	b.SetBytes(o.Size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := stl.Read(bytes.NewReader(file), &o); err != nil {
			b.Fatal(err)
		}
	}
}

func sphere(n int) *mesh.Model {
	p := mesh.Part{Material: -1}
	for i := range n + 1 {
		for k := range n {
			sin, cos := math.Sincos(math.Pi * float64(i) / float64(n))
			s, c := math.Sincos(2 * math.Pi * float64(k) / float64(n))
			p.Points = append(p.Points, [3]float32{float32(sin * c), float32(sin * s), float32(cos)})
		}
	}
	for i := range n {
		for k := range n {
			a, b := uint32(i*n+k), uint32(i*n+(k+1)%n)
			p.Faces = append(p.Faces, [3]uint32{a, a + uint32(n), b}, [3]uint32{b, a + uint32(n), b + uint32(n)})
		}
	}
	return &mesh.Model{Parts: []mesh.Part{p}}
}

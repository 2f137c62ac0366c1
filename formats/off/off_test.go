package off_test

import (
	"bytes"
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
	"github.com/viser-go/viser/formats/off"
)

func Example() {
	model, err := off.Read(strings.NewReader("OFF 4 1 0\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n4 0 1 2 3\n"), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	points, faces, _ := model.Counts()
	fmt.Println(points, "points,", faces, "triangles")
	// Output: 4 points, 2 triangles
}

func TestGolden(t *testing.T) { meshtest.CompareGolden(t, off.ReadFile) }

func read(t *testing.T, text string) *mesh.Model {
	t.Helper()
	m, err := off.Read(strings.NewReader(text), &off.Options{Size: int64(len(text))})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if err := m.Check(); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return m
}

func TestDialects(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		points int
		colors [][3]uint8
		alphas []uint8
	}{
		"colors":             {"COFF\n3 1 0\n0 0 0 255 0 51 255\n1 0 0 0 0 0 255\n0 1 0 0 255 0 255\n3 0 1 2\n", 3, [][3]uint8{{255, 0, 51}, {0, 0, 0}, {0, 255, 0}}, nil},
		"without an opacity": {"COFF\n3 1 0\n0 0 0 1 0 0.2\n1 0 0 0 0 0\n0 1 0 0 1 0\n3 0 1 2\n", 3, [][3]uint8{{255, 0, 51}, {0, 0, 0}, {0, 255, 0}}, nil},
		"clear":              {"COFF\n1 0 0\n0 0 0 1 0 0 0.2\n", 1, [][3]uint8{{255, 0, 0}}, []uint8{51}},
		"not announced":      {"OFF\n1 0 0\n0 0 0 255 0 0\n", 1, [][3]uint8{{255, 0, 0}}, nil},
		"everything":         {"STCNOFF\n1 0 0\n0 0 0  0 0 1  255 0 0 255  0.5 1\n", 1, [][3]uint8{{255, 0, 0}}, nil},
		"faces with colors": {
			"OFF 4 3 0 0 0 0 1 0 0 1 1 0 0 1 0\n3 0 1 2 255 0 0\n3 0 2 3 0 0 255 # blue\n3 0 2 3\n", 9,
			[][3]uint8{{255, 0, 0}, {255, 0, 0}, {255, 0, 0}, {0, 0, 255}, {0, 0, 255}, {0, 0, 255}, {128, 128, 128}, {128, 128, 128}, {128, 128, 128}}, nil,
		},
		"faces over vertices": {
			"COFF\n3 2 0\n0 0 0 1 1 1\n1 0 0 1 1 1\n0 1 0 1 1 1\n3 0 1 2\n3 0 1 2 0.5 0.5 0.5 1\n", 6,
			[][3]uint8{{255, 255, 255}, {255, 255, 255}, {255, 255, 255}, {128, 128, 128}, {128, 128, 128}, {128, 128, 128}}, nil,
		},
		"a number of a color map": {"OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2 7\n", 3, nil, nil},
		"no keyword":              {"3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n", 3, nil, nil},
		"no edges":                {"OFF\n3 1\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n", 3, nil, nil},
	} {
		m := read(t, c.text)
		p := m.Parts[0]
		if len(p.Points) != c.points || !slices.Equal(p.Colors, c.colors) || !slices.Equal(p.Alphas, c.alphas) {
			t.Errorf("%s: %d points, %v %v", name, len(p.Points), p.Colors, p.Alphas)
		}
		if name == "everything" && (p.Normals[0] != [3]float32{0, 0, 1} || p.UVs[0] != [2]float32{0.5, 1}) {
			t.Errorf("%s: %v %v", name, p.Normals, p.UVs)
		}
	}
}

func TestLinesAndConcaveFaces(t *testing.T) {
	m := read(t, "OFF\n6 4 0\n0 0 0\n4 0 0\n4 4 0\n2 1 0\n0 4 0\nnan 0 0\n5 0 1 2 3 4\n2 0 1\n1 0\n3 0 1 5\n")
	p := m.Parts[0]
	if len(p.Faces) != 3 || !slices.Equal(p.Lines, [][2]uint32{{0, 1}}) || m.DroppedFaces != 2 || m.DroppedPoints != 1 {
		t.Errorf("%+v", m)
	}
}

func TestBadFiles(t *testing.T) {
	const triangle = "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n"
	for name, c := range map[string]struct {
		text string
		o    off.Options
		want string
	}{
		"nothing":          {"", off.Options{}, "off: header, line 1: the file is empty"},
		"white space":      {" \n\n", off.Options{}, "this is no OFF file"},
		"a text":           {"hello", off.Options{}, `this is no OFF file: it does not begin with "OFF"`},
		"another mesh":     {"solid x\nfacet", off.Options{}, "it looks like an STL mesh in text"},
		"binary":           {"OFF BINARY\n\x00\x00", off.Options{}, "line 1: this is a binary OFF file; only those in text can be read"},
		"four dimensions":  {"4OFF\n1 0 0\n1 2 3 4", off.Options{}, "another dimension"},
		"n dimensions":     {"nOFF\n5\n1 0 0\n", off.Options{}, "another dimension"},
		"no space":         {"OFF8 6 0\n", off.Options{}, `"OFF8": a space is missing`},
		"a count":          {"OFF\n-1 0 0\n", off.Options{}, "line 2: the file has -1 vertices; the limit is 134217728"},
		"a huge count":     {"OFF\n99999999999 0 0\n", off.Options{}, "the file has 99999999999 vertices"},
		"a count, sized":   {"OFF\n1000000 0 0\n", off.Options{Size: 16}, "1000000 vertices don't fit in a file of 16 bytes"},
		"a count of faces": {"OFF\n1 2 0\n", off.Options{MaxTriangles: 1}, "the file has 2 faces; the limit is 1"},
		"a coordinate":     {strings.Replace(triangle, "1 0 0", "1 x 0", 1), off.Options{}, `vertex 2 of 3, line 4: "x" is not a number`},
		"a corner":         {strings.Replace(triangle, "3 0 1 2", "3 0 1 3", 1), off.Options{}, "face 1 of 1, line 6: a corner is vertex 3; there are 3"},
		"a corner below 0": {strings.Replace(triangle, "3 0 1 2", "3 0 1 -1", 1), off.Options{}, "a corner is vertex -1"},
		"a face of many":   {strings.Replace(triangle, "3 0 1 2", "999999999 0 1 2", 1), off.Options{}, "more than 134217728 triangles"},
		"a face of -1":     {strings.Replace(triangle, "3 0 1 2", "-1 0 1 2", 1), off.Options{}, "a face of -1 corners"},
		"a face too long":  {strings.Replace(triangle, "3 0 1 2", "99999 0 1 2", 1), off.Options{}, "the file ends early"},
		"a color":          {strings.Replace(triangle, "3 0 1 2", "3 0 1 2 red", 1), off.Options{}, `the color of a face has "red"`},
		"too many faces":   {"OFF\n4 1 0\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n4 0 1 2 3\n", off.Options{MaxTriangles: 1}, "more than 1 triangles"},
		"a fraction":       {strings.Replace(triangle, "3 0 1 2", "3 0 1.5 2", 1), off.Options{}, `"1.5" is not a whole number`},
	} {
		_, err := off.Read(strings.NewReader(c.text), &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
			continue
		}
		meshtest.CheckError(t, "off", err)
	}
}

func TestFilesThatAreCutOff(t *testing.T) {
	file, err := os.ReadFile("testdata/house.off")
	if err != nil {
		t.Fatal(err)
	}
	file = bytes.TrimSpace(file)
	meshtest.Truncated(t, "off", file, len(file), off.Read)
	meshtest.Failing(t, file, off.Read)
}

// TestMemoryGrowsWithTheBytes: a header of 134 million vertices takes no more than the reader's buffers.
func TestMemoryGrowsWithTheBytes(t *testing.T) {
	got := meshtest.Allocated(func() {
		if _, err := off.Read(strings.NewReader("OFF\n134217728 134217728 0\n0 0 0\n"), nil); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%v", err)
		}
	})
	if got > 1<<20 {
		t.Errorf("%d bytes", got)
	}
}

func TestFarAway(t *testing.T) {
	m, err := off.Read(strings.NewReader("OFF\n2 0 0\n4000000 0 0\n4000000.001 0 0\n"), &off.Options{Recenter: true})
	if err != nil || m.Origin != [3]float64{4e6, 0, 0} || math.Abs(float64(m.Parts[0].Points[1][0])-0.001) > 1e-9 {
		t.Errorf("%v %+v", err, m)
	}
}

func TestWriteAndRead(t *testing.T) {
	m := read(t, "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0.1\n3 0 1 2\n")
	m.Origin = [3]float64{4e6, 0, 0.1}
	m.Parts[0].Pose = mesh.Pose{0: 1, 5: -1, 10: 1, 15: 1}
	m.Parts = append(m.Parts, mesh.Part{
		Points: [][3]float32{{1, 2, 3}, {4, 5, 6}}, Lines: [][2]uint32{{1, 0}}, Material: -1,
		Colors: [][3]uint8{{1, 2, 3}, {4, 5, 6}}, Alphas: []uint8{255, 9},
	})
	var b bytes.Buffer
	if err := off.Write(&b, m); err != nil {
		t.Fatal(err)
	}
	again := read(t, b.String())
	p := again.Parts[0]
	if !slices.Equal(p.Lines, [][2]uint32{{4, 3}}) || p.Colors[4] != [3]uint8{4, 5, 6} || p.Alphas[4] != 9 || p.Colors[0] != [3]uint8{255, 255, 255} {
		t.Errorf("%+v", p)
	}
	got, want := meshtest.Flatten(again), meshtest.Flatten(m)
	for k, v := range want.Triangles[0] {
		if math.Abs(got.Triangles[0][k]-v) > 0.5 { // it is read without Recenter
			t.Errorf("%v, want %v", got.Triangles, want.Triangles)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("OFF\n4 1 0\n0 0 0\n1 0 0\n1 1 0\n0 1 0\n4 0 1 2 3 1 0 0\n"))
	f.Add([]byte("STCNOFF\n1 0 0\n0 0 0  0 0 1  255 0 0 255  0.5 1\n"))
	f.Add([]byte("3 1 0\n0 0 0 1 0 0 0 1 0\n2 0 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) { meshtest.Fuzz(t, "off", data, off.Read) })
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	const n = 20_000
	fmt.Fprintf(&text, "OFF\n%d %d 0\n", n, 2*n)
	for i := range n {
		fmt.Fprintf(&text, "%.6f %.6f %.6f\n", float64(i)/7, float64(i%100)/3, math.Sin(float64(i)))
	}
	for i := range 2 * n {
		fmt.Fprintf(&text, "3 %d %d %d\n", i/2, (i+7)/2%n, (i+30)/4)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := off.Read(strings.NewReader(text.String()), nil); err != nil {
			b.Fatal(err)
		}
	}
}

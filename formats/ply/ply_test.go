package ply_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/formats/ply"
)

// read is a whole file from a string.
func read(text string, opts *ply.Options) (*ply.Model, error) {
	return ply.Read(strings.NewReader(text), opts)
}

func mustRead(t *testing.T, text string, opts *ply.Options) *ply.Model {
	t.Helper()
	m, err := read(text, opts)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestGolden reads files that trimesh and numpy wrote, and compares with what those programs read.
func TestGolden(t *testing.T) {
	raw, err := os.ReadFile("testdata/expect.json")
	if err != nil {
		t.Fatal(err)
	}
	var expect map[string]struct {
		Points, Normals [][3]float32
		Faces           [][3]uint32
		Colors          [][3]int // not uint8, which encoding/json encodes as base64 text
	}
	if err := json.Unmarshal(raw, &expect); err != nil {
		t.Fatal(err)
	}
	if len(expect) != 4 {
		t.Fatalf("expect.json has %d files", len(expect))
	}
	for name, want := range expect {
		t.Run(name, func(t *testing.T) {
			m, err := ply.ReadFile(filepath.Join("testdata", name), nil)
			if err != nil {
				t.Fatal(err)
			}
			var colors [][3]int
			for _, c := range m.Colors {
				colors = append(colors, [3]int{int(c[0]), int(c[1]), int(c[2])})
			}
			if diff := cmp.Diff(want.Colors, colors); diff != "" {
				t.Error("colors:", diff)
			}
			if diff := cmp.Diff(want.Faces, m.Faces); diff != "" {
				t.Error("faces:", diff)
			}
			near := cmp.Comparer(func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-6 })
			if diff := cmp.Diff(want.Points, m.Points, near); diff != "" {
				t.Error("points:", diff)
			}
			if diff := cmp.Diff(want.Normals, m.Normals, near); want.Normals != nil && diff != "" {
				t.Error("normals:", diff)
			}
		})
	}
}

func TestBunny(t *testing.T) {
	m, err := ply.ReadFile("../../examples/bunny/bunny.ply", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Points) != 1839 || len(m.Faces) != 3674 {
		t.Errorf("%d points and %d faces", len(m.Points), len(m.Faces))
	}
}

const square = `ply
format ascii 1.0
comment a square
element vertex 4
property float x
property float y
property float z
element face 1
property list uchar int vertex_indices
end_header
0 0 0
1 0 0
1 1 0
0 1 0
4 0 1 2 3
`

var squareModel = &ply.Model{
	Points:   [][3]float32{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}},
	Faces:    [][3]uint32{{0, 1, 2}, {0, 2, 3}},
	Comments: []string{"a square"},
}

// TestText reads one square written in many ways.
func TestText(t *testing.T) {
	cases := map[string]string{
		"as usual":           square,
		"a byte order mark":  "\ufeff" + square,
		"capitals":           strings.NewReplacer("element vertex", "element Vertex", "float x", "float X", "element face", "element FACE", "vertex_indices", "Vertex_Indices").Replace(square),
		"CR LF":              strings.ReplaceAll(square, "\n", "\r\n"),
		"CR":                 strings.ReplaceAll(square, "\n", "\r"),
		"no last line end":   strings.TrimSuffix(square, "\n"),
		"tabs":               strings.ReplaceAll(square, " ", "\t"),
		"blanks at the ends": strings.ReplaceAll(square, "\n", "  \n"),
		"trailing data":      square + "1 2 3 more",
		"one line":           strings.Replace(square, "0 0 0\n1 0 0\n1 1 0\n0 1 0\n4", "0 0 0 1 0 0 1 1 0 0 1 0 4", 1),
		"widths in names": strings.NewReplacer("float", "float32", "uchar int", "uint8 int32").
			Replace(square),
		"doubles":      strings.ReplaceAll(square, "property float", "property double"),
		"signed bytes": strings.ReplaceAll(square, "property float", "property char"),
		"exponents":    strings.Replace(square, "1 0 0\n", "1e0 0.000 -0.0e-3\n", 1),
		"vertex_index": strings.ReplaceAll(square, "vertex_indices", "vertex_index"),
		"unknown properties": strings.NewReplacer(
			"property float x", "property list uchar float weights\nproperty float x\nproperty int label",
			"\n0 0 0", "\n2 8.5 9.5 0 7 0 0", "\n1 0 0", "\n0 1 7 0 0", "\n1 1 0", "\n1 3 1 7 1 0", "\n0 1 0\n", "\n0 0 7 1 0\n",
		).Replace(square),
		"unknown elements": strings.NewReplacer(
			"element vertex", "element empty 1000000000000000000\nelement camera 2\nproperty list char int ids\nproperty float f\nelement vertex",
			"end_header\n", "end_header\n3 1 2 3 0.5\n0 nan\n").Replace(square),
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, text, nil)
			want := *squareModel
			want.Fields, want.Skipped = unread[name].fields, unread[name].skipped
			if diff := cmp.Diff(&want, m, cmp.Comparer(func(a, b float32) bool { return a == b })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// unread is what of the texts is not in the model.
var unread = map[string]struct{ fields, skipped []string }{
	"unknown properties": {[]string{"label"}, []string{`vertex property "weights"`}},
	"unknown elements":   {nil, []string{`element "camera"`}},
}

// TestAnyChunks reads through readers that return little, and that return the error with the last data.
func TestAnyChunks(t *testing.T) {
	names, err := filepath.Glob("testdata/*.ply")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := ply.Read(bytes.NewReader(raw), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []io.Reader{
			iotest.OneByteReader(bytes.NewReader(raw)),
			iotest.DataErrReader(bytes.NewReader(raw)),
		} {
			got, err := ply.Read(r, &ply.Options{Size: int64(len(raw))})
			if err != nil {
				t.Fatal(name, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(name, diff)
			}
		}
	}
}

// TestTruncated cuts every golden file at every byte: each is reported as truncated, with and without
// knowing the size.
func TestTruncated(t *testing.T) {
	names, err := filepath.Glob("testdata/*.ply")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		raw = bytes.TrimRight(raw, " \r\n") // the end of a text may go without harm
		for n := range raw {
			for _, size := range []int64{0, int64(n)} {
				_, err := ply.Read(bytes.NewReader(raw[:n]), &ply.Options{Size: size})
				var perr *ply.Error
				if err == nil && strings.Contains(name, "ascii") && n == len(raw)-1 {
					continue // a number that lost its last digit is still a number
				}
				if !errors.As(err, &perr) {
					t.Fatalf("%s cut to %d bytes: %v", name, n, err)
				}
				if perr.Offset > int64(n) {
					t.Fatalf("%s cut to %d bytes: the error is at %d", name, n, perr.Offset)
				}
			}
		}
	}
}

// pointsHeader is a header for a cloud of floats.
func pointsHeader(format string, n any, more ...string) string {
	return fmt.Sprintf("ply\nformat %s 1.0\nelement vertex %v\nproperty float x\nproperty float y\nproperty float z\n%send_header\n",
		format, n, strings.Join(more, ""))
}

func TestErrors(t *testing.T) {
	const faces = "element face 1\nproperty list uchar int vertex_indices\n"
	cases := map[string]struct{ text, want string }{
		"empty":      {"", "ply: header, line 1: the file ends early"},
		"a PNG":      {"\x89PNG\r\n\x1a\n", `ply: header, line 1: this is not a PLY file: its first line is not "ply"; it looks like a PNG picture`},
		"only ply":   {"ply\n", "ply: header, line 2: the file ends early"},
		"no format":  {"ply\nelement vertex 0\nproperty float x\nproperty float y\nproperty float z\nend_header\n", "ply: header, line 7: there is no format line"},
		"format":     {"ply\nformat ascii 2.0\n", `ply: header, line 2: the format line must be like "format ascii 1.0"`},
		"format 2":   {"ply\nformat utf8 1.0\n", `ply: header, line 2: unknown format "utf8"`},
		"twice":      {"ply\nformat ascii 1.0\nformat ascii 1.0\n", "ply: header, line 3: there is a second format line"},
		"word":       {"ply\nformat ascii 1.0\nhello \x1b[31m\n", `ply: header, line 3: a header line cannot begin with "hello"`},
		"count":      {"ply\nformat ascii 1.0\nelement vertex -1\n", `ply: header, line 3: "-1" is not a number of elements`},
		"count 2":    {"ply\nformat ascii 1.0\nelement vertex 99999999999999999999\n", `ply: header, line 3: "99999999999999999999" is not a number of elements`},
		"type":       {"ply\nformat ascii 1.0\nelement vertex 1\nproperty flaot x\n", `ply: header, line 4: unknown type "flaot"`},
		"list type":  {"ply\nformat ascii 1.0\nelement vertex 1\nproperty list float int x\n", "ply: header, line 4: the length of a list must have an integer type"},
		"property":   {"ply\nformat ascii 1.0\nelement vertex 1\nproperty x\n", `ply: header, line 4: a property line must be like "property float x" or "property list uchar int vertex_indices"`},
		"early":      {"ply\nformat ascii 1.0\nproperty float x\n", "ply: header, line 3: a property precedes the first element"},
		"same":       {"ply\nformat ascii 1.0\nelement vertex 1\nelement vertex 1\n", `ply: header, line 4: there are two elements "vertex"`},
		"no vertex":  {"ply\nformat ascii 1.0\nend_header\n", "ply: header, line 4: there is no vertex element, so there is nothing to show"},
		"no z":       {"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nend_header\n", "ply: header, line 7: the vertices have no z; they have x, y"},
		"huge":       {pointsHeader("ascii", uint64(1e18)), "ply: header, line 8: the header claims 1000000000000000000 vertices, the limit is 134217728"},
		"lying":      {pointsHeader("ascii", 3) + "1 2 3\n4 5 6", "ply: vertex 3 of 3, line 9: the file ends early"},
		"lying too":  {pointsHeader("binary_little_endian", 100000000) + strings.Repeat("x", 12*1000+5), "ply: vertex 1001 of 100000000, byte 12123: the file ends early"},
		"no number":  {pointsHeader("ascii", 1) + "1 zwei 3\n", `ply: vertex 1 of 1, line 8: "zwei" is not a number`},
		"long word":  {pointsHeader("ascii", 1) + "1 " + strings.Repeat("9", 1<<20), `ply: vertex 1 of 1, line 8: "9999999999999999999999999999999999999999"… is not a number`},
		"index":      {pointsHeader("ascii", 2, faces) + "0 0 0\n1 1 1\n3 0 1 2\n", "ply: face 1 of 1, line 12: a corner is vertex 2, but the vertices are 0 to 1"},
		"negative":   {pointsHeader("ascii", 2, faces) + "0 0 0\n1 1 1\n3 0 1 -1\n", "ply: face 1 of 1, line 12: a corner is vertex -1, but the vertices are 0 to 1"},
		"fraction":   {pointsHeader("ascii", 2, faces) + "0 0 0\n1 1 1\n3 0 1 0.5\n", "ply: face 1 of 1, line 12: a whole number is needed, not 0.5"},
		"list -1":    {pointsHeader("ascii", 1, faces) + "0 0 0\n-1 0\n", "ply: face 1 of 1, line 11: a list cannot have -1 items"},
		"list huge":  {pointsHeader("binary_little_endian", 1, "element face 1\nproperty list uint int vertex_indices\n") + strings.Repeat("\xff", 32), "ply: face 1 of 1, byte 184: a face claims 4294967295 corners, the limit is 134217730"},
		"list short": {pointsHeader("binary_little_endian", 1, "element face 1\nproperty list uint int vertex_indices\n") + strings.Repeat("\x00", 12) + "\x00\x00\x00\x01", "ply: face 1 of 1, byte 184: the file ends early"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := read(c.text, nil)
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if strings.HasSuffix(c.want, "ends early") && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Error("the error does not unwrap to io.ErrUnexpectedEOF")
			}
		})
	}
}

// TestHeaderBounds feeds headers that never end.
func TestHeaderBounds(t *testing.T) {
	cases := map[string]struct{ repeat, want string }{
		"a line":     {"comment", "is longer than"},
		"comments":   {"comment again and again\n", "does not end within"},
		"elements":   {"", "more than 1024 elements"},
		"properties": {"property float f\n", "more than 4096 properties"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := &endless{repeat: c.repeat, text: "ply\nformat ascii 1.0\nelement vertex 1\n"}
			_, err := ply.Read(r, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
			if r.read > 2<<20 {
				t.Errorf("%d bytes were read", r.read)
			}
		})
	}
}

// endless repeats a piece of text for ever; with none, it makes up elements.
type endless struct {
	text, repeat string
	read, n      int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.text == "" {
		e.n++
		if e.text = e.repeat; e.text == "" {
			e.text = fmt.Sprintf("element e%d 0\n", e.n)
		}
	}
	n := copy(p, e.text)
	e.text = e.text[n:]
	e.read += n
	return n, nil
}

// TestSizeRefusesAtOnce shows that a lying header costs nothing when the size of the file is known.
func TestSizeRefusesAtOnce(t *testing.T) {
	text := pointsHeader("binary_little_endian", 100_000_000) + "x"
	_, err := read(text, &ply.Options{Size: int64(len(text))})
	want := "ply: header, line 8: the header claims at least 1200000000 bytes of data, but only 1 follow"
	if err == nil || err.Error() != want || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	r := io.MultiReader(strings.NewReader(square[:len(square)-8]), iotest.ErrReader(broken))
	_, err := ply.Read(r, nil)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("got %v", err)
	}
	if _, err := ply.Read(stuck{}, nil); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that returns nothing: %v", err)
	}
	if _, err := ply.ReadFile("testdata/missing.ply", nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestNonFiniteIsDropped(t *testing.T) {
	text := strings.Replace(square, "1 0 0\n1 1 0\n0 1 0\n4 0 1 2 3\n",
		"-nan 0 0\n1 1e300 0\n0 1 0\n1 -1.#IND 0\n5 5 5\n3 0 1 2\n3 0 3 5\n2 0 3\n", 1)
	text = strings.NewReplacer("vertex 4", "vertex 6", "face 1", "face 3").Replace(text)
	m := mustRead(t, text, nil)
	want := &ply.Model{
		Points:        [][3]float32{{0, 0, 0}, {0, 1, 0}, {5, 5, 5}},
		Faces:         [][3]uint32{{0, 1, 2}},
		Comments:      []string{"a square"},
		DroppedPoints: 3, DroppedFaces: 2,
	}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

// TestRecenter keeps a millimeter in coordinates of a million meters, next to points that are missing.
func TestRecenter(t *testing.T) {
	text := strings.ReplaceAll(pointsHeader("ascii", 5), "float", "double") +
		"0 0 0\nnan nan nan\n4500000.001 500000.002 100.003\n4500000.002 500000.003 100.004\n4500001.5 500001.5 101\n"
	m := mustRead(t, text, &ply.Options{Recenter: true})
	if want := [3]float64{4500000, 500000, 100}; m.Origin != want {
		t.Fatalf("origin %v", m.Origin)
	}
	if want := [3]float32{0.001, 0.002, 0.003}; dist(m.Points[1], want) > 1e-6 {
		t.Errorf("got %v", m.Points[1])
	}
	if m := mustRead(t, text, nil); m.Origin != [3]float64{} {
		t.Errorf("an origin without asking: %v", m.Origin)
	}
}

func dist(a, b [3]float32) float64 {
	return math.Hypot(math.Hypot(float64(a[0]-b[0]), float64(a[1]-b[1])), float64(a[2]-b[2]))
}

func TestLimits(t *testing.T) {
	if _, err := read(square, &ply.Options{MaxVertices: 3}); err == nil || !strings.Contains(err.Error(), "limit is 3") {
		t.Errorf("vertices: %v", err)
	}
	if _, err := read(square, &ply.Options{MaxTriangles: 1}); err == nil || !strings.Contains(err.Error(), "limit") {
		t.Errorf("triangles: %v", err)
	}
}

func TestProgress(t *testing.T) {
	const n = 300_000
	text := pointsHeader("binary_little_endian", n) + strings.Repeat("\x00", 12*n)
	var seen []int64
	mustRead(t, text, &ply.Options{Progress: func(read int64) { seen = append(seen, read) }})
	if len(seen) < 2 || len(seen) > 4 || seen[len(seen)-1] > int64(len(text)) {
		t.Errorf("the reported progress is %v of %d", seen, len(text))
	}
}

func TestBounds(t *testing.T) {
	lo, hi, ok := squareModel.Bounds()
	if lo != [3]float32{0, 0, 0} || hi != [3]float32{1, 1, 0} || !ok {
		t.Error(lo, hi, ok)
	}
	if _, _, ok := new(ply.Model).Bounds(); ok {
		t.Error("an empty model has bounds")
	}
}

func TestWriteRefuses(t *testing.T) {
	points := [][3]float32{{1, 2, 3}}
	for name, m := range map[string]*ply.Model{
		"normals":     {Points: points, Normals: make([][3]float32, 2)},
		"colors":      {Points: points, Colors: make([][3]uint8, 2)},
		"alphas":      {Points: points, Alphas: make([]uint8, 1)},
		"face colors": {Points: points, FaceColors: make([][3]uint8, 1)},
		"corner":      {Points: points, Faces: [][3]uint32{{0, 0, 1}}},
		"UVs":         {Points: points, UVs: make([][2]float32, 2)},
		"face UVs":    {Points: points, FaceUVs: make([][3][2]float32, 1)},
		"textures":    {Points: points, FaceTextures: make([]uint32, 1)},
		"edge colors": {Points: points, EdgeColors: make([][3]uint8, 1)},
		"edge":        {Points: points, Edges: [][2]uint32{{0, 1}}},
		"comment":     {Points: points, Comments: []string{"a\nend_header"}},
	} {
		if err := ply.Write(io.Discard, m); err == nil {
			t.Errorf("%s: written", name)
		}
	}
	if err := ply.Write(failing{}, squareModel); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

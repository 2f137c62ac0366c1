package obj_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/viser-go/viser/formats/internal/meshtest"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/obj"
)

func Example() {
	text := `o roof
v 0 0 0
v 1 0 0
v 1 1 0
v 0 1 0
f 1 2 3 4`
	model, err := obj.Read(strings.NewReader(text), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, part := range model.Parts {
		fmt.Println(part.Name, len(part.Points), "points,", len(part.Faces), "triangles")
	}
	// Output: roof 4 points, 2 triangles
}

func TestGolden(t *testing.T) { meshtest.CompareGolden(t, obj.ReadFile) }

const square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"

// read reads a text that must be right; files are what it may refer to.
func read(t *testing.T, text string, files fstest.MapFS) *mesh.Model {
	t.Helper()
	o := &obj.Options{}
	if files != nil {
		o.Open = func(name string) (io.ReadCloser, error) { return files.Open(name) }
	}
	m, err := obj.Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if err := m.Check(); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return m
}

func TestElements(t *testing.T) {
	concave := "v 0 0 0\nv 4 0 0\nv 4 4 0\nv 2 1 0\nv 0 4 0\n"
	for name, c := range map[string]struct {
		text  string
		faces [][3]uint32
		lines [][2]uint32
	}{
		"a quad":             {square + "f 1 2 3 4", [][3]uint32{{0, 1, 2}, {0, 2, 3}}, nil},
		"negative":           {square + "f -4 -3 -2", [][3]uint32{{0, 1, 2}}, nil},
		"slashes, but no vt": {square + "f 1// 2/ 3//", [][3]uint32{{0, 1, 2}}, nil},
		"continued":          {square + "f 1 2 \\\n3 \\\r\n4", [][3]uint32{{0, 1, 2}, {0, 2, 3}}, nil},
		"continued at the end": {
			square + "f 1 2 3\\", [][3]uint32{{0, 1, 2}}, nil,
		},
		"a comment behind": {square + "f 1 2 3 # 4", [][3]uint32{{0, 1, 2}}, nil},
		"CR":               {strings.ReplaceAll(square+"f 1 2 3", "\n", "\r"), [][3]uint32{{0, 1, 2}}, nil},
		"tabs":             {strings.ReplaceAll(square+"f 1 2 3", " ", "\t"), [][3]uint32{{0, 1, 2}}, nil},
		"a chain":          {square + "l 1 2/7 3", nil, [][2]uint32{{0, 1}, {1, 2}}},
		"an L":             {concave + "f 1 2 3 4 5", [][3]uint32{{0, 1, 2}, {0, 2, 3}, {0, 3, 4}}, nil},
		"a byte order mark": {
			"\xef\xbb\xbf" + square + "f 1 2 3", [][3]uint32{{0, 1, 2}}, nil,
		},
	} {
		m := read(t, c.text, nil)
		p := m.Parts[0]
		if name == "an L" {
			if area := areaOf(p); len(p.Faces) != 3 || area != 10 {
				t.Errorf("%s: %v has an area of %v", name, p.Faces, area)
			}
			continue
		}
		for i := range p.Faces { // by the numbers of the file
			for k := range p.Faces[i] {
				p.Faces[i][k] = uint32(slices.Index([][3]float32{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}}, p.Points[p.Faces[i][k]]))
			}
		}
		if !slices.Equal(p.Faces, c.faces) || !slices.Equal(p.Lines, c.lines) {
			t.Errorf("%s: %v %v", name, p.Faces, p.Lines)
		}
		if m.Skipped != nil && name != "a chain" {
			t.Errorf("%s: skipped %q", name, m.Skipped)
		}
	}
}

// areaOf is the area of triangles in a plane.
func areaOf(p mesh.Part) (area float32) {
	for _, f := range p.Faces {
		a, b, c := p.Points[f[0]], p.Points[f[1]], p.Points[f[2]]
		area += ((b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])) / 2
	}
	return area
}

func TestPartsAndNames(t *testing.T) {
	m := read(t, square+`g a
f 1 2 3
usemtl red
f 1 2 3
o house
g wall
f 1 2 3
g roof
l 1 2
p 3 4
g wall
f 3 4 1
`, nil)
	var got []string
	for _, p := range m.Parts {
		got = append(got, fmt.Sprint(p.Name, len(p.Points), len(p.Faces), len(p.Lines)))
	}
	want := []string{"a3 1 0", "a3 1 0", "house/wall4 2 0", "house/roof2 0 1", "house/roof2 0 0"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestVerticesAlone(t *testing.T) {
	m := read(t, "o scan\nv 0 0 0 255 0 51\nv nan 0 0 1 1 1\nv 1 2 3 0 0 0\n", nil)
	p := m.Parts[0]
	if m.DroppedPoints != 1 || len(p.Points) != 2 || p.Colors[0] != [3]uint8{255, 0, 51} || p.Colors[1] != [3]uint8{} || p.Name != "scan" {
		t.Errorf("%+v", m)
	}
}

func TestColorsOfSomeVertices(t *testing.T) {
	p := read(t, "v 0 0 0\nv 1 0 0 0 0.2 1.0\nv 1 1 0 1.0\nf 1 2 3", nil).Parts[0]
	if !slices.Equal(p.Colors, [][3]uint8{{255, 255, 255}, {0, 51, 255}, {255, 255, 255}}) {
		t.Errorf("%v", p.Colors)
	}
}

func TestMissingTextureCoordinatesAndNormals(t *testing.T) {
	m := read(t, square+"vt 0.5 0.5\nvn 0 0 -1\nf 1/1/1 2/9/8 3//1\nf 1 3 4", nil)
	p := m.Parts[0]
	if !slices.Equal(m.Skipped, []string{"texture coordinates or normals that are not in the file"}) {
		t.Errorf("%q", m.Skipped)
	}
	// Those that are not there are made of the faces.
	if want := [][3]float32{{0, 0, -1}, {0, 0, 1}, {0, 0, -1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}}; !slices.Equal(p.Normals, want) {
		t.Errorf("%v", p.Normals)
	}
	if p.UVs[0] != [2]float32{0.5, 0.5} || p.UVs[1] != [2]float32{} {
		t.Errorf("%v", p.UVs)
	}
}

func TestSmoothingGroups(t *testing.T) {
	roof := "v 0 0 0\nv 1 0 1\nv 0 1 0\nv 1 1 1\nv 2 0 0\nv 2 1 0\nvt 0 0\nvt 1 1\n"
	faces := "f 1/1 2/1 4/1 3/1\n%sf 2/2 5/2 6/2 4/2\n"
	slope := float32(math.Sqrt(0.5))
	for name, c := range map[string]struct {
		first, second string
		ridge, points int
		normal        [3]float32
	}{
		"smooth, across a seam": {"s 1\n", "", 4, 8, [3]float32{0, 0, 1}},
		"two groups":            {"s 1\n", "s 2\n", 4, 8, [3]float32{-slope, 0, slope}},
		"flat":                  {"s off\n", "", 4, 8, [3]float32{-slope, 0, slope}},
	} {
		p := read(t, roof+c.first+fmt.Sprintf(faces, c.second), nil).Parts[0]
		if len(p.Points) != c.points {
			t.Errorf("%s: %d points", name, len(p.Points))
		}
		ridge := 0
		for i, at := range p.Points {
			if at[0] != 1 {
				continue
			}
			ridge++
			n := p.Normals[i]
			if i < 4 && (math.Abs(float64(n[0]-c.normal[0])) > 1e-6 || math.Abs(float64(n[2]-c.normal[2])) > 1e-6) {
				t.Errorf("%s: the normal of %v is %v", name, at, n)
			}
		}
		if ridge != c.ridge {
			t.Errorf("%s: %d points at the ridge", name, ridge)
		}
	}
	if p := read(t, square+"f 1 2 3", nil).Parts[0]; p.Normals != nil {
		t.Error("normals without smoothing groups")
	}
}

const png = "\x89PNG\r\n\x1a\nrest"

func TestMaterials(t *testing.T) {
	files := fstest.MapFS{
		"my house.mtl": {Data: []byte(`# comment
Kd 9 9 9
newmtl brick wall
Kd 0 0 0
Ke 0 0.5 0
d 0.5
map_Kd -blendu on -s 2 3 1 -o 0.5 0.25 -clamp on ..\textures\red bricks.png
map_Bump bump.png
newmtl glass
Kd 0.2
Tr 0.75
illum 0
Pr 0.3
Pm 1
norm -bm 2 normal.png
newmtl black
Kd 0 0 0
d 0
Ns 98
newmtl tga
map_Kd a.tga
newmtl gone
map_Kd C:\pictures\gone.png
newmtl glass
Kd 1 0 0
`)},
		"other.mtl":      {Data: []byte("newmtl other\nKd 2 -1 nan\n")},
		"red bricks.png": {Data: []byte(png)},
		"normal.png":     {Data: []byte(png)},
		"a.tga":          {Data: []byte{0, 0, 2, 0}},
	}
	text := "mtllib my house.mtl\nmtllib other.mtl none.mtl\n" + square + "vt 1 1\n"
	names := []string{"brick wall", "glass", "black", "tga", "gone", "other", "unknown"}
	for _, n := range names {
		text += "usemtl " + n + "\nf 1/1 2/1 3/1\n"
	}
	m := read(t, text, files)
	if len(m.Materials) != 6 {
		t.Fatalf("%d materials", len(m.Materials))
	}
	for i, p := range m.Parts {
		want := i
		if names[i] == "unknown" {
			want = -1
		}
		if p.Material != want || want >= 0 && m.Materials[want].Name != names[i] {
			t.Errorf("%s has material %d", names[i], p.Material)
		}
	}
	brick, glass, black, other := m.Materials[0], m.Materials[1], m.Materials[2], m.Materials[5]
	if brick.Color != [4]float32{1, 1, 1, 0.5} || brick.Emissive != [3]float32{0, 0.5, 0} || brick.Texture == nil ||
		string(brick.Texture.Data) != png || brick.Texture.Type != "image/png" || !brick.DoubleSided {
		t.Errorf("%+v", brick)
	}
	if uv := m.Parts[0].UVs[0]; uv != [2]float32{2.5, 3.25} {
		t.Errorf("the texture is at %v", uv)
	}
	if glass.Color != [4]float32{0.2, 0.2, 0.2, 0.25} || !glass.Unlit || glass.Roughness != 0.3 || glass.Metallic != 1 || glass.NormalMap == nil {
		t.Errorf("%+v", glass)
	}
	if black.Color != [4]float32{0, 0, 0, 1} || math.Abs(float64(black.Roughness)-math.Sqrt(0.02)) > 1e-6 || other.Color != [4]float32{1, 0, 0, 1} {
		t.Errorf("%+v %+v", black, other)
	}
	want := []string{
		"map_bump bump.png",
		"texture a.tga: it is a file of an unknown format; PNG, JPEG and WebP can be shown",
		`texture C:\pictures\gone.png: file does not exist`,
		"materials none.mtl: file does not exist",
		"material unknown: it is in no material file",
	}
	if !slices.Equal(m.Skipped, want) {
		t.Errorf("%q", m.Skipped)
	}
	m = read(t, text, nil)
	if m.Materials != nil || m.Skipped != nil || m.Parts[0].Material != -1 {
		t.Errorf("without files: %+v", m)
	}
}

func TestFilesOutsideAreNotOpened(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "inside")
	if err := os.Mkdir(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"secret.mtl":        "newmtl a\nKd 1 0 0\n",
		"secret.png":        png,
		"inside/mine.mtl":   "newmtl b\nmap_Kd ../secret.png\nnewmtl c\nmap_Kd /etc/passwd\n",
		"inside/folder.mtl": "newmtl d\nmap_Kd .\nnewmtl e\nmap_Kd ..\n",
		"inside/model.obj":  "mtllib ../secret.mtl\nmtllib mine.mtl\nmtllib folder.mtl\n" + square + "usemtl a\nf 1 2 3\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, err := obj.ReadFile(filepath.Join(inside, "model.obj"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Parts[0].Material != -1 || slices.ContainsFunc(m.Materials, func(a mesh.Material) bool { return a.Texture != nil }) {
		t.Errorf("%+v", m.Materials)
	}
	for i, want := range []string{"materials ../secret.mtl: ", "texture ../secret.png: ", "texture /etc/passwd: ", "texture .: ", "texture ..: ", "material a: "} {
		if i >= len(m.Skipped) || !strings.HasPrefix(m.Skipped[i], want) {
			t.Errorf("%q, want %q", m.Skipped, want)
		}
	}
}

func TestBadFiles(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		o    obj.Options
		want string
	}{
		"nothing":           {"", obj.Options{}, "obj: line 1: the file has no vertices"},
		"comments":          {"# a\n\n", obj.Options{}, "no vertices"},
		"a picture":         {png + "\x00", obj.Options{}, "it looks like a PNG picture"},
		"an STL file":       {"solid x\nfacet normal 0 0 1", obj.Options{}, "line 1: this is no OBJ file; it looks like an STL mesh in text"},
		"a text":            {"hello\nworld", obj.Options{}, "this is no OBJ file: no line begins with"},
		"two numbers":       {"v 1 2\n", obj.Options{}, "line 1: the line ends where a number is expected"},
		"a word":            {square + "v 1 two 3\n", obj.Options{}, `line 5: "two" is not a number`},
		"a vertex 0":        {square + "f 0 1 2", obj.Options{}, `line 5: the corner "0" is no vertex: there are 4 above`},
		"a vertex 5":        {square + "f 1 2 5/1", obj.Options{}, `the corner "5/1" is no vertex: there are 4 above`},
		"a vertex -5":       {square + "f -1 -2 -5", obj.Options{}, `the corner "-5" is no vertex`},
		"a huge number":     {square + "f 1 2 99999999999999999999", obj.Options{}, `"99999999999999999999" is not a corner`},
		"a number too many": {square + "f 1 2 3/1/1/1", obj.Options{}, `"3/1/1/1" is not a corner, such as 1, 1/2, 1//3 or 1/2/3`},
		"a fraction":        {square + "f 1 2 3.0", obj.Options{}, `"3.0" is not a corner`},
		"a sign":            {square + "l 1 -", obj.Options{}, `"-" is not a corner`},
		"too many vertices": {square, obj.Options{MaxVertices: 3}, "line 4: the file has more than 3 vertices"},
		"too many faces":    {square + "f 1 2 3 4", obj.Options{MaxTriangles: 1}, "line 5: the file has more than 1 triangles"},
		"too many lines":    {square + "l 1 2 3 4", obj.Options{MaxTriangles: 2}, "line 5: the file has more than 2 lines"},
		"too many points":   {square + "f 1 2 3\ng b\nf 1 2 3", obj.Options{MaxVertices: 5}, "the parts have more than 5 points"},
		"a color":           {"v 1 2 3 red\n", obj.Options{}, `"red" is not a number`},
	} {
		_, err := obj.Read(strings.NewReader(c.text), &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
			continue
		}
		meshtest.CheckError(t, "obj", err)
	}
}

func TestWhatIsLeftOut(t *testing.T) {
	m := read(t, square+"f 1 2\nl 1\nf 1 2 3\ncstype bezier\ncurv 0 1 1 2\nxyzzy\nbevel on\n", nil)
	if m.DroppedFaces != 2 || !slices.Equal(m.Skipped, []string{"curves and surfaces", `lines that begin with "xyzzy"`}) {
		t.Errorf("%+v", m)
	}
}

// TestEveryLengthOfAFile: a file that is cut off is read as far as it goes, or ends in an error.
func TestEveryLengthOfAFile(t *testing.T) {
	file, err := os.ReadFile("testdata/quads.obj")
	if err != nil {
		t.Fatal(err)
	}
	for n := range file {
		m, err := obj.Read(bytes.NewReader(file[:n]), nil)
		if err != nil {
			meshtest.CheckError(t, "obj", err)
		} else if err := m.Check(); err != nil {
			t.Fatal(err)
		}
	}
	meshtest.Failing(t, file, obj.Read)
}

func TestManyGroups(t *testing.T) {
	var b strings.Builder
	b.WriteString(square)
	for i := range 100 {
		fmt.Fprintf(&b, "g group %d\nf 1 2 3\n", i)
	}
	m, err := obj.Read(strings.NewReader(b.String()), &obj.Options{MaxParts: 10})
	if err != nil || len(m.Parts) != 6 || len(m.Parts[5].Faces) != 95 || !slices.Equal(m.Skipped, []string{"the names of 95 groups"}) {
		t.Errorf("%v: %d parts, skipped %q", err, len(m.Parts), m.Skipped)
	}
}

func TestFarAway(t *testing.T) {
	text := "v nan 0 0\nv 4000000 1 0\nv 4000000.001 1 0\nv 4000000 2 0\nf 2 3 4"
	m, err := obj.Read(strings.NewReader(text), &obj.Options{Recenter: true})
	if err != nil || m.Origin != [3]float64{4e6, 1, 0} || math.Abs(float64(m.Parts[0].Points[1][0])-0.001) > 1e-9 {
		t.Errorf("%v %+v", err, m)
	}
}

type file struct {
	bytes.Buffer
	closed error
}

func (f *file) Close() error { return f.closed }

func TestWriteAndRead(t *testing.T) {
	m, err := obj.ReadFile("testdata/quads.obj", nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Parts[0].Pose = mesh.Pose{0: -1, 5: 1, 10: 1, 15: 1, 3: 0.1}
	m.Parts[0].Colors = [][3]uint8{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {255, 0, 128}}
	m.Parts = append(m.Parts,
		mesh.Part{Name: "x\ny", Points: [][3]float32{{1, 2, 3}, {4, 5, 6}}, Lines: [][2]uint32{{0, 1}}, Material: -1},
		mesh.Part{Points: [][3]float32{{1, 2, 3}}, Material: -1})
	m.Origin = [3]float64{4e6, 0, 0}
	m.Materials[1].Name = m.Materials[0].Name
	files := map[string]*file{}
	create := func(name string) (io.WriteCloser, error) {
		files[name] = &file{}
		return files[name], nil
	}
	var out bytes.Buffer
	if err := obj.Write(&out, m, &obj.WriteOptions{Materials: "a.mtl", Create: create}); err != nil {
		t.Fatal(err)
	}
	back := fstest.MapFS{}
	for name, f := range files {
		back[name] = &fstest.MapFile{Data: f.Bytes()}
	}
	again, err := obj.Read(&out, &obj.Options{Recenter: true, Open: func(name string) (io.ReadCloser, error) { return back.Open(name) }})
	if err != nil {
		t.Fatal(err)
	}
	got, want := meshtest.Flatten(again), meshtest.Flatten(m)
	for i := range want.Triangles {
		for k, v := range want.Triangles[i] {
			if math.Abs(got.Triangles[i][k]-v) > 1e-6 {
				t.Errorf("%v, want %v", got.Triangles[i], want.Triangles[i])
			}
		}
	}
	if !slices.Equal(got.UVs, want.UVs) || !slices.Equal(got.Colors[:2], want.Colors[:2]) || again.Skipped != nil {
		t.Errorf("%v %v; %q", got.UVs, got.Colors, again.Skipped)
	}
	if len(again.Parts) != 4 || again.Parts[2].Name != "x_y" || len(again.Parts[2].Lines) != 1 || len(again.Parts[3].Points) != 1 {
		t.Errorf("%d parts", len(again.Parts))
	}
	if n := again.Parts[0].Normals[0]; n != [3]float32{0, 0, 1} {
		t.Errorf("the normal is %v", n)
	}
	if a, b := again.Materials[again.Parts[1].Material], m.Materials[1]; a.Color != b.Color || !bytes.Equal(a.Texture.Data, b.Texture.Data) || a.Roughness != b.Roughness {
		t.Errorf("%+v, want %+v", a, b)
	}
	full := errors.New("the disk is full")
	err = obj.Write(io.Discard, m, &obj.WriteOptions{Materials: "a.mtl", Create: func(string) (io.WriteCloser, error) { return &file{closed: full}, nil }})
	if !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	err = obj.Write(io.Discard, m, &obj.WriteOptions{Materials: "a.mtl", Create: func(string) (io.WriteCloser, error) { return nil, fs.ErrPermission }})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"quads.obj", "textured.obj"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, []byte("newmtl red\nKd 1 0 0\nmap_Kd -s 1 2 a.png\n"))
	}
	f.Add([]byte(square+"s 1\nf 1 2 3 \\\n4\nl 1 2\np 1\ns off\nf -1 -2 -3\nvp 1\nmtllib a b\n"), []byte("newmtl a\nTr 1"))
	f.Fuzz(func(t *testing.T, text, materials []byte) {
		meshtest.Fuzz(t, "obj", text, func(r io.Reader, o *obj.Options) (*mesh.Model, error) {
			c := *o
			c.Open = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(materials)), nil }
			return obj.Read(r, &c)
		})
	})
}

// BenchmarkRead counts the bytes of the file: a grid of 40,000 vertices as modeling programs write it, and without
// texture coordinates and normals.
func BenchmarkRead(b *testing.B) {
	const n = 200
	var full, plain strings.Builder
	for y := range n {
		for x := range n {
			fmt.Fprintf(&full, "v %.6f %.6f %.6f\nvt %.6f %.6f\nvn %.4f %.4f %.4f\n", float64(x)/7, float64(y)/7, math.Sin(float64(x*y)),
				float64(x)/n, float64(y)/n, 0.12, -0.5, 0.8)
			fmt.Fprintf(&plain, "v %.6f %.6f %.6f\n", float64(x)/7, float64(y)/7, math.Sin(float64(x*y)))
		}
	}
	for y := range n - 1 {
		for x := range n - 1 {
			a := y*n + x + 1
			fmt.Fprintf(&full, "f %d/%d/%d %d/%d/%d %d/%d/%d\nf %d/%d/%d %d/%d/%d %d/%d/%d\n", a, a, a, a+1, a+1, a+1, a+n, a+n, a+n,
				a+1, a+1, a+1, a+n+1, a+n+1, a+n+1, a+n, a+n, a+n)
			fmt.Fprintf(&plain, "f %d %d %d\nf %d %d %d\n", a, a+1, a+n, a+1, a+n+1, a+n)
		}
	}
	for name, text := range map[string]string{"full": full.String(), "plain": plain.String()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := obj.Read(strings.NewReader(text), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package dae_test

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
	"testing/fstest"

	"github.com/viser-go/viser/formats/dae"
	"github.com/viser-go/viser/formats/internal/meshtest"
	"github.com/viser-go/viser/formats/mesh"
)

func ExampleReadFile() {
	model, err := dae.ReadFile("testdata/nodes.dae", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	model.Bake(false) // applies the poses of the nodes
	fmt.Println(len(model.Parts), "parts, up is", model.Up, "and a unit has", model.Unit, "meters")
	// Output: 4 parts, up is z and a unit has 0.0254 meters
}

func TestGolden(t *testing.T) { meshtest.CompareGolden(t, dae.ReadFile) }

const png = "\x89PNG\r\n\x1a\nrest"

func nodes(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/nodes.dae")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func read(t *testing.T, text string, files fstest.MapFS) *mesh.Model {
	t.Helper()
	o := &dae.Options{}
	if files != nil {
		o.Open = func(name string) (io.ReadCloser, error) { return files.Open(name) }
	}
	m, err := dae.Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMaterials(t *testing.T) {
	m := read(t, nodes(t), fstest.MapFS{"red bricks.png": {Data: []byte(png)}})
	if len(m.Materials) != 2 || m.Skipped != nil {
		t.Fatalf("%d materials, skipped %q", len(m.Materials), m.Skipped)
	}
	brick, glass := m.Materials[m.Parts[0].Material], m.Materials[m.Parts[1].Material]
	if brick.Name != "Brick" || brick.Texture == nil || string(brick.Texture.Data) != png || brick.Color != [4]float32{1, 1, 1, 1} ||
		math.Abs(float64(brick.Roughness)-math.Sqrt(0.02)) > 1e-6 {
		t.Errorf("%+v", brick)
	}
	if glass.Name != "Glass" || glass.Color != [4]float32{1, 0.5, 0.25, 0.25} || glass.Emissive != [3]float32{0, 0, 0.5} {
		t.Errorf("%+v", glass)
	}
	if m.Parts[0].Name != "tree" || &m.Parts[0].Points[0] != &m.Parts[2].Points[0] {
		t.Errorf("%q: instances do not share their points", m.Parts[0].Name)
	}
	m = read(t, nodes(t), fstest.MapFS{})
	if m.Materials[0].Texture != nil || !slices.Equal(m.Skipped, []string{"texture C:/pictures/red bricks.png: file does not exist"}) {
		t.Errorf("%q", m.Skipped)
	}
	m = read(t, strings.Replace(nodes(t), `target="#m1"`, `target="#m9"`, 1), nil)
	if m.Parts[1].Material != -1 || !slices.Equal(m.Skipped, []string{"material m9: it is not in the file"}) {
		t.Errorf("%q", m.Skipped)
	}
}

// document is a file of a mesh that is shown by a node.
func document(mesh, node, rest string) string {
	return `<COLLADA><library_geometries><geometry id="g"><mesh>
<source id="p"><float_array>0 0 0 4 0 0 4 4 0 2 1 0 0 4 0</float_array><technique_common><accessor stride="3"/></technique_common></source>
<source id="n"><float_array>0 0 1 0 0 0 0 0 1 0 0 1 0 0 1</float_array><technique_common><accessor stride="3"/></technique_common></source>
<source id="c"><float_array>9 1 0 0 0.5 0 1 0 1</float_array><technique_common><accessor stride="4" offset="1"/></technique_common></source>
<vertices id="v"><input semantic="POSITION" source="#p"/><input semantic="NORMAL" source="#n"/></vertices>` + mesh + `</mesh></geometry></library_geometries>` + rest +
		`<library_visual_scenes><visual_scene><node>` + node + `</node></visual_scene></library_visual_scenes></COLLADA>`
}

const shown = `<instance_geometry url="#g"/>`

func TestPrimitives(t *testing.T) {
	const vertex = `<input semantic="VERTEX" source="#v"/>`
	for name, c := range map[string]struct {
		mesh         string
		faces, lines int
		area         float64
	}{
		"triangles":         {"<triangles>" + vertex + "<p>0 1 2 0 2 4</p></triangles>", 2, 0, 16},
		"a strip":           {"<tristrips>" + vertex + "<p>0 1 4 2</p><p>0 1 2</p></tristrips>", 3, 0, 24},
		"a fan":             {"<trifans>" + vertex + "<p>0 1 2 4</p></trifans>", 2, 0, 16},
		"a concave polygon": {"<polygons>" + vertex + "<p>0 1 2 3 4</p></polygons>", 3, 0, 10},
		"a hole":            {"<polygons>" + vertex + "<ph><p>0 1 2 4</p><h>0 1 3</h></ph></polygons>", 2, 0, 16},
		"a polylist":        {"<polylist>" + vertex + "<vcount>5 2 3</vcount><p>0 1 2 3 4 0 1 0 1 2</p></polylist>", 4, 0, 18},
		"lines":             {"<lines>" + vertex + "<p>0 1 2 3</p></lines>", 0, 2, 0},
		"a chain":           {"<linestrips>" + vertex + "<p>0 1 2 3</p></linestrips>", 0, 3, 0},
	} {
		p := read(t, document(c.mesh, shown, ""), nil).Parts[0]
		area := 0.0
		for _, f := range p.Faces {
			a, b, c := p.Points[f[0]], p.Points[f[1]], p.Points[f[2]]
			area += float64((b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*(c[0]-a[0])) / 2
		}
		if len(p.Faces) != c.faces || len(p.Lines) != c.lines || area != c.area {
			t.Errorf("%s: %d triangles of area %v, %d lines", name, len(p.Faces), area, len(p.Lines))
		}
	}
}

func TestColorsAndNormals(t *testing.T) {
	m := read(t, document(`<triangles><input semantic="VERTEX" source="#v" offset="0"/><input semantic="COLOR" source="#c" offset="1"/>
<p>0 0 1 1 2 7</p></triangles>`, shown, ""), nil)
	p := m.Parts[0]
	if !slices.Equal(p.Colors, [][3]uint8{{255, 0, 0}, {0, 255, 0}, {255, 255, 255}}) || !slices.Equal(p.Alphas, []uint8{128, 255, 255}) {
		t.Errorf("%v %v", p.Colors, p.Alphas)
	}
	if p.Normals[0] != [3]float32{0, 0, 1} || p.Normals[1] != [3]float32{} {
		t.Errorf("%v", p.Normals)
	}
	if !slices.Equal(m.Skipped, []string{"texture coordinates, normals or colors that are not in the file"}) {
		t.Errorf("%q", m.Skipped)
	}
}

const triangle = `<triangles><input semantic="VERTEX" source="#v"/><p>0 1 2</p></triangles>`

func TestSkinsAreInTheirBindPose(t *testing.T) {
	m := read(t, document(triangle, `<translate>9 9 9</translate><instance_controller url="#k"/>`,
		`<library_controllers><controller id="k"><skin source="#g"><bind_shape_matrix>1 0 0 5 0 1 0 6 0 0 1 7 0 0 0 1</bind_shape_matrix></skin>
</controller></library_controllers><library_animations><animation/></library_animations><library_lights/>`), nil)
	if at := m.Parts[0].Pose.Apply([3]float64{}); at != [3]float64{5, 6, 7} {
		t.Errorf("%v", at)
	}
	if !slices.Equal(m.Skipped, []string{"the joints of skins, which are shown in their bind pose", "animations"}) {
		t.Errorf("%q", m.Skipped)
	}
	m = read(t, document(triangle, `<instance_controller url="#k"/>`,
		`<library_controllers><controller id="k"><morph source="#g"/></controller></library_controllers>`), nil)
	if len(m.Parts) != 1 || !slices.Equal(m.Skipped, []string{"morph targets"}) {
		t.Errorf("%q", m.Skipped)
	}
}

func TestTransforms(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		at   [3]float64
	}{
		"lookat":  {"<lookat>1 2 3 1 2 -5 0 1 0</lookat>", [3]float64{2, 3, 4}},
		"skew":    {"<skew>45 0 1 0 1 0 0</skew>", [3]float64{2, 1, 1}},
		"order":   {"<scale>2 2 2</scale><translate>1 0 0</translate>", [3]float64{4, 2, 2}},
		"no axis": {"<rotate>0 0 0 90</rotate>", [3]float64{1, 1, 1}},
	} {
		at := read(t, document(triangle, c.text+shown, ""), nil).Parts[0].Pose.Apply([3]float64{1, 1, 1})
		for axis, v := range at {
			if math.Abs(v-c.at[axis]) > 1e-9 {
				t.Errorf("%s: %v", name, at)
			}
		}
	}
}

func TestFilesWithoutAScene(t *testing.T) {
	text := document(triangle, shown, "")
	m := read(t, text[:strings.Index(text, "<library_visual_scenes>")]+"</COLLADA>", nil)
	if len(m.Parts) != 1 || m.Up != "y" || m.Unit != 1 {
		t.Errorf("%+v", m)
	}
}

func TestBadFiles(t *testing.T) {
	bomb := "<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n"
	tree := ""
	for i := range 60 {
		tree += fmt.Sprintf(`<node id="n%d"><instance_node url="#n%d"/><instance_node url="#n%d"/></node>`, i, i+1, i+1)
	}
	for name, c := range map[string]struct {
		text string
		o    dae.Options
		want string
	}{
		"nothing":            {"", dae.Options{}, "dae: line 1: the file is empty"},
		"a text":             {"hello", dae.Options{}, "this is no COLLADA file; it looks like text"},
		"a picture":          {png, dae.Options{}, "it looks like a PNG picture"},
		"another XML file":   {"<?xml version='1.0'?>\n<robot/>", dae.Options{}, `line 2: this is no COLLADA file: its first element is "robot"`},
		"an entity":          {bomb + "<COLLADA><asset>&b;</asset></COLLADA>", dae.Options{}, "line 2: invalid character entity &b;"},
		"an encoding":        {`<?xml version="1.0" encoding="EBCDIC"?><COLLADA/>`, dae.Options{}, `the encoding "EBCDIC" is not supported`},
		"deep":               {strings.Repeat("<COLLADA>", 300), dae.Options{}, "nested in more than 200"},
		"a wrong end":        {"<COLLADA>\n</x>", dae.Options{}, "line 2: element <COLLADA> closed by </x>"},
		"a word":             {document(strings.Replace(triangle, "0 1 2", "0 one 2", 1), shown, ""), dae.Options{}, `line 5: "one" is not a whole number`},
		"a vertex 5":         {document(strings.Replace(triangle, "0 1 2", "0 1 5", 1), shown, ""), dae.Options{}, "line 5: a corner is vertex 5; there are 5"},
		"a vertex -1":        {document(strings.Replace(triangle, "0 1 2", "0 1 -1", 1), shown, ""), dae.Options{}, "a corner is vertex -1"},
		"four corners":       {document(strings.Replace(triangle, "0 1 2", "0 1 2 3", 1), shown, ""), dae.Options{}, "4 corners are no triangles"},
		"a position":         {strings.Replace(document(triangle, shown, ""), "2 1 0", "2 x 0", 1), dae.Options{}, `line 2: "x" is not a number`},
		"a source of pairs":  {strings.Replace(document(triangle, shown, ""), `stride="3"`, `stride="2"`, 1), dae.Options{}, `the source "p" has vectors of 2 numbers; 3 are needed`},
		"vcount":             {document(`<polylist><input semantic="VERTEX" source="#v"/><vcount>9</vcount><p>0 1 2</p></polylist>`, shown, ""), dae.Options{}, "vcount has more corners than p"},
		"half a corner":      {document(strings.Replace(triangle, `"#v"`, `"#v" offset="1"`, 1), shown, ""), dae.Options{}, "the list has 3 numbers, but 2 per corner"},
		"a matrix":           {document(triangle, "<matrix>1 2 3</matrix>"+shown, ""), dae.Options{}, "matrix has 3 numbers instead of 16"},
		"a scale of NaN":     {document(triangle, "<scale>1 nan 3</scale>"+shown, ""), dae.Options{}, "scale has a number that is not finite"},
		"a node in itself":   {document(triangle, `<node id="a"><instance_node url="#a"/></node>`, ""), dae.Options{}, "perhaps in themselves"},
		"a billion laughs":   {document(triangle, `<instance_node url="#n0"/>`, "<library_nodes>"+tree+"<node id=\"n60\"/></library_nodes>"), dae.Options{}, "the scene has more than 1048576 elements"},
		"too many parts":     {document(triangle, shown+shown, ""), dae.Options{MaxParts: 1}, "more than 1 parts"},
		"too many triangles": {document(triangle+triangle, shown, ""), dae.Options{MaxTriangles: 1}, "more than 1 triangles"},
		"too many points":    {document(triangle, shown, ""), dae.Options{MaxVertices: 2}, "more than 2 points"},
		"a file that ends":   {"<COLLADA>\n<asset>", dae.Options{}, "line 2: the file ends early"},
		"only a comment":     {"<!-- a -->", dae.Options{}, "it has no element COLLADA"},
	} {
		_, err := dae.Read(strings.NewReader(c.text), &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
			continue
		}
		meshtest.CheckError(t, "dae", err)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	m := read(t, document(strings.Replace(triangle, "<p>", `<input semantic="NORMAL" source="#gone" offset="0"/><p>`, 1),
		shown+`<instance_geometry url="#none"/><instance_geometry url="other.dae#x"/><instance_node url="#nothing"/>`, ""), nil)
	want := []string{"source gone: it is not in the file", "geometry none: it is not in the file", "geometry other.dae#x: it is in another file", "node nothing: it is not in the file"}
	if len(m.Parts) != 1 || !slices.Equal(m.Skipped, want) {
		t.Errorf("%q", m.Skipped)
	}
}

func TestPointsThatAreNotFinite(t *testing.T) {
	text := strings.Replace(document(triangle+triangle, shown, ""), "4 4 0", "4 1e99 0", 1)
	text = strings.Replace(text, "<p>0 1 2</p>", "<p>0 1 3</p>", 1)
	m := read(t, text, nil)
	if m.DroppedPoints != 1 || m.DroppedFaces != 1 || len(m.Parts) != 1 {
		t.Errorf("%+v", m)
	}
}

func TestFarAway(t *testing.T) {
	text := strings.Replace(document(triangle, "<translate>0 4000000.5 0</translate>"+shown, ""), "0 0 0 4 0 0", "5000000 0 0 5000000.001 0 0", 1)
	m, err := dae.Read(strings.NewReader(text), &dae.Options{Recenter: true})
	if err != nil {
		t.Fatal(err)
	}
	if m.Origin != [3]float64{5e6, 4000001, 0} || math.Abs(float64(m.Parts[0].Points[1][0])-0.001) > 1e-9 || m.Parts[0].Pose[7] != -0.5 {
		t.Errorf("%v %v %v", m.Origin, m.Parts[0].Pose, m.Parts[0].Points)
	}
}

func TestLatin1(t *testing.T) {
	m := read(t, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"+strings.Replace(document(triangle, shown, ""), "<node>", "<node name=\"gr\xfcn\">", 1), nil)
	if m.Parts[0].Name != "grün" {
		t.Errorf("%q", m.Parts[0].Name)
	}
}

func TestFilesThatAreCutOff(t *testing.T) {
	short := document(triangle, shown, "")
	meshtest.Truncated(t, "dae", []byte(short), len(short), dae.Read)
	text := nodes(t)
	meshtest.Failing(t, []byte(text[:600]), dae.Read)
	if _, err := dae.Read(strings.NewReader(text[:300]), nil); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(nodes(f)))
	f.Add([]byte(document(triangle, shown, "")))
	f.Add([]byte(document(`<polylist><input semantic="VERTEX" source="#v"/><vcount>5</vcount><p>0 1 2 3 4</p></polylist>`, "<skew>45 0 1 0 1 0 0</skew>"+shown, "")))
	f.Fuzz(func(t *testing.T, data []byte) { meshtest.Fuzz(t, "dae", data, dae.Read) })
}

func BenchmarkRead(b *testing.B) {
	var points, list strings.Builder
	const n = 20_000
	for i := range n {
		fmt.Fprintf(&points, "%.6f %.6f %.6f ", float64(i)/7, float64(i%100)/3, math.Sin(float64(i)))
		fmt.Fprintf(&list, "%d %d %d %d %d %d ", i, i%7, (i+1)%n, i%5, (i+2)%n, i%3)
	}
	text := []byte(strings.Replace(document(`<triangles><input semantic="VERTEX" source="#v" offset="0"/><input semantic="NORMAL" source="#p" offset="1"/><p>`+
		list.String()+`</p></triangles>`, shown, ""), "0 0 0 4 0 0 4 4 0 2 1 0 0 4 0", points.String(), 1))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dae.Read(bytes.NewReader(text), nil); err != nil {
			b.Fatal(err)
		}
	}
}

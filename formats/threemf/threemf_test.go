package threemf_test

import (
	"archive/zip"
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
	"github.com/viser-go/viser/formats/threemf"
)

func ExampleReadFile() {
	model, err := threemf.ReadFile("testdata/scene.3mf", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	model.Bake(false) // applies the poses of the items
	fmt.Println(len(model.Parts), "parts, a unit has", model.Unit, "meters")
	// Output: 3 parts, a unit has 0.001 meters
}

func TestGolden(t *testing.T) { meshtest.CompareGolden(t, threemf.ReadFile) }

const png = "\x89PNG\r\n\x1a\nrest"

// archive is a 3MF file of files by their names.
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	main     = "3D/3dmodel.model"
	vertices = `<vertices><vertex x="0" y="0" z="0"/><vertex x="1" y="0" z="0"/><vertex x="0" y="1" z="0"/><vertex x="0" y="0" z="1"/></vertices>`
	plain    = `<object id="1" name="thing"><mesh>` + vertices + `<triangles><triangle v1="0" v2="1" v3="2"/></triangles></mesh></object>`
)

// model is the text of a model.
func model(resources, build string) string {
	return `<?xml version="1.0"?>` + "\n" + `<model unit="inch"><resources>` + resources + `</resources><build>` + build + `</build></model>`
}

func read(t *testing.T, file []byte) *mesh.Model {
	t.Helper()
	m, err := threemf.Read(bytes.NewReader(file), &threemf.Options{Size: int64(len(file))})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestItemsAndComponents(t *testing.T) {
	m := read(t, archive(t, main, model(plain+`<object id="2"><components><component objectid="1" transform="1 0 0 0 1 0 0 0 1 10 0 0"/>
<component objectid="1"/></components></object>`, `<item objectid="2" transform="0 1 0 -1 0 0 0 0 1 0 0 5"/><item objectid="1"/>`)))
	if len(m.Parts) != 3 || m.Unit != 0.0254 || m.Up != "z" || m.Skipped != nil {
		t.Fatalf("%+v", m)
	}
	p := m.Parts[0]
	if p.Name != "thing" || p.Pose.Apply([3]float64{1, 0, 0}) != [3]float64{0, 11, 5} || &p.Points[0] != &m.Parts[2].Points[0] {
		t.Errorf("%+v", p)
	}
	if m.Parts[2].Pose != (mesh.Pose{}) {
		t.Errorf("%v", m.Parts[2].Pose)
	}
}

func TestMaterialsColorsAndTextures(t *testing.T) {
	m := read(t, archive(t, main, model(`<basematerials id="5"><base name="red" displaycolor="#FF0000"/><base name="glass" displaycolor="#0000FF80"/></basematerials>
<m:colorgroup id="6"><m:color color="#00FF00"/><m:color color="#00FF0080"/></m:colorgroup>
<m:texture2d id="7" path="/3D/Textures/a.png" contenttype="image/png"/><m:texture2dgroup id="8" texid="7"><m:tex2coord u="0.5" v="1"/><m:tex2coord u="0" v="0"/></m:texture2dgroup>
<m:texture2d id="9" path="/3D/Textures/gone.png"/><m:texture2dgroup id="10" texid="9"><m:tex2coord u="0" v="0"/></m:texture2dgroup>
<object id="1" pid="5" pindex="1"><mesh>`+vertices+`<triangles><triangle v1="0" v2="1" v3="2"/><triangle v1="0" v2="1" v3="3" pid="5" p1="0"/>
<triangle v1="0" v2="1" v3="2" pid="6" p1="0" p2="1" p3="0"/><triangle v1="0" v2="1" v3="2" pid="8" p1="0" p2="1"/>
<triangle v1="0" v2="1" v3="2" pid="10" p1="0"/><triangle v1="0" v2="1" v3="2" pid="99" p1="0"/></triangles></mesh></object>
<m:multiproperties id="77"/>`, `<item objectid="1"/>`), "3D/Textures/A.png", png))
	if len(m.Parts) != 5 || len(m.Materials) != 4 {
		t.Fatalf("%d parts, %d materials", len(m.Parts), len(m.Materials))
	}
	glass, red, colors, textured, bare := m.Parts[0], m.Parts[1], m.Parts[2], m.Parts[3], m.Parts[4]
	if a := m.Materials[glass.Material]; a.Name != "glass" || a.Color != [4]float32{0, 0, 1, 128. / 255} {
		t.Errorf("%+v", a)
	}
	if a := m.Materials[red.Material]; a.Name != "red" || a.Color != [4]float32{1, 0, 0, 1} {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(colors.Colors, [][3]uint8{{0, 255, 0}, {0, 255, 0}, {0, 255, 0}}) || !slices.Equal(colors.Alphas, []uint8{255, 128, 255}) {
		t.Errorf("%v %v", colors.Colors, colors.Alphas)
	}
	if a := m.Materials[textured.Material]; a.Texture == nil || string(a.Texture.Data) != png ||
		!slices.Equal(textured.UVs, [][2]float32{{0.5, 1}, {0, 0}, {0.5, 1}}) {
		t.Errorf("%+v %v", a, textured.UVs)
	}
	if bare.Material != -1 || len(bare.Faces) != 2 {
		t.Errorf("%+v", bare)
	}
	if want := []string{"composite materials", `texture /3D/Textures/gone.png: "/3D/Textures/gone.png" is not in the archive`}; !slices.Equal(m.Skipped, want) {
		t.Errorf("%q", m.Skipped)
	}
}

func TestModelsInOtherFiles(t *testing.T) {
	m := read(t, archive(t, "_rels/.rels", `<Relationships><Relationship Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel" Target="/3D/start.model"/></Relationships>`,
		"3D/start.model", model(`<object id="1"><components><component p:path="/3D/Objects/o.model" objectid="1"/></components></object>`, `<item objectid="1"/><item objectid="4"/>`),
		"3D/Objects/o.model", model(plain, `<item objectid="1"/>`)))
	if len(m.Parts) != 1 || m.Parts[0].Name != "thing" || !slices.Equal(m.Skipped, []string{"object 4 of 3d/start.model: it is not in the file"}) {
		t.Errorf("%d parts, %q", len(m.Parts), m.Skipped)
	}
}

func TestBadFiles(t *testing.T) {
	laughs := plain
	for i := range 30 {
		laughs += fmt.Sprintf(`<object id="%d"><components><component objectid="%d"/><component objectid="%d"/></components></object>`, i+2, i+1, i+1)
	}
	bomb := model(strings.Repeat(" ", 9<<20), "")
	for name, c := range map[string]struct {
		file []byte
		o    threemf.Options
		want string
	}{
		"nothing":             {nil, threemf.Options{}, "3mf: byte 0: the file is empty"},
		"a text":              {[]byte("hello"), threemf.Options{}, "this is no 3MF file; it looks like text"},
		"half an archive":     {archive(t, main, model(plain, ""))[:100], threemf.Options{}, "its ZIP archive can't be read"},
		"another archive":     {archive(t, "a.txt", "a"), threemf.Options{}, "the archive has no model"},
		"no start":            {archive(t, "_rels/.rels", `<a><Relationship Type="x/3dmodel" Target="/gone"/></a>`), threemf.Options{}, `"gone" is not in the archive`},
		"a vertex 4":          {archive(t, main, model(strings.Replace(plain, `v3="2"`, `v3="4"`, 1), "")), threemf.Options{}, "3d/3dmodel.model, line 2: a corner is vertex 4; the mesh has 4"},
		"a vertex -1":         {archive(t, main, model(strings.Replace(plain, `v3="2"`, `v3="-1"`, 1), "")), threemf.Options{}, `"-1" is not an index`},
		"a coordinate":        {archive(t, main, model(strings.Replace(plain, `x="1"`, `x="one"`, 1), "")), threemf.Options{}, `"one" is not a number`},
		"a color":             {archive(t, main, model(`<colorgroup id="1"><color color="red"/></colorgroup>`, "")), threemf.Options{}, `"red" is not a color, such as #FF8000`},
		"a transform":         {archive(t, main, model(plain, `<item objectid="1" transform="1 2 3"/>`)), threemf.Options{}, `the transform "1 2 3" does not have 12 numbers`},
		"a transform of NaN":  {archive(t, main, model(plain, `<item objectid="1" transform="nan 0 0 0 1 0 0 0 1 0 0 0"/>`)), threemf.Options{}, `does not have 12 numbers`},
		"a unit":              {archive(t, main, `<model unit="parsec"/>`), threemf.Options{}, `the unit "parsec" is not known`},
		"an entity":           {archive(t, main, `<!DOCTYPE a [<!ENTITY b "c">]><model>&b;</model>`), threemf.Options{}, "invalid character entity &b;"},
		"deep":                {archive(t, main, strings.Repeat("<model>", 99)), threemf.Options{}, "nested in more than 64"},
		"a wrong end":         {archive(t, main, "<model></a>"), threemf.Options{}, `the element "a" is closed, but is not open`},
		"half a model":        {archive(t, main, "<model><resources>"), threemf.Options{}, "the file ends early"},
		"an object in itself": {archive(t, main, model(`<object id="1"><components><component objectid="1"/></components></object>`, `<item objectid="1"/>`)), threemf.Options{}, "perhaps in themselves"},
		"a billion laughs":    {archive(t, main, model(strings.Replace(laughs, plain, `<object id="1"/>`, 1), `<item objectid="31"/>`)), threemf.Options{}, "more than 262144 objects"},
		"too many parts":      {archive(t, main, model(laughs, `<item objectid="31"/>`)), threemf.Options{}, "more than 65536 parts"},
		"a bomb":              {archive(t, main, bomb), threemf.Options{}, "the archive has more in it than a real one of its size"},
		"too large":           {archive(t, main, bomb), threemf.Options{MaxOpened: 1 << 20}, "it has more than 1048576 bytes"},
		"too many vertices":   {archive(t, main, model(plain, "")), threemf.Options{MaxVertices: 3}, "more than 3 vertices"},
		"too many triangles":  {archive(t, main, model(plain+plain, "")), threemf.Options{MaxTriangles: 1}, "more than 1 triangles"},
		"too many objects":    {archive(t, main, model(plain+strings.Replace(plain, `"1"`, `"2"`, 1), "")), threemf.Options{MaxParts: 1}, "more than 1 objects"},
		"no index":            {archive(t, main, model(`<object id="1" pindex="x"/>`, "")), threemf.Options{}, `"x" is not an index`},
		"texture coordinates": {archive(t, main, model(`<texture2dgroup id="1"><tex2coord u="a"/></texture2dgroup>`, "")), threemf.Options{}, `"a" is not a number`},
	} {
		_, err := threemf.Read(bytes.NewReader(c.file), &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
			continue
		}
		meshtest.CheckError(t, "3mf", err)
	}
}

func TestFilesThatAreCutOff(t *testing.T) {
	file := archive(t, main, model(plain, `<item objectid="1"/>`))
	meshtest.Truncated(t, "3mf", file, len(file), threemf.Read)
	meshtest.Failing(t, file, threemf.Read)
	broken := bytes.Clone(file)
	broken[60] ^= 0x55 // in the compressed text
	_, err := threemf.Read(bytes.NewReader(broken), nil)
	meshtest.CheckError(t, "3mf", err)
	text := model(plain, `<item objectid="1"/>`)
	for n := range len(text) - 1 {
		_, err := threemf.Read(bytes.NewReader(archive(t, main, text[:n])), nil)
		if n > strings.Index(text, "<model") {
			meshtest.CheckError(t, "3mf", err)
			if n > 60 && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Fatalf("%q: %v", text[:n], err)
			}
		}
	}
}

func TestPointsThatAreNotFinite(t *testing.T) {
	m := read(t, archive(t, main, model(strings.Replace(plain, `x="1"`, `x="1e99"`, 1), `<item objectid="1"/>`)))
	if len(m.Parts) != 0 || m.DroppedPoints != 1 || m.DroppedFaces != 1 {
		t.Errorf("%+v", m)
	}
}

func TestFarAway(t *testing.T) {
	file := archive(t, main, model(plain, `<item objectid="1" transform="1 0 0 0 1 0 0 0 1 4000000.5 0 0"/>`))
	m, err := threemf.Read(bytes.NewReader(file), &threemf.Options{Recenter: true})
	if err != nil || m.Origin != [3]float64{4000001, 0, 0} || math.Abs(m.Parts[0].Pose[3]+0.5) > 1e-9 {
		t.Errorf("%v %+v", err, m)
	}
}

func FuzzRead(f *testing.F) {
	file, err := os.ReadFile("testdata/scene.3mf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add(archive(f, main, model(plain, `<item objectid="1"/>`)))
	f.Fuzz(func(t *testing.T, data []byte) { meshtest.Fuzz(t, "3mf", data, threemf.Read) })
}

// FuzzModel is of the text in the archive, which random bytes seldom reach.
func FuzzModel(f *testing.F) {
	f.Add(model(plain, `<item objectid="1" transform="1 0 0 0 1 0 0 0 1 10 0 0"/>`))
	f.Add(model(`<colorgroup id="6"><color color="#00FF00"/></colorgroup><object id="1" pid="6" pindex="0"><mesh>`+vertices+`<triangles><triangle v1="0" v2="1" v3="2" p1="0"/></triangles></mesh></object>`, `<item objectid="1"/>`))
	f.Fuzz(func(t *testing.T, text string) { meshtest.Fuzz(t, "3mf", archive(t, main, text), threemf.Read) })
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	const n = 10_000
	text.WriteString(`<object id="1"><mesh><vertices>`)
	for i := range n {
		fmt.Fprintf(&text, `<vertex x="%.4f" y="%.4f" z="%.4f"/>`, float64(i)/7, float64(i%100)/3, math.Sin(float64(i)))
	}
	text.WriteString(`</vertices><triangles>`)
	for i := range 2 * n {
		fmt.Fprintf(&text, `<triangle v1="%d" v2="%d" v3="%d"/>`, i/2, (i+7)/2%n, (i+30)/4)
	}
	text.WriteString(`</triangles></mesh></object>`)
	file := archive(b, main, model(text.String(), `<item objectid="1"/>`))
	b.SetBytes(int64(text.Len())) // of the text
	b.ReportAllocs()
	for b.Loop() {
		if _, err := threemf.Read(bytes.NewReader(file), nil); err != nil {
			b.Fatal(err)
		}
	}
}

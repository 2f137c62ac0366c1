package mjcf_test

import (
	"bytes"
	"encoding/json"
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

	"github.com/viser-go/viser/formats/mjcf"
	"github.com/viser-go/viser/transform"
)

// What MuJoCo makes of the sample. Package robot's tests compare the poses of bodies.
type golden struct {
	NQ     int
	Bodies []struct {
		Name   string
		Parent int
	}
	Joints []struct {
		Name, Type string
		Index      int
		Limited    bool
		Range      []float64
	}
	Geoms []struct {
		Name, Type  string
		Body, Group int
		RGBA, Size  []float64
		Collides    bool
	}
	Sites   []struct{ Size []float64 }
	Cameras []struct{ FOVY float64 }
}

func readGolden(t *testing.T) (want golden) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "model.json"))
	if err == nil {
		err = json.Unmarshal(data, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	return want
}

func readSample(t testing.TB) *mjcf.Model {
	t.Helper()
	m, err := mjcf.ReadFile(filepath.Join("testdata", "model.xml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func near(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-6 })
}

func TestReadsWhatMuJoCoReads(t *testing.T) {
	m, want := readSample(t), readGolden(t)
	if m.Name != "sample" || m.Positions != want.NQ || len(m.Skipped) > 0 {
		t.Errorf("%q, %d positions, skipped %q", m.Name, m.Positions, m.Skipped)
	}
	if len(m.Bodies) != len(want.Bodies) || len(m.Joints) != len(want.Joints) || len(m.Geoms) != len(want.Geoms) {
		t.Fatalf("%d bodies, %d joints, %d geoms", len(m.Bodies), len(m.Joints), len(m.Geoms))
	}
	for i, w := range want.Bodies {
		if w.Name == "" {
			w.Name = fmt.Sprint("body ", i)
		}
		if b := m.Bodies[i]; b.Name != w.Name || b.Parent != w.Parent {
			t.Errorf("body %d is %+v, want %+v", i, b, w)
		}
	}
	for i, w := range want.Joints {
		j := m.Joints[i]
		if j.Name != w.Name || j.Type.String() != w.Type || j.Index != w.Index || j.Limited != w.Limited {
			t.Errorf("joint %d is %+v, want %+v", i, j, w)
		}
		if w.Limited && !near([]float64{j.Lower, j.Upper}, w.Range) {
			t.Errorf("joint %s has the range %v to %v, want %v", j.Name, j.Lower, j.Upper, w.Range)
		}
	}
	for i, w := range want.Geoms {
		g := m.Geoms[i]
		if g.Name != w.Name || g.Type.String() != w.Type || g.Body != w.Body || g.Group != w.Group || g.Collides != w.Collides || !near(g.RGBA[:], w.RGBA) {
			t.Errorf("geom %d is %+v, want %+v", i, g, w)
		}
		if used := sizes[g.Type]; !near(g.Size[:used], w.Size[:used]) {
			t.Errorf("geom %s has the size %v, want %v", g.Name, g.Size, w.Size)
		}
	}
	if !near(m.Sites[0].Size[:1], want.Sites[0].Size[:1]) || !near([]float64{m.Cameras[0].FOVY}, []float64{want.Cameras[0].FOVY}) {
		t.Errorf("site %+v, camera %+v", m.Sites, m.Cameras)
	}
}

// sizes are how many numbers of a size have a meaning.
var sizes = map[mjcf.GeomType]int{mjcf.Sphere: 1, mjcf.Capsule: 2, mjcf.Cylinder: 2, mjcf.Box: 3, mjcf.Ellipsoid: 3}

func TestReadsAssetsAndKeyframes(t *testing.T) {
	m := readSample(t)
	floor := m.Materials[m.Geoms[0].Material]
	if tex := m.Textures[floor.Texture]; tex.Builtin != "checker" || tex.Type != "2d" || tex.RGB1 != [3]float64{1, 1, 1} || floor.Repeat != [2]float64{4, 4} || !floor.Uniform {
		t.Errorf("%+v %+v", floor, tex)
	}
	if w := m.Meshes[0]; len(w.Points) != 4 || len(w.Faces) != 4 || w.Faces[1] != [3]uint32{0, 1, 3} || w.Scale != [3]float64{0.1, 0.2, 0.3} || w.File != "" {
		t.Errorf("the mesh is %+v", w)
	}
	if len(m.Keyframes) != 1 || m.Keyframes[0].Name != "home" || len(m.Keyframes[0].Positions) != m.Positions {
		t.Errorf("the keyframes are %+v", m.Keyframes)
	}
	if l := m.Lights[0]; l.Direction != [3]float64{0, 0.5, -1} || !l.Directional || l.Diffuse != [3]float64{0.5, 0.4, 0.3} {
		t.Errorf("the light is %+v", l)
	}
}

func read(in string, files fs.FS) (*mjcf.Model, error) {
	var o mjcf.Options
	if files != nil {
		o.Open = func(name string) (io.ReadCloser, error) { return files.Open(name) }
	}
	return mjcf.Read(strings.NewReader(in), &o)
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	body := func(in string) string { return "<mujoco><worldbody>" + in + "</worldbody></mujoco>" }
	asset := func(in string) string { return "<mujoco><asset>" + in + "</asset></mujoco>" }
	files := fstest.MapFS{
		"itself.xml": {Data: []byte("<mujoco>\n<include file='itself.xml'/></mujoco>")},
		"bad.xml":    {Data: []byte("<mujocoinclude>\n\n<worldbody><geom size='x'/></worldbody></mujocoinclude>")},
		"cut.xml":    {Data: []byte("<mujocoinclude>\n")},
		"urdf.xml":   {Data: []byte("<robot/>")},
		"many.xml":   {Data: []byte("<mujoco>" + strings.Repeat("<include file='none.xml'/>", 3) + "</mujoco>")},
		"empty.xml":  {Data: []byte("<mujocoinclude/>")},
	}
	for name, c := range map[string]struct{ in, want string }{
		"empty":            {"", "line 1: the file ends before any element"},
		"URDF":             {"<robot/>", "the outermost element is <robot>; that of an MJCF file is <mujoco>"},
		"included itself":  {"<mujoco><include file='itself.xml'/></mujoco>", `included file "itself.xml", line 2: files include each other more than 16 deep`},
		"included missing": {"<mujoco>\n<include file='gone.xml'/></mujoco>", `line 2: included file "gone.xml": file does not exist`},
		"included nested":  {"<mujoco><include file='many.xml'/></mujoco>", `included file "many.xml", line 1: included file "none.xml": file does not exist`},
		"included often":   {"<mujoco>" + strings.Repeat("<include file='empty.xml'/>", 300) + "</mujoco>", "more than 256 included files"},
		"included wrong":   {"<mujoco><include file='bad.xml'/></mujoco>", `included file "bad.xml", line 3: <geom size=…>: "x" is not a finite number`},
		"included cut":     {"<mujoco><include file='cut.xml'/></mujoco>", `included file "cut.xml", line 2: the file ends within an element`},
		"included URDF":    {"<mujoco><include file='urdf.xml'/></mujoco>", "the outermost element is <robot>"},
		"included nothing": {"<mujoco><include/></mujoco>", "the <include> has no file"},
		"angle":            {"<mujoco><compiler angle='gon'/></mujoco>", `the angle is "gon"`},
		"global":           {"<mujoco><compiler coordinate='global'/></mujoco>", "save the model with version 2.3.3"},
		"eulerseq":         {"<mujoco><compiler eulerseq='xyw'/></mujoco>", "the eulerseq is"},
		"class":            {body("\n<geom class='gone' size='1'/>"), `line 2: the class "gone" is not defined`},
		"childclass":       {body("<body childclass='gone'/>"), `the class "gone" is not defined`},
		"default":          {"<mujoco><default><default/></default></mujoco>", "the <default> within another one has no class"},
		"mesh":             {body("<geom type='mesh' mesh='gone'/>"), `the geom has mesh "gone", which is not defined`},
		"no mesh":          {body("<geom type='mesh'/>"), "the geom is a mesh, but names none"},
		"material":         {body("<geom size='1' material='gone'/>"), `the material "gone" is not defined`},
		"texture":          {asset("<material name='m' texture='gone'/>"), `the material has texture "gone", which is not defined`},
		"joint type":       {body("<body><joint type='screw'/></body>"), `the type of the joint is "screw"`},
		"joint axis":       {body("<body><joint axis='0 0 0'/></body>"), "has no length"},
		"quaternion":       {body("<body quat='0 0 0 0'/>"), "a vector has no length"},
		"axes":             {body("<body xyaxes='1 0 0 2 0 0'/>"), "a vector has no length"},
		"euler":            {body("<body euler='1 2'/>"), "there are 2 numbers; there must be 3"},
		"NaN":              {body("<body pos='0 NaN 0'/>"), "not a finite number"},
		"far":              {body("<body pos='0 1e200 0'/>"), "too large"},
		"fromto":           {body("<geom type='capsule' size='1' fromto='0 0 0 0 0 0'/>"), "both ends are at the same place"},
		"fromto numbers":   {body("<geom type='capsule' size='1' fromto='0 0 0'/>"), "there must be 6"},
		"size":             {body("<geom size='-1'/>"), "-1 is out of range"},
		"replicas":         {body("<replicate count='1000'><replicate count='1000'><geom size='1'/></replicate></replicate>"), "more than 131072"},
		"empty replicas":   {body("<replicate count='1000'><replicate count='1000'/></replicate>"), "more than 131072"},
		"replicate count":  {body("<replicate count='1.5'/>"), "must be a whole number"},
		"two meshes":       {asset("<mesh name='m' file='a.stl'/>\n<mesh name='m' file='b.stl'/>"), `line 2: there are two meshes named "m"`},
		"vertices":         {asset("<mesh name='m' vertex='1 2 3 4'/>"), "no multiple of 3"},
		"faces":            {asset("<mesh name='m' vertex='0 0 0 1 0 0 0 1 0' face='0 1 3'/>"), "3 is no vertex; there are 3"},
		"half a face":      {asset("<mesh name='m' vertex='0 0 0 1 0 0 0 1 0' face='0 1'/>"), "not whole triangles"},
		"scale":            {asset("<mesh name='m' file='a' scale='0 1 1'/>"), "0 is out of range"},
		"reference":        {asset("<mesh name='m' file='a' refquat='0 0 0 0'/>"), "no length"},
	} {
		_, err := read(c.in, files)
		var e *mjcf.Error
		if !errors.As(err, &e) || e.Line < 1 || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := read("<mujoco><include file='a.xml'/></mujoco>", nil); err == nil || !strings.Contains(err.Error(), "cannot be opened here") {
		t.Error(err)
	}
}

func TestNamesWhatIsLeftOut(t *testing.T) {
	m, err := read(`<mujoco><asset><mesh name="b" builtin="torus"/><mesh name="n"/></asset><worldbody>
		<geom type="sdf"/><composite/><flexcomp/><body><inertial mass="1"/><joint name="j"/></body></worldbody>
		<deformable><skin/></deformable><tendon><fixed/><spatial/></tendon><weird/>
		<keyframe><key name="short" qpos="1 2"/></keyframe></mujoco>`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`mesh "b", which MuJoCo makes (torus)`, `mesh "n", which has neither a file nor vertices`, `element "skin"`, "spatial tendons",
		`geoms of type "sdf"`, `element "composite"`, `element "flexcomp"`, `element "weird"`, `keyframe "short", which has 2 positions instead of 1`,
	}
	if !slices.Equal(m.Skipped, want) {
		t.Errorf("skipped %q", m.Skipped)
	}
}

func TestFoldersOfAssets(t *testing.T) {
	const assets = `<asset><mesh file="sub\a.stl"/><mesh name="b" file="/abs/b.stl"/><texture name="t" type="2d" file="t.png"/></asset>`
	for compiler, want := range map[string]string{
		"":                                "sub/a.stl /abs/b.stl t.png",
		`meshdir="m"`:                     "m/sub/a.stl /abs/b.stl t.png",
		`assetdir="x" texturedir="../t/"`: "x/sub/a.stl /abs/b.stl ../t/t.png",
		`meshdir="m" strippath="true"`:    "m/a.stl m/b.stl t.png",
	} {
		m, err := read("<mujoco>"+assets+"<compiler "+compiler+"/></mujoco>", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Meshes[0].File + " " + m.Meshes[1].File + " " + m.Textures[0].File; got != want || m.Meshes[0].Name != "a" {
			t.Errorf("%s: %s, want %s", compiler, got, want)
		}
	}
}

// Sequences in upper case turn about fixed axes.
func TestEulerSequences(t *testing.T) {
	x, y, z := transform.SO3FromXRadians(0.1), transform.SO3FromYRadians(0.2), transform.SO3FromZRadians(0.3)
	for sequence, want := range map[string]transform.SO3{
		"xyz": x.Multiply(y).Multiply(z), "XYZ": z.Multiply(y).Multiply(x), "xYz": y.Multiply(x).Multiply(z),
	} {
		m, err := read(`<mujoco><compiler angle="radian" eulerseq="`+sequence+`"/><worldbody><body euler="0.1 0.2 0.3"/></worldbody></mujoco>`, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, want := m.Bodies[1].Pose.Rotation.WXYZ(), want.WXYZ()
		if !near(got[:], want[:]) {
			t.Errorf("%s: %v, want %v", sequence, got, want)
		}
	}
}

func TestTruncated(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "model.xml"))
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.TrimSpace(data)
	files := os.DirFS("testdata")
	for n := 0; n < len(data); n += 5 { // XML at each byte is what package xmltree tests
		if _, err := read(string(data[:n]), files); err == nil {
			t.Fatalf("%d of %d bytes were accepted", n, len(data))
		}
	}
	if _, err := read(string(data), files); err != nil {
		t.Fatal(err)
	}
}

func TestReadFileStaysInItsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.xml"), []byte("<mujocoinclude/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	sub := filepath.Join(dir, "sub")
	if err := os.Mkdir(sub, 0o700); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(sub, "m.xml")
	if err := os.WriteFile(name, []byte("<mujoco><include file='../secret.xml'/></mujoco>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := mjcf.ReadFile(name, nil); err == nil || !strings.HasPrefix(err.Error(), name+": mjcf: line 1: included file") {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"model.xml", "parts.xml"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`<mujoco><default class="a"><default class="b"><geom type="box"/></default><default class="a"/></default><worldbody><geom class="b" fromto="0 0 0 1 1 1" size="1"/></worldbody></mujoco>`))
	files := os.DirFS("testdata")
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := read(string(data), files)
		if err != nil {
			var e *mjcf.Error
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		for i, b := range m.Bodies {
			if b.Parent >= i && i > 0 || !b.Pose.Valid() {
				t.Fatalf("body %d: %+v", i, b)
			}
		}
		for _, g := range m.Geoms {
			if g.Body >= len(m.Bodies) || g.Mesh >= len(m.Meshes) || g.Material >= len(m.Materials) {
				t.Fatalf("%+v", g)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("testdata", "model.xml"))
	if err != nil {
		b.Fatal(err)
	}
	files := os.DirFS("testdata")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(string(data), files); err != nil {
			b.Fatal(err)
		}
	}
}

package robot

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/mesh"
)

// one is a robot of one link with a mesh.
func one(file string) string {
	return "<robot name='r'><link name='a'><visual><geometry><mesh filename='" + file + "'/></geometry></visual></link></robot>"
}

func tip(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "arm", "meshes", "tip.stl"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// skipped loads a file and returns what is not shown.
func skipped(t *testing.T, file string, opts *Options) string {
	t.Helper()
	r, err := Load(file, opts)
	if err != nil {
		t.Fatal(err)
	}
	if shown := len(r.links[0].visuals); (shown == 0) != (len(r.Skipped()) > 0) {
		t.Errorf("%d shapes are shown, and skipped are %q", shown, r.Skipped())
	}
	return strings.Join(r.Skipped(), "; ")
}

func TestFindsMeshes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "work")
	stl := tip(t)
	mesh := writeFile(t, stl, dir, "arm", "meshes", "tip.stl")
	writeFile(t, stl, dir, "named", "meshes", "tip.stl")
	writeFile(t, "<package><name>other_name</name></package>", dir, "named", "package.xml")
	for name, file := range map[string]string{
		"beside":           "tip.stl",
		"in the package":   "package://arm/meshes/tip.stl",
		"three slashes":    "package:///arm/meshes/tip.stl",
		"of a folder urdf": "../meshes/tip.stl",
		"by its path":      "file://" + filepath.ToSlash(mesh),
		"with backslashes": `..\meshes\tip.stl`,
		"unpacked renamed": "package://arm_v2/meshes/tip.stl",
		"model":            "model://arm/meshes/tip.stl",
		"package beside":   "package://named/../named/meshes/tip.stl", // not a package of that name
	} {
		writeFile(t, stl, dir, "arm", "urdf", "tip.stl")
		at := writeFile(t, one(file), dir, "arm", "urdf", "r.urdf")
		got := skipped(t, at, nil)
		if want := ""; got != want && name != "package beside" {
			t.Errorf("%s: skipped %s", name, got)
		}
		if name == "package beside" && !strings.Contains(got, `package "named" was not found`) {
			t.Errorf("%s: skipped %q", name, got)
		}
	}
	at := writeFile(t, one("package://far/meshes/tip.stl"), dir, "arm", "urdf", "r.urdf")
	if got := skipped(t, at, &Options{Packages: map[string]string{"far": filepath.Join(dir, "named")}}); got != "" {
		t.Errorf("skipped %s", got)
	}
	t.Setenv("ROS_PACKAGE_PATH", dir)
	writeFile(t, "<package><name>named2</name></package>", dir, "named2", "package.xml")
	writeFile(t, stl, dir, "named2", "tip.stl")
	at = writeFile(t, one("package://named2/tip.stl"), t.TempDir(), "r.urdf")
	if got := skipped(t, at, nil); got != "" {
		t.Errorf("skipped %s", got)
	}
	if r, err := Load(at, &Options{NoMeshes: true}); err != nil || len(r.Skipped()) > 0 || len(r.links[0].visuals) > 0 {
		t.Errorf("%v, %v", r, err)
	}
}

func TestStaysInItsFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "c")
	secret := writeFile(t, tip(t), dir, "secret", "tip.stl")
	writeFile(t, tip(t), dir, "robot1", "inside.stl")
	if err := os.Symlink(secret, filepath.Join(dir, "robot1", "link.stl")); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"../secret/tip.stl":                  "outside the folder",
		"file://" + filepath.ToSlash(secret): "outside the folder",
		filepath.ToSlash(secret):             "outside the folder",
		"package://robot1/../secret/tip.stl": "outside the folder",
		"link.stl":                           "escapes",
		"package://../secret/tip.stl":        "was not found",
		"package://tmp/secret/tip.stl":       "was not found",
		"http://127.0.0.1/a.stl":             `"http" files are not fetched`,
		".":                                  "not a regular file",
		"none.stl":                           "file does not exist",
		"inside.stl":                         "",
		"inside\x7f.stl":                     "file does not exist",
	} {
		at := writeFile(t, one(file), dir, "robot1", "r.urdf")
		got := skipped(t, at, nil)
		if !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%s: skipped %q, want %q", file, got, want)
		}
		if want == "outside the folder" || want == "escapes" {
			if got := skipped(t, at, &Options{AllowOutside: true}); got != "" {
				t.Errorf("%s: skipped %q although it was allowed", file, got)
			}
		}
	}
	// An included file of MJCF, without which there is no model, is an error.
	writeFile(t, "<mujocoinclude/>", dir, "secret", "x.xml")
	at := writeFile(t, "<mujoco><include file='../secret/x.xml'/></mujoco>", dir, "robot1", "m.xml")
	if _, err := Load(at, nil); err == nil || !strings.Contains(err.Error(), "outside the folder") {
		t.Error(err)
	}
	if _, err := Load(at, &Options{AllowOutside: true}); err != nil {
		t.Error(err)
	}
}

func TestAncestorsAreNoHomes(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home", "somebody")
	t.Setenv("HOME", home)
	if got := ancestors(filepath.Join(home, "downloads", "robot")); !slices.Equal(got, []string{filepath.Join(home, "downloads")}) {
		t.Errorf("%q", got)
	}
	if got := ancestors(filepath.FromSlash("/srv/robots/arm")); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestMeshesThatCannotBeShown(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"a.stl": "solid", "b.obj": "v 1 2 3\n", "c.dae": "<COLLADA", "d.glb": "glTF\x02", "e.fbx": "Kaydara", "f.msh": "short", "g.ply": "ply\nwrong",
	} {
		writeFile(t, content, dir, name)
		got := skipped(t, writeFile(t, one(name), dir, "r.urdf"), nil)
		if !strings.HasPrefix(got, "mesh "+name+": ") || strings.Contains(got, "\n") {
			t.Errorf("%s: skipped %q", name, got)
		}
	}
	writeFile(t, tip(t), dir, "tip.stl")
	at := writeFile(t, one("tip.stl"), dir, "r.urdf")
	if got := skipped(t, at, &Options{MaxTriangles: 3}); !strings.Contains(got, "more than 3") {
		t.Errorf("skipped %q", got)
	}
	if got := skipped(t, at, &Options{MaxTriangles: 4}); got != "" {
		t.Errorf("skipped %q", got)
	}
}

func TestLoadTellsKindsApart(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ content, want string }{
		"a.urdf": {"", "looks like an empty file"},
		"b.xml":  {"<sdf version='1.6'/>", "neither URDF nor MJCF; it looks like XML"},
		"c.urdf": {"ply\nformat ascii", "looks like a PLY file"},
		"d.xml":  {"<mujocoinclude/>", "the outermost element is <mujocoinclude>"},
		"e.txt":  {"<!-- c --><robot name='r'/>", "the robot has no links"},
		"f.urdf": {"<robot>\x00", "line 1"},
	} {
		file := writeFile(t, c.content, dir, name)
		if _, err := Load(file, nil); err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), file) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := Load(filepath.Join(dir, "none"), nil); !os.IsNotExist(err) {
		t.Error(err)
	}
	if _, err := LoadURDF(filepath.Join(dir, "none"), nil); !os.IsNotExist(err) {
		t.Error(err)
	}
	if _, err := LoadMJCF(filepath.Join(dir, "none"), nil); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// msh writes MuJoCo's format.
func msh(header [4]int32, numbers []float32, faces []uint32) []byte {
	var b bytes.Buffer
	for _, v := range []any{header, numbers, faces} {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}

func TestReadsMSH(t *testing.T) {
	good := msh([4]int32{3, 0, 3, 1}, []float32{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0.25}, []uint32{0, 1, 2})
	o := (&mesh.Options{}).WithDefaults()
	m, err := readMSH(good, &o)
	if err != nil {
		t.Fatal(err)
	}
	if p := m.Parts[0]; p.Points[1] != [3]float32{1, 0, 0} || p.Faces[0] != [3]uint32{0, 1, 2} || p.UVs[2] != [2]float32{0, 0.75} {
		t.Errorf("%+v", p)
	}
	for n := range good {
		if _, err := readMSH(good[:n], &o); err == nil {
			t.Fatalf("%d bytes were accepted", n)
		}
	}
	for name, bad := range map[string][]byte{
		"no vertices": msh([4]int32{-1, 0, 0, 1}, nil, nil),
		"lies":        msh([4]int32{1 << 30, 0, 0, 1 << 30}, nil, nil),
		"normals":     msh([4]int32{3, 1, 0, 0}, make([]float32, 12), nil),
		"corner":      msh([4]int32{3, 0, 0, 1}, make([]float32, 9), []uint32{0, 1, 3}),
		"no faces":    msh([4]int32{3, 0, 0, 0}, make([]float32, 9), nil),
		"trailing":    append(slices.Clone(good), 0),
	} {
		if _, err := readMSH(bad, &o); err == nil || !strings.HasPrefix(err.Error(), "msh: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadMSH(f *testing.F) {
	f.Add(msh([4]int32{3, 0, 3, 1}, make([]float32, 15), []uint32{0, 1, 2}))
	o := (&mesh.Options{}).WithDefaults()
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := readMSH(data, &o); err == nil && len(m.Parts[0].Faces)*12 > len(data) {
			t.Fatal("more triangles than bytes")
		}
	})
}

// TestOnlyFolder: nothing is opened but what is in the folder, where the last part of each name is looked for.
func TestOnlyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "c")
	writeFile(t, tip(t), dir, "one", "tip.stl")
	writeFile(t, tip(t), dir, "other", "own.stl")
	writeFile(t, "<package><name>other</name></package>", dir, "other", "package.xml")
	packages := map[string]string{"mine": filepath.Join(dir, "other")}
	for file, want := range map[string]struct{ only, otherwise bool }{
		"tip.stl":                          {true, true},
		"package://nowhere/meshes/tip.stl": {true, false},
		"meshes/tip.stl":                   {true, false},
		`C:\robots\tip.stl`:                {true, false},
		"/opt/robots/tip.stl":              {true, false},
		"package://other/own.stl":          {false, true},
		"package://mine/own.stl":           {false, true},
		"../other/own.stl":                 {false, true},
		"none.stl":                         {false, false},
	} {
		at := writeFile(t, one(file), dir, "one", "r.urdf")
		for _, only := range []bool{false, true} {
			r, err := Load(at, &Options{OnlyFolder: only, AllowOutside: true, Packages: packages})
			if err != nil {
				t.Fatal(err)
			}
			there := want.otherwise
			if only {
				there = want.only
			}
			opened, missing := r.Files()
			if there != (len(opened) == 1 && opened[0] == file && len(missing) == 0) || !there && len(missing) != 1 && len(r.Skipped()) == 0 {
				t.Errorf("%s, OnlyFolder %v: opened %q, missing %q, skipped %q", file, only, opened, missing, r.Skipped())
			}
		}
	}
}

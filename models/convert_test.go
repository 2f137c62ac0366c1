package models

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// converted converts a file, and describes the result.
func converted(t *testing.T, in string, to Format, o *ConvertOptions) (*Info, []string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out."+string(to))
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	lost, err := Convert(t.Context(), in, f, to, o)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatalf("%s to %s: %v", filepath.Base(in), to, err)
	}
	info, err := Describe(t.Context(), out, nil)
	if err != nil {
		t.Fatalf("%s to %s: %v", filepath.Base(in), to, err)
	}
	return info, lost
}

// survey is a cloud far from the origin, with colors, normals and two fields.
const survey = `ply
format ascii 1.0
element vertex 3
property double x
property double y
property double z
property float nx
property float ny
property float nz
property uchar red
property uchar green
property uchar blue
property float intensity
property float quality
end_header
500000.25 4000000.5 100 0 0 1 255 0 0 1 0.5
500001.25 4000001.5 101 0 0 1 0 255 0 2 0.25
500002.25 4000002.5 90 0 0 1 0 0 255 3 0.75
`

// TestConvertClouds: each format keeps the coordinates to the millimeter, and says what it has no place for.
func TestConvertClouds(t *testing.T) {
	in := write(t, filepath.Join(t.TempDir(), "survey.ply"), []byte(survey))
	for _, to := range []Format{PLY, PCD, XYZ, NPY, LAS} {
		info, lost := converted(t, in, to, nil)
		if info.Format != to || info.Points != 3 || !info.Colors {
			t.Errorf("%s: %+v", to, info)
		}
		for axis, want := range [3]float64{500002.25, 4000002.5, 101} {
			if math.Abs(info.High[axis]-want) > 0.001 {
				t.Errorf("%s: the largest coordinate along axis %d is %v, want %v", to, axis, info.High[axis], want)
			}
		}
		var want []string
		if to == LAS {
			want = []string{"normals", "field quality"}
		}
		if diff := cmp.Diff(want, lost); diff != "" {
			t.Error(to, diff)
		}
		has := func(name string) bool {
			return slices.ContainsFunc(info.Fields, func(f FieldInfo) bool { return f == FieldInfo{name, 1, 3} })
		}
		if !has("intensity") {
			t.Errorf("%s: the fields are %v", to, info.Fields)
		}
		if thin, _ := converted(t, in, to, &ConvertOptions{Options: Options{MaxPoints: 2}}); thin.Points > 2 || thin.Points < 1 {
			t.Errorf("%s: %d points are left of 3", to, thin.Points)
		}
	}
}

// painted is an OBJ file of two triangles with a material each.
const painted = "mtllib painted.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nvt 0 0\nvt 1 0\nvt 0 1\n" +
	"usemtl red\nf 1/1 2/2 3/3\nusemtl wood\nf 1/1 2/2 4/3\n"

// TestConvertMeshes: triangles survive everywhere, textures where the format has them.
func TestConvertMeshes(t *testing.T) {
	dir := t.TempDir()
	in := write(t, filepath.Join(dir, "painted.obj"), []byte(painted))
	write(t, filepath.Join(dir, "painted.mtl"), []byte("newmtl red\nKd 1 0 0\nnewmtl wood\nKd 1 1 1\nmap_Kd wood.png\n"))
	write(t, filepath.Join(dir, "wood.png"), pngFile(t))
	for to, want := range map[Format][]string{
		PLY: {"textures", "texture coordinates"}, OFF: {"textures", "texture coordinates"}, STL: {"textures", "texture coordinates"},
		GLTFB: nil, OBJ: nil,
	} {
		out := t.TempDir()
		o := &ConvertOptions{Name: "new.obj", Create: func(name string) (io.WriteCloser, error) { return os.Create(filepath.Join(out, name)) }}
		info, lost := converted(t, in, to, o)
		if info.Triangles != 2 {
			t.Errorf("%s: %+v", to, info)
		}
		if diff := cmp.Diff(want, lost); diff != "" {
			t.Error(to, diff)
		}
		if to == GLTFB && info.Textures != 1 {
			t.Errorf("glb: %d textures", info.Textures)
		}
		if _, err := os.Stat(filepath.Join(out, "new.mtl")); (err == nil) != (to == OBJ) {
			t.Errorf("%s: the materials: %v", to, err)
		}
	}
	m, err := Open(t.Context(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := merged(m.Mesh)
	if len(p.Colors) != len(p.Points) || !slices.Contains(p.Colors, [3]uint8{255, 0, 0}) || !slices.Contains(p.Colors, [3]uint8{255, 255, 255}) {
		t.Errorf("the colors of a PLY file are %v", p.Colors)
	}
	if info, lost := converted(t, in, PCD, nil); info.Points == 0 || !slices.Equal(lost, []string{"the surface", "textures"}) {
		t.Errorf("as points: %+v, %q", info, lost)
	}
}

func TestConvertSplats(t *testing.T) {
	in := write(t, filepath.Join(t.TempDir(), "a.ply"), []byte(plyText(splatColumns(), "0")))
	for _, to := range []Format{PLY, SPLAT, SPZ} {
		if info, lost := converted(t, in, to, nil); info.Splats != 1 || lost != nil {
			t.Errorf("%s: %+v, %q", to, info, lost)
		}
	}
	if info, lost := converted(t, in, PCD, nil); info.Points != 1 || len(lost) != 1 {
		t.Errorf("%+v, %q", info, lost)
	}
}

func TestConvertFolder(t *testing.T) {
	info, lost := converted(t, filepath.Join("..", "colmap", "testdata", "binary"), PCD, nil)
	if info.Points == 0 || !slices.Contains(lost, "cameras") {
		t.Errorf("%+v, %q", info, lost)
	}
}

func TestConvertErrors(t *testing.T) {
	cloud := write(t, filepath.Join(t.TempDir(), "a.ply"), []byte(plyText(nil, "0")))
	cut := write(t, filepath.Join(t.TempDir(), "cut.ply"), []byte(strings.Replace(survey, "vertex 3", "vertex 4", 1)))
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, c := range []struct {
		in   string
		to   Format
		want string
	}{
		{cloud, STL, "a.ply: what is in it cannot be written as stl"},
		{cloud, SPZ, "a.ply: what is in it cannot be written as spz"},
		{cut, PCD, "cut.ply: "},
		{cut, LAS, "cut.ply: "},
		{filepath.Join(t.TempDir(), "none.ply"), PCD, "there is no such file"},
	} {
		if _, err := Convert(t.Context(), c.in, null, c.to, nil); !strings.Contains(errText(err), c.want) {
			t.Errorf("%s to %s: %v, want %s", filepath.Base(c.in), c.to, err, c.want)
		}
	}
	if f, ok := WritableBy("x.LAZ"); ok {
		t.Errorf("%s is writable", f)
	}
	if f, ok := WritableBy("a/b.CSV"); !ok || f != XYZ {
		t.Errorf("csv is %s, %v", f, ok)
	}
}

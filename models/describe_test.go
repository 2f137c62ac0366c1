package models

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDescribe: what is in files of each kind, clouds without holding them.
func TestDescribe(t *testing.T) {
	cloud := "ply\nformat ascii 1.0\ncomment by hand\nelement vertex 3\nproperty double x\nproperty double y\nproperty double z\n" +
		"property float quality\nend_header\n500000.25 1 2 7\nnan 0 0 9\n500001.25 -1 3 nan\n"
	for name, c := range map[string]struct {
		text string
		want Info
	}{
		"cloud.ply": {cloud, Info{
			Format: PLY, Points: 2, Dropped: 1, Low: &[3]float64{500000.25, -1, 2}, High: &[3]float64{500001.25, 1, 3},
			Fields: []FieldInfo{{"quality", 7, 9}}, Comments: []string{"by hand"},
		}},
		"mesh.ply": {texturedPLY, Info{
			Format: PLY, Points: 3, Triangles: 3, Parts: 1, Low: &[3]float64{}, High: &[3]float64{1, 1, 0}, Fields: []FieldInfo{{"quality", 5, 7}},
			Comments: []string{"TextureFile stone.png", "TextureFile wood.png"},
			NotShown: []string{"texture stone.png: there is no such file", "texture wood.png: there is no such file"},
		}},
		"mesh.stl": {"solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 2 0\nendloop\nendfacet\nendsolid a\n", Info{
			Format: STL, Points: 3, Triangles: 1, Parts: 1, Low: &[3]float64{}, High: &[3]float64{1, 2, 0},
		}},
		"splats.ply": {plyText(splatColumns(), "0"), Info{
			Format: PLY, Splats: 1, Colors: true, Up: "-y", Low: &[3]float64{1, 1, 1}, High: &[3]float64{1, 1, 1},
		}},
	} {
		path := write(t, filepath.Join(t.TempDir(), name), []byte(c.text))
		got, err := Describe(t.Context(), path, nil)
		if err != nil {
			t.Error(name, err)
			continue
		}
		c.want.File, c.want.Bytes = name, int64(len(c.text))
		if diff := cmp.Diff(&c.want, got); diff != "" {
			t.Error(name, diff)
		}
	}
	cut := write(t, filepath.Join(t.TempDir(), "cut.ply"), []byte(strings.Replace(cloud, "vertex 3", "vertex 4", 1)))
	if _, err := Describe(t.Context(), cut, nil); err == nil || !strings.HasPrefix(err.Error(), "cut.ply: ") {
		t.Error(err)
	}
}

// TestOpenPoints: only clouds have points to stream, and their errors name the file.
func TestOpenPoints(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.stl"), []byte("solid a\nendsolid a\n"))
	if _, err := OpenPoints(t.Context(), path, nil); errText(err) != "a.stl: it is no point cloud" {
		t.Error(err)
	}
	ctx, cancel := contextWithCause(t)
	path = write(t, filepath.Join(t.TempDir(), "a.ply"), []byte(plyText(nil, "0")))
	p, err := OpenPoints(ctx, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel(nil)
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// TestReconstruction: a folder of COLMAP is one model, with its points and cameras.
func TestReconstruction(t *testing.T) {
	dir := filepath.Join("..", "colmap", "testdata", "binary")
	if !IsFolder(dir) || IsFolder(t.TempDir()) {
		t.Error("folders are not told apart")
	}
	m, err := Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Format != COLMAP || m.Name != "binary" || m.Cloud == nil || len(m.Cameras) == 0 || m.Cloud.Fields[0].Name != "error" {
		t.Errorf("%+v", m)
	}
	if _, err := m.Cameras[0].Picture(); err == nil {
		t.Error("there is a picture")
	}
	info, err := Describe(t.Context(), dir, nil)
	if err != nil || info.Cameras != len(m.Cameras) || info.Points != int64(len(m.Cloud.Points)) {
		t.Errorf("%+v, %v", info, err)
	}
	if few, err := Open(t.Context(), dir, &Options{MaxPoints: 1}); err != nil || len(few.Cloud.Points) > 1 {
		t.Errorf("%d points, %v", len(few.Cloud.Points), err)
	}
	if _, err := Open(t.Context(), write(t, filepath.Join(t.TempDir(), "a"), []byte("x")), &Options{Format: COLMAP}); !strings.Contains(errText(err), "is a folder") {
		t.Error(err)
	}
}

func TestNearestAxis(t *testing.T) {
	for up, want := range map[[3]float64]string{{0.1, -0.9, 0.3}: "-y", {0, 0, 1}: "z", {-1, 0, 0}: "-x"} {
		if got := nearestAxis(up, true); got != want {
			t.Errorf("%v: %s, want %s", up, got, want)
		}
	}
	if nearestAxis([3]float64{0, 0, 1}, false) != "" {
		t.Error("no direction has an axis")
	}
}

// TestCapturesOfFolders: transforms.json and Record3D, by the folder and by the file.
func TestCapturesOfFolders(t *testing.T) {
	capture := filepath.Join("..", "record3d", "testdata", "capture")
	m, err := Open(t.Context(), capture, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Format != R3D || len(m.Cameras) == 0 || len(m.Cloud.Points) == 0 || len(m.Cloud.Fields[0].Values) != len(m.Cloud.Points) || m.Cameras[0].FOV <= 0 {
		t.Errorf("%d cameras, %d points", len(m.Cameras), len(m.Cloud.Points))
	}
	dir := t.TempDir()
	json := `{"camera_angle_x": 0.8, "w": 640, "h": 480, "ply_file_path": "points.ply", "frames": [
{"file_path": "images/a", "transform_matrix": [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]}]}`
	write(t, filepath.Join(dir, "transforms.json"), []byte(json))
	write(t, filepath.Join(dir, "images", "a.png"), pngFile(t))
	for _, path := range []string{dir, filepath.Join(dir, "transforms.json")} {
		m, err := Open(t.Context(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Format != Transforms || len(m.Cameras) != 1 || m.Cameras[0].Pose.Translation != [3]float64{1, 2, 3} {
			t.Fatalf("%+v", m)
		}
		if picture, err := m.Cameras[0].Picture(); err != nil || picture.Bounds().Dx() != 3 {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"points points.ply: there is no such file"}, m.NotShown); diff != "" {
			t.Error(diff)
		}
	}
	write(t, filepath.Join(dir, "points.ply"), []byte(plyText(nil, "0")))
	if m, err := Open(t.Context(), dir, nil); err != nil || m.Cloud == nil || len(m.Cloud.Points) != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	_, err = Read(t.Context(), strings.NewReader(json), "pipe", 0, nil)
	if !strings.Contains(errText(err), "pipe: its pictures are in other files") {
		t.Error(err)
	}
}

// TestDescribeEdges: the ends of edges are points of the cloud, and count once.
func TestDescribeEdges(t *testing.T) {
	const text = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n" +
		"element edge 2\nproperty int vertex1\nproperty int vertex2\nend_header\n0 0 0\n1 0 0\n0 1 0\n0 1\n1 2\n"
	info, err := DescribeFrom(t.Context(), strings.NewReader(text), "a.ply", 0, nil)
	if err != nil || info.Points != 3 || info.Lines != 2 {
		t.Errorf("%+v, %v", info, err)
	}
}

func TestParseFormat(t *testing.T) {
	for name, want := range map[string]Format{"ply": PLY, "PLY": PLY, "csv": XYZ, "Jpeg": JPEG, "mjcf": MJCF, "docx": "", "": ""} {
		if got, ok := ParseFormat(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", name, got, ok)
		}
	}
}

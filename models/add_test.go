package models

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/viser-go/viser"
)

// added is the server of a scene with a file.
func added(t *testing.T, path string, o *AddOptions) *viser.Server {
	t.Helper()
	m, err := Open(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	server := viser.New(nil)
	t.Cleanup(func() { server.Close() })
	if _, err := m.Add(server.Scene(), "/m", o); err != nil {
		t.Fatal(path, err)
	}
	return server
}

// TestAdd: each kind of model becomes its nodes.
func TestAdd(t *testing.T) {
	dir := t.TempDir()
	parts := []string{"points", "model", "splats", "picture", "robot", "cameras", "cameras/0"}
	for path, want := range map[string][]string{
		write(t, filepath.Join(dir, "survey.ply"), []byte(survey)):                            {"points"},
		write(t, filepath.Join(dir, "gray.xyz"), []byte("0 0 0\n1 1 1\n")):                    {"points"},
		write(t, filepath.Join(dir, "a.obj"), []byte("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")): {"model"},
		write(t, filepath.Join(dir, "splats.ply"), []byte(plyText(splatColumns(), "0"))):      {"splats"},
		write(t, filepath.Join(dir, "a.png"), pngFile(t)):                                     {"picture"},
		write(t, filepath.Join(dir, "a.hdr"), []byte("#?RADIANCE\n\n-Y 1 +X 2\nabcdabcd")):    nil,
		filepath.Join("..", "colmap", "testdata", "binary"):                                   {"cameras", "cameras/0", "points"},
		filepath.Join("..", "formats", "gltf", "testdata", "model.gltf"):                      {"model"},
		filepath.Join("..", "robot", "testdata", "arm", "urdf", "arm.urdf"):                   {"robot"},
		filepath.Join("..", "examples", "bunny", "bunny.ply"):                                 {"model"},
	} {
		scene := added(t, path, nil).Scene()
		for _, part := range parts {
			if _, ok := scene.Node("/m/" + part); ok != slices.Contains(want, part) {
				t.Errorf("%s has a part %s: %v", filepath.Base(path), part, ok)
			}
		}
	}
}

// TestAddFarAway: coordinates of a survey stay where they are, or are near the origin.
func TestAddFarAway(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "survey.ply"), []byte(survey))
	for _, near := range []bool{false, true} {
		server := added(t, path, &AddOptions{AtOrigin: near, Scale: 2, PointSize: 0.5})
		node, _ := server.Scene().Node("/m/points")
		cloud := node.(*viser.PointCloud)
		if at := cloud.Position(); (at[1] > 7e6) == near {
			t.Errorf("near the origin: %v, it is at %v", near, at)
		}
		if cloud.PointSize() != 0.25 || cloud.Scale()[0] != 2 {
			t.Errorf("points of %v, scaled by %v", cloud.PointSize(), cloud.Scale())
		}
	}
}

func TestAddBadOptions(t *testing.T) {
	defer func() {
		if _, ok := recover().(*viser.UsageError); !ok {
			t.Error("a negative scale is accepted")
		}
	}()
	server := viser.New(nil)
	defer server.Close()
	(&Model{}).Add(server.Scene(), "/m", &AddOptions{Scale: -1})
}

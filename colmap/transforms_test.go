package colmap_test

import (
	"image/color"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/viser-go/viser/colmap"
	"github.com/viser-go/viser/formats/transforms"
)

func TestFromTransforms(t *testing.T) {
	dir := t.TempDir()
	writePNG(t, filepath.Join(dir, "train", "r_0.png"), 20, 10, color.White)
	const matrix = `"transform_matrix": [[1,0,0,1],[0,1,0,2],[0,0,1,3],[0,0,0,1]]}`
	c, err := transforms.Read(strings.NewReader(`{"camera_angle_x": 1.5707963267948966, "frames": [{"file_path": "./train/r_0", `+matrix+`,
		{"file_path": "../r_1", `+matrix+`, {"file_path": "r_2", "w": 4, "h": 4, "fl_y": 2, `+matrix+`]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	m := colmap.FromTransforms(c, dir)
	if len(m.Images) != 3 || m.Images[0].Name != "train/r_0.png" || m.Images[1].Name != "../r_1" || len(m.Cameras) != 2 {
		t.Fatalf("%+v", m)
	}
	if fov, aspect, ok := m.Cameras[m.Images[0].Camera].FOV(); !ok || aspect != 2 || math.Abs(fov-2*math.Atan(0.5)) > 1e-9 {
		t.Errorf("%v %v %v", fov, aspect, ok)
	}
	if fov, _, ok := m.Cameras[m.Images[2].Camera].FOV(); !ok || math.Abs(fov-math.Pi/2) > 1e-9 {
		t.Errorf("%v %v", fov, ok)
	}
	shown := colmap.Add(newServer(t).Scene(), "/capture", m, nil)
	if p := shown.Images()[0].Frame.Position(); p != [3]float64{1, 2, 3} {
		t.Errorf("the camera is at %v", p)
	}
	if skipped, err := shown.ShowPictures(t.Context(), dir, 0); err != nil || len(skipped) != 2 || shown.Images()[0].Frustum.Image() == nil {
		t.Errorf("%q, %v", skipped, err)
	}
	if gone := colmap.FromTransforms(c, filepath.Join(dir, "none")); len(gone.Images) != 3 || len(gone.Skipped) != 1 {
		t.Errorf("%+v", gone)
	}
}

package transforms_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/viser-go/viser/formats/transforms"
)

func near(a, b [3]float64) bool {
	return math.Abs(a[0]-b[0]) < 1e-9 && math.Abs(a[1]-b[1]) < 1e-9 && math.Abs(a[2]-b[2]) < 1e-9
}

func readSample(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "transforms.json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestReadsPosesAndCameras(t *testing.T) {
	var want []struct{ Position, Forward, Down [3]float64 }
	data, err := os.ReadFile(filepath.Join("testdata", "expected.json"))
	if err == nil {
		err = json.Unmarshal(data, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := transforms.ReadFile(filepath.Join("testdata", "transforms.json"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Frames) != 3 || c.PointCloud != "sparse.ply" || len(c.Skipped) > 0 {
		t.Fatalf("%+v", c)
	}
	for i, w := range want {
		r := c.Frames[i].Pose.Rotation
		if !near(c.Frames[i].Pose.Translation, w.Position) || !near(r.Apply([3]float64{0, 0, 1}), w.Forward) || !near(r.Apply([3]float64{0, 1, 0}), w.Down) {
			t.Errorf("frame %d is %+v, want %+v", i, c.Frames[i], w)
		}
	}
	all := transforms.Camera{Model: "OPENCV", Width: 128, Height: 96, FX: 100, FY: 101, CX: 64, CY: 48, K1: 0.1, P2: -0.01}
	if c.Frames[0].Camera != all {
		t.Errorf("the camera is %+v", c.Frames[0].Camera)
	}
	own := all
	own.FX, own.FY, own.Width, own.Height = 50, 60, 120, 90
	if f := c.Frames[1]; f.Camera != own || f.Depth != "depth/1.png" || f.Mask != "mask/1.png" || f.File != "images/frame_1.jpg" {
		t.Errorf("%+v", f)
	}
}

// one is a file of one frame.
func one(more, matrix string) string {
	return `{` + more + `"frames": [{"file_path": "./train/r_0", "transform_matrix": ` + matrix + `}]}`
}

const identity = "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]"

func TestFOV(t *testing.T) {
	for more, want := range map[string]string{
		`"camera_angle_x": 1.5707963267948966,`: "0.927 2.000 true",
		`"camera_angle_y": 0.5,`:                "0.500 2.000 true",
		`"fl_x": 50,`:                           "1.571 2.000 true",
		`"fl_y": 50, "w": 100, "h": 100,`:       "1.571 1.000 true",
		``:                                      "0.000 2.000 false",
		`"camera_model": "EQUIRECTANGULAR", "w": 10, "h": 10, "fl_x": 1,`: "0.000 0.000 false",
	} {
		c, err := transforms.Read(strings.NewReader(one(more, identity)), nil)
		if err != nil {
			t.Fatal(err)
		}
		fov, aspect, ok := c.Frames[0].Camera.FOV(200, 100)
		if got := fmt.Sprintf("%.3f %.3f %v", fov, aspect, ok); got != want {
			t.Errorf("%s: %s, want %s", more, got, want)
		}
	}
	if _, _, ok := (transforms.Camera{FX: 1}).FOV(0, 0); ok {
		t.Error("there is no size")
	}
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"empty":     {"", "the file ends early"},
		"no JSON":   {"ply\n", "byte 1: invalid character"},
		"other":     {`{"asset": 1}`, `there are no "frames"`},
		"array":     {`[]`, "must be a struct"},
		"kind":      {`{"w": "wide", "frames": []}`, `"w" is a string; it must be a float64`},
		"rows":      {one("", "[[1,0,0,0]]"), "frame 1: the transform_matrix has 1 rows"},
		"columns":   {one("", "[[1,0,0],[0,1,0],[0,0,1]]"), "row 1 of the transform_matrix has 3 numbers"},
		"flat":      {one("", "[[1,0,0,0],[0,0,0,0],[0,0,0,0]]"), "column 2 of the transform_matrix has no length"},
		"skewed":    {one("", "[[1,1,0,0],[0,1,0,0],[0,0,1,0]]"), "is no rotation"},
		"mirrored":  {one("", "[[-1,0,0,0],[0,1,0,0],[0,0,1,0]]"), "is no rotation"},
		"far":       {one("", "[[1,0,0,1e300],[0,1,0,0],[0,0,1,0]]"), "too large"},
		"overflow":  {one("", "[[1,0,0,1e999],[0,1,0,0],[0,0,1,0]]"), "must be a float64"},
		"size":      {one(`"w": -1,`, identity), "pictures of -1 x 0 pixels"},
		"many":      {`{"frames": [{}, {}, {}]}`, "3 frames, more than the limit of 2"},
		"deep":      {`{"frames": ` + strings.Repeat("[", 20000), "exceeded max depth"},
		"truncated": {one("", identity)[:40], "the file ends early"},
	} {
		_, err := transforms.Read(strings.NewReader(c.in), &transforms.Options{MaxFrames: 2})
		var e *transforms.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	broken := errors.New("gone")
	if _, err := transforms.Read(iotest.ErrReader(broken), nil); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := transforms.ReadFile("none.json", nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestScaledAndLeftOut(t *testing.T) {
	c, err := transforms.Read(strings.NewReader(`{"is_fisheye": true, "frames": [{"file_path": "a"}, {"file_path": "b", "transform_matrix": [[2,0,0,1],[0,2,0,2],[0,0,2,3],[0,0,0,1]]}]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Frames) != 1 || !c.Frames[0].Scaled || c.Frames[0].Pose.Translation != [3]float64{1, 2, 3} || c.Frames[0].Camera.Model != "OPENCV_FISHEYE" {
		t.Errorf("%+v", c)
	}
	if !slices.Equal(c.Skipped, []string{"1 frames without a file or a matrix"}) {
		t.Errorf("%q", c.Skipped)
	}
}

func TestTruncated(t *testing.T) {
	data := bytes.TrimSpace(readSample(t))
	for n := range data {
		if _, err := transforms.Read(bytes.NewReader(data[:n]), nil); err == nil {
			t.Fatalf("%d of %d bytes were accepted", n, len(data))
		}
	}
}

func TestIs(t *testing.T) {
	if !transforms.Is(readSample(t)[:200]) || transforms.Is([]byte(`{"asset": {"version": "2.0"}}`)) || transforms.Is([]byte("ply")) {
		t.Error("it is not recognized")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(readSample(f))
	f.Add([]byte(one(`"camera_angle_x": 1,`, identity)))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := transforms.Read(bytes.NewReader(data), nil)
		if err != nil {
			var e *transforms.Error
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		for _, f := range c.Frames {
			if !f.Pose.Valid() {
				t.Fatalf("%+v", f)
			}
		}
	})
}

func Example() {
	c, err := transforms.ReadFile("testdata/transforms.json", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range c.Frames {
		fmt.Println(f.File, f.Camera.Width, "x", f.Camera.Height)
	}
	// Output:
	// images/frame_0.jpg 128 x 96
	// images/frame_1.jpg 120 x 90
	// images/frame_2.jpg 128 x 96
}

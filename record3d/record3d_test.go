package record3d_test

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/record3d"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var sample = filepath.Join("testdata", "capture")

func open(t testing.TB, name string) *record3d.Capture {
	t.Helper()
	c, err := record3d.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// archive packs the sample, without the files that drop names, as a .r3d file.
func archive(t *testing.T, drop string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "capture.r3d")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, file := range []string{"metadata", "rgbd/9.jpg", "rgbd/9.depth", "rgbd/9.conf", "rgbd/10.jpg", "rgbd/10.depth", "rgbd/10.conf"} {
		if drop != "" && strings.HasSuffix(file, drop) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(sample, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(file)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestPointsAreThoseOfViser(t *testing.T) {
	var want []struct {
		Count  int
		Points [][3]float64
		Colors [][3]int
	}
	data, err := os.ReadFile(filepath.Join("testdata", "expected.json"))
	if err == nil {
		err = json.Unmarshal(data, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{sample, archive(t, "")} {
		c := open(t, name)
		if c.Frames() != 2 || c.FPS != 30 || c.Intrinsics != (record3d.Intrinsics{FX: 100, FY: 110, CX: 48.5, CY: 63}) || !record3d.Is(name) {
			t.Fatalf("%d frames, %+v", c.Frames(), c)
		}
		for i, w := range want {
			f, err := c.Frame(i)
			if err != nil {
				t.Fatal(err)
			}
			points, colors := f.Points(3)
			if len(points) != w.Count || len(colors) != w.Count {
				t.Fatalf("frame %d: %d points, want %d", i, len(points), w.Count)
			}
			for k := range w.Points {
				for axis := range 3 {
					if d := float64(points[97*k][axis]) - w.Points[k][axis]; math.Abs(d) > 1e-4 {
						t.Errorf("frame %d, point %d is %v, want %v", i, 97*k, points[97*k], w.Points[k])
					}
					if d := int(colors[97*k][axis]) - w.Colors[k][axis]; d < -3 || d > 3 { // two decoders of JPEG
						t.Errorf("frame %d, color %d is %v, want %v", i, 97*k, colors[97*k], w.Colors[k])
					}
				}
			}
			if all, _ := f.Points(0); len(all) < 7*len(points) {
				t.Errorf("frame %d: %d points without a stride", i, len(all))
			}
		}
	}
}

func TestMissingFiles(t *testing.T) {
	for drop, want := range map[string]string{
		"metadata": "metadata: file does not exist", "9.jpg": "", "9.depth": "rgbd/9.depth: file does not exist", ".jpg": "", ".conf": "",
	} {
		c, err := record3d.Open(archive(t, drop))
		if err == nil {
			defer c.Close()
			if c.Frames() > 0 {
				_, err = c.Frame(0)
			}
		}
		if (err == nil) != (want == "") || err != nil && !strings.HasSuffix(err.Error(), want) {
			t.Errorf("without %s: %v, want %s", drop, err, want)
		}
	}
	if _, err := record3d.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	text := filepath.Join(t.TempDir(), "a.r3d")
	if err := os.WriteFile(text, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := record3d.Open(text); err == nil || !strings.Contains(err.Error(), "is a ZIP archive") {
		t.Error(err)
	}
}

func TestBadMetadata(t *testing.T) {
	good, err := os.ReadFile(filepath.Join(sample, "metadata"))
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]string{
		"":                           "unexpected end of JSON",
		`{"K": [1, 2]}`:              "K has 2 numbers",
		`{"K": [0,0,0,0,0,0,0,0,0]}`: "no focal length",
		`{"K": [1,0,0,0,1,0,0,0,1]}`: "no pose of 7 numbers for frame 0",
		`{"K": [1,0,0,0,1,0,0,0,1], "poses": [[0,0,0,0,1,2,3]]}`:                                 "no length",
		`{"K": [1,0,0,0,1,0,0,0,1], "poses": [[0,0,0,1,1e200,2,3]]}`:                             "too large",
		`{"K": [1,0,0,0,1,0,0,0,1], "poses": [[0,0,0,1,1,2,3]], "dw": 9999999, "dh": 999999999}`: "",
		string(good): "",
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "metadata"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := record3d.Open(dir)
		if err == nil {
			_, err = c.Frame(0)
			c.Close()
		}
		var e *record3d.Error
		if want == "" && err != nil || want != "" && (!errors.As(err, &e) || e.File != "metadata" || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %s", content, err, want)
		}
	}
}

func TestDamagedFrames(t *testing.T) {
	for file, content := range map[string]string{"9.jpg": "no picture", "9.depth": "bvx-\x04\x00\x00\x00\x00\x00\x00\x00bvx$", "9.conf": "bvx$"} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "rgbd", file), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := open(t, dir).Frame(0)
		var e *record3d.Error
		if !errors.As(err, &e) || e.File != "rgbd/"+file {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestMisusePanics(t *testing.T) {
	defer func() {
		if e, ok := recover().(*viser.UsageError); !ok || !strings.Contains(e.Error(), "there is no frame 2; there are 2") {
			t.Error(e)
		}
	}()
	_, _ = open(t, sample).Frame(2)
}

func BenchmarkFrame(b *testing.B) {
	c := open(b, sample)
	b.ReportAllocs()
	for b.Loop() {
		f, err := c.Frame(0)
		if err != nil {
			b.Fatal(err)
		}
		f.Points(1)
	}
}

func Example() {
	c, err := record3d.Open("testdata/capture")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	frame, err := c.Frame(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	points, _ := frame.Points(4)
	fmt.Println(c.Frames(), "frames,", len(points), "points in the first")
	// Output: 2 frames, 480 points in the first
}

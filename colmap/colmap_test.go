package colmap_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colmap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// What pycolmap has written.
type golden struct {
	Cameras []struct {
		ID                    uint32
		Model                 string
		Width, Height         int
		Params, Focal, Center []float64
	}
	Images []struct {
		ID, Camera   uint32
		Name         string
		Center, Axis []float64
		Observations int
	}
	Points []struct {
		ID    uint64
		XYZ   []float64
		RGB   viser.RGB
		Track uint32
	}
}

func readGolden(t *testing.T) (g golden) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "expected.json"))
	if err == nil {
		err = json.Unmarshal(data, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func near(a, b []float64, within float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= within })
}

func TestReadsWhatPycolmapWrites(t *testing.T) {
	want := readGolden(t)
	for _, kind := range []string{"text", "binary"} {
		m, err := colmap.Load(filepath.Join("testdata", kind), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Cameras) != len(want.Cameras) || len(m.Images) != len(want.Images) || len(m.Points) != len(want.Points) {
			t.Fatalf("%s: %d cameras, %d images, %d points", kind, len(m.Cameras), len(m.Images), len(m.Points))
		}
		for _, w := range want.Cameras {
			c := m.Cameras[w.ID]
			if c.Model != w.Model || c.Width != w.Width || c.Height != w.Height || !near(c.Params, w.Params, 1e-12) {
				t.Errorf("%s: camera %d is %+v, want %+v", kind, w.ID, c, w)
			}
			fx, fy, cx, cy, ok := c.Pinhole()
			if ok != (len(w.Focal) > 0) || ok && !near([]float64{fx, fy, cx, cy}, []float64{w.Focal[0], w.Focal[len(w.Focal)-1], w.Center[0], w.Center[1]}, 1e-12) {
				t.Errorf("%s: camera %d has %v %v %v %v", kind, w.ID, fx, fy, cx, cy)
			}
		}
		for i, w := range want.Images {
			img := m.Images[i]
			axis := img.Pose.Rotation.Apply(viser.Vec3{0, 0, 1})
			if img.ID != w.ID || img.Name != w.Name || img.Camera != w.Camera || img.Observations != w.Observations ||
				!near(img.Pose.Translation[:], w.Center, 1e-9) || !near(axis[:], w.Axis, 1e-9) {
				t.Errorf("%s: image %d is %+v, want %+v", kind, i, img, w)
			}
		}
		for _, w := range want.Points {
			i := slices.Index(m.PointIDs, w.ID)
			p := m.Points[i]
			if !near([]float64{float64(p[0]), float64(p[1]), float64(p[2])}, w.XYZ, 1e-6) || m.Colors[i] != w.RGB || m.Tracks[i] != w.Track {
				t.Errorf("%s: point %d is %v %v %d, want %+v", kind, w.ID, p, m.Colors[i], m.Tracks[i], w)
			}
		}
		if len(m.Skipped) != 2 || !strings.HasPrefix(m.Skipped[0], "rigs.") || !strings.HasPrefix(m.Skipped[1], "frames.") {
			t.Errorf("%s: skipped %q", kind, m.Skipped)
		}
	}
}

func TestFOV(t *testing.T) {
	fov, aspect, ok := colmap.Camera{Model: "PINHOLE", Width: 200, Height: 100, Params: []float64{70, 50, 100, 50}}.FOV()
	if !ok || math.Abs(fov-math.Pi/2) > 1e-12 || aspect != 2 {
		t.Errorf("%v %v %v", fov, aspect, ok)
	}
	for _, c := range []colmap.Camera{
		{}, {Model: "PINHOLE", Width: 1, Height: 1}, {Model: "SIMPLE_PINHOLE", Width: 1, Height: 1, Params: []float64{0, 1, 1}},
		{Model: "EQUIRECTANGULAR", Width: 2, Height: 1, Params: []float64{2, 1}},
	} {
		if _, _, ok := c.FOV(); ok {
			t.Errorf("%+v has a field of view", c)
		}
	}
}

// copyTo copies the sample to a folder.
func copyTo(t testing.TB, kind string, parts ...string) string {
	t.Helper()
	dir := filepath.Join(parts...)
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", kind))); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFindsFolders(t *testing.T) {
	for _, sub := range []string{".", "sparse/0", "colmap/sparse/0", "sparse"} {
		root := t.TempDir()
		copyTo(t, "binary", root, sub)
		pictures := filepath.Join(root, "images")
		if err := os.Mkdir(pictures, 0o700); err != nil {
			t.Fatal(err)
		}
		m, err := colmap.Load(root, nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Folder != filepath.Join(root, sub) || colmap.FindImages(m.Folder) != pictures {
			t.Errorf("%s: %s, %s", sub, m.Folder, colmap.FindImages(m.Folder))
		}
	}
	if _, err := colmap.Load(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "there is no reconstruction") {
		t.Error(err)
	}
	dir := copyTo(t, "text", t.TempDir())
	if err := os.Remove(filepath.Join(dir, "points3D.txt")); err != nil {
		t.Fatal(err)
	}
	if m, err := colmap.Load(dir, nil); err != nil || len(m.Points) > 0 || m.Skipped[0] != "points3D.txt: file does not exist" {
		t.Errorf("%v, %v", m, err)
	}
}

// Every file that is cut is an error, unless it ends with a line of text.
func TestTruncated(t *testing.T) {
	for _, kind := range []string{"text", "binary"} {
		for _, name := range []string{"cameras", "images", "points3D"} {
			ext := map[string]string{"text": ".txt", "binary": ".bin"}[kind]
			file := filepath.Join(copyTo(t, kind, t.TempDir()), name+ext)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			step := 1
			if kind == "text" {
				step = 3 // most cuts leave a file that is whole
			}
			for n := 0; n < len(data); n += step {
				if err := os.WriteFile(file, data[:n], 0o600); err != nil {
					t.Fatal(err)
				}
				m, err := colmap.Load(filepath.Dir(file), nil)
				var e *colmap.Error
				if err != nil && (!errors.As(err, &e) || strings.Contains(err.Error(), "\n")) {
					t.Fatalf("%s, %d bytes: %v", name, n, err)
				}
				if kind == "binary" && err == nil {
					t.Fatalf("%s: %d of %d bytes were accepted: %+v", name, n, len(data), m)
				}
			}
		}
	}
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	u64 := binary.LittleEndian.AppendUint64
	for name, c := range map[string]struct{ file, content, want string }{
		"count":        {"points3D.bin", string(u64(nil, 1<<40)), "byte 8: there are 1099511627776 points"},
		"overflow":     {"images.bin", string(u64(nil, math.MaxUint64)), "images according to the file"},
		"track":        {"points3D.bin", string(u64(append(u64(nil, 1), make([]byte, 43)...), 1<<50)), "observations according to the file"},
		"trailing":     {"points3D.bin", string(append(u64(nil, 0), 'x')), "more bytes than the file says"},
		"model":        {"cameras.bin", string(append(u64(nil, 1), 1, 0, 0, 0, 99, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)), "the unknown model 99"},
		"text model":   {"cameras.txt", "# c\n1 WARPED 1 1 1", `line 2: camera 1 has the unknown model "WARPED"`},
		"parameters":   {"cameras.txt", "1 PINHOLE 64 48 1 2 3", "the line has 5 numbers; there must be 6"},
		"more":         {"cameras.txt", "1 SIMPLE_PINHOLE 64 48 1 2 3 4", "more parameters than its model"},
		"NaN":          {"cameras.txt", "1 SIMPLE_PINHOLE 64 48 nan 2 3", "is not finite"},
		"no pixels":    {"cameras.txt", "1 SIMPLE_PINHOLE 0 48 1 2 3", "pictures of 0 x 48 pixels"},
		"twice":        {"cameras.txt", "1 SIMPLE_PINHOLE 6 4 1 2 3\n1 SIMPLE_PINHOLE 6 4 1 2 3", "line 2: there are two cameras"},
		"no number":    {"cameras.txt", "x PINHOLE", `"x" is no whole number`},
		"camera":       {"images.txt", "1 1 0 0 0 0 0 0 99 a.jpg\n\n", "image 1 has camera 99, which is not"},
		"name":         {"images.txt", "1 1 0 0 0 0 0 0 1\n\n", "no name"},
		"quaternion":   {"images.txt", "1 0 0 0 0 0 0 0 1 a.jpg\n\n", "has no length"},
		"pose":         {"images.txt", "1 1 0 0 0 inf 0 0 1 a.jpg\n\n", "not finite"},
		"half a point": {"images.txt", "1 1 0 0 0 0 0 0 1 a.jpg\n1 2\n", "line 2: the points of image 1 are 2 numbers"},
		"word":         {"points3D.txt", "1 0 zero 0 1 2 3 0.5", `"zero" is not a number`},
		"half a track": {"points3D.txt", "1 0 0 0 1 2 3 0.5 1", "the track of point 1 has 1 numbers"},
	} {
		kind := map[bool]string{true: "binary", false: "text"}[strings.HasSuffix(c.file, ".bin")]
		dir := copyTo(t, kind, t.TempDir())
		if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := colmap.Load(dir, nil)
		var e *colmap.Error
		if !errors.As(err, &e) || e.File != c.file || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestPointsFarAwayAndNotFinite(t *testing.T) {
	dir := copyTo(t, "text", t.TempDir())
	const points = "1 500000.25 4000000.5 0 1 2 3 0.5\n2 nan 0 0 1 2 3 0\n3 500001.25 4000000.5 1e300 1 2 3 0\n4 500001.125 4000001 1 300 -1 3 0\n"
	if err := os.WriteFile(filepath.Join(dir, "points3D.txt"), []byte(points), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := colmap.Load(dir, &colmap.Options{Recenter: true})
	if err != nil {
		t.Fatal(err)
	}
	if m.DroppedPoints != 2 || len(m.Points) != 2 || m.Colors[1] != (viser.RGB{255, 0, 3}) {
		t.Fatalf("%+v", m)
	}
	for axis, want := range []float64{500001.125, 4000001, 1} {
		if got := m.Origin[axis] + float64(m.Points[1][axis]); math.Abs(got-want) > 0.01 {
			t.Errorf("axis %d: %v, want %v", axis, got, want)
		}
	}
	if _, err := colmap.Load(dir, &colmap.Options{MaxPoints: 1}); err == nil || !strings.Contains(err.Error(), "more than 1 points") {
		t.Error(err)
	}
	if m, err := colmap.Load(dir, &colmap.Options{NoPoints: true}); err != nil || len(m.Points) > 0 {
		t.Error(err)
	}
}

func newServer(t *testing.T) *viser.Server {
	s := viser.New(&viser.Options{Logger: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() { s.Close() })
	return s
}

func writePNG(t *testing.T, name string, w, h int, c color.Color) {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, c)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func TestShows(t *testing.T) {
	server := newServer(t)
	m, err := colmap.Load(filepath.Join("testdata", "binary"), nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Images[2].Camera = 18 // sees all around
	s := colmap.Add(server.Scene(), "/colmap", m, &colmap.AddOptions{SetUp: true})
	if s.Cloud().Name() != "/colmap/pcd" || len(s.Images()) != 3 || s.Images()[2].Frustum != nil {
		t.Fatalf("%+v", s.Images())
	}
	if n, ok := server.Scene().Node("/colmap/frame_1/frustum"); !ok || n != viser.Node(s.Images()[0].Frustum) {
		t.Error("there is no frustum")
	}
	dir := t.TempDir()
	writePNG(t, filepath.Join(dir, "a.jpg"), 64, 48, color.RGBA{200, 100, 50, 255})
	skipped, err := s.ShowPictures(t.Context(), dir, 20)
	if err != nil || !slices.Equal(skipped, []string{"picture sub/with space.jpg: file does not exist"}) {
		t.Errorf("%q, %v", skipped, err)
	}
	picture := s.Images()[0].Frustum.Image()
	if picture == nil || picture.Bounds().Dx() != 16 || color.RGBAModel.Convert(picture.At(3, 3)) != (color.RGBA{200, 100, 50, 255}) {
		t.Errorf("%v", picture)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.ShowPictures(ctx, dir, 0); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := s.ShowPictures(t.Context(), filepath.Join(dir, "none"), 0); !os.IsNotExist(err) {
		t.Error(err)
	}
	s.Remove()
	s.Remove()
	if _, ok := server.Scene().Node("/colmap/frame_1/frustum"); ok {
		t.Error("a frustum is left")
	}
	if few := colmap.Add(server.Scene(), "/few", m, &colmap.AddOptions{MaxImages: 2}); len(few.Images()) != 2 {
		t.Errorf("%d images", len(few.Images()))
	}
}

// Names of pictures lead nowhere else.
func TestPicturesStayInTheirFolder(t *testing.T) {
	dir := t.TempDir()
	writePNG(t, filepath.Join(dir, "secret.png"), 2, 2, color.White)
	if err := os.Mkdir(filepath.Join(dir, "images"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "images", "text.png"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := &colmap.Model{Cameras: map[uint32]colmap.Camera{1: {Model: "SIMPLE_PINHOLE", Width: 2, Height: 2, Params: []float64{1, 1, 1}}}}
	for i, name := range []string{"../secret.png", filepath.Join(dir, "secret.png"), "text.png"} {
		m.Images = append(m.Images, colmap.Image{ID: uint32(i), Name: name, Camera: 1, Pose: viser.Pose{}})
	}
	skipped, err := colmap.Add(newServer(t).Scene(), "/m", m, nil).ShowPictures(t.Context(), filepath.Join(dir, "images"), 0)
	if err != nil || len(skipped) != 3 {
		t.Errorf("%q, %v", skipped, err)
	}
}

func TestMisusePanics(t *testing.T) {
	defer func() {
		if e, ok := recover().(*viser.UsageError); !ok || !strings.Contains(e.Error(), "the name is empty") {
			t.Error(e)
		}
	}()
	colmap.Add(newServer(t).Scene(), "/", &colmap.Model{}, nil)
}

func FuzzLoad(f *testing.F) {
	for _, kind := range []string{"text", "binary"} {
		for _, name := range []string{"cameras", "images", "points3D"} {
			ext := map[string]string{"text": ".txt", "binary": ".bin"}[kind]
			data, err := os.ReadFile(filepath.Join("testdata", kind, name+ext))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(name+ext, data)
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		kind, ok := map[string]string{".txt": "text", ".bin": "binary"}[filepath.Ext(name)]
		if base := strings.TrimSuffix(name, filepath.Ext(name)); !ok || !slices.Contains([]string{"cameras", "images", "points3D"}, base) {
			return
		}
		dir := copyTo(t, kind, t.TempDir())
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := colmap.Load(dir, nil)
		if err != nil {
			var e *colmap.Error
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		if len(m.Points) != len(m.Colors) || len(m.Points) != len(m.Tracks) || len(m.Points) != len(m.PointIDs) || len(m.Points) != len(m.Errors) {
			t.Fatal("slices of unequal length")
		}
	})
}

// BenchmarkLoad reads a million points of a binary reconstruction.
func BenchmarkLoad(b *testing.B) {
	const n, track = 1 << 20, 4
	dir := copyTo(b, "binary", b.TempDir())
	data := binary.LittleEndian.AppendUint64(nil, n)
	row := make([]byte, 43+8+8*track)
	row[43] = track
	for range n {
		data = append(data, row...)
	}
	if err := os.WriteFile(filepath.Join(dir, "points3D.bin"), data, 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := colmap.Load(dir, nil); err != nil {
			b.Fatal(err)
		}
	}
}

package interop_test

import (
	"bytes"
	"encoding/json"
	"image"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/wire"
)

// recorded records what a program does, in its own time.
func recorded(t *testing.T, program func(server *viser.Server, r *viser.Recording)) (path string) {
	t.Helper()
	server := viser.New(&viser.Options{Logger: slog.New(slog.DiscardHandler)})
	defer server.Close()
	path = filepath.Join(t.TempDir(), "run.viser")
	r, err := server.RecordFile(path, &viser.RecordOptions{ProgramTime: true})
	if err != nil {
		t.Fatal(err)
	}
	program(server, r)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// showLate is the counterpart of write in pydriver/recordings.py.
func showLate(server *viser.Server, r *viser.Recording) {
	r.Sleep(time.Second / 2)
	showScene(server)
	r.Sleep(10 * time.Minute)
}

// TestRecordingsInBothPages plays our recording and that of viser's serializer, of the same program, in upstream viser's
// client and in ours: each must show the same of both.
func TestRecordingsInBothPages(t *testing.T) {
	theirs := filepath.Join(t.TempDir(), "theirs.viser")
	runPython(t, "recordings.py", "write", theirs)
	files := map[string]string{"/ours.viser": recorded(t, showLate), "/theirs.viser": theirs}
	for _, page := range bothPages(t) {
		t.Run(page.name, func(t *testing.T) {
			at := withFiles(t, page.url, files)
			b := newBrowser(t)
			ours, upstreams := b.play(at, "ours.viser"), b.play(at, "theirs.viser")
			checkSame(t, page.name, ours, upstreams)
		})
	}
}

// withFiles serves files beside a page.
func withFiles(t *testing.T, page string, files map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path, ok := files[r.URL.Path]; ok {
			http.ServeFile(w, r, path)
			return
		}
		response, err := http.Get(page + r.URL.Path)
		if err != nil {
			t.Errorf("%s: %v", r.URL.Path, err)
			return
		}
		defer response.Body.Close()
		w.Header().Set("Content-Type", response.Header.Get("Content-Type"))
		w.WriteHeader(response.StatusCode)
		_, _ = io.Copy(w, response.Body) // a page that leaves is no failure
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// play opens a recording, and returns a picture of the page when the scene has appeared.
func (b *browser) play(page, file string) image.Image {
	b.t.Helper()
	return b.saved(page + "/?fixedDpr=1&hideViserLogo&playbackPath=" + file)
}

// saved opens a page that shows something without a server, and returns a picture when the scene has appeared.
func (b *browser) saved(url string) image.Image {
	b.t.Helper()
	b.do(map[string]any{"do": "open", "url": url, "width": 800, "height": 500}, nil)
	deadline := time.Now().Add(2 * time.Minute)
	var last image.Image
	for time.Now().Before(deadline) {
		var encoded string
		b.do(map[string]any{"do": "picture"}, &encoded)
		next := b.picture(encoded)
		// The time that the page shows goes on.
		if last != nil && isFull(next) && distance(last, next) < 0.1 {
			var problems []string
			if b.do(map[string]any{"do": "problems"}, &problems); len(problems) > 0 {
				b.t.Errorf("%s: problems on the page: %q", url, problems)
			}
			return next
		}
		last = next
	}
	b.t.Fatalf("%s: the scene does not appear", url)
	panic("unreachable")
}

// TestCommandsOfPythonProgram: "viser record" and "viser export" keep what a running Python program shows.
func TestCommandsOfPythonProgram(t *testing.T) {
	dir := t.TempDir()
	command := filepath.Join(dir, "viser")
	run(t, "go", "build", "-o", command, "../cmd/viser")
	addr, _ := pythonShow(t)
	files := map[string]string{"/run.viser": filepath.Join(dir, "run.viser"), "/page.html": filepath.Join(dir, "page.html")}
	run(t, command, "record", addr, "--for", "500ms", "-o", files["/run.viser"])
	run(t, command, "export", addr, "-o", files["/page.html"], "--param", "fixedDpr=1", "--param", "hideViserLogo=1")
	at := withFiles(t, static(t, filepath.Join("..", "client", "dist")), files)
	b := newBrowser(t)
	// Both fail unless all of the scene appears. They are not equal: the recording has a time line.
	b.play(at, "run.viser")
	b.saved(at + "/page.html")
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// moving is a program of what viser2blender 0.2.1 supports: lines it knows only as they were before viser 1.1.
func moving(server *viser.Server, r *viser.Recording) {
	sc := server.Scene()
	box := sc.AddBox("/box", &viser.BoxOptions{Color: viser.Red})
	sc.AddPointCloud("/cloud", points, colors, nil)
	sc.AddMesh("/mesh", vertices, faces, nil)
	sc.AddIcosphere("/ball", nil)
	sc.AddCylinder("/can", nil)
	for i := range 3 {
		box.SetPosition(viser.Vec3{float64(i) / 2, 0.25, -8})
		r.Sleep(time.Second)
	}
}

// A readRecording is what pydriver/recordings.py reads.
type readRecording struct {
	Whole     bool
	Version   string
	Duration  float64
	Types     map[string]int
	Kinds     map[string]string
	Points    []int
	Positions [][2]json.RawMessage
}

func readBy(t *testing.T, how, path string) (out readRecording) {
	t.Helper()
	if err := json.Unmarshal(runPython(t, "recordings.py", how, path), &out); err != nil {
		t.Fatal(err)
	}
	var got []float64
	for _, p := range out.Positions {
		var at float64
		var position [3]float64
		if err := json.Unmarshal(p[0], &at); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(p[1], &position); err != nil {
			t.Fatal(err)
		}
		got = append(append(got, at), position[:]...)
	}
	if want := []float64{0, 0, 0.25, -8, 1, 0.5, 0.25, -8, 2, 1, 0.25, -8}; !slices.Equal(got, want) || out.Duration != 3 {
		t.Errorf("%s: the box's positions are %v, want %v, in %v s", how, got, want, out.Duration)
	}
	return out
}

// TestRecordingsReadByPython reads our recording with Python's zstd and msgpack, and, as upstream viser would have written
// it, also with viser2blender, which reads one frame only.
func TestRecordingsReadByPython(t *testing.T) {
	path := recorded(t, moving)
	plain := filepath.Join(t.TempDir(), "plain.viser")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := recording.WritePlain(&out, bytes.NewReader(file), int64(len(file)), func(float64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(plain, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{path, plain} {
		if got := readBy(t, "read", path); !got.Whole || got.Version != viserVersion || got.Types["PointCloudMessage"] != 1 {
			t.Errorf("%+v", got)
		}
	}
	got := readBy(t, "blender", plain)
	for name, kind := range map[string]string{"/box": "mesh", "/cloud": "point_cloud", "/ball": "icosphere", "/can": "cylinder", "/mesh": "mesh"} {
		if got.Kinds[name] != kind {
			t.Errorf("viser2blender has %v", got.Kinds)
		}
	}
	if !slices.Equal(got.Points, []int{len(points)}) {
		t.Errorf("viser2blender has clouds of %v points", got.Points)
	}
}

// TestTheirRecording reads what viser's serializer has written.
func TestTheirRecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "theirs.viser")
	runPython(t, "recordings.py", "write", path)
	r, err := recording.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if i := r.Info(); i.Format != recording.FormatUpstream || !i.Complete || len(r.Notes()) > 0 || math.Abs(i.Duration-600.5) > 1e-6 {
		t.Errorf("%+v, %q", i, r.Notes())
	}
	nodes := func(at float64) (n int) {
		s, err := r.StateAt(at)
		if err != nil {
			t.Fatal(err)
		}
		for m := range s.Messages() {
			if info := wire.Infos[m.Type]; info.Entity == "scene" && info.Phase == "create" {
				n++
			}
		}
		return n
	}
	if early, late := nodes(0.4), nodes(0.5); early > 2 || late < early+11 {
		t.Errorf("%d nodes before the scene was made, %d after", early, late)
	}
}

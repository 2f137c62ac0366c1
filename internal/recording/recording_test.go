package recording

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/viser-go/viser/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sample is a small recording with a bit of all: poses, arrays that are equal, messages for one side, patches.
func sample() []Entry {
	points := wire.Vec3s([][3]float32{{1, 2, 3}, {4, 5, 6}})
	red := wire.RGBs([][3]uint8{{255, 0, 0}})
	var out []Entry
	add := func(t float64, who For, m wire.Message) { out = append(out, Entry{t, who, wire.RawOf(m)}) }
	node := func(name string) wire.SceneHeader { return wire.SceneHeader{Name: name} }
	add(0, Everyone, &wire.FrameMessage{SceneHeader: node("/f"), Props: wire.FrameProps{ShowAxes: true, AxesLength: 0.5, AxesRadius: 0.02, OriginRadius: 0.05}})
	add(0, Everyone, &wire.PointCloudMessage{SceneHeader: node("/a"), Props: cloud(points, red)})
	add(0, Ours, &wire.GuiMarkdownMessage{UUID: "g", ContainerUUID: "root", Props: wire.GuiMarkdownProps{Markdown: "hello", Visible: true}})
	add(0.25, Everyone, &wire.PointCloudMessage{SceneHeader: node("/b"), Props: cloud(points, red)})
	add(0.25, Plain, &wire.LabelMessage{SceneHeader: node("/plain"), Props: wire.LabelProps{Text: "not for us"}})
	add(0.25, Ours, &wire.LabelMessage{SceneHeader: node("/ours"), Props: wire.LabelProps{Text: "for us"}})
	for i := range 10 {
		t := 0.5 + float64(i)/10
		add(t, Everyone, &wire.SetPositionMessage{Name: "/f", Position: [3]float64{float64(i) / 10, 1e6 / 3.0, -0.3}})
		add(t, Everyone, &wire.SetOrientationMessage{Name: "/f", WXYZ: [4]float64{math.Cos(t), math.Sin(t), 0, 0}})
		add(t, Everyone, &wire.SetPositionMessage{Name: "/mine", Owner: "7", Position: [3]float64{0, 0, float64(i)}})
	}
	add(1.5, Ours, &wire.SceneNodePatchMessage{Name: "/a", Patches: []wire.ArrayPatch{{
		Property: "points", Ranges: []int{0, 3}, Total: 6, Data: wire.Vec3s([][3]float32{{7, 7, 7}})}}})
	add(2, Everyone, &wire.RemoveSceneNodeMessage{Name: "/b"})
	return out
}

func cloud(points, colors wire.Array) wire.PointCloudProps {
	return wire.PointCloudProps{Points: points, Colors: colors, PointSize: 0.1, PointShape: wire.PointShapeSquare,
		Precision: wire.PointPrecisionFloat32, Scale: wire.Uniform(1), PointShading: wire.PointShadingGradient}
}

// A sink is a writer that is no file.
type sink struct{ bytes.Buffer }

// written returns the bytes of a recording that is written to what is no file, to a file in place, or by Create.
func written(t testing.TB, how string, entries []Entry, duration float64) []byte {
	t.Helper()
	o := WriterOptions{Program: "test", TempDir: t.TempDir()}
	path := filepath.Join(t.TempDir(), "x.viser")
	var out sink
	var w *Writer
	var err error
	switch how {
	case "writer":
		w, err = NewWriter(&out, o)
	case "in place":
		var f *os.File
		if f, err = os.Create(path); err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w, err = NewWriter(f, o)
	case "create":
		w, err = Create(path, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if err := w.Add(e); err != nil {
			t.Fatal(err)
		}
		if i%7 == 6 {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(duration); err != nil {
		t.Fatal(err)
	}
	if how == "writer" {
		return out.Bytes()
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opened(t testing.TB, b []byte) *Reader {
	t.Helper()
	r, err := Open(bytes.NewReader(b), int64(len(b)), OpenOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func all(t testing.TB, r *Reader, from, to float64) []Entry {
	t.Helper()
	var out []Entry
	for e, err := range r.Entries(from, to) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// text is a message for comparisons: keys sorted, numbers rounded as poses are.
func text(e Entry) string {
	s := &scanner{b: e.Message.B}
	refs := e.Message.Refs
	return fmt.Sprintf("%.4f %d %s", e.Time, e.For, value(s, &refs))
}

func value(s *scanner, refs *[]wire.Ref) string {
	switch c := s.b[0]; {
	case isMap(c):
		var list []string
		for n := s.fields(); n > 0; n-- {
			key := s.text()
			if key == "__binary_index" {
				s.skip()
				list = append(list, fmt.Sprintf("array %x", (*refs)[0].Data))
				*refs = (*refs)[1:]
				continue
			}
			list = append(list, key+"="+value(s, refs))
		}
		slices.Sort(list)
		return fmt.Sprint(list)
	case c&0xf0 == 0x90 || c == 0xdc || c == 0xdd:
		var list []string
		for n := s.list(); n > 0; n-- {
			list = append(list, value(s, refs))
		}
		return fmt.Sprint(list)
	case c == 0xca || c == 0xcb || c < 0x80 || c >= 0xe0 || c >= 0xcc && c <= 0xd3:
		return fmt.Sprintf("%.5f", s.number())
	default:
		before := s.b
		s.skip()
		return fmt.Sprintf("%q", before[:len(before)-len(s.b)])
	}
}

func texts(entries []Entry) []string {
	var out []string
	for _, e := range entries {
		if e.For != Plain {
			out = append(out, text(e))
		}
	}
	return out
}

func same(t *testing.T, got, want []Entry) {
	t.Helper()
	g, w := texts(got), texts(want)
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("entry %d is\n%s\nwant\n%s", i, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		t.Fatalf("%d entries, want %d", len(g), len(w))
	}
}

var ways = []string{"writer", "in place", "create"}

func TestRoundTrip(t *testing.T) {
	for _, how := range ways {
		t.Run(how, func(t *testing.T) {
			b := written(t, how, sample(), 3)
			r := opened(t, b)
			if notes := r.Notes(); len(notes) > 0 {
				t.Errorf("notes: %q", notes)
			}
			info := r.Info()
			if r.Duration() != 3 || !info.Complete || info.Program != "test" || info.Arrays != 3 || info.Format != FormatOurs {
				t.Errorf("info: %+v", info)
			}
			same(t, all(t, r, -1, 10), sample())
			var late []Entry
			for _, e := range sample() {
				if e.Time > 0.25 && e.Time <= 1.4 {
					late = append(late, e)
				}
			}
			same(t, all(t, r, 0.25, 1.4), late)
		})
	}
}

// TestVisit: poses are the entries of Entries, in another form.
func TestVisit(t *testing.T) {
	r := opened(t, written(t, "create", random(t, 5, 3000), 60))
	type count struct{ n, bytes int }
	entries, visited, poses := map[string]count{}, map[string]count{}, 0
	add := func(to map[string]count, m wire.RawMessage, size int) {
		key := m.Type + " " + m.Text("name") + " " + m.Text("owner")
		to[key] = count{to[key].n + 1, to[key].bytes + size}
	}
	last := 0.0
	for _, e := range all(t, r, -1, math.Inf(1)) {
		add(entries, e.Message, len(e.Message.B))
	}
	err := r.Visit(func(e Entry) bool {
		add(visited, e.Message, len(e.Message.B))
		return true
	}, func(e PoseEntry) bool {
		poses++
		if e.Time < last {
			t.Fatalf("%v follows %v", e.Time, last)
		}
		last = e.Time
		add(visited, wire.RawMessage{Type: e.Type, B: e.Start}, e.Size)
		return true
	})
	if err != nil || poses == 0 || !maps.Equal(entries, visited) {
		t.Errorf("%d poses, %v; the entries are\n%v, not\n%v", poses, err, visited, entries)
	}
	poses = 0
	if err := r.Visit(func(Entry) bool { return true }, func(PoseEntry) bool { poses++; return false }); err != nil || poses != 1 {
		t.Errorf("after it was stopped: %d poses, %v", poses, err)
	}
}

func TestScan(t *testing.T) {
	for _, how := range ways {
		t.Run(how, func(t *testing.T) {
			b := written(t, how, sample(), 3)
			b = b[:len(b)-1]
			r := opened(t, b)
			if len(r.Notes()) != 1 || r.Info().Complete {
				t.Errorf("notes: %q", r.Notes())
			}
			same(t, all(t, r, -1, 10), sample())
		})
	}
}

// A reader that fails is no damage.
type failing struct{ io.ReaderAt }

func (f failing) ReadAt(b []byte, at int64) (int, error) {
	if at > 1000 {
		return 0, os.ErrDeadlineExceeded
	}
	return f.ReaderAt.ReadAt(b, at)
}

func TestReadError(t *testing.T) {
	b := written(t, "writer", sample(), 3)
	_, err := Open(failing{bytes.NewReader(b)}, int64(len(b)), OpenOptions{})
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

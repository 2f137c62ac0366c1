package recording

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/viser-go/viser/internal/wire"
)

func tryOpen(t testing.TB, b []byte) (*Reader, error) {
	t.Helper()
	r, err := Open(bytes.NewReader(b), int64(len(b)), OpenOptions{})
	if err == nil {
		t.Cleanup(func() { r.Close() })
	}
	return r, err
}

// prefix checks that got is the beginning of want, possibly without entries that need arrays.
func prefix(t *testing.T, size int, got, want []Entry, without bool) {
	t.Helper()
	g, w := texts(got), texts(want)
	for len(g) > 0 && len(w) > 0 {
		switch {
		case g[0] == w[0]:
			g = g[1:]
		case !without || !strings.Contains(w[0], "array "):
			t.Fatalf("cut at %d: got\n%s\nwant\n%s", size, g[0], w[0])
		}
		w = w[1:]
	}
	if len(g) > 0 {
		t.Fatalf("cut at %d: %d entries too many", size, len(g))
	}
}

// TestCutAtEveryByte opens each beginning of a file. More bytes are never fewer entries.
func TestCutAtEveryByte(t *testing.T) {
	entries := sample()
	for name, b := range map[string][]byte{
		"create": written(t, "create", entries, 3), "in place": written(t, "in place", entries, 3), "open": unfinished(t, entries),
	} {
		t.Run(name, func(t *testing.T) {
			most, opened := 0, 0
			for size := 0; size < len(b); size += everyNth {
				r, err := tryOpen(t, b[:size])
				if err != nil {
					if opened > 0 || !strings.HasPrefix(err.Error(), "recording: ") {
						t.Fatalf("cut at %d: %v", size, err)
					}
					continue
				}
				opened++
				got := all(t, r, -1, 1e9)
				prefix(t, size, got, entries, name == "create")
				if name != "create" && len(got) < most {
					t.Fatalf("cut at %d: %d entries, %d before", size, len(got), most)
				}
				most = max(most, len(got))
				if _, err := r.StateAt(1e9); err != nil {
					t.Fatalf("cut at %d: %v", size, err)
				}
				if len(r.Notes()) == 0 || r.Info().Complete {
					t.Fatalf("cut at %d, which nobody is told", size)
				}
			}
			if most < len(entries)-7 {
				t.Errorf("at most %d entries of %d", most, len(entries))
			}
		})
	}
}

// TestCutUpstream does the same with files of upstream viser, old and new.
func TestCutUpstream(t *testing.T) {
	upstream, err := os.ReadFile("testdata/upstream.viser")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"new": upstream, "old": oldFile(sample())} {
		t.Run(name, func(t *testing.T) {
			whole := all(t, opened(t, b), -1, 1e9)
			for size := range b {
				r, err := tryOpen(t, b[:size])
				if err != nil {
					continue
				}
				prefix(t, size, all(t, r, -1, 1e9), whole, true)
				if len(r.Notes()) == 0 || r.Info().Complete {
					t.Fatalf("cut at %d, which nobody is told", size)
				}
			}
		})
	}
}

// TestDamage changes single bytes: what can be read is read, and nothing panics.
func TestDamage(t *testing.T) {
	entries := sample()
	upstream, err := os.ReadFile("testdata/upstream.viser")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range [][]byte{written(t, "create", entries, 3), unfinished(t, entries), upstream, oldFile(entries)} {
		for at := 0; at < len(b); at += everyNth {
			for _, x := range []byte{1, 0x80} {
				bad := bytes.Clone(b)
				bad[at] ^= x
				r, err := tryOpen(t, bad)
				if err != nil {
					continue
				}
				all(t, r, -1, 1e9)
				if _, err := r.StateAt(1); err != nil {
					t.Fatalf("byte %d is %#x: %v", at, bad[at], err)
				}
			}
		}
	}
}

// lying changes the manifest of a file.
func lying(t *testing.T, b []byte, change func(m *manifest)) []byte {
	t.Helper()
	f := &ourFile{r: bytes.NewReader(b), size: int64(len(b)), after: 9}
	m, err := f.manifest()
	if err != nil {
		t.Fatal(err)
	}
	at := le.Uint64(b[len(b)-trailerSize+8:])
	change(m)
	out, err := packed(skippable(magicManifest), m.encode())
	if err != nil {
		t.Fatal(err)
	}
	out = append(bytes.Clone(b[:at]), out...)
	return append(out, trailer(int64(at), int64(len(out)+trailerSize))...)
}

// TestIndexLies has indices that are wrong in one thing: the file is read through, and says so.
func TestIndexLies(t *testing.T) {
	entries := random(t, 5, 700)
	good := written(t, "create", entries, 1000)
	for name, change := range map[string]func(m *manifest){
		"chunk offset":      func(m *manifest) { m.chunks[3].offset++ },
		"chunk size":        func(m *manifest) { m.chunks[3].size-- },
		"chunk is another":  func(m *manifest) { m.chunks[3].offset, m.chunks[3].size = m.chunks[4].offset, 100 },
		"chunk time":        func(m *manifest) { m.chunks[len(m.chunks)-1].from += 1e-9 },
		"times descend":     func(m *manifest) { m.chunks[3].to = -1 },
		"time is no number": func(m *manifest) { m.chunks[3].to = math.NaN() },
		"number of entries": func(m *manifest) { m.chunks[3].entries++; m.entries++ },
		"number of extras":  func(m *manifest) { m.chunks[3].extras++ },
		"a chunk less":      func(m *manifest) { m.chunks = append(m.chunks[:3:3], m.chunks[4:]...) },
		"beyond the end":    func(m *manifest) { m.chunks[3].size = 1 << 40 },
		"keyframe offset":   func(m *manifest) { m.keyframes[1].offset++ },
		"keyframe chunk":    func(m *manifest) { m.keyframes[1].chunk = 1 << 40 },
		"array offset":      func(m *manifest) { m.arrays[0].offset = 1 << 40 },
		"duration":          func(m *manifest) { m.duration = math.Inf(1) },
		"huge numbers":      func(m *manifest) { m.chunks[3].offset, m.chunks[3].size = math.MaxInt64, math.MaxInt64 },
	} {
		t.Run(name, func(t *testing.T) {
			r := opened(t, lying(t, good, change))
			same(t, all(t, r, -1, 1e9), entries)
			checkStates(t, r, entries, 300, 50)
			if notes := strings.Join(r.Notes(), "\n"); !strings.Contains(notes, "the index is wrong") {
				t.Errorf("notes: %q", notes)
			}
		})
	}
}

// bomb is a zstd frame of n zero bytes.
func bomb(n int) []byte {
	enc, err := zstd.NewWriter(nil, zstd.WithSingleSegment(true))
	if err != nil {
		panic(err)
	}
	defer enc.Close()
	return enc.EncodeAll(make([]byte, n), nil)
}

func TestBombs(t *testing.T) {
	big := bomb(400 << 20)
	finished := written(t, "create", sample(), 3)
	open := unfinished(t, sample())
	at := bytes.Index(open, le.AppendUint32(nil, magicChunk))
	head := append(skippable(magicChunk), big...)
	le.PutUint32(head[4:], uint32(len(big)))
	mani := int(le.Uint64(finished[len(finished)-trailerSize+8:]))
	index := append(skippable(magicManifest), big...)
	le.PutUint32(index[4:], uint32(len(big)))
	index = append(append(bytes.Clone(finished[:mani]), index...), trailer(int64(mani), int64(mani+len(index)+trailerSize))...)
	for name, b := range map[string][]byte{
		"upstream":           append(le.AppendUint64(nil, 400<<20), big...),
		"upstream, untold":   append(le.AppendUint64(nil, 100), big...),
		"upstream, too much": append(le.AppendUint64(nil, 1<<50), big...),
		"head of a chunk":    append(bytes.Clone(open[:at]), head...),
		"index":              index,
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r, err := tryOpen(t, b)
			if err == nil {
				all(t, r, -1, 1e9)
				t.Log(r.Notes())
			}
			runtime.ReadMemStats(&after)
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
				t.Errorf("it took %d MiB", used)
			}
			if err == nil == (name != "index") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestMuchOfTheSame is no bomb: an array that compresses better than readers accept is stored otherwise.
func TestMuchOfTheSame(t *testing.T) {
	white := wire.Uint8s(bytes.Repeat([]byte{255}, 40<<20))
	m := wire.RawOf(&wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/a"}, Props: cloud(wire.Vec3s(nil), white)})
	r := opened(t, written(t, "create", []Entry{{0, Everyone, m}}, 1))
	if got := all(t, r, -1, 1); len(got) != 1 || len(got[0].Message.Refs[1].Data) != 40<<20 {
		t.Errorf("%d entries, notes %q", len(got), r.Notes())
	}
}

func TestTimes(t *testing.T) {
	pose := wire.RawOf(&wire.SetPositionMessage{Name: "/f"})
	path := filepath.Join(t.TempDir(), "x.viser")
	w, err := Create(path, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []float64{-1, 0.5, math.NaN(), 0.25, math.Inf(1), math.Inf(-1), 2} {
		if err := w.Add(Entry{at, Everyone, pose}); err != nil {
			t.Fatal(err)
		}
	}
	if s := w.Stats(); s.Moved != 5 || s.Entries != 7 || s.Time != 2 {
		t.Errorf("%+v", s)
	}
	if err := w.Close(math.NaN()); err != nil {
		t.Fatal(err)
	}
	r, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	want := []float64{0, 0.5, 0.5, 0.5, 0.5, 0.5, 2}
	for i, e := range all(t, r, -1, 9) {
		if e.Time != want[i] {
			t.Errorf("entry %d has time %v, want %v", i, e.Time, want[i])
		}
	}
	if r.Duration() != 2 {
		t.Errorf("duration %v", r.Duration())
	}
}

// TestTimesOfOthers reads a file whose times are as bad.
func TestTimesOfOthers(t *testing.T) {
	var entries []Entry
	for _, at := range []float64{1, math.NaN(), 0.5, 2, math.Inf(1)} {
		entries = append(entries, Entry{at, Everyone, wire.RawOf(&wire.SetPositionMessage{Name: "/f"})})
	}
	r := opened(t, oldFile(entries))
	want := []float64{1, 1, 1, 2, 2}
	got := all(t, r, -1, 9)
	for i, e := range got {
		if e.Time != want[i] {
			t.Errorf("entry %d has time %v, want %v", i, e.Time, want[i])
		}
	}
	notes := strings.Join(r.Notes(), "\n")
	if len(got) != len(want) || !strings.Contains(notes, "4 entries had a time") || !strings.Contains(notes, "1 script messages were dropped") {
		t.Errorf("%d entries, notes %q", len(got), notes)
	}
}

// TestScripts drops scripts, on writing and on reading.
func TestScripts(t *testing.T) {
	script := wire.RawOf(&wire.RunJavascriptMessage{Source: "alert(1)"})
	w, err := NewWriter(&sink{}, WriterOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(Entry{0, Everyone, script}); err != nil {
		t.Fatal(err)
	}
	if s := w.Stats(); s.Scripts != 1 || s.Entries != 0 {
		t.Errorf("%+v", s)
	}
	if err := w.Close(0); err != nil {
		t.Fatal(err)
	}
	// A file of ours with a script, which our writer does not write: the type of another message is overwritten.
	long := wire.RawOf(&wire.RemoveSceneNodeMessage{Name: "/" + strings.Repeat("x", 40)})
	c := &chunk{}
	c.add(0, Everyone, long)
	c.stream = bytes.Replace(c.stream, []byte("\xb6RemoveSceneNodeMessage"), []byte("\xb4RunJavascriptMessage"), 1)
	f := &ourFile{}
	r := &Reader{src: f, seen: map[int64]bool{}}
	walk := walk{r: r, entries: &entries{stream: c.stream, count: 1}}
	walk.all(func(Entry) bool { t.Error("a script was read"); return true })
	if walk.counts.scripts != 1 {
		t.Errorf("%+v", walk.counts)
	}
}

// A full disk takes only so much.
type fullDisk struct {
	*os.File
	left int
}

func (f *fullDisk) WriteAt(b []byte, at int64) (int, error) {
	n := min(len(b), f.left)
	f.left -= n
	if _, err := f.File.WriteAt(b[:n], at); err != nil {
		return 0, err
	}
	if n < len(b) {
		return n, errors.New("no space left on device")
	}
	return n, nil
}

// TestFullDisk fails at many places: the error says so, and what was written before can be read.
func TestFullDisk(t *testing.T) {
	entries := sample()
	size := len(written(t, "in place", entries, 3))
	for left := 150; left < size; left += 37 {
		f, err := os.Create(filepath.Join(t.TempDir(), "x.viser"))
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewWriter(&fullDisk{f, left}, WriterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		added := 0
		for _, e := range entries {
			if err := w.Add(e); err != nil {
				break
			}
			added++
			if added%5 == 0 && w.Flush() != nil {
				break
			}
		}
		err = w.Close(3)
		if err == nil || !strings.Contains(err.Error(), "no space left") || !strings.Contains(err.Error(), "recording: ") {
			t.Errorf("with %d bytes: %v", left, err)
		}
		if again := w.Close(3); again == nil || again.Error() != err.Error() {
			t.Errorf("the second Close: %v", again)
		}
		if err := w.Add(entries[0]); !errors.Is(err, ErrClosed) {
			t.Errorf("Add after Close: %v", err)
		}
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		r, err := Open(f, info.Size(), OpenOptions{})
		switch {
		case errors.Is(err, ErrEmpty):
		case err != nil:
			t.Fatalf("with %d bytes: %v", left, err)
		default:
			got := all(t, r, -1, 9)
			prefix(t, left, got, entries, false)
			if added >= 10 && len(texts(got)) < 4 {
				t.Errorf("with %d bytes: %d entries of %d", left, len(got), added)
			}
		}
		f.Close()
	}
}

// TestOtherFiles: a file that is something else is told from one that is empty.
func TestOtherFiles(t *testing.T) {
	for content, want := range map[string]error{
		"":                                 ErrEmpty,
		"x":                                ErrOther,
		"package main\n\nfunc main() {}\n": ErrOther,
		strings.Repeat("\x00", 100):        ErrOther,
		"12345678\x51\x2a\x4d":             ErrOther,
	} {
		if _, err := Open(strings.NewReader(content), int64(len(content)), OpenOptions{}); !errors.Is(err, want) {
			t.Errorf("%q: the error is %v, want %v", content, err, want)
		}
	}
}

// failingWriter is no file, and fails.
type failingWriter struct{}

func (failingWriter) Write(b []byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriterFails(t *testing.T) {
	w, err := NewWriter(failingWriter{}, WriterOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(sample()[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(1); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

// TestLateEntries waits for an entry that nothing follows: it is in the file a second later.
func TestLateEntries(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(dir, "x.viser")
		w, err := Create(path, WriterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close(0)
		for range 3 {
			if err := w.Add(sample()[0]); err != nil {
				t.Fatal(err)
			}
			before := w.Stats().Bytes
			time.Sleep(time.Second)
			synctest.Wait()
			if w.Stats().Bytes == before {
				t.Error("nothing was written within a second")
			}
		}
		r, err := OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got := all(t, r, -1, 9); len(got) != 3 {
			t.Errorf("%d entries", len(got))
		}
	})
}

// TestChunkEndsEarly has a chunk whose entries are later than its end, where the next one begins.
func TestChunkEndsEarly(t *testing.T) {
	var out bytes.Buffer
	w, err := NewWriter(&out, WriterOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	add := func(times ...float64) {
		for _, at := range times {
			for _, m := range []wire.Message{&wire.SetPositionMessage{Name: "/a", Position: [3]float64{at}}, &wire.RemoveSceneNodeMessage{Name: "/b"}} {
				if err := w.Add(Entry{Time: at, Message: wire.RawOf(m)}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	add(1, 2, 3)
	w.mu.Lock()
	w.current.to, w.last = 1.5, 1.5
	w.cut()
	w.mu.Unlock()
	add(1.75, 4)
	if err := w.Close(0); err != nil {
		t.Fatal(err)
	}
	r := opened(t, out.Bytes())
	want := []float64{1, 1, 1, 1, 1, 1, 1.75, 1.75, 4, 4}
	var got, visited []float64
	for _, e := range all(t, r, -1, 9) {
		got = append(got, e.Time)
	}
	err = r.Visit(
		func(e Entry) bool { visited = append(visited, e.Time); return true },
		func(p PoseEntry) bool { visited = append(visited, p.Time); return true })
	if err != nil || !slices.Equal(got, want) || !slices.Equal(visited, want) {
		t.Errorf("%v, %v, %v", got, visited, err)
	}
	if n := len(all(t, r, 1.2, 9)); n != 4 {
		t.Errorf("%d entries after 1.2 s", n)
	}
	if notes := r.Notes(); len(notes) != 1 || !strings.HasPrefix(notes[0], "4 entries had a time that is not a number") {
		t.Errorf("%q", notes)
	}
}

// A liar has an index whose first chunk is later than those that are found instead.
type liar struct{ source }

func (liar) chunk(c chunkInfo) (*entries, error) {
	if c.offset == 2 {
		return nil, errors.New("no chunk is at 2")
	}
	made := &chunk{}
	made.add(c.from, Everyone, wire.RawOf(&wire.RemoveSceneNodeMessage{Name: "/a"}))
	return &entries{from: c.from, to: c.to, count: made.count, stream: made.stream}, nil
}

func (liar) rescan() (*index, error) {
	return &index{chunks: []chunkInfo{{offset: 3, from: 1, to: 2}, {offset: 4, from: 6, to: 6}}, scanned: true}, nil
}

// TestIndexOfLaterChunks has an index that turns out to be wrong when entries that are too late were read.
func TestIndexOfLaterChunks(t *testing.T) {
	lies := &index{chunks: []chunkInfo{{offset: 1, from: 5, to: 5}, {offset: 2, from: 5, to: 5}}}
	r := &Reader{src: liar{}, idx: lies, seen: map[int64]bool{}}
	var times []float64
	for _, e := range all(t, r, -1, 9) {
		times = append(times, e.Time)
	}
	if want := []float64{5, 5, 6}; !slices.Equal(times, want) {
		t.Errorf("%v, want %v", times, want)
	}
}

// TestConcurrent has several writers of one recording, and several readers.
func TestConcurrent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.viser")
	w, err := Create(path, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	entries := random(t, 3, 500)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, e := range entries {
				if err := w.Add(e); err != nil {
					t.Error(err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Error(err)
			}
			w.Stats()
		})
	}
	group.Wait()
	if err := w.Close(0); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := opened(t, lying(t, b, func(m *manifest) { m.chunks[len(m.chunks)-1].to += 1e-6 }))
	want := all(t, r, -1, 1e9)
	if len(want) != 4*len(entries) {
		t.Fatalf("%d entries", len(want))
	}
	for i := range 4 {
		group.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(i), 0))
			for range 20 {
				if _, err := r.StateAt(rnd.Float64() * r.Duration()); err != nil {
					t.Error(err)
				}
				r.Notes()
				r.Info()
			}
			same(t, all(t, r, -1, 1e9), want)
		})
	}
	group.Wait()
}

// FuzzOpen reads files: it must not panic, nor take memory that the file does not explain.
func FuzzOpen(f *testing.F) {
	for _, b := range [][]byte{written(f, "create", sample(), 3), unfinished(f, sample()), oldFile(sample()[:5])} {
		f.Add(b)
	}
	upstream, err := os.ReadFile("testdata/upstream.viser")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(upstream)
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Open(bytes.NewReader(b), int64(len(b)), OpenOptions{MaxUnpacked: 1 << 20})
		if err != nil {
			return
		}
		defer r.Close()
		last := 0.0
		for e, err := range r.Entries(-1, math.Inf(1)) {
			if err != nil {
				t.Fatal(err)
			}
			if !goodTime(e.Time, last) {
				t.Fatalf("time %v after %v", e.Time, last)
			}
			last = e.Time
		}
		if _, err := r.StateAt(last / 2); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzChunk reads the unpacked parts, which fuzzing does not get to through the compression.
func FuzzChunk(f *testing.F) {
	c := &chunk{}
	for _, e := range sample() {
		c.add(e.Time, e.For, e.Message)
	}
	f.Add(c.head(), c.stream)
	m := &manifest{duration: 1, chunks: []chunkInfo{{1, 2, 3, 4, 5, 6}}, arrays: []arrayInfo{{1, 2, 3, 4}}, keyframes: []keyframeInfo{{1, 2, 3, 4}}}
	f.Add(m.encode(), binary.BigEndian.AppendUint32(nil, 7))
	f.Fuzz(func(t *testing.T, head, stream []byte) {
		decodeManifest(head)
		e, err := readHead(head)
		if err != nil {
			return
		}
		e.stream, e.old = stream, len(stream)%2 == 0
		r := &Reader{src: &ourFile{}, idx: &index{}}
		w := walk{r: r, entries: e}
		w.all(func(Entry) bool { return true })
	})
}

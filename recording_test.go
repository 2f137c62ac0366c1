package viser_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/wire"
)

// A watcher is a page that folds what it is sent.
type watcher struct {
	*viser.TestPage
	t     *testing.T
	state *fold.State
}

func watch(t *testing.T, p *viser.TestPage) *watcher {
	return &watcher{TestPage: p, t: t, state: fold.New()}
}

// watchNew connects a page.
func watchNew(t *testing.T, s *viser.Server) (*watcher, *viser.Client) {
	t.Helper()
	tp, err := s.JoinTestPage(true)
	if err != nil {
		t.Fatal(err)
	}
	w := watch(t, tp)
	w.catchUp()
	cam := someCamera
	w.Receive(&cam)
	synctest.Wait()
	var c *viser.Client
	for c = range s.Clients() {
	}
	return w, c
}

// catchUp applies all pending frames.
func (w *watcher) catchUp() {
	w.t.Helper()
	for {
		ctx, cancel := context.WithTimeout(w.t.Context(), time.Second/20)
		f, err := w.Next(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			return
		}
		if err != nil {
			w.t.Fatal(err)
		}
		apply(w.t, w.state, f)
	}
}

func apply(t *testing.T, s *fold.State, f *wire.Frame) {
	t.Helper()
	ws, err := wire.ReadRaw(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ws.Messages {
		if err := s.Apply(m); err != nil {
			t.Fatal(err)
		}
	}
}

// opened opens what was recorded.
func opened(t *testing.T, b []byte) *recording.Reader {
	t.Helper()
	r, err := recording.Open(bytes.NewReader(b), int64(len(b)), recording.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// whole opens a recording that was closed.
func whole(t *testing.T, b []byte) *recording.Reader {
	t.Helper()
	r := opened(t, b)
	if !r.Info().Complete || len(r.Notes()) > 0 {
		t.Errorf("the recording is not complete: %v", r.Notes())
	}
	return r
}

func stateAt(t *testing.T, r *recording.Reader, at float64) *fold.State {
	t.Helper()
	s, err := r.StateAt(at)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func entries(t *testing.T, r *recording.Reader) (all []recording.Entry) {
	t.Helper()
	for e, err := range r.Entries(-1, r.Duration()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// same compares a recorded state with what a page shows.
func same(t *testing.T, what string, recorded, shown *fold.State) {
	t.Helper()
	for _, s := range []**fold.State{&recorded, &shown} { // recorded orientations are rounded: that of the scene is
		*s = (*s).Clone()
		if err := (*s).Apply(wire.RawOf(&wire.SetOrientationMessage{WXYZ: [4]float64{1, 0, 0, 0}})); err != nil {
			t.Fatal(err)
		}
	}
	if recorded.Digest() == shown.Digest() {
		return
	}
	t.Errorf("%s: a page would have to be sent:", what)
	for _, m := range fold.Diff(recorded, shown) {
		t.Errorf("  %s %.200q", m.Type, m.B)
	}
}

func recordTo(t *testing.T, s *viser.Server, w io.Writer, o *viser.RecordOptions) *viser.Recording {
	t.Helper()
	r, err := s.Record(w, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func closed(t *testing.T, r *viser.Recording) {
	t.Helper()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestRecordingReplaysToWhatIsShown calls each method of each handle of a server and a client, and compares what was
// recorded at many times with what pages showed then: of the shared scene and as the client sees it.
func TestRecordingReplaysToWhatIsShown(t *testing.T) {
	legalByMethod["UploadedFile.Save"] = []any{filepath.Join(t.TempDir(), "file")}
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		mine, client := watchNew(t, s)
		other, _ := watchNew(t, s)
		var shared, own bytes.Buffer
		begun := time.Now()
		recordings := []*viser.Recording{recordTo(t, s, &shared, nil), recordTo(t, s, &own, &viser.RecordOptions{Client: client})}
		type moment struct {
			what   string
			at     float64
			states [2]*fold.State
		}
		var moments []moment
		both := []handles{everyElement(s.Scene(), s.GUI()), everyElement(client.Scene(), client.GUI())}
		look := func(what string) {
			other.catchUp()
			mine.catchUp()
			moments = append(moments, moment{what, time.Since(begun).Seconds(), [2]*fold.State{other.state.Clone(), mine.state.Clone()}})
		}
		look("everything")
		for _, hs := range both {
			for _, handle := range hs {
				for _, name := range methodNames(handle) {
					hs.call(t, over(t), handle, name)
				}
				look(fmt.Sprintf("%T", handle))
			}
		}
		for _, r := range recordings {
			closed(t, r)
		}
		for i, b := range [][]byte{shared.Bytes(), own.Bytes()} {
			r := whole(t, b)
			for _, k := range rand.Perm(len(moments)) {
				same(t, moments[k].what, stateAt(t, r, moments[k].at), moments[k].states[i])
			}
			replayed(t, r, 1000)
		}
	})
}

// replayed compares the states at n random times with those of all that was recorded until then.
func replayed(t *testing.T, r *recording.Reader, n int) {
	t.Helper()
	times := make([]float64, n)
	for i := range times {
		times[i] = rand.Float64() * r.Duration()
	}
	slices.Sort(times)
	all := entries(t, r)
	replay := fold.New()
	for _, at := range times {
		for ; len(all) > 0 && all[0].Time <= at; all = all[1:] {
			_ = replay.Apply(all[0].Message) // what a page refuses
		}
		if stateAt(t, r, at).Digest() != replay.Digest() {
			t.Fatalf("the state at %v is not that of a replay", at)
		}
	}
}

// TestRecordingByProgramTime checks times of messages, and that what was recorded before the program's time is there.
func TestRecordingByProgramTime(t *testing.T) {
	for _, fromTheBeginning := range []bool{true, false} {
		bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
			box := s.Scene().AddBox("/box", nil)
			var b bytes.Buffer
			r := recordTo(t, s, &b, &viser.RecordOptions{ProgramTime: fromTheBeginning})
			time.Sleep(500 * time.Millisecond)
			box.SetPosition(viser.Vec3{1, 0, 0})
			time.Sleep(20 * time.Millisecond)
			r.Sleep(2 * time.Second)
			if d := r.Stats().Duration; d != 2*time.Second {
				t.Errorf("the duration is %v", d)
			}
			box.SetPosition(viser.Vec3{2, 0, 0})
			r.Sleep(0)
			time.Sleep(time.Hour)
			box.SetPosition(viser.Vec3{3, 0, 0})
			r.At(5 * time.Second)
			box.SetPosition(viser.Vec3{4, 0, 0})
			r.At(5 * time.Second)
			s.Atomic(func() {
				box.SetPosition(viser.Vec3{5, 0, 0})
				r.Sleep(time.Second)
				box.SetPosition(viser.Vec3{6, 0, 0})
			})
			closed(t, r)
			file := whole(t, b.Bytes())
			if d := file.Duration(); d != 6 {
				t.Errorf("the recording has %v s", d)
			}
			var got []string
			for _, e := range entries(t, file) {
				if e.Message.Type == "SetPositionMessage" {
					got = append(got, fmt.Sprintf("%.1f %x", e.Time, e.Message.B[bytes.Index(e.Message.B, []byte("position"))+9:][:5]))
				}
			}
			first := "0.0"
			if !fromTheBeginning {
				first = "0.5"
			}
			want := []string{first + " ca3f800000", "2.0 ca40000000", "2.0 ca40400000", "5.0 ca40800000", "5.0 ca40a00000", "6.0 ca40c00000"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRecordingMisuse: times do not go back, and plain numbers are no durations.
func TestRecordingMisuse(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		r := recordTo(t, s, io.Discard, nil)
		r.Sleep(time.Second)
		misused(t, "a negative duration", func() { r.Sleep(-1) })
		misused(t, "a time that was", func() { r.At(time.Second - 1) })
		misused(t, "seconds as a number", func() { r.Sleep(5) })
		misused(t, "seconds as a number", func() { r.At(5) })
		misused(t, "more than there is", func() { r.Sleep(1<<63 - 1) })
		misused(t, "no writer", func() { s.Record(nil, nil) })
		misused(t, "no path", func() { s.RecordFile("", nil) })
		closed(t, r)
		misused(t, "a negative duration", func() { r.Sleep(-1) })
		r.Sleep(time.Second) // does nothing
		r.At(time.Hour)
		closed(t, r)

		another := viser.NewTestServer(nil)
		defer another.Close()
		_, c := connect(t, another)
		misused(t, "a client of another server", func() { s.Record(io.Discard, &viser.RecordOptions{Client: c}) })
		if _, err := s.RecordFile(filepath.Join(t.TempDir(), "no", "such", "x.viser"), nil); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a file that can't be created: %v", err)
		}
	})
}

// TestRecordingIsNoClient: a recording does not appear where clients do, and does not count against their limit.
func TestRecordingIsNoClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := viser.NewTestServer(&viser.Options{MaxClients: 1})
		defer s.Close()
		before := s.Stats()
		r := recordTo(t, s, io.Discard, nil)
		s.Scene().AddBox("/box", nil)
		time.Sleep(time.Second)
		for c := range s.Clients() {
			t.Errorf("there is %v", c)
		}
		after := s.Stats()
		after.Uptime, after.Entities = before.Uptime, before.Entities
		if diff := cmp.Diff(before, after); diff != "" {
			t.Error(diff)
		}
		if _, err := s.JoinTestPage(true); err != nil {
			t.Errorf("beside a recording, a client is refused: %v", err)
		}
		if n := r.Stats().Messages; n == 0 {
			t.Error("the recording has no messages")
		}
		closed(t, r)
	})
}

// TestRecordingAsAClientSeesIt: what the client has set itself, and thus is not sent, is recorded, and the recording
// ends with the client.
func TestRecordingAsAClientSeesIt(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		slider := s.GUI().AddSlider("slider", 5, &viser.SliderOptions{Max: 10})
		p, c := connect(t, s)
		var byClock, byProgram bytes.Buffer
		r, q := recordTo(t, s, &byClock, &viser.RecordOptions{Client: c}), recordTo(t, s, &byProgram, &viser.RecordOptions{Client: c, ProgramTime: true})
		q.Sleep(time.Second)
		synctest.Wait()
		say(p, sliderID, 7.0)
		if v := slider.Value(); v != 7 {
			t.Fatal(v)
		}
		c.Scene().AddBox("/last", nil)
		p.Leave()
		<-r.Done()
		<-q.Done()
		q.Sleep(time.Second)
		if err := errors.Join(r.Err(), q.Err(), r.Close(), q.Close()); err != nil {
			t.Error(err)
		}
		for _, b := range []*bytes.Buffer{&byClock, &byProgram} {
			got := map[string]bool{}
			for _, e := range entries(t, whole(t, b.Bytes())) {
				got[e.Message.Type] = true
			}
			if !got["GuiUpdateMessage"] || !got["BoxMessage"] {
				t.Errorf("recorded are only %v", got)
			}
		}
		if _, err := s.Record(io.Discard, &viser.RecordOptions{Client: c}); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("of a client that has left: %v", err)
		}
		if log.has("a recording has failed") {
			t.Error("a client that leaves is a failure")
		}
	})
}

// TestRecordingThatIsKilled copies the file at random moments: each copy opens, is at most a second old, and has a state
// that was shown.
func TestRecordingThatIsKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.viser")
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		nodes := make([]*viser.Box, 20)
		for i := range nodes {
			nodes[i] = s.Scene().AddBox(fmt.Sprint("/", i), nil)
		}
		begun := time.Now()
		r, err := s.RecordFile(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 360 {
			x := time.Since(begun).Seconds()
			s.Atomic(func() {
				for _, n := range nodes {
					n.SetPosition(viser.Vec3{x, 0, 0})
				}
			})
			time.Sleep(time.Second / 60)
			if step%7 != 3 || step < 60 {
				continue
			}
			synctest.Wait()
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			oldest := 1.0
			if step%2 == 0 && step > 100 { // the newest part is being written
				b = b[:len(b)-rand.IntN(40)]
				oldest += 0.9
			}
			cut := opened(t, b)
			if age := time.Since(begun).Seconds() - cut.Duration(); age > oldest {
				t.Errorf("a copy is %.2f s old", age)
			}
			if first, last := positionOf(t, stateAt(t, cut, 1e9), "/0"), positionOf(t, stateAt(t, cut, 1e9), "/19"); !bytes.Equal(first, last) {
				t.Errorf("a copy has a part of a step: %x, %x", first, last)
			}
		}
		closed(t, r)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := whole(t, b).Duration(); d < 5.9 || d > 6.1 {
			t.Errorf("the recording has %v s", d)
		}
	})
}

// positionOf returns the numbers of a node's position, as msgpack.
func positionOf(t *testing.T, s *fold.State, name string) []byte {
	t.Helper()
	for m := range s.Messages() {
		if m.Type == "SetPositionMessage" && bytes.Contains(m.B, append([]byte{0xa0 | byte(len(name))}, name...)) {
			return m.B[bytes.Index(m.B, []byte("position"))+8:][:16]
		}
	}
	return nil
}

// TestRecordingHasWholeBlocks makes blocks of Atomic as fast as possible, from several goroutines and of the client
// as which is recorded: no entry's time divides one.
func TestRecordingHasWholeBlocks(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	tp, err := s.JoinTestPage(true)
	if err != nil {
		t.Fatal(err)
	}
	defer tp.Leave()
	cam := someCamera
	tp.Receive(&cam)
	if err := s.WaitForCallbacks(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, _ := s.Client(0)
	shared := [2]*viser.Box{s.Scene().AddBox("/a", nil), s.Scene().AddBox("/b", nil)}
	own := [2]*viser.Box{s.Scene().AddBox("/c", nil), c.Scene().AddBox("/d", nil)}
	var b bytes.Buffer
	r := recordTo(t, s, &b, &viser.RecordOptions{Client: c})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var all sync.WaitGroup
	for atomic, pair := range map[*func(func())][2]*viser.Box{ptr(s.Atomic): shared, ptr(c.Atomic): own} {
		all.Go(func() {
			for x := 1.0; ctx.Err() == nil; x++ {
				(*atomic)(func() {
					pair[0].SetPosition(viser.Vec3{x, 0, 0})
					pair[1].SetPosition(viser.Vec3{x, 0, 0})
				})
			}
		})
	}
	all.Wait()
	closed(t, r)
	file := whole(t, b.Bytes())
	steps, last := 0, -1.0
	for _, e := range entries(t, file) {
		if e.Time == last {
			continue
		}
		last = e.Time
		steps++
		st := stateAt(t, file, e.Time)
		for _, names := range [][2]string{{"/a", "/b"}, {"/c", "/d"}} {
			if x, y := positionOf(t, st, names[0]), positionOf(t, st, names[1]); !bytes.Equal(x, y) {
				t.Fatalf("at %v s, %s is at %x and %s at %x", e.Time, names[0], x, names[1], y)
			}
		}
	}
	if steps < 3 {
		t.Errorf("only %d steps were recorded", steps)
	}
}

func ptr[T any](v T) *T { return &v }

// A writerFunc is a function as a writer.
type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

var errDiskFull = errors.New("no space left")

// TestRecordingWhoseWriterFails: the error is returned and logged once, and the server goes on.
func TestRecordingWhoseWriterFails(t *testing.T) {
	for name, w := range map[string]io.Writer{
		"fails":  writerFunc(func([]byte) (int, error) { return 0, errDiskFull }),
		"panics": writerFunc(func([]byte) (int, error) { panic(errDiskFull) }),
		"short":  writerFunc(func(p []byte) (int, error) { return len(p) - 1, nil }),
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
				s.Scene().AddBox("/box", nil)
				r := recordTo(t, s, w, nil)
				time.Sleep(time.Second)
				err := r.Close()
				if err == nil || r.Err() != err || r.Close() != err || !strings.HasPrefix(err.Error(), "viser: recording: ") {
					t.Errorf("Close returns %v, Err %v", err, r.Err())
				}
				failed, panicked := log.count("a recording has failed"), log.count("a callback panicked")
				if name == "panics" && (failed != 0 || panicked != 1) || name != "panics" && (failed != 1 || panicked != 0) {
					t.Errorf("logged: %d failures, %d panics", failed, panicked)
				}
				if name == "fails" && !errors.Is(err, errDiskFull) {
					t.Errorf("the error is %v", err)
				}
			})
		})
	}
}

// TestRecordingWhoseWriterHangs: the end of the server waits some seconds for it, and not longer.
func TestRecordingWhoseWriterHangs(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		release := make(chan struct{})
		r := recordTo(t, s, writerFunc(func(p []byte) (int, error) { <-release; return len(p), nil }), nil)
		slow := recordTo(t, s, writerFunc(func(p []byte) (int, error) { time.Sleep(4 * time.Second); return len(p), nil }), nil)
		start := time.Now()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if d := time.Since(start); d < 5*time.Second || d > 7*time.Second {
			t.Errorf("the end of the server took %v", d)
		}
		if n := log.count("a recording is not complete"); n != 1 {
			t.Errorf("logged %d times", n)
		}
		if err := slow.Close(); err != nil {
			t.Errorf("a slow writer: %v", err)
		}
		select {
		case <-r.Done():
			t.Error("the recording has ended")
		default:
		}
		close(release)
		closed(t, r)
	})
}

// A disk is a file on a disk that takes its time, and has room for so many bytes.
type disk struct {
	*os.File
	delay time.Duration
	room  atomic.Int64
}

func newDisk(t *testing.T, delay time.Duration, room int64) *disk {
	f, err := os.Create(filepath.Join(t.TempDir(), "x.viser"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	d := &disk{File: f, delay: delay}
	d.room.Store(room)
	return d
}

func (d *disk) WriteAt(b []byte, at int64) (int, error) {
	time.Sleep(d.delay)
	n := int(min(int64(len(b)), d.room.Load()))
	d.room.Add(-int64(n))
	if _, err := d.File.WriteAt(b[:n], at); err != nil {
		return 0, err
	}
	if n < len(b) {
		return n, errDiskFull
	}
	return n, nil
}

func (d *disk) content(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestRecordingOnASlowDisk: setters do not wait, each step that is there is whole, the last one is there, and the statistics
// have how long the disk was waited for.
func TestRecordingOnASlowDisk(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		d := newDisk(t, 3*time.Second, math.MaxInt64)
		nodes := make([]*viser.Box, 500)
		for i := range nodes {
			nodes[i] = s.Scene().AddBox(fmt.Sprint("/", i), nil)
		}
		r, err := s.RecordInPlace(d, nil)
		if err != nil {
			t.Fatal(err)
		}
		const steps = 20 * 60
		for step := range steps {
			start := time.Now()
			s.Atomic(func() {
				for _, n := range nodes {
					n.SetPosition(viser.Vec3{float64(step), 0, 0})
				}
			})
			if waited := time.Since(start); waited > 0 {
				t.Fatalf("the setters of step %d waited %v", step, waited)
			}
			time.Sleep(time.Second / 60)
		}
		if w := r.Stats().Waited; w < time.Second {
			t.Errorf("the recording has waited %v", w)
		}
		if n := r.Stats().Messages; n > steps*500/2 {
			t.Errorf("%d messages of %d are in memory or on a disk that takes 3 s for each part", n, steps*500)
		}
		closed(t, r)
		file := whole(t, d.content(t))
		last := -1.0
		seen := 0
		for _, e := range entries(t, file) {
			if e.Time == last {
				continue
			}
			last = e.Time
			seen++
			st := stateAt(t, file, e.Time)
			if a, b := positionOf(t, st, "/0"), positionOf(t, st, "/499"); !bytes.Equal(a, b) {
				t.Fatalf("at %v s, a step is divided: %x, %x", e.Time, a, b)
			}
		}
		if seen < 3 || seen > steps/2 {
			t.Errorf("%d steps of %d were recorded", seen, steps)
		}
		want := fold.New()
		for _, m := range []wire.Message{&wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: "/0"}},
			&wire.SetPositionMessage{Name: "/0", Position: [3]float64{steps - 1, 0, 0}}} {
			if err := want.Apply(wire.RawOf(m)); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := positionOf(t, stateAt(t, file, 1e9), "/0"), positionOf(t, want, "/0"); len(got) == 0 || !bytes.Equal(got[:5], want[:5]) {
			t.Errorf("the last step has %x, want %x", got, want)
		}
	})
}

// TestRecordingOnAFullDisk: it ends by itself, says why, and has what was written before; the program goes on.
func TestRecordingOnAFullDisk(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		box := s.Scene().AddBox("/box", nil)
		d := newDisk(t, 0, 2000)
		r, err := s.RecordInPlace(d, nil)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		full := time.Duration(0)
		for range 120 * 60 {
			box.SetPosition(viser.Vec3{time.Since(begun).Seconds(), 0, 0})
			time.Sleep(time.Second / 60)
			if d.room.Load() == 0 && full == 0 {
				full = time.Since(begun)
			}
		}
		select {
		case <-r.Done():
		default:
			t.Fatal("the recording has not ended")
		}
		err = r.Err()
		if !errors.Is(err, errDiskFull) || r.Close() != err || log.count("a recording has failed") != 1 {
			t.Errorf("Err is %v, Close returns %v, logged %d times", err, r.Close(), log.count("a recording has failed"))
		}
		file := opened(t, d.content(t))
		if got := file.Duration(); full == 0 || got < (full-2*time.Second).Seconds() || file.Info().Complete {
			t.Errorf("of %v before the disk was full, %v s are there", full, got)
		}
		other := recordTo(t, s, io.Discard, nil)
		closed(t, other)
	})
}

// TestRecordingClosedByMany: each call of Close returns when the file is complete, with the same result.
func TestRecordingClosedByMany(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.viser")
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.Scene().AddBox("/box", nil)
		for _, w := range []io.Writer{nil, io.Discard, writerFunc(func([]byte) (int, error) { return 0, errDiskFull })} {
			var r *viser.Recording
			var err error
			if w == nil {
				r, err = s.RecordFile(path, nil)
			} else {
				r, err = s.Record(w, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			results := make([]error, 8)
			for i := range results {
				all.Go(func() {
					results[i] = r.Close()
					if w == nil {
						b, err := os.ReadFile(path)
						if err != nil {
							t.Error(err)
						}
						whole(t, b)
					}
				})
			}
			all.Go(func() { r.Sleep(time.Second) })
			all.Wait()
			for _, err := range results {
				if err != results[0] {
					t.Errorf("%v and %v", results[0], err)
				}
			}
		}
	})
}

// TestRecordingWriterMayUseTheAPI calls back from the writer.
func TestRecordingWriterMayUseTheAPI(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		box := s.Scene().AddBox("/box", nil)
		var r *viser.Recording
		calls := 0
		var b bytes.Buffer
		r = recordTo(t, s, writerFunc(func(p []byte) (int, error) {
			calls++
			viser.UseEveryLock(s)
			box.SetPosition(viser.Vec3{float64(calls), 0, 0})
			s.Atomic(func() { s.Scene().AddBox("/another", nil) })
			r.Stats()
			r.Sleep(time.Second)
			if err := errors.Join(r.Close(), r.Err(), s.Close()); err != nil {
				t.Error(err)
			}
			return b.Write(p)
		}), nil)
		start := time.Now()
		closed(t, r)
		if d := time.Since(start); calls == 0 || d > 100*time.Millisecond {
			t.Errorf("%d calls, in %v", calls, d)
		}
		whole(t, b.Bytes())
	})
}

// TestServerCloseEndsRecordings: their files are complete, with what was shown last.
func TestServerCloseEndsRecordings(t *testing.T) {
	dir := t.TempDir()
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		box := s.Scene().AddBox("/box", nil)
		var all []*viser.Recording
		for i := range 4 {
			r, err := s.RecordFile(filepath.Join(dir, fmt.Sprint(i)), &viser.RecordOptions{ProgramTime: i%2 == 0})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r)
		}
		time.Sleep(time.Second)
		box.SetPosition(viser.Vec3{1, 0, 0})
		var racing sync.WaitGroup
		for range 8 { // with the end, each is recorded or refused
			racing.Go(func() {
				var b bytes.Buffer
				if r, err := s.Record(&b, nil); err == nil {
					closed(t, r)
					whole(t, b.Bytes())
				}
			})
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		racing.Wait()
		for i, r := range all {
			select {
			case <-r.Done():
			default:
				t.Error("a recording has not ended")
			}
			b, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i)))
			if err != nil {
				t.Fatal(err)
			}
			if positionOf(t, stateAt(t, whole(t, b), 1e9), "/box") == nil {
				t.Error("the last change is not there")
			}
		}
		if _, err := s.Record(io.Discard, nil); err == nil || !strings.Contains(err.Error(), "closed") {
			t.Errorf("of a closed server: %v", err)
		}
	})
}

// TestRecordingLeavesOutScripts: the library for plots that upstream viser's pages are sent is not recorded.
func TestRecordingLeavesOutScripts(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		if _, err := s.GUI().AddPlotly(map[string]any{"data": []any{}, "layout": map[string]any{}}, nil); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		r := recordTo(t, s, &b, nil)
		closed(t, r)
		for _, e := range entries(t, whole(t, b.Bytes())) {
			if e.Message.Type == "RunJavascriptMessage" {
				t.Error("a script was recorded")
			}
		}
	})
}

// TestRecordingForUpstreamsClient folds only what upstream viser's client reads: of an array that changes in part, it is
// the whole array, at most some times a second and at the end.
func TestRecordingForUpstreamsClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		cloud := s.Scene().AddPointCloud("/cloud", make([]viser.Vec3f, 1000), []viser.RGB{{1, 2, 3}}, nil)
		s.GUI().AddSlider("slider", 5, &viser.SliderOptions{Max: 10})
		var b bytes.Buffer
		r := recordTo(t, s, &b, nil)
		for i := range 100 {
			time.Sleep(20 * time.Millisecond)
			cloud.SetRange(i, []viser.Vec3f{{float32(i + 1), 0, 0}}, nil)
		}
		closed(t, r)
		page := fold.New()
		for _, e := range entriesOfStream(t, b.Bytes()) {
			if info := wire.Infos[e.Type]; !info.InScene || info.Extension {
				t.Errorf("upstream viser's client reads a %s", e.Type)
			}
			if err := page.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		var points []byte
		for m := range page.Messages() {
			if m.Type == "PointCloudMessage" {
				points = m.Refs[0].Data
			}
		}
		var want []byte
		for m := range stateAt(t, whole(t, b.Bytes()), 1e9).Messages() {
			if m.Type == "PointCloudMessage" {
				want = m.Refs[0].Data
			}
		}
		if len(want) == 0 || !slices.Equal(points, want) {
			t.Errorf("upstream viser's client shows %d bytes of points, ours %d", len(points), len(want))
		}
	})
}

// TestRecordingsAtOnce records from many goroutines, beside changes.
func TestRecordingsAtOnce(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	box := s.Scene().AddBox("/box", nil)
	ctx, cancel := context.WithCancel(t.Context())
	var moving, all sync.WaitGroup
	moving.Go(func() {
		for x := 0.0; ctx.Err() == nil; x++ {
			box.SetPosition(viser.Vec3{x, 0, 0})
			s.Scene().AddLabel(fmt.Sprint("/label", int(x)%10), "text", nil)
		}
	})
	for i := range 8 {
		all.Go(func() {
			var b bytes.Buffer
			r := recordTo(t, s, &b, &viser.RecordOptions{ProgramTime: i%2 == 0})
			var sleeping sync.WaitGroup
			for range 3 {
				sleeping.Go(func() {
					for range 30 {
						r.Stats()
						if i%3 > 0 {
							r.Sleep(time.Millisecond)
						}
					}
				})
			}
			sleeping.Wait()
			closed(t, r)
			if n := len(entries(t, whole(t, b.Bytes()))); n == 0 {
				t.Error("nothing was recorded")
			}
		})
	}
	all.Wait()
	cancel()
	moving.Wait()
}

// entriesOfStream returns what upstream viser's client reads.
func entriesOfStream(t *testing.T, file []byte) []wire.RawMessage {
	t.Helper()
	z, err := zstd.NewReader(bytes.NewReader(file[8:]))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if size := binary.LittleEndian.Uint64(file); size != uint64(len(plain)) {
		t.Errorf("the file announces %d bytes, and has %d", size, len(plain))
	}
	end := 8 + binary.LittleEndian.Uint64(plain)
	buffers := plain[(end+7)&^7:]
	_, tail := streamMessages(t, plain[8:end], func(int) ([]byte, error) { return nil, nil })
	for _, skip := range []string{"viserVersion", "", "binaryBufferLengths"} {
		var s string
		if s, tail, err = msgp.ReadStringBytes(tail); err != nil || skip != "" && s != skip {
			t.Fatal(s, err)
		}
	}
	n, tail, err := msgp.ReadArrayHeaderBytes(tail)
	if err != nil {
		t.Fatal(err)
	}
	arrays := make([][]byte, n)
	for i := range arrays {
		var size int64
		if size, tail, err = msgp.ReadInt64Bytes(tail); err != nil {
			t.Fatal(err)
		}
		arrays[i], buffers = buffers[:size], buffers[min(int64(len(buffers)), (size+7)&^7):]
	}
	ms, _ := streamMessages(t, plain[8:end], func(i int) ([]byte, error) { return arrays[i], nil })
	return ms
}

func streamMessages(t *testing.T, b []byte, array func(int) ([]byte, error)) (ms []wire.RawMessage, rest []byte) {
	t.Helper()
	b = b[bytes.Index(b, []byte("\xa8messages\xdd"))+10:]
	n := binary.BigEndian.Uint32(b)
	b = b[4:]
	for range n {
		m, rest, err := wire.ReadRawMessage(b[1+9:], array)
		if err != nil {
			t.Fatal(err)
		}
		ms, b = append(ms, m), rest
	}
	return ms, b
}

// TestRecordingOfVoxelsAndVolumes: upstream viser's client reads what stands for them, ours the nodes themselves.
func TestRecordingOfVoxelsAndVolumes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		voxels := s.Scene().AddVoxels("/voxels", [][3]int32{{0, 0, 0}}, nil, nil)
		volume := s.Scene().AddVolume("/volume", viser.VolumeGrid{Size: [3]int{2, 2, 2}, Uint8s: make([]uint8, 8)}, nil)
		var b bytes.Buffer
		r := recordTo(t, s, &b, nil)
		time.Sleep(time.Second)
		voxels.Append([][3]int32{{1, 1, 1}}, nil)
		volume.SetSpacing(viser.Uniform(2))
		volume.SetMode(viser.SurfaceVolume)
		time.Sleep(time.Second)
		closed(t, r)

		kinds := func(page *fold.State) (types []string) {
			for m := range page.Messages() {
				if wire.Infos[m.Type].Phase == "create" {
					types = append(types, m.Type)
					if m.Type == "PointCloudMessage" && m.Refs[0].Len() != 24 {
						t.Errorf("the points of the cells have %d bytes", m.Refs[0].Len())
					}
				}
			}
			return types
		}
		page := fold.New()
		for _, e := range entriesOfStream(t, b.Bytes()) {
			if info := wire.Infos[e.Type]; !info.InScene || info.Extension {
				t.Errorf("upstream viser's client reads a %s", e.Type)
			}
			if err := page.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		if got := kinds(page); !slices.Equal(got, []string{"FrameMessage", "PointCloudMessage", "LineSegmentsMessage"}) {
			t.Errorf("upstream viser's client shows %v", got)
		}
		if got := kinds(stateAt(t, whole(t, b.Bytes()), 1e9)); !slices.Equal(got, []string{"FrameMessage", "VoxelsMessage", "VolumeMessage"}) {
			t.Errorf("ours shows %v", got)
		}
	})
}

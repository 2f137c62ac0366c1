package viser

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/goid"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A Recording writes what the server shows, and when it changes, in viser's format for
// .viser files: our page and upstream viser's play it. Begin one with [Server.Record] or
// [Server.RecordFile], and end it with [Recording.Close]. It also ends when the server
// closes, when the client that it is of leaves, and when it cannot be written. A file is
// written meanwhile, so if the program is killed, it can be played up to the last second.
//
// Setters do not wait for a recording. If the disk is slower than the changes, it has
// fewer steps, like a slow client. It records states, not messages: downloads and
// requests for pictures are not in it, nor is the camera of a client. Scripts that a
// program sends to upstream viser's pages are never recorded. All methods are safe for
// concurrent use.
type Recording struct {
	server *Server
	client *Client // as which it sees; nil: only what is shared
	tap    *state.Tap
	writer *recording.Writer
	guard  *guardedWriter // of the program's writer; nil if it is a file
	path   string         // "" if it is not RecordFile's
	begun  time.Time

	ending    context.Context // ends when the recording is to end
	end       context.CancelFunc
	wallClock context.Context // ends when the program's time begins
	stopClock context.CancelFunc
	stopped   chan struct{} // closed when no more is recorded by the wall clock
	ready     chan struct{} // has an element when there are steps to be written
	done      chan struct{}
	goroutine atomic.Uint64
	closing   chan struct{} // has an element when its writer closes the server

	latest time.Duration // of what was written; of the goroutine
	err    error         // valid when done is closed

	mu       sync.Mutex
	room     sync.Cond
	programs bool // the program's time has begun
	now      time.Duration
	queue    []timedStep
	over     bool
	failed   error // of the tap, in Sleep or At
}

// A timedStep is what has changed up to a time of the program.
type timedStep struct {
	step *state.Step
	at   time.Duration
}

// maxQueuedSteps bounds the steps that wait to be written, before Sleep and At wait.
const maxQueuedSteps = 16

// RecordOptions are the options of Record and RecordFile.
type RecordOptions struct {
	// Client is the client as which it sees: its scene and GUI are recorded too, and the
	// recording ends when the client leaves, but not while its connection is lost and it
	// may come back. Default nil: the scene and the GUI that all clients share.
	Client *Client
	// ProgramTime is whether time is the program's from the beginning: it starts at 0, and
	// advances only by Sleep and At. Default false: it is that of the clock, until the first
	// call of Sleep or At.
	ProgramTime bool
	// Program is the name of the program, for those who read the file; default the name of
	// its executable.
	Program string
}

// Record begins a recording that is written to w: the state now, then what changes. A
// regular *os.File that is open for reading and writing and is empty behind its offset
// is written meanwhile, and can be read if the program is killed. Anything else is
// written by Close; until then the recording is in a temporary file. w is written to by
// one goroutine, and not after Close has returned. A w that panics or fails ends the
// recording.
//
// It fails if the server is closed, the client has left (ErrClientLeft), or there is no
// space for the file. Any number of recordings may run at once.
func (s *Server) Record(w io.Writer, opts *RecordOptions) (*Recording, error) {
	const fn = "Server.Record"
	if w == nil {
		usage(fn, "the writer is nil")
	}
	r, err := s.newRecording(fn, opts)
	if err != nil {
		return nil, err
	}
	if !isRegular(w) {
		r.guard = &guardedWriter{w: w, panicked: s.log.panicked}
		w = r.guard
	}
	r.writer, err = recording.NewWriter(w, opts.writer(r.begun))
	return r.start(err)
}

// isRegular reports whether w is a file on a disk, which can be written in place.
func isRegular(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// RecordFile begins a recording in a file, which replaces the one at path. The state now
// is in it, then what changes. Close makes it smaller: for that it writes a copy beside it
// and renames that. It fails like Record, or if the file cannot be created.
func (s *Server) RecordFile(path string, opts *RecordOptions) (*Recording, error) {
	const fn = "Server.RecordFile"
	if path == "" {
		usage(fn, "the path is empty")
	}
	r, err := s.newRecording(fn, opts)
	if err != nil {
		return nil, err
	}
	r.path = path
	r.writer, err = recording.Create(path, opts.writer(r.begun))
	return r.start(err)
}

func (o *RecordOptions) writer(begun time.Time) recording.WriterOptions {
	program := orPtr(o, RecordOptions{}).Program
	if program == "" && len(os.Args) > 0 {
		program = filepath.Base(os.Args[0])
	}
	return recording.WriterOptions{Program: program, Started: begun}
}

// newRecording returns one without a writer.
func (s *Server) newRecording(fn string, opts *RecordOptions) (*Recording, error) {
	o := orPtr(opts, RecordOptions{})
	var scope *state.Scope
	if o.Client != nil {
		if o.Client.server != s {
			usage(fn, "the client is one of another server")
		}
		scope = o.Client.scope
	}
	tap := s.store.Tap(scope, true)
	if tap == nil {
		return nil, fmt.Errorf("viser: record: %w", s.whyNoTap(o.Client))
	}
	r := &Recording{
		server: s, client: o.Client, tap: tap, begun: time.Now(), programs: o.ProgramTime,
		stopped: make(chan struct{}), ready: make(chan struct{}, 1), done: make(chan struct{}),
		closing: make(chan struct{}, 1),
	}
	r.room.L = &r.mu
	r.ending, r.end = context.WithCancel(s.ctx)
	r.wallClock, r.stopClock = context.WithCancel(r.ending)
	if o.ProgramTime {
		r.stopClock()
	}
	return r, nil
}

// whyNoTap is the error when there is nothing to record.
func (s *Server) whyNoTap(c *Client) error {
	if s.ctx.Err() == nil && c != nil {
		return ErrClientLeft
	}
	return errors.New("the server is closed")
}

// start begins to record if err is nil.
func (r *Recording) start(err error) (*Recording, error) {
	s := r.server
	if err == nil && !s.keepRecording(r) {
		err = errors.Join(errors.New("the server is closed"), r.writer.Close(0))
	}
	if err != nil {
		r.end()
		r.tap.Close()
		return nil, fmt.Errorf("viser: record: %w", err)
	}
	go r.run()
	return r, nil
}

// keepRecording makes Close of the server wait for the recording; false if it is closed.
func (s *Server) keepRecording(r *Recording) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if s.recordings == nil {
		s.recordings = map[*Recording]struct{}{}
	}
	s.recordings[r] = struct{}{}
	return true
}

func (s *Server) dropRecording(r *Recording) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.recordings, r)
}

// run records until the end.
func (r *Recording) run() {
	defer close(r.done)
	if r.client != nil {
		defer context.AfterFunc(r.client.ctx, r.end)()
	}
	r.goroutine.Store(goid.Current())
	err := r.byClock()
	close(r.stopped)
	if err == nil {
		err = r.byProgram()
	}
	duration, err := r.finish(err)
	if failed := r.writer.Close(duration.Seconds()); err == nil {
		err = failed
	}
	r.err = r.failure(err)
	r.tap.Close()
	r.end()
	r.server.dropRecording(r)
}

// failure logs why the recording has failed, and returns it.
func (r *Recording) failure(err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("viser: %w", err)
	if r.guard == nil || !r.guard.hasPanicked.Load() { // which is logged with its stack
		r.server.log.Error("a recording has failed", "error", err)
	}
	return err
}

// byClock records by the wall clock, until the end or the program's time begins.
func (r *Recording) byClock() error {
	for first := true; r.wallClock.Err() == nil; first = false {
		step, err := r.tap.Next(r.wallClock)
		if err != nil {
			return r.tapError(err)
		}
		at := step.At.Sub(r.begun)
		if first {
			at = 0 // a player that stands at the beginning shows what was shown at the beginning
		}
		if err := r.write(timedStep{step, at}); err != nil {
			return err
		}
	}
	return nil
}

// tapError returns what is a failure: not the end of the recording, of the client or of
// the server.
func (r *Recording) tapError(err error) error {
	switch {
	case errors.Is(err, state.ErrClosed):
		r.end()
		return nil
	case errors.Is(err, state.ErrTooSlow):
		r.end()
		return errors.New("recording: too many nodes and elements were removed before it could write that")
	}
	return nil
}

// byProgram writes the steps of Sleep and At, until the end.
func (r *Recording) byProgram() error {
	for {
		if err := r.writeAll(r.takeQueue()); err != nil {
			return err
		}
		select {
		case <-r.ready:
		case <-r.ending.Done():
			return nil
		}
	}
}

func (r *Recording) takeQueue() []timedStep {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.queue
	r.queue = nil
	r.room.Broadcast()
	return q
}

func (r *Recording) writeAll(steps []timedStep) error {
	for _, s := range steps {
		if err := r.write(s); err != nil {
			return err
		}
	}
	return nil
}

// settleTime is how long the end of a recording waits for the end of a block of Atomic.
const settleTime = 100 * time.Millisecond

// finish writes what has changed last, unless writing has failed with err, and returns
// the duration.
func (r *Recording) finish(err error) (time.Duration, error) {
	steps, programs, at, failed := r.stop()
	if err == nil {
		err = failed
	}
	if err == nil {
		err = r.writeAll(steps)
	}
	if err != nil {
		return at, err
	}
	step, err := r.lastStep(programs)
	if err != nil {
		return at, r.tapError(err)
	}
	return at, r.write(timedStep{step, at})
}

// stop makes Sleep and At do nothing any more, and returns what they have left.
func (r *Recording) stop() (steps []timedStep, programs bool, at time.Duration, failed error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.programs {
		r.now = time.Since(r.begun)
	}
	r.over = true
	r.room.Broadcast()
	steps, r.queue = r.queue, nil
	return steps, r.programs, r.now, r.failed
}

// lastStep returns what has changed last.
func (r *Recording) lastStep(programs bool) (*state.Step, error) {
	if programs {
		return r.tap.Now(true)
	}
	ctx, cancel := context.WithTimeout(context.Background(), settleTime)
	defer cancel()
	return r.tap.Settle(ctx)
}

// write writes a step, which may be nil.
func (r *Recording) write(s timedStep) error {
	if s.step == nil {
		return nil
	}
	r.latest = max(r.latest, s.at)
	sink := recordSink{w: r.writer, at: r.latest.Seconds()}
	s.step.Write(&sink)
	return sink.err
}

// An entryWriter writes a recording.
type entryWriter interface {
	Add(e recording.Entry) error
	AddPose(t float64, p *recording.Pose) error
}

// A recordSink adds a step to a file, or to an exported page.
type recordSink struct {
	w   entryWriter
	at  float64
	err error
}

// notShown are the types of messages that say nothing about what a page shows: scripts
// for upstream viser's pages, where a page is in the timeline, which files and reports are wanted from it, and how it is divided.
var notShown = map[string]bool{
	"RunJavascriptMessage": true, "TimelineMessage": true, "FileDropMessage": true, "SelectionReportsMessage": true,
	"SetViewportsMessage": true, "SetViewportHiddenMessage": true, "SetViewportCameraMessage": true,
	"MeasureReportsMessage": true, "SetLengthUnitMessage": true, "SetCameraFollowMessage": true,
}

// Message adds a message.
func (k *recordSink) Message(to state.Audience, m wire.RawMessage) {
	if k.err != nil || notShown[m.Type] {
		return
	}
	who := recording.Classify(m)
	switch {
	case to == state.ExtendedOnly:
		who = recording.Ours
	case to == state.PlainOnly && who != recording.Everyone:
		return // upstream viser's recordings do not have it
	case to == state.PlainOnly:
		who = recording.Plain
	}
	k.err = k.w.Add(recording.Entry{Time: k.at, For: who, Message: m})
}

// Pose adds a pose.
func (k *recordSink) Pose(p *state.Pose) {
	if k.err != nil {
		return
	}
	k.err = k.w.AddPose(k.at, (*recording.Pose)(p))
}

// Sleep writes what has changed so far, at the recording's current time, and advances
// that by d; it does not wait for d. The first call of Sleep or At ends the recording by
// the wall clock: the program's time is 0 then, and what was recorded before keeps its
// time, which no later step precedes.
//
// In a block of Atomic, it writes what the block has changed so far. It waits for the
// disk if many steps are still to be written. It panics with a *UsageError if d is
// negative, or below a microsecond and not 0. After the end of the recording it does
// nothing.
func (r *Recording) Sleep(d time.Duration) {
	const fn = "Recording.Sleep"
	checkStep(fn, d)
	r.advance(func(now time.Duration) time.Duration {
		if now+d < now {
			usage(fn, "%v behind %v is more than a recording can have", d, now)
		}
		return now + d
	})
}

// At is like Sleep, but advances the time to t since the beginning. It panics with a
// *UsageError if t is before the current time.
func (r *Recording) At(t time.Duration) {
	const fn = "Recording.At"
	checkStep(fn, t)
	r.advance(func(now time.Duration) time.Duration {
		if t < now {
			usage(fn, "%v is before %v, where the recording is already", t, now)
		}
		return t
	})
}

// checkStep refuses what is below a microsecond but not 0: such a value is nearly always a
// plain number that was meant as seconds.
func checkStep(fn string, d time.Duration) {
	switch {
	case d < 0:
		usage(fn, "%v is negative", d)
	case d > 0 && d < time.Microsecond:
		usage(fn, "%v is a time.Duration: %d seconds are %[2]d*time.Second", d, int64(d))
	}
}

// advance takes a step and moves the program's time.
func (r *Recording) advance(next func(now time.Duration) time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		next(r.now)
		return
	}
	at := r.now
	r.now = next(at)
	r.beginProgramTime()
	step, err := r.tap.Now(false)
	if err != nil {
		r.failed = r.tapError(err)
		return
	}
	r.queue = append(r.queue, timedStep{step, at})
	notify(r.ready)
	if r.goroutine.Load() == goid.Current() {
		return // the program's writer calls: it would wait for itself
	}
	for len(r.queue) > maxQueuedSteps && !r.over {
		r.room.Wait()
	}
}

// beginProgramTime ends the recording by the wall clock.
func (r *Recording) beginProgramTime() {
	if !r.programs {
		r.programs = true
		r.stopClock()
	}
	<-r.stopped
}

// Close writes what has changed last, and completes the file. The duration of the
// recording is the time until now, or that of the last Sleep or At. It returns the error
// of Err, and may be called again. During a block of Atomic it waits for the end of that,
// at most 0.1 s. Called by the writer of the recording, it does not wait.
func (r *Recording) Close() error {
	r.end()
	if r.goroutine.Load() == goid.Current() {
		return nil
	}
	<-r.done
	return r.err
}

// Done returns a channel that is closed when the recording has ended and its file is
// complete, or has failed.
func (r *Recording) Done() <-chan struct{} { return r.done }

// Err returns why the recording has failed: nil while it runs, and after an end without
// failure, such as that of its client. What was written before a failure can be played if
// it is in a file.
func (r *Recording) Err() error {
	select {
	case <-r.done:
		return r.err
	default:
		return nil
	}
}

// RecordingStats describe a recording.
type RecordingStats struct {
	// Duration is the time in the recording: since its beginning, or the program's.
	Duration time.Duration
	// Messages counts the messages that were recorded, poses included.
	Messages int64
	// Bytes is what was written so far. The file is smaller after Close.
	Bytes int64
	// Waited is how long the recording has waited for the disk. By the clock, of what changed more than once in that time
	// it has only the last value; by the program's time it has all, and Sleep and At have waited.
	Waited time.Duration
}

// Stats returns the counters, which remain after Close.
func (r *Recording) Stats() RecordingStats {
	w := r.writer.Stats()
	out := RecordingStats{Messages: w.Entries, Bytes: w.Bytes, Waited: w.Waited}
	r.mu.Lock()
	defer r.mu.Unlock()
	out.Duration = r.now
	if !r.programs && !r.over {
		out.Duration = time.Since(r.begun)
	}
	return out
}

// writerPatience is how long Close of the server waits for a call of the program's
// writer to return.
const writerPatience = 5 * time.Second

// endRecordings ends all recordings, and returns when their files are complete, without
// those whose writer does not return.
func (s *Server) endRecordings() {
	s.mu.Lock()
	all := make([]*Recording, 0, len(s.recordings))
	for r := range s.recordings {
		all = append(all, r)
	}
	s.mu.Unlock()
	for _, r := range all {
		r.end()
	}
	for _, r := range all {
		r.awaitEnd()
	}
}

// awaitEnd waits for the end, unless the program's writer hangs, or is what closes the
// server.
func (r *Recording) awaitEnd() {
	tick := time.NewTicker(writerPatience / 10)
	defer tick.Stop()
	for {
		select {
		case <-r.done:
			return
		case <-r.closing:
			return
		case <-tick.C:
		}
		if r.guard != nil && r.guard.hangs() {
			r.server.log.Error("a recording is not complete: its writer does not return", "seconds", int(writerPatience.Seconds()))
			return
		}
	}
}

// leaveRecordings makes the end of the server not wait for a recording whose writer calls
// this.
func (s *Server) leaveRecordings() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for r := range s.recordings {
		if r.goroutine.Load() == goid.Current() {
			notify(r.closing)
		}
	}
}

// notify puts an element into the channel, which has room for one, if there is none.
func notify(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// A guardedWriter is a writer of the program. Its panics become errors.
type guardedWriter struct {
	w           io.Writer
	panicked    func(e dispatch.Event, reason any)
	hasPanicked atomic.Bool
	since       atomic.Int64 // when the call that has not returned began, in Unix nanoseconds; 0: there is none
}

// Write calls the program's writer.
func (g *guardedWriter) Write(p []byte) (n int, err error) {
	g.since.Store(time.Now().UnixNano())
	defer g.since.Store(0)
	defer func() {
		if reason := recover(); reason != nil {
			g.hasPanicked.Store(true)
			g.panicked(dispatch.Event{Name: "Server.Record"}, reason)
			n, err = 0, fmt.Errorf("the writer panicked: %v", reason)
		}
	}()
	return g.w.Write(p)
}

// hangs reports whether a call does not return.
func (g *guardedWriter) hangs() bool {
	since := g.since.Load()
	return since != 0 && time.Since(time.Unix(0, since)) >= writerPatience
}

package recording

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sync"
	"time"
)

// WriterOptions are what a recording says about itself, and where it is written.
type WriterOptions struct {
	Program string    // what made it, for people
	Started time.Time // of its time 0; the zero Time is now
	TempDir string    // for what can't be written in place; "" is os.TempDir
}

// Stats counts what a Writer has done.
type Stats struct {
	Entries int64         // that were added, also those that are not written yet
	Bytes   int64         // written so far, before Close
	Time    float64       // of the newest entry
	Moved   int64         // entries whose time was not a number or before the last one: they have the last one's
	Scripts int64         // script messages, which are not recorded
	Waited  time.Duration // of calls of Add, for the disk
}

// ErrClosed is the error of calls after Close.
var ErrClosed = errors.New("the recording is closed")

const (
	// flushAfter is how long an entry waits for its chunk to be complete.
	flushAfter = 800 * time.Millisecond
	// queueChunks is how many complete chunks wait to be written before Add waits.
	queueChunks = 2
)

// A Writer writes a recording. It is safe for concurrent use. Add only appends to memory; a goroutine compresses and
// writes, and what was added is in the file a second later.
type Writer struct {
	file *body // for the goroutine, and for Close after its end

	mu      sync.Mutex
	room    sync.Cond // signaled when the queue has become shorter
	current *chunk
	queue   []*chunk
	spare   []*chunk // to be used again
	poses   poseTable
	pose    pose // scratch
	stats   Stats
	last    float64
	closed  bool
	err     error // why nothing is written any more

	wake      chan struct{} // there is something in the queue, or a chunk has begun
	quit      chan struct{}
	done      chan struct{}
	finish    sync.Once
	finishErr error
}

// NewWriter begins a recording in w. A regular file that is empty behind its offset, and open for reading and writing,
// is written in place, so that it can be read if the program ends before Close. For other writers the recording is
// collected in a temporary file, and written to w by Close.
func NewWriter(w io.Writer, o WriterOptions) (*Writer, error) {
	file, err := openBody(w, o)
	if err != nil {
		return nil, err
	}
	return startWriter(file, o)
}

// Create begins a recording in a new file, or in place of an old one. Arrays are twice in it while it is written, so that
// it can be read if the program ends before Close, and once after Close.
func Create(path string, o WriterOptions) (*Writer, error) {
	file, err := createBody(path)
	if err != nil {
		return nil, err
	}
	return startWriter(file, o)
}

func startWriter(file *body, o WriterOptions) (*Writer, error) {
	if err := file.begin(o); err != nil {
		return nil, errors.Join(err, file.release())
	}
	w := &Writer{
		file:    file,
		current: &chunk{},
		wake:    make(chan struct{}, 1),
		quit:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	w.room.L = &w.mu
	w.stats.Bytes = file.pos
	go w.run()
	return w, nil
}

// Add adds an entry. The arrays of the message must not be modified afterwards; its other bytes are copied. Times must
// ascend: an entry with an earlier one, or one that is not a number, gets the last one. Add waits only while two complete
// chunks wait to be written. Its error is that of an earlier write: the entry is not recorded then, and neither are later
// ones, but the file can be read up to there.
func (w *Writer) Add(e Entry) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	if e.Message.Type == runJavascript {
		w.stats.Scripts++
		return nil
	}
	begins := w.current.begins()
	t := w.clock(e.Time)
	if e.For == Everyone && w.pose.parse(e.Message) {
		w.current.addPose(t, w.poses.find(&w.pose), &w.pose)
	} else {
		w.current.add(t, e.For, e.Message)
	}
	w.added(begins)
	return nil
}

// AddPose is Add for the SetPositionMessage or SetOrientationMessage of a node, for everyone. It allocates nothing.
func (w *Writer) AddPose(t float64, p *Pose) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.ready(); err != nil {
		return err
	}
	begins := w.current.begins()
	n := w.poses.numberedNode(p, &w.pose)
	w.current.addPose(w.clock(t), n, &w.pose)
	w.added(begins)
	return nil
}

// added follows an entry.
func (w *Writer) added(begins bool) {
	w.stats.Entries++
	if w.current.full() {
		w.cut()
	} else if begins {
		w.signal()
	}
}

// ready waits for room.
func (w *Writer) ready() error {
	for len(w.queue) >= queueChunks && w.err == nil && !w.closed {
		start := time.Now()
		w.room.Wait()
		w.stats.Waited += time.Since(start)
	}
	if w.closed {
		return ErrClosed
	}
	return w.err
}

// clock returns the time of an entry.
func (w *Writer) clock(t float64) float64 {
	if !(t >= w.last) || math.IsInf(t, 1) {
		w.stats.Moved++
		t = w.last
	}
	w.last = t
	w.stats.Time = t
	return t
}

// cut puts the current chunk into the queue.
func (w *Writer) cut() {
	w.queue = append(w.queue, w.current)
	w.current = &chunk{}
	if n := len(w.spare); n > 0 {
		w.current, w.spare = w.spare[n-1], w.spare[:n-1]
	}
	w.signal()
}

func (w *Writer) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Flush writes what was added before. It waits for that.
func (w *Writer) Flush() error {
	written := make(chan error, 1)
	w.mu.Lock()
	if err := w.ready(); err != nil {
		w.mu.Unlock()
		return err
	}
	w.current.flushed = append(w.current.flushed, written)
	w.cut()
	w.mu.Unlock()
	return <-written
}

// Stats returns the counters.
func (w *Writer) Stats() Stats {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stats
}

// Err returns why nothing is written any more; nil if nothing has failed.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Close writes the rest, with the duration in seconds, or the newest entry's time if that is later. A recording that can't
// be completed can still be read, up to where writing failed, if it is a file. Later calls return the first one's result.
func (w *Writer) Close(duration float64) error {
	w.finish.Do(func() {
		w.mu.Lock()
		w.closed = true
		if !w.current.empty() {
			w.cut()
		}
		last := w.last
		w.room.Broadcast()
		w.mu.Unlock()
		close(w.quit)
		<-w.done
		if !(duration >= last) || math.IsInf(duration, 1) {
			duration = last
		}
		w.finishErr = errors.Join(w.Err(), w.file.finish(duration), w.file.release())
	})
	return w.finishErr
}

// run writes complete chunks, and others when they are old.
func (w *Writer) run() {
	defer close(w.done)
	timer := time.NewTimer(flushAfter)
	timer.Stop()
	for {
		select {
		case <-w.wake:
			if w.drain() {
				timer.Reset(flushAfter)
			}
		case <-timer.C:
			w.mu.Lock()
			if !w.current.empty() {
				w.cut()
			}
			w.mu.Unlock()
		case <-w.quit:
			w.drain()
			return
		}
	}
}

// drain writes what is in the queue. It reports whether there are entries that are not.
func (w *Writer) drain() bool {
	for {
		w.mu.Lock()
		if len(w.queue) == 0 {
			waiting := !w.current.empty()
			w.mu.Unlock()
			return waiting
		}
		c, err := w.queue[0], w.err
		w.mu.Unlock()
		if err == nil && c.count+c.notes > 0 {
			err = w.file.write(c)
		}
		for _, f := range c.flushed {
			f <- err
		}
		w.written(c, err)
	}
}

// written takes a chunk out of the queue.
func (w *Writer) written(c *chunk, err error) {
	c.reset()
	w.mu.Lock()
	w.queue = w.queue[:copy(w.queue, w.queue[1:])]
	if len(w.spare) <= queueChunks && cap(c.stream) <= 2*chunkBytes {
		w.spare = append(w.spare, c)
	}
	w.err = err
	w.stats.Bytes = w.file.pos
	w.room.Broadcast()
	w.mu.Unlock()
}

// describe says which file an error is about.
func describe(what string, f any, err error) error {
	if named, ok := f.(*os.File); ok {
		return fmt.Errorf("recording: %s %s: %w", what, named.Name(), err)
	}
	return fmt.Errorf("recording: %s: %w", what, err)
}

// Package audit writes who did what, for a program that wants to know.
//
// What users do is not lost, but merged: of an action that is repeated within a second, the first few are written as
// they are, and the others as one record, with their number and the newest values. So a slider that is dragged for a
// minute makes some 60 records, and nobody can fill a disk.
package audit

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/logqueue"
)

const (
	// Interval is the time in which repetitions are merged.
	Interval = time.Second
	// Burst is how many of the same action are written one by one in an Interval.
	Burst = 10
	// MaxKeys is how many different actions of one kind are told apart in an Interval; of further ones only the
	// number is written.
	MaxKeys = 256
)

// A Key says which actions are the same.
type Key struct {
	What   string // the kind of action, which is the message of the record
	Client int    // -1 for none
	Target string
}

// A Trail passes records to the program's logger, in a goroutine of its own. The nil Trail writes nothing. It is safe for
// concurrent use; any lock may be held.
type Trail struct {
	queue *logqueue.Queue
	out   slog.Handler // the queue's

	mu     sync.Mutex
	recent map[Key]*recent
	kinds  map[string]*kind
	timer  *time.Timer // runs while recent or kinds has entries
	closed bool
}

// recent is an action of the current interval.
type recent struct {
	written  int
	repeated int // those that were not written
	at       time.Time
	attrs    []slog.Attr // of the newest one that was not written
}

// kind counts the actions of a kind.
type kind struct{ keys, others int }

// New returns a trail that writes to l, nil if l is nil.
func New(l *slog.Logger) *Trail {
	if l == nil {
		return nil
	}
	q := logqueue.New(l.Handler())
	return &Trail{queue: q, out: q.Logger().Handler(), recent: map[Key]*recent{}, kinds: map[string]*kind{}}
}

// Record writes what the program itself did. Nothing of it is merged: no user can cause it.
func (t *Trail) Record(what string, attrs ...slog.Attr) {
	if t == nil {
		return
	}
	t.write(time.Now(), what, attrs)
}

// Action writes an action that stands for itself, such as a click. It keeps attrs.
func (t *Trail) Action(k Key, attrs ...slog.Attr) { t.add(k, Burst, attrs) }

// Change writes an action that replaces the last one, such as a value that a slider passes.
func (t *Trail) Change(k Key, attrs ...slog.Attr) { t.add(k, 1, attrs) }

func (t *Trail) add(k Key, burst int, attrs []slog.Attr) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	if t.closed {
		t.write(now, k.What, attrs)
		return
	}
	r := t.recentLocked(k)
	switch {
	case r == nil:
		t.kinds[k.What].others++
	case r.written < burst && r.repeated == 0:
		r.written++
		t.write(now, k.What, attrs)
	default:
		r.repeated, r.at, r.attrs = r.repeated+1, now, attrs
	}
}

// recentLocked returns the entry of an action, nil if there are too many.
func (t *Trail) recentLocked(k Key) *recent {
	if r := t.recent[k]; r != nil {
		return r
	}
	n := t.kinds[k.What]
	if n == nil {
		n = new(kind)
		t.kinds[k.What] = n
	}
	if t.timer == nil {
		t.timer = time.AfterFunc(Interval, t.tick)
	}
	if n.keys >= MaxKeys {
		return nil
	}
	n.keys++
	r := new(recent)
	t.recent[k] = r
	return r
}

// tick ends an interval.
func (t *Trail) tick() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.flushLocked()
	if len(t.kinds) > 0 {
		t.timer.Reset(Interval)
		return
	}
	t.timer = nil
}

// flushLocked writes what was merged, and forgets the actions that were not repeated.
func (t *Trail) flushLocked() {
	for k, r := range t.recent {
		if r.repeated == 0 {
			delete(t.recent, k)
			t.kinds[k.What].keys--
			continue
		}
		attrs := r.attrs
		if r.repeated > 1 {
			attrs = append(attrs[:len(attrs):len(attrs)], slog.Int("repeated", r.repeated))
		}
		t.write(r.at, k.What, attrs)
		*r = recent{written: Burst}
	}
	for what, n := range t.kinds {
		if n.others > 0 {
			t.write(time.Now(), "audit records merged: too many different ones", []slog.Attr{
				slog.String("what", what), slog.Int("records", n.others),
			})
			n.others = 0
			continue
		}
		if n.keys == 0 {
			delete(t.kinds, what)
		}
	}
}

// write queues a record; only the queue's goroutine calls the program.
func (t *Trail) write(at time.Time, what string, attrs []slog.Attr) {
	r := slog.NewRecord(at, slog.LevelInfo, what, 0)
	r.AddAttrs(attrs...)
	_ = t.out.Handle(context.Background(), r) // the queue's returns no error
}

// Close writes what was merged so far, and waits until the program's handler has it, or ctx ends. What is added later
// is written as it is.
func (t *Trail) Close(ctx context.Context) {
	if t == nil {
		return
	}
	t.mu.Lock()
	if !t.closed {
		t.closed = true
		t.flushLocked()
		if t.timer != nil {
			t.timer.Stop()
		}
	}
	t.mu.Unlock()
	_ = t.queue.Flush(ctx) // a handler that hangs must not block the end of the server
}

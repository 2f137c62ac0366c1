// Package logqueue decouples a program's log handler from the locks that are held while logging. Records wait in a
// queue; a goroutine, which exists only while there are some, passes them to the handler in order. So the handler may
// call anything, also what logs again.
package logqueue

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/goid"
)

// MaxPending is how many records wait for a slow handler before further ones are dropped, and counted.
const MaxPending = 4096

// A Queue passes the records of loggers to one handler.
type Queue struct {
	handler slog.Handler

	mu        sync.Mutex
	pending   []entry
	dropped   int
	goroutine uint64        // that calls the handler; 0 before it has started
	idle      chan struct{} // closed when the goroutine ends; nil while there is none
}

type entry struct {
	ctx    context.Context
	record slog.Record
	view   *view
}

// New returns the queue of a handler.
func New(h slog.Handler) *Queue { return &Queue{handler: h} }

// Logger returns a logger whose records are queued. Logging takes only the queue's lock and does not call the
// handler.
func (q *Queue) Logger() *slog.Logger { return slog.New(&view{queue: q}) }

// A view is the handler of a logger: the queue's, with attributes and groups. It does not call the handler, so only
// the queue's goroutine checks whether a level is enabled.
type view struct {
	queue *Queue
	with  []func(slog.Handler) slog.Handler
	made  slog.Handler // the handler with all that; touched by the queue's goroutine only
}

func (v *view) Enabled(context.Context, slog.Level) bool { return true }

func (v *view) Handle(ctx context.Context, r slog.Record) error {
	v.queue.add(entry{ctx, r.Clone(), v})
	return nil
}

func (v *view) WithAttrs(attrs []slog.Attr) slog.Handler {
	return v.and(func(h slog.Handler) slog.Handler { return h.WithAttrs(attrs) })
}

func (v *view) WithGroup(name string) slog.Handler {
	return v.and(func(h slog.Handler) slog.Handler { return h.WithGroup(name) })
}

func (v *view) and(with func(slog.Handler) slog.Handler) *view {
	return &view{queue: v.queue, with: append(slices.Clone(v.with), with)}
}

func (v *view) handler() slog.Handler {
	if v.made == nil {
		h := v.queue.handler
		for _, with := range v.with {
			h = with(h)
		}
		v.made = h
	}
	return v.made
}

func (q *Queue) add(e entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.pending) >= MaxPending {
		q.dropped++
		return
	}
	q.pending = append(q.pending, e)
	if q.idle == nil {
		q.idle = make(chan struct{})
		go q.drain()
	}
}

// drain passes records to the handler until there are none.
func (q *Queue) drain() {
	id := goid.Current()
	own := &view{queue: q}
	for {
		q.mu.Lock()
		q.goroutine = id
		e, ok := q.takeLocked(own)
		if !ok {
			close(q.idle)
			q.idle, q.goroutine = nil, 0
			q.mu.Unlock()
			return
		}
		q.mu.Unlock()
		e.handle()
	}
}

// takeLocked removes the next record. After the queued ones it returns one with the number of dropped
// ones.
func (q *Queue) takeLocked(own *view) (e entry, ok bool) {
	switch {
	case len(q.pending) > 0:
		e = q.pending[0]
		q.pending[0] = entry{}
		q.pending = q.pending[1:]
	case q.dropped > 0:
		r := slog.NewRecord(time.Now(), slog.LevelWarn, "log records were dropped; the handler is too slow", 0)
		r.AddAttrs(slog.Int("records", q.dropped))
		e, q.dropped = entry{context.Background(), r, own}, 0
	default:
		return entry{}, false
	}
	return e, true
}

// handle calls the program's handler. Its errors cannot be reported, so they are ignored; a panic is recovered from.
func (e entry) handle() {
	defer func() { _ = recover() }()
	if h := e.view.handler(); h.Enabled(e.ctx, e.record.Level) {
		_ = h.Handle(e.ctx, e.record)
	}
}

// Flush returns when the handler has been given all records that were logged before, or with the context's error when
// ctx ends. Called by the handler itself it returns at once.
func (q *Queue) Flush(ctx context.Context) error {
	self := goid.Current()
	q.mu.Lock()
	idle := q.idle
	if q.goroutine == self {
		idle = nil
	}
	q.mu.Unlock()
	if idle == nil {
		return nil
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

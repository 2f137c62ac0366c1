package viser

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/logqueue"
	"github.com/viser-go/viser/internal/rate"
)

// logger logs for the program. The rate of records that a loop or a client could
// cause without limit is limited, for each kind by itself. The program's handler
// is called by the queue's goroutine only, so locks may be held while logging.
type logger struct {
	*slog.Logger
	queue *logqueue.Queue

	suppressed atomic.Int64 // records that were not written

	mu    sync.Mutex
	quiet map[string]*rate.Log
}

// maxQuiet bounds the kinds of records that are counted: some are named by the
// program's nodes, of which there can be any number.
const maxQuiet = 1024

// flushTime is how long the end of the server waits for a handler that is slow.
const flushTime = time.Second

func newLogger(l *slog.Logger) *logger {
	if l == nil {
		l = slog.Default()
	}
	q := logqueue.New(l.Handler())
	return &logger{Logger: q.Logger(), queue: q, quiet: map[string]*rate.Log{}}
}

// flush waits until the handler has handled what was logged before.
func (l *logger) flush(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	_ = l.queue.Flush(ctx) // a handler that hangs must not block the end of the server
}

// limited warns, at most once every ten seconds for the same message.
func (l *logger) limited(msg string, args ...any) { l.limit(slog.LevelWarn, msg, msg, args...) }

// removed logs at debug level that a call did nothing because its handle was removed.
// That is not misuse: a client or another goroutine may remove something at any time.
func (l *logger) removed(msg string, args ...any) { l.limit(slog.LevelDebug, msg, msg, args...) }

// panicked logs that a callback panicked, and where. It must be called by a deferred
// function, as it logs the stack.
//
// The rate is limited for each line that panics. Those of a program are few, while
// there are as many names of callbacks as nodes.
func (l *logger) panicked(e dispatch.Event, reason any) {
	at := rate.PanicPlace()
	if dropped, ok := l.allow("panic at " + at); ok {
		args := append(eventArgs(e), "panic", rate.Text(reason), "at", at, "unlogged", dropped, "stack", rate.Stack())
		l.Error("a callback panicked", args...)
	}
}

func (l *logger) limit(level slog.Level, kind, msg string, args ...any) {
	dropped, ok := l.allow(kind)
	if !ok {
		return
	}
	if dropped > 0 {
		args = append(args, "unlogged", dropped)
	}
	l.Log(context.Background(), level, msg, args...)
}

// allow reports whether a record of that kind may be written now, and how many
// were not since the last one.
func (l *logger) allow(kind string) (dropped int, ok bool) {
	l.mu.Lock()
	q := l.quiet[kind]
	if q == nil {
		if len(l.quiet) >= maxQuiet {
			clear(l.quiet)
		}
		q = &rate.Log{Total: &l.suppressed}
		l.quiet[kind] = q
	}
	l.mu.Unlock()
	return q.Allow()
}

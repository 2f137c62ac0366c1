package viser

import (
	"log/slog"
	"sync"

	"github.com/viser-go/viser/internal/rate"
)

// logger writes what a program should know. Lines that a loop or a page could
// cause without end are thinned out, each kind by itself.
type logger struct {
	*slog.Logger
	mu    sync.Mutex
	quiet map[string]*rate.Log
}

func newLogger(l *slog.Logger) *logger {
	if l == nil {
		l = slog.Default()
	}
	return &logger{Logger: l, quiet: map[string]*rate.Log{}}
}

// limited warns, at most once every ten seconds for the same message.
func (l *logger) limited(msg string, args ...any) {
	l.mu.Lock()
	q := l.quiet[msg]
	if q == nil {
		q = &rate.Log{}
		l.quiet[msg] = q
	}
	l.mu.Unlock()
	if dropped, ok := q.Allow(); ok {
		if dropped > 0 {
			args = append(args, "times before", dropped)
		}
		l.Warn(msg, args...)
	}
}

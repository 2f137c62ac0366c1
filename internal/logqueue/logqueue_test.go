package logqueue_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/logqueue"
)

// A handler calls a function with each record.
type handler struct {
	slog.Handler
	f func(r slog.Record)
}

func (h handler) Handle(_ context.Context, r slog.Record) error {
	h.f(r)
	return nil
}

func newHandler(f func(r slog.Record)) handler { return handler{slog.DiscardHandler.WithGroup(""), f} }

func (h handler) Enabled(context.Context, slog.Level) bool { return true }

func TestRecordsKeepTheirOrderTimeAndAttributes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		q := logqueue.New(slog.NewTextHandler(&b, nil))
		log := q.Logger()
		log.Info("first", "n", 1)
		log.Debug("not enabled")
		<-time.After(time.Second)
		log.With("a", 2).WithGroup("g").Warn("second", "n", 3)
		if err := q.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := "time=2000-01-01T00:00:00.000Z level=INFO msg=first n=1\ntime=2000-01-01T00:00:01.000Z level=WARN msg=second a=2 g.n=3\n"
		if b.String() != want {
			t.Errorf("got %s\nwant %s", b.String(), want)
		}
	})
}

// TestHandlerMayLog logs with a lock held that the handler takes, and the handler logs and flushes itself.
func TestHandlerMayLog(t *testing.T) {
	var mu sync.Mutex
	var got []string
	var q *logqueue.Queue
	q = logqueue.New(newHandler(func(r slog.Record) {
		mu.Lock()
		got = append(got, r.Message)
		mu.Unlock()
		if r.Message == "outer" {
			q.Logger().Info("inner")
		}
		if err := q.Flush(context.Background()); err != nil {
			t.Error(err)
		}
	}))
	mu.Lock()
	q.Logger().Info("outer")
	mu.Unlock()
	if err := q.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != "[outer inner]" {
		t.Errorf("the handler got %v", got)
	}
}

func TestPanickingHandlerIsContained(t *testing.T) {
	n := 0
	q := logqueue.New(newHandler(func(slog.Record) { n++; panic("handler") }))
	q.Logger().Info("one")
	q.Logger().Info("two")
	if err := q.Flush(t.Context()); err != nil || n != 2 {
		t.Errorf("%v, %d records", err, n)
	}
}

func TestSlowHandlerReceivesDropCount(t *testing.T) {
	release := make(chan struct{})
	var got []slog.Record
	q := logqueue.New(newHandler(func(r slog.Record) { <-release; got = append(got, r) }))
	for range logqueue.MaxPending + 11 {
		q.Logger().Info("line")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := q.Flush(ctx); err == nil {
		t.Error("Flush did not end with its context")
	}
	close(release)
	if err := q.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	dropped := int64(0)
	last := got[len(got)-1]
	last.Attrs(func(a slog.Attr) bool { dropped = a.Value.Int64(); return true })
	if !strings.Contains(last.Message, "dropped") || int(dropped)+len(got)-1 != logqueue.MaxPending+11 {
		t.Errorf("%d records, the last one %q with %d", len(got), last.Message, dropped)
	}
}

package audit_test

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

	"github.com/viser-go/viser/internal/audit"
)

// sink is a log file of a test.
type sink struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

// lines returns what was written since the last call, without the times.
func (s *sink) lines() (lines []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(s.b.String()) {
		lines = append(lines, strings.TrimSpace(line[strings.Index(line, "msg="):]))
	}
	s.b.Reset()
	return lines
}

func newLog() (*audit.Trail, *sink) {
	s := new(sink)
	return audit.New(slog.New(slog.NewTextHandler(s, nil))), s
}

func wait(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestRepetitionsAreMergedAndCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, out := newLog()
		defer l.Close(t.Context())
		slider := audit.Key{What: "value set", Client: 3, Target: "slider"}
		for i := range 60 {
			l.Change(slider, slog.Int("value", i))
		}
		wait(audit.Interval)
		if got := fmt.Sprint(out.lines()); got != `[msg="value set" value=0 msg="value set" value=59 repeated=59]` {
			t.Errorf("%s", got)
		}
		l.Change(slider, slog.Int("value", 60)) // still the same drag
		if got := out.lines(); len(got) != 0 {
			t.Errorf("%q before the interval is over", got)
		}
		wait(audit.Interval)
		if got := fmt.Sprint(out.lines()); got != `[msg="value set" value=60]` {
			t.Errorf("%s", got)
		}
		wait(2 * audit.Interval)
		l.Change(slider, slog.Int("value", 61))
		wait(0)
		if got := fmt.Sprint(out.lines()); got != `[msg="value set" value=61]` {
			t.Errorf("after a pause: %s", got)
		}
	})
}

func TestClicksAreWrittenOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, out := newLog()
		defer l.Close(t.Context())
		for range audit.Burst + 5 {
			l.Action(audit.Key{What: "clicked"})
		}
		wait(0)
		if n := len(out.lines()); n != audit.Burst {
			t.Errorf("%d lines at once", n)
		}
		wait(audit.Interval)
		if got := fmt.Sprint(out.lines()); got != "[msg=clicked repeated=5]" {
			t.Error(got)
		}
	})
}

// What is different is told apart, up to a bound; beyond it the number is known.
func TestTooManyDifferentActionsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, out := newLog()
		defer l.Close(t.Context())
		for i := range audit.MaxKeys + 7 {
			l.Action(audit.Key{What: "refused", Target: fmt.Sprint(i)})
		}
		l.Action(audit.Key{What: "clicked"})
		wait(0)
		if n := len(out.lines()); n != audit.MaxKeys+1 {
			t.Errorf("%d lines", n)
		}
		wait(audit.Interval)
		if got := fmt.Sprint(out.lines()); got != `[msg="audit records merged: too many different ones" what=refused records=7]` {
			t.Error(got)
		}
		wait(2 * audit.Interval)
		l.Action(audit.Key{What: "refused"})
		wait(0)
		if got := fmt.Sprint(out.lines()); got != "[msg=refused]" {
			t.Errorf("after a pause: %s", got)
		}
	})
}

func TestCloseWritesTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, out := newLog()
		for i := range 3 {
			l.Change(audit.Key{What: "set"}, slog.Int("value", i))
		}
		l.Close(t.Context())
		l.Close(t.Context())
		if got := fmt.Sprint(out.lines()); got != "[msg=set value=0 msg=set value=2 repeated=2]" {
			t.Error(got)
		}
		l.Change(audit.Key{What: "set"}, slog.Int("value", 9))
		wait(0)
		if got := fmt.Sprint(out.lines()); got != "[msg=set value=9]" {
			t.Errorf("after Close: %s", got)
		}
	})
}

// handler is a program's.
type handler struct{ f func(slog.Record) }

func (handler) Enabled(context.Context, slog.Level) bool        { return true }
func (h handler) WithAttrs([]slog.Attr) slog.Handler            { return h }
func (h handler) WithGroup(string) slog.Handler                 { return h }
func (h handler) Handle(_ context.Context, r slog.Record) error { h.f(r); return nil }

// A handler that hangs or panics delays nobody, and the number of records that it missed is given to it.
func TestBadHandlersDelayNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		got := map[string]int{}
		l := audit.New(slog.New(handler{func(r slog.Record) {
			<-release
			got[r.Message]++
			panic("handler")
		}}))
		for range 60 { // more than the queue holds
			for i := range audit.MaxKeys {
				l.Action(audit.Key{What: "clicked", Target: fmt.Sprint(i)})
			}
			wait(2 * audit.Interval)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		l.Close(ctx) // returns when ctx ends
		close(release)
		l.Close(t.Context())
		if got["clicked"] < 1000 || got["log records were dropped; the handler is too slow"] != 1 {
			t.Errorf("%v", got)
		}
	})
}

func TestNilTrailWritesNothing(t *testing.T) {
	l := audit.New(nil)
	l.Action(audit.Key{})
	l.Close(t.Context())
}

func TestConcurrentUse(t *testing.T) {
	l, out := newLog()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 1000 {
				l.Change(audit.Key{What: "set", Client: i}, slog.Int("value", i))
			}
		})
	}
	wg.Wait()
	l.Close(t.Context())
	if n := len(out.lines()); n < 16 {
		t.Errorf("%d lines", n)
	}
}

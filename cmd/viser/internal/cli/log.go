package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
)

// lineHandler writes log records as plain lines for the user of the command: "viser: what (why)".
type lineHandler struct {
	mu     *sync.Mutex // shared by all handlers of one writer
	out    io.Writer
	level  slog.Level
	attrs  string // of With, written already
	prefix string // of WithGroup
}

func newLogger(out io.Writer, level slog.Level) *slog.Logger {
	return slog.New(&lineHandler{mu: new(sync.Mutex), out: out, level: level})
}

func (h *lineHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	var attrs strings.Builder
	attrs.WriteString(h.attrs)
	r.Attrs(func(a slog.Attr) bool {
		h.write(&attrs, a)
		return true
	})
	line := "viser: " + strings.TrimPrefix(r.Message, "viser: ")
	if attrs.Len() > 0 {
		line += " (" + strings.TrimPrefix(attrs.String(), ", ") + ")"
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := fmt.Fprintln(h.out, line)
	return err
}

func (h *lineHandler) write(b *strings.Builder, a slog.Attr) {
	value := a.Value.Resolve().String()
	if strings.ContainsAny(value, "\n\r\x1b") && a.Key != "stack" {
		value = fmt.Sprintf("%q", value) // it may come from a client: it must not control the terminal
	}
	fmt.Fprintf(b, ", %s%s: %s", h.prefix, a.Key, value)
}

func (h *lineHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	var b strings.Builder
	b.WriteString(h.attrs)
	for _, a := range attrs {
		h.write(&b, a)
	}
	c := *h
	c.attrs = b.String()
	return &c
}

func (h *lineHandler) WithGroup(name string) slog.Handler {
	c := *h
	if name != "" {
		c.prefix += name + "."
	}
	return &c
}

// lockedWriter lets several goroutines write lines.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

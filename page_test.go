package viser_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A page talks to a server as a browser page would, and keeps what it receives.
type page struct {
	*viser.TestPage
	t    *testing.T
	seen []wire.Message
	// frames has the number of messages of each frame.
	frames []int
	cursor string // of the last frame
	bytes  int    // of all frames
}

// A logBook keeps what the server logs.
type logBook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

// has reports whether the text was logged. It is called in a bubble: records go
// through a queue.
func (l *logBook) has(text string) bool {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Contains(l.buf.Bytes(), []byte(text))
}

// size returns the number of bytes that were logged.
func (l *logBook) size() int {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Len()
}

// panics returns how many panics with that value were logged.
func (l *logBook) panics(text string) int {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Count(l.buf.Bytes(), []byte("panic="+text))
}

// bubble runs a test with a server and a clock of its own.
func bubble(t *testing.T, f func(t *testing.T, s *viser.Server, log *logBook)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		log := &logBook{}
		s := viser.NewTestServer(&viser.Options{Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		defer s.Close()
		f(t, s, log)
	})
}

var someCamera = wire.ViewerCameraMessage{
	WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{0, 0, -5}, LookAt: [3]float64{0, 0, 0}, UpDirection: [3]float64{0, -1, 0},
	FOV: 1, Near: 0.1, Far: 100, ImageWidth: 640, ImageHeight: 480,
}

// open connects a page and reads the initial transfer. It is not a connected client
// yet: that requires its camera.
func open(t *testing.T, s *viser.Server, packed bool) *page {
	t.Helper()
	tp, err := s.JoinTestPage(packed)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{TestPage: tp, t: t}
	for len(all[*wire.ReplayDoneMessage](p)) == 0 {
		p.read()
	}
	return p
}

// connect opens a page and lets it report its camera.
func connect(t *testing.T, s *viser.Server) (*page, *viser.Client) {
	t.Helper()
	return connectAs(t, s, false)
}

// connectAs opens a page that speaks viser-go.v1 if packed, and sends its camera.
func connectAs(t *testing.T, s *viser.Server, packed bool) (*page, *viser.Client) {
	t.Helper()
	p := open(t, s, packed)
	cam := someCamera
	p.Receive(&cam)
	synctest.Wait()
	var c *viser.Client
	for c = range s.Clients() {
	}
	return p, c
}

// read reads the next frame, which must be sent within two windows.
func (p *page) read() {
	p.t.Helper()
	if !p.poll() {
		p.t.Fatal("no frame came")
	}
}

func (p *page) poll() bool {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Second/20)
	defer cancel()
	f, err := p.Next(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if err != nil {
		p.t.Fatal(err)
	}
	w, err := pagewire.DecodeFrame(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		p.t.Fatal(err)
	}
	p.cursor = w.Cursor
	p.bytes += f.Len()
	p.seen = append(p.seen, w.Messages...)
	p.frames = append(p.frames, len(w.Messages))
	return true
}

// catchUp reads all pending frames, and discards the messages before them.
func (p *page) catchUp() []wire.Message {
	p.t.Helper()
	n := len(p.seen)
	for p.poll() {
	}
	return p.seen[n:]
}

// all returns the messages of a type that the page has received.
func all[M wire.Message](p *page) []M {
	var out []M
	for _, m := range p.seen {
		if m, ok := m.(M); ok {
			out = append(out, m)
		}
	}
	return out
}

// last returns the newest message of a type.
func last[M wire.Message](p *page) M {
	p.t.Helper()
	ms := all[M](p)
	if len(ms) == 0 {
		p.t.Fatalf("no %T was sent", *new(M))
	}
	return ms[len(ms)-1]
}

func types(ms []wire.Message) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Type())
	}
	return out
}

// misused runs f, which must panic with a *UsageError.
func misused(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		e := recover()
		if _, ok := e.(*viser.UsageError); !ok {
			t.Errorf("%s: got %v; want a *UsageError", name, e)
		}
	}()
	f()
}

// A record is a list that callbacks write to.
type record[T any] struct {
	mu   sync.Mutex
	list []T
}

func (r *record[T]) add(v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, v)
}

func (r *record[T]) got() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.list)
}

func multiID(m *wire.GuiMultiSliderMessage) string { return m.UUID }

func rgbaID(m *wire.GuiRgbaMessage) string { return m.UUID }

func vector2ID(m *wire.GuiVector2Message) string { return m.UUID }

func groupID(m *wire.GuiButtonGroupMessage) string { return m.UUID }

// say sends a value from the page to the newest element of the message type M.
func say[M wire.Message](p *page, uuid func(M) string, v any) {
	p.Receive(&wire.GuiUpdateMessage{UUID: uuid(last[M](p)), Updates: wire.Updates{{Key: "value", Value: v}}})
	synctest.Wait()
}

func sliderID(m *wire.GuiSliderMessage) string { return m.UUID }

func textID(m *wire.GuiTextMessage) string { return m.UUID }

func dropdownID(m *wire.GuiDropdownMessage) string { return m.UUID }

func rgbID(m *wire.GuiRgbMessage) string { return m.UUID }

func vectorID(m *wire.GuiVector3Message) string { return m.UUID }

func buttonID(m *wire.GuiButtonMessage) string { return m.UUID }

func checkID(m *wire.GuiCheckboxMessage) string { return m.UUID }

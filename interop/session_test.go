package interop_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/interop/internal/rawclient"
)

// A session is the counterpart of pydriver/session.py with our server: the same steps,
// a marker after each, the same records of the messages to each viewer. Python needs
// two markers, as its server and each client have separate streams; here there is one
// stream, so one marker is the end of a step.
type session struct {
	t       *testing.T
	server  *viser.Server
	viewers map[string]*viewer
	records []record

	marker *viser.Text
	hidden map[string]bool   // Uuids of the markers and the answer button.
	uuids  map[string]string // Of a widget, by its label.

	connected chan *viser.Client
	answered  chan struct{}
	effects   chan struct{} // A callback that a scenario waits for has run.
}

type viewer struct {
	*rawclient.Client
	handle *viser.Client // nil until the first camera message.
}

func firstCamera() message {
	return message{
		"type":         "ViewerCameraMessage",
		"wxyz":         []any{0.0, 1.0, 0.0, 0.0},
		"position":     []any{0.0, 0.0, 5.0},
		"fov":          1.25,
		"near":         0.01,
		"far":          1000.0,
		"image_height": 480,
		"image_width":  640,
		"look_at":      []any{0.0, 0.0, 0.0},
		"up_direction": []any{0.0, -1.0, 0.0},
	}
}

// newSession starts a server, connects viewer A while it is empty, and then adds the
// markers.
func newSession(t *testing.T, label string) *session {
	t.Helper()
	s := &session{
		t:         t,
		viewers:   map[string]*viewer{},
		hidden:    map[string]bool{},
		uuids:     map[string]string{},
		connected: make(chan *viser.Client, 16),
		answered:  make(chan struct{}, 16),
		effects:   make(chan struct{}, 16),
	}
	s.server = viser.New(&viser.Options{
		Addr: "127.0.0.1:0", Label: label, Logger: slog.New(slog.DiscardHandler),
	})
	if err := s.server.Start(t.Context()); err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(s.close)
	s.open("A")
	s.putMarker()
	s.connect("A")
	s.step("markers up", func() {})
	return s
}

// putMarker adds the server's marker and answer button, initially and after a reset.
func (s *session) putMarker() {
	s.marker = s.server.GUI().AddText("marker", "", nil)
	s.server.GUI().AddButton("answer", nil).OnClick(func(context.Context, viser.ButtonEvent) {
		s.answered <- struct{}{}
	})
}

// putClientMarker adds a viewer's own marker. It is only there to use the same order
// number as Python's.
func (s *session) putClientMarker(name string) {
	s.viewers[name].handle.GUI().AddText("marker", "", nil)
}

func (s *session) close() {
	for _, v := range s.viewers {
		v.Close()
	}
	if err := s.server.Close(); err != nil {
		s.t.Errorf("close: %v", err)
	}
}

// client is viewer A's handle.
func (s *session) client() *viser.Client { return s.viewers["A"].handle }

// open connects a viewer that reads its replay and sends nothing yet.
func (s *session) open(name string) {
	s.t.Helper()
	s.viewers[name] = &viewer{Client: s.dial()}
	s.replay("open "+name, name, s.viewers[name].Client)
}

func (s *session) dial() *rawclient.Client {
	s.t.Helper()
	c, err := rawclient.Dial(s.t.Context(), s.server.Addr().String(), rawclient.Stock)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// joinLate connects a viewer, records its replay and disconnects it.
func (s *session) joinLate(step string) {
	s.t.Helper()
	c := s.dial()
	defer c.Close()
	s.replay(step, "late", c)
}

func (s *session) replay(step, name string, c *rawclient.Client) {
	s.t.Helper()
	messages, err := c.Replay(s.t.Context())
	if err != nil {
		s.t.Fatalf("%s: %v", step, err)
	}
	s.records = append(s.records, record{
		Step: step, Replay: true, Sent: map[string][]message{name: s.visible(messages)},
	})
}

// connect sends the first camera message, and adds the viewer's own marker.
func (s *session) connect(name string) {
	s.t.Helper()
	off := s.server.OnClientConnect(func(_ context.Context, c *viser.Client) { s.connected <- c })
	defer off()
	known := map[int]bool{}
	for c := range s.server.Clients() {
		known[c.ID()] = true
	}
	s.send(name, firstCamera())
	v := s.viewers[name]
	for v.handle == nil {
		// Clients that were already connected are announced too.
		if c := receive(s.t, s.connected, "a client after a camera message"); !known[c.ID()] {
			v.handle = c
		}
	}
	s.putClientMarker(name)
}

func (s *session) send(name string, m message) {
	s.t.Helper()
	if err := s.viewers[name].Send(s.t.Context(), m); err != nil {
		s.t.Fatalf("send %s: %v", m.Type(), err)
	}
}

// step calls a function and records the messages that each viewer received because of
// it.
func (s *session) step(name string, act func()) {
	s.t.Helper()
	s.result(name, func() any { act(); return nil })
}

// result is a step whose result is compared with Python's.
func (s *session) result(name string, act func() any) {
	s.t.Helper()
	result, err := guarded(act)
	s.finish(record{Step: name, Result: result, Error: err})
}

// refused is a step that returns an error where Python raises one.
func (s *session) refused(name string, act func() error) {
	s.t.Helper()
	err := act()
	s.finish(record{Step: name, Error: fmt.Sprint(err)})
}

// quiet is a step that Python rejects and that here intentionally does nothing: a
// setter of something removed.
func (s *session) quiet(name string, act func()) {
	s.t.Helper()
	act()
	s.finish(record{Step: name, Quiet: true})
}

// twoScopes is a step that changes shared and per-client state.
func (s *session) twoScopes(name string, act func()) {
	s.t.Helper()
	act()
	s.finish(record{Step: name, TwoScopes: true})
}

// set is a step, and then the same step again, which should send nothing.
func (s *session) set(name string, act func()) {
	s.t.Helper()
	s.step(name, act)
	s.step(name+" again", act)
}

// guarded converts a *UsageError to Python's error.
func guarded(act func() any) (result any, err string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *viser.UsageError:
			err = r.Error()
		default:
			panic(r)
		}
	}()
	return act(), ""
}

// finish sends the marker and reads every viewer up to it.
func (s *session) finish(r record) {
	s.t.Helper()
	token := fmt.Sprintf("%d: %s", len(s.records), r.Step)
	s.marker.SetValue(token)
	s.server.Flush()
	r.Sent = map[string][]message{}
	for _, name := range s.names() {
		r.Sent[name] = s.collect(s.viewers[name], token)
	}
	s.records = append(s.records, r)
}

func (s *session) names() []string { return slices.Sorted(maps.Keys(s.viewers)) }

func (s *session) collect(v *viewer, token string) []message {
	s.t.Helper()
	messages, err := v.ReadUntil(s.t.Context(), func(m message) bool {
		updates, _ := m["updates"].(map[string]any)
		// A marker that no viewer has received yet is created with the token in it.
		return updates["value"] == token || m["value"] == token
	})
	if err != nil {
		s.t.Fatalf("step %s: %v", token, err)
	}
	return s.visible(messages)
}

// visible removes the markers, and records the widgets' uuids.
func (s *session) visible(messages []message) []message {
	var out []message
	for _, m := range messages {
		uuid, _ := m["uuid"].(string)
		props, _ := m["props"].(map[string]any)
		if label, ok := props["label"].(string); ok {
			s.uuids[label] = uuid
			if label == "marker" || label == "answer" {
				s.hidden[uuid] = true
			}
		}
		if !s.hidden[uuid] {
			out = append(out, m)
		}
	}
	return out
}

// say sends a message like a web client, waits until that many callbacks have run
// because of it and for the answer button, and records the messages to all viewers.
func (s *session) say(step, name string, m message, callbacks int) {
	s.t.Helper()
	s.send(name, m)
	for range callbacks {
		receive(s.t, s.effects, "a callback of step "+step)
	}
	s.send(name, message{
		"type": "GuiUpdateMessage", "uuid": s.uuids["answer"], "updates": map[string]any{"value": true},
	})
	receive(s.t, s.answered, "the answer to step "+step)
	s.finish(record{Step: step})
}

// change sets a widget's value like a web client.
func (s *session) change(step, name, label string, value any, callbacks int) {
	s.t.Helper()
	s.say(step, name, message{
		"type": "GuiUpdateMessage", "uuid": s.uuids[label], "updates": map[string]any{"value": value},
	}, callbacks)
}

// leave closes a viewer's socket.
func (s *session) leave(name string) {
	s.viewers[name].Close()
	delete(s.viewers, name)
}

// receive waits for a callback, for a limited time.
func receive[T any](t *testing.T, from <-chan T, what string) T {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(t.Context(), rawclient.Patience, errors.New("waited "+rawclient.Patience.String()))
	defer cancel()
	select {
	case v := <-from:
		return v
	case <-ctx.Done():
		t.Fatalf("waiting for %s: %v", what, context.Cause(ctx))
		panic("unreachable")
	}
}

// seconds is for durations, which are numbers in Python.
func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

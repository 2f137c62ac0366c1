package viser_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/httpd"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// What the tests of attacks share: a server behind its real HTTP server and sessions, over pipes in a bubble, and pages
// that send it any bytes.

// A pipeWeb serves over pipes in memory, which a bubble can wait for. It is a net.Listener.
type pipeWeb struct {
	conns chan net.Conn
	over  chan struct{}
	once  sync.Once
}

// overPipes runs a test with a server that serves HTTP, in a bubble.
func overPipes(t *testing.T, f func(t *testing.T, s *viser.Server, web *pipeWeb, log *logBook)) {
	t.Helper()
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		web, stop := servePipes(s, slog.New(slog.NewTextHandler(log, nil)))
		defer stop()
		f(t, s, web, log)
	})
}

// servePipes serves over pipes until stop, which closes the server.
func servePipes(s *viser.Server, log *slog.Logger) (web *pipeWeb, stop func()) {
	web = &pipeWeb{conns: make(chan net.Conn), over: make(chan struct{})}
	srv := httpd.NewServer(s, log)
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = srv.Serve(web) // ends with ErrServerClosed
	}()
	return web, func() {
		s.Close()
		srv.Close()
		<-served
	}
}

func (w *pipeWeb) Accept() (net.Conn, error) {
	select {
	case c := <-w.conns:
		return c, nil
	case <-w.over:
		return nil, net.ErrClosed
	}
}

func (w *pipeWeb) Close() error   { w.once.Do(func() { close(w.over) }); return nil }
func (w *pipeWeb) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (w *pipeWeb) dial() net.Conn {
	here, there := net.Pipe()
	w.conns <- there
	return here
}

// An attacker is a page that sends any bytes, and keeps the ids of all that it was sent.
type attacker struct {
	t  *testing.T
	ws *websocket.Conn

	mu     sync.Mutex
	known  map[string][]any // ids, by the fields that they are for
	inputs map[string]any   // values, by the input's uuid
	ended  error            // why reading ended
}

// open connects a page, which reads everything.
func (w *pipeWeb) open(t *testing.T, protocol string) *attacker {
	t.Helper()
	return newAttacker(t, w.websocket(t, protocol))
}

func (w *pipeWeb) websocket(t *testing.T, protocols ...string) *websocket.Conn {
	t.Helper()
	transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return w.dial(), nil }}
	ws, _, err := websocket.Dial(t.Context(), "ws://localhost/", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, Subprotocols: protocols,
	})
	if err != nil {
		t.Fatal(err)
	}
	return ws
}

// write sends a message.
func write(ctx context.Context, ws *websocket.Conn, m wire.Message) error {
	e := &wire.Encoder{}
	m.AppendTo(e)
	return ws.Write(ctx, websocket.MessageBinary, e.B)
}

func newAttacker(t *testing.T, ws *websocket.Conn) *attacker {
	ws.SetReadLimit(-1)
	a := &attacker{t: t, ws: ws, known: map[string][]any{}, inputs: map[string]any{}}
	go a.read()
	return a
}

func (a *attacker) read() {
	for {
		_, b, err := a.ws.Read(context.Background())
		if err == nil {
			var w *wire.Window
			if w, err = pagewire.DecodeFrame(b, wire.DefaultLimits); err == nil {
				a.keep(w.Messages)
				continue
			}
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.ended = err
		return
	}
}

// idKeys are the fields of the server's messages that have ids, and the fields of a client's messages for each.
var idKeys = map[string][]string{
	"uuid":         {"uuid", "source_component_uuid"},
	"name":         {"name"},
	"render_uuid":  {"render_uuid"},
	"request_uuid": {"request_uuid"},
	"owner":        {"owner"},
}

// keep collects ids, and the values of inputs.
func (a *attacker) keep(ms []wire.Message) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, m := range ms {
		var e wire.Encoder
		m.AppendTo(&e)
		if len(e.Refs) > 0 {
			continue
		}
		fields := readAnyMap(e.B)
		for key, targets := range idKeys {
			id, ok := fields[key].(string)
			for _, target := range targets {
				if ok && !slices.Contains(a.known[target], any(id)) {
					a.known[target] = append(a.known[target], id)
				}
			}
		}
		if value, ok := fields["value"]; ok && fields["uuid"] != nil {
			a.inputs[fields["uuid"].(string)] = value
		}
	}
}

// ids returns the known values of each field.
func (a *attacker) ids() map[string][]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := map[string][]any{}
	for field, ids := range a.known {
		out[field] = append([]any{"unknown"}, ids...)
	}
	return out
}

// changes returns an update of each input, to its value and to another one.
func (a *attacker) changes() []map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []map[string]any
	for _, uuid := range slices.Sorted(maps.Keys(a.inputs)) {
		for _, v := range []any{a.inputs[uuid], another(a.inputs[uuid])} {
			all = append(all, map[string]any{"uuid": uuid, "updates": map[string]any{"value": v}})
		}
	}
	return all
}

// another returns a different value of the same kind.
func another(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case int64:
		return v + 1
	case float64:
		return v + 1
	case string:
		return v + "x"
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = another(out[i])
		}
		return out
	}
	return "another"
}

// write sends a message.
func (a *attacker) write(msg []byte) {
	a.t.Helper()
	if err := a.tryWrite(msg); err != nil {
		a.t.Errorf("the connection has ended before %.200q: %v", msg, err)
	}
}

// tryWrite sends a message of a client that the program may have closed.
func (a *attacker) tryWrite(msg []byte) error {
	return a.ws.Write(a.t.Context(), websocket.MessageBinary, msg)
}

// send sends a message, and waits until it was handled. Invalid ones are sent at the rate that the server allows.
func (a *attacker) send(msg []byte) {
	a.t.Helper()
	a.write(msg)
	var unknown *wire.UnknownTypeError
	if _, err := wire.Decode(msg, wire.InboundLimits); err != nil && !errors.As(err, &unknown) {
		time.Sleep(time.Second)
	}
	synctest.Wait()
}

// join sends a camera, and returns the client.
func (a *attacker) join(s *viser.Server) *viser.Client {
	a.t.Helper()
	cam := someCamera
	var e wire.Encoder
	cam.AppendTo(&e)
	a.send(e.B)
	var c *viser.Client
	for c = range s.Clients() {
	}
	if c == nil {
		a.t.Fatal("the client is not connected")
	}
	return c
}

// keepAsking renders pictures and reads local storage all the time, so that there is always a request to respond to.
func (a *attacker) keepAsking(c *viser.Client) {
	ask := func(f func() error) {
		for c.Context().Err() == nil {
			_ = f() // what the attacker responds
		}
	}
	go ask(func() error { _, err := c.Render(c.Context(), 2, 2, nil); return err })
	go ask(func() error { _, _, err := c.LocalStorage().Get(c.Context(), "key"); return err })
}

// checkOpen fails if the server has closed the connection.
func (a *attacker) checkOpen() {
	a.t.Helper()
	synctest.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ended != nil {
		a.t.Errorf("the connection has ended: %v", a.ended)
	}
}

// checkServes connects another client, which changes an input that a callback responds to.
func checkServes(t *testing.T, s *viser.Server, web *pipeWeb) {
	t.Helper()
	in := s.GUI().AddCheckbox("healthy", false, nil)
	changed := make(chan bool, 1)
	in.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) { changed <- e.Value })
	healthy := web.open(t, "viser-go.v1")
	healthy.join(s)
	healthy.send(wireBytes(map[string]any{"type": "GuiUpdateMessage", "uuid": viser.UUIDOf(&in.Input), "updates": map[string]any{"value": true}}))
	select {
	case <-changed:
	default:
		t.Error("a healthy client is not served")
	}
	healthy.checkOpen()
	healthy.ws.CloseNow()
}

// excerpt returns the first log record with the text.
func (l *logBook) excerpt(text string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range bytes.Lines(l.buf.Bytes()) {
		if bytes.Contains(line, []byte(text)) {
			return fmt.Sprintf("%.4000s", line)
		}
	}
	return ""
}

// bubbleGoroutines returns the number of goroutines in the calling test's bubble. runtime.NumGoroutine also counts
// those of the runtime while they run cleanups, and those that have just ended.
func bubbleGoroutines() int {
	buf := make([]byte, 1<<20)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			return bytes.Count(buf[:n], []byte(", synctest bubble "))
		}
		buf = make([]byte, 2*len(buf))
	}
}

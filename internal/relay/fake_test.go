package relay

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// patience bounds every wait of these tests.
const patience = 10 * time.Second

// A fakeProgram is an upstream server that behaves like Python's: it keeps a log of messages for all clients, and sends
// what is for one client in frames of its own.
type fakeProgram struct {
	t       *testing.T
	address string

	mu      sync.Mutex
	host    *httptest.Server
	version string
	log     []wire.Message
	conns   map[int]*fakeConn
	next    int
	came    chan *fakeConn // those that have sent a camera
}

// A fakeConn is a client of a fakeProgram.
type fakeConn struct {
	id     int
	ws     *websocket.Conn
	posed  bool
	in     chan wire.Message // what it has sent, without cameras
	camera chan wire.Message
	gone   chan struct{}
	stuck  atomic.Bool // it reads nothing any more
}

// stall makes the program read nothing of what the client sends any more, also no pings.
func (c *fakeConn) stall() { c.stuck.Store(true) }

func newProgram(t *testing.T, log ...wire.Message) *fakeProgram {
	p := &fakeProgram{t: t, version: "1.1.1", log: log}
	p.start()
	t.Cleanup(p.stop)
	return p
}

// startAs is start, as another version.
func (p *fakeProgram) startAs(version string) {
	p.mu.Lock()
	p.version = version
	p.mu.Unlock()
	p.start()
}

// start listens, at the address from before if there was one.
func (p *fakeProgram) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns, p.next, p.came = map[int]*fakeConn{}, 0, make(chan *fakeConn, 100)
	p.host = httptest.NewUnstartedServer(http.HandlerFunc(p.serve))
	if p.address != "" {
		ln, err := net.Listen("tcp", p.address)
		if err != nil {
			p.t.Fatal(err)
		}
		p.host.Listener.Close()
		p.host.Listener = ln
	}
	p.host.Start()
	p.address = p.host.Listener.Addr().String()
}

// stop ends the program, as a killed process.
func (p *fakeProgram) stop() {
	p.mu.Lock()
	host, conns := p.host, p.conns
	p.host, p.conns = nil, map[int]*fakeConn{}
	p.mu.Unlock()
	for _, c := range conns {
		c.ws.CloseNow()
	}
	if host != nil {
		host.Close()
		for _, c := range conns {
			<-c.gone
		}
	}
}

func (p *fakeProgram) serve(w http.ResponseWriter, r *http.Request) {
	offered := strings.Split(strings.ReplaceAll(r.Header.Get("Sec-WebSocket-Protocol"), " ", ""), ",")
	i := slices.IndexFunc(offered, func(s string) bool { return strings.HasPrefix(s, "viser-v") })
	if i < 0 {
		return
	}
	c := &fakeConn{in: make(chan wire.Message, 1000), camera: make(chan wire.Message, 1000), gone: make(chan struct{})}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols:   offered[i : i+1],
		OnPingReceived: func(context.Context, []byte) bool { return !c.stuck.Load() },
	})
	if err != nil {
		return
	}
	defer ws.CloseNow()
	ws.SetReadLimit(-1)
	p.mu.Lock()
	if version := p.version; ws.Subprotocol() != "viser-v"+version {
		p.mu.Unlock()
		ws.Close(websocket.StatusProtocolError, "Version mismatch. Client: 1.1.1, Server: "+version)
		return
	}
	c.id, c.ws = p.next, ws
	defer close(c.gone)
	p.next++
	p.conns[c.id] = c
	c.write(frame(append(slices.Clone(p.log), &wire.ReplayDoneMessage{})...))
	p.mu.Unlock()
	p.read(c)
	p.mu.Lock()
	delete(p.conns, c.id)
	p.mu.Unlock()
}

func (p *fakeProgram) read(c *fakeConn) {
	for {
		_, data, err := c.ws.Read(context.Background())
		if err != nil {
			return
		}
		m, err := wire.Decode(data, wire.InboundLimits)
		if err != nil {
			p.t.Errorf("the program received %q: %v", data, err)
			return
		}
		if _, ok := m.(*wire.ViewerCameraMessage); ok {
			if !c.posed {
				c.posed = true
				p.came <- c
			}
			c.camera <- m
			continue
		}
		c.in <- m
	}
}

func frame(messages ...wire.Message) []byte {
	var b wire.FrameBuilder
	for _, m := range messages {
		raw := wire.RawOf(m)
		b.Message(raw.B, raw.Refs)
	}
	return b.Finish(0).Bytes()
}

// write sends a frame. The client may be gone.
func (c *fakeConn) write(frame []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = c.ws.Write(ctx, websocket.MessageBinary, frame)
}

func (c *fakeConn) send(messages ...wire.Message) { c.write(frame(messages...)) }

// say sends messages to all clients except one; -1 for none. Late ones receive them too.
func (p *fakeProgram) say(except int, messages ...wire.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, messages...)
	for _, c := range p.conns {
		if c.id != except {
			c.send(messages...)
		}
	}
}

// toAll sends a frame to all clients, which late ones do not receive.
func (p *fakeProgram) toAll(frame []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.write(frame)
	}
}

func (p *fakeProgram) url() string { return "http://" + p.address + "/?token=secret" }

func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case x := <-from:
		return x
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

// front starts a relay of the program.
func startFront(t *testing.T, p *fakeProgram, o Options) (*viser.Server, *lines) {
	t.Helper()
	log := new(lines)
	o.Upstream.URL = p.url()
	o.Retry = 5 * time.Millisecond
	o.Logger = slog.New(slog.NewTextHandler(log, nil))
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: o.Logger})
	r, err := Start(t.Context(), server, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Close()
		r.Close()
	})
	return server, log
}

// lines is a log.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) count(s string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), s)
}

// A page is a viewer.
type page struct {
	t    *testing.T
	ws   *websocket.Conn
	got  chan wire.Message
	stop context.CancelFunc
	done chan struct{}
}

const (
	plainPage    = "viser-v1.1.1"
	extendedPage = "viser-go.v1"
)

// open connects a page, which sends its camera.
func open(t *testing.T, server *viser.Server, protocol string) *page {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ws, _, err := websocket.Dial(ctx, strings.Replace(server.URL(), "http", "ws", 1), &websocket.DialOptions{Subprotocols: []string{protocol}})
	if err != nil {
		t.Fatal(err)
	}
	ws.SetReadLimit(-1)
	p := &page{t: t, ws: ws, got: make(chan wire.Message, 100_000), stop: cancel, done: make(chan struct{})}
	t.Cleanup(p.leave)
	go func() {
		defer close(p.done)
		for {
			_, data, err := ws.Read(ctx)
			if err != nil {
				return
			}
			w, err := pagewire.DecodeFrame(data, wire.DefaultLimits)
			if err != nil {
				t.Error(err)
				return
			}
			for _, m := range w.Messages {
				p.got <- m
			}
		}
	}()
	p.send(&wire.ViewerCameraMessage{WXYZ: [4]float64{1}, FOV: 1, Near: 0.1, Far: 10, ImageHeight: 3, ImageWidth: 4, UpDirection: [3]float64{0, 0, 1}})
	return p
}

func (p *page) send(m wire.Message) {
	p.t.Helper()
	if err := p.ws.Write(context.Background(), websocket.MessageBinary, wire.RawOf(m).B); err != nil {
		p.t.Fatal(err)
	}
}

func (p *page) leave() {
	p.stop()
	p.ws.CloseNow()
	<-p.done
}

// until returns the next message of type M for which is returns true.
func until[M wire.Message](p *page, is func(M) bool) M {
	p.t.Helper()
	late := time.After(patience)
	for {
		select {
		case m := <-p.got:
			if x, ok := m.(M); ok && is(x) {
				return x
			}
		case <-late:
			var zero M
			p.t.Fatalf("the page has not received the %T", zero)
		}
	}
}

func any1[M wire.Message](M) bool { return true }

// nothing fails if the page has received a message of type M, up to a label of the panel that the program sets now.
func (p *page) settled(from *fakeProgram, look func(wire.Message)) {
	p.t.Helper()
	label := "settled " + time.Now().String()
	from.say(-1, &wire.SetGuiPanelLabelMessage{Label: &label})
	late := time.After(patience)
	for {
		select {
		case m := <-p.got:
			if l, ok := m.(*wire.SetGuiPanelLabelMessage); ok && l.Label != nil && *l.Label == label {
				return
			}
			look(m)
		case <-late:
			p.t.Fatal("the page has not received the label")
		}
	}
}

func box(name string, red uint8) *wire.BoxMessage {
	return &wire.BoxMessage{SceneHeader: wire.SceneHeader{Name: name}, Props: wire.BoxProps{Color: [3]uint8{red, 0, 0}}}
}

func slider(uuid string, value float64) *wire.GuiSliderMessage {
	return &wire.GuiSliderMessage{UUID: uuid, ContainerUUID: "root", Value: value, Props: wire.GuiSliderProps{Max: 10}}
}

func set(uuid string, value any, revision int) *wire.GuiUpdateMessage {
	return &wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: value}}, Revision: revision}
}

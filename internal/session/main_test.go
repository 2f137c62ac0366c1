package session_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The frames are made here, outside of any synctest bubble: what makes them keeps pooled compressors, which
// belong to the bubble that first used them.
var (
	hello  = frameOf(label("hello"))
	mega   = bigFrame(1 << 20)
	frames = []*wire.Frame{hello, bigFrame(4000), bigFrame(65_000), bigFrame(70_000), mega, bigFrame(5 << 20)}
)

// hub is a session.Hub whose peers a test drives.
type hub struct {
	peers chan *peer
	join  func(wire.Dialect, session.Info) error // nil: all may
}

func newHub() *hub { return &hub{peers: make(chan *peer, 1000)} }

func (h *hub) Join(d wire.Dialect, i session.Info) (session.Peer, error) {
	if h.join != nil {
		if err := h.join(d, i); err != nil {
			return nil, err
		}
	}
	p := &peer{
		dialect: d, info: i,
		out:  make(chan *wire.Frame, 100),
		got:  make(chan wire.Message, 100_000),
		left: make(chan error, 2),
		over: make(chan struct{}),
	}
	h.peers <- p
	return p, nil
}

// peer sends the frames of out and stores received messages in got.
type peer struct {
	dialect wire.Dialect
	info    session.Info
	out     chan *wire.Frame
	got     chan wire.Message
	left    chan error
	over    chan struct{} // closed when the session's context ends
	once    sync.Once

	receive func(wire.Message) // if set, instead of got
	asked   int                // calls of Next, to be read after left
	skipped atomic.Int64
}

func (p *peer) Next(ctx context.Context) (*wire.Frame, error) {
	p.once.Do(func() { context.AfterFunc(ctx, func() { close(p.over) }) })
	p.asked++
	select {
	case f, ok := <-p.out:
		if !ok {
			return nil, io.EOF
		}
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *peer) Receive(m wire.Message) {
	if p.receive != nil {
		p.receive(m)
		return
	}
	p.got <- m
}

func (p *peer) Skip() { p.skipped.Add(1) }

func (p *peer) Access() access.Grant { return p.info.Access }

func (p *peer) Left(err error) { p.left <- err }

// pipeListener hands out the far ends of in-memory pipes, which work in a synctest bubble.
type pipeListener struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (l *pipeListener) dial() net.Conn {
	here, there := net.Pipe()
	l.conns <- there
	return here
}

func (l *pipeListener) dialContext(context.Context, string, string) (net.Conn, error) {
	return l.dial(), nil
}

// house is a session server behind an HTTP server over in-memory pipes.
type house struct {
	*hub
	sessions *session.Server
	ln       *pipeListener
	http     *http.Server
	served   chan struct{}
	grant    access.Grant // of every connection
}

func newHouse(opts session.Options) *house {
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	h := &house{hub: newHub(), ln: newPipeListener(), served: make(chan struct{})}
	h.sessions = session.NewServer(h.hub, opts)
	h.http = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.sessions.ServeHTTP(w, r.WithContext(access.With(r.Context(), h.grant)))
	})}
	go func() {
		defer close(h.served)
		_ = h.http.Serve(h.ln) // ends with ErrServerClosed
	}()
	return h
}

func (h *house) close() {
	h.sessions.Close()
	h.http.Close()
	<-h.served
}

// page connects as a browser does.
func (h *house) page(t testing.TB, protocols ...string) *websocket.Conn {
	t.Helper()
	if len(protocols) == 0 {
		protocols = []string{"viser-go.v1", "viser-v1.1.1"}
	}
	transport := &http.Transport{DialContext: h.ln.dialContext}
	c, _, err := websocket.Dial(t.Context(), "ws://localhost/any", &websocket.DialOptions{
		HTTPClient:   &http.Client{Transport: transport},
		Subprotocols: protocols,
	})
	if err != nil {
		t.Fatal(err)
	}
	c.SetReadLimit(-1)
	return c
}

// raw connects and does the handshake, and leaves the websocket's bytes to the test.
func (h *house) raw(t testing.TB) net.Conn {
	t.Helper()
	c := h.ln.dial()
	go fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: viser-go.v1\r\n\r\n")
	// The end of the response is read byte by byte: a buffered reader would consume bytes of the
	// frames after it.
	tail := ""
	for one := []byte{0}; tail != "\r\n\r\n"; {
		if _, err := io.ReadFull(c, one); err != nil {
			t.Fatal(err)
		}
		tail = (tail + string(one))[max(0, len(tail)-3):]
	}
	return c
}

// label makes a message with text of some length.
func label(text string) wire.Message { return &wire.SetGuiPanelLabelMessage{Label: &text} }

// inbound is a message as a page sends it.
func inbound(m wire.Message) []byte {
	var e wire.Encoder
	m.AppendTo(&e)
	return e.B
}

// frameOf frames messages for a page.
func frameOf(messages ...wire.Message) *wire.Frame {
	var b wire.FrameBuilder
	for _, m := range messages {
		var e wire.Encoder
		m.AppendTo(&e)
		b.Message(e.B, e.Refs)
	}
	return b.Finish(0)
}

// bigFrame is a frame of a bit more than n bytes, most of them in one array.
func bigFrame(n int) *wire.Frame {
	none := wire.Uint32s([]uint32{})
	return frameOf(&wire.PackedPosesMessage{
		PositionIDs: none, Positions: wire.Float32s(make([]float32, n/4)), WXYZIDs: none, WXYZs: wire.Float32s([]float32{}),
	})
}

// click is a message that pages send.
func click(id string) *wire.GuiUpdateMessage { return &wire.GuiUpdateMessage{UUID: id} }

// expect reads a message, which must be f.
func expect(t testing.TB, page *websocket.Conn, f *wire.Frame) {
	t.Helper()
	typ, data, err := page.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if typ != websocket.MessageBinary || !bytes.Equal(data, f.Bytes()) {
		t.Fatalf("%d bytes of type %v, want the frame of %d", len(data), typ, f.Len())
	}
}

// closedWith reads until the end and returns its code and reason.
func closedWith(t testing.TB, c *websocket.Conn) (websocket.StatusCode, string) {
	t.Helper()
	for {
		_, _, err := c.Read(context.Background())
		var ce websocket.CloseError
		if err == nil {
			continue
		}
		if !errors.As(err, &ce) {
			t.Fatalf("ended without a close frame: %v", err)
		}
		return ce.Code, ce.Reason
	}
}

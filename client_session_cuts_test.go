package viser_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// A breakingConn breaks after some bytes in either direction.
type breakingConn struct {
	net.Conn
	left *atomic.Int64
}

func (c breakingConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b[:min(len(b), int(max(1, c.left.Load())))])
	if c.left.Add(-int64(n)) <= 0 {
		c.Conn.Close()
	}
	return n, err
}

// bytesPerChange is about the size of the message for one node, before compression.
const bytesPerChange = 100

// A socketPage is a page over a socket that is cut again and again.
type socketPage struct {
	t       *testing.T
	url     string
	session *wire.SessionMessage
	cursor  string
	values  map[string]float64 // axes length by node
	resumes int
	most    int // bytes of one resume, beyond what had changed
}

// visit connects and reads until the connection breaks after some bytes, or until reports true after a frame.
func (p *socketPage) visit(bytes int64, changed int, until func() bool) {
	left := &atomic.Int64{}
	left.Store(bytes)
	dialer := &net.Dialer{}
	transport := &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dialer.DialContext(ctx, network, addr)
		return breakingConn{c, left}, err
	}}
	defer transport.CloseIdleConnections()
	offer := "resume.v1"
	if p.session != nil {
		offer += "." + p.session.Resume + "." + p.cursor
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, p.url, &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, Subprotocols: []string{"viser-go.v1", offer},
	})
	if err != nil {
		return // it broke before
	}
	defer ws.CloseNow()
	ws.SetReadLimit(-1)
	received := 0
	for first := true; first || !until(); first = false {
		_, data, err := ws.Read(ctx)
		if err != nil {
			return
		}
		w, err := pagewire.DecodeFrame(data, wire.DefaultLimits)
		if err != nil {
			p.t.Fatal(err)
		}
		received += len(data)
		if m, ok := w.Messages[0].(*wire.SessionMessage); ok && first {
			p.greeted(m, len(data)-changed)
		}
		p.apply(w)
		if first {
			cam := someCamera
			p.send(ctx, ws, &cam)
		}
		p.send(ctx, ws, &wire.SessionAckMessage{Cursor: p.cursor})
	}
}

func (p *socketPage) greeted(m *wire.SessionMessage, extra int) {
	if p.session != nil {
		if !m.Resumed || m.ClientID != p.session.ClientID {
			p.t.Fatalf("the session was not continued: %+v, it was %+v", m, p.session)
		}
		p.resumes++
		p.most = max(p.most, extra)
	}
	p.session = m
}

func (p *socketPage) apply(w *wire.Window) {
	for _, m := range w.Messages {
		switch m := m.(type) {
		case *wire.FrameMessage:
			p.values[m.Name] = m.Props.AxesLength
		case *wire.SceneNodeUpdateMessage:
			x, _ := m.Updates[0].Value.(float64)
			p.values[m.Name] = x
		case *wire.RemoveSceneNodeMessage:
			delete(p.values, m.Name)
		}
	}
	p.cursor = w.Cursor
}

// stale counts the nodes of which the page has not the last value.
func (p *socketPage) stale(want map[string]float64) int {
	n := 0
	for name, x := range want {
		if p.values[name] != x {
			n++
		}
	}
	return n
}

func (p *socketPage) send(ctx context.Context, ws *websocket.Conn, m wire.Message) {
	e := &wire.Encoder{}
	m.AppendTo(e)
	_ = ws.Write(ctx, websocket.MessageBinary, e.B) // an error: it is broken, which the next read notices
}

// TestSessionIsContinuedAtAnyCut breaks the connection of one page 500 times at random bytes, while the program changes
// the scene. Each time the page is sent what has changed, and at most 1 KB more.
func TestSessionIsContinuedAtAnyCut(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	web := httptest.NewServer(s)
	defer web.Close()
	const nodes = 300
	want := map[string]float64{}
	frames := map[string]*viser.Frame{}
	add := func(i int) {
		name := fmt.Sprint("/n", i)
		frames[name] = s.Scene().AddFrame(name, &viser.FrameOptions{AxesLength: 1})
		want[name] = 1
	}
	for i := range nodes {
		add(i)
	}
	p := &socketPage{t: t, url: "ws" + strings.TrimPrefix(web.URL, "http"), values: map[string]float64{}}
	// A page is a client once the server has its camera.
	s.OnClientConnect(func(context.Context, *viser.Client) {
		s.Scene().AddFrame("/connected", &viser.FrameOptions{AxesLength: 1})
	})
	want["/connected"] = 1
	p.visit(1<<40, 0, func() bool { return p.stale(want) == 0 })

	rng := rand.New(rand.NewPCG(7, 7))
	for p.resumes < 500 {
		changed := rng.IntN(20)
		for range changed {
			name := fmt.Sprint("/n", rng.IntN(nodes))
			x := rng.Float64() + 1
			frames[name].SetAxesLength(x)
			want[name] = x
		}
		// Most visits are cut in the headers or the first frame. A frame that is lost makes the next one larger.
		p.visit(int64(500+rng.IntN(4000)+bytesPerChange*p.stale(want)*rng.IntN(2)), p.stale(want)*bytesPerChange, func() bool { return p.stale(want) == 0 })
	}
	if p.most > 1000 {
		t.Errorf("a resume had %d bytes more than the changes", p.most)
	}
	p.visit(1<<40, p.stale(want)*bytesPerChange, func() bool { return p.stale(want) == 0 })
	n := 0
	for range s.Clients() {
		n++
	}
	if n != 1 {
		t.Errorf("%d clients; want the one", n)
	}
}

package session_test

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// overTCP is a house on real sockets.
func overTCP(tb testing.TB, opts session.Options) (*hub, *httptest.Server) {
	tb.Helper()
	opts.Logger = slog.New(slog.DiscardHandler)
	h := newHub()
	s := session.NewServer(h, opts)
	srv := httptest.NewServer(s)
	tb.Cleanup(func() { s.Close(); srv.Close() })
	return h, srv
}

func dialTCP(tb testing.TB, srv *httptest.Server) *websocket.Conn {
	tb.Helper()
	page, _, err := websocket.Dial(tb.Context(), srv.URL, &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}})
	if err != nil {
		tb.Fatal(err)
	}
	page.SetReadLimit(-1)
	return page
}

// Many pages at once on real sockets, with frames of all sizes both ways, and the server closing on them.
func TestManyClientsOverTCP(t *testing.T) {
	h, srv := overTCP(t, session.Options{})
	const pages = 20
	for range pages {
		page := dialTCP(t, srv)
		p := <-h.peers
		go func() {
			for _, f := range frames {
				p.out <- f
			}
			for range 100 {
				<-p.got
			}
			close(p.out)
		}()
		go func() {
			for range 100 {
				_ = page.Write(t.Context(), websocket.MessageBinary, inbound(click("x"))) // the reader below reports errors
			}
		}()
		for _, f := range frames {
			expect(t, page, f)
		}
		if code, _ := closedWith(t, page); code != 1001 {
			t.Errorf("closed with %d", code)
		}
		<-p.left
	}
}

func TestServerWithoutHijack(t *testing.T) {
	s := session.NewServer(newHub(), session.Options{Logger: slog.New(slog.DiscardHandler)})
	r := httptest.NewRequest("GET", "/", nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusNotImplemented || !strings.Contains(w.Body.String(), "take over") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

// One small message from a page to the Peer and one small frame back: the share of this package in the time
// between a slider's move and the answer on the page.
func BenchmarkEcho(b *testing.B) {
	h, srv := overTCP(b, session.Options{MessageRate: 10_000_000})
	page := dialTCP(b, srv)
	p := <-h.peers
	msg, answer := inbound(click("slider")), frameOf(label("42"))
	p.receive = func(wire.Message) { p.out <- answer }
	took := make([]time.Duration, 0, 1<<20)
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		if err := page.Write(b.Context(), websocket.MessageBinary, msg); err != nil {
			b.Fatal(err)
		}
		if _, _, err := page.Read(b.Context()); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	page.CloseNow()
	<-p.left
}

// One frame to a hundred pages, counted until the last of them has read it whole.
func BenchmarkFanOut(b *testing.B) {
	for _, c := range []struct {
		name string
		size int
	}{{"1KB", 1 << 10}, {"1MB", 1 << 20}} {
		b.Run(c.name, func(b *testing.B) { fanOut(b, 100, bigFrame(c.size)) })
	}
}

// A large frame to one client, as for a point cloud.
func BenchmarkThroughput(b *testing.B) { fanOut(b, 1, bigFrame(64<<20)) }

func fanOut(b *testing.B, n int, f *wire.Frame) {
	h, srv := overTCP(b, session.Options{})
	peers := make([]*peer, n)
	read := make(chan struct{}, n)
	for i := range peers {
		page := dialTCP(b, srv)
		peers[i] = <-h.peers
		go func() {
			buf := make([]byte, 256<<10)
			for {
				_, r, err := page.Reader(b.Context())
				if err != nil {
					return
				}
				for err == nil {
					_, err = r.Read(buf)
				}
				read <- struct{}{}
			}
		}()
		defer page.CloseNow()
	}
	b.SetBytes(int64(n) * int64(f.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range peers {
			p.out <- f
		}
		for range n {
			<-read
		}
	}
}

// over is a connection as httpd puts between TLS and the socket.
type over struct{ net.Conn }

func (o over) NetConn() net.Conn { return o.Conn }

// TestSocketIsFoundBelowTLS: its options can only be set there.
func TestSocketIsFoundBelowTLS(t *testing.T) {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	if session.PlainConn(tls.Client(over{a}, nil)) != a || session.PlainConn(a) != a {
		t.Error("it is not found")
	}
}

package session

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/rate"
)

// accept upgrades the request. On an error the response has been written.
func (s *Server) accept(w http.ResponseWriter, r *http.Request, protocol string) (*session, error) {
	if !canHijack(w) {
		http.Error(w, errNoHijack.Error(), http.StatusNotImplemented)
		return nil, errNoHijack
	}
	c := &session{
		server:  s,
		from:    r.RemoteAddr,
		traffic: newTraffic(),
		pace:    rate.NewBucket(float64(s.opts.MessageRate), s.opts.MessageRate),
		faults:  rate.NewBucket(faultsPerSecond, faultsAtOnce),
	}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	taker := &hijacker{ResponseWriter: w, wrap: func(nc net.Conn) *link {
		c.link = newLink(nc, s.opts.Stall, c.stalled, c.traffic)
		return c.link
	}}
	opts := &websocket.AcceptOptions{
		InsecureSkipVerify: true, // the Origin was checked before; see internal/httpd
		CompressionMode:    websocket.CompressionDisabled,
		OnPingReceived:     c.pinged,
	}
	if protocol != "" {
		opts.Subprotocols = []string{protocol}
	}
	ws, err := websocket.Accept(taker, r, opts)
	if err != nil {
		c.cancel()
		return nil, err
	}
	ws.SetReadLimit(-1) // read counts itself, to name the limit in the reason
	c.ws = ws
	return c, nil
}

// hijacker puts a link between the websocket and the connection.
type hijacker struct {
	http.ResponseWriter
	wrap func(net.Conn) *link
}

// Hijack is called by websocket.Accept, which reads from the connection that it receives here, and writes to
// the buffer.
func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	nc, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	l := h.wrap(nc)
	return l, bufio.NewReadWriter(rw.Reader, bufio.NewWriterSize(l, headBuffer)), nil
}

// headBuffer holds the head of a frame. More is not needed: the link has the buffer for what follows, and only while it
// writes. The buffer of net/http would take 4 KiB for each page.
const headBuffer = 256

var errNoHijack = errors.New("viser: the HTTP server in use, or something around it, does not let a websocket take over the connection")

// canHijack looks where http.ResponseController would, before the websocket has sent its header.
func canHijack(w http.ResponseWriter) bool {
	for {
		if _, ok := w.(http.Hijacker); ok {
			return true
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = u.Unwrap()
	}
}

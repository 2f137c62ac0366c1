// Package session runs one viser connection per websocket: it upgrades the request, negotiates a dialect,
// passes inbound messages to the hub's Peer and sends the frames of the Peer, until one side ends it.
//
// # Two directions, two goroutines
//
// The goroutine of the HTTP request reads. A second one requests the next frame from the Peer and writes it. They
// share only the connection, so a client that reads slowly can still send, and a client that floods the server
// slows down only itself: its next message is not read before the last one was handled.
//
// # Sending is pulled
//
// There is no queue of frames. The next one is requested only when the socket has accepted all of the last one, so
// a slow client receives the newest state, and a stalled client needs one frame and a fixed buffer, however long it
// stalls. A client that reads nothing for Options.Stall is closed with a reason (TooSlow). A client that reads some
// bytes is slow, but stays connected: progress is measured below the websocket, by the bytes that the socket
// accepted, and frames are written in pieces between which pongs and a close can be sent.
//
// # Ends
//
// The goroutine that first notices the end of the connection calls stop with the cause. If that is a CloseError,
// the page receives its code and reason. Peer.Left receives the cause when both goroutines have ended.
package session

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/rate"
	"github.com/viser-go/viser/internal/wire"
)

// Hub creates a Peer for each accepted connection. It is called from many goroutines.
type Hub interface {
	// Join accepts a client. An error refuses it: io.EOF if the hub closes, a *CloseError with its own code and
	// reason, anything else as an internal error.
	Join(dialect wire.Dialect, info Info) (Peer, error)
}

// Peer is the hub's end of one connection.
type Peer interface {
	// Next blocks until there is something to send. It returns io.EOF when the hub closes, a *CloseError to
	// end the connection with a code and reason, and ctx's error when ctx ends. Only one call runs at a time.
	Next(ctx context.Context) (*wire.Frame, error)
	// Receive handles one inbound message and returns soon: the next one is not read before. Calls are
	// sequential, in the client's order, and never after Left. The Peer may keep the message.
	Receive(m wire.Message)
	// Skip notes an inbound message that was skipped, in the same order.
	Skip()
	// Access returns what the page may do: what Info has, or what a session that it continues was begun with. The
	// connection ends when that does.
	Access() access.Grant
	// Left is called once, after the last Next and Receive have returned. err is nil if the page closed the
	// connection.
	Left(err error)
}

// Info describes a page that joins.
type Info struct {
	RemoteAddr string
	Header     http.Header // of the upgrade request; not to be changed
	Protocol   string      // the subprotocol agreed on
	Traffic    *Traffic    // what the connection carries
	Resume     *Resume     // nil if the page cannot continue sessions
	// Stop ends the session for the reason; nil ends it at once, without a close handshake. It does not wait.
	Stop func(why *CloseError)
	// Alive waits for a response of the page, for two seconds at most. It must not be called before Join has returned.
	Alive  func() bool
	Access access.Grant
	// FetchesArrays: the page fetches large arrays over HTTP. Frames for it may have their IDs instead.
	FetchesArrays bool
	// OwnOnly: the connection is sent only what is its client's own, not what all clients are.
	OwnOnly bool
}

// Options bound a session. The zero value has the defaults.
type Options struct {
	MaxClients   int           // connected at a time; 0 = 1000
	PerAddress   int           // the same for one address, except this machine's; 0 = half of MaxClients, at least 100
	MaxMessage   int           // bytes of one inbound message; default 50 MiB, viser's limit
	MessageRate  int           // inbound messages a second, above which reading is slowed; 0 = 10,000
	Stall        time.Duration // how long a page may read nothing of what it is sent; 0 = 30 s
	PingInterval time.Duration // silence after which the page is pinged; 0 = 15 s
	Logger       *slog.Logger  // nil = slog.Default()
	Suppressed   *atomic.Int64 // counts the log records that were not written; may be nil
	// Refused is called for each connection that is not let in; may be nil.
	Refused func(g access.Grant, reason string)
}

func (o Options) withDefaults() Options {
	setDefault(&o.MaxClients, 1000)
	setDefault(&o.PerAddress, max(100, o.MaxClients/2))
	setDefault(&o.MaxMessage, wire.InboundLimits.MaxBytes)
	setDefault(&o.MessageRate, 10_000)
	setDefault(&o.Stall, 30*time.Second)
	setDefault(&o.PingInterval, 15*time.Second)
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Server runs the sessions of one hub and bounds them together. It is an http.Handler for upgrade requests, which must
// have been checked: Host, Origin and token (internal/httpd).
type Server struct {
	hub    Hub
	opts   Options
	limits wire.Limits
	large  chan struct{} // one place for each large message that may be in memory at a time

	neighbors neighbors

	clients atomic.Int64
	total   atomic.Int64
	refused atomic.Int64
	bad     atomic.Int64
	unknown atomic.Int64
	// Log lines that a page can cause at will: each kind by itself.
	quietBad, quietPanic, quietOff, quietEnd, quietInternal rate.Log

	mu      sync.Mutex
	closing bool
	closed  chan struct{} // closed with closing set
	live    map[*session]struct{}
	ended   TrafficStats   // of the sessions that have ended
	wg      sync.WaitGroup // of ServeHTTP calls
}

// maxLarge is how many messages above smallMessage may be in memory at a time; with the default MaxMessage
// that is 200 MiB, regardless of the number of clients that upload.
const maxLarge = 4

// NewServer returns a Server. It starts no goroutine.
func NewServer(hub Hub, opts Options) *Server {
	opts = opts.withDefaults()
	limits := wire.InboundLimits
	limits.MaxBytes = opts.MaxMessage
	s := &Server{
		hub:       hub,
		neighbors: neighbors{most: opts.PerAddress, rate: ratesPerAddress * float64(opts.MessageRate)},
		opts:      opts,
		limits:    limits,
		large:     make(chan struct{}, maxLarge),
		live:      make(map[*session]struct{}),
		closed:    make(chan struct{}),
	}
	for _, q := range []*rate.Log{&s.quietBad, &s.quietPanic, &s.quietOff, &s.quietEnd, &s.quietInternal} {
		q.Total = opts.Suppressed
	}
	return s
}

// Serve upgrades one request and runs its session to the end. It is for a caller with a single connection:
// the bounds that connections share are those of a Server.
func Serve(w http.ResponseWriter, r *http.Request, hub Hub, opts Options) {
	NewServer(hub, opts).ServeHTTP(w, r)
}

// ServeHTTP upgrades the request and returns when the session has ended.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		http.Error(w, "viser: the server is closing", http.StatusServiceUnavailable)
		return
	}
	defer s.wg.Done()
	defer s.clients.Add(-1)
	// Above the limit a connection is upgraded only to refuse it with a reason. That may take some seconds,
	// so these are bounded too.
	count := s.clients.Add(1)
	if count > int64(s.opts.MaxClients)+maxRefusing {
		s.countRefused(r, "the server is full")
		http.Error(w, "viser: the server is full", http.StatusServiceUnavailable)
		return
	}
	n, above, leave := s.neighbors.enter(access.Of(r.Context()).Address)
	defer leave()
	switch {
	case above > maxRefusing:
		s.countRefused(r, "too many pages are open from this address")
		http.Error(w, "viser: too many pages are open from this address", http.StatusTooManyRequests)
	case count > int64(s.opts.MaxClients):
		s.serve(w, r, n, &CloseError{Code: Full, Reason: "the server is full: too many pages are open"})
	case above > 0:
		s.serve(w, r, n, &CloseError{Code: Crowded, Reason: "too many pages are open from this address"})
	default:
		s.serve(w, r, n, nil)
	}
}

// ratesPerAddress is how many times the MessageRate of one page all pages of an address may send.
const ratesPerAddress = 4

// maxRefusing is how many refused pages of a full server may be connected at a time.
const maxRefusing = 64

func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return false
	}
	s.wg.Add(1)
	return true
}

// Close sends every client the close code of a server that shuts down, and waits until all sessions have ended: one
// second for clients that do not respond, and another one for pending data. Requests after it are refused.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closing {
		s.closing = true
		close(s.closed)
	}
	live := make([]*session, 0, len(s.live))
	for c := range s.live {
		live = append(live, c)
	}
	s.mu.Unlock()
	for _, c := range live {
		c.stop(errServerClosing)
	}
	s.wg.Wait()
}

// Stats are counters since the start.
type Stats struct {
	Clients      int   // connected now
	Total        int64 // clients that have joined
	Refused      int64 // connections that were not let in
	BadFrames    int64 // inbound frames that were no message
	UnknownTypes int64 // inbound messages of an unknown type
	Traffic      TrafficStats
}

// Stats returns the counters of now.
func (s *Server) Stats() Stats {
	st := Stats{
		Total: s.total.Load(), Refused: s.refused.Load(),
		BadFrames: s.bad.Load(), UnknownTypes: s.unknown.Load(),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	st.Clients, st.Traffic = len(s.live), s.ended
	for c := range s.live {
		st.Traffic.add(c.traffic.counts())
	}
	return st
}

// serve runs a session, or refuses it with a reason.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, n *neighbor, no *CloseError) {
	agreed := negotiate(r.Header)
	c, err := s.accept(w, r, agreed.protocol)
	if err != nil {
		why := rate.Text(err) // it may quote a header of any length
		s.countRefused(r, why)
		if n, ok := s.quietOff.Allow(); ok {
			s.opts.Logger.Warn("websocket refused", "error", why, "from", r.RemoteAddr, "suppressed", n)
		}
		return
	}
	c.neighbor = n
	if !agreed.ok {
		no = agreed.mismatch()
	}
	if no != nil {
		s.reject(c, r, no)
		return
	}
	c.peer, err = s.hub.Join(agreed.dialect, Info{
		RemoteAddr: r.RemoteAddr, Header: r.Header, Protocol: agreed.protocol, Resume: agreed.resume, Stop: c.stopFor, Alive: c.alive,
		Traffic: c.traffic, Access: access.Of(r.Context()), FetchesArrays: agreed.fetches, OwnOnly: agreed.ownOnly,
	})
	if err != nil {
		s.reject(c, r, s.reason(err))
		return
	}
	grant := c.peer.Access()
	defer grant.OnEnd(func() { c.stop(accessEnded(context.Cause(grant.Until))) })()
	s.run(c)
}

// reject ends a connection that never got a Peer.
func (s *Server) reject(c *session, r *http.Request, why *CloseError) {
	s.countRefused(r, why.Reason)
	if n, ok := s.quietOff.Allow(); ok {
		s.opts.Logger.Warn("client refused", "code", why.Code, "reason", why.Reason, "from", c.from, "suppressed", n)
	}
	c.stop(why)
	c.wait()
}

// countRefused counts a connection that is not let in.
func (s *Server) countRefused(r *http.Request, reason string) {
	s.refused.Add(1)
	if s.opts.Refused != nil {
		s.opts.Refused(access.Of(r.Context()), reason)
	}
}

// run runs a session, from Join to Left.
func (s *Server) run(c *session) {
	if !s.keep(c) {
		c.stop(errServerClosing)
	}
	c.wg.Go(c.write)
	c.wg.Go(c.keepAlive)
	c.stop(c.read())
	c.wait()
	s.forget(c)
	if n, ok := s.quietEnd.Allow(); ok {
		s.opts.Logger.Debug("session ended", "from", c.from, "cause", rate.Text(c.cause), "suppressed", n)
	}
	c.peer.Left(c.leftError())
}

func (s *Server) keep(c *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total.Add(1)
	s.live[c] = struct{}{}
	return !s.closing
}

func (s *Server) forget(c *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, c)
	s.ended.add(c.traffic.counts())
}

// errServerClosing is also what a Peer's io.EOF becomes.
var errServerClosing = &CloseError{Code: GoingAway, Reason: "the server is closing"}

// reason converts a hub's error to a CloseError. Messages that are not for the client are logged.
func (s *Server) reason(err error) *CloseError {
	if errors.Is(err, io.EOF) {
		return errServerClosing
	}
	var ce *CloseError
	if errors.As(err, &ce) {
		return ce
	}
	if n, ok := s.quietInternal.Allow(); ok {
		s.opts.Logger.Error("session ended by an internal error", "error", rate.Text(err), "suppressed", n)
	}
	return &CloseError{Code: Internal, Reason: "internal error of the server"}
}

// Package session runs one viser connection per websocket: it upgrades the request, negotiates a dialect,
// passes inbound messages to the hub's Peer and sends the frames of the Peer, until one side ends it.
//
// # Two directions, two goroutines
//
// The goroutine of the HTTP request reads. A second one asks the Peer for the next frame and writes it. They share only
// the connection, so a page that is slow to read can still send, and a page that floods the server slows down only
// itself: its next message is not read before the last one was received.
//
// # Sending is pulled
//
// No frame waits in a queue here. The next one is asked for only when the socket has taken the last one whole, so what
// a slow page gets is the newest state, and a stalled page costs one frame and a fixed buffer, however long it stalls.
// A page that reads nothing for Options.Stall is closed with a reason (TooSlow). A page that reads a little now and
// then is slow, but stays connected: progress is counted below the websocket, by what the socket took, and frames go
// out in pieces between which pongs and a close find their place.
//
// # Ends
//
// The goroutine that first notices the end of the connection calls stop with the cause. If that is a CloseError,
// the page receives its code and reason. Peer.Left gets the cause when both goroutines have ended.
package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/rate"
	"github.com/viser-go/viser/internal/wire"
)

// Hub makes a Peer for each connection that was accepted. It is called from many goroutines.
type Hub interface {
	// Join accepts a page. An error refuses it: io.EOF since the hub closes, a *CloseError with its own code and
	// reason, anything else as an internal error.
	Join(dialect wire.Dialect, info Info) (Peer, error)
}

// Peer is the hub's end of one connection.
type Peer interface {
	// Next blocks until there is something to send. It returns io.EOF when the hub closes, a *CloseError to
	// end the connection for a reason of its own, and ctx's error when ctx ends. Only one call runs at a time.
	Next(ctx context.Context) (*wire.Frame, error)
	// Receive takes one inbound message and returns soon: the next one is not read before. Calls come one after
	// another, in the page's order, and never after Left. The Peer may keep the message.
	Receive(m wire.Message)
	// Left comes once, after the last Next and Receive have returned. err is nil if the page closed the connection.
	Left(err error)
}

// Info describes a page that joins.
type Info struct {
	RemoteAddr string
	Header     http.Header // of the upgrade request; not to be changed
	Protocol   string      // the subprotocol agreed on
}

// Options bound a session. The zero value has the defaults.
type Options struct {
	MaxClients   int           // connected at a time; 0 = 1000
	MaxMessage   int           // bytes of one inbound message; 0 = 50 MiB, viser's own limit
	MessageRate  int           // inbound messages a second, above which reading is slowed; 0 = 10,000
	Stall        time.Duration // how long a page may read nothing of what it is sent; 0 = 30 s
	PingInterval time.Duration // silence after which the page is pinged; 0 = 15 s
	Logger       *slog.Logger  // nil = slog.Default()
}

func (o Options) withDefaults() Options {
	setDefault(&o.MaxClients, 1000)
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

	clients  atomic.Int64
	bad      atomic.Int64
	unknown  atomic.Int64
	quietBad rate.Log // log lines that a page can cause at will
	quietOff rate.Log

	mu      sync.Mutex
	closing bool
	closed  chan struct{} // closed with closing set
	live    map[*session]struct{}
	wg      sync.WaitGroup // of ServeHTTP calls
}

// maxLarge is how many messages above smallMessage may be in memory at a time; with the default MaxMessage
// that is 200 MiB, whatever the number of pages that upload.
const maxLarge = 4

// NewServer returns a Server. It starts no goroutine.
func NewServer(hub Hub, opts Options) *Server {
	opts = opts.withDefaults()
	limits := wire.InboundLimits
	limits.MaxBytes = opts.MaxMessage
	return &Server{
		hub:    hub,
		opts:   opts,
		limits: limits,
		large:  make(chan struct{}, maxLarge),
		live:   make(map[*session]struct{}),
		closed: make(chan struct{}),
	}
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
	// Above the limit a page is upgraded only to be refused with a reason. That takes up to some seconds, so
	// these are bounded too.
	count := s.clients.Add(1)
	if count > int64(s.opts.MaxClients)+maxRefusing {
		http.Error(w, "viser: the server is full", http.StatusServiceUnavailable)
		return
	}
	s.serve(w, r, count > int64(s.opts.MaxClients))
}

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

// Close sends every page the close code of a server that ends, and waits until all sessions have ended: a second for
// pages that do not answer, and another one for what the network still holds. Requests after it are refused.
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
	BadFrames    int64 // inbound frames that were no message
	UnknownTypes int64 // inbound messages of an unknown type
}

// Stats returns the counters of now.
func (s *Server) Stats() Stats {
	return Stats{Clients: int(s.clients.Load()), BadFrames: s.bad.Load(), UnknownTypes: s.unknown.Load()}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, full bool) {
	agreed := negotiate(r.Header)
	c, err := s.accept(w, r, agreed.protocol)
	if err != nil {
		if n, ok := s.quietOff.Allow(); ok {
			why := fmt.Sprintf("%.200s", err) // it may quote a header of any length
			s.opts.Logger.Warn("websocket refused", "error", why, "from", r.RemoteAddr, "suppressed", n)
		}
		return
	}
	if why := refusal(agreed, full); why != nil {
		s.reject(c, why)
		return
	}
	c.peer, err = s.hub.Join(agreed.dialect, Info{RemoteAddr: r.RemoteAddr, Header: r.Header, Protocol: agreed.protocol})
	if err != nil {
		s.reject(c, s.reason(err))
		return
	}
	s.run(c)
}

// refusal returns why a page may not join, nil if it may.
func refusal(agreed agreement, full bool) *CloseError {
	if !agreed.ok {
		return agreed.mismatch()
	}
	if full {
		return &CloseError{Code: Full, Reason: "the server is full: too many pages are open"}
	}
	return nil
}

// reject ends a connection that never got a Peer.
func (s *Server) reject(c *session, why *CloseError) {
	if n, ok := s.quietOff.Allow(); ok {
		s.opts.Logger.Warn("client refused", "code", why.Code, "reason", why.Reason, "from", c.from, "suppressed", n)
	}
	c.stop(why)
	c.wait()
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
	s.opts.Logger.Debug("session ended", "from", c.from, "cause", c.cause)
	c.peer.Left(c.leftError())
}

func (s *Server) keep(c *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[c] = struct{}{}
	return !s.closing
}

func (s *Server) forget(c *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.live, c)
}

// errServerClosing is also what a Peer's io.EOF becomes.
var errServerClosing = &CloseError{Code: GoingAway, Reason: "the server is closing"}

// reason makes a CloseError of a hub's error. Messages that are not meant for the page go to the log.
func (s *Server) reason(err error) *CloseError {
	if errors.Is(err, io.EOF) {
		return errServerClosing
	}
	var ce *CloseError
	if errors.As(err, &ce) {
		return ce
	}
	if n, ok := s.quietOff.Allow(); ok {
		s.opts.Logger.Error("session ended by an internal error", "error", err, "suppressed", n)
	}
	return &CloseError{Code: Internal, Reason: "internal error of the server"}
}

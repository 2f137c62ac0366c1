package viser

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/client"
	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/audit"
	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/front"
	"github.com/viser-go/viser/internal/gesture"
	"github.com/viser-go/viser/internal/httpd"
	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/spool"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A Server shows one scene and one set of controls to any number of clients. Create it
// with New, add to its Scene and GUI, and Start it; or mount it in an http.ServeMux, as
// it is an http.Handler. Close it when it is no longer needed. All methods are safe for
// concurrent use.
type Server struct {
	opts       Options
	log        *logger
	audit      *audit.Trail // nil: none
	store      *state.Store
	scene      *Scene
	gui        *GUI
	initial    *InitialCamera
	dispatch   *dispatch.Dispatcher
	sessions   *session.Server
	handler    *httpd.Handler
	uploads    *spool.Quota
	drops      drops
	selections selections
	viewports  serverViewports
	tokens     access.Tokens
	dropped    atomic.Int64 // messages of clients that may not send them
	plotly     sync.Once

	created                time.Time
	renders, rendersFailed atomic.Int64

	ctx    context.Context
	cancel context.CancelFunc

	mu        sync.Mutex
	clients   map[int]*Client // all sessions, connected or not
	suspended int             // of them, without a connection
	front     front.Hub       // that the server is the front of; nil: none
	nextID    int
	listener  net.Listener
	http      *http.Server
	own       *access.Token // that URL contains; nil: none
	closed    bool
	serving   sync.WaitGroup // the accepting goroutine

	recordings map[*Recording]struct{} // that have not ended; nil before the first one

	disconnected chan struct{} // closed when all connections have ended
	closeErr     error         // why the listener could not be closed; valid after that

	// connecting makes "is connected" and "callbacks are queued" one step, so that
	// each callback is queued exactly once for a client. It is locked before mu.
	connecting            sync.Mutex
	connects, disconnects callback.List[*Client]
	suspends, resumes     callback.List[*Client]
	epoch                 string // of this run of the server
	gestures              gesture.Held[*Client, *node]

	timing   sync.Mutex // guards changes of timeline, and which one the clients' places are on
	timeline atomic.Pointer[Timeline]
	placing  atomic.Bool // a call of At is running
}

// New creates a server, which does not listen yet. It panics with a *UsageError if the
// options contradict each other.
func New(opts *Options) *Server {
	s := &Server{opts: opts.defaults(), created: time.Now(), clients: map[int]*Client{}, disconnected: make(chan struct{})}
	s.log = newLogger(s.opts.Logger)
	s.audit = audit.New(s.opts.Audit)
	s.auditTokens()
	s.store = state.New(state.Options{Published: s.tracedWindow()})
	s.uploads = spool.NewQuota(maxUploadedFiles, s.opts.MaxUploadBytes)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.dispatch = &dispatch.Dispatcher{
		After:    s.store.FlushSoon, // the end-to-end latency of a click
		Panicked: s.log.panicked,
		Dropped:  func(e dispatch.Event) { s.log.limited("callback too slow; events are dropped", eventArgs(e)...) },
	}
	s.epoch = newUUID()
	s.drops.server = s
	s.dispatch.Trace = s.tracedCallback()
	if s.opts.Token != "" || exposedAddr(s.opts.Addr) {
		s.ownToken()
	}
	s.scene = newScene(s, nil, s.store.Shared())
	s.gui = newGUI(s, nil, s.store.Shared())
	s.gui.SetPanelLabel(s.opts.Label)
	s.initial = newInitialCamera(s.store.Shared())
	s.sessions = session.NewServer(hub{s}, session.Options{
		MaxClients: s.opts.MaxClients, PerAddress: s.opts.MaxClientsPerAddress, Logger: s.log.Logger, Suppressed: &s.log.suppressed,
		Refused: s.auditRefusal(), Stall: s.opts.StallTimeout,
	})
	s.handler = s.newHandler()
	return s
}

// exposedAddr reports whether other machines reach a server at the address.
func exposedAddr(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false // Start returns the error
	}
	if host == "localhost" {
		return false
	}
	ip := net.ParseIP(host)
	return ip == nil || !ip.IsLoopback()
}

func (s *Server) newHandler() *httpd.Handler {
	var files fs.FS
	if f, ok := client.FS(); ok {
		files = f
	}
	h, err := httpd.New(httpd.Options{
		Client:       files,
		Session:      s.sessions,
		Arrays:       http.HandlerFunc(s.serveArray),
		AllowedHosts: s.opts.AllowedHosts, AllowedOrigins: s.opts.AllowedOrigins,
		AllowRemoteImages: s.opts.AllowRemoteImages,
		Tokens:            &s.tokens,
		PathPrefix:        s.opts.PathPrefix,
		NoToken:           s.opts.NoToken && s.opts.Token == "",
		Authorize:         s.opts.authorize(),
		TrustedProxies:    s.opts.TrustedProxies,
		Logger:            s.log.Logger,
		Audit:             s.audit,
		Profiling:         s.opts.Profiling,
		Closed:            s.ctx.Done(),
	})
	if err != nil {
		usage("New", "%v", err)
	}
	return h
}

// Scene returns the scene that all clients share.
func (s *Server) Scene() *Scene { return s.scene }

// GUI returns the GUI that all clients share.
func (s *Server) GUI() *GUI { return s.gui }

// InitialCamera returns the view that new clients start with.
func (s *Server) InitialCamera() *InitialCamera { return s.initial }

// ServeHTTP serves the page and its connections, under the checks of Options. A
// handler mounted under a prefix needs http.StripPrefix.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Start listens and serves in the background. After it returns nil, URL can be opened.
// The server is closed when ctx ends, or by Close or Shutdown. A server can be started
// once.
func (s *Server) Start(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("viser: start: %w", err)
	}
	if err := s.listen(); err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { s.Close() })
	s.log.flush(ctx)
	return nil
}

func (s *Server) listen() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return errors.New("viser: start: the server is closed")
	case s.listener != nil:
		return errors.New("viser: start: the server is started already")
	}
	ln, moved, err := httpd.Listen(s.opts.Addr, s.opts.ExactPort)
	if err != nil {
		return fmt.Errorf("viser: %w", err)
	}
	if moved {
		s.log.Warn("the port is taken; listening on the next free one", "wanted", s.opts.Addr, "address", ln.Addr().String())
	}
	s.listener = ln
	s.http = httpd.NewServer(s.handler, s.log.Logger)
	s.http.TLSConfig = s.opts.TLS
	s.serving.Add(1)
	go s.accept(ln, s.http)
	s.logListening(ln.Addr())
	return nil
}

// logListening logs the URL for this machine, without the token: logs are read by
// others, and kept.
func (s *Server) logListening(addr net.Addr) {
	url := ""
	if tcp, ok := addr.(*net.TCPAddr); ok {
		url = httpd.LocalURL(s.page(tcp, ""))
	}
	s.log.Info("viser is listening", "url", url)
	if httpd.Exposed(addr) && s.opts.NoToken && s.opts.Token == "" && s.opts.Authorize == nil {
		s.log.Warn("everyone who can connect may use everything: no token is required", "address", addr.String())
	}
	if httpd.Exposed(addr) {
		s.warnShortTokens()
	}
}

// shortToken is the length below which a token that the program chose is easy to guess:
// ten characters of base64 have 60 bits.
const shortToken = 10

func (s *Server) warnShortTokens() {
	for _, t := range s.tokens.All() {
		if len(t.Secret()) < shortToken {
			s.log.Warn("a token is short: guesses are slowed, but not prevented", "name", t.Name(), "role", t.Role().String(), "characters", len(t.Secret()), "least", shortToken)
		}
	}
}

func (s *Server) accept(ln net.Listener, h *http.Server) {
	defer s.serving.Done()
	serve := h.Serve
	if h.TLSConfig != nil {
		serve = func(ln net.Listener) error { return h.ServeTLS(httpd.ExplainTLS(ln), "", "") }
	}
	if err := serve(ln); !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
		s.log.Error("the server has stopped accepting connections", "error", err)
	}
}

func (s *Server) scheme() string {
	if s.opts.TLS != nil {
		return "https"
	}
	return "http"
}

// ListenAndServe starts the server and returns nil when ctx ends or Close is called, or
// an error if it cannot listen.
func (s *Server) ListenAndServe(ctx context.Context) error {
	if err := s.Start(ctx); err != nil {
		return err
	}
	<-s.ctx.Done()
	return s.Close()
}

// Addr returns the address that the server listens on, nil before Start.
func (s *Server) Addr() net.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return nil
	}
	return s.listener.Addr()
}

// URL returns the URL to open in a browser on this machine, with the token if there is
// one; "" before Start.
func (s *Server) URL() string { return s.url(s.secret()) }

func (s *Server) url(secret string) string {
	addr, ok := s.Addr().(*net.TCPAddr)
	if !ok {
		return ""
	}
	return httpd.LocalURL(s.page(addr, secret))
}

// URLs returns every URL that opens the page, each with the token if there is one:
// those for other machines first, the one of URL last. A server that listens on all
// interfaces has one for each of their addresses, IPv4 and IPv6; any other has only
// URL. It is nil before Start.
func (s *Server) URLs() []string { return s.urls(s.secret()) }

func (s *Server) urls(secret string) []string {
	addr, ok := s.Addr().(*net.TCPAddr)
	if !ok {
		return nil
	}
	return httpd.URLs(s.page(addr, secret), httpd.InterfaceAddresses())
}

func (s *Server) page(addr *net.TCPAddr, secret string) httpd.Page {
	return httpd.Page{Scheme: s.scheme(), Addr: addr.AddrPort(), Prefix: s.opts.PathPrefix, Token: secret}
}

// Close ends all connections and returns when all sessions and callbacks have ended. It
// waits at most one second for a client that does not respond, two if data is being
// written to it; it waits for callbacks without a limit. It may be called more than
// once, and from a callback, like Shutdown.
func (s *Server) Close() error { return s.Shutdown(context.Background()) }

// Shutdown is like Close, but stops waiting when ctx ends: it then returns ctx's error,
// and the rest ends in the background. The contexts of all callbacks end when it is
// called. It may be called from a callback: it waits for all other callbacks, but not
// for the calling one, nor for others that are in Shutdown or Close. A callback that
// waits for another goroutine that calls Shutdown blocks until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	s.leaveRecordings()
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		s.cancel()
		go s.disconnect(s.http)
	}
	s.mu.Unlock()
	select {
	case <-s.disconnected:
	case <-ctx.Done():
		return fmt.Errorf("viser: shutdown: connections have not ended yet: %w", context.Cause(ctx))
	}
	if err := s.dispatch.Wait(ctx); err != nil {
		return fmt.Errorf("viser: shutdown: callbacks have not ended yet: %w", err)
	}
	s.log.flush(ctx)
	s.closeAudit(ctx)
	return s.closeErr
}

// disconnect ends all connections; the callbacks that are queued then are the last.
func (s *Server) disconnect(h *http.Server) {
	defer close(s.disconnected)
	s.sessions.Close()
	s.endSuspended()
	s.endRecordings()
	s.tokens.Close()
	s.store.Close()
	s.stopTimeline()
	if h != nil {
		s.closeErr = h.Close()
	}
	s.serving.Wait()
	s.dispatch.Close()
}

// Flush sends pending changes to all clients now, instead of up to 1/60 s later. It
// does not wait for the network.
func (s *Server) Flush() { s.store.Shared().Flush() }

// Atomic runs f; everything that is written during the call, by f or by other
// goroutines, to this server's scenes and GUIs is shown by each client in one step.
// Calls nest. If f panics, what was written is sent and the panic continues. f should
// be quick: clients receive no updates during the call. Large arrays that are set
// during it are part of the step, so other updates wait for them on a slow network.
func (s *Server) Atomic(f func()) {
	if f == nil {
		usage("Server.Atomic", "the function is nil")
	}
	s.store.Together(f)
}

// Clients yields the connected clients, in the order of their IDs. A client is
// connected once it has sent its camera.
func (s *Server) Clients() iter.Seq[*Client] {
	return func(yield func(*Client) bool) {
		for _, c := range s.connectedClients() {
			if !yield(c) {
				return
			}
		}
	}
}

func (s *Server) connectedClients() []*Client {
	all := s.sessionClients()
	all = slices.DeleteFunc(all, func(c *Client) bool { return !c.isConnected() })
	slices.SortFunc(all, func(a, b *Client) int { return a.id - b.id })
	return all
}

// Client returns the connected client with that ID.
func (s *Server) Client(id int) (*Client, bool) {
	s.mu.Lock()
	c := s.clients[id]
	s.mu.Unlock()
	if c == nil || !c.isConnected() {
		return nil, false
	}
	return c, true
}

// OnClientConnect attaches fn for each client that connects, and calls it for those
// that are already connected. ctx ends when the client leaves. fn may run as long as
// the client is there, in a loop that ends with ctx: OnClientSuspend, OnClientResume and
// the callbacks of elements run meanwhile, but further functions that are attached here,
// and OnClientDisconnect, when it has returned.
func (s *Server) OnClientConnect(fn func(ctx context.Context, c *Client)) (off func()) {
	checkCallback("Server.OnClientConnect", fn)
	s.connecting.Lock()
	defer s.connecting.Unlock()
	off = s.connects.Add(fn)
	for c := range s.Clients() {
		fire(c, c, dispatch.Event{Name: "OnClientConnect"}, false, callback.Only(fn), c)
	}
	return off
}

// OnClientDisconnect attaches fn for each client that leaves after it had connected.
// The contexts of the client's other callbacks have ended by then, and those of
// OnClientConnect, OnClientSuspend and OnClientResume have returned. ctx ends when the
// server closes.
func (s *Server) OnClientDisconnect(fn func(ctx context.Context, c *Client)) (off func()) {
	checkCallback("Server.OnClientDisconnect", fn)
	return s.disconnects.Add(fn)
}

// MustStart creates a server and starts it. It panics with the error if the server
// cannot listen. The address is logged. Use [New] and [Server.Start] to add nodes
// before clients connect, to handle the error, or to stop the server by a context.
func MustStart(opts *Options) *Server {
	s := New(opts)
	if err := s.Start(context.Background()); err != nil {
		panic(err)
	}
	return s
}

// Ticks is a loop for animations. It yields the time since its start, in seconds, rate
// times per second, starting immediately:
//
//	for t := range server.Ticks(60) {
//		node.SetPosition(viser.Vec3{math.Cos(t), math.Sin(t), 0})
//	}
//
// If the loop body takes longer, ticks are skipped; t is always the current time. The
// loop ends when the server closes, or at a break. It panics with a *UsageError if rate
// is not above 0 or not finite.
func (s *Server) Ticks(rate float64) iter.Seq[float64] {
	checkPositive("Server.Ticks", "rate", rate)
	return func(yield func(float64) bool) {
		start := time.Now()
		ticker := time.NewTicker(max(1, time.Duration(float64(time.Second)/rate)))
		defer ticker.Stop()
		for s.ctx.Err() == nil && yield(time.Since(start).Seconds()) {
			select {
			case <-s.ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}
}

// hub is the server's interface for sessions.
type hub struct{ s *Server }

// Join makes the client of a new connection, or continues one.
func (h hub) Join(d wire.Dialect, info session.Info) (session.Peer, error) {
	s := h.s
	p, err := s.resume(info)
	if err != nil {
		return nil, err
	}
	if p != nil {
		return *p, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, io.EOF
	}
	c, err := newClient(s, s.nextID, d)
	if err != nil {
		return nil, err
	}
	c.granted.Store(&info.Access)
	c.conn.FetchArrays(info.FetchesArrays)
	if info.OwnOnly {
		c.ownOnly = true
		c.conn.OwnOnly()
	}
	if s.front != nil {
		c.front = s.front.Join(front.Client{ID: c.id, Scope: c.scope, Context: c.ctx, Extended: c.extended})
	}
	s.nextID++
	s.clients[c.id] = c
	if info.Resume != nil && s.opts.Grace > 0 {
		c.keepSession()
	}
	c.watchTimeline()
	c.tellDrops()
	c.tellReports()
	c.viewports.follow(s.viewports.current())
	c.audited("client joined", "")
	return peer{c, c.session.attach(info)}, nil
}

// peer is the client's interface for its session.
type peer struct {
	c    *Client
	line *line
}

func (p peer) Next(ctx context.Context) (*wire.Frame, error) {
	f, err := p.c.conn.Next(ctx)
	switch {
	case errors.Is(err, state.ErrClosed):
		return nil, io.EOF
	case errors.Is(err, state.ErrTooSlow):
		return nil, &session.CloseError{Code: session.TooSlow, Reason: err.Error()}
	}
	return f, err
}

func (p peer) Receive(m wire.Message) {
	p.c.countReceived(m)
	p.c.receive(m)
}

func (p peer) Skip() { p.c.countReceived(nil) }

func (p peer) Access() access.Grant { return *p.c.grant() }

// Left suspends or ends the client.
func (p peer) Left(err error) {
	if s := p.c.server; !s.suspend(p.c, err) {
		s.leave(p.c, whyLeft(err))
	}
	close(p.line.gone)
}

// leave ends the client; why is for the audit.
func (s *Server) leave(c *Client, why string) {
	s.connecting.Lock()
	s.mu.Lock()
	delete(s.clients, c.id)
	s.mu.Unlock()
	connected := c.isConnected()
	c.audited("client left", "", slog.String("reason", why))
	c.scope.EndTaps() // recordings have what it saw last
	c.leave()
	c.leaveTimeline()
	c.scene.leave()
	c.gui.leave()
	c.conn.Leave()
	s.connecting.Unlock()
	s.gestures.End(func(k gestureKey) bool { return k.Client == c })
	c.dropUploads()
	if connected {
		s.clientDisconnected(c)
	}
}

// clientDisconnected queues the callbacks for a client that has left. They run after
// those of its connection, and of its suspensions, have returned.
func (s *Server) clientDisconnected(c *Client) {
	if s.disconnects.Empty() {
		return
	}
	what := dispatch.Event{Name: "OnClientDisconnect", Client: c}
	s.dispatch.DoAfter(dispatch.Key{Client: c.id, Element: &c.session}, dispatch.Key{Client: c.id, Element: c}, dispatch.Task{
		Event: what, Run: func() { s.disconnects.Run(s.ctx, s.dispatch, what, c) },
	})
}

// clientConnected queues the callbacks for a client that has sent its first camera.
func (s *Server) clientConnected(c *Client) {
	s.connecting.Lock()
	defer s.connecting.Unlock()
	c.mu.Lock()
	c.connected = true
	c.mu.Unlock()
	fire(c, c, dispatch.Event{Name: "OnClientConnect"}, false, &s.connects, c)
}

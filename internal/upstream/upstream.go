// Package upstream is a client of any server that speaks viser 1.1's protocol: ours, or a Python one. It reads frames
// without the schema, and sends the messages of pages.
package upstream

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"github.com/viser-go/viser/internal/wire"
)

// The subprotocols. Upstream viser accepts only those of its own version, which it names when it refuses another one.
const (
	extended      = "viser-go.v1"
	ownOnly       = extended + ".own"
	plainPrefix   = "viser-v"
	plainDefault  = "1.1.1"
	plainVersions = "1.1." // all releases of viser 1.1 have the same protocol
)

// Options of a connection.
type Options struct {
	// URL is where the server's page is: http://localhost:8080, with a path and a token if there are. The scheme may be
	// missing, and may be https, ws or wss.
	URL   string
	Token string      // of the server, if it requires one; "" for the one in URL
	TLS   *tls.Config // for https; nil: the system's certificates
	// Plain speaks only viser's own protocol, also with our servers.
	Plain bool
	// Own asks for what is the client's own only, not what all clients are sent; Conn.OwnOnly tells whether that is so.
	Own bool
	// Stall is how long the server may send nothing, also no response to a ping, while Next waits; 0 = 30 s.
	Stall time.Duration
	// Answer is how long the server may take to accept the connection; 0 = 10 s.
	Answer time.Duration
	// MaxFrame bounds a frame, in bytes; 0 = 2 GiB.
	MaxFrame int64
}

func (o Options) withDefaults() Options {
	if o.Stall == 0 {
		o.Stall = 30 * time.Second
	}
	if o.Answer == 0 {
		o.Answer = 10 * time.Second
	}
	if o.MaxFrame == 0 {
		o.MaxFrame = 2 << 30
	}
	return o
}

// VersionError means that the server does not speak viser 1.1's protocol.
type VersionError struct {
	Server string // its version, "" if it did not tell
}

func (e *VersionError) Error() string {
	if e.Server == "" {
		return "the server does not speak the protocol of viser 1.1"
	}
	return fmt.Sprintf("the server is viser %s, whose protocol is not that of viser 1.1", e.Server)
}

// RefusedError means that the server did not let the connection in.
type RefusedError struct {
	Reason string
}

func (e *RefusedError) Error() string { return "the server refused the connection: " + e.Reason }

// ErrStalled is the error of a server that sends nothing.
var ErrStalled = errors.New("the server does not respond any more")

// ErrNoAnswer is the error of a server that does not accept the connection in time.
var ErrNoAnswer = errors.New("it does not answer; is it a viser server, and has it started?")

// GarbageError is what the server sent that is no frame of viser's.
type GarbageError struct {
	Reason string
}

func (e *GarbageError) Error() string {
	return "the server sent something that is no frame of viser's: " + e.Reason
}

// A Conn is a connection. Next, NextPart and Read are for one goroutine at a time; all others may be called at any time.
type Conn struct {
	opts     Options
	ws       *websocket.Conn
	protocol string
	first    []byte // the first frame, until it is read
	large    int    // the size of the last large frame

	reading  atomic.Bool
	progress atomic.Int64 // when the last byte arrived, or Read began to wait; in Unix nanoseconds
	stalled  atomic.Bool
	quit     chan struct{}
	once     sync.Once
	wg       sync.WaitGroup
}

// Dial connects, and waits until the server has accepted the connection's version, which it tells by its first frame.
// The connection does not end with ctx.
func Dial(ctx context.Context, o Options) (*Conn, error) {
	o = o.withDefaults()
	target, err := address(o)
	if err != nil {
		return nil, err
	}
	version := plainDefault
	limited, cancel := context.WithTimeout(ctx, o.Answer)
	defer cancel()
	for {
		c, err := dial(limited, target, version, o)
		var v *VersionError
		switch {
		case errors.As(err, &v) && v.Server != version && isSupported(v.Server):
			version = v.Server // another release, which accepts only its own name
			continue
		case err != nil && limited.Err() != nil && ctx.Err() == nil:
			err = ErrNoAnswer
		}
		return c, err
	}
}

func isSupported(version string) bool { return strings.HasPrefix(version, plainVersions) }

// address returns the websocket's URL.
func address(o Options) (string, error) {
	text := o.URL
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", fmt.Errorf("%q is not a URL, such as http://localhost:8080", WithoutQuery(o.URL))
	}
	switch u.Scheme {
	case "http", "ws":
		u.Scheme = "ws"
	case "https", "wss":
		u.Scheme = "wss"
	default:
		return "", fmt.Errorf("the scheme of %q is neither http nor https", WithoutQuery(o.URL))
	}
	if u.Host == "" {
		return "", fmt.Errorf("%q names no host; a URL is such as http://localhost:8080", WithoutQuery(o.URL))
	}
	query := url.Values{}
	if token := u.Query().Get("token"); token != "" {
		query.Set("token", token)
	}
	if o.Token != "" {
		query.Set("token", o.Token)
	}
	u.RawQuery, u.Fragment = query.Encode(), ""
	return u.String(), nil
}

// WithoutQuery returns a URL as it may be shown: the query may have a token.
func WithoutQuery(s string) string {
	s, _, _ = strings.Cut(s, "?")
	return s
}

func dial(ctx context.Context, target, version string, o Options) (*Conn, error) {
	transport := &http.Transport{TLSClientConfig: o.TLS, DialContext: (&net.Dialer{}).DialContext, Proxy: http.ProxyFromEnvironment}
	protocols := []string{extended, plainPrefix + version}
	switch {
	case o.Plain:
		protocols = protocols[1:]
	case o.Own:
		protocols[0] = ownOnly
	}
	ws, response, err := websocket.Dial(ctx, target, &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, Subprotocols: protocols, CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		transport.CloseIdleConnections()
		return nil, dialError(err, response)
	}
	ws.SetReadLimit(o.MaxFrame)
	c := &Conn{opts: o, ws: ws, protocol: ws.Subprotocol(), quit: make(chan struct{})}
	c.wg.Go(c.watch)
	if c.first, err = c.read(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// dialError describes why there is no connection, without the URL, which may have a token.
func dialError(err error, response *http.Response) error {
	if response == nil {
		return networkError(err)
	}
	switch response.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return &RefusedError{Reason: fmt.Sprintf("%s; is the token missing or wrong?", response.Status)}
	case http.StatusSwitchingProtocols:
		return &VersionError{}
	case http.StatusOK, http.StatusNotFound:
		return &RefusedError{Reason: "it is a web server, but has no websocket there"}
	}
	return &RefusedError{Reason: response.Status}
}

// networkError describes why the network has no connection.
func networkError(err error) error {
	var u *url.Error
	var name *net.DNSError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("nothing listens there; has the program been started, and is this its port? (%w)", syscall.ECONNREFUSED)
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Errorf("there is no machine named %q", name.Name)
	case errors.Is(err, http.ErrSchemeMismatch):
		return errors.New("it does not speak https; try http")
	case errors.As(err, &u):
		return u.Err
	}
	return err
}

// Dialect is what the server speaks.
func (c *Conn) Dialect() wire.Dialect {
	if c.protocol == extended || c.protocol == ownOnly {
		return wire.Extended
	}
	return wire.Plain
}

// OwnOnly reports whether the server sends only what is the client's own: only our servers do.
func (c *Conn) OwnOnly() bool { return c.protocol == ownOnly }

// Next waits for the next frame. When ctx ends the connection ends, too. The messages share memory with the frame.
// The error is ErrStalled, a *GarbageError, a *RefusedError, or io.EOF if the server has closed the connection.
func (c *Conn) Next(ctx context.Context) (*wire.RawWindow, error) {
	frame, err := c.Read(ctx)
	if err != nil {
		return nil, err
	}
	return Window(frame)
}

// Window reads a frame of Read.
func Window(frame []byte) (*wire.RawWindow, error) {
	limits := wire.DefaultLimits
	limits.MaxBytes = max(limits.MaxBytes, len(frame))
	w, err := wire.ReadRaw(frame, limits)
	if err != nil {
		return nil, &GarbageError{Reason: err.Error()}
	}
	return w, nil
}

// Read is Next for the bytes of the frame, which are the caller's.
func (c *Conn) Read(ctx context.Context) ([]byte, error) {
	if first := c.first; first != nil {
		c.first = nil
		return first, nil
	}
	return c.read(ctx)
}

func (c *Conn) read(ctx context.Context) ([]byte, error) {
	c.progress.Store(time.Now().UnixNano())
	c.reading.Store(true)
	defer c.reading.Store(false)
	typ, r, err := c.ws.Reader(ctx)
	if err != nil {
		return nil, c.readError(ctx, err)
	}
	if typ != websocket.MessageBinary {
		return nil, &GarbageError{Reason: "a text frame"}
	}
	frame, err := c.readAll(r)
	if err != nil {
		return nil, c.readError(ctx, err)
	}
	return frame, nil
}

// smallFrame is what is read before memory for a large frame is made.
const smallFrame = 64 << 10

// readAll reads a frame. Its memory grows with what has arrived: for a large one, at first to the size of the last one.
func (c *Conn) readAll(r io.Reader) ([]byte, error) {
	buf := make([]byte, 0, 4<<10)
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		if n > 0 {
			c.progress.Store(time.Now().UnixNano())
		}
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			if len(buf) > smallFrame {
				c.large = len(buf)
			}
			return buf, nil
		case err != nil:
			return nil, err
		case len(buf) == cap(buf):
			buf = append(make([]byte, 0, c.grown(len(buf))), buf...)
		}
	}
}

func (c *Conn) grown(size int) int {
	if size >= smallFrame && size <= c.large {
		return c.large + 1
	}
	return 4 * size
}

func (c *Conn) readError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if c.stalled.Load() {
		return ErrStalled
	}
	var closed websocket.CloseError
	switch {
	case errors.Is(err, websocket.ErrMessageTooBig):
		return &GarbageError{Reason: fmt.Sprintf("a frame of more than %d bytes", c.opts.MaxFrame)}
	case !errors.As(err, &closed):
		return io.EOF // it broke: that is how programs end
	case closed.Code == websocket.StatusProtocolError:
		_, server, _ := strings.Cut(closed.Reason, "Server: ")
		if server != "" {
			return &VersionError{Server: server}
		}
		return &GarbageError{Reason: closed.Reason}
	case closed.Code == websocket.StatusNormalClosure, closed.Code == websocket.StatusGoingAway, closed.Reason == "":
		return io.EOF
	}
	return &RefusedError{Reason: closed.Reason}
}

// Send sends the message of a page, as msgpack. It waits while the server does not read; when ctx ends meanwhile the
// connection ends, too.
func (c *Conn) Send(ctx context.Context, message []byte) error {
	if err := c.ws.Write(ctx, websocket.MessageBinary, message); err != nil {
		if c.stalled.Load() {
			return ErrStalled
		}
		return fmt.Errorf("the connection to the server broke: %w", err)
	}
	return nil
}

// Ping returns when the server has responded to a ping, which it does behind everything that it has written before.
// Next must be called meanwhile.
func (c *Conn) Ping(ctx context.Context) error { return c.ws.Ping(ctx) }

// watch pings a server that sends nothing while Read waits, and ends the connection if there is no response.
func (c *Conn) watch() {
	tick := time.NewTicker(max(c.opts.Stall/4, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-c.quit:
			return
		case <-tick.C:
		}
		if c.quiet() < c.opts.Stall/2 {
			continue
		}
		if !c.responds() && c.quiet() >= c.opts.Stall/2 {
			c.stalled.Store(true)
			c.ws.CloseNow()
			return
		}
	}
}

// quiet is for how long Read has received nothing.
func (c *Conn) quiet() time.Duration {
	if !c.reading.Load() {
		return 0
	}
	return time.Since(time.Unix(0, c.progress.Load()))
}

func (c *Conn) responds() bool {
	ctx, cancel := context.WithTimeout(context.Background(), c.opts.Stall/2)
	defer cancel()
	return c.ws.Ping(ctx) == nil
}

// Close ends the connection and returns when nothing of it runs any more. It may be called more than once.
func (c *Conn) Close() {
	c.once.Do(func() {
		close(c.quit)
		c.ws.CloseNow()
	})
	c.wg.Wait()
}

// Camera returns the message that makes a connection a client for the program: a page's camera, at viser's initial
// place.
func Camera() []byte {
	return wire.RawOf(&wire.ViewerCameraMessage{
		WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{3, 3, 3}, FOV: 1.3, Near: 0.01, Far: 1000,
		ImageHeight: 720, ImageWidth: 1280, UpDirection: [3]float64{0, 0, 1},
	}).B
}

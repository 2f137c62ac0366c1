package viser

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/gesture"
	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// A TestPage is a client without a socket: a test or a benchmark reads its frames and
// sends its messages.
type TestPage struct{ peer session.Peer }

// JoinTestPage connects a client that speaks viser-go.v1 if packed, else viser 1.1. It
// may do everything.
func (s *Server) JoinTestPage(packed bool) (*TestPage, error) {
	return s.JoinTestPageAs(packed, RoleOperate, "")
}

// JoinTestPageAs is JoinTestPage for a role and a name.
func (s *Server) JoinTestPageAs(packed bool, role Role, name string) (*TestPage, error) {
	dialect := wire.Plain
	if packed {
		dialect = wire.Extended
	}
	p, err := hub{s}.Join(dialect, session.Info{Access: access.Grant{Role: access.Role(role), Name: name}})
	if err != nil {
		return nil, err
	}
	return &TestPage{p}, nil
}

// Next waits for the next frame.
func (p *TestPage) Next(ctx context.Context) (*wire.Frame, error) { return p.peer.Next(ctx) }

// Receive handles a message from the page.
func (p *TestPage) Receive(m wire.Message) { p.peer.Receive(m) }

// ResumeTestPage connects a client that speaks viser-go.v1 and can continue its
// session; it continues that with the secret, if there is one. It may do everything.
func (s *Server) ResumeTestPage(secret, cursor string) (*TestPage, error) {
	return s.resumeTestPage(secret, cursor, access.Grant{Role: access.Operate})
}

// ResumeTestPageWith is ResumeTestPage for what a token grants.
func (s *Server) ResumeTestPageWith(secret, cursor string, t *Token) (*TestPage, error) {
	return s.resumeTestPage(secret, cursor, t.token.Grant())
}

func (s *Server) resumeTestPage(secret, cursor string, g access.Grant) (*TestPage, error) {
	p, err := hub{s}.Join(wire.Extended, session.Info{Resume: &session.Resume{Secret: secret, Cursor: cursor}, Access: g})
	if err != nil {
		return nil, err
	}
	return &TestPage{p}, nil
}

// Lose ends the connection without a word of the page.
func (p *TestPage) Lose() { p.peer.Left(errors.New("the connection was lost")) }

// CloseAs ends the connection as a page or the server does.
func (p *TestPage) CloseAs(code int, byPage bool) {
	p.peer.Left(&session.CloseError{Code: session.Code(code), ByPage: byPage})
}

// Leave closes the page.
func (p *TestPage) Leave() { p.peer.Left(nil) }

// NewTestServer is New for tests: with each record that it logs, the server is
// called back, as the handler of a program may do. A lock that is held while
// something is logged would end the test in a deadlock.
func NewTestServer(o *Options) *Server {
	opts := orPtr(o, Options{})
	h := reentrantHandler{Handler: slog.DiscardHandler, server: new(atomic.Pointer[Server])}
	if opts.Logger != nil {
		h.Handler = opts.Logger.Handler()
	}
	opts.Logger = slog.New(h)
	s := New(&opts)
	h.server.Store(s)
	return s
}

type reentrantHandler struct {
	slog.Handler
	server *atomic.Pointer[Server] // nil before New has returned
}

func (h reentrantHandler) Enabled(ctx context.Context, level slog.Level) bool {
	h.call()
	return h.Handler.Enabled(ctx, level)
}

func (h reentrantHandler) Handle(ctx context.Context, r slog.Record) error {
	h.call()
	return h.Handler.Handle(ctx, r)
}

func (h reentrantHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	h.call()
	return reentrantHandler{h.Handler.WithAttrs(attrs), h.server}
}

func (h reentrantHandler) WithGroup(name string) slog.Handler {
	h.call()
	return reentrantHandler{h.Handler.WithGroup(name), h.server}
}

func (h reentrantHandler) call() {
	if s := h.server.Load(); s != nil {
		s.useEveryLock()
	}
}

// useEveryLock calls methods that take the locks of the server, of its clients, and of
// all nodes and elements. It changes nothing.
func (s *Server) useEveryLock() {
	tryLock(&s.connecting)
	s.InitialCamera().Position()
	s.Addr()
	s.mu.Lock()
	all := slices.Collect(maps.Values(s.clients))
	s.mu.Unlock()
	s.scene.useEveryLock()
	s.gui.useEveryLock()
	for _, c := range all {
		c.isConnected()
		c.camera.Position()
		c.scene.useEveryLock()
		c.gui.useEveryLock()
	}
	s.gestures.With(gestureKey{}, func(gesture.Gesture) bool { return false })
	s.OnClientDisconnect(func(context.Context, *Client) {})()
}

// tryLock waits for a lock that must not be held while logging.
func tryLock(mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
}

func (s *Scene) useEveryLock() {
	s.mu.Lock()
	nodes := slices.Collect(maps.Values(s.nodes))
	s.mu.Unlock()
	s.clicks.Empty()
	s.rects.Empty()
	for _, n := range nodes {
		n.Removed()
		n.Position() // the store's
		n.clicks.Empty()
		n.drags.Empty()
	}
}

func (g *GUI) useEveryLock() {
	tryLock(&g.mu)
	g.tree.mu.Lock()
	var widgets []*widget
	for list := g.root.children; len(list) > 0; {
		w := list[0]
		list = list[1:]
		widgets = append(widgets, w)
		for _, node := range w.holds {
			list = append(slices.Clip(list), node.children...)
		}
	}
	g.tree.mu.Unlock()
	for _, w := range widgets {
		w.Removed()
	}
}

// RecordInPlace is Record for a writer that is written in place, as only files are otherwise: a disk that is slow or full.
func (s *Server) RecordInPlace(disk io.Writer, opts *RecordOptions) (*Recording, error) {
	r, err := s.newRecording("Server.Record", opts)
	if err != nil {
		return nil, err
	}
	r.writer, err = recording.NewWriter(disk, opts.writer(r.begun))
	return r.start(err)
}

// UUIDOf returns what pages call an input.
func UUIDOf[T any](in *Input[T]) string { return in.uuid }

// UUIDOfUpload returns what pages call an upload button.
func UUIDOfUpload(b *UploadButton) string { return b.uuid }

// ServerOf returns the server of a client.
func ServerOf(c *Client) *Server { return c.server }

// WaitForCallbacks waits until no callback is queued or running.
func (s *Server) WaitForCallbacks(ctx context.Context) error { return s.dispatch.Wait(ctx) }

// UseEveryLock calls methods that take the locks of the server and of all nodes and
// elements, as code of the program may do whenever it is called.
func UseEveryLock(s *Server) { s.useEveryLock() }

// ForViewers has an entry for each type of message from a page.
var ForViewers = forViewers

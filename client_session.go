package viser

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// A clientSession is what lets a client outlive its connection: a page whose connection
// was lost opens another one, names the secret of its session, and continues it.
type clientSession struct {
	secret   string // "" if it cannot be continued
	received atomic.Int64
	pending  int // bytes received since the page was told; used by the reading goroutine only

	// The following is guarded by Server.mu.
	line *line // nil while the client is suspended, or has left
	// traffic is that of the newest connection.
	traffic *session.Traffic
	since   time.Time
	timer   *time.Timer  // ends the suspension
	ended   atomic.Int64 // the code with which the server ended the newest connection that has ended; 0: it was lost
	unwatch func() bool  // no longer waits for the end of the client's grant
	over    bool         // the program has ended it: it cannot be continued
}

// A line is one connection of a client.
type line struct {
	stop  func(*session.CloseError)
	alive func() bool
	gone  chan struct{} // closed when it has ended
}

// attach is called with Server.mu held.
func (cs *clientSession) attach(info session.Info) *line {
	cs.line = &line{stop: info.Stop, alive: info.Alive, gone: make(chan struct{})}
	cs.traffic = info.Traffic
	if cs.line.stop == nil { // a TestPage
		cs.line.stop = func(*session.CloseError) {}
		cs.line.alive = func() bool { return false }
	}
	return cs.line
}

// traffic returns the counters of the client's newest connection.
func (c *Client) traffic() *session.Traffic {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	return c.session.traffic
}

// keepSession makes the client's session one that can be continued.
func (c *Client) keepSession() {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	c.session.secret = strconv.Itoa(c.id) + "-" + base64.RawURLEncoding.EncodeToString(b[:])
	c.conn.KeepSession(c.hello)
}

// hello describes the session to the page. It is called with the store locked.
func (c *Client) hello(resumed bool) wire.Message {
	s := c.server
	return &wire.SessionMessage{
		Epoch: s.epoch, ClientID: c.id, Resume: c.session.secret, GraceSec: s.opts.Grace.Seconds(),
		Resumed: resumed, KeepOnReload: s.opts.KeepOnReload, Received: int(c.session.received.Load()),
		Ended: int(c.session.ended.Load()), Role: c.Role().String(), Name: c.Name(),
	}
}

// Bounds of what a page keeps in case that it has to send it again.
const (
	tellAfterMessages = 128
	tellAfterBytes    = 1 << 20
)

// countReceived counts an inbound message, nil for one that was skipped, and tells the
// page from time to time. It is called by the goroutine that reads from the page.
func (c *Client) countReceived(m wire.Message) {
	cs := &c.session
	n := cs.received.Add(1)
	if cs.secret == "" {
		return
	}
	switch m := m.(type) {
	case *wire.FileTransferPart:
		cs.pending += len(m.Content)
	case *wire.GetRenderResponseMessage:
		cs.pending += len(m.Payload)
	}
	if n%tellAfterMessages == 0 || cs.pending >= tellAfterBytes {
		c.tellReceived(0)
	}
}

func (c *Client) tellReceived(ping int) {
	c.session.pending = 0
	// An error means that the client has left, or does not read: then it needs no report.
	_ = c.scope.Send(&wire.SessionReceivedMessage{Received: int(c.session.received.Load()), Ping: ping})
}

// acknowledged handles the page's report of what it has received.
func (c *Client) acknowledged(m *wire.SessionAckMessage) {
	c.conn.Confirm(m.Cursor)
	if m.Ping != 0 {
		c.tellReceived(m.Ping)
	}
}

// resume continues the session that the page names, if there is one: else it returns
// nil.
func (s *Server) resume(info session.Info) (*peer, error) {
	if info.Resume == nil || info.Resume.Secret == "" {
		return nil, nil
	}
	c := s.sessionOf(info.Resume.Secret)
	if c == nil || !c.continuesFor(info) {
		return nil, nil
	}
	for {
		l, old, err := s.takeOver(c, info)
		switch {
		case l != nil:
			c.audited("client resumed", "")
			fire(c, &c.session, dispatch.Event{Name: "OnClientResume"}, false, &s.resumes, c)
			return &peer{c, l}, nil
		case old == nil:
			return nil, err
		}
		// The connection that the client has is one that the page has given up, unless the page was copied with its
		// storage, as "Duplicate tab" does: that one knows no cursor. While the original responds, the copy is
		// another client.
		var why *session.CloseError
		if info.Resume.Cursor == "" {
			if old.alive() {
				return nil, nil
			}
			why = &session.CloseError{Code: session.Replaced, Reason: "another page continues this session"}
		}
		old.stop(why)
		<-old.gone
	}
}

// continuesFor reports whether the page may continue the client's session. The cookie is
// shared by all tabs of a browser, so a tab that never went away may come back with that
// of another token, which was opened in another tab meanwhile: it keeps its own access,
// which still counts, as a session ends with its token. A page that was loaded anew, and
// thus knows no cursor, has the access that it was loaded with.
func (c *Client) continuesFor(info session.Info) bool {
	grant := c.grant()
	return grant.Same(info.Access) || grant.Until != nil && info.Resume.Cursor != ""
}

// sessionOf returns the client with that secret, nil if there is none.
func (s *Server) sessionOf(secret string) *Client {
	id, err := strconv.Atoi(strings.SplitN(secret, "-", 2)[0])
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.clients[id]
	if c == nil || c.session.secret == "" || subtle.ConstantTimeCompare([]byte(c.session.secret), []byte(secret)) != 1 {
		return nil
	}
	return c
}

// takeOver attaches a connection to a suspended client. If the client still has one,
// that is returned instead; all are nil if the client has left. The error refuses an
// attempt that was delayed, while a later one succeeded: it must not end that.
func (s *Server) takeOver(c *Client, info session.Info) (taken, old *line, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	cs := &c.session
	switch {
	case s.closed || s.clients[c.id] != c || cs.over:
		return nil, nil, nil
	case c.conn.Outdated(info.Resume.Cursor):
		return nil, nil, &session.CloseError{Code: session.Outdated, Reason: "this session goes on over a later connection"}
	case cs.line != nil:
		return nil, cs.line, nil
	}
	s.suspended--
	cs.timer.Stop()
	cs.unwatch()
	if c.grant().Same(info.Access) {
		c.granted.Store(&info.Access)
	}
	c.conn.FetchArrays(info.FetchesArrays)
	c.conn.Resume(info.Resume.Cursor)
	return cs.attach(info), nil, nil
}

// suspend keeps a client whose connection has ended, and reports whether it does.
func (s *Server) suspend(c *Client, why error) bool {
	if !c.isConnected() || c.session.secret == "" || !s.continues(why) {
		return false
	}
	s.gestures.End(func(k gestureKey) bool { return k.Client == c })
	s.mu.Lock()
	cs := &c.session
	if s.closed || cs.over {
		s.mu.Unlock()
		return false
	}
	cs.line, cs.since = nil, time.Now()
	cs.ended.Store(endedWith(why))
	s.suspended++
	c.conn.Suspend()
	cs.timer = time.AfterFunc(s.opts.Grace, func() { s.expire(c) })
	cs.unwatch = c.grant().OnEnd(func() { s.expire(c) })
	oldest := s.tooManySuspended()
	s.mu.Unlock()
	c.audited("client suspended", "")
	fire(c, &c.session, dispatch.Event{Name: "OnClientSuspend"}, false, &s.suspends, c)
	if oldest != nil {
		s.expire(oldest)
	}
	return true
}

// continues reports whether a session whose connection ended that way may be continued.
func (s *Server) continues(why error) bool {
	var closed *session.CloseError
	switch {
	case why == nil: // the page was closed, or is being reloaded
		return s.opts.KeepOnReload
	case !errors.As(why, &closed):
		return true // it was lost
	}
	switch closed.Code {
	case session.TooSlow, session.NoResponse, session.Replaced:
		return true
	}
	return closed.ByPage
}

// endedWith returns the code with which the server ended a connection, 0 if it was lost. The page of a stalled connection
// cannot be sent it then.
func endedWith(why error) int64 {
	var closed *session.CloseError
	if errors.As(why, &closed) && !closed.ByPage {
		return int64(closed.Code)
	}
	return 0
}

// maxSuspended bounds the clients that are suspended at a time: a page can come back
// and go away at will.
const maxSuspended = 1000

// tooManySuspended returns the client that was suspended first, if there are too many.
// It is called with mu held.
func (s *Server) tooManySuspended() *Client {
	if s.suspended <= maxSuspended { // nearly always: a loss of the network suspends all clients at once
		return nil
	}
	var oldest *Client
	for _, c := range s.clients {
		if c.session.line == nil && (oldest == nil || c.session.since.Before(oldest.session.since)) {
			oldest = c
		}
	}
	return oldest
}

// expire ends a client that is still suspended.
func (s *Server) expire(c *Client) {
	s.mu.Lock()
	cs := &c.session
	why := s.overdue(c)
	if why != "" {
		delete(s.clients, c.id)
		s.suspended--
		cs.timer.Stop()
		cs.unwatch()
	}
	s.mu.Unlock()
	if why != "" {
		s.leave(c, why)
	}
}

// overdue returns why a suspended client ends now, "" if it does not. It is called with
// mu held.
func (s *Server) overdue(c *Client) string {
	switch cs := &c.session; {
	case s.clients[c.id] != c || cs.line != nil:
		return ""
	case s.closed:
		return "the server closed"
	case cs.over:
		return "disconnected by the program"
	case c.grant().Ended():
		return context.Cause(c.grant().Until).Error()
	case time.Since(cs.since) >= s.opts.Grace:
		return "it did not come back"
	case s.tooManySuspended() == c:
		return "too many clients are suspended"
	}
	return ""
}

// whyLeft describes the end of a client's last connection, for the audit.
func whyLeft(err error) string {
	var closed *session.CloseError
	switch {
	case err == nil:
		return "the page was closed"
	case !errors.As(err, &closed):
		return "the connection was lost"
	case closed.Code == session.Dismissed:
		return "disconnected by the program: " + clip(closed.Reason)
	}
	return clip(closed.Reason)
}

// endSuspended ends the clients that have no connection, when the server closes.
func (s *Server) endSuspended() {
	s.mu.Lock()
	var suspended []*Client
	for _, c := range s.clients {
		if c.session.line == nil {
			suspended = append(suspended, c)
		}
	}
	s.mu.Unlock()
	for _, c := range suspended {
		s.expire(c)
	}
}

// Disconnect ends the client. Its page shows the reason, of which 123 bytes are sent, and
// does not connect again by itself; pages of upstream viser do. Nothing keeps the user
// from opening the page again, as a new client: for that, revoke the token that it was
// opened with, or let [Options].Authorize refuse the user before. A client that is
// suspended ends too; its page is not told the reason, and becomes a new client if it
// comes back. Disconnect does not wait, and may be called from a callback.
func (c *Client) Disconnect(reason string) {
	s := c.server
	s.mu.Lock()
	c.session.over = true
	l := c.session.line
	s.mu.Unlock()
	if l == nil {
		s.expire(c)
		return
	}
	l.stop(&session.CloseError{Code: session.Dismissed, Reason: reason})
}

// Suspended reports whether the client has no connection at the moment: it was lost, and
// the page may come back within [Options].Grace. What is written to its scene and GUI
// meanwhile is sent then.
func (c *Client) Suspended() bool {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clients[c.id] == c && c.session.line == nil
}

// OnClientSuspend attaches fn for each client whose connection is lost and that may come
// back within [Options].Grace. It is still a client: its context, its scene and its
// GUI remain, and [Server.Clients] yields it. Either OnClientResume or
// OnClientDisconnect follows. fn may run while OnClientConnect's still does. ctx ends
// when the client leaves.
func (s *Server) OnClientSuspend(fn func(ctx context.Context, c *Client)) (off func()) {
	checkCallback("Server.OnClientSuspend", fn)
	return s.suspends.Add(fn)
}

// OnClientResume attaches fn for each client that comes back after OnClientSuspend. It
// has received, or will receive, everything that was written meanwhile. A client that
// comes back before the server has noticed the loss is first suspended, too. ctx ends
// when the client leaves.
func (s *Server) OnClientResume(fn func(ctx context.Context, c *Client)) (off func()) {
	checkCallback("Server.OnClientResume", fn)
	return s.resumes.Add(fn)
}

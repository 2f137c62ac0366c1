package viser

import (
	"context"
	"errors"
	"io"

	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// hub is the server as sessions see it.
type hub struct{ s *Server }

// Join makes the client of a new connection.
func (h hub) Join(d wire.Dialect, _ session.Info) (session.Peer, error) {
	s := h.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, io.EOF
	}
	c, err := newClient(s, s.nextID, d)
	if err != nil {
		return nil, err
	}
	s.nextID++
	s.clients[c.id] = c
	return peer{c}, nil
}

// peer is the client as its session sees it.
type peer struct{ c *Client }

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
func (p peer) Receive(m wire.Message) { p.c.receive(m) }

// Left ends the client.
func (p peer) Left(error) {
	c, s := p.c, p.c.server
	s.connecting.Lock()
	s.mu.Lock()
	delete(s.clients, c.id)
	s.mu.Unlock()
	connected := c.isConnected()
	c.leave()
	c.scene.leave()
	c.gui.leave()
	c.conn.Leave()
	s.connecting.Unlock()
	s.gestures.end(func(k gestureKey) bool { return k.client == c })
	c.dropUploads()
	if connected {
		fire(s.dispatch, s.ctx, c.id, c, "OnClientDisconnect", false, &s.disconnects, c)
	}
}

// clientConnected tells the callbacks of a client whose page has reported.
func (s *Server) clientConnected(c *Client) {
	s.connecting.Lock()
	defer s.connecting.Unlock()
	c.mu.Lock()
	c.connected = true
	c.mu.Unlock()
	fire(s.dispatch, c.ctx, c.id, c, "OnClientConnect", false, &s.connects, c)
}

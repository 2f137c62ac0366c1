package viser

import (
	"context"

	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// A TestPage is a page without a socket: a test or a benchmark takes its frames
// and speaks for it.
type TestPage struct{ peer session.Peer }

// JoinTestPage connects a page that speaks viser-go.v1 if packed, else viser 1.1.
func (s *Server) JoinTestPage(packed bool) (*TestPage, error) {
	dialect := wire.Plain
	if packed {
		dialect = wire.Extended
	}
	p, err := hub{s}.Join(dialect, session.Info{})
	if err != nil {
		return nil, err
	}
	return &TestPage{p}, nil
}

// Next waits for the next frame.
func (p *TestPage) Next(ctx context.Context) (*wire.Frame, error) { return p.peer.Next(ctx) }

// Receive takes what the page says.
func (p *TestPage) Receive(m wire.Message) { p.peer.Receive(m) }

// Leave closes the page.
func (p *TestPage) Leave() { p.peer.Left(nil) }

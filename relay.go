package viser

import (
	"log/slog"
	"net/http"

	"github.com/viser-go/viser/internal/front"
	"github.com/viser-go/viser/internal/wire"
)

func init() {
	front.Attach = func(server any, h front.Hub) front.Server { return server.(*Server).attach(h) }
	front.Play = func(server any, name string, content http.Handler) { server.(*Server).handler.Play(name, content) }
}

// attach makes the server the front of another one: see package front.
func (s *Server) attach(h front.Hub) front.Server {
	s.mu.Lock()
	s.front = h
	s.mu.Unlock()
	s.store.Shared().Clear()
	return front.Server{Shared: s.store.Shared(), Together: s.store.Together, OfferPlotly: s.offerPlotly}
}

// ofConnection has the messages that the server itself handles, also if it is the front of another one.
var ofConnection = map[string]bool{
	"SessionAckMessage":         true,
	"ClientStatsRequestMessage": true,
	"TimelineControlMessage":    true,
}

// forward passes a message on to the hub that the server is the front of.
func (c *Client) forward(m wire.Message) {
	if camera, ok := m.(*wire.ViewerCameraMessage); ok {
		c.moved(camera)
	} else if m.Type() != "FileTransferPart" {
		c.auditedChange("input passed on", m.Type(), slog.String("message", m.Type()))
	}
	c.front.Receive(m)
}

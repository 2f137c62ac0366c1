// Package front connects a viser.Server with a relay: what the server's clients are shown comes from elsewhere, and what
// they send goes there. So a relay has all that a server has: access, sessions that survive, windows for slow clients. Or
// the server's page plays a recording.
//
// The package has no code. It is how package viser offers this to packages of this module only.
package front

import (
	"context"
	"net/http"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A Hub receives the clients of a server.
type Hub interface {
	// Join is called for each new client. It does not wait, and calls no method of the server.
	Join(c Client) Peer
}

// A Peer receives what one client sends.
type Peer interface {
	// Receive handles a message that the client may send. Calls are sequential. It may wait, to slow down the page.
	Receive(m wire.Message)
	// Owns reports whether the element of the GUI is shown only to this client.
	Owns(uuid string) bool
}

// A Client is a page, until its Context ends. It remains while its connection is lost and may come back.
type Client struct {
	ID      int
	Scope   *state.Scope // what only it is shown
	Context context.Context
	// Extended reports whether the page speaks viser-go.v1.
	Extended bool
}

// A Server is what a Hub fills.
type Server struct {
	Shared *state.Scope // what all clients are shown
	// Together makes the changes of f one step.
	Together func(f func())
	// OfferPlotly lets upstream viser's pages show plots of Plotly.
	OfferPlotly func()
}

// Attach makes the hub that of a *viser.Server, which has no clients yet, and empties what the server shows. Package
// viser sets it.
var Attach func(server any, h Hub) Server

// Play makes the page of a *viser.Server play a recording, which content serves. name is the last part of its address.
// Package viser sets it.
var Play func(server any, name string, content http.Handler)

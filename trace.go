package viser

import (
	"context"
	"time"

	"github.com/viser-go/viser/internal/dispatch"
)

// A Trace has functions that a server calls around what it does. They are called by
// many goroutines concurrently, and without a lock; they should return soon. Nil
// functions cost nothing.
type Trace struct {
	// Callback is called before each callback of the program, by its goroutine. The
	// callback receives the returned context, which must derive from ctx; end is called
	// when it has returned, or panics.
	Callback func(ctx context.Context, c CallbackTrace) (traced context.Context, end func(panicked bool))
	// Window is called after each window was published. Further windows wait until it
	// returns.
	Window func(w WindowTrace)
}

// A CallbackTrace says which callback is called, as the log does.
type CallbackTrace struct {
	Name   string  // the event, such as "Slider.OnUpdate" or "OnClick"
	Label  string  // of the element of the GUI; "" if it has none, or the event is of another kind
	UUID   string  // of the element of the GUI, also in the audit records; "" for other events
	Node   string  // the name of the node; "" for other events
	Client *Client // that caused the event; nil for the program
}

// tracedCallback returns the function that the dispatcher calls, nil if callbacks are
// not traced.
func (s *Server) tracedCallback() func(context.Context, dispatch.Event) (context.Context, func(bool)) {
	trace := s.opts.Trace.Callback
	if trace == nil {
		return nil
	}
	return func(ctx context.Context, e dispatch.Event) (context.Context, func(bool)) {
		c, _ := e.Client.(*Client)
		return trace(ctx, CallbackTrace{Name: e.Name, Label: e.Label, UUID: e.UUID, Node: e.Node, Client: c})
	}
}

// eventArgs returns the attributes of a log record about a callback.
func eventArgs(e dispatch.Event) []any {
	args := []any{"callback", e.Name}
	if e.UUID != "" {
		args = append(args, "label", clip(e.Label), "uuid", e.UUID)
	}
	if e.Node != "" {
		args = append(args, "node", clip(e.Node))
	}
	if c, ok := e.Client.(*Client); ok {
		args = append(args, "client", c.id)
	}
	return args
}

// A WindowTrace describes how a window was published: a set of changes of the scene and
// the GUI that all clients share.
type WindowTrace struct {
	Start    time.Time     // when the changes were collected
	Duration time.Duration // until the clients' connections were notified
	Messages int           // the number of messages in it
}

// tracedWindow returns the function that the store calls, nil if windows are not traced.
func (s *Server) tracedWindow() func(time.Time, time.Duration, int) {
	trace := s.opts.Trace.Window
	if trace == nil {
		return nil
	}
	return func(start time.Time, took time.Duration, messages int) {
		defer func() {
			if reason := recover(); reason != nil {
				s.log.panicked(dispatch.Event{Name: "Options.Trace.Window"}, reason)
			}
		}()
		trace(WindowTrace{Start: start, Duration: took, Messages: messages})
	}
}

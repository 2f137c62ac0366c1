package viser

import (
	"context"
	"time"
)

// A Trace has functions that a server calls around what it does. They are called by
// many goroutines concurrently, and without a lock; they should return soon. Nil
// functions cost nothing.
type Trace struct {
	// Callback is called before each callback of the program, by its goroutine. name is
	// that of the log, such as "Slider.OnUpdate". The callback receives the returned
	// context, which must derive from ctx; end is called when it has returned, or panics.
	Callback func(ctx context.Context, name string) (traced context.Context, end func(panicked bool))
	// Window is called after each window was published. Further windows wait until it
	// returns.
	Window func(w WindowTrace)
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
				s.log.panicked("Options.Trace.Window", reason)
			}
		}()
		trace(WindowTrace{Start: start, Duration: took, Messages: messages})
	}
}

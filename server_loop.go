package viser

import (
	"context"
	"iter"
	"time"
)

// MustStart makes a server and starts it, for programs that have nothing to do
// without one: it panics with the error if the server cannot listen. The address
// is logged. [New] and [Server.Start] are the steps, for programs that
// fill the scene before clients connect, or stop the server by a context.
func MustStart(opts *Options) *Server {
	s := New(opts)
	if err := s.Start(context.Background()); err != nil {
		panic(err)
	}
	return s
}

// Ticks is a loop that moves things: it yields the time in seconds since it
// began, rate times a second, the first time at once:
//
//	for t := range server.Ticks(60) {
//		node.SetPosition(viser.Vec3{math.Cos(t), math.Sin(t), 0})
//	}
//
// If the body takes longer, ticks are left out: t is always the time that it is.
// The loop ends when the server closes, or at a break. It panics with a
// *UsageError if rate is not above 0 or not finite.
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

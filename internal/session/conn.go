package session

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/rate"
)

// session is one connection.
type session struct {
	server   *Server
	from     string // remote address, for the log
	ws       *websocket.Conn
	link     *link
	traffic  *Traffic
	peer     Peer    // nil until it joined
	out      message // that is being sent; of the writing goroutine
	pace     *rate.Bucket
	neighbor *neighbor // nil: the address is not bounded
	faults   *rate.Bucket

	ctx    context.Context // ends when the session stops
	cancel context.CancelFunc
	wg     sync.WaitGroup

	once  sync.Once
	cause error // set before ctx ends
}

// stop ends the session for a reason; the first one counts. It does not wait.
func (c *session) stop(cause error) {
	c.once.Do(func() {
		c.cause = cause
		c.cancel()
		c.wg.Go(c.shut)
	})
}

// stopFor is Info.Stop.
func (c *session) stopFor(why *CloseError) {
	if why == nil {
		c.stop(errDropped)
		return
	}
	c.stop(why)
}

var errDropped = errors.New("session: dropped, since its page has opened another connection")

// wait returns when all goroutines of the session have ended.
func (c *session) wait() {
	c.wg.Wait()
	c.link.wait()
}

// The time limit for a client's response to a close frame: ordinarily, and while the server closes, which
// waits for it.
const (
	handshakeTime = 5 * time.Second
	closingTime   = time.Second
)

// shut closes the connection: with a close handshake if the page is still there, else at once.
func (c *session) shut() {
	var ce *CloseError
	if !errors.As(c.cause, &ce) || ce.ByPage || ce.Code == NoResponse {
		_ = c.ws.CloseNow() // the error cannot be reported
		return
	}
	// While it waits for the response the websocket discards data that the client is still sending,
	// without a limit. This bounds it.
	c.link.allow(math.MaxInt64)
	answered := make(chan struct{})
	defer close(answered)
	c.wg.Go(func() { c.cutOff(answered) })
	_ = c.ws.Close(websocket.StatusCode(ce.Code), clipReason(ce.Reason)) // an error: the page did not answer
}

// cutOff ends the connection of a page that does not answer a close.
func (c *session) cutOff(answered <-chan struct{}) {
	patience := time.NewTimer(handshakeTime)
	defer patience.Stop()
	closing := c.server.closed
	for {
		select {
		case <-answered:
			return
		case <-closing:
			closing = nil
			patience.Reset(closingTime)
		case <-patience.C:
			_ = c.link.Close() // an error: it is closed
			return
		}
	}
}

// stalled is called when the page has taken nothing for Options.Stall.
func (c *session) stalled() {
	c.stop(&CloseError{Code: TooSlow, Reason: "too slow: this page read no data for " + c.server.opts.Stall.String()})
}

// leftError is the error for Peer.Left: nil if the page closed normally.
func (c *session) leftError() error {
	var ce *CloseError
	if errors.As(c.cause, &ce) && ce.ByPage && isOrdinary(ce.Code) {
		return nil
	}
	return c.cause
}

// isOrdinary reports whether the code is that of a page that was closed or left.
func isOrdinary(code Code) bool {
	switch websocket.StatusCode(code) {
	case websocket.StatusNormalClosure, websocket.StatusGoingAway, websocket.StatusNoStatusRcvd:
		return true
	}
	return false
}

// pinged is called for each ping of the page, between two reads. It bounds them as it does messages, and
// leaves those unanswered that the page would not read anyway: one pong answers all pings before it.
func (c *session) pinged(ctx context.Context, _ []byte) bool {
	if c.pace.Wait(ctx) != nil {
		return false
	}
	c.link.allowed.Add(maxControl) // pings are no part of a message
	return !c.link.full()
}

// maxControl is the size of the longest control frame.
const maxControl = 131

// silentPings is the number of intervals of silence after which a page counts as lost.
const silentPings = 3

// keepAlive pings a silent client, and ends the session if there is no response: after a suspended laptop or a lost
// network. It also pings any client whose statistics are read, to measure the round trip.
func (c *session) keepAlive() {
	interval := c.server.opts.PingInterval
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		asked := false
		select {
		case <-c.ctx.Done():
			return
		case <-c.traffic.asked:
			asked = true
		case <-tick.C:
		}
		silence := c.link.silence()
		switch {
		case c.link.busy(): // the link's own bound applies
		case silence >= silentPings*interval:
			c.stop(&CloseError{Code: NoResponse, Reason: "the page does not respond"})
			return
		case silence >= interval/2, asked && silence > 0: // silence is 0 while a response would not be read at once
			c.ping(interval)
		}
	}
}

// aliveTime is how long Info.Alive waits.
const aliveTime = 2 * time.Second

// alive is Info.Alive.
func (c *session) alive() bool {
	ctx, cancel := context.WithTimeout(c.ctx, aliveTime)
	defer cancel()
	return c.ws.Ping(ctx) == nil
}

// ping sends a ping and measures the time to its response. Any received byte shows that the client is there, so an
// error is ignored.
func (c *session) ping(patience time.Duration) {
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	began := time.Now()
	if c.ws.Ping(ctx) == nil {
		c.traffic.measured(began)
	}
}

package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/rate"
	"github.com/viser-go/viser/internal/wire"
)

// A page may send a few frames that are not messages (another version's, a tool's); if it sends more, it is closed with
// the reason.
const (
	faultsPerSecond = 1
	faultsAtOnce    = 20
)

// smallMessage is the size up to which messages are read into the session's own buffer. Larger ones (file parts,
// pictures) share a limited number of buffers.
const smallMessage = 1 << 20

// read receives messages until the session ends, and returns the reason.
func (c *session) read() error {
	in := inbox{limit: c.server.opts.MaxMessage, large: c.server.large, ctx: c.ctx, slow: c.sendsSlowly}
	for {
		c.link.allow(2*int64(in.limit) + 64<<10)
		// The background context, since one that can end costs two allocations for each read; the session
		// ends a read by closing the link.
		typ, r, err := c.ws.Reader(context.Background())
		if err != nil {
			return readError(err)
		}
		msg, done, err := in.next(r)
		if err != nil {
			return readError(err)
		}
		c.traffic.messages.Add(1)
		err = c.pace.Wait(c.ctx)
		if err == nil {
			err = c.neighbor.wait(c.ctx)
		}
		if err == nil {
			err = c.take(typ, msg)
		}
		done()
		if err != nil {
			return err
		}
	}
}

// sendsSlowly ends the session of a page that keeps a place for large messages from others.
func (c *session) sendsSlowly() {
	c.stop(&CloseError{Code: TooSlow, Reason: fmt.Sprintf("too slow: this page sent a large message at less than %d KiB/s, and others wait", largePace>>10)})
}

// take handles one inbound frame. Its error ends the session.
func (c *session) take(typ websocket.MessageType, frame []byte) error {
	if typ != websocket.MessageBinary {
		c.peer.Skip()
		return c.fault(errors.New("a text frame, where messages are binary"))
	}
	err := c.deliver(frame)
	var unknown *wire.UnknownTypeError
	if errors.As(err, &unknown) {
		c.server.unknown.Add(1)
		return nil
	}
	if err != nil {
		return c.fault(err)
	}
	return nil
}

// deliver decodes one message and hands it to the Peer. A panic is a bug that this message has triggered; it must not
// end the program.
func (c *session) deliver(frame []byte) (err error) {
	counted := false
	defer func() {
		if !counted {
			c.peer.Skip()
		}
		p := recover()
		if p == nil {
			return
		}
		err = errors.New("an internal error occurred in the handling of the message")
		if n, ok := c.server.quietPanic.Allow(); ok {
			c.server.opts.Logger.Error("panic while handling an inbound message", "panic", rate.Text(p), "at", rate.PanicPlace(), "from", c.from,
				"stack", rate.Stack(), "suppressed", n)
		}
	}()
	m, err := wire.Decode(frame, c.server.limits)
	if err != nil {
		return err
	}
	counted = true
	c.peer.Receive(m)
	return nil
}

// fault counts a frame that was no message; the error ends the session.
func (c *session) fault(why error) error {
	c.server.bad.Add(1)
	if n, ok := c.server.quietBad.Allow(); ok {
		c.server.opts.Logger.Warn("inbound frame skipped", "reason", rate.Text(why), "from", c.from, "suppressed", n)
	}
	if c.faults.Allow() {
		return nil
	}
	return &CloseError{Code: BadInput, Reason: fmt.Sprintf("too many bad messages, the last one: %v", why)}
}

// readError returns the cause of the session's end for an error of reading.
func readError(err error) error {
	var closed websocket.CloseError
	if errors.As(err, &closed) {
		return &CloseError{Code: Code(closed.Code), Reason: closed.Reason, ByPage: true}
	}
	var closing *CloseError
	if errors.As(err, &closing) {
		return closing
	}
	return fmt.Errorf("session: the connection broke: %w", err)
}

// inbox reads inbound messages.
//
// Most are a few hundred bytes: they are read into one reused buffer and copied to one of their own size,
// since a decoded message refers to its bytes. Memory grows with the received bytes, not with the
// announced size.
type inbox struct {
	limit int
	large chan struct{}
	ctx   context.Context
	slow  func() // ends the session
	buf   []byte
}

// A large message that all others wait for must be received at this pace, with a grace for each piece.
const (
	largePace  = 32 << 10 // bytes per second
	largePiece = 1 << 20
	largeGrace = 30 * time.Second
)

// firstBuffer is enough for what most pages send, cameras and values.
const firstBuffer = 512

// next reads one message. done is to be called when it has been handled.
func (in *inbox) next(r io.Reader) (msg []byte, done func(), err error) {
	if in.buf == nil {
		in.buf = make([]byte, firstBuffer)
	}
	n, err := fill(r, in.buf)
	for err == nil && len(in.buf) < min(smallMessage, in.limit+1) {
		in.buf = append(in.buf, make([]byte, len(in.buf))...)
		var more int
		more, err = fill(r, in.buf[n:])
		n += more
	}
	switch {
	case n > in.limit:
		return nil, nil, in.tooBig()
	case err == io.EOF:
		msg = bytes.Clone(in.buf[:n])
		in.shrink(n)
		return msg, func() {}, nil
	case err != nil:
		return nil, nil, err
	}
	return in.nextLarge(r)
}

// nextLarge reads on when buf is full.
func (in *inbox) nextLarge(r io.Reader) (msg []byte, done func(), err error) {
	select {
	case in.large <- struct{}{}:
	case <-in.ctx.Done():
		return nil, nil, context.Cause(in.ctx)
	}
	done = func() { <-in.large }
	msg, in.buf = in.buf, nil
	n := len(msg)
	for {
		if n == len(msg) {
			msg = append(msg, make([]byte, min(len(msg), in.limit+1-len(msg)))...)
		}
		more, err := in.fillInTime(r, msg[n:min(len(msg), n+largePiece)])
		n += more
		if n > in.limit {
			err = in.tooBig()
		}
		if err == io.EOF {
			return msg[:n:n], done, nil
		}
		if err != nil {
			done()
			return nil, nil, err
		}
	}
}

// fillInTime is fill for a piece of a large message. A sender that takes too long for it is closed if all places for
// large messages are taken.
func (in *inbox) fillInTime(r io.Reader, piece []byte) (n int, err error) {
	due := largeGrace + time.Duration(len(piece))*time.Second/largePace
	var watch *time.Timer
	watch = time.AfterFunc(math.MaxInt64, func() {
		if len(in.large) == cap(in.large) {
			in.slow()
			return
		}
		watch.Reset(largeGrace)
	})
	watch.Reset(due)
	defer watch.Stop()
	return fill(r, piece)
}

func (in *inbox) tooBig() error {
	return &CloseError{Code: TooBig, Reason: fmt.Sprintf("a message larger than %d bytes", in.limit)}
}

// shrink frees a buffer that was needed for a rare larger message.
func (in *inbox) shrink(used int) {
	if len(in.buf) > 64<<10 && used < len(in.buf)/4 {
		in.buf = nil
	}
}

// fill reads until buf is full (nil) or the message ends (io.EOF).
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var more int
		more, err = r.Read(buf[n:])
		n += more
	}
	return n, err
}

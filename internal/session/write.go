package session

import (
	"errors"

	"github.com/viser-go/viser/internal/wire"
)

// write sends what the Peer has until the session ends.
func (c *session) write() {
	for {
		f, err := c.peer.Next(c.ctx)
		if err != nil {
			if c.ctx.Err() == nil { // else the end is known, and err is a consequence
				c.stop(c.server.reason(err))
			}
			return
		}
		if err := c.sendFrame(f); err != nil {
			c.stop(readError(err))
			return
		}
		c.traffic.frames.Add(1)
	}
}

// sendFrame sends a frame as one websocket message and returns when the socket has taken it: whole if it is
// small, else in pieces between which control frames fit.
func (c *session) sendFrame(f *wire.Frame) error {
	c.out = message{session: c, left: f.Len()}
	_, err := f.WriteTo(&c.out)
	return err
}

// A message cuts what is written to it, and sends piece by piece.
type message struct {
	session *session
	left    int // bytes that are not yet written
	begun   bool
}

func (m *message) Write(data []byte) (written int, err error) {
	for written < len(data) {
		piece := data[written:min(len(data), written+pieceSize)]
		m.left -= len(piece)
		if err := m.session.link.send(m.opcode(), piece); err != nil {
			return written, err
		}
		if m.left > 0 && m.session.ctx.Err() != nil {
			return written, errStopped
		}
		written += len(piece)
	}
	return written, nil
}

// The first byte of a piece: whether it is the last one, and whether it is the first one (RFC 6455, 5.2).
const (
	opContinuation = 0x00
	opBinary       = 0x02
	opClose        = 0x08
	opcodes        = 0x0f
	finalPiece     = 0x80
)

// opcode returns the first byte of the next piece.
func (m *message) opcode() byte {
	first := byte(opContinuation)
	if !m.begun {
		first = opBinary
	}
	m.begun = true
	if m.left == 0 {
		first |= finalPiece
	}
	return first
}

var errStopped = errors.New("session: stopped")

package session

import (
	"context"
	"errors"
	"io"

	"github.com/coder/websocket"
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
	if f.Len() <= pieceSize {
		return c.link.send(func() error {
			return c.ws.Write(context.Background(), websocket.MessageBinary, f.Bytes())
		})
	}
	w, err := c.ws.Writer(context.Background(), websocket.MessageBinary)
	if err != nil {
		return err
	}
	if _, err := f.WriteTo(&pieces{session: c, w: w}); err != nil {
		return err
	}
	return c.link.send(w.Close)
}

// pieces cuts what is written to it, and sends piece by piece.
type pieces struct {
	session *session
	w       io.Writer
}

func (p *pieces) Write(data []byte) (written int, err error) {
	for written < len(data) {
		piece := data[written:min(len(data), written+pieceSize)]
		err := p.session.link.send(func() error {
			_, err := p.w.Write(piece)
			return err
		})
		if err != nil {
			return written, err
		}
		if p.session.ctx.Err() != nil {
			return written, errStopped
		}
		written += len(piece)
	}
	return written, nil
}

var errStopped = errors.New("session: stopped")

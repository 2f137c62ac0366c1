package rawclient

import (
	"context"
	"fmt"
	"time"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"
)

// Patience bounds every wait for a server's response.
const Patience = 20 * time.Second

// Stock is the subprotocol that viser 1.1.1's client offers.
const Stock = "viser-v1.1.1"

// A Client is one viewer's socket. Its methods are for one goroutine.
type Client struct {
	conn *websocket.Conn
}

// Dial connects to addr ("host:port") and offers the given subprotocols.
func Dial(ctx context.Context, addr string, subprotocols ...string) (*Client, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws://"+addr+"/", &websocket.DialOptions{Subprotocols: subprotocols})
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", addr, err)
	}
	conn.SetReadLimit(-1)
	return &Client{conn: conn}, nil
}

// Subprotocol is the one that the server chose.
func (c *Client) Subprotocol() string { return c.conn.Subprotocol() }

// Read returns the messages of the next frame.
func (c *Client) Read(ctx context.Context) ([]Message, error) {
	frame, err := c.ReadFrame(ctx)
	if err != nil {
		return nil, err
	}
	return DecodeFrame(frame)
}

// ReadFrame returns the next frame undecoded.
func (c *Client) ReadFrame(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	kind, frame, err := c.conn.Read(ctx)
	if err != nil {
		return nil, err
	}
	if kind != websocket.MessageBinary {
		return nil, fmt.Errorf("the server sent a text frame: %.80q", frame)
	}
	return frame, nil
}

// ReadUntil returns whole frames' messages, up to the frame with the first message for
// which last returns true. It calls last for every message, once, in order.
func (c *Client) ReadUntil(ctx context.Context, last func(Message) bool) ([]Message, error) {
	var all []Message
	for {
		frame, err := c.Read(ctx)
		if err != nil {
			return all, err
		}
		all = append(all, frame...)
		done := false
		for _, m := range frame {
			done = last(m) || done
		}
		if done {
			return all, nil
		}
	}
}

// Replay reads up to and with ReplayDoneMessage.
func (c *Client) Replay(ctx context.Context) ([]Message, error) {
	return c.ReadUntil(ctx, OfType("ReplayDoneMessage"))
}

// OfType returns a condition for ReadUntil.
func OfType(name string) func(Message) bool {
	return func(m Message) bool { return m.Type() == name }
}

// Send sends one message as a web client does: a bare msgpack map.
func (c *Client) Send(ctx context.Context, m Message) error {
	raw, err := msgp.AppendIntf(nil, map[string]any(m))
	if err != nil {
		return fmt.Errorf("encode %s: %w", m.Type(), err)
	}
	return c.SendRaw(ctx, raw)
}

// SendRaw sends a frame of any bytes.
func (c *Client) SendRaw(ctx context.Context, frame []byte) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	return c.conn.Write(ctx, websocket.MessageBinary, frame)
}

// SendText sends a text frame, which is invalid.
func (c *Client) SendText(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	return c.conn.Write(ctx, websocket.MessageText, []byte(text))
}

// Ping waits for the server's pong. Another goroutine must be reading.
func (c *Client) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	return c.conn.Ping(ctx)
}

// Close closes the connection without waiting for the server's close frame, as a closed
// tab does.
func (c *Client) Close() { _ = c.conn.CloseNow() }

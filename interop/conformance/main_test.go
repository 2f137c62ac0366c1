package conformance_test

import (
	"context"
	"log/slog"
	"testing"

	"go.uber.org/goleak"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/interop/internal/rawclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type message = rawclient.Message

// dialect is the subprotocol of this project's client.
const dialect = "viser-go.v1"

func start(t *testing.T) *viser.Server {
	t.Helper()
	server := viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(slog.DiscardHandler)})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return server
}

func dial(t *testing.T, server *viser.Server, subprotocols ...string) *rawclient.Client {
	t.Helper()
	c, err := rawclient.Dial(t.Context(), server.Addr().String(), subprotocols...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// join connects a plain viewer and returns it with its replay.
func join(t *testing.T, server *viser.Server) (*rawclient.Client, []message) {
	t.Helper()
	c := dial(t, server, rawclient.Stock)
	replay, err := c.Replay(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c, replay
}

// connect joins and sends the first camera message, and returns the handle.
func connect(t *testing.T, server *viser.Server) (*rawclient.Client, *viser.Client) {
	t.Helper()
	before := map[int]bool{}
	for c := range server.Clients() {
		before[c.ID()] = true
	}
	c, _ := join(t, server)
	came := make(chan *viser.Client, 16)
	off := server.OnClientConnect(func(_ context.Context, c *viser.Client) { came <- c })
	defer off()
	send(t, c, camera())
	for {
		if handle := receive(t, came); !before[handle.ID()] {
			return c, handle
		}
	}
}

func camera() message {
	return message{
		"type": "ViewerCameraMessage", "wxyz": []any{1, 0, 0, 0}, "position": []any{0, 0, -5},
		"fov": 1, "near": 0.01, "far": 1000, "image_height": 480, "image_width": 640,
		"look_at": []any{0, 0, 0}, "up_direction": []any{0, -1, 0},
	}
}

func send(t *testing.T, c *rawclient.Client, m message) {
	t.Helper()
	if err := c.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

func readUntil(t *testing.T, c *rawclient.Client, last func(message) bool) []message {
	t.Helper()
	messages, err := c.ReadUntil(t.Context(), last)
	if err != nil {
		t.Fatal(err)
	}
	return messages
}

func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), rawclient.Patience)
	defer cancel()
	select {
	case v := <-from:
		return v
	case <-ctx.Done():
		t.Fatal("the wait timed out")
		panic("unreachable")
	}
}

// about returns the messages of a type for a node.
func about(messages []message, typ, name string) []message {
	var found []message
	for _, m := range messages {
		if m.Type() == typ && m["name"] == name {
			found = append(found, m)
		}
	}
	return found
}

// labeled reports whether a message sets the panel's label to text, which is the marker
// at the end of what these tests examine.
func labeled(text string) func(message) bool {
	return func(m message) bool { return m.Type() == "SetGuiPanelLabelMessage" && m["label"] == text }
}

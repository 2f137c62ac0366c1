package conformance_test

import (
	"errors"
	"testing"

	"github.com/coder/websocket"
)

func TestPoint1Subprotocols(t *testing.T) {
	server := start(t)
	for _, c := range []struct {
		name   string
		offer  []string
		chosen string
		reason string // "" when the viewer is let in.
	}{
		{"stock", []string{"viser-v1.1.1"}, "viser-v1.1.1", ""},
		{"another 1.1", []string{"viser-v1.1.0"}, "viser-v1.1.0", ""},
		{"extended", []string{dialect, "viser-v1.1.1"}, dialect, ""},
		{"extended, offered last", []string{"viser-v1.1.1", dialect}, dialect, ""},
		{"too old", []string{"viser-v1.0.21"}, "viser-v1.0.21", "Version mismatch. Client: 1.0.21, Server: 1.1.1"},
		{"too new", []string{"viser-v1.2.0"}, "viser-v1.2.0", "Version mismatch. Client: 1.2.0, Server: 1.1.1"},
		{"a stranger's", []string{"chat"}, "", "Version mismatch. Client: unknown, Server: 1.1.1"},
		{"none", nil, "", "Version mismatch. Client: unknown, Server: 1.1.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			viewer := dial(t, server, c.offer...)
			if got := viewer.Subprotocol(); got != c.chosen {
				t.Errorf("chosen %q, want %q", got, c.chosen)
			}
			_, err := viewer.Replay(t.Context())
			if c.reason == "" {
				if err != nil {
					t.Errorf("replay: %v", err)
				}
				return
			}
			var closed websocket.CloseError
			if !errors.As(err, &closed) || closed.Code != 1002 || closed.Reason != c.reason {
				t.Errorf("ended by %v, want close 1002 %q", err, c.reason)
			}
		})
	}
}

func TestPoint12ConnectedAfterCamera(t *testing.T) {
	server := start(t)
	ids := func() (list []int) {
		for c := range server.Clients() {
			list = append(list, c.ID())
		}
		return list
	}
	join(t, server) // Client 0 never sends its camera.
	one, first := connect(t, server)
	if got := ids(); len(got) != 1 || got[0] != 1 {
		t.Fatalf("clients %v, want only number 1", got)
	}
	if _, known := server.Client(0); known {
		t.Error("number 0 counts as connected without a camera message")
	}
	one.Close()
	receive(t, first.Context().Done())
	if _, second := connect(t, server); second.ID() != 2 {
		t.Errorf("the next client is number %d, want 2", second.ID())
	}
}

func TestInvalidInputClosesOnlyItsSender(t *testing.T) {
	server := start(t)
	good, handle := connect(t, server)
	for name, frame := range map[string][]byte{
		"not msgpack":      {0xc1},
		"not a map":        {0x01},
		"a truncated map":  {0x81, 0xa4, 't', 'y', 'p', 'e'},
		"a lying length":   {0xdf, 0xff, 0xff, 0xff, 0xff},
		"an unknown type":  {0x81, 0xa4, 't', 'y', 'p', 'e', 0xa3, 'F', 'o', 'o'},
		"a type of number": {0x81, 0xa4, 't', 'y', 'p', 'e', 0x07},
		"nothing":          {},
	} {
		bad, _ := join(t, server)
		if err := bad.SendRaw(t.Context(), frame); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		bad.Close()
	}
	text, _ := join(t, server)
	if err := text.SendText(t.Context(), "hello"); err != nil {
		t.Error(err)
	}
	server.GUI().SetPanelLabel("still here")
	readUntil(t, good, labeled("still here"))
	if err := handle.Context().Err(); err != nil {
		t.Errorf("the good client's context: %v", err)
	}
}

func TestPlainDialectHasNoExtensions(t *testing.T) {
	server := start(t)
	box := server.Scene().AddBox("/box", nil)
	viewer, replay := join(t, server)
	created := about(replay, "BoxMessage", "/box")
	if len(created) != 1 {
		t.Fatalf("creates of /box: %v", created)
	}
	if _, extended := created[0]["id"]; extended {
		t.Error("a plain viewer received an id")
	}
	server.Atomic(func() {
		for i := range 300 {
			box.SetPosition([3]float64{float64(i)})
		}
		server.GUI().SetPanelLabel("moved")
	})
	for _, m := range readUntil(t, viewer, labeled("moved")) {
		if m.Type() == "PackedPosesMessage" {
			t.Error("a plain viewer receives packed poses")
		}
	}
	extended := dial(t, server, dialect)
	replay, err := extended.Replay(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := about(replay, "BoxMessage", "/box")[0]["id"].(float64); !ok {
		t.Error("our client received no id")
	}
}

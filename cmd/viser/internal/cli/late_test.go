package cli

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/coder/websocket"

	"github.com/viser-go/viser/internal/recording"
	"github.com/viser-go/viser/internal/wire"
)

// lateServer sends a node's position in a frame of its own, after the one that says that all is there, as Python's viser
// does with what changes while a page connects.
func lateServer(t *testing.T) string {
	t.Helper()
	frame := func(messages ...wire.Message) []byte {
		var b wire.FrameBuilder
		for _, m := range messages {
			raw := wire.RawOf(m)
			b.Message(raw.B, raw.Refs)
		}
		return b.Finish(0).Bytes()
	}
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"viser-v1.1.1"}})
		if err != nil {
			return
		}
		defer ws.CloseNow()
		for _, f := range [][]byte{
			frame(&wire.FrameMessage{SceneHeader: wire.SceneHeader{Name: "/f"}}, &wire.ReplayDoneMessage{}),
			frame(&wire.SetPositionMessage{Name: "/f", Position: [3]float64{1, 2, 3}}),
		} {
			if ws.Write(r.Context(), websocket.MessageBinary, f) != nil {
				return
			}
		}
		ws.Read(r.Context()) // until it leaves
	}))
	t.Cleanup(host.Close)
	return host.URL
}

// TestLateValues: what comes right after the connection belongs to what the server shows at first.
func TestLateValues(t *testing.T) {
	url := lateServer(t)
	path := filepath.Join(t.TempDir(), "x.viser")
	sys, _, log := system()
	if code := Run(t.Context(), []string{"record", url, "-o", path, "--for", "50ms"}, sys); code != 0 {
		t.Fatalf("exit code %d: %s", code, log)
	}
	r, err := recording.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	at := 0
	for e := range r.Entries(-1, 0) {
		if e.Message.Type == "SetPositionMessage" && e.Message.Text("name") == "/f" {
			at++
		}
	}
	if at != 1 {
		t.Errorf("the beginning of the recording has %d positions of the node, not 1", at)
	}
	if _, kinds := exported(t, url); kinds["SetPositionMessage"] == 0 {
		t.Errorf("the page has %v", kinds)
	}
}

package upstream

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/viser-go/viser/internal/wire"
)

// serve runs handle for each connection to a server that selects the first protocol of viser's, as the Python one does.
func serve(t *testing.T, handle func(ctx context.Context, ws *websocket.Conn, r *http.Request)) string {
	t.Helper()
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var offered []string
		for p := range strings.SplitSeq(r.Header.Get("Sec-WebSocket-Protocol"), ",") {
			if p = strings.TrimSpace(p); strings.HasPrefix(p, "viser-v") {
				offered = append(offered, p)
			}
		}
		ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: offered})
		if err != nil {
			return
		}
		defer ws.CloseNow()
		handle(r.Context(), ws, r)
	}))
	t.Cleanup(host.Close)
	return host.URL
}

// frame is a frame with the messages.
func frame(messages ...wire.Message) []byte {
	var b wire.FrameBuilder
	for _, m := range messages {
		raw := wire.RawOf(m)
		b.Message(raw.B, raw.Refs)
	}
	return b.Finish(0).Bytes()
}

// say sends frames, and then waits until the client has left.
func say(frames ...[]byte) func(context.Context, *websocket.Conn, *http.Request) {
	return func(ctx context.Context, ws *websocket.Conn, _ *http.Request) {
		for _, f := range frames {
			if ws.Write(ctx, websocket.MessageBinary, f) != nil {
				return
			}
		}
		ws.Read(ctx)
	}
}

func dialTo(t *testing.T, o Options) *Conn {
	t.Helper()
	c, err := Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestFramesArriveInOrder(t *testing.T) {
	big := &wire.PointCloudMessage{SceneHeader: wire.SceneHeader{Name: "/big"}, Props: wire.PointCloudProps{Points: wire.Float32s(make([]float32, 300_000)), Colors: wire.Uint8s([]byte{1, 2, 3})}}
	url := serve(t, say(frame(&wire.ReplayDoneMessage{}), frame(big), frame(big), frame(&wire.SetGuiPanelLabelMessage{})))
	c := dialTo(t, Options{URL: url})
	if c.Dialect() != wire.Plain {
		t.Error("the server has not selected viser-go.v1")
	}
	for i, want := range []string{"ReplayDoneMessage", "PointCloudMessage", "PointCloudMessage", "SetGuiPanelLabelMessage"} {
		w, err := c.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Messages) != 1 || w.Messages[0].Type != want {
			t.Fatalf("frame %d: %+v", i, w.Messages)
		}
		if want == "PointCloudMessage" && (len(w.Messages[0].Refs) != 2 || w.Messages[0].Refs[0].Len() != 1_200_000) {
			t.Errorf("frame %d: the arrays are %d", i, len(w.Messages[0].Refs))
		}
	}
}

func TestSend(t *testing.T) {
	got := make(chan []byte, 1)
	url := serve(t, func(ctx context.Context, ws *websocket.Conn, _ *http.Request) {
		ws.Write(ctx, websocket.MessageBinary, frame(&wire.ReplayDoneMessage{}))
		_, data, _ := ws.Read(ctx)
		got <- data
	})
	c := dialTo(t, Options{URL: url})
	if err := c.Send(t.Context(), []byte("hello")); err != nil {
		t.Fatal(err)
	}
	if data := <-got; string(data) != "hello" {
		t.Errorf("the server received %q", data)
	}
}

// pickVersion refuses all versions but one, as the Python server does.
func pickVersion(version string) func(context.Context, *websocket.Conn, *http.Request) {
	return func(ctx context.Context, ws *websocket.Conn, r *http.Request) {
		client := strings.TrimPrefix(ws.Subprotocol(), "viser-v")
		if client != version {
			ws.Close(websocket.StatusProtocolError, "Version mismatch. Client: "+client+", Server: "+version)
			return
		}
		say(frame(&wire.ReplayDoneMessage{}))(ctx, ws, r)
	}
}

func TestOtherRelease(t *testing.T) {
	c := dialTo(t, Options{URL: serve(t, pickVersion("1.1.7"))})
	if _, err := c.Next(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOtherVersion(t *testing.T) {
	_, err := Dial(t.Context(), Options{URL: serve(t, pickVersion("1.0.21"))})
	var v *VersionError
	if !errors.As(err, &v) || v.Server != "1.0.21" {
		t.Errorf("the error is %v", err)
	}
}

func TestNoViserServer(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	locked := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	t.Cleanup(locked.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for url, want := range map[string]string{
		plain.URL:                 "no websocket",
		locked.URL + "?token=abc": "token missing or wrong",
		gone.URL + "?token=abc":   "nothing listens there",
		strings.Replace(plain.URL, "http:", "https:", 1): "try http",
		"ftp://host":            "neither http",
		"http://?token=abc":     "no host",
		"http://[::1?token=abc": "not a URL",
		serve(t, func(ctx context.Context, ws *websocket.Conn, _ *http.Request) {
			ws.Write(ctx, websocket.MessageText, []byte("hi"))
		}): "text frame",
	} {
		_, err := Dial(t.Context(), Options{URL: url})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, without %q", url, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "abc") {
			t.Errorf("the error has the token: %v", err)
		}
	}
}

func TestTokenIsSent(t *testing.T) {
	tokens := make(chan []string, 3)
	url := serve(t, func(ctx context.Context, ws *websocket.Conn, r *http.Request) {
		tokens <- append([]string{r.URL.Path}, r.URL.Query()["token"]...)
		say(frame(&wire.ReplayDoneMessage{}))(ctx, ws, r)
	})
	for _, o := range []Options{
		{URL: url + "/deep/?token=abc&darkMode"},
		{URL: strings.TrimPrefix(url, "http://") + "/deep/", Token: "abc"},
		{URL: strings.Replace(url, "http", "ws", 1) + "/deep/?token=other", Token: "abc"},
	} {
		dialTo(t, o)
		if got := <-tokens; !slices.Equal(got, []string{"/deep/", "abc"}) {
			t.Errorf("%+v: the server received %q", o, got)
		}
	}
}

func TestGarbage(t *testing.T) {
	c := dialTo(t, Options{URL: serve(t, say(frame(&wire.ReplayDoneMessage{}), []byte("no frame at all")))})
	if _, err := c.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	var g *GarbageError
	if _, err := c.Next(t.Context()); !errors.As(err, &g) {
		t.Errorf("the error is %v", err)
	}
}

func TestTooLargeFrame(t *testing.T) {
	c := dialTo(t, Options{URL: serve(t, say(frame(&wire.ReplayDoneMessage{}), make([]byte, 20_000))), MaxFrame: 10_000})
	if _, err := c.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	var g *GarbageError
	if _, err := c.Next(t.Context()); !errors.As(err, &g) {
		t.Errorf("the error is %v", err)
	}
}

func TestEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		end  func(*websocket.Conn)
		want string
	}{
		"closed":   {func(ws *websocket.Conn) { ws.Close(websocket.StatusGoingAway, "bye") }, io.EOF.Error()},
		"broken":   {func(ws *websocket.Conn) { ws.CloseNow() }, io.EOF.Error()},
		"a reason": {func(ws *websocket.Conn) { ws.Close(4003, "the server is full") }, "the server is full"},
	} {
		c := dialTo(t, Options{URL: serve(t, func(ctx context.Context, ws *websocket.Conn, _ *http.Request) {
			ws.Write(ctx, websocket.MessageBinary, frame(&wire.ReplayDoneMessage{}))
			tt.end(ws)
		})})
		if _, err := c.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Next(t.Context()); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

func TestStall(t *testing.T) {
	over := make(chan struct{})
	defer close(over)
	url := serve(t, func(ctx context.Context, ws *websocket.Conn, _ *http.Request) {
		ws.Write(ctx, websocket.MessageBinary, frame(&wire.ReplayDoneMessage{}))
		<-over // and reads no ping
	})
	c := dialTo(t, Options{URL: url, Stall: 50 * time.Millisecond})
	if _, err := c.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Next(t.Context()); err != ErrStalled {
		t.Errorf("the error is %v", err)
	}
}

// TestQuiet has a server that sends nothing, but responds to pings: it does not stall.
func TestQuiet(t *testing.T) {
	again := make(chan struct{})
	url := serve(t, func(ctx context.Context, ws *websocket.Conn, _ *http.Request) {
		ws.Write(ctx, websocket.MessageBinary, frame(&wire.ReplayDoneMessage{}))
		go func() {
			<-again
			ws.Write(ctx, websocket.MessageBinary, frame(&wire.SetGuiPanelLabelMessage{}))
		}()
		ws.Read(ctx)
	})
	c := dialTo(t, Options{URL: url, Stall: 40 * time.Millisecond})
	if _, err := c.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, func() { close(again) })
	if _, err := c.Next(t.Context()); err != nil {
		t.Errorf("the error is %v", err)
	}
}

func TestContextEndsNext(t *testing.T) {
	c := dialTo(t, Options{URL: serve(t, say(frame(&wire.ReplayDoneMessage{})))})
	if _, err := c.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := c.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// TestDialWaitsForTheVersion has a server that accepts, and then sends nothing.
func TestDialWaitsForTheVersion(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Dial(ctx, Options{URL: serve(t, say())}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v", err)
	}
}

// TestNoAnswer has a listener that accepts nothing.
func TestNoAnswer(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if _, err := Dial(t.Context(), Options{URL: ln.Addr().String(), Answer: 50 * time.Millisecond}); err != ErrNoAnswer {
		t.Errorf("the error is %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Dial(ctx, Options{URL: ln.Addr().String()}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: the error is %v", err)
	}
}

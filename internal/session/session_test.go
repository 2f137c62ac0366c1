package session_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// inBubble runs f with a test server in a bubble, and closes the server after it.
func inBubble(t *testing.T, opts session.Options, f func(t *testing.T, h *house)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(opts)
		defer h.close()
		f(t, h)
	})
}

func TestNegotiation(t *testing.T) {
	const mismatch = "Version mismatch. Client: %, Server: 1.1.1"
	for _, c := range []struct {
		offered []string
		answer  string
		dialect wire.Dialect
		refused string // version text in the reason
	}{
		{[]string{"viser-go.v1", "viser-v1.1.1"}, "viser-go.v1", wire.Extended, ""},
		{[]string{"viser-v1.1.1", "viser-go.v1"}, "viser-go.v1", wire.Extended, ""},
		{[]string{"viser-go.v1.blobs", "viser-go.v1", "viser-v1.1.1"}, "viser-go.v1.blobs", wire.Extended, ""},
		{[]string{"viser-go.v1.own", "viser-v1.1.1"}, "viser-go.v1.own", wire.Extended, ""},
		{[]string{"viser-v1.1.1"}, "viser-v1.1.1", wire.Plain, ""},
		{[]string{"viser-v1.1.0"}, "viser-v1.1.0", wire.Plain, ""},
		{[]string{"viser-v1.1.27"}, "viser-v1.1.27", wire.Plain, ""},
		{[]string{"viser-v2.0.0", "viser-v1.1.1"}, "viser-v1.1.1", wire.Plain, ""},
		{[]string{"viser-v1.0.21"}, "viser-v1.0.21", 0, "1.0.21"},
		{[]string{"viser-v1.2.0"}, "viser-v1.2.0", 0, "1.2.0"},
		{[]string{"viser-v1.1.1rc1"}, "viser-v1.1.1rc1", 0, "1.1.1rc1"},
		{[]string{"viser-v1.1."}, "viser-v1.1.", 0, "1.1."},
		{[]string{"viser-v11.1.1"}, "viser-v11.1.1", 0, "11.1.1"},
		{[]string{"viser-v3", "viser-v4"}, "viser-v3", 0, "3"},
		{[]string{"viser-go.v2", "viser-v2.0.0"}, "viser-v2.0.0", 0, "2.0.0"},
		{[]string{"viser-go.v2"}, "viser-go.v2", 0, "unknown"},
		{[]string{"mqtt"}, "", 0, "unknown"},
		{[]string{}, "", 0, "unknown"},
		{[]string{"viser-v" + strings.Repeat("9", 200)}, "viser-v" + strings.Repeat("9", 200), 0, strings.Repeat("9", 64)},
	} {
		inBubble(t, session.Options{}, func(t *testing.T, h *house) {
			if c.offered == nil {
				t.Fatal("page would offer the default")
			}
			page := h.page(t, append(c.offered, "other")...)
			if got := page.Subprotocol(); got != c.answer {
				t.Errorf("offered %q: answered %q, want %q", c.offered, got, c.answer)
			}
			if c.refused == "" {
				if p := <-h.peers; p.dialect != c.dialect || p.info.Protocol != c.answer {
					t.Errorf("offered %q: joined as %v, %q", c.offered, p.dialect, p.info.Protocol)
				}
				page.CloseNow()
				return
			}
			code, reason := closedWith(t, page)
			if want := strings.Replace(mismatch, "%", c.refused, 1); code != 1002 || reason != want {
				t.Errorf("offered %q: %d %q, want 1002 %q", c.offered, code, reason, want)
			}
			if len(h.peers) > 0 {
				t.Errorf("offered %q: joined nevertheless", c.offered)
			}
		})
	}
}

func TestMessagesBothWays(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.page(t)
		p := <-h.peers
		if p.info.Header.Get("Sec-WebSocket-Key") == "" || p.info.RemoteAddr == "" {
			t.Errorf("the hub learns nothing of the page: %+v", p.info)
		}
		for _, id := range []string{"a", "b", strings.Repeat("c", 100_000), strings.Repeat("d", 3<<20), "e"} {
			if err := page.Write(t.Context(), websocket.MessageBinary, inbound(click(id))); err != nil {
				t.Fatal(err)
			}
			m, ok := (<-p.got).(*wire.GuiUpdateMessage)
			if !ok || m.UUID != id {
				t.Fatalf("an id of %d letters came as %T", len(id), m)
			}
		}
		for _, f := range frames {
			p.out <- f
			expect(t, page, f)
		}
		page.Close(websocket.StatusGoingAway, "")
		if err := <-p.left; err != nil {
			t.Errorf("a page that went: %v, want nil", err)
		}
	})
}

// What a message refers to must not change when the next one is read.
func TestMessagesKeepTheirBytes(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.page(t)
		p := <-h.peers
		for i := range 10 {
			content := make([]byte, 1000)
			for k := range content {
				content[k] = byte(i)
			}
			part := &wire.FileTransferPart{TransferUUID: "t", PartIndex: i, Content: content}
			if err := page.Write(t.Context(), websocket.MessageBinary, inbound(part)); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		for i := range 10 {
			m, ok := (<-p.got).(*wire.FileTransferPart)
			if !ok || m.PartIndex != i || m.Content[0] != byte(i) || m.Content[999] != byte(i) {
				t.Fatalf("part %d was overwritten: %+v", i, m)
			}
		}
		page.CloseNow()
	})
}

func TestEnds(t *testing.T) {
	custom := &session.CloseError{Code: 4100, Reason: "because"}
	for _, c := range []struct {
		what string
		opts session.Options
		do   func(t *testing.T, h *house, page *websocket.Conn, p *peer)
		code websocket.StatusCode
		why  string
		left func(error) bool
	}{
		{
			what: "the server closes",
			do:   func(t *testing.T, h *house, _ *websocket.Conn, _ *peer) { go h.sessions.Close() },
			code: 1001, why: "the server is closing", left: hasCode(session.GoingAway),
		}, {
			what: "the hub closes",
			do:   func(t *testing.T, _ *house, _ *websocket.Conn, p *peer) { close(p.out) },
			code: 1001, why: "the server is closing", left: hasCode(session.GoingAway),
		}, {
			what: "a message above the limit",
			opts: session.Options{MaxMessage: 10_000},
			do:   func(t *testing.T, _ *house, page *websocket.Conn, _ *peer) { send(t, page, make([]byte, 10_001)) },
			code: 1009, why: "a message larger than 10000 bytes", left: hasCode(session.TooBig),
		}, {
			what: "a large message above the limit",
			opts: session.Options{MaxMessage: 3 << 20},
			do:   func(t *testing.T, _ *house, page *websocket.Conn, _ *peer) { send(t, page, make([]byte, 3<<20+1)) },
			code: 1009, why: "a message larger than 3145728 bytes", left: hasCode(session.TooBig),
		}, {
			what: "endless invalid frames",
			do: func(t *testing.T, _ *house, page *websocket.Conn, _ *peer) {
				for range 21 {
					send(t, page, []byte{0xc1})
				}
			},
			code: 4002, why: "too many bad messages, the last one: wire: byte 0: want a map, got an invalid byte", left: hasCode(session.BadInput),
		}, {
			what: "text without end",
			do: func(t *testing.T, _ *house, page *websocket.Conn, _ *peer) {
				for range 21 {
					if err := page.Write(t.Context(), websocket.MessageText, []byte("hi")); err != nil {
						t.Error(err)
					}
				}
			},
			code: 4002, why: "too many bad messages, the last one: a text frame, where messages are binary", left: hasCode(session.BadInput),
		}, {
			what: "the page breaks off",
			do:   func(_ *testing.T, _ *house, page *websocket.Conn, _ *peer) { page.CloseNow() },
			left: func(err error) bool { return err != nil && !errors.As(err, new(*session.CloseError)) },
		}, {
			what: "the page closes with a fault of its own",
			do:   func(_ *testing.T, _ *house, page *websocket.Conn, _ *peer) { page.Close(4321, "mine") },
			left: func(err error) bool {
				var ce *session.CloseError
				return errors.As(err, &ce) && ce.ByPage && ce.Code == 4321 && ce.Reason == "mine"
			},
		},
	} {
		inBubble(t, c.opts, func(t *testing.T, h *house) {
			page := h.page(t)
			p := <-h.peers
			c.do(t, h, page, p)
			if c.code != 0 {
				if code, why := closedWith(t, page); code != c.code || why != c.why {
					t.Errorf("%s: the client received %d %q, want %d %q", c.what, code, why, c.code, c.why)
				}
			}
			if err := <-p.left; !c.left(err) {
				t.Errorf("%s: the peer received %v", c.what, err)
			}
			h.close()
			if len(p.left) > 0 {
				t.Errorf("%s: Left was called twice", c.what)
			}
		})
	}
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		h.join = func(wire.Dialect, session.Info) error { return custom }
		if code, why := closedWith(t, h.page(t)); code != 4100 || why != "because" {
			t.Errorf("the hub's own refusal: %d %q", code, why)
		}
		h.join = func(wire.Dialect, session.Info) error { return errors.New("secret") }
		if code, why := closedWith(t, h.page(t)); code != 1011 || strings.Contains(why, "secret") {
			t.Errorf("a fault of the hub: %d %q", code, why)
		}
	})
}

func hasCode(code session.Code) func(error) bool {
	return func(err error) bool {
		var ce *session.CloseError
		return errors.As(err, &ce) && ce.Code == code && !ce.ByPage
	}
}

func send(t *testing.T, page *websocket.Conn, data []byte) {
	t.Helper()
	if err := page.Write(t.Context(), websocket.MessageBinary, data); err != nil {
		t.Error(err)
	}
}

// Occasional invalid frames, types of another version, a panic in the peer: the session continues.
func TestInvalidInputIsSkipped(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.page(t)
		p := <-h.peers
		p.receive = func(m wire.Message) {
			if u, ok := m.(*wire.GuiUpdateMessage); ok && u.UUID == "boom" {
				panic("a bug")
			}
			p.got <- m
		}
		for range 30 {
			send(t, page, []byte("\x81\xa4type\xa3Odd"))
			send(t, page, []byte("no message"))
			<-time.After(2 * time.Second)
		}
		for range 5000 {
			send(t, page, []byte("\x81\xa4type\xa3Odd"))
		}
		send(t, page, inbound(click("boom")))
		send(t, page, inbound(click("fine")))
		if m := (<-p.got).(*wire.GuiUpdateMessage); m.UUID != "fine" {
			t.Errorf("got %q", m.UUID)
		}
		s := h.sessions.Stats()
		if s.BadFrames != 31 || s.UnknownTypes != 5030 || s.Clients != 1 {
			t.Errorf("counted %+v", s)
		}
		page.CloseNow()
	})
}

func TestFullServer(t *testing.T) {
	inBubble(t, session.Options{MaxClients: 2}, func(t *testing.T, h *house) {
		first, second := h.page(t), h.page(t)
		if code, why := closedWith(t, h.page(t)); code != 4003 || !strings.Contains(why, "full") {
			t.Errorf("third page: %d %q", code, why)
		}
		first.Close(websocket.StatusNormalClosure, "")
		<-(<-h.peers).left
		synctest.Wait()
		third := h.page(t)
		<-h.peers // of the second
		p := <-h.peers
		p.out <- hello
		expect(t, third, hello)
		second.CloseNow()
		third.CloseNow()
	})
}

// Connections far above the limit are refused without a handshake.
func TestFullServerBoundsItsRefusals(t *testing.T) {
	inBubble(t, session.Options{MaxClients: 1}, func(t *testing.T, h *house) {
		first := h.page(t)
		var raws []interface{ Close() error }
		for range 64 {
			raws = append(raws, h.raw(t)) // these never answer the close
		}
		transport := &http.Transport{DialContext: h.ln.dialContext}
		_, r, err := websocket.Dial(t.Context(), "ws://localhost/", &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
		if err == nil || r == nil || r.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%v, %v; want 503", r, err)
		}
		transport.CloseIdleConnections()
		for _, c := range raws {
			c.Close()
		}
		first.CloseNow()
	})
}

func TestRequestAfterClose(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		h.sessions.Close()
		transport := &http.Transport{DialContext: h.ln.dialContext}
		_, r, err := websocket.Dial(t.Context(), "ws://localhost/", &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
		if err == nil || r == nil || r.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%v, %v; want 503", r, err)
		}
		transport.CloseIdleConnections()
	})
}

// Fast input is slowed, not refused: nothing of it is lost.
func TestFastInputIsSlowed(t *testing.T) {
	inBubble(t, session.Options{MessageRate: 100}, func(t *testing.T, h *house) {
		page := h.page(t)
		p := <-h.peers
		start := time.Now()
		for range 1100 {
			send(t, page, inbound(click("x")))
		}
		for range 1100 {
			<-p.got
		}
		if took := time.Since(start); took < 9*time.Second || took > 11*time.Second {
			t.Errorf("1100 messages at 100/s with a burst of 100 took %v, want 10s", took)
		}
		page.CloseNow()
	})
}

// A page that talks at a camera's rate is not slowed at all.
func TestCameraStreamIsNotSlowed(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.page(t)
		p := <-h.peers
		for range 50 * 60 {
			sent := time.Now()
			send(t, page, inbound(&wire.ViewerCameraMessage{}))
			<-p.got
			if late := time.Since(sent); late > 0 {
				t.Fatalf("a message was held for %v", late)
			}
			<-time.After(20 * time.Millisecond)
		}
		page.CloseNow()
	})
}

// Large messages of many pages are taken one after another, so that their memory is bounded.
func TestLargeMessagesAreLimitedTogether(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		hold := make(chan struct{})
		inside := make(chan struct{}, 10)
		var pages []*websocket.Conn
		for range 7 {
			page := h.page(t)
			pages = append(pages, page)
			p := <-h.peers
			p.receive = func(wire.Message) { inside <- struct{}{}; <-hold }
			go send(t, page, inbound(click(strings.Repeat("x", 2<<20))))
		}
		synctest.Wait()
		if n := len(inside); n != 4 {
			t.Errorf("%d large messages at a time, want 4", n)
		}
		close(hold)
		synctest.Wait()
		if n := len(inside); n != 7 {
			t.Errorf("%d large messages came in the end, want 7", n)
		}
		for _, page := range pages {
			page.CloseNow()
		}
	})
}

func TestServeRunsOneSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{hub: newHub(), ln: newPipeListener(), served: make(chan struct{})}
		h.http = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			session.Serve(w, r, h.hub, session.Options{})
		})}
		go func() { defer close(h.served); _ = h.http.Serve(h.ln) }()
		page := h.page(t)
		p := <-h.peers
		p.out <- hello
		expect(t, page, hello)
		page.Close(websocket.StatusNormalClosure, "")
		if err := <-p.left; err != nil {
			t.Error(err)
		}
		h.http.Close()
		<-h.served
	})
}

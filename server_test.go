package viser_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// TestURLsHaveThePathPrefix: what is printed can be opened.
func TestURLsHaveThePathPrefix(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Token: "x", PathPrefix: "/robot"})
	defer s.Close()
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	guest := s.Tokens().Add(nil)
	for _, url := range append(append(s.URLs(), s.URL(), guest.URL()), guest.URLs()...) {
		r, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK || !strings.Contains(url, "/robot/?token=") {
			t.Errorf("%s: %s", url, r.Status)
		}
	}
	misused(t, "a path prefix with a slash at its end", func() { viser.NewTestServer(&viser.Options{PathPrefix: "/robot/"}) })
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func start(t *testing.T, o viser.Options) *viser.Server {
	t.Helper()
	o.Logger = quiet()
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	s := viser.NewTestServer(&o)
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func TestServesThePage(t *testing.T) {
	s := start(t, viser.Options{})
	if status, body := get(t, s.URL()); status != http.StatusOK || !strings.Contains(body, "<html") {
		t.Errorf("%d: %.200s", status, body)
	}
	if host, _, _ := net.SplitHostPort(s.Addr().String()); host != "127.0.0.1" {
		t.Errorf("listening on %v", s.Addr())
	}
}

func TestTakenPortMovesUpUnlessExact(t *testing.T) {
	first := start(t, viser.Options{})
	addr := first.Addr().String()
	second := start(t, viser.Options{Addr: addr})
	if second.Addr().String() == addr || second.URL() == first.URL() {
		t.Errorf("two servers on %s", addr)
	}
	exact := viser.NewTestServer(&viser.Options{Addr: addr, ExactPort: true, Logger: quiet()})
	defer exact.Close()
	if err := exact.Start(t.Context()); err == nil || exact.URL() != "" {
		t.Errorf("started on a taken port: %v", err)
	}
}

func TestStartAndCloseInEveryOrder(t *testing.T) {
	s := start(t, viser.Options{})
	if err := s.Start(t.Context()); err == nil {
		t.Error("started twice")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Start(t.Context()); err == nil {
		t.Error("started after it was closed")
	}
	s.Scene().AddBox("/after", nil) // harmless
	s.Flush()

	never := viser.NewTestServer(nil)
	if never.URL() != "" || never.URLs() != nil || never.Addr() != nil {
		t.Error("a server that was not started has an address")
	}
	never.Close()

	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := viser.NewTestServer(nil).Start(ended); err == nil {
		t.Error("started with a context that has ended")
	}
	bad := viser.NewTestServer(&viser.Options{Addr: "nowhere:-1"})
	if err := bad.Start(t.Context()); err == nil {
		t.Error("started on an address that is none")
	}
}

func TestListenAndServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet()})
	done := make(chan error)
	go func() { done <- s.ListenAndServe(ctx) }()
	cancel()
	// It may have ended before it began to listen: that is an error, and as good.
	if err := <-done; err != nil && s.Addr() != nil {
		t.Error(err)
	}
}

func TestTokenGuardsAnExposedServer(t *testing.T) {
	s := start(t, viser.Options{Addr: "0.0.0.0:0"})
	if !strings.Contains(s.URL(), "?token=") {
		t.Fatalf("no token in %s", s.URL())
	}
	urls := s.URLs()
	if len(urls) == 0 || urls[len(urls)-1] != s.URL() {
		t.Errorf("the URLs are %v; the last must be %s", urls, s.URL())
	}
	for _, u := range urls {
		if status, _ := get(t, u); status != http.StatusOK {
			t.Errorf("%s: %d", u, status)
		}
	}
	open := strings.Split(s.URL(), "?")[0]
	if status, _ := get(t, open); status != http.StatusUnauthorized {
		t.Errorf("without the token: %d", status)
	}
	if _, _, err := websocket.Dial(t.Context(), open, &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}}); err == nil {
		t.Error("a websocket without the token was taken")
	}
	free := start(t, viser.Options{Addr: "0.0.0.0:0", NoToken: true})
	if status, _ := get(t, free.URL()); status != http.StatusOK || strings.Contains(free.URL(), "token") {
		t.Errorf("%s: %d", free.URL(), status)
	}
}

func TestMountsInAMux(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Logger: quiet()})
	defer s.Close()
	mux := http.NewServeMux()
	mux.Handle("/view/", http.StripPrefix("/view", s))
	web := httptest.NewServer(mux)
	defer web.Close()
	if status, body := get(t, web.URL+"/view/"); status != http.StatusOK || !strings.Contains(body, "<html") {
		t.Errorf("%d: %.100s", status, body)
	}
	c := dial(t, web.URL+"/view/")
	c.Close(websocket.StatusNormalClosure, "")
}

func dial(t *testing.T, url string) *websocket.Conn {
	t.Helper()
	c, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: []string{"viser-go.v1", "viser-v1.1.1"}})
	if err != nil {
		t.Fatal(err)
	}
	c.SetReadLimit(-1)
	return c
}

func send(t *testing.T, c *websocket.Conn, m wire.Message) {
	t.Helper()
	var e wire.Encoder
	m.AppendTo(&e)
	if err := c.Write(t.Context(), websocket.MessageBinary, e.B); err != nil {
		t.Fatal(err)
	}
}

// TestRoundTripOverASocket sends a value from a page to a callback, and what the
// callback writes back.
func TestRoundTripOverASocket(t *testing.T) {
	s := start(t, viser.Options{})
	in := s.GUI().AddSlider("in", 0, &viser.SliderOptions{Max: 100, Step: 1})
	out := s.GUI().AddNumber("out", 0, nil)
	in.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { out.SetValue(2 * e.Value) })
	c := dial(t, s.URL())
	defer c.CloseNow()
	cam := someCamera
	send(t, c, &cam)
	ids := map[string]string{}
	var answer any
	for answer == nil {
		_, b, err := c.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w, err := pagewire.DecodeFrame(b, wire.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range w.Messages {
			switch m := m.(type) {
			case *wire.GuiSliderMessage:
				ids["in"] = m.UUID
			case *wire.GuiNumberMessage:
				ids["out"] = m.UUID
			case *wire.ReplayDoneMessage:
				send(t, c, &wire.GuiUpdateMessage{UUID: ids["in"], Updates: wire.Updates{{Key: "value", Value: 21}}})
			case *wire.GuiUpdateMessage:
				if m.UUID == ids["out"] {
					answer = m.Updates[0].Value
				}
			}
		}
	}
	if answer != 42.0 {
		t.Errorf("the answer is %v", answer)
	}
}

func TestFullServerRefusesClients(t *testing.T) {
	s := start(t, viser.Options{MaxClients: 1})
	c := dial(t, s.URL())
	defer c.CloseNow()
	second := dial(t, s.URL())
	defer second.CloseNow()
	_, _, err := second.Read(t.Context())
	if websocket.CloseStatus(err) != 4003 {
		t.Errorf("got %v; want close code 4003", err)
	}
	if _, _, err := c.Read(t.Context()); err != nil {
		t.Errorf("the first page was disturbed: %v", err)
	}
}

func TestCloseClosesConnections(t *testing.T) {
	s := start(t, viser.Options{})
	c := dial(t, s.URL())
	defer c.CloseNow()
	if _, _, err := c.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	s.OnClientDisconnect(func(context.Context, *viser.Client) { close(gone) })
	cam := someCamera
	send(t, c, &cam)
	connected := make(chan struct{})
	s.OnClientConnect(func(context.Context, *viser.Client) { close(connected) })
	<-connected
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	for {
		_, _, err := c.Read(t.Context())
		if err == nil {
			continue
		}
		if websocket.CloseStatus(err) != websocket.StatusGoingAway {
			t.Errorf("got %v; want close code 1001", err)
		}
		break
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	<-gone // the callback ran before Close returned
}

// TestEverythingAtOnce is for the race detector: the whole surface from many
// goroutines, with clients that connect and leave.
func TestEverythingAtOnce(t *testing.T) {
	s := start(t, viser.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	var wg sync.WaitGroup
	loop := func(f func(i int)) {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				f(i)
			}
		})
	}
	sl := s.GUI().AddSlider("s", 0, &viser.SliderOptions{Max: 1e9, Step: 1})
	s.OnClientConnect(func(ctx context.Context, c *viser.Client) {
		c.Atomic(func() {
			c.Scene().AddFrame("/a/own", nil)
			c.GUI().AddFolder("f", nil).AddText("t", "", nil)
		})
		n := c.Notify("hello", "", nil)
		c.SendFileDownload("f", make([]byte, 1000), nil)
		_ = c.Camera().SetPosition(viser.Vec3{1, 2, 3})
		n.SetTitle("again")
		n.Remove()
	})
	for g := range 3 {
		name := fmt.Sprint("/a/", g)
		loop(func(i int) {
			b := s.Scene().AddBox(name, nil)
			b.OnClick(func(context.Context, viser.ClickEvent) {})
			b.SetPosition(viser.Vec3{float64(i)})
			b.SetColor(viser.RGB{byte(i)})
			if i%5 == 0 {
				b.Remove()
			}
		})
	}
	loop(func(i int) { sl.SetValue(float64(i)) })
	loop(func(int) { s.Atomic(s.Flush) })
	loop(func(i int) {
		if i%100 == 0 {
			s.Scene().Reset()
			s.GUI().AddFolder("x", nil).Remove()
		}
		for c := range s.Clients() {
			c.Camera().FOV()
			c.Flush()
		}
	})
	for range 3 {
		loop(func(int) {
			c, _, err := websocket.Dial(ctx, s.URL(), &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}})
			if err != nil {
				return
			}
			defer c.CloseNow()
			c.SetReadLimit(-1)
			var e wire.Encoder
			cam := someCamera
			cam.AppendTo(&e)
			_ = c.Write(ctx, websocket.MessageBinary, e.B)
			for range 20 {
				_, b, err := c.Read(ctx)
				if err != nil {
					return
				}
				if _, err := pagewire.DecodeFrame(b, wire.DefaultLimits); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// TestTicks counts in the clock of a bubble, with a body that is once too slow.
func TestTicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := viser.NewTestServer(&viser.Options{Logger: quiet()})
		var got []float64
		for now := range s.Ticks(10) {
			got = append(got, now)
			switch len(got) {
			case 2:
				time.Sleep(250 * time.Millisecond)
			case 5:
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		}
		// The tick at 0.2 waited for the slow body until 0.35; that at 0.3 was left out.
		if diff := cmp.Diff([]float64{0, 0.1, 0.35, 0.4, 0.5}, got); diff != "" {
			t.Error(diff)
		}
		for range s.Ticks(10) {
			t.Error("a closed server ticks")
		}
	})
}

func TestTicksEndAtABreak(t *testing.T) {
	s := viser.NewTestServer(&viser.Options{Logger: quiet()})
	defer s.Close()
	n := 0
	for range s.Ticks(1000) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d ticks", n)
	}
}

func TestMustStart(t *testing.T) {
	s := viser.MustStart(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet()})
	defer s.Close()
	if status, _ := get(t, s.URL()); status != 200 {
		t.Errorf("the page is %d", status)
	}
	defer func() {
		if err, ok := recover().(error); !ok {
			t.Errorf("it panicked with %v", err)
		} else if _, usage := err.(*viser.UsageError); usage {
			t.Errorf("a port that is taken is not the program's mistake: %v", err)
		}
	}()
	viser.MustStart(&viser.Options{Addr: s.Addr().(*net.TCPAddr).String(), ExactPort: true, Logger: quiet()})
}

// TestMisusedOptions: the message says which option, and does not name a package that programs do not see.
func TestMisusedOptions(t *testing.T) {
	for option, o := range map[string]viser.Options{
		"MaxClients":           {MaxClients: -1},
		"MaxClientsPerAddress": {MaxClientsPerAddress: -1},
		"MaxUploadBytes":       {MaxUploadBytes: -1},
		"TrustedProxies":       {TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), {}}},
		"KeepOnReload":         {KeepOnReload: true, Grace: -1},
		"AllowedHosts":         {AllowedHosts: []string{"http://a/"}},
		"AllowedOrigins":       {AllowedOrigins: []string{"a"}},
		"PathPrefix":           {PathPrefix: "a"},
		"StallTimeout":         {StallTimeout: -time.Second},
	} {
		func() {
			defer func() {
				e, _ := recover().(*viser.UsageError)
				if e == nil || e.Func != "New" || !strings.HasPrefix(e.Message, option+": ") {
					t.Errorf("%s: %v", option, e)
				}
			}()
			viser.NewTestServer(&o).Close()
		}()
	}
}

// TestMappedProxies: a proxy's IPv4 network that is written as one of IPv6 is trusted.
func TestMappedProxies(t *testing.T) {
	s := start(t, viser.Options{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("::ffff:127.0.0.0/104")}})
	r, err := http.NewRequest(http.MethodGet, s.URL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-Host", "evil.example")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("the proxy's header did not count: %d", answer.StatusCode)
	}
}

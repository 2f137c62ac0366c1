package viser_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// fetchArray requests an array with these headers.
func fetchArray(t *testing.T, address string, headers ...string) (status int, body []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		k, v, _ := strings.Cut(h, ": ")
		r.Header.Set(k, v)
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body
}

// TestLargeArraysAreFetchedOverHTTP, by whoever may open a websocket, from the server that has them.
func TestLargeArraysAreFetchedOverHTTP(t *testing.T) {
	s := start(t, viser.Options{Token: "secret"})
	other := start(t, viser.Options{Token: "secret"})
	points := make([]viser.Vec3f, 100_000)
	for i := range points {
		points[i] = viser.Point(float64(i%1000), 0, 0)
	}
	s.Scene().AddPointCloud("/cloud", points, nil, nil)
	page, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(s.URL(), "http"), &websocket.DialOptions{
		Subprotocols: []string{"viser-go.v1.blobs", "viser-go.v1", "viser-v1.1.1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	c.SetReadLimit(64 << 20)
	if c.Subprotocol() != "viser-go.v1.blobs" {
		t.Fatalf("speaks %q", c.Subprotocol())
	}

	path := ""
	fetch := func(id string, size int) ([]byte, error) {
		path = "/blob/" + id
		status, body := fetchArray(t, page.Scheme+"://"+page.Host+path+"?token=secret")
		if status != http.StatusOK {
			return nil, fmt.Errorf("status %d", status)
		}
		return body, nil
	}
	var cloud *wire.PointCloudMessage
	for cloud == nil {
		_, frame, err := c.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w, err := pagewire.DecodeFetched(frame, wire.DefaultLimits, fetch)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range w.Messages {
			if m, ok := m.(*wire.PointCloudMessage); ok {
				cloud = m
			}
		}
		if cloud != nil && (len(frame) > 10_000 || path == "") {
			t.Errorf("the frame has %d bytes", len(frame))
		}
	}
	got := cloud.Props.Points.Float32s()
	for i, p := range points {
		if got[3*i] != p[0] {
			t.Fatalf("point %d is at %v, not %v", i, got[3*i], p[0])
		}
	}

	address := page.Scheme + "://" + page.Host + path
	for _, refused := range []struct {
		address string
		headers []string
		status  int
	}{
		{address, nil, 401},
		{address + "?token=other", nil, 401},
		{address + "?token=secret", []string{"Origin: http://evil.example"}, 403},
		{address + "?token=secret", []string{"Host: evil.example"}, 403},
		{page.Scheme + "://" + other.Addr().String() + path + "?token=secret", nil, 404},
		{page.Scheme + "://" + page.Host + "/blob/..%2f..%2fgo.mod?token=secret", nil, 404},
	} {
		if status, body := fetchArray(t, refused.address, refused.headers...); status != refused.status || bytes.Equal(body, cloud.Props.Points.Data) {
			t.Errorf("%s %q: status %d, want %d", refused.address, refused.headers, status, refused.status)
		}
	}
}

// A fetchingPage is a page that fetches large arrays, over real connections.
type fetchingPage struct {
	t       *testing.T
	ws      *websocket.Conn
	address string // with which paths of the server begin
	queue   []wire.Message
	session *wire.SessionMessage
	cursor  string
	fetched []string // IDs, in order
	headers []string // of requests for arrays
}

// openFetchingPage connects; resume is what the page offers of an earlier session.
func openFetchingPage(t *testing.T, s *viser.Server, resume string, protocols ...string) *fetchingPage {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(s.URL(), "http"), &websocket.DialOptions{
		Subprotocols: append(protocols, "viser-go.v1", "resume.v1"+resume),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(64 << 20)
	return &fetchingPage{t: t, ws: ws, address: strings.TrimSuffix(s.URL(), "/")}
}

// read returns the next message of type T, and leaves out those before it.
func read[T wire.Message](p *fetchingPage) T {
	p.t.Helper()
	for {
		for len(p.queue) > 0 {
			m := p.queue[0]
			p.queue = p.queue[1:]
			if m, ok := m.(T); ok {
				return m
			}
		}
		_, frame, err := p.ws.Read(p.t.Context())
		if err != nil {
			p.t.Fatal(err)
		}
		w, err := pagewire.DecodeFetched(frame, wire.DefaultLimits, p.fetch)
		if err != nil {
			p.t.Fatal(err)
		}
		if w.Cursor != "" {
			p.cursor = w.Cursor
		}
		p.queue = w.Messages
		for _, m := range w.Messages {
			if m, ok := m.(*wire.SessionMessage); ok {
				p.session = m
			}
		}
	}
}

func (p *fetchingPage) fetch(id string, size int) ([]byte, error) {
	p.fetched = append(p.fetched, id)
	status, body := fetchArray(p.t, p.address+"/blob/"+id, p.headers...)
	if status == http.StatusNotFound {
		return make([]byte, size), nil // a newer value is on its way
	}
	if status != http.StatusOK {
		return nil, fmt.Errorf("status %d", status)
	}
	return body, nil
}

// TestSessionsContinueWhileArraysAreFetched: what is pending when the connection is lost can be fetched afterwards, or
// was replaced; and a page may give up fetching, and stays the same client.
func TestSessionsContinueWhileArraysAreFetched(t *testing.T) {
	s := start(t, viser.Options{})
	suspended, resumed := make(chan *viser.Client, 3), make(chan *viser.Client, 3)
	s.OnClientSuspend(func(_ context.Context, c *viser.Client) { suspended <- c })
	s.OnClientResume(func(_ context.Context, c *viser.Client) { resumed <- c })
	connected := make(chan *viser.Client, 3)
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { connected <- c })
	values := func(x float64) []viser.Vec3f {
		return slices.Repeat([]viser.Vec3f{viser.Point(x, 0, 0)}, 10_000)
	}
	same := func(name string, got wire.Array, x float32) {
		t.Helper()
		if v := got.Float32s(); len(v) != 30_000 || v[0] != x || v[29_997] != x {
			t.Errorf("%s: %d numbers that begin with %v, want %v", name, len(v), v[:min(3, len(v))], x)
		}
	}
	changing := s.Scene().AddPointCloud("/changing", values(1), nil, &viser.PointCloudOptions{Precision: viser.Float32})
	s.Scene().AddPointCloud("/steady", values(2), nil, &viser.PointCloudOptions{Precision: viser.Float32})

	p := openFetchingPage(t, s, "", "viser-go.v1.blobs")
	cam := someCamera
	send(t, p.ws, &cam)
	read[*wire.ReplayDoneMessage](p)
	client := <-connected
	if len(p.fetched) != 2 {
		t.Fatalf("%d arrays are fetched", len(p.fetched))
	}
	p.ws.CloseNow()
	if c := <-suspended; c != client {
		t.Fatal("another client is suspended")
	}

	// Arrays of before the loss can be fetched as long as nodes have them.
	runtime.GC()
	for _, id := range p.fetched {
		if status, body := fetchArray(t, p.address+"/blob/"+id); status != http.StatusOK || len(body) != 120_000 {
			t.Errorf("array of a suspended client: status %d, %d bytes", status, len(body))
		}
	}
	changing.SetPoints(values(3), nil)
	q := openFetchingPage(t, s, "."+p.session.Resume+"."+p.cursor, "viser-go.v1.blobs")
	update := read[*wire.SceneNodeUpdateMessage](q)
	if !q.session.Resumed || update.Name != "/changing" || len(q.fetched) != 1 || slices.Contains(p.fetched, q.fetched[0]) {
		t.Errorf("resumed %v, update of %s, %d arrays fetched, want the new one", q.session.Resumed, update.Name, len(q.fetched))
	}
	if c := <-resumed; c != client {
		t.Error("another client is resumed")
	}

	// HTTP is in the way: the page asks for the whole state, with its arrays. The server may not have noticed yet that
	// the page has closed the connection before.
	r := openFetchingPage(t, s, "."+q.session.Resume+".all")
	for range 2 {
		cloud := read[*wire.PointCloudMessage](r)
		same(cloud.Name, cloud.Props.Points, map[string]float32{"/changing": 3, "/steady": 2}[cloud.Name])
		if cloud.Name == "/steady" {
			break
		}
	}
	if len(r.fetched) > 0 || r.session.Resumed || r.session.ClientID != client.ID() || <-resumed != client {
		t.Errorf("%d arrays fetched, resumed %v, client %d", len(r.fetched), r.session.Resumed, r.session.ClientID)
	}
}

// TestFetchedArraysCountAsSent, to the client that the page names, if it can be that client's.
func TestFetchedArraysCountAsSent(t *testing.T) {
	s := start(t, viser.Options{})
	connected := make(chan *viser.Client, 1)
	s.OnClientConnect(func(_ context.Context, c *viser.Client) { connected <- c })
	s.Scene().AddPointCloud("/cloud", make([]viser.Vec3f, 50_000), nil, &viser.PointCloudOptions{Precision: viser.Float32})
	p := openFetchingPage(t, s, "", "viser-go.v1.blobs")
	cam := someCamera
	send(t, p.ws, &cam)
	p.headers = []string{"Viser-Client: 0"}
	read[*wire.ReplayDoneMessage](p)
	c := <-connected
	if n := c.Stats().BytesSent; n < 600_000 || n > 610_000 {
		t.Errorf("%d bytes were sent, with an array of 600,000", n)
	}
	before := c.Stats().BytesSent
	for _, name := range []string{"", "7", "-1", "x", "99999999999999999999"} {
		if status, _ := fetchArray(t, p.address+"/blob/"+p.fetched[0], "Viser-Client: "+name); status != http.StatusOK {
			t.Errorf("as client %q: status %d", name, status)
		}
	}
	if n := c.Stats().BytesSent - before; n > 10_000 {
		t.Errorf("%d bytes of others were counted", n)
	}
	if all := s.Stats().BytesSent; all < before {
		t.Errorf("the server has sent %d bytes, its client %d", all, before)
	}
}

// TestWhoMayFetchArrays: whoever may open a websocket, as long as they may.
func TestWhoMayFetchArrays(t *testing.T) {
	s := start(t, viser.Options{Token: "operators", PathPrefix: "/viewer"})
	alice := s.Tokens().Add(&viser.TokenOptions{Name: "alice", Role: viser.RoleView})
	s.Scene().AddPointCloud("/cloud", make([]viser.Vec3f, 50_000), nil, &viser.PointCloudOptions{Precision: viser.Float32})
	page, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	ws, _, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(s.URL(), "http"), &websocket.DialOptions{Subprotocols: []string{"viser-go.v1.blobs"}})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.CloseNow()
	p := &fetchingPage{t: t, ws: ws, address: page.Scheme + "://" + page.Host + "/viewer", headers: []string{"Cookie: " + cookieOf(t, s.URL())}}
	read[*wire.ReplayDoneMessage](p)
	if len(p.fetched) != 1 {
		t.Fatalf("%d arrays were fetched with a cookie", len(p.fetched))
	}
	path := "/blob/" + p.fetched[0]
	check := func(name, address string, want int, headers ...string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range headers {
			k, v, _ := strings.Cut(h, ": ")
			r.Header.Set(k, v)
		}
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		caching := resp.Header.Get("Cache-Control")
		if resp.StatusCode != want || (want == http.StatusOK) != strings.Contains(caching, "immutable") {
			t.Errorf("%s: status %d, want %d; Cache-Control %q", name, resp.StatusCode, want, caching)
		}
		if want == http.StatusOK && !strings.HasPrefix(caching, "private") {
			t.Errorf("%s: caches of others may keep it: %q", name, caching)
		}
	}
	viewer := page.Scheme + "://" + page.Host + "/viewer" + path + "?token=" + alice.Secret()
	check("a viewer", viewer, http.StatusOK)
	check("without a token", p.address+path, http.StatusUnauthorized)
	check("outside of the prefix", page.Scheme+"://"+page.Host+path+"?token=operators", http.StatusNotFound)
	alice.Revoke()
	check("a viewer whose token was revoked", viewer, http.StatusUnauthorized)
}

// cookieOf visits the address, which has a token, and returns the cookie that it sets.
func cookieOf(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	cookies := resp.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%s: %s sets %d cookies", address, resp.Status, len(cookies))
	}
	return cookies[0].Name + "=" + cookies[0].Value
}

package viser_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
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

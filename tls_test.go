package viser_test

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/viser-go/viser"
)

func TestTLS(t *testing.T) {
	source := httptest.NewTLSServer(http.NotFoundHandler()) // has a certificate for 127.0.0.1
	defer source.Close()
	config := &tls.Config{Certificates: source.TLS.Certificates, NextProtos: []string{"h2", "http/1.1"}}
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Token: "secret", TLS: config})
	defer s.Close()
	if err := s.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	if urls := s.URLs(); !strings.HasPrefix(s.URL(), "https://127.0.0.1:") || urls[len(urls)-1] != s.URL() {
		t.Fatalf("URL %q, URLs %q: want https", s.URL(), urls)
	}
	client := source.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	defer client.CloseIdleConnections()
	page, err := http.NewRequest(http.MethodGet, s.URL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	page.Header.Set("Accept", "text/html")
	r, err := client.Do(page)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.TLS == nil || r.ProtoMajor != 1 {
		t.Errorf("TLS %v, protocol %s; want TLS and HTTP/1.1", r.TLS != nil, r.Proto)
	}
	if len(r.Cookies()) == 0 {
		t.Error("no cookie for the token")
	}
	for _, c := range r.Cookies() {
		if !c.Secure {
			t.Errorf("cookie %s is not Secure", c.Name)
		}
	}
	u, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	r, err = client.Get("http://" + u.Host)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || r.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), "HTTPS") {
		t.Errorf("plain http: %s %q %v; want 400 and the advice to use HTTPS", r.Status, body, err)
	}
}

func TestTLSWithoutCertificate(t *testing.T) {
	misused(t, "a TLS configuration without a certificate", func() { viser.New(&viser.Options{TLS: &tls.Config{}}) })
}

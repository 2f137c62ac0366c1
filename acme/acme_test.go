package acme_test

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"go.uber.org/goleak"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/acme"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const host = "viewer.example"

// serve starts a viser server with certificates of the authority.
func serve(t *testing.T, a *authority, dir string) *viser.Server {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	config, err := acme.TLS(&acme.Options{Hosts: []string{host}, Dir: dir, Directory: a.URL + "/directory", Email: "a@viewer.example", Client: client})
	if err != nil {
		t.Fatal(err)
	}
	s := viser.New(&viser.Options{Addr: "127.0.0.1:0", AllowedHosts: []string{host}, TLS: config, Logger: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() { s.Close() })
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.address = s.Addr().String()
	return s
}

// browser trusts the authority, and finds every host at the server.
func browser(t *testing.T, a *authority, s *viser.Server) *http.Client {
	t.Helper()
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: a.pool()},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, s.Addr().String())
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestCertificateOfAnAuthority gets a certificate by the challenge, and uses it for the page and a websocket.
func TestCertificateOfAnAuthority(t *testing.T) {
	a := newAuthority(t)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	s := serve(t, a, dir)
	client := browser(t, a, s)
	r, err := client.Get("https://" + host + "/")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || r.StatusCode != http.StatusOK || r.ProtoMajor != 1 || !strings.Contains(string(page), "<!doctype html>") {
		t.Errorf("%s %s %v", r.Proto, r.Status, err)
	}
	ws, _, err := websocket.Dial(t.Context(), "wss://"+host+"/", &websocket.DialOptions{
		HTTPClient: client, Subprotocols: []string{"viser-go.v1"}, HTTPHeader: http.Header{"Origin": {"https://" + host}},
	})
	if err != nil {
		t.Fatal(err)
	}
	ws.CloseNow()

	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%v %v; want the account's key and the certificate", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v; only this user may read it", f.Name(), info.Mode(), err)
		}
	}

	// Another program uses the certificate again, without the authority.
	before := a.requests()
	again := serve(t, a, dir)
	r, err = browser(t, a, again).Get("https://" + host + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if n := a.requests() - before; n != 0 {
		t.Errorf("a second server sent %d requests to the authority", n)
	}
}

// TestOtherHostsAreRefused: a stranger who names hosts does not use up the limits of the authority.
func TestOtherHostsAreRefused(t *testing.T) {
	a := newAuthority(t)
	s := serve(t, a, t.TempDir())
	client := browser(t, a, s)
	for _, url := range []string{"https://evil.example/", "https://127.0.0.1/"} {
		if r, err := client.Get(url); err == nil {
			r.Body.Close()
			t.Errorf("%s: %s", url, r.Status)
		}
	}
	if n := a.requests(); n != 0 {
		t.Errorf("the authority was asked %d times", n)
	}
}

// TestFailedChallengeIsAnError: no certificate, but the server goes on.
func TestFailedChallengeIsAnError(t *testing.T) {
	a := newAuthority(t)
	s := serve(t, a, t.TempDir())
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a.address = other.Addr().String() // port 443 of the host does not lead to the server
	other.Close()
	client := browser(t, a, s)
	if r, err := client.Get("https://" + host + "/"); err == nil {
		r.Body.Close()
		t.Errorf("%s without a certificate", r.Status)
	}
	a.address = s.Addr().String()
	if a.requests() == 0 {
		t.Error("the authority was not asked")
	}
}

func TestWrongOptions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for want, o := range map[string]*acme.Options{
		"Options.Hosts": nil,
		"localhost":     {Hosts: []string{"localhost"}},
		"https://":      {Hosts: []string{"https://viewer.example"}},
		"192.0.2.1:443": {Hosts: []string{"192.0.2.1:443"}},
		"192.0.2.1\"":   {Hosts: []string{"192.0.2.1"}},
		"*.example.org": {Hosts: []string{"*.example.org"}},
		"Options.Dir":   {Hosts: []string{host}, Dir: file},
	} {
		if _, err := acme.TLS(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v; want an error with %q", o, err, want)
		}
	}
}

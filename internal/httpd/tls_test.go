package httpd_test

import (
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/httpd"
)

// certificate is one that httptest makes.
func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	return s.TLS.Certificates[0]
}

// agreed returns what a client with the configuration agrees on with a server.
func agreed(t *testing.T, server, client *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	a, b := net.Pipe()
	s, c := tls.Server(a, server), tls.Client(b, client)
	done := make(chan error, 1)
	go func() {
		err := s.HandshakeContext(t.Context())
		a.Close()
		done <- err
	}()
	err := c.HandshakeContext(t.Context())
	b.Close()
	return c.ConnectionState(), errors.Join(err, <-done)
}

func TestTLSConfigOfEachClient(t *testing.T) {
	cert := certificate(t)
	modern := &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}}
	old := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	challenge := &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"acme-tls/1"}}
	for name, weak := range map[string]*tls.Config{
		"all protocols":           {Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10, NextProtos: []string{"h2", "http/1.1", "acme-tls/1"}},
		"no protocols, any TLS":   {Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10},
		"the defaults of Go":      {Certificates: []tls.Certificate{cert}},
		"HTTP/2 alone":            {Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2"}},
		"what needs no change":    {Certificates: []tls.Certificate{cert}, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS13},
		"nothing, so the outer's": nil,
	} {
		t.Run(name, func(t *testing.T) {
			outer := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10, NextProtos: []string{"h2"}}
			outer.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return weak, nil }
			protocols := slices.Clone(outer.NextProtos)
			c := httpd.TLSConfig(outer)
			if state, err := agreed(t, c, modern); err != nil || state.NegotiatedProtocol != "http/1.1" {
				t.Errorf("%q, %v; websockets need http/1.1", state.NegotiatedProtocol, err)
			}
			if state, err := agreed(t, c, old); err == nil {
				t.Errorf("a client may use %s", tls.VersionName(state.Version))
			}
			if name == "all protocols" {
				if state, err := agreed(t, c, challenge); err != nil || state.NegotiatedProtocol != "acme-tls/1" {
					t.Errorf("a challenge gets %q, %v", state.NegotiatedProtocol, err)
				}
				if len(weak.NextProtos) != 3 || weak.MinVersion != tls.VersionTLS10 {
					t.Error("the program's configuration was changed")
				}
			}
			if !slices.Equal(outer.NextProtos, protocols) || outer.MinVersion != tls.VersionTLS10 {
				t.Error("the outer configuration was changed")
			}
		})
	}
	failed := httpd.TLSConfig(&tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { return nil, errors.New("unknown name") }})
	if _, err := agreed(t, failed, modern); err == nil {
		t.Error("an error of GetConfigForClient is ignored")
	}
}

// pipes is a listener of connections that a test makes.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error   { close(p.done); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 443} }

// TestHandshakesHaveALimit: whoever begins a handshake and does not end it is disconnected after ten seconds, and keeps
// nobody from connecting meanwhile.
func TestHandshakesHaveALimit(t *testing.T) {
	cert := certificate(t)
	synctest.Test(t, func(t *testing.T) {
		log := slog.New(slog.DiscardHandler)
		s := httpd.NewServer(handler(t, httpd.Options{Logger: log}), log)
		s.TLSConfig = httpd.TLSConfig(&tls.Config{Certificates: []tls.Certificate{cert}})
		ln := pipes{make(chan net.Conn), make(chan struct{})}
		served := make(chan error, 1)
		go func() { served <- s.ServeTLS(ln, "", "") }()
		const many = 500
		ended := make(chan time.Duration, many)
		began := time.Now()
		for i := range many {
			ours, theirs := net.Pipe()
			ln.conns <- theirs
			go func() {
				if i%2 == 0 { // the beginning of a record that never ends
					_, _ = ours.Write([]byte{0x16, 3, 1, 1, 0, 1})
				}
				_, _ = io.Copy(io.Discard, ours)
				ended <- time.Since(began)
				ours.Close()
			}()
		}
		ours, theirs := net.Pipe()
		ln.conns <- theirs
		c := tls.Client(ours, &tls.Config{InsecureSkipVerify: true})
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(c)
		if waited := time.Since(began); err != nil || len(answer) == 0 || waited > time.Second {
			t.Errorf("a good client waited %v: %q %v", waited, answer, err)
		}
		c.Close()
		for range many {
			if after := <-ended; after != 10*time.Second {
				t.Fatalf("a handshake that did not end was cut after %v", after)
			}
		}
		s.Close()
		<-served
	})
}

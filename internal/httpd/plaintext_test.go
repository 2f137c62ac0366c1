package httpd_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/httpd"
)

// tlsServer serves https in a bubble, over pipes, and returns what connects to it, and what it has logged.
func tlsServer(t *testing.T, cert tls.Certificate) (connect func() net.Conn, logged func() string) {
	t.Helper()
	var mu sync.Mutex
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(writer(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return log.Write(p)
	}), &slog.HandlerOptions{Level: slog.LevelDebug}))
	s := httpd.NewServer(handler(t, httpd.Options{Logger: logger}), logger)
	s.TLSConfig = httpd.TLSConfig(&tls.Config{Certificates: []tls.Certificate{cert}})
	ln := pipes{make(chan net.Conn), make(chan struct{})}
	served := make(chan error, 1)
	go func() { served <- s.ServeTLS(httpd.ExplainTLS(ln), "", "") }()
	t.Cleanup(func() {
		s.Close()
		<-served
	})
	connect = func() net.Conn {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { ours.Close() })
		ln.conns <- theirs
		return ours
	}
	return connect, func() string {
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		return log.String()
	}
}

type writer func(p []byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

// TestPlainHTTPIsExplained: a client that forgot https is sent there; one that has sent a token without encryption is told
// so.
func TestPlainHTTPIsExplained(t *testing.T) {
	cert := certificate(t)
	for _, c := range []struct {
		name, request string
		status        int
		location      string
		body          string
	}{
		{"a page", "GET /a?b=c HTTP/1.1\r\nHost: robot:8443\r\n\r\n", 307, "https://robot:8443/a?b=c", "needs https"},
		{"an IPv6 address", "HEAD / HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n", 307, "https://[::1]:8443/", ""},
		{"a token", "GET /?token=x HTTP/1.1\r\nHost: robot:8443\r\n\r\n", 400, "", `<a href="https://robot:8443/?token=x">`},
		{"a websocket", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 400, "", "needs https"},
		{"a form", "POST / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "", "needs https"},
		{"no host", "GET / HTTP/1.0\r\n\r\n", 400, "", "needs https"},
		{"another host in the path", "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400, "", "needs https"},
		{"a hostile name", "GET / HTTP/1.1\r\nHost: a/<b>\r\n\r\n", 400, "", "needs https"},
		{"a hostile path", "GET /?token&\"><script> HTTP/1.1\r\nHost: a\r\n\r\n", 400, "", "%22%3E%3Cscript%3E"},
	} {
		t.Run(name(c.name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				connect, logged := tlsServer(t, cert)
				conn := connect()
				for _, b := range []byte(c.request) { // as slowly as can be
					if _, err := conn.Write([]byte{b}); err != nil {
						t.Fatal(err)
					}
				}
				r, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(r.Body)
				if err != nil || r.StatusCode != c.status || r.Header.Get("Location") != c.location || !strings.Contains(string(body), c.body) || (len(body) == 0) != strings.HasPrefix(c.request, "HEAD") || strings.Contains(string(body), "<script") {
					t.Errorf("%s to %q: %q %v", r.Status, r.Header.Get("Location"), body, err)
				}
				if log := logged(); strings.Contains(log, "level=WARN") || !strings.Contains(log, "level=DEBUG") || strings.Contains(log, "token") {
					t.Errorf("the log: %s", log)
				}
			})
		})
	}
}

func name(s string) string { return strings.ReplaceAll(s, " ", "_") }

// TestPlainHTTPHasALimit: the time and the size of a request are bounded as those of a handshake.
func TestPlainHTTPHasALimit(t *testing.T) {
	cert := certificate(t)
	synctest.Test(t, func(t *testing.T) {
		connect, _ := tlsServer(t, cert)
		began := time.Now()
		slow := connect()
		if _, err := io.WriteString(slow, "GET / HT"); err != nil {
			t.Fatal(err)
		}
		if rest, _ := io.ReadAll(slow); len(rest) > 0 || time.Since(began) != 10*time.Second {
			t.Errorf("a request without an end: %q after %v", rest, time.Since(began))
		}
		large := connect()
		n, err := io.WriteString(large, "GET / HTTP/1.1\r\nX: "+strings.Repeat("x", 1<<20))
		if n > 40<<10 || !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%d bytes of a header were read: %v", n, err)
		}
	})
}

// TestRefusedCertificatesAreNoAlarm: a browser that does not know the certificate is one line that says so; other failed
// handshakes are for debugging.
func TestRefusedCertificatesAreNoAlarm(t *testing.T) {
	cert := certificate(t)
	synctest.Test(t, func(t *testing.T) {
		connect, logged := tlsServer(t, cert)
		for range 3 {
			conn := connect()
			if err := tls.Client(conn, &tls.Config{ServerName: "localhost"}).HandshakeContext(t.Context()); err == nil {
				t.Fatal("the certificate is accepted")
			}
			conn.Close()
		}
		log := logged()
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, "level=INFO") || !strings.Contains(log, "a browser did not accept the certificate") {
			t.Errorf("the log: %s", log)
		}
		conn := connect()
		_, _ = conn.Write([]byte{0x16, 3, 1, 0, 1, 99}) // a record that is none
		_, _ = io.ReadAll(conn)
		if log := strings.TrimPrefix(logged(), log); strings.Count(log, "\n") != 1 || !strings.Contains(log, "level=DEBUG") {
			t.Errorf("the log: %s", log)
		}
	})
}

package httpd_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/httpd"
)

func TestListenMovesUpFromATakenPort(t *testing.T) {
	first, moved, err := httpd.Listen("127.0.0.1:0", true)
	if err != nil || moved {
		t.Fatalf("any port: moved %v, %v", moved, err)
	}
	defer first.Close()
	taken := first.Addr().String()
	second, moved, err := httpd.Listen(taken, false)
	if err != nil || !moved {
		t.Fatalf("taken port: moved %v, %v", moved, err)
	}
	defer second.Close()
	if a, b := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port; b <= a || b > a+1000 {
		t.Fatalf("moved from %d to %d", a, b)
	}
	if _, _, err := httpd.Listen(taken, true); err == nil || !strings.Contains(err.Error(), "taken") {
		t.Fatalf("exact on a taken port: %v", err)
	}
}

func TestListenErrors(t *testing.T) {
	for _, addr := range []string{"", "8080", "127.0.0.1", "127.0.0.1:http_x", "127.0.0.1:70000", "127.0.0.1:-1", "203.0.113.1:8080"} {
		ln, _, err := httpd.Listen(addr, false)
		if err == nil {
			ln.Close()
			t.Errorf("%q was opened", addr)
			continue
		}
		if !strings.HasPrefix(err.Error(), "listen") || !strings.Contains(err.Error(), addr) {
			t.Errorf("%q: %v", addr, err)
		}
	}
}

// pipeListener hands out the far ends of in-memory pipes, which work in a synctest bubble.
type pipeListener struct{ conns chan net.Conn }

func (l pipeListener) Accept() (net.Conn, error) {
	c, ok := <-l.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (l pipeListener) Close() error   { return nil }
func (l pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func TestServerDropsAClientThatNeverFinishesItsHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ln := pipeListener{make(chan net.Conn)}
		srv := httpd.NewServer(handler(t, httpd.Options{}), slog.New(slog.DiscardHandler))
		done := make(chan error)
		go func() { done <- srv.Serve(ln) }()
		here, there := net.Pipe()
		ln.conns <- there
		start := time.Now()
		if _, err := io.WriteString(here, "GET / HTTP/1.1\r\nHost: local"); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(here); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("hung on for %v", took)
		}
		close(ln.conns)
		srv.Close()
		<-done
	})
}

func TestServerRefusesAHugeHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ln := pipeListener{make(chan net.Conn)}
		srv := httpd.NewServer(handler(t, httpd.Options{}), slog.New(slog.DiscardHandler))
		done := make(chan error)
		go func() { done <- srv.Serve(ln) }()
		here, there := net.Pipe()
		ln.conns <- there
		go fmt.Fprintf(here, "GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n", strings.Repeat("x", 1<<20))
		r, err := http.ReadResponse(bufio.NewReader(here), nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("%d, want 431", r.StatusCode)
		}
		if _, err := io.ReadAll(here); err != nil { // the server hangs up half a second later
			t.Error(err)
		}
		close(ln.conns)
		srv.Close()
		<-done
	})
}

func TestLogsOfServerErrorsAreLimited(t *testing.T) {
	var out bytes.Buffer
	srv := httpd.NewServer(nil, slog.New(slog.NewTextHandler(&out, nil)))
	for i := range 100 {
		srv.ErrorLog.Printf("http: TLS handshake error %d", i)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 1 || !strings.Contains(out.String(), "handshake error 0") {
		t.Fatalf("%d lines: %s", lines, out.String())
	}
}

package httpd_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/httpd"
)

// inPipes runs a test with a server that serves over pipes in memory, in a bubble; dial connects to it.
func inPipes(t *testing.T, o httpd.Options, f func(t *testing.T, dial func() net.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ln := pipeListener{make(chan net.Conn)}
		srv := httpd.NewServer(handler(t, o), slog.New(slog.DiscardHandler))
		done := make(chan error)
		go func() { done <- srv.Serve(ln) }()
		f(t, func() net.Conn {
			here, there := net.Pipe()
			ln.conns <- there
			return here
		})
		close(ln.conns)
		srv.Close()
		<-done
	})
}

// checkHealthz makes a request on a new connection.
func checkHealthz(t *testing.T, c net.Conn) {
	t.Helper()
	go fmt.Fprint(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("a healthy client is not served: %v", err)
	}
	_, _ = io.Copy(io.Discard, r.Body)
	c.Close()
}

// TestHalfOpenConnections: 10,000 connections that send nothing, or half a request, take little memory each and are
// ended by the server, which serves others all the time. They are pipes in memory, so that no limit of the system is in
// the way.
func TestHalfOpenConnections(t *testing.T) {
	inPipes(t, httpd.Options{}, func(t *testing.T, dial func() net.Conn) {
		checkHealthz(t, dial())
		const n = 10_000
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var conns []net.Conn
		for i := range n {
			c := dial()
			conns = append(conns, c)
			if i%2 == 1 {
				if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: loc"); err != nil {
					t.Fatal(err)
				}
			}
		}
		synctest.Wait()
		runtime.GC()
		runtime.ReadMemStats(&after)
		used := after.HeapAlloc + after.StackInuse - before.HeapAlloc - before.StackInuse
		if each := used / n; each > 40<<10 {
			t.Errorf("%d bytes of memory for each connection", each)
		}
		checkHealthz(t, dial())
		start := time.Now()
		for _, c := range conns {
			_, _ = io.Copy(io.Discard, c) // ends when the server hangs up
			c.Close()
		}
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("the last connection was open for %v", took)
		}
	})
}

// TestSlowBody: a body that comes byte by byte ends with its connection.
func TestSlowBody(t *testing.T) {
	for _, target := range []string{"POST /connection-check", "GET /", "POST /nothing"} {
		inPipes(t, httpd.Options{}, func(t *testing.T, dial func() net.Conn) {
			c := dial()
			go io.Copy(io.Discard, c)
			start := time.Now()
			_, err := fmt.Fprintf(c, "%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n", target)
			for err == nil && time.Since(start) < time.Hour {
				_, err = c.Write([]byte("x"))
				<-time.After(time.Second)
			}
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%s: the connection was open for %v", target, took)
			}
			checkHealthz(t, dial())
		})
	}
}

// TestPathTraversal: no spelling of a path leads out of the client's files, and none to a file by another name. The
// requests are written as they are, so that no library cleans them.
func TestPathTraversal(t *testing.T) {
	var spellings []string
	for _, up := range []string{"..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "...", "..;", "%c0%ae%c0%ae", "%u002e%u002e", "．．", ". .", "..%20"} {
		for _, slash := range []string{"/", "%2f", "%2F", `\`, "%5c", "//", "/./", "%252f", "%c0%af", "／"} {
			for _, target := range []string{"index.html", "etc/passwd", "go.mod", "assets/index-B1a2C3d4.js"} {
				spellings = append(spellings, "/"+up+slash+target, "/assets"+slash+up+slash+target, "/assets/"+up+slash+up+slash+up+slash+target)
			}
		}
	}
	spellings = append(spellings, "//etc/passwd", "/C:/x", "/file:///etc/passwd", "/index.html%00.js", "/index.html/", "/assets/./index-B1a2C3d4.js",
		"/ASSETS/index-B1a2C3d4.js", "/index.html::$DATA", "/index.html.", "/hdri//city.hdr", "/.", "/..", "/%", "/%zz", "http://evil.example/../x", "*")
	inPipes(t, httpd.Options{}, func(t *testing.T, dial func() net.Conn) {
		for _, path := range spellings {
			c := dial()
			go fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path)
			r, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				t.Fatalf("%q: %v", path, err)
			}
			body, _ := io.ReadAll(r.Body)
			c.Close()
			switch r.StatusCode {
			case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
			default:
				t.Errorf("%q: %d %.100q, to %q", path, r.StatusCode, body, r.Header.Get("Location"))
			}
		}
	})
}

// TestTokenGuesses: no guess is admitted, however close, in a parameter or a cookie, and the log stays short.
func TestTokenGuesses(t *testing.T) {
	var out bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		h, err := httpd.New(httpd.Options{Client: client(), Session: session, Tokens: tokens(token), Logger: slog.New(slog.NewTextHandler(&out, nil))})
		if err != nil {
			t.Fatal(err)
		}
		guesses := []string{"", "x", token + "x", "x" + token, strings.ToUpper(token) + strings.ToLower(token), token + "\x00", " " + token, token[1:], strings.Repeat(token, 2), strings.Repeat("a", 30_000)}
		for i := range len(token) - 1 {
			guesses = append(guesses, token[:i])
		}
		for i := range 10_000 {
			guesses = append(guesses, fmt.Sprint(i))
		}
		for _, guess := range guesses {
			for _, r := range []*http.Request{
				request("GET", "/", "localhost", loop, html), request("GET", "/any", "localhost", loop, upgrade...),
			} {
				q := r.URL.Query()
				q.Set("token", guess)
				r.URL.RawQuery = q.Encode()
				r.Header.Set("Cookie", "viser="+guess+"; viser_token="+guess+"; token="+guess)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code < 400 || strings.Contains(w.Body.String(), "<title>page") || w.Header().Get("Set-Cookie") != "" {
					t.Fatalf("the guess %.50q was admitted: %d", guess, w.Code)
				}
			}
		}
	})
	if n := strings.Count(out.String(), "\n"); n > 10 || out.Len() > 5000 {
		t.Errorf("%d lines, %d bytes were logged", n, out.Len())
	}
	if strings.Contains(out.String(), token) {
		t.Error("the token is in the log")
	}
}

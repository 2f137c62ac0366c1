package httpd_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/httpd"
)

func TestWhoMayProfile(t *testing.T) {
	on, guarded := httpd.Options{Profiling: true}, httpd.Options{Profiling: true, Tokens: tokens(token)}
	guarded.Tokens.Add(access.Spec{Role: access.View, Secret: "guest"})
	here, elsewhere := "127.0.0.1:5000", "192.168.1.7:5000"
	for _, c := range []struct {
		name       string
		o          httpd.Options
		host, from string
		query      string
		headers    []string
		status     int
	}{
		{"not enabled", httpd.Options{}, "localhost", here, "", nil, 404},
		{"enabled", on, "localhost", here, "", nil, 200},
		{"from elsewhere", on, lan, elsewhere, "", nil, 403},
		{"through a proxy", on, "localhost", here, "", []string{"X-Forwarded-For: 1.2.3.4"}, 403},
		{"through another proxy", on, "localhost", here, "", []string{"Forwarded: for=1.2.3.4"}, 403},
		{"another host", on, "evil.example", here, "", nil, 403},
		{"another origin", on, "localhost", here, "", []string{"Origin: http://evil.example"}, 403},
		{"another site", on, "localhost", here, "", []string{"Sec-Fetch-Site: cross-site"}, 403},
		{"another port of this host", on, "localhost", here, "", []string{"Sec-Fetch-Site: same-site"}, 403},
		{"typed into the address bar", on, "localhost", here, "", []string{"Sec-Fetch-Site: none"}, 200},
		{"without the token", guarded, "localhost", here, "", nil, 401},
		{"with a wrong token", guarded, "localhost", here, "?token=no", nil, 401},
		{"with the token", guarded, lan, elsewhere, "?token=" + token, nil, 200},
		{"with a viewer's token", guarded, "localhost", here, "?token=guest", nil, 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := handler(t, c.o)
			for _, name := range []string{"", "heap", "goroutine", "profile", "trace"} {
				if c.status == 200 && (name == "profile" || name == "trace") {
					continue // these take time
				}
				local := loop
				if c.host == lan {
					local = lan
				}
				r := request("GET", "/debug/pprof/"+name+c.query, c.host, local, c.headers...)
				r.RemoteAddr = c.from
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != c.status {
					t.Errorf("%q: %d %.80s, want %d", name, w.Code, w.Body, c.status)
				}
			}
		})
	}
}

func profile(h *httpd.Handler, path string) *httptest.ResponseRecorder {
	r := request("GET", "/debug/pprof/"+path, "localhost", loop)
	r.RemoteAddr = "127.0.0.1:5000"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestProfiles(t *testing.T) {
	h := handler(t, httpd.Options{Profiling: true})
	for _, path := range []string{"heap", "allocs", "goroutine", "mutex", "block", "threadcreate", "profile?seconds=0.01"} {
		w := profile(h, path)
		z, err := gzip.NewReader(w.Body)
		if err == nil {
			_, err = io.Copy(io.Discard, z)
		}
		if w.Code != 200 || err != nil {
			t.Errorf("%s: %d, %v", path, w.Code, err)
		}
	}
	if w := profile(h, "goroutine?debug=1"); !bytes.Contains(w.Body.Bytes(), []byte("TestProfiles")) {
		t.Errorf("goroutines as text: %.200s", w.Body)
	}
	if w := profile(h, "trace?seconds=0.01"); !bytes.HasPrefix(w.Body.Bytes(), []byte("go 1.")) {
		t.Errorf("trace: %d %.20q", w.Code, w.Body)
	}
	if w := profile(h, ""); !bytes.Contains(w.Body.Bytes(), []byte("heap: ")) {
		t.Errorf("index: %s", w.Body)
	}
	if w := profile(h, "passwd"); w.Code != 404 {
		t.Errorf("unknown profile: %d", w.Code)
	}
}

// TestRecordingEnds when the server closes, and only one runs at a time.
func TestRecordingEnds(t *testing.T) {
	closed := make(chan struct{})
	h := handler(t, httpd.Options{Profiling: true, Closed: closed})
	r := request("GET", "/debug/pprof/trace?seconds=1e9", "localhost", loop)
	r.RemoteAddr = "127.0.0.1:5000"
	w := &signaling{ResponseRecorder: httptest.NewRecorder(), begun: make(chan struct{})}
	done := make(chan struct{})
	go func() { defer close(done); h.ServeHTTP(w, r) }()
	<-w.begun
	if second := profile(h, "trace?seconds=0.001"); second.Code != http.StatusConflict {
		t.Errorf("a second one: %d", second.Code)
	}
	close(closed)
	<-done
}

// signaling is a response that closes begun when its first bytes are written.
type signaling struct {
	*httptest.ResponseRecorder
	once  sync.Once
	begun chan struct{}
}

func (s *signaling) Write(p []byte) (int, error) {
	s.once.Do(func() { close(s.begun) })
	return s.ResponseRecorder.Write(p)
}

// TestDefaultServeMuxHasNoProfiles: importing the package must not publish the profiles of a program.
func TestDefaultServeMuxHasNoProfiles(t *testing.T) {
	if _, pattern := http.DefaultServeMux.Handler(httptest.NewRequest("GET", "/debug/pprof/heap", nil)); pattern != "" {
		t.Errorf("http.DefaultServeMux serves %q", pattern)
	}
}

func TestHealthWhileClosing(t *testing.T) {
	closed := make(chan struct{})
	h := handler(t, httpd.Options{Tokens: tokens(token), Closed: closed})
	health := func() (int, string) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", "/healthz", "any.example", loop))
		return w.Code, w.Body.String()
	}
	if code, text := health(); code != 200 || text != "ok\n" {
		t.Errorf("open: %d %q", code, text)
	}
	close(closed)
	if code, text := health(); code != 503 || text != "closing\n" {
		t.Errorf("closing: %d %q", code, text)
	}
}

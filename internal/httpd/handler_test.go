package httpd_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/viser-go/viser/internal/httpd"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var script = strings.Repeat("console.log('a scene');\n", 200)

func client() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"index.html":                file("<!doctype html><title>page</title>"),
		"robots.txt":                file("User-agent: *\n"),
		"assets/index-B1a2C3d4.js":  file(script),
		"assets/style-xY_9-Za1.css": file("body{}"),
		"assets/zstd-00000000.wasm": file("\x00asm"),
		"assets/readme.js":          file("1"),
		"assets/pic-AAAAAAAA.png":   file("\x89PNG"),
		"assets/odd-AAAAAAAA.zzz":   file("?"),
		"hdri/city.hdr":             file("#?RADIANCE"),
	}
}

// request returns a request like net/http's. Headers are given as "Key: value".
func request(method, target, host, local string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	r.Host = host
	for _, h := range headers {
		k, v, _ := strings.Cut(h, ": ")
		r.Header.Add(k, v)
	}
	if local != "" {
		addr := &net.TCPAddr{IP: net.ParseIP(local), Port: 8080}
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(addr)))
	}
	return r
}

// session replaces the websocket sessions: it responds with 299, so that tests detect admitted
// requests.
var session = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(299) })

func handler(t testing.TB, o httpd.Options) *httpd.Handler {
	t.Helper()
	if o.Client == nil {
		o.Client = client()
	}
	o.Session = session
	o.Logger = slog.New(slog.DiscardHandler)
	h, err := httpd.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

const (
	loop = "127.0.0.1"
	lan  = "192.168.1.5"
	html = "Accept: text/html,*/*"
)

var upgrade = []string{"Connection: keep-alive, Upgrade", "Upgrade: WebSocket"}

func TestHosts(t *testing.T) {
	exposed := httpd.Options{}
	named := httpd.Options{AllowedHosts: []string{"viewer.example", "Other.Example:9000", "[2001:db8::1]:80"}}
	for _, c := range []struct {
		host, local string
		o           httpd.Options
		want        int
	}{
		{"localhost:8080", loop, exposed, 200},
		{"localhost", loop, exposed, 200},
		{"LOCALHOST.:8080", loop, exposed, 200},
		{"app.localhost:1", loop, exposed, 200},
		{"127.0.0.1:8080", loop, exposed, 200},
		{"127.9.9.9:9000", loop, exposed, 200}, // a forwarded port has another number
		{"[::1]:8080", loop, exposed, 200},
		{"[::1]", loop, exposed, 200},
		{"0.0.0.0:8080", loop, exposed, 200},
		{"localhost:8080", lan, exposed, 200},
		{"192.168.1.5:8080", lan, exposed, 200},
		{"203.0.113.9:8080", lan, exposed, 200}, // an address translated on the way
		{"[fe80::1%25eth0]:8080", "fe80::1", exposed, 200},
		{"192.168.1.5:8080", loop, exposed, 403},
		{"192.168.1.5:8080", "", exposed, 403}, // local end unknown
		{"evil.example:8080", loop, exposed, 403},
		{"evil.example:8080", lan, exposed, 403},
		{"localhost.evil.example", loop, exposed, 403},
		{"127.0.0.1.evil.example", loop, exposed, 403},
		{"evillocalhost", loop, exposed, 403},
		{"", loop, exposed, 403},
		{":8080", loop, exposed, 403},
		{"localhost:", loop, exposed, 403},
		{"localhost:80 80", loop, exposed, 403},
		{"::1", loop, exposed, 403},
		{"[::1", loop, exposed, 403},
		{"[localhost]:8080", loop, exposed, 403},
		{"localhost@evil.example", loop, exposed, 403},
		{"local\x00host", loop, exposed, 403},
		{"127.1:8080", loop, exposed, 403}, // browsers write it out; other forms must not be trusted
		{"viewer.example", loop, named, 200},
		{"viewer.example:1234", lan, named, 200},
		{"VIEWER.example.", loop, named, 200},
		{"other.example:9000", loop, named, 200},
		{"other.example:9001", loop, named, 403},
		{"other.example", loop, named, 403},
		{"sub.viewer.example", loop, named, 403},
		{"[2001:db8::1]:80", loop, named, 200},
		{"evil.example", loop, httpd.Options{AllowedHosts: []string{"*"}}, 200},
	} {
		w := httptest.NewRecorder()
		handler(t, c.o).ServeHTTP(w, request("GET", "/", c.host, c.local))
		if w.Code != c.want {
			t.Errorf("Host %q on %q, allowed %q: %d, want %d", c.host, c.local, c.o.AllowedHosts, w.Code, c.want)
		}
		if c.want == 403 && !strings.Contains(w.Body.String(), "AllowedHosts") {
			t.Errorf("Host %q: the refusal does not say what to do: %q", c.host, w.Body)
		}
	}
}

func TestOrigins(t *testing.T) {
	dev := httpd.Options{AllowedOrigins: []string{"http://localhost:5173/", "HTTPS://Notes.Example:443"}}
	for _, c := range []struct {
		origin, host string
		o            httpd.Options
		want         int
	}{
		{"", "localhost:8080", dev, 299}, // no browser
		{"http://localhost:8080", "localhost:8080", dev, 299},
		{"http://LOCALHOST:8080", "localhost:8080", dev, 299},
		{"http://localhost", "localhost", dev, 299},
		{"http://localhost:80", "localhost", dev, 299},
		{"http://localhost", "localhost:80", dev, 299},
		{"https://localhost", "localhost", dev, 299}, // behind a proxy that ends TLS
		{"https://localhost", "localhost:443", dev, 299},
		{"http://[::1]:8080", "[::1]:8080", dev, 299},
		{"http://localhost:5173", "localhost:8080", dev, 299},
		{"https://notes.example", "localhost:8080", dev, 299},
		{"http://localhost:5174", "localhost:8080", dev, 403},
		{"https://localhost:5173", "localhost:8080", dev, 403},
		{"http://127.0.0.1:8080", "localhost:8080", dev, 403},
		{"https://evil.example", "localhost:8080", dev, 403},
		{"http://localhost:8080.evil.example", "localhost:8080", dev, 403},
		{"http://localhost:8080@evil.example", "localhost:8080", dev, 403},
		{"http://localhost:8080/", "localhost:8080", dev, 403}, // not how browsers write one
		{"null", "localhost:8080", dev, 403},                   // a sandboxed frame, a file
		{"file://", "localhost:8080", dev, 403},
		{"localhost:8080", "localhost:8080", dev, 403},
		{"http://", "localhost:8080", dev, 403},
		{"http://localhost:8080, http://evil.example", "localhost:8080", dev, 403},
		{"null", "localhost:8080", httpd.Options{AllowedOrigins: []string{"null"}}, 299},
		{"https://evil.example", "localhost:8080", httpd.Options{AllowedOrigins: []string{"*"}}, 299},
	} {
		r := request("GET", "/any/path", c.host, loop, upgrade...)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		handler(t, c.o).ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("Origin %q, Host %q, allowed %q: %d, want %d", c.origin, c.host, c.o.AllowedOrigins, w.Code, c.want)
		}
	}
}

// A page whose websocket was refused can get the reason: the check has the same result as the
// websocket.
func TestConnectionCheck(t *testing.T) {
	guarded := httpd.Options{Tokens: tokens(token)}
	for _, c := range []struct {
		name         string
		o            httpd.Options
		host, origin string
		query        string
		status       int
		reason       string
	}{
		{"own page", httpd.Options{}, "localhost:8080", "http://localhost:8080", "", 204, ""},
		{"a proxy that rewrites the host", httpd.Options{}, "127.0.0.1:8080", "https://viewer.example", "", 403, "AllowedOrigins"},
		{"the same, allowed", httpd.Options{AllowedOrigins: []string{"https://viewer.example"}}, "127.0.0.1:8080", "https://viewer.example", "", 204, ""},
		{"unknown host", httpd.Options{}, "viewer.example", "https://viewer.example", "", 403, "AllowedHosts"},
		{"no token", guarded, "localhost", "http://localhost", "", 401, "token"},
		{"token", guarded, "localhost", "http://localhost", "?token=" + token, 204, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := handler(t, c.o)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, request("POST", "/connection-check"+c.query, c.host, loop, "Origin: "+c.origin))
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.reason) {
				t.Errorf("check: %d %q, want %d with %q", w.Code, w.Body, c.status, c.reason)
			}
			check := w.Body.String()
			w = httptest.NewRecorder()
			h.ServeHTTP(w, request("GET", "/"+c.query, c.host, loop, append(upgrade, "Origin: "+c.origin)...))
			if admitted := w.Code == 299; admitted != (c.status == 204) || !admitted && w.Body.String() != check {
				t.Errorf("websocket: %d %q, check: %d %q", w.Code, w.Body, c.status, check)
			}
		})
	}
}

// Without its last slash the page would look for its files beside the prefix.
func TestMountedWithoutTheLastSlash(t *testing.T) {
	mux := http.NewServeMux()
	h := handler(t, httpd.Options{})
	mux.Handle("/a/3d", http.StripPrefix("/a/3d", h))
	mux.Handle("/a/3d/", http.StripPrefix("/a/3d", h))
	for _, c := range []struct{ target, to string }{
		{"/a/3d", "./3d/"},
		{"/a/3d?darkMode=1&token=x", "./3d/?darkMode=1&token=x"},
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, request("GET", c.target, "localhost", loop, html))
		if w.Code != 301 || w.Header().Get("Location") != c.to {
			t.Errorf("%s: %d to %q, want 301 to %q", c.target, w.Code, w.Header().Get("Location"), c.to)
		}
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, request("GET", "/a/3d/", "localhost", loop, html))
	if w.Code != 200 {
		t.Errorf("with the slash: %d, want the page", w.Code)
	}
}

func TestMountedWithoutStripPrefix(t *testing.T) {
	w := httptest.NewRecorder()
	handler(t, httpd.Options{}).ServeHTTP(w, request("GET", "/3d/", "localhost", loop, html))
	if w.Code != 404 || !strings.Contains(w.Body.String(), "http.StripPrefix") {
		t.Errorf("%d %q does not say what to do", w.Code, w.Body)
	}
}

// A proxy that does not remove the prefix of the path: everything is below it.
func TestPathPrefix(t *testing.T) {
	arrays := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	h := handler(t, httpd.Options{PathPrefix: "/robot/view", Tokens: tokens(token), Arrays: arrays})
	secret := "?token=" + token
	for _, c := range []struct {
		method, target string
		headers        []string
		status         int
		location, body string
	}{
		{"GET", "/robot/view/" + secret, []string{html}, 303, "./", ""},
		{"GET", "/robot/view" + secret, []string{html}, 301, "./view/" + secret, ""},
		{"GET", "/" + secret, []string{html}, 307, "./robot/view/" + secret, ""},
		{"GET", "/robot/view/robots.txt" + secret, nil, 200, "", "User-agent"},
		{"GET", "/robot/view/blob/x" + secret, nil, 200, "", "/blob/x"},
		{"GET", "/robot/view/" + secret, upgrade, 299, "", ""},
		{"POST", "/robot/view/connection-check" + secret, nil, 204, "", ""},
		{"GET", "/healthz", nil, 200, "", "ok"},
		{"GET", "/robot/view/healthz", nil, 200, "", "ok"},
		{"GET", "/robot/view/", []string{html}, 401, "", `<link rel="icon" href="data:,">`},
		{"GET", "/robots.txt" + secret, nil, 404, "", "/robot/view/"},
		{"GET", "/blob/x" + secret, nil, 404, "", ""},
		{"GET", "/" + secret, upgrade, 404, "", ""},
		{"GET", "/robot/viewer/robots.txt" + secret, nil, 404, "", ""},
		{"GET", "/robot/view/%2e%2e/robots.txt" + secret, nil, 404, "", ""},
		{"GET", "/robot%2fview/robots.txt" + secret, nil, 404, "", ""},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request(c.method, c.target, "localhost", loop, c.headers...))
		if w.Code != c.status || w.Header().Get("Location") != c.location || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s %s: %d to %q %q, want %d to %q", c.method, c.target, w.Code, w.Header().Get("Location"), w.Body, c.status, c.location)
		}
	}
	for _, wrong := range []string{"view", "/view/", "/", "/a b", "/a?b", "/a//b", "/../a", "/a%2fb"} {
		if _, err := httpd.New(httpd.Options{PathPrefix: wrong}); err == nil || !strings.Contains(err.Error(), "PathPrefix") {
			t.Errorf("%q: %v, want an error", wrong, err)
		}
	}
}

// The cookie is for the path of the page as the browser knows it.
func TestCookiesBehindAPathPrefix(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")} // of httptest
	for _, c := range []struct {
		prefix, target string
		headers        []string
		want           string
	}{
		{"/view", "/view/", nil, "/view/"},
		{"/view", "/view/", []string{"X-Forwarded-Prefix: /outer"}, "/outer/view/"},
		{"/view", "/view/", []string{"X-Forwarded-Prefix: /view"}, "/view/"}, // named, but not removed
		{"", "/", []string{"X-Forwarded-Prefix: /view"}, "/view/"},           // removed
		{"", "/", nil, "/"},
	} {
		h := handler(t, httpd.Options{PathPrefix: c.prefix, Tokens: tokens(token), TrustedProxies: proxies})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", c.target+"?token="+token, "localhost", loop, append(c.headers, html)...))
		if got := w.Result().Cookies(); len(got) != 1 || got[0].Path != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestTwoOriginsAreRefused(t *testing.T) {
	r := request("GET", "/", "localhost:8080", loop, append(upgrade, "Origin: http://localhost:8080", "Origin: http://localhost:8080")...)
	w := httptest.NewRecorder()
	handler(t, httpd.Options{}).ServeHTTP(w, r)
	if w.Code != 403 {
		t.Fatalf("%d, want 403", w.Code)
	}
}

func TestNewRefusesInvalidOptions(t *testing.T) {
	for _, o := range []httpd.Options{
		{AllowedHosts: []string{"http://viewer.example"}},
		{AllowedHosts: []string{"viewer.example:port"}},
		{AllowedHosts: []string{""}},
		{AllowedOrigins: []string{"viewer.example"}},
		{AllowedOrigins: []string{"http://a; script-src *"}},
		{AllowedOrigins: []string{"http://a/path"}},
		{AllowedOrigins: []string{""}},
	} {
		if _, err := httpd.New(o); err == nil {
			t.Errorf("%+v was accepted", o)
		} else if !strings.HasPrefix(err.Error(), "Allowed") {
			t.Errorf("%+v: %v does not begin with the option", o, err)
		}
	}
}

func TestFiles(t *testing.T) {
	const forever = "public, max-age=31536000, immutable"
	for _, c := range []struct {
		method, path string
		status       int
		mime, cache  string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8", "no-cache"},
		{"HEAD", "/", 200, "text/html; charset=utf-8", "no-cache"},
		{"GET", "/index.html", 200, "text/html; charset=utf-8", "no-cache"},
		{"GET", "/?websocket=ws://other:1/", 200, "text/html; charset=utf-8", "no-cache"},
		{"GET", "/robots.txt", 200, "text/plain; charset=utf-8", "no-cache"},
		{"GET", "/assets/index-B1a2C3d4.js", 200, "text/javascript; charset=utf-8", forever},
		{"GET", "/assets/style-xY_9-Za1.css", 200, "text/css; charset=utf-8", forever},
		{"GET", "/assets/zstd-00000000.wasm", 200, "application/wasm", forever},
		{"GET", "/assets/pic-AAAAAAAA.png", 200, "image/png", forever},
		{"GET", "/assets/odd-AAAAAAAA.zzz", 200, "application/octet-stream", forever},
		{"GET", "/assets/readme.js", 200, "text/javascript; charset=utf-8", "no-cache"},
		{"GET", "/hdri/city.hdr", 200, "image/vnd.radiance", "no-cache"},
		{"GET", "/healthz", 200, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/assets", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/assets/", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/missing.js", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/../index.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/assets/../index.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/%2e%2e/index.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/assets%2f..%2findex.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/assets%5c..%5cindex.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "//index.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/./index.html", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/.", 404, "text/plain; charset=utf-8", "no-store"},
		{"GET", "/index.html%00.js", 404, "text/plain; charset=utf-8", "no-store"},
		{"POST", "/", 405, "text/plain; charset=utf-8", "no-store"},
		{"OPTIONS", "/", 405, "text/plain; charset=utf-8", "no-store"},
		{"DELETE", "/index.html", 405, "text/plain; charset=utf-8", "no-store"},
	} {
		w := httptest.NewRecorder()
		handler(t, httpd.Options{}).ServeHTTP(w, request(c.method, c.path, "localhost:8080", loop))
		got := w.Result()
		if got.StatusCode != c.status || got.Header.Get("Content-Type") != c.mime || got.Header.Get("Cache-Control") != c.cache {
			t.Errorf("%s %s: %d %q %q, want %d %q %q", c.method, c.path, got.StatusCode, got.Header.Get("Content-Type"),
				got.Header.Get("Cache-Control"), c.status, c.mime, c.cache)
		}
		if c.method == "HEAD" && w.Body.Len() > 0 {
			t.Errorf("HEAD %s has a body", c.path)
		}
		for _, key := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
			if got.Header.Get(key) == "" {
				t.Errorf("%s %s has no %s", c.method, c.path, key)
			}
		}
	}
}

func TestGzipAndRevalidation(t *testing.T) {
	h := handler(t, httpd.Options{})
	const path = "/assets/index-B1a2C3d4.js"
	get := func(headers ...string) *http.Response {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", path, "localhost", loop, headers...))
		return w.Result()
	}
	tags := map[string]bool{}
	for _, c := range []struct {
		accept string
		gzip   bool
	}{
		{"gzip, deflate, br", true}, {"br;q=1, GZIP;q=0.5", true}, {"*", true},
		{"", false}, {"identity", false}, {"gzip;q=0", false}, {"gzip; q=0.000, *", false}, {"*;q=0", false}, {"gzipped", false},
	} {
		r := get("Accept-Encoding: " + c.accept)
		if got := r.Header.Get("Content-Encoding") == "gzip"; got != c.gzip {
			t.Errorf("Accept-Encoding %q: gzip %v, want %v", c.accept, got, c.gzip)
			continue
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		if n := r.ContentLength; n >= 0 && int(n) != len(body) {
			t.Errorf("Accept-Encoding %q: length %d, body %d", c.accept, n, len(body))
		}
		if c.gzip {
			body = gunzip(t, body)
		}
		if string(body) != script {
			t.Errorf("Accept-Encoding %q: not the file", c.accept)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: no Vary", c.accept)
		}
		tags[r.Header.Get("ETag")] = true
	}
	if len(tags) != 2 {
		t.Fatalf("two forms of the file, %d tags: %v", len(tags), tags)
	}
	for tag := range tags {
		for _, header := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			r := get("If-None-Match: "+header, "Accept-Encoding: gzip")
			if body, _ := io.ReadAll(r.Body); r.StatusCode != 304 || len(body) > 0 || r.Header.Get("ETag") == "" {
				t.Errorf("If-None-Match %s: %d with %d bytes", header, r.StatusCode, len(body))
			}
		}
	}
	if r := get(`If-None-Match: "other"`); r.StatusCode != 200 {
		t.Errorf("a tag of something else: %d", r.StatusCode)
	}
}

func gunzip(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestContentPolicy(t *testing.T) {
	for _, c := range []struct {
		origins []string
		want    string
	}{
		{nil, "frame-ancestors 'self'"},
		{[]string{"http://localhost:8888", "https://[::1]:443"}, "frame-ancestors 'self' http://localhost:8888 https://[::1]"},
		{[]string{"*"}, "frame-ancestors *"},
	} {
		w := httptest.NewRecorder()
		handler(t, httpd.Options{AllowedOrigins: c.origins}).ServeHTTP(w, request("GET", "/", "localhost", loop))
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.HasSuffix(policy, "; "+c.want) {
			t.Errorf("origins %q: %q does not end in %q", c.origins, policy, c.want)
		}
		for _, part := range []string{"default-src 'self'", "script-src 'self' 'wasm-unsafe-eval';", "object-src 'none'", "img-src 'self' data: blob:;"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%q lacks %q", policy, part)
			}
		}
		if strings.Contains(policy, "'unsafe-eval'") {
			t.Errorf("%q allows eval", policy)
		}
	}
}

func TestRemoteImages(t *testing.T) {
	for allow, want := range map[bool]string{false: "; img-src 'self' data: blob:; ", true: "; img-src 'self' data: blob: https:; "} {
		w := httptest.NewRecorder()
		handler(t, httpd.Options{AllowRemoteImages: allow}).ServeHTTP(w, request("GET", "/", "localhost", loop))
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, want) {
			t.Errorf("AllowRemoteImages %v: %q lacks %q", allow, policy, want)
		}
		if strings.Count(policy, "https:") != strings.Count(want, "https:") {
			t.Errorf("AllowRemoteImages %v: %q allows more than images", allow, policy)
		}
	}
}

func TestWithoutTheClient(t *testing.T) {
	h, err := httpd.New(httpd.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, request("GET", "/", "localhost", loop))
	if w.Code != 200 || !strings.Contains(w.Body.String(), "without the embedded web client") {
		t.Errorf("page: %d %q", w.Code, w.Body)
	}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, request("GET", "/", "localhost", loop, upgrade...))
	if w.Code != 501 {
		t.Errorf("websocket with no session: %d, want 501", w.Code)
	}
}

func TestUpgradeOnAnyPathGoesToTheSession(t *testing.T) {
	for _, path := range []string{"/", "/index.html", "/nothing/here", "/assets/"} {
		w := httptest.NewRecorder()
		handler(t, httpd.Options{}).ServeHTTP(w, request("GET", path, "localhost", loop, upgrade...))
		if w.Code != 299 {
			t.Errorf("%s: %d, want the session's 299", path, w.Code)
		}
	}
	for _, half := range upgrade {
		w := httptest.NewRecorder()
		handler(t, httpd.Options{}).ServeHTTP(w, request("GET", "/", "localhost", loop, half))
		if w.Code != 200 {
			t.Errorf("only %q: %d, want the page", half, w.Code)
		}
	}
}

// A stranger can make us refuse as often as they like; the log must not grow with it.
func TestLogsOfRefusalsAreLimited(t *testing.T) {
	var out bytes.Buffer
	h, err := httpd.New(httpd.Options{Logger: slog.New(slog.NewTextHandler(&out, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		h.ServeHTTP(httptest.NewRecorder(), request("GET", "/", "evil.example", loop))
	}
	if lines := strings.Count(out.String(), "\n"); lines != 1 {
		t.Fatalf("%d log lines for 1000 refusals, want 1", lines)
	}
}

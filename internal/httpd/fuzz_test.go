package httpd_test

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/viser-go/viser/internal/httpd"
)

// Any Host header that is accepted without being listed names loopback.
func FuzzHost(f *testing.F) {
	for _, s := range []string{"localhost", "localhost:8080", "[::1]:80", "127.0.0.1", "evil.example", "[fe80::1%25x]", "a.localhost.", ":", "[", "]:", "\x00", "0:0", "[::%8:e00e2dx]"} {
		f.Add(s)
	}
	h := handler(f, httpd.Options{})
	f.Fuzz(func(t *testing.T, host string) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", "/", host, loop))
		if w.Code == 403 {
			return
		}
		name := strings.ToLower(host)
		if i := strings.LastIndexByte(name, ':'); i >= 0 && !strings.HasSuffix(name, "]") {
			name = name[:i]
		}
		name = strings.TrimSuffix(strings.Trim(name, "[]"), ".")
		if name == "localhost" || strings.HasSuffix(name, ".localhost") {
			return
		}
		ip, err := netip.ParseAddr(name)
		// A zone names an interface of this machine; the address stays what it is.
		if ip = ip.WithZone("").Unmap(); err != nil || !ip.IsLoopback() && !ip.IsUnspecified() {
			t.Fatalf("Host %q was let in (%d)", host, w.Code)
		}
	})
}

// Any Origin that is accepted names the requested host.
func FuzzOrigin(f *testing.F) {
	for _, s := range []string{"http://localhost:8080", "https://localhost:8080", "null", "http://localhost:8080@x", "http://x#localhost:8080", "http:localhost:8080", "://", "http://[::1]"} {
		f.Add(s)
	}
	h := handler(f, httpd.Options{})
	f.Fuzz(func(t *testing.T, origin string) {
		r := request("GET", "/", "localhost:8080", loop, upgrade...)
		r.Header["Origin"] = []string{origin}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == 403 {
			return
		}
		_, host, _ := strings.Cut(strings.ToLower(origin), "://")
		if strings.TrimSuffix(host, ".:8080") != "localhost" && host != "localhost:8080" {
			t.Fatalf("Origin %q was let in (%d)", origin, w.Code)
		}
	})
}

// For any request only the client's files are returned, and no header is split.
func FuzzRequest(f *testing.F) {
	f.Add("/", "", "", "")
	f.Add("/assets/index-B1a2C3d4.js", "", "gzip;q=0.5, *", `"abc", W/"def"`)
	f.Add("/../../x", "token=a&b=c", "gzip;;;", "*")
	f.Add("/%00", "token="+token, "", "")
	f.Add("//evil.example", "token="+token+"&%zz&x=\r\n", "", "")
	open, guarded := handler(f, httpd.Options{}), handler(f, httpd.Options{Tokens: tokens(token)})
	files, requests := client(), new(atomic.Uint32)
	f.Fuzz(func(t *testing.T, path, query, encoding, tag string) {
		r := request("GET", "/", "localhost", loop, html)
		n := requests.Add(1) // an address of its own for each, so that none is delayed as one that guesses
		r.RemoteAddr = netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}).String()
		r.URL.Path, r.URL.RawQuery, r.RequestURI = path, query, path+"?"+query
		r.Header["Accept-Encoding"], r.Header["If-None-Match"] = []string{encoding}, []string{tag}
		w := httptest.NewRecorder()
		open.ServeHTTP(w, r)
		name := strings.TrimPrefix(path, "/")
		if name == "" {
			name = "index.html"
		}
		if _, known := files[name]; w.Code == 200 && !known && path != "/healthz" {
			t.Fatalf("%q gave %q", path, w.Body)
		}
		w = httptest.NewRecorder()
		guarded.ServeHTTP(w, r)
		to := w.Header().Get("Location")
		if w.Code == 303 && (!strings.HasPrefix(to, "./") || strings.ContainsAny(to, "\r\n")) {
			t.Fatalf("%q ? %q leads to %q", path, query, to)
		}
		if w.Code == 200 && path != "/healthz" {
			t.Fatalf("%q ? %q was let in without going through the cookie", path, query)
		}
	})
}

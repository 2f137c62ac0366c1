package httpd_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/httpd"
)

// granted is a session that keeps the grant of the last websocket.
type granted struct{ access.Grant }

func (g *granted) ServeHTTP(_ http.ResponseWriter, r *http.Request) { g.Grant = access.Of(r.Context()) }

// from is a request of another address.
func from(addr, target string, headers ...string) *http.Request {
	r := request("GET", target, "localhost:8080", loop, headers...)
	r.RemoteAddr = addr
	return r
}

func status(h http.Handler, r *http.Request) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func newHandler(t *testing.T, o httpd.Options) *httpd.Handler {
	t.Helper()
	o.Client = client()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	h, err := httpd.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestRolesReachTheSession(t *testing.T) {
	ts := tokens(token)
	alice := ts.Add(access.Spec{Name: "alice", Role: access.View})
	var got granted
	h := newHandler(t, httpd.Options{Tokens: ts, Session: &got})
	status(h, from("192.0.2.7:1", "/?token="+alice.Secret(), upgrade...))
	if got.Role != access.View || got.Name != "alice" || got.Address != netip.MustParseAddr("192.0.2.7") || got.Until.Err() != nil {
		t.Errorf("%+v", got.Grant)
	}
	status(h, from("192.0.2.7:1", "/?token="+token, upgrade...))
	if got.Role != access.Operate {
		t.Errorf("%+v", got.Grant)
	}
	alice.Revoke()
	if code := status(h, from("192.0.2.7:1", "/?token="+alice.Secret(), upgrade...)); code != 401 {
		t.Errorf("a revoked token: %d", code)
	}
	free := newHandler(t, httpd.Options{Session: &got})
	status(free, from("192.0.2.7:1", "/", upgrade...))
	if got.Role != access.Operate || got.Until != nil {
		t.Errorf("where no token is required: %+v", got.Grant)
	}
}

// A link with another token replaces the token of the cookie.
func TestLinkChangesTheRole(t *testing.T) {
	ts := tokens(token)
	viewer := ts.Add(access.Spec{Role: access.View})
	var got granted
	h := newHandler(t, httpd.Options{Tokens: ts, Session: &got})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, from("192.0.2.7:1", "/?token="+token, html))
	operator := w.Result().Cookies()[0]
	w = httptest.NewRecorder()
	h.ServeHTTP(w, from("192.0.2.7:1", "/?token="+viewer.Secret(), html, "Cookie: "+operator.Name+"="+operator.Value))
	set := w.Result().Cookies()[0]
	if set.Name != operator.Name || set.Value == operator.Value {
		t.Fatalf("%v does not replace %v", set, operator)
	}
	status(h, from("192.0.2.7:1", "/", append(upgrade, "Cookie: "+set.Name+"="+set.Value)...))
	if got.Role != access.View {
		t.Errorf("%+v", got.Grant)
	}
}

func TestGuessingIsSlowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ts := tokens(token)
		random := ts.Add(access.Spec{Role: access.View})
		h := newHandler(t, httpd.Options{Tokens: ts, Session: session})
		guess := func(addr, what string) int { return status(h, from(addr, "/?token="+what, upgrade...)) }
		for range 50 {
			if code := guess("192.0.2.7:1", "stale"); code != 401 {
				t.Fatalf("the same wrong token again: %d", code)
			}
		}
		for i := range 9 {
			if code := guess("192.0.2.7:1", strconv.Itoa(i)); code != 401 {
				t.Fatalf("wrong token %d: %d", i, code)
			}
		}
		if code := guess("192.0.2.7:1", token); code != 429 {
			t.Errorf("the token that was chosen, after ten wrong ones: %d", code)
		}
		if code := guess("192.0.2.7:2", random.Secret()); code != 299 {
			t.Errorf("a random token, after ten wrong ones: %d", code)
		}
		if code := guess("192.0.2.8:1", token); code != 299 {
			t.Errorf("another address: %d", code)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, from("192.0.2.7:1", "/?token="+token, html))
		if w.Code != 429 || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), "Too many wrong tokens") {
			t.Errorf("%d %v %.100q", w.Code, w.Header(), w.Body)
		}
		<-time.After(time.Second)
		if code := guess("192.0.2.7:1", token); code != 299 {
			t.Errorf("after the delay: %d", code)
		}
		// The delay doubles up to a minute: in an hour there are few guesses.
		start, tried := time.Now(), 0
		for i := 0; time.Since(start) < time.Hour; i++ {
			if guess("192.0.2.7:1", fmt.Sprint("x", i)) == 401 {
				tried++
			}
			<-time.After(100 * time.Millisecond)
		}
		if tried > 70 {
			t.Errorf("%d guesses in an hour", tried)
		}
	})
}

func TestGuessesByCookieCount(t *testing.T) {
	h := newHandler(t, httpd.Options{Tokens: tokens(token), Session: session})
	good := cookieOf(t, h)
	for i := range 4 {
		var all []string
		for j := range 3 {
			all = append(all, fmt.Sprintf("Cookie: viser-8080=%d", 3*i+j))
		}
		status(h, from("192.0.2.7:1", "/", append(all, upgrade...)...))
	}
	_, value, _ := strings.Cut(good, "=")
	if code := status(h, from("192.0.2.7:1", "/", append(upgrade, "Cookie: viser-8080="+value)...)); code != 429 {
		t.Errorf("after twelve wrong cookies: %d", code)
	}
}

func TestAuthorize(t *testing.T) {
	log := new(bytes.Buffer)
	var got granted
	h := newHandler(t, httpd.Options{
		Session: &got, Logger: slog.New(slog.NewTextHandler(log, nil)),
		Authorize: func(r *http.Request) (access.Grant, error) {
			switch name := r.Header.Get("X-User"); name {
			case "":
				return access.Grant{}, errors.New("nobody\nlevel=ERROR")
			case "panic":
				panic("in the hook")
			default:
				r.Header.Set("X-User", "changed")
				return access.Grant{Role: access.View, Name: name}, nil
			}
		},
	})
	r := from("192.0.2.7:1", "/", append(upgrade, "X-User: bob")...)
	status(h, r)
	if got.Role != access.View || got.Name != "bob" || !got.Address.IsValid() || r.Header.Get("X-User") != "bob" {
		t.Errorf("%+v, %v", got.Grant, r.Header)
	}
	for _, c := range []struct {
		user string
		want int
		page string
	}{
		{"bob", 200, "<title>page"},
		{"", 403, "ask the person who runs it"},
		{"panic", 500, "failed to check who you are"},
	} {
		for _, target := range []string{"/", "/assets/index-B1a2C3d4.js"} {
			headers := []string{html}
			if c.user != "" {
				headers = append(headers, "X-User: "+c.user)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, from("192.0.2.7:1", target, headers...))
			if w.Code != c.want || target == "/" && !strings.Contains(w.Body.String(), c.page) {
				t.Errorf("%q at %s: %d %q", c.user, target, w.Code, w.Body)
			}
			if strings.Contains(w.Body.String(), "nobody") || strings.Contains(w.Body.String(), "in the hook") {
				t.Errorf("%q: what is for the log is in the response: %q", c.user, w.Body)
			}
			if strings.Contains(w.Header().Get("Cache-Control"), "public") {
				t.Errorf("%q at %s: a shared cache may keep it", c.user, target)
			}
		}
	}
	if text := log.String(); !strings.Contains(text, "panic in Authorize") || !strings.Contains(text, "nobody") || strings.Contains(text, "\nlevel=ERROR") ||
		!regexp.MustCompile(`at=\S+/access_test\.go:\d+ `).MatchString(text) {
		t.Errorf("the log: %s", text)
	}
	if code := status(h, from("192.0.2.7:1", "/healthz")); code != 200 {
		t.Errorf("health: %d", code)
	}
}

// A token counts also where a hook decides about everyone else, whose error is in the log.
func TestTokenBesidesAuthorize(t *testing.T) {
	log := new(bytes.Buffer)
	var got granted
	h := newHandler(t, httpd.Options{
		Session: &got, Tokens: tokens(token), Logger: slog.New(slog.NewTextHandler(log, nil)),
		Authorize: func(*http.Request) (access.Grant, error) { return access.Grant{}, errors.New("nobody") },
	})
	if status(h, from("192.0.2.7:1", "/?token="+token, upgrade...)); got.Role != access.Operate {
		t.Errorf("%+v", got.Grant)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, from("192.0.2.7:1", "/", html))
	if page := w.Body.String(); w.Code != 401 || !strings.Contains(page, "ask the person who runs it for access") || strings.Contains(page, "nobody") {
		t.Errorf("without one: %d %s", w.Code, page)
	}
	if !strings.Contains(log.String(), "nobody") {
		t.Errorf("the log: %s", log)
	}
}

func TestTrustedProxies(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct {
		what, from string
		headers    []string
		want       string // "": the address that it came from
	}{
		{"nothing", "10.0.0.1:1", nil, "10.0.0.1"},
		{"one proxy", "10.0.0.1:1", []string{"X-Forwarded-For: 203.0.113.9"}, "203.0.113.9"},
		{"with a port", "[::1]:1", []string{"X-Forwarded-For: 203.0.113.9:80"}, "203.0.113.9"},
		{"IPv6", "[::1]:1", []string{"X-Forwarded-For: 2001:db8::9"}, "2001:db8::9"},
		{"what the client made up is before it", "10.0.0.1:1", []string{"X-Forwarded-For: 127.0.0.1, 203.0.113.9"}, "203.0.113.9"},
		{"a chain of proxies", "10.0.0.1:1", []string{"X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.0.0.3", "X-Forwarded-For: 10.0.0.2"}, "203.0.113.9"},
		{"garbage", "10.0.0.1:1", []string{"X-Forwarded-For: 1.1.1.1, unknown"}, "10.0.0.1"},
		{"garbage before proxies", "10.0.0.1:1", []string{"X-Forwarded-For: unknown, 10.0.0.2"}, "10.0.0.2"},
		{"Forwarded", "10.0.0.1:1", []string{`Forwarded: for=1.1.1.1;proto=http, for="[2001:db8::9]:4711";host="a,b"`}, "2001:db8::9"},
		{"X-Forwarded-For has precedence", "10.0.0.1:1", []string{"Forwarded: for=127.0.0.1", "X-Forwarded-For: 203.0.113.9"}, "203.0.113.9"},
		{"not a proxy", "192.0.2.7:1", []string{"X-Forwarded-For: 203.0.113.9", "Forwarded: for=1.1.1.1"}, "192.0.2.7"},
	} {
		var got granted
		h := newHandler(t, httpd.Options{Session: &got, TrustedProxies: proxies})
		code := status(h, from(c.from, "/", append(upgrade, c.headers...)...))
		if code == 403 && strings.Contains(c.headers[0], "host=") {
			continue // the host is another check
		}
		if got.Address.String() != c.want {
			t.Errorf("%s: the client is %v (%d), want %s", c.what, got.Address, code, c.want)
		}
	}
}

func TestWhatAProxySaysOfTheRequest(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}
	h := newHandler(t, httpd.Options{Session: session, TrustedProxies: proxies, Tokens: tokens(token), AllowedHosts: []string{"viewer.example"}})
	all := []string{"X-Forwarded-Host: viewer.example", "X-Forwarded-Proto: https", "X-Forwarded-Prefix: /lab/viewer/"}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, from("10.0.0.1:1", "/?token="+token, append(all, html)...))
	if set := w.Header().Get("Set-Cookie"); !strings.Contains(set, "; Path=/lab/viewer/;") || !strings.Contains(set, "; Secure") {
		t.Errorf("behind the proxy: %q", set)
	}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, from("10.0.0.2:1", "/?token="+token, append(all, html)...))
	if set := w.Header().Get("Set-Cookie"); !strings.Contains(set, "; Path=/;") || strings.Contains(set, "Secure") {
		t.Errorf("from another machine: %q", set)
	}
	at := "/?token=" + token
	for _, c := range []struct {
		what, from, host, origin string
		want                     int
	}{
		{"its page", "10.0.0.1:1", "viewer.example", "https://viewer.example", 299},
		{"another page", "10.0.0.1:1", "viewer.example", "https://evil.example", 403},
		{"a host that is not allowed", "10.0.0.1:1", "evil.example", "https://evil.example", 403},
		{"from another machine", "10.0.0.2:1", "viewer.example", "https://viewer.example", 403},
	} {
		if code := status(h, from(c.from, at, append(upgrade, "X-Forwarded-Host: "+c.host, "Origin: "+c.origin)...)); code != c.want {
			t.Errorf("%s: %d, want %d", c.what, code, c.want)
		}
	}
	for _, prefix := range []string{"x", "//evil.example", "/a;b", "/a\"b", "/../x", "/" + strings.Repeat("a", 300)} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, from("10.0.0.1:1", "/?token="+token, html, "X-Forwarded-Prefix: "+prefix))
		if set := w.Header().Get("Set-Cookie"); !strings.Contains(set, "; Path=/;") {
			t.Errorf("%q: %q", prefix, set)
		}
	}
}

// TestIgnoredProxyIsNamed: a refusal that is due to a proxy that is not trusted says so, instead of an advice that opens the
// server to another host.
func TestIgnoredProxyIsNamed(t *testing.T) {
	untrusted := newHandler(t, httpd.Options{})
	trusted := newHandler(t, httpd.Options{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.7/32")}})
	for _, c := range []struct {
		name    string
		h       http.Handler
		headers []string
		proxy   bool // it is named
	}{
		{"host", untrusted, []string{"Host: viewer.example", "X-Forwarded-For: 203.0.113.9"}, true},
		{"origin", untrusted, append(upgrade, "Origin: https://viewer.example", "X-Forwarded-Host: viewer.example"), true},
		{"Forwarded", untrusted, append(upgrade, "Origin: https://viewer.example", "Forwarded: host=viewer.example"), true},
		{"no proxy", untrusted, append(upgrade, "Origin: https://viewer.example"), false},
		{"a trusted one", trusted, append(upgrade, "Origin: https://evil.example", "X-Forwarded-Host: localhost"), false},
	} {
		r := from("192.0.2.7:1", "/", c.headers...)
		if host := r.Header.Get("Host"); host != "" {
			r.Host = host
		}
		w := httptest.NewRecorder()
		c.h.ServeHTTP(w, r)
		body := w.Body.String()
		if w.Code != 403 || strings.Contains(body, "TrustedProxies") != c.proxy || !strings.Contains(body, "Allowed") || len(body) > 300 {
			t.Errorf("%s: %d %q", c.name, w.Code, body)
		}
	}
}

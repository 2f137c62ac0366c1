package httpd_test

import (
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/httpd"
)

const token = "correct-horse-battery"

// tokens has one token, which may do everything.
func tokens(secret string) *access.Tokens {
	ts := new(access.Tokens)
	ts.Add(access.Spec{Role: access.Operate, Secret: secret})
	return ts
}

func cookieOf(t *testing.T, h http.Handler) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, request("GET", "/?token="+token, "localhost", loop, html))
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies, want 1", len(cookies))
	}
	return cookies[0].Name + "=" + cookies[0].Value
}

func TestTokenGate(t *testing.T) {
	h := handler(t, httpd.Options{Tokens: tokens(token)})
	good := "Cookie: " + cookieOf(t, h)
	name, _, _ := strings.Cut(good, "=")
	bad := name + "=" + token // the token itself is not the cookie's value
	for _, c := range []struct {
		what    string
		target  string
		headers []string
		want    int
	}{
		{"page, nothing", "/", []string{html}, 401},
		{"page, wrong token", "/?token=wrong", []string{html}, 401},
		{"page, empty token", "/?token=", []string{html}, 401},
		{"page, token", "/?token=" + token, []string{html}, 303},
		{"page, cookie", "/", []string{html, good}, 200},
		{"page, cookie among others", "/", []string{html, "Cookie: a=b", good}, 200},
		{"page, wrong cookie", "/", []string{html, bad}, 401},
		{"page, both", "/?token=" + token, []string{html, good}, 303},
		{"page, cookie and a stale token", "/?token=old", []string{html, good}, 303},
		{"asset, nothing", "/assets/index-B1a2C3d4.js", nil, 401},
		{"asset, cookie", "/assets/index-B1a2C3d4.js", []string{good}, 200},
		{"asset, token", "/assets/index-B1a2C3d4.js?token=" + token, nil, 200},
		{"missing file, nothing", "/nothing", nil, 401},
		{"health", "/healthz", nil, 200},
		{"websocket, nothing", "/", upgrade, 401},
		{"websocket, wrong token", "/?token=wrong", upgrade, 401},
		{"websocket, token", "/?token=" + token, upgrade, 299},
		{"websocket, cookie", "/x", append([]string{good}, upgrade...), 299},
		{"websocket, wrong cookie", "/x", append([]string{bad}, upgrade...), 401},
		{"websocket, token, foreign origin", "/?token=" + token, append([]string{"Origin: https://evil.example"}, upgrade...), 403},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", c.target, "localhost", loop, c.headers...))
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.what, w.Code, c.want)
		}
		if strings.Contains(w.Body.String(), token) {
			t.Errorf("%s: the answer holds the token", c.what)
		}
		if w.Code == 401 && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: 401 without WWW-Authenticate", c.what)
		}
		if w.Code == 200 && strings.Contains(w.Header().Get("Cache-Control"), "public") {
			t.Errorf("%s: a shared cache may keep what is behind a token", c.what)
		}
	}
}

func TestTokenCookie(t *testing.T) {
	w := httptest.NewRecorder()
	handler(t, httpd.Options{Tokens: tokens(token)}).ServeHTTP(w, request("GET", "/?token="+token, "localhost", loop, html))
	set := w.Header().Get("Set-Cookie")
	for _, want := range []string{"; Path=/;", "; HttpOnly", "; SameSite=Strict"} {
		if !strings.Contains(set, want) {
			t.Errorf("%q lacks %q", set, want)
		}
	}
	if strings.Contains(set, token) || strings.Contains(set, "Secure") {
		t.Errorf("%q holds the token, or Secure over plain HTTP", set)
	}
	w = httptest.NewRecorder()
	handler(t, httpd.Options{Tokens: tokens(token)}).ServeHTTP(w, request("GET", "/?token="+token, "localhost:8081", loop, html))
	if other := w.Result().Cookies()[0].Name; strings.HasPrefix(set, other+"=") {
		t.Error("two servers on one host overwrite each other's cookie")
	}
}

func TestCleanURL(t *testing.T) {
	h := handler(t, httpd.Options{Tokens: tokens(token)})
	for _, c := range []struct{ target, want string }{
		{"/?token=" + token, "./"},
		{"/?a=1&token=" + token + "&b=%20x&token=2", "./?a=1&b=%20x"},
		{"/?%74oken=" + token, "./"},
		{"/index.html?token=" + token, "./index.html"},
		{"/a:b?token=" + token, "./a:b"},
		{"//evil.example?token=" + token, "./evil.example"},
		{"//evil.example/?token=" + token, "./"},
		{"/?x=%0d%0aSet-Cookie:y&token=" + token, "./?x=%0d%0aSet-Cookie:y"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", c.target, "localhost", loop, html))
		if got := w.Header().Get("Location"); w.Code != 303 || got != c.want {
			t.Errorf("%s leads to %q (%d), want %q", c.target, got, w.Code, c.want)
		}
	}
}

// Browsers do not send Strict cookies in a redirect that another site started, so the response is a
// page.
func TestLinkFromAnotherSiteIsRedirected(t *testing.T) {
	w := httptest.NewRecorder()
	handler(t, httpd.Options{Tokens: tokens(token)}).ServeHTTP(w, request("GET", `/?q="><b>&token=`+token, "localhost", loop, html, "Sec-Fetch-Site: cross-site"))
	body := w.Body.String()
	if w.Code != 200 || w.Header().Get("Set-Cookie") == "" || !strings.Contains(body, `content="0;url=./?q=%22%3E%3Cb%3E"`) {
		t.Fatalf("%d %q", w.Code, body)
	}
}

func TestUnauthorizedPageShowsReason(t *testing.T) {
	h := handler(t, httpd.Options{Tokens: tokens(token)})
	for target, want := range map[string]string{
		"/":         "<p>This server needs its token: open the whole URL that you were given, or that the program printed.</p>",
		"/?token=x": "<p>That token is not valid here: it was replaced, revoked or has expired, or the server was restarted. Open the URL that the program printed last, or ask for a new one.</p>",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", target, "localhost", loop, html))
		if body := w.Body.String(); !strings.Contains(body, want) || !strings.Contains(body, `<input name="token"`) {
			t.Errorf("%s: %q", target, body)
		}
	}
}

// TestEndedAccessIsSaid: whoever comes back with the cookie of a token that has ended is told so. The text is the same for
// a cookie that never was one's.
func TestEndedAccessIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ts := new(access.Tokens)
		defer ts.Close()
		h := handler(t, httpd.Options{Tokens: ts})
		cookieOf := func(tok *access.Token) *http.Cookie {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, request("GET", "/?token="+tok.Secret(), "localhost", loop, html))
			return w.Result().Cookies()[0]
		}
		page := func(c *http.Cookie) (int, string) {
			w := httptest.NewRecorder()
			r := request("GET", "/", "localhost", loop, html)
			r.AddCookie(c)
			h.ServeHTTP(w, r)
			return w.Code, w.Body.String()
		}
		end := time.Now().Add(time.Hour)
		revoked, expired := ts.Add(access.Spec{Role: access.View}), ts.Add(access.Spec{Role: access.View, Expires: end})
		gone, over := cookieOf(revoked), cookieOf(expired)
		if over.Expires.Sub(end).Round(time.Second) != 24*time.Hour || !gone.Expires.IsZero() {
			t.Errorf("the cookies end at %v and %v, the token at %v", over.Expires, gone.Expires, end)
		}
		revoked.Revoke()
		<-time.After(2 * time.Hour)
		forged := &http.Cookie{Name: gone.Name, Value: "never"}
		_, want := page(forged)
		for _, c := range []*http.Cookie{gone, over, forged} {
			if code, body := page(c); code != 401 || body != want || !strings.Contains(body, "Your access to this viewer has ended: the token was revoked") {
				t.Errorf("%d %q", code, body)
			}
		}
	})
}

// TestWrongTokenKeepsTheCookie: a browser that has access does not lose it by an old link.
func TestWrongTokenKeepsTheCookie(t *testing.T) {
	h := handler(t, httpd.Options{Tokens: tokens(token)})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, request("GET", "/?token="+token, "localhost", loop, html))
	r := request("GET", "/?token=old", "localhost", loop, html)
	r.AddCookie(w.Result().Cookies()[0])
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 303 || w.Header().Get("Location") != "./" || len(w.Result().Cookies()) != 0 {
		t.Errorf("%d to %q, cookies %v", w.Code, w.Header().Get("Location"), w.Result().Cookies())
	}
}

// As a browser does it, with the handler mounted under a prefix of another mux.
func TestMountedUnderAPrefix(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/viewer/", http.StripPrefix("/viewer", handler(t, httpd.Options{Tokens: tokens(token)})))
	srv := httptest.NewServer(mux)
	defer srv.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := srv.Client()
	browser.Jar = jar
	get := func(path string) (*http.Response, string) {
		req, err := http.NewRequest("GET", srv.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept", "text/html")
		r, err := browser.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r, string(body)
	}
	if r, _ := get("/viewer/"); r.StatusCode != 401 {
		t.Fatalf("without the token: %d", r.StatusCode)
	}
	r, body := get("/viewer/?a=b&token=" + token)
	if r.StatusCode != 200 || !strings.Contains(body, "<title>page</title>") || r.Request.URL.RequestURI() != "/viewer/?a=b" {
		t.Fatalf("with the token: %d at %s: %q", r.StatusCode, r.Request.URL, body)
	}
	if r, body := get("/viewer/assets/index-B1a2C3d4.js"); r.StatusCode != 200 || body != script {
		t.Fatalf("asset with the cookie: %d", r.StatusCode)
	}
	u, err := url.Parse(srv.URL + "/elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	if c := jar.Cookies(u); len(c) != 0 {
		t.Fatalf("the cookie leaves its prefix: %v", c)
	}
}

func TestExposed(t *testing.T) {
	for _, c := range []struct {
		addr net.Addr
		want bool
	}{
		{nil, false},
		{&net.UnixAddr{Name: "/x"}, false},
		{&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, false},
		{&net.TCPAddr{IP: net.IPv6loopback}, false},
		{&net.TCPAddr{IP: net.IPv4zero}, true},
		{&net.TCPAddr{IP: net.IPv6unspecified}, true},
		{&net.TCPAddr{}, true},
		{&net.TCPAddr{IP: net.IPv4(192, 168, 0, 9)}, true},
	} {
		if got := httpd.Exposed(c.addr); got != c.want {
			t.Errorf("Exposed(%v) = %v", c.addr, got)
		}
	}
}

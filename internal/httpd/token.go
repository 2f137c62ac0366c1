package httpd

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
)

// NewToken returns a token of 128 random bits that can be used in a URL.
func NewToken() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program before it returns weak bytes
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// tokenGate requires the token in each request: first as ?token=…, then as the cookie of the response to
// that.
//
// The cookie is SameSite=Strict, so a page of another site cannot make a browser use it, and holds a value
// derived from the token rather than the token. Browsers share cookies among the ports of a host, so its name
// depends on the token too: two servers on one machine do not log each other out.
type tokenGate struct {
	token      [sha256.Size]byte // of the token: equal length for any, which the comparison needs
	cookie     [sha256.Size]byte // of the cookie's value
	cookieName string
	cookieText string
}

func newTokenGate(token string) *tokenGate {
	text := base64.RawURLEncoding.EncodeToString(digest("viser cookie value", token))
	return &tokenGate{
		token:      sha256.Sum256([]byte(token)),
		cookie:     sha256.Sum256([]byte(text)),
		cookieName: "viser-" + hex.EncodeToString(digest("viser cookie name", token)[:4]),
		cookieText: text,
	}
}

func digest(purpose, token string) []byte {
	sum := sha256.Sum256([]byte(purpose + "\x00" + token))
	return sum[:]
}

// valid reports whether the request has the token or the cookie.
func (g *tokenGate) valid(r *http.Request) bool { return g.inURL(r) || g.inCookie(r) }

func (g *tokenGate) inURL(r *http.Request) bool {
	return same(g.token, r.URL.Query().Get("token"))
}

func (g *tokenGate) inCookie(r *http.Request) bool {
	found := false
	for _, c := range r.CookiesNamed(g.cookieName) {
		found = same(g.cookie, c.Value) || found
	}
	return found
}

// same compares in constant time.
func same(want [sha256.Size]byte, got string) bool {
	sum := sha256.Sum256([]byte(got))
	return subtle.ConstantTimeCompare(want[:], sum[:]) == 1
}

// refusal responds to a request that is not admitted.
type refusal func(w http.ResponseWriter, r *http.Request, status int, why string)

// admit reports whether to continue. If not, it has responded: with the cookie and a redirect to the same URL
// without the token, or with 401.
func (g *tokenGate) admit(w http.ResponseWriter, r *http.Request, refuse refusal) bool {
	fromURL := g.inURL(r)
	if !fromURL && !g.inCookie(r) {
		g.refuse(w, r, refuse)
		return false
	}
	if !wantsPage(r) || !r.URL.Query().Has("token") {
		return true
	}
	if fromURL {
		g.setCookie(w, r)
	}
	sendToCleanURL(w, r)
	return false
}

func (g *tokenGate) setCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name:     g.cookieName,
		Value:    g.cookieText,
		Path:     mountPrefix(r) + "/",
		HttpOnly: true,
		Secure:   r.TLS != nil,
		SameSite: http.SameSiteStrictMode,
	})
}

// refuse responds with 401: with a page and a form if a browser requests a page, else with one
// line.
func (g *tokenGate) refuse(w http.ResponseWriter, r *http.Request, refuse refusal) {
	w.Header().Set("WWW-Authenticate", `viser-token realm="viser"`)
	why := "this server needs its token: open the whole URL that the program printed"
	if r.URL.Query().Has("token") {
		why = "that token is not this server's: open the whole URL that the program printed, of its last start"
	}
	if isUpgrade(r) || !wantsPage(r) {
		refuse(w, r, http.StatusUnauthorized, why)
		return
	}
	writePage(w, r, http.StatusUnauthorized, unauthorizedPage(why))
}

// wantsPage reports whether a user opens the URL in a browser, as opposed to a script, a picture or a
// program's request.
func wantsPage(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// sendToCleanURL redirects to the same page without the token in the address bar and the history.
//
// A redirect would suffice, but when the user followed a link on another site, the browser withholds Strict cookies
// from the whole chain of redirects. Then a page of this server does the last step, which starts a new chain.
func sendToCleanURL(w http.ResponseWriter, r *http.Request) {
	to := cleanURL(r)
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		writePage(w, r, http.StatusOK, hopPage(to))
		return
	}
	w.Header().Set("Location", to)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
}

// cleanURL is the request's URL without the token, relative to itself: the handler may be mounted anywhere,
// and "./" in front keeps a path that begins with two slashes from naming another host.
func cleanURL(r *http.Request) string {
	path := r.URL.EscapedPath()
	to := "./" + path[strings.LastIndexByte(path, '/')+1:]
	if q := withoutToken(r.URL.RawQuery); q != "" {
		to += "?" + q
	}
	return to
}

func withoutToken(rawQuery string) string {
	var kept []string
	for pair := range strings.SplitSeq(rawQuery, "&") {
		key, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(key); pair == "" || err != nil || name == "token" {
			continue
		}
		kept = append(kept, pair)
	}
	return printable(strings.Join(kept, "&"))
}

// printable escapes characters that are not allowed in a URL, and so not in a header
// either.
func printable(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			b.WriteByte('%')
			b.WriteString(strings.ToUpper(hex.EncodeToString([]byte{c})))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// mountPrefix is what http.StripPrefix took off the path: "" or such as "/viewer".
func mountPrefix(r *http.Request) string {
	asked, _, _ := strings.Cut(r.RequestURI, "?")
	prefix, ok := strings.CutSuffix(asked, r.URL.EscapedPath())
	if !ok || !strings.HasPrefix(prefix, "/") || strings.HasPrefix(prefix, "//") {
		return ""
	}
	return prefix
}

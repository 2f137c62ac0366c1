package httpd

import (
	"encoding/hex"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/rate"
)

// gate decides what a request may do: by a token, first as ?token=… and then as the cookie of the response to that;
// else by the program's hook; else, where no token is required, everything.
//
// The cookie is SameSite=Strict, so a page of another site cannot make a browser use it, and holds a value
// derived from the token rather than the token. Browsers share cookies among the ports of a host, so its name
// has the port: two servers on one machine do not log each other out.
type gate struct {
	tokens    *access.Tokens
	open      bool                                      // no token is required, although there are some
	authorize func(*http.Request) (access.Grant, error) // nil: no hook
	guesses   access.Guesses
	log       *slog.Logger
	quiet     rate.Log
}

// credentials are what a request sent, and what they are worth.
type credentials struct {
	sent    bool          // ?token= is in the URL
	url     *access.Token // that it names; nil: none
	cookie  *access.Token // that the cookie stands for; nil: none
	stale   bool          // there are cookies, none of which is valid now
	delayed time.Duration // above 0: secrets of this address are not looked at for so long
}

// token is the one that counts: a link with another token replaces the one of the cookie.
func (c credentials) token() *access.Token {
	if c.url != nil {
		return c.url
	}
	return c.cookie
}

// maxCookies is how many cookies of the name are looked at: one of this server, others of handlers on paths above.
const maxCookies = 4

// look reads the credentials of a request and counts wrong ones. While an address is delayed, only random secrets are
// compared, which nobody can guess: users behind one address with an attacker are not locked out.
func (g *gate) look(r *http.Request) (c credentials) {
	addr := remoteAddr(r)
	c.delayed = g.guesses.Delay(addr)
	slow := c.delayed > 0
	query := r.URL.Query()
	if c.sent = query.Has("token"); c.sent {
		secret := query.Get("token")
		if c.url = g.tokens.BySecret(secret, slow); c.url == nil && !slow {
			g.guesses.Failed(addr, secret)
		}
	}
	cookies := r.CookiesNamed(cookieName(r))
	for _, k := range cookies[:min(len(cookies), maxCookies)] {
		if t := g.tokens.ByCookie(k.Value, slow); t != nil {
			c.cookie = t
		} else if !slow {
			g.guesses.Failed(addr, k.Value)
		}
	}
	c.stale = len(cookies) > 0 && c.cookie == nil
	return c
}

// identify returns what a request may do. If it returns nil, the denial says why.
func (g *gate) identify(r *http.Request, c credentials) (*access.Grant, *denial) {
	var grant access.Grant
	switch t := c.token(); {
	case t != nil:
		grant = t.Grant()
	case g.authorize != nil:
		var err error
		if grant, err = g.ask(r); err != nil {
			return nil, g.denied(c, err)
		}
	case g.tokens.Required() && !g.open:
		return nil, g.denied(c, nil)
	default:
		grant.Role = access.Operate
	}
	grant.Address = remoteAddr(r)
	return &grant, nil
}

// ask calls the program's hook, with the request as it was received: the hook may have to know which proxy sent it.
func (g *gate) ask(r *http.Request) (grant access.Grant, err error) {
	if received := forwardedBy(r).received; received != nil {
		r = received
	}
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		err = errHook
		if n, ok := g.quiet.Allow(); ok {
			g.log.Error("panic in Authorize", "panic", rate.Text(p), "at", rate.PanicPlace(), "stack", rate.Stack(), "suppressed", n)
		}
	}()
	return g.authorize(r.Clone(r.Context()))
}

var errHook = fmt.Errorf("the program's Authorize failed")

// denial is why a request is refused.
type denial struct {
	status int
	why    string // for the user
	log    string // for the log; "" for why
	retry  time.Duration
	form   bool // a token would help
}

// denied returns why a request without access is refused. hook is the error of the program's hook; nil: it was not asked.
func (g *gate) denied(c credentials, hook error) *denial {
	d := g.refusal(c, hook)
	if hook != nil && hook != errHook {
		d.log = fmt.Sprintf("Authorize: %.200q", hook.Error())
	}
	return d
}

func (g *gate) refusal(c credentials, hook error) *denial {
	switch {
	case c.delayed > 0:
		return &denial{
			status: http.StatusTooManyRequests, retry: c.delayed,
			why: fmt.Sprintf("too many wrong tokens from this address: try again in %d s", seconds(c.delayed)),
		}
	case hook == errHook:
		return &denial{status: http.StatusInternalServerError, why: "the program that runs this viewer failed to check who you are"}
	case hook != nil && !g.tokens.Required():
		return &denial{
			status: http.StatusForbidden, why: "you may not use this viewer: ask the person who runs it for access",
		}
	case c.sent:
		return &denial{
			status: http.StatusUnauthorized, form: true,
			why: "that token is not valid here: it was replaced, revoked or has expired, or the server was restarted. Open the URL that the program printed last, or ask for a new one",
		}
	}
	// Ended tokens are not remembered: a cookie that never was one's gets the same text, so that nobody learns which ones
	// there were.
	if c.stale {
		return &denial{
			status: http.StatusUnauthorized, form: true,
			why: "your access to this viewer has ended: the token was revoked, replaced or has expired, or the server was restarted. Ask the person who runs it for a new link",
		}
	}
	if hook != nil {
		return &denial{
			status: http.StatusUnauthorized, form: true,
			why: "you may not use this viewer: ask the person who runs it for access, or for a URL with a token",
		}
	}
	return &denial{
		status: http.StatusUnauthorized, form: true,
		why: "this server needs its token: open the whole URL that you were given, or that the program printed",
	}
}

func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// refusal responds to a request that is not admitted.
type refusal func(w http.ResponseWriter, r *http.Request, status int, why string)

// deny responds with the denial: with a page if a browser requests a page, else with one line.
func (d *denial) deny(w http.ResponseWriter, r *http.Request, refuse refusal) {
	if d.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `viser-token realm="viser"`)
	}
	if d.retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds(d.retry)))
	}
	if isUpgrade(r) || !wantsPage(r) {
		refuse(w, r, d.status, d.why)
		return
	}
	if d.form {
		writePage(w, r, d.status, unauthorizedPage(d.why))
		return
	}
	writePage(w, r, d.status, refusedPage(d.why))
}

// setCookie makes the browser send the token's cookie from now on.
func setCookie(w http.ResponseWriter, r *http.Request, t *access.Token) {
	c := &http.Cookie{
		Name:     cookieName(r),
		Value:    t.Cookie(),
		Path:     cookiePath(r),
		HttpOnly: true,
		Secure:   isSecure(r),
		SameSite: http.SameSiteStrictMode,
	}
	if !t.Expires().IsZero() {
		c.Expires = t.Expires().Add(staleCookie)
	}
	http.SetCookie(w, c)
}

// staleCookie is how long the browser keeps the cookie of a token that has expired. The response can then say that, instead
// of asking for a token as if there had been none.
const staleCookie = 24 * time.Hour

// cookiePath is the path of the page as the browser knows it. Some proxies name a prefix that they have not removed,
// which is then named twice.
func cookiePath(r *http.Request) string {
	outer, inner := forwardedBy(r).prefix, mountPrefix(r)
	if outer == inner {
		inner = ""
	}
	return outer + inner + "/"
}

// cookieName has the port as the browser knows it. A program that sends another Host can have another cookie looked
// at, but not more of them.
func cookieName(r *http.Request) string {
	if _, port, ok := splitHost(r.Host); ok && port != "" {
		return "viser-" + port
	}
	return "viser"
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

// Package httpd is the HTTP side of a server: it checks requests (Host, Origin, access), passes websocket upgrades to
// the sessions, and serves the embedded web client.
//
// A request passes these checks in this order, and the first one that refuses it
// responds:
//
//	not below Options.PathPrefix:     404, but "/" is redirected there
//	/healthz                          open to all, returns only "ok", or 503 while the server closes
//	Host                              403; against DNS rebinding
//	websocket upgrade, on any path:   Origin 403, access 401, 403 or 429, then the session
//	POST /connection-check            Origin 403, access 401, 403 or 429, then 204
//	GET /blob/…                       Origin 403, access 401, 403 or 429, then the array
//	method                            405
//	mounted at "/x", asked for "/x":  301 to "/x/", from where the page finds its files
//	access: token, or Authorize       401, 403 or 429, as a page where one was asked for
//	/debug/pprof/, if Profiling:      Origin or role 403, without a token only from this machine 403, then a profile
//	the recording of Play, if any     a redirect of the page to where it plays it; the file, also in parts
//	a file of the web client          404
//
// A browser does not report to a page why a websocket was refused. The page therefore posts to /connection-check,
// which makes the same checks as for the websocket and responds with the reason. It is a POST because browsers send
// no Origin with a GET to the page's own server.
//
// docs/security.md describes the threats.
package httpd

import (
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/audit"
	"github.com/viser-go/viser/internal/rate"
)

// Options are the options of New. The zero value refuses every websocket and has no
// page.
type Options struct {
	// Client holds the built web client, with index.html at its root. Nil: a page reports that it is
	// missing.
	Client fs.FS
	// Session serves every websocket upgrade that passed the checks. Nil: 501.
	Session http.Handler
	// Arrays serves what is below /blob/ to pages that passed the checks. Nil: 404.
	Arrays http.Handler
	// AllowedHosts are Host header values to accept besides loopback and IP addresses: "viewer.example"
	// (any port) or "viewer.example:8080". "*" accepts every one.
	AllowedHosts []string
	// AllowedOrigins are the origins, besides the server's own, whose pages may open a websocket and embed the page in
	// a frame: "http://localhost:5173". "*" accepts every one.
	AllowedOrigins []string
	// AllowRemoteImages lets the page load images from any https address.
	AllowRemoteImages bool
	// PathPrefix is the path under which everything is, such as "/viewer". Empty: none.
	PathPrefix string
	// Tokens, once one was added, are required by every request but /healthz. Nil: none are.
	Tokens *access.Tokens
	// NoToken lets requests without a token do everything, also when there are tokens.
	NoToken bool
	// Authorize decides about requests without a valid token. Nil: they are refused if a token is required, else
	// they may do everything.
	Authorize func(*http.Request) (access.Grant, error)
	// TrustedProxies are the addresses of proxies whose X-Forwarded and Forwarded headers count.
	TrustedProxies []netip.Prefix
	// Profiling serves profiles of the program under /debug/pprof/, to those with access.
	Profiling bool
	// Suppressed counts the log records that were not written. May be nil.
	Suppressed *atomic.Int64
	// Audit records refused requests and the use of tokens in URLs. Nil: nothing is recorded.
	Audit *audit.Trail
	// Closed ends when the server closes: /healthz then reports it. Nil: never.
	Closed <-chan struct{}
	// Logger receives rate-limited warnings about refused requests. Nil:
	// slog.Default().
	Logger *slog.Logger
}

// Handler answers every request of a server. It may be mounted under a prefix with http.StripPrefix: nothing
// in it names a path from the root. It is safe for concurrent use.
type Handler struct {
	session http.Handler
	arrays  http.Handler
	hosts   hostRules
	origins originRules
	gate    *gate
	prefix  string
	proxies proxies
	assets  *assets
	headers map[string]string
	log     *slog.Logger
	audit   *audit.Trail

	profiling bool
	closed    <-chan struct{}
	played    atomic.Pointer[played] // nil: none

	quiet rate.Log
}

// New checks the options and returns the handler. It does not listen.
func New(o Options) (*Handler, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Tokens == nil {
		o.Tokens = new(access.Tokens)
	}
	hosts, err := newHostRules(o.AllowedHosts)
	if err != nil {
		return nil, err
	}
	origins, err := newOriginRules(o.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	if o.PathPrefix != "" && cleanPrefix(o.PathPrefix) != o.PathPrefix || strings.Contains(o.PathPrefix, "%") {
		return nil, fmt.Errorf("PathPrefix: %q is not a path such as \"/viewer\", without a slash at its end", o.PathPrefix)
	}
	h := &Handler{
		prefix:  o.PathPrefix,
		session: o.Session,
		arrays:  o.Arrays,
		hosts:   hosts,
		origins: origins,
		gate:    &gate{tokens: o.Tokens, open: o.NoToken, authorize: o.Authorize, log: o.Logger, quiet: rate.Log{Total: o.Suppressed}},
		proxies: slices.Clone(o.TrustedProxies),
		assets:  newAssets(o.Client),
		headers: securityHeaders(origins, o.AllowRemoteImages),
		log:     o.Logger,
		audit:   o.Audit,

		quiet:     rate.Log{Total: o.Suppressed},
		profiling: o.Profiling,
		closed:    o.Closed,
	}
	return h, nil
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for k, v := range h.headers {
		w.Header().Set(k, v)
	}
	if r.URL.Path == "/healthz" {
		h.serveHealth(w, r)
		return
	}
	if r = h.withoutPrefix(w, r); r == nil {
		return
	}
	if r.URL.Path == "/healthz" {
		h.serveHealth(w, r)
		return
	}
	r = h.proxies.resolve(r)
	if !h.hosts.allow(r) {
		h.refuse(w, r, http.StatusForbidden, fmt.Sprintf("host %.100q is not one of this server's names; %s", r.Host, h.advice(r, "add it to AllowedHosts to let it in")))
		return
	}
	if isUpgrade(r) {
		h.upgrade(w, r)
		return
	}
	if r.Method == http.MethodPost && r.URL.Path == connectionCheck {
		h.checkConnection(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		plainError(w, http.StatusMethodNotAllowed, "method not allowed")
		return
	}
	if h.arrays != nil && strings.HasPrefix(r.URL.Path, blobs) {
		if grant, _, ok := h.mayConnect(w, r); ok {
			h.arrays.ServeHTTP(w, r.WithContext(access.With(r.Context(), grant)))
		}
		return
	}
	if r.URL.Path == "" {
		addSlash(w, r)
		return
	}
	grant := h.admit(w, r)
	if grant == nil {
		return
	}
	if h.profiling && strings.HasPrefix(r.URL.Path, profilePrefix) {
		h.profile(w, r, *grant)
		return
	}
	if h.servePlayed(w, r) {
		return
	}
	h.assets.serve(w, r, h.private())
}

// withoutPrefix returns the request without the prefix of its path. It returns nil if the path is not below the prefix,
// and has then responded. RequestURI keeps the prefix: cookies and redirects are made of it.
func (h *Handler) withoutPrefix(w http.ResponseWriter, r *http.Request) *http.Request {
	if h.prefix == "" {
		return r
	}
	path, ok := strings.CutPrefix(r.URL.Path, h.prefix)
	raw, rawOK := strings.CutPrefix(r.URL.RawPath, h.prefix)
	switch {
	case ok && (rawOK || r.URL.RawPath == "") && (path == "" || path[0] == '/'):
		out := new(http.Request)
		*out = *r
		u := *r.URL
		u.Path, u.RawPath = path, raw
		out.URL = &u
		return out
	case r.URL.Path == "/" && wantsPage(r):
		to := "." + h.prefix + "/"
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		w.Header().Set("Location", printable(to))
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusTemporaryRedirect)
	default:
		plainError(w, http.StatusNotFound, "no such file; the page is at "+h.prefix+"/")
	}
	return nil
}

// private reports whether a shared cache may not store what is served.
func (h *Handler) private() bool { return h.gate.authorize != nil || h.gate.tokens.Required() }

// admit returns what a request for a file may do. If it returns nil, it has responded: with the cookie and a
// redirect to the same URL without the token, or with a refusal.
func (h *Handler) admit(w http.ResponseWriter, r *http.Request) *access.Grant {
	c := h.gate.look(r)
	grant, no := h.gate.identify(r, c)
	if no != nil {
		h.deny(w, r, no)
		return nil
	}
	if !c.sent || !wantsPage(r) || !h.gate.tokens.Required() {
		return grant
	}
	if c.url != nil {
		h.auditToken(r, *grant)
		setCookie(w, r, c.url)
	}
	sendToCleanURL(w, r)
	return nil
}

// blobs is where pages find large arrays. Whoever may open a websocket may have them.
const blobs = "/blob/"

// connectionCheck handles the request that the page makes after its websocket was
// refused.
const connectionCheck = "/connection-check"

// upgrade checks a websocket request and passes it on.
func (h *Handler) upgrade(w http.ResponseWriter, r *http.Request) {
	grant, byURL, ok := h.mayConnect(w, r)
	if !ok {
		return
	}
	if h.session == nil {
		plainError(w, http.StatusNotImplemented, "this server takes no websocket connections")
		return
	}
	if byURL {
		h.auditToken(r, grant)
	}
	h.session.ServeHTTP(w, r.WithContext(access.With(r.Context(), grant)))
}

// checkConnection answers 204 if a websocket of the same page would be let in, else as the websocket was.
func (h *Handler) checkConnection(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := h.mayConnect(w, r); !ok {
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// mayConnect applies the checks of a websocket. It returns what its client may do, and whether that follows from a token
// in the URL. If ok is false, it has responded with the reason.
func (h *Handler) mayConnect(w http.ResponseWriter, r *http.Request) (grant access.Grant, byURL, ok bool) {
	if !h.origins.allow(r) {
		h.refuse(w, r, http.StatusForbidden, fmt.Sprintf("origin %.100q may not connect to %.100q; %s", r.Header.Get("Origin"), r.Host, h.advice(r, "add it to AllowedOrigins to let it in")))
		return access.Grant{}, false, false
	}
	c := h.gate.look(r)
	granted, no := h.gate.identify(r, c)
	if no != nil {
		h.deny(w, r, no)
		return access.Grant{}, false, false
	}
	return *granted, c.url != nil, true
}

// advice says what to do about a refusal. If a proxy says who asked for what, but is not trusted, that is the likely
// reason.
func (h *Handler) advice(r *http.Request, otherwise string) string {
	if h.proxies.ignored(r) {
		return "the X-Forwarded headers were ignored, as the request is not from one of TrustedProxies: add the proxy there, or else " + otherwise
	}
	return otherwise
}

// deny logs a refusal by the program's hook, and responds.
func (h *Handler) deny(w http.ResponseWriter, r *http.Request, d *denial) {
	reason := d.why
	if d.log != "" {
		reason = d.log
		h.warn(r, d.status, d.log)
	}
	h.auditRefusal(r, d.status, reason)
	d.deny(w, r, h.respond)
}

// addSlash redirects from "/prefix" to "/prefix/", where the relative addresses in the page are right. The
// target is relative, since a proxy may have removed more of the path.
func addSlash(w http.ResponseWriter, r *http.Request) {
	path, query, _ := strings.Cut(r.RequestURI, "?")
	to := "./" + path[strings.LastIndexByte(path, '/')+1:] + "/"
	if query != "" {
		to += "?" + query
	}
	w.Header().Set("Location", printable(to))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusMovedPermanently)
}

// refuse responds with one line, logs it at a limited rate, and records it.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	h.auditRefusal(r, status, why)
	h.respond(w, r, status, why)
}

// respond responds with one line, and logs it at a limited rate.
func (h *Handler) respond(w http.ResponseWriter, r *http.Request, status int, why string) {
	h.warn(r, status, why)
	plainError(w, status, why)
}

// auditToken records the use of a token in the request's URL.
func (h *Handler) auditToken(r *http.Request, g access.Grant) {
	h.audit.Action(h.auditKey("token used", r), addressAttr(r), slog.String("name", g.Name), slog.String("role", g.Role.String()))
}

// auditRefusal records a refusal. The path has no query, which may have a token.
func (h *Handler) auditRefusal(r *http.Request, status int, reason string) {
	if h.audit == nil {
		return
	}
	path := r.URL.Path
	if len(path) > 100 {
		path = path[:100] + "…"
	}
	h.audit.Change(h.auditKey("request refused", r), addressAttr(r), slog.Int("status", status), slog.String("reason", reason), slog.String("path", path))
}

// auditKey tells addresses apart as all limits do: an attacker has many of one network.
func (h *Handler) auditKey(what string, r *http.Request) audit.Key {
	return audit.Key{What: what, Client: -1, Target: access.Block(remoteAddr(r)).String()}
}

func addressAttr(r *http.Request) slog.Attr {
	text := ""
	if a := remoteAddr(r); a.IsValid() {
		text = a.String()
	}
	return slog.String("address", text)
}

func (h *Handler) warn(r *http.Request, status int, why string) {
	if n, ok := h.quiet.Allow(); ok {
		h.log.Warn("request refused", "status", status, "reason", why, "from", r.RemoteAddr, "suppressed", n)
	}
}

// plainError answers with one line of text.
func plainError(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, "viser: "+line, status)
}

// serveHealth responds "ok", or 503 while the server closes, so that a load balancer sends no more clients.
func (h *Handler) serveHealth(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	text := "ok\n"
	select {
	case <-h.closed:
		w.WriteHeader(http.StatusServiceUnavailable)
		text = "closing\n"
	default:
	}
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, text) // an error means that the client has disconnected
	}
}

// isUpgrade reports whether the request is a websocket upgrade.
func isUpgrade(r *http.Request) bool {
	return headerHas(r.Header, "Connection", "upgrade") && headerHas(r.Header, "Upgrade", "websocket")
}

// headerHas reports whether a comma-separated header contains a token, ignoring case.
func headerHas(h http.Header, key, token string) bool {
	for _, v := range h.Values(key) {
		for t := range strings.SplitSeq(v, ",") {
			if strings.EqualFold(strings.TrimSpace(t), token) {
				return true
			}
		}
	}
	return false
}

package viser

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"github.com/viser-go/viser/internal/httpd"
)

// DefaultAddr is the default of Options.Addr.
const DefaultAddr = "127.0.0.1:8080"

// Options are the options of a server. The zero value serves only this machine.
type Options struct {
	// Addr is the host and port to listen on; default DefaultAddr. Port 0 selects a
	// free port. An empty host, as in ":8080", means all interfaces: the server is
	// exposed to the network and requires a token.
	Addr string
	// ExactPort makes Start fail if the port is taken, instead of taking the next free
	// one above it; default false.
	ExactPort bool
	// Label is the title of the control panel; default the client's own.
	Label string
	// AllowedHosts are additional host names that requests may use, as host or
	// host:port, for instance behind a proxy; "*" allows any; default none. Loopback
	// names are always allowed, and so are IP addresses for connections from the
	// network.
	AllowedHosts []string
	// AllowedOrigins are the origins of other web pages that may connect, as
	// "http://localhost:5173"; "*" allows any page in a browser that can reach the
	// server; default none.
	AllowedOrigins []string
	// AllowRemoteImages lets markdown, HTML and the titlebar show images from any https
	// address. The browsers of all clients then send requests to those hosts, which
	// reveals their IP addresses and the times. Otherwise the client shows a link in
	// place of the image. Default false.
	AllowRemoteImages bool
	// Token is the secret that clients must send, as ?token= in the URL. If it is empty
	// and the server is exposed, a random one is generated, unless Authorize is set;
	// URL contains it. Server.Tokens adds further ones, with other roles.
	Token string
	// NoToken makes an exposed server require no token; Start logs a warning then. Default
	// false.
	NoToken bool
	// Authorize decides what a request without a valid token may do, for servers with
	// an identity provider. An error refuses the request; it is logged, and not shown
	// to the user. It is called for each request of the page, its files and its
	// connection, from many goroutines, so it should be fast, and must not keep r. The
	// name in the Access is Client.Name. Headers of a proxy that identify the user
	// count only if r.RemoteAddr is that proxy: others can send them too. A panic
	// refuses the request. Default: without a token requests are refused if one is
	// required, else they may do everything.
	Authorize func(r *http.Request) (Access, error)
	// TrustedProxies are the addresses of proxies in front of the server. Of their
	// requests, and of no others, the headers X-Forwarded-For, -Host, -Proto and
	// -Prefix, or else Forwarded, say who the client is, which host it asked for,
	// whether it uses TLS, and which prefix of the path the proxy removed. The proxy
	// must set or remove these headers. Default none.
	TrustedProxies []netip.Prefix
	// PathPrefix is the path under which the page is, such as "/viewer", for a proxy that
	// forwards a part of its paths and does not remove it. Everything is under it: the
	// page, its files, uploads and connections; URL contains it, and cookies are sent to it
	// only. A request for "/" is sent there; other paths are 404, except /healthz. Not for
	// a proxy that removes the prefix, nor with http.StripPrefix, which need no option.
	// Default "".
	PathPrefix string
	// MaxClients is the maximum number of connected clients; default 10,000.
	MaxClients int
	// MaxClientsPerAddress is the maximum number of connected clients of one IP address, or
	// of one IPv6 network of 64 bits; default half of MaxClients, at least 100. Together they may send
	// 40,000 messages per second. Addresses of this machine are not limited.
	MaxClientsPerAddress int
	// MaxUploadBytes is the maximum size on disk of the uploads of all clients
	// together: those in progress and those in use by callbacks; default 16 GiB.
	MaxUploadBytes int64
	// Grace is how long a client whose connection was lost remains a client, for its
	// page to come back; default 30 s. If it is negative, a client leaves at once, as it
	// does in any case if its page is closed or speaks only upstream viser's protocol.
	Grace time.Duration
	// KeepOnReload makes a page that is reloaded come back as the same client; default
	// false: it is a new one. A client whose page is closed then leaves only when Grace
	// is over, because a page that is closed looks like one that is being reloaded. The copy
	// that "Duplicate tab" makes is another client. It contradicts a negative Grace.
	KeepOnReload bool
	// StallTimeout is the time after which a client that accepts no byte of what it is
	// sent is disconnected; default 30 s. A client that accepts some bytes is slow, and
	// stays connected.
	StallTimeout time.Duration
	// Profiling serves profiles of the whole program under /debug/pprof/, as net/http/pprof
	// does: CPU, memory, goroutines, an execution trace. They reveal the program's
	// functions, and recording one costs time. Requests need RoleOperate; without a token, only
	// connections from the server's own machine are served. Default false: 404.
	Profiling bool
	// Trace has functions that are called around callbacks and windows; default none. See
	// the module github.com/viser-go/viser/tracing for OpenTelemetry.
	Trace Trace
	// Audit is where the server writes who did what: a record for each connection that is
	// accepted, refused, lost and ended, each token that is added, expires, is revoked,
	// or is sent in a URL, and each use of an element, a node, an upload or a download,
	// with the client's ID, name, role and address. Values are included, but not texts that users type: of those only the
	// number of characters is. Repetitions within a second are merged into one record,
	// with their number. The handler is called by one goroutine at a time, with no lock
	// held; records that a slow one misses are counted. Default nil: nothing is written.
	Audit *slog.Logger
	// TLS makes the server that Start starts serve https, with the certificates of this
	// configuration: it needs Certificates, GetCertificate or GetConfigForClient, and is
	// not changed. Only HTTP/1.1 is offered, because a websocket needs it, and at least
	// TLS 1.2 is required, also of what GetConfigForClient returns. A handshake has 10
	// seconds. Requests in plain HTTP are redirected. It has no effect on ServeHTTP.
	// Default nil: no encryption.
	TLS *tls.Config
	// Logger is where the server logs; default slog.Default().
	Logger *slog.Logger
}

func (o *Options) defaults() Options {
	out := orPtr(o, Options{})
	out.Addr = or(out.Addr, DefaultAddr)
	checkDuration("New", "Grace", max(out.Grace, 0))
	out.Grace = or(out.Grace, 30*time.Second)
	if out.StallTimeout < 0 {
		usage("New", "StallTimeout: it is %v; it must be 0 (30 s) or more", out.StallTimeout)
	}
	checkDuration("New", "StallTimeout", out.StallTimeout)
	checkLimit("MaxClients", int64(out.MaxClients))
	checkLimit("MaxClientsPerAddress", int64(out.MaxClientsPerAddress))
	checkLimit("MaxUploadBytes", out.MaxUploadBytes)
	if out.KeepOnReload && out.Grace < 0 {
		usage("New", "KeepOnReload: it needs a Grace in which the page comes back, and Grace is %v", out.Grace)
	}
	out.MaxClients = or(out.MaxClients, 10_000)
	out.MaxUploadBytes = or(out.MaxUploadBytes, 16<<30)
	if c := out.TLS; c != nil {
		if len(c.Certificates) == 0 && c.GetCertificate == nil && c.GetConfigForClient == nil {
			usage("New", "Options.TLS has no certificate: set Certificates, GetCertificate or GetConfigForClient")
		}
		out.TLS = httpd.TLSConfig(c)
	}
	out.AllowedHosts = slices.Clone(out.AllowedHosts)
	out.AllowedOrigins = slices.Clone(out.AllowedOrigins)
	out.TrustedProxies = trustedProxies(out.TrustedProxies)
	return out
}

// checkLimit refuses a negative limit, which some libraries take for none.
func checkLimit(what string, limit int64) {
	if limit < 0 {
		usage("New", "%s: it is %d; it must be above 0, or 0 for the default", what, limit)
	}
}

// trustedProxies checks the networks. Those that are written as IPv6 addresses of IPv4
// become IPv4, as the addresses that they are compared with.
func trustedProxies(networks []netip.Prefix) []netip.Prefix {
	networks = slices.Clone(networks)
	for i, n := range networks {
		if !n.IsValid() {
			usage("New", "TrustedProxies: element %d is not a network; netip.MustParsePrefix makes one", i)
		}
		if n.Addr().Is4In6() && n.Bits() >= 96 {
			networks[i] = netip.PrefixFrom(n.Addr().Unmap(), n.Bits()-96)
		}
	}
	return networks
}

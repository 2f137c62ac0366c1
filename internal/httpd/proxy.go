package httpd

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the addresses whose requests are those of others: their headers say whose, and how the browser
// made them. From everyone else such headers are ignored, since any client can send them.
type proxies []netip.Prefix

func (p proxies) trust(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(a) })
}

// forwarded is what a trusted proxy says about a request.
type forwarded struct {
	received *http.Request // as it was received
	https    bool
	prefix   string // what the proxy removed from the path: "" or such as "/viewer"
}

type forwardedKey struct{}

func forwardedBy(r *http.Request) forwarded {
	f, _ := r.Context().Value(forwardedKey{}).(forwarded)
	return f
}

// resolve returns the request as the browser made it: RemoteAddr is the browser's address, Host the host that it
// asked for. A request that does not come from a trusted proxy is returned as it is.
func (p proxies) resolve(r *http.Request) *http.Request {
	if len(p) == 0 || !p.trust(remoteAddr(r)) {
		return r
	}
	said := readForwarded(r.Header)
	out := r.WithContext(context.WithValue(r.Context(), forwardedKey{}, forwarded{
		received: r,
		https:    strings.EqualFold(said.proto, "https"),
		prefix:   cleanPrefix(lastOf(r.Header, "X-Forwarded-Prefix")),
	}))
	if a := p.client(said.addresses); a.IsValid() {
		out.RemoteAddr = a.String()
	}
	if said.host != "" {
		out.Host = said.host
	}
	return out
}

// ignored reports whether a resolved request has headers of a proxy that did not count.
func (p proxies) ignored(r *http.Request) bool {
	if forwardedBy(r).received != nil {
		return false
	}
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// client is the last address that is not a trusted proxy's: those before it were written by who knows whom.
func (p proxies) client(chain []string) (client netip.Addr) {
	for _, text := range slices.Backward(chain) {
		a, ok := nodeAddr(text)
		if !ok {
			return client
		}
		client = a
		if !p.trust(a) {
			return client
		}
	}
	return client
}

type claims struct {
	addresses   []string // the client's first, each proxy after it
	proto, host string
}

// readForwarded prefers the X-Forwarded headers: a proxy that writes those may pass on a Forwarded header that the
// client made up.
func readForwarded(h http.Header) claims {
	said := claims{
		addresses: listOf(h, "X-Forwarded-For"),
		proto:     lastOf(h, "X-Forwarded-Proto"),
		host:      lastOf(h, "X-Forwarded-Host"),
	}
	if len(said.addresses) > 0 || said.proto != "" || said.host != "" {
		return said
	}
	for _, value := range h.Values("Forwarded") {
		for element := range splitQuoted(value, ',') {
			for pair := range splitQuoted(element, ';') {
				said.add(pair)
			}
		}
	}
	return said
}

// add reads one pair of a Forwarded header (RFC 7239), such as for="[2001:db8::1]:80".
func (c *claims) add(pair string) {
	key, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
	value = strings.Trim(value, `"`)
	switch strings.ToLower(key) {
	case "for":
		c.addresses = append(c.addresses, value)
	case "proto":
		c.proto = value
	case "host":
		c.host = value
	}
}

// splitQuoted splits at a separator that is not inside double quotes.
func splitQuoted(s string, sep byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start, quoted := 0, false
		for i := range len(s) {
			switch {
			case s[i] == '"':
				quoted = !quoted
			case s[i] == sep && !quoted:
				if !yield(s[start:i]) {
					return
				}
				start = i + 1
			}
		}
		yield(s[start:])
	}
}

func listOf(h http.Header, key string) (all []string) {
	for _, value := range h.Values(key) {
		for item := range strings.SplitSeq(value, ",") {
			all = append(all, strings.TrimSpace(item))
		}
	}
	return all
}

// lastOf is what the proxy closest to the server wrote.
func lastOf(h http.Header, key string) string {
	all := listOf(h, key)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// nodeAddr reads an address with or without a port.
func nodeAddr(s string) (netip.Addr, bool) {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone(""), err == nil
}

// remoteAddr is the address that a request came from, the zero Addr where it is not an IP address.
func remoteAddr(r *http.Request) netip.Addr {
	a, _ := nodeAddr(r.RemoteAddr)
	return a
}

// cleanPrefix accepts a path that can be put in front of the server's own and into a cookie.
func cleanPrefix(s string) string {
	s = strings.TrimRight(s, "/")
	if !strings.HasPrefix(s, "/") || strings.Contains(s, "//") || strings.Contains(s, "..") || len(s) > 256 {
		return ""
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`";,\?#`, c) >= 0 {
			return ""
		}
	}
	return s
}

// isSecure reports whether the browser uses TLS.
func isSecure(r *http.Request) bool { return r.TLS != nil || forwardedBy(r).https }

package httpd

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// originRules decides which pages may open a websocket.
//
// Browsers let any page open a websocket to any server, and send the page's origin along. Allowed are the pages of this
// server itself, so the origin must equal the requested Host. A request without an origin does not come from a browser:
// such a program can connect anyway, and an exposed server has a token.
type originRules struct {
	any     bool
	origins map[string]bool // "scheme://host:port", or "null"
	listed  []string        // the same as written in the options, for the frame-ancestors header
}

func newOriginRules(allowed []string) (originRules, error) {
	rules := originRules{origins: make(map[string]bool, len(allowed))}
	for _, entry := range allowed {
		if entry == "*" {
			rules.any = true
			continue
		}
		if entry == "null" {
			rules.origins["null"] = true
			continue
		}
		o, ok := parseOrigin(strings.TrimSuffix(entry, "/"))
		if !ok {
			return originRules{}, fmt.Errorf("AllowedOrigins: %q is not an origin such as \"http://localhost:5173\"", entry)
		}
		rules.origins[o.key()] = true
		rules.listed = append(rules.listed, o.String())
	}
	return rules, nil
}

func (o originRules) allow(r *http.Request) bool {
	values := r.Header.Values("Origin")
	if len(values) == 0 || o.any {
		return true
	}
	if len(values) > 1 { // no browser sends two, and it is undefined which of them counts
		return false
	}
	if values[0] == "null" {
		return o.origins["null"]
	}
	origin, ok := parseOrigin(values[0])
	if !ok {
		return false
	}
	return o.origins[origin.key()] || origin.isHost(r.Host)
}

// origin is a page's origin: "https://[::1]:8443" is {https, ::1, 8443}.
type origin struct{ scheme, name, port string }

func parseOrigin(s string) (origin, bool) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" || u.Opaque != "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" ||
		strings.HasSuffix(s, "?") || strings.HasSuffix(s, "#") {
		return origin{}, false
	}
	name, port, ok := splitHost(u.Host)
	if !ok {
		return origin{}, false
	}
	return origin{scheme: strings.ToLower(u.Scheme), name: name, port: port}.withoutDefaultPort(), true
}

func (o origin) withoutDefaultPort() origin {
	if o.scheme == "http" && o.port == "80" || o.scheme == "https" && o.port == "443" {
		o.port = ""
	}
	return o
}

func (o origin) key() string { return o.scheme + "://" + joinHost(o.name, o.port) }

// String writes the origin as browsers and the CSP header do.
func (o origin) String() string {
	name := o.name
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if o.port != "" {
		name += ":" + o.port
	}
	return o.scheme + "://" + name
}

// isHost reports whether this origin is that of the request's Host. The scheme is not compared: behind a proxy that
// terminates TLS the page is https and the request here is not.
func (o origin) isHost(host string) bool {
	name, port, ok := splitHost(host)
	return ok && o == origin{scheme: o.scheme, name: name, port: port}.withoutDefaultPort()
}

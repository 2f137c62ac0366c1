package httpd

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// hostRules decides which Host headers are accepted.
//
// The danger is DNS rebinding: evil.example makes its name resolve to 127.0.0.1, and the browser then treats the
// server as the same origin as its page. The Host header is still evil.example, so a name that was not configured
// is refused. An IP address cannot be rebound; one is accepted if the connection does not come from loopback, that
// is if the server was exposed intentionally.
type hostRules struct {
	any   bool
	hosts map[string]bool // "name" or "name:port", lower case
}

func newHostRules(allowed []string) (hostRules, error) {
	rules := hostRules{hosts: make(map[string]bool, len(allowed))}
	for _, entry := range allowed {
		if entry == "*" {
			rules.any = true
			continue
		}
		name, port, ok := splitHost(entry)
		if !ok {
			return hostRules{}, fmt.Errorf("AllowedHosts: %q is not a host or host:port", entry)
		}
		rules.hosts[joinHost(name, port)] = true
	}
	return rules, nil
}

func (h hostRules) allow(r *http.Request) bool {
	if h.any {
		return true
	}
	name, port, ok := splitHost(r.Host)
	if !ok {
		return false
	}
	if isLoopbackName(name) || h.hosts[name] || h.hosts[joinHost(name, port)] {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (isLoopback(ip) || !cameByLoopback(r))
}

// splitHost splits a Host header. The name is returned in lower case, without a final dot and, if it is an
// IPv6 address, without brackets and zone.
func splitHost(hostport string) (name, port string, ok bool) {
	name, port = hostport, ""
	if i := strings.LastIndexByte(hostport, ':'); i >= 0 && !strings.HasSuffix(hostport, "]") {
		name, port = hostport[:i], hostport[i+1:]
		if !isPort(port) {
			return "", "", false
		}
	}
	if strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]") {
		ip, err := netip.ParseAddr(name[1 : len(name)-1])
		if err != nil || !ip.Is6() {
			return "", "", false
		}
		return ip.WithZone("").Unmap().String(), port, true
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return name, port, isName(name)
}

func joinHost(name, port string) string {
	if port == "" {
		return name
	}
	return net.JoinHostPort(name, port)
}

func isPort(s string) bool {
	if len(s) == 0 || len(s) > 5 {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// isName accepts DNS names and IPv4 addresses. An underscore is no DNS, but names in containers have it.
func isName(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for _, c := range []byte(s) {
		alnum := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !alnum && c != '-' && c != '.' && c != '_' {
			return false
		}
	}
	return true
}

// isLoopbackName reports whether it is one of the names that browsers resolve to this machine
// without asking DNS.
func isLoopbackName(name string) bool {
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// isLoopback also accepts 0.0.0.0 and ::, which users copy from logs and which systems resolve to
// loopback.
func isLoopback(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsUnspecified()
}

// cameByLoopback reports whether the connection's local address is a loopback address. If the address is unknown (a
// pipe, a Unix socket, a test) it counts as loopback, the stricter case.
func cameByLoopback(r *http.Request) bool {
	addr, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return !Exposed(addr)
}

// Exposed reports whether addr, as a listener or a connection has it, can be reached from other machines. What is no
// TCP address cannot.
func Exposed(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return false
	}
	ip, ok := netip.AddrFromSlice(tcp.IP)
	return !ok || !ip.Unmap().IsLoopback() // no IP at all is how "any address" looks
}

package httpd

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
)

// LocalURL returns what to open in a browser on the machine that listens on addr, with the token if it is not
// empty.
func LocalURL(scheme string, addr netip.AddrPort, token string) string {
	ip := addr.Addr().Unmap()
	if ip.IsUnspecified() {
		return pageURL(scheme, "localhost", addr.Port(), token)
	}
	return pageURL(scheme, ip.String(), addr.Port(), token)
}

// URLs returns every URL of a server that listens on addr: those that other machines can open first, IPv4 before
// IPv6, and last the one for this machine. Addresses has those of this machine's interfaces; it matters only where
// addr stands for all of them: 0.0.0.0 for those of IPv4, :: for both kinds.
func URLs(scheme string, addr netip.AddrPort, token string, addresses []netip.Addr) []string {
	ip := addr.Addr().Unmap()
	if !ip.IsUnspecified() {
		return []string{LocalURL(scheme, addr, token)}
	}
	var reachable []netip.Addr
	for _, a := range addresses {
		// A link-local address needs the name of the other machine's interface, which browsers do not
		// support.
		if a = a.Unmap(); a.IsLoopback() || a.IsUnspecified() || a.IsLinkLocalUnicast() || a.IsMulticast() {
			continue
		}
		if a.Is6() && ip.Is4() || slices.Contains(reachable, a) {
			continue
		}
		reachable = append(reachable, a)
	}
	slices.SortStableFunc(reachable, func(a, b netip.Addr) int { return a.BitLen() - b.BitLen() })
	var urls []string
	for _, a := range reachable {
		urls = append(urls, pageURL(scheme, a.WithZone("").String(), addr.Port(), token))
	}
	return append(urls, LocalURL(scheme, addr, token))
}

func pageURL(scheme, host string, port uint16, token string) string {
	u := url.URL{Scheme: scheme, Host: net.JoinHostPort(host, strconv.Itoa(int(port))), Path: "/"}
	if token != "" {
		u.RawQuery = url.Values{"token": {token}}.Encode()
	}
	return u.String()
}

// InterfaceAddresses returns the addresses of the network interfaces that are up. An interface that cannot be read is
// left out: users choose from the addresses.
func InterfaceAddresses() []netip.Addr {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var all []netip.Addr
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addresses {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				all = append(all, prefix.Addr())
			}
		}
	}
	return all
}

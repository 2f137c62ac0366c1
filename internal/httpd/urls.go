package httpd

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
)

// A Page says where the page of a server is.
type Page struct {
	Scheme string // http or https
	Addr   netip.AddrPort
	Prefix string // of the path: "" or such as "/viewer"
	Token  string // "" for none
}

// LocalURL returns what to open in a browser on the machine that listens on the page's address.
func LocalURL(p Page) string {
	ip := p.Addr.Addr().Unmap()
	if ip.IsUnspecified() {
		return p.url("localhost")
	}
	return p.url(ip.String())
}

// URLs returns every URL of a page: those that other machines can open first, IPv4 before IPv6, and last the one for
// this machine. Addresses has those of this machine's interfaces; it matters only where the page's address stands for
// all of them: 0.0.0.0 for those of IPv4, :: for both kinds.
func URLs(p Page, addresses []netip.Addr) []string {
	ip := p.Addr.Addr().Unmap()
	if !ip.IsUnspecified() {
		return []string{LocalURL(p)}
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
		urls = append(urls, p.url(a.WithZone("").String()))
	}
	return append(urls, LocalURL(p))
}

func (p Page) url(host string) string {
	u := url.URL{Scheme: p.Scheme, Host: net.JoinHostPort(host, strconv.Itoa(int(p.Addr.Port()))), Path: p.Prefix + "/"}
	if p.Token != "" {
		u.RawQuery = url.Values{"token": {p.Token}}.Encode()
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

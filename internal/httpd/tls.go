package httpd

import (
	"crypto/tls"
	"slices"
)

// TLSConfig returns a copy of a configuration with what a viser server needs: HTTP/1.1 instead of HTTP/2, which has no
// websockets here, and TLS 1.2, also for the configurations that GetConfigForClient returns.
func TLSConfig(c *tls.Config) *tls.Config {
	c = c.Clone()
	restrict(c)
	if choose := c.GetConfigForClient; choose != nil {
		c.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			chosen, err := choose(hello)
			if err != nil || chosen == nil || restricted(chosen) {
				return chosen, err
			}
			chosen = chosen.Clone() // the program's own stays as it is, and other servers may use it
			restrict(chosen)
			return chosen, nil
		}
	}
	return c
}

const (
	http1 = "http/1.1"
	http2 = "h2"
)

func restricted(c *tls.Config) bool {
	return (c.MinVersion == 0 || c.MinVersion >= tls.VersionTLS12) && !slices.Contains(c.NextProtos, http2) && slices.Contains(c.NextProtos, http1)
}

// restrict keeps protocols of the program's own, such as that of an ACME challenge.
func restrict(c *tls.Config) {
	c.MinVersion = max(c.MinVersion, tls.VersionTLS12)
	c.NextProtos = slices.DeleteFunc(slices.Clone(c.NextProtos), func(p string) bool { return p == http2 })
	if !slices.Contains(c.NextProtos, http1) {
		c.NextProtos = append(c.NextProtos, http1)
	}
}

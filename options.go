package viser

import "log/slog"

// DefaultAddr is the default of Options.Addr.
const DefaultAddr = "127.0.0.1:8080"

// Options are the options of a server. The zero value serves this machine only.
type Options struct {
	// Addr is the host and port to listen on; default DefaultAddr. Port 0 takes
	// any free one. An empty host, as in ":8080", means all interfaces: the server
	// is exposed to the network and requires a token.
	Addr string
	// ExactPort makes Start fail if the port is taken, instead of taking the next
	// free one above it.
	ExactPort bool
	// Label is the title of the control panel.
	Label string
	// AllowedHosts are further host names that requests may be for, as host or
	// host:port, for instance behind a proxy; "*" allows any. Loopback names are always
	// allowed, and IP addresses where the connection came by the network.
	AllowedHosts []string
	// AllowedOrigins are the origins of other web pages that may connect, as
	// "http://localhost:5173"; "*" allows any page in a browser that can reach the
	// server.
	AllowedOrigins []string
	// AllowRemoteImages lets markdown, HTML and the titlebar show images from any https
	// address. The browsers of all viewers then send requests to those hosts, which
	// learn the IP addresses and the times. Without it the page shows a link in the
	// image's place.
	AllowRemoteImages bool
	// Token is the secret that clients must send, as ?token= in the URL. If it is empty
	// and the server is exposed, one is made; URL contains it.
	Token string
	// NoToken makes an exposed server require no token.
	NoToken bool
	// MaxClients bounds the clients connected at once; default 10,000.
	MaxClients int
	// MaxUploadBytes bounds the size on disk of the uploads of all clients together:
	// those in progress and those in use by callbacks; default 16 GiB.
	MaxUploadBytes int64
	// Logger is where the server logs; default slog.Default().
	Logger *slog.Logger
}

func (o *Options) defaults() Options {
	out := orPtr(o, Options{})
	out.Addr = or(out.Addr, DefaultAddr)
	out.MaxClients = or(out.MaxClients, 10_000)
	out.MaxUploadBytes = or(out.MaxUploadBytes, 16<<30)
	out.AllowedHosts = append([]string(nil), out.AllowedHosts...)
	out.AllowedOrigins = append([]string(nil), out.AllowedOrigins...)
	return out
}

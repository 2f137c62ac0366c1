// Package access is who may do what: the roles, the tokens that grant them, and the limit on guesses. Package httpd
// checks requests with it, package session ends the connections of a token that no longer counts.
package access

import (
	"context"
	"errors"
	"net/netip"
)

// Role is what a client may do. The zero Role may do nothing.
type Role int

// The roles.
const (
	View    Role = iota + 1 // looks, and moves its own camera
	Operate                 // uses everything
)

// String returns the role's name, as the page receives it.
func (r Role) String() string {
	switch r {
	case View:
		return "view"
	case Operate:
		return "operate"
	}
	return "none"
}

// A Grant is what a request may do, and whose it is.
type Grant struct {
	Role    Role
	Name    string     // "" if it has none
	Address netip.Addr // of the client, not of a trusted proxy; the zero Addr if unknown
	// Until ends when the grant does; its cause is ErrRevoked or ErrExpired. Nil: it has no end.
	Until context.Context
}

// Same reports whether two grants are for the same person to do the same: a session of one may be continued with the
// other.
func (g Grant) Same(other Grant) bool { return g.Role == other.Role && g.Name == other.Name }

// Ended reports whether the grant has ended.
func (g Grant) Ended() bool { return g.Until != nil && g.Until.Err() != nil }

// OnEnd calls f in a goroutine of its own when the grant ends, unless stop was called before.
func (g Grant) OnEnd(f func()) (stop func() bool) {
	if g.Until == nil {
		return func() bool { return true }
	}
	return context.AfterFunc(g.Until, f)
}

// The causes of the end of a grant.
var (
	ErrRevoked = errors.New("the access was revoked")
	ErrExpired = errors.New("the access has expired")
)

type grantKey struct{}

// With returns a context that carries the grant.
func With(ctx context.Context, g Grant) context.Context { return context.WithValue(ctx, grantKey{}, g) }

// Of returns the grant that the context carries. Without one it is the zero Grant, which allows nothing.
func Of(ctx context.Context) Grant {
	g, _ := ctx.Value(grantKey{}).(Grant)
	return g
}

// Block is the unit in which addresses are counted: an IPv4 address, or the 64 bits of an IPv6 network, which one
// machine usually has for itself.
func Block(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := a.BitLen()
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // an unknown address: all of them count as one
	}
	return p
}

package session

import "net/http"

// Negotiate is negotiate, with the reason that a refused client receives.
func Negotiate(h http.Header) (ok bool, protocol, reason string) {
	a := negotiate(h)
	return a.ok, a.protocol, clipReason(a.mismatch().Reason)
}

// ClipReason is clipReason.
func ClipReason(s string) string { return clipReason(s) }

// PlainConn is the connection below all that wrap it.
var PlainConn = plainConn

package session

import (
	"net/http"
	"strings"

	"github.com/viser-go/viser/internal/wire"
)

// The subprotocols. A page offers those that it supports, and the server selects one of them.
const (
	goProtocol    = "viser-go.v1"
	plainPrefix   = "viser-v"
	plainVersions = plainPrefix + "1.1." // all patch releases have the same protocol
	serverVersion = "1.1.1"              // the viser whose protocol this is
)

// agreement is the outcome of a negotiation.
type agreement struct {
	ok       bool
	dialect  wire.Dialect
	protocol string // to answer with, "" for none
	client   string // the page's version, for the reason of a refusal
}

// negotiate selects viser-go.v1 if the page offers it, else the first viser 1.1 that it offers.
//
// If there is neither, the page is still answered with a subprotocol that it offered, because a browser that offered
// some and got none drops the connection without giving the page the reason.
func negotiate(h http.Header) agreement {
	refused := agreement{client: "unknown"}
	plain := ""
	for _, value := range h.Values("Sec-WebSocket-Protocol") {
		for p := range strings.SplitSeq(value, ",") {
			p = strings.TrimSpace(p)
			switch {
			case p == goProtocol:
				return agreement{ok: true, dialect: wire.Extended, protocol: p}
			case !isToken(p):
			case plain == "" && isPlain(p):
				plain = p
			default:
				refused = refused.offered(p)
			}
		}
	}
	if plain != "" {
		return agreement{ok: true, dialect: wire.Plain, protocol: plain}
	}
	return refused
}

// offered notes a subprotocol that is not supported. The first viser version counts, else anything of viser's.
func (a agreement) offered(p string) agreement {
	version, isVersion := strings.CutPrefix(p, plainPrefix)
	switch {
	case isVersion && a.client == "unknown":
		a.protocol, a.client = p, version
	case a.protocol == "" && strings.HasPrefix(p, "viser-"):
		a.protocol = p
	}
	return a
}

// isPlain reports whether it is viser-v1.1.0, viser-v1.1.1, …, but not a pre-release.
func isPlain(p string) bool {
	patch, ok := strings.CutPrefix(p, plainVersions)
	if !ok || patch == "" || len(patch) > 6 {
		return false
	}
	return strings.Trim(patch, "0123456789") == ""
}

// isToken reports whether it is a valid token in a header, such as the subprotocol of the
// response.
func isToken(s string) bool {
	if s == "" || len(s) > 256 {
		return false
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?={}`, c) >= 0 {
			return false
		}
	}
	return true
}

// mismatch is the refusal, with the text that upstream viser's client looks for.
func (a agreement) mismatch() *CloseError {
	const most = 64 // leaves space for the rest of the reason
	client := a.client
	if len(client) > most {
		client = client[:most]
	}
	return &CloseError{Code: Mismatch, Reason: "Version mismatch. Client: " + client + ", Server: " + serverVersion}
}

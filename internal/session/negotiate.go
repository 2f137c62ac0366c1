package session

import (
	"net/http"
	"strings"

	"github.com/viser-go/viser/internal/wire"
)

// The subprotocols. A page offers those that it supports, and the server selects one of them.
const (
	goProtocol    = "viser-go.v1"
	fetchProtocol = goProtocol + ".blobs" // the same, for a page that fetches large arrays over HTTP
	ownProtocol   = goProtocol + ".own"   // the same, for a connection that is not sent what all clients are
	plainPrefix   = "viser-v"
	plainVersions = plainPrefix + "1.1." // all patch releases have the same protocol
	serverVersion = "1.1.1"              // the viser whose protocol this is

	// resumeOffer is offered, beside viser-go.v1, by a page that can continue a session whose connection was lost; to
	// continue one, as "resume.v1.secret.cursor". It is not a protocol, and never selected: the list of subprotocols is
	// the only part of a websocket's request that a browser lets a page set and that proxies do not log.
	resumeOffer = "resume.v1"
)

// agreement is the outcome of a negotiation.
type agreement struct {
	ok       bool
	dialect  wire.Dialect
	fetches  bool   // the page fetches large arrays over HTTP
	ownOnly  bool   // it is not sent what all clients are
	protocol string // to answer with, "" for none
	client   string // the page's version, for the reason of a refusal
	resume   *Resume
}

// Resume is what a page offers that can continue a session.
type Resume struct {
	Secret string // of the session to continue, "" for a new one
	Cursor string // of the newest frame that the page has; "" if it needs the whole state
}

// negotiate selects viser-go.v1, or one of its forms, whichever the page offers first, else the first viser 1.1 that it
// offers.
//
// If there is neither, the page is still answered with a subprotocol that it offered, because a browser that offered
// some and got none drops the connection without giving the page the reason.
func negotiate(h http.Header) agreement {
	refused := agreement{client: "unknown"}
	plain, extended := "", ""
	var resume *Resume
	for _, value := range h.Values("Sec-WebSocket-Protocol") {
		for p := range strings.SplitSeq(value, ",") {
			p = strings.TrimSpace(p)
			switch {
			case p == goProtocol, p == fetchProtocol, p == ownProtocol:
				if extended == "" {
					extended = p
				}
			case !isToken(p):
			case p == resumeOffer || strings.HasPrefix(p, resumeOffer+"."):
				resume = parseResume(p)
			case plain == "" && isPlain(p):
				plain = p
			default:
				refused = refused.offered(p)
			}
		}
	}
	if extended == ownProtocol {
		resume = nil // a relay has its own sessions
	}
	if extended != "" {
		return agreement{
			ok: true, dialect: wire.Extended, fetches: extended == fetchProtocol, ownOnly: extended == ownProtocol,
			protocol: extended, resume: resume,
		}
	}
	if plain != "" {
		return agreement{ok: true, dialect: wire.Plain, protocol: plain}
	}
	return refused
}

func parseResume(offer string) *Resume {
	secret, cursor, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(offer, resumeOffer), "."), ".")
	return &Resume{Secret: secret, Cursor: cursor}
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

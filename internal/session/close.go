package session

import (
	"fmt"
	"unicode/utf8"
)

// Code is a websocket close code. The page shows a message for each.
type Code int

// The codes that we send.
const (
	GoingAway  Code = 1001 // the server closes
	Mismatch   Code = 1002 // no common subprotocol; the code and reason are viser's
	TooBig     Code = 1009 // a message above Options.MaxMessage
	Internal   Code = 1011 // a bug in the server
	TooSlow    Code = 4001 // the page read nothing for Options.Stall
	BadInput   Code = 4002 // too many frames that are no messages
	Full       Code = 4003 // Options.MaxClients
	Crowded    Code = 4006 // Options.PerAddress
	NoAccess   Code = 4005 // the access was revoked or has expired
	Dismissed  Code = 4007 // the program ended the client
	Replaced   Code = 4010 // another page continues the session
	Outdated   Code = 4011 // a delayed attempt to continue a session that goes on already
	NoResponse Code = 0    // the connection is lost: no close frame can be sent
)

// CloseError is the end of a connection, with the code and reason that were sent or received.
type CloseError struct {
	Code   Code
	Reason string
	ByPage bool // the page closed
}

func (e *CloseError) Error() string {
	who := "closed"
	if e.ByPage {
		who = "closed by the page"
	}
	if e.Code == NoResponse {
		return "session: " + e.Reason
	}
	return fmt.Sprintf("session: %s with %d: %s", who, e.Code, e.Reason)
}

// accessEnded is the end of a connection whose grant has ended.
func accessEnded(cause error) *CloseError { return &CloseError{Code: NoAccess, Reason: cause.Error()} }

// maxReason is what the websocket protocol leaves for a reason in a close frame.
const maxReason = 123

// clipReason cuts a reason to what fits, between characters: a close frame must be valid UTF-8.
func clipReason(s string) string {
	if !utf8.ValidString(s) {
		s = fmt.Sprintf("%+q", s)
	}
	if len(s) <= maxReason {
		return s
	}
	cut := maxReason - len("…")
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

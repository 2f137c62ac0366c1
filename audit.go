package viser

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"unicode/utf8"

	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/audit"
)

// audited writes that the client did something to a target, an element or a node. attrs
// follow those that say who and what.
func (c *Client) audited(what, target string, attrs ...slog.Attr) {
	if log := c.server.audit; log != nil {
		log.Action(audit.Key{What: what, Client: c.id, Target: target}, c.auditAttrs(attrs)...)
	}
}

// auditedChange is like audited, for what happens many times a second: the newest one
// stands for the others.
func (c *Client) auditedChange(what, target string, attrs ...slog.Attr) {
	if log := c.server.audit; log != nil {
		log.Change(audit.Key{What: what, Client: c.id, Target: target}, c.auditAttrs(attrs)...)
	}
}

// auditAttrs puts in front who the client is.
func (c *Client) auditAttrs(attrs []slog.Attr) []slog.Attr {
	return append(append(make([]slog.Attr, 0, 4+len(attrs)), slog.Int("client", c.id)), append(grantAttrs(*c.grant()), attrs...)...)
}

func grantAttrs(g access.Grant) []slog.Attr {
	return []slog.Attr{slog.String("name", g.Name), slog.String("role", g.Role.String()), slog.String("address", addressText(g.Address))}
}

func addressText(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// closeAudit writes what was merged, and waits for the program's handler like the log.
func (s *Server) closeAudit(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, flushTime)
	defer cancel()
	s.audit.Close(ctx)
}

// auditRefusal returns what writes that a connection is refused after the checks of the
// request, nil if nothing is written.
func (s *Server) auditRefusal() func(g access.Grant, reason string) {
	if s.audit == nil {
		return nil
	}
	return func(g access.Grant, reason string) {
		attrs := append([]slog.Attr{slog.String("reason", reason)}, grantAttrs(g)...)
		s.audit.Action(audit.Key{What: "connection refused", Client: -1, Target: access.Block(g.Address).String()}, attrs...)
	}
}

// auditTokens makes the changes of the tokens part of the audit trail, without their
// secrets.
func (s *Server) auditTokens() {
	if s.audit == nil {
		return
	}
	s.tokens.Changed = func(what string, t *access.Token) {
		attrs := []slog.Attr{slog.String("name", t.Name()), slog.String("role", t.Role().String())}
		if end := t.Expires(); what == "added" && !end.IsZero() {
			attrs = append(attrs, slog.Time("expires", end))
		}
		s.audit.Record("token "+what, attrs...)
	}
}

// auditedElement writes that the client used an element of the GUI.
func (c *Client) auditedElement(what string, e auditElement, attrs ...slog.Attr) {
	if c.server.audit != nil {
		c.audited(what, e.uuid, append(e.attrs(), attrs...)...)
	}
}

// An auditElement says which element was used.
type auditElement struct{ kind, label, uuid string }

func (e auditElement) attrs() []slog.Attr {
	return []slog.Attr{slog.String("element", e.kind), slog.String("label", clip(e.label)), slog.String("uuid", e.uuid)}
}

// auditedValue writes that the client has set the value. mu is held.
func (in *Input[T]) auditedValue(from *Client, v T) {
	if from.server.audit != nil {
		e := auditElement{in.codec.kind, in.common.Label, in.uuid}
		from.auditedChange("value set", in.uuid, append(e.attrs(), auditValue(v, in.codec.typed))...)
	}
}

// auditedMove writes that the client has moved a gizmo.
func (c *Client) auditedMove(name string, position Vec3) {
	if c.server.audit != nil {
		c.auditedChange("gizmo moved", name, slog.String("node", clip(name)), slog.String("position", fmt.Sprint(position)))
	}
}

// auditedFile writes what happens to an upload or a download.
func (c *Client) auditedFile(what, name string, size int64, attrs ...slog.Attr) {
	if c.server.audit != nil {
		c.audited(what, "", append([]slog.Attr{slog.String("file", clip(name)), slog.Int64("bytes", size)}, attrs...)...)
	}
}

// auditValue returns a value as it may be written: what users have typed can be a
// secret, so only its length is.
func auditValue(v any, typed bool) slog.Attr {
	switch v := v.(type) {
	case bool, float64:
		return slog.Any("value", v)
	case string:
		if typed {
			return slog.Int("characters", utf8.RuneCountInString(v))
		}
	}
	return slog.String("value", clip(fmt.Sprint(v)))
}

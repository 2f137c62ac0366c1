package viser

import (
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"github.com/viser-go/viser/internal/access"
)

// A Role is what a client may do. The zero Role is none.
type Role int

const (
	// RoleView looks and moves its own camera. Nothing else that it does reaches the
	// program: no callback of the GUI, of clicks or of drags runs for it.
	RoleView = Role(access.View)
	// RoleOperate uses everything in the scene and the GUI.
	RoleOperate = Role(access.Operate)
)

// String returns "view", "operate", or "none".
func (r Role) String() string { return access.Role(r).String() }

// valid reports whether it is one of the constants.
func (r Role) valid() bool { return r == RoleView || r == RoleOperate }

// Access is what [Options.Authorize] grants to a request.
type Access struct {
	// Role is what the client may do; required.
	Role Role
	// Name is who the user is, for [Client.Name] and the audit lines; default "".
	Name string
}

// authorize adapts the program's hook; nil if there is none.
func (o *Options) authorize() func(*http.Request) (access.Grant, error) {
	if o.Authorize == nil {
		return nil
	}
	return func(r *http.Request) (access.Grant, error) {
		a, err := o.Authorize(r)
		if err != nil {
			return access.Grant{}, err
		}
		if !a.Role.valid() {
			return access.Grant{}, fmt.Errorf("it returned no error, but Role %d", a.Role)
		}
		return access.Grant{Role: access.Role(a.Role), Name: a.Name}, nil
	}
}

// Tokens are the tokens that a server accepts. The first is the one of
// [Options.Token], or the one that is generated for an exposed server; it has
// RoleOperate and no name. If it is revoked, [Server.URL] contains no token and is
// refused. All methods are safe for concurrent use.
type Tokens struct{ server *Server }

// TokenOptions are the options of [Tokens.Add].
type TokenOptions struct {
	// Name is who the token is for, for [Client.Name], [Tokens.Revoke] and the audit
	// lines. Several tokens may have the same name, for instance an old and a new one
	// of the same person; default "".
	Name string
	// Role is what the token allows; default RoleView.
	Role Role
	// Expires is when the token ends; default never.
	Expires time.Time
	// Secret is what a request must send; default 128 random bits. One that you choose
	// should be long: guesses are slowed, but not prevented.
	Secret string
}

// A Token grants a role to those who have its secret. All methods are safe for
// concurrent use.
type Token struct {
	server *Server
	token  *access.Token
}

// Tokens returns the tokens that the server accepts.
func (s *Server) Tokens() *Tokens { return &Tokens{s} }

// Add adds a token. From the first one on, every request needs a token: on a server
// that required none, one with RoleOperate is generated too, which [Server.URL] then
// contains. Clients that are connected stay. With [Options.NoToken], requests without a
// token keep RoleOperate. Add panics with a *UsageError if Role is not one of the
// constants, or if another valid token has the same secret.
func (t *Tokens) Add(o *TokenOptions) *Token {
	opts := orPtr(o, TokenOptions{})
	opts.Role = or(opts.Role, RoleView)
	if !opts.Role.valid() {
		usage("Tokens.Add", "Role is %d; it must be RoleView or RoleOperate", opts.Role)
	}
	t.server.ownToken()
	added := t.server.tokens.Add(access.Spec{Name: opts.Name, Role: access.Role(opts.Role), Expires: opts.Expires, Secret: opts.Secret})
	if added == nil {
		usage("Tokens.Add", "the secret is that of another token")
	}
	return &Token{t.server, added}
}

// Revoke revokes all tokens with that name and returns how many. See [Token.Revoke]. It
// panics with a *UsageError if the name is empty: that would revoke the server's own
// token too. To revoke one without a name, use its Revoke.
func (t *Tokens) Revoke(name string) (revoked int) {
	if name == "" {
		usage("Tokens.Revoke", "the name is empty; use Token.Revoke for tokens without a name")
	}
	for token := range t.All() {
		if token.Name() == name {
			token.Revoke()
			revoked++
		}
	}
	return revoked
}

// All yields the valid tokens, in the order in which they were added.
func (t *Tokens) All() iter.Seq[*Token] {
	return func(yield func(*Token) bool) {
		for _, token := range t.server.tokens.All() {
			if !yield(&Token{t.server, token}) {
				return
			}
		}
	}
}

// Name returns who the token is for.
func (t *Token) Name() string { return t.token.Name() }

// Role returns what the token allows.
func (t *Token) Role() Role { return Role(t.token.Role()) }

// Expires returns when the token ends, the zero time for never.
func (t *Token) Expires() time.Time { return t.token.Expires() }

// Secret returns what a request must send, as ?token= in the URL.
func (t *Token) Secret() string { return t.token.Secret() }

// URL returns [Server.URL] with this token: for a browser on this machine; "" before
// Start.
func (t *Token) URL() string { return t.server.url(t.token.Secret()) }

// URLs returns [Server.URLs] with this token.
func (t *Token) URLs() []string { return t.server.urls(t.token.Secret()) }

// Valid reports whether the token has neither expired nor been revoked.
func (t *Token) Valid() bool { return t.token.Valid() }

// Revoke makes the token invalid and closes the connections that were opened with it.
// Their pages show that the access was revoked, and do not reconnect by themselves. It
// does not wait for them. It may be called from a callback, and more than once.
func (t *Token) Revoke() { t.token.Revoke() }

// String returns the role and the name, for logs. It does not contain the secret.
func (t *Token) String() string { return fmt.Sprintf("%s token %q", t.Role(), t.Name()) }

// ownToken generates the program's own token, for Server.URL, if the server has none
// and requires one from now on.
func (s *Server) ownToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own == nil && (s.opts.Token != "" || !s.opts.NoToken && s.opts.Authorize == nil) {
		s.own = s.tokens.Add(access.Spec{Role: access.Operate, Secret: s.opts.Token})
	}
}

// secret returns what Server.URL contains, "" if no token of the program is valid.
func (s *Server) secret() string {
	s.mu.Lock()
	own := s.own
	s.mu.Unlock()
	if own == nil || !own.Valid() {
		return ""
	}
	return own.Secret()
}

// Role returns what the client may do.
func (c *Client) Role() Role { return Role(c.grant().Role) }

// Name returns who the client's user is: the name of the token, or what
// [Options.Authorize] returned; "" if neither has one.
func (c *Client) Name() string { return c.grant().Name }

func (c *Client) grant() *access.Grant { return c.granted.Load() }

// forViewers says for each type of message from a page whether it has an effect if the
// client has RoleView.
var forViewers = map[string]bool{
	"ClientStatsRequestMessage":          true,
	"ViewerCameraMessage":                true, // its own camera
	"ViewportCameraMessage":              true,
	"ViewportsMessage":                   true, // how its own page is divided
	"GetRenderResponseMessage":           true, // what the server has asked for
	"LocalStorageGetItemResponseMessage": true,
	"SessionAckMessage":                  true, // what it has received
	"TimelineControlMessage":             true, // its own place in time

	"GuiUpdateMessage":                  false,
	"GuiFormSubmitMessage":              false,
	"GuiFormDirtyMessage":               false,
	"GuiButtonHoldMessage":              false,
	"CommandTriggerMessage":             false,
	"ScenePointerMessage":               false,
	"SelectionMessage":                  false,
	"MeasureMessage":                    false,
	"SceneNodeClickMessage":             false,
	"SceneNodeDragMessage":              false,
	"TransformControlsDragStartMessage": false,
	"TransformControlsUpdateMessage":    false,
	"TransformControlsDragEndMessage":   false,
	"FileTransferStartUpload":           false,
	"FileTransferPart":                  false,
	"FileTransferCancelMessage":         false,
	"ShareUrlRequest":                   false,
	"ShareUrlDisconnect":                false,
}

// may reports whether a message of the client has an effect. One that has none is
// counted.
func (c *Client) may(messageType string) bool {
	if c.grant().Role == access.Operate || c.grant().Role == access.View && forViewers[messageType] {
		return true
	}
	c.server.dropped.Add(1)
	c.auditedChange("action refused", messageType, slog.String("message", messageType))
	return false
}

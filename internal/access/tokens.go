package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"sync"
	"time"
)

// NewSecret returns a secret of 128 random bits that can be used in a URL.
func NewSecret() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program before it returns weak bytes
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Tokens are those that a server accepts. They are safe for concurrent use.
type Tokens struct {
	// Changed, if not nil, is told what happens to a token: "added", "expired" or "revoked". It is called under mu, so it
	// must not call the program, wait, or use Tokens. It is set before the first Add.
	Changed func(what string, t *Token)

	mu       sync.Mutex
	valid    []*Token // replaced, not modified, so that a copy of the slice can be read without mu
	required bool
	closed   bool
}

// Token grants a role to those who have its secret.
type Token struct {
	tokens  *Tokens
	name    string
	role    Role
	expires time.Time // zero: never
	secret  string
	chosen  bool // by a person, so that guesses may succeed

	hash   [sha256.Size]byte // of the secret: equal length for any, which the comparison needs
	cookie [sha256.Size]byte // of the cookie's value
	text   string            // the cookie's value

	until context.Context
	end   context.CancelCauseFunc
	timer *time.Timer // guarded by Tokens.mu; nil: none
}

// A Spec describes a token to add.
type Spec struct {
	Name    string
	Role    Role
	Expires time.Time // zero: never
	Secret  string    // "" for a random one
}

// Add makes a token valid, and from then on every request needs one. It returns nil if another valid token has the
// same secret.
func (ts *Tokens) Add(spec Spec) *Token {
	t := &Token{tokens: ts, name: spec.Name, role: spec.Role, expires: spec.Expires.Round(0), secret: spec.Secret, chosen: spec.Secret != ""}
	if !t.chosen {
		t.secret = NewSecret()
	}
	t.text = base64.RawURLEncoding.EncodeToString(digest("viser cookie value", t.secret))
	t.hash, t.cookie = sha256.Sum256([]byte(t.secret)), sha256.Sum256([]byte(t.text))
	t.until, t.end = context.WithCancelCause(context.Background())
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if slices.ContainsFunc(ts.valid, func(other *Token) bool { return other.hash == t.hash }) {
		return nil
	}
	ts.required = true
	ts.valid = append(slices.Clip(ts.valid), t)
	ts.changedLocked("added", t)
	if !ts.closed {
		t.watchLocked()
	}
	return t
}

func digest(purpose, secret string) []byte {
	sum := sha256.Sum256([]byte(purpose + "\x00" + secret))
	return sum[:]
}

// longestWatch is the longest time between two looks at the clock: a machine that was suspended continues a timer
// where it was.
const longestWatch = time.Minute

// watchLocked ends the token if it has expired, or looks again later. Tokens.mu is held.
func (t *Token) watchLocked() {
	if t.expires.IsZero() {
		return
	}
	left := time.Until(t.expires)
	if left <= 0 {
		t.removeLocked(ErrExpired)
		return
	}
	t.timer = time.AfterFunc(min(left, longestWatch), func() {
		t.tokens.mu.Lock()
		defer t.tokens.mu.Unlock()
		if t.until.Err() == nil && !t.tokens.closed {
			t.watchLocked()
		}
	})
}

// removeLocked ends the token. What waits for its end runs in other goroutines. Tokens.mu is held.
func (t *Token) removeLocked(cause error) {
	ts := t.tokens
	if i := slices.Index(ts.valid, t); i >= 0 {
		ts.valid = slices.Delete(slices.Clone(ts.valid), i, i+1)
		what := "revoked"
		if cause == ErrExpired {
			what = "expired"
		}
		ts.changedLocked(what, t)
	}
	if t.timer != nil {
		t.timer.Stop()
	}
	t.end(cause)
}

func (ts *Tokens) changedLocked(what string, t *Token) {
	if ts.Changed != nil {
		ts.Changed(what, t)
	}
}

// Revoke ends the token and all connections that it admitted. A second call does nothing.
func (t *Token) Revoke() {
	t.tokens.mu.Lock()
	defer t.tokens.mu.Unlock()
	t.removeLocked(ErrRevoked)
}

// Name returns the token's name.
func (t *Token) Name() string { return t.name }

// Role returns what the token grants.
func (t *Token) Role() Role { return t.role }

// Expires returns when the token ends, the zero time for never.
func (t *Token) Expires() time.Time { return t.expires }

// Secret returns what a request must send.
func (t *Token) Secret() string { return t.secret }

// Valid reports whether the token has neither expired nor been revoked.
func (t *Token) Valid() bool {
	return t.until.Err() == nil && (t.expires.IsZero() || time.Now().Before(t.expires))
}

// Cookie returns the value of the cookie that stands for the token.
func (t *Token) Cookie() string { return t.text }

// Grant returns what the token grants.
func (t *Token) Grant() Grant { return Grant{Role: t.role, Name: t.name, Until: t.until} }

// Required reports whether a token was ever added.
func (ts *Tokens) Required() bool {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	return ts.required
}

// All returns the valid tokens, in the order in which they were added.
func (ts *Tokens) All() []*Token {
	ts.mu.Lock()
	all := ts.valid
	ts.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(all), func(t *Token) bool { return !t.Valid() })
}

// BySecret returns the valid token with that secret, nil for none. Every token is compared, in constant time.
// With randomOnly those are left out whose secret was chosen by a person: guesses of the others cannot succeed.
func (ts *Tokens) BySecret(secret string, randomOnly bool) *Token {
	return ts.find(secret, randomOnly, func(t *Token) *[sha256.Size]byte { return &t.hash })
}

// ByCookie is BySecret for the value of a cookie.
func (ts *Tokens) ByCookie(value string, randomOnly bool) *Token {
	return ts.find(value, randomOnly, func(t *Token) *[sha256.Size]byte { return &t.cookie })
}

func (ts *Tokens) find(sent string, randomOnly bool, wanted func(*Token) *[sha256.Size]byte) (found *Token) {
	sum := sha256.Sum256([]byte(sent))
	for _, t := range ts.All() {
		if randomOnly && t.chosen {
			continue
		}
		if subtle.ConstantTimeCompare(wanted(t)[:], sum[:]) == 1 {
			found = t
		}
	}
	return found
}

// Close stops the clocks of the tokens. They stay valid; none ends any more.
func (ts *Tokens) Close() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.closed = true
	for _, t := range ts.valid {
		if t.timer != nil {
			t.timer.Stop()
		}
	}
}

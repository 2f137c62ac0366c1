package access_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/access"
)

func TestNewSecret(t *testing.T) {
	a, b := access.NewSecret(), access.NewSecret()
	if a == b || len(a) != 22 || url.QueryEscape(a) != a {
		t.Fatalf("%q, %q", a, b)
	}
}

func TestContextCarriesAGrant(t *testing.T) {
	if g := access.Of(t.Context()); g.Role == access.Operate || g.Role == access.View {
		t.Fatalf("without a grant: %v", g.Role)
	}
	if g := access.Of(access.With(t.Context(), access.Grant{Role: access.View, Name: "a"})); g.Role != access.View || g.Name != "a" {
		t.Fatalf("%+v", g)
	}
}

func TestBlock(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "::ffff:192.0.2.7": "192.0.2.7/32",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := access.Block(netip.MustParseAddr(in)).String(); got != want {
			t.Errorf("%s is in %s, want %s", in, got, want)
		}
	}
	if access.Block(netip.Addr{}) != (netip.Prefix{}) {
		t.Error("an unknown address is in a block of its own")
	}
}

func TestTokensAreFoundAndRevoked(t *testing.T) {
	var ts access.Tokens
	if ts.Required() || len(ts.All()) != 0 {
		t.Fatal("a new list is not empty")
	}
	chosen := ts.Add(access.Spec{Name: "c", Role: access.Operate, Secret: "abc"})
	random := ts.Add(access.Spec{Name: "r", Role: access.View})
	if ts.Add(access.Spec{Secret: "abc"}) != nil {
		t.Error("two tokens have one secret")
	}
	if ts.BySecret("abc", false) != chosen || ts.ByCookie(random.Cookie(), false) != random || ts.BySecret("", false) != nil {
		t.Error("a token was not found, or none was")
	}
	if ts.BySecret("abc", true) != nil || ts.ByCookie(chosen.Cookie(), true) != nil || ts.BySecret(random.Secret(), true) != random {
		t.Error("only random ones were asked for")
	}
	if ts.ByCookie(chosen.Secret(), false) != nil || ts.BySecret(chosen.Cookie(), false) != nil {
		t.Error("the cookie's value is the secret")
	}
	chosen.Revoke()
	chosen.Revoke()
	if ts.BySecret("abc", false) != nil || chosen.Valid() || !ts.Required() || len(ts.All()) != 1 {
		t.Error("it is still valid, or nothing is required any more")
	}
	if err := context.Cause(chosen.Grant().Until); !errors.Is(err, access.ErrRevoked) {
		t.Error(err)
	}
	if ts.Add(access.Spec{Secret: "abc"}) == nil {
		t.Error("the secret of a revoked token cannot be used again")
	}
}

func TestTokensExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ts access.Tokens
		defer ts.Close()
		over := ts.Add(access.Spec{Expires: time.Now()})
		if over.Valid() || len(ts.All()) != 0 || !errors.Is(context.Cause(over.Grant().Until), access.ErrExpired) {
			t.Error("one that has expired is valid")
		}
		end := time.Now().Add(time.Hour)
		tok := ts.Add(access.Spec{Expires: end})
		<-time.After(time.Hour - time.Second)
		if !tok.Valid() || tok.Grant().Until.Err() != nil {
			t.Fatal("it ended early")
		}
		<-tok.Grant().Until.Done()
		if now := time.Now(); !now.Equal(end) || tok.Valid() || len(ts.All()) != 0 {
			t.Errorf("it ended at %v, not %v", now, end)
		}
	})
}

// After Close no timer is left, which goleak and the bubble would report, and no token ends.
func TestCloseStopsTheClocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ts access.Tokens
		tok := ts.Add(access.Spec{Expires: time.Now().Add(time.Hour)})
		ts.Close()
		ts.Add(access.Spec{Expires: time.Now().Add(time.Hour)})
		<-time.After(2 * time.Hour)
		if tok.Grant().Until.Err() != nil {
			t.Error("it ended after Close")
		}
	})
}

func TestTokensAreSafeForConcurrentUse(t *testing.T) {
	var ts access.Tokens
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 100 {
				tok := ts.Add(access.Spec{Name: fmt.Sprint(i), Expires: time.Now().Add(time.Millisecond)})
				ts.BySecret(tok.Secret(), false)
				ts.All()
				tok.Revoke()
			}
		})
	}
	wg.Wait()
	if n := len(ts.All()); n != 0 {
		t.Errorf("%d tokens are left", n)
	}
}

// The memory for addresses is bounded, and an address that goes on is not the one that is dropped.
func TestGuessersAreBounded(t *testing.T) {
	var g access.Guesses
	busy := netip.MustParseAddr("192.0.2.7")
	for i := range 20 {
		g.Failed(busy, fmt.Sprint(i))
	}
	for i := range 100_000 {
		g.Failed(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), "x")
		if i%1000 == 0 {
			g.Failed(busy, fmt.Sprint("y", i))
		}
	}
	if n := access.KnownGuessers(&g); n > 4096 {
		t.Errorf("%d addresses are remembered", n)
	}
	if g.Delay(busy) == 0 {
		t.Error("the one that guesses is not delayed")
	}
	if g.Delay(netip.MustParseAddr("10.0.0.1")) != 0 {
		t.Error("one wrong token is delayed")
	}
}

func TestGuessesAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g access.Guesses
		a := netip.MustParseAddr("2001:db8::1")
		for i := range 12 {
			g.Failed(a, fmt.Sprint(i))
		}
		if d := g.Delay(netip.MustParseAddr("2001:db8::ffff")); d != 4*time.Second {
			t.Errorf("the delay of its network is %v", d)
		}
		<-time.After(16 * time.Minute)
		g.Failed(a, "again")
		if d := g.Delay(a); d != 0 {
			t.Errorf("after a quarter of an hour: %v", d)
		}
	})
}

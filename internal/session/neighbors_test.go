package session_test

import (
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/session"
)

func TestOneAddressCannotTakeAllPlaces(t *testing.T) {
	inBubble(t, session.Options{MaxClients: 10, PerAddress: 2}, func(t *testing.T, h *house) {
		from := func(addr string) { h.grant.Address = netip.MustParseAddr(addr) }
		for _, same := range [][]string{
			{"192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"},
			{"2001:db8::1", "2001:db8::2", "2001:db8::3:4"},
		} {
			from(same[0])
			first := h.page(t)
			p := <-h.peers
			from(same[1])
			second := h.page(t)
			<-h.peers
			from(same[2])
			if code, why := closedWith(t, h.page(t)); code != 4006 || !strings.Contains(why, "from this address") {
				t.Errorf("third page of %s: %d %q", same[2], code, why)
			}
			first.CloseNow()
			<-p.left
			synctest.Wait()
			third := h.page(t) // in its place
			<-h.peers
			second.CloseNow()
			third.CloseNow()
		}
		for range 5 {
			from("127.0.0.1")
			page := h.page(t)
			<-h.peers
			defer page.CloseNow()
		}
	})
}

// TestPagesOfAnAddressShareItsRate lets six pages send at once: 40 messages are handled at once, the others with 40 per
// second.
func TestPagesOfAnAddressShareItsRate(t *testing.T) {
	inBubble(t, session.Options{MessageRate: 10}, func(t *testing.T, h *house) {
		h.grant.Address = netip.MustParseAddr("192.0.2.1")
		began := time.Now()
		var peers []*peer
		for range 6 {
			page := h.page(t)
			defer page.CloseNow()
			peers = append(peers, <-h.peers)
			for range 10 {
				send(t, page, inbound(click("c")))
			}
		}
		for _, p := range peers {
			for range 10 {
				<-p.got
			}
		}
		if took := time.Since(began); took < 450*time.Millisecond || took > 600*time.Millisecond {
			t.Errorf("60 messages took %v", took)
		}
	})
}

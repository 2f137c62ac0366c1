package session_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/viser-go/viser/internal/access"
	"github.com/viser-go/viser/internal/session"
)

func TestEndOfAGrantEndsTheConnection(t *testing.T) {
	for _, c := range []struct {
		what, why string
		revoke    bool
	}{{"expired", "expired", false}, {"revoked", "revoked", true}} {
		inBubble(t, session.Options{}, func(t *testing.T, h *house) {
			var tokens access.Tokens
			defer tokens.Close()
			token := tokens.Add(access.Spec{Role: access.View, Name: "alice", Expires: time.Now().Add(time.Hour + time.Second)}) // not with a ping
			h.grant = token.Grant()
			page := h.page(t)
			p := <-h.peers
			if p.info.Access.Role != access.View || p.info.Access.Name != "alice" {
				t.Errorf("%s: %+v", c.what, p.info.Access)
			}
			if c.revoke {
				token.Revoke()
			}
			if code, why := closedWith(t, page); code != 4005 || !strings.Contains(why, c.why) {
				t.Errorf("%s: %d %q", c.what, code, why)
			}
			if err := <-p.left; err == nil {
				t.Errorf("%s: left as if the page had closed", c.what)
			}
			// A request that passed the checks just before.
			if code, _ := closedWith(t, h.page(t)); code != 4005 {
				t.Errorf("%s: a later one: %d", c.what, code)
			}
			<-(<-h.peers).left
		})
	}
}

// A client that leaves before its token ends leaves nothing behind that waits for it.
func TestClientLeavesBeforeItsGrantEnds(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		var tokens access.Tokens
		defer tokens.Close()
		token := tokens.Add(access.Spec{Role: access.View})
		h.grant = token.Grant()
		page := h.page(t)
		p := <-h.peers
		page.Close(websocket.StatusNormalClosure, "")
		if err := <-p.left; err != nil {
			t.Error(err)
		}
		token.Revoke()
		synctest.Wait()
	})
}

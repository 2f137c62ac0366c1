package viser_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// openSession connects a page that can continue its session, as a client.
func openSession(t *testing.T, s *viser.Server) (*page, *viser.Client) {
	t.Helper()
	p := continueSession(t, s, "", "")
	for len(all[*wire.ReplayDoneMessage](p)) == 0 {
		p.read()
	}
	cam := someCamera
	p.Receive(&cam)
	synctest.Wait()
	c, ok := s.Client(last[*wire.SessionMessage](p).ClientID)
	if !ok {
		t.Fatal("the page is no client")
	}
	return p, c
}

func continueSession(t *testing.T, s *viser.Server, secret, cursor string) *page {
	t.Helper()
	tp, err := s.ResumeTestPage(secret, cursor)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{TestPage: tp, t: t}
	p.read()
	if _, ok := p.seen[0].(*wire.SessionMessage); !ok {
		t.Fatalf("the first message is %s", p.seen[0].Type())
	}
	return p
}

// back continues the session of a page whose connection was lost.
func (p *page) back(s *viser.Server) *page {
	p.t.Helper()
	return continueSession(p.t, s, last[*wire.SessionMessage](p).Resume, p.cursor)
}

// sessionLog records the callbacks for clients.
func sessionLog(s *viser.Server) *record[string] {
	var log record[string]
	note := func(what string) func(context.Context, *viser.Client) {
		return func(_ context.Context, c *viser.Client) { log.add(fmt.Sprint(what, " ", c.ID())) }
	}
	s.OnClientConnect(note("connect"))
	s.OnClientSuspend(note("suspend"))
	s.OnClientResume(note("resume"))
	s.OnClientDisconnect(note("disconnect"))
	return &log
}

func TestLostConnectionComesBackAsTheSameClient(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		log := sessionLog(s)
		for i := range 500 {
			s.Scene().AddBox(fmt.Sprint("/box", i), nil)
		}
		p, c := openSession(t, s)
		mine := c.Scene().AddFrame("/mine", nil)
		slider := s.GUI().AddSlider("speed", 0.5, nil)
		p.catchUp()
		p.Receive(&wire.SessionAckMessage{Cursor: p.cursor})

		p.Lose()
		if !c.Suspended() || c.Context().Err() != nil || mine.Removed() {
			t.Errorf("suspended %v, ctx %v, node removed %v", c.Suspended(), c.Context().Err(), mine.Removed())
		}
		if n := s.Stats().ClientsSuspended; n != 1 {
			t.Errorf("the statistics have %d suspended clients", n)
		}
		slider.SetValue(0.75)
		s.Scene().RemoveNode("/box3")
		time.Sleep(29 * time.Second)

		q := p.back(s)
		var types []string
		for _, m := range q.seen {
			types = append(types, m.Type())
		}
		slices.Sort(types)
		if diff := cmp.Diff([]string{"GuiUpdateMessage", "RemoveSceneNodeMessage", "SessionMessage"}, types); diff != "" {
			t.Errorf("only the changes are sent: %s", diff)
		}
		if m := last[*wire.SessionMessage](q); !m.Resumed || m.ClientID != c.ID() || m.Received != 2 {
			t.Errorf("%+v; want the session with 2 messages received", m)
		}
		if c.Suspended() || q.bytes > 1200 {
			t.Errorf("suspended %v, %d bytes", c.Suspended(), q.bytes)
		}
		cam := someCamera
		cam.FOV = 0.5
		q.Receive(&cam)
		synctest.Wait()
		if c.Camera().FOV() != 0.5 {
			t.Error("messages of the new connection are not the client's")
		}

		q.Lose()
		time.Sleep(31 * time.Second)
		if diff := cmp.Diff([]string{"connect 0", "suspend 0", "resume 0", "suspend 0", "disconnect 0"}, log.got()); diff != "" {
			t.Error(diff)
		}
		if c.Context().Err() == nil || c.Suspended() {
			t.Error("the client has not left after the grace time")
		}
		if r := q.back(s); last[*wire.SessionMessage](r).ClientID == c.ID() {
			t.Error("a client that has left came back")
		}
	})
}

func TestHowAConnectionEnds(t *testing.T) {
	for _, end := range []struct {
		name  string
		keep  bool // KeepOnReload
		by    func(p *page)
		stays bool
	}{
		{"lost", false, func(p *page) { p.Lose() }, true},
		{"closed or reloaded", false, func(p *page) { p.Leave() }, false},
		{"reloaded with KeepOnReload", true, func(p *page) { p.Leave() }, true},
		{"page dropped what it could not show", false, func(p *page) { p.CloseAs(4001, true) }, true},
		{"no response to pings", false, func(p *page) { p.CloseAs(0, false) }, true},
		{"stalled", false, func(p *page) { p.CloseAs(4001, false) }, true},
		{"too many bad messages", false, func(p *page) { p.CloseAs(4002, false) }, false},
		{"internal error", false, func(p *page) { p.CloseAs(1011, false) }, false},
	} {
		t.Run(end.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := viser.NewTestServer(&viser.Options{KeepOnReload: end.keep})
				defer s.Close()
				p, c := openSession(t, s)
				end.by(p)
				if got := c.Context().Err() == nil; got != end.stays {
					t.Errorf("the client stays: %v", got)
				}
			})
		})
	}
}

func TestPagesThatCannotContinueLeaveAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, grace := range []time.Duration{0, -1} {
			s := viser.NewTestServer(&viser.Options{Grace: grace})
			defer s.Close()
			p, c := connect(t, s)
			p.Lose()
			if c.Context().Err() == nil {
				t.Error("a page of viser 1.1 cannot come back")
			}
		}
		s := viser.NewTestServer(&viser.Options{Grace: -1})
		defer s.Close()
		tp, err := s.ResumeTestPage("", "")
		if err != nil {
			t.Fatal(err)
		}
		p := &page{TestPage: tp, t: t}
		p.read()
		cam := someCamera
		p.Receive(&cam)
		c, _ := s.Client(0)
		p.Lose()
		if c.Context().Err() == nil {
			t.Error("without a grace time a client leaves at once")
		}
	})
}

// TestLoopInOnClientConnect: a program learns of the loss of a connection while its OnClientConnect runs, and of the end
// when that has returned.
func TestLoopInOnClientConnect(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		var log record[string]
		s.OnClientConnect(func(ctx context.Context, _ *viser.Client) {
			<-ctx.Done()
			time.Sleep(time.Second)
			log.add("connect has returned")
		})
		s.OnClientSuspend(func(context.Context, *viser.Client) {
			log.add("suspend")
			time.Sleep(time.Minute)
			log.add("suspend has returned")
		})
		s.OnClientResume(func(context.Context, *viser.Client) { log.add("resume") })
		s.OnClientDisconnect(func(context.Context, *viser.Client) { log.add("disconnect") })
		p, _ := openSession(t, s)
		p.Lose()
		synctest.Wait()
		if diff := cmp.Diff([]string{"suspend"}, log.got()); diff != "" {
			t.Fatal(diff)
		}
		q := p.back(s)
		q.Leave()
		s.Close()
		if diff := cmp.Diff([]string{"suspend", "connect has returned", "suspend has returned", "resume", "disconnect"}, log.got()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestReloadedPageIsTheSameClientIfAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := viser.NewTestServer(&viser.Options{KeepOnReload: true})
		defer s.Close()
		p, c := openSession(t, s)
		c.GUI().AddCheckbox("mine", true, nil)
		p.catchUp()
		p.Leave()
		secret := last[*wire.SessionMessage](p).Resume
		q := continueSession(t, s, secret, "")
		for len(all[*wire.ReplayDoneMessage](q)) == 0 {
			q.read()
		}
		if m := last[*wire.SessionMessage](q); m.Resumed || m.ClientID != c.ID() || !m.KeepOnReload {
			t.Errorf("%+v", m)
		}
		if len(all[*wire.GuiCheckboxMessage](q)) != 1 {
			t.Error("the page was not sent its client's GUI again")
		}
	})
}

func TestForgedSecretsAreNewClients(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := openSession(t, s)
		secret := last[*wire.SessionMessage](p).Resume
		_, plain := connect(t, s)
		for _, forged := range []string{
			secret[:len(secret)-1], secret + "x", "0-", "0", "-", "1-", "99999999999999999999-x", fmt.Sprint(plain.ID(), "-"),
			secret[:2] + secret[3:] + "A",
		} {
			q := continueSession(t, s, forged, p.cursor)
			if m := last[*wire.SessionMessage](q); m.ClientID == c.ID() || m.ClientID == plain.ID() || m.Resumed {
				t.Errorf("%q continued client %d", forged, m.ClientID)
			}
		}
		if c.Suspended() {
			t.Error("a forged secret ended the connection of the client")
		}
	})
}

func TestEventsAndDownloadsSurviveTheLoss(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := openSession(t, s)
		p.catchUp()
		data := make([]byte, 300_000)
		for i := range data {
			data[i] = byte(rand.N(256))
		}
		c.SendFileDownload("a.bin", data, &viser.DownloadOptions{PartSize: 10_000})
		c.Notify("hello", "", nil)
		rng := rand.New(rand.NewPCG(1, 2))
		got := map[int][]byte{}
		note := func(ms []wire.Message) {
			for _, m := range ms {
				if part, ok := m.(*wire.FileTransferPart); ok {
					if got[part.PartIndex] != nil {
						t.Errorf("part %d was received twice", part.PartIndex)
					}
					got[part.PartIndex] = part.Content
				}
			}
		}
		for range 400 {
			switch rng.IntN(5) {
			case 0: // a frame that is lost on the way
				ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
				_, _ = p.Next(ctx)
				cancel()
				p.Lose()
				n := p.back(s)
				p.seen, p.cursor, p.TestPage = n.seen, n.cursor, n.TestPage
				note(p.seen)
			case 1:
				p.Receive(&wire.SessionAckMessage{Cursor: p.cursor})
			default:
				p.seen = p.seen[:1] // the session
				p.poll()
				note(p.seen[1:])
			}
		}
		var whole []byte
		for i := range 30 {
			whole = append(whole, got[i]...)
		}
		if !bytes.Equal(whole, data) {
			t.Errorf("received %d of %d bytes, or others", len(whole), len(data))
		}
	})
}

// TestCloseWhileSuspended closes the server while a client has no connection.
func TestCloseWhileSuspended(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		log := sessionLog(s)
		p, c := openSession(t, s)
		p.Lose()
		s.Close()
		if c.Context().Err() == nil || log.got()[len(log.got())-1] != "disconnect 0" {
			t.Errorf("ctx %v, %q", c.Context().Err(), log.got())
		}
	})
}

func TestSuspendedClientsAreBounded(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, first := openSession(t, s)
		var clients []*viser.Client
		for range 1010 {
			p, c := openSession(t, s)
			p.Lose()
			clients = append(clients, c)
			time.Sleep(time.Millisecond)
		}
		left := 0
		for _, c := range clients {
			if !c.Suspended() {
				left++
			}
		}
		if left != 10 || clients[9].Suspended() || !clients[10].Suspended() || first.Context().Err() != nil {
			t.Errorf("%d have left; want the 10 that were suspended first", left)
		}
	})
}

// TestDelayedAttemptToContinue is a request that a proxy or a slow network delivers when the page, which had given it
// up, has long connected otherwise.
func TestDelayedAttemptToContinue(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := openSession(t, s)
		p.catchUp()
		secret, early := last[*wire.SessionMessage](p).Resume, p.cursor
		s.Scene().AddBox("/later", nil)
		p.catchUp()
		p.Receive(&wire.SessionAckMessage{Cursor: p.cursor})
		if _, err := s.ResumeTestPage(secret, early); err == nil {
			t.Error("an outdated attempt took the session over")
		}
		if c.Suspended() || c.Context().Err() != nil {
			t.Error("it ended the connection of the client")
		}
	})
}

// TestCopiedPage: a tab that was duplicated has the secret of the original's session. It is a client of its own as long
// as the original responds; else the original counts as one that was lost and reloaded.
func TestCopiedPage(t *testing.T) {
	for _, responds := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			s := viser.NewTestServer(&viser.Options{KeepOnReload: true})
			defer s.Close()
			web, stop := servePipes(s, slog.New(slog.DiscardHandler))
			defer stop()
			dial := func(offer string) (*websocket.Conn, *wire.SessionMessage) {
				ws := web.websocket(t, "viser-go.v1", offer)
				_, data, err := ws.Read(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				w, err := pagewire.DecodeFrame(data, wire.DefaultLimits)
				if err != nil {
					t.Fatal(err)
				}
				return ws, w.Messages[0].(*wire.SessionMessage)
			}
			original, session := dial("resume.v1")
			defer original.CloseNow()
			cam := someCamera
			if err := write(t.Context(), original, &cam); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			ended := make(chan error, 1)
			if responds { // reading answers pings
				go func() {
					for {
						if _, _, err := original.Read(context.Background()); err != nil {
							ended <- err
							return
						}
					}
				}()
			}
			copied, copiedSession := dial("resume.v1." + session.Resume + ".")
			defer copied.CloseNow()
			if own := copiedSession.ClientID != session.ClientID; own != responds {
				t.Errorf("the original responds: %v; the copy is another client: %v", responds, own)
			}
			if responds && len(ended) > 0 {
				t.Error("the original was disconnected:", <-ended)
			}
		})
	}
}

// TestPageLearnsWhyItWasDisconnected: a page that reads nothing cannot receive the close code.
func TestPageLearnsWhyItWasDisconnected(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := openSession(t, s)
		for _, c := range []struct {
			end  func(p *page)
			want int
		}{
			{(*page).Lose, 0},
			{func(p *page) { p.CloseAs(4001, false) }, 4001},
			{func(p *page) { p.CloseAs(4001, true) }, 0},
			{(*page).Lose, 0},
		} {
			c.end(p)
			p = p.back(s)
			if m := last[*wire.SessionMessage](p); !m.Resumed || m.Ended != c.want {
				t.Errorf("resumed %v, ended with %d, want %d", m.Resumed, m.Ended, c.want)
			}
		}
	})
}

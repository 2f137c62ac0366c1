package session_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/session"
)

// TestTrafficIsCounted: of connections and of the server, also after they have ended.
func TestTrafficIsCounted(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.page(t)
		p := <-h.peers
		p.out <- hello
		p.out <- mega
		expect(t, page, hello)
		expect(t, page, mega)
		send(t, page, inbound(click("a")))
		<-p.got
		synctest.Wait()
		s := p.info.Traffic.Stats()
		if s.Frames != 2 || s.Bytes < int64(hello.Len()+mega.Len()) || s.MessagesReceived != 1 || s.BytesReceived < int64(len(inbound(click("a")))) {
			t.Errorf("counted %+v", s)
		}
		if s.BytesPerSecond != float64(s.Bytes) {
			t.Errorf("%v bytes per second in the first second, of %d", s.BytesPerSecond, s.Bytes)
		}
		<-time.After(20 * time.Second)
		if s := p.info.Traffic.Stats(); s.BytesPerSecond > 1 {
			t.Errorf("%v bytes per second while nothing is sent", s.BytesPerSecond)
		}
		before := h.sessions.Stats()
		if before.Clients != 1 || before.Total != 1 || before.Traffic.Frames != 2 {
			t.Errorf("the server counted %+v", before)
		}
		page.CloseNow()
		<-p.left
		synctest.Wait()
		after := h.sessions.Stats()
		if after.Clients != 0 || after.Total != 1 || after.Traffic.Frames != 2 || after.Traffic.Bytes < s.Bytes {
			t.Errorf("after the end the server counted %+v, before it %+v", after, before)
		}
	})
}

// TestRoundTripIsMeasured when it is read, also of a page that is never silent, and at most once per second.
func TestRoundTripIsMeasured(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		pings := make(chan wsFrame)
		go func() {
			defer close(pings)
			for f, err := readRaw(page); err == nil; f, err = readRaw(page) {
				pings <- f
			}
		}()
		last := time.Duration(0)
		for _, trip := range []time.Duration{30 * time.Millisecond, 70 * time.Millisecond} {
			if s := p.info.Traffic.Stats(); s.RoundTrip != last {
				t.Errorf("before the ping: %v, want %v", s.RoundTrip, last)
			}
			p.info.Traffic.Stats()
			f := <-pings
			<-time.After(trip)
			page.Write(control(opPong, string(f.payload)))
			synctest.Wait()
			if s := p.info.Traffic.Stats(); f.opcode != opPing || s.RoundTrip != trip {
				t.Errorf("frame of type %d; measured %v, want %v", f.opcode, s.RoundTrip, trip)
			}
			last = trip
			<-time.After(roundTripAge)
		}
		page.Close()
		<-p.left
		<-pings
	})
}

// roundTripAge is how long a measured round trip is not measured again.
const roundTripAge = time.Second

func TestRefusedConnectionsAreCounted(t *testing.T) {
	inBubble(t, session.Options{MaxClients: 1}, func(t *testing.T, h *house) {
		first := h.page(t)
		closedWith(t, h.page(t))
		closedWith(t, h.page(t, "viser-v0.9.9"))
		synctest.Wait()
		if s := h.sessions.Stats(); s.Refused != 2 || s.Total != 1 || s.Clients != 1 {
			t.Errorf("counted %+v", s)
		}
		first.CloseNow()
	})
}

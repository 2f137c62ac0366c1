package session_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// wsFrame is one frame as a server sends it.
type wsFrame struct {
	fin     bool
	opcode  byte
	payload []byte
}

func readRaw(r io.Reader) (wsFrame, error) {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return wsFrame{}, err
	}
	size := uint64(head[1])
	switch size {
	case 126:
		var b [2]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return wsFrame{}, err
		}
		size = uint64(binary.BigEndian.Uint16(b[:]))
	case 127:
		var b [8]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return wsFrame{}, err
		}
		size = binary.BigEndian.Uint64(b[:])
	}
	f := wsFrame{fin: head[0]&0x80 != 0, opcode: head[0] & 15, payload: make([]byte, size)}
	_, err := io.ReadFull(r, f.payload)
	return f, err
}

// control is a frame as a page sends it, masked with zeros.
func control(opcode byte, payload string) []byte {
	return append([]byte{0x80 | opcode, 0x80 | byte(len(payload)), 0, 0, 0, 0}, payload...)
}

const (
	opClose = 8
	opPing  = 9
	opPong  = 10
)

// slowly is a connection that accepts a few bytes at a time.
type slowly struct {
	net.Conn
	bytes int
	every time.Duration
}

func (s slowly) Read(p []byte) (int, error) {
	<-time.After(s.every)
	return s.Conn.Read(p[:min(len(p), s.bytes)])
}

// A page that reads nothing is closed with a reason; while it stalls it costs one frame.
func TestStalledClient(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		start := time.Now()
		for range 50 {
			p.out <- mega
		}
		<-p.over
		if took := time.Since(start); took != 30*time.Second {
			t.Errorf("given up after %v, want 30s", took)
		}
		// It resumes reading just then: after the piece in progress it receives the reason.
		var closing wsFrame
		for closing.opcode != opClose {
			f, err := readRaw(page)
			if err != nil {
				t.Fatal(err)
			}
			closing = f
		}
		code, why := binary.BigEndian.Uint16(closing.payload), string(closing.payload[2:])
		if code != 4001 || why != "too slow: this page read no data for 30s" {
			t.Errorf("closed with %d %q", code, why)
		}
		page.Write(control(opClose, "\x0f\xa1"))
		if err := <-p.left; !hasCode(session.TooSlow)(err) {
			t.Errorf("the peer received %v", err)
		}
		if p.asked != 1 {
			t.Errorf("%d frames were taken from the peer for a page that took none", p.asked)
		}
		page.Close()
	})
}

// The deadline of a write is kept for a second. One that has passed must not end the next writes at once, without end.
func TestPageThatStopsJustAfterADeadlineWasSet(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		p.out <- mega
		time.Sleep(500 * time.Millisecond)       // of the bubble
		if _, err := readRaw(page); err != nil { // the first piece
			t.Fatal(err)
		}
		start := time.Now()
		<-p.over
		if took := time.Since(start); took != 30*time.Second {
			t.Errorf("given up after %v, want 30s", took)
		}
		time.Sleep(time.Millisecond) // which never ends while a processor is busy
		page.Close()
		<-p.left
	})
}

// One that never resumes is dropped some seconds later, with all goroutines.
func TestStalledClientThatNeverReads(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		start := time.Now()
		p.out <- hello
		if err := <-p.left; !hasCode(session.TooSlow)(err) {
			t.Errorf("the peer received %v", err)
		}
		if took := time.Since(start); took > 40*time.Second {
			t.Errorf("dropped after %v", took)
		}
		page.Close()
	})
}

// A link with some progress is slow, not stalled, no matter how long one frame takes.
func TestSlowClientStaysConnected(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		p.out <- mega
		start := time.Now()
		got, slow := 0, slowly{page, 4 << 10, 20 * time.Second}
		for {
			f, err := readRaw(slow)
			if err != nil {
				t.Fatalf("after %v and %d bytes: %v", time.Since(start), got, err)
			}
			if f.opcode < opClose {
				got += len(f.payload)
			}
			if f.fin && f.opcode < opClose {
				break
			}
		}
		if took := time.Since(start); got != mega.Len() || took < time.Hour {
			t.Errorf("%d bytes in %v", got, took)
		}
		page.Close()
		<-p.left
	})
}

// A ping is answered in the middle of a large frame, after the piece that is on its way.
func TestPongBetweenPieces(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		p.out <- mega
		if _, err := readRaw(page); err != nil {
			t.Fatal(err)
		}
		go page.Write(control(opPing, "are you there?"))
		synctest.Wait()
		for range 4 {
			f, err := readRaw(page)
			if err != nil {
				t.Fatal(err)
			}
			if f.opcode == opPong {
				if string(f.payload) != "are you there?" {
					t.Errorf("pong %q", f.payload)
				}
				page.Close()
				<-p.left
				return
			}
		}
		t.Error("no pong within four pieces")
		page.Close()
	})
}

// Pings without end, from a page that reads no pong, cost no memory and no connection.
func TestPingFlood(t *testing.T) {
	inBubble(t, session.Options{Stall: time.Hour, PingInterval: time.Hour}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		for range 20_000 {
			if _, err := page.Write(control(opPing, "0123456789")); err != nil {
				t.Fatal(err)
			}
		}
		last := time.Now()
		go page.Write(inboundRaw(click("still here")))
		<-p.got
		if wait := time.Since(last); wait > time.Minute {
			t.Errorf("the next message came after %v", wait)
		}
		pongs := 0
		page.SetReadDeadline(time.Now().Add(time.Second))
		for {
			f, err := readRaw(page)
			if errors.Is(err, os.ErrDeadlineExceeded) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if f.opcode == opPong {
				pongs++
			}
		}
		if pongs == 0 || pongs > 10_000 {
			t.Errorf("%d pongs were kept for a page that read none", pongs)
		}
		page.Close()
		<-p.left
	})
}

// inboundRaw is a message in a frame as a page sends it, masked with zeros.
func inboundRaw(m wire.Message) []byte {
	msg := inbound(m)
	if len(msg) > 125 {
		panic("inboundRaw: too long for the short form")
	}
	return append([]byte{0x82, 0x80 | byte(len(msg)), 0, 0, 0, 0}, msg...)
}

// A page that sleeps quietly but answers pings stays; one that does not answer is dropped.
func TestKeepAlive(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		start := time.Now()
		for time.Since(start) < time.Hour {
			f, err := readRaw(page)
			if err != nil {
				t.Fatalf("after %v: %v", time.Since(start), err)
			}
			if f.opcode != opPing {
				t.Fatalf("opcode %d, want a ping", f.opcode)
			}
			page.Write(control(opPong, string(f.payload)))
		}
		stopped := time.Now()
		go io.Copy(io.Discard, page) // reads everything and sends nothing
		if err := <-p.left; err == nil {
			t.Error("a dead page counts as one that went")
		}
		if took := time.Since(stopped); took < 30*time.Second || took > 75*time.Second {
			t.Errorf("dropped %v after its last sign of life", took)
		}
		page.Close()
	})
}

// A client that sends messages all the time is not pinged.
func TestNoPingsForAnActiveClient(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		p.out <- hello
		if f, err := readRaw(page); err != nil || f.opcode != 2 {
			t.Fatalf("%d, %v", f.opcode, err)
		}
		pinged := make(chan byte, 100)
		go func() {
			for {
				f, err := readRaw(page)
				if err != nil {
					return
				}
				pinged <- f.opcode
			}
		}()
		for range 600 {
			page.Write(inboundRaw(click("x")))
			<-p.got
			<-time.After(time.Second)
		}
		if n := len(pinged); n > 0 {
			t.Errorf("%d frames for a page that talks", n)
		}
		page.Close()
		<-p.left
	})
}

// While the program is busy with a message, the page's silence does not count.
func TestBusyReceiverIsNotSilent(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		p.receive = func(m wire.Message) { <-time.After(10 * time.Minute); p.got <- m }
		page.Write(inboundRaw(click("x")))
		go func() {
			for {
				f, err := readRaw(page)
				if err != nil {
					return
				}
				if f.opcode == opPing {
					page.Write(control(opPong, string(f.payload)))
				}
			}
		}()
		<-p.got
		<-time.After(5 * time.Minute)
		if len(p.left) > 0 {
			t.Errorf("dropped: %v", <-p.left)
		}
		page.Close()
		<-p.left
	})
}

// A close frame is answered though the page reads nothing for a while.
func TestCloseIsAnswered(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		page.Write(control(opClose, "\x03\xe9"))
		f, err := readRaw(page)
		if err != nil || f.opcode != opClose || string(f.payload) != "\x03\xe9" {
			t.Errorf("%d %q, %v", f.opcode, f.payload, err)
		}
		if err := <-p.left; err != nil {
			t.Errorf("a page that went: %v", err)
		}
		page.Close()
	})
}

// A page that announces a message without end cannot keep a closing server.
func TestCloseIsBounded(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		page := h.raw(t)
		p := <-h.peers
		page.Write([]byte{0x82, 0x80 | 127, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0})
		stop := make(chan struct{})
		go func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(100 * time.Millisecond):
					page.Write([]byte{0})
				}
			}
		}()
		go io.Copy(io.Discard, page)
		synctest.Wait()
		start := time.Now()
		h.sessions.Close()
		if took := time.Since(start); took > time.Second {
			t.Errorf("closing took %v", took)
		}
		<-p.left
		close(stop)
		page.Close()
	})
}

// A client that neither reads nor sends does not delay a closing server longer than others; nor does one that
// was already being closed for another reason.
func TestCloseOfDeadClients(t *testing.T) {
	for _, before := range []bool{false, true} {
		inBubble(t, session.Options{}, func(t *testing.T, h *house) {
			page := h.raw(t)
			p := <-h.peers
			if before {
				close(p.out)
				synctest.Wait()
			}
			start := time.Now()
			h.sessions.Close()
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("closing took %v", took)
			}
			<-p.left
			page.Close()
		})
	}
}

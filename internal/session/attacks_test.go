package session_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser/internal/session"
	"github.com/viser-go/viser/internal/wire"
)

// Bytes that no browser sends: each ends with the connection of its sender, or is skipped. Memory stays bounded, and
// others are served.

const (
	opContinue = 0
	opBinary   = 2
	opEnds     = 0x80 // the last frame of a message
)

// heap is the memory in use.
func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// claim is the header of a frame that claims a length.
func claim(opcode byte, length uint64) []byte {
	return append(binary.BigEndian.AppendUint64([]byte{opcode, 0x80 | 127}, length), 0, 0, 0, 0)
}

// raws opens connections that the test writes any bytes to, and reads what the server sends to them.
func raws(t *testing.T, h *house, n int) (all []net.Conn, peers []*peer) {
	t.Helper()
	for range n {
		c := h.raw(t)
		go io.Copy(io.Discard, c)
		all, peers = append(all, c), append(peers, <-h.peers)
	}
	return all, peers
}

// TestIncompleteMessageIsNone cuts a connection after each byte of a message: the server has received nothing, so a page
// that continues its session sends the message again.
func TestIncompleteMessageIsNone(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		msg := inbound(click(strings.Repeat("x", 1000)))
		whole := append(claim(opBinary|opEnds, uint64(len(msg))), msg...) // the mask is zero
		for n := range len(whole) + 1 {
			conns, peers := raws(t, h, 1)
			if _, err := conns[0].Write(whole[:n]); err != nil {
				t.Fatal(err)
			}
			conns[0].Close()
			<-peers[0].left
			if got, skipped := len(peers[0].got), peers[0].skipped.Load(); skipped != 0 || (got == 1) != (n == len(whole)) {
				t.Fatalf("%d of %d bytes: %d messages were received and %d skipped", n, len(whole), got, skipped)
			}
		}
	})
}

// checkServed connects a healthy page, and sends and receives a message.
func checkServed(t *testing.T, h *house) {
	t.Helper()
	page := h.page(t)
	p := <-h.peers
	send(t, page, inbound(click("healthy")))
	if m := (<-p.got).(*wire.GuiUpdateMessage); m.UUID != "healthy" {
		t.Errorf("got %q", m.UUID)
	}
	p.out <- hello
	expect(t, page, hello)
	page.CloseNow()
}

// TestGiantFrameClaims: memory grows with the bytes received, not with the length that a header claims.
func TestGiantFrameClaims(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		const n, each = 100, 10_000
		checkServed(t, h)
		pages, peers := raws(t, h, n)
		before := heap()
		for i, c := range pages {
			length := uint64(1 << 30)
			if i%2 == 1 {
				length = 1<<63 - 1
			}
			if _, err := c.Write(append(claim(opEnds|opBinary, length), make([]byte, each)...)); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		if grown := (heap() - before) / n; grown > 100<<10 {
			t.Errorf("%d bytes of memory for a client that sent %d", grown, each)
		}
		checkServed(t, h)
		for i, c := range pages {
			c.Close()
			<-peers[i].left
		}
	})
}

// TestFragmentsWithoutEnd: a message in parts of any size is limited as a whole, and so are empty parts, which never
// reach the limit by their bytes.
func TestFragmentsWithoutEnd(t *testing.T) {
	for name, size := range map[string]int{"large": 100_000, "empty": 0, "one byte": 1} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, session.Options{MaxMessage: 3 << 20}, func(t *testing.T, h *house) {
				pages, peers := raws(t, h, 1)
				part := append(claim(opContinue, uint64(size)), make([]byte, size)...)
				parts := bytes.Repeat(part, max(1, 100_000/len(part)))
				sent, over := 0, false
				_, err := pages[0].Write(claim(opBinary, 0))
				for err == nil && !over {
					var n int
					n, err = pages[0].Write(parts)
					sent += n
					select {
					case <-peers[0].over:
						over = true
					default:
						if sent > 16<<20 {
							t.Fatalf("%d bytes of a message of at most %d were read", sent, 3<<20)
						}
					}
				}
				pages[0].Close()
				if left := <-peers[0].left; !hasCode(session.TooBig)(left) {
					t.Errorf("ended by %v", left)
				}
				checkServed(t, h)
			})
		})
	}
}

// TestPingsDoNotEndAMessage: control frames inside and between messages do not count as parts of one.
func TestPingsDoNotEndAMessage(t *testing.T) {
	inBubble(t, session.Options{MaxMessage: 10_000, MessageRate: 1 << 30, PingInterval: time.Hour}, func(t *testing.T, h *house) {
		pages, peers := raws(t, h, 1)
		pings := bytes.Repeat(control(opPing, strings.Repeat("p", 125)), 1000)
		for range 20 { // far more than the limit of a message
			if _, err := pages[0].Write(pings); err != nil {
				t.Fatal(err)
			}
		}
		msg := inbound(click("after"))
		_, _ = pages[0].Write(append(claim(opBinary, uint64(len(msg))), msg...))
		for range 20 {
			if _, err := pages[0].Write(pings); err != nil {
				t.Fatal(err)
			}
		}
		_, _ = pages[0].Write(claim(opEnds|opContinue, 0))
		if m := (<-peers[0].got).(*wire.GuiUpdateMessage); m.UUID != "after" {
			t.Errorf("got %q", m.UUID)
		}
		pages[0].Close()
		<-peers[0].left
	})
}

// TestSlowLargeMessages: clients that send large messages slowly keep others from sending theirs for a minute only, and
// one that keeps nobody waiting may go on.
func TestSlowLargeMessages(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		pages, peers := raws(t, h, 5)
		over := make(chan struct{})
		for _, c := range pages {
			go func() {
				_, err := c.Write(append(claim(opEnds|opBinary, 51<<20), make([]byte, 2<<20)...))
				for err == nil {
					select {
					case <-over:
						return
					case <-time.After(time.Second):
						_, err = c.Write(make([]byte, 1000))
					}
				}
			}()
		}
		synctest.Wait()
		page := h.page(t)
		p := <-h.peers
		start := time.Now()
		large := click(strings.Repeat("x", 2<<20))
		go send(t, page, inbound(large))
		if m := (<-p.got).(*wire.GuiUpdateMessage); m.UUID != large.UUID {
			t.Errorf("got %d bytes", len(m.UUID))
		}
		if took := time.Since(start); took > 2*time.Minute {
			t.Errorf("a large message of another client waited for %v", took)
		}
		page.CloseNow()
		<-p.left
		<-time.After(time.Hour)
		if n := h.sessions.Stats().Clients; n == 0 || n > 2 { // the one that waited, and the last that was looked at
			t.Errorf("%d of five slow clients are still connected", n)
		}
		close(over)
		for i, c := range pages {
			c.Close()
			<-peers[i].left
		}
	})
}

// TestSlowLinkSendsALargeMessage: 300 kbit/s are enough.
func TestSlowLinkSendsALargeMessage(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		pages, peers := raws(t, h, 1)
		msg := inbound(click(strings.Repeat("x", 20<<20)))
		all := append(claim(opEnds|opBinary, uint64(len(msg))), msg...)
		for len(all) > 0 {
			n, err := pages[0].Write(all[:min(len(all), 300_000/8)])
			if err != nil {
				t.Fatalf("%d bytes before the end: %v", len(all), err)
			}
			all = all[n:]
			<-time.After(time.Second)
		}
		if m := (<-peers[0].got).(*wire.GuiUpdateMessage); len(m.UUID) != 20<<20 {
			t.Errorf("%d bytes", len(m.UUID))
		}
		pages[0].Close()
		<-peers[0].left
	})
}

// TestMalformedFrames: each violation of the websocket protocol ends its connection only.
func TestMalformedFrames(t *testing.T) {
	for name, data := range map[string][]byte{
		"reserved bits":         {0xf2, 0x80, 0, 0, 0, 0},
		"reserved opcode":       {opEnds | 3, 0x80, 0, 0, 0, 0},
		"reserved control":      {opEnds | 11, 0x80, 0, 0, 0, 0},
		"not masked":            {opEnds | opBinary, 1, 'x'},
		"long ping":             append([]byte{opEnds | opPing, 0x80 | 126, 0, 200, 0, 0, 0, 0}, make([]byte, 200)...),
		"fragmented ping":       {opPing, 0x80, 0, 0, 0, 0},
		"continuation of none":  {opEnds | opContinue, 0x80, 0, 0, 0, 0},
		"message in a message":  {opBinary, 0x80, 0, 0, 0, 0, opBinary, 0x80, 0, 0, 0, 0},
		"negative length":       claim(opEnds|opBinary, 1<<63),
		"close of one byte":     control(opClose, "x"),
		"close of a bad code":   control(opClose, "\x00\x05"),
		"no websocket at all":   []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
		"compressed, unagreed":  {0xc2, 0x80, 0, 0, 0, 0},
		"close with bad UTF-8":  control(opClose, "\x03\xe8\xff\xfe"),
		"zstd frame as message": nil,
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, session.Options{}, func(t *testing.T, h *house) {
				pages, peers := raws(t, h, 1)
				if data == nil { // servers send such frames; from a page it is a frame that is no message
					_, _ = pages[0].Write(append(claim(opEnds|opBinary, uint64(hello.Len())), hello.Bytes()...))
					synctest.Wait()
					if s := h.sessions.Stats(); s.BadFrames != 1 || s.Clients != 1 {
						t.Errorf("counted %+v", s)
					}
					pages[0].Close()
				}
				_, _ = pages[0].Write(data) // the server may hang up before the end
				<-peers[0].left
				pages[0].Close()
				checkServed(t, h)
			})
		})
	}
}

// TestStoppedPageCostsNobody: a page that is stopped for a minute (SIGSTOP, a debugger, a suspended laptop) is closed
// after 30 seconds, and meanwhile another page receives each frame without a delay.
func TestStoppedPageCostsNobody(t *testing.T) {
	inBubble(t, session.Options{}, func(t *testing.T, h *house) {
		stopped := h.raw(t) // neither reads nor sends
		bad := <-h.peers
		page := h.page(t)
		p := <-h.peers
		start := time.Now()
		for time.Since(start) < time.Minute {
			select {
			case bad.out <- mega:
			default: // full: the session asks for the next frame only when this one was sent
			}
			sent := time.Now()
			p.out <- hello
			expect(t, page, hello)
			if late := time.Since(sent); late > 0 {
				t.Fatalf("a frame for another page came %v late", late)
			}
			<-time.After(time.Second / 60)
		}
		if left := <-bad.left; !hasCode(session.TooSlow)(left) {
			t.Errorf("ended by %v", left)
		}
		if bad.asked != 1 {
			t.Errorf("%d frames were encoded for a page that is stopped", bad.asked)
		}
		stopped.Close()
		page.CloseNow()
	})
}

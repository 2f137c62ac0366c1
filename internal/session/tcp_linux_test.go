package session_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/session"
)

// On real sockets a stalled client that resumes reading later still receives the close code, because the
// rest is written to the kernel before the connection is closed. Other systems may have no buffer space
// for it.
func TestStalledClientReceivesTheReasonOverTCP(t *testing.T) {
	h, srv := overTCP(t, session.Options{Stall: 200 * time.Millisecond})
	page, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	if _, err := io.WriteString(page, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: viser-go.v1\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	p := <-h.peers
	for range 100 { // far beyond what the two kernels hold between them
		p.out <- mega
	}
	err = <-p.left // it took nothing, and did not answer the close either: the server has let go
	if !hasCode(session.TooSlow)(err) {
		t.Fatalf("the peer received %v", err)
	}
	r := bufio.NewReader(page)
	if _, err := http.ReadResponse(r, nil); err != nil {
		t.Fatal(err)
	}
	for {
		f, err := readRaw(r)
		if err != nil {
			t.Fatalf("no close frame: %v", err)
		}
		if f.opcode == opClose {
			if code := binary.BigEndian.Uint16(f.payload); code != 4001 {
				t.Errorf("closed with %d", code)
			}
			return
		}
	}
}

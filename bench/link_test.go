package main

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"
)

// TestLinkCarriesEverything, in both directions, and ends its connections when it is closed.
func TestLinkCarriesEverything(t *testing.T) {
	for name, at := range map[string]struct {
		delay time.Duration
		rate  float64
	}{"as it is": {}, "delayed": {time.Millisecond, 0}, "with a rate": {0, 100e6}} {
		t.Run(name, func(t *testing.T) {
			server, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			go func() {
				conn, err := server.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				io.Copy(conn, conn)
			}()
			l, err := newLink(t.Context(), server.Addr().String(), at.delay, at.rate)
			if err != nil {
				t.Fatal(err)
			}
			defer l.close()
			conn, err := net.Dial("tcp", l.addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			sent := bytes.Repeat([]byte("0123456789abcde\n"), 20_000)
			go conn.Write(sent)
			got := make([]byte, len(sent))
			if _, err := io.ReadFull(conn, got); err != nil || !bytes.Equal(got, sent) {
				t.Errorf("other bytes came back: %v", err)
			}
			l.close()
			if n, err := conn.Read(got); err == nil {
				t.Errorf("read %d bytes from a link that is closed", n)
			}
		})
	}
}

func TestTurnsShareTheRate(t *testing.T) {
	turns := &turns{rate: 1000}
	start := time.Now()
	turns.take(3000)
	if got := turns.take(2000).Sub(start); got < 5*time.Second {
		t.Errorf("5,000 bytes pass in %v at 1,000 bytes a second", got)
	}
}

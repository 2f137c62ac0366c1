package session

import (
	"bytes"
	"io"
	"net"
	"testing"
	"time"
)

// TestLinkOrder: small writes before and after a piece of a frame keep their places, over a socket that writes all of
// them in one call, and one that doesn't.
func TestLinkOrder(t *testing.T) {
	for name, connect := range map[string]func(*testing.T) (net.Conn, net.Conn){"TCP": tcpPair, "pipe": pipePair} {
		t.Run(name, func(t *testing.T) {
			here, there := connect(t)
			l := newLink(here, time.Minute, func() {}, newTraffic())
			piece := bytes.Repeat([]byte("0123456789abcdef"), pieceSize/16)
			got := make(chan []byte)
			go func() {
				all, err := io.ReadAll(there)
				if err != nil {
					t.Error(err)
				}
				got <- all
			}()
			var want []byte
			for range 3 {
				parts := [][]byte{[]byte("before"), piece, []byte("after"), piece[:lendFrom], []byte("end")}
				err := l.send(func() error {
					for _, p := range parts {
						if n, err := l.Write(p); n != len(p) || err != nil {
							return err
						}
					}
					if n := len(l.pending.copied); n >= pieceSize {
						t.Errorf("%d bytes are copied, of a piece of %d", n, pieceSize)
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, bytes.Join(parts, nil)...)
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
			l.wait()
			if all := <-got; !bytes.Equal(all, want) {
				t.Errorf("%d bytes are received, want %d, or in another order", len(all), len(want))
			}
			if sent := l.traffic.sent.Load(); sent != int64(len(want)) {
				t.Errorf("%d bytes are counted, want %d", sent, len(want))
			}
			if l.out != nil || l.outMade[0] != nil {
				t.Error("an idle link refers to the last frame")
			}
		})
	}
}

func pipePair(*testing.T) (here, there net.Conn) { return net.Pipe() }

func tcpPair(t *testing.T) (here, there net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	there, err = net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { there.Close() })
	here, err = listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return here, there
}

package session

import (
	"bytes"
	"errors"
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
				if _, err := l.Write([]byte("before")); err != nil {
					t.Fatal(err)
				}
				want = append(want, "before"...)
				for _, p := range [][]byte{piece, []byte("small"), piece[:lendFrom]} {
					if err := l.send(opBinary, p); err != nil {
						t.Fatal(err)
					}
					want = append(appendHead(want, opBinary, len(p)), p...)
				}
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

// A taker is a socket that takes everything. Only what a link uses is implemented.
type taker struct {
	net.Conn
	taken     bytes.Buffer
	deadlines int
}

func (s *taker) Write(b []byte) (int, error)      { return s.taken.Write(b) }
func (s *taker) SetWriteDeadline(time.Time) error { s.deadlines++; return nil }
func (s *taker) Close() error                     { return nil }

// TestSendAllocatesNothing also checks that the deadline, which is a timer of the runtime, is not set for each frame.
func TestSendAllocatesNothing(t *testing.T) {
	s := &taker{}
	s.taken.Grow(1 << 20)
	l := newLink(s, time.Hour, nil, newTraffic())
	piece := make([]byte, 1000)
	allocs := testing.AllocsPerRun(100, func() {
		s.taken.Reset()
		if err := l.send(opBinary|finalPiece, piece); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 0 {
		t.Errorf("%v allocations for each frame", allocs)
	}
	if s.deadlines != 1 {
		t.Errorf("the deadline was set %d times", s.deadlines)
	}
}

func TestNoMessageFollowsAClose(t *testing.T) {
	s := &taker{}
	l := newLink(s, time.Hour, nil, newTraffic())
	closing := []byte{finalPiece | opClose, 2, 3, 0xe9}
	if _, err := l.Write(closing); err != nil {
		t.Fatal(err)
	}
	if err := l.send(opBinary|finalPiece, []byte("late")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a message after a close: %v", err)
	}
	l.wait()
	if !bytes.Equal(s.taken.Bytes(), closing) {
		t.Errorf("sent %q", s.taken.Bytes())
	}
}

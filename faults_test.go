//go:build !race

package viser_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// Faults of the connections between a test's pages and its server: latency, partial reads and writes, and a reset after
// some bytes.
type faults struct {
	mu   sync.Mutex
	rng  *rand.Rand
	over chan struct{} // closed when there are none any more
}

func newFaults(seed uint64) *faults {
	return &faults{rng: rand.New(rand.NewPCG(seed, 1)), over: make(chan struct{})}
}

// end makes the connections that are made from now on work, and the others fast.
func (f *faults) end() { close(f.over) }

// on returns a connection with some faults.
func (f *faults) on(c net.Conn) net.Conn {
	select {
	case <-f.over:
		return c
	default:
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	fc := &faultyConn{Conn: c, over: f.over, closed: make(chan struct{}), rng: rand.New(rand.NewPCG(f.rng.Uint64(), 2)), left: 1 << 40, most: 1 << 20}
	if f.rng.IntN(4) > 0 { // most are reset, many before the first frame is complete
		fc.left = 1 + f.rng.IntN(1<<(8+f.rng.IntN(10)))
	}
	if f.rng.IntN(3) == 0 {
		fc.latency = time.Duration(f.rng.IntN(100)) * time.Millisecond
	}
	if f.rng.IntN(3) == 0 {
		fc.most = 1 + f.rng.IntN(3000)
	}
	if f.rng.IntN(20) == 0 { // longer than the server waits for a page that reads nothing, or keeps its session
		fc.latency = time.Duration(20+f.rng.IntN(30)) * time.Second
	}
	return fc
}

var errReset = errors.New("reset by the test")

// A faultyConn is a connection with faults. Read and Write may be called by one goroutine each.
type faultyConn struct {
	net.Conn
	over    <-chan struct{} // closed when latency ends
	closed  chan struct{}
	close   sync.Once
	latency time.Duration // before each read
	most    int           // bytes that are read or written at once

	mu   sync.Mutex
	rng  *rand.Rand
	left int // bytes until it is reset
}

// part returns how much of n bytes to transfer at once: 0 after the reset.
func (c *faultyConn) part(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(0, min(n, c.left, 1+c.rng.IntN(c.most)))
}

// passed counts bytes, and resets the connection after the last one.
func (c *faultyConn) passed(n int) {
	c.mu.Lock()
	c.left -= n
	over := c.left <= 0
	c.mu.Unlock()
	if over {
		c.Close()
	}
}

func (c *faultyConn) Close() error {
	c.close.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

func (c *faultyConn) Read(b []byte) (int, error) {
	select {
	case <-time.After(c.latency):
	case <-c.over:
	case <-c.closed:
	}
	part := c.part(len(b))
	if part == 0 && len(b) > 0 {
		return 0, errReset
	}
	n, err := c.Conn.Read(b[:part])
	c.passed(n)
	if err == io.EOF { // which the websocket would take for the end of a message
		err = errReset
	}
	return n, err
}

func (c *faultyConn) Write(b []byte) (written int, err error) {
	for written < len(b) {
		part := c.part(len(b) - written)
		if part == 0 {
			return written, errReset
		}
		n, err := c.Conn.Write(b[written : written+part])
		written += n
		c.passed(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

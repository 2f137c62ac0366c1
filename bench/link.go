package main

import (
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A link is a TCP proxy in front of a server that imitates a slower network: with a delay, and with a rate that all
// its connections share. Bytes wait for their turn in the order in which they arrive.
type link struct {
	addr     string
	target   string
	delay    time.Duration // in each direction
	listener net.Listener
	up, down turns
	received atomic.Int64 // bytes that have passed towards the client

	running sync.WaitGroup
	stop    context.CancelFunc
}

// Bounds of what waits in a link that has a rate. What is in its sockets' buffers is ahead of everything that comes
// later, so with the usual megabytes it would measure the buffers of the proxy.
const (
	linkChunk  = 16 << 10
	linkBuffer = 32 << 10
)

// newLink returns a link to the server. rate is in bytes per second in each direction, 0 for any.
func newLink(ctx context.Context, target string, delay time.Duration, rate float64) (*link, error) {
	l := &link{target: target, delay: delay}
	l.up.rate, l.down.rate = rate, rate
	var err error
	if l.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	l.addr = l.listener.Addr().String()
	ctx, l.stop = context.WithCancel(ctx)
	l.running.Go(func() { l.accept(ctx) })
	return l, nil
}

// close ends all connections, and returns when nothing of the link runs any more.
func (l *link) close() {
	l.stop()
	l.listener.Close()
	l.running.Wait()
}

func (l *link) accept(ctx context.Context) {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.running.Go(func() { l.connect(ctx, client) })
	}
}

func (l *link) connect(ctx context.Context, client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", l.target)
	if err != nil {
		return // the client sees its connection end
	}
	defer server.Close()
	if l.down.rate > 0 {
		shorten(client)
		shorten(server)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ctx, func() {
		client.Close()
		server.Close()
	})()
	var both sync.WaitGroup
	both.Go(func() {
		defer stop()
		l.carry(ctx, server, client, &l.up, new(atomic.Int64))
	})
	both.Go(func() {
		defer stop()
		l.carry(ctx, client, server, &l.down, &l.received)
	})
	both.Wait()
}

func shorten(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(linkBuffer)
		_ = tcp.SetWriteBuffer(linkBuffer)
	}
}

// A parcel is what is written at its time.
type parcel struct {
	data []byte
	due  time.Time
}

// carry copies until one side ends. A chunk is read when the one before has had its turn, so that the sender notices
// the rate.
func (l *link) carry(ctx context.Context, to io.Writer, from io.Reader, turns *turns, count *atomic.Int64) {
	delayed := make(chan parcel, 1024)
	var writing sync.WaitGroup
	writing.Go(func() {
		for p := range delayed {
			if pause(ctx, time.Until(p.due)) != nil {
				continue
			}
			n, _ := to.Write(p.data) // after an error the reads fail soon
			count.Add(int64(n))
		}
	})
	defer writing.Wait()
	defer close(delayed)
	for {
		data := make([]byte, linkChunk)
		n, err := from.Read(data)
		if err != nil || pause(ctx, time.Until(turns.take(n))) != nil {
			return
		}
		select {
		case delayed <- parcel{data[:n], time.Now().Add(l.delay)}:
		case <-ctx.Done():
			return
		}
	}
}

// turns shares the rate of one direction.
type turns struct {
	rate float64 // bytes per second, 0 for any

	mu   sync.Mutex
	free time.Time // when everything has passed that has been announced
}

// take returns when so many bytes have passed, after all that were announced before.
func (t *turns) take(n int) time.Time {
	now := time.Now()
	if t.rate == 0 {
		return now
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.free.Before(now) {
		t.free = now
	}
	t.free = t.free.Add(time.Duration(float64(n) / t.rate * float64(time.Second)))
	return t.free
}

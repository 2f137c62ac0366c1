package session

import (
	"crypto/tls"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// link is between the websocket and the socket. Messages are sent by send, not by the websocket's writer: that would
// take three locks for each frame and client. Only control frames come from the websocket, by Write, which never waits:
// it buffers the bytes, and a drain writes them. So the websocket's locks are never held while the network is slow. That
// matters because the websocket closes a connection if a pong or a close waits too long for those locks; here it is
// queued after the piece of a message that is being sent.
//
// The writing goroutine drains the link itself, so a piece costs no switch to another goroutine. For what the reading
// side writes (pongs, pings, a close) a drain is started when none is running.
//
// The link also measures what the websocket does not: how many bytes the socket took, and since when nothing was
// received.
type link struct {
	net.Conn
	stall   time.Duration
	stalled func() // called once, by the drain
	traffic *Traffic
	piece   int // most bytes for one write of the socket

	reading atomic.Int64 // since when a read waits, in nanoseconds of start; 0: none does
	allowed atomic.Int64 // bytes that may still be received for the message that is being read
	moved   atomic.Int64 // when the socket last took bytes after it had to be waited for
	armed   atomic.Int64 // when the deadline of writes was last set, in nanoseconds of start; 0: it is to be set
	start   time.Time

	mu       sync.Mutex
	pending  batch
	draining bool
	ended    bool // a close frame was written, after which no message may follow
	closed   bool
	closeBy  time.Time // with closed: the deadline for pending bytes
	err      error
	idle     chan struct{}  // has an element after a drain ended
	drains   sync.WaitGroup // drains that were started here

	out     net.Buffers // what the drain writes; its own
	outMade [3][]byte   // the memory of out
}

// A batch is what the drain writes next: copied bytes, and between them a piece of a frame.
type batch struct {
	copied []byte
	memory *[]byte // of copied, pooled
	lent   []byte  // written after copied[:at]
	at     int
}

func (b *batch) empty() bool { return len(b.copied) == 0 && len(b.lent) == 0 }

const (
	pieceSize  = 128 << 10 // of a frame, written at a time: what the kernel queues; pongs wait for no more than this
	lendFrom   = 4 << 10   // bytes of a frame from which on they are not copied
	maxCopied  = 64 << 10
	closeGrace = time.Second // for the last bytes after Close
)

var (
	errLinkFull = errors.New("session: more control frames than the page reads")
	errStalled  = errors.New("session: the page reads nothing")
)

// buffers are only for links with pending bytes; an idle link has none.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, lendFrom+512); return &b }}

func newLink(nc net.Conn, stall time.Duration, stalled func(), traffic *Traffic) *link {
	l := &link{Conn: nc, stall: stall, stalled: stalled, traffic: traffic, piece: pieceSize, start: time.Now(), idle: make(chan struct{}, 1)}
	if _, ok := nc.(*tls.Conn); ok {
		// After a time-out in the middle of a write TLS cannot go on. One record at a time, a time-out means
		// that not even a record got through.
		l.piece = 16 << 10
	}
	keepSendQueueShort(nc)
	return l
}

// plainConn is the connection under TLS, if there is TLS, and under what packages of ours put there.
func plainConn(nc net.Conn) net.Conn {
	for {
		over, ok := nc.(interface{ NetConn() net.Conn })
		if !ok {
			return nc
		}
		nc = over.NetConn()
	}
}

// Write buffers a control frame; an error means that the link is closed or has failed before.
func (l *link) Write(frame []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.add(frame, nil); err != nil {
		return 0, err
	}
	l.ended = l.ended || len(frame) > 0 && frame[0]&opcodes == opClose
	if !l.draining {
		l.startDrain()
	}
	return len(frame), nil
}

// add adds pending bytes: head is copied, and body referred to if it is large. mu is held.
func (l *link) add(head, body []byte) error {
	lend := len(body) >= lendFrom && l.pending.lent == nil
	copied := len(l.pending.copied) + len(head)
	if !lend {
		copied += len(body)
	}
	switch {
	case l.err != nil:
		return l.err
	case l.closed:
		return net.ErrClosed
	case copied > maxCopied:
		return errLinkFull
	}
	l.pending.add(head, body, lend)
	return nil
}

// startDrain is called with mu held.
func (l *link) startDrain() {
	l.draining = true
	l.drains.Go(l.drain)
}

// full reports whether the page leaves so much unread that answering its pings would only add to it.
func (l *link) full() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.pending.copied) > lendFrom+8<<10
}

// send sends a piece of a message, which begins with the opcode, and returns when the socket has taken all of it. The
// piece must not change.
func (l *link) send(opcode byte, piece []byte) error {
	var space [10]byte
	head := appendHead(space[:0], opcode, len(piece))
	l.mu.Lock()
	switch {
	case l.ended:
		l.mu.Unlock()
		return net.ErrClosed
	case !l.draining && l.pending.empty() && l.err == nil && !l.closed:
		l.draining = true
		l.mu.Unlock()
		return l.sendAlone(head, piece)
	}
	err := l.add(head, piece)
	own := err == nil && !l.draining
	l.draining = l.draining || own
	l.mu.Unlock()
	if err != nil {
		return err
	}
	if own {
		l.drain()
	}
	return l.settle()
}

// sendAlone is a drain of one piece, as nearly all are. It takes the lock only at its end, since with hundreds of pages
// the time for locks is a noticeable part of what a window takes. draining is set.
func (l *link) sendAlone(head, piece []byte) error {
	next := newBatch(head, piece)
	err := l.push(next)
	next.recycle()
	l.mu.Lock()
	l.err = err
	switch {
	case err != nil || l.closed && l.pending.empty():
		l.endDrain(l.takePending())
	case l.pending.empty():
		l.draining = false
	default:
		l.mu.Unlock()
		l.drain()
		return l.settle()
	}
	if err == nil && l.closed {
		err = net.ErrClosed
	}
	l.mu.Unlock()
	return err
}

// takePending returns the pending bytes, and forgets them. mu is held.
func (l *link) takePending() batch {
	b := l.pending
	l.pending = batch{}
	return b
}

// newBatch returns a batch of one piece.
func newBatch(head, piece []byte) (b batch) {
	b.add(head, piece, len(piece) >= lendFrom)
	return b
}

// add adds to the batch: head is copied, and body referred to if it is lent.
func (b *batch) add(head, body []byte, lend bool) {
	if b.memory == nil {
		b.memory = buffers.Get().(*[]byte)
		b.copied = *b.memory
	}
	b.copied = append(b.copied, head...)
	if lend {
		b.lent, b.at = body, len(b.copied)
		return
	}
	b.copied = append(b.copied, body...)
}

// appendHead appends what precedes a piece: a server does not mask.
func appendHead(b []byte, opcode byte, size int) []byte {
	switch {
	case size < 126:
		return append(b, opcode, byte(size))
	case size <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, opcode, 126), uint16(size))
	}
	return binary.BigEndian.AppendUint64(append(b, opcode, 127), uint64(size))
}

// settle waits until no drain runs and reports whether the link still works.
func (l *link) settle() error {
	for {
		l.mu.Lock()
		draining, err, closed := l.draining, l.err, l.closed
		l.mu.Unlock()
		switch {
		case draining:
			<-l.idle
		case err != nil:
			return err
		case closed:
			return net.ErrClosed
		default:
			return nil
		}
	}
}

// drain moves pending bytes to the socket until there are none. Exactly one runs at a time: who sets draining
// calls it.
func (l *link) drain() {
	for {
		l.mu.Lock()
		next := l.takePending()
		if next.empty() || l.err != nil {
			l.endDrain(next)
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		err := l.push(next)
		next.recycle()
		if err != nil {
			l.mu.Lock()
			l.err = err
			l.mu.Unlock()
		}
	}
}

// endDrain is called with mu held.
func (l *link) endDrain(last batch) {
	last.recycle()
	l.draining = false
	if l.err != nil || l.closed {
		l.Conn.Close()
	}
	select {
	case l.idle <- struct{}{}:
	default:
	}
}

func (b *batch) recycle() {
	if b.memory != nil && cap(b.copied) <= 4*lendFrom {
		*b.memory = b.copied[:0]
		buffers.Put(b.memory)
	}
}

// push writes the batch to the socket. It fails if the socket accepts nothing for too long.
func (l *link) push(next batch) error {
	l.out = l.outMade[:0]
	for _, part := range [...][]byte{next.copied[:next.at], next.lent, next.copied[next.at:]} {
		if len(part) > 0 {
			l.out = append(l.out, part)
		}
	}
	defer func() { // so that nothing of the frame is kept
		l.out = nil
		clear(l.outMade[:])
	}()
	warned := false
	began := time.Now()
	since := began // when the socket last took something, or was to
	for len(l.out) > 0 {
		last := l.armDeadline(began, since)
		n, err := l.writeOut()
		ended := time.Now()
		if n > 0 {
			if ended.Sub(began) > 50*time.Millisecond {
				l.moved.Store(int64(ended.Sub(l.start)))
			}
			l.traffic.sent.Add(n)
			l.traffic.sentRate.Add(ended.Sub(l.traffic.start), n)
			warned, since = false, ended
		}
		began = ended
		switch {
		case err == nil:
			continue
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return err
		case last:
			return errStalled
		}
		l.disarm()
		switch {
		case ended.Sub(since) < l.stall: // the deadline was that of an earlier write
		case warned:
			since = ended
		default:
			warned, since = true, ended // stalled closes the link in a while; until then the page may still recover
			makeRoom(l.Conn)
			l.stalled()
		}
	}
	return nil
}

// writeOut writes as much of out as one write of the socket can take, and removes it there.
func (l *link) writeOut() (int64, error) {
	if _, ok := l.Conn.(*net.TCPConn); ok && len(l.out) > 1 {
		return l.out.WriteTo(l.Conn) // one system call for all of them
	}
	first := &l.out[0]
	n, err := l.Conn.Write((*first)[:min(len(*first), l.piece)])
	if *first = (*first)[n:]; len(*first) == 0 {
		l.out = l.out[1:]
	}
	return int64(n), err
}

// armDeadline sets the deadline of the next write of the socket; last says that there is none after that. One that was
// set a moment ago is kept, since this is called for each frame of each client; it may then end too early, and is set
// again.
func (l *link) armDeadline(now, since time.Time) (last bool) {
	at := int64(now.Sub(l.start))
	if armed := l.armed.Load(); armed != 0 && at-armed < int64(l.stall/32) {
		return false // Close sets its own deadline
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		_ = l.Conn.SetWriteDeadline(l.closeBy) // fails only on a closed socket, and then so does the write
		return true
	}
	l.armed.Store(max(1, at))
	_ = l.Conn.SetWriteDeadline(since.Add(l.stall))
	return false
}

// disarm has the next armDeadline set a deadline in any case: one that has passed would end each write at once.
func (l *link) disarm() { l.armed.Store(0) }

// Close ends reads at once, and allows a short time to write pending bytes.
func (l *link) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	l.closeBy = time.Now().Add(closeGrace)
	_ = l.Conn.SetReadDeadline(time.Unix(1, 0))
	switch {
	case l.draining:
		_ = l.Conn.SetWriteDeadline(l.closeBy)
	case !l.pending.empty() && l.err == nil:
		l.startDrain()
	default:
		return l.Conn.Close()
	}
	return nil
}

// wait returns when no drain that the link started runs any more.
func (l *link) wait() { l.drains.Wait() }

// Read notes when it begins to wait, for silence. It fails when a message takes more bytes than allowed: the
// websocket skips empty parts and unsolicited pongs by itself, without an end.
func (l *link) Read(p []byte) (int, error) {
	l.reading.Store(max(1, int64(time.Since(l.start))))
	n, err := l.Conn.Read(p)
	l.traffic.received.Add(int64(n))
	l.reading.Store(0)
	if l.allowed.Add(-int64(n)) < 0 {
		return 0, errEndless
	}
	if err == io.EOF {
		err = errEnded
	}
	return n, err
}

// errEnded replaces io.EOF, which the websocket would take for the end of a message that is incomplete.
var errEnded = errors.New("session: the connection ended")

// allow sets the number of bytes that may be received until the next call.
func (l *link) allow(n int64) { l.allowed.Store(n) }

// errEndless is the end of a message that is not limited by its content.
var errEndless = &CloseError{Code: TooBig, Reason: "a message in too many parts"}

// silence is how long the page has neither sent a byte nor accepted one. It does not count while the session does not
// read, because an earlier message is still being handled.
func (l *link) silence() time.Duration {
	since := l.reading.Load()
	if since == 0 {
		return 0
	}
	return time.Since(l.start) - time.Duration(max(since, l.moved.Load()))
}

// busy reports whether bytes wait for the socket.
func (l *link) busy() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.draining
}

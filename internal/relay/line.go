package relay

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
)

// A line is a connection to the upstream server, with a queue in front of it: sending waits for the network.
type line struct {
	conn *upstream.Conn
	out  chan []byte
	// camera is the newest one that was not sent, and moved has an entry if there is one.
	camera atomic.Pointer[view]
	moved  chan struct{}
	quit   chan struct{} // closed when the connection has ended
	done   chan struct{} // closed when write has returned
}

// extended reports whether the upstream server is ours.
func (l *line) extended() bool { return l.conn.Dialect() == wire.Extended }

// A view is the camera of a page, as a message to servers of ours and to others, which
// refuse what they do not know.
type view struct{ ours, plain []byte }

func newView(m *wire.ViewerCameraMessage) *view {
	plain := *m
	plain.Projection = nil
	return &view{encoded(m), encoded(&plain)}
}

func (v *view) to(l *line) []byte {
	if l.extended() {
		return v.ours
	}
	return v.plain
}

func (o opening) to(l *line) [][]byte {
	var out [][]byte
	if o.camera != nil {
		out = append(out, o.camera.to(l))
	}
	if !l.extended() {
		return out
	}
	if o.split != nil {
		out = append(out, o.split)
	}
	for _, number := range slices.Sorted(maps.Keys(o.others)) {
		out = append(out, o.others[number])
	}
	return out
}

// maxWaiting is how many messages wait for the network. The largest are parts of uploads, of half a MiB.
const maxWaiting = 16

// sendTime is how long the upstream server may take to accept one message.
const sendTime = 30 * time.Second

func newLine(conn *upstream.Conn) *line {
	return &line{conn: conn, out: make(chan []byte, maxWaiting), moved: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{})}
}

// An opening is what a page sends when it has connected, or would: its camera, and to servers of ours its views.
type opening struct {
	camera *view
	split  []byte         // how the page is divided
	others map[int][]byte // the cameras of the views beside the main one
}

// write sends what is queued, after first, until the connection ends.
func (l *line) write(ctx context.Context, first opening) {
	defer close(l.done)
	for _, b := range first.to(l) {
		if !l.send(ctx, b) {
			return
		}
	}
	moved := l.moved
	var rested <-chan time.Time
	for {
		select {
		case b := <-l.out:
			if !l.sendCamera(ctx) || !l.send(ctx, b) { // a click may depend on the camera before it
				return
			}
		case <-moved:
			if !l.sendCamera(ctx) {
				return
			}
			moved, rested = nil, time.After(cameraPause)
		case <-rested:
			moved, rested = l.moved, nil
		case <-l.quit:
			return
		case <-ctx.Done():
			return
		}
	}
}

// cameraPause is the pause between two cameras, that of pages. Several pages may share a line.
const cameraPause = 20 * time.Millisecond

func (l *line) sendCamera(ctx context.Context) bool {
	b := l.camera.Swap(nil)
	return b == nil || l.send(ctx, b.to(l))
}

// pose queues the camera. It replaces one that was not sent yet, and does not wait.
func (l *line) pose(b *view) {
	l.camera.Store(b)
	select {
	case l.moved <- struct{}{}:
	default:
	}
}

func (l *line) send(ctx context.Context, b []byte) bool {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return l.conn.Send(ctx, b) == nil // an error ends the connection, which its reader notices
}

// queue queues a message, and waits while the queue is full. It reports whether it did.
func (l *line) queue(ctx context.Context, b []byte) bool {
	select {
	case l.out <- b:
		return true
	case <-l.done:
	case <-l.quit:
	case <-ctx.Done():
	}
	return false
}

// close ends the connection, which nobody reads any more.
func (l *line) close() {
	close(l.quit)
	l.conn.Close()
}

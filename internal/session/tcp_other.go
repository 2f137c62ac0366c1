//go:build !linux

package session

import "net"

// keepSendQueueShort keeps the system from taking megabytes ahead of a slow link: on it they would be seconds
// of poses that were superseded since. (Linux has a finer way that costs no throughput.)
func keepSendQueueShort(nc net.Conn) {
	setSendBuffer(nc, 256<<10)
}

// makeRoom lets the system buffer what is pending after all. It is used before the connection to a page is given up, so
// that the page finds the close code behind the data if it resumes reading.
func makeRoom(nc net.Conn) {
	setSendBuffer(nc, 1<<20)
}

// setSendBuffer is best-effort: without it sends still work, with the system's own
// size.
func setSendBuffer(nc net.Conn, size int) {
	if tcp, ok := plainConn(nc).(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(size)
	}
}

//go:build !linux

package session

import "net"

// keepSendQueueShort keeps the system from buffering megabytes for a slow link, which would be seconds of
// superseded poses. (Linux has a better way that does not reduce throughput.)
func keepSendQueueShort(nc net.Conn) {
	setSendBuffer(nc, 256<<10)
}

// makeRoom lets the system buffer all pending bytes. It is used before a connection is abandoned, so that the
// client receives the close code after the data if it resumes reading.
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

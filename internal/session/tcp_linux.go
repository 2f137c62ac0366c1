package session

import (
	"math"
	"net"
	"syscall"
)

const (
	tcpNotSentLowat = 25        // from linux/tcp.h; package syscall has no name for it
	unsentAtMost    = 128 << 10 // bytes that wait in the kernel without being on their way
)

// keepSendQueueShort makes the kernel refuse bytes beyond what is on its way and a little more. By default it takes
// megabytes, which on a slow link are seconds of poses that were superseded since; and it reports room only when a
// third of that has left, so a slow link would look like a stalled one.
func keepSendQueueShort(nc net.Conn) {
	setTCPOption(nc, unsentAtMost)
}

// makeRoom lets the kernel buffer what is pending after all. It is used before the connection to a page is given up, so
// that the page finds the close code behind the data if it resumes reading.
func makeRoom(nc net.Conn) {
	setTCPOption(nc, math.MaxInt32)
}

// setTCPOption is best effort: without it sends still work, with a longer queue.
func setTCPOption(nc net.Conn, lowat int) {
	tcp, ok := plainConn(nc).(*net.TCPConn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpNotSentLowat, lowat)
	})
}

package session

import (
	"math"
	"net"
	"syscall"
)

const (
	tcpNotSentLowat = 25        // from linux/tcp.h; package syscall has no name for it
	unsentAtMost    = 128 << 10 // unsent bytes in the kernel
)

// keepSendQueueShort limits the unsent bytes in the kernel. By default it accepts megabytes, which on a slow link
// are seconds of superseded poses; and it reports free space only when a third of them was sent, so a slow link
// would look like a stalled one.
func keepSendQueueShort(nc net.Conn) {
	setTCPOption(nc, unsentAtMost)
}

// makeRoom lets the kernel buffer all pending bytes. It is used before a connection is abandoned, so that the
// client receives the close code after the data if it resumes reading.
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

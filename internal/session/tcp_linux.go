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

// keepSendQueueShort makes the kernel refuse bytes beyond what is on its way and a little more. By default it
// takes megabytes, which on a slow link are seconds of poses that were superseded since; and it reports room
// only when a third of that has left, so a slow link would look like one that stands still.
func keepSendQueueShort(nc net.Conn) {
	setTCPOption(nc, unsentAtMost)
}

// makeRoom lets the kernel take what is pending after all. Used when we are about to give up on a page, so
// that it finds the close code behind the data should it read on.
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

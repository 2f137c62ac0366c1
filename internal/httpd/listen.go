package httpd

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// portTries is how many ports Listen tries, as many as upstream viser.
const portTries = 1000

// Listen opens addr ("host:port", port 0 for any free one). Unless exact is set, a taken port leads to the next free
// one above it; moved reports that this happened.
func Listen(addr string, exact bool) (ln net.Listener, moved bool, err error) {
	host, portText, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, false, fmt.Errorf("listen: %q is not host:port: %w", addr, err)
	}
	first, err := net.LookupPort("tcp", portText)
	if err != nil {
		return nil, false, fmt.Errorf("listen: %q has no usable port: %w", addr, err)
	}
	last := min(first+portTries, 65535)
	if exact || first == 0 {
		last = first
	}
	for port := first; port <= last; port++ {
		ln, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err == nil {
			return ln, port != first, nil
		}
		if !portTaken(err) {
			return nil, false, fmt.Errorf("listen on %s: %w", addr, err)
		}
	}
	if last > first {
		return nil, false, fmt.Errorf("listen on %s: no free port from %d to %d: %w", addr, first, last, err)
	}
	return nil, false, fmt.Errorf("listen on %s: the port is taken: %w", addr, err)
}

// portTaken also handles Windows' numbers, which package syscall names on Windows alone: in use, and reserved by the
// system.
func portTaken(err error) bool {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		return false
	}
	return errno == syscall.EADDRINUSE || errno == 10048 || errno == 10013
}

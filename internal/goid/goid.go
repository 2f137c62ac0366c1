// Package goid identifies goroutines. A call that waits for other goroutines must find out whether it runs in one of
// them: a callback that shuts its server down cannot wait for itself, whichever context it passes.
package goid

import (
	"bytes"
	"runtime"
	"strconv"
)

// Current returns the ID of the calling goroutine, which is unique while the program runs. It needs about a
// microsecond: the runtime has no function for it, so it is parsed from the first line of the stack trace.
func Current() uint64 {
	var buf [64]byte
	line := buf[:runtime.Stack(buf[:], false)]
	line = bytes.TrimPrefix(line, []byte("goroutine "))
	number, _, _ := bytes.Cut(line, []byte(" "))
	id, err := strconv.ParseUint(string(number), 10, 64)
	if err != nil {
		panic("goid: the runtime's stack text has changed: " + err.Error())
	}
	return id
}

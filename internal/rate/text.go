package rate

import (
	"fmt"
	"runtime"
)

// Bounds of what one log record contains, in bytes and in characters.
const (
	MaxStack = 8 << 10
	MaxText  = 1000
)

// Stack returns the beginning of the stack of the calling goroutine, at most MaxStack bytes: a deep recursion has a
// stack of any size.
func Stack() string {
	b := make([]byte, MaxStack)
	return string(b[:runtime.Stack(b, false)])
}

// Text returns the beginning of a value's text, at most MaxText characters: an error or the value of a panic may quote
// what a client has sent.
func Text(v any) string { return fmt.Sprintf("%.*s", MaxText, fmt.Sprint(v)) }

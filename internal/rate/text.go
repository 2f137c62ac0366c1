package rate

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
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

// PanicPlace returns the line of the program that panicked, as "file:line": a text handler writes the stack as one line,
// which is hard to read. What the runtime and package viser were doing for that line is left out. It must be called
// while a deferred function runs.
func PanicPlace() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicking := false
	for {
		f, more := frames.Next()
		inRuntime := strings.HasPrefix(f.Function, "runtime.")
		if panicking && !inRuntime && !strings.HasPrefix(f.Function, viserFunctions) {
			return fmt.Sprintf("%s:%d", f.File, f.Line)
		}
		panicking = panicking || f.Function == "runtime.gopanic"
		if !more {
			return "unknown"
		}
	}
}

// viserFunctions is what the names of package viser's functions begin with.
var viserFunctions = strings.TrimSuffix(reflect.TypeFor[Log]().PkgPath(), "/internal/rate") + "."

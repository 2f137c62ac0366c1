package cloud

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error is the error of a file of one of the formats of point clouds: where and why it is invalid.
type Error struct {
	// Format is the name of the format's package, such as "pcd".
	Format string
	// Line counts from 1. It is 0 in the binary part of a file, where only Offset is the position.
	Line int64
	// Offset is the number of bytes before the place.
	Offset int64
	// Where is the part of the file, such as "header" or "point 17 of 1000".
	Where string
	// Reason is a short description of what is wrong.
	Reason string
	// Err is the cause, where there is one: [io.ErrUnexpectedEOF] for a file that ends early, or the
	// error of the reader.
	Err error
}

func (e *Error) Error() string {
	place := fmt.Sprintf("byte %d", e.Offset)
	if e.Line > 0 {
		place = fmt.Sprintf("line %d", e.Line)
	}
	reason := e.Reason
	if reason == "" {
		reason = "the file ends early"
		if e.Err != nil && e.Err != io.ErrUnexpectedEOF {
			reason = e.Err.Error()
		}
	}
	return fmt.Sprintf("%s: %s, %s: %s", e.Format, e.Where, place, reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Printable makes a text of a file safe to print: bytes that are not text, and control characters, go.
func Printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case !unicode.IsPrint(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

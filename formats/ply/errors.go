package ply

import (
	"fmt"
	"io"
	"strings"
)

// Error is the error of a PLY file: where and why it is invalid.
type Error struct {
	// Line counts from 1. It is 0 in the binary part of a file, where only Offset is the position.
	Line int64
	// Offset is the number of bytes before the place.
	Offset int64
	// Where is the part of the file, such as "header" or "vertex 17 of 1000".
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
	return fmt.Sprintf("ply: %s, %s: %s", e.Where, place, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// reasonOf returns the message for the end of the data and for errors of the reader.
func reasonOf(err error) string {
	if err == io.ErrUnexpectedEOF {
		return "the file ends early"
	}
	return err.Error()
}

// quote shows a piece of a file in an error: short, and without control characters.
func quote(b []byte) string {
	const most = 40
	if len(b) > most {
		return fmt.Sprintf("%q…", b[:most])
	}
	return fmt.Sprintf("%q", b)
}

// label shows the name of an element in an error.
func label(name string) string {
	const most = 40
	if name = clean(name); len(name) > most {
		return strings.ToValidUTF8(name[:most], "") + "…"
	}
	return name
}

// clean makes a line of a header safe to print: bytes that are not text, and control characters, go.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == '\uFFFD' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

package splat

import (
	"errors"
	"fmt"
	"io"
)

// Error is the error of an .spz, .ksplat or SOG file: where and why it is invalid.
type Error struct {
	// Format is "spz", "ksplat" or "sog".
	Format string
	// Where is the part of the file, such as "splat 17 of 1000" or "means_l.webp".
	Where string
	// Offset is the number of bytes before the place, in the unpacked data of an .spz file; -1 if it is not known.
	Offset int64
	// Reason is a short description of what is wrong.
	Reason string
	// Err is the cause, where there is one: [io.ErrUnexpectedEOF] for a file that ends early, or the error of the reader.
	Err error
}

func (e *Error) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("%s: %s: %s", e.Format, e.Where, e.Reason)
	}
	return fmt.Sprintf("%s: %s, byte %d: %s", e.Format, e.Where, e.Offset, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// invalid is an error without a cause.
func invalid(format, where string, offset int64, reason string, args ...any) error {
	return &Error{Format: format, Where: where, Offset: offset, Reason: fmt.Sprintf(reason, args...)}
}

// unread is the error of data that could not be read.
func unread(format, where string, offset int64, err error) error {
	reason := err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err, reason = io.ErrUnexpectedEOF, "the file ends early"
	}
	return &Error{Format: format, Where: where, Offset: offset, Reason: reason, Err: err}
}

// tooMany is the error of a file with more splats than Options.MaxSplats.
func tooMany(format string, claimed uint64, o Options) error {
	return invalid(format, "header", -1, "it claims %d splats, the limit is %d", claimed, o.MaxSplats)
}

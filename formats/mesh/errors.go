package mesh

import "fmt"

// Error is the error of a mesh file: where and why it is invalid. The readers return no other, but for errors of
// opening the file itself.
type Error struct {
	// Format is the short name of the format, such as "stl".
	Format string
	// Line counts from 1. It is 0 in binary files, where only Offset is the position.
	Line int64
	// Offset is the number of bytes before the place. It is not known in every text file, and 0 then.
	Offset int64
	// Where is the part of the file, such as "header" or "triangle 17 of 1000"; or "".
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
	if e.Where != "" {
		place = e.Where + ", " + place
	}
	return fmt.Sprintf("%s: %s: %s", e.Format, place, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

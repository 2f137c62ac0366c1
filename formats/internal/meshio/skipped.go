package meshio

import (
	"fmt"
	"strings"
)

// maxSkipped is how many entries a list of skipped things has.
const maxSkipped = 64

// Skips lists what of a file is not read: each thing once, and only so many.
type Skips struct {
	names []string
	more  int
}

// Add adds an entry.
func (s *Skips) Add(format string, args ...any) {
	name := Clean(fmt.Sprintf(format, args...))
	for _, n := range s.names {
		if n == name {
			return
		}
	}
	if len(s.names) >= maxSkipped {
		s.more++
		return
	}
	s.names = append(s.names, name)
}

// List returns the entries.
func (s *Skips) List() []string {
	if s.more > 0 {
		return append(s.names[:len(s.names):len(s.names)], fmt.Sprintf("%d more", s.more))
	}
	return s.names
}

// Quote shows a piece of a file in an error: short, and without control characters.
func Quote(b []byte) string {
	const most = 40
	if len(b) > most {
		return fmt.Sprintf("%q…", b[:most])
	}
	return fmt.Sprintf("%q", b)
}

// Clean makes a name of a file safe to print: bytes that are not text and control characters go, and it is cut to 200
// bytes.
func Clean(s string) string {
	const most = 200
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if r < ' ' || (r >= 0x7f && r < 0xa0) || r == '\uFFFD' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

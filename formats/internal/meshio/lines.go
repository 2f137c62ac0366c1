// Package meshio has what the readers of mesh files share: lines and numbers of text, files that a file refers to, and
// what becomes of points that are not finite.
package meshio

import (
	"bytes"
	"io"
)

const (
	// bufferSize is what is read at a time.
	bufferSize = 256 << 10
	// maxLine bounds a line: a polygon of a million corners still fits.
	maxLine = 16 << 20
	// progressStep is how many bytes pass between two calls of a progress function.
	progressStep = 1 << 20
	// emptyReads is how often a reader may return nothing at all before it is given up.
	emptyReads = 100
)

// Source is a window on a file that moves forward. It hands out bytes without copying them.
type Source struct {
	r        io.Reader
	buf      []byte
	lo, hi   int   // buf[lo:hi] has been read and not used
	base     int64 // the file's offset of buf[0]
	err      error // the error of r at its end
	progress func(int64)
	told     int64

	line    int64 // the number of the line that NextLine returned last
	newline byte  // what ends lines, once that is known
}

// NewSource returns a source of r.
func NewSource(r io.Reader, progress func(int64)) *Source {
	return &Source{r: r, buf: make([]byte, bufferSize), progress: progress}
}

// Offset is the number of bytes used so far.
func (s *Source) Offset() int64 { return s.base + int64(s.lo) }

// Line is the number of the line that NextLine returned last; they count from 1.
func (s *Source) Line() int64 { return s.line }

// Peek returns the next n bytes without using them, or fewer if the file ends before. They are valid until the next
// call. n is at most 256 KiB.
func (s *Source) Peek(n int) []byte {
	s.want(n)
	return s.buf[s.lo:min(s.hi, s.lo+n)]
}

// Available returns what has been read and not used, at least one byte, or none at the end of the file.
func (s *Source) Available() []byte {
	s.want(1)
	return s.buf[s.lo:s.hi]
}

// Take uses n bytes that Peek or Available has returned.
func (s *Source) Take(n int) { s.lo += n }

// want makes at least n bytes available, n being at most the size of the buffer. It returns false when the file ends
// before that.
func (s *Source) want(n int) bool {
	if s.hi-s.lo >= n {
		return true
	}
	if s.lo > 0 {
		s.base += int64(s.lo)
		s.hi = copy(s.buf, s.buf[s.lo:s.hi])
		s.lo = 0
	}
	for idle := 0; s.hi < n && s.err == nil; {
		got, err := s.r.Read(s.buf[s.hi:])
		s.hi += got
		s.err = err
		if got > 0 {
			idle = 0
		} else if idle++; idle >= emptyReads && err == nil {
			s.err = io.ErrNoProgress
		}
	}
	if read := s.base + int64(s.hi); s.progress != nil && read-s.told >= progressStep {
		s.told = read
		s.progress(read)
	}
	return s.hi >= n
}

// Fault is the error of a file that has no more bytes where some are needed.
func (s *Source) Fault() error {
	if err := s.ReadError(); err != nil {
		return err
	}
	return io.ErrUnexpectedEOF
}

// ReadError is the error of the reader, other than the end of the file.
func (s *Source) ReadError() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// errLongLine is the error of a line that is no line of a text format.
var errLongLine = &reasonError{"a line has more than 16 MiB"}

type reasonError struct{ reason string }

func (e *reasonError) Error() string { return e.reason }

// NextLine returns the next line without its end; [io.EOF] after the last. Lines end with LF, CR LF, or, in files that
// have no LF in their first 256 KiB, with CR. The slice is valid until the next call.
func (s *Source) NextLine() ([]byte, error) {
	if s.newline == 0 {
		s.findNewline()
	}
	s.line++
	for have := 0; ; {
		rest := s.buf[s.lo:s.hi]
		if end := bytes.IndexByte(rest[have:], s.newline); end >= 0 {
			s.lo += have + end + 1
			return trimReturn(rest[:have+end]), nil
		}
		have = len(rest)
		if have == len(s.buf) {
			if have >= maxLine {
				return nil, errLongLine
			}
			s.buf = append(s.buf, make([]byte, len(s.buf))...)
		}
		if s.want(have + 1) {
			continue
		}
		if err := s.ReadError(); err != nil {
			return nil, err
		}
		if have == 0 {
			s.line--
			return nil, io.EOF
		}
		line := s.buf[s.lo:s.hi]
		s.lo = s.hi
		return trimReturn(line), nil
	}
}

// findNewline decides how lines end, and passes over a byte order mark.
func (s *Source) findNewline() {
	s.newline = '\n'
	start := s.Peek(bufferSize)
	if bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(start, '\r') >= 0 {
		s.newline = '\r'
	}
	if bytes.HasPrefix(start, []byte("\xef\xbb\xbf")) {
		s.lo += 3
	}
}

func trimReturn(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// Tokens reads the words of a text, wherever its lines end.
type Tokens struct {
	*Source
	// Comment begins a comment, which goes to the end of its line; 0 for none.
	Comment byte
	rest    []byte
}

// Next returns the next word; [io.EOF] after the last. The slice is valid until the next call.
func (t *Tokens) Next() ([]byte, error) {
	for {
		word, rest := Word(t.rest)
		if len(word) > 0 {
			t.rest = rest
			return word, nil
		}
		if err := t.nextLine(); err != nil {
			return nil, err
		}
	}
}

// NextOfLine returns the next word of the current line, or nil at its end.
func (t *Tokens) NextOfLine() []byte {
	word, rest := Word(t.rest)
	t.rest = rest
	if len(word) == 0 {
		return nil
	}
	return word
}

// Left is how many words the current line still has.
func (t *Tokens) Left() (n int) {
	for word, rest := Word(t.rest); len(word) > 0; word, rest = Word(rest) {
		n++
	}
	return n
}

// Back makes a word that NextOfLine has returned last the next one again.
func (t *Tokens) Back(word []byte) {
	t.rest = word[: len(word)+len(t.rest) : len(word)+len(t.rest)]
}

// Rest uses the rest of the current line and returns it.
func (t *Tokens) Rest() []byte {
	rest := bytes.TrimSpace(t.rest)
	t.rest = nil
	return rest
}

func (t *Tokens) nextLine() error {
	line, err := t.NextLine()
	if err != nil {
		t.rest = nil
		return err
	}
	if t.Comment != 0 {
		if i := bytes.IndexByte(line, t.Comment); i >= 0 {
			line = line[:i]
		}
	}
	t.rest = line
	return nil
}

// Word splits a line behind its first word. The word is empty if there is none.
func Word(line []byte) (word, rest []byte) {
	i := 0
	for i < len(line) && isSpace(line[i]) {
		i++
	}
	start := i
	for i < len(line) && !isSpace(line[i]) {
		i++
	}
	return line[start:i], line[i:]
}

// isSpace accepts a CR too: some files mix their line ends.
func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

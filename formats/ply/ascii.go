package ply

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/viser-go/viser/formats/internal/window"
)

// maxToken is the longest number that an ascii file may hold; real ones have under 30 digits.
const maxToken = 1 << 10

// asciiValues reads numbers that are separated by white space. Line ends count as white space, since programs that
// write long lists wrap them.
type asciiValues struct {
	s *window.Window
	// newline is what counts as the end of a line in errors.
	newline byte
}

// token consumes the next token. The slice is valid until the source is used again.
func (a *asciiValues) token() ([]byte, error) {
	if err := a.skipSpace(); err != nil {
		return nil, err
	}
	for have := 0; ; {
		rest := a.s.Rest()
		for i := have; i < len(rest); i++ {
			if isSpace(rest[i]) {
				return a.s.Take(i), nil
			}
		}
		if have = len(rest); have > maxToken {
			return nil, fmt.Errorf("%s is not a number", quote(rest))
		}
		if !a.s.Want(have + 1) {
			if err := a.s.Fault(); err != io.ErrUnexpectedEOF {
				return nil, err
			}
			return a.s.Take(have), nil // the last number ends with the file
		}
	}
}

// skipSpace uses white space, and fails if the file ends with it.
func (a *asciiValues) skipSpace() error {
	for {
		rest := a.s.Rest()
		for i, c := range rest {
			if !isSpace(c) {
				a.s.Take(i)
				return nil
			}
			if c == a.newline {
				a.s.Line++
			}
		}
		a.s.Take(len(rest))
		if !a.s.Want(1) {
			return a.s.Fault()
		}
	}
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f'
}

func (a *asciiValues) value(scalar) (float64, error) {
	word, err := a.token()
	if err != nil {
		return 0, err
	}
	if n, ok := shortInteger(word); ok {
		return float64(n), nil
	}
	f, err := strconv.ParseFloat(string(word), 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return f, nil // out of range is an infinity, which is dealt with where all of them are
	}
	if isNotANumber(word) {
		return math.NaN(), nil
	}
	return 0, fmt.Errorf("%s is not a number", quote(word))
}

// shortInteger parses small integers, which are most tokens of faces and colors, without the cost of
// a general parser.
func shortInteger(word []byte) (n int64, ok bool) {
	const mostDigits = 15
	digits := word
	if len(word) > 0 && word[0] == '-' {
		digits = word[1:]
	}
	if len(digits) == 0 || len(digits) > mostDigits {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if len(digits) != len(word) {
		return -n, n != 0 // -0 has a sign that only a float keeps
	}
	return n, true
}

// isNotANumber recognizes the ways in which C libraries print NaN and infinities; strconv only Go's.
func isNotANumber(word []byte) bool {
	w := bytes.ToLower(bytes.TrimLeft(word, "+-"))
	return bytes.HasPrefix(w, []byte("nan")) || bytes.HasPrefix(w, []byte("inf")) ||
		bytes.HasPrefix(w, []byte("1.#"))
}

func (a *asciiValues) integers(_ scalar, dst []int64) error {
	for i := range dst {
		f, err := a.value(0)
		if err != nil {
			return err
		}
		if dst[i], err = wholeFloat(f); err != nil {
			return err
		}
	}
	return nil
}

func (a *asciiValues) skip(_ scalar, n uint64) error {
	for ; n > 0; n-- {
		if _, err := a.token(); err != nil {
			return err
		}
	}
	return nil
}

// formatFloat is for errors.
func formatFloat(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// Package hostile has the tests that each reader of a format must pass, whatever the format is.
package hostile

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
)

// Read reads a file of which size bytes are announced; 0 is none. It returns a result to compare.
type Read func(r io.Reader, size int64) (any, error)

// Truncations reads file cut off at every byte. Each of them must fail, but those that mayEnd returns true for, with
// one line of text. Errors of the reader must be passed on.
func Truncations(t *testing.T, file []byte, read Read, mayEnd func(length int) bool) {
	t.Helper()
	broken := errors.New("the disk is broken")
	for n := range file {
		for _, size := range []int64{0, int64(n)} {
			_, err := read(bytes.NewReader(file[:n]), size)
			if err == nil && !mayEnd(n) {
				t.Fatalf("the first %d of %d bytes (announced: %d) were read without an error", n, len(file), size)
			}
			OneLine(t, err)
		}
		_, err := read(io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken)), 0)
		if !errors.Is(err, broken) && !mayEnd(n) {
			t.Fatalf("an error of the reader after %d of %d bytes is lost", n, len(file))
		}
	}
}

// Pieces reads file in pieces of several sizes, and compares the results with same.
func Pieces(t *testing.T, file []byte, read Read, same func(a, b any) bool) {
	t.Helper()
	want, err := read(bytes.NewReader(file), 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{
		"bytes":            iotest.OneByteReader(bytes.NewReader(file)),
		"halves":           iotest.HalfReader(bytes.NewReader(file)),
		"an end with data": iotest.DataErrReader(bytes.NewReader(file)),
	} {
		got, err := read(r, 0)
		if err != nil {
			t.Fatalf("in pieces (%s): %v", name, err)
		}
		if !same(got, want) {
			t.Fatalf("in pieces (%s): %v, want %v", name, got, want)
		}
	}
}

// Flips reads file with bytes changed in a few ways: each of the first dense ones, which should be the header and the
// first records, and every fifth of the rest. It may fail or not, but not crash, and only with one line.
func Flips(t *testing.T, file []byte, dense int, read Read) {
	t.Helper()
	for i, step := 0, 1; i < len(file); i += step {
		if i >= dense {
			step = 5 // divides the size of few records, so that all their bytes get their turn
		}
		for _, v := range []byte{0, 0xff, file[i] + 1, file[i] - 1, file[i] ^ 0x80, '-', '9', '\n'} {
			changed := bytes.Clone(file)
			changed[i] = v
			_, err := read(bytes.NewReader(changed), int64(len(changed)))
			OneLine(t, err)
		}
	}
}

// Foreign reads files of other kinds, all of which must be refused.
func Foreign(t *testing.T, read Read) {
	t.Helper()
	for _, file := range []string{
		"", "\x00", "\n", "\x89PNG\r\n\x1a\n\x00\x00", "PK\x03\x04\x14\x00\x00\x00", "GIF89a", "<html><body>not here</body></html>",
		strings.Repeat("\x00", 4096), strings.Repeat("\xff", 4096), "{\"a\": 1}", "glTF\x02\x00\x00\x00",
	} {
		_, err := read(strings.NewReader(file), int64(len(file)))
		if err == nil {
			t.Errorf("a file that begins with %.20q was read without an error", file)
		}
		OneLine(t, err)
	}
}

// OneLine checks the text of an error.
func OneLine(t testing.TB, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if s := err.Error(); len(s) > 500 || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		t.Fatalf("the error is not one printable line: %q", s)
	}
}

// Allocates reads a file, and fails if more than limit bytes are allocated for it.
func Allocates(t *testing.T, file []byte, read Read, limit uint64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := read(bytes.NewReader(file), 0)
	runtime.ReadMemStats(&after)
	OneLine(t, err)
	if used := after.TotalAlloc - before.TotalAlloc; used > limit {
		t.Errorf("%d bytes were allocated for a file of %d (%v); the limit is %d", used, len(file), err, limit)
	}
}

package pcd

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/number"
)

// maxTextLine bounds the line of a point. It is within what a window holds.
const maxTextLine = 200 << 10

// nextText reads n lines.
func (s *Source) nextText(b *cloud.Batch, n int) error {
	columns := s.layout.columns
	s.values = slices.Grow(s.values[:0], n*len(columns))[:n*len(columns)]
	for got := 0; got < n; {
		line, long, err := s.window.ReadLine(maxTextLine)
		if long {
			err = fmt.Errorf("the line is longer than %d bytes", maxTextLine)
		}
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err == nil {
			if err = s.layout.parseLine(line, s.values[got*len(columns):][:len(columns)]); err != nil {
				s.window.Line-- // the line that was read
			}
		}
		if err != nil {
			s.done += uint64(got)
			return err
		}
		got++
	}
	s.resize(b, n)
	return s.each(b, func(i int, _ *column, set *setter) error {
		for k := range n {
			set.set(k, s.values[k*len(columns)+i])
		}
		return nil
	})
}

// parseLine sets the values of all columns.
func (l *layout) parseLine(line []byte, values []float64) error {
	rest := line
	for i, column := range l.words {
		rest = bytes.TrimLeft(rest, " \t")
		end := bytes.IndexAny(rest, " \t")
		if end < 0 {
			end = len(rest)
		}
		word := rest[:end]
		if len(word) == 0 {
			return fmt.Errorf("a point has %d numbers, but the line only %d", len(l.words), i)
		}
		rest = rest[end:]
		if column < 0 {
			continue
		}
		v, ok := number.Parse(word)
		if !ok {
			return fmt.Errorf("%.40q is not a number", word)
		}
		if c := &l.columns[column]; c.role == rolePacked && c.kind == 'F' && !digits(word) {
			v = float64(math.Float32bits(float32(v))) // a float whose bits are the color
		}
		values[column] = v
	}
	return nil
}

// digits reports whether a word is a whole number, as some programs write packed colors also where they are said to be
// floating point numbers.
func digits(word []byte) bool {
	return !slices.ContainsFunc(word, func(c byte) bool { return c < '0' || c > '9' })
}

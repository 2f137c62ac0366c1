// Package xyz reads and writes point clouds as text, a point a line: XYZ, PTS, CSV, TXT, ASC and whatever else they are
// called.
//
//	c, err := xyz.ReadFile("survey.csv", &xyz.Options{Collect: cloud.CollectOptions{Recenter: true}})
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	fmt.Println(len(c.Points), "points around", c.Origin)
//
// How a file is written is found out from its first lines. Numbers are separated by white space, tabs, commas or
// semicolons; the decimal point may be a comma, unless commas separate. Lines that begin with #, //, % or ! are comments.
// A line of names, also as a comment, tells the columns: x, y and z, or easting, northing and elevation, and others; red,
// green and blue; nx, ny and nz. All other names are fields. Without it, the first three columns are x, y and z; of the
// others three that are always of length 1 are the normals, three that are all whole numbers from 0 to 255, or all
// between 0 and 1, are the colors, and the rest are fields, called intensity if it is only one, and by their numbers
// otherwise. A first line of one number is the number of points of a PTS file, whose columns are x, y, z, intensity, red,
// green and blue. [Options.Columns] says otherwise.
//
// Points with a coordinate that is missing or not finite are dropped; the number of columns may differ between lines as
// long as all that are needed are there. Memory is that of the result: a file may have any size.
package xyz

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/window"
)

// Options are options of reading a file. Nil, like the zero value, finds out how the file is written, and reads all
// points, without fields.
type Options struct {
	// Columns are the meanings of the columns, from the first on: x, y, z, r, g, b, a, nx, ny, nz, the names of fields,
	// and _ for one that is skipped. Empty means that they are found out. Columns that lines have beyond are skipped.
	Columns []string
	// Progress, when set, is called about once per MiB with the number of bytes read so far, by the
	// goroutine that reads.
	Progress func(read int64)
	// Collect says for [Read] which points and fields are wanted.
	Collect cloud.CollectOptions
}

// Read reads points from r, in one pass. The errors are of type [*cloud.Error].
func Read(r io.Reader, opts *Options) (*cloud.Cloud, error) {
	points, err := Points(r, opts)
	if err != nil {
		return nil, err
	}
	if opts == nil {
		opts = &Options{}
	}
	return cloud.Collect(points, &opts.Collect)
}

// ReadFile is [Read] for a file.
func ReadFile(name string, opts *Options) (*cloud.Cloud, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	c, err := Read(f, opts)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// Source hands out the points of a file.
type Source struct {
	window  *window.Window
	dialect *dialect
	layout  *layout
	info    cloud.Info
	found   int64
	err     error

	needed []target // for each column, up to the last that is needed
	words  [][]byte
	there  []bool // of the selected fields
}

// Points finds out how a file is written, and returns its points. The source reads from r as it goes.
func Points(r io.Reader, opts *Options) (*Source, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	s := &Source{window: window.New(r, o.Progress)}
	if err := s.start(slices.Clone(o.Columns)); err != nil {
		return nil, s.failure("header", err)
	}
	return s, nil
}

// start reads up to the first point.
func (s *Source) start(columns []string) error {
	s.window.Want(sampleSize)
	if err := s.window.Err; err != nil && err != io.EOF {
		return err
	}
	if bytes.HasPrefix(s.window.Rest(), []byte(byteOrderMark)) {
		s.window.Take(len(byteOrderMark))
	}
	d, err := examine(s.window.Rest(), s.window.Err == io.EOF)
	if err != nil {
		return err
	}
	s.dialect = d
	if s.layout, err = newLayout(d, columns); err != nil {
		s.window.Line += int64(d.firstLine)
		return err
	}
	for range d.firstLine {
		if _, _, err := s.window.ReadLine(sampleSize); err != nil {
			return err
		}
	}
	s.info = s.layout.info(d)
	s.Select(nil)
	return nil
}

const (
	// sampleSize is how much is read to find out how a file is written.
	sampleSize = 64 << 10
	// byteOrderMark is what some editors put before text.
	byteOrderMark = "\xef\xbb\xbf"
	// maxLine bounds a line.
	maxLine = 64 << 10
)

// Is reports whether bytes begin as a text of points does: a line of at least three numbers, perhaps after comments, a
// line of names, and a number of points. A few hundred bytes are enough.
func Is(start []byte) bool {
	d, err := examine(bytes.TrimPrefix(start, []byte(byteOrderMark)), true)
	if err != nil {
		return false
	}
	_, err = newLayout(d, nil)
	return err == nil
}

// Info implements [cloud.Source].
func (s *Source) Info() cloud.Info { return s.info }

// Select implements [cloud.Source].
func (s *Source) Select(fields []string) {
	s.needed = slices.Clone(s.layout.targets)
	s.there = make([]bool, len(fields))
	for k, name := range fields {
		if column := s.layout.field(name); column >= 0 {
			s.there[k] = true
			s.needed[column].fields = append(slices.Clone(s.needed[column].fields), k)
		}
	}
	for n := len(s.needed); n > 0 && !s.needed[n-1].used(); n-- {
		s.needed = s.needed[:n-1]
	}
}

// batchPoints is how many points are handed out at a time.
const batchPoints = 2048

// Next implements [cloud.Source].
func (s *Source) Next(b *cloud.Batch) error {
	if s.err != nil {
		return s.err
	}
	b.Resize(batchPoints, s.info, true, s.there)
	b.ColorKind = s.layout.colors
	n := 0
	for n < batchPoints && s.err == nil {
		s.err = s.line(b, &n)
	}
	if s.err == io.EOF && n > 0 {
		b.Resize(n, s.info, true, s.there)
		return nil
	}
	if s.err != nil && s.err != io.EOF {
		s.err = s.failure(fmt.Sprintf("point %d", s.found+1), s.err)
	}
	return s.err
}

// line reads a line into point n.
func (s *Source) line(b *cloud.Batch, n *int) error {
	line, long, err := s.window.ReadLine(maxLine)
	if long {
		return fmt.Errorf("the line is longer than %d bytes", maxLine)
	}
	if err != nil {
		return err
	}
	line = trim(line)
	if len(line) == 0 || isComment(line) {
		return nil
	}
	s.words = s.dialect.split(s.words[:0], line, len(s.needed))
	if len(s.words) == 1 && s.dialect.counted {
		return nil // the number of points of another part
	}
	if err := s.set(b, *n); err != nil {
		s.window.Line-- // the line that was read
		return err
	}
	*n++
	s.found++
	return nil
}

// set sets point i to the words of a line.
func (s *Source) set(b *cloud.Batch, i int) error {
	if len(s.words) < len(s.needed) {
		return fmt.Errorf("%d columns are needed, but the line has %d", len(s.needed), len(s.words))
	}
	for k := range s.needed {
		t := &s.needed[k]
		if !t.used() {
			continue
		}
		v, ok := s.dialect.number(s.words[k])
		if !ok {
			return fmt.Errorf("%.40q is not a number", s.words[k])
		}
		t.set(b, i, v)
	}
	return nil
}

func (s *Source) failure(where string, err error) *cloud.Error {
	return &cloud.Error{Format: "xyz", Where: where, Line: s.window.Line, Offset: s.window.Offset(), Err: err}
}

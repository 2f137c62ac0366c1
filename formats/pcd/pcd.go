// Package pcd reads and writes PCD files, the point clouds of the Point Cloud Library and of ROS.
//
//	c, err := pcd.ReadFile("room.pcd", &pcd.Options{Collect: cloud.CollectOptions{Fields: []string{"intensity"}}})
//	if err != nil {
//		return err // names the file, the line or the byte, and what is wrong there
//	}
//	fmt.Println(len(c.Points), "points,", c.Dropped, "without coordinates")
//
// [Read] reads text, binary and compressed files of all types of numbers, organized or not. Colors are read from rgb
// and rgba, which pack them in one number of 32 bits, or from r, g and b; normals from normal_x, normal_y and normal_z,
// or nx, ny and nz. All other numbers are fields, by their names, with a number in brackets if there are several; fields
// called _ are padding. Points that have no finite coordinates, by which organized clouds mark a missing one, are
// dropped. The viewpoint is in [Header]; it is not applied.
//
// Files are untrusted input: memory grows with the bytes that have really been read, not with what a header claims. A
// compressed file is held in memory as it is, and decompressed piece by piece.
package pcd

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/window"
)

// Options are options of reading a file. Nil, like the zero value, reads all points, without fields.
type Options struct {
	// Size is the number of bytes that the reader holds, where that is known; 0 means unknown. A header
	// that claims more is then refused before anything is read, and arrays are allocated once.
	Size int64
	// Progress, when set, is called about once per MiB with the number of bytes read so far, by the
	// goroutine that reads.
	Progress func(read int64)
	// Collect says for [Read] which points and fields are wanted.
	Collect cloud.CollectOptions
}

// Read reads a PCD file from r, in one pass. The errors are of type [*cloud.Error].
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

// ReadFile is [Read] for a file, whose size it determines when [Options.Size] is 0.
func ReadFile(name string, opts *Options) (*cloud.Cloud, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var o Options
	if opts != nil {
		o = *opts
	}
	if info, err := f.Stat(); err == nil && o.Size == 0 && info.Mode().IsRegular() {
		o.Size = info.Size()
	}
	c, err := Read(f, &o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// Source hands out the points of a PCD file.
type Source struct {
	header *Header
	layout *layout
	window *window.Window
	info   cloud.Info
	done   uint64 // points
	err    error

	selected []int  // columns of the layout, -1 where there is none
	there    []bool // of selected

	packed *compressed
	values []float64 // of rows of text
	setter setter    // in use
}

// Points reads the header of a PCD file, and returns its points. The source reads from r as it goes.
func Points(r io.Reader, opts *Options) (*Source, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	s := &Source{window: window.New(r, o.Progress)}
	if err := s.start(o.Size); err != nil {
		return nil, s.failure("header", err)
	}
	return s, nil
}

func (s *Source) start(size int64) (err error) {
	if s.header, err = readHeader(s.window); err != nil {
		return err
	}
	if s.layout, err = newLayout(s.header); err != nil {
		return err
	}
	if s.header.Data == Binary {
		s.layout.joinPlaces()
	}
	exact, err := s.checkClaims(size)
	if err != nil {
		return err
	}
	if s.header.Data == Compressed && s.header.Points > 0 {
		if s.packed, err = openCompressed(s, size); err != nil {
			return err
		}
	}
	s.info = s.layout.info(s.header)
	s.info.Exact = exact
	return nil
}

// checkClaims compares the header with the size of the file, if that is known.
func (s *Source) checkClaims(size int64) (exact bool, err error) {
	row := uint64(s.layout.stride)
	switch {
	case size <= 0 || s.header.Data == Compressed:
		return false, nil
	case s.header.Data == ASCII:
		row = 2 * uint64(len(s.layout.words)) // a digit and a space
	}
	need, left := window.Times(s.header.Points, row), max(0, size-s.window.Offset())
	if s.header.Data == ASCII && need > 0 {
		need-- // the last number may end with the file
	}
	if need > uint64(left) {
		return false, &shortfall{need, left}
	}
	return true, nil
}

// shortfall is the error of a header that promises more than the file can hold.
type shortfall struct {
	need uint64
	left int64
}

// Unwrap returns io.ErrUnexpectedEOF: a header that promises too much is mostly that of a truncated file.
func (s *shortfall) Unwrap() error { return io.ErrUnexpectedEOF }

func (s *shortfall) Error() string {
	return fmt.Sprintf("the header claims at least %d bytes of data, but only %d follow", s.need, s.left)
}

// Header returns the header. It is the source's own: do not change it.
func (s *Source) Header() *Header { return s.header }

// Info implements [cloud.Source].
func (s *Source) Info() cloud.Info { return s.info }

// Select implements [cloud.Source].
func (s *Source) Select(fields []string) {
	s.selected, s.there = make([]int, len(fields)), make([]bool, len(fields))
	for i, name := range fields {
		s.selected[i] = s.layout.field(name)
		s.there[i] = s.selected[i] >= 0
	}
}

// batchPoints is how many points are handed out at a time: what is decoded of them fits the processor's cache.
const batchPoints = 2048

// Next implements [cloud.Source].
func (s *Source) Next(b *cloud.Batch) error {
	if s.err == nil && s.done == s.header.Points {
		s.err = io.EOF
	}
	if s.err != nil {
		return s.err
	}
	n := int(min(batchPoints, s.header.Points-s.done))
	var err error
	switch {
	case s.header.Data == ASCII:
		err = s.nextText(b, n)
	case s.packed != nil:
		err = s.nextCompressed(b, n)
	default:
		err = s.nextBinary(b, n)
	}
	if err != nil {
		s.err = s.failure(fmt.Sprintf("point %d of %d", s.done+1, s.header.Points), err)
		return s.err
	}
	s.done += uint64(len(b.Points))
	return nil
}

// nextBinary decodes rows.
func (s *Source) nextBinary(b *cloud.Batch, n int) error {
	rows, err := s.window.Rows(s.layout.stride, n)
	if err != nil {
		return err
	}
	s.resize(b, len(rows)/s.layout.stride)
	return s.each(b, func(_ int, c *column, set *setter) error {
		set.rows(c, rows[c.at:], s.layout.stride)
		return nil
	})
}

// resize makes room for n points.
func (s *Source) resize(b *cloud.Batch, n int) {
	b.Resize(n, s.info, s.layout.colors != cloud.ByteColors, s.there)
	b.ColorKind = s.layout.colors
}

// each calls decode with each column that is needed, its number, and where its values go.
func (s *Source) each(b *cloud.Batch, decode func(i int, c *column, set *setter) error) error {
	for i := range s.layout.columns {
		c := &s.layout.columns[i]
		if c.role == roleDone {
			continue
		}
		set := &s.setter
		*set = setter{batch: b, role: c.role}
		first := slices.Index(s.selected, i)
		if c.role == noRole {
			if first < 0 {
				continue
			}
			set.values = b.Fields[first]
		}
		if err := decode(i, c, set); err != nil {
			return err
		}
		for k, column := range s.selected {
			if column == i && k != first { // selected once more
				copy(b.Fields[k], set.values)
			}
		}
	}
	return nil
}

func (s *Source) failure(where string, err error) *cloud.Error {
	e := &cloud.Error{Format: "pcd", Where: where, Offset: s.window.Offset(), Err: err}
	if s.header == nil || s.header.Data == ASCII {
		e.Line = s.window.Line
	}
	return e
}

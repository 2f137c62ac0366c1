// Package las reads and writes LAS files, the point clouds of airborne and mobile laser scanners: versions 1.0 to 1.4,
// point formats 0 to 10, with their colors, intensities, classes, returns, times and extra bytes.
//
//	c, err := las.ReadFile("survey.las", &las.Options{Collect: cloud.CollectOptions{
//		Recenter: true, Fields: []string{"intensity", "classification"},
//	}})
//	if err != nil {
//		return err // names the file, the byte, and what is wrong there
//	}
//	fmt.Println(len(c.Points), "points around", c.Origin)
//
// The fields of a file are those of its point format: intensity, return_number, number_of_returns, classification,
// scan_angle (in degrees), user_data, point_source_id, gps_time, nir, the flags synthetic, key_point, withheld,
// overlap, scan_direction and edge_of_flight_line, and scanner_channel; and the extra bytes that the file describes,
// by their names, with a number in brackets if there are several, scaled. gps_time is relative to that of the first
// point in whole seconds, so that a float32 can hold it.
//
// Extra bytes called nx, ny and nz, or NormalX, NormalY and NormalZ, are the normals. Colors have 16 bits;
// [cloud.WideColors] says what becomes of those that use only 8 of them. Files whose colors are all zero have none.
//
// Compressed files (LAZ) end in [ErrCompressed]. Waveforms and extended records are skipped, and said.
// Files are untrusted input: memory grows with the bytes that have really been read, not with what a header claims.
package las

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/window"
)

// ErrCompressed is the error of a LAZ file.
var ErrCompressed = errors.New(`the points are compressed (LAZ): package laz reads them`)

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

// Read reads a LAS file from r, in one pass. The errors are of type [*cloud.Error].
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

// Source hands out the points of a LAS file.
type Source struct {
	header  *Header
	decoder *Decoder
	window  *window.Window
	exact   bool
	done    uint64 // points
	err     error
}

// Points reads the header of a LAS file, and returns its points. The source reads from r as it goes.
func Points(r io.Reader, opts *Options) (*Source, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	s := &Source{window: window.New(r, o.Progress)}
	h, err := readHeader(s.window)
	if err != nil {
		return nil, err
	}
	if h.Compressed {
		return nil, failure("header", formatAt, ErrCompressed)
	}
	if need := window.Plus(uint64(h.PointsAt), window.Times(h.Points, uint64(h.RecordLength))); o.Size > 0 {
		if need > uint64(o.Size) {
			return nil, &cloud.Error{
				Format: "las", Where: "header", Offset: countAt, Err: io.ErrUnexpectedEOF,
				Reason: fmt.Sprintf("%d points of %d bytes need a file of %d bytes, but it has %d", h.Points, h.RecordLength, need, o.Size),
			}
		}
		s.exact = true
	}
	s.header, s.decoder = h, NewDecoder(h)
	return s, nil
}

// Header returns the header. It is the source's own: do not change it.
func (s *Source) Header() *Header { return s.header }

// Info implements [cloud.Source].
func (s *Source) Info() cloud.Info {
	info := s.decoder.Info()
	info.Exact = s.exact
	return info
}

// Select implements [cloud.Source].
func (s *Source) Select(fields []string) { s.decoder.Select(fields) }

// batchPoints is how many points are handed out at a time: what is decoded of them fits the processor's cache.
const batchPoints = 4096

// Next implements [cloud.Source].
func (s *Source) Next(b *cloud.Batch) error {
	if s.err == nil && s.done == s.header.Points {
		s.err = io.EOF
	}
	if s.err != nil {
		return s.err
	}
	records, err := s.window.Rows(int(s.header.RecordLength), int(min(batchPoints, s.header.Points-s.done)))
	if err != nil {
		s.err = failure(fmt.Sprintf("point %d of %d", s.done+1, s.header.Points), s.window.Offset(), err)
		return s.err
	}
	s.decoder.Decode(records, b)
	s.done += uint64(len(b.Points))
	return nil
}

func failure(where string, offset int64, err error) *cloud.Error {
	return &cloud.Error{Format: "las", Where: where, Offset: offset, Err: err}
}

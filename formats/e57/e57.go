// Package e57 reads E57 files (ASTM E2807): the scans of terrestrial laser scanners, each a point cloud with a pose.
//
//	f, err := os.Open("building.e57")
//	if err != nil {
//		return err
//	}
//	defer f.Close()
//	info, err := f.Stat()
//	if err != nil {
//		return err
//	}
//	file, err := e57.Open(f, info.Size())
//	if err != nil {
//		return err // names the byte, and what is wrong there
//	}
//	for i, scan := range file.Scans {
//		c, err := cloud.Collect(file.Points(i), &cloud.CollectOptions{MaxPoints: 1_000_000})
//		if err != nil {
//			return err
//		}
//		fmt.Println(scan.Name, "at", scan.Position, "has", len(c.Points), "points")
//	}
//
// Coordinates are cartesian or spherical, in meters, in the frame of their scan. Points that the scanner marks as
// invalid are not finite, so that [cloud.Collect] drops them. Colors are scaled by the limits that the file has for
// them. Normals come from the usual extension. All other numbers of the points are fields, such as intensity, rowIndex
// and columnIndex. Pictures are not read; [File.Skipped] says how many there are.
//
// Files are untrusted input: checksums are verified, and memory grows with the bytes that have really been read.
package e57

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/internal/sniff"
)

// File is an E57 file whose header has been read.
type File struct {
	Scans []Scan
	// Skipped names what is not read, such as "2 pictures".
	Skipped []string

	pages *pages
}

// Scan is one point cloud of a file.
type Scan struct {
	// Name and Description may be empty.
	Name, Description string
	// Points is the number of points.
	Points int64
	// Position and Rotation, a unit quaternion w, x, y, z, lead from the frame of the scan to that of the file:
	// rotate, then add.
	Position [3]float64
	Rotation [4]float64

	offset uint64 // physical
	fields []field
	limits map[string]float64 // of colors and intensity, by their names in the file
}

const (
	signature  = "ASTM-E57"
	headerSize = 48
	maxXML     = 64 << 20
)

// Open reads what a file of size bytes has, but not the points. The errors are of type [*cloud.Error].
func Open(r io.ReaderAt, size int64) (*File, error) {
	var raw [headerSize]byte
	n, err := r.ReadAt(raw[:min(headerSize, max(0, size))], 0)
	if n < len(signature) || string(raw[:len(signature)]) != signature {
		if err == nil || err == io.EOF {
			err = notE57(raw[:n])
		}
		return nil, failure("header", 0, err)
	}
	if n < headerSize {
		return nil, failure("header", int64(n), io.ErrUnexpectedEOF)
	}
	le := binary.LittleEndian
	if major := le.Uint32(raw[8:]); major != 1 {
		return nil, failure("header", 8, fmt.Errorf("this is version %d of E57; version 1 can be read", major))
	}
	f := &File{}
	if f.pages, err = newPages(r, size, le.Uint64(raw[40:])); err != nil {
		return nil, failure("header", 40, err)
	}
	at, length := le.Uint64(raw[24:]), le.Uint64(raw[32:])
	if length > min(maxXML, uint64(size)) {
		return nil, failure("header", 32, fmt.Errorf("a description of %d bytes does not fit a file of %d", length, size))
	}
	section, err := f.pages.from(at)
	if err != nil {
		return nil, failure("header", 24, fmt.Errorf("the description: %w", err))
	}
	root, err := parse(io.LimitReader(section, int64(length)))
	if err == nil {
		err = f.describe(root)
	}
	if err != nil {
		return nil, failure("description", int64(at), err)
	}
	return f, nil
}

func notE57(start []byte) error {
	reason := "this is not an E57 file: it does not begin with " + signature
	if name := sniff.Name(start); name != "" {
		reason += "; it looks like " + name
	}
	return errors.New(reason)
}

func failure(where string, offset int64, err error) *cloud.Error {
	return &cloud.Error{Format: "e57", Where: where, Offset: offset, Err: err}
}

// describe takes what the description has.
func (f *File) describe(root *element) error {
	for i, child := range root.child("data3D").children("vectorChild") {
		s, err := newScan(child)
		if err != nil {
			return fmt.Errorf("scan %d: %w", i+1, err)
		}
		if err := s.check(f.pages.size); err != nil {
			return fmt.Errorf("scan %d: %w", i+1, err)
		}
		f.Scans = append(f.Scans, s)
	}
	if n := len(root.child("images2D").children("vectorChild")); n > 0 {
		f.Skipped = append(f.Skipped, fmt.Sprintf("%d pictures", n))
	}
	return nil
}

func newScan(e *element) (s Scan, err error) {
	s.Name, s.Description = cloud.Printable(e.child("name").content()), cloud.Printable(e.child("description").content())
	pose := e.child("pose")
	s.Rotation = [4]float64{1, 0, 0, 0}
	for i, name := range []string{"w", "x", "y", "z"} {
		if c := pose.child("rotation").child(name); c != nil {
			if s.Rotation[i], err = c.number(); err != nil {
				return s, err
			}
		}
	}
	for i, name := range []string{"x", "y", "z"} {
		if c := pose.child("translation").child(name); c != nil {
			if s.Position[i], err = c.number(); err != nil {
				return s, err
			}
		}
	}
	r := s.Rotation
	length := math.Sqrt(r[0]*r[0] + r[1]*r[1] + r[2]*r[2] + r[3]*r[3])
	if !(length > 0) || length > math.MaxFloat64 {
		return s, fmt.Errorf("its rotation %v is no quaternion", r)
	}
	for i := range s.Rotation {
		s.Rotation[i] /= length
	}
	s.limits = map[string]float64{}
	for _, group := range []string{"colorLimits", "intensityLimits"} {
		for _, c := range e.child(group).all() {
			if s.limits[c.name], err = c.number(); err != nil {
				return s, err
			}
		}
	}
	points := e.child("points")
	if points == nil {
		return s, errors.New("it has no points element")
	}
	var count uint64
	if s.offset, err = points.count("fileOffset"); err != nil {
		return s, err
	}
	if count, err = points.count("recordCount"); err != nil {
		return s, err
	}
	if count > math.MaxInt64 {
		return s, fmt.Errorf("it cannot have %d points", count)
	}
	s.Points = int64(count)
	s.fields, err = newFields(points.child("prototype").all())
	return s, err
}

// check refuses a scan that cannot be in a file of size bytes.
func (s *Scan) check(size uint64) error {
	bits := 0
	for _, f := range s.fields {
		bits += f.bits
	}
	switch {
	case s.Points == 0:
		return nil
	case bits == 0:
		return errors.New("no number of its points has more than one value")
	case uint64(s.Points)/8 > size/uint64(bits):
		return fmt.Errorf("%d points of %d bits do not fit a file of %d bytes", s.Points, bits, size)
	}
	return nil
}

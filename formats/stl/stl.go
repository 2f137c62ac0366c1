// Package stl reads and writes STL files, the triangles of CAD programs and 3D printing.
//
// [Read] reads text and binary files, which it tells apart by their content: binary files may begin with "solid" too.
// Points that several triangles share are one point, if they are exactly equal. Colors of triangles are read in the two
// ways in use, that of VisCAM and SolidView, and that of Materialise Magics. The normals of the file are not: they are
// those of the triangles.
//
//	model, err := stl.ReadFile("bracket.stl", nil)
//	if err != nil {
//		return err // names the file, the line or the byte, and what is wrong there
//	}
//	for _, solid := range model.Parts {
//		fmt.Println(solid.Name, len(solid.Points), "points,", len(solid.Faces), "triangles")
//	}
//
// Files are untrusted input: memory grows with the bytes that have really been read, not with the number of triangles
// that a header claims, and everything wrong ends in an [*Error].
package stl

import (
	"bytes"
	"io"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

type (
	// Options are the options of reading; Open is not used.
	Options = mesh.Options
	// Error is the error of an STL file.
	Error = mesh.Error
)

// Read reads an STL file from r, in one pass. A text file can have several solids, which become parts with names; a
// binary file is one part. The errors are of type [*Error].
//
// A triangle with a coordinate that is not finite is dropped, and counted in DroppedFaces. A file that ends early and
// invalid text are errors.
func Read(r io.Reader, opts *Options) (*mesh.Model, error) {
	o := opts.WithDefaults()
	d := &decoder{options: o, source: meshio.NewSource(r, o.Progress), model: &mesh.Model{}}
	err := d.run()
	if err != nil {
		return nil, d.locate(err)
	}
	d.model.Skipped = d.skips.List()
	return d.model, nil
}

// ReadFile is [Read] for a file, whose size it determines when Size is 0.
func ReadFile(name string, opts *Options) (*mesh.Model, error) {
	return meshio.ReadFile(name, opts, Read)
}

// decoder is one file on its way into a model.
type decoder struct {
	options mesh.Options
	source  *meshio.Source
	model   *mesh.Model
	skips   meshio.Skips
	where   string // the part of the file, for errors
	text    bool
	total   int // triangles of all parts
}

func (d *decoder) run() error {
	if d.text = isText(d.source.Peek(sample), d.options.Size); d.text {
		return d.readText()
	}
	return d.readBinary()
}

// locate adds the place to an error.
func (d *decoder) locate(err error) error {
	e := &Error{Format: "stl", Offset: d.source.Offset(), Where: d.where, Reason: err.Error(), Err: err}
	if err == io.ErrUnexpectedEOF {
		e.Reason = "the file ends early"
	}
	if d.text {
		e.Line = max(1, d.source.Line())
	}
	return e
}

// sample is how much of a file decides whether it is text.
const sample = 4 << 10

// isText reports whether a file that begins with these bytes is text. size is that of the file, or 0.
func isText(start []byte, size int64) bool {
	if len(start) >= headSize && size == headSize+int64(count(start))*triangleSize {
		return false
	}
	start = bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	word, rest := meshio.Word(start)
	if equalFold(word, "facet") {
		return true
	}
	if !equalFold(word, "solid") {
		return false
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return false
	}
	// The name goes to the end of its line. A binary file has no line of text behind it.
	end := bytes.IndexAny(rest, "\r\n")
	if end < 0 {
		return len(start) < headSize
	}
	second, _ := meshio.Word(rest[end:])
	return len(second) == 0 || equalFold(second, "facet") || equalFold(second, "endsolid") || equalFold(second, "color")
}

// equalFold compares a word with one in lower case.
func equalFold(word []byte, lower string) bool {
	if len(word) != len(lower) {
		return false
	}
	for i, c := range word {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

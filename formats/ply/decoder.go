package ply

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/viser-go/viser/formats/internal/window"
)

// Read reads a PLY file from r, in one pass. Beside the result it holds a buffer of 256 KiB, and, for a
// file that has its faces before its vertices, those faces. The errors are of type [*Error].
//
// A vertex that is not finite is dropped, and so are faces with it: see [Model.DroppedPoints]. A file that ends
// early, a face that refers to a missing vertex, and an invalid number are errors.
func Read(r io.Reader, opts *Options) (*Model, error) {
	o := opts.withDefaults()
	d := &decoder{options: o, source: window.New(r, o.Progress), model: &Model{}}
	if err := d.run(); err != nil {
		return nil, d.locate(err)
	}
	return d.model, nil
}

// ReadFile is [Read] for a file, whose size it determines when [Options.Size] is 0.
func ReadFile(name string, opts *Options) (*Model, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	o := opts.withDefaults()
	if info, err := f.Stat(); err == nil && o.Size == 0 && info.Mode().IsRegular() {
		o.Size = info.Size()
	}
	m, err := Read(f, &o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// decoder is one file on its way into a model.
type decoder struct {
	options Options
	source  *window.Window
	header  *header
	values  values
	model   *Model
	sized   bool // the header's counts are known to fit the size of the file

	// What is being read now, for errors.
	element *element
	row     uint64

	faces   faceSink
	indices [listChunk]int64
	extras  []extra  // of the vertices
	chunks  []chunk  // of packed vertices
	wanted  []string // the columns of packed vertices
}

func (d *decoder) run() error {
	h, err := readHeader(d.source)
	if err != nil {
		return err
	}
	if err := h.checkClaims(d.options, d.source.Offset()); err != nil {
		return err
	}
	d.header, d.sized = h, d.options.Size > 0
	d.model.Comments, d.model.Info, d.model.Textures = h.comments, h.info, h.textures
	d.values = d.newValues()
	d.faces = newFaceSink(d)
	for i := range h.elements {
		d.element, d.row = &h.elements[i], 0
		if err := d.readElement(); err != nil {
			return err
		}
	}
	d.element = nil
	if err := d.faces.finish(); err != nil {
		return err
	}
	d.model.Skipped = h.skipped()
	dropNonFinite(d.model)
	return nil
}

func (d *decoder) newValues() values {
	if d.header.encoding != asciiEncoding {
		return &binaryValues{s: d.source, order: d.order()}
	}
	newline := byte('\n')
	if d.header.oldMac {
		newline = '\r'
	}
	return &asciiValues{s: d.source, newline: newline}
}

func (d *decoder) readElement() error {
	h := d.header
	switch d.element {
	case h.vertex:
		err := d.readVertices()
		d.faces.verticesRead = true
		return err
	case h.face:
		if list := corners(h.face); list >= 0 {
			return d.readFaces(list)
		}
	case h.strips:
		if list := corners(h.strips); list >= 0 {
			return d.readStrips(list)
		}
	case h.edge:
		if ends := endsOf(h.edge); ends.ok() {
			return d.readEdges(ends)
		}
	case h.chunk:
		if h.packed() {
			return d.readChunks()
		}
	case h.harmonics:
		if h.packed() {
			return d.readHarmonics()
		}
	}
	return d.skipElement()
}

// corners is the property of a face or a strip that has the numbers of its corners; or -1.
func corners(e *element) int { return e.find(true, "vertex_indices", "vertex_index") }

// skipElement skips an element that is not used.
func (d *decoder) skipElement() error {
	e := d.element
	if stride, fixed := e.stride(); fixed && d.header.encoding != asciiEncoding {
		return d.source.Discard(window.Times(e.count, uint64(stride)))
	}
	if len(e.properties) == 0 {
		return nil // no bytes, regardless of the count
	}
	for ; d.row < e.count; d.row++ {
		for _, p := range e.properties {
			if err := d.skipProperty(p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *decoder) skipProperty(p property) error {
	if p.list {
		return d.skipList(p)
	}
	return d.values.skip(p.item, 1)
}

func (d *decoder) skipList(p property) error {
	n, err := d.listLength(p)
	if err != nil {
		return err
	}
	return d.values.skip(p.item, n)
}

func (d *decoder) listLength(p property) (uint64, error) {
	n := d.indices[:1]
	if err := d.values.integers(p.count, n); err != nil {
		return 0, err
	}
	if n[0] < 0 {
		return 0, fmt.Errorf("a list cannot have %d items", n[0])
	}
	return uint64(n[0]), nil
}

// locate adds the place to an error.
func (d *decoder) locate(err error) error {
	located := &Error{Offset: d.source.Offset(), Where: "header", Reason: reasonOf(err), Err: errors.Unwrap(err)}
	if located.Err == nil && (err == io.ErrUnexpectedEOF || err == d.source.Err) {
		located.Err = err
	}
	if d.header == nil || d.header.encoding == asciiEncoding {
		located.Line = d.source.Line
	}
	if d.element != nil {
		located.Where = fmt.Sprintf("%s %d of %d", label(d.element.name), d.row+1, d.element.count)
	} else if d.header != nil {
		located.Where = "faces"
	}
	return located
}

// Package threemf reads 3MF files, the models of 3D printing programs.
//
// [Read] reads meshes, components and the items to build with their transforms; base materials, groups of colors and
// textures; and the unit. What other extensions add, such as beam lattices and slices, is named in Skipped.
//
//	model, err := threemf.ReadFile("bracket.3mf", nil)
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	model.Bake(false) // applies the poses of the items
//	fmt.Println(len(model.Parts), "parts, a unit has", model.Unit, "meters")
//
// Files are untrusted input: what is compressed in them is bounded by [mesh.Options.MaxOpened] and by how far real files
// can be compressed, instances of instances are counted, and everything wrong ends in an [*Error].
package threemf

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/sniff"
)

type (
	// Options are the options of reading; Open is not used, since textures are in the file.
	Options = mesh.Options
	// Error is the error of a 3MF file. Its line is one of the model in the archive.
	Error = mesh.Error
)

// Read reads a 3MF file from r, whose bytes it holds until it returns, as the archive's table is at its end. The errors are
// of type [*Error].
//
// There is a part for each mesh, material and item to build. Instances share their slices. Up is "z", as the format says.
// Textures that are not there, and what refers to no object, are named in Skipped; an invalid number, and a triangle of a
// vertex that is not in its mesh, are errors.
func Read(r io.Reader, opts *Options) (*mesh.Model, error) {
	o := opts.WithDefaults()
	d := &decoder{
		options: o, model: &mesh.Model{Up: "z", Unit: 0.001}, objects: map[key]*object{}, groups: map[key]*group{},
		files: map[string]bool{}, images: map[string]*mesh.Image{}, parts: map[string]*zip.File{},
	}
	d.opener = meshio.NewOpener(o, &d.skips)
	if err := d.run(r); err != nil {
		e := &Error{Format: "3mf", Line: d.line, Offset: d.offset, Where: d.where, Reason: meshio.Clean(err.Error()), Err: err}
		if err == io.ErrUnexpectedEOF {
			e.Reason = "the file ends early"
		}
		return nil, e
	}
	d.model.Skipped = d.skips.List()
	return d.model, nil
}

// ReadFile is [Read] for a file.
func ReadFile(name string, opts *Options) (*mesh.Model, error) {
	return meshio.ReadFile(name, opts, Read)
}

// key is a resource: the file of the archive that it is in, and its ID there.
type key struct{ file, id string }

// decoder is one file on its way into a model.
type decoder struct {
	options mesh.Options
	model   *mesh.Model
	skips   meshio.Skips
	opener  *meshio.Opener
	where   string // the file of the archive, for errors
	line    int64
	offset  int64

	parts   map[string]*zip.File // of the archive, by their names
	left    int64                // bytes that may still be decompressed
	objects map[key]*object
	groups  map[key]*group
	items   []item
	files   map[string]bool // that were read
	images  map[string]*mesh.Image

	numbered []*group // those that triangles name
	plain    int      // the material of triangles with colors, counted from 1

	visited   int
	vertices  int
	triangles int
}

const (
	// maxFile bounds the file, which is held in memory.
	maxFile int64 = 2 << 30
	// mostRatio bounds how much larger than the file all that is decompressed may be. XML of meshes is compressed to a
	// tenth, and what is made for the purpose to a thousandth.
	mostRatio = 200
	smallest  = 8 << 20
)

func (d *decoder) run(r io.Reader) error {
	data, err := d.readAll(r)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return notZIP(data, err)
	}
	d.left = max(smallest, mostRatio*int64(len(data)))
	for _, f := range archive.File {
		if name := clean(f.Name); d.parts[name] == nil {
			d.parts[name] = f
		}
	}
	root, err := d.root()
	if err != nil {
		return err
	}
	if err := d.readModel(root, true); err != nil {
		return err
	}
	d.where, d.line = "build", 0
	return d.build()
}

// readAll reads the file into memory, which grows with what is read.
func (d *decoder) readAll(r io.Reader) ([]byte, error) {
	var b bytes.Buffer
	if n := d.options.Size; n > 0 && n < 64<<20 {
		b.Grow(int(n) + bytes.MinRead)
	}
	s := meshio.NewSource(r, d.options.Progress)
	for rest := s.Available(); len(rest) > 0; rest = s.Available() {
		b.Write(rest)
		s.Take(len(rest))
		d.offset = s.Offset()
		if int64(b.Len()) > maxFile {
			return nil, fmt.Errorf("the file has more than %d bytes", maxFile)
		}
	}
	return b.Bytes(), s.ReadError()
}

func notZIP(data []byte, err error) error {
	if len(data) == 0 {
		return errors.New("the file is empty")
	}
	if !bytes.HasPrefix(data, []byte("PK")) {
		if what := sniff.Name(data[:min(len(data), 512)]); what != "" {
			return fmt.Errorf("this is no 3MF file; it looks like %s", what)
		}
		return errors.New("this is no 3MF file")
	}
	return fmt.Errorf("its ZIP archive can't be read, perhaps since the file ends early: %w", err)
}

// clean is the name of a file in the archive, however it is written.
func clean(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// root returns the name of the model to begin with.
func (d *decoder) root() (string, error) {
	const relations = "_rels/.rels"
	if d.parts[relations] != nil {
		if name, err := d.relation(relations); err != nil || name != "" {
			return name, err
		}
	}
	const usual = "3d/3dmodel.model"
	if d.parts[usual] != nil {
		return usual, nil
	}
	return "", errors.New("this is no 3MF file: the archive has no model")
}

// open returns the text of a file of the archive. Its end is an error if more is decompressed than the file may have.
func (d *decoder) open(name string) (io.ReadCloser, error) {
	f := d.parts[clean(name)]
	if f == nil {
		return nil, fmt.Errorf("%s is not in the archive", meshio.Quote([]byte(name)))
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &bounded{d: d, r: r, left: d.options.MaxOpened}, nil
}

// bounded is a file of the archive that may have only so many bytes.
type bounded struct {
	d    *decoder
	r    io.ReadCloser
	left int64
}

var errBomb = errors.New("the archive has more in it than a real one of its size")

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.left -= int64(n)
	b.d.left -= int64(n)
	if b.d.left < 0 {
		return 0, errBomb
	}
	if b.left < 0 {
		return 0, fmt.Errorf("it has more than %d bytes", b.d.options.MaxOpened)
	}
	return n, err
}

func (b *bounded) Close() error { return b.r.Close() }

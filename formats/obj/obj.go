// Package obj reads and writes Wavefront OBJ files with their materials (MTL) and textures.
//
// [Read] reads polygons (cut into triangles), lines and points; texture coordinates, normals and colors of vertices;
// objects, groups and materials, which become parts; negative indices; continued lines; and smoothing groups, of which
// normals are made if the file has none. What is not read, such as curved surfaces, is named in Skipped.
//
//	model, err := obj.ReadFile("chair.obj", nil)
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	for _, part := range model.Parts {
//		fmt.Println(part.Name, len(part.Points), "points,", len(part.Faces), "triangles")
//	}
//
// Files are untrusted input: memory grows with the bytes that have been read, materials and textures are opened only by
// [mesh.Options.Open], and everything wrong ends in an [*Error].
package obj

import (
	"io"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/polygon"
	"github.com/viser-go/viser/formats/mesh"
)

type (
	// Options are the options of reading.
	Options = mesh.Options
	// Error is the error of an OBJ file.
	Error = mesh.Error
)

// Read reads an OBJ file from r, in one pass. The errors are of type [*Error].
//
// There is a part for each combination of object, group and material in the file, and of what it has: faces, lines or
// points. A file of vertices alone is one part. Colors of materials are taken as sRGB, as most programs write them. A
// material or texture that is not there, or not readable, is no error, but named in Skipped.
//
// Faces and lines with a vertex that is not finite are dropped, and so are those of too few corners. An invalid number
// and a face of a vertex that is not in the file are errors; texture coordinates and normals that are not there are
// left out.
func Read(r io.Reader, opts *Options) (*mesh.Model, error) {
	o := opts.WithDefaults()
	d := &decoder{options: o, source: meshio.NewSource(r, o.Progress), model: &mesh.Model{}, parts: map[partKey]*part{}}
	d.opener = meshio.NewOpener(o, &d.skips)
	if err := d.run(); err != nil {
		return nil, d.locate(err)
	}
	if err := d.finish(); err != nil {
		return nil, d.locate(err)
	}
	d.model.Skipped = d.skips.List()
	return d.model, nil
}

// ReadFile is [Read] for a file. It opens materials and textures in the folder of the file, and below it, if Open is
// nil.
func ReadFile(name string, opts *Options) (*mesh.Model, error) {
	return meshio.ReadFile(name, opts, Read)
}

// decoder is one file on its way into a model.
type decoder struct {
	options mesh.Options
	source  *meshio.Source
	model   *mesh.Model
	skips   meshio.Skips
	opener  *meshio.Opener
	known   bool   // a line of an OBJ file has been read
	joined  []byte // a line that is continued

	placed   bool // the origin is known
	points   [][3]float32
	colors   [][3]float32 // as long as points, or nil
	coords   [][2]float32
	normals  [][3]float32
	flipped  bool // a texture or a normal is not in the file
	total    int  // points of all parts
	elements int  // triangles and lines of all parts

	// The state that applies to the next element.
	object, group, material string
	current                 [kinds]*part // the parts of that state; nil if not looked up
	smoothing               uint32       // the code of the smoothing group; 0 before the first
	groups                  map[string]uint32

	parts     map[partKey]*part
	order     []*part
	unnamed   int // parts that lost their names, since there were too many
	materials map[string]int
	mappings  []mapping // of the materials

	cutter  polygon.Cutter
	corners []meshio.Corner
	loop    []uint32
	flats   uint32 // faces without smoothing
}

func (d *decoder) locate(err error) error {
	return &Error{Format: "obj", Line: max(1, d.source.Line()), Offset: d.source.Offset(), Reason: err.Error(), Err: err}
}

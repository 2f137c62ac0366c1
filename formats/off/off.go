// Package off reads and writes OFF files, the object file format of Geomview, in text.
//
// [Read] reads OFF, COFF, NOFF, STOFF and their combinations: polygons (cut into triangles), colors of vertices and faces
// as 0 to 255 or 0 to 1, normals and texture coordinates of vertices, and comments. Binary files, those of four
// coordinates and those of other dimensions are refused by name.
//
//	model, err := off.ReadFile("chair.off", nil)
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	points, faces, _ := model.Counts()
//	fmt.Println(points, "points,", faces, "triangles")
//
// Files are untrusted input: memory grows with the bytes that have really been read, not with the counts that a file
// begins with, and everything wrong ends in an [*Error].
package off

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/formats/internal/polygon"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/sniff"
)

type (
	// Options are the options of reading; Open is not used.
	Options = mesh.Options
	// Error is the error of an OFF file.
	Error = mesh.Error
)

// Read reads an OFF file from r, in one pass, as one part. The errors are of type [*Error].
//
// A vertex that faces show in several colors becomes several points. A file without faces is a point cloud. Faces of two
// vertices are lines. A file that ends early, an invalid number and a face of a vertex that is not in the file are errors.
func Read(r io.Reader, opts *Options) (*mesh.Model, error) {
	o := opts.WithDefaults()
	d := &decoder{options: o, model: &mesh.Model{}}
	d.tokens = meshio.Tokens{Source: meshio.NewSource(r, o.Progress), Comment: '#'}
	if err := d.run(); err != nil {
		e := &Error{Format: "off", Line: max(1, d.tokens.Line()), Offset: d.tokens.Offset(), Where: d.where, Reason: err.Error(), Err: err}
		if err == io.ErrUnexpectedEOF {
			e.Reason = "the file ends early"
		}
		return nil, e
	}
	return d.model, nil
}

// ReadFile is [Read] for a file.
func ReadFile(name string, opts *Options) (*mesh.Model, error) {
	return meshio.ReadFile(name, opts, Read)
}

// decoder is one file on its way into a model.
type decoder struct {
	options mesh.Options
	model   *mesh.Model
	tokens  meshio.Tokens
	where   string // the part of the file, for errors

	// What each vertex has.
	normals, colors, coords bool

	vertices, faces int
	placed          bool // the origin is known
	part            mesh.Part
	tints           [][4]float32 // of the vertices
	cutter          polygon.Cutter
	loop            []uint32

	triangles  [][3]uint32
	faceColors [][4]float32 // of triangles; nil while none has one
}

// run reads the file.
func (d *decoder) run() error {
	d.where = "header"
	if err := d.header(); err != nil {
		return err
	}
	for i := range d.vertices {
		if i == 0 && !d.colors {
			d.guessColors()
		}
		if err := d.vertex(); err != nil {
			d.where = fmt.Sprintf("vertex %d of %d", i+1, d.vertices)
			return err
		}
	}
	for i := range d.faces {
		if err := d.face(); err != nil {
			d.where = fmt.Sprintf("face %d of %d", i+1, d.faces)
			return err
		}
	}
	d.where = ""
	d.finish()
	return d.tokens.ReadError()
}

// header reads the keyword and the counts.
func (d *decoder) header() error {
	start := d.tokens.Peek(512)
	if len(start) == 0 {
		if err := d.tokens.ReadError(); err != nil {
			return err
		}
		return errors.New("the file is empty")
	}
	word, err := d.tokens.Next()
	if err != nil {
		return d.notOFF(start, err)
	}
	if n, ok := meshio.Int(word); ok { // files of some programs begin with the counts
		return d.counts(n, true)
	}
	if err := d.keyword(string(word), start); err != nil {
		return err
	}
	return d.counts(0, false)
}

func (d *decoder) notOFF(start []byte, err error) error {
	if err != nil && err != io.EOF {
		return err
	}
	if what := sniff.Name(start); what != "" && what != "text" {
		return fmt.Errorf("this is no OFF file; it looks like %s", what)
	}
	return errors.New(`this is no OFF file: it does not begin with "OFF"`)
}

// keyword reads such as STCNOFF. Some programs write the counts at once behind it, as in OFF8 6 0.
func (d *decoder) keyword(word string, start []byte) error {
	at := strings.Index(word, "OFF")
	if at < 0 || strings.Trim(word[:at], "STCN4n") != "" {
		return d.notOFF(start, nil)
	}
	flags := word[:at]
	if strings.ContainsAny(flags, "4n") {
		return fmt.Errorf("%s has coordinates of another dimension than 3; they can't be shown", meshio.Quote([]byte(word)))
	}
	d.coords = strings.Contains(flags, "ST")
	d.colors = strings.Contains(flags, "C")
	d.normals = strings.Contains(flags, "N")
	if rest := word[at+len("OFF"):]; rest != "" {
		return fmt.Errorf("%s: a space is missing behind OFF", meshio.Quote([]byte(word)))
	}
	if next := d.tokens.NextOfLine(); bytes.Equal(next, []byte("BINARY")) {
		return errors.New("this is a binary OFF file; only those in text can be read")
	} else if next != nil {
		d.tokens.Back(next)
	}
	return nil
}

// counts reads the numbers of vertices, faces and edges, the first of which may have been read.
func (d *decoder) counts(vertices int64, given bool) error {
	if !given {
		var err error
		if vertices, err = d.integer(); err != nil {
			return err
		}
	}
	faces, err := d.integer()
	if err != nil {
		return err
	}
	d.tokens.NextOfLine() // edges, which play no role
	for _, c := range []struct {
		what     string
		n, limit int64
	}{{"vertices", vertices, int64(d.options.MaxVertices)}, {"faces", faces, int64(d.options.MaxTriangles)}} {
		if c.n < 0 || c.n > c.limit {
			return fmt.Errorf("the file has %d %s; the limit is %d", c.n, c.what, c.limit)
		}
		// A vertex has at least three digits and a space between them, and so has a face.
		if size := d.options.Size; size > 0 && c.n > size/2 {
			return fmt.Errorf("%d %s don't fit in a file of %d bytes", c.n, c.what, size)
		}
	}
	d.vertices, d.faces = int(vertices), int(faces)
	return nil
}

// next returns a word that must be there.
func (d *decoder) next() ([]byte, error) {
	word, err := d.tokens.Next()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return word, err
}

func (d *decoder) integer() (int64, error) {
	word, err := d.next()
	if err != nil {
		return 0, err
	}
	n, ok := meshio.Int(word)
	if !ok {
		return 0, fmt.Errorf("%s is not a whole number", meshio.Quote(word))
	}
	return n, nil
}

func (d *decoder) number() (float64, error) {
	word, err := d.next()
	if err != nil {
		return 0, err
	}
	v, ok := number.Parse(word)
	if !ok {
		return 0, fmt.Errorf("%s is not a number", meshio.Quote(word))
	}
	return v, nil
}

// vector reads three numbers.
func (d *decoder) vector() (v [3]float64, err error) {
	for i := range v {
		if v[i], err = d.number(); err != nil {
			return v, err
		}
	}
	return v, nil
}

// guessColors finds colors that the header does not announce, as some programs write them: a line of a vertex then has
// three or four numbers more.
func (d *decoder) guessColors() {
	word, err := d.tokens.Next()
	if err != nil {
		return // it will be found again
	}
	d.tokens.Back(word)
	expected := 3
	if d.normals {
		expected += 3
	}
	if d.coords {
		expected += 2
	}
	more := d.tokens.Left() - expected
	d.colors = more == 3 || more == 4
}

// vertex reads a vertex and what it has.
func (d *decoder) vertex() error {
	v, err := d.vector()
	if err != nil {
		return err
	}
	o := &d.model.Origin
	if sum := v[0] + v[1] + v[2]; d.options.Recenter && !d.placed && sum-sum == 0 {
		d.placed = true
		for axis := range o {
			o[axis] = math.Round(v[axis])
		}
	}
	p := &d.part
	p.Points = append(p.Points, [3]float32{float32(v[0] - o[0]), float32(v[1] - o[1]), float32(v[2] - o[2])})
	if d.normals {
		if v, err = d.vector(); err != nil {
			return err
		}
		p.Normals = append(p.Normals, meshio.FiniteOrZero([3]float32{float32(v[0]), float32(v[1]), float32(v[2])}))
	}
	if d.colors {
		if v, err = d.vector(); err != nil {
			return err
		}
		color := [4]float32{float32(v[0]), float32(v[1]), float32(v[2]), float32(math.NaN())}
		if d.hasAlpha() {
			a, err := d.number()
			if err != nil {
				return err
			}
			color[3] = float32(a)
		}
		d.tints = append(d.tints, color)
	}
	if d.coords {
		var uv [2]float32
		for i := range uv {
			x, err := d.number()
			if err != nil {
				return err
			}
			uv[i] = float32(x)
		}
		p.UVs = append(p.UVs, meshio.FiniteUV(uv))
	}
	return nil
}

// hasAlpha reports whether the line has an opacity behind the color: some programs leave it out.
func (d *decoder) hasAlpha() bool {
	left := d.tokens.Left()
	if d.coords {
		return left > 2
	}
	return left > 0
}

// face reads a face, and the color behind it, up to the end of its line.
func (d *decoder) face() error {
	n, err := d.integer()
	if err != nil {
		return err
	}
	if n < 0 {
		return fmt.Errorf("a face of %d corners", n)
	}
	if n > int64(d.options.MaxTriangles-len(d.triangles))+2 {
		return fmt.Errorf("the file has more than %d triangles", d.options.MaxTriangles)
	}
	d.loop = d.loop[:0]
	for range n {
		i, err := d.integer()
		if err != nil {
			return err
		}
		if i < 0 || i >= int64(d.vertices) {
			return fmt.Errorf("a corner is vertex %d; there are %d", i, d.vertices)
		}
		d.loop = append(d.loop, uint32(i))
	}
	color, err := d.faceColor()
	if err != nil {
		return err
	}
	switch {
	case n == 2:
		d.part.Lines = append(d.part.Lines, [2]uint32(d.loop))
		return nil
	case n < 3:
		d.model.DroppedFaces++
		return nil
	case n == 3:
		d.triangle([3]uint32(d.loop), color)
		return nil
	}
	for _, t := range d.cutter.Cut(d.part.Points, d.loop) {
		d.triangle([3]uint32{d.loop[t[0]], d.loop[t[1]], d.loop[t[2]]}, color)
	}
	return nil
}

// noColor marks, in its first channel, a face without a color.
var noColor = [4]float32{float32(math.NaN())}

func (d *decoder) triangle(t [3]uint32, color [4]float32) {
	if d.faceColors == nil && color[0] == color[0] {
		d.faceColors = make([][4]float32, len(d.triangles), cap(d.triangles))
		for i := range d.faceColors {
			d.faceColors[i] = noColor
		}
	}
	d.triangles = append(d.triangles, t)
	if d.faceColors != nil {
		d.faceColors = append(d.faceColors, color)
	}
}

// faceColor reads the rest of a line: nothing, the number of a color in a map that the file does not have, or three or
// four numbers.
func (d *decoder) faceColor() ([4]float32, error) {
	color := noColor
	n := 0
	for word := d.tokens.NextOfLine(); word != nil; word = d.tokens.NextOfLine() {
		v, ok := number.Parse(word)
		if !ok || v-v != 0 {
			return color, fmt.Errorf("the color of a face has %s", meshio.Quote(word))
		}
		if n < 4 {
			color[n] = float32(v)
		}
		n++
	}
	switch n {
	case 3:
		color[3] = float32(math.NaN())
	case 4:
	default:
		return noColor, nil
	}
	return color, nil
}

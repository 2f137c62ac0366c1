package stl

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
)

// textReader reads text files, which are words, wherever their lines end.
type textReader struct {
	d      *decoder
	tokens meshio.Tokens
	origin [3]float64
	placed bool // the origin is known
}

// readText reads a text file.
func (d *decoder) readText() error {
	t := &textReader{d: d, tokens: meshio.Tokens{Source: d.source}, placed: !d.options.Recenter}
	for {
		word, err := t.tokens.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case equalFold(word, "solid"):
			err = t.solid(meshio.Clean(string(t.tokens.Rest())), nil)
		case equalFold(word, "facet"):
			err = t.solid("", word)
		default:
			err = fmt.Errorf(`%s; expected "solid" or the end of the file`, meshio.Quote(word))
		}
		if err != nil {
			return err
		}
		if len(d.model.Parts) > d.options.MaxParts {
			return fmt.Errorf("the file has more than %d solids", d.options.MaxParts)
		}
		d.model.Origin = t.origin
	}
}

// solid reads a solid up to its end. word is its first one, if that has been read.
func (t *textReader) solid(name string, word []byte) error {
	d := t.d
	s := newSolid(d, 0)
	for {
		if word == nil {
			var err error
			if word, err = t.tokens.Next(); err != nil {
				return early(err)
			}
		}
		switch {
		case equalFold(word, "facet"):
			if err := t.facet(s); err != nil {
				return err
			}
		case equalFold(word, "endsolid"):
			t.tokens.Rest()
			d.where = ""
			s.finish(name)
			return nil
		case equalFold(word, "color"):
			t.tokens.Rest() // of the whole solid, in a dialect that no two programs write alike
			d.skips.Add("the color of a solid")
		default:
			return fmt.Errorf(`%s; expected "facet" or "endsolid"`, meshio.Quote(word))
		}
		word = nil
		if d.total+len(s.faces) > d.options.MaxTriangles {
			return fmt.Errorf("the file has more than %d triangles", d.options.MaxTriangles)
		}
		if len(s.points) > d.options.MaxVertices {
			return fmt.Errorf("the file has more than %d points", d.options.MaxVertices)
		}
	}
}

// early is the error of a read where the file must not end.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// facet reads what follows the word "facet".
func (t *textReader) facet(s *solid) error {
	word, err := t.tokens.Next()
	if err != nil {
		return early(err)
	}
	if equalFold(word, "normal") { // some programs leave it out, and others write NaN
		for range 4 {
			if word, err = t.tokens.Next(); err != nil {
				return early(err)
			}
		}
	}
	if !equalFold(word, "outer") {
		return fmt.Errorf(`%s; expected "outer loop"`, meshio.Quote(word))
	}
	if err := t.expect("loop"); err != nil {
		return err
	}
	var corners [3][3]float64
	for i := range corners {
		if err := t.expect("vertex"); err != nil {
			return err
		}
		for axis := range corners[i] {
			word, err := t.tokens.Next()
			if err != nil {
				return early(err)
			}
			v, ok := number.Parse(word)
			if !ok {
				return fmt.Errorf("%s is not a number", meshio.Quote(word))
			}
			corners[i][axis] = v
		}
	}
	t.add(s, &corners)
	if word, err = t.tokens.Next(); err != nil {
		return early(err)
	}
	if equalFold(word, "vertex") {
		return errors.New("a facet has more than three corners")
	}
	if !equalFold(word, "endloop") {
		return fmt.Errorf(`%s; expected "endloop"`, meshio.Quote(word))
	}
	return t.expect("endfacet")
}

// add adds a triangle.
func (t *textReader) add(s *solid, corners *[3][3]float64) {
	if !t.placed {
		p := corners[0]
		if sum := p[0] + p[1] + p[2]; sum-sum == 0 {
			t.placed = true
			for axis, v := range p {
				t.origin[axis] = math.Round(v)
			}
		}
	}
	var bits [9]uint32
	for i := range bits {
		bits[i] = math.Float32bits(float32(corners[i/3][i%3] - t.origin[i%3]))
	}
	s.add(&bits, 0)
}

// expect reads a word that must be there.
func (t *textReader) expect(want string) error {
	word, err := t.tokens.Next()
	if err != nil {
		return early(err)
	}
	if !equalFold(word, want) {
		return fmt.Errorf("%s; expected %q", meshio.Quote(word), want)
	}
	return nil
}

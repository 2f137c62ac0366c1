package obj

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/internal/sniff"
)

// run reads all lines.
func (d *decoder) run() error {
	if start := d.source.Peek(512); bytes.IndexByte(start, 0) >= 0 {
		return notOBJ(start)
	}
	for {
		line, err := d.nextLine()
		if err == io.EOF {
			return d.checkRead()
		}
		if err == nil {
			err = d.statement(line)
		}
		if err != nil {
			return err
		}
	}
}

// notOBJ is the error of another kind of file.
func notOBJ(start []byte) error {
	if what := sniff.Name(start); what != "" && what != "text" {
		return fmt.Errorf("this is no OBJ file; it looks like %s", what)
	}
	return errors.New("this is no OBJ file: no line begins with a keyword such as v or f")
}

// checkRead checks that there was something to read.
func (d *decoder) checkRead() error {
	if !d.known {
		return errors.New("the file has no vertices")
	}
	return nil
}

// nextLine returns a line, with those that continue it.
func (d *decoder) nextLine() ([]byte, error) {
	line, err := d.source.NextLine()
	if err != nil || !continued(line) {
		return line, err
	}
	d.joined = d.joined[:0]
	for continued(line) {
		d.joined = append(append(d.joined, line[:len(line)-1]...), ' ')
		if line, err = d.source.NextLine(); err == io.EOF {
			return d.joined, nil
		} else if err != nil {
			return nil, err
		}
		if len(d.joined)+len(line) > maxJoined {
			return nil, fmt.Errorf("a line has more than %d bytes", maxJoined)
		}
	}
	d.joined = append(d.joined, line...)
	return d.joined, nil
}

// maxJoined bounds a line that is continued.
const maxJoined = 16 << 20

func continued(line []byte) bool { return len(line) > 0 && line[len(line)-1] == '\\' }

// statement reads one line.
func (d *decoder) statement(line []byte) error {
	// Most lines are these.
	if len(line) > 2 && line[1] == ' ' {
		switch line[0] {
		case 'v':
			return d.vertex(line[2:])
		case 'f':
			return d.face(line[2:])
		}
	}
	word, rest := meshio.Word(line)
	if len(word) == 0 || word[0] == '#' {
		return nil
	}
	known := true
	var err error
	switch string(word) {
	case "v":
		return d.vertex(rest)
	case "vt":
		err = d.textureCoordinate(rest)
	case "vn":
		err = d.normal(rest)
	case "f", "fo":
		return d.face(rest)
	case "l":
		err = d.line(rest)
	case "p":
		err = d.pointElement(rest)
	case "o":
		d.object, d.group = name(rest), ""
		d.changed()
	case "g":
		d.group = name(rest)
		d.changed()
	case "s":
		d.smooth(name(rest))
	case "usemtl":
		d.material = name(rest)
		d.changed()
	case "mtllib":
		d.library(name(rest))
	default:
		known, err = false, d.unknown(word, line)
	}
	d.known = d.known || known
	return err
}

// name is the rest of a line, which may have spaces.
func name(rest []byte) string { return string(bytes.TrimSpace(rest)) }

// unknown handles what is not read.
func (d *decoder) unknown(word, line []byte) error {
	switch string(word) {
	case "vp", "cstype", "deg", "bmat", "step", "curv", "curv2", "surf", "parm", "trim", "hole", "scrv", "sp", "end", "con",
		"ctech", "stech":
		d.skips.Add("curves and surfaces")
		return nil
	case "mg", "bevel", "c_interp", "d_interp", "lod", "maplib", "usemap", "shadow_obj", "trace_obj", "call", "csh":
		return nil // they would change nothing that is shown
	}
	if !d.known {
		return notOBJ(line)
	}
	d.skips.Add("lines that begin with %s", meshio.Quote(word))
	return nil
}

// nextNumber parses the next number of a line.
func nextNumber(line []byte) (v float64, rest []byte, err error) {
	word, rest := meshio.Word(line)
	v, ok := number.Parse(word)
	if !ok {
		if len(word) == 0 {
			return 0, nil, errors.New("the line ends where a number is expected")
		}
		return 0, nil, fmt.Errorf("%s is not a number", meshio.Quote(word))
	}
	return v, rest, nil
}

// vertex reads "v x y z", and the color behind it.
func (d *decoder) vertex(line []byte) error {
	d.known = true
	var p [3]float64
	var err error
	for i := range p {
		if p[i], line, err = nextNumber(line); err != nil {
			return err
		}
	}
	if len(d.points) >= d.options.MaxVertices {
		return fmt.Errorf("the file has more than %d vertices", d.options.MaxVertices)
	}
	if !d.placed {
		d.place(p)
	}
	o := &d.model.Origin
	d.points = append(d.points, [3]float32{float32(p[0] - o[0]), float32(p[1] - o[1]), float32(p[2] - o[2])})
	if len(line) == 0 && d.colors == nil {
		return nil
	}
	return d.vertexColor(line)
}

// place determines the origin by the first vertex that is finite.
func (d *decoder) place(p [3]float64) {
	if !d.options.Recenter {
		d.placed = true
	} else if sum := p[0] + p[1] + p[2]; sum-sum == 0 {
		d.placed = true
		for axis, v := range p {
			d.model.Origin[axis] = math.Round(v)
		}
	}
}

// noColor marks, in its first channel, a vertex without a color.
var noColor = [3]float32{float32(math.NaN()), float32(math.NaN()), float32(math.NaN())}

// vertexColor reads what is behind the coordinates: nothing, a weight, or a color of three numbers.
func (d *decoder) vertexColor(line []byte) error {
	var more [4]float64
	n := 0
	for n < len(more) {
		if word, _ := meshio.Word(line); len(word) == 0 || word[0] == '#' {
			break
		}
		var err error
		if more[n], line, err = nextNumber(line); err != nil {
			return err
		}
		n++
	}
	color := noColor
	if n >= 3 {
		color = [3]float32{float32(more[0]), float32(more[1]), float32(more[2])}
		if color[0] != color[0] {
			color[0] = 0
		}
		if d.colors == nil {
			d.colors = make([][3]float32, len(d.points)-1, cap(d.points))
			for i := range d.colors {
				d.colors[i] = noColor
			}
		}
	}
	if d.colors != nil {
		d.colors = append(d.colors, color)
	}
	return nil
}

func (d *decoder) textureCoordinate(line []byte) error {
	u, line, err := nextNumber(line)
	if err != nil {
		return err
	}
	v := 0.0
	if word, _ := meshio.Word(line); len(word) > 0 && word[0] != '#' {
		if v, _, err = nextNumber(line); err != nil {
			return err
		}
	}
	if len(d.coords) >= d.options.MaxVertices {
		return fmt.Errorf("the file has more than %d texture coordinates", d.options.MaxVertices)
	}
	d.coords = append(d.coords, meshio.FiniteUV([2]float32{float32(u), float32(v)}))
	return nil
}

func (d *decoder) normal(line []byte) error {
	var n [3]float32
	for i := range n {
		v, rest, err := nextNumber(line)
		if err != nil {
			return err
		}
		n[i], line = float32(v), rest
	}
	if len(d.normals) >= d.options.MaxVertices {
		return fmt.Errorf("the file has more than %d normals", d.options.MaxVertices)
	}
	d.normals = append(d.normals, meshio.FiniteOrZero(n))
	return nil
}

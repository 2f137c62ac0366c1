package dae

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

// geometry is a geometry of the file, whose lists of faces are read once for all instances.
type geometry struct {
	d       *decoder
	element *element
	ids     map[string]*element // of its sources
	shapes  map[shapeKey]*shape
}

type shapeKey struct {
	primitive *element
	set       string // of texture coordinates
}

// shape is a list of faces or lines.
type shape struct {
	part   mesh.Part
	offset mesh.Pose // where the coordinates begin, if they are far away
}

// input is a list of values that corners refer to.
type input struct {
	semantic, set string
	offset        int // of its number in a corner
	source        *element
}

// source is a list of vectors.
type source struct {
	values                []float64
	first, stride, wanted int
	count                 int
}

// at returns the number i of a vector.
func (s *source) at(vector uint32, i int) float64 { return s.values[s.first+int(vector)*s.stride+i] }

// sourceOf reads a source of vectors of at least least numbers.
func (d *decoder) sourceOf(e *element, least int) (*source, error) {
	values, ok := d.arrays[e]
	if !ok {
		var err error
		array := e.child("float_array")
		if array == nil {
			array = e.child("int_array")
		}
		if values, err = d.floats(array); err != nil {
			return nil, err
		}
		d.arrays[e] = values
	}
	s := &source{values: values, stride: 1}
	accessor := e.child("technique_common", "accessor")
	if v, err := strconv.Atoi(accessor.attr("stride")); err == nil && v > 0 {
		s.stride = v
	}
	if v, err := strconv.Atoi(accessor.attr("offset")); err == nil && v > 0 {
		s.first = v
	}
	s.wanted = s.stride
	if n := len(accessor.all("param")); n > 0 {
		s.wanted = min(s.stride, max(least, n))
	}
	if s.wanted < least {
		d.at(e)
		return nil, fmt.Errorf("the source %q has vectors of %d numbers; %d are needed", meshio.Clean(e.attr("id")), s.stride, least)
	}
	if left := len(values) - s.first - s.wanted; left >= 0 {
		s.count = left/s.stride + 1
	}
	return s, nil
}

// lookup returns a source by its URL: one of the geometry, since some programs use the same IDs in each, or another.
func (g *geometry) lookup(url string) *element {
	if g.ids == nil {
		g.ids = map[string]*element{}
		for _, e := range g.element.child("mesh").elements() {
			if id := e.attr("id"); id != "" && g.ids[id] == nil {
				g.ids[id] = e
			}
		}
	}
	if e := g.ids[strings.TrimPrefix(url, "#")]; e != nil {
		return e
	}
	return g.d.lookup("source", url)
}

// inputs returns what the corners of a list refer to.
func (g *geometry) inputs(primitive *element) (found []input, stride int) {
	for _, e := range primitive.all("input") {
		in := input{semantic: e.attr("semantic"), set: e.attr("set")}
		if v, err := strconv.Atoi(e.attr("offset")); err == nil && v >= 0 && v < 256 {
			in.offset = v
		}
		stride = max(stride, in.offset+1)
		if in.source = g.lookup(e.attr("source")); in.source == nil {
			continue
		}
		if in.semantic != "VERTEX" {
			found = append(found, in)
			continue
		}
		for _, v := range in.source.all("input") {
			if s := g.lookup(v.attr("source")); s != nil {
				found = append(found, input{semantic: v.attr("semantic"), set: v.attr("set"), offset: in.offset, source: s})
			}
		}
	}
	return found, stride
}

// builder makes the part of a list of faces or lines.
type builder struct {
	d                            *decoder
	primitive                    *element
	stride                       int
	at                           [4]int // the offsets of position, texture coordinate, normal and color in a corner; or -1
	positions, uvs, normal, tint *source
	points                       [][3]float32 // of the positions
	corners                      meshio.Corners
	part                         mesh.Part
	loop                         []uint32
	found                        []meshio.Corner
}

// shape reads a list of faces or lines; nil if the element is another. set is that of the texture coordinates.
func (g *geometry) shape(primitive *element, set string) (*shape, error) {
	key := shapeKey{primitive, set}
	if s, ok := g.shapes[key]; ok {
		return s, nil
	}
	s, err := g.read(primitive, set)
	if err != nil {
		return nil, err
	}
	if g.shapes == nil {
		g.shapes = map[shapeKey]*shape{}
	}
	g.shapes[key] = s
	return s, nil
}

func (g *geometry) read(primitive *element, set string) (*shape, error) {
	d := g.d
	switch primitive.name {
	case "triangles", "tristrips", "trifans", "polylist", "polygons", "lines", "linestrips":
	default:
		return nil, nil
	}
	b := &builder{d: d, primitive: primitive, at: [4]int{-1, -1, -1, -1}}
	if err := b.sources(g, set); err != nil {
		return nil, err
	}
	if b.positions == nil {
		return nil, nil
	}
	s := &shape{}
	b.convert(s)
	if err := b.primitives(); err != nil {
		return nil, err
	}
	if d.points += len(b.corners.All); d.points > d.options.MaxVertices {
		return nil, fmt.Errorf("the file has more than %d points", d.options.MaxVertices)
	}
	b.finish()
	s.part = b.part
	return s, nil
}

// sources finds the values of the corners.
func (b *builder) sources(g *geometry, set string) error {
	all, stride := g.inputs(b.primitive)
	b.stride = stride
	chosen, found := "", false
	for _, in := range all {
		if in.semantic == "TEXCOORD" && (!found || in.set == set) {
			chosen, found = in.set, true
		}
	}
	var err error
	use := func(role int, in input, least int) (s *source) {
		if err != nil {
			return nil
		}
		s, err = b.d.sourceOf(in.source, least)
		b.at[role] = in.offset
		return s
	}
	for _, in := range all {
		switch {
		case in.semantic == "POSITION" && b.positions == nil:
			b.positions = use(0, in, 3)
		case in.semantic == "TEXCOORD" && b.uvs == nil && in.set == chosen:
			b.uvs = use(1, in, 2)
		case in.semantic == "NORMAL" && b.normal == nil:
			b.normal = use(2, in, 3)
		case in.semantic == "COLOR" && b.tint == nil:
			b.tint = use(3, in, 3)
		}
	}
	return err
}

// convert rounds the positions, and recenters them if that is requested.
func (b *builder) convert(s *shape) {
	var origin [3]float64
	if b.d.options.Recenter && b.positions.count > 0 {
		for axis := range origin {
			if v := math.Round(b.positions.at(0, axis)); v-v == 0 {
				origin[axis] = v
			}
		}
		s.offset = transform("translate", origin[:])
	}
	b.points = make([][3]float32, b.positions.count)
	for i := range b.points {
		for axis := range 3 {
			b.points[i][axis] = float32(b.positions.at(uint32(i), axis) - origin[axis])
		}
	}
}

// primitives reads the corners.
func (b *builder) primitives() error {
	switch b.primitive.name {
	case "polylist":
		return b.polylist()
	case "polygons":
		for _, e := range b.primitive.children {
			p := e
			if e.name == "ph" {
				p = e.child("p")
				b.d.skips.Add("the holes of polygons")
			} else if e.name != "p" {
				continue
			}
			if err := b.list(p, b.polygon); err != nil {
				return err
			}
		}
		return nil
	}
	kinds := map[string]func([]meshio.Corner) error{
		"triangles": b.triangles, "tristrips": b.strip, "trifans": b.fan, "lines": b.lines, "linestrips": b.chain,
	}
	for _, p := range b.primitive.all("p") {
		if err := b.list(p, kinds[b.primitive.name]); err != nil {
			return err
		}
	}
	return nil
}

// list reads the corners of one list, and passes them on.
func (b *builder) list(p *element, use func([]meshio.Corner) error) error {
	corners, err := b.read(p)
	if err != nil {
		return err
	}
	return use(corners)
}

// read reads the corners of one list.
func (b *builder) read(p *element) ([]meshio.Corner, error) {
	numbers, err := b.d.integers(p)
	if err != nil {
		return nil, err
	}
	b.d.at(p)
	if len(numbers)%b.stride != 0 {
		return nil, fmt.Errorf("the list has %d numbers, but %d per corner", len(numbers), b.stride)
	}
	b.found = b.found[:0]
	for ; len(numbers) > 0; numbers = numbers[b.stride:] {
		c, err := b.corner(numbers)
		if err != nil {
			return nil, err
		}
		b.found = append(b.found, c)
	}
	return b.found, nil
}

// corner reads a corner. Of what is not the position, numbers count from 1, and are 0 if there are none.
func (b *builder) corner(numbers []int64) (c meshio.Corner, err error) {
	n := numbers[b.at[0]]
	if n < 0 || n >= int64(len(b.points)) {
		return c, fmt.Errorf("a corner is vertex %d; there are %d", n, len(b.points))
	}
	c.Point = uint32(n)
	c.Coord = b.optional(b.uvs, 1, numbers)
	c.Normal = b.optional(b.normal, 2, numbers)
	c.Color = b.optional(b.tint, 3, numbers)
	return c, nil
}

func (b *builder) optional(s *source, role int, numbers []int64) uint32 {
	if s == nil {
		return 0
	}
	n := numbers[b.at[role]]
	if n < 0 || n >= int64(s.count) {
		b.d.skips.Add("texture coordinates, normals or colors that are not in the file")
		return 0
	}
	return uint32(n + 1)
}

func (b *builder) triangle(x, y, z meshio.Corner) error {
	d := b.d
	if d.triangles++; d.triangles > d.options.MaxTriangles {
		return fmt.Errorf("the file has more than %d triangles", d.options.MaxTriangles)
	}
	b.part.Faces = append(b.part.Faces, [3]uint32{b.corners.Number(x), b.corners.Number(y), b.corners.Number(z)})
	return nil
}

func (b *builder) triangles(c []meshio.Corner) error {
	if len(c)%3 != 0 {
		return fmt.Errorf("%d corners are no triangles", len(c))
	}
	for ; len(c) > 0; c = c[3:] {
		if err := b.triangle(c[0], c[1], c[2]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) strip(c []meshio.Corner) error {
	for i := 2; i < len(c); i++ {
		x, y := c[i-2], c[i-1]
		if i%2 == 1 {
			x, y = y, x
		}
		if err := b.triangle(x, y, c[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) fan(c []meshio.Corner) error {
	for i := 2; i < len(c); i++ {
		if err := b.triangle(c[0], c[i-1], c[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) polygon(c []meshio.Corner) error {
	switch {
	case len(c) < 3:
		b.d.model.DroppedFaces++
		return nil
	case len(c) == 3:
		return b.triangle(c[0], c[1], c[2])
	}
	b.loop = b.loop[:0]
	for i := range c {
		b.loop = append(b.loop, c[i].Point)
	}
	for _, t := range b.d.cutter.Cut(b.points, b.loop) {
		if err := b.triangle(c[t[0]], c[t[1]], c[t[2]]); err != nil {
			return err
		}
	}
	return nil
}

// polylist reads polygons whose numbers of corners are in a list of their own.
func (b *builder) polylist() error {
	counts, err := b.d.integers(b.primitive.child("vcount"))
	if err != nil {
		return err
	}
	corners, err := b.read(b.primitive.child("p"))
	if err != nil {
		return err
	}
	for _, n := range counts {
		if n < 0 || n > int64(len(corners)) {
			b.d.at(b.primitive)
			return errors.New("vcount has more corners than p")
		}
		if err := b.polygon(corners[:n]); err != nil {
			return err
		}
		corners = corners[n:]
	}
	return nil
}

func (b *builder) segment(x, y meshio.Corner) error {
	d := b.d
	if d.triangles++; d.triangles > d.options.MaxTriangles {
		return fmt.Errorf("the file has more than %d lines", d.options.MaxTriangles)
	}
	b.part.Lines = append(b.part.Lines, [2]uint32{b.corners.Number(x), b.corners.Number(y)})
	return nil
}

func (b *builder) lines(c []meshio.Corner) error {
	for i := 1; i < len(c); i += 2 {
		if err := b.segment(c[i-1], c[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) chain(c []meshio.Corner) error {
	for i := 1; i < len(c); i++ {
		if err := b.segment(c[i-1], c[i]); err != nil {
			return err
		}
	}
	return nil
}

// finish makes the slices of the part.
func (b *builder) finish() {
	all := b.corners.All
	p := &b.part
	p.Points = make([][3]float32, len(all))
	for i, c := range all {
		p.Points[i] = b.points[c.Point]
	}
	if b.uvs != nil {
		p.UVs = make([][2]float32, len(all))
		for i, c := range all {
			if c.Coord > 0 {
				p.UVs[i] = meshio.FiniteUV([2]float32{float32(b.uvs.at(c.Coord-1, 0)), float32(b.uvs.at(c.Coord-1, 1))})
			}
		}
	}
	if b.normal != nil {
		p.Normals = make([][3]float32, len(all))
		for i, c := range all {
			if c.Normal > 0 {
				n := c.Normal - 1
				p.Normals[i] = meshio.FiniteOrZero([3]float32{float32(b.normal.at(n, 0)), float32(b.normal.at(n, 1)), float32(b.normal.at(n, 2))})
			}
		}
	}
	b.finishColors(all)
	points, faces := meshio.DropNonFinite(p)
	b.d.model.DroppedPoints += points
	b.d.model.DroppedFaces += faces
	if len(p.Faces)+len(p.Lines) == 0 {
		b.part = mesh.Part{}
	}
}

func (b *builder) finishColors(all []meshio.Corner) {
	if b.tint == nil {
		return
	}
	p := &b.part
	clear := false
	p.Colors = make([][3]uint8, len(all))
	p.Alphas = make([]uint8, len(all))
	for i, c := range all {
		p.Colors[i], p.Alphas[i] = [3]uint8{255, 255, 255}, 255
		if c.Color == 0 {
			continue
		}
		for k := range 3 {
			p.Colors[i][k] = meshio.Byte(b.tint.at(c.Color-1, k))
		}
		if b.tint.wanted > 3 {
			p.Alphas[i] = meshio.Byte(b.tint.at(c.Color-1, 3))
			clear = clear || p.Alphas[i] != 255
		}
	}
	if !clear {
		p.Alphas = nil
	}
}

package ply

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/internal/window"
)

// PointSource hands out the vertices of a PLY file, see [Points].
type PointSource struct {
	d        *decoder
	cols     columns
	layout   directLayout
	direct   bool
	packed   bool
	fromText bool               // colors are packed in numbers that are written as floating point numbers
	kinds    [2]cloud.ColorKind // of colors and alphas
	info     cloud.Info
	wanted   []extra // of packed vertices
	selected []string
	there    []bool
	block    vertexBlock
	err      error
}

// Points reads the header of a PLY file, and returns its vertices as a point cloud of any size: the rest of r is read
// as they are needed, up to the last vertex. Faces and edges are skipped, and said; the colors, normals and fields are
// those of [Model]. Of the options, Recenter, Columns, SelectColumns and MaxTriangles have no effect, and MaxVertices
// has no default. The errors are of type [*Error].
func Points(r io.Reader, opts *Options) (*PointSource, error) {
	o := opts.withDefaults()
	if opts == nil || opts.MaxVertices <= 0 {
		o.MaxVertices = math.MaxInt
	}
	d := &decoder{options: o, source: window.New(r, o.Progress), model: &Model{}}
	s := &PointSource{d: d}
	if err := s.start(); err != nil {
		return nil, d.locate(err)
	}
	return s, nil
}

// start reads up to the vertices.
func (s *PointSource) start() error {
	d := s.d
	h, err := readHeader(d.source)
	if err != nil {
		return err
	}
	if err := h.checkClaims(d.options, d.source.Offset()); err != nil {
		return err
	}
	d.header, d.sized = h, d.options.Size > 0
	d.values = d.newValues()
	for i := range h.elements {
		d.element, d.row = &h.elements[i], 0
		if d.element == h.vertex {
			break
		}
		if d.element == h.chunk && h.packed() {
			err = d.readChunks()
		} else {
			err = d.skipElement()
		}
		if err != nil {
			return err
		}
	}
	s.describe()
	return nil
}

// describe finds out what the vertices have.
func (s *PointSource) describe() {
	d, e := s.d, s.d.element
	var fields []string
	if s.packed = d.header.packed(); s.packed {
		s.cols = noColumns
		s.cols.source, s.cols.roles[roleAlpha] = channelColors, 0
		d.extras = extrasOf(e, packedNames)
		fields = unpackedFields
	} else {
		s.cols = columnsOf(e, false)
		fields = fieldsOf(e, &s.cols)
		types := s.cols.types(e)
		s.kinds = [2]cloud.ColorKind{max(kindOf(types[0]), kindOf(types[1]), kindOf(types[2])), kindOf(types[3])}
		if p := s.cols.roles[roleRed]; s.cols.source == packedColors {
			s.fromText = d.header.encoding == asciiEncoding && e.properties[p].item == float32Type
			if d.header.encoding != asciiEncoding {
				e.properties[p].item = uint32Type // see readVertices
			}
		}
		s.layout, s.direct = d.direct(&s.cols)
	}
	s.info = cloud.Info{
		Points: int64(min(e.count, math.MaxInt64)), Exact: d.sized,
		HasColors: s.cols.colors(), HasAlphas: s.cols.alphas(), HasNormals: s.cols.normals(),
		Comments: append(slices.Clone(d.header.comments), d.header.info...),
		Skipped:  d.header.skipped(),
	}
	for _, name := range fields {
		if !slices.Contains(s.info.Fields, name) {
			s.info.Fields = append(s.info.Fields, name)
		}
	}
	for _, other := range []*element{d.header.face, d.header.strips, d.header.edge} {
		if other != nil && other.count > 0 {
			s.info.Skipped = append(s.info.Skipped, fmt.Sprintf("%d of element %q", other.count, label(other.name)))
		}
	}
}

// IsCloud reports whether points are all that the file has: neither faces nor edges, and no Gaussian splats.
func (s *PointSource) IsCloud() bool {
	h := s.d.header
	for _, other := range []*element{h.face, h.strips, h.edge} {
		if other != nil && other.count > 0 {
			return false
		}
	}
	return !s.packed && (h.vertex.find(false, "scale_0") < 0 || h.vertex.find(false, "rot_0") < 0)
}

// Info implements [cloud.Source].
func (s *PointSource) Info() cloud.Info { return s.info }

// Select implements [cloud.Source].
func (s *PointSource) Select(fields []string) {
	s.selected = slices.Clone(fields)
	if s.packed {
		s.wanted = unpackedColumns(fields)
	} else {
		s.wanted = nil
		s.d.extras = extrasOf(s.d.element, fields)
	}
	s.there = make([]bool, len(fields))
	for i, x := range s.columns() {
		s.there[i] = x.property >= 0
	}
}

// columns are the selected fields.
func (s *PointSource) columns() []extra {
	if s.packed {
		return s.wanted
	}
	return s.d.extras
}

// Next implements [cloud.Source].
func (s *PointSource) Next(b *cloud.Batch) error {
	d := s.d
	if s.err == nil && d.row == d.element.count {
		s.err = io.EOF
	}
	if s.err != nil {
		return s.err
	}
	n := int(min(blockRows, d.element.count-d.row))
	var err error
	if s.direct {
		err = s.nextRows(b, n)
	} else {
		err = s.nextBlock(b, n)
	}
	if err != nil {
		s.err = d.locate(err)
	}
	return s.err
}

// resize makes room for n points.
func (s *PointSource) resize(b *cloud.Batch, n int) {
	b.Resize(n, s.info, false, s.there)
	b.ColorKind = max(s.kinds[0], s.kinds[1])
	if s.info.HasColors && s.kinds[0] != cloud.ByteColors {
		b.Colors, b.RawColors = b.Colors[:0], lengthen(b.RawColors, n)
	}
	if s.info.HasAlphas && s.kinds[1] != cloud.ByteColors {
		b.Alphas, b.RawAlphas = b.Alphas[:0], lengthen(b.RawAlphas, n)
	}
}

func lengthen[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// nextRows decodes rows of the usual layout.
func (s *PointSource) nextRows(b *cloud.Batch, n int) error {
	rows, err := s.d.source.Rows(s.layout.stride, n)
	if err != nil {
		return err
	}
	n = len(rows) / s.layout.stride
	s.d.row += uint64(n)
	s.d.readExtras(rows, s.layout.stride)
	s.resize(b, n)
	directPoints(b.Points, &s.layout, rows, [3]float64{})
	if s.layout.normal >= 0 {
		directNormals(b.Normals, &s.layout, rows)
	}
	if s.layout.color >= 0 {
		directColors(b.Colors, &s.layout, rows)
	}
	if s.layout.opacity >= 0 {
		directAlphas(b.Alphas, &s.layout, rows)
	}
	s.setFields(b, n)
	return nil
}

func (s *PointSource) setFields(b *cloud.Batch, n int) {
	for k, x := range s.columns() {
		if k < len(s.there) && s.there[k] {
			narrow(b.Fields[k], x.values[:n])
		}
	}
}

// nextBlock decodes rows of any layout.
func (s *PointSource) nextBlock(b *cloud.Batch, n int) error {
	first := s.d.row
	cols := s.cols
	if s.packed {
		cols = noColumns
	}
	if err := s.d.readBlock(&s.block, cols, n); err != nil {
		return err
	}
	if s.packed {
		s.d.unpack(&s.block, s.d.extras, s.wanted, first, n)
	} else {
		s.cols.expand(&s.block, n, s.fromText)
	}
	s.resize(b, n)
	for i := range n {
		b.Points[i] = [3]float64{s.block[roleX][i], s.block[roleY][i], s.block[roleZ][i]}
	}
	for i := range b.Normals {
		b.Normals[i] = [3]float32{float32(s.block[roleNX][i]), float32(s.block[roleNY][i]), float32(s.block[roleNZ][i])}
	}
	s.setColors(b)
	s.setFields(b, n)
	return nil
}

func (s *PointSource) setColors(b *cloud.Batch) {
	red, green, blue, alpha := &s.block[roleRed], &s.block[roleGreen], &s.block[roleBlue], &s.block[roleAlpha]
	for i := range b.Colors {
		b.Colors[i] = [3]uint8{colorScale(1).apply(red[i]), colorScale(1).apply(green[i]), colorScale(1).apply(blue[i])}
	}
	for i := range b.RawColors {
		b.RawColors[i] = [3]float32{float32(red[i]), float32(green[i]), float32(blue[i])}
	}
	for i := range b.Alphas {
		b.Alphas[i] = colorScale(1).apply(alpha[i])
	}
	narrow(b.RawAlphas, alpha[:len(b.RawAlphas)])
}

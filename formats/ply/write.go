package ply

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// Write writes m as a binary little-endian PLY file: float vertices (double, if m.Origin is not zero, which
// is added), uchar colors, edges, and faces whose indices are as short as the number of points allows.
// Columns are not written, and textures only as the comments that name them. It fails if the slices of m do
// not fit together, if a comment has a line break, and if w fails.
func Write(w io.Writer, m *Model) error {
	if err := m.check(); err != nil {
		return fmt.Errorf("ply: %w", err)
	}
	b := &writer{w: bufio.NewWriterSize(w, 64<<10), m: m, wide: m.Origin != [3]float64{}}
	b.header()
	for i := range m.Points {
		b.vertex(i)
	}
	short := len(m.Points) <= math.MaxUint16+1
	for i, f := range m.Faces {
		b.face(i, f, short)
	}
	for i, e := range m.Edges {
		b.edge(i, e)
	}
	if err := b.w.Flush(); err != nil {
		return fmt.Errorf("ply: writing: %w", err)
	}
	return nil
}

// check returns why m cannot be written.
func (m *Model) check() error {
	n := len(m.Points)
	switch {
	case m.Normals != nil && len(m.Normals) != n:
		return fmt.Errorf("%d normals for %d points", len(m.Normals), n)
	case m.Colors != nil && len(m.Colors) != n:
		return fmt.Errorf("%d colors for %d points", len(m.Colors), n)
	case m.Alphas != nil && len(m.Alphas) != n:
		return fmt.Errorf("%d alphas for %d points", len(m.Alphas), n)
	case m.Alphas != nil && m.Colors == nil:
		return errors.New("alphas need colors")
	case m.UVs != nil && len(m.UVs) != n:
		return fmt.Errorf("%d texture coordinates for %d points", len(m.UVs), n)
	case m.FaceColors != nil && len(m.FaceColors) != len(m.Faces):
		return fmt.Errorf("%d face colors for %d faces", len(m.FaceColors), len(m.Faces))
	case m.FaceUVs != nil && len(m.FaceUVs) != len(m.Faces):
		return fmt.Errorf("%d texture coordinates of faces for %d faces", len(m.FaceUVs), len(m.Faces))
	case m.FaceTextures != nil && len(m.FaceTextures) != len(m.Faces):
		return fmt.Errorf("%d texture numbers for %d faces", len(m.FaceTextures), len(m.Faces))
	case m.EdgeColors != nil && len(m.EdgeColors) != len(m.Edges):
		return fmt.Errorf("%d edge colors for %d edges", len(m.EdgeColors), len(m.Edges))
	}
	for _, e := range m.Edges {
		if int64(max(e[0], e[1])) >= int64(n) {
			return fmt.Errorf("edge %v names a point that is not there: there are %d", e, n)
		}
	}
	for _, f := range m.Faces {
		if int64(max(f[0], f[1], f[2])) >= int64(n) {
			return fmt.Errorf("face %v names a point that is not there: there are %d", f, n)
		}
	}
	for _, line := range append(m.Comments[:len(m.Comments):len(m.Comments)], m.Info...) {
		if strings.ContainsAny(line, "\r\n") || len(line) > maxLine/2 {
			return errors.New("a comment must be one line of at most 8192 bytes")
		}
	}
	return nil
}

// writer keeps a row in scratch. Errors stick to the bufio.Writer, so only that of its Flush is checked.
type writer struct {
	w       *bufio.Writer
	m       *Model
	wide    bool // coordinates are doubles
	scratch []byte
}

func (b *writer) header() {
	b.line("ply\nformat binary_little_endian 1.0")
	for _, c := range b.m.Comments {
		b.line("comment " + c)
	}
	for _, c := range b.m.Info {
		b.line("obj_info " + c)
	}
	b.line(fmt.Sprintf("element vertex %d", len(b.m.Points)))
	if b.wide {
		b.line("property double x\nproperty double y\nproperty double z")
	} else {
		b.line("property float x\nproperty float y\nproperty float z")
	}
	if b.m.Normals != nil {
		b.line("property float nx\nproperty float ny\nproperty float nz")
	}
	if b.m.Colors != nil {
		b.line(colorProperties)
	}
	if b.m.Alphas != nil {
		b.line("property uchar alpha")
	}
	if b.m.UVs != nil {
		b.line("property float texture_u\nproperty float texture_v")
	}
	b.faceHeader()
	b.edgeHeader()
	b.line("end_header")
}

const colorProperties = "property uchar red\nproperty uchar green\nproperty uchar blue"

func (b *writer) faceHeader() {
	if b.m.Faces == nil {
		return
	}
	index := "uint"
	if len(b.m.Points) <= math.MaxUint16+1 {
		index = "ushort"
	}
	b.line(fmt.Sprintf("element face %d\nproperty list uchar %s vertex_indices", len(b.m.Faces), index))
	if b.m.FaceColors != nil {
		b.line(colorProperties)
	}
	if b.m.FaceUVs != nil {
		b.line("property list uchar float texcoord")
	}
	if b.m.FaceTextures != nil {
		b.line("property int texnumber")
	}
}

func (b *writer) edgeHeader() {
	if b.m.Edges == nil {
		return
	}
	b.line(fmt.Sprintf("element edge %d\nproperty uint vertex1\nproperty uint vertex2", len(b.m.Edges)))
	if b.m.EdgeColors != nil {
		b.line(colorProperties)
	}
}

func (b *writer) line(s string) {
	b.w.WriteString(s)
	b.w.WriteByte('\n')
}

func (b *writer) vertex(i int) {
	row := b.scratch[:0]
	for axis, v := range b.m.Points[i] {
		if b.wide {
			row = binary.LittleEndian.AppendUint64(row, math.Float64bits(b.m.Origin[axis]+float64(v)))
		} else {
			row = binary.LittleEndian.AppendUint32(row, math.Float32bits(v))
		}
	}
	if b.m.Normals != nil {
		row = appendFloats(row, b.m.Normals[i][:])
	}
	if b.m.Colors != nil {
		row = append(row, b.m.Colors[i][:]...)
	}
	if b.m.Alphas != nil {
		row = append(row, b.m.Alphas[i])
	}
	if b.m.UVs != nil {
		row = appendFloats(row, b.m.UVs[i][:])
	}
	b.w.Write(row)
	b.scratch = row
}

func (b *writer) face(i int, f [3]uint32, short bool) {
	row := append(b.scratch[:0], 3)
	for _, corner := range f {
		if short {
			row = binary.LittleEndian.AppendUint16(row, uint16(corner))
		} else {
			row = binary.LittleEndian.AppendUint32(row, corner)
		}
	}
	if b.m.FaceColors != nil {
		row = append(row, b.m.FaceColors[i][:]...)
	}
	if b.m.FaceUVs != nil {
		row = append(row, 6)
		for _, uv := range b.m.FaceUVs[i] {
			row = appendFloats(row, uv[:])
		}
	}
	if b.m.FaceTextures != nil {
		row = binary.LittleEndian.AppendUint32(row, b.m.FaceTextures[i])
	}
	b.w.Write(row)
	b.scratch = row
}

func (b *writer) edge(i int, e [2]uint32) {
	row := binary.LittleEndian.AppendUint32(b.scratch[:0], e[0])
	row = binary.LittleEndian.AppendUint32(row, e[1])
	if b.m.EdgeColors != nil {
		row = append(row, b.m.EdgeColors[i][:]...)
	}
	b.w.Write(row)
	b.scratch = row
}

func appendFloats(row []byte, values []float32) []byte {
	for _, v := range values {
		row = binary.LittleEndian.AppendUint32(row, math.Float32bits(v))
	}
	return row
}

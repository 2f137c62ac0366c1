package stl

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser/formats/mesh"
)

// Write writes the triangles of a model as a binary STL file, with their poses and [mesh.Model.Origin]. Of colors it
// writes those of points, as VisCAM does: a triangle gets that of its first corner, with 5 bits per channel. Everything
// else of a model, points and lines without triangles too, has no place in the format. It fails if a part's slices do
// not fit together, if there are more than 4,294,967,295 triangles, and if w fails.
func Write(w io.Writer, m *mesh.Model) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("stl: %w", err)
	}
	_, n, _ := m.Counts()
	if int64(n) > math.MaxUint32 {
		return fmt.Errorf("stl: %d triangles are too many for the format", n)
	}
	b := bufio.NewWriterSize(w, 64<<10)
	var head [headSize]byte
	// The text must not begin with "solid".
	copy(head[:textSize], "Binary STL, written by Viser for Go")
	binary.LittleEndian.PutUint32(head[textSize:], uint32(n))
	b.Write(head[:])
	for i := range m.Parts {
		writePart(b, &m.Parts[i], m.Origin)
	}
	if err := b.Flush(); err != nil { // errors stick to the writer
		return fmt.Errorf("stl: writing: %w", err)
	}
	return nil
}

func writePart(b *bufio.Writer, p *mesh.Part, origin [3]float64) {
	mirrored := p.Pose.Determinant() < 0
	var row [triangleSize]byte
	for _, f := range p.Faces {
		if mirrored {
			f[1], f[2] = f[2], f[1]
		}
		var corners [3][3]float64
		for i, at := range f {
			v := p.Points[at]
			corners[i] = p.Pose.Apply([3]float64{float64(v[0]), float64(v[1]), float64(v[2])})
			for axis := range corners[i] {
				corners[i][axis] += origin[axis]
			}
		}
		putVector(row[:], mesh.Normal(corners[0], corners[1], corners[2]))
		for i, c := range corners {
			putVector(row[normalSize*(i+1):], [3]float32{float32(c[0]), float32(c[1]), float32(c[2])})
		}
		binary.LittleEndian.PutUint16(row[colorAt:], 0)
		if p.Colors != nil {
			c := p.Colors[f[0]]
			binary.LittleEndian.PutUint16(row[colorAt:], colorBit|narrow(c[0])<<10|narrow(c[1])<<5|narrow(c[2]))
		}
		b.Write(row[:])
	}
}

// narrow is a color of 8 bits in 5.
func narrow(c uint8) uint16 { return (uint16(c)*channel + 127) / 255 }

func putVector(b []byte, v [3]float32) {
	for i, x := range v {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(x))
	}
}

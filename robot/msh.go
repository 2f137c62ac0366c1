package robot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser/formats/mesh"
)

// readMSH reads MuJoCo's own format of meshes: four numbers of vertices, normals, texture coordinates and triangles,
// and these, all little-endian and of 32 bits.
func readMSH(data []byte, opts *mesh.Options) (*mesh.Model, error) {
	const header = 16
	if len(data) < header {
		return nil, fmt.Errorf("msh: byte %d: the file ends within its header of %d bytes: %w", len(data), header, io.ErrUnexpectedEOF)
	}
	var n [4]int64
	for i := range n {
		n[i] = int64(int32(binary.LittleEndian.Uint32(data[4*i:])))
	}
	points, normals, uvs, faces := n[0], n[1], n[2], n[3]
	if points < 3 || faces < 0 || normals != 0 && normals != points || uvs != 0 && uvs != points {
		return nil, fmt.Errorf("msh: byte 0: the header has %d vertices, %d normals, %d texture coordinates and %d triangles, which do not fit", points, normals, uvs, faces)
	}
	if want := header + 12*points + 12*normals + 8*uvs + 12*faces; want != int64(len(data)) {
		return nil, fmt.Errorf("msh: byte 0: the header is that of a file of %d bytes; this one has %d", want, len(data))
	}
	if faces > int64(opts.MaxTriangles) {
		return nil, fmt.Errorf("msh: there are more than %d triangles, which is the limit", opts.MaxTriangles)
	}
	data = data[header:]
	next := func() float32 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(data))
		data = data[4:]
		return v
	}
	p := mesh.Part{Points: make([][3]float32, points), Material: -1, Faces: make([][3]uint32, faces)}
	for i := range p.Points {
		p.Points[i] = [3]float32{next(), next(), next()}
		if s := p.Points[i]; s[0]-s[0] != 0 || s[1]-s[1] != 0 || s[2]-s[2] != 0 {
			return nil, fmt.Errorf("msh: vertex %d is not finite", i)
		}
	}
	for range normals {
		p.Normals = append(p.Normals, [3]float32{next(), next(), next()})
	}
	for range uvs {
		p.UVs = append(p.UVs, [2]float32{next(), 1 - next()})
	}
	for i := range p.Faces {
		for k := range p.Faces[i] {
			v := binary.LittleEndian.Uint32(data)
			if data = data[4:]; int64(v) >= points {
				return nil, fmt.Errorf("msh: triangle %d has vertex %d of %d", i, v, points)
			}
			p.Faces[i][k] = v
		}
	}
	if len(p.Faces) == 0 {
		return nil, errors.New("msh: there are no triangles")
	}
	return &mesh.Model{Parts: []mesh.Part{p}}, nil
}

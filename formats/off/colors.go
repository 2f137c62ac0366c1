package off

import (
	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

// scaleOf is by what colors become 0 to 1: files have them as 0 to 1, or as 0 to 255.
func scaleOf(colors [][4]float32) float64 {
	for _, c := range colors {
		for _, v := range c {
			if v > 1 {
				return 1. / 255
			}
		}
	}
	return 1
}

// tint is a color as bytes. Its opacity is 255 if the file has none.
func tint(c [4]float32, scale float64) [4]uint8 {
	out := [4]uint8{0, 0, 0, 255}
	for i, v := range c {
		if i < 3 || v == v {
			out[i] = meshio.Byte(float64(v) * scale)
		}
	}
	return out
}

// finish makes the part of what was read.
func (d *decoder) finish() {
	p := &d.part
	p.Material = -1
	p.Faces = d.triangles
	tints := make([][4]uint8, len(d.tints))
	scale := scaleOf(d.tints)
	for i, c := range d.tints {
		tints[i] = tint(c, scale)
	}
	if d.faceColors != nil {
		tints = d.split(tints)
	}
	if len(tints) > 0 {
		setColors(p, tints)
	}
	points, faces := meshio.DropNonFinite(p)
	d.model.DroppedPoints, d.model.DroppedFaces = points, d.model.DroppedFaces+faces
	if len(p.Points) > 0 {
		d.model.Parts = append(d.model.Parts, *p)
	}
}

// split makes a point of each combination of a vertex and the color of a face, and returns the colors. Faces without a
// color keep those of their vertices.
func (d *decoder) split(vertices [][4]uint8) [][4]uint8 {
	scale := scaleOf(d.faceColors)
	var corners meshio.Corners
	old := d.part
	p := &d.part
	number := func(vertex uint32, color [4]float32) uint32 {
		c := [4]uint8{128, 128, 128, 255}
		if color[0] == color[0] {
			c = tint(color, scale)
		} else if len(vertices) > 0 {
			c = vertices[vertex]
		}
		return corners.Number(meshio.Corner{Point: vertex, Color: uint32(c[0]) | uint32(c[1])<<8 | uint32(c[2])<<16 | uint32(c[3])<<24})
	}
	for i, f := range p.Faces {
		c := d.faceColors[i]
		p.Faces[i] = [3]uint32{number(f[0], c), number(f[1], c), number(f[2], c)}
	}
	for i, l := range p.Lines {
		p.Lines[i] = [2]uint32{number(l[0], noColor), number(l[1], noColor)}
	}
	all := corners.All
	p.Points = make([][3]float32, len(all))
	tints := make([][4]uint8, len(all))
	for i, c := range all {
		p.Points[i] = old.Points[c.Point]
		tints[i] = [4]uint8{uint8(c.Color), uint8(c.Color >> 8), uint8(c.Color >> 16), uint8(c.Color >> 24)}
	}
	if old.Normals != nil {
		p.Normals = make([][3]float32, len(all))
		for i, c := range all {
			p.Normals[i] = old.Normals[c.Point]
		}
	}
	if old.UVs != nil {
		p.UVs = make([][2]float32, len(all))
		for i, c := range all {
			p.UVs[i] = old.UVs[c.Point]
		}
	}
	return tints
}

func setColors(p *mesh.Part, tints [][4]uint8) {
	p.Colors = make([][3]uint8, len(tints))
	clear := false
	for i, c := range tints {
		p.Colors[i] = [3]uint8(c[:3])
		clear = clear || c[3] != 255
	}
	if !clear {
		return
	}
	p.Alphas = make([]uint8, len(tints))
	for i, c := range tints {
		p.Alphas[i] = c[3]
	}
}

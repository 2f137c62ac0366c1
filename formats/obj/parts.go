package obj

import (
	"fmt"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

// The kinds of parts.
const (
	faces = iota
	lines
	points
	kinds
)

// partKey is what parts are told apart by.
type partKey struct {
	name, material string
	kind           int
}

// part collects the elements of a part. Its points are numbers until all has been read.
type part struct {
	key     partKey
	corners meshio.Corners // its points
	faces   [][3]uint32
	lines   [][2]uint32
}

// changed forgets the current parts, after a name or the material has changed.
func (d *decoder) changed() { d.current = [kinds]*part{} }

// part returns the part that elements of a kind belong to now.
func (d *decoder) part(kind int) *part {
	if p := d.current[kind]; p != nil {
		return p
	}
	key := partKey{d.name(), d.material, kind}
	p := d.parts[key]
	if p == nil && len(d.order) >= d.options.MaxParts/2 {
		// So many can't be shown one by one: from here on there is one for each material.
		d.unnamed++
		key.name = ""
		p = d.parts[key]
	}
	if p == nil {
		p = &part{key: key}
		d.parts[key] = p
		d.order = append(d.order, p)
	}
	d.current[kind] = p
	return p
}

// name is that of the object and the group.
func (d *decoder) name() string {
	if d.object != "" && d.group != "" && d.object != d.group {
		return meshio.Clean(d.object + "/" + d.group)
	}
	return meshio.Clean(d.object + d.group)
}

// finish makes the parts of the model.
func (d *decoder) finish() error {
	if len(d.order) == 0 && len(d.points) > 0 {
		d.allPoints()
	}
	if len(d.order) > d.options.MaxParts {
		return fmt.Errorf("the file has more than %d parts", d.options.MaxParts)
	}
	scale := d.colorScale()
	for _, p := range d.order {
		if d.total += len(p.corners.All); d.total > d.options.MaxVertices {
			return fmt.Errorf("the parts have more than %d points", d.options.MaxVertices)
		}
		out := d.finishPart(p, scale)
		dropped, elements := meshio.DropNonFinite(&out)
		d.model.DroppedPoints += dropped
		d.model.DroppedFaces += elements
		if len(out.Points) > 0 && (p.key.kind == points || len(out.Faces)+len(out.Lines) > 0) {
			d.model.Parts = append(d.model.Parts, out)
		}
		*p = part{} // its memory is free for the next
	}
	if d.flipped {
		d.skips.Add("texture coordinates or normals that are not in the file")
	}
	if d.unnamed > 0 {
		d.skips.Add("the names of %d groups", d.unnamed)
	}
	return nil
}

// allPoints makes the part of a file that has nothing but vertices.
func (d *decoder) allPoints() {
	p := &part{key: partKey{name: d.name(), kind: points}, corners: meshio.Corners{All: make([]meshio.Corner, len(d.points))}}
	for i := range p.corners.All {
		p.corners.All[i].Point = uint32(i)
	}
	d.order = append(d.order, p)
}

// colorScale is by what colors of vertices become 0 to 1: files have them as 0 to 1, or as 0 to 255.
func (d *decoder) colorScale() float64 {
	const most = 2 // filters leave values a little above 1 behind
	peak := float32(0)
	for _, c := range d.colors {
		for _, v := range c {
			if v > peak {
				peak = v
			}
		}
	}
	if peak > most {
		return 1. / 255
	}
	return 1
}

func (d *decoder) finishPart(p *part, scale float64) mesh.Part {
	out := mesh.Part{Name: p.key.name, Faces: p.faces, Lines: p.lines, Material: d.materialOf(p.key.material)}
	out.Points = make([][3]float32, len(p.corners.All))
	coords, normals := false, false
	for i, c := range p.corners.All {
		out.Points[i] = d.points[c.Point]
		coords = coords || c.Coord != 0
		normals = normals || c.Normal != 0
	}
	if d.colors != nil {
		out.Colors = make([][3]uint8, len(p.corners.All))
		for i, c := range p.corners.All {
			out.Colors[i] = [3]uint8{255, 255, 255}
			if v := d.colors[c.Point]; v[0] == v[0] {
				out.Colors[i] = [3]uint8{meshio.Byte(float64(v[0]) * scale), meshio.Byte(float64(v[1]) * scale), meshio.Byte(float64(v[2]) * scale)}
			}
		}
	}
	if coords {
		var m mapping
		if out.Material >= 0 {
			m = d.mappings[out.Material]
		}
		out.UVs = make([][2]float32, len(p.corners.All))
		for i, c := range p.corners.All {
			if c.Coord != 0 {
				out.UVs[i] = m.apply(d.coords[c.Coord-1])
			}
		}
	}
	if normals {
		out.Normals = d.normalsOf(p, &out)
	}
	return out
}

// normalsOf returns the normals of a part's points: those of the file, or, where it has none, the means of the faces
// around the vertex that are in the same smoothing group.
func (d *decoder) normalsOf(p *part, out *mesh.Part) [][3]float32 {
	normals := make([][3]float32, len(p.corners.All))
	made := false
	for i, c := range p.corners.All {
		if c.Normal > 0 && c.Normal < groupCode {
			normals[i] = d.normals[c.Normal-1]
		} else {
			made = true
		}
	}
	if !made {
		return normals
	}
	// Points at a seam of the texture are several, but have the same normal.
	number := map[meshio.Corner]uint32{}
	welded := mesh.Part{Faces: make([][3]uint32, len(p.faces))}
	at := make([]uint32, len(p.corners.All))
	for i, c := range p.corners.All {
		if c.Coord = 0; c.Normal < groupCode {
			c.Normal = 0
		}
		n, ok := number[c]
		if !ok {
			n = uint32(len(welded.Points))
			number[c] = n
			welded.Points = append(welded.Points, out.Points[i])
		}
		at[i] = n
	}
	for i, f := range p.faces {
		welded.Faces[i] = [3]uint32{at[f[0]], at[f[1]], at[f[2]]}
	}
	smooth := welded.SmoothNormals()
	for i, c := range p.corners.All {
		if c.Normal == 0 || c.Normal >= groupCode {
			normals[i] = meshio.FiniteOrZero(smooth[at[i]])
		}
	}
	return normals
}

package models

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
)

// mostFieldValues is how many numbers of fields are kept to color points by: 256 MB.
const mostFieldValues = 64 << 20

// readPLY reads a file as splats if its vertices have all properties of a splat, and there are no faces; as a mesh if
// there are; and else as a cloud.
func readPLY(in *input) (*Model, error) {
	if limit := in.o.MaxPoints; limit > 0 {
		start, err := in.start()
		if err != nil {
			return nil, err
		}
		if n, only := onlyPoints(start); only && n > limit {
			return readCloud(PLY)(in)
		}
	}
	var names []string
	columns := splat.PLYColumns()
	p, err := ply.Read(in.r, &ply.Options{
		Size: in.size, Recenter: true, Columns: columns,
		SelectColumns: func(vertices int, fields []string) []string {
			names = selectFields(vertices, fields)
			return names
		},
	})
	if err != nil {
		return nil, err
	}
	m := &Model{NotShown: p.Skipped, Comments: p.Comments}
	forSplats := *p
	forSplats.Columns = p.Columns[:len(columns)]
	p.Columns = p.Columns[len(columns):]
	if len(p.Faces) == 0 {
		m.Splats, _ = splat.FromPLY(&forSplats)
	}
	if m.Splats != nil {
		m.Up = splatsUp
		m.NotShown = append(m.NotShown, m.Splats.Skipped...)
		m.NotShown = append(m.NotShown, otherFields(p.Fields, nil, columns)...)
		m.thin(in.o.MaxPoints)
		return m, nil
	}
	m.NotShown = append(append(m.NotShown, notSplats(&forSplats)...), otherFields(p.Fields, names, nil)...)
	fields := fieldsOf(p, names)
	if len(p.Faces) > 0 {
		m.meshOf(in, p, fields)
	} else {
		m.cloudOf(p, fields)
	}
	if len(p.Edges) > 0 {
		m.addEdges(p)
	}
	return m, nil
}

// onlyPoints reports how many vertices the header of a PLY file claims, and whether they are a cloud that can be read
// without holding all of it: no splats, and neither faces nor edges to which points belong.
func onlyPoints(start []byte) (vertices int, only bool) {
	header, _, whole := bytes.Cut(start, []byte("end_header"))
	if !whole {
		return 0, false
	}
	only = true
	element := ""
	splats := 0
	for line := range strings.FieldsFuncSeq(strings.ToLower(string(header)), func(r rune) bool { return r == '\n' || r == '\r' }) {
		words := strings.Fields(line)
		switch {
		case len(words) < 3:
		case words[0] == "element":
			element = words[1]
			count, _ := strconv.Atoi(words[2])
			if element == "vertex" {
				vertices = count
			} else if count > 0 {
				only = false
			}
		case element == "vertex" && words[0] == "property":
			switch words[len(words)-1] {
			case "opacity", "scale_0", "scale_1", "rot_3":
				splats++
			}
		}
	}
	return vertices, only && splats < 4
}

// fieldsOf are the columns that are there, by their names.
func fieldsOf(p *ply.Model, names []string) (fields []cloud.Field) {
	for i, name := range names {
		if i < len(p.Columns) && p.Columns[i] != nil {
			fields = append(fields, cloud.Field{Name: name, Values: p.Columns[i]})
		}
	}
	return fields
}

func (m *Model) cloudOf(p *ply.Model, fields []cloud.Field) {
	m.Cloud = &cloud.Cloud{
		Origin: p.Origin, Points: p.Points, Colors: p.Colors, Alphas: p.Alphas, Normals: p.Normals, Fields: fields,
		Total: int64(len(p.Points) + p.DroppedPoints), Dropped: p.DroppedPoints,
	}
	for _, name := range p.Textures {
		m.NotShown = append(m.NotShown, "texture "+name+": the file has no faces")
	}
}

// edgeColor is that of edges without a color of their own.
var edgeColor = [3]uint8{70, 90, 120}

// addEdges adds the edges, as a part of lines with two points each.
func (m *Model) addEdges(p *ply.Model) {
	lines := mesh.Part{Name: "edges", Material: -1}
	for i, e := range p.Edges {
		at := uint32(len(lines.Points))
		lines.Lines = append(lines.Lines, [2]uint32{at, at + 1})
		lines.Points = append(lines.Points, p.Points[e[0]], p.Points[e[1]])
		color := edgeColor
		if p.EdgeColors != nil {
			color = p.EdgeColors[i]
		}
		lines.Colors = append(lines.Colors, color, color)
	}
	if m.Mesh == nil {
		m.Mesh = &mesh.Model{Origin: p.Origin}
	}
	m.Mesh.Parts = append(m.Mesh.Parts, lines)
	for i := range m.MeshFields {
		m.MeshFields[i].Values = append(m.MeshFields[i].Values, make([]float32, len(lines.Points))...)
	}
}

// meshOf makes one part of the faces; of a file with textures, one for each texture that has faces.
func (m *Model) meshOf(in *input, p *ply.Model, fields []cloud.Field) {
	m.Mesh = &mesh.Model{Origin: p.Origin, DroppedPoints: p.DroppedPoints, DroppedFaces: p.DroppedFaces}
	m.MeshFields = fields
	textures := m.texturesOf(in, p)
	if textures == nil && p.FaceColors == nil {
		m.Mesh.Parts = []mesh.Part{{
			Points: p.Points, Normals: p.Normals, Colors: p.Colors, Alphas: p.Alphas, Faces: p.Faces, Material: -1,
		}}
		return
	}
	c := cutter{p: p, fields: make([]cloud.Field, len(fields)), all: fields}
	for i := range fields {
		c.fields[i].Name = fields[i].Name
	}
	if textures == nil {
		m.Mesh.Parts = []mesh.Part{c.part(func(int) bool { return true }, -1)}
	}
	for i, image := range textures {
		part := c.part(func(face int) bool { return textureOf(p, face) == i }, -1)
		if len(part.Faces) == 0 {
			continue
		}
		if image != nil {
			material := mesh.DefaultMaterial(image.Name)
			material.Texture, material.DoubleSided = image, true
			part.Material = len(m.Mesh.Materials)
			m.Mesh.Materials = append(m.Mesh.Materials, material)
		}
		m.Mesh.Parts = append(m.Mesh.Parts, part)
	}
	m.MeshFields = c.fields
}

func textureOf(p *ply.Model, face int) int {
	if p.FaceTextures == nil {
		return 0
	}
	return int(p.FaceTextures[face])
}

// texturesOf opens the images that the file names, as far as they are used; nil if none can be had. In it, nil is one
// that cannot.
func (m *Model) texturesOf(in *input, p *ply.Model) []*mesh.Image {
	images := make([]*mesh.Image, len(p.Textures))
	found := false
	open := in.opener()
	for i, name := range p.Textures {
		why := ""
		switch {
		case p.UVs == nil && p.FaceUVs == nil:
			why = "the file has no texture coordinates"
		case i > 0 && p.FaceTextures == nil:
			why = "no face has it"
		default:
			image, err := openImage(open, name)
			if err == nil {
				images[i], found = image, true
				continue
			}
			why = err.Error()
		}
		m.NotShown = append(m.NotShown, "texture "+name+": "+why)
	}
	if !found {
		return nil
	}
	return images
}

// cutter makes parts whose triangles have corners of their own.
type cutter struct {
	p           *ply.Model
	all, fields []cloud.Field // of the points of p; of those of the parts
}

func (c *cutter) part(wanted func(face int) bool, material int) mesh.Part {
	part := mesh.Part{Material: material}
	for i, f := range c.p.Faces {
		if !wanted(i) {
			continue
		}
		at := uint32(len(part.Points))
		part.Faces = append(part.Faces, [3]uint32{at, at + 1, at + 2})
		for k := range f {
			c.corner(&part, i, k)
		}
	}
	return part
}

// corner appends the k-th corner of a face.
func (c *cutter) corner(part *mesh.Part, face, k int) {
	p, point := c.p, c.p.Faces[face][k]
	part.Points = append(part.Points, p.Points[point])
	if p.Normals != nil {
		part.Normals = append(part.Normals, p.Normals[point])
	}
	switch {
	case p.FaceColors != nil:
		part.Colors = append(part.Colors, p.FaceColors[face])
	case p.Colors != nil:
		part.Colors = append(part.Colors, p.Colors[point])
		if p.Alphas != nil {
			part.Alphas = append(part.Alphas, p.Alphas[point])
		}
	}
	switch {
	case p.FaceUVs != nil:
		part.UVs = append(part.UVs, p.FaceUVs[face][k])
	case p.UVs != nil:
		part.UVs = append(part.UVs, p.UVs[point])
	}
	for i := range c.fields {
		c.fields[i].Values = append(c.fields[i].Values, c.all[i].Values[point])
	}
}

// selectFields chooses the fields that are kept: those that fit; none of a file of splats, which has its own colors.
func selectFields(vertices int, fields []string) []string {
	has := func(name string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { return strings.EqualFold(f, name) })
	}
	if has("opacity") && has("scale_0") && has("scale_1") && has("rot_3") {
		return nil
	}
	return fields[:min(len(fields), mostFieldValues/max(1, vertices))]
}

// notSplats returns what a file of splats lacks, if it is one.
func notSplats(m *ply.Model) []string {
	missing := splat.MissingFromPLY(m)
	const parts = 10 // of a splat, without scale_2 and the harmonics of higher degrees
	if len(missing) == 0 || !hasHarmonics(m) && len(missing) > parts/2 {
		return nil
	}
	return []string{"splats, as the file lacks " + strings.Join(missing, ", ")}
}

// hasHarmonics reports whether the colors are those of splats.
func hasHarmonics(m *ply.Model) bool { return len(m.Points) > 0 && m.Columns[0] != nil }

// otherFields describes the fields that are neither kept nor used.
func otherFields(all, kept, used []string) (names []string) {
	for _, f := range all {
		same := func(other string) bool { return strings.EqualFold(f, other) }
		if !slices.Contains(kept, f) && !slices.ContainsFunc(used, same) {
			names = append(names, "field "+f)
		}
	}
	return names
}

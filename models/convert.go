package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/formats/las"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/formats/npy"
	"github.com/viser-go/viser/formats/obj"
	"github.com/viser-go/viser/formats/off"
	"github.com/viser-go/viser/formats/pcd"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/formats/splat"
	"github.com/viser-go/viser/formats/stl"
	"github.com/viser-go/viser/formats/xyz"
)

// ConvertOptions are the options of [Convert]. Nil is the zero value.
type ConvertOptions struct {
	// Options are those of reading. MaxPoints thins clouds out, evenly over space.
	Options
	// Name is the base name of the file that is written, after which the files of materials are called; and Create creates
	// those. Nil: they are not written.
	Name   string
	Create func(name string) (io.WriteCloser, error)
}

// The writers, by what they take.
var (
	pointWriters = map[Format]func(io.WriteSeeker, cloud.Source) error{
		PLY: func(w io.WriteSeeker, src cloud.Source) error { return ply.WritePoints(w, src) },
		PCD: func(w io.WriteSeeker, src cloud.Source) error { return pcd.Write(w, src) },
		XYZ: func(w io.WriteSeeker, src cloud.Source) error { return xyz.Write(w, src) },
		NPY: func(w io.WriteSeeker, src cloud.Source) error { return npy.WritePoints(w, src) },
		LAS: las.Write,
	}
	meshWriters = map[Format]func(io.Writer, *mesh.Model) error{
		PLY: writeMeshPLY, STL: stl.Write, OFF: off.Write, GLTFB: gltf.Write,
	}
	splatWriters = map[Format]func(io.Writer, *splat.Splats) error{
		PLY: splat.WritePLY, SPLAT: splat.WriteSplat, SPZ: splat.WriteSPZ,
	}
)

// Writable returns the formats that [Convert] writes, in a new slice.
func Writable() (formats []Format) {
	for i := range table {
		f := table[i].Format
		if pointWriters[f] != nil || meshWriters[f] != nil || splatWriters[f] != nil || f == OBJ {
			formats = append(formats, f)
		}
	}
	return formats
}

// WritableBy returns the format that a name asks for by its ending; false if it is none that [Convert] writes.
func WritableBy(name string) (Format, bool) {
	f, ok := byEnding(name)
	return f, ok && slices.Contains(Writable(), f)
}

// Convert reads a file, and writes it to w in another format. Clouds are passed on while they are read, and may be larger
// than memory; from meshes to formats of clouds, vertices become points.
//
// It returns what of the file is not in the result, such as "textures". It fails if the file cannot be read, if the format
// has no place for what it contains, and if w does.
func Convert(ctx context.Context, path string, w io.WriteSeeker, to Format, o *ConvertOptions) (lost []string, err error) {
	c := converter{to: to}
	if o != nil {
		c.ConvertOptions = *o
	}
	if isDir(path) {
		m, err := Open(ctx, path, &c.Options)
		if err != nil {
			return nil, err
		}
		return c.model(m, w)
	}
	in, err := openInput(ctx, path, &c.Options)
	if err != nil {
		return nil, err
	}
	c.again = func() (*Info, error) { return Describe(ctx, path, &c.Options) }
	return c.convert(in, w)
}

// ConvertFrom writes the file that r reads to w, as [Convert] does. The parameters of reading are those of [Read]. LAS files
// begin with the bounds of all points: where the input does not have them, its points are kept in memory.
func ConvertFrom(ctx context.Context, r io.Reader, name string, size int64, w io.WriteSeeker, to Format, o *ConvertOptions) (lost []string, err error) {
	c := converter{to: to}
	if o != nil {
		c.ConvertOptions = *o
	}
	return c.convert(newInput(ctx, r, name, size, &c.Options), w)
}

// converter converts one file.
type converter struct {
	ConvertOptions
	to Format
	// again looks at the file once more; nil: it can only be read once.
	again func() (*Info, error)
}

// convert reads the file, and closes it.
func (c *converter) convert(in *input, w io.WriteSeeker) (lost []string, err error) {
	defer func() { err = errors.Join(err, in.close()) }()
	if pointWriters[c.to] == nil || !in.hasOnlyPoints() {
		m, err := in.read()
		if err != nil {
			return nil, err
		}
		return c.model(m, w)
	}
	p, err := in.namedPoints()
	if err != nil {
		return nil, err
	}
	return c.points(p, w)
}

// model writes a model that is in memory.
func (c *converter) model(m *Model, w io.WriteSeeker) ([]string, error) {
	lost, err := m.write(w, c.to, &c.ConvertOptions)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name, err)
	}
	return append(slices.Clip(m.NotShown), lost...), nil
}

// points passes points on.
func (c *converter) points(p *PointFile, w io.WriteSeeker) ([]string, error) {
	info := p.Info()
	var src cloud.Source = p
	unbounded := c.to == LAS && !info.HasBounds
	switch {
	case c.MaxPoints > 0, unbounded && c.again == nil:
		all, err := cloud.Collect(p, &cloud.CollectOptions{MaxPoints: c.MaxPoints, Fields: info.Fields, Recenter: true})
		if err != nil {
			return nil, err
		}
		src = cloud.SourceOf(all)
	case unbounded:
		d, err := c.again()
		if err != nil {
			return nil, err
		}
		if d.Low != nil {
			src = &bounded{p, [2][3]float64{*d.Low, *d.High}}
		}
	}
	if err := pointWriters[c.to](w, src); err != nil {
		return nil, err
	}
	return append(slices.Clip(p.Info().Skipped), lostPoints(info, c.to)...), nil
}

// bounded is a source whose bounds are known from looking at the file once before.
type bounded struct {
	cloud.Source
	box [2][3]float64
}

func (b *bounded) Info() cloud.Info {
	info := b.Source.Info()
	info.Bounds, info.HasBounds = b.box, true
	return info
}

// lasFields are the fields that LAS files have a place for.
var lasFields = []string{"intensity", "classification", "return_number", "number_of_returns", "user_data", "point_source_id"}

// lostPoints names what of a cloud a format has no place for.
func lostPoints(info cloud.Info, to Format) (lost []string) {
	if to != LAS {
		return nil
	}
	if info.HasNormals {
		lost = append(lost, "normals")
	}
	if info.HasAlphas {
		lost = append(lost, "the opacity of the points")
	}
	for _, name := range info.Fields {
		if !slices.Contains(lasFields, strings.ToLower(name)) {
			lost = append(lost, "field "+name)
		}
	}
	return lost
}

// write writes a model that is in memory.
func (m *Model) write(w io.WriteSeeker, to Format, o *ConvertOptions) (lost []string, err error) {
	switch {
	case m.Splats != nil && splatWriters[to] != nil:
		if to == SPLAT && m.Splats.Degree > 0 {
			lost = []string{"colors that change with the direction of view"}
		}
		return lost, splatWriters[to](w, m.Splats)
	case m.Splats != nil && pointWriters[to] != nil:
		s := m.Splats
		c := &cloud.Cloud{Origin: s.Origin, Points: s.Centers, Colors: s.Colors, Total: int64(s.Len())}
		return []string{"the shapes of the splats"}, pointWriters[to](w, cloud.SourceOf(c))
	case m.GLB != nil && to == GLTFB:
		_, err := w.Write(m.GLB.Data)
		return nil, err
	case m.GLB != nil:
		return nil, errors.New("a glTF model can only be written as glb")
	case m.Mesh != nil && to == OBJ:
		return m.writeOBJ(w, o)
	case m.Mesh != nil && meshWriters[to] != nil:
		return m.lostMesh(to), meshWriters[to](w, m.Mesh)
	case m.Mesh != nil && pointWriters[to] != nil:
		c := vertices(m.Mesh)
		lost = []string{"the surface"}
		if m.textured() {
			lost = append(lost, "textures")
		}
		return lost, pointWriters[to](w, cloud.SourceOf(c))
	case m.Cloud != nil && pointWriters[to] != nil:
		src := cloud.SourceOf(m.Cloud)
		info := src.Info()
		src.Select(info.Fields)
		lost = lostPoints(info, to)
		if len(m.Cameras) > 0 {
			lost = append(lost, "cameras")
		}
		return lost, pointWriters[to](w, src)
	}
	return nil, fmt.Errorf("what is in it cannot be written as %s", to)
}

func (m *Model) writeOBJ(w io.Writer, o *ConvertOptions) ([]string, error) {
	options := &obj.WriteOptions{Create: o.Create}
	if o.Create != nil {
		options.Materials = strings.TrimSuffix(o.Name, extension(o.Name)) + ".mtl"
	}
	return m.lostMesh(OBJ), obj.Write(w, m.Mesh, options)
}

// lostMesh names what of a mesh a format has no place for.
func (m *Model) lostMesh(to Format) (lost []string) {
	var uvs, normals, alphas, colors, lines bool
	for i := range m.Mesh.Parts {
		p := &m.Mesh.Parts[i]
		uvs, normals, alphas = uvs || p.UVs != nil, normals || p.Normals != nil, alphas || p.Alphas != nil
		colors, lines = colors || p.Colors != nil, lines || len(p.Lines) > 0
	}
	textures := m.textured()
	note := func(is bool, what string, formats ...Format) {
		if is && slices.Contains(formats, to) {
			lost = append(lost, what)
		}
	}
	note(textures, "textures", PLY, STL, OFF)
	note(uvs, "texture coordinates", PLY, STL, OFF)
	note(normals, "normals", STL, OFF)
	note(alphas, "opacity", STL, OBJ)
	note(colors, "colors, but 5 bits of each", STL)
	note(lines, "lines", STL)
	for _, f := range m.MeshFields {
		note(true, "field "+f.Name, PLY, STL, OFF, OBJ, GLTFB)
	}
	return lost
}

// textured reports whether a material of the mesh has a texture.
func (m *Model) textured() bool {
	return slices.ContainsFunc(m.Mesh.Materials, func(m mesh.Material) bool { return m.Texture != nil })
}

// vertices are the points of a mesh.
func vertices(m *mesh.Model) *cloud.Cloud {
	p := merged(m)
	return &cloud.Cloud{
		Origin: p.Origin, Points: p.Points, Colors: p.Colors, Alphas: p.Alphas, Normals: p.Normals, Total: int64(len(p.Points)),
	}
}

func writeMeshPLY(w io.Writer, m *mesh.Model) error { return ply.Write(w, merged(m)) }

// merged makes one PLY model of all parts, with their poses applied. Colors of materials become those of points; what only
// some of the parts have is filled up for the others, but normals are left out then.
func merged(m *mesh.Model) *ply.Model {
	m.Bake(false)
	out := &ply.Model{Origin: m.Origin}
	var colors, alphas, bare bool
	for i := range m.Parts {
		p := &m.Parts[i]
		colors = colors || p.Colors != nil || p.Material >= 0 && m.Materials[p.Material].Color != [4]float32{1, 1, 1, 1}
		alphas, bare = alphas || p.Alphas != nil, bare || p.Normals == nil
	}
	for i := range m.Parts {
		p := &m.Parts[i]
		base := uint32(len(out.Points))
		out.Points = append(out.Points, p.Points...)
		for _, f := range p.Faces {
			out.Faces = append(out.Faces, [3]uint32{f[0] + base, f[1] + base, f[2] + base})
		}
		for _, l := range p.Lines {
			out.Edges = append(out.Edges, [2]uint32{l[0] + base, l[1] + base})
		}
		if !bare {
			out.Normals = append(out.Normals, p.Normals...)
		}
		if colors {
			out.Colors = append(out.Colors, colorsOf(m, p)...)
		}
		if alphas && p.Alphas != nil {
			out.Alphas = append(out.Alphas, p.Alphas...)
		} else if alphas {
			out.Alphas = append(out.Alphas, slices.Repeat([]uint8{255}, len(p.Points))...)
		}
	}
	return out
}

// colorsOf are the colors of a part's points, times that of its material.
func colorsOf(m *mesh.Model, p *mesh.Part) [][3]uint8 {
	colors := slices.Clone(p.Colors)
	if colors == nil {
		colors = slices.Repeat([][3]uint8{{255, 255, 255}}, len(p.Points))
	}
	if p.Material < 0 {
		return colors
	}
	by := m.Materials[p.Material].Color
	for i := range colors {
		for k := range 3 {
			colors[i][k] = uint8(float32(colors[i][k])*max(0, min(1, by[k])) + 0.5)
		}
	}
	return colors
}

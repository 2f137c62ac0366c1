package view

import (
	"context"
	"fmt"
	"image"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/mesh"
)

// addMeshParts lists the contents of a mesh file: a surface, lines, and points of parts that have neither.
func (f *file) addMeshParts(m *mesh.Model) {
	m.Bake(false)
	var faces []mesh.Part
	points := &cloud.Cloud{Origin: m.Origin}
	for _, p := range m.Parts {
		switch {
		case len(p.Faces) > 0:
			faces = append(faces, p)
		case len(p.Lines) == 0 && len(p.Points) > 0:
			addPoints(points, p)
		}
	}
	if len(faces) > 0 {
		f.parts = append(f.parts, newSurface(f, m, faces))
	}
	if len(points.Points) > 0 {
		points.Total = int64(len(points.Points))
		f.parts = append(f.parts, newPoints(f, points))
	}
	if l := newLines(f, m, m.Parts); len(l.ends) > 0 {
		f.parts = append(f.parts, l)
	}
}

// addPoints appends the points of a part. Colors are those of all parts, or of none.
func addPoints(c *cloud.Cloud, p mesh.Part) {
	if p.Colors != nil && len(c.Colors) == len(c.Points) {
		c.Colors = append(c.Colors, p.Colors...)
	} else {
		c.Colors = nil
	}
	c.Points = append(c.Points, p.Points...)
}

// surface is a shown mesh: one node for each of its materials, or a single one while it has other colors. The fields
// change under Viewer.mu.
type surface struct {
	f        *file
	model    *mesh.Model
	coloring *coloring
	// merged has all parts, and byMaterial those of each material: the last one is of the parts without one.
	merged     piece
	byMaterial []piece
	images     map[*mesh.Image]image.Image
	place      box

	parent  string
	at      viser.Vec3
	nodes   []*viser.Mesh
	options viser.MeshOptions // what the panel shows now
}

// piece is a number of parts, one after the other.
type piece struct {
	material int // -1: none
	points   [][3]float32
	normals  [][3]float32
	colors   [][3]uint8
	alphas   []uint8
	uvs      [][2]float32
	faces    [][3]uint32
}

func newSurface(f *file, m *mesh.Model, parts []mesh.Part) *surface {
	s := &surface{f: f, model: m, images: map[*mesh.Image]image.Image{}}
	s.options.Side = viser.DoubleSide // few scans are closed, or face the same way everywhere
	s.merged = merge(parts, -1)
	materials := map[int][]mesh.Part{}
	for _, p := range parts {
		materials[p.Material] = append(materials[p.Material], p)
	}
	s.decode(materials)
	textured := len(s.images) > 0
	if textured || len(materials) > 1 || materials[-1] == nil {
		for i := range m.Materials {
			if of := materials[i]; of != nil {
				s.byMaterial = append(s.byMaterial, merge(of, i))
			}
		}
		if of := materials[-1]; of != nil {
			s.byMaterial = append(s.byMaterial, merge(of, -1))
		}
	}
	colored := s.merged.colors != nil && (textured || len(s.byMaterial) == 0)
	s.coloring = newColoring(f, painted{
		points: func() [][3]float32 { return s.merged.points }, origin: s.origin, seen: func() box { return s.place },
		colors: s.merged.colors, normals: s.merged.normals, fields: fieldsOf(f.model.MeshFields, len(s.merged.points)),
		textured: textured, filed: colored || len(s.byMaterial) > 0 && !textured, surface: true,
	})
	return s
}

// fieldsOf are the fields, without the values of the lines behind those of the surface.
func fieldsOf(fields []cloud.Field, points int) []cloud.Field {
	cut := slices.Clone(fields)
	for i := range cut {
		cut[i].Values = cut[i].Values[:min(points, len(cut[i].Values))]
	}
	return slices.DeleteFunc(cut, func(f cloud.Field) bool { return len(f.Values) != points })
}

// decode decodes the textures of the materials that are used.
func (s *surface) decode(used map[int][]mesh.Part) {
	for i := range s.model.Materials {
		texture := s.model.Materials[i].Texture
		if used[i] == nil || texture == nil || s.images[texture] != nil || texture.Data == nil {
			continue
		}
		img, err := texture.Decode()
		if err != nil {
			s.f.notShown(fmt.Sprintf("texture %s: %v", texture.Name, err))
			continue
		}
		s.images[texture] = img
	}
}

// merge joins parts. A property that only some of them have is filled up for the others; normals are left out then, as
// the page computes them.
func merge(parts []mesh.Part, material int) piece {
	out := piece{material: material}
	if len(parts) == 1 { // without copying
		p := parts[0]
		out.points, out.normals, out.colors, out.alphas, out.uvs, out.faces = p.Points, p.Normals, p.Colors, p.Alphas, p.UVs, p.Faces
		return out
	}
	var colors, alphas, uvs, bare bool
	for _, p := range parts {
		colors, alphas, uvs = colors || p.Colors != nil, alphas || p.Alphas != nil, uvs || p.UVs != nil
		bare = bare || p.Normals == nil
	}
	for _, p := range parts {
		base, n := uint32(len(out.points)), len(p.Points)
		out.points = append(out.points, p.Points...)
		for _, face := range p.Faces {
			out.faces = append(out.faces, [3]uint32{face[0] + base, face[1] + base, face[2] + base})
		}
		if !bare {
			out.normals = append(out.normals, p.Normals...)
		}
		if colors {
			out.colors = append(out.colors, filled(p.Colors, n, [3]uint8{255, 255, 255})...)
		}
		if alphas {
			out.alphas = append(out.alphas, filled(p.Alphas, n, 255)...)
		}
		if uvs {
			out.uvs = append(out.uvs, filled(p.UVs, n, [2]float32{})...)
		}
	}
	return out
}

// filled is s, or n times v if s is nil.
func filled[T any](s []T, n int, v T) []T {
	if s != nil {
		return s
	}
	return slices.Repeat([]T{v}, n)
}

func (s *surface) kind() string { return "Surface" }

func (s *surface) bounds() (whole, seen box, ok bool) {
	for i, p := range s.merged.points {
		if i == 0 {
			s.place = box{wide(p), wide(p)}
		}
		s.place = s.place.union(box{wide(p), wide(p)})
	}
	return s.place, s.place, len(s.merged.points) > 0
}

func (s *surface) origin() viser.Vec3 { return s.model.Origin }

func (s *surface) recenter(by viser.Vec3) {
	pieces := append([]piece{s.merged}, s.byMaterial...)
	done := map[*[3]float32]bool{}
	for _, p := range pieces { // which share their points if there is one part
		if at := &p.points[0]; !done[at] {
			done[at] = true
			recentered(p.points, by)
		}
	}
	s.model.Origin = add(s.model.Origin, by)
	s.place = shifted(s.place, negated(by))
}

func (s *surface) add(parent string, at viser.Vec3) {
	s.parent, s.at = parent, at
	s.coloring.changed = s.rebuild
	s.rebuild()
}

func (s *surface) turned() { s.coloring.turned() }

// rebuild replaces the nodes by those of the current mode.
func (s *surface) rebuild() {
	s.f.v.server.Atomic(func() {
		old := s.nodes
		s.nodes = nil
		switch mode := s.coloring.mode; {
		case mode == colorsTexture, mode == colorsOfFile && len(s.byMaterial) > 0 && len(s.images) == 0:
			for _, p := range s.byMaterial {
				s.addNode(p, s.dressed(p))
			}
		default:
			s.addNode(s.merged, s.painted())
		}
		for _, node := range old[min(len(s.nodes), len(old)):] { // the others were replaced under their names
			node.Remove()
		}
	})
}

// addNode adds a node for a piece.
func (s *surface) addNode(p piece, o viser.MeshOptions) {
	name := s.parent + "/surface"
	if n := len(s.nodes); n > 0 {
		name = fmt.Sprintf("%s/surface %d", s.parent, n)
	}
	o.Position, o.Scale, o.Normals = s.at, viser.Uniform(s.f.v.scale), p.normals
	s.nodes = append(s.nodes, s.f.v.server.Scene().AddMesh(name, p.points, p.faces, &o))
}

// painted are the options of the whole surface in the colors of the mode.
func (s *surface) painted() viser.MeshOptions {
	o := s.options
	if s.coloring.mode == colorsOne {
		o.Color = s.coloring.one
		return o
	}
	o.VertexColors = s.coloring.colors()
	if s.coloring.mode == colorsOfFile {
		o.VertexOpacities = opacities(s.merged.alphas)
	}
	o.Color = meanColor(o.VertexColors)
	return o
}

// dressed are the options of a piece with its material.
func (s *surface) dressed(p piece) viser.MeshOptions {
	o := s.options
	o.Color = s.coloring.one
	if p.colors != nil {
		o.VertexColors, o.VertexOpacities = rgbs(p.colors), opacities(p.alphas)
		o.Color = meanColor(o.VertexColors)
	}
	if p.material < 0 {
		return o
	}
	m := &s.model.Materials[p.material]
	o.Color = rgbOf(m.Color)
	for i, c := range o.VertexColors {
		o.VertexColors[i] = times(c, rgbOf(m.Color))
	}
	if m.Color[3] < 1 {
		o.Opacity = ptr(float64(max(0, m.Color[3])) * orOne(o.Opacity))
	}
	if img := s.images[m.Texture]; img != nil && p.uvs != nil {
		o.Texture, o.UVs = img, p.uvs
	}
	return o
}

func orOne(v *float64) float64 {
	if v == nil {
		return 1
	}
	return *v
}

func rgbOf(c [4]float32) (rgb viser.RGB) {
	for i := range rgb {
		rgb[i] = uint8(max(0, min(1, c[i]))*255 + 0.5)
	}
	return rgb
}

// times multiplies colors.
func times(a, b viser.RGB) (c viser.RGB) {
	for i := range c {
		c[i] = uint8(int(a[i]) * int(b[i]) / 255)
	}
	return c
}

func (s *surface) addControls(folder *viser.Folder) {
	s.coloring.addControls(folder)
	folder.AddCheckbox("Wireframe", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.Wireframe = e.Value })
	})
	folder.AddCheckbox("Flat shading", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.FlatShading = e.Value })
	})
	folder.AddSlider("Opacity", 1, &viser.SliderOptions{Max: 1, Step: 0.01}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		s.change(func(o *viser.MeshOptions) { o.Opacity = &e.Value })
	})
	materials := []string{string(viser.StandardMaterial), string(viser.Toon3), string(viser.Toon5)}
	folder.AddDropdown("Material", materials, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		s.change(func(o *viser.MeshOptions) { o.Material = viser.Material(e.Value) })
	})
}

// change sets an option, and applies all to the nodes.
func (s *surface) change(set func(*viser.MeshOptions)) {
	s.f.v.mu.Lock()
	defer s.f.v.mu.Unlock()
	set(&s.options)
	s.f.v.server.Atomic(func() {
		for i, node := range s.nodes {
			node.SetWireframe(s.options.Wireframe)
			node.SetFlatShading(s.options.FlatShading)
			node.SetMaterial(or(s.options.Material, viser.StandardMaterial))
			node.SetOpacity(orOne(s.options.Opacity) * s.opacityOf(i))
		}
	})
}

// opacityOf is the opacity of the material of the i-th node.
func (s *surface) opacityOf(i int) float64 {
	if len(s.nodes) != len(s.byMaterial) || s.byMaterial[i].material < 0 || s.coloring.mode != colorsTexture && s.coloring.mode != colorsOfFile {
		return 1
	}
	return float64(max(0, min(1, s.model.Materials[s.byMaterial[i].material].Color[3])))
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func (s *surface) facts() (lines []string) {
	m := s.model
	lines = append(lines, counted(len(s.merged.points), "points")+has(s.merged.colors != nil, s.merged.normals != nil))
	lines = append(lines, counted(len(s.merged.faces), "triangles"))
	if n := len(m.Materials); n > 1 {
		lines = append(lines, counted(n, "materials"))
	}
	if n := len(s.images); n > 0 {
		lines = append(lines, counted(n, "textures"))
	}
	if m.Unit > 0 {
		lines = append(lines, fmt.Sprintf("a unit is %s m", number(m.Unit)))
	}
	if m.DroppedPoints > 0 {
		lines = append(lines, fmt.Sprintf("%s points without finite coordinates were left out", Grouped(m.DroppedPoints)))
	}
	if m.DroppedFaces > 0 {
		lines = append(lines, fmt.Sprintf("%s faces were left out, as they have no area or no finite corners", Grouped(m.DroppedFaces)))
	}
	return append(lines, fieldLine(s.coloring.of.fields)...)
}

func (s *surface) leftOut() (what []string) {
	if n := s.model.DroppedPoints; n > 0 {
		what = append(what, fmt.Sprintf("%s points without finite coordinates", Grouped(n)))
	}
	if n := s.model.DroppedFaces; n > 0 {
		what = append(what, fmt.Sprintf("%s faces without an area or finite corners", Grouped(n)))
	}
	return what
}

// opacities are those of the points; nil if all are opaque.
func opacities(alphas []uint8) []float32 {
	if !seeThrough(alphas) {
		return nil
	}
	out := make([]float32, len(alphas))
	for i, a := range alphas {
		out[i] = float32(a) / 255
	}
	return out
}

func seeThrough(alphas []uint8) bool {
	for _, a := range alphas {
		if a != 255 {
			return true
		}
	}
	return false
}

// meanColor is the color for upstream viser's page, which does not support colors of vertices.
func meanColor(colors []viser.RGB) viser.RGB {
	if len(colors) == 0 {
		return defaultColor
	}
	var sum [3]int
	for _, c := range colors {
		for k := range sum {
			sum[k] += int(c[k])
		}
	}
	var mean viser.RGB
	for k := range mean {
		mean[k] = uint8(sum[k] / len(colors))
	}
	return mean
}

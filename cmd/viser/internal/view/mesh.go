package view

import (
	"context"
	"fmt"
	"image"

	"github.com/viser-go/viser"
)

// mesh is a shown mesh. The fields change under viewer.mu.
type mesh struct {
	viewer   *viewer
	coloring *coloring
	textures []image.Image
	nodes    []*viser.Mesh     // one; in textured mode one per texture
	options  viser.MeshOptions // what the panel shows now
}

// addMesh adds the surface, and its part of the panel.
func (v *viewer) addMesh(textures []image.Image, colorBy string) error {
	s := &mesh{viewer: v, coloring: v.newColoring(textures != nil), textures: textures}
	if err := s.coloring.choose(colorBy); err != nil {
		return err
	}
	s.coloring.changed = s.rebuild
	v.upChanged = func() { s.coloring.changedIf(s.coloring.mode == colorsHeight) }
	s.options.Side = viser.DoubleSide // few scans are closed, or face the same way everywhere
	v.server.Scene().AddFrame(modelName, &viser.FrameOptions{
		Position: v.place.position, NoAxes: true,
	})
	s.rebuild()
	s.addControls()
	return nil
}

func (s *mesh) addControls() {
	folder := s.viewer.addControls("Surface")
	s.coloring.addControls(folder)
	folder.AddCheckbox("Wireframe", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.Wireframe = e.Value }, func(m *viser.Mesh) { m.SetWireframe(e.Value) })
	})
	folder.AddCheckbox("Flat shading", s.options.FlatShading, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.FlatShading = e.Value }, func(m *viser.Mesh) { m.SetFlatShading(e.Value) })
	})
	folder.AddSlider("Opacity", 1, &viser.SliderOptions{Max: 1, Step: 0.01}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		s.change(func(o *viser.MeshOptions) { o.Opacity = &e.Value }, func(m *viser.Mesh) { m.SetOpacity(e.Value) })
	})
	materials := []string{string(viser.StandardMaterial), string(viser.Toon3), string(viser.Toon5)}
	folder.AddDropdown("Material", materials, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		material := viser.Material(e.Value)
		s.change(func(o *viser.MeshOptions) { o.Material = material }, func(m *viser.Mesh) { m.SetMaterial(material) })
	})
}

// change stores a new option, and applies it to the nodes.
func (s *mesh) change(remember func(*viser.MeshOptions), apply func(*viser.Mesh)) {
	s.viewer.mu.Lock()
	defer s.viewer.mu.Unlock()
	remember(&s.options)
	for _, node := range s.nodes {
		apply(node)
	}
}

// rebuild replaces the nodes by those of the current mode.
func (s *mesh) rebuild() {
	s.viewer.server.Atomic(func() {
		old := s.nodes
		s.nodes = nil
		if s.coloring.mode == colorsTexture {
			s.addTextured()
		} else {
			s.nodes = append(s.nodes, s.addColored())
		}
		for _, node := range old[min(len(s.nodes), len(old)):] { // the others were replaced under their names
			node.Remove()
		}
	})
}

// surfaceName is the name of the n-th node.
func surfaceName(n int) string {
	if n == 0 {
		return modelName + "/surface"
	}
	return fmt.Sprintf("%s/surface %d", modelName, n)
}

func (s *mesh) addColored() *viser.Mesh {
	m, o := s.viewer.model, s.options
	points, faces := m.Points, m.Faces
	switch {
	case s.coloring.mode == colorsOne:
		o.Color, o.Normals = &s.coloring.one, m.Normals
	case s.coloring.mode == colorsOfFile && m.FaceColors != nil:
		c := s.separated(func(int) bool { return true })
		points, faces, o.VertexColors, o.Normals = c.points, c.faces, c.faceColors, c.normals
	default:
		o.VertexColors, o.Normals = s.coloring.points(), m.Normals
		if s.coloring.mode == colorsOfFile {
			o.VertexOpacities = opacities(m.Alphas)
		}
	}
	if o.VertexColors != nil {
		o.Color = meanColor(o.VertexColors)
	}
	return s.viewer.server.Scene().AddMesh(surfaceName(0), points, faces, &o)
}

// addTextured adds a node for each texture, and one for the triangles whose texture is missing.
func (s *mesh) addTextured() {
	m := s.viewer.model
	texture := func(face int) int {
		if m.FaceTextures == nil {
			return 0
		}
		return int(m.FaceTextures[face])
	}
	for i, img := range s.textures {
		c := s.separated(func(face int) bool { return texture(face) == i })
		if len(c.faces) == 0 {
			continue
		}
		o := s.options
		o.Normals = c.normals
		if img != nil {
			o.Texture, o.UVs = img, c.uvs
		} else {
			o.Color = &s.coloring.one
		}
		s.nodes = append(s.nodes, s.viewer.server.Scene().AddMesh(surfaceName(len(s.nodes)), c.points, c.faces, &o))
	}
}

// corners are triangles, each with corners of its own.
type corners struct {
	points     [][3]float32
	faces      [][3]uint32
	normals    [][3]float32
	uvs        [][2]float32
	faceColors []viser.RGB
}

// separated returns the selected triangles with separate corners and their properties.
func (s *mesh) separated(wanted func(face int) bool) (c corners) {
	m := s.viewer.model
	for i, f := range m.Faces {
		if !wanted(i) {
			continue
		}
		at := uint32(len(c.points))
		c.faces = append(c.faces, [3]uint32{at, at + 1, at + 2})
		for k, corner := range f {
			c.points = append(c.points, m.Points[corner])
			if m.Normals != nil {
				c.normals = append(c.normals, m.Normals[corner])
			}
			if m.FaceColors != nil {
				c.faceColors = append(c.faceColors, m.FaceColors[i])
			}
			if m.FaceUVs != nil {
				c.uvs = append(c.uvs, m.FaceUVs[i][k])
			} else if m.UVs != nil {
				c.uvs = append(c.uvs, m.UVs[corner])
			}
		}
	}
	return c
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

// meanColor is the color for upstream viser's page, which does not support colors of vertices; nil if there are none.
func meanColor(colors []viser.RGB) *viser.RGB {
	if len(colors) == 0 {
		return nil
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
	return &mean
}

package view

import (
	"context"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
)

// mesh is a shown mesh. The fields change under viewer.mu.
type mesh struct {
	viewer  *viewer
	node    *viser.Mesh
	mode    string
	one     viser.RGB
	options viser.MeshOptions // what the panel says now
}

// addMesh adds the surface, and its part of the panel.
func (v *viewer) addMesh() {
	modes := []string{colorsOne}
	if v.model.Colors != nil || v.model.FaceColors != nil {
		modes = append([]string{colorsOfFile}, modes...)
	}
	s := &mesh{viewer: v, mode: modes[0], one: defaultColor}
	s.options.Side = viser.DoubleSide // few scans are closed, or face the same way everywhere
	v.server.Scene().AddFrame(modelName, &viser.FrameOptions{
		NodeOptions: viser.NodeOptions{Position: v.place.position}, NoAxes: true,
	})
	s.rebuild()
	s.addControls(modes)
}

func (s *mesh) addControls(modes []string) {
	folder := s.viewer.server.GUI().AddFolder("Surface", nil)
	if len(modes) > 1 {
		folder.AddDropdown("Colors", modes, &viser.DropdownOptions{Initial: modes[0]}).
			OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { s.setMode(e.Value) })
	}
	folder.AddRGB("One color", s.one, nil).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) { s.setOne(e.Value) })
	folder.AddCheckbox("Wireframe", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.Wireframe = e.Value }, func(m *viser.Mesh) { m.SetWireframe(e.Value) })
	})
	folder.AddCheckbox("Flat shading", s.options.FlatShading, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.FlatShading = e.Value }, func(m *viser.Mesh) { m.SetFlatShading(e.Value) })
	})
	folder.AddSlider("Opacity", 1, &viser.SliderOptions{Max: 1, Step: 0.01}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		opacity := opacityOf(e.Value)
		s.change(func(o *viser.MeshOptions) { o.Opacity = opacity }, func(m *viser.Mesh) { m.SetOpacity(opacity) })
	})
	materials := []string{string(viser.StandardMaterial), string(viser.Toon3), string(viser.Toon5)}
	folder.AddDropdown("Material", materials, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		material := viser.Material(e.Value)
		s.change(func(o *viser.MeshOptions) { o.Material = material }, func(m *viser.Mesh) { m.SetMaterial(material) })
	})
}

// opacityOf makes full opacity none: an opaque surface need not be sorted by distance.
func opacityOf(v float64) *float64 {
	if v >= 1 {
		return nil
	}
	return &v
}

// change remembers a new option, and gives it to the node.
func (s *mesh) change(remember func(*viser.MeshOptions), apply func(*viser.Mesh)) {
	s.viewer.mu.Lock()
	defer s.viewer.mu.Unlock()
	remember(&s.options)
	apply(s.node)
}

func (s *mesh) setMode(mode string) {
	s.viewer.mu.Lock()
	defer s.viewer.mu.Unlock()
	if mode != s.mode {
		s.mode = mode
		s.rebuild()
	}
}

func (s *mesh) setOne(color viser.RGB) {
	s.viewer.mu.Lock()
	defer s.viewer.mu.Unlock()
	s.one = color
	if s.mode == colorsOne {
		s.node.SetColor(color)
	}
}

// rebuild replaces the node by that of the current mode.
func (s *mesh) rebuild() {
	m := s.viewer.model
	o := s.options
	points, faces := m.Points, m.Faces
	switch {
	case s.mode == colorsOne:
		o.Color, o.Normals = &s.one, m.Normals
	case m.FaceColors != nil:
		points, faces, o.VertexColors = separated(m)
	default:
		o.VertexColors, o.Normals = rgbs(m.Colors), m.Normals
	}
	if o.VertexColors != nil {
		o.Color = meanColor(o.VertexColors)
	}
	s.node = s.viewer.server.Scene().AddMesh(modelName+"/surface", points, faces, &o)
}

// separated gives each triangle corners of its own, in its color.
func separated(m *ply.Model) (points [][3]float32, faces [][3]uint32, colors []viser.RGB) {
	for i, f := range m.Faces {
		at := uint32(len(points))
		faces = append(faces, [3]uint32{at, at + 1, at + 2})
		for _, corner := range f {
			points = append(points, m.Points[corner])
			colors = append(colors, m.FaceColors[i])
		}
	}
	return points, faces, colors
}

func rgbs(colors [][3]uint8) []viser.RGB {
	out := make([]viser.RGB, len(colors))
	for i, c := range colors {
		out[i] = c
	}
	return out
}

// meanColor is what viser's own page shows, which knows no colors of vertices; nil if there are none.
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

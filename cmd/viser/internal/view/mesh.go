package view

import (
	"context"
	"fmt"

	"github.com/viser-go/viser"
)

// mesh is a shown mesh. A viser mesh has one colour, so a coloured file becomes one mesh for each of a few
// dozen colours, side by side under one node. The fields change under viewer.mu.
type mesh struct {
	viewer  *viewer
	parts   []*viser.Mesh
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
	// Between meshes of different colours smooth shading would show seams.
	s.options.FlatShading = s.mode == colorsOfFile
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
		folder.AddDropdown("Colours", modes, &viser.DropdownOptions{Initial: modes[0]}).
			OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { s.setMode(e.Value) })
	}
	folder.AddRGB("One colour", s.one, nil).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) { s.setOne(e.Value) })
	folder.AddCheckbox("Wireframe", false, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.Wireframe = e.Value }, func(m *viser.Mesh) { m.SetWireframe(e.Value) })
	})
	folder.AddCheckbox("Flat shading", s.options.FlatShading, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		s.change(func(o *viser.MeshOptions) { o.FlatShading = e.Value }, func(m *viser.Mesh) { m.SetFlatShading(e.Value) })
	})
	folder.AddSlider("Opacity", 0, 1, 0.01, 1, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
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

// change remembers a new option, and gives it to every part.
func (s *mesh) change(remember func(*viser.MeshOptions), apply func(*viser.Mesh)) {
	s.viewer.mu.Lock()
	defer s.viewer.mu.Unlock()
	remember(&s.options)
	s.viewer.server.Atomic(func() {
		for _, part := range s.parts {
			apply(part)
		}
	})
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
		s.parts[0].SetColor(color)
	}
}

// rebuild replaces the parts by those of the current mode, in one step.
func (s *mesh) rebuild() {
	s.viewer.server.Atomic(func() {
		for _, part := range s.parts {
			part.Remove()
		}
		s.parts = nil
		if s.mode == colorsOne {
			s.addPart(part{s.viewer.model.Points, s.viewer.model.Faces, s.one})
			return
		}
		for _, p := range splitByColor(s.viewer.model) {
			s.addPart(p)
		}
	})
}

func (s *mesh) addPart(p part) {
	o := s.options
	o.Color = &p.color
	name := fmt.Sprintf("%s/%d", modelName, len(s.parts))
	s.parts = append(s.parts, s.viewer.server.Scene().AddMesh(name, p.points, p.faces, &o))
}

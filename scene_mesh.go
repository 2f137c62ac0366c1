package viser

import (
	"context"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var meshKind = state.SceneKind("MeshMessage", new(wire.MeshProps))

// A Mesh is a surface of triangles.
type Mesh struct {
	draggable
	props wire.MeshProps
}

// MeshOptions are the options of AddMesh. The default colour is {90, 200, 255}.
type MeshOptions struct {
	NodeOptions
	SurfaceOptions
	ShadowOptions
	FlatShading bool // each triangle has its own normal
	Scale       Vec3 // default 1
}

// AddMesh adds a surface of triangles: their corners in scene units in the
// node's frame, and for each triangle three indices into them, counter-clockwise
// seen from the front. It panics with a *UsageError if the name is empty or an
// index points past the vertices.
func (s *Scene) AddMesh(name string, vertices [][3]float32, faces [][3]uint32, opts *MeshOptions) *Mesh {
	const fn = "Scene.AddMesh"
	o := orPtr(opts, MeshOptions{})
	o.SurfaceOptions.defaults(fn)
	checkFaces(fn, len(vertices), faces)
	m := &Mesh{props: wire.MeshProps{
		Vertices: wire.Vec3s(vertices), Faces: wire.Faces(faces),
		Color: o.Color.or(RGB{90, 200, 255}), Wireframe: o.Wireframe, Opacity: o.Opacity,
		FlatShading: o.FlatShading, Side: string(o.Side), Material: string(o.Material),
		Scale: scaleOf(fn, o.Scale), CastShadow: !o.NoCastShadow, ReceiveShadow: o.receive(fn),
	}}
	s.add(fn, name, m, meshKind, &m.props, o.NodeOptions)
	return m
}

func checkFaces(fn string, vertices int, faces [][3]uint32) {
	for i, f := range faces {
		for _, v := range f {
			if int64(v) >= int64(vertices) {
				usage(fn, "face %d uses vertex %d, but there are %d vertices", i, v, vertices)
			}
		}
	}
}

// Vertices returns a copy of the vertices.
func (h *Mesh) Vertices() [][3]float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Vertices)
}

// Faces returns a copy of the faces.
func (h *Mesh) Faces() [][3]uint32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return facesOf(h.props.Faces)
}

// SetGeometry replaces vertices and faces as one step, under the rules of
// AddMesh.
func (h *Mesh) SetGeometry(vertices [][3]float32, faces [][3]uint32) {
	checkFaces("Mesh.SetGeometry", len(vertices), faces)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)},
		arrayField{&h.props.Faces, wire.MeshPropsFaces, wire.Faces(faces)},
	)
}

// SetVertices moves the vertices; their number stays. It panics with a
// *UsageError if it does not.
func (h *Mesh) SetVertices(vertices [][3]float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := h.props.Vertices.Len() / 3; n != len(vertices) {
		usage("Mesh.SetVertices", "%d vertices for a mesh of %d; SetGeometry changes the number", len(vertices), n)
	}
	h.changedArrays(arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)})
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *Mesh) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Mesh.OnClick", mods), fn)
}

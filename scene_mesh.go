package viser

import (
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var meshKind = state.SceneKind("MeshMessage", new(wire.MeshProps))

// A Mesh is a surface of triangles, of one color or of colors and a texture of
// its vertices.
type Mesh struct {
	interactive
	props   wire.MeshProps
	texture image.Image // nil for none
}

// AddMesh adds a surface of triangles: their corners in scene units in the
// node's frame, and for each triangle three indices into them, counter-clockwise
// seen from the front. It panics with a *UsageError if the name is empty, an
// index points past the vertices, or colors, normals or texture do not fit.
func (s *Scene) AddMesh(name string, vertices []Vec3f, faces [][3]uint32, opts *MeshOptions) *Mesh {
	const fn = "Scene.AddMesh"
	o := orPtr(opts, MeshOptions{})
	m := &Mesh{props: o.props(fn)}
	checkFaces(fn, len(vertices), faces)
	m.props.Vertices, m.props.Faces = wire.Vec3s(vertices), wire.Faces(faces)
	m.props.VertexColors = vertexColors(fn, len(vertices), o.VertexColors, o.VertexOpacities)
	m.props.Normals = vertexNormals(fn, len(vertices), o.Normals)
	m.setTexture(fn, o.Texture, o.UVs)
	s.add(fn, name, m, meshKind, &m.props, o.place(fn))
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
func (h *Mesh) Vertices() []Vec3f {
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
// AddMesh. If the number of vertices changes, colors, normals and texture of the
// old ones go; [Server.Atomic] makes one step of giving new ones.
func (h *Mesh) SetGeometry(vertices []Vec3f, faces [][3]uint32) {
	checkFaces("Mesh.SetGeometry", len(vertices), faces)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(vertices) != h.count() {
		h.dress(wire.Array{}, wire.Array{})
		if h.setTexture("Mesh.SetGeometry", nil, nil) {
			h.changed(wire.MeshPropsUVs, wire.MeshPropsTexture)
		}
	}
	h.changedArrays(
		arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)},
		arrayField{&h.props.Faces, wire.MeshPropsFaces, wire.Faces(faces)},
	)
}

// SetVertices moves the vertices; their number stays, and so do colors, normals
// that were given, and texture. It panics with a
// *UsageError if it does not.
func (h *Mesh) SetVertices(vertices []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := h.count(); n != len(vertices) {
		usage("Mesh.SetVertices", "%d vertices for a mesh of %d; SetGeometry changes the number", len(vertices), n)
	}
	h.changedArrays(arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)})
}

package viser

import (
	"context"
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var meshKind = state.SceneKind("MeshMessage", new(wire.MeshProps))

// A Mesh is a surface of triangles, of one color or of colors and a texture of
// its vertices.
type Mesh struct {
	draggable
	props   wire.MeshProps
	texture image.Image // nil for none
}

// MeshOptions are the options of AddMesh. The default color is {90, 200, 255}.
type MeshOptions struct {
	NodeOptions
	SurfaceOptions
	ShadowOptions
	FlatShading bool // each triangle has its own normal
	Scale       Vec3 // default 1

	// What follows is drawn by this library's page; viser's own page shows the
	// mesh in its single color. Each slice is empty or has one entry per vertex.

	// VertexColors are blended between the vertices, and take the place of Color.
	VertexColors []RGB
	// VertexOpacities go with VertexColors: 0 is clear, 1 opaque. They travel as
	// bytes, and Opacity is multiplied with them. Triangles are then drawn from the
	// back to the front.
	VertexOpacities []float32
	// Normals are directions of any length at the vertices, in the node's frame, for
	// the shading; the default is the mean of the triangles around each.
	Normals [][3]float32
	// UVs are the places of the vertices on the texture: {0, 0} is its lower left,
	// {1, 1} its upper right corner. Beyond, the texture is repeated.
	UVs [][2]float32
	// Texture is laid over the surface, in the place of Color. It needs UVs; it is
	// copied, and encoded before the call returns. With VertexColors as well, both
	// are multiplied.
	Texture image.Image
}

// AddMesh adds a surface of triangles: their corners in scene units in the
// node's frame, and for each triangle three indices into them, counter-clockwise
// seen from the front. It panics with a *UsageError if the name is empty, an
// index points past the vertices, or colors, normals or texture do not fit.
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
	m.props.VertexColors = vertexColors(fn, len(vertices), o.VertexColors, o.VertexOpacities)
	m.props.Normals = vertexNormals(fn, len(vertices), o.Normals)
	m.setTexture(fn, o.Texture, o.UVs)
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
// AddMesh. If the number of vertices changes, colors, normals and texture of the
// old ones go; [Server.Atomic] makes one step of giving new ones.
func (h *Mesh) SetGeometry(vertices [][3]float32, faces [][3]uint32) {
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
func (h *Mesh) SetVertices(vertices [][3]float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := h.count(); n != len(vertices) {
		usage("Mesh.SetVertices", "%d vertices for a mesh of %d; SetGeometry changes the number", len(vertices), n)
	}
	h.changedArrays(arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)})
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *Mesh) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("Mesh.OnClick", mods), fn)
}

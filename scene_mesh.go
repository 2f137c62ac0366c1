package viser

import (
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// Side is which side of a surface is drawn.
type Side string

// The sides of a surface. The front is where its corners run counter-clockwise.
const (
	FrontSide  = Side(wire.MeshSideFront)
	BackSide   = Side(wire.MeshSideBack)
	DoubleSide = Side(wire.MeshSideDouble)
)

// Material is how a surface takes light.
type Material string

// The materials.
const (
	StandardMaterial = Material(wire.MeshMaterialStandard) // physically based
	Toon3            = Material(wire.MeshMaterialToon3)    // cartoon, three steps of brightness
	Toon5            = Material(wire.MeshMaterialToon5)    // cartoon, five steps of brightness
)

func checkSide(fn string, v Side) { oneOf(fn, "Side", v, FrontSide, BackSide, DoubleSide) }

func checkMaterial(fn string, v Material) { oneOf(fn, "Material", v, StandardMaterial, Toon3, Toon5) }

var meshKind = state.SceneKind("MeshMessage", new(wire.MeshProps))

// A Mesh is a surface of triangles, of one color or of colors and a texture of
// its vertices.
//
// A Mesh is [Clickable] and [Draggable].
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

// What the vertices of a mesh may have beyond their places. viser has none of
// it: only clients of this library receive it.

// count is the number of vertices.
func (h *Mesh) count() int { return h.props.Vertices.Len() / 3 }

// SetVertexColors replaces the colors of the vertices and their opacities, under
// the rules of MeshOptions; nil colors leave the mesh to its single color. It
// panics with a *UsageError if the numbers do not fit.
func (h *Mesh) SetVertexColors(colors []RGB, opacities []float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dress(vertexColors("Mesh.SetVertexColors", h.count(), colors, opacities), h.props.Normals)
}

// VertexColors returns a copy of the colors of the vertices, nil if there are
// none.
func (h *Mesh) VertexColors() []RGB {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := h.props.VertexColors
	if a.IsNull() || h.count() == 0 {
		return nil
	}
	step := len(a.Data) / h.count()
	out := make([]RGB, h.count())
	for i := range out {
		out[i] = RGB(a.Data[step*i:])
	}
	return out
}

// VertexOpacities returns a copy of the opacities of the vertices, as they were
// rounded, nil if there are none.
func (h *Mesh) VertexOpacities() []float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := h.props.VertexColors
	if len(a.Data) != 4*h.count() || h.count() == 0 {
		return nil
	}
	out := make([]float32, h.count())
	for i := range out {
		out[i] = float32(a.Data[4*i+3]) / 255
	}
	return out
}

// SetNormals replaces the normals at the vertices, for the shading; nil leaves
// them to the triangles. It panics with a *UsageError if there is not one for
// each vertex.
func (h *Mesh) SetNormals(normals []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dress(h.props.VertexColors, vertexNormals("Mesh.SetNormals", h.count(), normals))
}

// Normals returns a copy of the normals that were given, nil if none were.
func (h *Mesh) Normals() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.props.Normals.IsNull() {
		return nil
	}
	return vec3sOf(h.props.Normals)
}

// SetTexture replaces the texture and the places of the vertices on it as one
// step, under the rules of MeshOptions; nil and nil remove them. It panics with a
// *UsageError if there is not one place for each vertex, or the image is empty.
func (h *Mesh) SetTexture(texture image.Image, uvs []Vec2f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.setTexture("Mesh.SetTexture", texture, uvs) {
		h.changed(wire.MeshPropsUVs, wire.MeshPropsTexture)
	}
}

// Texture returns a copy of the texture, nil if there is none.
func (h *Mesh) Texture() image.Image {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.texture == nil {
		return nil
	}
	return cloneImage(h.texture)
}

// UVs returns a copy of the places of the vertices on the texture, nil if there
// are none.
func (h *Mesh) UVs() []Vec2f {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.props.UVs.IsNull() {
		return nil
	}
	xs := h.props.UVs.Float32s()
	out := make([]Vec2f, len(xs)/2)
	for i := range out {
		out[i] = Vec2f(xs[2*i:])
	}
	return out
}

// dress sends colors and normals if they are others; h.mu is held.
func (h *Mesh) dress(colors, normals wire.Array) {
	h.changedArrays(
		arrayField{&h.props.VertexColors, wire.MeshPropsVertexColors, colors},
		arrayField{&h.props.Normals, wire.MeshPropsNormals, normals},
	)
}

// setTexture stores the texture, encoded, and reports whether there was or is
// one; h.mu is held, or h is not shared yet.
func (h *Mesh) setTexture(fn string, texture image.Image, uvs []Vec2f) bool {
	had := h.texture != nil || !h.props.UVs.IsNull()
	switch {
	case texture != nil && uvs == nil:
		usage(fn, "a texture needs UVs: the places of the vertices on it")
	case uvs != nil && len(uvs) != h.count():
		usage(fn, "%d vertices and %d UVs: give one for each", h.count(), len(uvs))
	}
	h.texture, h.props.Texture, h.props.UVs = nil, nil, wire.Array{}
	if texture != nil {
		h.props.Texture, _ = encodeImage(fn, texture, AutoFormat, textureQuality)
		h.texture = cloneImage(texture)
	}
	if uvs != nil {
		flat := make([]float32, 0, 2*len(uvs))
		for _, uv := range uvs {
			flat = append(flat, uv[:]...)
		}
		h.props.UVs = wire.Float32s(flat)
	}
	return had || texture != nil || uvs != nil
}

// textureQuality is that of opaque textures, which travel as JPEG: one is looked
// at from near.
const textureQuality = 92

func vertexColors(fn string, vertices int, colors []RGB, opacities []float32) wire.Array {
	switch {
	case colors == nil && opacities != nil:
		usage(fn, "opacities of vertices need their colors")
	case colors == nil:
		return wire.Array{}
	case len(colors) != vertices:
		usage(fn, "%d vertices and %d colors: give one for each", vertices, len(colors))
	case opacities == nil:
		return wire.RGBs(rgbs(colors))
	case len(opacities) != vertices:
		usage(fn, "%d vertices and %d opacities: give one for each", vertices, len(opacities))
	}
	out := make([]uint8, 0, 4*vertices)
	for i, c := range colors {
		v := opacities[i]
		if !(v >= 0 && v <= 1) {
			usage(fn, "the opacity of vertex %d is %v; it must be 0 to 1", i, v)
		}
		out = append(out, c[0], c[1], c[2], uint8(v*255+0.5))
	}
	return wire.Uint8s(out)
}

func vertexNormals(fn string, vertices int, normals []Vec3f) wire.Array {
	if normals == nil {
		return wire.Array{}
	}
	if len(normals) != vertices {
		usage(fn, "%d vertices and %d normals: give one for each", vertices, len(normals))
	}
	return wire.Vec3s(normals)
}

package viser

import (
	"fmt"
	"image"
	"math"
	"slices"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// Side is the side of a surface that is drawn.
type Side string

// The sides of a surface. From the front, the corners of a triangle run
// counter-clockwise.
const (
	FrontSide  Side = Side(wire.MeshSideFront)
	BackSide   Side = Side(wire.MeshSideBack)
	DoubleSide Side = Side(wire.MeshSideDouble)
)

// Material is the shading model of a surface.
type Material string

// The materials.
const (
	StandardMaterial Material = Material(wire.MeshMaterialStandard) // physically based
	Toon3            Material = Material(wire.MeshMaterialToon3)    // cartoon, three steps of brightness
	Toon5            Material = Material(wire.MeshMaterialToon5)    // cartoon, five steps of brightness
)

func checkSide(fn string, v Side) { oneOf(fn, "Side", v, FrontSide, BackSide, DoubleSide) }

func checkMaterial(fn string, v Material) { oneOf(fn, "Material", v, StandardMaterial, Toon3, Toon5) }

var meshKind = state.SceneKind("MeshMessage", new(wire.MeshProps))

// A Mesh is a surface of triangles, with one color, a color for each vertex, or a
// texture.
//
// A Mesh is [Clickable] and [Draggable], and a [ScalarNode]: a number for each vertex,
// or for each face.
type Mesh struct {
	byNumber
	props   wire.MeshProps
	texture image.Image // nil for none
}

// AddMesh adds a surface of triangles: their corners in scene units in the node's
// frame, and for each triangle three indices into them, counter-clockwise seen from the
// front. It panics with a *UsageError if the name is empty, an index is out of range,
// or the number of colors, normals or texture coordinates differs from that of the
// vertices.
func (s *Scene) AddMesh(name string, vertices []Vec3f, faces [][3]uint32, opts *MeshOptions) *Mesh {
	const fn = "Scene.AddMesh"
	o := orPtr(opts, MeshOptions{})
	m := &Mesh{props: o.props(fn)}
	checkFaces(fn, len(vertices), faces)
	m.props.Vertices, m.props.Faces = wire.Vec3s(vertices), wire.Faces(faces)
	m.props.VertexColors = vertexColors(fn, len(vertices), o.VertexColors, o.VertexOpacities)
	m.props.Normals = vertexNormals(fn, len(vertices), o.Normals)
	m.setTexture(fn, takeTexture(fn, o.Texture), o.UVs)
	m.numbers(&m.props.ScalarProps, wire.MeshPropsScalars, func() (int, int) { return m.props.Faces.Len() / 3, m.count() })
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

// SetGeometry replaces vertices and faces as one step, as in AddMesh. If the number of
// vertices changes, the colors, normals and texture of the old ones are removed; use
// [Server.Atomic] to set new ones in the same step.
func (h *Mesh) SetGeometry(vertices []Vec3f, faces [][3]uint32) {
	checkFaces("Mesh.SetGeometry", len(vertices), faces)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(vertices) != h.count() {
		h.setAttributes(wire.Array{}, wire.Array{})
		if h.setTexture("Mesh.SetGeometry", takenImage{}, nil) {
			h.changed(wire.MeshPropsUVs, wire.MeshPropsTexture)
		}
	}
	h.changedArrays(
		arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)},
		arrayField{&h.props.Faces, wire.MeshPropsFaces, wire.Faces(faces)},
	)
}

// SetVertices moves the vertices and keeps colors, given normals and texture. It panics
// with a *UsageError if the number of vertices changes.
func (h *Mesh) SetVertices(vertices []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := h.count(); n != len(vertices) {
		usage("Mesh.SetVertices", "%d vertices for a mesh of %d; SetGeometry changes the number", len(vertices), n)
	}
	h.changedArrays(arrayField{&h.props.Vertices, wire.MeshPropsVertices, wire.Vec3s(vertices)})
}

// Attributes of the vertices besides their positions. Upstream viser does not support
// them: only pages of this library receive them.

// count is the number of vertices.
func (h *Mesh) count() int { return h.props.Vertices.Len() / 3 }

// SetVertexColors replaces the colors of the vertices and their opacities, as in
// MeshOptions; with nil colors the mesh has its single color. It panics with a
// *UsageError if their numbers differ from that of the vertices.
func (h *Mesh) SetVertexColors(colors []RGB, opacities []float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setAttributes(vertexColors("Mesh.SetVertexColors", h.count(), colors, opacities), h.props.Normals)
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

// VertexOpacities returns a copy of the opacities of the vertices, rounded to bytes,
// nil if there are none.
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

// SetNormals replaces the normals at the vertices, for the shading; nil computes them
// from the triangles. It panics with a *UsageError if there is not one for each vertex.
func (h *Mesh) SetNormals(normals []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setAttributes(h.props.VertexColors, vertexNormals("Mesh.SetNormals", h.count(), normals))
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

// SetTexture replaces the texture and the texture coordinates as one step, as in
// MeshOptions; nil for both removes them. It panics with a *UsageError if there is not
// one coordinate for each vertex, or the image is empty.
func (h *Mesh) SetTexture(texture image.Image, uvs []Vec2f) {
	const fn = "Mesh.SetTexture"
	taken := takeTexture(fn, texture)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.setTexture(fn, taken, uvs) {
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
	return picture.Clone(h.texture)
}

// UVs returns a copy of the texture coordinates of the vertices, nil if there are none.
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

// setAttributes sends colors and normals if they have changed; h.mu is held.
func (h *Mesh) setAttributes(colors, normals wire.Array) {
	h.changedArrays(
		arrayField{&h.props.VertexColors, wire.MeshPropsVertexColors, colors},
		arrayField{&h.props.Normals, wire.MeshPropsNormals, normals},
	)
}

// takeTexture is takeImage, for an image that may be nil.
func takeTexture(fn string, texture image.Image) takenImage {
	if texture == nil {
		return takenImage{}
	}
	return takeImage(fn, texture, AutoFormat, textureQuality)
}

// setTexture stores the texture and reports whether there was or is one; h.mu is
// held, or h is not shared yet.
func (h *Mesh) setTexture(fn string, texture takenImage, uvs []Vec2f) bool {
	had := h.texture != nil || !h.props.UVs.IsNull()
	switch {
	case texture.copy != nil && uvs == nil:
		usage(fn, "a texture needs UVs, the texture coordinates of the vertices")
	case uvs != nil && len(uvs) != h.count():
		usage(fn, "%d vertices and %d UVs: give one for each", h.count(), len(uvs))
	}
	h.texture, h.props.Texture, h.props.UVs = texture.copy, texture.data, wire.Array{}
	if uvs != nil {
		flat := make([]float32, 0, 2*len(uvs))
		for _, uv := range uvs {
			flat = append(flat, uv[:]...)
		}
		h.props.UVs = wire.Float32s(flat)
	}
	return had || texture.copy != nil || uvs != nil
}

// textureQuality is the JPEG quality of opaque textures, which are viewed from near.
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
		return wire.RGBs(colors)
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

// opacityOf is the property for an opacity: nil for an opaque node, which is drawn
// without blending.
func opacityOf(v *float64) *float64 {
	if v == nil || *v == 1 {
		return nil
	}
	return new(*v)
}

// receiveShadow is the property for the options of a node that receives shadows.
func receiveShadow(fn string, off bool, opacity *float64) wire.BoolOrFloat {
	if opacity == nil || off {
		return wire.BoolOrFloat{Bool: !off}
	}
	checkUnit(fn, "ShadowOpacity", *opacity)
	return wire.BoolOrFloat{Float: *opacity, IsFloat: true}
}

var skinnedMeshKind = state.SceneKind("SkinnedMeshMessage", new(wire.SkinnedMeshProps))

// maxBones is the range of the wire's indices.
const maxBones = math.MaxUint16 + 1

// weightsPerVertex is how many bones move a vertex on a page.
const weightsPerVertex = 4

// A SkinnedMesh is a surface of triangles that is deformed by bones.
//
// A SkinnedMesh is [Clickable] and [Draggable].
type SkinnedMesh struct {
	interactive
	props wire.SkinnedMeshProps
	bones []*Bone
}

// AddSkinnedMesh adds a surface of triangles, as AddMesh takes it, that is deformed by bones. bones are their poses
// at rest, in which the vertices have the given positions; a zero Rotation is the identity. weights has one row per
// vertex and one column per bone. The four largest weights of a row are used; their sum should be 1. It panics with
// a *UsageError if the name is empty, there is no bone, lengths do not match, or a weight or pose is not finite.
func (s *Scene) AddSkinnedMesh(name string, vertices []Vec3f, faces [][3]uint32, bones []Pose, weights [][]float32, opts *SkinnedMeshOptions) *SkinnedMesh {
	const fn = "Scene.AddSkinnedMesh"
	o := orPtr(opts, SkinnedMeshOptions{})
	m := &SkinnedMesh{props: o.props(fn)}
	checkFaces(fn, len(vertices), faces)
	checkBones(fn, len(vertices), bones, weights)
	m.props.Vertices, m.props.Faces = wire.Vec3s(vertices), wire.Faces(faces)
	m.props.SkinIndices, m.props.SkinWeights = topWeights(weights)
	m.addBones(bones)
	s.add(fn, name, m, skinnedMeshKind, &m.props, o.place(fn))
	return m
}

func checkBones(fn string, vertices int, bones []Pose, weights [][]float32) {
	if len(bones) == 0 || len(bones) > maxBones {
		usage(fn, "%d bones; there must be 1 to %d", len(bones), maxBones)
	}
	checkWeights(fn, vertices, len(bones), weights)
	for _, b := range bones {
		checkQuat(fn, orIdentity(b.Rotation))
		checkFinite(fn, b.Translation[:]...)
	}
}

func checkWeights(fn string, vertices, bones int, weights [][]float32) {
	if len(weights) != vertices {
		usage(fn, "%d rows of weights for %d vertices; give one row for each", len(weights), vertices)
	}
	for i, row := range weights {
		if len(row) != bones {
			usage(fn, "row %d of the weights has %d columns for %d bones", i, len(row), bones)
		}
		for _, w := range row {
			checkFinite(fn, float64(w))
		}
	}
}

// topWeights gives the strongest bones of each vertex and their weights, the
// weaker ones first, filled up with weights of zero.
func topWeights(weights [][]float32) (indices, top wire.Array) {
	var bones []uint16
	var strengths []float32
	var order []int
	for _, row := range weights {
		order = order[:0]
		for i := range row {
			order = append(order, i)
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case row[a] < row[b]:
				return -1
			case row[a] > row[b]:
				return 1
			}
			return 0
		})
		if len(order) > weightsPerVertex {
			order = order[len(order)-weightsPerVertex:]
		}
		for k := range weightsPerVertex {
			if k < len(order) {
				bones, strengths = append(bones, uint16(order[k])), append(strengths, row[order[k]])
			} else {
				bones, strengths = append(bones, 0), append(strengths, 0)
			}
		}
	}
	return wire.Uint16s(bones), wire.Float32s(strengths)
}

// addBones makes the handles, and the rest poses that are sent with the mesh.
func (h *SkinnedMesh) addBones(bones []Pose) {
	var wxyzs []Vec4f
	var positions []Vec3f
	for i, b := range bones {
		q, p := orIdentity(b.Rotation), b.Translation
		wxyzs = append(wxyzs, Vec4f{float32(q.W), float32(q.X), float32(q.Y), float32(q.Z)})
		positions = append(positions, Point(p[0], p[1], p[2]))
		h.bones = append(h.bones, &Bone{mesh: h, index: i, wxyz: q, position: p})
	}
	h.props.BoneWXYZs, h.props.BonePositions = wire.Quats(wxyzs), wire.Vec3s(positions)
}

// Bones returns the bones, in the order in which they were given.
func (h *SkinnedMesh) Bones() []*Bone { return slices.Clone(h.bones) }

// A Bone moves the vertices of a skinned mesh that depend on it. All methods are
// safe for concurrent use.
type Bone struct {
	mesh     *SkinnedMesh
	index    int
	wxyz     Quat // these two guarded by the mesh's mu
	position Vec3
}

// WXYZ returns the bone's orientation in the mesh's frame.
func (b *Bone) WXYZ() Quat {
	b.mesh.mu.Lock()
	defer b.mesh.mu.Unlock()
	return b.wxyz
}

// SetWXYZ sets the bone's orientation in the mesh's frame. q should have length one. It
// panics with a *UsageError if q is zero or not finite.
func (b *Bone) SetWXYZ(q Quat) {
	checkQuat("Bone.SetWXYZ", q)
	h := b.mesh
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.isGone("Bone.SetWXYZ") || q == b.wxyz {
		return
	}
	b.wxyz = q
	h.ent.SetMessage(fmt.Sprint("bone wxyz ", b.index), &wire.SetBoneOrientationMessage{
		Name: h.name, BoneIndex: b.index, WXYZ: q.WXYZ(), Owner: h.scene.scope.Owner(),
	})
}

// Position returns the bone's position in the mesh's frame, in scene units.
func (b *Bone) Position() Vec3 {
	b.mesh.mu.Lock()
	defer b.mesh.mu.Unlock()
	return b.position
}

// SetPosition sets the bone's position in the mesh's frame, in scene units. It panics
// with a *UsageError if p is not finite.
func (b *Bone) SetPosition(p Vec3) {
	checkFinite("Bone.SetPosition", p[:]...)
	h := b.mesh
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.isGone("Bone.SetPosition") || p == b.position {
		return
	}
	b.position = p
	h.ent.SetMessage(fmt.Sprint("bone position ", b.index), &wire.SetBonePositionMessage{
		Name: h.name, BoneIndex: b.index, Position: p, Owner: h.scene.scope.Owner(),
	})
}

// Vertices returns a copy of the vertices at rest.
func (h *SkinnedMesh) Vertices() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Vertices)
}

// SetVertices moves the vertices at rest. It panics with a *UsageError if the number of
// vertices changes.
func (h *SkinnedMesh) SetVertices(vertices []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := h.props.Vertices.Len() / 3; n != len(vertices) {
		usage("SkinnedMesh.SetVertices", "%d vertices for a mesh of %d; add another mesh to change the number", len(vertices), n)
	}
	h.changedArrays(arrayField{&h.props.Vertices, wire.SkinnedMeshPropsVertices, wire.Vec3s(vertices)})
}

// Faces returns a copy of the faces.
func (h *SkinnedMesh) Faces() [][3]uint32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return facesOf(h.props.Faces)
}

// SetFaces replaces the faces. It panics with a *UsageError if an index is out of
// range.
func (h *SkinnedMesh) SetFaces(faces [][3]uint32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	checkFaces("SkinnedMesh.SetFaces", h.props.Vertices.Len()/3, faces)
	h.changedArrays(arrayField{&h.props.Faces, wire.SkinnedMeshPropsFaces, wire.Faces(faces)})
}

// SetWeights replaces the weights of the bones, as in AddSkinnedMesh. It panics with a
// *UsageError if there is not one row per vertex and one column per bone, or a weight
// is not finite.
func (h *SkinnedMesh) SetWeights(weights [][]float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	checkWeights("SkinnedMesh.SetWeights", h.props.Vertices.Len()/3, len(h.bones), weights)
	indices, top := topWeights(weights)
	h.changedArrays(
		arrayField{&h.props.SkinIndices, wire.SkinnedMeshPropsSkinIndices, indices},
		arrayField{&h.props.SkinWeights, wire.SkinnedMeshPropsSkinWeights, top},
	)
}

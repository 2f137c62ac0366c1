package viser

import (
	"fmt"
	"math"
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var skinnedMeshKind = state.SceneKind("SkinnedMeshMessage", new(wire.SkinnedMeshProps))

// maxBones is what the indices of the wire can tell apart.
const maxBones = math.MaxUint16 + 1

// weightsPerVertex is how many bones move a vertex on a page.
const weightsPerVertex = 4

// A SkinnedMesh is a surface of triangles that bones move.
//
// A SkinnedMesh is [Clickable] and [Draggable].
type SkinnedMesh struct {
	interactive
	props wire.SkinnedMeshProps
	bones []*Bone
}

// AddSkinnedMesh adds a surface of triangles, as AddMesh takes it, that follows its
// bones. bones are their poses at rest, at which the vertices are where they were
// given; a zero Rotation is the identity. weights has one row a vertex and one column a bone: how strongly it pulls
// on the vertex; the four strongest count, and a row's sum should be 1. It panics
// with a *UsageError if the name is empty, there is no bone, a number of things
// does not fit or a weight or pose is not finite.
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

// addBones makes the handles, and the rest poses that travel with the mesh.
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

// SetWXYZ turns the bone, in the mesh's frame. q should have length one. It panics
// with a *UsageError if q is zero or not finite.
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

// SetPosition moves the bone, in the mesh's frame. It panics with a *UsageError if
// p is not finite.
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

// SetVertices moves the vertices at rest; their number stays. It panics with a
// *UsageError if it does not.
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

// SetFaces replaces the faces. It panics with a *UsageError if an index points
// past the vertices.
func (h *SkinnedMesh) SetFaces(faces [][3]uint32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	checkFaces("SkinnedMesh.SetFaces", h.props.Vertices.Len()/3, faces)
	h.changedArrays(arrayField{&h.props.Faces, wire.SkinnedMeshPropsFaces, wire.Faces(faces)})
}

// SetWeights replaces how strongly the bones pull, as AddSkinnedMesh takes it. It
// panics with a *UsageError if the rows do not fit the vertices or the columns the
// bones, or a weight is not finite.
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

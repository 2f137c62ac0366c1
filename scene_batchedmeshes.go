package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var batchedMeshesKind = state.SceneKind("BatchedMeshesMessage", new(wire.BatchedMeshesProps))

// BatchedMeshes is one surface of triangles, drawn many times: its instances.
//
// BatchedMeshes are [Clickable] and [Draggable]. The InstanceIndex of the
// events is the instance's.
type BatchedMeshes struct {
	interactive
	props wire.BatchedMeshesProps
	color RGB // of all instances where no colors are given
}

// AddBatchedMeshes adds one surface of triangles, as AddMesh takes it, drawn once
// for each position. The instances' poses are in the node's frame: orientations
// as unit quaternions, scalar first (nil turns none), and positions in scene
// units. Instances whose pose is not finite are not drawn. It panics with a
// *UsageError if the name is empty, an index points past the vertices, or the
// number of something is not that of the positions.
func (s *Scene) AddBatchedMeshes(name string, vertices []Vec3f, faces [][3]uint32, wxyzs []Vec4f, positions []Vec3f, opts *BatchedMeshesOptions) *BatchedMeshes {
	const fn = "Scene.AddBatchedMeshes"
	o := orPtr(opts, BatchedMeshesOptions{})
	b := &BatchedMeshes{props: o.props(fn)}
	checkFaces(fn, len(vertices), faces)
	n, p := len(positions), &b.props
	b.color = rgbOf(o.Color, defaultRowColor)
	p.BatchedWXYZs, p.BatchedPositions = instanceWXYZs(fn, wxyzs, n), wire.Vec3s(positions)
	p.BatchedScales, p.Lod = InstanceScales{o.Scales, o.AxisScales}.array(fn, n), o.LOD.wire(fn)
	p.Vertices, p.Faces = wire.Vec3s(vertices), wire.Faces(faces)
	p.BatchedColors, p.BatchedOpacities = rowColors(fn, n, o.Colors, b.color), instanceOpacities(fn, n, o.Opacities)
	s.add(fn, name, b, batchedMeshesKind, &b.props, o.place(fn))
	return b
}

// Len returns the number of instances.
func (h *BatchedMeshes) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.BatchedPositions.Len() / 3
}

// Poses returns copies of the instances' orientations and positions.
func (h *BatchedMeshes) Poses() (wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return quatsOf(h.props.BatchedWXYZs), vec3sOf(h.props.BatchedPositions)
}

// SetPoses sets the poses of all instances as one step; nil leaves orientations
// or positions as they are. It panics with a *UsageError if their number is not
// that of the instances; SetInstances changes it.
func (h *BatchedMeshes) SetPoses(wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(newPoses("BatchedMeshes.SetPoses", wxyzs, positions,
		arrayField{&p.BatchedWXYZs, wire.BatchedMeshesPropsBatchedWXYZs, p.BatchedWXYZs},
		arrayField{&p.BatchedPositions, wire.BatchedMeshesPropsBatchedPositions, p.BatchedPositions})...)
}

// SetInstances replaces all instances as one step, under the rules of
// AddBatchedMeshes; their number may change. Nil colors means what it
// does in PointCloud.SetPoints.
func (h *BatchedMeshes) SetInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales, colors []RGB, opacities []float32) {
	const fn = "BatchedMeshes.SetInstances"
	n := len(positions)
	quats, sizes, clear := instanceWXYZs(fn, wxyzs, n), scales.array(fn, n), instanceOpacities(fn, n, opacities)
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(
		arrayField{&p.BatchedWXYZs, wire.BatchedMeshesPropsBatchedWXYZs, quats},
		arrayField{&p.BatchedPositions, wire.BatchedMeshesPropsBatchedPositions, wire.Vec3s(positions)},
		arrayField{&p.BatchedScales, wire.BatchedMeshesPropsBatchedScales, sizes},
		arrayField{&p.BatchedColors, wire.BatchedMeshesPropsBatchedColors, rowColors(fn, n, colors, h.parts().coloring().color(h.color))},
		arrayField{&p.BatchedOpacities, wire.BatchedMeshesPropsBatchedOpacities, clear},
	)
}

// Scales returns a copy of the instances' scales.
func (h *BatchedMeshes) Scales() InstanceScales {
	h.mu.Lock()
	defer h.mu.Unlock()
	return scalesOf(h.props.BatchedScales, h.props.BatchedPositions.Len()/3)
}

// SetScales sets the instances' scales; the zero value takes them away. It panics
// with a *UsageError if their number is not that of the instances.
func (h *BatchedMeshes) SetScales(v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := v.array("BatchedMeshes.SetScales", h.props.BatchedPositions.Len()/3)
	h.changedArrays(arrayField{&h.props.BatchedScales, wire.BatchedMeshesPropsBatchedScales, a})
}

// Colors returns a copy of the instances' colors: one each, or one for all.
func (h *BatchedMeshes) Colors() []RGB {
	h.mu.Lock()
	defer h.mu.Unlock()
	return rgbsOf(h.props.BatchedColors)
}

// SetColors sets the instances' colors: one each, one for all, or nil for the Color
// of the options. It panics with a *UsageError if their number fits no way.
func (h *BatchedMeshes) SetColors(colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := rowColors("BatchedMeshes.SetColors", h.props.BatchedPositions.Len()/3, colors, h.color)
	h.changedArrays(arrayField{&h.props.BatchedColors, wire.BatchedMeshesPropsBatchedColors, a})
}

// Opacities returns a copy of the instances' opacities, nil if they have none.
func (h *BatchedMeshes) Opacities() []float32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.props.BatchedOpacities.IsNull() {
		return nil
	}
	return h.props.BatchedOpacities.Float32s()
}

// SetOpacities sets the instances' opacities, 0 to 1, on top of the batch's; nil
// takes them away. It panics with a *UsageError if their number is not that of the
// instances, or one is out of range.
func (h *BatchedMeshes) SetOpacities(v []float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := instanceOpacities("BatchedMeshes.SetOpacities", h.props.BatchedPositions.Len()/3, v)
	h.changedArrays(arrayField{&h.props.BatchedOpacities, wire.BatchedMeshesPropsBatchedOpacities, a})
}

// LOD returns the levels of detail.
func (h *BatchedMeshes) LOD() LOD {
	h.mu.Lock()
	defer h.mu.Unlock()
	return lodOf(h.props.Lod)
}

// SetLOD sets the levels of detail. It panics with a *UsageError if a distance is
// below 0 or a ratio not between 0 and 1.
func (h *BatchedMeshes) SetLOD(v LOD) {
	l := v.wire("BatchedMeshes.SetLOD")
	h.mu.Lock()
	defer h.mu.Unlock()
	if !sameLOD(h.props.Lod, l) {
		h.props.Lod = l
		h.changed(wire.BatchedMeshesPropsLod)
	}
}

// Vertices returns a copy of the surface's vertices.
func (h *BatchedMeshes) Vertices() []Vec3f {
	h.mu.Lock()
	defer h.mu.Unlock()
	return vec3sOf(h.props.Vertices)
}

// Faces returns a copy of the surface's faces.
func (h *BatchedMeshes) Faces() [][3]uint32 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return facesOf(h.props.Faces)
}

// SetGeometry replaces the surface as one step, under the rules of AddMesh.
func (h *BatchedMeshes) SetGeometry(vertices []Vec3f, faces [][3]uint32) {
	checkFaces("BatchedMeshes.SetGeometry", len(vertices), faces)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changedArrays(
		arrayField{&h.props.Vertices, wire.BatchedMeshesPropsVertices, wire.Vec3s(vertices)},
		arrayField{&h.props.Faces, wire.BatchedMeshesPropsFaces, wire.Faces(faces)},
	)
}

// parts is the batch as rows; h.mu is held.
func (h *BatchedMeshes) parts() *batch {
	p := &h.props
	return &batch{node: &h.node,
		wxyzs:     arrayField{field: &p.BatchedWXYZs, key: wire.BatchedMeshesPropsBatchedWXYZs},
		positions: arrayField{field: &p.BatchedPositions, key: wire.BatchedMeshesPropsBatchedPositions},
		scales:    arrayField{field: &p.BatchedScales, key: wire.BatchedMeshesPropsBatchedScales},
		colors:    arrayField{field: &p.BatchedColors, key: wire.BatchedMeshesPropsBatchedColors},
		opacities: arrayField{field: &p.BatchedOpacities, key: wire.BatchedMeshesPropsBatchedOpacities}}
}

// SetPoseRange changes the poses of the instances from the given one on, as one
// step; nil leaves orientations or positions as they are. Only the range travels,
// under the terms of PointCloud.SetRange. It panics with a *UsageError if the range
// does not lie within the instances that there are, or the numbers differ.
func (h *BatchedMeshes) SetPoseRange(offset int, wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().poses("BatchedMeshes.SetPoseRange", offset, wxyzs, positions)
}

// SetScaleRange changes the scales of the instances from the given one on, which
// must be of the sort that the batch has: it panics with a *UsageError if they are
// not, or the range does not lie within the instances.
func (h *BatchedMeshes) SetScaleRange(offset int, v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().scale("BatchedMeshes.SetScaleRange", offset, v)
}

// SetColorRange changes the colors of the instances from the given one on. Where
// one color stands for all, each gets its own, once. It panics with a *UsageError
// if the range does not lie within the instances.
func (h *BatchedMeshes) SetColorRange(offset int, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().coloring().write("BatchedMeshes.SetColorRange", offset, nil, wire.RGBs(rgbs(colors)).Data)
}

// SetOpacityRange changes the opacities of the instances from the given one on. It
// panics with a *UsageError if the instances have none (SetOpacities gives them
// some), the range does not lie within them, or one is not between 0 and 1.
func (h *BatchedMeshes) SetOpacityRange(offset int, opacities []float32) {
	const fn = "BatchedMeshes.SetOpacityRange"
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.parts()
	checkPart(fn, offset, len(opacities), b.count())
	a := instanceOpacities(fn, len(opacities), opacities)
	if b.opacities.field.IsNull() {
		usage(fn, "the instances have no opacities; SetOpacities gives them some")
	}
	if a.Len() > 0 {
		b.patch(fn, b.opacities.writes(offset, floatRow, a.Data))
	}
}

// AppendInstances adds instances behind the last as one step, under the rules of
// AddBatchedMeshes and the terms of PointCloud.Append. They have scales of the sort
// that the batch has, colors unless one stands for all, and opacities if the batch
// has them; else it panics with a *UsageError.
func (h *BatchedMeshes) AppendInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales, colors []RGB, opacities []float32) {
	const fn = "BatchedMeshes.AppendInstances"
	h.mu.Lock()
	defer h.mu.Unlock()
	b, n := h.parts(), len(positions)
	clear := instanceOpacities(fn, n, opacities)
	if clear.IsNull() != b.opacities.field.IsNull() && n > 0 {
		usage(fn, "%d opacities for %d instances of a batch with %d", len(opacities), n, b.opacities.field.Len())
	}
	ps := b.coloring().addColors(fn, n, wire.RGBs(rgbs(colors)).Data)
	if !clear.IsNull() {
		ps = append(ps, b.opacities.writes(b.count(), floatRow, clear.Data))
	}
	b.add(fn, wxyzs, positions, scales, ps...)
}

// Truncate keeps the first n instances. It panics with a *UsageError if n is below 0
// or above their number.
func (h *BatchedMeshes) Truncate(n int) {
	const fn = "BatchedMeshes.Truncate"
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.parts()
	checkKept(fn, n, b.count())
	var ps []state.Patch
	if !b.coloring().single() {
		ps = append(ps, b.colors.keeps(n, 3))
	}
	if !b.opacities.field.IsNull() {
		ps = append(ps, b.opacities.keeps(n, floatRow))
	}
	b.cut(fn, n, ps...)
}

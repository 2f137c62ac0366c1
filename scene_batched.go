package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var batchedMeshesKind = state.SceneKind("BatchedMeshesMessage", new(wire.BatchedMeshesProps))

// BatchedMeshes are many instances of one surface of triangles.
//
// BatchedMeshes are [Clickable] and [Draggable]. The InstanceIndex of the
// events is the instance's.
//
// BatchedMeshes are a [ScalarNode]: a number for each instance.
type BatchedMeshes struct {
	byNumber
	props wire.BatchedMeshesProps
	color RGB // of all instances where no colors are given
}

// AddBatchedMeshes adds one surface of triangles, as AddMesh takes it, drawn once for
// each position. The instances' poses are in the node's frame: orientations as unit
// quaternions, scalar first (nil for the identity), and positions in scene units.
// Instances whose pose is not finite are not drawn. It panics with a *UsageError if the
// name is empty, an index is out of range, or the number of other values differs from
// that of the positions.
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
	b.numbers(&b.props.ScalarProps, wire.BatchedMeshesPropsScalars, func() (int, int) { return b.props.BatchedPositions.Len() / 3, -1 })
	s.add(fn, name, b, batchedMeshesKind, &b.props, o.place(fn))
	return b
}

// Len returns the number of instances.
func (h *BatchedMeshes) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.BatchedPositions.Len() / 3
}

func (h *BatchedMeshes) pieces() int { return h.Len() }

// Poses returns copies of the instances' orientations and positions.
func (h *BatchedMeshes) Poses() (wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return quatsOf(h.props.BatchedWXYZs), vec3sOf(h.props.BatchedPositions)
}

// SetPoses sets the poses of all instances as one step; nil orientations or positions
// are not changed. It panics with a *UsageError if their number differs from that of
// the instances; SetInstances changes it.
func (h *BatchedMeshes) SetPoses(wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(newPoses("BatchedMeshes.SetPoses", wxyzs, positions,
		arrayField{&p.BatchedWXYZs, wire.BatchedMeshesPropsBatchedWXYZs, p.BatchedWXYZs},
		arrayField{&p.BatchedPositions, wire.BatchedMeshesPropsBatchedPositions, p.BatchedPositions})...)
}

// SetInstances replaces all instances as one step, as in AddBatchedMeshes; their number
// may change. Nil colors have the same meaning as in PointCloud.SetPoints.
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

// SetScales sets the instances' scales; the zero value removes them. It panics with a
// *UsageError if their number differs from that of the instances.
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

// SetColors sets the instances' colors: one each, one for all, or nil for the Color of
// the options. It panics with a *UsageError on any other number.
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

// SetOpacities sets the instances' opacities, 0 to 1, multiplied by the batch's; nil
// removes them. It panics with a *UsageError if their number differs from that of the
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

// SetGeometry replaces the surface as one step, as in AddMesh.
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

// SetPoseRange changes the poses of the instances from index offset on, as one step;
// nil orientations or positions are not changed. Only the range is sent, as by
// PointCloud.SetRange. It panics with a *UsageError if the range is not within the
// instances, or the slices differ in length.
func (h *BatchedMeshes) SetPoseRange(offset int, wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().poses("BatchedMeshes.SetPoseRange", offset, wxyzs, positions)
}

// SetScaleRange changes the scales of the instances from index offset on, which must be
// of the kind that the batch has: it panics with a *UsageError if they are not, or the
// range is not within the instances.
func (h *BatchedMeshes) SetScaleRange(offset int, v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().scale("BatchedMeshes.SetScaleRange", offset, v)
}

// SetColorRange changes the colors of the instances from index offset on. If all
// instances share one color, each gets its own first. It panics with a *UsageError if
// the range is not within the instances.
func (h *BatchedMeshes) SetColorRange(offset int, colors []RGB) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().coloring().write("BatchedMeshes.SetColorRange", offset, nil, wire.RGBs(colors).Data)
}

// SetOpacityRange changes the opacities of the instances from index offset on. It
// panics with a *UsageError if the instances have none (see SetOpacities), the range is
// not within them, or one is not between 0 and 1.
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

// AppendInstances appends instances as one step, as in AddBatchedMeshes and like
// PointCloud.Append. They have scales of the kind that the batch has, colors unless all
// instances share one, and opacities if the batch has them; otherwise it panics with a
// *UsageError.
func (h *BatchedMeshes) AppendInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales, colors []RGB, opacities []float32) {
	const fn = "BatchedMeshes.AppendInstances"
	h.mu.Lock()
	defer h.mu.Unlock()
	b, n := h.parts(), len(positions)
	clear := instanceOpacities(fn, n, opacities)
	if clear.IsNull() != b.opacities.field.IsNull() && n > 0 {
		usage(fn, "%d opacities for %d instances of a batch with %d", len(opacities), n, b.opacities.field.Len())
	}
	ps := b.coloring().addColors(fn, n, wire.RGBs(colors).Data)
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

var batchedAxesKind = state.SceneKind("BatchedAxesMessage", new(wire.BatchedAxesProps))

// BatchedAxes are many coordinate frames in one node, drawn together: x red, y green, z
// blue.
//
// BatchedAxes are [Clickable] and [Draggable]. The InstanceIndex of the events
// is the frame's.
type BatchedAxes struct {
	interactive
	props wire.BatchedAxesProps
}

// AddBatchedAxes adds a coordinate frame for each position. The frames' poses are in
// the node's frame: orientations as unit quaternions, scalar first (nil for the
// identity), and positions in scene units. Frames whose pose is not finite are not
// drawn. It panics with a *UsageError if the name is empty, a size is below 0, or the
// number of other values differs from that of the positions.
func (s *Scene) AddBatchedAxes(name string, wxyzs []Vec4f, positions []Vec3f, opts *BatchedAxesOptions) *BatchedAxes {
	const fn = "Scene.AddBatchedAxes"
	o := orPtr(opts, BatchedAxesOptions{})
	a := &BatchedAxes{props: o.props(fn)}
	n := len(positions)
	a.props.BatchedWXYZs, a.props.BatchedPositions = instanceWXYZs(fn, wxyzs, n), wire.Vec3s(positions)
	a.props.BatchedScales = InstanceScales{o.Scales, o.AxisScales}.array(fn, n)
	s.add(fn, name, a, batchedAxesKind, &a.props, o.place(fn))
	return a
}

// Len returns the number of frames.
func (h *BatchedAxes) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.count()
}

func (h *BatchedAxes) pieces() int { return h.Len() }

// count is Len; h.mu is held.
func (h *BatchedAxes) count() int { return h.props.BatchedPositions.Len() / 3 }

// Poses returns copies of the frames' orientations and positions.
func (h *BatchedAxes) Poses() (wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return quatsOf(h.props.BatchedWXYZs), vec3sOf(h.props.BatchedPositions)
}

// SetPoses sets the poses of all frames as one step; nil orientations or positions are
// not changed. It panics with a *UsageError if their number differs from that of the
// frames; SetInstances changes it.
func (h *BatchedAxes) SetPoses(wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(newPoses("BatchedAxes.SetPoses", wxyzs, positions,
		arrayField{&p.BatchedWXYZs, wire.BatchedAxesPropsBatchedWXYZs, p.BatchedWXYZs},
		arrayField{&p.BatchedPositions, wire.BatchedAxesPropsBatchedPositions, p.BatchedPositions})...)
}

// SetInstances replaces all frames as one step, as in AddBatchedAxes; their number may
// change.
func (h *BatchedAxes) SetInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales) {
	const fn = "BatchedAxes.SetInstances"
	quats, sizes := instanceWXYZs(fn, wxyzs, len(positions)), scales.array(fn, len(positions))
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(
		arrayField{&p.BatchedWXYZs, wire.BatchedAxesPropsBatchedWXYZs, quats},
		arrayField{&p.BatchedPositions, wire.BatchedAxesPropsBatchedPositions, wire.Vec3s(positions)},
		arrayField{&p.BatchedScales, wire.BatchedAxesPropsBatchedScales, sizes},
	)
}

// Scales returns a copy of the frames' scales.
func (h *BatchedAxes) Scales() InstanceScales {
	h.mu.Lock()
	defer h.mu.Unlock()
	return scalesOf(h.props.BatchedScales, h.count())
}

// SetScales sets the frames' scales; the zero value removes them. It panics with a
// *UsageError if their number differs from that of the frames.
func (h *BatchedAxes) SetScales(v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := v.array("BatchedAxes.SetScales", h.count())
	h.changedArrays(arrayField{&h.props.BatchedScales, wire.BatchedAxesPropsBatchedScales, a})
}

// parts is the batch as rows; h.mu is held.
func (h *BatchedAxes) parts() *batch {
	p := &h.props
	return &batch{node: &h.node,
		wxyzs:     arrayField{field: &p.BatchedWXYZs, key: wire.BatchedAxesPropsBatchedWXYZs},
		positions: arrayField{field: &p.BatchedPositions, key: wire.BatchedAxesPropsBatchedPositions},
		scales:    arrayField{field: &p.BatchedScales, key: wire.BatchedAxesPropsBatchedScales}}
}

// SetPoseRange changes the poses of the frames from index offset on, like
// [BatchedMeshes.SetPoseRange].
func (h *BatchedAxes) SetPoseRange(offset int, wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().poses("BatchedAxes.SetPoseRange", offset, wxyzs, positions)
}

// SetScaleRange changes the scales of the frames from index offset on, like
// [BatchedMeshes.SetScaleRange].
func (h *BatchedAxes) SetScaleRange(offset int, v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().scale("BatchedAxes.SetScaleRange", offset, v)
}

// AppendInstances appends frames, like [BatchedMeshes.AppendInstances].
func (h *BatchedAxes) AppendInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("BatchedAxes.AppendInstances", wxyzs, positions, scales)
}

// Truncate keeps the first n frames. It panics with a *UsageError if n is below 0 or
// above their number.
func (h *BatchedAxes) Truncate(n int) {
	const fn = "BatchedAxes.Truncate"
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.parts()
	checkKept(fn, n, b.count())
	b.cut(fn, n)
}

// InstanceScales are factors on the size of the instances of a batch. At most one
// of the two is given; with neither, every factor is 1.
type InstanceScales struct {
	Scales     []float32 // one factor for each instance
	AxisScales []Vec3f   // one factor for each axis of each instance
}

// LOD chooses the levels of detail of a batch: instances far away are drawn with fewer
// triangles. With the zero value the client chooses.
type LOD struct {
	Off    bool       // whether every instance is drawn with all triangles
	Levels []LODLevel // the fraction of triangles by distance; not together with Off
}

// A LODLevel is the fraction of a surface's triangles that is drawn from a distance on.
type LODLevel struct {
	Distance float64 // the distance from the camera, in scene units; 0 or more
	Ratio    float64 // the fraction of the triangles that are drawn, 0 to 1
}

// instanceWXYZs encodes n orientations; nil means n identities.
func instanceWXYZs(fn string, wxyzs []Vec4f, n int) wire.Array {
	if wxyzs == nil {
		wxyzs = make([]Vec4f, n)
		for i := range wxyzs {
			wxyzs[i][0] = 1
		}
	}
	if len(wxyzs) != n {
		usage(fn, "%d orientations and %d positions: their numbers must be equal", len(wxyzs), n)
	}
	return wire.Quats(wxyzs)
}

// array encodes the scales of n instances, null if there are none.
func (o InstanceScales) array(fn string, n int) wire.Array {
	switch {
	case o.Scales != nil && o.AxisScales != nil:
		usage(fn, "Scales and AxisScales are both given; give one of them")
	case o.Scales != nil && len(o.Scales) != n:
		usage(fn, "%d Scales for %d instances; give one for each", len(o.Scales), n)
	case o.AxisScales != nil && len(o.AxisScales) != n:
		usage(fn, "%d AxisScales for %d instances; give one for each", len(o.AxisScales), n)
	case o.Scales != nil:
		return wire.Float32s(o.Scales)
	case o.AxisScales != nil:
		return wire.Vec3s(o.AxisScales)
	}
	return wire.Array{}
}

// scalesOf is the other way round.
func scalesOf(a wire.Array, n int) InstanceScales {
	switch {
	case a.IsNull():
		return InstanceScales{}
	case a.Len() == n:
		return InstanceScales{Scales: a.Float32s()}
	}
	return InstanceScales{AxisScales: vec3sOf(a)}
}

func instanceOpacities(fn string, n int, opacities []float32) wire.Array {
	if opacities == nil {
		return wire.Array{}
	}
	if len(opacities) != n {
		usage(fn, "%d Opacities for %d instances; give one for each", len(opacities), n)
	}
	for _, x := range opacities {
		checkUnit(fn, "an opacity", float64(x))
	}
	return wire.Float32s(opacities)
}

// wire is the property for the levels.
func (l LOD) wire(fn string) wire.LOD {
	if l.Off {
		if l.Levels != nil {
			usage(fn, "LOD has Levels and is Off; give one of them")
		}
		return wire.LOD{Mode: "off"}
	}
	if l.Levels == nil {
		return wire.LOD{Mode: "auto"}
	}
	levels := make([][2]float64, len(l.Levels))
	for i, level := range l.Levels {
		checkNotNegative(fn, "a level's Distance", level.Distance)
		checkUnit(fn, "a level's Ratio", level.Ratio)
		levels[i] = [2]float64{level.Distance, level.Ratio}
	}
	return wire.LOD{Levels: levels}
}

// lodOf is the other way round.
func lodOf(l wire.LOD) LOD {
	if l.Levels == nil {
		return LOD{Off: l.Mode == "off"}
	}
	levels := make([]LODLevel, len(l.Levels))
	for i, level := range l.Levels {
		levels[i] = LODLevel{Distance: level[0], Ratio: level[1]}
	}
	return LOD{Levels: levels}
}

func sameLOD(a, b wire.LOD) bool {
	return a.Mode == b.Mode && (a.Levels == nil) == (b.Levels == nil) && slices.Equal(a.Levels, b.Levels)
}

// newPoses fills in the values of the two arrays of poses, or leaves them.
func newPoses(fn string, wxyzs []Vec4f, positions []Vec3f, w, p arrayField) []arrayField {
	n := p.field.Len() / 3
	if wxyzs != nil && len(wxyzs) != n || positions != nil && len(positions) != n {
		usage(fn, "%d orientations and %d positions for %d instances; SetInstances changes their number", len(wxyzs), len(positions), n)
	}
	if wxyzs != nil {
		w.value = wire.Quats(wxyzs)
	}
	if positions != nil {
		p.value = wire.Vec3s(positions)
	}
	return []arrayField{w, p}
}

// A batch is what the batched kinds have in common: the arrays of their instances.
// A kind without colors or opacities has no field for them.
type batch struct {
	*node
	wxyzs, positions, scales, colors, opacities arrayField
}

const quatRow, vec3Row, floatRow = 16, 12, 4

func (b *batch) count() int { return b.positions.size() / vec3Row }

// poses changes the poses of instances from offset on; nil leaves orientations or
// positions.
func (b *batch) poses(fn string, offset int, wxyzs []Vec4f, positions []Vec3f) {
	if wxyzs != nil && positions != nil && len(wxyzs) != len(positions) {
		usage(fn, "%d orientations and %d positions: their numbers must be equal", len(wxyzs), len(positions))
	}
	checkPart(fn, offset, max(len(wxyzs), len(positions)), b.count())
	var ps []state.Patch
	if len(wxyzs) > 0 {
		ps = append(ps, b.wxyzs.writes(offset, quatRow, wire.Quats(wxyzs).Data))
	}
	if len(positions) > 0 {
		ps = append(ps, b.positions.writes(offset, vec3Row, wire.Vec3s(positions).Data))
	}
	b.patch(fn, ps...)
}

// scaleRow is the size of an instance's scale, 0 if the batch has none.
func (b *batch) scaleRow() int {
	switch n := b.count(); {
	case b.scales.field.IsNull():
		return 0
	case b.scales.field.Len() == n:
		return floatRow
	}
	return vec3Row
}

// scaled gives the scales' bytes; they must be of the kind that the batch has.
func (b *batch) scaled(fn string, v InstanceScales, n int) []byte {
	a := v.array(fn, n)
	row := b.scaleRow()
	switch {
	case row == 0 && !a.IsNull():
		usage(fn, "the instances have no scales; SetScales gives them some")
	case row > 0 && n > 0 && (a.IsNull() || b.count() > 0 && len(a.Data) != n*row):
		usage(fn, "the instances have scales, these others or none: give the same of Scales and AxisScales")
	}
	return a.Data
}

func (b *batch) scale(fn string, offset int, v InstanceScales) {
	n := max(len(v.Scales), len(v.AxisScales))
	checkPart(fn, offset, n, b.count())
	if data := b.scaled(fn, v, n); n > 0 {
		b.patch(fn, b.scales.writes(offset, b.scaleRow(), data))
	}
}

// add appends instances; ps are the changes that go with it.
func (b *batch) add(fn string, wxyzs []Vec4f, positions []Vec3f, scales InstanceScales, ps ...state.Patch) {
	n, count := len(positions), b.count()
	quats, sizes := instanceWXYZs(fn, wxyzs, n), b.scaled(fn, scales, n)
	if n == 0 {
		return
	}
	ps = append(ps, b.wxyzs.writes(count, quatRow, quats.Data), b.positions.writes(count, vec3Row, wire.Vec3s(positions).Data))
	if row := len(sizes) / n; row > 0 {
		ps = append(ps, b.scales.writes(count, row, sizes))
	}
	b.patch(fn, ps...)
}

// cut keeps the first n instances; ps are the changes that go with it.
func (b *batch) cut(fn string, n int, ps ...state.Patch) {
	ps = append(ps, b.wxyzs.keeps(n, quatRow), b.positions.keeps(n, vec3Row))
	if row := b.scaleRow(); row > 0 {
		ps = append(ps, b.scales.keeps(n, row))
	}
	b.patch(fn, ps...)
}

// coloring is the instances' positions and colors as rows.
func (b *batch) coloring() *colored {
	return &colored{node: b.node, points: b.positions, colors: b.colors, pointRow: vec3Row, colorRow: 3}
}

package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

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

// scaled gives the scales' bytes; they must be of the sort that the batch has.
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

// coloring is the instances' positions and colors as rows.
func (b *batch) coloring() *colored {
	return &colored{node: b.node, points: b.positions, colors: b.colors, pointRow: vec3Row, colorRow: 3}
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

// parts is the batch as rows; h.mu is held.
func (h *BatchedGLB) parts() *batch {
	p := &h.props
	return &batch{node: &h.node,
		wxyzs:     arrayField{field: &p.BatchedWXYZs, key: wire.BatchedGlbPropsBatchedWXYZs},
		positions: arrayField{field: &p.BatchedPositions, key: wire.BatchedGlbPropsBatchedPositions},
		scales:    arrayField{field: &p.BatchedScales, key: wire.BatchedGlbPropsBatchedScales}}
}

// SetPoseRange changes the poses of the instances from the given one on, under the
// terms of BatchedMeshes.SetPoseRange.
func (h *BatchedGLB) SetPoseRange(offset int, wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().poses("BatchedGLB.SetPoseRange", offset, wxyzs, positions)
}

// SetScaleRange changes the scales of the instances from the given one on, under the
// terms of BatchedMeshes.SetScaleRange.
func (h *BatchedGLB) SetScaleRange(offset int, v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().scale("BatchedGLB.SetScaleRange", offset, v)
}

// AppendInstances adds instances behind the last, under the terms of
// BatchedMeshes.AppendInstances.
func (h *BatchedGLB) AppendInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().add("BatchedGLB.AppendInstances", wxyzs, positions, scales)
}

// Truncate keeps the first n instances. It panics with a *UsageError if n is below 0
// or above their number.
func (h *BatchedGLB) Truncate(n int) {
	const fn = "BatchedGLB.Truncate"
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.parts()
	checkKept(fn, n, b.count())
	b.cut(fn, n)
}

// parts is the batch as rows; h.mu is held.
func (h *BatchedAxes) parts() *batch {
	p := &h.props
	return &batch{node: &h.node,
		wxyzs:     arrayField{field: &p.BatchedWXYZs, key: wire.BatchedAxesPropsBatchedWXYZs},
		positions: arrayField{field: &p.BatchedPositions, key: wire.BatchedAxesPropsBatchedPositions},
		scales:    arrayField{field: &p.BatchedScales, key: wire.BatchedAxesPropsBatchedScales}}
}

// SetPoseRange changes the poses of the frames from the given one on, under the
// terms of BatchedMeshes.SetPoseRange.
func (h *BatchedAxes) SetPoseRange(offset int, wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().poses("BatchedAxes.SetPoseRange", offset, wxyzs, positions)
}

// SetScaleRange changes the scales of the frames from the given one on, under the
// terms of BatchedMeshes.SetScaleRange.
func (h *BatchedAxes) SetScaleRange(offset int, v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().scale("BatchedAxes.SetScaleRange", offset, v)
}

// AppendInstances adds frames behind the last, under the terms of
// BatchedMeshes.AppendInstances.
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

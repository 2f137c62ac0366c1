package viser

import (
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var batchedAxesKind = state.SceneKind("BatchedAxesMessage", new(wire.BatchedAxesProps))

// BatchedAxes are many coordinate frames in one node, drawn at once: x red, y
// green, z blue.
//
// BatchedAxes are [Clickable] and [Draggable]. The InstanceIndex of the events
// is the frame's.
type BatchedAxes struct {
	interactive
	props wire.BatchedAxesProps
}

// AddBatchedAxes adds a coordinate frame for each position. The frames' poses are
// in the node's frame: orientations as unit quaternions, scalar first (nil turns
// none), and positions in scene units. Frames whose pose is not finite are not
// drawn. It panics with a *UsageError if the name is empty, a size is below 0, or
// the number of something is not that of the positions.
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

// count is Len; h.mu is held.
func (h *BatchedAxes) count() int { return h.props.BatchedPositions.Len() / 3 }

// Poses returns copies of the frames' orientations and positions.
func (h *BatchedAxes) Poses() (wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return quatsOf(h.props.BatchedWXYZs), vec3sOf(h.props.BatchedPositions)
}

// SetPoses sets the poses of all frames as one step; nil leaves orientations or
// positions as they are. It panics with a *UsageError if their number is not that
// of the frames; SetInstances changes it.
func (h *BatchedAxes) SetPoses(wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(newPoses("BatchedAxes.SetPoses", wxyzs, positions,
		arrayField{&p.BatchedWXYZs, wire.BatchedAxesPropsBatchedWXYZs, p.BatchedWXYZs},
		arrayField{&p.BatchedPositions, wire.BatchedAxesPropsBatchedPositions, p.BatchedPositions})...)
}

// SetInstances replaces all frames as one step, under the rules of
// AddBatchedAxes; their number may change.
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

// SetScales sets the frames' scales; the zero value takes them away. It panics
// with a *UsageError if their number is not that of the frames.
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

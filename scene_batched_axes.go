package viser

import (
	"context"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var batchedAxesKind = state.SceneKind("BatchedAxesMessage", new(wire.BatchedAxesProps))

// BatchedAxes are many coordinate frames in one node, drawn at once: x red, y
// green, z blue.
type BatchedAxes struct {
	draggable
	props wire.BatchedAxesProps
}

// BatchedAxesOptions are the options of AddBatchedAxes. Lengths are in scene
// units.
type BatchedAxesOptions struct {
	NodeOptions
	InstanceScales
	AxesLength float64 // default 0.5
	AxesRadius float64 // default 0.025
	Scale      Vec3    // of the whole batch; default 1
}

// AddBatchedAxes adds a coordinate frame for each position. The frames' poses are
// in the node's frame: orientations as unit quaternions, scalar first (nil turns
// none), and positions in scene units. Frames whose pose is not finite are not
// drawn. It panics with a *UsageError if the name is empty, a size is below 0, or
// the number of something is not that of the positions.
func (s *Scene) AddBatchedAxes(name string, wxyzs [][4]float32, positions [][3]float32, opts *BatchedAxesOptions) *BatchedAxes {
	const fn = "Scene.AddBatchedAxes"
	o := orPtr(opts, BatchedAxesOptions{})
	n := len(positions)
	a := &BatchedAxes{props: wire.BatchedAxesProps{
		BatchedWXYZs: instanceWXYZs(fn, wxyzs, n), BatchedPositions: wire.Vec3s(positions),
		BatchedScales: o.InstanceScales.array(fn, n),
		AxesLength:    or(o.AxesLength, 0.5),
		AxesRadius:    or(o.AxesRadius, 0.025),
		Scale:         scaleOf(fn, o.Scale),
	}}
	checkNotNegative(fn, "AxesLength", a.props.AxesLength)
	checkNotNegative(fn, "AxesRadius", a.props.AxesRadius)
	s.add(fn, name, a, batchedAxesKind, &a.props, o.NodeOptions)
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
func (h *BatchedAxes) Poses() (wxyzs [][4]float32, positions [][3]float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return quatsOf(h.props.BatchedWXYZs), vec3sOf(h.props.BatchedPositions)
}

// SetPoses sets the poses of all frames as one step; nil leaves orientations or
// positions as they are. It panics with a *UsageError if their number is not that
// of the frames; SetInstances changes it.
func (h *BatchedAxes) SetPoses(wxyzs [][4]float32, positions [][3]float32) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(newPoses("BatchedAxes.SetPoses", wxyzs, positions,
		arrayField{&p.BatchedWXYZs, wire.BatchedAxesPropsBatchedWXYZs, p.BatchedWXYZs},
		arrayField{&p.BatchedPositions, wire.BatchedAxesPropsBatchedPositions, p.BatchedPositions})...)
}

// SetInstances replaces all frames as one step, under the rules of
// AddBatchedAxes; their number may change.
func (h *BatchedAxes) SetInstances(wxyzs [][4]float32, positions [][3]float32, scales InstanceScales) {
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

// OnClick attaches fn for clicks on a frame (the event's InstanceIndex) with
// exactly these modifier keys held; none means a plain click. ctx ends when the
// client leaves.
func (h *BatchedAxes) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("BatchedAxes.OnClick", mods), fn)
}

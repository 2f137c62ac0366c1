package viser

import (
	"bytes"
	"fmt"

	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// parts is the batch as rows; h.mu is held.
func (h *BatchedGLB) parts() *batch {
	p := &h.props
	return &batch{node: &h.node,
		wxyzs:     arrayField{field: &p.BatchedWXYZs, key: wire.BatchedGlbPropsBatchedWXYZs},
		positions: arrayField{field: &p.BatchedPositions, key: wire.BatchedGlbPropsBatchedPositions},
		scales:    arrayField{field: &p.BatchedScales, key: wire.BatchedGlbPropsBatchedScales}}
}

// SetPoseRange changes the poses of the instances from index offset on, like
// [BatchedMeshes.SetPoseRange].
func (h *BatchedGLB) SetPoseRange(offset int, wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().poses("BatchedGLB.SetPoseRange", offset, wxyzs, positions)
}

// SetScaleRange changes the scales of the instances from index offset on, like
// [BatchedMeshes.SetScaleRange].
func (h *BatchedGLB) SetScaleRange(offset int, v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.parts().scale("BatchedGLB.SetScaleRange", offset, v)
}

// AppendInstances appends instances, like [BatchedMeshes.AppendInstances].
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

var (
	glbKind        = state.SceneKind("GlbMessage", new(wire.GlbProps))
	batchedGLBKind = state.SceneKind("BatchedGlbMessage", new(wire.BatchedGlbProps))
)

// A GLB is a model from a binary glTF file. If the file has animations, clients play
// the first one in a loop.
//
// A GLB is [Clickable] and [Draggable].
type GLB struct {
	interactive
	props wire.GlbProps
}

// AddGLB adds a model from the bytes of a GLB file (binary glTF 2.0), which are copied.
// The file must be self-contained: clients do not fetch external files. It returns an
// error if the bytes are not a GLB file. Clients support meshopt compression, but not
// Draco: they show a message at the node instead, and a warning if the file requires other
// unsupported extensions. It panics with a *UsageError if the name is empty or a number is
// out of range.
func (s *Scene) AddGLB(name string, data []byte, opts *GLBOptions) (*GLB, error) {
	const fn = "Scene.AddGLB"
	o := orPtr(opts, GLBOptions{})
	g, at := &GLB{props: o.props(fn)}, o.place(fn)
	name = cleanName(fn, name)
	var err error
	if g.props.GLBData, err = checkedGLB(name, data); err != nil {
		return nil, err
	}
	s.add(fn, name, g, glbKind, &g.props, at)
	return g, nil
}

// checkedGLB copies a file that pages can read.
func checkedGLB(name string, data []byte) ([]byte, error) {
	if err := gltf.CheckGLB(data); err != nil {
		return nil, fmt.Errorf("viser: the GLB of node %q: %w", name, err)
	}
	return bytes.Clone(data), nil
}

// Data returns a copy of the file's bytes.
func (h *GLB) Data() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	return bytes.Clone(h.props.GLBData)
}

// SetData replaces the model, as in AddGLB. After an error the model is unchanged.
func (h *GLB) SetData(data []byte) error {
	checked, err := checkedGLB(h.name, data)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !bytes.Equal(h.props.GLBData, checked) {
		h.props.GLBData = checked
		h.changed(wire.GlbPropsGLBData)
	}
	return nil
}

// A BatchedGLB is many instances of one model from a binary glTF file. Animations are
// not played.
//
// A BatchedGLB is [Clickable] and [Draggable]. The InstanceIndex of the events
// is the instance's.
type BatchedGLB struct {
	interactive
	props wire.BatchedGlbProps
}

// AddBatchedGLB adds a model from the bytes of a GLB file, as in AddGLB, drawn once for
// each position, as in AddBatchedMeshes.
func (s *Scene) AddBatchedGLB(name string, data []byte, wxyzs []Vec4f, positions []Vec3f, opts *BatchedGLBOptions) (*BatchedGLB, error) {
	const fn = "Scene.AddBatchedGLB"
	o := orPtr(opts, BatchedGLBOptions{})
	g, at := &BatchedGLB{props: o.props(fn)}, o.place(fn)
	n, p := len(positions), &g.props
	p.BatchedWXYZs, p.BatchedPositions = instanceWXYZs(fn, wxyzs, n), wire.Vec3s(positions)
	p.BatchedScales, p.Lod = InstanceScales{o.Scales, o.AxisScales}.array(fn, n), o.LOD.wire(fn)
	name = cleanName(fn, name)
	var err error
	if p.GLBData, err = checkedGLB(name, data); err != nil {
		return nil, err
	}
	s.add(fn, name, g, batchedGLBKind, p, at)
	return g, nil
}

// Data returns a copy of the file's bytes.
func (h *BatchedGLB) Data() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	return bytes.Clone(h.props.GLBData)
}

// SetData replaces the model, as in AddGLB. After an error the model is unchanged.
func (h *BatchedGLB) SetData(data []byte) error {
	checked, err := checkedGLB(h.name, data)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !bytes.Equal(h.props.GLBData, checked) {
		h.props.GLBData = checked
		h.changed(wire.BatchedGlbPropsGLBData)
	}
	return nil
}

// Len returns the number of instances.
func (h *BatchedGLB) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.BatchedPositions.Len() / 3
}

func (h *BatchedGLB) pieces() int { return h.Len() }

// Poses returns copies of the instances' orientations and positions.
func (h *BatchedGLB) Poses() (wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return quatsOf(h.props.BatchedWXYZs), vec3sOf(h.props.BatchedPositions)
}

// SetPoses sets the poses of all instances as one step; nil orientations or positions
// are not changed. It panics with a *UsageError if their number differs from that of
// the instances; SetInstances changes it.
func (h *BatchedGLB) SetPoses(wxyzs []Vec4f, positions []Vec3f) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(newPoses("BatchedGLB.SetPoses", wxyzs, positions,
		arrayField{&p.BatchedWXYZs, wire.BatchedGlbPropsBatchedWXYZs, p.BatchedWXYZs},
		arrayField{&p.BatchedPositions, wire.BatchedGlbPropsBatchedPositions, p.BatchedPositions})...)
}

// SetInstances replaces all instances as one step, as in AddBatchedGLB; their number
// may change.
func (h *BatchedGLB) SetInstances(wxyzs []Vec4f, positions []Vec3f, scales InstanceScales) {
	const fn = "BatchedGLB.SetInstances"
	n := len(positions)
	quats, sizes := instanceWXYZs(fn, wxyzs, n), scales.array(fn, n)
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	h.changedArrays(
		arrayField{&p.BatchedWXYZs, wire.BatchedGlbPropsBatchedWXYZs, quats},
		arrayField{&p.BatchedPositions, wire.BatchedGlbPropsBatchedPositions, wire.Vec3s(positions)},
		arrayField{&p.BatchedScales, wire.BatchedGlbPropsBatchedScales, sizes},
	)
}

// Scales returns a copy of the instances' scales.
func (h *BatchedGLB) Scales() InstanceScales {
	h.mu.Lock()
	defer h.mu.Unlock()
	return scalesOf(h.props.BatchedScales, h.props.BatchedPositions.Len()/3)
}

// SetScales sets the instances' scales; the zero value removes them. It panics with a
// *UsageError if their number differs from that of the instances.
func (h *BatchedGLB) SetScales(v InstanceScales) {
	h.mu.Lock()
	defer h.mu.Unlock()
	a := v.array("BatchedGLB.SetScales", h.props.BatchedPositions.Len()/3)
	h.changedArrays(arrayField{&h.props.BatchedScales, wire.BatchedGlbPropsBatchedScales, a})
}

// LOD returns the levels of detail.
func (h *BatchedGLB) LOD() LOD {
	h.mu.Lock()
	defer h.mu.Unlock()
	return lodOf(h.props.Lod)
}

// SetLOD sets the levels of detail. It panics with a *UsageError if a distance is
// below 0 or a ratio not between 0 and 1.
func (h *BatchedGLB) SetLOD(v LOD) {
	l := v.wire("BatchedGLB.SetLOD")
	h.mu.Lock()
	defer h.mu.Unlock()
	if !sameLOD(h.props.Lod, l) {
		h.props.Lod = l
		h.changed(wire.BatchedGlbPropsLod)
	}
}

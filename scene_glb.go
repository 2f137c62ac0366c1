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
// the first one in a loop, or what the options and setters say. Each client has its own
// clock: a client that connects later begins at AnimationTime, too.
//
// A GLB is [Clickable] and [Draggable].
type GLB struct {
	interactive
	props wire.GlbProps
}

// AddGLB adds a model from the bytes of a GLB file (binary glTF 2.0), which are copied.
// The file must be self-contained: clients do not fetch external files. It returns an
// error if the bytes are not a GLB file. Clients support compression by meshopt and Draco,
// but not Basis Universal textures: they show a message at the node instead, and a warning
// if the file requires other unsupported extensions, or does not have the scene or the
// animation. It panics with a *UsageError if the name is empty or a number is out of range.
func (s *Scene) AddGLB(name string, data []byte, opts *GLBOptions) (*GLB, error) {
	const fn = "Scene.AddGLB"
	o := orPtr(opts, GLBOptions{})
	g, at := &GLB{props: o.props(fn)}, o.place(fn)
	o.playback(fn, &g.props)
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

// playback checks the options about scenes and animations, and sets their properties.
func (o *GLBOptions) playback(fn string, p *wire.GlbProps) {
	checkFinite(fn, o.AnimationTime, orPtr(o.AnimationSpeed, 1))
	if o.Scene != nil {
		checkGLBScene(fn, *o.Scene)
		p.Scene = copyOf(o.Scene)
	}
	if o.Animation != nil {
		p.Animation = new(max(-1, *o.Animation))
	}
	p.Paused, p.AnimationOnce = nonZero(o.Paused), nonZero(o.AnimationOnce)
	p.AnimationTime, p.AnimationSpeed = nonZero(o.AnimationTime), copyOf(o.AnimationSpeed)
}

// nonZero returns nil for the zero value, which is not sent.
func nonZero[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func checkGLBScene(fn string, i int) {
	if i < 0 {
		usage(fn, "Scene is %d; it must be 0 or more", i)
	}
}

// Scene returns which of the file's scenes is shown, from 0; nil for the file's own choice.
func (h *GLB) Scene() *int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Scene)
}

// SetScene sets which of the file's scenes is shown, from 0; nil for the file's own
// choice. It panics with a *UsageError if the index is below 0.
func (h *GLB) SetScene(v *int) {
	if v != nil {
		checkGLBScene("GLB.SetScene", *v)
	}
	setGLB(h, &h.props.Scene, copyOf(v), wire.GlbPropsScene)
}

// Animation returns which of the file's animations is played, from 0; -1 for none.
func (h *GLB) Animation() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Animation, 0)
}

// SetAnimation sets which of the file's animations is played, from 0; negative for none.
// Another one begins at AnimationTime. Package formats/gltf lists them.
func (h *GLB) SetAnimation(v int) {
	setGLB(h, &h.props.Animation, nonZero(max(-1, v)), wire.GlbPropsAnimation)
}

// Playing reports whether the animation moves.
func (h *GLB) Playing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !orPtr(h.props.Paused, false)
}

// SetPlaying sets whether the animation moves. It goes on where it was paused.
func (h *GLB) SetPlaying(v bool) {
	setGLB(h, &h.props.Paused, nonZero(!v), wire.GlbPropsPaused)
}

// AnimationTime returns the time that was set, in seconds: not how far clients are.
func (h *GLB) AnimationTime() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.AnimationTime, 0)
}

// SetAnimationTime goes to a time of the animation, in seconds, whether it plays or not,
// also if that time was set before. Beyond the end it is the end, or that time of a
// later round. It panics with a *UsageError if v is not finite.
func (h *GLB) SetAnimationTime(v float64) {
	checkFinite("GLB.SetAnimationTime", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.AnimationTime = nonZero(v)
	h.changed(wire.GlbPropsAnimationTime)
}

// AnimationSpeed returns the seconds of the animation per second.
func (h *GLB) AnimationSpeed() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.AnimationSpeed, 1)
}

// SetAnimationSpeed sets the seconds of the animation per second; negative for backward.
// It panics with a *UsageError if v is not finite.
func (h *GLB) SetAnimationSpeed(v float64) {
	checkFinite("GLB.SetAnimationSpeed", v)
	setGLB(h, &h.props.AnimationSpeed, &v, wire.GlbPropsAnimationSpeed)
}

// AnimationOnce reports whether the animation stops at its end.
func (h *GLB) AnimationOnce() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.AnimationOnce, false)
}

// SetAnimationOnce sets whether the animation stops at its end, instead of starting
// anew.
func (h *GLB) SetAnimationOnce(v bool) {
	setGLB(h, &h.props.AnimationOnce, nonZero(v), wire.GlbPropsAnimationOnce)
}

func setGLB[T comparable](h *GLB, field **T, v *T, key int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(field, v) {
		h.changed(key)
	}
}

// A BatchedGLB is many instances of one model from a binary glTF file. Animations are
// not played.
//
// A BatchedGLB is [Clickable] and [Draggable]. The InstanceIndex of the events
// is the instance's.
type BatchedGLB struct {
	byNumber
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
	g.numbers(&g.props.ScalarProps, wire.BatchedGlbPropsScalars, func() (int, int) { return g.props.BatchedPositions.Len() / 3, -1 })
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

package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var batchedMeshesKind = state.SceneKind("BatchedMeshesMessage", new(wire.BatchedMeshesProps))

// BatchedMeshes is one surface of triangles, drawn many times: its instances.
type BatchedMeshes struct {
	interactive
	props wire.BatchedMeshesProps
	color RGB // of all instances where no colors are given
}

// InstanceScales are factors on the size of the instances of a batch. At most one
// of the two is given; with neither, every factor is 1.
type InstanceScales struct {
	Scales     []float32 // one factor for each instance
	AxisScales []Vec3f   // three factors for each instance, along its x, y, z
}

// LOD chooses the levels of detail of a batch: instances far away are drawn with
// fewer triangles. The zero value leaves it to the page.
type LOD struct {
	Off    bool       // every instance is drawn with all triangles
	Levels []LODLevel // what is drawn at which distance; not together with Off
}

// A LODLevel says how much is left of a surface from a distance on.
type LODLevel struct {
	Distance float64 // from the camera, in scene units; 0 or more
	Ratio    float64 // the share of the triangles that is drawn, 0 to 1
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

// instanceWXYZs encodes n orientations; nil stands for n identities.
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

// wire is the property that the levels travel in.
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

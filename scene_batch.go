package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

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

// coloring is the instances' positions and colors as rows.
func (b *batch) coloring() *colored {
	return &colored{node: b.node, points: b.positions, colors: b.colors, pointRow: vec3Row, colorRow: 3}
}

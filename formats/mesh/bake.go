package mesh

import (
	"math"
	"slices"
)

// Bake applies the poses to the points and normals of m and makes them the identity. Slices that parts share are
// copied first. Points that become too large for a float32 stay where they are, far away, at the largest float32.
// With recenter, the middle of the model, rounded to whole units, becomes part of [Model.Origin] before coordinates are
// rounded.
func (m *Model) Bake(recenter bool) {
	var shift [3]float64
	if lo, hi, ok := m.Bounds(); recenter && ok {
		for axis := range shift {
			shift[axis] = math.Round(lo[axis]/2 + hi[axis]/2)
			m.Origin[axis] += shift[axis]
		}
	}
	for i := range m.Parts {
		m.Parts[i].bake(shift)
	}
}

func (p *Part) bake(shift [3]float64) {
	pose := p.Pose.Matrix()
	for axis, v := range shift {
		pose[4*axis+3] -= v
	}
	p.Pose = Pose{}
	if pose.IsIdentity() {
		return
	}
	points := make([][3]float32, len(p.Points))
	for i, v := range p.Points {
		at := pose.Apply(wide(v))
		points[i] = [3]float32{narrow(at[0]), narrow(at[1]), narrow(at[2])}
	}
	p.Points = points
	p.Normals = turn(p.Normals, pose)
	if pose.Determinant() < 0 {
		p.Faces = slices.Clone(p.Faces)
		for i, f := range p.Faces {
			p.Faces[i] = [3]uint32{f[0], f[2], f[1]}
		}
	}
}

// narrow rounds to float32, and keeps finite what is finite.
func narrow(v float64) float32 {
	return float32(max(-math.MaxFloat32, min(math.MaxFloat32, v)))
}

// PosedNormals returns the normals as the pose turns them, of length 1 unless the pose is the identity; nil if there are
// none.
func (p *Part) PosedNormals() [][3]float32 {
	if p.Pose.IsIdentity() {
		return p.Normals
	}
	return turn(p.Normals, p.Pose)
}

func turn(normals [][3]float32, pose Pose) [][3]float32 {
	if normals == nil {
		return nil
	}
	turned := make([][3]float32, len(normals))
	c := pose.cofactors()
	for i, n := range normals {
		var v [3]float64
		for row := range c {
			v[row] = c[row][0]*float64(n[0]) + c[row][1]*float64(n[1]) + c[row][2]*float64(n[2])
		}
		turned[i] = unit(v)
	}
	return turned
}

// unit scales to length 1; what has no direction becomes zero.
func unit(v [3]float64) [3]float32 {
	size := length(v)
	if !(size > 0) || math.IsInf(size, 0) {
		return [3]float32{}
	}
	return [3]float32{float32(v[0] / size), float32(v[1] / size), float32(v[2] / size)}
}

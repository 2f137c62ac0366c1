package mesh_test

import (
	"math"
	"slices"
	"testing"

	"github.com/viser-go/viser/formats/mesh"
)

func TestBakeMovesMirrorsAndTurnsNormals(t *testing.T) {
	points := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	normals := [][3]float32{{0, 0, 1}, {1, 0, 1}, {0, 0, 0}}
	faces := [][3]uint32{{0, 1, 2}}
	mirror := mesh.Pose{0: -2, 5: 1, 10: 1, 15: 1, 3: 1e7, 7: 5}
	m := &mesh.Model{Parts: []mesh.Part{
		{Points: points, Normals: normals, Faces: faces, Pose: mirror},
		{Points: points, Normals: normals, Faces: faces, Pose: mesh.Pose{0: 1, 5: 1, 10: 1, 15: 1, 3: 1e7}},
	}}
	m.Bake(true)
	if m.Origin != [3]float64{1e7, 3, 0} {
		t.Errorf("the origin is %v", m.Origin)
	}
	p := m.Parts[0]
	// The bounds are -2..1 around 1e7, and 0..6: their middles are rounded away from zero.
	if want := [][3]float32{{0, 2, 0}, {-2, 2, 0}, {0, 3, 0}}; !slices.Equal(p.Points, want) {
		t.Errorf("the points are %v, want %v", p.Points, want)
	}
	if p.Faces[0] != [3]uint32{0, 2, 1} {
		t.Errorf("a mirrored face is %v", p.Faces[0])
	}
	// The surface gets wider along x, so its normal turns away from x, and is mirrored.
	size := float32(math.Sqrt(0.25 + 1))
	if n := p.Normals[1]; math.Abs(float64(n[0]+0.5/size)) > 1e-6 || math.Abs(float64(n[2]-1/size)) > 1e-6 {
		t.Errorf("the normal is %v", n)
	}
	if p.Normals[0] != [3]float32{0, 0, 1} || p.Normals[2] != [3]float32{} {
		t.Errorf("the normals are %v", p.Normals)
	}
	if points[1] != [3]float32{1, 0, 0} || faces[0] != [3]uint32{0, 1, 2} || m.Parts[1].Faces[0] != [3]uint32{0, 1, 2} {
		t.Error("shared slices were changed")
	}
}

func TestPosesMultiplyAsTheyApply(t *testing.T) {
	turn := mesh.Pose{1: -1, 4: 1, 10: 1, 15: 1}
	move := mesh.Pose{0: 1, 5: 1, 10: 1, 15: 1, 3: 10}
	at := [3]float64{1, 2, 3}
	if got, want := move.Multiply(turn).Apply(at), move.Apply(turn.Apply(at)); got != want || got != [3]float64{8, 1, 3} {
		t.Errorf("%v, want %v", got, want)
	}
	var zero mesh.Pose
	if !zero.IsIdentity() || zero.Apply(at) != at || !zero.Multiply(zero).IsIdentity() || zero.Determinant() != 1 {
		t.Error("the zero pose is not the identity")
	}
}

func TestBounds(t *testing.T) {
	var m mesh.Model
	if _, _, ok := m.Bounds(); ok {
		t.Error("nothing has bounds")
	}
	m.Parts = []mesh.Part{
		{Points: [][3]float32{{1, 1, 1}}, Lines: [][2]uint32{{0, 0}}},
		{Points: [][3]float32{{1, 2, 3}}, Pose: mesh.Pose{0: -1, 5: 1, 10: 1, 15: 1}, Faces: [][3]uint32{{0, 0, 0}, {0, 0, 0}}},
	}
	if lo, hi, ok := m.Bounds(); !ok || lo != [3]float64{-1, 1, 1} || hi != [3]float64{1, 2, 3} {
		t.Errorf("%v %v %v", lo, hi, ok)
	}
	if p, f, l := m.Counts(); p != 2 || f != 2 || l != 1 {
		t.Errorf("%d points, %d faces, %d lines", p, f, l)
	}
}

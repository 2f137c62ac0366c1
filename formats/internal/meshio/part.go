package meshio

import (
	"math"

	"github.com/viser-go/viser/formats/mesh"
)

// IsFinite reports whether a float32 holds each coordinate.
func IsFinite(p [3]float32) bool {
	// A NaN or an infinity times zero is NaN.
	return p[0]*0+p[1]*0+p[2]*0 == 0
}

// FiniteOrZero replaces a vector that is not finite by zero.
func FiniteOrZero(p [3]float32) [3]float32 {
	if IsFinite(p) {
		return p
	}
	return [3]float32{}
}

// FiniteUV replaces texture coordinates that are not finite by zero.
func FiniteUV(uv [2]float32) [2]float32 {
	if uv[0]*0+uv[1]*0 == 0 {
		return uv
	}
	return [2]float32{}
}

// Byte is a color of 0 to 1 as 0 to 255.
func Byte(v float64) uint8 {
	v = v*255 + 0.5
	if v >= 255 {
		return 255
	}
	if v >= 0 { // false for NaN
		return uint8(v)
	}
	return 0
}

// Unit limits a color to 0 to 1; NaN is 0.
func Unit(v float64) float32 {
	if !(v > 0) {
		return 0
	}
	return float32(min(v, 1))
}

// DropNonFinite removes the points of a part that are not finite, and the faces and lines that touch them, and returns
// how many of each.
func DropNonFinite(p *mesh.Part) (points, faces int) {
	first := 0
	for first < len(p.Points) && IsFinite(p.Points[first]) {
		first++
	}
	if first == len(p.Points) {
		return 0, 0
	}
	const gone = math.MaxUint32
	renumbered := make([]uint32, len(p.Points))
	kept := 0
	for i, point := range p.Points {
		if !IsFinite(point) {
			renumbered[i] = gone
			continue
		}
		renumbered[i] = uint32(kept)
		kept++
	}
	points = len(p.Points) - kept
	p.Points = pick(p.Points, renumbered)
	p.Normals = pick(p.Normals, renumbered)
	p.Colors = pick(p.Colors, renumbered)
	p.Alphas = pick(p.Alphas, renumbered)
	p.UVs = pick(p.UVs, renumbered)
	all := len(p.Faces) + len(p.Lines)
	p.Faces = pickFaces(p.Faces, renumbered)
	p.Lines = pickLines(p.Lines, renumbered)
	return points, all - len(p.Faces) - len(p.Lines)
}

func pick[T any](all []T, renumbered []uint32) []T {
	if all == nil {
		return nil
	}
	kept := all[:0]
	for i, v := range all {
		if renumbered[i] != math.MaxUint32 {
			kept = append(kept, v)
		}
	}
	return kept
}

func pickFaces(all [][3]uint32, renumbered []uint32) [][3]uint32 {
	kept := all[:0]
	for _, f := range all {
		a, b, c := renumbered[f[0]], renumbered[f[1]], renumbered[f[2]]
		if a != math.MaxUint32 && b != math.MaxUint32 && c != math.MaxUint32 {
			kept = append(kept, [3]uint32{a, b, c})
		}
	}
	return kept
}

func pickLines(all [][2]uint32, renumbered []uint32) [][2]uint32 {
	kept := all[:0]
	for _, f := range all {
		a, b := renumbered[f[0]], renumbered[f[1]]
		if a != math.MaxUint32 && b != math.MaxUint32 {
			kept = append(kept, [2]uint32{a, b})
		}
	}
	return kept
}

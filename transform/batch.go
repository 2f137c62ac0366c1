package transform

import "fmt"

// Float is the type of the coordinates in batches. Batches are computed in
// float64 and rounded once, at the end.
type Float interface{ ~float32 | ~float64 }

// A UsageError is misuse by the calling program: the functions on batches panic with it
// if their slices differ in length.
type UsageError struct {
	Func    string // the function that was misused, e.g. "Points"
	Message string
}

func (e *UsageError) Error() string { return "transform: " + e.Func + ": " + e.Message }

// Points writes the points of src, moved by t, to dst. Both may be [][3]float32,
// [][3]float64 or slices of an array type of the program's own. dst may be src,
// but must not overlap it in any other way. It panics with a *[UsageError] if
// they differ in length.
func Points[P ~[3]E, E Float](dst, src []P, t SE3) {
	checkLengths("Points", len(dst), len(src))
	m, p := t.Rotation.Matrix(), t.Translation
	for i := range src {
		x, y, z := float64(src[i][0]), float64(src[i][1]), float64(src[i][2])
		dst[i][0] = E(m[0][0]*x + m[0][1]*y + m[0][2]*z + p[0])
		dst[i][1] = E(m[1][0]*x + m[1][1]*y + m[1][2]*z + p[1])
		dst[i][2] = E(m[2][0]*x + m[2][1]*y + m[2][2]*z + p[2])
	}
}

// Vectors writes the vectors of src, turned by r, to dst: directions, normals,
// velocities, which a translation does not change. See [Points] for the slices.
func Vectors[P ~[3]E, E Float](dst, src []P, r SO3) {
	checkLengths("Vectors", len(dst), len(src))
	Points(dst, src, SE3FromRotation(r))
}

// Points2 is [Points] in the plane.
func Points2[P ~[2]E, E Float](dst, src []P, t SE2) {
	checkLengths("Points2", len(dst), len(src))
	m, p := t.Rotation.Matrix(), t.Translation
	for i := range src {
		x, y := float64(src[i][0]), float64(src[i][1])
		dst[i][0] = E(m[0][0]*x + m[0][1]*y + p[0])
		dst[i][1] = E(m[1][0]*x + m[1][1]*y + p[1])
	}
}

// Vectors2 is [Vectors] in the plane.
func Vectors2[P ~[2]E, E Float](dst, src []P, r SO2) {
	checkLengths("Vectors2", len(dst), len(src))
	Points2(dst, src, SE2FromRotation(r))
}

func checkLengths(fn string, dst, src int) {
	if dst != src {
		panic(&UsageError{fn, fmt.Sprintf("dst has %d elements and src %d; they must have as many", dst, src)})
	}
}

package demo

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/viser-go/viser"
)

// surface is a mesh that can be sampled and hit.
type surface struct {
	vertices [][3]float32
	faces    [][3]uint32
	normals  [][3]float32 // of the faces, of length 1
	areas    []float64    // of the faces up to and with each, added up
}

func newSurface(vertices [][3]float32, faces [][3]uint32) *surface {
	s := &surface{vertices: vertices, faces: faces}
	total := 0.0
	for _, f := range faces {
		a, b, c := s.corner(f[0]), s.corner(f[1]), s.corner(f[2])
		n := cross(minus(b, a), minus(c, a))
		size := length(n)
		total += size / 2
		s.areas = append(s.areas, total)
		if size > 0 {
			n = times(n, 1/size)
		}
		s.normals = append(s.normals, narrow(n))
	}
	return s
}

func (s *surface) corner(i uint32) viser.Vec3 {
	v := s.vertices[i]
	return viser.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}
}

// sample distributes n points on the surface, evenly by area, and also returns the normals of their faces.
// The points are deterministic; a smaller n returns the first of them.
func (s *surface) sample(n int) (points, normals [][3]float32) {
	random := rand.New(rand.NewPCG(1994, 1)) // the year of the scan; any number would do
	points = make([][3]float32, n)
	normals = make([][3]float32, n)
	for i := range points {
		at := random.Float64() * s.areas[len(s.areas)-1]
		face, _ := slices.BinarySearch(s.areas, at)
		// The square root spreads points evenly over a triangle: there is less room near a corner.
		u := math.Sqrt(random.Float64())
		v := random.Float64()
		f := s.faces[face]
		p := plus(times(s.corner(f[0]), 1-u), plus(times(s.corner(f[1]), u*(1-v)), times(s.corner(f[2]), u*v)))
		points[i], normals[i] = narrow(p), s.normals[face]
	}
	return points, normals
}

// hit finds the nearest point where a ray meets the surface from outside.
func (s *surface) hit(origin, direction viser.Vec3) (point, normal viser.Vec3, ok bool) {
	nearest := math.Inf(1)
	for i, f := range s.faces {
		if t := meet(origin, direction, s.corner(f[0]), s.corner(f[1]), s.corner(f[2])); t < nearest {
			nearest = t
			n := s.normals[i]
			normal = viser.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}
		}
	}
	if math.IsInf(nearest, 1) {
		return viser.Vec3{}, viser.Vec3{}, false
	}
	return plus(origin, times(direction, nearest)), normal, true
}

// meet returns the distance along a ray, in units of its direction, to the front of a triangle; infinity
// if it misses. The unknowns are that number and the weights of two corners, solved by Cramer's rule.
func meet(origin, direction, a, b, c viser.Vec3) float64 {
	ab, ac := minus(b, a), minus(c, a)
	p := cross(direction, ac)
	det := dot(ab, p)
	if det <= 0 {
		return math.Inf(1) // from behind, or along it
	}
	to := minus(origin, a)
	u := dot(to, p)
	q := cross(to, ab)
	v := dot(direction, q)
	t := dot(ac, q) / det
	if u < 0 || v < 0 || u+v > det || t <= 0 {
		return math.Inf(1)
	}
	return t
}

func plus(a, b viser.Vec3) viser.Vec3  { return viser.Vec3{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func minus(a, b viser.Vec3) viser.Vec3 { return viser.Vec3{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func dot(a, b viser.Vec3) float64      { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func length(a viser.Vec3) float64      { return math.Sqrt(dot(a, a)) }

func times(a viser.Vec3, s float64) viser.Vec3 { return viser.Vec3{a[0] * s, a[1] * s, a[2] * s} }

func cross(a, b viser.Vec3) viser.Vec3 {
	return viser.Vec3{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

func narrow(a viser.Vec3) [3]float32 {
	return [3]float32{float32(a[0]), float32(a[1]), float32(a[2])}
}

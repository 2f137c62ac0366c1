package transform

import "math"

// vec3 is what the package computes with: unlike an array's, the fields of a small
// struct are kept in registers, which makes most functions several times as fast.
type vec3 struct{ x, y, z float64 }

// vec has a pointer parameter because an array is copied with wide loads, which stall
// until its recently stored parts have reached the cache.
func vec(a *[3]float64) vec3 { return vec3{a[0], a[1], a[2]} }

func (a vec3) array() [3]float64 { return [3]float64{a.x, a.y, a.z} }

func (a vec3) add(b vec3) vec3 { return vec3{a.x + b.x, a.y + b.y, a.z + b.z} }

func (a vec3) sub(b vec3) vec3 { return vec3{a.x - b.x, a.y - b.y, a.z - b.z} }

func (a vec3) times(s float64) vec3 { return vec3{s * a.x, s * a.y, s * a.z} }

func (a vec3) dot(b vec3) float64 { return a.x*b.x + a.y*b.y + a.z*b.z }

func (a vec3) cross(b vec3) vec3 {
	return vec3{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

func (a vec3) finite() bool { return finite(a.x) && finite(a.y) && finite(a.z) }

// unit returns a with length one, and its length. It is divided by its largest
// component first, because the square of what is tiny or huge is not a number.
// The unit vector of zero, and of what is not finite, is NaN.
func (a vec3) unit() (u vec3, length float64) {
	big := max(math.Abs(a.x), math.Abs(a.y), math.Abs(a.z))
	a = vec3{a.x / big, a.y / big, a.z / big}
	n := math.Sqrt(a.dot(a))
	return vec3{a.x / n, a.y / n, a.z / n}, n * big
}

// usable reports whether the square of a length can be divided by. (NaN cannot.)
func usable(square float64) bool { return square > 1e-300 && square < 1e300 }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

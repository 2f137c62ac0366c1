package transform

import "math"

func dot3(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

func add3(a, b [3]float64) [3]float64 { return [3]float64{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }

func sub3(a, b [3]float64) [3]float64 { return [3]float64{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func scale3(s float64, a [3]float64) [3]float64 { return [3]float64{s * a[0], s * a[1], s * a[2]} }

func cross3(a, b [3]float64) [3]float64 {
	return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// unit3 returns v with length one, and its length. It is divided by its largest
// component first, because the square of what is tiny or huge is not a number.
// The unit vector of zero, and of what is not finite, is NaN.
func unit3(v [3]float64) (u [3]float64, length float64) {
	big := max(math.Abs(v[0]), math.Abs(v[1]), math.Abs(v[2]))
	v = [3]float64{v[0] / big, v[1] / big, v[2] / big}
	n := math.Sqrt(dot3(v, v))
	return [3]float64{v[0] / n, v[1] / n, v[2] / n}, n * big
}

// usable reports whether the square of a length can be divided by. (NaN cannot.)
func usable(square float64) bool { return square > 1e-300 && square < 1e300 }

func finite(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

package view

import (
	"math"
	"math/rand/v2"

	"github.com/viser-go/viser"
)

// box is a part of space, with its faces along the axes.
type box struct{ lo, hi viser.Vec3 }

func boxOf(lo, hi [3]float32) box { return box{wide(lo), wide(hi)} }

func (b box) center() (c viser.Vec3) {
	for i := range c {
		c[i] = b.lo[i]/2 + b.hi[i]/2
	}
	return c
}

// diagonal is the longest distance in the box.
func (b box) diagonal() float64 {
	return math.Hypot(math.Hypot(b.hi[0]-b.lo[0], b.hi[1]-b.lo[1]), b.hi[2]-b.lo[2])
}

// size is the diagonal; 1 if that is zero.
func (b box) size() float64 {
	if d := b.diagonal(); d > 0 {
		return d
	}
	return 1
}

func (b box) union(o box) box {
	for i := range b.lo {
		b.lo[i], b.hi[i] = min(b.lo[i], o.lo[i]), max(b.hi[i], o.hi[i])
	}
	return b
}

// grown is larger by the same on all sides.
func (b box) grown(by float64) box {
	for i := range b.lo {
		b.lo[i] -= by
		b.hi[i] += by
	}
	return b
}

// withoutOutliers is the box of points without those that scanners leave behind: a hundredth on both ends of each
// axis. Whole is the box of all.
func withoutOutliers(points [][3]float32, whole box) box {
	const most = 100_000 // a sample of this size finds a hundredth well enough
	if len(points) < 100 {
		return whole
	}
	step := (len(points) + most - 1) / most
	values := make([]float32, 0, most)
	var b box
	for axis := range 3 {
		values = values[:0]
		for i := 0; i < len(points); i += step {
			values = append(values, points[i][axis])
		}
		cut := len(values) / 100
		lo, hi := float64(nth(values, cut)), float64(nth(values, len(values)-1-cut))
		// Points outside are mostly no outliers: include those that are near.
		margin := (hi - lo) * 0.05
		b.lo[axis] = max(lo-margin, whole.lo[axis])
		b.hi[axis] = min(hi+margin, whole.hi[axis])
	}
	return b
}

// nth is the number that were at an index if the numbers were sorted, which takes ten times as long. It moves them. The
// pivots are random, so that no file can make it slow.
func nth(values []float32, index int) float32 {
	for {
		pivot := values[rand.IntN(len(values))]
		less, more := 0, len(values) // what is smaller is before less, what is larger from more on
		for i := 0; i < more; {
			switch v := values[i]; {
			case v < pivot:
				values[i], values[less] = values[less], v
				less++
				i++
			case v > pivot:
				more--
				values[i], values[more] = values[more], v
			default:
				i++
			}
		}
		switch {
		case index < less:
			values = values[:less]
		case index >= more:
			values, index = values[more:], index-more
		default:
			return pivot
		}
	}
}

// recentered subtracts from points.
func recentered(points [][3]float32, by viser.Vec3) {
	for i := range points {
		for axis := range by {
			points[i][axis] = float32(float64(points[i][axis]) - by[axis])
		}
	}
}

// rounded drops digits that are small beside size, so that the offset is readable.
func rounded(v viser.Vec3, size float64) viser.Vec3 {
	if size <= 0 {
		return v
	}
	unit := math.Pow(10, math.Floor(math.Log10(size))-1)
	for i := range v {
		if r := math.Round(v[i]/unit) * unit; !math.IsNaN(r) && !math.IsInf(r, 0) {
			v[i] = r
		}
	}
	return v
}

func wide(v [3]float32) viser.Vec3 {
	return viser.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}
}

func shifted(b box, by viser.Vec3) box { return box{add(b.lo, by), add(b.hi, by)} }

func add(a, b viser.Vec3) viser.Vec3 { return viser.Vec3{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }

func sub(a, b viser.Vec3) viser.Vec3 { return viser.Vec3{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func scaled(v viser.Vec3, by float64) viser.Vec3 { return viser.Vec3{v[0] * by, v[1] * by, v[2] * by} }

func negated(v viser.Vec3) viser.Vec3 { return viser.Vec3{-v[0], -v[1], -v[2]} }

func dot(a, b viser.Vec3) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

func length(v viser.Vec3) float64 { return math.Hypot(math.Hypot(v[0], v[1]), v[2]) }

// nice is the number of the form 1, 2 or 5 times a power of ten that is next below x, x being positive.
func nice(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, digit := range []float64{5, 2} {
		if x >= digit*power {
			return digit * power
		}
	}
	return power
}

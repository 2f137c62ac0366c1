package view

import (
	"math"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/ply"
)

// box is a part of space, with its faces along the axes.
type box struct{ lo, hi viser.Vec3 }

func (b box) center() (c viser.Vec3) {
	for i := range c {
		c[i] = (b.lo[i] + b.hi[i]) / 2
	}
	return c
}

// diagonal is the longest distance in the box.
func (b box) diagonal() float64 {
	return math.Hypot(math.Hypot(b.hi[0]-b.lo[0], b.hi[1]-b.lo[1]), b.hi[2]-b.lo[2])
}

// place is the position of a model.
type place struct {
	whole box // of all points, in the coordinates of the file
	seen  box // what is worth looking at, in the world
	// position is the position of the model's node in the world: the model's origin, or zero.
	position viser.Vec3
	// moved reports that world coordinates differ from the file's: position is zero although
	// the origin is not.
	moved bool
}

// size is the extent of what is worth looking at, never zero.
func (p place) size() float64 {
	if d := p.seen.diagonal(); d > 0 {
		return d
	}
	return 1
}

// farAway is how many times its own size a model may be away from the origin before it is shown at the origin instead.
// The page computes with float32: beyond this, a model would jitter when it turns.
const farAway = 100

// placeOf decides where a model is shown. It moves the points so that they are near their own origin.
func placeOf(m *ply.Model) place {
	lo, hi, _ := m.Bounds()
	local := box{wide(lo), wide(hi)}
	seen := seenBox(m, local)
	size := seen.diagonal()
	if c := rounded(seen.center(), size); length(c) > size {
		recenter(m, c)
		seen, local = shifted(seen, negated(c)), shifted(local, negated(c))
	}
	origin := viser.Vec3(m.Origin)
	p := place{whole: shifted(local, origin), position: origin}
	if away := length(origin); away > 1 && away > farAway*size {
		p.position, p.moved = viser.Vec3{}, true
	}
	p.seen = shifted(seen, p.position)
	return p
}

// recenter moves the origin of the points by c, which leaves them where they are.
func recenter(m *ply.Model, c viser.Vec3) {
	for i := range m.Points {
		for axis := range c {
			m.Points[i][axis] = float32(float64(m.Points[i][axis]) - c[axis])
		}
	}
	for axis := range c {
		m.Origin[axis] += c[axis]
	}
}

// seenBox is the box of a mesh, and for a cloud the box without the outliers that scanners leave behind: a
// hundredth on both ends of each axis.
func seenBox(m *ply.Model, whole box) box {
	const most = 100_000 // a sample of this size finds a hundredth well enough
	if len(m.Faces) > 0 || len(m.Points) < 100 {
		return whole
	}
	step := (len(m.Points) + most - 1) / most
	values := make([]float32, 0, most)
	var b box
	for axis := range 3 {
		values = values[:0]
		for i := 0; i < len(m.Points); i += step {
			values = append(values, m.Points[i][axis])
		}
		slices.Sort(values)
		cut := len(values) / 100
		lo, hi := float64(values[cut]), float64(values[len(values)-1-cut])
		// Points outside are mostly no outliers: include those that are near.
		margin := (hi - lo) * 0.05
		b.lo[axis] = max(lo-margin, whole.lo[axis])
		b.hi[axis] = min(hi+margin, whole.hi[axis])
	}
	return b
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

func shifted(b box, by viser.Vec3) box {
	for i := range by {
		b.lo[i] += by[i]
		b.hi[i] += by[i]
	}
	return b
}

func negated(v viser.Vec3) viser.Vec3 { return viser.Vec3{-v[0], -v[1], -v[2]} }

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

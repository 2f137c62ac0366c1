package view

import (
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

// farAway is how many times its own size a model may be away from the origin before it is shown at the origin instead.
// The page computes with float32: beyond this, a model would jitter when it turns.
const farAway = 100

// farShift is what is subtracted from all coordinates, so that the first file is near the origin: zero if it already is.
func farShift(f *file, scale float64, up Axis) viser.Vec3 {
	at := viser.Vec3(turnOf(f, up).Apply(scaled(f.origin, scale)))
	if away := length(at); away > 1 && away > farAway*f.size()*scale {
		return at
	}
	return viser.Vec3{}
}

// turnOf rotates a file whose axis for up is another one than the world's. A file that does not say is not rotated.
func turnOf(f *file, up Axis) viser.Quat {
	axis, ok := f.up()
	if !ok || f.v.o.Up != nil {
		return transform.SO3Identity()
	}
	return between(axis.Vector(), up.Vector())
}

// between is the shortest rotation of one axis to another. Both are unit vectors along coordinate axes.
func between(from, to viser.Vec3) viser.Quat {
	cos := dot(from, to)
	if cos > 0.5 {
		return transform.SO3Identity()
	}
	if cos < -0.5 { // half a turn about any axis across
		return viser.Quat{X: from[1], Y: from[2], Z: from[0]}
	}
	half := math.Sqrt(0.5)
	return viser.Quat{
		W: half, X: half * (from[1]*to[2] - from[2]*to[1]), Y: half * (from[2]*to[0] - from[0]*to[2]), Z: half * (from[0]*to[1] - from[1]*to[0]),
	}
}

// arrange decides where files are shown: where their coordinates are, or side by side.
func (v *Viewer) arrange(files []*file) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, f := range files {
		f.turn = turnOf(f, v.up)
		f.position = sub(viser.Vec3(f.turn.Apply(scaled(f.origin, v.scale))), v.shift)
	}
	if v.o.SideBySide {
		v.inRows(v.files)
	}
}

// gap is the distance between files on the grid, beside the size of the larger one.
const gap = 0.15

// inRows puts files in rows on the floor, each with its own size: in about as many rows as columns.
func (v *Viewer) inRows(files []*file) {
	across, along := v.up.floorAxes()
	columns := int(math.Ceil(math.Sqrt(float64(len(files)))))
	depth := 0.0
	for start := 0; start < len(files); start += columns {
		row := files[start:min(start+columns, len(files))]
		x, deepest := 0.0, 0.0
		for _, f := range row {
			b := f.inWorld(f.seen)
			extent := sub(b.hi, b.lo)
			to := f.position
			to[across] += x - b.lo[across]
			to[along] += -depth - b.hi[along]
			if v.up.Sign() > 0 {
				to[v.up.Index()] -= b.lo[v.up.Index()]
			} else {
				to[v.up.Index()] -= b.hi[v.up.Index()]
			}
			f.move(to)
			x += extent[across] + gap*b.size()
			deepest = max(deepest, extent[along]+gap*b.size())
		}
		depth += deepest
	}
}

// floorAxes are the axes of the floor: to the right, and away from the initial camera.
func (a Axis) floorAxes() (across, along int) {
	switch a.Index() {
	case 1:
		return 0, 2
	case 0:
		return 1, 2
	}
	return 0, 1
}

// move puts the file elsewhere.
func (f *file) move(to viser.Vec3) {
	f.position = to
	if f.frame != nil {
		f.frame.SetPosition(to)
	}
}

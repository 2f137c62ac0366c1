package robot

import (
	"slices"

	"github.com/viser-go/viser"
)

// Bounds returns the box around the visual shapes of the robot at a configuration, or around those for collisions if there
// are no others, in the frame of the robot. Meshes count with the boxes around them in their own frames, so it may be
// somewhat too large. It returns false if there is nothing with an end; floors have none. It panics as [Robot.Pose] does.
func (r *Robot) Bounds(config []float64) (lo, hi viser.Vec3, ok bool) {
	return r.boundsOf(config, func(int) bool { return true })
}

// MovingBounds is [Robot.Bounds] of what joints move, without the rest, such as the walls of an MJCF file. It returns false if
// nothing with a shape moves.
func (r *Robot) MovingBounds(config []float64) (lo, hi viser.Vec3, ok bool) {
	moves := make([]bool, len(r.links)) // parents are before their children
	for i, l := range r.links {
		moves[i] = l.parent >= 0 && moves[l.parent] ||
			slices.ContainsFunc(l.joints, func(j int) bool { return r.joints[j].Type != fixed })
	}
	return r.boundsOf(config, func(link int) bool { return moves[link] })
}

// boundsOf is Bounds of some links.
func (r *Robot) boundsOf(config []float64, in func(link int) bool) (lo, hi viser.Vec3, ok bool) {
	poses := r.Poses(config)
	for _, visual := range []bool{true, false} {
		for i := range r.links {
			shapes := r.links[i].visuals
			if !visual {
				shapes = r.links[i].collides
			}
			if !in(i) {
				continue
			}
			for k := range shapes {
				for _, corner := range shapes[k].corners() {
					at := viser.Vec3(poses[r.links[i].name].Apply(shapes[k].pose.Apply(corner)))
					if !ok {
						lo, hi, ok = at, at, true
					}
					for axis, v := range at {
						lo[axis], hi[axis] = min(lo[axis], v), max(hi[axis], v)
					}
				}
			}
		}
		if ok {
			break
		}
	}
	return lo, hi, ok
}

// corners are those of the box around a shape, in its own frame; nil if it has no end, or is not known.
func (s *shape) corners() (corners [][3]float64) {
	var lo, hi viser.Vec3
	switch s.form {
	case box:
		hi = viser.Vec3{s.size[0] / 2, s.size[1] / 2, s.size[2] / 2}
		lo = viser.Vec3{-hi[0], -hi[1], -hi[2]}
	case cylinder:
		hi = viser.Vec3{s.size[0], s.size[1], s.size[2] / 2}
		lo = viser.Vec3{-hi[0], -hi[1], -hi[2]}
	case ellipsoid:
		hi = s.size
		lo = viser.Vec3{-hi[0], -hi[1], -hi[2]}
	case surface:
		if len(s.part.points) == 0 {
			return nil
		}
		for i, p := range s.part.points {
			for axis := range p {
				v := float64(p[axis]) * s.size[axis]
				if i == 0 {
					lo[axis], hi[axis] = v, v
				}
				lo[axis], hi[axis] = min(lo[axis], v), max(hi[axis], v)
			}
		}
	default:
		return nil
	}
	for i := range 8 {
		corner := lo
		for axis := range corner {
			if i>>axis&1 == 1 {
				corner[axis] = hi[axis]
			}
		}
		corners = append(corners, corner)
	}
	return corners
}

package isosurface

import "sync"

// The corners of a cell are numbered by their place: x + 2y + 4z. The edges are numbered 4·axis + u + 2v, where u and v are
// the place of the edge along the other two axes, in the order x, y, z. A case is a bit for each corner that is inside.

const (
	corners = 8
	edges   = 12
)

// others are the axes beside each, in the order x, y, z.
var others = [3][2]int{{1, 2}, {0, 2}, {0, 1}}

// edgeBetween returns the edge between two corners, which differ along one axis.
func edgeBetween(a, b int) int {
	axis := 0
	for (a^b)>>axis != 1 {
		axis++
	}
	o := others[axis]
	return 4*axis + a>>o[0]&1 + 2*(a>>o[1]&1)
}

// ring returns the four corners of a face, counter-clockwise as seen from outside the cell.
func ring(axis, side int) [4]int {
	o := others[axis]
	u, v := 1<<o[0], 1<<o[1]
	// (x, y), (y, z) and (z, x) turn counter-clockwise around the third axis; the others of y are x and z.
	if (axis == 1) != (side == 0) {
		u, v = v, u
	}
	at := side << axis
	return [4]int{at, at + u, at + u + v, at + v}
}

// faces are the rings of the six faces, and on which each edge is.
var faces, facesOf = func() (rings [6][4]int, on [edges]uint8) {
	for f := range rings {
		rings[f] = ring(f/2, f%2)
		for i, corner := range rings[f] {
			on[edgeBetween(corner, rings[f][(i+1)%4])] |= 1 << f
		}
	}
	return rings, on
}()

// triangles returns for each case its triangles, as edges, counter-clockwise as seen from where the numbers are below the
// level.
var triangles = sync.OnceValue(func() (all [256][]uint8) {
	for c := range all {
		for _, loop := range loops(uint8(c)) {
			all[c] = append(all[c], divide(loop)...)
		}
	}
	return all
})

// loops returns the lines in which the surface cuts the faces of the cell, each joined to a ring of edges. Around a face,
// each run of corners that are inside is cut off by a line of its own, whatever is behind the face: therefore the cells at
// both sides agree.
func loops(c uint8) [][]uint8 {
	inside := func(corner int) bool { return c>>corner&1 == 1 }
	var next [edges]int
	for e := range next {
		next[e] = -1
	}
	for _, ring := range faces {
		for i := range ring {
			// A run begins at i: it ends before the first corner behind it that is outside.
			if !inside(ring[i]) || inside(ring[(i+3)%4]) {
				continue
			}
			end := i + 1
			for inside(ring[end%4]) {
				end++
			}
			next[edgeBetween(ring[(i+3)%4], ring[i])] = edgeBetween(ring[(end-1)%4], ring[end%4])
		}
	}
	var all [][]uint8
	for e := range next {
		var loop []uint8
		for next[e] >= 0 {
			loop = append(loop, uint8(e))
			e, next[e] = next[e], -1
		}
		if loop != nil {
			all = append(all, loop)
		}
	}
	return all
}

// divide divides a loop into triangles. None of their inner edges is in a face of the cell, since the cell behind it may
// have the same: an edge would have four triangles. All loops can be divided so, which a test checks.
func divide(loop []uint8) []uint8 {
	if len(loop) < 3 {
		return nil
	}
	// The triangle at the line from the first edge to the last has its third corner at k.
	last := len(loop) - 1
	for k := 1; k < last; k++ {
		if !apart(loop, 0, k) || !apart(loop, k, last) {
			continue
		}
		before, after := divide(loop[:k+1]), divide(loop[k:])
		if (k == 1 || before != nil) && (k == last-1 || after != nil) {
			return append(append([]uint8{loop[0], loop[k], loop[last]}, before...), after...)
		}
	}
	return nil
}

// apart reports whether the line between two corners of a loop may be an edge: it is one of the loop, or in no face.
func apart(loop []uint8, i, j int) bool {
	return j-i == 1 || facesOf[loop[i]]&facesOf[loop[j]] == 0
}

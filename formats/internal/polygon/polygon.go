// Package polygon cuts polygons into triangles, for the formats that have polygons.
package polygon

import "math"

// budget bounds the work of cutting concave polygons, in visits of a corner, over a whole file: one
// second or so. It is out of reach of real files; past it polygons are cut as fans, as if convex.
const budget = 1 << 28

// Cutter cuts polygons into triangles. Convex ones become fans; concave ones are cut by ear clipping, in
// the plane that fits them best. Polygons that cross themselves or have no area become fans too: every
// polygon of n corners yields n-2 triangles, regardless of its shape. One Cutter is for one file: its work is bounded.
type Cutter struct {
	spent int
	flat  [][2]float64 // the corners, projected so that they run counter-clockwise
	left  []int        // the corners that are not cut off yet
	out   [][3]int
}

// Cut returns the triangles of a loop of at least three corners, as numbers of corners of the loop. They are valid
// until the next call.
func (c *Cutter) Cut(points [][3]float32, loop []uint32) [][3]int {
	c.out = c.out[:0]
	c.left = c.left[:0]
	for i := range loop {
		c.left = append(c.left, i)
	}
	if c.project(points, loop) && !c.convex() {
		c.clipEars()
	}
	for i := 2; i < len(c.left); i++ {
		c.emit(c.left[0], c.left[i-1], c.left[i])
	}
	return c.out
}

func (c *Cutter) emit(i, j, k int) { c.out = append(c.out, [3]int{i, j, k}) }

// project projects the polygon along the axis on which its projection is largest. It returns false if it has no area.
func (c *Cutter) project(points [][3]float32, loop []uint32) bool {
	normal := newellNormal(points, loop)
	axis, size := 0, 0.0
	for i, v := range normal {
		if math.Abs(v) > size {
			axis, size = i, math.Abs(v)
		}
	}
	if size == 0 || math.IsInf(size, 0) {
		return false
	}
	u, v := (axis+1)%3, (axis+2)%3
	if normal[axis] < 0 {
		u, v = v, u
	}
	c.flat = c.flat[:0]
	for _, i := range loop {
		c.flat = append(c.flat, [2]float64{float64(points[i][u]), float64(points[i][v])})
	}
	return true
}

// newellNormal is twice the area of the polygon's projection along each axis. It is right for concave polygons and for
// those that are not quite flat. Corners are taken relative to the first, for precision.
func newellNormal(points [][3]float32, loop []uint32) (n [3]float64) {
	at := func(i uint32) (p [3]float64) {
		for k := range p {
			p[k] = float64(points[i][k]) - float64(points[loop[0]][k])
		}
		return p
	}
	p := at(loop[len(loop)-1])
	for _, i := range loop {
		q := at(i)
		n[0] += p[1]*q[2] - p[2]*q[1]
		n[1] += p[2]*q[0] - p[0]*q[2]
		n[2] += p[0]*q[1] - p[1]*q[0]
		p = q
	}
	return n
}

// turn is positive where the way from a over b to c bends to the left.
func turn(a, b, c [2]float64) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}

func (c *Cutter) convex() bool {
	n := len(c.flat)
	for i := range c.flat {
		if turn(c.flat[i], c.flat[(i+1)%n], c.flat[(i+2)%n]) < 0 {
			return false
		}
	}
	return true
}

// clipEars cuts until a triangle is left, or nothing can be cut, or the budget is used up.
func (c *Cutter) clipEars() {
	at, misses, flatEars := 0, 0, false
	for len(c.left) > 3 && c.spent < budget {
		n := len(c.left)
		at %= n
		before, after := c.left[(at+n-1)%n], c.left[(at+1)%n]
		if c.isEar(before, c.left[at], after, flatEars) {
			c.emit(before, c.left[at], after)
			c.left = append(c.left[:at], c.left[at+1:]...)
			misses, flatEars = 0, false
			continue // with the corner after the ear, which spreads the triangles around the loop
		}
		at++
		if misses++; misses >= n {
			if flatEars {
				return
			}
			// Only corners on a straight line are left over: they are cut off as triangles without area.
			misses, flatEars = 0, true
		}
	}
}

// isEar reports whether the corner b can be cut off.
func (c *Cutter) isEar(a, b, d int, flatEars bool) bool {
	pa, pb, pd := c.flat[a], c.flat[b], c.flat[d]
	bend := turn(pa, pb, pd)
	if bend < 0 || (bend == 0 && !flatEars) {
		return false
	}
	for _, i := range c.left {
		c.spent++
		p := c.flat[i]
		if p == pa || p == pb || p == pd {
			continue // a corner of the ear, or one that touches it
		}
		if turn(pa, pb, p) >= 0 && turn(pb, pd, p) >= 0 && turn(pd, pa, p) >= 0 {
			return false
		}
	}
	return true
}

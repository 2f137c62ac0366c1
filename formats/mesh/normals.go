package mesh

import "math"

// Normal is the normal of a triangle, of length 1, or zero if the triangle has no area.
func Normal(a, b, c [3]float64) [3]float32 { return unit(cross(minus(b, a), minus(c, a))) }

func minus(a, b [3]float64) [3]float64 { return [3]float64{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func cross(u, v [3]float64) [3]float64 {
	return [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
}

// SmoothNormals returns a normal of length 1 for each point: the mean of those of the triangles around it, weighted by
// their angles there, so that it does not matter how polygons were cut. Points without a triangle that has an area get
// zero.
func (p *Part) SmoothNormals() [][3]float32 {
	sums := make([][3]float64, len(p.Points))
	for _, f := range p.Faces {
		corners := [3][3]float64{wide(p.Points[f[0]]), wide(p.Points[f[1]]), wide(p.Points[f[2]])}
		normal := cross(minus(corners[1], corners[0]), minus(corners[2], corners[0]))
		area := length(normal) // twice that
		if !(area > 0) || math.IsInf(area, 0) {
			continue
		}
		for k, i := range f {
			u, v := minus(corners[(k+1)%3], corners[k]), minus(corners[(k+2)%3], corners[k])
			weight := math.Atan2(area, u[0]*v[0]+u[1]*v[1]+u[2]*v[2]) / area
			for axis, n := range normal {
				sums[i][axis] += n * weight
			}
		}
	}
	normals := make([][3]float32, len(sums))
	for i, n := range sums {
		normals[i] = unit(n)
	}
	return normals
}

func length(v [3]float64) float64 { return math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]) }

func wide(p [3]float32) [3]float64 { return [3]float64{float64(p[0]), float64(p[1]), float64(p[2])} }

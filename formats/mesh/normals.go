package mesh

// Normal is the normal of a triangle, of length 1, or zero if the triangle has no area.
func Normal(a, b, c [3]float64) [3]float32 { return unit(cross(a, b, c)) }

// cross is the normal of a triangle, as long as twice its area.
func cross(a, b, c [3]float64) [3]float64 {
	u := [3]float64{b[0] - a[0], b[1] - a[1], b[2] - a[2]}
	v := [3]float64{c[0] - a[0], c[1] - a[1], c[2] - a[2]}
	return [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
}

// SmoothNormals returns a normal of length 1 for each point: the mean of those of the triangles around it, by their
// areas. Points without a triangle that has an area get zero.
func (p *Part) SmoothNormals() [][3]float32 {
	sums := make([][3]float64, len(p.Points))
	for _, f := range p.Faces {
		n := cross(wide(p.Points[f[0]]), wide(p.Points[f[1]]), wide(p.Points[f[2]]))
		for _, i := range f {
			for axis, v := range n {
				sums[i][axis] += v
			}
		}
	}
	normals := make([][3]float32, len(sums))
	for i, n := range sums {
		normals[i] = unit(n)
	}
	return normals
}

func wide(p [3]float32) [3]float64 { return [3]float64{float64(p[0]), float64(p[1]), float64(p[2])} }

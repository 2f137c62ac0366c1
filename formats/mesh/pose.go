package mesh

// Pose is an affine transform as a matrix of four rows, row by row: Pose[3], Pose[7] and Pose[11] are the translation.
// It may scale, mirror and shear. The zero Pose is the identity, as the matrix of the identity is.
type Pose [16]float64

// identity is what the zero Pose stands for.
var identity = Pose{0: 1, 5: 1, 10: 1, 15: 1}

// IsIdentity reports whether the pose changes nothing.
func (p Pose) IsIdentity() bool { return p == Pose{} || p == identity }

// Matrix returns the pose with the zero Pose replaced by the matrix of the identity.
func (p Pose) Matrix() Pose {
	if p == (Pose{}) {
		return identity
	}
	return p
}

// Apply returns where the pose puts a point.
func (p Pose) Apply(v [3]float64) [3]float64 {
	m := p.Matrix()
	return [3]float64{
		m[0]*v[0] + m[1]*v[1] + m[2]*v[2] + m[3],
		m[4]*v[0] + m[5]*v[1] + m[6]*v[2] + m[7],
		m[8]*v[0] + m[9]*v[1] + m[10]*v[2] + m[11],
	}
}

// Multiply returns the pose that applies q first, then p.
func (p Pose) Multiply(q Pose) Pose {
	a, b := p.Matrix(), q.Matrix()
	var out Pose
	for row := range 4 {
		for column := range 4 {
			for k := range 4 {
				out[4*row+column] += a[4*row+k] * b[4*k+column]
			}
		}
	}
	return out
}

// Determinant is that of the pose's 3x3 part: how it scales volumes; it is negative if the pose mirrors.
func (p Pose) Determinant() float64 {
	m := p.Matrix()
	return m[0]*(m[5]*m[10]-m[6]*m[9]) - m[1]*(m[4]*m[10]-m[6]*m[8]) + m[2]*(m[4]*m[9]-m[5]*m[8])
}

// cofactors are the rows of a matrix that turns normals as the pose turns surfaces.
func (p Pose) cofactors() [3][3]float64 {
	m := p.Matrix()
	c := [3][3]float64{
		{m[5]*m[10] - m[6]*m[9], m[6]*m[8] - m[4]*m[10], m[4]*m[9] - m[5]*m[8]},
		{m[2]*m[9] - m[1]*m[10], m[0]*m[10] - m[2]*m[8], m[1]*m[8] - m[0]*m[9]},
		{m[1]*m[6] - m[2]*m[5], m[2]*m[4] - m[0]*m[6], m[0]*m[5] - m[1]*m[4]},
	}
	if p.Determinant() < 0 {
		for row := range c {
			for column := range c[row] {
				c[row][column] = -c[row][column]
			}
		}
	}
	return c
}

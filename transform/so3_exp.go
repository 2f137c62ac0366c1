package transform

import "math"

// SO3Exp returns the rotation by the length of omega about its direction (Solà et
// al., appendix B).
func SO3Exp(omega [3]float64) SO3 {
	return exp(vec(&omega))
}

func exp(ω vec3) SO3 {
	square := ω.dot(ω)
	w, f := 1-square/8*(1-square/48), 0.5-square/48*(1-square/80)
	if square >= tinySquare {
		θ := math.Sqrt(square)
		f, w = math.Sincos(θ / 2)
		f /= θ
	}
	return SO3{w, f * ω.x, f * ω.y, f * ω.z}
}

// Log returns the tangent whose exponential is r: the axis times the angle, which
// is from 0 to π (Solà et al., appendix B, with the arc tangent of two
// arguments, which loses nothing at either end).
func (r SO3) Log() [3]float64 { return r.log().array() }

func (r SO3) log() vec3 {
	r = r.upper()
	v := r.imaginary()
	n := math.Sqrt(v.dot(v))
	if n == 0 { // v may still be 1e-170, whose square is 0
		return v.times(2 / r.W)
	}
	// Small n need no series: what digits their root has lost are lost in both n.
	return v.times(2 * math.Atan2(n, r.W) / n)
}

// SO3LeftJacobian returns J of exp(ω+δ) = exp(J·δ)·exp(ω) for small δ (Solà et al.,
// appendix B). It is also what turns the v of a tangent {v, ω} of [SE3]
// into a translation.
func SO3LeftJacobian(omega [3]float64) [3][3]float64 {
	ω := vec(&omega)
	square := ω.dot(ω)
	return skewPolynomial(ω, versine(square), sineRest(square))
}

// SO3LeftJacobianInverse returns the inverse of [SO3LeftJacobian] (Solà et al.,
// appendix B). There is none, and the numbers are huge, where the angle
// is near 2π or a multiple of it but zero.
func SO3LeftJacobianInverse(omega [3]float64) [3][3]float64 {
	ω := vec(&omega)
	return skewPolynomial(ω, -0.5, cotangentRest(ω.dot(ω)))
}

// SO3RightJacobian returns J of exp(ω+δ) = exp(ω)·exp(J·δ) for small δ.
func SO3RightJacobian(omega [3]float64) [3][3]float64 {
	return SO3LeftJacobian([3]float64{-omega[0], -omega[1], -omega[2]})
}

// SO3RightJacobianInverse returns the inverse of [SO3RightJacobian].
func SO3RightJacobianInverse(omega [3]float64) [3][3]float64 {
	return SO3LeftJacobianInverse([3]float64{-omega[0], -omega[1], -omega[2]})
}

// skewPolynomial returns 1 + a·W + b·W², where W is the matrix of the cross
// product with w.
func skewPolynomial(w vec3, a, b float64) [3][3]float64 {
	x, y, z := w.x, w.y, w.z
	xx, yy, zz := x*x, y*y, z*z
	return [3][3]float64{
		{1 - b*(yy+zz), b*x*y - a*z, b*x*z + a*y},
		{b*x*y + a*z, 1 - b*(xx+zz), b*y*z - a*x},
		{b*x*z - a*y, b*y*z + a*x, 1 - b*(xx+yy)},
	}
}

// skewPolynomialTimes is skewPolynomial times v, without the matrix.
func skewPolynomialTimes(w vec3, a, b float64, v vec3) vec3 {
	wv := w.cross(v)
	return v.add(wv.times(a).add(w.cross(wv).times(b)))
}

package transform

import "math"

// SO3Exp returns the rotation by the length of omega about its direction (Solà et
// al., appendix B).
func SO3Exp(omega [3]float64) SO3 {
	square := dot3(omega, omega)
	f := sinc(square/4) / 2
	return SO3{math.Cos(math.Sqrt(square) / 2), f * omega[0], f * omega[1], f * omega[2]}
}

// Log returns the tangent whose exponential is r: the axis times the angle, which
// is from 0 to π (Solà et al., appendix B, with the arc tangent of two
// arguments, which loses nothing at either end).
func (r SO3) Log() [3]float64 {
	r = r.upper()
	v := [3]float64{r.X, r.Y, r.Z}
	square, wSquare := dot3(v, v), r.W*r.W
	if square < 1e-9*wSquare || square == 0 {
		// Not only against 0/0: a square below 1e-308 has lost its digits.
		return scale3((2-2./3*square/wSquare)/r.W, v)
	}
	n := math.Sqrt(square)
	return scale3(2*math.Atan2(n, r.W)/n, v)
}

// SO3LeftJacobian returns J of exp(ω+δ) = exp(J·δ)·exp(ω) for small δ (Solà et al.,
// appendix B). It is also what turns the v of a tangent {v, ω} of [SE3]
// into a translation.
func SO3LeftJacobian(omega [3]float64) [3][3]float64 {
	square := dot3(omega, omega)
	return skewPolynomial(omega, versine(square), sineRest(square))
}

// SO3LeftJacobianInverse returns the inverse of [SO3LeftJacobian] (Solà et al.,
// appendix B). There is none, and the numbers are huge, where the angle
// is near 2π or a multiple of it but zero.
func SO3LeftJacobianInverse(omega [3]float64) [3][3]float64 {
	return skewPolynomial(omega, -0.5, cotangentRest(dot3(omega, omega)))
}

// SO3RightJacobian returns J of exp(ω+δ) = exp(ω)·exp(J·δ) for small δ.
func SO3RightJacobian(omega [3]float64) [3][3]float64 {
	return SO3LeftJacobian(scale3(-1, omega))
}

// SO3RightJacobianInverse returns the inverse of [SO3RightJacobian].
func SO3RightJacobianInverse(omega [3]float64) [3][3]float64 {
	return SO3LeftJacobianInverse(scale3(-1, omega))
}

// skewPolynomial returns 1 + a·W + b·W², where W is the matrix of the cross
// product with w.
func skewPolynomial(w [3]float64, a, b float64) [3][3]float64 {
	x, y, z := w[0], w[1], w[2]
	xx, yy, zz := x*x, y*y, z*z
	return [3][3]float64{
		{1 - b*(yy+zz), b*x*y - a*z, b*x*z + a*y},
		{b*x*y + a*z, 1 - b*(xx+zz), b*y*z - a*x},
		{b*x*z - a*y, b*y*z + a*x, 1 - b*(xx+yy)},
	}
}

// skewPolynomialTimes is skewPolynomial times v, without the matrix.
func skewPolynomialTimes(w [3]float64, a, b float64, v [3]float64) [3]float64 {
	wv := cross3(w, v)
	return add3(v, add3(scale3(a, wv), scale3(b, cross3(w, wv))))
}

package transform

import "math"

// The coefficients of exponentials, logarithms and Jacobians. Each is a smooth even
// function of an angle whose closed form divides by the angle, and for some subtracts
// nearly equal numbers first; below a bound its Taylor series is used. Arguments are
// squares, because callers have these without a root.

const (
	// Below this square the next term of the series that divide only is under
	// 1e-23 of the first.
	tinySquare = 1e-6
	// The series against cancellation have five terms. At this bound the first
	// one left out and the rounding of the closed form are both under 1e-14 of the
	// value; each value is multiplied by the square, which makes that 1e-16.
	smallSquare = 1. / 16
)

// sinc returns sin θ / θ.
func sinc(square float64) float64 {
	if square < tinySquare {
		return 1 - square/6*(1-square/20)
	}
	θ := math.Sqrt(square)
	return math.Sin(θ) / θ
}

// versine returns (1 - cos θ) / θ², written with the sine of the half angle,
// which does not cancel.
func versine(square float64) float64 {
	s := sinc(square / 4)
	return s * s / 2
}

// sineRest returns (θ - sin θ) / θ³.
func sineRest(square float64) float64 {
	if square < smallSquare {
		return 1./6 - square*(1./120-square*(1./5040-square*(1./362880-square/39916800)))
	}
	θ := math.Sqrt(square)
	return (θ - math.Sin(θ)) / (square * θ)
}

// cotangentRest returns (1 - h/tan h) / θ² for the half angle h = θ/2. It is
// infinite, up to rounding, at multiples of 2π but zero.
func cotangentRest(square float64) float64 {
	if square < smallSquare {
		return 1./12 + square*(1./720+square*(1./30240+square*(1./1209600+square/47900160)))
	}
	h := math.Sqrt(square) / 2
	return (1 - h/math.Tan(h)) / square
}

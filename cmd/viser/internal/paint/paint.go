// Package paint turns numbers and directions into colors.
package paint

import (
	"math"

	"github.com/viser-go/viser"
)

// stops are the colors of the ramp, evenly spaced, from low to high: each brighter than the one before, so
// that the order is visible in grayscale too.
var stops = []viser.RGB{
	{44, 32, 110}, {46, 88, 168}, {32, 140, 168}, {52, 184, 132}, {160, 212, 76}, {250, 222, 80},
}

// Ramp returns the color of t, from deep blue at 0 to yellow at 1. Values outside are as the nearest end,
// and NaN is as 0.
func Ramp(t float64) viser.RGB {
	if !(t > 0) {
		return stops[0]
	}
	if t >= 1 {
		return stops[len(stops)-1]
	}
	at := t * float64(len(stops)-1)
	i := int(at)
	return mix(stops[i], stops[i+1], at-float64(i))
}

func mix(a, b viser.RGB, t float64) (c viser.RGB) {
	for i := range c {
		c[i] = uint8(math.Round(float64(a[i])*(1-t) + float64(b[i])*t))
	}
	return c
}

// Normal returns the usual color of a direction: red, green and blue are its components along x, y and z.
// Its length does not matter; the zero vector is gray.
func Normal(n [3]float32) (c viser.RGB) {
	x, y, z := float64(n[0]), float64(n[1]), float64(n[2])
	length := math.Sqrt(x*x + y*y + z*z)
	if length == 0 {
		return viser.RGB{128, 128, 128}
	}
	for i, v := range [3]float64{x, y, z} {
		c[i] = uint8(math.Round((v/length + 1) / 2 * 255))
	}
	return c
}

// Ramps returns one color of the ramp per value, the ramp running from lo to hi.
func Ramps(values []float64, lo, hi float64) []viser.RGB {
	colors := make([]viser.RGB, len(values))
	for i, v := range values {
		colors[i] = Ramp((v - lo) / (hi - lo))
	}
	return colors
}

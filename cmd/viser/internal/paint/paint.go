// Package paint turns directions into colors.
package paint

import (
	"math"

	"github.com/viser-go/viser"
)

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

package wire

import (
	"encoding/binary"
	"math"
)

// SplatSize is the number of bytes of a Gaussian in the buffer of a GaussianSplatsMessage: the center as three
// 32-bit floats, four reserved bytes, the upper triangle of the covariance (xx, xy, xz, yy, yz, zz) as six
// half floats, and red, green, blue, opacity as a byte each.
const SplatSize = 32

// Where the parts of a splat begin.
const (
	SplatCovarianceAt = 16
	SplatColorAt      = 28
	SplatOpacityAt    = 31
)

// largestHalf is the largest number that a half float can be.
const largestHalf = 65504

// PutSplatCenter writes the center into a splat's bytes.
func PutSplatCenter(splat []byte, c [3]float32) {
	putFloat32(splat, c[0])
	putFloat32(splat[4:], c[1])
	putFloat32(splat[8:], c[2])
}

// SplatCenter reads it.
func SplatCenter(splat []byte) (c [3]float32) {
	for i := range c {
		c[i] = math.Float32frombits(binary.LittleEndian.Uint32(splat[4*i:]))
	}
	return c
}

// PutSplatCovariance writes the covariance into a splat's bytes. One that exceeds the range of half floats is
// scaled down as a whole, which keeps the shape of the splat.
func PutSplatCovariance(splat []byte, cov [6]float32) {
	// In a valid covariance no entry is larger than the largest on the diagonal, but the input may be
	// invalid.
	most := float32(0)
	for _, v := range cov {
		most = max(most, v, -v)
	}
	if most > largestHalf {
		for i := range cov {
			cov[i] = float32(float64(cov[i]) * (largestHalf / float64(most)))
		}
	}
	half := splat[SplatCovarianceAt:SplatColorAt]
	for i, v := range cov {
		binary.LittleEndian.PutUint16(half[2*i:], toHalf(v))
	}
}

// SplatCovariance reads it.
func SplatCovariance(splat []byte) (cov [6]float32) {
	for i := range cov {
		cov[i] = fromHalf(binary.LittleEndian.Uint16(splat[SplatCovarianceAt+2*i:]))
	}
	return cov
}

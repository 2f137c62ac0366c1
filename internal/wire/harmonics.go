package wire

import (
	"encoding/binary"
	"math"
)

// The spherical harmonics of a Gaussian are packed into 64 bits for each degree, least significant bits first, in words
// of 32 bits: for each degree, four bits that are its range, and then, coefficient by coefficient and each as red, green
// and blue, signed integers of 6 bits (degree 1 only), 5 bits (degrees 1 and 2) or 4 bits. An integer i of n bits and the
// range e stand for
//
//	i / (2^(n-1) - 1) · 4 · 2^(-e/2)
//
// So a splat of little effect has small steps, and one whose bits are all 0 has the same color from all sides.

// MaxHarmonicDegree is the highest degree.
const MaxHarmonicDegree = 3

const (
	harmonicRangeBits = 4
	harmonicRanges    = 1 << harmonicRangeBits
	largestHarmonic   = 4
)

// harmonicBits is the size of a coefficient's integer, by the degree of the splats.
var harmonicBits = [MaxHarmonicDegree + 1]int{1: 6, 2: 5, 3: 4}

// harmonicRange is the largest coefficient of a range, by its number.
var harmonicRange = func() (r [harmonicRanges]float64) {
	for e := range r {
		r[e] = largestHarmonic * math.Pow(2, -float64(e)/2)
	}
	return r
}()

// HarmonicsSize is the number of bytes of a splat's harmonics.
func HarmonicsSize(degree int) int { return 8 * degree }

// HarmonicsOf is the number of coefficients of each splat: 0, 3, 8 or 15.
func HarmonicsOf(degree int) int { return (degree+1)*(degree+1) - 1 }

// PutSplatHarmonics writes the coefficients, which must be finite, into a splat's bytes, which are zero.
func PutSplatHarmonics(splat []byte, degree int, harmonics [][3]float32) {
	bits := harmonicBits[degree]
	half := int64(1)<<(bits-1) - 1
	mask := uint64(1)<<bits - 1
	var scales [MaxHarmonicDegree + 1]float32
	acc, n := uint64(0), 0
	for l := 1; l <= degree; l++ {
		e := rangeOf(harmonics[HarmonicsOf(l-1):HarmonicsOf(l)])
		scales[l] = float32(half) / float32(harmonicRange[e])
		acc |= uint64(e) << n
		n += harmonicRangeBits
	}
	// Truncating is rounding, of what is positive.
	shift := float32(half) + 0.5
	for l := 1; l <= degree; l++ {
		scale := scales[l]
		for _, c := range harmonics[HarmonicsOf(l-1):HarmonicsOf(l)] {
			for _, v := range c {
				i := int64(min(max(v, -largestHarmonic), largestHarmonic)*scale+shift) - half
				acc |= uint64(i) & mask << n
				if n += bits; n >= 32 {
					binary.LittleEndian.PutUint32(splat, uint32(acc))
					splat, acc, n = splat[4:], acc>>32, n-32
				}
			}
		}
	}
	if n > 0 {
		binary.LittleEndian.PutUint32(splat, uint32(acc))
	}
}

// rangeOf is the smallest range that has all coefficients; the first, for larger ones, and so that nothing is all zeros.
func rangeOf(harmonics [][3]float32) int {
	most := uint32(0) // the bits of positive floats are in the order of the floats
	for _, c := range harmonics {
		for _, v := range c {
			most = max(most, math.Float32bits(v)&^(1<<31))
		}
	}
	if most == 0 {
		return 0
	}
	e := harmonicRanges - 1
	for e > 0 && harmonicRange[e] < float64(math.Float32frombits(most)) {
		e--
	}
	return e
}

// SplatHarmonics reads the coefficients of a splat into harmonics.
func SplatHarmonics(splat []byte, degree int, harmonics [][3]float32) {
	bits := harmonicBits[degree]
	half := float64(int(1)<<(bits-1) - 1)
	r := bitReader{from: splat}
	var ranges [MaxHarmonicDegree + 1]uint64
	for l := 1; l <= degree; l++ {
		ranges[l] = r.take(harmonicRangeBits)
	}
	for l := 1; l <= degree; l++ {
		scale := harmonicRange[ranges[l]] / half
		for k := HarmonicsOf(l - 1); k < HarmonicsOf(l); k++ {
			for channel := range harmonics[k] {
				// The sign bit goes up, and is spread on the way down.
				i := int64(r.take(bits)<<(64-bits)) >> (64 - bits)
				harmonics[k][channel] = float32(float64(i) * scale)
			}
		}
	}
}

// A bitReader reads integers of a few bits, least significant bits first.
type bitReader struct {
	from []byte
	bits uint64
	n    int
}

func (r *bitReader) take(bits int) uint64 {
	if r.n < bits {
		r.bits |= uint64(binary.LittleEndian.Uint32(r.from)) << r.n
		r.from, r.n = r.from[4:], r.n+32
	}
	v := r.bits & (1<<bits - 1)
	r.bits, r.n = r.bits>>bits, r.n-bits
	return v
}

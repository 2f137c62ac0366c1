package wire

import (
	"encoding/binary"
	"math"
)

// Float16s rounds v to half floats (to nearest, ties to even) and copies them into an Array. Beyond 65,504
// they become infinite; below 2^-24 they become zero.
func Float16s(v []float32) Array {
	data := make([]byte, 2*len(v))
	inParallel(len(v), func(from, to int) { putHalves(data[2*from:2*to], v[from:to]) })
	return Array{DType: Float16, Data: data}
}

// HalfVec3s is Float16s for rows of three.
func HalfVec3s(v [][3]float32) Array { return Float16s(flat3(v)) }

// putHalves converts v into dst, which has two bytes for each.
func putHalves(dst []byte, v []float32) {
	n := 0
	if hasHalves {
		n = len(v) &^ 7
		eightHalves(dst[:2*n], v[:n])
	}
	for i, x := range v[n:] {
		binary.LittleEndian.PutUint16(dst[2*(n+i):], toHalf(x))
	}
}

// Fields of the two formats. A half has 5 bits of exponent and 10 of fraction, a single 8 and 23.
const (
	halfInf      = 0x7c00
	halfQuietNaN = 0x7e00
	fractionGap  = 23 - 10
	biasGap      = 127 - 15
	hiddenBit    = 1 << 23
)

// The floats whose halves have a full exponent, as bits without the sign: 2^-14 up to what rounds to infinity.
const (
	firstNormal = (biasGap + 1) << 23
	normals     = 30 << 23
)

// toHalf is in two parts, so that the ordinary one is inlined where clouds of millions of points are converted.
func toHalf(x float32) uint16 {
	if bits := math.Float32bits(x); !isOrdinary(bits) {
		return specialHalf(bits)
	}
	return ordinaryHalf(math.Float32bits(x))
}

func isOrdinary(bits uint32) bool { return bits&^(1<<31)-firstNormal < normals }

// ordinaryHalf rounds to nearest, ties to even. A carry out of the fraction moves into the exponent, as it should.
func ordinaryHalf(bits uint32) uint16 {
	abs := bits &^ (1 << 31)
	return uint16(bits>>16)&0x8000 | uint16((abs+1<<(fractionGap-1)-1+abs>>fractionGap&1-biasGap<<23)>>fractionGap)
}

// specialHalf is for numbers that are small, large, infinite or none.
func specialHalf(bits uint32) uint16 {
	sign := uint16(bits>>16) & 0x8000
	exponent := int(bits>>23) & 0xff
	fraction := bits & (hiddenBit - 1)
	switch {
	case exponent == 0xff && fraction != 0:
		return sign | halfQuietNaN | uint16(fraction>>fractionGap)
	case exponent >= biasGap+31:
		return sign | halfInf
	case exponent >= biasGap-10:
		// Too small for a full exponent: the hidden bit becomes explicit and shifts down.
		return sign | uint16(roundShift(fraction|hiddenBit, uint(fractionGap+1+biasGap-exponent)))
	}
	return sign
}

// roundShift is v >> n, rounded to nearest with ties to even.
func roundShift(v uint32, n uint) uint32 {
	odd := v >> n & 1
	return (v + 1<<(n-1) - 1 + odd) >> n
}

func fromHalf(h uint16) float32 {
	sign := uint32(h&0x8000) << 16
	exponent := uint32(h>>10) & 0x1f
	fraction := uint32(h & 0x3ff)
	switch exponent {
	case 0:
		value := float32(fraction) / (1 << 24)
		return math.Float32frombits(sign | math.Float32bits(value))
	case 31:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<fractionGap)
	}
	return math.Float32frombits(sign | (exponent+biasGap)<<23 | fraction<<fractionGap)
}

package wire

import (
	"encoding/binary"
	"math"
)

// Float16s rounds v to half floats (to nearest, ties to even) and copies them into an Array. Beyond 65,504
// they become infinite; below 2^-24 they become zero.
func Float16s(v []float32) Array {
	data := make([]byte, 2*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint16(data[2*i:], toHalf(x))
	}
	return Array{DType: Float16, Data: data}
}

// HalfVec3s is Float16s for rows of three.
func HalfVec3s(v [][3]float32) Array {
	data := make([]byte, 6*len(v))
	for i := range v {
		row := data[6*i : 6*i+6]
		binary.LittleEndian.PutUint16(row, toHalf(v[i][0]))
		binary.LittleEndian.PutUint16(row[2:], toHalf(v[i][1]))
		binary.LittleEndian.PutUint16(row[4:], toHalf(v[i][2]))
	}
	return Array{DType: Float16, Data: data}
}

// Fields of the two formats. A half has 5 bits of exponent and 10 of fraction, a single 8 and 23.
const (
	halfInf      = 0x7c00
	halfQuietNaN = 0x7e00
	fractionGap  = 23 - 10
	biasGap      = 127 - 15
	hiddenBit    = 1 << 23
)

func toHalf(x float32) uint16 {
	bits := math.Float32bits(x)
	sign := uint16(bits>>16) & 0x8000
	exponent := int(bits>>23) & 0xff
	fraction := bits & (hiddenBit - 1)
	switch {
	case exponent == 0xff && fraction != 0:
		return sign | halfQuietNaN
	case exponent >= biasGap+31:
		return sign | halfInf
	case exponent > biasGap:
		// A carry out of the fraction moves into the exponent, as it should, up to infinity.
		return sign | (uint16(exponent-biasGap)<<10 + uint16(roundShift(fraction, fractionGap)))
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

package ply

import (
	"math"

	"github.com/viser-go/viser/formats/cloud"
)

// Files have colors as bytes, as 16-bit numbers and as floating point numbers, and headers do not specify their
// range: 16-bit and floating point colors may be 0 to 255 as well. So they are kept unscaled until all of them
// have been read, and the largest determines the range.

// colorScale scales a color of the file to 0..255.
type colorScale float64

// kindOf is how colors of type t are judged.
func kindOf(t scalar) cloud.ColorKind {
	switch {
	case isByte(t):
		return cloud.ByteColors
	case t.integral():
		return cloud.WideColors
	}
	return cloud.FloatColors
}

// scaleOf is the scale of colors of type t, the largest of which is peak.
func scaleOf(t scalar, peak float32) colorScale {
	return colorScale(math.MaxUint8 / float64(cloud.ColorRange(kindOf(t), peak)))
}

func (s colorScale) apply(v float64) uint8 {
	v = v*float64(s) + 0.5
	if v >= 255 {
		return 255
	}
	if v >= 0 { // false for NaN
		return uint8(v)
	}
	return 0
}

func isByte(t scalar) bool { return t == int8Type || t == uint8Type }

// rgbBuffer collects colors of red, green and blue.
type rgbBuffer struct {
	types [3]scalar
	final bool // colors of a byte: they need no scale
	bytes [][3]uint8
	raw   [][3]float32
	peaks [3]float32
}

func newRGBBuffer(types [3]scalar) rgbBuffer {
	return rgbBuffer{types: types, final: isByte(types[0]) && isByte(types[1]) && isByte(types[2])}
}

// noColor marks, in the first channel, a triangle without a color in the file.
var noColor = [3]float32{float32(math.NaN()), float32(math.NaN()), float32(math.NaN())}

// uncolored is the color of such triangles.
var uncolored = [3]uint8{128, 128, 128}

func (b *rgbBuffer) add(c [3]float32) {
	if b.final {
		b.bytes = append(b.bytes, scaledColor(c, [3]colorScale{1, 1, 1}))
		return
	}
	b.raw = append(b.raw, c)
	for i, v := range c {
		b.peaks[i] = higher(b.peaks[i], v)
	}
}

// colors returns all colors, after the last was read.
func (b *rgbBuffer) colors() [][3]uint8 {
	if b.final || b.raw == nil {
		return b.bytes
	}
	var scales [3]colorScale
	for i, t := range b.types {
		peak := b.peaks[i]
		for k, other := range b.types {
			if other == t {
				peak = max(peak, b.peaks[k])
			}
		}
		scales[i] = scaleOf(t, peak)
	}
	b.bytes = make([][3]uint8, len(b.raw))
	for i, c := range b.raw {
		b.bytes[i] = scaledColor(c, scales)
	}
	b.raw = nil
	return b.bytes
}

func scaledColor(c [3]float32, scales [3]colorScale) [3]uint8 {
	if c[0] != c[0] && c[1] != c[1] && c[2] != c[2] {
		return uncolored
	}
	return [3]uint8{scales[0].apply(float64(c[0])), scales[1].apply(float64(c[1])), scales[2].apply(float64(c[2]))}
}

// higher is the larger one, but for what is not finite.
func higher(peak, v float32) float32 {
	if v > peak && v <= math.MaxFloat32 {
		return v
	}
	return peak
}

// harmonicColor is the color, 0 to 255, of a coefficient of the spherical harmonic of degree 0, by which files of
// Gaussian splats have their colors.
func harmonicColor(coefficient float64) float64 { return 255 * (0.5 + harmonic0*coefficient) }

const harmonic0 = 0.28209479177387814 // 1/(2·sqrt(π))

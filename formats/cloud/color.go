package cloud

import "math"

// ColorKind is how a file has colors whose range it does not say.
type ColorKind uint8

const (
	// ByteColors are numbers of 8 bits, 0 to 255.
	ByteColors ColorKind = iota
	// WideColors are integers of 16 bits or more: 0 to 255 if none is above that, and 0 to 65535 otherwise.
	WideColors
	// FloatColors are floating point numbers: 0 to 1 if none is above 2, 0 to 255 if none is above 510, and 0 to
	// 65535 otherwise.
	FloatColors
)

// maxUnitColor is up to where floating point colors are taken as 0 to 1: a little above 1 is what filters and
// interpolation leave behind, and a file of colors from 0 to 255 whose largest is 2 would be black anyway.
const maxUnitColor = 2

// ColorRange is the value of a full channel, 1, 255 or 65535, if the largest of all channels is peak. Peaks that are not
// finite are left to the caller to leave out.
func ColorRange(kind ColorKind, peak float32) float32 {
	switch {
	case kind == ByteColors:
		return math.MaxUint8
	case kind == FloatColors && peak <= maxUnitColor:
		return 1
	case kind == FloatColors && peak <= 2*math.MaxUint8, peak <= math.MaxUint8:
		return math.MaxUint8
	}
	return math.MaxUint16
}

// Peak is the larger one of peak and the finite numbers of values.
func peakOf(peak float32, values []float32) float32 {
	for _, v := range values {
		if v > peak && v <= math.MaxFloat32 {
			peak = v
		}
	}
	return peak
}

// toBytes makes bytes of colors whose range was not known, and the values of a full channel of which now are.
func (b *Batch) toBytes(colors, alphas float32) {
	if len(b.RawColors) > 0 {
		b.Colors = colorBytes(b.Colors, b.RawColors, colors)
	}
	if len(b.RawAlphas) > 0 {
		b.Alphas = alphaBytes(b.Alphas, b.RawAlphas, alphas)
	}
	b.RawColors, b.RawAlphas, b.ColorKind = b.RawColors[:0], b.RawAlphas[:0], ByteColors
}

// colorBytes turns colors into bytes, in the memory of dst if there is enough. full is the value of a full channel.
func colorBytes(dst [][3]uint8, colors [][3]float32, full float32) [][3]uint8 {
	dst = resize(dst, len(colors), true)
	scale := math.MaxUint8 / full
	for i, v := range colors {
		dst[i] = [3]uint8{toByte(v[0], scale), toByte(v[1], scale), toByte(v[2], scale)}
	}
	return dst
}

// alphaBytes is colorBytes for opacities.
func alphaBytes(dst []uint8, alphas []float32, full float32) []uint8 {
	dst = resize(dst, len(alphas), true)
	for i, v := range alphas {
		dst[i] = toByte(v, math.MaxUint8/full)
	}
	return dst
}

// toByte scales a channel by 255/range to 0..255.
func toByte(value, scale float32) uint8 {
	v := float64(value)*float64(scale) + 0.5
	if v >= 255 {
		return 255
	}
	if v >= 0 { // false for NaN
		return uint8(v)
	}
	return 0
}

package viser

import (
	"image/color"

	"github.com/viser-go/viser/internal/wire"
)

// RGB is an opaque color: red, green and blue, 0 to 255 each. It is a [color.Color], so
// options and setters accept it.
type RGB [3]uint8

// RGBA returns the color as defined by color.Color.
func (c RGB) RGBA() (r, g, b, a uint32) {
	return uint32(c[0]) * 0x101, uint32(c[1]) * 0x101, uint32(c[2]) * 0x101, 0xffff
}

// RGBA is a color with its opacity: red, green, blue and alpha, 0 to 255 each, where
// alpha 0 is transparent. The components are not multiplied by alpha, as in
// [color.NRGBA]. It is a [color.Color].
type RGBA [4]uint8

// RGBA returns the color as defined by color.Color, where the components are multiplied
// by alpha.
func (c RGBA) RGBA() (r, g, b, a uint32) {
	return color.NRGBA{R: c[0], G: c[1], B: c[2], A: c[3]}.RGBA()
}

// ColorName is a color of the client's palette. It is a [color.Color]. Widgets and
// notifications send it by name, and the client uses the shade that fits its theme;
// elsewhere it is the palette's middle shade. The package colornames has the colors of
// CSS.
type ColorName string

// The colors of the palette.
const (
	Dark   ColorName = "dark"
	Gray   ColorName = "gray"
	Red    ColorName = "red"
	Pink   ColorName = "pink"
	Grape  ColorName = "grape"
	Violet ColorName = "violet"
	Indigo ColorName = "indigo"
	Blue   ColorName = "blue"
	Cyan   ColorName = "cyan"
	Green  ColorName = "green"
	Lime   ColorName = "lime"
	Yellow ColorName = "yellow"
	Orange ColorName = "orange"
	Teal   ColorName = "teal"
)

// palette has shade 6 of Mantine's colors, which are the client's palette.
var palette = map[ColorName]RGB{
	Dark: {0x2e, 0x2e, 0x2e}, Gray: {0x86, 0x8e, 0x96}, Red: {0xfa, 0x52, 0x52}, Pink: {0xe6, 0x49, 0x80},
	Grape: {0xbe, 0x4b, 0xdb}, Violet: {0x79, 0x50, 0xf2}, Indigo: {0x4c, 0x6e, 0xf5}, Blue: {0x22, 0x8b, 0xe6},
	Cyan: {0x15, 0xaa, 0xbf}, Green: {0x40, 0xc0, 0x57}, Lime: {0x82, 0xc9, 0x1e}, Yellow: {0xfa, 0xb0, 0x05},
	Orange: {0xfd, 0x7e, 0x14}, Teal: {0x12, 0xb8, 0x86},
}

// RGBA returns the middle shade of the color as defined by color.Color: black if the
// name is not in the palette.
func (n ColorName) RGBA() (r, g, b, a uint32) { return palette[n].RGBA() }

// rgbOf returns the components of an opaque color; nil is def. Alpha is left out.
// It calls a method of the program's, so no lock may be held.
func rgbOf(c color.Color, def RGB) [3]uint8 {
	switch c := c.(type) {
	case nil:
		return def
	case RGB:
		return c
	}
	n := nrgba(c)
	return [3]uint8{n.R, n.G, n.B}
}

// nrgba is color.NRGBAModel, but exact for RGBA, whose components would be
// rounded on the way through multiplied ones.
func nrgba(c color.Color) color.NRGBA {
	if c, ok := c.(RGBA); ok {
		return color.NRGBA{R: c[0], G: c[1], B: c[2], A: c[3]}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

// wireColor returns the color of a widget or a notification: nil is the theme's color,
// a ColorName is sent by its name, and of any other the alpha is left out. It panics
// with a *UsageError if the palette has no color of that name. It calls a method of the
// program's, so no lock may be held.
func wireColor(fn string, c color.Color) wire.Color {
	switch c := c.(type) {
	case nil:
		return wire.Color{}
	case ColorName:
		if _, ok := palette[c]; !ok {
			usage(fn, "the palette has no color %q; the package colornames has those of CSS", string(c))
		}
		return wire.NamedColor(wire.LiteralColor(c))
	default:
		rgb := rgbOf(c, RGB{})
		return wire.RGBColor(rgb[0], rgb[1], rgb[2])
	}
}

// colorOf is the inverse of wireColor: nil, a ColorName, or an RGB.
func colorOf(c wire.Color) color.Color {
	switch {
	case c.IsRGB:
		return RGB(c.RGB)
	case c.Name != "":
		return ColorName(c.Name)
	}
	return nil
}

// These convert between slices of the public API and arrays of package wire. All of
// them copy.

// defaultRowColor is the color of points, lines, arrows and instances that are
// given none.
var defaultRowColor = RGB{90, 200, 255}

// rowColors encodes one color for each row, or the single one; nil is all of one.
func rowColors(fn string, rows int, colors []RGB, one RGB) wire.Array {
	switch {
	case colors == nil:
		return wire.Uint8s(one[:])
	case len(colors) == 1:
		return wire.Uint8s(colors[0][:])
	case len(colors) == rows:
		return wire.RGBs(colors)
	}
	usage(fn, "%d colors for %d rows: give one for each, one for all, or nil", len(colors), rows)
	panic("unreachable")
}

func rgbsOf(a wire.Array) []RGB {
	data := a.Bytes()
	out := make([]RGB, len(data)/3)
	for i := range out {
		out[i] = RGB(data[3*i:])
	}
	return out
}

package viser

import (
	"math"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	rgbKind  = state.GUIKind("GuiRgbMessage", new(wire.GuiRgbProps))
	rgbaKind = state.GUIKind("GuiRgbaMessage", new(wire.GuiRgbaProps))
)

// An RGBInput is a color input. Its value is an [RGB]; Value, SetValue, OnUpdate and
// Updates are those of [Input].
type RGBInput struct {
	Input[RGB]
	props wire.GuiRgbProps
}

// RGBOptions are the options of AddRGB.
type RGBOptions struct {
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddRGB adds a color input.
func (c Container) AddRGB(label string, initial RGB, opts *RGBOptions) *RGBInput {
	const fn = "AddRGB"
	o := orPtr(opts, RGBOptions{})
	h := &RGBInput{props: wire.GuiRgbProps{GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order})}}
	h.put(c, fn, rgbKind, &h.props, &h.props.GuiBaseProps, initial, codec[RGB]{
		kind:   "RGBInput",
		equal:  same[RGB],
		encode: func(e *wire.Encoder, v RGB) { encodeChannels(e, v[:]) },
		decode: func(v any) (c RGB, ok bool) { return c, toChannels(v, c[:]) },
	})
	return h
}

// An RGBAInput is a color input with opacity. Its value is an [RGBA]; Value, SetValue,
// OnUpdate and Updates are those of [Input].
type RGBAInput struct {
	Input[RGBA]
	props wire.GuiRgbaProps
}

// RGBAOptions are the options of AddRGBA.
type RGBAOptions struct {
	Disabled bool     // whether the element is disabled; default false
	Hidden   bool     // whether the element is initially hidden; default false
	Hint     string   // the tooltip; default none
	Order    *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddRGBA adds a color input with opacity.
func (c Container) AddRGBA(label string, initial RGBA, opts *RGBAOptions) *RGBAInput {
	const fn = "AddRGBA"
	o := orPtr(opts, RGBAOptions{})
	h := &RGBAInput{props: wire.GuiRgbaProps{GuiBaseProps: c.base(fn, label, inputOptions{o.Disabled, o.Hidden, o.Hint, o.Order})}}
	h.put(c, fn, rgbaKind, &h.props, &h.props.GuiBaseProps, initial, codec[RGBA]{
		kind:   "RGBAInput",
		equal:  same[RGBA],
		encode: func(e *wire.Encoder, v RGBA) { encodeChannels(e, v[:]) },
		decode: func(v any) (c RGBA, ok bool) { return c, toChannels(v, c[:]) },
	})
	return h
}

func encodeChannels(e *wire.Encoder, v []uint8) {
	e.ArrayHeader(len(v))
	for _, x := range v {
		e.Uint(uint64(x))
	}
}

// toChannels reads a color as a page sends it, clamped to 0 to 255.
func toChannels(v any, into []uint8) bool {
	numbers := make([]float64, len(into))
	if !toFloats(v, numbers) {
		return false
	}
	for i, x := range numbers {
		into[i] = uint8(math.Round(max(0, min(255, x))))
	}
	return true
}

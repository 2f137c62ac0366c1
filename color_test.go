package viser

import (
	"image/color"
	"testing"

	"github.com/viser-go/viser/colornames"
	"github.com/viser-go/viser/internal/wire"
)

func TestColorsToRGB(t *testing.T) {
	def := RGB{1, 2, 3}
	for _, test := range []struct {
		color color.Color
		want  [3]uint8
	}{
		{nil, def},
		{RGB{10, 20, 30}, [3]uint8{10, 20, 30}},
		{RGBA{10, 20, 30, 7}, [3]uint8{10, 20, 30}}, // 7/255 would round the components
		{color.RGBA{10, 20, 30, 255}, [3]uint8{10, 20, 30}},
		{color.RGBA{100, 50, 0, 128}, [3]uint8{199, 99, 0}}, // multiplied by alpha
		{color.NRGBA{10, 20, 30, 40}, [3]uint8{10, 20, 30}},
		{color.Gray16{0x8080}, [3]uint8{128, 128, 128}},
		{color.White, [3]uint8{255, 255, 255}},
		{colornames.Tomato, [3]uint8{255, 99, 71}},
		{Red, [3]uint8{0xfa, 0x52, 0x52}},
	} {
		if got := rgbOf(test.color, def); got != test.want {
			t.Errorf("rgbOf(%#v) = %v; want %v", test.color, got, test.want)
		}
	}
}

// TestColorsToStandardLibrary: the color model of the standard library returns a
// color's components.
func TestColorsToStandardLibrary(t *testing.T) {
	for c, want := range map[color.Color]color.NRGBA{
		RGB{250, 128, 3}:       {250, 128, 3, 255},
		RGBA{255, 0, 255, 128}: {255, 0, 255, 128},
		RGBA{}:                 {},
		Teal:                   {0x12, 0xb8, 0x86, 255},
		ColorName("mauve"):     {0, 0, 0, 255},
	} {
		if got := color.NRGBAModel.Convert(c); got != want {
			t.Errorf("%#v = %v; want %v", c, got, want)
		}
	}
}

func TestColorsOnTheWire(t *testing.T) {
	for _, test := range []struct {
		color color.Color
		wire  wire.Color
		back  color.Color
	}{
		{nil, wire.Color{}, nil},
		{Teal, wire.NamedColor("teal"), Teal},
		{RGB{1, 2, 3}, wire.RGBColor(1, 2, 3), RGB{1, 2, 3}},
		{color.NRGBA{1, 2, 3, 0}, wire.RGBColor(1, 2, 3), RGB{1, 2, 3}},
		{colornames.Black, wire.RGBColor(0, 0, 0), RGB{}},
	} {
		got := wireColor("Test", test.color)
		if got != test.wire || colorOf(got) != test.back {
			t.Errorf("%#v is sent as %v and read as %v; want %v and %v", test.color, got, colorOf(got), test.wire, test.back)
		}
	}
}

func TestEveryPaletteNameIsKnownToTheWire(t *testing.T) {
	for name := range palette {
		if wireColor("Test", name).Name != wire.LiteralColor(name) {
			t.Errorf("%q is not sent by its name", name)
		}
	}
	defer func() {
		if _, ok := recover().(*UsageError); !ok {
			t.Error("a name that the palette does not have is no *UsageError")
		}
	}()
	wireColor("Test", ColorName("mauve"))
}

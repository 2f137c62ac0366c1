package viser

import (
	"fmt"
	"image/color"
	"math"

	"github.com/viser-go/viser/internal/wire"
)

// ControlWidth is the width of the control panel.
type ControlWidth string

// The widths of the control panel.
const (
	SmallControls  ControlWidth = ControlWidth(wire.ControlWidthSmall)
	MediumControls ControlWidth = ControlWidth(wire.ControlWidthMedium)
	LargeControls  ControlWidth = ControlWidth(wire.ControlWidthLarge)
)

// A Theme is the look of the page. The zero value is the default.
type Theme struct {
	DarkMode        bool         // whether the page uses dark colors; default false
	BrandColor      color.Color  // the accent color of buttons, sliders and so on; default the client's own
	ControlWidth    ControlWidth // the width of the control panel; default MediumControls
	HideLogo        bool         // whether the logo is hidden; default false
	HideShareButton bool         // whether the share button is hidden; default false
	Titlebar        *Titlebar    // the bar at the top of the page; default none
}

// A Titlebar is a bar at the top of the page.
type Titlebar struct {
	Buttons []TitlebarButton
	Image   *TitlebarImage // nil for none
}

// TitlebarIcon is an icon on a button of the titlebar.
type TitlebarIcon string

// The icons of titlebar buttons.
const (
	IconGitHub      TitlebarIcon = TitlebarIcon(wire.TitlebarIconGitHub)
	IconDescription TitlebarIcon = TitlebarIcon(wire.TitlebarIconDescription)
	IconKeyboard    TitlebarIcon = TitlebarIcon(wire.TitlebarIconKeyboard)
)

// A TitlebarButton is a link in the titlebar.
type TitlebarButton struct {
	Text string
	Icon TitlebarIcon // "" for none
	Href string       // an http or https URL; clients open no other
}

// A TitlebarImage is a picture in the titlebar.
type TitlebarImage struct {
	URLLight string // on a light page
	URLDark  string // the image's URL in dark mode; default URLLight
	Alt      string // the description for screen readers
	Href     string // the URL that a click opens; "" for none
}

// ConfigureTheme sets the look of the page; nil for the default. It panics with a
// *UsageError if ControlWidth is not one of its constants, or BrandColor is a ColorName
// that is not in the palette.
func (g *GUI) ConfigureTheme(t *Theme) {
	const fn = "GUI.ConfigureTheme"
	o := orPtr(t, Theme{})
	width := or(o.ControlWidth, MediumControls)
	oneOf(fn, "ControlWidth", width, SmallControls, MediumControls, LargeControls)
	m := &wire.ThemeConfigurationMessage{
		TitlebarContent: o.Titlebar.wire(), ControlLayout: wire.ControlLayoutFloating, ControlWidth: string(width),
		ShowLogo: !o.HideLogo, ShowShareButton: !o.HideShareButton, DarkMode: o.DarkMode,
	}
	wireColor(fn, o.BrandColor) // checks the name of a ColorName
	if o.BrandColor != nil {
		m.Colors = new(brandColors(rgbOf(o.BrandColor, RGB{})))
	}
	g.scope.SetCell("theme", m)
}

func (t *Titlebar) wire() *wire.TitlebarConfig {
	if t == nil {
		return nil
	}
	out := &wire.TitlebarConfig{}
	for _, b := range t.Buttons {
		out.Buttons = append(out.Buttons, wire.TitlebarButton{Text: text(b.Text), Icon: text(string(b.Icon)), Href: text(b.Href)})
	}
	if i := t.Image; i != nil {
		out.Image = &wire.TitlebarImage{ImageURLLight: i.URLLight, ImageURLDark: text(i.URLDark), ImageAlt: i.Alt, Href: text(i.Href)}
	}
	return out
}

// text returns nil for "".
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// brandColors returns ten shades of the color, light to dark, by changing its
// lightness (HLS): the color itself is the ninth.
func brandColors(c RGB) [10]string {
	h, l, s := hls(float64(c[0])/255, float64(c[1])/255, float64(c[2])/255)
	dark, light := max(l-0.08, 0), 0.9
	l = max(dark, min(light, l))
	var out [10]string
	slope := (l - light) / 8
	for i := range out {
		// The conversions forbid a fused multiply-add: the hexadecimal digits must
		// not depend on the machine.
		li := float64(slope*float64(i)) + light
		switch i {
		case 8:
			li = l
		case 9:
			li = dark
		}
		r, g, b := fromHLS(h, li, s)
		out[i] = fmt.Sprintf("#%02x%02x%02x", channel(r), channel(g), channel(b))
	}
	return out
}

func channel(x float64) int { return int(max(0, min(255, x*255)) + 0.5) }

// hls returns hue (0 to 1), lightness and saturation of a color (Foley and van
// Dam, Computer Graphics, as Python's colorsys).
func hls(r, g, b float64) (h, l, s float64) {
	hi, lo := max(r, g, b), min(r, g, b)
	l = (hi + lo) / 2
	if hi == lo {
		return 0, l, 0
	}
	d := hi - lo
	s = d / (hi + lo)
	if l > 0.5 {
		s = d / (2 - hi - lo)
	}
	rc, gc, bc := (hi-r)/d, (hi-g)/d, (hi-b)/d
	switch hi {
	case r:
		h = bc - gc
	case g:
		h = 2 + rc - bc
	default:
		h = 4 + gc - rc
	}
	return turn(h / 6), l, s
}

// turn returns the part of a hue that is less than a whole turn.
func turn(h float64) float64 {
	h = math.Mod(h, 1)
	if h < 0 {
		h++
	}
	return h
}

func fromHLS(h, l, s float64) (r, g, b float64) {
	if s == 0 {
		return l, l, l
	}
	hi := float64(l * (1 + s))
	if l > 0.5 {
		hi = l + s - float64(l*s)
	}
	lo := 2*l - hi
	return hueToChannel(lo, hi, h+1./3), hueToChannel(lo, hi, h), hueToChannel(lo, hi, h-1./3)
}

func hueToChannel(lo, hi, h float64) float64 {
	h = turn(h)
	switch {
	case h < 1./6:
		return lo + float64((hi-lo)*h*6)
	case h < 0.5:
		return hi
	case h < 2./3:
		return lo + float64((hi-lo)*(2./3-h)*6)
	}
	return lo
}

// Package colornames has the named colors of CSS as values of image/color:
//
//	server.Scene().AddBox("/box", &viser.BoxOptions{Color: colornames.Tomato})
//
// A name of two words is written in camel case: CSS's "lightskyblue" is LightSkyBlue.
// Where CSS has two spellings, both are here: LightGray and LightGrey.
package colornames

import (
	"image/color"
	"maps"
	"slices"
	"strings"
)

// The named colors of CSS Color Module Level 4. All of them are opaque.
var (
	AliceBlue            = color.RGBA{0xf0, 0xf8, 0xff, 0xff}
	AntiqueWhite         = color.RGBA{0xfa, 0xeb, 0xd7, 0xff}
	Aqua                 = color.RGBA{0x00, 0xff, 0xff, 0xff}
	Aquamarine           = color.RGBA{0x7f, 0xff, 0xd4, 0xff}
	Azure                = color.RGBA{0xf0, 0xff, 0xff, 0xff}
	Beige                = color.RGBA{0xf5, 0xf5, 0xdc, 0xff}
	Bisque               = color.RGBA{0xff, 0xe4, 0xc4, 0xff}
	Black                = color.RGBA{0x00, 0x00, 0x00, 0xff}
	BlanchedAlmond       = color.RGBA{0xff, 0xeb, 0xcd, 0xff}
	Blue                 = color.RGBA{0x00, 0x00, 0xff, 0xff}
	BlueViolet           = color.RGBA{0x8a, 0x2b, 0xe2, 0xff}
	Brown                = color.RGBA{0xa5, 0x2a, 0x2a, 0xff}
	Burlywood            = color.RGBA{0xde, 0xb8, 0x87, 0xff}
	CadetBlue            = color.RGBA{0x5f, 0x9e, 0xa0, 0xff}
	Chartreuse           = color.RGBA{0x7f, 0xff, 0x00, 0xff}
	Chocolate            = color.RGBA{0xd2, 0x69, 0x1e, 0xff}
	Coral                = color.RGBA{0xff, 0x7f, 0x50, 0xff}
	CornflowerBlue       = color.RGBA{0x64, 0x95, 0xed, 0xff}
	Cornsilk             = color.RGBA{0xff, 0xf8, 0xdc, 0xff}
	Crimson              = color.RGBA{0xdc, 0x14, 0x3c, 0xff}
	Cyan                 = color.RGBA{0x00, 0xff, 0xff, 0xff}
	DarkBlue             = color.RGBA{0x00, 0x00, 0x8b, 0xff}
	DarkCyan             = color.RGBA{0x00, 0x8b, 0x8b, 0xff}
	DarkGoldenrod        = color.RGBA{0xb8, 0x86, 0x0b, 0xff}
	DarkGray             = color.RGBA{0xa9, 0xa9, 0xa9, 0xff}
	DarkGreen            = color.RGBA{0x00, 0x64, 0x00, 0xff}
	DarkGrey             = color.RGBA{0xa9, 0xa9, 0xa9, 0xff}
	DarkKhaki            = color.RGBA{0xbd, 0xb7, 0x6b, 0xff}
	DarkMagenta          = color.RGBA{0x8b, 0x00, 0x8b, 0xff}
	DarkOliveGreen       = color.RGBA{0x55, 0x6b, 0x2f, 0xff}
	DarkOrange           = color.RGBA{0xff, 0x8c, 0x00, 0xff}
	DarkOrchid           = color.RGBA{0x99, 0x32, 0xcc, 0xff}
	DarkRed              = color.RGBA{0x8b, 0x00, 0x00, 0xff}
	DarkSalmon           = color.RGBA{0xe9, 0x96, 0x7a, 0xff}
	DarkSeaGreen         = color.RGBA{0x8f, 0xbc, 0x8f, 0xff}
	DarkSlateBlue        = color.RGBA{0x48, 0x3d, 0x8b, 0xff}
	DarkSlateGray        = color.RGBA{0x2f, 0x4f, 0x4f, 0xff}
	DarkSlateGrey        = color.RGBA{0x2f, 0x4f, 0x4f, 0xff}
	DarkTurquoise        = color.RGBA{0x00, 0xce, 0xd1, 0xff}
	DarkViolet           = color.RGBA{0x94, 0x00, 0xd3, 0xff}
	DeepPink             = color.RGBA{0xff, 0x14, 0x93, 0xff}
	DeepSkyBlue          = color.RGBA{0x00, 0xbf, 0xff, 0xff}
	DimGray              = color.RGBA{0x69, 0x69, 0x69, 0xff}
	DimGrey              = color.RGBA{0x69, 0x69, 0x69, 0xff}
	DodgerBlue           = color.RGBA{0x1e, 0x90, 0xff, 0xff}
	Firebrick            = color.RGBA{0xb2, 0x22, 0x22, 0xff}
	FloralWhite          = color.RGBA{0xff, 0xfa, 0xf0, 0xff}
	ForestGreen          = color.RGBA{0x22, 0x8b, 0x22, 0xff}
	Fuchsia              = color.RGBA{0xff, 0x00, 0xff, 0xff}
	Gainsboro            = color.RGBA{0xdc, 0xdc, 0xdc, 0xff}
	GhostWhite           = color.RGBA{0xf8, 0xf8, 0xff, 0xff}
	Gold                 = color.RGBA{0xff, 0xd7, 0x00, 0xff}
	Goldenrod            = color.RGBA{0xda, 0xa5, 0x20, 0xff}
	Gray                 = color.RGBA{0x80, 0x80, 0x80, 0xff}
	Green                = color.RGBA{0x00, 0x80, 0x00, 0xff}
	GreenYellow          = color.RGBA{0xad, 0xff, 0x2f, 0xff}
	Grey                 = color.RGBA{0x80, 0x80, 0x80, 0xff}
	Honeydew             = color.RGBA{0xf0, 0xff, 0xf0, 0xff}
	HotPink              = color.RGBA{0xff, 0x69, 0xb4, 0xff}
	IndianRed            = color.RGBA{0xcd, 0x5c, 0x5c, 0xff}
	Indigo               = color.RGBA{0x4b, 0x00, 0x82, 0xff}
	Ivory                = color.RGBA{0xff, 0xff, 0xf0, 0xff}
	Khaki                = color.RGBA{0xf0, 0xe6, 0x8c, 0xff}
	Lavender             = color.RGBA{0xe6, 0xe6, 0xfa, 0xff}
	LavenderBlush        = color.RGBA{0xff, 0xf0, 0xf5, 0xff}
	LawnGreen            = color.RGBA{0x7c, 0xfc, 0x00, 0xff}
	LemonChiffon         = color.RGBA{0xff, 0xfa, 0xcd, 0xff}
	LightBlue            = color.RGBA{0xad, 0xd8, 0xe6, 0xff}
	LightCoral           = color.RGBA{0xf0, 0x80, 0x80, 0xff}
	LightCyan            = color.RGBA{0xe0, 0xff, 0xff, 0xff}
	LightGoldenrodYellow = color.RGBA{0xfa, 0xfa, 0xd2, 0xff}
	LightGray            = color.RGBA{0xd3, 0xd3, 0xd3, 0xff}
	LightGreen           = color.RGBA{0x90, 0xee, 0x90, 0xff}
	LightGrey            = color.RGBA{0xd3, 0xd3, 0xd3, 0xff}
	LightPink            = color.RGBA{0xff, 0xb6, 0xc1, 0xff}
	LightSalmon          = color.RGBA{0xff, 0xa0, 0x7a, 0xff}
	LightSeaGreen        = color.RGBA{0x20, 0xb2, 0xaa, 0xff}
	LightSkyBlue         = color.RGBA{0x87, 0xce, 0xfa, 0xff}
	LightSlateGray       = color.RGBA{0x77, 0x88, 0x99, 0xff}
	LightSlateGrey       = color.RGBA{0x77, 0x88, 0x99, 0xff}
	LightSteelBlue       = color.RGBA{0xb0, 0xc4, 0xde, 0xff}
	LightYellow          = color.RGBA{0xff, 0xff, 0xe0, 0xff}
	Lime                 = color.RGBA{0x00, 0xff, 0x00, 0xff}
	LimeGreen            = color.RGBA{0x32, 0xcd, 0x32, 0xff}
	Linen                = color.RGBA{0xfa, 0xf0, 0xe6, 0xff}
	Magenta              = color.RGBA{0xff, 0x00, 0xff, 0xff}
	Maroon               = color.RGBA{0x80, 0x00, 0x00, 0xff}
	MediumAquamarine     = color.RGBA{0x66, 0xcd, 0xaa, 0xff}
	MediumBlue           = color.RGBA{0x00, 0x00, 0xcd, 0xff}
	MediumOrchid         = color.RGBA{0xba, 0x55, 0xd3, 0xff}
	MediumPurple         = color.RGBA{0x93, 0x70, 0xdb, 0xff}
	MediumSeaGreen       = color.RGBA{0x3c, 0xb3, 0x71, 0xff}
	MediumSlateBlue      = color.RGBA{0x7b, 0x68, 0xee, 0xff}
	MediumSpringGreen    = color.RGBA{0x00, 0xfa, 0x9a, 0xff}
	MediumTurquoise      = color.RGBA{0x48, 0xd1, 0xcc, 0xff}
	MediumVioletRed      = color.RGBA{0xc7, 0x15, 0x85, 0xff}
	MidnightBlue         = color.RGBA{0x19, 0x19, 0x70, 0xff}
	MintCream            = color.RGBA{0xf5, 0xff, 0xfa, 0xff}
	MistyRose            = color.RGBA{0xff, 0xe4, 0xe1, 0xff}
	Moccasin             = color.RGBA{0xff, 0xe4, 0xb5, 0xff}
	NavajoWhite          = color.RGBA{0xff, 0xde, 0xad, 0xff}
	Navy                 = color.RGBA{0x00, 0x00, 0x80, 0xff}
	OldLace              = color.RGBA{0xfd, 0xf5, 0xe6, 0xff}
	Olive                = color.RGBA{0x80, 0x80, 0x00, 0xff}
	OliveDrab            = color.RGBA{0x6b, 0x8e, 0x23, 0xff}
	Orange               = color.RGBA{0xff, 0xa5, 0x00, 0xff}
	OrangeRed            = color.RGBA{0xff, 0x45, 0x00, 0xff}
	Orchid               = color.RGBA{0xda, 0x70, 0xd6, 0xff}
	PaleGoldenrod        = color.RGBA{0xee, 0xe8, 0xaa, 0xff}
	PaleGreen            = color.RGBA{0x98, 0xfb, 0x98, 0xff}
	PaleTurquoise        = color.RGBA{0xaf, 0xee, 0xee, 0xff}
	PaleVioletRed        = color.RGBA{0xdb, 0x70, 0x93, 0xff}
	PapayaWhip           = color.RGBA{0xff, 0xef, 0xd5, 0xff}
	PeachPuff            = color.RGBA{0xff, 0xda, 0xb9, 0xff}
	Peru                 = color.RGBA{0xcd, 0x85, 0x3f, 0xff}
	Pink                 = color.RGBA{0xff, 0xc0, 0xcb, 0xff}
	Plum                 = color.RGBA{0xdd, 0xa0, 0xdd, 0xff}
	PowderBlue           = color.RGBA{0xb0, 0xe0, 0xe6, 0xff}
	Purple               = color.RGBA{0x80, 0x00, 0x80, 0xff}
	RebeccaPurple        = color.RGBA{0x66, 0x33, 0x99, 0xff}
	Red                  = color.RGBA{0xff, 0x00, 0x00, 0xff}
	RosyBrown            = color.RGBA{0xbc, 0x8f, 0x8f, 0xff}
	RoyalBlue            = color.RGBA{0x41, 0x69, 0xe1, 0xff}
	SaddleBrown          = color.RGBA{0x8b, 0x45, 0x13, 0xff}
	Salmon               = color.RGBA{0xfa, 0x80, 0x72, 0xff}
	SandyBrown           = color.RGBA{0xf4, 0xa4, 0x60, 0xff}
	SeaGreen             = color.RGBA{0x2e, 0x8b, 0x57, 0xff}
	Seashell             = color.RGBA{0xff, 0xf5, 0xee, 0xff}
	Sienna               = color.RGBA{0xa0, 0x52, 0x2d, 0xff}
	Silver               = color.RGBA{0xc0, 0xc0, 0xc0, 0xff}
	SkyBlue              = color.RGBA{0x87, 0xce, 0xeb, 0xff}
	SlateBlue            = color.RGBA{0x6a, 0x5a, 0xcd, 0xff}
	SlateGray            = color.RGBA{0x70, 0x80, 0x90, 0xff}
	SlateGrey            = color.RGBA{0x70, 0x80, 0x90, 0xff}
	Snow                 = color.RGBA{0xff, 0xfa, 0xfa, 0xff}
	SpringGreen          = color.RGBA{0x00, 0xff, 0x7f, 0xff}
	SteelBlue            = color.RGBA{0x46, 0x82, 0xb4, 0xff}
	Tan                  = color.RGBA{0xd2, 0xb4, 0x8c, 0xff}
	Teal                 = color.RGBA{0x00, 0x80, 0x80, 0xff}
	Thistle              = color.RGBA{0xd8, 0xbf, 0xd8, 0xff}
	Tomato               = color.RGBA{0xff, 0x63, 0x47, 0xff}
	Turquoise            = color.RGBA{0x40, 0xe0, 0xd0, 0xff}
	Violet               = color.RGBA{0xee, 0x82, 0xee, 0xff}
	Wheat                = color.RGBA{0xf5, 0xde, 0xb3, 0xff}
	White                = color.RGBA{0xff, 0xff, 0xff, 0xff}
	WhiteSmoke           = color.RGBA{0xf5, 0xf5, 0xf5, 0xff}
	Yellow               = color.RGBA{0xff, 0xff, 0x00, 0xff}
	YellowGreen          = color.RGBA{0x9a, 0xcd, 0x32, 0xff}
)

// Lookup returns the color of a CSS name, whose case does not matter. ok is false
// if CSS has no color of that name.
func Lookup(name string) (c color.RGBA, ok bool) {
	c, ok = byName[strings.ToLower(name)]
	return c, ok
}

// Names returns the names of all colors in lower case, in alphabetical order. The
// slice belongs to the caller.
func Names() []string { return slices.Sorted(maps.Keys(byName)) }

var byName = map[string]color.RGBA{
	"aliceblue":            AliceBlue,
	"antiquewhite":         AntiqueWhite,
	"aqua":                 Aqua,
	"aquamarine":           Aquamarine,
	"azure":                Azure,
	"beige":                Beige,
	"bisque":               Bisque,
	"black":                Black,
	"blanchedalmond":       BlanchedAlmond,
	"blue":                 Blue,
	"blueviolet":           BlueViolet,
	"brown":                Brown,
	"burlywood":            Burlywood,
	"cadetblue":            CadetBlue,
	"chartreuse":           Chartreuse,
	"chocolate":            Chocolate,
	"coral":                Coral,
	"cornflowerblue":       CornflowerBlue,
	"cornsilk":             Cornsilk,
	"crimson":              Crimson,
	"cyan":                 Cyan,
	"darkblue":             DarkBlue,
	"darkcyan":             DarkCyan,
	"darkgoldenrod":        DarkGoldenrod,
	"darkgray":             DarkGray,
	"darkgreen":            DarkGreen,
	"darkgrey":             DarkGrey,
	"darkkhaki":            DarkKhaki,
	"darkmagenta":          DarkMagenta,
	"darkolivegreen":       DarkOliveGreen,
	"darkorange":           DarkOrange,
	"darkorchid":           DarkOrchid,
	"darkred":              DarkRed,
	"darksalmon":           DarkSalmon,
	"darkseagreen":         DarkSeaGreen,
	"darkslateblue":        DarkSlateBlue,
	"darkslategray":        DarkSlateGray,
	"darkslategrey":        DarkSlateGrey,
	"darkturquoise":        DarkTurquoise,
	"darkviolet":           DarkViolet,
	"deeppink":             DeepPink,
	"deepskyblue":          DeepSkyBlue,
	"dimgray":              DimGray,
	"dimgrey":              DimGrey,
	"dodgerblue":           DodgerBlue,
	"firebrick":            Firebrick,
	"floralwhite":          FloralWhite,
	"forestgreen":          ForestGreen,
	"fuchsia":              Fuchsia,
	"gainsboro":            Gainsboro,
	"ghostwhite":           GhostWhite,
	"gold":                 Gold,
	"goldenrod":            Goldenrod,
	"gray":                 Gray,
	"green":                Green,
	"greenyellow":          GreenYellow,
	"grey":                 Grey,
	"honeydew":             Honeydew,
	"hotpink":              HotPink,
	"indianred":            IndianRed,
	"indigo":               Indigo,
	"ivory":                Ivory,
	"khaki":                Khaki,
	"lavender":             Lavender,
	"lavenderblush":        LavenderBlush,
	"lawngreen":            LawnGreen,
	"lemonchiffon":         LemonChiffon,
	"lightblue":            LightBlue,
	"lightcoral":           LightCoral,
	"lightcyan":            LightCyan,
	"lightgoldenrodyellow": LightGoldenrodYellow,
	"lightgray":            LightGray,
	"lightgreen":           LightGreen,
	"lightgrey":            LightGrey,
	"lightpink":            LightPink,
	"lightsalmon":          LightSalmon,
	"lightseagreen":        LightSeaGreen,
	"lightskyblue":         LightSkyBlue,
	"lightslategray":       LightSlateGray,
	"lightslategrey":       LightSlateGrey,
	"lightsteelblue":       LightSteelBlue,
	"lightyellow":          LightYellow,
	"lime":                 Lime,
	"limegreen":            LimeGreen,
	"linen":                Linen,
	"magenta":              Magenta,
	"maroon":               Maroon,
	"mediumaquamarine":     MediumAquamarine,
	"mediumblue":           MediumBlue,
	"mediumorchid":         MediumOrchid,
	"mediumpurple":         MediumPurple,
	"mediumseagreen":       MediumSeaGreen,
	"mediumslateblue":      MediumSlateBlue,
	"mediumspringgreen":    MediumSpringGreen,
	"mediumturquoise":      MediumTurquoise,
	"mediumvioletred":      MediumVioletRed,
	"midnightblue":         MidnightBlue,
	"mintcream":            MintCream,
	"mistyrose":            MistyRose,
	"moccasin":             Moccasin,
	"navajowhite":          NavajoWhite,
	"navy":                 Navy,
	"oldlace":              OldLace,
	"olive":                Olive,
	"olivedrab":            OliveDrab,
	"orange":               Orange,
	"orangered":            OrangeRed,
	"orchid":               Orchid,
	"palegoldenrod":        PaleGoldenrod,
	"palegreen":            PaleGreen,
	"paleturquoise":        PaleTurquoise,
	"palevioletred":        PaleVioletRed,
	"papayawhip":           PapayaWhip,
	"peachpuff":            PeachPuff,
	"peru":                 Peru,
	"pink":                 Pink,
	"plum":                 Plum,
	"powderblue":           PowderBlue,
	"purple":               Purple,
	"rebeccapurple":        RebeccaPurple,
	"red":                  Red,
	"rosybrown":            RosyBrown,
	"royalblue":            RoyalBlue,
	"saddlebrown":          SaddleBrown,
	"salmon":               Salmon,
	"sandybrown":           SandyBrown,
	"seagreen":             SeaGreen,
	"seashell":             Seashell,
	"sienna":               Sienna,
	"silver":               Silver,
	"skyblue":              SkyBlue,
	"slateblue":            SlateBlue,
	"slategray":            SlateGray,
	"slategrey":            SlateGrey,
	"snow":                 Snow,
	"springgreen":          SpringGreen,
	"steelblue":            SteelBlue,
	"tan":                  Tan,
	"teal":                 Teal,
	"thistle":              Thistle,
	"tomato":               Tomato,
	"turquoise":            Turquoise,
	"violet":               Violet,
	"wheat":                Wheat,
	"white":                White,
	"whitesmoke":           WhiteSmoke,
	"yellow":               Yellow,
	"yellowgreen":          YellowGreen,
}

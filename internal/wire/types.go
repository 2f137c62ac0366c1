package wire

// Update is one changed property inside an update message.
type Update struct {
	Key   string
	Value any
}

// Updates is an ordered map from property names to their new values.
type Updates []Update

// Color is a named color of viser's palette, an RGB triple, or null (the zero Color).
type Color struct {
	Name  LiteralColor // used when not empty
	RGB   [3]uint8     // used when IsRGB
	IsRGB bool
}

// NamedColor returns a Color from a palette name.
func NamedColor(name LiteralColor) Color { return Color{Name: name} }

// RGBColor returns a Color from its components.
func RGBColor(r, g, b uint8) Color { return Color{RGB: [3]uint8{r, g, b}, IsRGB: true} }

// IsNull reports whether the color is null: the widget keeps the theme's color.
func (c Color) IsNull() bool { return c.Name == "" && !c.IsRGB }

// FloatOrVec3 is a scale: one factor for all axes (sent as a float when all three are equal) or three.
type FloatOrVec3 [3]float64

// Uniform returns a FloatOrVec3 with one factor.
func Uniform(s float64) FloatOrVec3 { return FloatOrVec3{s, s, s} }

// BoolOrFloat is a switch that may also be a strength, as in receive_shadow: false, true, or an opacity.
type BoolOrFloat struct {
	Bool    bool    // used when not IsFloat
	Float   float64 // used when IsFloat
	IsFloat bool
}

// On reports whether it is anything but false.
func (v BoolOrFloat) On() bool { return v.IsFloat || v.Bool }

// LOD chooses the levels of detail of a batched mesh: "auto", "off", or pairs of a distance and the share
// of triangles that is kept from there on.
type LOD struct {
	Mode   string       // "auto" (also when empty) or "off"; used when Levels is nil
	Levels [][2]float64 // distance in world units, ratio 0 to 1
}

// Placement is the position of a GUI panel; Kind selects which of the other fields are
// used.
type Placement struct {
	Kind       string   // "edge", "split" or "float"
	Edge       string   // edge: "left" or "right"
	AnchorUUID string   // split: the panel next to which this one is docked
	Side       string   // split: "above" or "below"
	X, Y       *float64 // float: position in pixels, nil for the page's choice
}

package wire

// ScalarProps are the properties by which nodes are colored by number. Pages of the plain dialect are sent colors instead.
//
//wire:props
type ScalarProps struct {
	// the numbers that replace the colors, float32; null for none
	Scalars Array `wire:"scalars,extension" dtype:"<f4"`
	// the numbers of the first and the last color; null for 0 and 1
	ScalarsRange *[2]float64 `wire:"scalars_range,extension"`
	// how numbers become colors; null for a map from black to white
	ScalarsLook *ScalarsLook `wire:"scalars_look,extension"`
}

// ScalarsLook is how numbers become colors, and what the color bar says.
//
//wire:value
type ScalarsLook struct {
	// the name of the color map
	Map string `wire:"map"`
	// its colors, sRGB, three bytes each
	Colors []byte `wire:"colors"`
	// whether the logarithms are mapped; numbers that are not above 0 have the color of NaN
	Log bool `wire:"log,default"`
	// whether each whole number has a color of its own, which repeat; the range has no effect
	Categories bool `wire:"categories,default"`
	// the names of the categories from 0 on; null for none
	Names []string `wire:"names,null"`
	// the color of NaN
	NaN [3]uint8 `wire:"nan"`
	// whether what has the color of NaN is not drawn
	HideNaN bool `wire:"hide_nan,default"`
	// whether the numbers are those of the vertices of a mesh, or of the ends of lines: else of its faces, or of the
	// lines
	Corners bool `wire:"corners,default"`
	// what the numbers are
	Label string `wire:"label,default"`
	// their unit
	Unit string `wire:"unit,default"`
	// whether the page shows no color bar
	NoBar bool `wire:"no_bar,default"`
}

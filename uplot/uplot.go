// Package uplot holds the options of uPlot charts, for viser's AddUplot. They are those of uPlot 1.6 that can be
// written down as data: what would be a function is left out. A field that is nil, "" or 0 leaves the choice to uPlot;
// its names, meanings and defaults are described at https://github.com/leeoniya/uPlot/tree/1.6.32/docs.
//
// More, which all have, is for keys that have no field here; they are sent as they
// are: numbers, text, bools, and slices and maps of those. Colors are as in CSS.
package uplot

// A Series is how one column of the data is drawn. The first is that of x, and
// needs no more than perhaps a Label.
type Series struct {
	Label    string        `uplot:"label"`    // its name in the legend
	Show     *bool         `uplot:"show"`     // whether it is drawn; default true
	Class    string        `uplot:"class"`    // of its parts of the legend and its hover points
	Scale    string        `uplot:"scale"`    // the key of its scale; default "x" for the first, else "y"
	Auto     *bool         `uplot:"auto"`     // whether its data sets the range of its scale
	Sorted   *int          `uplot:"sorted"`   // order of its data: 0 none, 1 ascending, -1 descending
	SpanGaps *bool         `uplot:"spanGaps"` // whether lines go on over what is missing
	Gaps     [][2]float64  `uplot:"gaps"`     // pairs of pixels between which nothing is drawn
	PxAlign  *float64      `uplot:"pxAlign"`  // pixels that lines snap to; 0 for none
	Value    string        `uplot:"value"`    // format of times in the legend, as "{YYYY}-{MM}-{DD}"
	Points   *SeriesPoints `uplot:"points"`
	Facets   []SeriesFacet `uplot:"facets"` // of charts in mode 2
	Width    *float64      `uplot:"width"`  // of the line; pixels
	Stroke   string        `uplot:"stroke"` // color of the line and in the legend
	Fill     string        `uplot:"fill"`   // color of the area below
	FillTo   *float64      `uplot:"fillTo"` // where the area ends; default 0
	Dash     []float64     `uplot:"dash"`   // lengths of dashes and gaps; pixels
	Cap      string        `uplot:"cap"`    // ends of lines: "butt", "round", "square"
	Alpha    *float64      `uplot:"alpha"`  // opacity, 0 to 1

	More map[string]any `uplot:"*"`
}

// SeriesPoints are the points of a series.
type SeriesPoints struct {
	Show   *bool     `uplot:"show"`   // default: where there is room
	Filter []float64 `uplot:"filter"` // indices of those that are drawn; nil for all
	Size   *float64  `uplot:"size"`   // diameter; pixels
	Space  *float64  `uplot:"space"`  // the least distance at which they are drawn; pixels
	Width  *float64  `uplot:"width"`  // of the outline; pixels
	Stroke string    `uplot:"stroke"` // color of the outline; default: the series'
	Dash   []float64 `uplot:"dash"`   // lengths of dashes and gaps; pixels
	Cap    string    `uplot:"cap"`    // ends of lines: "butt", "round", "square"
	Fill   string    `uplot:"fill"`   // color inside

	More map[string]any `uplot:"*"`
}

// A SeriesFacet is a dimension of a series in mode 2.
type SeriesFacet struct {
	Scale  string `uplot:"scale,always"` // the key of its scale
	Auto   *bool  `uplot:"auto"`         // whether it sets the range of its scale
	Sorted *int   `uplot:"sorted"`       // order: 0 none, 1 ascending, -1 descending

	More map[string]any `uplot:"*"`
}

// A Band is the area between two series.
type Band struct {
	Series [2]int `uplot:"series,always"` // the upper and the lower series, from 0, which is x
	Fill   string `uplot:"fill"`          // its color
	Dir    int    `uplot:"dir"`           // -1 fills towards the smallest value, 1 towards the largest

	More map[string]any `uplot:"*"`
}

// A Scale maps values to places.
type Scale struct {
	Time  *bool        `uplot:"time"`  // whether values are seconds since 1970 UTC; default false, see viser.UplotOptions
	Auto  *bool        `uplot:"auto"`  // whether the data sets its range
	Range *[2]*float64 `uplot:"range"` // its ends; nil for that of the data
	From  string       `uplot:"from"`  // key of the scale that it follows
	Distr int          `uplot:"distr"` // 1 linear, 2 ordinal, 3 logarithmic, 4 arcsinh
	Log   int          `uplot:"log"`   // base of the logarithm, 10 or 2
	Clamp *float64     `uplot:"clamp"` // what values of 0 and less become on a logarithmic scale
	Asinh *float64     `uplot:"asinh"` // up to where an arcsinh scale is linear
	Min   *float64     `uplot:"min"`   // where it begins at first
	Max   *float64     `uplot:"max"`   // where it ends at first
	Dir   int          `uplot:"dir"`   // 1 forward, -1 backward
	Ori   *int         `uplot:"ori"`   // 0 horizontal, 1 vertical
	Key   string       `uplot:"key"`   // its own key

	More map[string]any `uplot:"*"`
}

// An Axis shows the values of a scale.
type Axis struct {
	Show      *bool     `uplot:"show"`      // default true
	Scale     string    `uplot:"scale"`     // the key of its scale
	Side      *int      `uplot:"side"`      // 0 top, 1 right, 2 bottom, 3 left
	Size      *float64  `uplot:"size"`      // room for values, gap and ticks; pixels
	Gap       *float64  `uplot:"gap"`       // between values and ticks; pixels
	Font      string    `uplot:"font"`      // of the values, as in CSS
	LineGap   *float64  `uplot:"lineGap"`   // height of lines of values, in font sizes
	Stroke    string    `uplot:"stroke"`    // color of label and values
	Label     string    `uplot:"label"`     // the text beside it
	LabelSize *float64  `uplot:"labelSize"` // room for the label; pixels
	LabelGap  *float64  `uplot:"labelGap"`  // between label and values; pixels
	LabelFont string    `uplot:"labelFont"` // of the label, as in CSS
	Space     *float64  `uplot:"space"`     // the least distance of ticks; pixels
	Incrs     []float64 `uplot:"incrs"`     // distances of ticks to choose from, in values
	Splits    []float64 `uplot:"splits"`    // where ticks are
	// Values are the labels of the ticks: a []string; or a string, the format of times
	// such as "{HH}:{mm}"; or a [][]any as in uPlot for times.
	Values  any        `uplot:"values"`
	Rotate  *float64   `uplot:"rotate"`  // of values below the chart; degrees
	Align   int        `uplot:"align"`   // of values: 1 left, 2 right
	AlignTo int        `uplot:"alignTo"` // of values: 1 inside, 2 outside
	Grid    *AxisGrid  `uplot:"grid"`
	Ticks   *AxisTicks `uplot:"ticks"`
	Border  *AxisLine  `uplot:"border"`

	More map[string]any `uplot:"*"`
}

// An AxisLine is the line along an axis.
type AxisLine struct {
	Show   *bool     `uplot:"show"`
	Stroke string    `uplot:"stroke"` // color
	Width  *float64  `uplot:"width"`  // pixels
	Dash   []float64 `uplot:"dash"`   // lengths of dashes and gaps; pixels
	Cap    string    `uplot:"cap"`    // ends of lines: "butt", "round", "square"

	More map[string]any `uplot:"*"`
}

// AxisGrid are the lines across the chart.
type AxisGrid = AxisLine

// AxisTicks are the short lines at the values.
type AxisTicks struct {
	Show   *bool     `uplot:"show"`
	Stroke string    `uplot:"stroke"` // color
	Width  *float64  `uplot:"width"`  // pixels
	Dash   []float64 `uplot:"dash"`   // lengths of dashes and gaps; pixels
	Cap    string    `uplot:"cap"`    // ends of lines: "butt", "round", "square"
	Size   *float64  `uplot:"size"`   // length; pixels

	More map[string]any `uplot:"*"`
}

// A Legend names the series, and their values at the cursor.
type Legend struct {
	Show    *bool          `uplot:"show"`    // default true
	Live    *bool          `uplot:"live"`    // whether it shows values; default true
	Isolate *bool          `uplot:"isolate"` // whether a click leaves one series instead of hiding one
	Markers *LegendMarkers `uplot:"markers"`

	More map[string]any `uplot:"*"`
}

// LegendMarkers are the patches of color in a legend.
type LegendMarkers struct {
	Show   *bool    `uplot:"show"`
	Width  *float64 `uplot:"width"`  // of the border; pixels
	Stroke string   `uplot:"stroke"` // color of the border
	Fill   string   `uplot:"fill"`   // color inside
	Dash   string   `uplot:"dash"`   // style of the border, as in CSS

	More map[string]any `uplot:"*"`
}

// A Cursor is the crosshair at the pointer.
type Cursor struct {
	Show   *bool         `uplot:"show"` // default true
	X      *bool         `uplot:"x"`    // whether there is a vertical line
	Y      *bool         `uplot:"y"`    // whether there is a horizontal line
	Left   *float64      `uplot:"left"` // where it is at first; pixels in the chart
	Top    *float64      `uplot:"top"`
	Points *CursorPoints `uplot:"points"`
	Drag   *CursorDrag   `uplot:"drag"`
	Sync   *CursorSync   `uplot:"sync"`
	Focus  *CursorFocus  `uplot:"focus"`
	Hover  *CursorHover  `uplot:"hover"`
	Lock   *bool         `uplot:"lock"` // whether a click holds it

	More map[string]any `uplot:"*"`
}

// CursorPoints are the points under the cursor.
type CursorPoints struct {
	Show   *bool    `uplot:"show"`
	One    *bool    `uplot:"one"`    // whether only the nearest series has one
	Size   *float64 `uplot:"size"`   // diameter; pixels
	Width  *float64 `uplot:"width"`  // of the outline; pixels
	Stroke string   `uplot:"stroke"` // color of the outline
	Fill   string   `uplot:"fill"`   // color inside

	More map[string]any `uplot:"*"`
}

// CursorDrag configures dragging over the chart: it selects a part, and zooms.
type CursorDrag struct {
	SetScale *bool    `uplot:"setScale"` // whether it zooms; default true
	X        *bool    `uplot:"x"`        // whether it selects along x; default true
	Y        *bool    `uplot:"y"`        // whether it selects along y
	Dist     *float64 `uplot:"dist"`     // the least distance; pixels
	Uni      *float64 `uplot:"uni"`      // distance up to which only the longer of x and y counts; pixels

	More map[string]any `uplot:"*"`
}

// CursorSync moves the cursors of several charts together.
type CursorSync struct {
	Key       string      `uplot:"key,always"` // the same in charts that belong together
	SetSeries *bool       `uplot:"setSeries"`  // whether hiding of series is synchronized
	Scales    *[2]*string `uplot:"scales"`     // keys of the scales by which x and y go along; nil for the place in the chart
	Values    []float64   `uplot:"values"`     // values at the cursor

	More map[string]any `uplot:"*"`
}

// CursorFocus highlights the series that is nearest to the cursor.
type CursorFocus struct {
	Prox float64 `uplot:"prox,always"` // how near it must be; pixels, negative for never
	Bias int     `uplot:"bias"`        // 1 or -1: only those on that side of 0

	More map[string]any `uplot:"*"`
}

// CursorHover is which points are under the cursor.
type CursorHover struct {
	Prox *float64 `uplot:"prox"` // how near they must be; pixels
	Bias int      `uplot:"bias"` // 1 or -1: only those after or before
	Skip []any    `uplot:"skip"` // values that are passed over

	More map[string]any `uplot:"*"`
}

// Focus is the style of series that the cursor does not highlight.
type Focus struct {
	Alpha float64 `uplot:"alpha,always"` // their opacity, 0 to 1

	More map[string]any `uplot:"*"`
}

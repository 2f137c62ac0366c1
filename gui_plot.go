package viser

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"reflect"
	"slices"

	"github.com/viser-go/viser/client"
	"github.com/viser-go/viser/internal/plot"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/uplot"
)

var uplotKind = state.GUIKind("GuiUplotMessage", new(wire.GuiUplotProps))

// An Uplot is a chart that is drawn by uPlot. It is fast for many points and for points
// that are appended over time.
type Uplot struct {
	widget
	props wire.GuiUplotProps
	opts  UplotOptions // as they were set, for the getters
	lines []uplot.Series
	keep  int
}

// An UplotMode is one of uPlot's modes.
type UplotMode int

// The modes of uPlot. The zero value is uPlot's default, UplotLines.
const (
	UplotLines  UplotMode = 1 // all series share x
	UplotPoints UplotMode = 2 // points without lines
)

// UplotOptions are the options of AddUplot. The types of uPlot's own options are in
// package uplot.
type UplotOptions struct {
	Title   string                 // the title above the chart; default none
	Time    bool                   // whether x is a time, in seconds since 1970 UTC; default false
	Mode    UplotMode              // uPlot's mode; default UplotLines
	Bands   []uplot.Band           // the areas between series; default none
	Scales  map[string]uplot.Scale // the scales by key: "x", "y", …; default uPlot's, except for Time
	Axes    []uplot.Axis           // the axes, x first; default uPlot's
	Legend  *uplot.Legend          // default uPlot's
	Cursor  *uplot.Cursor          // default uPlot's
	Focus   *uplot.Focus           // default uPlot's
	Aspect  float64                // the width divided by the height; default 1
	Height  int                    // the height, in pixels; default from Aspect
	Padding *[4]int                // the padding at the top, right, bottom and left, in pixels; default uPlot's
	// Keep is the number of points that Append keeps; default 0: all. When the chart
	// has grown to one and a half times that, the oldest points are removed at once.
	Keep   int
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddUplot adds a chart. The first slice of data is x, ascending; each other one is a
// series of the same length, where NaN is a gap. series has the style of each slice,
// including x. data is copied.
//
//	gui.AddUplot([][]float64{x, y}, []uplot.Series{{Label: "x"}, {Label: "y", Stroke: "red"}}, nil)
//
// It panics with a *UsageError if there are fewer than two slices, if lengths
// differ, or if an option is out of its range.
func (c Container) AddUplot(data [][]float64, series []uplot.Series, opts *UplotOptions) *Uplot {
	const fn = "AddUplot"
	o := orPtr(opts, UplotOptions{})
	o.Aspect = or(o.Aspect, 1)
	checkPositive(fn, "Aspect", o.Aspect)
	checkColumns(fn, data, len(series))
	if o.Keep < 0 {
		usage(fn, "Keep is %d; it must be 0 (all) or more", o.Keep)
	}
	h := &Uplot{keep: o.Keep, lines: slices.Clone(series)}
	h.props = wire.GuiUplotProps{
		Data: columns(data), Series: uplotList(fn, series), Aspect: o.Aspect, Visible: !o.Hidden,
		Bands: uplotList(fn, o.Bands), Scales: uplotScales(fn, o.Scales, series, o.Time), Axes: uplotList(fn, o.Axes),
		Legend: uplotPtr(fn, o.Legend), Cursor: uplotPtr(fn, o.Cursor), Focus: uplotPtr(fn, o.Focus),
		Mode: uplotMode(fn, o.Mode), Title: text(o.Title), Height: uplotHeight(fn, o.Height), Padding: copyOf(o.Padding),
	}
	h.opts = UplotOptions{
		Time: o.Time, Bands: slices.Clone(o.Bands), Scales: maps.Clone(o.Scales), Axes: slices.Clone(o.Axes),
		Legend: copyOf(o.Legend), Cursor: copyOf(o.Cursor), Focus: copyOf(o.Focus),
	}
	h.props.Order = c.order(fn, o.Order)
	c.place(fn, &h.widget, uplotKind, &h.props, nil, nil)
	return h
}

func checkColumns(fn string, data [][]float64, series int) {
	if len(data) < 2 {
		usage(fn, "data has %d slices; it needs one for x and at least one more", len(data))
	}
	if len(data) != series {
		usage(fn, "data has %d slices, but there are %d series; that of x counts", len(data), series)
	}
	for i, column := range data {
		if len(column) != len(data[0]) {
			usage(fn, "data[%d] has %d values, but data[0] has %d", i, len(column), len(data[0]))
		}
	}
}

func columns(data [][]float64) []wire.Array {
	out := make([]wire.Array, len(data))
	for i, column := range data {
		out[i] = wire.Float64s(column)
	}
	return out
}

func uplotMode(fn string, mode UplotMode) *int {
	if mode < 0 || mode > UplotPoints {
		usage(fn, "Mode is %d; it must be UplotLines or UplotPoints", mode)
	}
	if mode == 0 {
		return nil
	}
	return new(int(mode))
}

func uplotHeight(fn string, height int) *int {
	if height < 0 {
		usage(fn, "Height is %d", height)
	}
	if height == 0 {
		return nil
	}
	return &height
}

// uplotOptions encodes options of package uplot.
func uplotOptions(fn string, options any) any {
	out, err := plot.Options(options)
	if err != nil {
		usage(fn, "%v", err)
	}
	return out
}

// uplotList is nil for no options.
func uplotList[T any](fn string, list []T) []any {
	out, _ := uplotOptions(fn, list).([]any)
	return out
}

// uplotPtr is nil for no options; v is a pointer.
func uplotPtr[T any](fn string, v *T) any { return uplotOptions(fn, v) }

// uplotScales sets whether x is a time in the scale of x, unless the program has set
// it: uPlot's default is time.
func uplotScales(fn string, scales map[string]uplot.Scale, series []uplot.Series, time bool) map[string]any {
	out, _ := uplotOptions(fn, scales).(map[string]any)
	if out == nil {
		out = map[string]any{}
	}
	key := "x"
	if len(series) > 0 {
		key = or(series[0].Scale, key)
	}
	x, _ := out[key].(map[string]any)
	if x == nil {
		x = map[string]any{}
	}
	if _, given := x["time"]; !given {
		x["time"] = time
	}
	out[key] = x
	return out
}

// Len returns the number of points.
func (h *Uplot) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.Data[0].Len()
}

// Data returns a copy of the columns.
func (h *Uplot) Data() [][]float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([][]float64, len(h.props.Data))
	for i, column := range h.props.Data {
		out[i] = floats(column.Bytes())
	}
	return out
}

func floats(b []byte) []float64 {
	out := make([]float64, len(b)/8)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return out
}

// SetData replaces all points; the number of columns must not change. It panics with a
// *UsageError like AddUplot.
func (h *Uplot) SetData(data [][]float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	checkColumns("Uplot.SetData", data, len(h.props.Series))
	h.props.Data = columns(data)
	h.changed(wire.GuiUplotPropsData)
}

// SetPlot replaces points and series in one step; their number may change. It panics
// with a *UsageError like AddUplot.
func (h *Uplot) SetPlot(data [][]float64, series []uplot.Series) {
	const fn = "Uplot.SetPlot"
	checkColumns(fn, data, len(series))
	list := uplotList(fn, series)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.props.Data = columns(data)
	h.changed(append([]int{wire.GuiUplotPropsData}, h.storeSeries(fn, series, list)...)...)
}

// Append appends points: one slice per column, all of the same length. This library's
// client receives only the new points. It panics with a *UsageError if the number of
// slices differs from that of the series, or lengths differ.
func (h *Uplot) Append(data ...[]float64) {
	const fn = "Uplot.Append"
	h.mu.Lock()
	defer h.mu.Unlock()
	checkColumns(fn, data, len(h.props.Series))
	if len(data[0]) == 0 || h.isGone(fn) {
		return
	}
	n := h.props.Data[0].Len()
	if h.keep > 0 && n+len(data[0]) > h.keep+h.keep/2 {
		h.roll(data)
		return
	}
	patches := make([]state.Patch, len(data))
	for i, column := range data {
		b := wire.Float64s(column).Data
		patches[i] = state.Patch{
			Prop: wire.GuiUplotPropsData, Index: i, Array: &h.props.Data[i], Offset: 8 * n, Data: b, Total: 8*n + len(b),
		}
	}
	h.ent.Patch(patches...)
}

// roll removes the oldest points; mu is held.
func (h *Uplot) roll(data [][]float64) {
	for i, column := range data {
		all := append(floats(h.props.Data[i].Bytes()), column...)
		h.props.Data[i] = wire.Float64s(all[len(all)-min(len(all), h.keep):])
	}
	h.changed(wire.GuiUplotPropsData)
}

// Title returns the title, "" for none.
func (h *Uplot) Title() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Title, "")
}

// SetTitle sets the title; "" for none.
func (h *Uplot) SetTitle(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Title, text(v)) {
		h.changed(wire.GuiUplotPropsTitle)
	}
}

// Mode returns uPlot's mode, 0 for uPlot's default.
func (h *Uplot) Mode() UplotMode {
	h.mu.Lock()
	defer h.mu.Unlock()
	return UplotMode(orPtr(h.props.Mode, 0))
}

// SetMode sets uPlot's mode; 0 for its default. It panics with a *UsageError on any
// other value.
func (h *Uplot) SetMode(v UplotMode) {
	mode := uplotMode("Uplot.SetMode", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Mode, mode) {
		h.changed(wire.GuiUplotPropsMode)
	}
}

// Height returns the height, in pixels; 0 if it is derived from Aspect.
func (h *Uplot) Height() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Height, 0)
}

// SetHeight sets the height, in pixels; 0 to derive it from Aspect. It panics with a
// *UsageError if v is negative.
func (h *Uplot) SetHeight(v int) {
	height := uplotHeight("Uplot.SetHeight", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Height, height) {
		h.changed(wire.GuiUplotPropsHeight)
	}
}

// Padding returns the padding around the chart, nil for uPlot's default.
func (h *Uplot) Padding() *[4]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Padding)
}

// SetPadding sets the padding around the chart: top, right, bottom, left, in pixels;
// nil for uPlot's default.
func (h *Uplot) SetPadding(v *[4]int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Padding, v) {
		h.changed(wire.GuiUplotPropsPadding)
	}
}

// setOption stores what is sent, and what the getter returns, if that changes
// anything.
func setOption[T, W any](h *Uplot, kept *T, v T, prop *W, sent W, index int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if reflect.DeepEqual(*prop, sent) {
		return
	}
	*kept, *prop = v, sent
	h.changed(index)
}

// Series returns the styles of the columns, x first.
func (h *Uplot) Series() []uplot.Series {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.lines)
}

// SetSeries sets the styles of the columns. It panics with a *UsageError if their
// number changes; see SetPlot.
func (h *Uplot) SetSeries(v []uplot.Series) {
	const fn = "Uplot.SetSeries"
	list := uplotList(fn, v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(v) != len(h.props.Series) {
		usage(fn, "there are %d columns of data, but %d series", len(h.props.Series), len(v))
	}
	if !reflect.DeepEqual(h.props.Series, list) {
		h.changed(h.storeSeries(fn, v, list)...)
	}
}

// storeSeries keeps the series, and the scale of x that they name; it returns the
// properties that have changed. mu is held.
func (h *Uplot) storeSeries(fn string, v []uplot.Series, list []any) []int {
	h.props.Series, h.lines = list, slices.Clone(v)
	return append([]int{wire.GuiUplotPropsSeries}, h.storeScales(fn)...)
}

// storeScales rebuilds the scales from what the program has set; mu is held.
func (h *Uplot) storeScales(fn string) []int {
	scales := uplotScales(fn, h.opts.Scales, h.lines, h.opts.Time)
	if reflect.DeepEqual(h.props.Scales, scales) {
		return nil
	}
	h.props.Scales = scales
	return []int{wire.GuiUplotPropsScales}
}

// Bands returns the areas between series.
func (h *Uplot) Bands() []uplot.Band {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.opts.Bands)
}

// SetBands sets the areas between series.
func (h *Uplot) SetBands(v []uplot.Band) {
	setOption(h, &h.opts.Bands, slices.Clone(v), &h.props.Bands, uplotList("Uplot.SetBands", v), wire.GuiUplotPropsBands)
}

// Scales returns the scales by key, as the program set them.
func (h *Uplot) Scales() map[string]uplot.Scale {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.opts.Scales)
}

// SetScales sets the scales by key; nil for uPlot's default, except for Time.
func (h *Uplot) SetScales(v map[string]uplot.Scale) {
	const fn = "Uplot.SetScales"
	uplotOptions(fn, v) // checks them before anything changes
	h.mu.Lock()
	defer h.mu.Unlock()
	h.opts.Scales = maps.Clone(v)
	if props := h.storeScales(fn); len(props) > 0 {
		h.changed(props...)
	}
}

// Time reports whether x is a time, in seconds since 1970 UTC; default false.
func (h *Uplot) Time() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.opts.Time
}

// SetTime sets whether x is a time, in seconds since 1970 UTC. A Time that is set in
// the scale of x takes precedence.
func (h *Uplot) SetTime(v bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.opts.Time = v
	if props := h.storeScales("Uplot.SetTime"); len(props) > 0 {
		h.changed(props...)
	}
}

// Axes returns the axes.
func (h *Uplot) Axes() []uplot.Axis {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.opts.Axes)
}

// SetAxes sets the axes.
func (h *Uplot) SetAxes(v []uplot.Axis) {
	setOption(h, &h.opts.Axes, slices.Clone(v), &h.props.Axes, uplotList("Uplot.SetAxes", v), wire.GuiUplotPropsAxes)
}

// Legend returns the legend options, nil for uPlot's default.
func (h *Uplot) Legend() *uplot.Legend {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.opts.Legend)
}

// SetLegend sets the legend options; nil for uPlot's default.
func (h *Uplot) SetLegend(v *uplot.Legend) {
	setOption(h, &h.opts.Legend, copyOf(v), &h.props.Legend, uplotPtr("Uplot.SetLegend", v), wire.GuiUplotPropsLegend)
}

// Cursor returns the cursor options, nil for uPlot's default.
func (h *Uplot) Cursor() *uplot.Cursor {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.opts.Cursor)
}

// SetCursor sets the cursor options; nil for uPlot's default.
func (h *Uplot) SetCursor(v *uplot.Cursor) {
	setOption(h, &h.opts.Cursor, copyOf(v), &h.props.Cursor, uplotPtr("Uplot.SetCursor", v), wire.GuiUplotPropsCursor)
}

// Focus returns the focus options, nil for uPlot's default.
func (h *Uplot) Focus() *uplot.Focus {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.opts.Focus)
}

// SetFocus sets the focus options; nil for uPlot's default.
func (h *Uplot) SetFocus(v *uplot.Focus) {
	setOption(h, &h.opts.Focus, copyOf(v), &h.props.Focus, uplotPtr("Uplot.SetFocus", v), wire.GuiUplotPropsFocus)
}

var plotlyKind = state.GUIKind("GuiPlotlyMessage", new(wire.GuiPlotlyProps))

// A Plotly is a figure that is drawn by Plotly. Each change sends the whole figure; to
// append points, use [Uplot].
type Plotly struct {
	widget
	props  wire.GuiPlotlyProps
	config map[string]any
}

// PlotlyOptions are the options of AddPlotly.
type PlotlyOptions struct {
	Config map[string]any // Plotly's configuration, such as "displayModeBar": false, merged over that of the figure; default none
	Aspect float64        // the width divided by the height; default 1
	Hidden bool           // whether the element is initially hidden; default false
	Order  *float64       // the sort key among its siblings, ascending; default after those added before
}

// AddPlotly adds a Plotly figure: a JSON object with "data" (the traces) and optionally
// "layout" and "config". figure is any value that encoding/json encodes to such an
// object, or a json.RawMessage with one. Numbers in maps and slices that are not finite
// are gaps in the plot.
//
//	gui.AddPlotly(map[string]any{
//		"data":   []any{map[string]any{"type": "bar", "x": []string{"a", "b"}, "y": []float64{3, 5}}},
//		"layout": map[string]any{"title": map[string]any{"text": "Counts"}},
//	}, nil)
//
// Clients load Plotly when the first plot is shown; they run no scripts of a figure. It
// fails if figure is not a JSON object, and panics with a *UsageError if Aspect is not
// a finite number above 0.
func (c Container) AddPlotly(figure any, opts *PlotlyOptions) (*Plotly, error) {
	const fn = "AddPlotly"
	o := orPtr(opts, PlotlyOptions{})
	o.Aspect = or(o.Aspect, 1)
	checkPositive(fn, "Aspect", o.Aspect)
	h := &Plotly{config: maps.Clone(o.Config)}
	text, err := plot.Figure(figure, h.config)
	if err != nil {
		return nil, fmt.Errorf("AddPlotly: %w", err)
	}
	h.props = wire.GuiPlotlyProps{Order: c.order(fn, o.Order), PlotlyJSONStr: text, Aspect: o.Aspect, Visible: !o.Hidden}
	if !c.closed() {
		c.gui.server.offerPlotly()
	}
	c.place(fn, &h.widget, plotlyKind, &h.props, nil, nil)
	return h, nil
}

// SetFigure replaces the figure; the options' Config is merged into it again. If it
// fails, the plot is unchanged.
func (h *Plotly) SetFigure(figure any) error {
	text, err := plot.Figure(figure, h.config)
	if err != nil {
		return fmt.Errorf("Plotly.SetFigure: %w", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace(&h.props.PlotlyJSONStr, text) {
		h.changed(wire.GuiPlotlyPropsPlotlyJSONStr)
	}
	return nil
}

// Figure returns the figure as JSON, including the Config of the options.
func (h *Plotly) Figure() json.RawMessage {
	h.mu.Lock()
	defer h.mu.Unlock()
	return json.RawMessage(h.props.PlotlyJSONStr)
}

// offerPlotly sends the library to upstream viser's clients, which cannot load it
// otherwise. This library's client fetches it over HTTP, and runs no script of a
// message.
func (s *Server) offerPlotly() {
	var err error
	s.plotly.Do(func() {
		var source string
		if source, err = plotlySource(); source != "" {
			s.store.Shared().SetPlainCell("plotly", &wire.RunJavascriptMessage{Source: source})
		}
	})
	if err != nil {
		s.log.Warn("the embedded client has no Plotly; upstream viser's pages show no plots", "error", err)
	}
}

// plotlySource returns the library, "" if this build has no client.
func plotlySource() (string, error) {
	files, ok := client.FS()
	if !ok {
		return "", nil
	}
	names, err := fs.Glob(files, "assets/plotly-strict.min-*.js")
	switch {
	case err != nil:
		return "", err
	case len(names) != 1:
		return "", fmt.Errorf("%d files of Plotly: %q", len(names), names)
	}
	source, err := fs.ReadFile(files, names[0])
	return string(source), err
}

package interop_test

import (
	"context"
	"encoding/json"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

// The scenarios of pydriver/scenarios_plots.py, with our API.

const (
	barsJSON  = `{"data":[{"type":"bar","x":["a","b"],"y":[1.5,2]}],"layout":{"title":{"text":"bars"}}}`
	emptyJSON = `{"data":[],"layout":{},"config":{"staticPlot":true,"scrollZoom":false}}`
)

// numpyNaN is the NaN that numpy writes; Go's has another bit set.
var numpyNaN = math.Float64frombits(0x7ff8 << 48)

func plotlyFigures(s *session) {
	gui := s.server.GUI()
	add := func(figure string, o *viser.PlotlyOptions) *viser.Plotly {
		h, err := gui.AddPlotly(json.RawMessage(figure), o)
		if err != nil {
			s.t.Error(err)
		}
		return h
	}
	set := func(h *viser.Plotly, figure string) {
		if err := h.SetFigure(json.RawMessage(figure)); err != nil {
			s.t.Error(err)
		}
	}
	s.step("defaults", func() { add(barsJSON, nil) })
	var h *viser.Plotly
	s.step("options", func() {
		h = add(emptyJSON, &viser.PlotlyOptions{
			Config: map[string]any{"displayModeBar": false, "scrollZoom": true}, Aspect: 1.5, Order: new(7.25), Hidden: true,
		})
	})
	s.set("plotly.aspect", func() { h.SetAspect(2.5) })
	s.set("plotly.order", func() { h.SetOrder(40.5) })
	s.set("plotly.visible", func() { h.SetVisible(true) })
	s.set("plotly.figure", func() { set(h, barsJSON) })
	s.step("figure", func() { set(h, emptyJSON) })
	s.step("removed", h.Remove)
	s.joinLate("late")
}

func uplotCharts(s *session) {
	gui := s.server.GUI()
	s.step("defaults", func() {
		gui.AddUplot([][]float64{{1, 2, 3}, {4, numpyNaN, 6}}, []uplot.Series{{}, {Label: "y", Stroke: "red"}}, nil)
	})
	s.step("times", func() {
		gui.AddUplot([][]float64{{1, 2, 3}, {4, numpyNaN, 6}}, []uplot.Series{{}, {}}, &viser.UplotOptions{Time: true})
	})
	s.step("without points", func() { gui.AddUplot([][]float64{{}, {}}, []uplot.Series{{}, {}}, nil) })
	o := viser.UplotOptions{
		Mode:  viser.UplotLines,
		Title: "a title",
		Bands: []uplot.Band{{Series: [2]int{2, 1}, Fill: "blue", Dir: 1}},
		Scales: map[string]uplot.Scale{
			"x": {Time: new(false)}, "y": {Distr: 3, Log: 10, Range: &[2]*float64{new(0.5), nil}},
		},
		Axes: []uplot.Axis{
			{Label: "t", Side: new(2), Values: []string{"a", "b"}},
			{Show: new(false), Grid: &uplot.AxisGrid{Width: new(2.0), Dash: []float64{1, 2}}},
		},
		Legend: &uplot.Legend{Show: new(true), Live: new(false), Markers: &uplot.LegendMarkers{Width: new(3.0)}},
		Cursor: &uplot.Cursor{
			X: new(false), Drag: &uplot.CursorDrag{X: new(true), Y: new(true)}, Sync: &uplot.CursorSync{Key: "k"},
			Focus: &uplot.CursorFocus{Prox: 30}, Points: &uplot.CursorPoints{One: new(true)},
		},
		Focus: &uplot.Focus{Alpha: 0.25}, Padding: &[4]int{1, 2, 3, 4},
	}
	three := [][]float64{{1, 2}, {3, 4}, {5, 6}}
	lines := []uplot.Series{
		{Label: "x"},
		{Label: "a", Width: new(2.0), SpanGaps: new(true), Points: &uplot.SeriesPoints{Show: new(true), Size: new(4.0)}},
		{Label: "b", Fill: "#00f8", Dash: []float64{4, 2}, Scale: "y", Alpha: new(0.5)},
	}
	var h, plain *viser.Uplot
	s.step("options", func() {
		all := o
		all.Aspect, all.Height, all.Order, all.Hidden = 1.5, 200, new(7.25), true
		h = gui.AddUplot(three, lines, &all)
	})
	s.step("plain", func() { plain = gui.AddUplot(three, make([]uplot.Series, 3), nil) })
	s.set("uplot.mode", func() { plain.SetMode(o.Mode) })
	s.set("uplot.title", func() { plain.SetTitle(o.Title) })
	s.set("uplot.bands", func() { plain.SetBands(o.Bands) })
	s.set("uplot.scales", func() { plain.SetScales(o.Scales) })
	s.set("uplot.axes", func() { plain.SetAxes(o.Axes) })
	s.set("uplot.legend", func() { plain.SetLegend(o.Legend) })
	s.set("uplot.cursor", func() { plain.SetCursor(o.Cursor) })
	s.set("uplot.focus", func() { plain.SetFocus(o.Focus) })
	s.set("uplot.padding", func() { plain.SetPadding(o.Padding) })
	s.set("uplot.aspect", func() { plain.SetAspect(2.5) })
	s.set("uplot.height", func() { plain.SetHeight(300) })
	s.set("uplot.order", func() { plain.SetOrder(40.5) })
	s.set("uplot.visible", func() { plain.SetVisible(false) })
	s.set("uplot.series", func() { plain.SetSeries(lines) })
	s.set("uplot without.mode", func() { plain.SetMode(0) })
	s.set("uplot without.title", func() { plain.SetTitle("") })
	s.set("uplot without.bands", func() { plain.SetBands(nil) })
	s.set("uplot without.scales", func() { plain.SetScales(nil) })
	s.set("uplot without.axes", func() { plain.SetAxes(nil) })
	s.set("uplot without.legend", func() { plain.SetLegend(nil) })
	s.set("uplot without.cursor", func() { plain.SetCursor(nil) })
	s.set("uplot without.focus", func() { plain.SetFocus(nil) })
	s.set("uplot without.height", func() { plain.SetHeight(0) })
	s.set("uplot without.padding", func() { plain.SetPadding(nil) })
	s.step("data", func() { h.SetData([][]float64{{1}, {2}, {3}}) })
	s.step("lengths", func() { gui.AddUplot([][]float64{{1}, {2, 3}}, []uplot.Series{{}, {}}, nil) })
	s.step("series", func() { gui.AddUplot([][]float64{{1}, {2}}, []uplot.Series{{}}, nil) })
	s.step("one column", func() { gui.AddUplot([][]float64{{1}}, []uplot.Series{{}}, nil) })
	s.step("removed", h.Remove)
	s.joinLate("late")
}

func uploads(s *session) {
	gui := s.server.GUI()
	var b *viser.UploadButton
	s.step("defaults", func() { b = gui.AddUploadButton("upload", nil) })
	s.step("options", func() {
		gui.AddUploadButton("other", &viser.UploadButtonOptions{
			Disabled: true, Hidden: true, Hint: "a hint", Order: new(-2.5),
			Color: viser.Red, MimeType: "text/plain",
		})
	})
	s.set("upload.label", func() { b.SetLabel("send") })
	s.set("upload.hint", func() { b.SetHint("new hint") })
	s.set("upload.visible", func() { b.SetVisible(false) })
	s.set("upload.disabled", func() { b.SetDisabled(true) })
	s.set("upload.order", func() { b.SetOrder(40.5) })
	s.set("upload.color", func() { b.SetColor(viser.Teal) })
	s.set("upload.mime_type", func() { b.SetMimeType("image/*") })
	s.step("upload enabled", func() { b.SetDisabled(false) })
	var value []any // the value of Python's button
	b.OnUpload(func(_ context.Context, e viser.UploadEvent) {
		content, err := e.File.Bytes()
		if err != nil {
			s.t.Error(err)
		}
		value = []any{e.File.Name(), string(content)}
		s.effects <- struct{}{}
	})
	start := func(uuid string, parts, size int, source string) message {
		return message{
			"type": "FileTransferStartUpload", "source_component_uuid": source, "transfer_uuid": uuid,
			"filename": "a.txt", "mime_type": "text/plain", "part_count": parts, "size_bytes": size,
		}
	}
	part := func(uuid string, index int, content string) message {
		return message{
			"type": "FileTransferPart", "source_component_uuid": s.uuids["upload"], "transfer_uuid": uuid,
			"part_index": index, "content": []byte(content),
		}
	}
	button := s.uuids["upload"]
	s.say("start", "A", start("one", 3, 9, button), 0)
	s.say("last part", "A", part("one", 2, "89"), 0)
	s.say("first part", "A", part("one", 0, "1234"), 0)
	s.say("first part twice", "A", part("one", 0, "1234"), 0)
	s.say("no such part", "A", part("one", 3, "1"), 0)
	s.result("before the end", func() any { return "" })
	s.say("middle part", "A", part("one", 1, "567"), 1)
	s.result("file", func() any { return value })
	s.say("after the end", "A", part("one", 1, "567"), 0)
	s.say("empty", "A", start("two", 0, 0, button), 1)
	s.result("empty file", func() any { return value })
	s.say("no such button", "A", start("three", 1, 1, "nobody"), 0)
	s.say("part for no button", "A", part("three", 0, "1"), 0)
}

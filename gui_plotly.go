package viser

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"

	"github.com/viser-go/viser/client"
	"github.com/viser-go/viser/internal/plot"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var plotlyKind = state.GUIKind("GuiPlotlyMessage", new(wire.GuiPlotlyProps))

// A Plotly is a figure that Plotly draws. Each change sends the whole figure; for
// points that are appended see [Uplot].
type Plotly struct {
	widget
	props  wire.GuiPlotlyProps
	config map[string]any
}

// PlotlyOptions are the options of AddPlotly.
type PlotlyOptions struct {
	Config map[string]any // options of Plotly, such as "displayModeBar": false, over those of the figure; default none
	Aspect float64        // width divided by height; default 1
	Hidden bool           // it is not shown; default false
	Order  *float64       // place among its neighbors, small first; default: after what was added before
}

// AddPlotly adds a figure of Plotly: a JSON object with "data" (the traces), and
// perhaps "layout" and "config". figure is what encoding/json makes such an object
// of, or a json.RawMessage with one. Where numbers of maps and slices are not
// finite, the plot has a gap.
//
//	gui.AddPlotly(map[string]any{
//		"data":   []any{map[string]any{"type": "bar", "x": []string{"a", "b"}, "y": []float64{3, 5}}},
//		"layout": map[string]any{"title": map[string]any{"text": "Counts"}},
//	}, nil)
//
// Pages load the library when the first plot is shown; they run no script of a
// figure. It fails if figure is no JSON object, and panics with a *UsageError if
// Aspect is not a finite number above 0.
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

// SetFigure replaces the figure; the options' Config goes over it again. If it
// fails, the plot stays as it was.
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

// Figure returns the figure as JSON, with the options' Config in it.
func (h *Plotly) Figure() json.RawMessage {
	h.mu.Lock()
	defer h.mu.Unlock()
	return json.RawMessage(h.props.PlotlyJSONStr)
}

// offerPlotly sends the library to upstream viser's pages, which have no other way
// to get it. This library's client fetches it over HTTP, and runs no script of a
// message.
func (s *Server) offerPlotly() {
	s.plotly.Do(func() {
		files, ok := client.FS()
		if !ok {
			return
		}
		names, err := fs.Glob(files, "assets/plotly-strict.min-*.js")
		if err != nil || len(names) != 1 {
			s.log.Warn("the embedded client has no Plotly; upstream viser's pages show no plots", "files", names, "error", err)
			return
		}
		source, err := fs.ReadFile(files, names[0])
		if err != nil {
			s.log.Warn("the embedded client's Plotly cannot be read", "error", err)
			return
		}
		s.store.Shared().SetPlainCell("plotly", &wire.RunJavascriptMessage{Source: string(source)})
	})
}

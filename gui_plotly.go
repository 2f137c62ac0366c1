package viser

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math"

	"github.com/viser-go/viser/client"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var plotlyKind = state.GUIKind("GuiPlotlyMessage", new(wire.GuiPlotlyProps))

// A Plotly is a plot that Plotly draws. Each change of the figure sends all of
// it; for data that comes without end see Uplot.
type Plotly struct {
	widget
	props  wire.GuiPlotlyProps
	config map[string]any
}

// PlotlyOptions are the options of AddPlotly.
type PlotlyOptions struct {
	Config map[string]any // options of Plotly's, such as "displayModeBar": false; over those of the figure
	Aspect float64        // width divided by height; default 1
	Hidden bool           // it is not shown
	Order  *float64       // place among its neighbors, small first; default: after what was added before
}

// AddPlotly adds a figure of Plotly's: a JSON object with "data" (the traces), and
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
	text, err := plotlyJSON(figure, h.config)
	if err != nil {
		return nil, fmt.Errorf("AddPlotly: %w", err)
	}
	h.props = wire.GuiPlotlyProps{Order: c.order(fn, o.Order), PlotlyJSONStr: text, Aspect: o.Aspect, Visible: !o.Hidden}
	c.gui.server.offerPlotly()
	c.place(fn, &h.widget, plotlyKind, &h.props, nil, nil)
	return h, nil
}

// SetFigure replaces the figure; the options' Config goes over it again. If it
// fails, the plot stays as it was.
func (h *Plotly) SetFigure(figure any) error {
	text, err := plotlyJSON(figure, h.config)
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

// plotlyJSON writes the figure, with config over its own.
func plotlyJSON(figure any, config map[string]any) (string, error) {
	b, err := json.Marshal(withGaps(figure))
	if err != nil {
		return "", err
	}
	if len(b) == 0 || b[0] != '{' {
		return "", fmt.Errorf("a figure is a JSON object with the key \"data\"; this is %.40q", b)
	}
	if len(config) == 0 {
		return string(b), nil
	}
	var whole, own map[string]json.RawMessage
	if err := json.Unmarshal(b, &whole); err != nil {
		return "", err
	}
	if c := whole["config"]; c != nil {
		if err := json.Unmarshal(c, &own); err != nil {
			return "", fmt.Errorf("the figure's config: %w", err)
		}
	}
	all := map[string]any{}
	for key, v := range own {
		all[key] = v
	}
	for key, v := range config {
		all[key] = withGaps(v)
	}
	if whole["config"], err = json.Marshal(all); err != nil {
		return "", fmt.Errorf("the options' Config: %w", err)
	}
	b, err = json.Marshal(whole)
	return string(b), err
}

// withGaps puts null where a number is not finite, which JSON cannot say.
func withGaps(v any) any {
	switch v := v.(type) {
	case float64:
		if !finite(v) {
			return nil
		}
	case float32:
		return withGaps(float64(v))
	case []float64:
		return gaps(v, func(x float64) bool { return !finite(x) })
	case []float32:
		return gaps(v, func(x float32) bool { return math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) })
	case [][]float64:
		return each(v)
	case [][]float32:
		return each(v)
	case []any:
		return each(v)
	case []map[string]any:
		return each(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, x := range v {
			out[key] = withGaps(x)
		}
		return out
	}
	return v
}

func each[T any](list []T) []any {
	if list == nil {
		return nil
	}
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = withGaps(x)
	}
	return out
}

// gaps returns the list itself if there are none, as is usual.
func gaps[T float32 | float64](list []T, bad func(T) bool) any {
	for i, x := range list {
		if !bad(x) {
			continue
		}
		out := make([]*T, len(list))
		for k := range list {
			if k < i || !bad(list[k]) {
				out[k] = &list[k]
			}
		}
		return out
	}
	return list
}

// offerPlotly gives viser's own pages the library, which they have no other way to
// get. Ours fetch it from the server by themselves, and would not run it.
func (s *Server) offerPlotly() {
	s.plotly.Do(func() {
		files, ok := client.FS()
		if !ok {
			return
		}
		names, err := fs.Glob(files, "assets/plotly-strict.min-*.js")
		if err != nil || len(names) != 1 {
			s.log.Warn("the web client has no Plotly; viser's own pages show no plots", "files", names, "error", err)
			return
		}
		source, err := fs.ReadFile(files, names[0])
		if err != nil {
			s.log.Warn("the web client's Plotly could not be read", "error", err)
			return
		}
		s.store.Shared().SetPlainCell("plotly", &wire.RunJavascriptMessage{Source: string(source)})
	})
}

package main

import (
	"math"
	"strconv"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

func init() { scenarios["plots"] = plotsScenario }

// plotsScenario has a figure of Plotly's and a chart of uPlot's.
func plotsScenario(s *stage) {
	g := s.GUI()
	wave := func(n int) [][]float64 {
		x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range n {
			x[i], y[i], z[i] = float64(i), math.Sin(float64(i)/10), math.Cos(float64(i)/10)
		}
		if n > 50 {
			z[40], z[41] = math.NaN(), math.NaN()
		}
		return [][]float64{x, y, z}
	}
	series := []uplot.Series{{Label: "t"}, {Label: "sine", Stroke: "#f00", Width: new(2.0)}, {Label: "cosine"}}
	chart := g.AddUplot(wave(100), series, &viser.UplotOptions{
		Title: "Waves", Aspect: 1.5, Scales: map[string]uplot.Scale{"x": {Time: new(false)}},
		Axes: []uplot.Axis{{Label: "t"}, {}},
	})
	figure, err := g.AddPlotly(bars("Bars"), &viser.PlotlyOptions{Aspect: 1.2, Config: map[string]any{"displayModeBar": false}})
	if err != nil {
		panic(err)
	}
	n := 100
	s.do("append", func(v string) {
		count, _ := strconv.Atoi(v)
		for range count {
			chart.Append([]float64{float64(n)}, []float64{math.Sin(float64(n) / 10)}, []float64{math.Cos(float64(n) / 10)})
			n++
		}
	})
	s.do("data", func(v string) {
		count, _ := strconv.Atoi(v)
		chart.SetData(wave(count))
	})
	s.do("title", func(v string) { chart.SetTitle(v) })
	s.do("label", func(v string) { chart.SetSeries([]uplot.Series{{Label: v}, {Label: v}, {Label: v}}) })
	s.do("height", func(v string) {
		px, _ := strconv.Atoi(v)
		chart.SetHeight(px)
	})
	s.do("hostile-axes", func(string) {
		chart.SetAxes([]uplot.Axis{{Incrs: []float64{0, -1}, Space: new(0.0)}, {Splits: []float64{1, 0}}})
		chart.SetScales(map[string]uplot.Scale{"x": {Range: &[2]*float64{new(5.0), new(-5.0)}}, "y": {Distr: 3}})
	})
	s.do("one-plot", func(string) { chart.Remove() })
	s.commands["figure"] = func(v string) (string, error) { return "", figure.SetFigure(named(v)) }
	s.do("dark", func(v string) { g.ConfigureTheme(&viser.Theme{DarkMode: v == "true"}) })
}

func bars(title string) map[string]any {
	return map[string]any{
		"data":   []any{map[string]any{"type": "bar", "x": []string{"a", "b", "c"}, "y": []float64{3, math.NaN(), 5}, "name": title}},
		"layout": map[string]any{"title": map[string]any{"text": title}},
	}
}

// named gives a figure of a kind.
func named(kind string) any {
	trace := map[string]any{"type": kind, "x": []float64{0, 1, 2, 2}, "y": []float64{1, 3, 2, 2}}
	switch kind {
	case "scattergl", "scatter", "histogram":
	case "heatmap", "surface":
		trace = map[string]any{"type": kind, "z": [][]float64{{1, 2, 3}, {3, 1, 4}, {2, 2, 0}}}
	case "scatter3d":
		trace["z"] = []float64{1, 2, 0, 1}
	default:
		return bars(kind)
	}
	return map[string]any{"data": []any{trace}}
}

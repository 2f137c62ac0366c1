package viser_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/client"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/uplot"
)

// sameJSON compares what two texts mean.
func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		t.Fatalf("%v in %q", err, got)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestPlotlyFigures(t *testing.T) {
	gui := viser.NewTestServer(nil).GUI()
	type trace struct {
		Type string    `json:"type"`
		Y    []float64 `json:"y"`
	}
	for name, c := range map[string]struct {
		figure any
		config map[string]any
		want   string
	}{
		"a struct":      {map[string]any{"data": []trace{{"bar", []float64{1, 2}}}}, nil, `{"data":[{"type":"bar","y":[1,2]}]}`},
		"as it is":      {json.RawMessage(`{"data": [] }`), nil, `{"data":[]}`},
		"gaps":          {map[string]any{"data": []any{map[string]any{"y": []float64{1, math.NaN(), 3}, "x": []float32{float32(math.Inf(1))}}}}, nil, `{"data":[{"y":[1,null,3],"x":[null]}]}`},
		"gaps in rows":  {map[string]any{"data": []map[string]any{{"z": [][]float64{{1, math.NaN()}}}}}, nil, `{"data":[{"z":[[1,null]]}]}`},
		"config":        {map[string]any{"data": nil}, map[string]any{"displayModeBar": false}, `{"data":null,"config":{"displayModeBar":false}}`},
		"config on top": {json.RawMessage(`{"config":{"a":1,"b":2}}`), map[string]any{"b": 3}, `{"config":{"a":1,"b":3}}`},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := gui.AddPlotly(c.figure, &viser.PlotlyOptions{Config: c.config})
			if err != nil {
				t.Fatal(err)
			}
			sameJSON(t, string(h.Figure()), c.want)
		})
	}
}

func TestPlotlyRefuses(t *testing.T) {
	gui := viser.NewTestServer(nil).GUI()
	good, err := gui.AddPlotly(map[string]any{"data": 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, figure := range map[string]any{
		"a list": []int{1}, "nothing": nil, "a number": 3, "no JSON": json.RawMessage(`{"data":`), "empty": json.RawMessage(nil),
		"a channel": make(chan int), "NaN in a struct": struct{ X float64 }{math.NaN()},
	} {
		if _, err := gui.AddPlotly(figure, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
		if err := good.SetFigure(figure); err == nil {
			t.Errorf("%s: no error from SetFigure", name)
		}
	}
	sameJSON(t, string(good.Figure()), `{"data":1}`)
	if _, err := gui.AddPlotly(json.RawMessage(`{"config":[]}`), &viser.PlotlyOptions{Config: map[string]any{"a": 1}}); err == nil {
		t.Error("a config that is a list: no error")
	}
	if _, err := gui.AddPlotly(map[string]any{}, &viser.PlotlyOptions{Config: map[string]any{"a": func() {}}}); err == nil {
		t.Error("a config with a function: no error")
	}
	misused(t, "Aspect", func() { _, _ = gui.AddPlotly(map[string]any{}, &viser.PlotlyOptions{Aspect: -1}) })
}

// TestPlotlyForUpstreamClients: the library is sent to them, before the plot, once.
func TestPlotlyForUpstreamClients(t *testing.T) {
	if _, ok := client.FS(); !ok {
		t.Fatal("built without the web client")
	}
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		for range 2 {
			if _, err := s.GUI().AddPlotly(map[string]any{"data": nil}, nil); err != nil {
				t.Fatal(err)
			}
		}
		stock, extended := open(t, s, false), open(t, s, true)
		var order []string
		for _, name := range types(stock.seen) {
			if name == "RunJavascriptMessage" || name == "GuiPlotlyMessage" {
				order = append(order, name)
			}
		}
		if got := strings.Join(order, " "); got != "RunJavascriptMessage GuiPlotlyMessage GuiPlotlyMessage" {
			t.Errorf("a plain client receives %s", got)
		}
		if n := len(all[*wire.RunJavascriptMessage](extended)); n != 0 {
			t.Error("an extended client is sent a script")
		}
	})
}

func line() [][]float64        { return [][]float64{{1, 2}, {3, 4}} }
func lineOnly() []uplot.Series { return []uplot.Series{{}, {Label: "y"}} }

func TestUplotRefuses(t *testing.T) {
	gui := viser.NewTestServer(nil).GUI()
	add := func(data [][]float64, series []uplot.Series, o *viser.UplotOptions) func() {
		return func() { gui.AddUplot(data, series, o) }
	}
	misused(t, "one column", add([][]float64{{1}}, []uplot.Series{{}}, nil))
	misused(t, "lengths", add([][]float64{{1}, {2, 3}}, lineOnly(), nil))
	misused(t, "series", add(line(), []uplot.Series{{}}, nil))
	misused(t, "aspect", add(line(), lineOnly(), &viser.UplotOptions{Aspect: math.NaN()}))
	misused(t, "mode", add(line(), lineOnly(), &viser.UplotOptions{Mode: 3}))
	misused(t, "height", add(line(), lineOnly(), &viser.UplotOptions{Height: -1}))
	misused(t, "keep", add(line(), lineOnly(), &viser.UplotOptions{Keep: -1}))
	misused(t, "a function", add(line(), []uplot.Series{{}, {More: map[string]any{"value": func() {}}}}, nil))
	misused(t, "not finite", add(line(), []uplot.Series{{}, {Width: new(math.NaN())}}, nil))
	misused(t, "a foreign struct", add(line(), []uplot.Series{{}, {More: map[string]any{"x": struct{ A int }{1}}}}, nil))
	h := gui.AddUplot(line(), lineOnly(), nil)
	misused(t, "SetData", func() { h.SetData([][]float64{{1}, {2}, {3}}) })
	misused(t, "SetPlot", func() { h.SetPlot(line(), []uplot.Series{{}}) })
	misused(t, "SetSeries", func() { h.SetSeries([]uplot.Series{{}}) })
	misused(t, "Append", func() { h.Append([]float64{1}) })
	misused(t, "Append lengths", func() { h.Append([]float64{1}, nil) })
	if got := h.Data(); !reflect.DeepEqual(got, line()) {
		t.Errorf("refused, yet the data is %v", got)
	}
	h.SetPlot([][]float64{{}, {}, {}}, []uplot.Series{{}, {}, {}})
	if h.Len() != 0 || len(h.Series()) != 3 {
		t.Error("an empty chart of two series is one")
	}
}

// TestUplotOptionsAreSent: only what is set, under uPlot's names.
func TestUplotOptionsAreSent(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		s.GUI().AddUplot(line(), []uplot.Series{{}, {Label: "y", Width: new(0.0), SpanGaps: new(true), Points: &uplot.SeriesPoints{Size: new(3.0)},
			More: map[string]any{"idxs": [2]int{0, 1}}}}, &viser.UplotOptions{
			Bands: []uplot.Band{{Series: [2]int{1, 0}}}, Scales: map[string]uplot.Scale{"y": {Range: &[2]*float64{new(0.0), nil}}},
			Axes: []uplot.Axis{{}, {Values: []string{"a"}}}, Cursor: &uplot.Cursor{Sync: &uplot.CursorSync{Key: "k"}}, Focus: &uplot.Focus{},
		})
		p := last[*wire.GuiUplotMessage](open(t, s, false)).Props
		got, err := json.Marshal(map[string]any{"series": p.Series, "bands": p.Bands, "scales": p.Scales, "axes": p.Axes, "cursor": p.Cursor, "focus": p.Focus, "legend": p.Legend})
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, string(got), `{"series":[{},{"label":"y","width":0,"spanGaps":true,"points":{"size":3},"idxs":[0,1]}],
			"bands":[{"series":[1,0]}],"scales":{"x":{"time":false},"y":{"range":[0,null]}},"axes":[{},{"values":["a"]}],
			"cursor":{"sync":{"key":"k"}},"focus":{"alpha":0},"legend":null}`)
	})
}

// TestUplotTimes: x has plain numbers, unless the program sets Time; a Time of the scale takes precedence.
func TestUplotTimes(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p := open(t, s, true)
		sent := func() any {
			p.catchUp()
			return last[*wire.GuiUplotMessage](p).Props.Scales
		}
		for name, c := range map[string]struct {
			x    uplot.Series
			o    viser.UplotOptions
			want map[string]any
		}{
			"numbers":           {want: map[string]any{"x": map[string]any{"time": false}}},
			"times":             {o: viser.UplotOptions{Time: true}, want: map[string]any{"x": map[string]any{"time": true}}},
			"a scale of times":  {o: viser.UplotOptions{Scales: map[string]uplot.Scale{"x": {Time: new(true)}}}, want: map[string]any{"x": map[string]any{"time": true}}},
			"a scale by name":   {x: uplot.Series{Scale: "t"}, want: map[string]any{"t": map[string]any{"time": false}}},
			"a scale with more": {o: viser.UplotOptions{Scales: map[string]uplot.Scale{"x": {Dir: -1}}}, want: map[string]any{"x": map[string]any{"time": false, "dir": int64(-1)}}},
		} {
			h := s.GUI().AddUplot(line(), []uplot.Series{c.x, {}}, &c.o)
			if got := sent(); !reflect.DeepEqual(got, any(c.want)) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
			h.Remove()
		}
		h := s.GUI().AddUplot(line(), lineOnly(), nil)
		p.catchUp()
		changed := func() string {
			p.catchUp()
			var keys []string
			for _, u := range last[*wire.GuiUpdateMessage](p).Updates {
				keys = append(keys, u.Key)
			}
			return strings.Join(keys, " ")
		}
		h.SetTime(true)
		if got := changed(); got != "scales" || !h.Time() {
			t.Errorf("SetTime sends %q", got)
		}
		h.SetSeries([]uplot.Series{{Scale: "t"}, {}})
		if got := changed(); !strings.Contains(got, "scales") || !strings.Contains(got, "series") {
			t.Errorf("another scale of x sends %q", got)
		}
		h.SetScales(map[string]uplot.Scale{"t": {Time: new(false)}})
		if got := h.Scales(); len(got) != 1 || *got["t"].Time {
			t.Errorf("the scales that were set are %v", got)
		}
	})
}

// TestUplotAppends: extended clients are sent the new points, others the whole.
func TestUplotAppends(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		h := s.GUI().AddUplot([][]float64{make([]float64, 1000), make([]float64, 1000)}, lineOnly(), nil)
		stock, extended := open(t, s, false), open(t, s, true)
		time.Sleep(time.Second)
		s.Atomic(func() { // or a window may go out in between
			h.Append([]float64{1, 2}, []float64{3, math.NaN()})
			h.Append([]float64{5}, []float64{6})
			h.Append(nil, nil)
		})
		extended.catchUp()
		patch := last[*wire.GuiPatchMessage](extended)
		if len(patch.Patches) != 2 {
			t.Fatalf("%d patches", len(patch.Patches))
		}
		for i, p := range patch.Patches {
			if p.Property != "data" || p.Index != i || p.Total != 1003 || !reflect.DeepEqual(p.Ranges, []int{1000, 3}) || p.Data.Len() != 3 {
				t.Errorf("%+v", p)
			}
		}
		stock.catchUp()
		u := last[*wire.GuiUpdateMessage](stock)
		if columns, ok := u.Updates[0].Value.([]any); !ok || len(columns) != 2 || columns[1].(wire.Array).Len() != 1003 {
			t.Errorf("%v", u.Updates[0].Key)
		}
		late := last[*wire.GuiUplotMessage](open(t, s, true)).Props.Data
		if late[0].Len() != 1003 || h.Len() != 1003 || h.Data()[0][1002] != 5 || !math.IsNaN(h.Data()[1][1001]) {
			t.Errorf("%d points", late[0].Len())
		}
		h.SetData(line())
		extended.catchUp()
		if u := last[*wire.GuiUpdateMessage](extended); u.Updates[0].Key != "data" {
			t.Errorf("%v", u.Updates)
		}
	})
}

func TestUplotKeeps(t *testing.T) {
	h := viser.NewTestServer(nil).GUI().AddUplot([][]float64{{}, {}}, lineOnly(), &viser.UplotOptions{Keep: 100})
	for i := range 1000 {
		h.Append([]float64{float64(i)}, []float64{-float64(i)})
		if n := h.Len(); n > 150 || n < min(i+1, 100) {
			t.Fatalf("%d points after %d", n, i+1)
		}
	}
	if d := h.Data(); d[0][len(d[0])-1] != 999 || d[1][len(d[1])-1] != -999 || d[0][0] != float64(1000-len(d[0])) {
		t.Errorf("%v", d)
	}
	h.Append(make([]float64, 500), make([]float64, 500))
	if h.Len() != 100 {
		t.Errorf("%d points", h.Len())
	}
}

func BenchmarkUplotAppend(b *testing.B) {
	for name, points := range map[string]int{"100k points": 100_000, "10k points": 10_000} {
		b.Run(name, func(b *testing.B) {
			s := viser.NewTestServer(nil)
			defer s.Close()
			h := s.GUI().AddUplot([][]float64{make([]float64, points), make([]float64, points)}, lineOnly(), nil)
			x, y := []float64{1}, []float64{2}
			b.ReportAllocs()
			for b.Loop() {
				h.Append(x, y)
			}
		})
	}
}

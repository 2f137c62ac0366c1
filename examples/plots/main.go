// Plots draws a live signal with uPlot, and its history with Plotly.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	chart := addChart(server.GUI())
	counts, err := server.GUI().AddPlotly(histogram(nil), &viser.PlotlyOptions{Aspect: 1.4})
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	measure(ctx, chart, counts)
	server.Close()
}

func addChart(gui *viser.GUI) *viser.Uplot {
	series := []uplot.Series{{Label: "time"}, {Label: "signal", Stroke: "#4c9aff"}, {Label: "mean", Stroke: "#ff7452", Dash: []float64{4, 3}}}
	return gui.AddUplot([][]float64{{}, {}, {}}, series, &viser.UplotOptions{
		Title: "A signal", Aspect: 1.5, Keep: 2000,
		Scales: map[string]uplot.Scale{"x": {Time: new(false)}},
		Axes:   []uplot.Axis{{Label: "seconds"}, {}},
	})
}

// measure appends a point fifty times a second; only the new ones are sent.
func measure(ctx context.Context, chart *viser.Uplot, counts *viser.Plotly) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	start, mean := time.Now(), 0.0
	var all []float64
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			t := now.Sub(start).Seconds()
			y := math.Sin(t) + rand.NormFloat64()/5
			mean += (y - mean) / 20
			chart.Append([]float64{t}, []float64{y}, []float64{mean})
			all = append(all, y)
			if len(all)%100 == 50 { // a figure is sent whole: not too often
				if err := counts.SetFigure(histogram(all[max(0, len(all)-5000):])); err != nil {
					log.Print(err)
				}
			}
		}
	}
}

// histogram is a figure of Plotly's: what becomes its JSON.
func histogram(values []float64) map[string]any {
	return map[string]any{
		"data":   []any{map[string]any{"type": "histogram", "x": values, "nbinsx": 40}},
		"layout": map[string]any{"title": map[string]any{"text": "How often"}, "bargap": 0.05},
	}
}

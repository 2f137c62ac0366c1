package interop_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/url"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

// An uploaded file, as a server's callback receives it.
type uploaded struct {
	Name string
	Size int
}

// pythonPlots starts pydriver/serve_plots.py.
func pythonPlots(t *testing.T, _ string) (addr string, next func() uploaded) {
	t.Helper()
	addr, out := pythonServer(t, "serve_plots.py")
	return addr, func() (file uploaded) {
		t.Helper()
		readLine(t, out, &file)
		return file
	}
}

// ourPlots is the same on our server.
func ourPlots(t *testing.T, origin string) (addr string, next func() uploaded) {
	t.Helper()
	server := viser.New(&viser.Options{
		Addr: "127.0.0.1:0", AllowedOrigins: []string{origin}, Label: "interop panel", Logger: slog.New(slog.DiscardHandler),
	})
	gui := server.GUI()
	files := make(chan uploaded, 16)
	gui.AddUploadButton("a file", nil).OnUpload(func(_ context.Context, e viser.UploadEvent) {
		b, err := e.File.Bytes()
		if err != nil {
			t.Error(err)
		}
		files <- uploaded{e.File.Name(), len(b)}
	})
	if _, err := gui.AddPlotly(json.RawMessage(barsJSON), &viser.PlotlyOptions{Aspect: 1.5}); err != nil {
		t.Fatal(err)
	}
	gui.AddUplot([][]float64{{0, 1, 2}, {1, 3, 2}}, []uplot.Series{{Label: "t"}, {Label: "a line", Stroke: "red"}}, &viser.UplotOptions{
		Scales: map[string]uplot.Scale{"x": {Time: new(false)}}, Aspect: 1.5,
	})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server.Addr().String(), func() uploaded { return receive(t, files, "an upload") }
}

// TestBrowserPlots: upstream viser's client and ours draw the plots of both servers,
// and upload a file of several parts and an empty one to each.
func TestBrowserPlots(t *testing.T) {
	for _, page := range bothPages(t) {
		for name, start := range map[string]func(*testing.T, string) (string, func() uploaded){"Python": pythonPlots, "Go": ourPlots} {
			t.Run(page.name+" on "+name, func(t *testing.T) {
				b := newBrowser(t)
				addr, next := start(t, page.url)
				query := url.Values{"websocket": {"ws://" + addr}, "fixedDpr": {"1"}}
				b.do(map[string]any{"do": "open", "url": page.url + "/?" + query.Encode(), "width": 900, "height": 900}, nil)
				b.do(map[string]any{"do": "see", "text": "a file"}, nil)
				b.do(map[string]any{"do": "count", "selector": ".js-plotly-plot .bars .point", "n": 2}, nil)
				b.do(map[string]any{"do": "count", "selector": ".uplot canvas", "n": 1}, nil)
				for _, file := range []uploaded{{"a.txt", 1_500_000}, {"empty.txt", 0}} {
					b.do(map[string]any{"do": "upload", "button": "a file", "name": file.Name, "size": file.Size}, nil)
					if got := next(); got != file {
						t.Errorf("uploaded %v; the server got %v", file, got)
					}
				}
				b.atRest()
				var problems []string
				b.do(map[string]any{"do": "problems"}, &problems)
				if len(problems) > 0 {
					t.Errorf("problems on the page: %v", problems)
				}
			})
		}
	}
}

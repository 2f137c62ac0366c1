package metrics_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/metrics"
)

func newServer(t *testing.T) *viser.Server {
	s := viser.New(&viser.Options{Logger: slog.New(slog.DiscardHandler)})
	t.Cleanup(func() { s.Close() })
	return s
}

func TestCollector(t *testing.T) {
	server := newServer(t)
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(metrics.NewCollector(server))
	problems, err := testutil.GatherAndLint(registry)
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	n, err := testutil.GatherAndCount(registry)
	if want := reflect.TypeFor[viser.Stats]().NumField(); err != nil || n != want {
		t.Errorf("%d metrics, %v; Stats has %d fields", n, err, want)
	}
}

func TestScrape(t *testing.T) {
	server := newServer(t)
	called := make(chan struct{})
	slider := server.GUI().AddSlider("s", 0, nil)
	slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { called <- struct{}{} })
	slider.SetValue(0.5)
	<-called
	registry := prometheus.NewRegistry()
	registry.MustRegister(metrics.NewCollector(server))
	web := httptest.NewServer(promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	defer web.Close()
	r, err := http.Get(web.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"viser_callbacks_total 1", "viser_clients 0", "# TYPE viser_callbacks_total counter", "# TYPE viser_entities gauge"} {
		if !strings.Contains(string(text), line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
}

// TestTwoServers share a registry by a label.
func TestTwoServers(t *testing.T) {
	registry := prometheus.NewRegistry()
	for _, name := range []string{"left", "right"} {
		labeled := prometheus.WrapRegistererWith(prometheus.Labels{"server": name}, registry)
		labeled.MustRegister(metrics.NewCollector(newServer(t)))
	}
	if n, err := testutil.GatherAndCount(registry, "viser_clients"); err != nil || n != 2 {
		t.Errorf("%d, %v", n, err)
	}
}

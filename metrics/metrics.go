// Package metrics reports the counters of a viser server to Prometheus.
//
//	registry.MustRegister(metrics.NewCollector(server))
//	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
//
// It is a module of its own, so that programs without it do not depend on Prometheus.
package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/viser-go/viser"
)

// A metric is one field of the server's Stats.
type metric struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(*viser.Stats) float64
}

func number[T int | int64](field func(*viser.Stats) T) func(*viser.Stats) float64 {
	return func(s *viser.Stats) float64 { return float64(field(s)) }
}

func gauge[T int | int64](name, help string, field func(*viser.Stats) T) metric {
	return metric{prometheus.NewDesc("viser_"+name, help, nil, nil), prometheus.GaugeValue, number(field)}
}

func counter[T int | int64](name, help string, field func(*viser.Stats) T) metric {
	return metric{prometheus.NewDesc("viser_"+name, help, nil, nil), prometheus.CounterValue, number(field)}
}

var metrics = []metric{
	{prometheus.NewDesc("viser_uptime_seconds", "Time since the server was created.", nil, nil), prometheus.GaugeValue,
		func(s *viser.Stats) float64 { return s.Uptime.Seconds() }},
	gauge("clients", "Connections that are open.", func(s *viser.Stats) int { return s.Clients }),
	gauge("clients_suspended", "Clients whose connection was lost a moment ago.", func(s *viser.Stats) int { return s.ClientsSuspended }),
	counter("clients_total", "Connections that were accepted.", func(s *viser.Stats) int64 { return s.ClientsTotal }),
	counter("clients_refused_total", "Connections that were refused: the server was full, or the protocol was another one.", func(s *viser.Stats) int64 { return s.ClientsRefused }),
	counter("frames_sent_total", "Frames that were sent completely.", func(s *viser.Stats) int64 { return s.FramesSent }),
	counter("sent_bytes_total", "Bytes sent to clients: written to their connections, and arrays that they fetched over HTTP.", func(s *viser.Stats) int64 { return s.BytesSent }),
	counter("messages_received_total", "Messages of clients.", func(s *viser.Stats) int64 { return s.MessagesReceived }),
	counter("received_bytes_total", "Bytes read from the sockets of clients.", func(s *viser.Stats) int64 { return s.BytesReceived }),
	counter("bad_frames_total", "Received frames that could not be decoded.", func(s *viser.Stats) int64 { return s.BadFrames }),
	counter("unknown_messages_total", "Received messages of types that are not supported.", func(s *viser.Stats) int64 { return s.UnknownMessages }),
	counter("viewer_messages_total", "Received messages that had no effect, because their clients may only look.", func(s *viser.Stats) int64 { return s.ViewerMessages }),
	counter("windows_total", "Windows of changes that were published to all clients.", func(s *viser.Stats) int64 { return s.Windows }),
	{prometheus.NewDesc("viser_window_seconds_total", "Time that building the windows took.", nil, nil), prometheus.CounterValue,
		func(s *viser.Stats) float64 { return s.WindowTime.Seconds() }},
	counter("client_windows_total", "Windows that were built for one client.", func(s *viser.Stats) int64 { return s.ClientWindows }),
	counter("callbacks_total", "Calls of the program's callbacks.", func(s *viser.Stats) int64 { return s.Callbacks }),
	counter("callback_panics_total", "Calls of callbacks that panicked.", func(s *viser.Stats) int64 { return s.CallbackPanics }),
	counter("callbacks_dropped_total", "Events that were lost because too many were pending.", func(s *viser.Stats) int64 { return s.CallbacksDropped }),
	counter("callbacks_merged_total", "Events that a newer one replaced before their callback ran.", func(s *viser.Stats) int64 { return s.CallbacksMerged }),
	gauge("callbacks_queued", "Events that wait for a callback to return.", func(s *viser.Stats) int { return s.CallbacksQueued }),
	gauge("entities", "Nodes and elements that exist.", func(s *viser.Stats) int { return s.Entities }),
	gauge("tombstones", "Removals that are kept for slow clients.", func(s *viser.Stats) int { return s.Tombstones }),
	gauge("uploads", "Uploaded files in progress or in use.", func(s *viser.Stats) int { return s.Uploads }),
	gauge("upload_bytes", "Size on disk of the uploaded files in progress or in use.", func(s *viser.Stats) int64 { return s.UploadBytes }),
	counter("renders_total", "Pictures that were requested from clients.", func(s *viser.Stats) int64 { return s.Renders }),
	counter("renders_failed_total", "Requests for pictures that failed.", func(s *viser.Stats) int64 { return s.RendersFailed }),
	counter("log_records_suppressed_total", "Log records that were not written, to limit their rate.", func(s *viser.Stats) int64 { return s.LogRecordsSuppressed }),
}

type collector struct{ server *viser.Server }

// NewCollector returns a collector of the server's Stats. The names of its metrics begin
// with "viser_". For several servers in one registry, wrap it with
// prometheus.WrapRegistererWith and a label for each.
func NewCollector(server *viser.Server) prometheus.Collector { return collector{server} }

// Describe implements prometheus.Collector.
func (collector) Describe(out chan<- *prometheus.Desc) {
	for _, m := range metrics {
		out <- m.desc
	}
}

// Collect implements prometheus.Collector.
func (c collector) Collect(out chan<- prometheus.Metric) {
	s := c.server.Stats()
	for _, m := range metrics {
		out <- prometheus.MustNewConstMetric(m.desc, m.kind, m.value(&s))
	}
}

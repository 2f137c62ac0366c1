// Package tracing reports the callbacks and windows of a viser server to OpenTelemetry, as spans.
//
//	server := viser.New(&viser.Options{Trace: tracing.New(otel.GetTracerProvider())})
//
// It is a module of its own, so that programs without it do not depend on OpenTelemetry.
package tracing

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/viser-go/viser"
)

// Name is the name of the tracer.
const Name = "github.com/viser-go/viser/tracing"

// New returns the functions that report to the tracers of the provider. Each callback is
// a span, whose context the callback receives: spans that it starts are children of it.
// The span's name is the event, such as "Slider.OnUpdate" or "OnClick"; the attribute
// "viser.callback" has the node's name too. Each window is a span "viser.window" with
// the attribute "viser.messages".
func New(provider trace.TracerProvider) viser.Trace {
	tracer := provider.Tracer(Name)
	return viser.Trace{
		Callback: func(ctx context.Context, name string) (context.Context, func(bool)) {
			// The names of nodes are not part of the span's name, as there may be any number of them.
			event, _, _ := strings.Cut(name, " ")
			ctx, span := tracer.Start(ctx, event, trace.WithAttributes(attribute.String("viser.callback", name)))
			return ctx, func(panicked bool) {
				if panicked {
					span.SetStatus(codes.Error, "the callback panicked; the log of the program has the reason")
				}
				span.End()
			}
		},
		Window: func(w viser.WindowTrace) {
			_, span := tracer.Start(context.Background(), "viser.window", trace.WithTimestamp(w.Start),
				trace.WithAttributes(attribute.Int("viser.messages", w.Messages)))
			span.End(trace.WithTimestamp(w.Start.Add(w.Duration)))
		},
	}
}

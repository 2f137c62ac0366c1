// Package tracing reports the callbacks and windows of a viser server to OpenTelemetry, as spans.
//
//	server := viser.New(&viser.Options{Trace: tracing.New(otel.GetTracerProvider())})
//
// It is a module of its own, so that programs without it do not depend on OpenTelemetry.
package tracing

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/viser-go/viser"
)

// Name is the name of the tracer.
const Name = "github.com/viser-go/viser/tracing"

// New returns the functions that report to the tracers of the provider. Each callback is
// a span, whose context the callback receives: spans that it starts are children of it.
// The span's name is the event, such as "Slider.OnUpdate" or "OnClick". Its attributes
// say what the event is of and who caused it: "viser.label" and "viser.uuid" of an
// element, "viser.node", the node's name, "viser.client", the client's ID, and
// "viser.client.name". Those that do not apply are left out; without "viser.client" it
// was the program. Each window is a span "viser.window" with the attribute
// "viser.messages".
func New(provider trace.TracerProvider) viser.Trace {
	tracer := provider.Tracer(Name)
	return viser.Trace{
		Callback: func(ctx context.Context, c viser.CallbackTrace) (context.Context, func(bool)) {
			ctx, span := tracer.Start(ctx, c.Name, trace.WithAttributes(attributes(c)...))
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

// attributes says what a callback is called for. It is not part of the span's name, as
// there may be any number of elements and nodes.
func attributes(c viser.CallbackTrace) (list []attribute.KeyValue) {
	add := func(key, value string) {
		if value != "" {
			list = append(list, attribute.String(key, value))
		}
	}
	add("viser.label", c.Label)
	add("viser.uuid", c.UUID)
	add("viser.node", c.Node)
	if c.Client != nil {
		list = append(list, attribute.Int("viser.client", c.Client.ID()))
		add("viser.client.name", c.Client.Name())
	}
	return list
}

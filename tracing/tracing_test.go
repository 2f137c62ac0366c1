package tracing_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/coder/websocket"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/tracing"
)

// ended passes the spans that have ended to a channel.
type ended struct{ spans chan sdk.ReadOnlySpan }

func (e ended) OnStart(context.Context, sdk.ReadWriteSpan) {}
func (e ended) OnEnd(s sdk.ReadOnlySpan)                   { e.spans <- s }
func (e ended) Shutdown(context.Context) error             { return nil }
func (e ended) ForceFlush(context.Context) error           { return nil }

func (e ended) next(name string) tracetest.SpanStub {
	for {
		if s := tracetest.SpanStubFromReadOnlySpan(<-e.spans); s.Name == name {
			return s
		}
	}
}

func TestSpans(t *testing.T) {
	e := ended{make(chan sdk.ReadOnlySpan, 1000)}
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(e))
	server := viser.New(&viser.Options{Logger: slog.New(slog.DiscardHandler), Trace: tracing.New(provider)})
	defer server.Close()
	slider := server.GUI().AddSlider("s", 0, nil)
	slider.OnUpdate(func(ctx context.Context, u viser.UpdateEvent[float64]) {
		_, span := provider.Tracer("of the program").Start(ctx, "child")
		span.End()
		if u.Value > 0.7 {
			panic("of the program")
		}
	})

	slider.SetValue(0.5)
	child, call := e.next("child"), e.next("Slider.OnUpdate")
	if child.Parent.SpanID() != call.SpanContext.SpanID() {
		t.Errorf("the child's parent is %v, the callback's span %v", child.Parent.SpanID(), call.SpanContext.SpanID())
	}
	if call.Status.Code != codes.Unset || call.InstrumentationScope.Name != tracing.Name {
		t.Errorf("the callback's span: %+v", call)
	}
	slider.SetValue(0.8)
	if call := e.next("Slider.OnUpdate"); call.Status.Code != codes.Error {
		t.Errorf("the span of a callback that panicked: %+v", call.Status)
	}

	web := httptest.NewServer(server)
	defer web.Close()
	page, _, err := websocket.Dial(t.Context(), web.URL, &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer page.CloseNow()
	if _, _, err := page.Read(t.Context()); err != nil { // the initial transfer: the client is known to the server
		t.Fatal(err)
	}
	server.Scene().AddBox("/box", nil)
	window := e.next("viser.window")
	if window.EndTime.Before(window.StartTime) || !has(window.Attributes, "viser.messages") {
		t.Errorf("the window's span: %+v", window)
	}
}

func has(list []attribute.KeyValue, key attribute.Key) bool {
	for _, kv := range list {
		if kv.Key == key {
			return true
		}
	}
	return false
}

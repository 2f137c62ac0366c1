package tracing_test

import (
	"context"
	"log/slog"
	"maps"
	"net/http/httptest"
	"testing"

	"github.com/coder/websocket"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
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
	if got := attributes(call); got["viser.label"] != "s" || got["viser.uuid"] == "" || len(got) != 2 {
		t.Errorf("the attributes of a value of the program: %v", got)
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
	if window.EndTime.Before(window.StartTime) || attributes(window)["viser.messages"] == "" {
		t.Errorf("the window's span: %+v", window)
	}
}

// TestSpansSayWho: a span has the client that caused the event, and the node.
func TestSpansSayWho(t *testing.T) {
	e := ended{make(chan sdk.ReadOnlySpan, 1000)}
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(e))
	server := viser.New(&viser.Options{Logger: slog.New(slog.DiscardHandler), Trace: tracing.New(provider)})
	defer server.Close()
	server.OnClientConnect(func(context.Context, *viser.Client) {})
	server.Scene().AddBox("/box", nil).OnClick(func(context.Context, viser.ClickEvent) {})
	guest := server.Tokens().Add(&viser.TokenOptions{Name: "alice", Role: viser.RoleOperate})

	web := httptest.NewServer(server)
	defer web.Close()
	page, _, err := websocket.Dial(t.Context(), web.URL+"?token="+guest.Secret(), &websocket.DialOptions{Subprotocols: []string{"viser-go.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer page.CloseNow()
	send := func(m wire.Message) {
		var enc wire.Encoder
		m.AppendTo(&enc)
		if err := page.Write(t.Context(), websocket.MessageBinary, enc.B); err != nil {
			t.Fatal(err)
		}
	}
	send(&wire.ViewerCameraMessage{
		WXYZ: [4]float64{1}, Position: [3]float64{0, 0, -5}, FOV: 1, Near: 0.1, Far: 100, ImageWidth: 8, ImageHeight: 8,
	})
	want := map[attribute.Key]string{"viser.client": "0", "viser.client.name": "alice"}
	if got := attributes(e.next("OnClientConnect")); !maps.Equal(got, want) {
		t.Errorf("of a new client: %v", got)
	}
	send(&wire.SceneNodeClickMessage{Name: "/box"})
	want["viser.node"] = "/box"
	if got := attributes(e.next("OnClick")); !maps.Equal(got, want) {
		t.Errorf("of a click: %v", got)
	}
}

func attributes(s tracetest.SpanStub) map[attribute.Key]string {
	m := map[attribute.Key]string{}
	for _, kv := range s.Attributes {
		m[kv.Key] = kv.Value.Emit()
	}
	return m
}

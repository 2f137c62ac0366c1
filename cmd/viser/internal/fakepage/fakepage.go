// Package fakepage is a simulated client for tests: it implements the protocol, stores received messages, and sends
// the messages of a user's actions in the panel.
package fakepage

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
)

// Page is a connected page. Its methods are for one goroutine; they fail the test when the connection ends.
type Page struct {
	t    *testing.T
	conn *websocket.Conn
	// Messages are all received messages, in order.
	Messages []wire.Message
	looked   int // how many of them Until has looked at
}

// Open connects a page to the server, which need not be started, and reports its camera, so that the server
// counts it as connected. Both are closed when the test ends.
func Open(t *testing.T, server *viser.Server) *Page {
	t.Helper()
	return OpenAt(t, server, &wire.ViewerCameraMessage{
		WXYZ: [4]float64{1, 0, 0, 0}, Position: [3]float64{1, -2, 3}, FOV: 1, Near: 0.01, Far: 1000,
		ImageHeight: 600, ImageWidth: 800, UpDirection: [3]float64{0, 0, 1},
	})
}

// OpenAt is Open with another camera.
func OpenAt(t *testing.T, server *viser.Server, camera *wire.ViewerCameraMessage) *Page {
	t.Helper()
	host := httptest.NewServer(server)
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		host.Close()
	})
	conn, _, err := websocket.Dial(t.Context(), strings.Replace(host.URL, "http", "ws", 1), &websocket.DialOptions{
		Subprotocols: []string{"viser-go.v1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	conn.SetReadLimit(-1)
	p := &Page{t: t, conn: conn}
	p.Send(camera)
	return p
}

// Leave closes the page, as a browser does whose network is lost: without a close.
func (p *Page) Leave() { p.conn.CloseNow() }

// Send sends a message.
func (p *Page) Send(m wire.Message) {
	p.t.Helper()
	var e wire.Encoder
	m.AppendTo(&e)
	if err := p.conn.Write(p.t.Context(), websocket.MessageBinary, e.B); err != nil {
		p.t.Fatal(err)
	}
}

// Until reads on until a message is one that is looked for, and returns it. Each message is looked at once: the next
// call continues after this one's.
func (p *Page) Until(what string, is func(wire.Message) bool) wire.Message {
	p.t.Helper()
	for {
		for p.looked < len(p.Messages) {
			m := p.Messages[p.looked]
			p.looked++
			if is(m) {
				return m
			}
		}
		_, raw, err := p.conn.Read(p.t.Context())
		if err != nil {
			p.t.Fatalf("waiting for %s: %v", what, err)
		}
		w, err := pagewire.DecodeFrame(raw, wire.DefaultLimits)
		if err != nil {
			p.t.Fatal(err)
		}
		p.Messages = append(p.Messages, w.Messages...)
	}
}

// Until1 is Until for any message of type M.
func Until1[M wire.Message](p *Page) M {
	p.t.Helper()
	var zero M
	return p.Until(zero.Type(), func(m wire.Message) bool {
		_, ok := m.(M)
		return ok
	}).(M)
}

// Element is a control of the panel.
type Element struct {
	UUID    string
	Message wire.Message
}

// Element returns the last received control with that label.
func (p *Page) Element(label string) Element {
	p.t.Helper()
	for i := len(p.Messages) - 1; i >= 0; i-- {
		if e, ok := element(p.Messages[i]); ok && labelOf(p.Messages[i]) == label {
			return e
		}
	}
	p.t.Fatalf("the panel has no %q", label)
	return Element{}
}

// Elements returns all received controls that have a value.
func (p *Page) Elements() []Element {
	var all []Element
	for _, m := range p.Messages {
		if e, ok := element(m); ok && reflect.ValueOf(m).Elem().FieldByName("Value").IsValid() {
			all = append(all, e)
		}
	}
	return all
}

// element recognizes what creates a control: it has a UUID, a container and properties.
func element(m wire.Message) (Element, bool) {
	v := reflect.ValueOf(m).Elem()
	uuid := v.FieldByName("UUID")
	if !strings.HasPrefix(m.Type(), "Gui") || !uuid.IsValid() || !v.FieldByName("ContainerUUID").IsValid() {
		return Element{}, false
	}
	return Element{UUID: uuid.String(), Message: m}, true
}

func labelOf(m wire.Message) string {
	label := reflect.ValueOf(m).Elem().FieldByName("Props").FieldByName("Label")
	if label.IsValid() && label.Kind() == reflect.Pointer && !label.IsNil() {
		label = label.Elem() // that of a folder
	}
	if label.IsValid() && label.Kind() == reflect.String {
		return label.String()
	}
	return ""
}

// Set sets the value of a control, as a user does.
func (p *Page) Set(uuid string, value any) {
	p.t.Helper()
	p.Send(&wire.GuiUpdateMessage{UUID: uuid, Updates: wire.Updates{{Key: "value", Value: value}}})
}

// Values are what a user could set an element to: the ends, and something between.
func (e Element) Values() []any {
	switch m := e.Message.(type) {
	case *wire.GuiSliderMessage:
		return []any{m.Props.Min, m.Props.Max, m.Value}
	case *wire.GuiNumberMessage:
		values := []any{m.Value + 1}
		for _, end := range []*float64{m.Props.Min, m.Props.Max} {
			if end != nil {
				values = append(values, *end)
			}
		}
		return append(values, m.Value)
	case *wire.GuiCheckboxMessage:
		return []any{!m.Value, m.Value}
	case *wire.GuiDropdownMessage:
		var values []any
		for _, o := range m.Props.Options {
			values = append(values, o)
		}
		return append(values, m.Value)
	case *wire.GuiTextMessage:
		return []any{"", "something else", m.Value}
	case *wire.GuiRgbMessage:
		return []any{[]any{0, 0, 0}, []any{255, 255, 255}}
	case *wire.GuiVector3Message:
		return []any{[]any{-1e6, 0.0, 1e6}, []any{m.Value[0], m.Value[1], m.Value[2]}}
	case *wire.GuiButtonMessage:
		return []any{true, true}
	}
	return nil
}

// Log is a logger's output that a test can read while the server runs.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Logger returns a logger that writes into l.
func (l *Log) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

package conformance_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/interop/internal/rawclient"
)

// uuidOf finds a widget's uuid in a replay.
func uuidOf(t *testing.T, replay []message, label string) string {
	t.Helper()
	for _, m := range replay {
		if props, ok := m["props"].(map[string]any); ok && props["label"] == label {
			return m["uuid"].(string)
		}
	}
	t.Fatalf("no widget %q", label)
	return ""
}

func guiUpdate(uuid string, value any) message {
	return message{"type": "GuiUpdateMessage", "uuid": uuid, "updates": map[string]any{"value": value}}
}

func TestPoint6NoEchoToTheSender(t *testing.T) {
	server := start(t)
	slider := server.GUI().AddSlider("slider", 5, &viser.SliderOptions{Max: 10, Step: 1})
	button := server.GUI().AddButton("button", nil)
	moved := make(chan float64, 1)
	pressed := make(chan int, 1)
	slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { moved <- e.Value })
	button.OnClick(func(_ context.Context, e viser.ButtonEvent) { pressed <- e.Client.ID() })
	sender, _ := connect(t, server)
	other, _ := connect(t, server)
	_, replay := join(t, server)

	send(t, sender, guiUpdate(uuidOf(t, replay, "slider"), 7))
	if v := receive(t, moved); v != 7 {
		t.Errorf("the callback gets %v", v)
	}
	send(t, sender, guiUpdate(uuidOf(t, replay, "button"), true))
	if id := receive(t, pressed); id != 0 {
		t.Errorf("pressed by client %d", id)
	}
	server.GUI().SetPanelLabel("end")
	updates := func(c *rawclient.Client) (values []any) {
		for _, m := range readUntil(t, c, labeled("end")) {
			if m.Type() == "GuiUpdateMessage" {
				values = append(values, m["updates"].(map[string]any)["value"])
			}
		}
		return values
	}
	if got := updates(sender); len(got) != 0 {
		t.Errorf("the sender was sent %v", got)
	}
	if got := updates(other); !cmp.Equal(got, []any{7.0}) {
		t.Errorf("the other page was sent %v, want the slider's 7 and nothing of the button", got)
	}
	if v := slider.Value(); v != 7 {
		t.Errorf("the slider is at %v", v)
	}
}

func TestPoint7OwnerDecides(t *testing.T) {
	server := start(t)
	sender, handle := connect(t, server)
	_, stranger := connect(t, server)
	clicked := make(chan string, 8)
	listen := func(scene *viser.Scene, who string) {
		scene.AddBox("/box", nil).OnClick(func(context.Context, viser.ClickEvent) { clicked <- who })
	}
	listen(server.Scene(), "shared")
	listen(handle.Scene(), "own")
	listen(stranger.Scene(), "stranger's")
	click := func(owner string) {
		send(t, sender, message{
			"type": "SceneNodeClickMessage", "name": "/box", "instance_index": nil,
			"ray_origin": []any{0, 0, 0}, "ray_direction": []any{0, 0, 1},
			"screen_pos": []any{0.5, 0.5}, "modifier": nil, "owner": owner,
		})
	}
	click("1") // Another client's box, which this client may not click.
	click("nonsense")
	click("")
	if who := receive(t, clicked); who != "shared" {
		t.Errorf("a click on the shared box reaches the %s one", who)
	}
	click("0")
	if who := receive(t, clicked); who != "own" {
		t.Errorf("a click on the own box reaches the %s one", who)
	}
}

type picture struct {
	image image.Image
	err   error
}

func ask(ctx context.Context, c *viser.Client, width, height int) <-chan picture {
	done := make(chan picture, 1)
	go func() {
		img, err := c.Render(ctx, width, height, &viser.RenderOptions{Format: viser.PNG})
		done <- picture{img, err}
	}()
	return done
}

func nextRequest(t *testing.T, c *rawclient.Client) message {
	t.Helper()
	messages := readUntil(t, c, rawclient.OfType("GetRenderRequestMessage"))
	var requests []message
	for _, m := range messages {
		if m.Type() == "GetRenderRequestMessage" {
			requests = append(requests, m)
		}
	}
	if len(requests) != 1 {
		t.Fatalf("%d render requests at once, want 1", len(requests))
	}
	return requests[0]
}

func respond(t *testing.T, c *rawclient.Client, request message, payload []byte) {
	t.Helper()
	send(t, c, message{"type": "GetRenderResponseMessage", "payload": payload, "render_uuid": request["render_uuid"]})
}

func pngOf(t *testing.T, width, height float64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, int(width), int(height)))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPoint9TwoRenders(t *testing.T) {
	server := start(t)
	viewer, handle := connect(t, server)
	wide := ask(t.Context(), handle, 20, 10)
	wideRequest := nextRequest(t, viewer)
	tall := ask(t.Context(), handle, 10, 20)
	tallRequest := nextRequest(t, viewer)
	// The responses come in reverse order, after a response to an unknown request.
	respond(t, viewer, message{"render_uuid": "nobody's"}, pngOf(t, 1, 1))
	for _, r := range []message{tallRequest, wideRequest} {
		respond(t, viewer, r, pngOf(t, r["width"].(float64), r["height"].(float64)))
	}
	for _, c := range []struct {
		done          <-chan picture
		width, height int
	}{{wide, 20, 10}, {tall, 10, 20}} {
		got := receive(t, c.done)
		if got.err != nil || got.image.Bounds().Dx() != c.width || got.image.Bounds().Dy() != c.height {
			t.Errorf("asked for %dx%d: %v, %v", c.width, c.height, got.image, got.err)
		}
	}
}

func TestPoint9RenderFails(t *testing.T) {
	server := start(t)
	viewer, handle := connect(t, server)
	for name, payload := range map[string][]byte{"empty": nil, "broken": []byte("no picture")} {
		done := ask(t.Context(), handle, 4, 4)
		respond(t, viewer, nextRequest(t, viewer), payload)
		if got := receive(t, done); got.err == nil {
			t.Errorf("%s payload: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := ask(ctx, handle, 4, 4)
	late := nextRequest(t, viewer)
	cancel()
	if got := receive(t, done); !errors.Is(got.err, context.Canceled) {
		t.Errorf("canceled: %v", got.err)
	}
	respond(t, viewer, late, pngOf(t, 4, 4)) // Too late: the request has ended.
	done = ask(t.Context(), handle, 4, 4)
	nextRequest(t, viewer)
	viewer.Close()
	if got := receive(t, done); got.err == nil {
		t.Error("a page that leaves: no error")
	}
}

package demo_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/demo"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/internal/wire"
)

// open starts the demo with a page on it. The log is empty when the test ends.
func open(t *testing.T) (*viser.Server, *fakepage.Page) {
	t.Helper()
	log := &fakepage.Log{}
	server := viser.New(&viser.Options{Logger: log.Logger()})
	ctx, cancel := context.WithCancel(context.Background())
	d := demo.Build(ctx, server)
	t.Cleanup(func() {
		cancel()
		d.Wait()
		if text := log.String(); text != "" {
			t.Errorf("the server logged:\n%s", text)
		}
	})
	page := fakepage.Open(t, server)
	fakepage.Until1[*wire.NotificationShowMessage](page)
	page.Until("the page's own folder", func(m wire.Message) bool {
		b, ok := m.(*wire.GuiButtonMessage)
		return ok && b.Props.Label == "Save a picture"
	})
	return server, page
}

// TestScene looks for what the demonstration promises.
func TestScene(t *testing.T) {
	server, _ := open(t)
	for _, name := range []string{"/bunny", "/points", "/ground", "/camera", "/ring/0/follower", "/ring/7", "/visitors/1"} {
		if _, ok := server.Scene().Node(name); !ok {
			t.Errorf("there is no %s", name)
		}
	}
	for c := range server.Clients() {
		if _, ok := c.Scene().Node("/you"); !ok {
			t.Error("the visitor has no label of its own")
		}
	}
}

// TestItMoves waits for poses, pauses, and resumes.
func TestItMoves(t *testing.T) {
	_, page := open(t)
	moved := func(m wire.Message) bool { _, ok := m.(*wire.PackedPosesMessage); return ok }
	page.Until("a pose", moved)
	button := page.Element("Pause")
	page.Set(button.UUID, true)
	page.Until("the button's new label", func(m wire.Message) bool {
		u, ok := m.(*wire.GuiUpdateMessage)
		return ok && u.UUID == button.UUID && strings.Contains(updateText(u), "Go on")
	})
	page.Set(button.UUID, true)
	page.Until("the old label", func(m wire.Message) bool {
		u, ok := m.(*wire.GuiUpdateMessage)
		return ok && u.UUID == button.UUID && strings.Contains(updateText(u), "Pause")
	})
	page.Until("a pose after the pause", moved)
}

func updateText(u *wire.GuiUpdateMessage) string {
	text := ""
	for _, one := range u.Updates {
		if s, ok := one.Value.(string); ok {
			text += s
		}
	}
	return text
}

// TestPanel sets every control to its ends. Any panic of a callback would be logged.
func TestPanel(t *testing.T) {
	server, page := open(t)
	done := server.GUI().AddButton("done", nil)
	heard := make(chan struct{})
	done.OnClick(func(context.Context, viser.ButtonEvent) { heard <- struct{}{} })
	page.Until("the button of the test", func(m wire.Message) bool {
		b, ok := m.(*wire.GuiButtonMessage)
		return ok && b.Props.Label == "done"
	})
	elements := page.Elements()
	if len(elements) < 25 {
		t.Fatalf("there are %d controls", len(elements))
	}
	for _, e := range elements {
		for _, v := range e.Values() {
			if b, ok := e.Message.(*wire.GuiButtonMessage); ok && (b.Props.Label == "done" || strings.Contains(b.Props.Label, "picture")) {
				continue // pictures are drawn by pages, and this one cannot
			}
			page.Set(e.UUID, v)
			page.Set(page.Element("done").UUID, true)
			<-heard
		}
	}
}

// TestMarks clicks on the bunny, and beside it.
func TestMarks(t *testing.T) {
	server, page := open(t)
	click := &wire.SceneNodeClickMessage{Name: "/bunny", RayOrigin: [3]float64{0.75, -5, 0.4}, RayDirection: [3]float64{0, 1, 0}}
	for range 3 {
		page.Send(click)
		page.Until("a mark", func(m wire.Message) bool { _, ok := m.(*wire.IcosphereMessage); return ok })
		fakepage.Until1[*wire.NotificationShowMessage](page)
	}
	node, ok := server.Scene().Node("/bunny/mark 3")
	if !ok {
		t.Fatal("there is no third mark")
	}
	page.Set(page.Element("Clear the marks").UUID, true)
	fakepage.Until1[*wire.RemoveSceneNodeMessage](page)
	if !node.Removed() {
		t.Error("the marks are still there")
	}
}

// TestClientLeaves: the nodes of a client that leaves are removed.
func TestClientLeaves(t *testing.T) {
	server, page := open(t)
	gone := make(chan struct{})
	server.OnClientDisconnect(func(context.Context, *viser.Client) { close(gone) })
	page.Leave()
	<-gone // callbacks run in the order in which they were attached
	if _, ok := server.Scene().Node("/visitors/1"); ok {
		t.Error("the visitor's camera is still there")
	}
}

// TestBrandColorWithWhiteText: the page shows white text on a color if their contrast is at least 4.5 to 1.
func TestBrandColorWithWhiteText(t *testing.T) {
	_, page := open(t)
	page.Set(page.Element("Dark").UUID, true)
	theme := fakepage.Until1[*wire.ThemeConfigurationMessage](page)
	var r, g, b uint8
	if _, err := fmt.Sscanf(theme.Colors[8], "#%02x%02x%02x", &r, &g, &b); err != nil {
		t.Fatal(err)
	}
	luminance := 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
	if contrast := 1.05 / (luminance + 0.05); contrast < 4.5 {
		t.Errorf("the contrast of white and %s is %.2f", theme.Colors[8], contrast)
	}
}

// linear is the light of a channel of sRGB, 0 to 1.
func linear(channel uint8) float64 {
	c := float64(channel) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

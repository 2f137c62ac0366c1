package relay

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/fold"
	"github.com/viser-go/viser/internal/upstream"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/uplot"
)

// ours starts a server of ours, and a relay in front of it.
func ours(t *testing.T, o Options) (program, front *viser.Server) {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	program = viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet})
	front = viser.New(&viser.Options{Addr: "127.0.0.1:0", Logger: quiet})
	if err := program.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.Upstream, o.Logger, o.Retry = upstream.Options{URL: program.URL()}, quiet, 5*time.Millisecond
	r, err := Start(t.Context(), front, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := front.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		front.Close()
		r.Close()
		program.Close()
	})
	return program, front
}

// A watcher is a page that folds what it receives.
type watcher struct{ shown chan *fold.State } // the newest state

// watch connects a page that sends nothing.
func watch(t *testing.T, url string, o upstream.Options) *watcher {
	t.Helper()
	o.URL = url
	conn, err := upstream.Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{shown: make(chan *fold.State, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	t.Cleanup(func() {
		cancel()
		<-ended
		conn.Close()
	})
	go func() {
		defer close(ended)
		shown, whole := fold.New(), false
		for {
			window, err := conn.Next(ctx)
			if err != nil {
				return
			}
			for _, m := range window.Messages {
				whole = whole || m.Type == "ReplayDoneMessage"
				if err := shown.Apply(m); err != nil {
					t.Error(err)
				}
			}
			if !whole {
				continue
			}
			select {
			case <-w.shown:
			default:
			}
			w.shown <- shown.Clone()
		}
	}()
	return w
}

// until waits for a state that is as it should be.
func (w *watcher) until(t *testing.T, what string, is func(*fold.State) bool) *fold.State {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case s := <-w.shown:
			if is(s) {
				return s
			}
		case <-late:
			t.Fatalf("the page does not show: %s", what)
		}
	}
}

// agree waits until the page shows the same.
func agree(t *testing.T, w *watcher, want *fold.State) {
	t.Helper()
	late, last := time.After(patience), fold.New()
	for last.Digest() != want.Digest() {
		select {
		case last = <-w.shown:
		case <-late:
			t.Errorf("the page behind the relay shows something else than one that is connected directly; it lacks:")
			for _, m := range fold.Diff(last, want) {
				t.Errorf("%.500q", m.B)
			}
			return
		}
	}
}

// says reports whether there is a message of the type with the text somewhere.
func says(s *fold.State, typ, text string) bool {
	for m := range s.Messages() {
		if m.Type == typ && strings.Contains(string(m.B), text) {
			return true
		}
		for _, r := range m.Refs {
			if m.Type == typ && strings.Contains(string(r.Data), text) {
				return true
			}
		}
	}
	return false
}

// furnish shows what only our servers have.
func furnish(scene *viser.Scene, gui viser.Container) (change func(step int)) {
	points, colors := make([]viser.Vec3f, 50_000), make([]viser.RGB, 50_000)
	cloud := scene.AddPointCloud("/cloud", points, colors, nil)
	mesh := scene.AddMesh("/mesh", []viser.Vec3f{{}, {1}, {0, 1}}, [][3]uint32{{0, 1, 2}}, &viser.MeshOptions{
		VertexColors: []viser.RGB{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
	})
	scene.SetToneMapping(viser.FilmicToneMapping)
	scene.SetLook(viser.Look{EyeDome: true, Edges: true})
	var boxes []*viser.Box
	for i := range 20 {
		boxes = append(boxes, scene.AddBox(fmt.Sprint("/boxes/", i), nil))
	}
	table := gui.AddTable([]string{"a", "b"}, [][]any{{1, "first row"}}, nil)
	log := gui.AddLog(nil)
	several := gui.AddMultiSelect("several", []string{"x", "y", "z"}, nil)
	plot := gui.AddUplot([][]float64{{1, 2}, {3, 4}}, []uplot.Series{{}, {Label: "y"}}, nil)
	return func(step int) {
		at := float32(step)
		cloud.SetRange(100*step, []viser.Vec3f{{at, at, at}, {at}}, nil)
		cloud.SetRange(40_000, []viser.Vec3f{{-at, at, at}}, []viser.RGB{{1, 2, 3}})
		cloud.Append([]viser.Vec3f{{at}}, []viser.RGB{{4, 4, 4}})
		if step%3 == 0 {
			cloud.Truncate(45_000)
		}
		mesh.SetVertexColors([]viser.RGB{{uint8(step), 2, 3}, {4, 5, 6}, {7, 8, 9}}, nil)
		for i, b := range boxes {
			b.SetPosition(viser.Vec3{float64(i), float64(step), 1e6})
			b.SetWXYZ(viser.Quat{X: 1})
		}
		boxes[step%20].Remove()
		boxes[step%20] = scene.AddBox(fmt.Sprint("/boxes/", step%20), nil)
		table.Append([]any{step, "appended"})
		log.Print(viser.LogInfo, fmt.Sprint("line ", step))
		several.SetValue([]string{"x", "y"}[:step%3])
		plot.Append([]float64{float64(step)}, []float64{1})
	}
}

// TestOurs has a relay in front of a server of ours. Pages of both dialects show what they show when they are connected
// directly, also late ones.
func TestOurs(t *testing.T) {
	for _, shared := range []bool{false, true} {
		t.Run(fmt.Sprint("shared=", shared), func(t *testing.T) {
			program, front := ours(t, Options{Shared: shared})
			change := furnish(program.Scene(), program.GUI().Container)
			for _, plain := range []bool{false, true} {
				early := watch(t, front.URL(), upstream.Options{Plain: plain})
				for step := range 7 {
					change(step)
					program.Flush()
				}
				direct := watch(t, program.URL(), upstream.Options{Plain: plain})
				want := direct.until(t, "its newest state", func(s *fold.State) bool {
					return plain || says(s, "GuiLogMessage", "line 6") && says(s, "MeshMessage", "\x06\x02\x03")
				})
				agree(t, early, want)
				agree(t, watch(t, front.URL(), upstream.Options{Plain: plain}), want)
			}
		})
	}
}

// TestOursOfOneClient has what the program shows to one client, over a connection without what all are shown.
func TestOursOfOneClient(t *testing.T) {
	program, front := ours(t, Options{})
	shared := program.Scene().AddBox("/shared", nil)
	program.Timeline(nil) // which a viewer behind a relay has no place on
	type own struct {
		client *viser.Client
		change func(step int)
	}
	joined := make(chan own, 2)
	program.OnClientConnect(func(_ context.Context, c *viser.Client) {
		var change func(int)
		c.Atomic(func() { change = furnish(c.Scene(), c.GUI().Container) })
		c.GUI().AddSlider("own", 1, nil)
		joined <- own{c, change}
	})
	for _, protocol := range []string{plainPage, extendedPage} {
		page := open(t, front, protocol)
		mine := receive(t, joined)
		until(page, func(m *wire.GuiSliderMessage) bool { return m.Props.Label == "own" })
		for step := range 3 {
			mine.change(step)
			shared.SetPosition(viser.Vec3{float64(step + 1)})
		}
		mine.client.GUI().AddButton("last", nil)
		for got := map[string]bool{}; !got["button"] || !got["pose"] || !got["table"] || !got["shared"]; {
			switch m := receive(t, page.got).(type) {
			case *wire.GuiButtonMessage:
				got["button"] = true
			case *wire.SetPositionMessage:
				got["pose"] = got["pose"] || m.Name == "/boxes/3" && m.Position[1] == 2
				got["shared"] = got["shared"] || m.Name == "/shared" && m.Position[0] == 3
			case *wire.PackedPosesMessage:
				got["pose"] = got["pose"] || m.PositionIDs.Len() >= 19
				got["shared"] = true
			case *wire.GuiPatchMessage:
				got["table"] = true
			case *wire.GuiUpdateMessage:
				got["table"] = got["table"] || protocol == plainPage
			}
		}
		mine.client.Seek(0)
		if s := mine.client.TimelineState(); !s.Following {
			t.Errorf("%s: the client is back in time: %+v", protocol, s)
		}
		page.leave()
	}
}

// TestOursSendsOnce has a connection without what all clients are shown.
func TestOursSendsOnce(t *testing.T) {
	program, _ := ours(t, Options{})
	box := program.Scene().AddBox("/shared", nil)
	conn, err := upstream.Dial(t.Context(), upstream.Options{URL: program.URL(), Own: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if !conn.OwnOnly() {
		t.Fatal("the server sends everything")
	}
	camera := wire.RawOf(&wire.ViewerCameraMessage{WXYZ: [4]float64{1}, FOV: 1, Near: 0.1, Far: 10, ImageHeight: 3, ImageWidth: 4, UpDirection: [3]float64{0, 0, 1}})
	if err := conn.Send(t.Context(), camera.B); err != nil {
		t.Fatal(err)
	}
	joined := make(chan *viser.Client, 1)
	program.OnClientConnect(func(_ context.Context, c *viser.Client) { joined <- c })
	c := receive(t, joined)
	for i := range 20 {
		box.SetPosition(viser.Vec3{float64(i + 1)})
		program.Flush()
		name := fmt.Sprint("/own", i)
		c.Scene().AddBox(name, nil)
		for found := false; !found; {
			w, err := conn.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range w.Messages {
				if m.Type != "ReplayDoneMessage" && m.Text("owner") != fmt.Sprint(c.ID()) {
					t.Fatalf("a %s about %q of %q is not the client's own", m.Type, m.Text("name"), m.Text("owner"))
				}
				found = found || m.Text("name") == name
			}
		}
	}
}

// TestOursInputs has what pages of ours send beyond viser 1.1.
func TestOursInputs(t *testing.T) {
	program, front := ours(t, Options{})
	slider := program.GUI().AddSlider("s", 1, &viser.SliderOptions{Max: 10})
	table := program.GUI().AddTable([]string{"a"}, [][]any{{1}, {2}}, nil)
	program.GUI().AddUploadButton("up", &viser.UploadButtonOptions{MaxBytes: 10})
	box := program.Scene().AddBox("/box", nil)
	drops := make(chan string, 10)
	program.OnDrop(func(_ context.Context, e viser.DropEvent) {
		b, _ := e.File.Bytes()
		drops <- string(b)
	}, &viser.DropOptions{MaxBytes: 10})
	rows, values, hits := make(chan int, 10), make(chan float64, 10), make(chan bool, 10)
	table.OnClick(func(_ context.Context, e viser.TableEvent) { rows <- e.Row })
	slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { values <- e.Value })
	box.OnClick(func(_ context.Context, e viser.ClickEvent) { hits <- e.HasHit })
	a, b := open(t, front, extendedPage), open(t, front, plainPage)
	ids := map[string]string{}
	for len(ids) < 4 {
		switch m := receive(t, a.got).(type) {
		case *wire.FileDropMessage:
			ids["drop"] = fmt.Sprint(m.MaxBytes)
		case *wire.GuiSliderMessage:
			ids["slider"] = m.UUID
		case *wire.GuiTableMessage:
			ids["table"] = m.UUID
		case *wire.GuiUploadButtonMessage:
			ids["up"] = m.UUID
		}
	}
	until(b, any1[*wire.GuiSliderMessage]) // with its first value: b will be sent the next one as a change
	a.send(set(ids["table"], 1, 1))
	if row := receive(t, rows); row != 1 {
		t.Errorf("the program received row %d", row)
	}
	a.send(set(ids["slider"], 4.0, 2))
	if v := receive(t, values); v != 4 {
		t.Errorf("the program received %v", v)
	}
	until(a, func(m *wire.GuiUpdateAckMessage) bool { return m.Revision == 2 })
	until(b, func(m *wire.GuiUpdateMessage) bool { return m.UUID == ids["slider"] && m.Updates[0].Value == 4.0 })
	a.send(set(ids["slider"], "no number", 3)) // the page is sent the current value
	until(a, func(m *wire.GuiUpdateAckMessage) bool { return m.Revision == 3 })
	until(a, func(m *wire.GuiUpdateMessage) bool { return m.UUID == ids["slider"] && m.Updates[0].Value == 4.0 })
	selected := make(chan int, 10)
	program.Scene().OnSelect(func(_ context.Context, e viser.SelectEvent) { selected <- len(e.Nodes) })
	until(a, func(m *wire.SelectionReportsMessage) bool { return m.Enabled })
	for c := range program.Clients() {
		c.Scene().AddIcosphere("/own", nil)
	}
	own, revision := "", 0
	until(a, func(m *wire.IcosphereMessage) bool { own = m.Owner; return true })
	program.Scene().SetSelection(box)
	until(a, func(m *wire.SetSelectionMessage) bool { revision = m.Revision; return m.Names[0] == "/box" })
	a.send(&wire.SelectionMessage{Names: []string{"/own", "/box", "/own"}, Owners: []string{own, "", "no client"}, Revision: revision})
	a.send(&wire.SelectionMessage{Names: []string{"/own", "/box"}, Owners: []string{own, ""}, Revision: revision})
	if n := receive(t, selected); n != 2 {
		t.Errorf("the program received a selection of %d nodes", n)
	}
	a.send(&wire.SceneNodeClickMessage{Name: "/box", HitPosition: &[3]float64{1, 2, 3}})
	if !receive(t, hits) {
		t.Error("the click has lost its position")
	}
	tooLarge := func(id string) *wire.FileTransferStartUpload {
		return &wire.FileTransferStartUpload{SourceComponentUUID: ids["up"], TransferUUID: id, Filename: "f", PartCount: 1, SizeBytes: 30}
	}
	a.send(tooLarge("one"))
	until(a, func(m *wire.FileTransferRefusedMessage) bool { return m.TransferUUID == "one" })
	b.send(tooLarge("two"))
	until(b, func(m *wire.NotificationShowMessage) bool { return strings.Contains(m.Props.Body, "too large") })
	source := wire.DropSource
	a.send(&wire.FileTransferStartUpload{SourceComponentUUID: source, TransferUUID: "three", Filename: "f", PartCount: 1, SizeBytes: 1})
	a.send(&wire.FileTransferPart{SourceComponentUUID: &source, TransferUUID: "three", Content: []byte("x")})
	if s := receive(t, drops); s != "x" {
		t.Errorf("the program received %q", s)
	}
}

// TestOursRestarts has nodes with other numbers after a restart.
func TestOursRestarts(t *testing.T) {
	program, front := ours(t, Options{})
	show := func(s *viser.Server, first string) []*viser.Box {
		boxes := []*viser.Box{s.Scene().AddBox(first, nil)}
		for i := range 10 {
			boxes = append(boxes, s.Scene().AddBox(fmt.Sprint("/box", i), nil))
		}
		return boxes
	}
	show(program, "/other")
	w := watch(t, front.URL(), upstream.Options{})
	w.until(t, "the box", func(s *fold.State) bool { return says(s, "BoxMessage", "/box9") })
	addr := program.Addr().String()
	program.Close()
	again := viser.New(&viser.Options{Addr: addr, Logger: slog.New(slog.DiscardHandler)})
	defer again.Close()
	boxes := show(again, "/a")
	again.Scene().AddBox("/b", nil)
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.until(t, "the new box", func(s *fold.State) bool { return says(s, "BoxMessage", "/b\x00") || says(s, "BoxMessage", "\xa2/b") })
	for i, b := range boxes {
		b.SetPosition(viser.Vec3{float64(i), 7})
	}
	direct := watch(t, again.URL(), upstream.Options{})
	want := direct.until(t, "its state", func(*fold.State) bool { return true })
	agree(t, w, want)
}

// TestOursNodes: nodes that only the extended dialect has arrive at its pages, and what stands for them at others.
func TestOursNodes(t *testing.T) {
	program, front := ours(t, Options{})
	voxels := program.Scene().AddVoxels("/voxels", [][3]int32{{1, 2, 3}}, nil, nil)
	program.Scene().AddVolume("/volume", viser.VolumeGrid{Size: [3]int{1, 1, 2}, Uint8s: []uint8{7, 8}}, nil)
	a, b := open(t, front, extendedPage), open(t, front, plainPage)
	if m := until(a, any1[*wire.VoxelsMessage]); m.Props.Points.Len() != 3 || m.Props.CellSize != [3]float64{1, 1, 1} {
		t.Errorf("%+v", m.Props)
	}
	if m := until(a, any1[*wire.VolumeMessage]); string(m.Props.Values.Bytes()) != "\x07\x08" || m.Props.Size != [3]int{1, 1, 2} {
		t.Errorf("%+v", m.Props)
	}
	if m := until(b, any1[*wire.PointCloudMessage]); m.Name != "/voxels" || m.Props.PointSize != 0.5 || m.Props.Points.Len() != 3 {
		t.Errorf("%+v", m.Props)
	}
	if m := until(b, any1[*wire.LineSegmentsMessage]); m.Name != "/volume" || m.Props.Points.Len() != 72 {
		t.Errorf("%+v", m.Props)
	}
	voxels.SetColors([]viser.RGB{{1, 2, 3}})
	until(a, func(m *wire.SceneNodeUpdateMessage) bool { return m.Name == "/voxels" && m.Updates[0].Key == "colors" })
	until(b, func(m *wire.SceneNodeUpdateMessage) bool { return m.Name == "/voxels" && m.Updates[0].Key == "colors" })
}

// TestOursViewsAfterRestart: a program that comes again is told how a page that has stayed is divided.
func TestOursViewsAfterRestart(t *testing.T) {
	program, front := ours(t, Options{})
	a := open(t, front, extendedPage)
	camera := &wire.ViewportCameraMessage{WXYZ: [4]float64{1}, FOV: 0.5, Near: 1, Far: 10, ImageHeight: 3, ImageWidth: 4,
		LookAt: [3]float64{0, 0, 1}, UpDirection: [3]float64{0, -1, 0}, Projection: "perspective"}
	for _, number := range []int{-1, 2, 99} {
		camera.Viewport = number
		a.send(camera)
	}
	a.send(&wire.ViewportsMessage{Layout: "grid", Linked: true})
	views := func(s *viser.Server) (divided, moved chan string) {
		divided, moved = make(chan string, 10), make(chan string, 10)
		s.OnClientConnect(func(_ context.Context, c *viser.Client) {
			v := c.Viewports()
			tell := func() {
				if v.Layout() != viser.SingleViewport {
					divided <- fmt.Sprint(v.Layout(), " ", v.Linked())
				}
			}
			v.OnChange(func(context.Context, viser.ViewportsEvent) { tell() })
			v.At(2).Camera().OnUpdate(func(_ context.Context, e viser.CameraEvent) { moved <- fmt.Sprint(e.FOV) })
			tell() // the report may be there already
			if fov := v.At(2).Camera().FOV(); fov == 0.5 {
				moved <- fmt.Sprint(fov)
			}
		})
		return divided, moved
	}
	addr := program.Addr().String()
	program.Close()
	again := viser.New(&viser.Options{Addr: addr, Logger: slog.New(slog.DiscardHandler)})
	defer again.Close()
	divided, moved := views(again)
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, divided); got != "grid true" {
		t.Errorf("the page is divided: %s", got)
	}
	if got := receive(t, moved); got != "0.5" {
		t.Errorf("the camera of its third view has a field of view of %s", got)
	}
}

package interop_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/interop/internal/rawclient"
)

// The scenarios of pydriver/scenarios_client.py, with our API.

func clientScene(s *session) {
	server, mine := s.server.Scene(), s.client().Scene()
	s.open("B")
	s.connect("B")
	s.step("both connected", func() {})
	s.step("shared", func() { server.AddBox("/shared/box", nil) })
	box := added(s, "mine under the same name", func() *viser.Box {
		return mine.AddBox("/shared/box", &viser.BoxOptions{Color: viser.RGB{0, 0, 255}})
	})
	s.set("mine.color", func() { box.SetColor(*someColor) })
	s.set("mine.position", func() { box.SetPosition(place) })
	s.set("mine.wxyz", func() { box.SetWXYZ(turn) })
	s.set("mine.visible", func() { box.SetVisible(false) })
	s.step("mine under a shared parent", func() { mine.AddLabel("/shared/note", "only me", nil) })
	s.step("mine deep", func() { mine.AddIcosphere("/own/deep/ball", nil) })
	s.step("clickable", func() { box.OnClick(func(context.Context, viser.ClickEvent) {}) })
	s.step("pointer", func() { mine.OnClick(func(context.Context, viser.SceneClickEvent) {}) })
	s.step("up", func() { mine.SetUpDirection(viser.Vec3{0, 1, 0}) })
	s.step("hide", func() { mine.SetGlobalVisibility(false) })
	s.step("shared removed", func() { server.RemoveNode("/shared") })
	s.step("mine removed", box.Remove)
	s.step("mine deep removed", func() { mine.RemoveNode("/own") })
	s.quiet("world axes", func() {
		if mine.WorldAxes() != nil {
			s.t.Error("a client's scene has world axes of its own")
		}
	})
	s.step("axes shadowed", func() { mine.AddFrame("/WorldAxes", nil) })
	s.step("reset", mine.Reset)
	s.joinLate("late")
}

func clientGUI(s *session) {
	server, mine := s.server.GUI(), s.client().GUI()
	s.open("B")
	s.connect("B")
	s.step("both connected", func() {})
	folder := added(s, "shared folder", func() *viser.Folder { return server.AddFolder("shared", nil) })
	text := added(s, "mine", func() *viser.Text { return mine.AddText("mine", "x", nil) })
	s.set("mine.value", func() { text.SetValue("y") })
	s.set("mine.label", func() { text.SetLabel("still mine") })
	s.step("mine in a shared folder", func() { mine.In(folder).AddSlider("slider", 0.5, &viser.SliderOptions{Max: 1, Step: 0.1}) })
	own := added(s, "my folder", func() *viser.Folder { return mine.AddFolder("own", nil) })
	s.step("mine in my folder", func() { own.AddCheckbox("check", true, nil) })
	s.step("label", func() { mine.SetPanelLabel("only me") })
	s.step("theme", func() {
		mine.ConfigureTheme(&viser.Theme{DarkMode: true, BrandColor: viser.RGB{1, 2, 3}})
	})
	s.step("shared folder removed", folder.Remove)
	s.step("mine removed", text.Remove)
	s.step("my folder removed", own.Remove)
	s.joinLate("late")
}

func notifications(s *session) {
	c := s.client()
	plain := added(s, "plain", func() *viser.Notification { return c.Notify("title", "body", nil) })
	s.step("all options", func() {
		c.Notify("title", "body", &viser.NotificationOptions{
			Loading: true, NotClosable: true, AutoClose: seconds(2.5), Color: viser.Red,
		})
	})
	s.step("rgb", func() {
		c.Notify("title", "body", &viser.NotificationOptions{Color: viser.RGB{1, 2, 3}})
	})
	s.set("plain.title", func() { plain.SetTitle("new title") })
	s.set("plain.body", func() { plain.SetBody("new body") })
	s.set("plain.loading", func() { plain.SetLoading(true) })
	s.set("plain.with_close_button", func() { plain.SetClosable(false) })
	s.set("plain.auto_close_seconds", func() { plain.SetAutoClose(seconds(1.5)) })
	s.set("plain.color", func() { plain.SetColor(viser.Teal) })
	s.step("never closes", func() { plain.SetAutoClose(0) })
	s.step("no color", func() { plain.SetColor(nil) })
	s.step("removed", plain.Remove)
	s.quiet("write after remove", func() { plain.SetTitle("ghost") })
}

func downloads(s *session) {
	c := s.client()
	everyByte := make([]byte, 1024)
	for i := range everyByte {
		everyByte[i] = byte(i)
	}
	s.download("small", func() { c.SendFileDownload("hello.txt", []byte("hello"), nil) })
	s.download("parts", func() {
		c.SendFileDownload("data.bin", everyByte, &viser.DownloadOptions{PartSize: 400, SaveImmediately: true})
	})
	s.download("exact parts", func() {
		c.SendFileDownload("data.json", bytes.Repeat([]byte("x"), 800), &viser.DownloadOptions{PartSize: 400})
	})
	s.download("empty", func() { c.SendFileDownload("empty.png", nil, nil) })
	s.download("unknown kind", func() { c.SendFileDownload("thing.qqqq", []byte("hello"), nil) })
	s.download("no extension", func() { c.SendFileDownload("thing", []byte("hello"), nil) })
	for _, name := range []string{
		"a.html", "a.svg", "a.csv", "a.pdf", "a.zip", "a.gz", "a.tar.gz", "a.jpg",
		"a.jpeg", "a.gif", "a.mp4", "a.css", "a.PNG", "a.wasm", "a.tar",
	} {
		s.download("type of "+name, func() { c.SendFileDownload(name, []byte("hello"), nil) })
	}
	s.open("B")
	s.connect("B")
	s.step("both connected", func() {})
	s.download("to everybody", func() { s.server.SendFileDownload("all.txt", []byte("hello"), nil) })
}

// download is a step that sends a file to every viewer. Other messages may pass the
// parts of a file, so the marker does not show their end: the step ends when all
// announced parts were received.
func (s *session) download(name string, act func()) {
	s.t.Helper()
	act()
	sent := map[string][]message{}
	for _, viewer := range s.names() {
		missing := 1
		messages, err := s.viewers[viewer].ReadUntil(s.t.Context(), func(m message) bool {
			switch m.Type() {
			case "FileTransferStartDownload":
				missing += int(m["part_count"].(float64)) - 1
			case "FileTransferPart":
				missing--
			}
			return missing == 0
		})
		if err != nil {
			s.t.Fatalf("%s: %v", name, err)
		}
		sent[viewer] = s.visible(messages)
	}
	s.finish(record{Step: name})
	last := s.records[len(s.records)-1]
	for viewer, messages := range sent {
		last.Sent[viewer] = append(messages, last.Sent[viewer]...)
	}
}

func cameraState(c *viser.Camera) map[string]any {
	return map[string]any{
		"wxyz": quat(c.WXYZ()), "position": vec(c.Position()), "look_at": vec(c.LookAt()),
		"up_direction": vec(c.UpDirection()), "fov": c.FOV(), "near": c.Near(), "far": c.Far(),
		"aspect": c.Aspect(), "image_width": float64(c.ImageWidth()), "image_height": float64(c.ImageHeight()),
		"min_orbit_distance": c.MinOrbitDistance(), "max_orbit_distance": c.MaxOrbitDistance(),
	}
}

func vec(v viser.Vec3) []any  { return []any{v[0], v[1], v[2]} }
func quat(q viser.Quat) []any { return []any{q.W, q.X, q.Y, q.Z} }

// put sets something of viewer A's camera and records the camera after it.
func (s *session) put(name string, set func() error) {
	s.t.Helper()
	c := s.client().Camera()
	if err := set(); err != nil {
		s.refused(name, func() error { return err })
		return
	}
	s.finish(record{Step: name, Result: cameraState(c)})
}

func cameraSetters(s *session) {
	c := s.client().Camera()
	put := func(name string, set func() error) {
		s.put(name, set)
		s.put(name+" again", set)
	}
	position := func(v viser.Vec3) func() error { return func() error { return c.SetPosition(v) } }
	lookAt := func(v viser.Vec3) func() error { return func() error { return c.SetLookAt(v) } }
	up := func(v viser.Vec3) func() error { return func() error { return c.SetUpDirection(v) } }
	wxyz := func(q viser.Quat) func() error { return func() error { return c.SetWXYZ(q) } }
	number := func(set func(float64) error, n float64) func() error { return func() error { return set(n) } }

	s.result("at first", func() any { return cameraState(c) })
	put("position (1.0, 2.0, 3.0)", position(viser.Vec3{1, 2, 3}))
	put("look_at (0.0, 0.0, 1.0)", lookAt(viser.Vec3{0, 0, 1}))
	put("up_direction (0.0, 0.0, 1.0)", up(viser.Vec3{0, 0, 1}))
	put("wxyz (0.5, 0.5, 0.5, 0.5)", wxyz(turn))
	put("wxyz (0.70710678, 0.0, -0.70710678, 0.0)", wxyz(viser.Quat{W: 0.70710678, Y: -0.70710678}))
	put("wxyz (0.0, 1.0, 0.0, 0.0)", wxyz(viser.Quat{X: 1}))
	put("wxyz (0.1, 0.2, 0.3, 0.9273618495495703)", wxyz(viser.Quat{W: 0.1, X: 0.2, Y: 0.3, Z: 0.9273618495495703}))
	put("fov 0.5", number(c.SetFOV, 0.5))
	put("near 0.25", number(c.SetNear, 0.25))
	put("far 50.0", number(c.SetFar, 50))
	put("min_orbit_distance 0.5", number(c.SetMinOrbitDistance, 0.5))
	put("max_orbit_distance 20.0", number(c.SetMaxOrbitDistance, 20))
	put("max_orbit_distance 1000000.0", number(c.SetMaxOrbitDistance, 1e6))
	put("position (nan, 0.0, 0.0)", position(viser.Vec3{math.NaN(), 0, 0}))
	put("look_at (0.0, inf, 0.0)", lookAt(viser.Vec3{0, math.Inf(1), 0}))
	put("up_direction (0.0, 0.0, 0.0)", up(viser.Vec3{}))
	put("min_orbit_distance 0.0", number(c.SetMinOrbitDistance, 0))
	put("min_orbit_distance 10000000.0", number(c.SetMinOrbitDistance, 1e7))
	put("max_orbit_distance 0.25", number(c.SetMaxOrbitDistance, 0.25))
	s.refused("onto the eye", func() error { return c.SetLookAt(c.Position()) })
	s.result("at last", func() any { return cameraState(c) })
}

func cameraParallelUp(s *session) {
	c := s.client().Camera()
	s.put("up_direction (0.0, 0.0, 1.0)", func() error { return c.SetUpDirection(viser.Vec3{0, 0, 1}) })
	s.put("look_at (0.0, 0.0, -1.0)", func() error { return c.SetLookAt(viser.Vec3{0, 0, -1}) })
	s.put("look_at (1.0, 0.0, 0.0)", func() error { return c.SetLookAt(viser.Vec3{1, 0, 0}) })
	s.put("position (0.0, 0.0, 9.0)", func() error { return c.SetPosition(viser.Vec3{0, 0, 9}) })
	s.put("up_direction (1.0, 0.0, -9.0)", func() error { return c.SetUpDirection(viser.Vec3{1, 0, -9}) })
}

func initialCamera(s *session) {
	first := s.server.InitialCamera()
	s.result("defaults", func() any {
		var up any
		if v, ok := first.UpDirection(); ok {
			up = vec(v)
		}
		return map[string]any{
			"position": vec(first.Position()), "look_at": vec(first.LookAt()), "up": up,
			"fov": first.FOV(), "near": first.Near(), "far": first.Far(),
		}
	})
	s.set("initial.position", func() { first.SetPosition(viser.Vec3{1, 2, 3}) })
	s.set("initial.look_at", func() { first.SetLookAt(viser.Vec3{0, 0.5, 0}) })
	s.set("initial.up", func() { first.SetUpDirection(viser.Vec3{0, 1, 0}) })
	s.set("initial.fov", func() { first.SetFOV(0.75) })
	s.set("initial.near", func() { first.SetNear(0.1) })
	s.set("initial.far", func() { first.SetFar(50) })
	s.joinLate("late")
}

// An answer is the result of Render in Python's terms: the array's shape, or its one
// error.
type answer chan any

func ask(s *session, c *viser.Client, opts *viser.RenderOptions) answer {
	done := make(answer, 1)
	go func() {
		img, err := c.Render(s.t.Context(), 16, 8, opts)
		if err != nil {
			done <- "RuntimeError"
			return
		}
		channels := 3.0
		if _, transparent := img.(*image.NRGBA); transparent {
			channels = 4
		}
		done <- []any{float64(img.Bounds().Dy()), float64(img.Bounds().Dx()), channels}
	}()
	return done
}

// requests reads render requests from a viewer's socket.
func (s *session) requests(name string, n int) []message {
	s.t.Helper()
	var found []message
	for len(found) < n {
		messages, err := s.viewers[name].ReadUntil(s.t.Context(), rawclient.OfType("GetRenderRequestMessage"))
		if err != nil {
			s.t.Fatalf("waiting for a render request: %v", err)
		}
		for _, m := range messages {
			if m.Type() == "GetRenderRequestMessage" {
				found = append(found, m)
			}
		}
	}
	return found
}

func (s *session) respond(name string, request message, payload []byte) {
	s.t.Helper()
	s.send(name, message{
		"type": "GetRenderResponseMessage", "payload": payload, "render_uuid": request["render_uuid"],
	})
}

func render(s *session) {
	var jpegs, pngs bytes.Buffer
	if err := jpeg.Encode(&jpegs, imageRGB(), nil); err != nil {
		s.t.Fatal(err)
	}
	if err := png.Encode(&pngs, imageRGBA()); err != nil {
		s.t.Fatal(err)
	}
	roundTrip := func(name string, payload []byte, opts *viser.RenderOptions) {
		s.t.Helper()
		done := ask(s, s.client(), opts)
		request := s.requests("A", 1)[0]
		s.respond("A", request, payload)
		result := receive(s.t, done, "the picture of step "+name)
		s.finish(record{Step: name, Result: []any{map[string]any(request), result}})
	}
	roundTrip("as it is", jpegs.Bytes(), nil)
	roundTrip("png", pngs.Bytes(), &viser.RenderOptions{Format: viser.PNG})
	roundTrip("from elsewhere", jpegs.Bytes(), &viser.RenderOptions{WXYZ: &turn, Position: &place, FOV: 0.5})
	roundTrip("empty answer", nil, nil)
	roundTrip("broken answer", []byte("not a picture"), nil)

	one, two := ask(s, s.client(), nil), ask(s, s.client(), &viser.RenderOptions{Format: viser.PNG})
	requests := s.requests("A", 2)
	slices.SortFunc(requests, func(a, b message) int {
		return cmp.Compare(b["format"].(string), a["format"].(string))
	})
	s.respond("A", requests[0], pngs.Bytes())
	s.respond("A", requests[1], jpegs.Bytes())
	var shapes []any
	for _, done := range []answer{one, two} {
		shape := receive(s.t, done, "two pictures").([]any)
		shapes = append(shapes, fmt.Sprintf("[%.0f, %.0f, %.0f]", shape...))
	}
	s.finish(record{Step: "two at once", Result: shapes})

	s.open("B")
	s.connect("B")
	s.step("both connected", func() {})
	lost := ask(s, s.viewers["B"].handle, nil)
	s.requests("B", 1)
	s.leave("B")
	result := receive(s.t, lost, "the end of a page that leaves")
	s.finish(record{Step: "a page that leaves", Result: []any{[]any{result}, true}})
}

package interop_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser"
)

// The scenarios of pydriver/scenarios_wire.py, with our API.

func firstFrames(s *session) { s.joinLate("a second viewer") }

// spell formats a value like the Python side.
func spell(value any) string {
	switch v := value.(type) {
	case nil:
		return "none"
	case float64:
		return fmt.Sprintf("%.4f", v)
	case viser.Modifier:
		if v == "" {
			return "none"
		}
		return string(v)
	case viser.Vec3:
		return spellAll(v[:])
	case viser.Vec2:
		return spellAll(v[:])
	case []float64:
		return spellAll(v)
	case viser.RGB:
		return spellAll(v[:])
	case viser.RGBA:
		return spellAll(v[:])
	case viser.Quat:
		return spellAll([]float64{v.W, v.X, v.Y, v.Z})
	}
	return fmt.Sprint(value)
}

func spellAll[T any](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = spell(v)
	}
	return "[" + strings.Join(words, " ") + "]"
}

// A log is the text input that callbacks write to. Those of different clients run
// concurrently.
type log struct {
	s     *session
	text  *viser.Text
	mu    sync.Mutex
	count int
}

func newLog(s *session) *log {
	l := &log{s: s}
	s.step("log", func() { l.text = s.server.GUI().AddText("log", "", nil) })
	return l
}

func (l *log) write(words ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	line := fmt.Sprint(l.count)
	for _, w := range words {
		line += " " + spell(w)
	}
	l.text.SetValue(line)
	l.s.effects <- struct{}{}
}

// logged writes the changes of an input to the log.
func logged[T any](l *log, label string, in interface {
	OnUpdate(func(context.Context, viser.UpdateEvent[T])) (off func())
}) {
	in.OnUpdate(func(_ context.Context, e viser.UpdateEvent[T]) { l.write(label, e.Value, clientID(e.Client)) })
}

func clientID(c *viser.Client) any {
	if c == nil {
		return nil
	}
	return c.ID()
}

func inboundWidgets(s *session) {
	gui := s.server.GUI()
	s.open("B")
	s.connect("B")
	l := newLog(s)
	slider := gui.AddSlider("slider", 5, &viser.SliderOptions{Max: 10, Step: 0.5})
	number := gui.AddNumber("number", 3.5, nil)
	text := gui.AddText("text", "hello", nil)
	checkbox := gui.AddCheckbox("checkbox", true, nil)
	dropdown := gui.AddDropdown("dropdown", []string{"a", "b", "c"}, nil)
	rgb := gui.AddRGB("rgb", viser.RGB{10, 20, 30}, nil)
	vector := gui.AddVector3("vector3", viser.Vec3{1, 2, 3}, nil)
	logged(l, "slider", slider)
	logged(l, "number", number)
	logged(l, "text", text)
	logged(l, "checkbox", checkbox)
	logged(l, "dropdown", dropdown)
	logged(l, "rgb", rgb)
	logged(l, "vector3", vector)
	gui.AddButton("button", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		l.write("button", clientID(e.Client))
	})
	s.step("widgets", func() {})
	s.change("slider", "A", "slider", 7, 1)
	s.change("slider to the same", "A", "slider", 7, 0)
	s.change("slider from B", "B", "slider", 2.5, 1)
	s.change("number", "A", "number", 4, 1)
	s.change("text", "A", "text", "bye", 1)
	s.change("checkbox", "B", "checkbox", false, 1)
	s.change("dropdown", "A", "dropdown", "c", 1)
	s.change("rgb", "A", "rgb", []any{1, 2, 3}, 1)
	s.change("vector3", "A", "vector3", []any{1, 2.5, 3}, 1)
	s.change("button", "A", "button", true, 1)
	s.change("button again", "A", "button", true, 1)
	s.change("button from B", "B", "button", true, 1)
	s.say("nobody's widget", "A", message{
		"type": "GuiUpdateMessage", "uuid": "nobody", "updates": map[string]any{"value": 1},
	}, 0)
	s.result("values", func() any {
		c := rgb.Value()
		return []any{
			slider.Value(), number.Value(), text.Value(), checkbox.Value(), dropdown.Value(),
			[]any{float64(c[0]), float64(c[1]), float64(c[2])}, vec(vector.Value()),
		}
	})
	s.joinLate("late")
}

func inboundWriteBack(s *session) {
	s.open("B")
	s.connect("B")
	slider := s.server.GUI().AddSlider("slider", 5, &viser.SliderOptions{Max: 10, Step: 0.5})
	slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		if e.Client != nil {
			slider.SetValue(min(e.Value, 6))
			s.effects <- struct{}{}
		}
	})
	s.step("slider", func() {})
	s.change("too much", "A", "slider", 9.0, 1)
	s.joinLate("late")
}

func inboundProgram(s *session) {
	slider := s.server.GUI().AddSlider("slider", 5, &viser.SliderOptions{Max: 10, Step: 0.5})
	// Python runs callbacks before the assignment returns, this library soon after.
	events := make(chan any, 10)
	slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		events <- []any{e.Value, clientID(e.Client)}
	})
	s.step("slider", func() {})
	s.result("set", func() any {
		slider.SetValue(6)
		return []any{<-events}
	})
	s.result("set to the same", func() any {
		slider.SetValue(6)
		more := []any{}
		for range len(events) {
			more = append(more, <-events)
		}
		return more
	})
}

func clickOn(name, owner string, modifier any) message {
	return message{
		"type": "SceneNodeClickMessage", "name": name, "instance_index": nil,
		"ray_origin": []any{0, 0.5, 1}, "ray_direction": []any{0.0, 0.0, -1.0},
		"screen_pos": []any{0.25, 0.75}, "modifier": modifier, "owner": owner,
	}
}

func inboundNodeClicks(s *session) {
	server, mine := s.server.Scene(), s.client().Scene()
	s.open("B")
	s.connect("B")
	l := newLog(s)
	listen := func(h clickable, who string, mods ...viser.Modifier) (off func()) {
		return h.OnClick(func(_ context.Context, e viser.ClickEvent) {
			l.write(who, e.Client.ID(), e.RayOrigin, e.RayDirection, e.ScreenPos, e.Modifier)
		}, mods...)
	}
	shared := server.AddBox("/box", nil)
	plainOff := listen(shared, "shared")
	shiftOff := listen(shared, "shared with shift", viser.Shift)
	s.step("shared box", func() {})
	listen(mine.AddBox("/box", nil), "own")
	s.step("own box", func() {})
	s.say("shared", "A", clickOn("/box", "", nil), 1)
	s.say("shared from B", "B", clickOn("/box", "", nil), 1)
	s.say("shared with shift", "A", clickOn("/box", "", "shift"), 1)
	s.say("shared with alt", "A", clickOn("/box", "", "alt"), 0)
	s.say("own", "A", clickOn("/box", "0", nil), 1)
	s.say("someone else's", "B", clickOn("/box", "0", nil), 0)
	s.say("own from B, that has none", "B", clickOn("/box", "1", nil), 0)
	s.say("no such node", "A", clickOn("/none", "", nil), 0)
	s.step("callbacks off", func() { s.server.Atomic(func() { plainOff(); shiftOff() }) })
	s.say("nobody listens", "A", clickOn("/box", "", nil), 0)
	s.step("removed", shared.Remove)
	s.say("a node that went", "A", clickOn("/box", "", nil), 0)
}

func pointerMessage(event string, modifier any) message {
	if event == "click" {
		return message{
			"type": "ScenePointerMessage", "event_type": event, "ray_origin": []any{0, 0.5, 1},
			"ray_direction": []any{0.0, 0.0, -1.0}, "screen_pos": []any{[]any{0.25, 0.75}},
			"modifier": modifier,
		}
	}
	return message{
		"type": "ScenePointerMessage", "event_type": event, "ray_origin": nil, "ray_direction": nil,
		"screen_pos": []any{[]any{0.25, 0.5}, []any{0.5, 1}}, "modifier": modifier,
	}
}

func inboundScenePointer(s *session) {
	server, mine := s.server.Scene(), s.client().Scene()
	s.open("B")
	s.connect("B")
	l := newLog(s)
	onClick := func(scene *viser.Scene, who string, mods ...viser.Modifier) {
		scene.OnClick(func(_ context.Context, e viser.SceneClickEvent) {
			l.write(who, e.Client.ID(), e.RayOrigin, e.RayDirection, e.ScreenPos, e.Modifier)
		}, mods...)
	}
	onClick(server, "shared")
	onClick(server, "shared with shift", viser.Shift)
	server.OnRectSelect(func(_ context.Context, e viser.SceneRectSelectEvent) {
		l.write("rectangle", e.Client.ID(), e.ScreenMin, e.ScreenMax, e.Modifier)
	}, viser.Shift)
	s.step("listening", func() {})
	onClick(mine, "own with alt", viser.Alt)
	s.step("listening for one", func() {})
	s.say("click", "A", pointerMessage("click", nil), 1)
	s.say("click from B", "B", pointerMessage("click", nil), 1)
	s.say("click with shift", "A", pointerMessage("click", "shift"), 1)
	s.say("click with alt", "A", pointerMessage("click", "alt"), 1)
	s.say("click with alt from B", "B", pointerMessage("click", "alt"), 0)
	s.say("rectangle", "A", pointerMessage("rect-select", nil), 0)
	s.say("rectangle with shift", "A", pointerMessage("rect-select", "shift"), 1)
}

func inboundCameras(s *session) {
	l := newLog(s)
	camera := s.client().Camera()
	camera.OnUpdate(func(_ context.Context, e viser.CameraEvent) {
		l.write(e.Position, e.LookAt, e.UpDirection, e.WXYZ, e.FOV, e.Near, e.Far, e.ImageWidth, e.ImageHeight, e.Aspect())
	})
	s.step("listening", func() {})
	report := func(step string, changes message) {
		m := firstCamera()
		maps.Copy(m, changes)
		s.say(step, "A", m, 1)
	}
	report("moved", message{"position": []any{1, 2, 3.5}, "fov": 1, "image_width": 800})
	s.step("limit", func() {
		if err := camera.SetMaxOrbitDistance(20); err != nil {
			s.t.Error(err)
		}
	})
	report("moved again", message{"look_at": []any{0, 0, 1}})
	s.result("limits kept", func() any { return []any{camera.MinOrbitDistance(), camera.MaxOrbitDistance()} })
}

func inboundClients(s *session) {
	l := newLog(s)
	next := func(what string) { receive(s.t, s.effects, what) }
	s.server.OnClientConnect(func(_ context.Context, c *viser.Client) { l.write("came", c.ID()) })
	s.server.OnClientDisconnect(func(_ context.Context, c *viser.Client) { l.write("left", c.ID()) })
	next("A, who is here")
	s.step("listening", func() {})
	ids := func() any {
		var list []any
		for c := range s.server.Clients() {
			list = append(list, float64(c.ID()))
		}
		slices.SortFunc(list, func(a, b any) int { return int(a.(float64) - b.(float64)) })
		return list
	}
	s.open("B")
	s.result("B has said nothing", ids)
	s.connect("B")
	next("B, who came")
	s.result("B connected", ids)
	s.leave("B")
	next("B, who left")
	s.result("B left", ids)
	s.open("C")
	s.connect("C")
	next("C, who came")
	s.result("C connected", ids)
}

package interop_test

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/viser-go/viser"
)

// The scenarios of pydriver/scenarios_drags.py, with our API.

func dragsBindings(s *session) {
	scene := s.server.Scene()
	ignore := func(context.Context, viser.DragEvent) {}
	click := func(context.Context, viser.ClickEvent) {}
	box := added(s, "box", func() *viser.Box { return scene.AddBox("/box", nil) })
	var offs []func()
	on := func(name string, button viser.MouseButton, mods ...viser.Modifier) {
		s.step(name, func() { offs = append(offs, box.OnDrag(button, ignore, mods...)) })
	}
	on("left", viser.LeftButton)
	on("left once more", viser.LeftButton)
	on("right with shift", viser.RightButton, viser.Shift)
	on("middle with all", viser.MiddleButton, viser.CmdCtrl, viser.Alt, viser.Shift)
	s.step("click too", func() { box.OnClick(click) })
	s.joinLate("late")
	// Python's remove_drag_callback takes a function and drops all its filters.
	s.step("first off", func() { s.server.Atomic(func() { offs[0](); offs[2]() }) })
	s.step("all off", func() { s.server.Atomic(func() { offs[1](); offs[3]() }) })
	on("on again", viser.LeftButton)
	again := added(s, "re-added", func() *viser.Box { return scene.AddBox("/box", nil) })
	s.step("drag the new one", func() { again.OnDrag(viser.RightButton, ignore) })
	s.step("click the new one", func() { again.OnClick(click) })
	s.step("removed", again.Remove)
	s.draggable("frame", func() draggable { return scene.AddFrame("/f", nil) })
	s.draggable("mesh", func() draggable { return scene.AddMesh("/m", vertices, faces, nil) })
	s.draggable("icosphere", func() draggable { return scene.AddIcosphere("/i", nil) })
	s.draggable("cylinder", func() draggable { return scene.AddCylinder("/c", nil) })
	s.draggable("frustum", func() draggable { return scene.AddCameraFrustum("/k", 1, 1, nil) })
}

type draggable interface {
	OnDrag(button viser.MouseButton, fn func(context.Context, viser.DragEvent), mods ...viser.Modifier) (off func())
}

func (s *session) draggable(kind string, add func() draggable) {
	s.t.Helper()
	h := added(s, kind, add)
	s.step(kind+" draggable", func() { h.OnDrag(viser.LeftButton, func(context.Context, viser.DragEvent) {}) })
}

func dragOn(phase, node, owner string, button string, modifier, index any, x float64) message {
	return message{
		"type": "SceneNodeDragMessage", "phase": phase, "name": node, "instance_index": index,
		"start_position": []any{0, 0.5, 1}, "start_screen_pos": []any{0.25, 0.75},
		"end_position": []any{x, 0.5, 1}, "end_screen_pos": []any{0.5, 1},
		"button": button, "modifier": modifier, "owner": owner,
	}
}

func dragsInbound(s *session) {
	server, mine := s.server.Scene(), s.client().Scene()
	s.open("B")
	s.connect("B")
	l := newLog(s)
	listen := func(h draggable, who string, button viser.MouseButton, mods ...viser.Modifier) (off func()) {
		return h.OnDrag(button, func(_ context.Context, e viser.DragEvent) {
			l.write(who, e.Client.ID(), string(e.Phase), e.StartPosition, e.StartScreenPos, e.EndPosition, e.EndScreenPos, string(e.Button), e.Modifier)
		}, mods...)
	}
	shared := server.AddBox("/box", nil)
	leftOff := listen(shared, "left", viser.LeftButton)
	listen(shared, "right with shift", viser.RightButton, viser.Shift)
	s.step("shared box", func() {})
	listen(mine.AddBox("/box", nil), "own", viser.LeftButton)
	s.step("own box", func() {})
	say := func(step, viewer, phase, owner, button string, modifier any, x float64, callbacks int) {
		s.say(step, viewer, dragOn(phase, "/box", owner, button, modifier, nil, x), callbacks)
	}
	say("start", "A", "start", "", "left", nil, 0, 1)
	say("B starts too", "B", "start", "", "left", nil, 1, 1)
	say("update", "A", "update", "", "left", nil, 2, 1)
	say("end", "A", "end", "", "left", nil, 3, 1)
	say("B ends", "B", "end", "", "left", nil, 4, 1)
	say("with shift", "A", "start", "", "right", "shift", 5, 1)
	say("with shift ends", "A", "end", "", "right", "shift", 6, 1)
	say("with alt", "A", "start", "", "right", "alt", 7, 0)
	say("middle", "A", "start", "", "middle", nil, 8, 0)
	say("own", "A", "start", "0", "left", nil, 9, 1)
	say("own ends", "A", "end", "0", "left", nil, 10, 1)
	say("someone else's", "B", "start", "0", "left", nil, 11, 0)
	s.say("no such node", "A", dragOn("start", "/none", "", "left", nil, nil, 12), 0)
	say("B starts again", "B", "start", "", "left", nil, 13, 1)
	say("B updates", "B", "update", "", "left", nil, 14, 1)
	s.step("left off", leftOff)
	say("nobody listens", "A", "start", "", "left", nil, 15, 0)
	s.step("removed", shared.Remove)
	say("a node that went", "A", "start", "", "left", nil, 16, 0)
}

var someLimits = viser.Limits{{-1, 2}, {-3, 4}, {0, 0.5}}

func gizmos(s *session) {
	scene := s.server.Scene()
	s.step("defaults", func() { scene.AddTransformControls("/g", nil) })
	s.step("options", func() {
		scene.AddTransformControls("/arm/g", &viser.TransformControlsOptions{
			WXYZ: turn, Position: place, Hidden: true, Scale: 2.5, LineWidth: 4, Fixed: true, ActiveAxes: &[3]bool{true, false, true},
			DisableAxes: true, DisableSliders: true, DisableRotations: true,
			TranslationLimits: &someLimits, RotationLimits: &someLimits, NoDepthTest: true, Opacity: new(0.5),
		})
	})
	g := added(s, "to be set", func() *viser.TransformControls { return scene.AddTransformControls("/set", nil) })
	for _, set := range []struct {
		prop string
		do   func()
	}{
		{"scale", func() { g.SetScale(2.5) }},
		{"line_width", func() { g.SetLineWidth(4) }},
		{"fixed", func() { g.SetFixed(true) }},
		{"active_axes", func() { g.SetActiveAxes([3]bool{true, false, true}) }},
		{"disable_axes", func() { g.SetDisableAxes(true) }},
		{"disable_sliders", func() { g.SetDisableSliders(true) }},
		{"disable_rotations", func() { g.SetDisableRotations(true) }},
		{"translation_limits", func() { g.SetTranslationLimits(someLimits) }},
		{"rotation_limits", func() { g.SetRotationLimits(someLimits) }},
		{"depth_test", func() { g.SetDepthTest(false) }},
		{"opacity", func() { g.SetOpacity(0.5) }},
	} {
		s.step("gizmo."+set.prop, set.do)
		s.step("gizmo."+set.prop+" again", set.do)
	}
	s.joinLate("late")
	s.step("re-added", func() { scene.AddTransformControls("/set", nil) })
	s.step("removed", func() { scene.RemoveNode("/set") })
}

func gizmoSays(kind, owner, node string) message {
	return message{"type": "TransformControls" + kind + "Message", "name": node, "owner": owner}
}

func gizmosInbound(s *session) {
	server, mine := s.server.Scene(), s.client().Scene()
	s.open("B")
	s.connect("B")
	// Reported at the end: viser sends a pose to other clients after the callbacks have run, this
	// library before.
	var notes []string
	var mu sync.Mutex
	var text *viser.Text
	s.step("notes", func() { text = s.server.GUI().AddText("notes", "", nil) })
	listen := func(h *viser.TransformControls, who string) {
		h.OnUpdate(func(_ context.Context, e viser.TransformControlsEvent) {
			p, q := h.Position(), h.WXYZ()
			mu.Lock()
			notes = append(notes, fmt.Sprintf("%s %d %s %.4f %.4f %.4f %.4f %.4f %.4f %.4f", who, e.Client.ID(), e.Phase, p[0], p[1], p[2], q.W, q.X, q.Y, q.Z))
			mu.Unlock()
			s.effects <- struct{}{}
		})
	}
	over := &viser.TransformControlsOptions{WXYZ: viser.Quat{Y: 1}}
	shared := server.AddTransformControls("/g", over)
	listen(shared, "shared")
	s.step("shared gizmo", func() {})
	listen(mine.AddTransformControls("/g", over), "own")
	s.step("own gizmo", func() {})
	move := func(step, viewer, owner string, x float64, wxyz []any, callbacks int) {
		m := gizmoSays("Update", owner, "/g")
		m["wxyz"], m["position"] = wxyz, []any{x, 0.5, 1}
		s.say(step, viewer, m, callbacks)
	}
	straight := []any{0, 0, 1, 0}
	s.say("taken", "A", gizmoSays("DragStart", "", "/g"), 1)
	move("moved", "A", "", 1, straight, 1)
	move("turned", "A", "", 1, []any{0, 1, 0, 0}, 1)
	s.say("let go", "A", gizmoSays("DragEnd", "", "/g"), 1)
	s.say("taken by B", "B", gizmoSays("DragStart", "", "/g"), 1)
	move("moved by B", "B", "", 2, straight, 1)
	s.say("let go by B", "B", gizmoSays("DragEnd", "", "/g"), 1)
	s.joinLate("late")
	s.say("own taken", "A", gizmoSays("DragStart", "0", "/g"), 1)
	move("own moved", "A", "0", 3, straight, 1)
	s.say("own let go", "A", gizmoSays("DragEnd", "0", "/g"), 1)
	s.say("someone else's", "B", gizmoSays("DragStart", "0", "/g"), 0)
	move("someone else's moved", "B", "0", 4, straight, 0)
	s.say("no such gizmo", "A", gizmoSays("DragStart", "", "/none"), 0)
	move("moved without being taken", "A", "", 5, []any{0, 0, 0, 1}, 1)
	s.step("removed", shared.Remove)
	move("what went is moved", "A", "", 6, straight, 0)
	s.step("what was noted", func() {
		mu.Lock()
		defer mu.Unlock()
		text.SetValue(strings.Join(notes, "; "))
	})
}

// Containers of controls in the scene.
func gui3D(s *session) {
	server, mine := s.server.Scene(), s.client().Scene()
	box := added(s, "container", func() *viser.GUIContainer { return server.AddGUIContainer("/box", nil) })
	s.step("a button in it", func() { box.AddButton("pressed", nil) })
	s.step("placed", func() {
		server.AddGUIContainer("/arm/box", &viser.GUIContainerOptions{WXYZ: turn, Position: place, Hidden: true})
	})
	own := added(s, "a client's", func() *viser.GUIContainer { return mine.AddGUIContainer("/box", nil) })
	s.step("a button in the client's", func() { own.AddButton("own", nil) })
	s.joinLate("late")
	s.step("removed", box.Remove)
	s.step("the client's removed", own.Remove)
}

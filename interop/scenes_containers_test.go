package interop_test

import (
	"context"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

// The scenarios of pydriver/scenarios_containers.py, with our API.

func containersDefaults(s *session) {
	gui := s.server.GUI()
	s.step("form", func() { gui.AddForm("form", nil) })
	s.step("modal", func() { gui.AddModal("modal", nil) })
	group := added(s, "group", func() *viser.TabGroup { return gui.AddTabGroup(nil) })
	s.step("tab", func() { group.AddTab("tab", nil) })
	panel := added(s, "panel", func() *viser.Panel { return gui.AddPanel(nil) })
	s.step("tab of the panel", func() { panel.AddTab("tab", nil) })
	s.step("command", func() { gui.AddCommand("command", nil) })
	s.joinLate("late")
}

func containersOptions(s *session) {
	gui := s.server.GUI()
	s.step("form", func() { gui.AddForm("f", &viser.FolderOptions{Order: new(-1.5), Folded: true, Hidden: true}) })
	s.step("form without a label", func() { gui.AddForm("", nil) })
	s.step("modal", func() { gui.AddModal("modal", &viser.ModalOptions{Order: new(2.5)}) })
	group := added(s, "group", func() *viser.TabGroup {
		return gui.AddTabGroup(&viser.TabGroupOptions{Order: new(3.5), Hidden: true})
	})
	s.step("tab with an icon", func() { group.AddTab("tab", &viser.TabOptions{Icon: icon.Table}) })
	s.step("second tab", func() { group.AddTab("second", nil) })
	panel := added(s, "panel", func() *viser.Panel {
		return gui.AddPanel(&viser.PanelOptions{Order: new(4.5), Hidden: true})
	})
	s.step("tab of the panel", func() { panel.AddTab("tab", &viser.TabOptions{Icon: icon.ChartBar}) })
	s.step("command", func() {
		gui.AddCommand("command", &viser.CommandOptions{
			Description: "what it does", Hotkey: "K", Modifiers: []viser.Modifier{viser.CmdCtrl, viser.Shift},
			Icon: icon.DeviceFloppy, Disabled: true,
		})
	})
	for _, key := range []viser.Key{
		"A", "Z", "0", "9", viser.KeySpace, viser.KeyEnter, viser.KeyEscape, viser.KeyTab, viser.KeyBackspace,
		viser.KeyDelete, viser.KeyInsert, viser.KeyHome, viser.KeyEnd, viser.KeyPageUp, viser.KeyPageDown,
		viser.KeyArrowUp, viser.KeyArrowDown, viser.KeyArrowLeft, viser.KeyArrowRight,
	} {
		s.step("key "+string(key), func() { gui.AddCommand("command", &viser.CommandOptions{Hotkey: key}) })
	}
	s.step("modifier without a key", func() {
		gui.AddCommand("command", &viser.CommandOptions{Modifiers: []viser.Modifier{viser.Alt}})
	})
	form := added(s, "a form", func() *viser.Form { return gui.AddForm("outer", nil) })
	s.step("a form in a form", func() { form.AddFolder("inside", nil).AddForm("inner", nil) })
	s.joinLate("late")
}

func containersSetters(s *session) {
	gui := s.server.GUI()
	form := added(s, "form", func() *viser.Form { return gui.AddForm("form", nil) })
	s.set("form.label", func() { form.SetLabel("new label") })
	s.set("form.visible", func() { form.SetVisible(false) })
	s.set("form.order", func() { form.SetOrder(40.5) })
	s.set("form.expand_by_default", func() { form.SetExpandByDefault(false) })
	group := added(s, "group", func() *viser.TabGroup { return gui.AddTabGroup(nil) })
	one := added(s, "one", func() *viser.Tab { return group.AddTab("one", nil) })
	two := added(s, "two", func() *viser.Tab { return group.AddTab("two", &viser.TabOptions{Icon: icon.Table}) })
	s.set("group.visible", func() { group.SetVisible(false) })
	s.set("group.order", func() { group.SetOrder(40.5) })
	s.step("one.icon", func() { one.SetIcon(icon.Abacus) })
	s.step("two.icon none", func() { two.SetIcon(nil) })
	panel := added(s, "panel", func() *viser.Panel { return gui.AddPanel(nil) })
	s.set("panel.visible", func() { panel.SetVisible(false) })
	s.set("panel.order", func() { panel.SetOrder(40.5) })
	command := added(s, "command", func() *viser.Command {
		return gui.AddCommand("command", &viser.CommandOptions{Hotkey: "S", Modifiers: []viser.Modifier{viser.Alt}})
	})
	s.set("command.label", func() { command.SetLabel("new label") })
	s.set("command.description", func() { command.SetDescription("new") })
	s.set("command.disabled", func() { command.SetDisabled(true) })
	s.set("command.hotkey", func() { command.SetHotkey("K", viser.Alt) })
	s.step("command.icon", func() { command.SetIcon(icon.Abacus) })
	s.step("command.icon none", func() { command.SetIcon(nil) })
	s.step("command.description none", func() { command.SetDescription("") })
	s.step("command without a key", func() { command.SetHotkey("") })
	s.joinLate("late")
}

func containersRemoval(s *session) {
	gui := s.server.GUI()
	fill := func(step string, c interface {
		AddFolder(string, *viser.FolderOptions) *viser.Folder
	}, label string) {
		s.step(step, func() { c.AddFolder(label, nil).AddText("inside", "", nil) })
	}
	form := added(s, "form", func() *viser.Form { return gui.AddForm("form", nil) })
	fill("in the form", form, "one")
	group := added(s, "group", func() *viser.TabGroup { return gui.AddTabGroup(nil) })
	one := added(s, "tab one", func() *viser.Tab { return group.AddTab("one", nil) })
	two := added(s, "tab two", func() *viser.Tab { return group.AddTab("two", nil) })
	three := added(s, "tab three", func() *viser.Tab { return group.AddTab("three", nil) })
	fill("in tab one", one, "two")
	fill("in tab two", two, "three")
	fill("in tab three", three, "three again")
	modal := added(s, "modal", func() *viser.Modal { return gui.AddModal("modal", nil) })
	fill("in the modal", modal, "four")
	panel := added(s, "panel", func() *viser.Panel { return gui.AddPanel(nil) })
	tab := added(s, "tab of the panel", func() *viser.Tab { return panel.AddTab("tab", nil) })
	fill("in the panel", tab, "five")
	s.step("place the panel", panel.DockLeft)
	command := added(s, "command", func() *viser.Command { return gui.AddCommand("command", nil) })
	s.joinLate("late before")
	s.step("remove tab two", two.Remove)
	s.step("remove the group", group.Remove)
	s.step("remove the form", form.Remove)
	s.step("close the modal", modal.Close)
	s.step("remove the panel", panel.Remove)
	s.step("remove the command", command.Remove)
	s.joinLate("late after")
}

func containersReset(s *session) {
	gui := s.server.GUI()
	s.step("form", func() { gui.AddForm("form", nil) })
	modal := added(s, "modal", func() *viser.Modal { return gui.AddModal("modal", nil) })
	panel := added(s, "panel", func() *viser.Panel { return gui.AddPanel(nil) })
	s.step("place", func() { gui.MainPanel().DockRight() })
	s.step("place the other", func() { panel.DockBelow(gui.MainPanel()) })
	s.step("in the modal", func() { modal.AddText("inside", "", nil) })
	s.step("command", func() { gui.AddCommand("command", nil) })
	s.step("reset", func() {
		gui.Reset()
		s.putMarker()
	})
	s.joinLate("late")
}

func containersOfClient(s *session) {
	gui := s.client().GUI()
	shared := added(s, "shared group", func() *viser.TabGroup { return s.server.GUI().AddTabGroup(nil) })
	tab := added(s, "shared tab", func() *viser.Tab { return shared.AddTab("tab", nil) })
	s.step("mine in the shared tab", func() { gui.In(tab).AddText("mine", "", nil) })
	s.step("a client's form", func() { gui.AddForm("form", nil) })
	s.step("a client's modal", func() { gui.AddModal("modal", nil) })
	panel := added(s, "a client's panel", func() *viser.Panel { return gui.AddPanel(nil) })
	s.step("beside the control panel", func() { panel.DockAbove(gui.MainPanel()) })
	s.step("the control panel", func() { gui.MainPanel().SetWidth(222.5) })
	s.step("a client's command", func() { gui.AddCommand("command", nil) })
	other := added(s, "the server's panel", func() *viser.Panel { return s.server.GUI().AddPanel(nil) })
	s.step("beside the server's", func() { panel.DockAbove(other) })
	s.step("the server's beside mine", func() { other.DockAbove(panel) })
	s.twoScopes("the shared tab goes", tab.Remove)
}

// A placeable has the methods that the control panel and other panels have in common.
type placeable interface {
	viser.PanelAnchor
	DockLeft()
	DockRight()
	DockAbove(viser.PanelAnchor)
	DockBelow(viser.PanelAnchor)
	Float(*viser.FloatOptions)
	SetWidth(float64)
	SetHeight(float64)
	Minimize()
	Expand()
}

func panels(s *session) {
	gui := s.server.GUI()
	main := gui.MainPanel()
	one := added(s, "one", func() *viser.Panel { return gui.AddPanel(nil) })
	two := added(s, "two", func() *viser.Panel { return gui.AddPanel(nil) })
	placements(s, "main", main, two)
	placements(s, "one", one, two)
	s.step("below the control panel", func() { one.DockBelow(main) })
	s.step("beside itself", func() { one.DockBelow(one) })
	s.step("main beside itself", func() { main.DockBelow(main) })
	s.step("around in a circle", func() { two.DockBelow(one) })
	s.step("and back", func() { one.DockBelow(two) })
	s.joinLate("late")
	s.step("remove", two.Remove)
	// For a removed panel Python raises an error, and this library does nothing: leaving_test.go.
}

func placements(s *session, name string, p placeable, other viser.PanelAnchor) {
	s.step(name+" left", p.DockLeft)
	s.step(name+" right", p.DockRight)
	s.step(name+" above", func() { p.DockAbove(other) })
	s.step(name+" below", func() { p.DockBelow(other) })
	s.step(name+" float", func() { p.Float(nil) })
	s.step(name+" float at", func() { p.Float(&viser.FloatOptions{X: new(-15.5), Y: new(40.0)}) })
	s.step(name+" float at x", func() { p.Float(&viser.FloatOptions{X: new(0.0)}) })
	s.step(name+" float sized", func() {
		p.Float(&viser.FloatOptions{X: new(1.5), Y: new(2.5), Width: new(300.5), Height: new(400.5)})
	})
	s.step(name+" width", func() { p.SetWidth(310.5) })
	s.step(name+" height", func() { p.SetHeight(320.5) })
	s.step(name+" minimize", p.Minimize)
	s.step(name+" expand", p.Expand)
	for _, bad := range []struct {
		name  string
		value float64
	}{{"0.0", 0}, {"-1.0", -1}, {"nan", math.NaN()}, {"inf", math.Inf(1)}} {
		s.step(name+" width "+bad.name, func() { p.SetWidth(bad.value) })
		s.step(name+" height "+bad.name, func() { p.SetHeight(bad.value) })
	}
	s.step(name+" float at nan", func() { p.Float(&viser.FloatOptions{X: new(math.NaN())}) })
}

func inboundForms(s *session) {
	s.open("B")
	s.connect("B")
	events := []any{}
	form := added(s, "form", func() *viser.Form { return s.server.GUI().AddForm("form", nil) })
	form.OnSubmit(func(_ context.Context, e viser.FormEvent) {
		events = append(events, float64(e.Client.ID()))
		s.effects <- struct{}{}
	})
	s.step("text", func() { form.AddText("text", "", nil) })
	tell := func(kind, uuid string) message {
		return message{"type": "GuiForm" + kind + "Message", "uuid": uuid}
	}
	uuid := s.uuids["form"]
	s.say("edited", "A", tell("Dirty", uuid), 0)
	s.joinLate("late while edited")
	s.say("submitted", "A", tell("Submit", uuid), 1)
	s.say("edited again", "B", tell("Dirty", uuid), 0)
	s.say("submitted by the other", "A", tell("Submit", uuid), 1)
	s.joinLate("late after")
	s.say("no form", "A", tell("Submit", "nobody"), 0)
	s.say("a text is no form", "A", tell("Submit", s.uuids["text"]), 0)
	s.result("events", func() any { return events })
}

func inboundCommands(s *session) {
	s.open("B")
	s.connect("B")
	events := []any{}
	command := added(s, "command", func() *viser.Command { return s.server.GUI().AddCommand("command", nil) })
	command.OnTrigger(func(_ context.Context, e viser.CommandEvent) {
		events = append(events, float64(e.Client.ID()))
		s.effects <- struct{}{}
	})
	trigger := message{"type": "CommandTriggerMessage", "uuid": s.uuids["command"]}
	s.say("triggered", "A", trigger, 1)
	s.say("triggered again", "A", trigger, 1)
	s.say("triggered by the other", "B", trigger, 1)
	s.step("disabled", func() { command.SetDisabled(true) })
	s.say("triggered while disabled", "A", trigger, 0)
	s.say("no command", "A", message{"type": "CommandTriggerMessage", "uuid": "nobody"}, 0)
	s.step("removed", command.Remove)
	s.say("triggered when gone", "A", trigger, 0)
	s.result("events", func() any { return events })
}

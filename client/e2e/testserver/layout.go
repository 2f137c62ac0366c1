package main

import (
	"context"
	"fmt"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

// layoutScenario has containers: panels, a form, tabs, a modal; and commands.
func layoutScenario(s *stage) {
	gui := s.GUI()
	s.Scene().AddBox("/box", nil)

	form := gui.AddForm("Profile", nil)
	name := form.AddText("Name", "", nil)
	form.AddNumber("Age", 1, nil)
	form.OnSubmit(func(_ context.Context, e viser.FormEvent) { s.event("submit %q by %d", name.Value(), e.Client.ID()) })

	group := gui.AddTabGroup(nil)
	group.AddTab("First", &viser.TabOptions{Icon: icon.Scissors}).AddText("In first", "", nil)
	group.AddTab("Second", &viser.TabOptions{Icon: icon.Brush}).AddText("In second", "", nil)

	gui.AddButton("Ask", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		modal := e.Client.GUI().AddModal("Question", nil)
		modal.AddText("Answer", "", nil)
		modal.AddButton("Done", nil).OnClick(func(context.Context, viser.ButtonEvent) { modal.Close() })
	})

	stats := gui.AddPanel(nil)
	stats.AddTab("Stats", &viser.TabOptions{Icon: icon.ChartBar}).AddText("In stats", "", nil)
	stats.DockLeft()
	stats.SetWidth(240)
	below := gui.AddPanel(nil)
	below.AddTab("Below", nil).AddText("In below", "", nil)
	below.AddTab("More", nil).AddText("In more", "", nil)
	below.DockBelow(stats)
	loose := gui.AddPanel(nil)
	loose.AddTab("Loose", nil).AddText("In loose", "", nil)
	loose.Float(&viser.FloatOptions{X: new(40.0), Y: new(60.0), Width: new(200.0)})

	command := func(label string, o *viser.CommandOptions) {
		gui.AddCommand(label, o).OnTrigger(func(_ context.Context, e viser.CommandEvent) {
			s.event("command %s by %d", label, e.Client.ID())
		})
	}
	command("Save", &viser.CommandOptions{Description: "Write it down", Hotkey: "S", Icon: icon.DeviceFloppy})
	command("Turn", &viser.CommandOptions{Hotkey: "T", Modifiers: []viser.Modifier{viser.Shift}})
	command("Forbidden", &viser.CommandOptions{Hotkey: "F", Disabled: true})

	panels := map[string]*viser.Panel{"stats": stats, "below": below, "loose": loose}
	s.commands["place"] = func(args string) (string, error) {
		var panel, order string
		if _, err := fmt.Sscan(args, &panel, &order); err != nil {
			return "", err
		}
		p := panels[panel]
		orders := map[string]func(){
			"left": p.DockLeft, "right": p.DockRight, "minimize": p.Minimize, "expand": p.Expand, "remove": p.Remove,
		}
		orders[order]()
		return "", nil
	}
}

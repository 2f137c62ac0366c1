package main

import (
	"context"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

func init() { scenarios["looking"] = lookingScenario }

// lookingScenario has every kind of widget, for users who may only look. Its page needs a token.
func lookingScenario(s *stage) {
	guiScenario(s)
	widgetsScenario(s)
	extensionWidgetsScenario(s)
	g := s.GUI()
	tabs := g.AddTabGroup(nil)
	tabs.AddTab("First", nil).AddText("In first", "1", nil)
	tabs.AddTab("Second", nil).AddText("In second", "2", nil)
	form := g.AddForm("Profile", nil)
	form.AddText("Profile name", "", nil)
	form.OnSubmit(func(context.Context, viser.FormEvent) { s.event("submitted") })
	g.AddUploadButton("Send a file", nil)
	x := []float64{0, 1, 2, 3}
	y := make([]float64, len(x))
	for i := range x {
		y[i] = math.Sin(x[i])
	}
	g.AddUplot([][]float64{x, y}, []uplot.Series{{Label: "x"}, {Label: "y", Stroke: "red"}}, nil)
	s.Scene().AddBox("/box", nil).OnClick(func(context.Context, viser.ClickEvent) { s.event("box") })
	s.do("ask", func(string) {
		modal := g.AddModal("Question", nil)
		modal.AddMarkdown("Shall it go on?", nil)
		modal.AddButton("Yes", nil)
	})
	s.commands["guest"] = func(string) (string, error) {
		return s.Tokens().Add(&viser.TokenOptions{Name: "guest"}).URL(), nil
	}
}

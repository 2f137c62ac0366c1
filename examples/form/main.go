package main // Form adds people to a table, appends to a chart, and accepts files.

import (
	"context"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
	"math"
)

func main() {
	server := viser.MustStart(nil)
	tabs := server.GUI().AddTabGroup(nil)
	form := tabs.AddTab("Settings", nil).AddForm("Profile", nil)
	name := form.AddText("Name", "Ada", nil)
	age := form.AddNumber("Age", 36, &viser.NumberOptions{Min: new(0.0), Max: new(120.0), Step: 1})
	form.AddButton("Save", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) { form.SubmitBy(e.Client) })
	table := tabs.AddTab("Data", nil).AddTable([]string{"Name", "Age"}, [][]any{{"Bob", 3}, {"Eve", 40}}, nil)
	form.OnSubmit(func(context.Context, viser.FormEvent) { table.Append([]any{name.Value(), age.Value()}) })
	chart := tabs.AddTab("Plots", nil).AddUplot([][]float64{{}, {}}, []uplot.Series{{Label: "t"}, {Label: "sin"}}, &viser.UplotOptions{Keep: 500})
	files := tabs.AddTab("Files", nil)
	info := files.AddMarkdown("*nothing yet*", nil)
	files.AddUploadButton("Upload", nil).OnUpload(func(_ context.Context, e viser.UploadEvent) { info.SetContent(e.File.String()) })
	for t := range server.Ticks(20) {
		chart.Append([]float64{t}, []float64{math.Sin(t)})
	}
}

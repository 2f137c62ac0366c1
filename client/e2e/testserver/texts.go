package main

import (
	"context"
	"image/color"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

// textPlaces returns a function that shows a text in every place of a page that shows text of a program, in every
// kind of widget. It replaces the previous text.
func (s *stage) textPlaces() func(text string) {
	g := s.GUI()
	return func(text string) {
		g.Reset()
		s.Scene().RemoveNode("/texts")
		g.SetPanelLabel(text)
		g.ConfigureTheme(&viser.Theme{Titlebar: &viser.Titlebar{
			Buttons: []viser.TitlebarButton{{Text: text, Href: text}},
			Image:   &viser.TitlebarImage{URLLight: text, Alt: text, Href: text},
		}})
		f := g.AddFolder(text, nil)
		textDisplays(f.Container, text)
		textInputs(f.Container, text)
		tab := g.AddTabGroup(nil).AddTab(text, nil)
		textPlots(tab.Container, text)
		textLines(g.AddForm(text, nil).Container, text)
		s.textPanels(text)
		g.AddCommand(text, &viser.CommandOptions{Description: text})
		sc := s.Scene()
		sc.AddFrame("/texts/"+text, nil)
		sc.AddLabel("/texts/label", text, nil)
		textDisplays(sc.AddGUIContainer("/texts/controls", nil).Container, text)
		for c := range s.Clients() {
			c.Notify(text, text, nil)
		}
	}
}

// textDisplays adds widgets without input.
func textDisplays(g viser.Container, text string) {
	g.AddMarkdown(text, nil)
	g.AddHTML(text, nil)
	g.AddImage(squares(color.NRGBA{255, 0, 0, 255}), &viser.GUIImageOptions{Label: text})
	g.AddProgressBar(40, &viser.ProgressBarOptions{Animated: true})
	g.AddDivider(nil)
}

// textInputs adds input widgets.
func textInputs(g viser.Container, text string) {
	marks := []viser.Mark{{Value: 0, Label: text}, {Value: 1, Label: text}}
	g.AddButton(text, &viser.ButtonOptions{Hint: text})
	g.AddButtonGroup(text, []string{text, "b"}, &viser.ButtonGroupOptions{Hint: text})
	g.AddUploadButton(text, &viser.UploadButtonOptions{Hint: text})
	g.AddCheckbox(text, true, &viser.CheckboxOptions{Hint: text})
	g.AddDropdown(text, []string{text, "b"}, &viser.DropdownOptions{Hint: text})
	g.AddMultiSelect(text, []string{text, "b"}, &viser.MultiSelectOptions{Hint: text, Initial: []string{text}})
	g.AddText(text, text, &viser.TextOptions{Hint: text, Multiline: true})
	g.AddNumber(text, 1, &viser.NumberOptions{Hint: text})
	g.AddSlider(text, 0, &viser.SliderOptions{Max: 1, Step: 0.5, Hint: text, Marks: marks})
	g.AddMultiSlider(text, []float64{0, 1}, &viser.MultiSliderOptions{Max: 1, Step: 0.5, Hint: text, Marks: marks})
	g.AddVector2(text, viser.Vec2{}, &viser.Vector2Options{Hint: text})
	g.AddVector3(text, viser.Vec3{}, &viser.Vector3Options{Hint: text})
	g.AddRGB(text, viser.RGB{}, &viser.RGBOptions{Hint: text})
	g.AddRGBA(text, viser.RGBA{}, &viser.RGBAOptions{Hint: text})
}

// textPlots adds a chart and a figure with the text in all their text fields.
func textPlots(g viser.Container, text string) {
	g.AddUplot([][]float64{{0, 1, 2}, {1, 3, 2}}, []uplot.Series{{Label: text}, {Label: text, Stroke: text}},
		&viser.UplotOptions{Title: text, Axes: []uplot.Axis{{Label: text, Values: []string{text, text, text}}, {Label: text}}})
	title := map[string]any{"text": text}
	_, err := g.AddPlotly(map[string]any{
		"data": []any{map[string]any{
			"type": "bar", "x": []string{text, "b"}, "y": []float64{3, 5}, "name": text, "text": text, "hovertext": text,
		}},
		"layout": map[string]any{
			"title": title, "showlegend": true, "xaxis": map[string]any{"title": title},
			"annotations": []any{map[string]any{"x": 0, "y": 1, "text": text}},
		},
	}, nil)
	if err != nil {
		panic(err)
	}
}

// textLines adds widgets with rows.
func textLines(g viser.Container, text string) {
	g.AddTable([]string{text, text}, [][]any{{text, 1}, {text, 2}}, &viser.TableOptions{Label: text})
	log := g.AddLog(&viser.LogOptions{Label: text})
	log.Print(viser.LogInfo, text)
	log.Print(viser.LogError, text)
}

// textPanels adds a panel at the side and one that floats.
func (s *stage) textPanels(text string) {
	side := s.GUI().AddPanel(nil)
	side.AddTab(text, nil).AddText(text, text, nil)
	side.AddTab(text, nil)
	side.DockLeft()
	loose := s.GUI().AddPanel(nil)
	loose.AddTab(text, nil).AddCheckbox(text, true, nil)
	loose.Float(&viser.FloatOptions{X: new(300.0), Y: new(80.0), Width: new(200.0)})
}

// textModal shows a text in a modal.
func (s *stage) textModal(text string) *viser.Modal {
	modal := s.GUI().AddModal(text, nil)
	textDisplays(modal.Container, text)
	modal.AddButton(text, nil).OnClick(func(context.Context, viser.ButtonEvent) { modal.Close() })
	return modal
}

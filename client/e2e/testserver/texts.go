package main

import "github.com/viser-go/viser"

// textPlaces gives a function that shows a text in every place of a page that shows text of a program. What it
// showed before goes.
func (s *stage) textPlaces() func(text string) {
	g := s.GUI()
	return func(text string) {
		g.Reset()
		s.Scene().RemoveByName("/texts")
		opts := viser.InputOptions{Hint: text}
		g.SetPanelLabel(text)
		g.ConfigureTheme(&viser.Theme{Titlebar: &viser.Titlebar{
			Buttons: []viser.TitlebarButton{{Text: text, Href: text}},
			Image:   &viser.TitlebarImage{URLLight: text, Alt: text, Href: text},
		}})
		f := g.AddFolder(text, nil)
		f.AddMarkdown(text, nil)
		f.AddHTML(text, nil)
		f.AddButton(text, &viser.ButtonOptions{InputOptions: opts})
		f.AddButtonGroup(text, []string{text, "b"}, nil)
		f.AddDropdown(text, []string{text, "b"}, nil)
		f.AddText(text, text, &viser.TextOptions{InputOptions: opts, Multiline: true})
		f.AddSlider(text, 0, 1, 0.5, 0, &viser.SliderOptions{Marks: []viser.Mark{{Value: 0, Label: text}}})
		g.AddTabGroup(nil).AddTab(text, nil).AddCheckbox(text, true, nil)
		form := g.AddForm(text, nil)
		form.AddVector3(text, viser.Vec3{}, nil)
		form.AddRGB(text, viser.RGB{}, nil)
		g.AddPanel(nil).AddTab(text, nil)
		g.AddCommand(text, &viser.CommandOptions{Description: text})
		sc := s.Scene()
		sc.AddFrame("/texts/"+text, nil)
		sc.AddLabel("/texts/label", text, nil)
		for c := range s.Clients() {
			c.Notify(text, text, nil)
		}
	}
}

package main

import (
	"image/color"

	"github.com/viser-go/viser"
)

func init() { scenarios["theme"] = themeScenario }

// themeScenario shows one node at a time, with default colors or with the color that follows.
func themeScenario(s *stage) {
	sc := s.Scene()
	s.do("grid", func(string) { sc.AddGrid("/node", &viser.GridOptions{SectionThickness: new(3.0)}) })
	s.do("green", func(string) {
		green := color.Color(viser.RGB{0, 220, 0})
		sc.AddGrid("/node", &viser.GridOptions{CellColor: green, SectionColor: green, SectionThickness: new(3.0)})
	})
	s.do("frustum", func(string) {
		sc.AddCameraFrustum("/node", 1, 1.3, &viser.CameraFrustumOptions{Thickness: 0.1})
	})
	s.do("dark", func(on string) { s.GUI().ConfigureTheme(&viser.Theme{DarkMode: on == "on"}) })
}

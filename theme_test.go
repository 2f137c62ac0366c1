package viser_test

import (
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestTheme(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		for rgb, want := range map[viser.RGB]string{ // what the real viser computes
			{230, 180, 30}:  "#faf0d1 #f7e8bb #f5e1a4 #f2d98e #f0d278 #edca61 #ebc34b #e8bb34 #e6b41e #c59916",
			{0, 128, 255}:   "#cce6ff #b3d9ff #99ccff #80bfff #66b3ff #4da6ff #3399ff #1a8dff #0080ff #006cd6",
			{13, 200, 77}:   "#cffcde #b2facb #95f8b7 #78f6a4 #5cf490 #3ff37c #22f169 #0fe558 #0dc84d #0ba23e",
			{255, 255, 255}: "#e6e6e6 #e6e6e6 #e7e7e7 #e7e7e7 #e8e8e8 #e9e9e9 #e9e9e9 #eaeaea #ebebeb #ebebeb",
		} {
			s.GUI().ConfigureTheme(&viser.Theme{DarkMode: true, BrandColor: rgb})
			p.catchUp()
			m := last[*wire.ThemeConfigurationMessage](p)
			if got := strings.Join(m.Colors[:], " "); got != want || !m.DarkMode || !m.ShowLogo {
				t.Errorf("%v: %s", rgb, got)
			}
		}
		s.GUI().ConfigureTheme(nil)
		s.GUI().SetPanelLabel("")
		p.catchUp()
		if m := last[*wire.ThemeConfigurationMessage](p); m.Colors != nil || m.ControlWidth != "medium" || last[*wire.SetGuiPanelLabelMessage](p).Label != nil {
			t.Errorf("%+v", m)
		}
	})
}

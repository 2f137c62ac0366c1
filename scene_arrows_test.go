package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestArrows(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		ends := [][2][3]float32{{{0, 0, 0}, {1, 0, 0}}, {{0, 0, 0}, {0, 1, 0}}}
		arrows := sc.AddArrows("/a", ends, []viser.RGB{{1, 2, 3}}, nil)
		ends[0][1][0] = 9
		if arrows.Points()[0][1][0] != 1 || len(arrows.Colors()) != 1 {
			t.Error("the arrows are not a copy")
		}
		misused(t, "colors", func() { sc.AddArrows("/a", ends, make([]viser.RGB, 3), nil) })
		misused(t, "a head of no length", func() { sc.AddArrows("/a", ends, nil, &viser.ArrowsOptions{HeadLength: -1}) })
		misused(t, "colors later", func() { arrows.SetColors(make([]viser.RGB, 3)) })
		sc.AddArrows("/none", nil, nil, nil)
		p.catchUp()
		p.frames = nil
		arrows.SetPoints(ends[:1], []viser.RGB{{7, 7, 7}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || len(p.frames) != 1 {
			t.Errorf("points and colors are not one change: %+v", m.Updates)
		}
	})
}

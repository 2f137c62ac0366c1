package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/viser-go/viser"
)

// toolsScenario has nodes for the page's own tools, and optionally many more.
func toolsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	box := sc.AddBox("/group/box", &viser.BoxOptions{Dimensions: viser.Uniform(1.5)})
	sc.AddPointCloud("/cloud", [][3]float32{{1, 1, 1}, {2, 2, 2}}, []viser.RGB{{0, 0, 0}}, nil)
	s.do("color", colorOf(box))
	s.do("dimensions", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		box.SetDimensions(viser.Uniform(x))
	})
	s.do("position", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		box.SetPosition(viser.Vec3{x, 0, 0})
	})
	s.commands["box"] = func(string) (string, error) {
		return asJSON(map[string]any{"dimensions": box.Dimensions(), "color": box.Color(), "position": box.Position()})
	}
	s.do("remove", func(v string) { sc.RemoveNode(v) })
	s.many()
	s.texts()
}

// many adds frames in groups of a hundred, and moves all of them.
func (s *stage) many() {
	var frames []*viser.Frame
	s.do("many", func(v string) {
		n, _ := strconv.Atoi(v)
		s.Atomic(func() {
			for i := range n {
				name := fmt.Sprintf("/many/g%d/n%d", i/100, i)
				frames = append(frames, s.Scene().AddFrame(name, &viser.FrameOptions{NoAxes: true}))
			}
		})
	})
	s.do("move", func(v string) {
		x, _ := strconv.ParseFloat(v, 64)
		s.Atomic(func() {
			for _, f := range frames {
				f.SetPosition(viser.Vec3{x, 0, 0})
			}
		})
	})
}

// texts shows each text in every place that shows text.
func (s *stage) texts() {
	var once sync.Once
	var show func(string)
	var modal *viser.Modal
	withText := func(f func(text string)) func(string) (string, error) {
		return func(v string) (string, error) {
			var text string
			if err := json.Unmarshal([]byte(v), &text); err != nil {
				return "", err
			}
			s.Atomic(func() { f(text) })
			return "", nil
		}
	}
	s.commands["text"] = withText(func(text string) {
		once.Do(func() { show = s.textPlaces() })
		show(text)
	})
	s.commands["modal"] = withText(func(text string) { modal = s.textModal(text) })
	s.do("close-modal", func(string) { modal.Close() })
}

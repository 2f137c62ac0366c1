package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["load"] = loadScenario }

// loadScenario has 400 elements, and writes to one of them 1000 times a second.
func loadScenario(s *stage) {
	g := s.GUI()
	g.AddButton("Answer me", nil).OnClick(func(context.Context, viser.ButtonEvent) { s.event("answered") })
	sliders := make([]*viser.Slider, 399)
	for i := range sliders {
		sliders[i] = g.AddSlider(fmt.Sprint("Slider ", i), 0, &viser.SliderOptions{Max: 1000, Step: 1})
	}
	s.do("set", func(v string) {
		i, _ := strconv.Atoi(v)
		sliders[i].SetValue(1000)
	})
	var written atomic.Int64
	var stop chan struct{}
	s.do("flood", func(string) {
		stop = make(chan struct{})
		go func() {
			tick := time.NewTicker(time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-stop:
					return
				case <-tick.C:
					sliders[0].SetValue(float64(written.Add(1) % 1000))
				}
			}
		}()
	})
	s.do("ebb", func(string) { close(stop) })
	s.commands["written"] = func(string) (string, error) { return fmt.Sprint(written.Load()), nil }
}

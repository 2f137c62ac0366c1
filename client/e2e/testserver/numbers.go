package main

import (
	"context"
	"fmt"
	"math"

	"github.com/viser-go/viser"
)

func init() { scenarios["numbers"] = numbersScenario }

// numbersScenario has widgets with long numbers.
func numbersScenario(s *stage) {
	gui := s.GUI()
	angle := gui.AddSlider("Angle", 0, &viser.SliderOptions{Min: -math.Pi, Max: math.Pi, Step: 0.01})
	angle.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { s.event(fmt.Sprint("angle ", e.Value)) })
	gui.AddSlider("Wide", 123456.789, &viser.SliderOptions{Min: -1e6, Max: 1e6, Step: 0.001})
	gui.AddNumber("Number", -1234567.891, nil)
	gui.AddVector3("Vector", viser.Vec3{1.2345, -200.125, 3}, nil)
	gui.AddVector2("Far", viser.Vec2{-4012345.678, 512345.678}, nil)
	gui.AddMarkdown("`#ff8800`\n\n- [x] done\n\n![A plan](https://images.example/plan.png)", nil)
}

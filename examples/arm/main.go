package main // Arm turns six joints that carry each other, and saves a picture of them.

import (
	"context"
	"fmt"
	"github.com/viser-go/viser"
	"math"
	"os"
	"time"
)

func main() {
	server := viser.MustStart(nil)
	server.InitialCamera().SetView(viser.Vec3{2, 2, 2}, viser.Vec3{0, 0, 1})
	server.Scene().AddGrid("/grid", nil)
	joints := server.GUI().AddFolder("Joints", nil)
	path, poses, sliders := "", make([]viser.PoseUpdate, 6), make([]*viser.Slider, 6)
	for i := range sliders {
		path += fmt.Sprint("/link", i)
		poses[i].Node = server.Scene().AddFrame(path, &viser.FrameOptions{AxesLength: 0.2, AxesRadius: 0.01})
		server.Scene().AddBox(path+"/mesh", &viser.BoxOptions{Position: viser.Vec3{0, 0, 0.2}, Dimensions: viser.Vec3{0.1, 0.1, 0.4}, Color: viser.RGB{200, 100, 50}})
		sliders[i] = joints.AddSlider(fmt.Sprint("Joint ", i), 0, &viser.SliderOptions{Min: -math.Pi, Max: math.Pi, Step: 0.01})
	}
	wobble := server.GUI().AddCheckbox("Wobble", true, nil)
	server.GUI().AddButton("Render to PNG", nil).OnClick(func(ctx context.Context, e viser.ButtonEvent) {
		note := "saved"
		if picture, err := e.Client.RenderEncoded(ctx, 800, 600, &viser.RenderOptions{Format: viser.PNG}); err != nil {
			note = err.Error()
		} else if err := os.WriteFile("render.png", picture, 0o644); err != nil {
			note = err.Error()
		}
		e.Client.Notify("render.png", note, &viser.NotificationOptions{AutoClose: 5 * time.Second})
	})
	for t := range server.Ticks(60) {
		for i, slider := range sliders {
			angle := slider.Value()
			if wobble.Value() {
				angle += 0.2 * math.Sin(t+float64(i))
			}
			poses[i].Pose = viser.Pose{Rotation: viser.AxisAngle(viser.Vec3{0, float64(i % 2), float64(1 - i%2)}, angle), Translation: viser.Vec3{0, 0, 0.4 * float64(min(i, 1))}}
		}
		server.Scene().SetPoses(poses)
	}
}

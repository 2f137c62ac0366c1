// Gui builds a panel with every kind of control, each of which changes a box. All clients show the same
// values.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
)

// orange is the box's color at first.
var orange = viser.RGB{255, 140, 0}

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	box := server.Scene().AddBox("/box", &viser.BoxOptions{Color: orange})
	label := server.Scene().AddLabel("/box/label", "a box", nil)
	addPanel(server.GUI(), box, label)
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

func addPanel(gui *viser.GUI, box *viser.Box, label *viser.Label) {
	gui.AddMarkdown("A panel that changes **one box**.", nil)

	size := gui.AddFolder("Size", nil) // a folder has the same methods as the panel
	size.AddSlider("Scale", 1, &viser.SliderOptions{Min: 0.1, Max: 3, Step: 0.1}).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		box.SetScale(viser.Uniform(e.Value))
	})
	size.AddVector3("Dimensions", viser.Uniform(1), &viser.Vector3Options{Step: 0.1}).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.Vec3]) {
			if min(e.Value[0], e.Value[1], e.Value[2]) > 0 {
				box.SetDimensions(e.Value)
			}
		})
	size.AddNumber("Height above the ground", 0, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		box.SetPosition(viser.Vec3{0, 0, e.Value})
	})

	look := gui.AddFolder("Look", nil)
	look.AddCheckbox("Visible", true, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
		box.SetVisible(e.Value)
	})
	look.AddRGB("Color", orange, nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[viser.RGB]) {
		box.SetColor(e.Value)
	})
	look.AddDropdown("Material", []string{string(viser.StandardMaterial), string(viser.Toon3), string(viser.Toon5)}, nil).
		OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) { box.SetMaterial(viser.Material(e.Value)) })
	look.AddText("Label", "a box", nil).OnUpdate(func(_ context.Context, e viser.UpdateEvent[string]) {
		label.SetText(e.Value)
	})

	bar := gui.AddProgressBar(0, nil)
	gui.AddButton("Click me ten times", nil).OnClick(func(_ context.Context, e viser.ButtonEvent) {
		bar.SetValue(bar.Value() + 10)
		if bar.Value() == 100 {
			e.Client.Notify("Done", "The bar is full.", nil)
			e.Target.SetDisabled(true)
		}
	})
}

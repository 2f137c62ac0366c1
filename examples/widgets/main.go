// Widgets shows the controls that examples/gui has no use for: sliders of several handles, pairs, colors with opacity,
// choices, buttons with icons that can be held, pictures and HTML; and it remembers visitors in the browser's storage.
package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"log"
	"os"
	"os/signal"
	"testing/fstest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	addInputs(server.GUI())
	addButtons(server)
	addDisplays(server.GUI())
	server.OnClientConnect(greet)
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

func addInputs(gui *viser.GUI) {
	inputs := gui.AddFolder("Inputs", nil)
	marks := []viser.Mark{{Value: 0, Label: "dark"}, {Value: 50}, {Value: 100, Label: "bright"}}
	inputs.AddMultiSlider("Levels", []float64{10, 45, 90}, &viser.MultiSliderOptions{
		Max: 100, Step: 1,
		MinRange: 5.0, Marks: marks,
	})
	inputs.AddSlider("Exposure", 50, &viser.SliderOptions{Max: 100, Step: 1, Marks: marks})
	inputs.AddVector2("Size", viser.Vec2{640, 480}, &viser.Vector2Options{Min: &viser.Vec2{1, 1}})
	inputs.AddRGBA("Tint", viser.RGBA{64, 160, 255, 128}, nil)
	notes := inputs.AddText("Notes", "several\nlines", &viser.TextOptions{Multiline: true})
	inputs.AddButtonGroup("Sort by", []string{"name", "date", "size"}, nil).
		OnClick(func(_ context.Context, e viser.ButtonGroupEvent) { notes.SetValue("sorted by " + e.Value) })
}

func addButtons(server *viser.Server) {
	gui := server.GUI()
	box := server.Scene().AddBox("/box", nil)
	up := gui.AddButton("Hold to lift", &viser.ButtonOptions{Icon: icon.ArrowUp})
	up.OnHold(30, func(context.Context, viser.ButtonEvent) {
		p := box.Position()
		p[2] += 0.02
		box.SetPosition(p)
	})
	gui.AddButton("Put it down", &viser.ButtonOptions{
		Icon: icon.ArrowDown, Color: viser.Orange,
		Hint: "back to the ground",
	}).OnClick(func(context.Context, viser.ButtonEvent) { box.SetPosition(viser.Vec3{}) })
	gui.AddDivider(nil)
}

// logo is the file system with the picture of the text below. A real program would use the FS of
// os.OpenRoot("docs"), or an embedded one.
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><circle cx="12" cy="12" r="10" fill="#e64980"/></svg>`

func addDisplays(gui *viser.GUI) {
	gui.AddMarkdown("![logo](logo.svg) A picture **inside** the text.", &viser.MarkdownOptions{
		ImageRoot: fstest.MapFS{"logo.svg": {Data: []byte(logo)}},
	})
	gui.AddMarkdown(`A formula: $$\int_{-\infty}^\infty e^{-x^2}\,dx = \sqrt{\pi}$$`, nil)
	gui.AddHTML(`<table><tr><th>HTML</th><td style="color: teal">in a table</td></tr></table>`, nil)
	gui.AddImage(ramp(), &viser.GUIImageOptions{Label: "An image"})
}

// ramp is a picture of two colors that run into each other.
func ramp() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 256, 64))
	for y := range 64 {
		for x := range 256 {
			img.SetNRGBA(x, y, color.NRGBA{R: uint8(x), G: uint8(2 * y), B: uint8(255 - x), A: 255})
		}
	}
	return img
}

// greet shows whether this browser has visited before.
func greet(ctx context.Context, c *viser.Client) {
	_, known, err := c.LocalStorage().Get(ctx, "visited")
	switch {
	case err != nil:
		log.Println(err)
	case known:
		c.Notify("Welcome back", "This browser has been here before.", nil)
	default:
		c.Notify("Welcome", "This browser has not been here before.", nil)
		if err := c.LocalStorage().Set(ctx, "visited", "yes"); err != nil {
			log.Println(err)
		}
	}
}

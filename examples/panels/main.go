// Command panels shows containers: panels docked, floating and above each other, a
// form, a question in a modal, tabs, commands with hotkeys, and a library that shares
// the server with other code.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"os/signal"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/icon"
)

func main() {
	addr := flag.String("addr", viser.DefaultAddr, "listen on this `address`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	server := viser.New(&viser.Options{Addr: *addr})
	setup(server)
	if err := server.Start(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println("Open", server.URL())
	<-ctx.Done()
	server.Close()
}

func setup(server *viser.Server) {
	gui := server.GUI()
	server.Scene().AddGrid("/grid", nil)
	server.Scene().AddFrame("/arm", &viser.FrameOptions{AxesLength: 0.3, AxesRadius: 0.02})
	arm := addArm(server.Scene().Part("/arm"), gui.AddFolder("Arm", nil).Part())

	addProfile(gui, server)
	addLayout(gui)
	addCommands(gui, arm)
}

// addProfile adds a form, and a modal that asks before everything is removed.
func addProfile(gui *viser.GUI, server *viser.Server) {
	form := gui.AddForm("Profile", nil)
	name := form.AddText("Name", "Ada", nil)
	height := form.AddNumber("Height", 1.7, &viser.NumberOptions{Min: new(0.0), Step: 0.01})
	save := form.AddButton("Save", &viser.ButtonOptions{Icon: icon.DeviceFloppy})
	save.OnClick(func(context.Context, viser.ButtonEvent) { form.Submit() })
	status := server.Scene().AddLabel("/status", "nobody yet", &viser.LabelOptions{Position: viser.Vec3{0, 0, 2}})
	form.OnSubmit(func(context.Context, viser.FormEvent) {
		status.SetText(fmt.Sprintf("%s, %.2f m", name.Value(), height.Value()))
	})

	ask := gui.AddButton("Start again …", nil)
	ask.OnClick(func(_ context.Context, e viser.ButtonEvent) {
		// On the page of the one who clicked, and nowhere else.
		modal := e.Client.GUI().AddModal("Forget the profile?", nil)
		modal.AddMarkdown("The name and the height go back to what they were.", nil)
		modal.AddButton("Forget", &viser.ButtonOptions{Color: viser.Red}).OnClick(
			func(context.Context, viser.ButtonEvent) {
				name.SetValue("Ada")
				height.SetValue(1.7)
				modal.Close()
			})
		modal.AddButton("Keep", nil).OnClick(func(context.Context, viser.ButtonEvent) { modal.Close() })
	})
}

// addLayout adds panels beside the control panel.
func addLayout(gui *viser.GUI) {
	stats := gui.AddPanel(nil)
	numbers := stats.AddTab("Numbers", &viser.TabOptions{Icon: icon.ChartBar})
	numbers.AddProgressBar(60, nil)
	numbers.AddNumber("Frames", 0, nil)
	stats.AddTab("Notes", &viser.TabOptions{Icon: icon.Note}).AddMarkdown("Drag me by my title.", nil)
	stats.DockLeft()
	stats.SetWidth(260)

	about := gui.AddPanel(nil)
	about.AddTab("About", nil).AddMarkdown("Below, in the same column.", nil)
	about.DockBelow(stats)

	tools := gui.AddPanel(nil)
	tabs := tools.AddTab("Tools", &viser.TabOptions{Icon: icon.Tool}).AddTabGroup(nil)
	tabs.AddTab("Cut", &viser.TabOptions{Icon: icon.Scissors}).AddSlider("Depth", 2, &viser.SliderOptions{Max: 10, Step: 0.5})
	tabs.AddTab("Paint", &viser.TabOptions{Icon: icon.Brush}).AddRGB("Color", viser.RGB{200, 80, 20}, nil)
	tools.Float(&viser.FloatOptions{X: new(-24.0), Y: new(-24.0), Width: new(240.0)})
}

// addCommands adds entries for the palette, Ctrl+K or Cmd+K.
func addCommands(gui *viser.GUI, a *arm) {
	wave := gui.AddCommand("Wave", &viser.CommandOptions{
		Description: "Turn the arm by 30 degrees", Hotkey: "T", Icon: icon.HandStop,
	})
	wave.OnTrigger(func(context.Context, viser.CommandEvent) { a.turn(30) })
	left := gui.AddCommand("Dock the controls left", &viser.CommandOptions{
		Hotkey: viser.KeyArrowLeft, Modifiers: []viser.Modifier{viser.Alt}, Icon: icon.LayoutSidebar,
	})
	left.OnTrigger(func(context.Context, viser.CommandEvent) { gui.MainPanel().DockLeft() })
	float := gui.AddCommand("Let the controls float", nil)
	float.OnTrigger(func(context.Context, viser.CommandEvent) { gui.MainPanel().Float(nil) })
	gui.AddCommand("Not now", &viser.CommandOptions{Disabled: true})
}

// An arm represents a library that shares the server: it receives a part of the scene
// and one of the GUI, and can remove only its own nodes and controls.
type arm struct {
	angle *viser.Slider
}

func addArm(scene *viser.Scene, gui viser.Container) *arm {
	joint := scene.AddFrame("/joint", &viser.FrameOptions{NoAxes: true})
	scene.AddBox("/joint/upper", &viser.BoxOptions{
		Dimensions: viser.Vec3{1, 0.2, 0.2}, Position: viser.Vec3{0.5, 0, 0},
	})
	a := &arm{angle: gui.AddSlider("Angle", 0, &viser.SliderOptions{Min: -180, Max: 180, Step: 1})}
	a.angle.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		joint.SetWXYZ(viser.AxisAngle(viser.Vec3{0, 0, 1}, e.Value*math.Pi/180))
	})
	return a
}

func (a *arm) turn(by float64) {
	a.angle.SetValue(math.Remainder(a.angle.Value()+by, 360))
}

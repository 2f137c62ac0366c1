package viser_test

import (
	"context"
	"fmt"
	"image"
	"sync"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/uplot"
)

func ExampleContainer_AddSlider() {
	server := viser.New(nil)
	defer server.Close()
	slider := server.GUI().AddSlider("Gain", 0.5, &viser.SliderOptions{Max: 2, Step: 0.1})
	slider.SetValue(5) // moved to the end of the range
	fmt.Println(slider.Value(), slider.Max())
	// Output: 2 2
}

func ExampleContainer_AddMultiSlider() {
	server := viser.New(nil)
	defer server.Close()
	ends := server.GUI().AddMultiSlider("Range", []float64{2, 5}, &viser.MultiSliderOptions{Max: 10, Step: 1})
	fmt.Println(ends.Value())
	// Output: [2 5]
}

// Zero is a bound like any other, so bounds of a number are pointers.
func ExampleContainer_AddNumber() {
	server := viser.New(nil)
	defer server.Close()
	age := server.GUI().AddNumber("Age", 36, &viser.NumberOptions{Min: new(0.0), Max: new(120.0), Step: 1})
	age.SetValue(-1)
	fmt.Println(age.Value())
	// Output: 0
}

func ExampleContainer_AddText() {
	server := viser.New(nil)
	defer server.Close()
	name := server.GUI().AddText("Name", "Ada", &viser.TextOptions{Hint: "as in the log"})
	fmt.Println(name.Value(), "-", name.Hint())
	// Output: Ada - as in the log
}

func ExampleContainer_AddCheckbox() {
	server := viser.New(nil)
	defer server.Close()
	shown := server.GUI().AddCheckbox("Show axes", true, nil)
	server.Scene().WorldAxes().SetVisible(shown.Value())
	fmt.Println(server.Scene().WorldAxes().Visible())
	// Output: true
}

// Choices that come from data may be missing: TrySetValue returns an error.
func ExampleContainer_AddDropdown() {
	server := viser.New(nil)
	defer server.Close()
	shape := server.GUI().AddDropdown("Shape", []string{"wave", "ball"}, nil)
	err := shape.TrySetValue("cube")
	fmt.Println(shape.Value(), err != nil)
	// Output: wave true
}

func ExampleContainer_AddMultiSelect() {
	server := viser.New(nil)
	defer server.Close()
	layers := server.GUI().AddMultiSelect("Layers", []string{"points", "mesh", "labels"}, nil)
	layers.SetValue([]string{"labels", "points"})
	fmt.Println(layers.Value())
	// Output: [points labels]
}

func ExampleContainer_AddRGB() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	pick := server.GUI().AddRGB("Color", viser.RGB{255, 120, 0}, nil)
	box.SetColor(pick.Value())
	fmt.Println(box.Color())
	// Output: [255 120 0]
}

func ExampleContainer_AddRGBA() {
	server := viser.New(nil)
	defer server.Close()
	fmt.Println(server.GUI().AddRGBA("Tint", viser.RGBA{255, 0, 0, 128}, nil).Value())
	// Output: [255 0 0 128]
}

func ExampleContainer_AddVector3() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	at := server.GUI().AddVector3("Position", viser.Vec3{1, 2, 3}, nil)
	box.SetPosition(at.Value())
	fmt.Println(box.Position())
	// Output: [1 2 3]
}

func ExampleContainer_AddVector2() {
	server := viser.New(nil)
	defer server.Close()
	fmt.Println(server.GUI().AddVector2("Range", viser.Vec2{0, 10}, nil).Value())
	// Output: [0 10]
}

func ExampleContainer_AddButton() {
	server := viser.New(nil)
	defer server.Close()
	start := server.GUI().AddButton("Start", &viser.ButtonOptions{Color: viser.Green})
	start.OnClick(func(ctx context.Context, e viser.ButtonEvent) {
		e.Client.Notify("Started", "", nil) // on the page of who pressed it
	})
	fmt.Println(start.Label(), start.Color())
	// Output: Start green
}

func ExampleContainer_AddButtonGroup() {
	server := viser.New(nil)
	defer server.Close()
	views := server.GUI().AddButtonGroup("View", []string{"top", "side"}, nil)
	views.OnClick(func(ctx context.Context, e viser.ButtonGroupEvent) {
		if e.Value == "top" {
			_ = e.Client.Camera().SetPosition(viser.Vec3{0, 0, 5}) // fails only once the client has left
		}
	})
	fmt.Println(views.Options())
	// Output: [top side]
}

func ExampleContainer_AddFolder() {
	server := viser.New(nil)
	defer server.Close()
	folder := server.GUI().AddFolder("Camera", nil)
	inside := folder.AddCheckbox("Follow", false, nil)
	folder.Remove()
	fmt.Println(inside.Removed())
	// Output: true
}

// The values of a form belong together: OnSubmit runs once all are complete.
func ExampleContainer_AddForm() {
	server := viser.New(nil)
	defer server.Close()
	form := server.GUI().AddForm("Profile", nil)
	name := form.AddText("Name", "Ada", nil)
	var done sync.WaitGroup
	done.Add(1)
	form.OnSubmit(func(context.Context, viser.FormEvent) {
		fmt.Println("hello", name.Value())
		done.Done()
	})
	form.Submit()
	done.Wait()
	// Output: hello Ada
}

func ExampleContainer_AddTabGroup() {
	server := viser.New(nil)
	defer server.Close()
	tabs := server.GUI().AddTabGroup(nil)
	tabs.AddTab("Scene", nil).AddMarkdown("What is shown.", nil)
	tabs.AddTab("Data", nil).AddMarkdown("Where it is from.", nil)
	fmt.Println(len(tabs.Tabs()))
	// Output: 2
}

// A panel is a window of its own on the page.
func ExampleContainer_AddPanel() {
	server := viser.New(nil)
	defer server.Close()
	panel := server.GUI().AddPanel(nil)
	panel.AddTab("Statistics", nil).AddProgressBar(40, nil)
	panel.DockLeft()
	panel.SetWidth(300)
	fmt.Println(len(panel.Tabs()))
	// Output: 1
}

func ExampleContainer_AddModal() {
	server := viser.New(nil)
	defer server.Close()
	modal := server.GUI().AddModal("Delete the map?", nil)
	modal.AddButton("Keep it", nil).OnClick(func(context.Context, viser.ButtonEvent) { modal.Close() })
	fmt.Println(modal.Title())
	// Output: Delete the map?
}

// A command is found in the page's palette, and by its keys.
func ExampleContainer_AddCommand() {
	server := viser.New(nil)
	defer server.Close()
	record := server.GUI().AddCommand("Start recording", nil)
	record.SetHotkey(viser.KeySpace, viser.CmdCtrl)
	record.OnTrigger(func(context.Context, viser.CommandEvent) { record.SetLabel("Stop recording") })
	fmt.Println(record.Label())
	// Output: Start recording
}

func ExampleContainer_AddTable() {
	server := viser.New(nil)
	defer server.Close()
	table := server.GUI().AddTable([]string{"Name", "Age"}, [][]any{{"Bob", 3}}, nil)
	table.Append([]any{"Eve", 40})
	fmt.Println(table.Len(), table.Columns())
	// Output: 2 [Name Age]
}

func ExampleContainer_AddLog() {
	server := viser.New(nil)
	defer server.Close()
	lines := server.GUI().AddLog(&viser.LogOptions{Label: "Robot"})
	lines.Print(viser.LogInfo, "arm ready")
	lines.Print(viser.LogWarn, "battery low")
	fmt.Println(lines.Len())
	// Output: 2
}

// Keep bounds the number of samples: older ones are removed.
func ExampleContainer_AddUplot() {
	server := viser.New(nil)
	defer server.Close()
	chart := server.GUI().AddUplot([][]float64{{}, {}}, []uplot.Series{{Label: "t"}, {Label: "height"}}, &viser.UplotOptions{Keep: 500})
	chart.Append([]float64{0, 1}, []float64{2.5, 2.7})
	fmt.Println(chart.Len())
	// Output: 2
}

// A figure is any value that encodes to Plotly's JSON.
func ExampleContainer_AddPlotly() {
	server := viser.New(nil)
	defer server.Close()
	plot, err := server.GUI().AddPlotly(map[string]any{
		"data": []any{map[string]any{"type": "bar", "x": []string{"a", "b"}, "y": []int{3, 5}}},
	}, nil)
	fmt.Println(plot.Visible(), err)
	// Output: true <nil>
}

func ExampleContainer_AddMarkdown() {
	server := viser.New(nil)
	defer server.Close()
	info := server.GUI().AddMarkdown("*nothing yet*", nil)
	info.SetContent("**3** points, color `#ff7800`, $e^{i\\pi} = -1$")
	fmt.Println(len(info.Content()) > 0)
	// Output: true
}

func ExampleEscapeMarkdown() {
	fmt.Println("received **" + viser.EscapeMarkdown("scan_01*.ply") + "**")
	// Output: received **scan\_01\*\.ply**
}

func ExampleContainer_AddHTML() {
	server := viser.New(nil)
	defer server.Close()
	fmt.Println(server.GUI().AddHTML("<b>bold</b>", nil).Content())
	// Output: <b>bold</b>
}

func ExampleContainer_AddImage() {
	server := viser.New(nil)
	defer server.Close()
	picture := server.GUI().AddImage(image.NewRGBA(image.Rect(0, 0, 64, 32)), &viser.GUIImageOptions{Label: "Left eye"})
	fmt.Println(picture.Label())
	// Output: Left eye
}

func ExampleContainer_AddProgressBar() {
	server := viser.New(nil)
	defer server.Close()
	bar := server.GUI().AddProgressBar(0, nil)
	bar.SetValue(75) // percent
	fmt.Println(bar.Value())
	// Output: 75
}

func ExampleContainer_AddDivider() {
	server := viser.New(nil)
	defer server.Close()
	server.GUI().AddText("Above", "", nil)
	line := server.GUI().AddDivider(nil)
	server.GUI().AddText("Below", "", nil)
	fmt.Println(line.Visible())
	// Output: true
}

// A slow loop over the changes of a value receives the newest value.
func ExampleInput_Updates() {
	server := viser.New(nil)
	defer server.Close()
	gain := server.GUI().AddSlider("Gain", 0, &viser.SliderOptions{Max: 10, Step: 1})
	ctx, stop := context.WithCancel(context.Background())
	stop() // a program that continues would not
	for e := range gain.Updates(ctx) {
		fmt.Println("gain is", e.Value)
	}
	fmt.Println(gain.Value())
	// Output: 0
}

func ExampleButton_Clicks() {
	server := viser.New(nil)
	defer server.Close()
	next := server.GUI().AddButton("Next", nil)
	ctx, stop := context.WithCancel(context.Background())
	stop() // a program that continues would not
	for e := range next.Clicks(ctx) {
		fmt.Println("pressed by client", e.Client.ID())
	}
	// Output:
}

func ExampleGUI_ConfigureTheme() {
	server := viser.New(nil)
	defer server.Close()
	server.GUI().ConfigureTheme(&viser.Theme{DarkMode: true, BrandColor: viser.RGB{230, 80, 20}})
	server.GUI().SetPanelLabel("Robot 7")
	// Output:
}

// A picture with what a detector found in it.
func ExampleContainer_AddImageView() {
	server := viser.New(nil)
	defer server.Close()
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	view := server.GUI().AddImageView(img, &viser.ImageViewOptions{Label: "Camera"})
	view.SetBoxes([]viser.ImageBox{{X: 120, Y: 80, Width: 64, Height: 40, Label: "car", Score: 0.92}})
	view.SetClasses([]viser.ImageClass{{ID: 1, Name: "road"}})
	view.SetSegmentation(2, 2, []uint16{0, 0, 1, 1}) // stretched over the picture
	view.OnClick(func(ctx context.Context, e viser.ImageClickEvent) { fmt.Println(e.X, e.Y) })
	fmt.Println(len(view.Boxes()))
	// Output: 1
}

// Millimeters of a depth camera, shown in meters.
func ExampleImageView_SetDepth16() {
	server := viser.New(nil)
	defer server.Close()
	view := server.GUI().AddImageView(nil, &viser.ImageViewOptions{Label: "Depth", Scale: 0.001, Unit: "m"})
	view.SetDepth16(3, 1, []uint16{0, 850, 1200}) // 0: nothing was seen
	fmt.Println(view.Scale())
	// Output: 0.001
}

// One stream, shown in the scene and in the panel.
func ExampleNewImageStream() {
	server := viser.New(nil)
	defer server.Close()
	camera := viser.NewImageStream(nil)
	server.Scene().AddCameraFrustum("/camera", 0.9, 16.0/9, &viser.CameraFrustumOptions{Stream: camera})
	server.GUI().AddImageView(nil, &viser.ImageViewOptions{Label: "Camera", Stream: camera})
	pix := make([]byte, 64*36*3)
	for range 100 { // as fast as it can: pictures in between are dropped
		camera.SetPixels(64, 36, viser.PixelsRGB, pix)
	}
	fmt.Println(camera.Stats().Set)
	// Output: 100
}

package interop_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/viser-go/viser"
)

// showServer is the counterpart of pydriver/serve.py: a scene, and a panel with a
// slider whose values from a client are sent to the channel.
func showServer(t *testing.T, origin string, scene func(*viser.Server)) (server *viser.Server, moved <-chan float64) {
	t.Helper()
	server = viser.New(&viser.Options{
		Addr: "127.0.0.1:0", AllowedOrigins: []string{origin}, Label: "interop panel",
		Logger: slog.New(slog.DiscardHandler),
	})
	scene(server)
	slider := showGUI(server)
	values := make(chan float64, 64)
	slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) { values <- e.Value })
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return server, values
}

func showScene(server *viser.Server) {
	at := func(x, y, z float64) viser.Vec3 {
		return viser.Vec3{x, y, z}
	}
	colored := func(r, g, b uint8) viser.RGB {
		return viser.RGB{r, g, b}
	}
	server.InitialCamera().SetPosition(viser.Vec3{4.4, 8.4, 5})
	server.InitialCamera().SetLookAt(viser.Vec3{-1.8, 1.6, 0})
	scene := server.Scene()
	scene.AddGrid("/grid", &viser.GridOptions{Width: 8, Height: 8})
	scene.AddFrame("/frame", &viser.FrameOptions{Position: at(-2, -2, 0)})
	scene.AddPointCloud("/cloud", times(points, 0.5), colors, &viser.PointCloudOptions{
		Position: at(0, -2, 1), PointSize: 0.3,
	})
	scene.AddMesh("/mesh", vertices, faces, &viser.MeshOptions{
		Position: at(2, -2, 0), Side: viser.DoubleSide,
	})
	scene.AddBox("/box", &viser.BoxOptions{Position: at(-2, 0, 0.5), Color: colored(220, 60, 60)})
	scene.AddIcosphere("/ball", &viser.IcosphereOptions{
		Position: at(0, 0, 0.6), Radius: 0.6, Color: colored(60, 180, 60),
	})
	scene.AddCylinder("/can", &viser.CylinderOptions{
		Position: at(2, 0, 0.6), Radius: 0.5, Height: 1.2, Color: colored(60, 60, 220),
	})
	scene.AddLineSegments("/lines", segments, segmentColors, &viser.LineSegmentsOptions{
		Position: at(-2, 2, 0.2), Thickness: 0.08,
	})
	scene.AddLabel("/label", "interop", &viser.LabelOptions{Position: at(0, 2, 0.5)})
	scene.AddGaussianSplats("/splats", times(points, 0.4),
		[][6]float32{{0.3, 0, 0, 0.1, 0, 0.05}, {0.1, 0, 0, 0.3, 0, 0.05}, {0.1, 0, 0, 0.05, 0, 0.3}},
		colors, []float32{1, 0.75, 0.5}, &viser.GaussianSplatsOptions{Position: at(-4, 2, 0.5)})
	upright := viser.Quat{W: 0.7071068, X: -0.7071068}
	scene.AddCameraFrustum("/cam", 1, 2, &viser.CameraFrustumOptions{
		WXYZ: upright, Position: at(2, 2, 0.5), Scale: viser.Uniform(0.8), Image: imageRGB(), Format: viser.PNG,
	})
}

func showGUI(server *viser.Server) *viser.Slider {
	gui := server.GUI()
	gui.ConfigureTheme(&viser.Theme{BrandColor: viser.RGB{30, 120, 90}})
	folder := gui.AddFolder("a folder", nil)
	folder.AddButton("a button", nil)
	slider := folder.AddSlider("a slider", 5, &viser.SliderOptions{Max: 10, Step: 0.5})
	folder.AddNumber("a number", 3.5, nil)
	folder.AddText("a text", "some text", nil)
	folder.AddCheckbox("a checkbox", true, nil)
	folder.AddDropdown("a dropdown", []string{"one", "two"}, nil)
	gui.AddRGB("a color", viser.RGB{200, 100, 50}, nil)
	gui.AddVector3("a vector", viser.Vec3{1, 2, 3}, nil)
	gui.AddMarkdown("some **bold** words", nil)
	gui.AddProgressBar(40, nil)
	return slider
}

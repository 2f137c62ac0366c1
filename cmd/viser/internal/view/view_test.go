package view

import (
	"context"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/internal/wire"
)

// models are all that view tells apart, and what is hard to size.
func models() map[string]*ply.Model {
	points, faces := bunny.Mesh()
	copied := func() [][3]float32 { return append([][3]float32(nil), points...) }
	colors := make([][3]uint8, len(points))
	for i := range colors {
		colors[i] = [3]uint8{uint8(i), uint8(i / 3), 99}
	}
	return map[string]*ply.Model{
		"mesh":         {Points: copied(), Faces: faces},
		"colored mesh": {Points: copied(), Faces: faces, Colors: colors},
		"colored faces": {
			Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Faces: [][3]uint32{{0, 1, 2}}, FaceColors: [][3]uint8{{1, 2, 3}},
		},
		"cloud":         {Points: copied()},
		"colored cloud": {Points: copied(), Colors: append([][3]uint8(nil), colors...), Normals: copied()},
		"one point":     {Points: [][3]float32{{4, 5, 6}}},
		"huge":          {Points: [][3]float32{{-3e38, 0, 0}, {3e38, 1, 1}}},
		"tiny":          {Points: [][3]float32{{0, 0, 0}, {1e-30, 1e-30, 0}}},
		"far away":      {Origin: [3]float64{1e9, 1e9, 1e9}, Points: [][3]float32{{0, 0, 0}, {1, 1, 1}}},
	}
}

// TestShowAndPanel shows each model with each axis up, and sets every control to its ends. A panic of a
// callback would be logged.
func TestShowAndPanel(t *testing.T) {
	for name, m := range models() {
		t.Run(name, func(t *testing.T) {
			log := &fakepage.Log{}
			server := viser.New(&viser.Options{Logger: log.Logger()})
			if err := Show(server, m, Options{Name: name, Up: YUp}); err != nil {
				t.Fatal(err)
			}
			heard := make(chan struct{})
			server.GUI().AddButton("done", nil).OnClick(func(context.Context, viser.ButtonEvent) { heard <- struct{}{} })
			page := fakepage.Open(t, server)
			page.Until("the last control", func(m wire.Message) bool {
				b, ok := m.(*wire.GuiButtonMessage)
				return ok && b.Props.Label == "done"
			})
			done := page.Element("done").UUID
			for _, e := range page.Elements() {
				for _, v := range e.Values() {
					if e.UUID != done {
						page.Set(e.UUID, v)
						page.Set(done, true)
						<-heard
					}
				}
			}
			page.Leave()
			if err := server.Close(); err != nil { // it waits for callbacks
				t.Error(err)
			}
			if text := log.String(); text != "" {
				t.Errorf("the server logged:\n%s", text)
			}
		})
	}
}

// TestMeshesHaveTheColorsOfTheirFile looks at what the scene gets of vertices' and faces' colors.
func TestMeshesHaveTheColorsOfTheirFile(t *testing.T) {
	shown := func(name string) *viser.Mesh {
		server := viser.New(nil)
		if err := Show(server, models()[name], Options{Name: name}); err != nil {
			t.Fatal(err)
		}
		node, ok := server.Scene().ByName(modelName + "/surface")
		if !ok {
			t.Fatalf("%s: no surface", name)
		}
		return node.(*viser.Mesh)
	}
	m := models()["colored mesh"]
	got := shown("colored mesh")
	if c := got.VertexColors(); len(c) != len(m.Points) || c[700] != viser.RGB(m.Colors[700]) {
		t.Errorf("%d colors of vertices", len(c))
	}
	if c := got.Color(); c[2] != 99 {
		t.Errorf("viser's own page would show %v; want the mean", c)
	}
	faces := shown("colored faces")
	if c := faces.VertexColors(); len(c) != 3 || c[0] != (viser.RGB{1, 2, 3}) || c[2] != c[0] {
		t.Errorf("colors %v", c)
	}
	if c := shown("mesh").VertexColors(); c != nil {
		t.Errorf("a mesh without colors has %v", c)
	}
}

// TestColorModes follows the colors of a cloud through the panel.
func TestColorModes(t *testing.T) {
	server := viser.New(nil)
	m := models()["colored cloud"]
	if err := Show(server, m, Options{Name: "cloud"}); err != nil {
		t.Fatal(err)
	}
	found, _ := server.Scene().ByName(modelName)
	node := found.(*viser.PointCloud)
	if c := node.Colors(); len(c) != len(m.Points) || c[700] != viser.RGB(m.Colors[700]) {
		t.Errorf("%d colors", len(c))
	}
	page := fakepage.Open(t, server)
	page.Until("the controls", func(m wire.Message) bool {
		d, ok := m.(*wire.GuiDropdownMessage)
		return ok && d.Props.Label == "Up"
	})
	page.Set(page.Element("Colors").UUID, colorsOne)
	page.Until("one color", func(msg wire.Message) bool {
		_, ok := msg.(*wire.SceneNodeUpdateMessage)
		return ok
	})
	if c := node.Colors(); len(c) != 1 || c[0] != defaultColor {
		t.Errorf("the colors are %d: %.3v", len(c), c)
	}
}

func TestThin(t *testing.T) {
	m := models()["colored cloud"]
	all := len(m.Points)
	want := m.Points[3]
	v := &viewer{model: m}
	v.thin(700)
	if len(m.Points) != (all+2)/3 || len(m.Colors) != len(m.Points) || len(m.Normals) != len(m.Points) {
		t.Fatalf("%d points, %d colors, %d normals", len(m.Points), len(m.Colors), len(m.Normals))
	}
	if m.Points[1] != want {
		t.Errorf("the second point is %v, want the fourth, %v", m.Points[1], want)
	}
	v.thin(0)
	if len(m.Points) != (all+2)/3 {
		t.Error("0 means all")
	}
}

func TestShowNothing(t *testing.T) {
	server := viser.New(nil)
	defer server.Close()
	if err := Show(server, &ply.Model{}, Options{}); err == nil {
		t.Error("an empty model is shown")
	}
}

// TestInfoIsPlain: what a file says is text, whatever it looks like.
func TestInfoIsPlain(t *testing.T) {
	v := &viewer{
		model: &ply.Model{
			Points: make([][3]float32, 1_234_567), Comments: []string{"# big\n<img src=x onerror=alert(1)>", "[a](javascript:x)"},
			DroppedPoints: 3,
		},
		name: "**x**", all: 1_234_567,
	}
	v.place = placeOf(v.model)
	info := v.info()
	for _, want := range []string{`\*\*x\*\*`, "1,234,567 points", `\<img src\=x`, `\[a\]\(javascript\:x\)`, "3 points without"} {
		if !strings.Contains(info, strings.ReplaceAll(want, `\=`, "=")) {
			t.Errorf("there is no %q in\n%s", want, info)
		}
	}
	if strings.Contains(info, "<img") && !strings.Contains(info, `\<img`) {
		t.Errorf("markup of the file is in\n%s", info)
	}
}

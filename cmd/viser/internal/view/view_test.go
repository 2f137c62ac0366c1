package view

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/cmd/viser/internal/paint"
	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/ply"
	"github.com/viser-go/viser/internal/wire"
)

// models are all kinds that view distinguishes, and those with difficult sizes.
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
		"textured mesh": {
			Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Faces: [][3]uint32{{0, 1, 2}}, UVs: [][2]float32{{0, 0}, {1, 0}, {0, 1}},
			Textures: []string{"wood.png"},
		},
		"mesh with fields": {
			Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Faces: [][3]uint32{{0, 1, 2}}, Normals: make([][3]float32, 3),
			Columns: [][]float32{{1, 2, 3}, {0, 0, 0}}, Alphas: []uint8{1, 2, 3}, Colors: make([][3]uint8, 3),
		},
		"cloud with fields": {Points: [][3]float32{{0, 0, 0}, {1, 0, 0}}, Columns: [][]float32{{1, 1e30}, {0, 1e-30}}, Edges: [][2]uint32{{0, 1}}},
		"cloud":             {Points: copied()},
		"colored cloud":     {Points: copied(), Colors: append([][3]uint8(nil), colors...), Normals: copied()},
		"one point":         {Points: [][3]float32{{4, 5, 6}}},
		"huge":              {Points: [][3]float32{{-3e38, 0, 0}, {3e38, 1, 1}}},
		"tiny":              {Points: [][3]float32{{0, 0, 0}, {1e-30, 1e-30, 0}}},
		"far away":          {Origin: [3]float64{1e9, 1e9, 1e9}, Points: [][3]float32{{0, 0, 0}, {1, 1, 1}}},
	}
}

// wood is a texture that is always there.
func wood(string) (image.Image, error) { return image.NewGray(image.Rect(0, 0, 2, 2)), nil }

// TestShowAndPanel shows each model with each axis up, and sets every control to its ends. A panic of a
// callback would be logged.
func TestShowAndPanel(t *testing.T) {
	for name, m := range models() {
		t.Run(name, func(t *testing.T) {
			log := &fakepage.Log{}
			server := viser.New(&viser.Options{Logger: log.Logger()})
			if _, err := Show(server, m, Options{Name: name, Up: YUp, Fields: []string{"quality", "label"}, OpenTexture: wood}); err != nil {
				t.Fatal(err)
			}
			clicked := make(chan struct{})
			server.GUI().AddButton("done", nil).OnClick(func(context.Context, viser.ButtonEvent) { clicked <- struct{}{} })
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
						<-clicked
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

// TestMeshesHaveTheColorsOfTheirFile checks the colors of vertices and faces in the scene.
func TestMeshesHaveTheColorsOfTheirFile(t *testing.T) {
	shown := func(name string) *viser.Mesh {
		server := viser.New(nil)
		if _, err := Show(server, models()[name], Options{Name: name}); err != nil {
			t.Fatal(err)
		}
		node, ok := server.Scene().Node(modelName + "/surface")
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
	if _, err := Show(server, m, Options{Name: "cloud"}); err != nil {
		t.Fatal(err)
	}
	found, _ := server.Scene().Node(modelName)
	node := found.(*viser.PointCloud)
	if c := node.Colors(); len(c) != len(m.Points) || c[700] != viser.RGB(m.Colors[700]) {
		t.Errorf("%d colors", len(c))
	}
	page := fakepage.Open(t, server)
	untilControls(page)
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
	if _, err := Show(server, &ply.Model{}, Options{}); err == nil {
		t.Error("an empty model is shown")
	}
}

// TestInfoIsPlain: text in a file is shown as plain text.
func TestInfoIsPlain(t *testing.T) {
	v := &viewer{
		model: &ply.Model{
			Points: make([][3]float32, 1_234_567), Comments: []string{"# big\n<img src=x onerror=alert(1)>", "**x** [a](javascript:x)"},
			DroppedPoints: 3,
		},
		all: 1_234_567,
	}
	v.place = placeOf(v.model)
	info := v.info()
	for _, want := range []string{`\*\*x\*\*`, "1,234,567 points", `\<img src\=x`, `&#91;a&#93;&#40;javascript\:x&#41;`, "3 points without"} {
		if !strings.Contains(info, want) {
			t.Errorf("there is no %q in\n%s", want, info)
		}
	}
	if strings.Contains(info, "<img") && !strings.Contains(info, `\<img`) {
		t.Errorf("markup of the file is in\n%s", info)
	}
}

// show shows a model and returns its server.
func show(t *testing.T, m *ply.Model, o Options) (server *viser.Server, notShown []string) {
	t.Helper()
	server = viser.New(nil)
	t.Cleanup(func() { server.Close() })
	notShown, err := Show(server, m, o)
	if err != nil {
		t.Fatal(err)
	}
	return server, notShown
}

// untilControls waits until the panel was received: the choice of the up axis is its last
// element.
func untilControls(page *fakepage.Page) {
	page.Until("the controls", func(m wire.Message) bool {
		d, ok := m.(*wire.GuiDropdownMessage)
		return ok && d.Props.Label == "Up"
	})
}

func nodeOf[N viser.Node](t *testing.T, server *viser.Server, name string) N {
	t.Helper()
	node, ok := server.Scene().Node(name)
	n, is := node.(N)
	if !ok || !is {
		t.Fatalf("%s is a %T", name, node)
	}
	return n
}

// fielded are three points, or a triangle of them, with two fields.
func fielded(faces [][3]uint32) *ply.Model {
	return &ply.Model{
		Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Faces: faces,
		Columns: [][]float32{{10, 20, float32(math.NaN())}, nil, {7, 7, 7}},
	}
}

var fieldNames = []string{"quality", "none", "Label"}

// TestColorByField: any number of the vertices can be the color, of clouds and of meshes.
func TestColorByField(t *testing.T) {
	want := []viser.RGB{paint.Ramp(0), paint.Ramp(1), noValueColor}
	server, _ := show(t, fielded(nil), Options{Fields: fieldNames, ColorBy: "Quality"})
	cloud := nodeOf[*viser.PointCloud](t, server, modelName)
	if diff := cmp.Diff(want, cloud.Colors()); diff != "" {
		t.Error(diff)
	}
	meshes, _ := show(t, fielded([][3]uint32{{0, 1, 2}}), Options{Fields: fieldNames, ColorBy: "quality"})
	if diff := cmp.Diff(want, nodeOf[*viser.Mesh](t, meshes, modelName+"/surface").VertexColors()); diff != "" {
		t.Error(diff)
	}

	page := fakepage.Open(t, server)
	untilControls(page)
	update := func(m wire.Message) bool {
		u, ok := m.(*wire.SceneNodeUpdateMessage)
		return ok && u.Name == modelName
	}
	page.Set(page.Element("High").UUID, 30)
	page.Until("new colors", update)
	if got := cloud.Colors()[1]; got != paint.Ramp(0.5) {
		t.Errorf("in the middle of the ramp, the color is %v", got)
	}
	page.Set(page.Element("Colors").UUID, "Label")
	page.Until("new colors", update)
	if diff := cmp.Diff([]viser.RGB{paint.Ramp(0), paint.Ramp(0), paint.Ramp(0)}, cloud.Colors()); diff != "" {
		t.Error(diff)
	}
}

// TestSpanInPanel: the ends of a field's range have no digits that mean nothing beside the range.
func TestSpanInPanel(t *testing.T) {
	m := fielded(nil)
	m.Columns[0] = []float32{1.63e-7, 0.5, 0.99505} // as a float32, 0.9950500130653381
	server, _ := show(t, m, Options{Fields: fieldNames, ColorBy: "quality"})
	page := fakepage.Open(t, server)
	untilControls(page)
	for label, want := range map[string]float64{"Low": 0, "High": 0.99505} {
		if got := page.Element(label).Message.(*wire.GuiNumberMessage).Value; got != want {
			t.Errorf("%s is %v, want %v", label, got, want)
		}
	}
}

// TestNameIsShownOnce: it is the panel's title, and not repeated below it.
func TestNameIsShownOnce(t *testing.T) {
	server, _ := show(t, fielded(nil), Options{Name: "hills"})
	page := fakepage.Open(t, server)
	untilControls(page)
	var named []string
	for _, m := range page.Messages {
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("hills")) {
			named = append(named, m.Type())
		}
	}
	if want := []string{"SetGuiPanelLabelMessage"}; !slices.Equal(named, want) {
		t.Errorf("the name is in %q, want it only in %q", named, want)
	}
}

func TestColorBy(t *testing.T) {
	for by, want := range map[string]string{
		"": colorsHeight, "height": colorsHeight, "ONE": colorsOne, "Label": "Label", "label": "Label", "quality": "quality",
	} {
		v := &viewer{model: fielded(nil)}
		v.fields = fieldsOf(v.model, fieldNames)
		c := v.newColoring(false)
		if err := c.choose(by); err != nil || c.mode != want {
			t.Errorf("%q is %q, %v; want %q", by, c.mode, err, want)
		}
	}
	for _, by := range []string{"none", "file", "normal", "texture", "by height"} {
		_, err := Show(viser.New(nil), fielded(nil), Options{Fields: fieldNames, ColorBy: by})
		if want := `it cannot be colored by "` + by + `"; it can be by: Label, height, one, quality`; err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	m, s := someSplats(3)
	if _, err := Show(viser.New(nil), m, Options{Splats: s, ColorBy: "height"}); err == nil {
		t.Error("splats are colored by their height")
	}
}

// TestFieldNames: a choice in the panel needs names that differ.
func TestFieldNames(t *testing.T) {
	m := &ply.Model{Columns: [][]float32{{1}, {2}, {3}, {4}, nil}}
	fields := fieldsOf(m, []string{"a", colorsHeight, "a", "", "b"})
	if diff := cmp.Diff([]Field{{"a", []float32{1}}}, fields); diff != "" {
		t.Error(diff)
	}
}

// TestEdges: lines where the file has its edges, wherever the model is shown and whichever points are left out.
func TestEdges(t *testing.T) {
	m := &ply.Model{Edges: [][2]uint32{{0, 99}, {1, 2}}, EdgeColors: [][3]uint8{{1, 2, 3}, {4, 5, 6}}}
	for i := range 100 {
		m.Points = append(m.Points, [3]float32{5000 + float32(i), 0, 0})
	}
	server, _ := show(t, m, Options{MaxPoints: 10})
	lines := nodeOf[*viser.LineSegments](t, server, modelName+"/edges")
	parent := nodeOf[*viser.PointCloud](t, server, modelName)
	for i, want := range [][2]float64{{5000, 5099}, {5001, 5002}} {
		for k, x := range want {
			if got := float64(lines.Points()[i][k][0]) + parent.Position()[0]; got != x {
				t.Errorf("edge %d ends at x = %v, want %v", i, got, x)
			}
		}
	}
	if diff := cmp.Diff([][2]viser.RGB{{{1, 2, 3}, {1, 2, 3}}, {{4, 5, 6}, {4, 5, 6}}}, lines.Colors()); diff != "" {
		t.Error(diff)
	}
	plain, _ := show(t, &ply.Model{Points: make([][3]float32, 2), Edges: [][2]uint32{{0, 1}}}, Options{})
	if c := nodeOf[*viser.LineSegments](t, plain, modelName+"/edges").Colors(); len(c) != 1 || c[0][0] != edgeColor {
		t.Errorf("edges without a color have %v", c)
	}
}

// TestTextures: one node for each texture that exists, and missing ones are reported.
func TestTextures(t *testing.T) {
	missing := errors.New("there is no such file")
	open := func(name string) (image.Image, error) {
		if name == "wood.png" {
			return wood(name)
		}
		return nil, missing
	}
	m := &ply.Model{
		Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Faces: [][3]uint32{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}},
		Textures: []string{"stone.png", "wood.png"}, FaceTextures: []uint32{1, 0, 1},
		FaceUVs: [][3][2]float32{{{0, 0}, {1, 0}, {1, 1}}, {}, {{0.5, 0}, {0, 0.5}, {1, 1}}},
	}
	server, notShown := show(t, m, Options{OpenTexture: open})
	if diff := cmp.Diff([]string{`texture "stone.png" (there is no such file)`}, notShown); diff != "" {
		t.Error(diff)
	}
	bare := nodeOf[*viser.Mesh](t, server, modelName+"/surface")
	dressed := nodeOf[*viser.Mesh](t, server, modelName+"/surface 1")
	if len(bare.Faces()) != 1 || bare.Texture() != nil || len(dressed.Faces()) != 2 || dressed.Texture() == nil {
		t.Errorf("%d faces without and %d with a texture", len(bare.Faces()), len(dressed.Faces()))
	}
	if diff := cmp.Diff([][2]float32{{0, 0}, {1, 0}, {1, 1}, {0.5, 0}, {0, 0.5}, {1, 1}}, dressed.UVs()); diff != "" {
		t.Error(diff)
	}
	page := fakepage.Open(t, server)
	untilControls(page)
	page.Set(page.Element("Colors").UUID, colorsOne)
	page.Until("the second node to go", func(m wire.Message) bool {
		r, ok := m.(*wire.RemoveSceneNodeMessage)
		return ok && r.Name == modelName+"/surface 1"
	})

	byPoint, _ := show(t, models()["textured mesh"], Options{OpenTexture: open})
	if got := nodeOf[*viser.Mesh](t, byPoint, modelName+"/surface"); got.Texture() == nil || len(got.UVs()) != 3 {
		t.Errorf("texture %v, places %v", got.Texture(), got.UVs())
	}
	for want, m := range map[string]*ply.Model{
		`texture "wood.png" (standard input has no folder)`:        models()["textured mesh"],
		`texture "wood.png" (the file has no faces)`:               {Points: make([][3]float32, 3), Textures: []string{"wood.png"}},
		`texture "wood.png" (the file has no texture coordinates)`: {Points: make([][3]float32, 3), Faces: make([][3]uint32, 1), Textures: []string{"wood.png"}},
		`the opacity of the points`:                                {Points: make([][3]float32, 1), Colors: make([][3]uint8, 1), Alphas: []uint8{3}},
	} {
		server, notShown := show(t, m, Options{})
		if diff := cmp.Diff([]string{want}, notShown); diff != "" {
			t.Error(diff)
		}
		v := &viewer{model: m, hidden: notShown, all: 3}
		v.place = placeOf(m)
		if info := v.info(); !strings.Contains(info, plain(NotShown(notShown))) {
			t.Errorf("there is no %q in\n%s", NotShown(notShown), info)
		}
		server.Close()
	}
}

func TestNotShownIsOneLine(t *testing.T) {
	if got := NotShown([]string{"a", "b"}); got != "not shown: a, b" {
		t.Error(got)
	}
	if got := NotShown(make([]string, 50)); !strings.HasSuffix(got, " and 38 more") {
		t.Error(got)
	}
}

// TestOneColorIsOfferedWhereItIsUsed: the field is shown while the mode is one color.
func TestOneColorIsOfferedWhereItIsUsed(t *testing.T) {
	server, _ := show(t, models()["colored cloud"], Options{})
	page := fakepage.Open(t, server)
	untilControls(page)
	field := page.Element("One color")
	if field.Message.(*wire.GuiRgbMessage).Props.Visible {
		t.Error("it is shown while the colors are those of the file")
	}
	page.Set(page.Element("Colors").UUID, colorsOne)
	page.Until("the field is shown", func(m wire.Message) bool {
		u, ok := m.(*wire.GuiUpdateMessage)
		return ok && u.UUID == field.UUID && fmt.Sprint(u.Updates) == fmt.Sprint(wire.Updates{{Key: "visible", Value: true}})
	})
}

// TestLeftOutIsTold: what is thinned out or dropped is returned, for the terminal.
func TestLeftOutIsTold(t *testing.T) {
	m := models()["colored cloud"]
	m.DroppedPoints, m.DroppedFaces = 3, 2
	all := len(m.Points)
	_, got := show(t, m, Options{MaxPoints: 10, NotShown: []string{"camera"}})
	want := []string{
		fmt.Sprintf("%s of %s points (thinned out, see --max-points)", grouped(all-len(m.Points)), grouped(all)),
		"3 points without finite coordinates", "2 faces without an area or finite corners", "camera",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

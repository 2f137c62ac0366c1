package view

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/cmd/viser/internal/fakepage"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/cloud"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/models"
)

const modelName = "/model"

func cloudModel(c *cloud.Cloud) *models.Model {
	if c.Total == 0 {
		c.Total = int64(len(c.Points) + c.Dropped)
	}
	return &models.Model{Name: "model", Cloud: c}
}

func meshModel(parts ...mesh.Part) *models.Model {
	for i := range parts {
		if parts[i].Material == 0 {
			parts[i].Material = -1
		}
	}
	return &models.Model{Name: "model", Mesh: &mesh.Model{Parts: parts}}
}

// wood is a material with a texture.
func wood(t *testing.T) mesh.Material {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	m := mesh.DefaultMaterial("wood")
	m.Texture = &mesh.Image{Name: "wood.png", Type: "image/png", Data: b.Bytes()}
	return m
}

func triangle() mesh.Part {
	return mesh.Part{Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, Faces: [][3]uint32{{0, 1, 2}}}
}

// someModels are all kinds that view distinguishes, and those with difficult sizes.
func someModels(t *testing.T) map[string]*models.Model {
	points, faces := bunny.Mesh()
	copied := func() [][3]float32 { return slices.Clone(points) }
	colors := make([][3]uint8, len(points))
	for i := range colors {
		colors[i] = [3]uint8{uint8(i), uint8(i / 3), 99}
	}
	textured := meshModel(triangle(), triangle())
	textured.Mesh.Materials = []mesh.Material{mesh.DefaultMaterial("plain"), wood(t)}
	textured.Mesh.Parts[0].Material = 1
	textured.Mesh.Parts[0].UVs = [][2]float32{{0, 0}, {1, 0}, {0, 1}}
	painted := meshModel(triangle(), triangle())
	painted.Mesh.Materials = []mesh.Material{{Color: [4]float32{1, 0, 0, 1}}, {Color: [4]float32{0, 1, 0, 0.5}}}
	painted.Mesh.Parts[0].Material, painted.Mesh.Parts[1].Material = 0, 1
	fields := meshModel(mesh.Part{
		Points: triangle().Points, Faces: triangle().Faces, Normals: make([][3]float32, 3), Alphas: []uint8{1, 2, 3}, Colors: make([][3]uint8, 3),
	})
	fields.MeshFields = []cloud.Field{{Name: "quality", Values: []float32{1, 2, 3}}, {Name: "label", Values: []float32{0, 0, 0}}}
	lines := cloudModel(&cloud.Cloud{
		Points: [][3]float32{{0, 0, 0}, {1, 0, 0}},
		Fields: []cloud.Field{{Name: "quality", Values: []float32{1, 1e30}}, {Name: "label", Values: []float32{0, 1e-30}}},
	})
	lines.Mesh = &mesh.Model{Parts: []mesh.Part{{Points: lines.Cloud.Points, Lines: [][2]uint32{{0, 1}}, Material: -1}}}
	return map[string]*models.Model{
		"mesh":              meshModel(mesh.Part{Points: copied(), Faces: faces}),
		"colored mesh":      meshModel(mesh.Part{Points: copied(), Faces: faces, Colors: colors}),
		"textured mesh":     textured,
		"painted mesh":      painted,
		"mesh with fields":  fields,
		"cloud with fields": lines,
		"cloud":             cloudModel(&cloud.Cloud{Points: copied()}),
		"colored cloud":     cloudModel(&cloud.Cloud{Points: copied(), Colors: slices.Clone(colors), Normals: copied()}),
		"one point":         cloudModel(&cloud.Cloud{Points: [][3]float32{{4, 5, 6}}}),
		"huge":              cloudModel(&cloud.Cloud{Points: [][3]float32{{-3e38, 0, 0}, {3e38, 1, 1}}}),
		"tiny":              cloudModel(&cloud.Cloud{Points: [][3]float32{{0, 0, 0}, {1e-30, 1e-30, 0}}}),
		"far away":          cloudModel(&cloud.Cloud{Origin: [3]float64{1e9, 1e9, 1e9}, Points: [][3]float32{{0, 0, 0}, {1, 1, 1}}}),
	}
}

// TestShowAndPanel shows each model with each axis up, and sets every control to its ends. A panic of a
// callback would be logged.
func TestShowAndPanel(t *testing.T) {
	for name, m := range someModels(t) {
		t.Run(name, func(t *testing.T) {
			log := &fakepage.Log{}
			server := viser.New(&viser.Options{Logger: log.Logger()})
			if _, err := New(server, Options{Up: ptr(YUp)}).Show(m); err != nil {
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

// TestMeshesHaveTheColorsOfTheirFile checks the colors of vertices and materials in the scene.
func TestMeshesHaveTheColorsOfTheirFile(t *testing.T) {
	all := someModels(t)
	shown := func(name string) *viser.Mesh {
		server, _ := show(t, all[name], Options{})
		return nodeOf[*viser.Mesh](t, server, modelName+"/surface")
	}
	m := all["colored mesh"].Mesh.Parts[0]
	got := shown("colored mesh")
	if c := got.VertexColors(); len(c) != len(m.Points) || c[700] != viser.RGB(m.Colors[700]) {
		t.Errorf("%d colors of vertices", len(c))
	}
	if c := got.Color(); c[2] != 99 {
		t.Errorf("viser's own page would show %v; want the mean", c)
	}
	if c := shown("mesh").VertexColors(); c != nil {
		t.Errorf("a mesh without colors has %v", c)
	}
	server, _ := show(t, all["painted mesh"], Options{})
	red := nodeOf[*viser.Mesh](t, server, modelName+"/surface")
	green := nodeOf[*viser.Mesh](t, server, modelName+"/surface 1")
	if red.Color() != (viser.RGB{255, 0, 0}) || green.Color() != (viser.RGB{0, 255, 0}) || red.Opacity() != 1 || green.Opacity() != 0.5 {
		t.Errorf("%v of opacity %v, %v of opacity %v", red.Color(), red.Opacity(), green.Color(), green.Opacity())
	}
}

// TestColorModes follows the colors of a cloud through the panel.
func TestColorModes(t *testing.T) {
	m := someModels(t)["colored cloud"]
	server, _ := show(t, m, Options{})
	node := nodeOf[*viser.PointCloud](t, server, modelName+"/points")
	if c := node.Colors(); len(c) != len(m.Cloud.Points) || c[700] != viser.RGB(m.Cloud.Colors[700]) {
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

func TestShowNothing(t *testing.T) {
	server := viser.New(nil)
	defer server.Close()
	if _, err := New(server, Options{}).Show(cloudModel(&cloud.Cloud{})); err == nil {
		t.Error("an empty model is shown")
	}
}

// TestInfoIsPlain: text in a file is shown as plain text.
func TestInfoIsPlain(t *testing.T) {
	m := cloudModel(&cloud.Cloud{Points: make([][3]float32, 1_234_567), Dropped: 3})
	m.Comments = []string{"# big\n<img src=x onerror=alert(1)>", "**x** [a](javascript:x)"}
	f, err := New(viser.New(nil), Options{}).newFile(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	info := f.text()
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
func show(t *testing.T, m *models.Model, o Options) (server *viser.Server, notShown []string) {
	t.Helper()
	server = viser.New(nil)
	t.Cleanup(func() { server.Close() })
	notShown, err := New(server, o).Show(m)
	if err != nil {
		t.Fatal(err)
	}
	return server, notShown
}

// untilControls waits until the panel was received: the button to look at everything is its last element.
func untilControls(page *fakepage.Page) {
	page.Until("the controls", func(m wire.Message) bool {
		d, ok := m.(*wire.GuiButtonMessage)
		return ok && d.Props.Label == "Look at all"
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
func fielded(faces [][3]uint32) *models.Model {
	points := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	fields := []cloud.Field{{Name: "quality", Values: []float32{10, 20, float32(math.NaN())}}, {Name: "Label", Values: []float32{7, 7, 8}}}
	if faces == nil {
		return cloudModel(&cloud.Cloud{Points: points, Fields: fields})
	}
	m := meshModel(mesh.Part{Points: points, Faces: faces})
	m.MeshFields = fields
	return m
}

// TestColorByField: any number of the vertices can be the color, of clouds and of meshes.
func TestColorByField(t *testing.T) {
	at := func(x float64) viser.RGB { return colormap.Viridis.At(x) }
	want := []viser.RGB{at(0), at(1), noValueColor}
	server, _ := show(t, fielded(nil), Options{ColorBy: "Quality"})
	points := nodeOf[*viser.PointCloud](t, server, modelName+"/points")
	if diff := cmp.Diff(want, points.Colors()); diff != "" {
		t.Error(diff)
	}
	meshes, _ := show(t, fielded([][3]uint32{{0, 1, 2}}), Options{ColorBy: "quality"})
	if diff := cmp.Diff(want, nodeOf[*viser.Mesh](t, meshes, modelName+"/surface").VertexColors()); diff != "" {
		t.Error(diff)
	}

	page := fakepage.Open(t, server)
	untilControls(page)
	update := func(m wire.Message) bool {
		u, ok := m.(*wire.SceneNodeUpdateMessage)
		return ok && u.Name == modelName+"/points"
	}
	page.Set(page.Element("High").UUID, 30)
	page.Until("new colors", update)
	if got := points.Colors()[1]; got != at(0.5) {
		t.Errorf("in the middle of the map, the color is %v", got)
	}
	page.Set(page.Element("Color map").UUID, "turbo")
	page.Until("new colors", update)
	if got := points.Colors()[1]; got != colormap.Turbo.At(0.5) {
		t.Errorf("in the middle of turbo, the color is %v", got)
	}
	page.Set(page.Element("Colors").UUID, "Label")
	page.Until("new colors", update)
	class := func(n int) viser.RGB { return colormap.Category(n) }
	if diff := cmp.Diff([]viser.RGB{class(7), class(7), class(8)}, points.Colors()); diff != "" {
		t.Error(diff)
	}
}

// TestSpanInPanel: the ends of a field's range have no digits that mean nothing beside the range.
func TestSpanInPanel(t *testing.T) {
	m := fielded(nil)
	m.Cloud.Fields[0].Values = []float32{1.63e-7, 0.5, 0.99505} // as a float32, 0.9950500130653381
	server, _ := show(t, m, Options{ColorBy: "quality"})
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
	m := fielded(nil)
	m.Name = "hills"
	server, _ := show(t, m, Options{})
	page := fakepage.Open(t, server)
	untilControls(page)
	var named []string
	for _, m := range page.Messages {
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("hills")) && !bytes.Contains(text, []byte("/hills")) {
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
		f, err := New(viser.New(nil), Options{}).newFile(fielded(nil), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := colorAll([]*file{f}, by); err != nil || f.colorings[0].mode != want {
			t.Errorf("%q is %q, %v; want %q", by, f.colorings[0].mode, err, want)
		}
	}
	for _, by := range []string{"none", "file", "normal", "texture", "by height"} {
		_, err := New(viser.New(nil), Options{ColorBy: by}).Show(fielded(nil))
		if want := `it cannot be colored by "` + by + `"; it can be by: Label, height, one, quality`; err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := New(viser.New(nil), Options{ColorBy: "height"}).Show(someSplats(3)); err == nil {
		t.Error("splats are colored by their height")
	}
	// Of several files, one that has the field is enough.
	if _, err := New(viser.New(nil), Options{ColorBy: "quality"}).Show(someSplats(3), fielded(nil)); err != nil {
		t.Error(err)
	}
}

// TestFieldNames: a choice in the panel needs names that differ.
func TestFieldNames(t *testing.T) {
	fields := distinct([]cloud.Field{{Name: "a", Values: []float32{1}}, {Name: colorsHeight}, {Name: "a"}, {Name: ""}})
	if diff := cmp.Diff([]cloud.Field{{Name: "a", Values: []float32{1}}}, fields); diff != "" {
		t.Error(diff)
	}
}

// TestLines: lines where the file has them, wherever the model is shown.
func TestLines(t *testing.T) {
	m := cloudModel(&cloud.Cloud{})
	line := mesh.Part{Lines: [][2]uint32{{0, 1}}, Material: -1, Colors: [][3]uint8{{1, 2, 3}, {4, 5, 6}}}
	for i := range 100 {
		m.Cloud.Points = append(m.Cloud.Points, [3]float32{5000 + float32(i), 0, 0})
	}
	line.Points = [][3]float32{{5000, 0, 0}, {5099, 0, 0}}
	m.Mesh = &mesh.Model{Parts: []mesh.Part{line}}
	server, _ := show(t, m, Options{})
	lines := nodeOf[*viser.LineSegments](t, server, modelName+"/lines")
	parent := nodeOf[*viser.Frame](t, server, modelName)
	for k, x := range []float64{5000, 5099} {
		if got := float64(lines.Points()[0][k][0]) + lines.Position()[0] + parent.Position()[0]; got != x {
			t.Errorf("the line ends at x = %v, want %v", got, x)
		}
	}
	if diff := cmp.Diff([][2]viser.RGB{{{1, 2, 3}, {4, 5, 6}}}, lines.Colors()); diff != "" {
		t.Error(diff)
	}
	plain, _ := show(t, someModels(t)["cloud with fields"], Options{})
	if c := nodeOf[*viser.LineSegments](t, plain, modelName+"/lines").Colors(); len(c) != 1 || c[0][0] != lineColor {
		t.Errorf("lines without a color have %v", c)
	}
}

// TestTextures: one node for each material, and a single one in other colors.
func TestTextures(t *testing.T) {
	m := someModels(t)["textured mesh"]
	server, _ := show(t, m, Options{})
	dressed := nodeOf[*viser.Mesh](t, server, modelName+"/surface")
	bare := nodeOf[*viser.Mesh](t, server, modelName+"/surface 1")
	if bare.Texture() != nil || dressed.Texture() == nil || len(dressed.UVs()) != 3 {
		t.Errorf("textures %v and %v", dressed.Texture(), bare.Texture())
	}
	page := fakepage.Open(t, server)
	untilControls(page)
	page.Set(page.Element("Colors").UUID, colorsOne)
	page.Until("the second node to go", func(m wire.Message) bool {
		r, ok := m.(*wire.RemoveSceneNodeMessage)
		return ok && r.Name == modelName+"/surface 1"
	})
	broken := someModels(t)["textured mesh"]
	broken.Mesh.Materials[1].Texture.Data = []byte("no picture")
	_, notShown := show(t, broken, Options{})
	if diff := cmp.Diff([]string{"not shown: texture wood.png: it is neither PNG, JPEG, WebP, GIF, BMP nor TIFF"}, notShown); diff != "" {
		t.Error(diff)
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
	server, _ := show(t, someModels(t)["colored cloud"], Options{})
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
	m := cloudModel(&cloud.Cloud{Points: make([][3]float32, 10), Dropped: 3, Total: 1013, Colors: make([][3]uint8, 10), Alphas: make([]uint8, 10)})
	m.NotShown = []string{"camera"}
	_, got := show(t, m, Options{})
	want := []string{"not shown: 1,000 of 1,010 points (thinned out, see --max-points), 3 points without finite coordinates, " +
		"camera, the opacity of the points"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestSeveralFiles: each has a node and a folder of its own, also those of the same name.
func TestSeveralFiles(t *testing.T) {
	server := viser.New(nil)
	defer server.Close()
	v := New(server, Options{})
	empty := cloudModel(&cloud.Cloud{})
	empty.Name = "empty.ply"
	notShown, err := v.Show(fielded(nil), empty, fielded([][3]uint32{{0, 1, 2}}))
	if err != nil || v.Shown() != 2 {
		t.Fatal(err, v.Shown())
	}
	if diff := cmp.Diff([]string{"empty.ply: it has nothing to show"}, notShown); diff != "" {
		t.Error(diff)
	}
	second := nodeOf[*viser.Frame](t, server, "/model (2)")
	page := fakepage.Open(t, server)
	untilControls(page)
	for _, label := range []string{"model", "model (2)"} {
		if _, ok := page.Element(label).Message.(*wire.GuiFolderMessage); !ok {
			t.Errorf("there is no folder %q", label)
		}
	}
	var boxes []string
	for _, e := range page.Elements() {
		if b, ok := e.Message.(*wire.GuiCheckboxMessage); ok && b.Props.Label == "Show" {
			boxes = append(boxes, e.UUID)
		}
	}
	if len(boxes) != 2 {
		t.Fatalf("%d files can be hidden", len(boxes))
	}
	page.Set(boxes[1], false)
	page.Until("the file to be hidden", func(m wire.Message) bool {
		r, ok := m.(*wire.SetSceneNodeVisibilityMessage)
		return ok && r.Name == "/model (2)"
	})
	if second.Visible() {
		t.Error("it is still visible")
	}
}

// TestSideBySide: files on the grid stand on the floor, and do not overlap.
func TestSideBySide(t *testing.T) {
	for _, up := range []Axis{ZUp, YUp, XUp, ZDown, YDown, XDown} {
		v := New(viser.New(nil), Options{SideBySide: true, Up: &up})
		var all []*models.Model
		for i := range 7 {
			size := float32(i + 1)
			all = append(all, cloudModel(&cloud.Cloud{Points: [][3]float32{{100, -50, 30}, {100 + size, size - 50, 30 + size}}}))
		}
		if _, err := v.Show(all...); err != nil {
			t.Fatal(err)
		}
		var boxes []box
		for _, f := range v.files {
			b := f.inWorld(f.seen)
			floor := b.lo[up.Index()]
			if up.Sign() < 0 {
				floor = b.hi[up.Index()]
			}
			if math.Abs(floor) > 1e-6 {
				t.Errorf("%v up: %s is %v above the floor", up, f.label, floor)
			}
			for _, o := range boxes {
				apart := false
				for axis := range 3 {
					apart = apart || b.lo[axis] > o.hi[axis] || o.lo[axis] > b.hi[axis]
				}
				if !apart {
					t.Errorf("%v up: %v overlaps %v", up, b, o)
				}
			}
			boxes = append(boxes, b)
		}
	}
}

// TestFilesTurnToTheSameUp: a file that says that another axis points up is rotated.
func TestFilesTurnToTheSameUp(t *testing.T) {
	for i, from := range AxisNames {
		for k, to := range AxisNames {
			first, second := cloudModel(&cloud.Cloud{Points: [][3]float32{{0, 0, 0}, {1, 2, 3}}}), fielded(nil)
			first.Up, second.Up = to, from
			v := New(viser.New(nil), Options{})
			if _, err := v.Show(first, second); err != nil {
				t.Fatal(err)
			}
			if v.up != Axis(k) {
				t.Errorf("%v points up, want %s", v.up, to)
			}
			got := viser.Vec3(v.files[1].turn.Apply(Axis(i).Vector()))
			if length(sub(got, Axis(k).Vector())) > 1e-9 {
				t.Errorf("%s up in %s up: it points along %v", from, to, got)
			}
		}
	}
}

// TestScale: coordinates are multiplied, of all that is shown.
func TestScale(t *testing.T) {
	m := someModels(t)["cloud with fields"]
	m.Cloud.Origin, m.Mesh.Origin = [3]float64{3, 0, 0}, [3]float64{5, 0, 0}
	server, _ := show(t, m, Options{Scale: 10, PointSize: 0.5})
	points := nodeOf[*viser.PointCloud](t, server, modelName+"/points")
	if s := points.Scale(); s != (viser.Vec3{10, 10, 10}) || points.PointSize() != 0.05 {
		t.Errorf("scale %v, size %v", s, points.PointSize())
	}
	if at := nodeOf[*viser.Frame](t, server, modelName).Position(); at != (viser.Vec3{30, 0, 0}) {
		t.Errorf("it is at %v", at)
	}
	if at := nodeOf[*viser.LineSegments](t, server, modelName+"/lines").Position(); at != (viser.Vec3{20, 0, 0}) {
		t.Errorf("lines are at %v", at)
	}
}

// TestReplace: a file that has changed is shown where it was, and stays hidden.
func TestReplace(t *testing.T) {
	server := viser.New(nil)
	defer server.Close()
	v := New(server, Options{ColorBy: "quality"})
	if _, err := v.Show(fielded(nil)); err != nil {
		t.Fatal(err)
	}
	page := fakepage.Open(t, server)
	untilControls(page)
	nodeOf[*viser.Frame](t, server, modelName).SetVisible(false)
	position := server.InitialCamera().Position()
	more := cloudModel(&cloud.Cloud{Points: make([][3]float32, 9)})
	notShown, shown, err := v.Replace(more)
	if err != nil || !shown || len(notShown) != 1 || !strings.Contains(notShown[0], `colors by "quality"`) {
		t.Error(notShown, shown, err)
	}
	if got := nodeOf[*viser.PointCloud](t, server, modelName+"/points"); len(got.Points()) != 9 {
		t.Errorf("%d points are shown", len(got.Points()))
	}
	if nodeOf[*viser.Frame](t, server, modelName).Visible() || server.InitialCamera().Position() != position {
		t.Error("the file became visible, or the camera has moved")
	}
	if _, shown, _ := v.Replace(&models.Model{Name: "other", Cloud: more.Cloud}); shown {
		t.Error("a file that was not shown was replaced")
	}
	if _, _, err := v.Replace(cloudModel(&cloud.Cloud{})); err == nil {
		t.Error("an empty version was shown")
	}
}

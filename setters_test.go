package viser

import (
	"errors"
	"image"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/uplot"
)

// smallestGLB is a file with a header and no content.
var smallestGLB = gltf.Pack([]byte(`{"asset":{"version":"2.0"}}`), nil)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// handlesWithProps has one of each kind whose accessors are generated.
func handlesWithProps() []any {
	server := NewTestServer(nil)
	return HandlesOf(server.Scene(), server.GUI())
}

// HandlesOf adds one of each kind whose accessors are generated.
func HandlesOf(scene *Scene, gui *GUI) []any {
	triangle := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	return []any{
		scene.AddFrame("/frame", nil),
		scene.AddGrid("/grid", nil),
		scene.AddPointCloud("/cloud", triangle, []RGB{{1, 2, 3}}, nil),
		scene.AddMesh("/mesh", triangle, [][3]uint32{{0, 1, 2}}, nil),
		scene.AddBox("/box", nil),
		scene.AddIcosphere("/ball", nil),
		scene.AddCylinder("/can", nil),
		scene.AddLineSegments("/lines", [][2][3]float32{{{0, 0, 0}, {1, 0, 0}}}, [][2]RGB{{{1, 2, 3}, {1, 2, 3}}}, nil),
		scene.AddLabel("/label", "text", nil),
		scene.AddDirectionalLight("/directional", nil),
		scene.AddAmbientLight("/ambient", nil),
		scene.AddHemisphereLight("/hemisphere", nil),
		scene.AddPointLight("/point", nil),
		scene.AddRectAreaLight("/rect", nil),
		scene.AddSpotLight("/spot", nil),
		scene.AddClipPlane("/plane", nil),
		scene.AddClipBox("/clip", nil),
		scene.AddTransformControls("/gizmo", nil),
		scene.AddCameraFrustum("/camera", 1, 1.5, &CameraFrustumOptions{Image: image.NewRGBA(image.Rect(0, 0, 1, 1))}),
		scene.AddBatchedMeshes("/batch", triangle, [][3]uint32{{0, 1, 2}}, nil, triangle, nil),
		scene.AddSkinnedMesh("/skinned", triangle, [][3]uint32{{0, 1, 2}}, []Pose{{}}, [][]float32{{1}, {1}, {1}}, nil),
		scene.AddGaussianSplats("/splats", triangle, make([][6]float32, 3), make([]RGB, 3), make([]float32, 3), nil),
		scene.AddArrows("/arrows", make([][2][3]float32, 3), []RGB{{1, 2, 3}}, nil),
		scene.AddVectors("/vectors", triangle, triangle, nil),
		scene.AddSplineCatmullRom("/catmull", triangle, nil),
		scene.AddSplineCubicBezier("/bezier", triangle, make([][3]float32, 4), nil),
		scene.AddBatchedAxes("/axes", nil, triangle, nil),
		scene.AddVoxels("/voxels", make([][3]int32, 3), nil, nil),
		scene.AddVolume("/volume", VolumeGrid{Size: [3]int{2, 2, 2}, Uint8s: make([]uint8, 8)}, nil),
		scene.AddImage("/image", image.NewRGBA(image.Rect(0, 0, 1, 1)), 1, 1, nil),
		must(scene.AddGLB("/glb", smallestGLB, nil)),
		must(scene.AddBatchedGLB("/glbs", smallestGLB, nil, triangle, nil)),
		gui.AddFolder("folder", nil),
		gui.AddForm("form", nil),
		gui.AddTabGroup(nil),
		gui.AddPanel(nil),
		gui.AddCommand("command", nil),
		gui.AddButton("button", nil),
		gui.AddUploadButton("upload", nil),
		gui.AddSlider("slider", 5, &SliderOptions{Max: 10, Step: 1}),
		gui.AddNumber("number", 1, nil),
		gui.AddMultiSlider("multi", []float64{2, 5}, &MultiSliderOptions{Max: 10, Step: 1}),
		gui.AddVector2("vector", Vec2{1, 2}, nil),
		gui.AddRGB("rgb", RGB{9, 9, 9}, nil),
		gui.AddRGBA("rgba", RGBA{9, 9, 9, 9}, nil),
		gui.AddCheckbox("checkbox", false, nil),
		gui.AddDropdown("dropdown", []string{"a"}, nil),
		gui.AddButtonGroup("group", []string{"a"}, nil),
		gui.AddHTML("content", nil),
		gui.AddDivider(nil),
		gui.AddImage(image.NewRGBA(image.Rect(0, 0, 1, 1)), nil),
		gui.AddVector3("vector", Vec3{1, 2, 3}, nil),
		gui.AddText("text", "", nil),
		gui.AddMarkdown("content", nil),
		gui.AddProgressBar(50, nil),
		gui.AddTable([]string{"a", "b"}, nil, nil),
		gui.AddLog(nil),
		gui.AddImageView(image.NewRGBA(image.Rect(0, 0, 1, 1)), nil),
		gui.AddMultiSelect("many", []string{"a", "b", "new", "options"}, nil),
		must(gui.AddPlotly(map[string]any{}, nil)),
		gui.AddUplot([][]float64{{1}, {2}}, []uplot.Series{{}, {}}, nil),
	}
}

// aDot is an icon.
type aDot struct{}

func (aDot) SVG() string { return `<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>` }

// other gives a value of the setter's argument that is valid and not the one that is set.
func other(current reflect.Value) reflect.Value {
	candidates := []any{
		true, false, 0.25, 0.75, 3, 4, "new text", RGB{1, 2, 3}, Vec3{1, 2, 0.5},
		new(0.5), &Vec2{-2, -1}, &Vec3{-1, -2, -3}, []string{"new", "options"}, []Mark{{1, "one"}}, Icon(aDot{}), PointDiamond, PointFlat, BackSide, Toon5, ScreenUnits, PlaneYZ, FadeFromOrigin,
		[]uplot.Series{{Label: "a"}, {Label: "b"}}, []uplot.Band{{Series: [2]int{1, 0}}}, map[string]uplot.Scale{"y": {Distr: 3}},
		[]uplot.Axis{{Label: "t"}}, &uplot.Legend{Show: new(false)}, &uplot.Cursor{Lock: new(true)}, &uplot.Focus{Alpha: 0.5},
		[][]float64{{1, 2}, {3, 4}}, &[4]int{1, 2, 3, 4}, UplotPoints,
		SceneFont, BottomRight, FilledFrustum, JPEG, Float32, [3]bool{false, true, false}, Limits{{-1, 1}, {-2, 2}, {0, 3}},
		[]float32{0, 1, 0.2}, []RGB{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}},
	}
	for _, c := range candidates {
		v := reflect.ValueOf(c)
		fits := v.Type() == current.Type() || current.Kind() == reflect.Interface && v.Type().Implements(current.Type())
		if fits && !reflect.DeepEqual(c, current.Interface()) {
			return v
		}
	}
	return reflect.Value{}
}

// eachProperty calls f for each pair of methods X and SetX of a handle whose types agree.
func eachProperty(h any, f func(name string, get, set reflect.Value)) {
	v := reflect.ValueOf(h)
	for i := range v.NumMethod() {
		name, ok := strings.CutPrefix(v.Type().Method(i).Name, "Set")
		get, set := v.MethodByName(name), v.Method(i)
		if ok && get.IsValid() && set.Type().NumIn() == 1 && get.Type().NumOut() == 1 && get.Type().Out(0) == set.Type().In(0) {
			f(name, get, set)
		}
	}
}

// otherwise are the properties that have no pair of a getter and a setter of their name, and what there is instead:
// methods of the handle, or of what it hands out.
var otherwise = map[string]string{
	"Grid.InfiniteGrid":               "Infinite SetInfinite",
	"Mesh.Faces":                      "Faces SetGeometry",
	"Mesh.UVs":                        "UVs SetTexture",
	"CameraFrustum.ImageData":         "SetImage",
	"ImageView.Data":                  "SetImage",
	"ImageView.Format":                "Format",
	"ImageView.PictureWidth":          "SetImage",
	"ImageView.PictureHeight":         "SetImage",
	"ImageView.Values":                "SetDepth SetDepth16",
	"ImageView.ValueType":             "SetDepth SetDepth16",
	"ImageView.ValueScale":            "Scale SetScale",
	"ImageView.ClassIDs":              "SetSegmentation ClearSegmentation",
	"ImageView.ClassWidth":            "SetSegmentation",
	"ImageView.ClassHeight":           "SetSegmentation",
	"ImageView.ClassOpacity":          "SegmentationOpacity SetSegmentationOpacity",
	"Image.Data":                      "SetImage",
	"BatchedMeshes.BatchedWXYZs":      "Poses SetPoses",
	"BatchedMeshes.BatchedPositions":  "Poses SetPoses",
	"BatchedMeshes.BatchedScales":     "Scales SetScales",
	"BatchedMeshes.BatchedColors":     "Colors SetColors",
	"BatchedMeshes.BatchedOpacities":  "Opacities SetOpacities",
	"BatchedMeshes.Lod":               "LOD SetLOD",
	"BatchedMeshes.Vertices":          "Vertices SetGeometry",
	"BatchedMeshes.Faces":             "Faces SetGeometry",
	"BatchedGLB.BatchedWXYZs":         "Poses SetPoses",
	"BatchedGLB.BatchedPositions":     "Poses SetPoses",
	"BatchedGLB.BatchedScales":        "Scales SetScales",
	"BatchedGLB.Lod":                  "LOD SetLOD",
	"BatchedGLB.GLBData":              "Data SetData",
	"Voxels.Points":                   "Cells SetCells",
	"Voxels.PointSize":                "CellSize", // half of its length
	"Voxels.CellSize":                 "CellSize", // which cells are where depends on it
	"Volume.Points":                   "SetGrid SetSpacing",
	"Volume.Values":                   "Grid SetGrid",
	"Volume.Size":                     "Grid SetGrid",
	"BatchedAxes.BatchedWXYZs":        "Poses SetPoses",
	"BatchedAxes.BatchedPositions":    "Poses SetPoses",
	"BatchedAxes.BatchedScales":       "Scales SetScales",
	"CubicBezierSpline.ControlPoints": "ControlPoints SetPoints",
	"GLB.GLBData":                     "Data SetData",
	"GLB.Paused":                      "Playing SetPlaying",
	"GaussianSplats.Buffer":           "Centers SetCenters SetGaussians",
	"GaussianSplats.Harmonics":        "Harmonics SetHarmonics",
	"SkinnedMesh.BoneWXYZs":           "Bones",
	"SkinnedMesh.BonePositions":       "Bones",
	"SkinnedMesh.SkinIndices":         "SetWeights",
	"SkinnedMesh.SkinWeights":         "SetWeights",
	"TabGroup.TabLabels":              "AddTab",
	"TabGroup.TabIconsHTML":           "AddTab",
	"TabGroup.TabContainerIDs":        "AddTab",
	"Panel.TabLabels":                 "AddTab",
	"Panel.TabIconsHTML":              "AddTab",
	"Panel.TabContainerIDs":           "AddTab",
	"Command.Modifier":                "SetHotkey",
	"Command.IconHTML":                "Icon SetIcon",
	"Button.IconHTML":                 "Icon SetIcon",
	"Button.HoldCallbackFreqs":        "OnHold",
	"UploadButton.IconHTML":           "Icon SetIcon",
	"GUIImage.Data":                   "SetImage",
	"Markdown.Markdown":               "Content SetContent",
	"Table.Rows":                      "SetRows Append",
	"Log.Lines":                       "Print Clear",
	"Plotly.PlotlyJSONStr":            "Figure SetFigure",
}

func TestEveryPropertyCanBeSet(t *testing.T) {
	for _, h := range handlesWithProps() {
		typ := reflect.TypeOf(h)
		props, ok := typ.Elem().FieldByName("props")
		if !ok {
			t.Errorf("%v has no props", typ)
			continue
		}
		for _, p := range reflect.VisibleFields(props.Type) {
			if p.Anonymous {
				continue
			}
			want, ok := otherwise[typ.Elem().Name()+"."+p.Name]
			if !ok {
				want = p.Name + " Set" + p.Name
			}
			if strings.HasPrefix(typ.Elem().Name()+"."+p.Name, "Vectors.") && slices.Contains([]string{"Points", "ShaftRadius", "HeadRadius", "HeadLength"}, p.Name) {
				want = "SetVectors SetLengthScale"
			}
			if p.Name == "ScalarsLook" {
				want = "ScalarsOptions SetScalarsOptions"
			}
			for _, method := range strings.Fields(want) {
				if _, ok := typ.MethodByName(method); !ok {
					t.Errorf("%v.%s: there is no method %s", typ, p.Name, method)
				}
			}
		}
	}
}

// TestEveryKindIsTried: the handles above are all that can be added.
func TestEveryKindIsTried(t *testing.T) {
	tried := map[reflect.Type]bool{
		reflect.TypeFor[*Modal]():        true, // a title that stays
		reflect.TypeFor[*GUIContainer](): true, // a place for others
	}
	for _, h := range handlesWithProps() {
		tried[reflect.TypeOf(h)] = true
	}
	for _, adder := range []any{new(Scene), Container{}} {
		typ := reflect.TypeOf(adder)
		for i := range typ.NumMethod() {
			m := typ.Method(i)
			if strings.HasPrefix(m.Name, "Add") && !tried[m.Type.Out(0)] {
				t.Errorf("%v.%s: none of what it adds is tried", typ, m.Name)
			}
		}
	}
}

func TestGettersReturnWhatWasSet(t *testing.T) {
	for _, h := range handlesWithProps() {
		count := 0
		eachProperty(h, func(name string, get, set reflect.Value) {
			before := get.Call(nil)
			v := other(before[0])
			if !v.IsValid() || name == "Value" { // an input moves its value into its range
				return
			}
			count++
			set.Call([]reflect.Value{v})
			if got := get.Call(nil)[0].Interface(); !reflect.DeepEqual(got, v.Interface()) {
				t.Errorf("%T.%s is %v after Set%s(%v)", h, name, got, name, v)
			}
			set.Call(before) // some properties bound others
		})
		if count < 2 {
			t.Errorf("%T: %d properties were tried", h, count)
		}
	}
}

func TestSettersRefuseWhatIsNotFinite(t *testing.T) {
	bad := map[reflect.Type]reflect.Value{
		reflect.TypeFor[float64]():  reflect.ValueOf(math.NaN()),
		reflect.TypeFor[*float64](): reflect.ValueOf(new(math.Inf(1))),
		reflect.TypeFor[Vec3]():     reflect.ValueOf(Vec3{0, math.NaN(), 0}),
		reflect.TypeFor[*Vec3]():    reflect.ValueOf(&Vec3{0, 0, math.Inf(-1)}),
	}
	for _, h := range handlesWithProps() {
		eachProperty(h, func(name string, get, set reflect.Value) {
			v, ok := bad[set.Type().In(0)]
			if !ok {
				return
			}
			before := get.Call(nil)[0].Interface()
			defer func() {
				err, _ := recover().(error)
				var usage *UsageError
				if !errors.As(err, &usage) {
					t.Errorf("%T.Set%s(%v): %v, want a *UsageError", h, name, v, err)
				}
				if after := get.Call(nil)[0].Interface(); !reflect.DeepEqual(before, after) {
					t.Errorf("%T.Set%s: refused, yet %v became %v", h, name, before, after)
				}
			}()
			set.Call([]reflect.Value{v})
		})
	}
}

// TestOpaqueIsOne: an opacity of 1 is no opacity at all, however it is given.
func TestOpaqueIsOne(t *testing.T) {
	scene := NewTestServer(nil).Scene()
	v := 0.5
	box := scene.AddBox("/box", &BoxOptions{Opacity: &v})
	v = 0.75
	if got := box.Opacity(); got != 0.5 {
		t.Errorf("the caller's variable changed the opacity to %v", got)
	}
	box.SetOpacity(0)
	if got := box.Opacity(); got != 0 || box.props.Opacity == nil {
		t.Errorf("the opacity is %v, want 0", got)
	}
	box.SetOpacity(1)
	if box.Opacity() != 1 || box.props.Opacity != nil {
		t.Error("the box is blended though it is opaque")
	}
	if opaque := scene.AddBox("/opaque", &BoxOptions{Opacity: new(1.0)}); opaque.props.Opacity != nil {
		t.Error("the new box is blended though it is opaque")
	}
}

func TestShadowsHaveASwitchAndAStrength(t *testing.T) {
	box := NewTestServer(nil).Scene().AddBox("/box", nil)
	check := func(step string, on bool, strength float64, own bool) {
		t.Helper()
		if got := box.ReceiveShadow(); got != on {
			t.Errorf("%s: on is %v", step, got)
		}
		if got, ok := box.ShadowOpacity(); got != strength || ok != own {
			t.Errorf("%s: the strength is %v, %v", step, got, ok)
		}
	}
	check("new", true, 0, false)
	box.SetShadowOpacity(0.5)
	check("with a strength", true, 0.5, true)
	box.SetReceiveShadow(false)
	check("turned off", false, 0, false)
	box.SetShadowOpacity(0.25)
	check("with a strength again", true, 0.25, true)
	box.SetReceiveShadow(true)
	check("turned on", true, 0, false)
}

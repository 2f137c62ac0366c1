package viser

import (
	"errors"
	"image"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/uplot"
)

// sceneArguments are the arguments of the methods that add a node, between its name and its
// options.
func sceneArguments() map[string][]any {
	triangle, faces := []Vec3f{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}, [][3]uint32{{0, 1, 2}}
	arrows, picture := [][2]Vec3f{{{0, 0, 0}, {1, 0, 0}}}, image.NewRGBA(image.Rect(0, 0, 1, 1))
	none := []Vec4f(nil)
	return map[string][]any{
		"AddFrame": nil, "AddGrid": nil, "AddBox": nil, "AddIcosphere": nil, "AddCylinder": nil, "AddTransformControls": nil,
		"AddDirectionalLight": nil, "AddAmbientLight": nil, "AddHemisphereLight": nil, "AddPointLight": nil,
		"AddRectAreaLight": nil, "AddSpotLight": nil, "AddClipPlane": nil, "AddClipBox": nil, "AddGUIContainer": nil,
		"AddLabel":             {"text"},
		"AddPointCloud":        {triangle, []RGB(nil)},
		"AddVoxels":            {make([][3]int32, 3), []RGB(nil)},
		"AddVolume":            {VolumeGrid{Size: [3]int{1, 1, 1}, Uint8s: []uint8{1}}},
		"AddLineSegments":      {arrows, [][2]RGB(nil)},
		"AddArrows":            {arrows, []RGB(nil)},
		"AddVectors":           {triangle, triangle},
		"AddMesh":              {triangle, faces},
		"AddSkinnedMesh":       {triangle, faces, []Pose{{}}, [][]float32{{1}, {1}, {1}}},
		"AddBatchedMeshes":     {triangle, faces, none, triangle},
		"AddBatchedAxes":       {none, triangle},
		"AddBatchedGLB":        {smallestGLB, none, triangle},
		"AddGLB":               {smallestGLB},
		"AddCameraFrustum":     {1.0, 1.5},
		"AddImage":             {picture, 1.0, 1.0},
		"AddSplineCatmullRom":  {triangle},
		"AddSplineCubicBezier": {triangle, make([]Vec3f, 4)},
		"AddGaussianSplats":    {triangle, make([][6]float32, 3), []RGB(nil), make([]float32, 3)},
	}
}

// guiArguments are the arguments of the methods that add an element, before its
// options.
func guiArguments() map[string][]any {
	choices := []string{"a", "b"}
	return map[string][]any{
		"AddTabGroup": nil, "AddPanel": nil, "AddDivider": nil, "AddLog": nil,
		"AddFolder": {"label"}, "AddForm": {"label"}, "AddModal": {"title"}, "AddCommand": {"label"}, "AddButton": {"label"},
		"AddUploadButton": {"label"}, "AddMarkdown": {"content"}, "AddHTML": {"content"}, "AddText": {"label", "text"},
		"AddButtonGroup": {"label", choices}, "AddDropdown": {"label", choices}, "AddMultiSelect": {"label", choices},
		"AddCheckbox":    {"label", true},
		"AddRGB":         {"label", RGB{}},
		"AddRGBA":        {"label", RGBA{}},
		"AddSlider":      {"label", 0.0},
		"AddMultiSlider": {"label", []float64{0}},
		"AddNumber":      {"label", 0.0},
		"AddVector2":     {"label", Vec2{}},
		"AddVector3":     {"label", Vec3{}},
		"AddProgressBar": {50.0},
		"AddImage":       {image.NewRGBA(image.Rect(0, 0, 1, 1))},
		"AddImageView":   {image.NewRGBA(image.Rect(0, 0, 1, 1))},
		"AddTable":       {choices, [][]any(nil)},
		"AddPlotly":      {map[string]any{}},
		"AddUplot":       {[][]float64{{1}, {2}}, []uplot.Series{{}, {}}},
	}
}

// An adderFunc is called with a method that adds something and the type of its options.
type adderFunc func(name string, options reflect.Type, add func(options reflect.Value) reflect.Value)

// eachAdder calls f for each method that adds a node.
func eachAdder(t *testing.T, f adderFunc) {
	t.Helper()
	arguments := sceneArguments()
	for name, given := range arguments {
		arguments[name] = append([]any{"/node"}, given...)
	}
	eachAdderOf(t, NewTestServer(nil).Scene(), arguments, f)
}

// eachGUIAdder calls f for each method that adds an element to a container.
func eachGUIAdder(t *testing.T, f adderFunc) {
	t.Helper()
	eachAdderOf(t, NewTestServer(nil).GUI().Container, guiArguments(), f)
}

func eachAdderOf(t *testing.T, target any, arguments map[string][]any, f adderFunc) {
	t.Helper()
	adder := reflect.ValueOf(target)
	for i := range adder.NumMethod() {
		name, method := adder.Type().Method(i).Name, adder.Method(i)
		if !strings.HasPrefix(name, "Add") {
			continue
		}
		given, ok := arguments[name]
		if !ok {
			t.Errorf("%s is not tried", name)
			continue
		}
		var in []reflect.Value
		for _, a := range given {
			in = append(in, reflect.ValueOf(a))
		}
		options := method.Type().In(method.Type().NumIn() - 1).Elem()
		f(name, options, func(o reflect.Value) reflect.Value { return method.Call(append(in, o))[0] })
	}
}

// refused reports whether f panics with a *UsageError.
func refused(t *testing.T, what string, f func()) (yes bool) {
	t.Helper()
	defer func() {
		e := recover()
		if _, yes = e.(*UsageError); e != nil && !yes {
			t.Errorf("%s: %v", what, e)
		}
	}()
	f()
	return false
}

// TestSettersRefuseWhatOptionsDo: for each option that has a setter, the setter refuses a number if and only if the
// constructor does. A zero means itself for both; where it is the option's default instead, the setter refuses it.
func TestSettersRefuseWhatOptionsDo(t *testing.T) {
	if tried := compareSetters(t, eachAdder); tried < 200 {
		t.Errorf("only %d values of nodes were tried", tried)
	}
	if tried := compareSetters(t, eachGUIAdder); tried < 100 {
		t.Errorf("only %d values of elements were tried", tried)
	}
	if tried := compareSetters(t, tabAdder); tried < 2 {
		t.Errorf("only %d values of tabs were tried", tried)
	}
	if tried := compareSetters(t, notifier); tried < 6 {
		t.Errorf("only %d values of notifications were tried", tried)
	}
}

// tabAdder calls f for the method that adds a tab.
func tabAdder(t *testing.T, f adderFunc) {
	t.Helper()
	eachAdderOf(t, NewTestServer(nil).GUI().AddTabGroup(nil), map[string][]any{"AddTab": {"label"}}, f)
}

// notifier calls f for the method that shows a notification.
func notifier(t *testing.T, f adderFunc) {
	t.Helper()
	s := NewTestServer(nil)
	defer s.Close()
	page, err := s.JoinTestPage(true)
	if err != nil {
		t.Fatal(err)
	}
	defer page.Leave()
	page.Receive(&wire.ViewerCameraMessage{
		WXYZ: [4]float64{1, 0, 0, 0}, Position: Vec3{0, 0, -5}, UpDirection: Vec3{0, -1, 0},
		FOV: 1, Near: 0.1, Far: 100, ImageWidth: 640, ImageHeight: 480,
	})
	for client := range s.Clients() {
		f("Notify", reflect.TypeFor[NotificationOptions](), func(o reflect.Value) reflect.Value {
			return reflect.ValueOf(client.Notify("title", "body", o.Interface().(*NotificationOptions)))
		})
	}
}

func compareSetters(t *testing.T, each func(*testing.T, adderFunc)) (tried int) {
	t.Helper()
	each(t, func(name string, options reflect.Type, add func(reflect.Value) reflect.Value) {
		for _, field := range reflect.VisibleFields(options) {
			handle := add(reflect.New(options))
			set, get := handle.MethodByName("Set"+field.Name), handle.MethodByName(field.Name)
			if !set.IsValid() || set.Type().NumIn() != 1 {
				continue
			}
			what := name + ": " + field.Name
			for _, bad := range numbers(set.Type().In(0)) {
				tried++
				o := reflect.New(options)
				value := bad
				if field.Type.Kind() == reflect.Pointer && bad.Kind() != reflect.Pointer {
					value = reflect.New(bad.Type())
					value.Elem().Set(bad)
				}
				o.Elem().FieldByIndex(field.Index).Set(value)
				bySetter := refused(t, what, func() { set.Call([]reflect.Value{bad}) })
				byOption := refused(t, what, func() { handle = add(o) })
				switch {
				case bad.IsZero() && name+field.Name == "AddSliderMax", bad.IsZero() && name+field.Name == "AddMultiSliderMax":
					// Min and Max that are both zero are a range that only a setter can set.
				case bad.IsZero() && !bySetter && !byOption:
					if got := handle.MethodByName(field.Name).Call(nil)[0]; !got.IsZero() {
						t.Errorf("%s: the setter takes %v for itself, the option for %v", what, bad, got)
					}
				case bad.IsZero() && bySetter:
					// The option treats it as the default, or rejects it too.
				case bySetter != byOption:
					t.Errorf("%s: %v is refused by the setter: %v, by the option: %v", what, bad, bySetter, byOption)
				}
				set, get = handle.MethodByName("Set"+field.Name), handle.MethodByName(field.Name)
			}
			if !get.IsValid() {
				t.Errorf("%s: there is a setter, but no getter", what)
			}
		}
	})
	return tried
}

// svgIcon is an icon; there is none that is "".
type svgIcon string

func (i svgIcon) SVG() string { return string(i) }

// numbers are values of a type, of which a setter may refuse some. (AutoFormat, "", is read as what it chose.)
func numbers(t reflect.Type) (values []reflect.Value) {
	all := []any{
		0.0, -1.0, 0.5, 2.0, 4.0, math.NaN(), math.Inf(1), math.Inf(-1), 0, -1, 1, 9, 1 << 20,
		Vec3{}, Vec3{-1, 1, 1}, Vec3{0, 1, 1}, Vec3{1, 1, math.NaN()}, Vec3{math.Inf(1), 1, 1},
		PointShape(""), PointShape("x"), PointShading(""), PointShading("x"), Side(""), Side("x"), Material(""), Material("x"),
		ThicknessUnits(""), ThicknessUnits("x"), Plane(""), Plane("x"), FadeFrom(""), FadeFrom("x"), FontSizeMode(""), FontSizeMode("x"),
		Anchor(""), Anchor("x"), CurveType(""), CurveType("x"), FrustumVariant(""), FrustumVariant("x"), ImageFormat("x"),
		Precision(""), Precision("x"), "", "text/plain", new(0.0), new(math.NaN()), new(math.Inf(1)), Vec2{}, Vec2{-1, 1}, Vec2{0, math.NaN()},
		&Vec2{}, &Vec2{math.NaN(), 0}, &Vec3{}, &Vec3{0, 0, math.Inf(1)}, time.Duration(0), -time.Second, 5 * time.Nanosecond, time.Second,
		ColorName("mauve"), Red, RGB{1, 2, 3}, svgIcon(""), svgIcon("<svg></svg>"), []string{}, []string{"a", "a"}, []string{"a", "b"}, LOD{}, LOD{Levels: []LODLevel{{Distance: -1}}}, Limits{}, Limits{{1, 0}},
	}
	for _, x := range all {
		v := reflect.ValueOf(x)
		if v.Type() == t || t.Kind() == reflect.Interface && v.Type().Implements(t) {
			values = append(values, v)
		}
	}
	return values
}

// TestOptionsAreFlat: no struct of options has another in it, and each places its node.
func TestOptionsAreFlat(t *testing.T) {
	eachAdder(t, func(name string, options reflect.Type, _ func(reflect.Value) reflect.Value) {
		for _, field := range reflect.VisibleFields(options) {
			if field.Anonymous {
				t.Errorf("%s: the options embed %v", name, field.Type)
			}
		}
		for _, place := range []string{"Position", "WXYZ", "Pose", "Hidden"} {
			if _, ok := options.FieldByName(place); !ok {
				t.Errorf("%s: the options have no %s", name, place)
			}
		}
	})
}

// TestOptionsPlaceTheNode: by position and orientation, or by a pose.
func TestOptionsPlaceTheNode(t *testing.T) {
	turn, place := AxisAngle(Vec3{0, 0, 1}, 1), Vec3{1, 2, 3}
	eachAdder(t, func(name string, options reflect.Type, add func(reflect.Value) reflect.Value) {
		with := func(fields map[string]any) (node Node, err any) {
			defer func() { err = recover() }()
			o := reflect.New(options)
			for field, v := range fields {
				o.Elem().FieldByName(field).Set(reflect.ValueOf(v))
			}
			return add(o).Interface().(Node), nil
		}
		for what, fields := range map[string]map[string]any{
			"both":    {"Position": place, "WXYZ": turn, "Hidden": true},
			"a pose":  {"Pose": Pose{Rotation: turn, Translation: place}, "Hidden": true},
			"no turn": {"Pose": Pose{Translation: place}},
		} {
			want := Pose{Rotation: turn, Translation: place}
			if what == "no turn" {
				want.Rotation = Quat{W: 1}
			}
			node, err := with(fields)
			if err != nil {
				t.Fatalf("%s by %s: %v", name, what, err)
			}
			if node.Pose() != want || node.Visible() != (what == "no turn") {
				t.Errorf("%s by %s: the pose is %v", name, what, node.Pose())
			}
		}
		for what, fields := range map[string]map[string]any{
			"a pose and a position": {"Pose": Pose{Translation: place}, "Position": place},
			"no number":             {"Position": Vec3{0, math.NaN(), 0}},
			"an infinite turn":      {"WXYZ": Quat{W: math.Inf(1)}},
		} {
			_, err := with(fields)
			if e, _ := err.(error); !errors.As(e, new(*UsageError)) {
				t.Errorf("%s with %s: %v; want a *UsageError", name, what, err)
			}
		}
	})
}

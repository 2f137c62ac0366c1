package viser_test

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/uplot"
)

// Tests that try each method of each handle share these: legal arguments, by the type
// of the parameter or by the method.

var onePixel = image.NewRGBA(image.Rect(0, 0, 1, 1))

// legalByType has legal values for parameters of most methods. Nil options and no
// functions of the program are made by argumentOf.
var legalByType = map[reflect.Type]any{
	reflect.TypeFor[bool]():                   true,
	reflect.TypeFor[int]():                    1,
	reflect.TypeFor[int64]():                  int64(1),
	reflect.TypeFor[float64]():                1.0,
	reflect.TypeFor[string]():                 "a",
	reflect.TypeFor[time.Duration]():          time.Second,
	reflect.TypeFor[viser.Vec2]():             viser.Vec2{1, 2},
	reflect.TypeFor[viser.Vec3]():             viser.Vec3{1, 2, 3},
	reflect.TypeFor[viser.Quat]():             viser.Quat{W: 1},
	reflect.TypeFor[viser.Pose]():             viser.Pose{Rotation: viser.Quat{W: 1}},
	reflect.TypeFor[viser.Limits]():           viser.Limits{{-1, 1}, {-1, 1}, {-1, 1}},
	reflect.TypeFor[viser.RGB]():              viser.RGB{1, 2, 3},
	reflect.TypeFor[viser.RGBA]():             viser.RGBA{1, 2, 3, 4},
	reflect.TypeFor[color.Color]():            viser.Red,
	reflect.TypeFor[image.Image]():            onePixel,
	reflect.TypeFor[[]byte]():                 gltf.Pack([]byte(`{"asset":{"version":"2.0"}}`), nil),
	reflect.TypeFor[[]string]():               []string{"a"},
	reflect.TypeFor[[]float64]():              []float64{1},
	reflect.TypeFor[[]float32]():              []float32{1, 1, 1},
	reflect.TypeFor[[][]float32]():            [][]float32{{1}, {1}, {1}},
	reflect.TypeFor[[]viser.Vec2f]():          make([]viser.Vec2f, 3),
	reflect.TypeFor[[]viser.Vec3f]():          triangle,
	reflect.TypeFor[[]viser.Vec4f]():          []viser.Vec4f(nil),
	reflect.TypeFor[[][2]viser.Vec3f]():       make([][2]viser.Vec3f, 3),
	reflect.TypeFor[[][3]uint32]():            oneFace,
	reflect.TypeFor[[][6]float32]():           make([][6]float32, 3),
	reflect.TypeFor[[]viser.RGB]():            make([]viser.RGB, 3),
	reflect.TypeFor[[][2]viser.RGB]():         make([][2]viser.RGB, 3),
	reflect.TypeFor[[]viser.Pose]():           []viser.Pose{{}},
	reflect.TypeFor[[]viser.PoseUpdate]():     []viser.PoseUpdate(nil),
	reflect.TypeFor[[]viser.Mark]():           []viser.Mark(nil),
	reflect.TypeFor[[3]bool]():                [3]bool{},
	reflect.TypeFor[*int]():                   (*int)(nil),
	reflect.TypeFor[*[4]int]():                (*[4]int)(nil),
	reflect.TypeFor[viser.Icon]():             viser.Icon(nil),
	reflect.TypeFor[*viser.Client]():          (*viser.Client)(nil),
	reflect.TypeFor[viser.ImageFormat]():      viser.PNG,
	reflect.TypeFor[viser.LogLevel]():         viser.LogInfo,
	reflect.TypeFor[viser.MouseButton]():      viser.LeftButton,
	reflect.TypeFor[viser.Modifier]():         viser.CmdCtrl,
	reflect.TypeFor[viser.FrustumVariant]():   viser.FilledFrustum,
	reflect.TypeFor[viser.Side]():             viser.FrontSide,
	reflect.TypeFor[viser.Material]():         viser.Toon3,
	reflect.TypeFor[viser.ThicknessUnits]():   viser.ScreenUnits,
	reflect.TypeFor[viser.FontSizeMode]():     viser.ScreenFont,
	reflect.TypeFor[viser.Anchor]():           viser.BottomRight,
	reflect.TypeFor[viser.Plane]():            viser.PlaneYZ,
	reflect.TypeFor[viser.PointShape]():       viser.PointDiamond,
	reflect.TypeFor[viser.Precision]():        viser.Float32,
	reflect.TypeFor[viser.VolumeMode]():       viser.MaximumVolume,
	reflect.TypeFor[viser.VolumeGrid]():       viser.VolumeGrid{Size: [3]int{1, 1, 2}, Float32s: []float32{1, 2}},
	reflect.TypeFor[[][3]int32]():             make([][3]int32, 3),
	reflect.TypeFor[viser.Projection]():       viser.Orthographic,
	reflect.TypeFor[viser.ToneMapping]():      viser.LinearToneMapping,
	reflect.TypeFor[viser.ViewportLayout]():   viser.TwoRows,
	reflect.TypeFor[viser.Look]():             viser.Look{EyeDome: true},
	reflect.TypeFor[[][]float64]():            [][]float64{{1}, {2}},
	reflect.TypeFor[[]uplot.Series]():         []uplot.Series{{}, {}},
	reflect.TypeFor[[]uplot.Band]():           []uplot.Band(nil),
	reflect.TypeFor[[]uplot.Axis]():           []uplot.Axis(nil),
	reflect.TypeFor[map[string]uplot.Scale](): map[string]uplot.Scale(nil),
	reflect.TypeFor[[][]any]():                [][]any{{"a"}},
	reflect.TypeFor[any]():                    map[string]any{},
	reflect.TypeFor[io.Reader]():              strings.NewReader("a"),
	reflect.TypeFor[io.Writer]():              io.Discard,
	reflect.TypeFor[viser.InstanceScales]():   viser.InstanceScales{},
	reflect.TypeFor[viser.LOD]():              viser.LOD{},
	reflect.TypeFor[viser.Key]():              viser.Key("A"),
	reflect.TypeFor[viser.PointShading]():     viser.PointFlat,
	reflect.TypeFor[viser.CurveType]():        viser.CurveChordal,
	reflect.TypeFor[viser.FadeFrom]():         viser.FadeFromOrigin,
	reflect.TypeFor[viser.UplotMode]():        viser.UplotPoints,
	reflect.TypeFor[viser.ScalarsOptions]():   viser.ScalarsOptions{},
	reflect.TypeFor[[]viser.ImageBox]():       []viser.ImageBox{{Width: 1, Height: 1, Label: "a"}},
	reflect.TypeFor[[]viser.ImageKeypoints](): []viser.ImageKeypoints{{Points: []viser.Vec2{{1, 1}}}},
	reflect.TypeFor[[]viser.ImageClass]():     []viser.ImageClass{{ID: 1, Name: "a"}},
	reflect.TypeFor[[]uint16]():               []uint16{1},
	reflect.TypeFor[*colormap.Map]():          colormap.Viridis,
}

// legalByMethod has the arguments of methods that do not accept those of legalByType,
// after the context and before the functions.
var legalByMethod = map[string][]any{
	"*.SetScalarsAt":                {0},
	"Arrows.SetRange":               {0},
	"BatchedAxes.SetPoseRange":      {0},
	"BatchedAxes.SetScaleRange":     {0, viser.InstanceScales{Scales: []float32{1}}},
	"BatchedGLB.SetPoseRange":       {0},
	"BatchedGLB.SetScaleRange":      {0, viser.InstanceScales{Scales: []float32{1}}},
	"BatchedGLB.SetScales":          {viser.InstanceScales{Scales: []float32{1, 1, 1}}},
	"BatchedAxes.SetScales":         {viser.InstanceScales{Scales: []float32{1, 1, 1}}},
	"BatchedMeshes.SetScales":       {viser.InstanceScales{Scales: []float32{1, 1, 1}}},
	"BatchedMeshes.SetPoseRange":    {0},
	"BatchedMeshes.SetColorRange":   {0},
	"BatchedMeshes.SetScaleRange":   {0, viser.InstanceScales{Scales: []float32{1}}},
	"BatchedMeshes.SetOpacityRange": {0},
	"CubicBezierSpline.SetPoints":   {triangle, make([]viser.Vec3f, 4)},
	"Cylinder.SetRadialSegments":    {3},
	"GaussianSplats.SetRange":       {0},
	"GaussianSplats.SetHarmonics":   {1, make([]viser.Vec3f, 9)},
	"ImageView.SetDepth":            {1, 1, []float32{1}},
	"LineSegments.SetColors":        {make([][2]viser.RGB, 1)},
	"LineSegments.SetRange":         {0},
	"MultiSlider.SetMin":            {-5.0},
	"MultiSlider.SetMinRange":       {0.5},
	"PointCloud.SetRange":           {0},
	"Voxels.SetRange":               {0},
	"Volume.SetRange":               {1.0, 2.0},
	"Scene.AddSplineCubicBezier":    {"/a", triangle, make([]viser.Vec3f, 4)},
	"Scene.ConfigureEnvironmentMap": {[]byte("#?RADIANCE\n")},
	"Scene.ConfigureFog":            {1.0, 2.0},
	"BatchedAxes.AppendInstances":   {nil, triangle, viser.InstanceScales{Scales: []float32{1, 1, 1}}},
	"BatchedGLB.AppendInstances":    {nil, triangle, viser.InstanceScales{Scales: []float32{1, 1, 1}}},
	"BatchedMeshes.AppendInstances": {nil, triangle, viser.InstanceScales{Scales: []float32{1, 1, 1}}},
	"MultiSlider.SetRange":          {-5.0, 5.0},
	"Table.Append":                  {[]any{"a", 1}},
	"Table.SetRows":                 {[][]any{{"a", 1}}},
	"Table.SetColumns":              {[]string{"a", "b"}},
	"Uplot.Append":                  {[]float64{2}, []float64{2}},
}

// misuses are methods that have no legal arguments.
var misuses = map[string]string{
	"Form.AddForm": "a form cannot be inside a form",
}

// handles are the receivers of the methods; arguments that are handles are also from
// this list.
type handles []any

// argumentsOf returns legal arguments for a method, or the type for which there is none.
func (hs handles) argumentsOf(ctx context.Context, handle any, name string) (in []reflect.Value, missing reflect.Type) {
	typ := reflect.ValueOf(handle).MethodByName(name).Type()
	special, ok := legalByMethod[reflect.TypeOf(handle).Elem().Name()+"."+name]
	if !ok {
		special = legalByMethod["*."+name]
	}
	for i := range typ.NumIn() {
		if typ.IsVariadic() && i == typ.NumIn()-1 && len(special) == 0 {
			break
		}
		v := argumentOf(ctx, typ.In(i), &special)
		if !v.IsValid() {
			v = hs.other(handle, typ.In(i))
		}
		if !v.IsValid() {
			return nil, typ.In(i)
		}
		in = append(in, v)
	}
	for _, v := range special { // of a variadic method
		in = append(in, reflect.ValueOf(v))
	}
	return in, nil
}

func argumentOf(ctx context.Context, typ reflect.Type, special *[]any) reflect.Value {
	switch {
	case typ == reflect.TypeFor[context.Context]():
		return reflect.ValueOf(ctx)
	case typ.Kind() == reflect.Func:
		return reflect.MakeFunc(typ, func([]reflect.Value) []reflect.Value {
			out := make([]reflect.Value, typ.NumOut())
			for i := range out {
				out[i] = reflect.Zero(typ.Out(i))
			}
			return out
		})
	case len(*special) > 0:
		v := (*special)[0]
		*special = (*special)[1:]
		if v == nil {
			return reflect.Zero(typ)
		}
		return reflect.ValueOf(v)
	}
	if v, ok := legalByType[typ]; ok {
		if v == nil || reflect.ValueOf(v).Kind() == reflect.Invalid {
			return reflect.Zero(typ)
		}
		return reflect.ValueOf(v).Convert(typ)
	}
	if typ.Kind() == reflect.Pointer { // options
		return reflect.Zero(typ)
	}
	return reflect.Value{}
}

// other returns the first handle but this one that fits an interface.
func (hs handles) other(handle any, typ reflect.Type) reflect.Value {
	for _, h := range hs {
		if h != handle && typ.Kind() == reflect.Interface && reflect.TypeOf(h).Implements(typ) {
			return reflect.ValueOf(h)
		}
	}
	return reflect.Value{}
}

// turn orders methods: those that change lengths, on which legal arguments of others
// depend, are after these, and those that remove a handle are last.
func turn(name string) int {
	switch {
	case name == "Remove", name == "Close", name == "Disconnect":
		return 5
	case name == "Reset":
		return 4
	case name == "SetInstances": // takes the scales
		return 3
	case strings.HasPrefix(name, "Append"):
		return 2
	case name == "SetScaleRange": // behind SetScales
		return 1
	}
	return 0
}

// methodNames returns the names of a handle's methods in the order in which they are
// tried.
func methodNames(handle any) []string {
	typ := reflect.TypeOf(handle)
	var names []string
	for i := range typ.NumMethod() {
		name := typ.Method(i).Name
		if misuses[typ.Elem().Name()+"."+name] == "" {
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return turn(a) - turn(b) })
	return names
}

// call calls a method with legal arguments. It runs returned loops and detaches
// attached callbacks.
func (hs handles) call(t *testing.T, ctx context.Context, handle any, name string) (results []reflect.Value, panicked any) {
	t.Helper()
	in, missing := hs.argumentsOf(ctx, handle, name)
	if missing != nil {
		t.Errorf("%T.%s is not tried: there is no legal %v", handle, name, missing)
		return nil, nil
	}
	defer func() { panicked = recover() }()
	results = reflect.ValueOf(handle).MethodByName(name).Call(in)
	for _, r := range results {
		switch {
		case r.Kind() != reflect.Func || r.IsNil():
		case r.Type().NumIn() == 0:
			r.Call(nil)
		default: // an iter.Seq
			yield := r.Type().In(0)
			r.Call([]reflect.Value{reflect.MakeFunc(yield, func([]reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf(true)} })})
		}
	}
	return results, nil
}

// TestHandlesAreReadableInLogs: a node, an element with a label or a client is printed by
// its type and its name.
func TestHandlesAreReadableInLogs(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		tried := 0
		for _, handle := range everyHandle(t, p, c) {
			name, node := handle.(interface{ Name() string })
			label, element := handle.(interface {
				Label() string
				Hint() string
			})
			want := reflect.TypeOf(handle).Elem().Name() + " "
			switch {
			case handle == any(c):
				want = fmt.Sprintf("client %d", c.ID())
			case node && reflect.TypeOf(handle).Implements(reflect.TypeFor[viser.Node]()):
				want += strconv.Quote(name.Name())
			case element:
				want += strconv.Quote(label.Label())
			default:
				continue
			}
			tried++
			if got := fmt.Sprint(handle); got != want {
				t.Errorf("%T is printed as %q, want %q", handle, got, want)
			}
		}
		if tried < 40 {
			t.Errorf("only %d were tried", tried)
		}
	})
}

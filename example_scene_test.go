package viser_test

import (
	"context"
	"fmt"
	"image"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/colornames"
	"github.com/viser-go/viser/transform"
)

// Colors are those of image/color: RGB values, palette names, or the names of CSS.
func ExampleScene_AddBox() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/table/box", &viser.BoxOptions{
		Position:   viser.Vec3{0, 0, 0.5},
		Dimensions: viser.Vec3{1, 2, 0.1},
		Color:      colornames.Tomato,
		Opacity:    new(0.5),
	})
	fmt.Println(box.Name(), box.Color(), box.Opacity())
	// Output: /table/box [255 99 71] 0.5
}

func ExampleScene_AddIcosphere() {
	server := viser.New(nil)
	defer server.Close()
	ball := server.Scene().AddIcosphere("/ball", &viser.IcosphereOptions{Radius: 0.2, Subdivisions: new(0)})
	fmt.Println(ball.Radius(), ball.Subdivisions())
	// Output: 0.2 0
}

func ExampleScene_AddCylinder() {
	server := viser.New(nil)
	defer server.Close()
	can := server.Scene().AddCylinder("/can", &viser.CylinderOptions{Radius: 0.1, Height: 0.3, Material: viser.Toon3})
	fmt.Println(can.Radius(), can.Height(), can.Material())
	// Output: 0.1 0.3 toon3
}

func ExampleScene_AddFrame() {
	server := viser.New(nil)
	defer server.Close()
	scene := server.Scene()
	arm := scene.AddFrame("/arm", &viser.FrameOptions{AxesLength: 0.3})
	scene.AddFrame("/arm/hand", &viser.FrameOptions{Position: viser.Vec3{0, 0, 1}})
	arm.SetWXYZ(transform.SO3FromZRadians(math.Pi / 2)) // the hand turns with it
	fmt.Printf("%.2f\n", arm.WXYZ().Yaw())
	// Output: 1.57
}

func ExampleScene_AddGrid() {
	server := viser.New(nil)
	defer server.Close()
	grid := server.Scene().AddGrid("/grid", &viser.GridOptions{Infinite: true, CellSize: 0.1})
	fmt.Println(grid.Infinite(), grid.CellSize())
	// Output: true 0.1
}

func ExampleScene_AddLabel() {
	server := viser.New(nil)
	defer server.Close()
	label := server.Scene().AddLabel("/note", "here", &viser.LabelOptions{Anchor: viser.BottomCenter})
	label.SetText("there")
	fmt.Println(label.Text())
	// Output: there
}

// Colors are one for each point, one for all, or nil for the Color of the options.
func ExampleScene_AddPointCloud() {
	server := viser.New(nil)
	defer server.Close()
	var points []viser.Vec3f
	for a := 0.0; a < 2*math.Pi; a += 0.1 {
		points = append(points, viser.Point(math.Cos(a), math.Sin(a), 0))
	}
	cloud := server.Scene().AddPointCloud("/cloud", points, nil, &viser.PointCloudOptions{
		PointSize: 0.02, PointShape: viser.PointCircle, Color: colornames.Orange,
	})
	cloud.Append([]viser.Vec3f{{0, 0, 1}}, nil)
	fmt.Println(cloud.Len(), cloud.Colors())
	// Output: 64 [[255 165 0]]
}

func ExampleScene_AddLineSegments() {
	server := viser.New(nil)
	defer server.Close()
	red, blue := viser.RGB{255, 0, 0}, viser.RGB{0, 0, 255}
	lines := server.Scene().AddLineSegments("/lines",
		[][2]viser.Vec3f{{{0, 0, 0}, {1, 0, 0}}}, [][2]viser.RGB{{red, blue}},
		&viser.LineSegmentsOptions{Thickness: 3, ThicknessUnits: viser.ScreenUnits})
	fmt.Println(lines.Len(), lines.Colors())
	// Output: 1 [[[255 0 0] [0 0 255]]]
}

func ExampleScene_AddArrows() {
	server := viser.New(nil)
	defer server.Close()
	arrows := server.Scene().AddArrows("/force", [][2]viser.Vec3f{{{0, 0, 0}, {0, 0, 1}}}, []viser.RGB{{255, 0, 0}}, nil)
	fmt.Println(arrows.Points())
	// Output: [[[0 0 0] [0 0 1]]]
}

func ExampleScene_AddSplineCatmullRom() {
	server := viser.New(nil)
	defer server.Close()
	path := []viser.Vec3f{{0, 0, 0}, {1, 1, 0}, {2, 0, 0}}
	curve := server.Scene().AddSplineCatmullRom("/path", path, &viser.CatmullRomSplineOptions{Closed: true})
	fmt.Println(curve.Closed(), curve.CurveType())
	// Output: true centripetal
}

func ExampleScene_AddSplineCubicBezier() {
	server := viser.New(nil)
	defer server.Close()
	ends, controls := []viser.Vec3f{{0, 0, 0}, {1, 0, 0}}, []viser.Vec3f{{0, 0, 1}, {1, 0, 1}}
	curve := server.Scene().AddSplineCubicBezier("/arc", ends, controls, nil)
	fmt.Println(curve.ControlPoints())
	// Output: [[0 0 1] [1 0 1]]
}

func ExampleScene_AddMesh() {
	server := viser.New(nil)
	defer server.Close()
	vertices := []viser.Vec3f{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	mesh := server.Scene().AddMesh("/triangle", vertices, [][3]uint32{{0, 1, 2}}, &viser.MeshOptions{
		VertexColors: []viser.RGB{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}}, Side: viser.DoubleSide,
	})
	fmt.Println(len(mesh.Vertices()), mesh.VertexColors()[1])
	// Output: 3 [0 255 0]
}

// Instances are rows of arrays: thousands of them are drawn at once.
func ExampleScene_AddBatchedMeshes() {
	server := viser.New(nil)
	defer server.Close()
	vertices := []viser.Vec3f{{0, 0, 0}, {0.1, 0, 0}, {0, 0.1, 0}}
	places := []viser.Vec3f{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}
	batch := server.Scene().AddBatchedMeshes("/batch", vertices, [][3]uint32{{0, 1, 2}}, nil, places,
		&viser.BatchedMeshesOptions{Scales: []float32{1, 2, 3}, Color: colornames.Teal})
	batch.SetPoseRange(2, nil, []viser.Vec3f{viser.Point(2, 1, 0)})
	fmt.Println(batch.Len(), batch.Colors())
	// Output: 3 [[0 128 128]]
}

func ExampleScene_AddBatchedAxes() {
	server := viser.New(nil)
	defer server.Close()
	axes := server.Scene().AddBatchedAxes("/poses", nil, []viser.Vec3f{{0, 0, 0}, {1, 0, 0}}, &viser.BatchedAxesOptions{AxesLength: 0.1})
	fmt.Println(axes.Len(), axes.AxesLength())
	// Output: 2 0.1
}

// Two bones bend a triangle.
func ExampleScene_AddSkinnedMesh() {
	server := viser.New(nil)
	defer server.Close()
	vertices := []viser.Vec3f{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
	bones := []viser.Pose{{}, {Translation: viser.Vec3{1, 0, 0}}}
	weights := [][]float32{{1, 0}, {0, 1}, {1, 0}}
	mesh := server.Scene().AddSkinnedMesh("/skin", vertices, [][3]uint32{{0, 1, 2}}, bones, weights, nil)
	mesh.Bones()[1].SetPosition(viser.Vec3{1, 0, 0.5})
	fmt.Println(mesh.Bones()[1].Position())
	// Output: [1 0 0.5]
}

func ExampleScene_AddGaussianSplats() {
	server := viser.New(nil)
	defer server.Close()
	centers := []viser.Vec3f{{0, 0, 0}}
	shapes := viser.SplatCovariances([]viser.Vec3f{{0.1, 0.1, 0.5}}, []viser.Vec4f{{1, 0, 0, 0}})
	splats := server.Scene().AddGaussianSplats("/splats", centers, shapes, []viser.RGB{{200, 100, 0}}, []float32{1}, nil)
	fmt.Println(splats.Len())
	// Output: 1
}

func ExampleScene_AddVoxels() {
	server := viser.New(nil)
	defer server.Close()
	cells := [][3]int32{{0, 0, 0}, {0, 0, 1}, {1, 0, 0}}
	voxels := server.Scene().AddVoxels("/map", cells, nil, &viser.VoxelsOptions{CellSize: viser.Uniform(0.1), Color: viser.Green})
	voxels.OnClick(func(_ context.Context, e viser.ClickEvent) {
		fmt.Println("the cell", voxels.Cells()[e.InstanceIndex])
	})
	voxels.Append([][3]int32{{1, 1, 0}}, nil)
	fmt.Println(voxels.Len(), voxels.Cells()[3])
	// Output: 4 [1 1 0]
}

func ExampleScene_AddVolume() {
	server := viser.New(nil)
	defer server.Close()
	// A density that grows towards the middle.
	grid := viser.VolumeGrid{Size: [3]int{3, 3, 3}, Float32s: make([]float32, 27)}
	grid.Float32s[13] = 7
	volume := server.Scene().AddVolume("/density", grid, &viser.VolumeOptions{
		Spacing: viser.Uniform(0.5), Colors: viser.VolumeColors(colormap.Magma), Opacities: []float32{0, 0.2, 1},
	})
	volume.SetRange(1, 5) // sends two numbers
	fmt.Println(volume.Range())
	// Output: 1 5
}

func ExampleScene_AddImage() {
	server := viser.New(nil)
	defer server.Close()
	picture := image.NewRGBA(image.Rect(0, 0, 64, 48))
	shown := server.Scene().AddImage("/picture", picture, 4, 3, &viser.ImageOptions{Format: viser.PNG})
	fmt.Println(shown.RenderWidth(), shown.RenderHeight())
	// Output: 4 3
}

// A frustum has the pose of a camera.
func ExampleScene_AddCameraFrustum() {
	server := viser.New(nil)
	defer server.Close()
	frustum := server.Scene().AddCameraFrustum("/camera", 0.8, 4.0/3, &viser.CameraFrustumOptions{
		Pose: viser.LookAt(viser.Vec3{3, 0, 0}, viser.Vec3{0, 0, 0}, viser.Vec3{0, 0, 1}),
	})
	ahead := frustum.WXYZ().Apply(viser.Vec3{0, 0, 1})
	fmt.Printf("at %v, looking along %.0f\n", frustum.Position(), ahead)
	// Output: at [3 0 0], looking along [-1 0 0]
}

// A gizmo moves what hangs below it.
func ExampleScene_AddTransformControls() {
	server := viser.New(nil)
	defer server.Close()
	gizmo := server.Scene().AddTransformControls("/gizmo", &viser.TransformControlsOptions{DisableRotations: true})
	server.Scene().AddBox("/gizmo/box", nil)
	gizmo.OnUpdate(func(_ context.Context, e viser.TransformControlsEvent) { fmt.Println(e.Phase, e.Target.Pose()) })
	fmt.Println(gizmo.DisableRotations())
	// Output: true
}

func ExampleScene_AddPointLight() {
	server := viser.New(nil)
	defer server.Close()
	server.Scene().ConfigureDefaultLights(false, false)
	bulb := server.Scene().AddPointLight("/bulb", &viser.PointLightOptions{
		Position: viser.Vec3{0, 0, 3}, Color: colornames.Ivory, Intensity: new(20.0), CastShadow: true,
	})
	fmt.Println(bulb.Intensity())
	// Output: 20
}

func ExampleScene_AddSpotLight() {
	server := viser.New(nil)
	defer server.Close()
	spot := server.Scene().AddSpotLight("/spot", &viser.SpotLightOptions{Position: viser.Vec3{0, 0, 3}, Angle: new(0.4)})
	spot.SetDirection(viser.Vec3{0, 1, -1})
	fmt.Println(spot.Angle(), spot.Direction())
	// Output: 0.4 [0 1 -1]
}

// Elements of the GUI at a position in the scene.
func ExampleScene_AddGUIContainer() {
	server := viser.New(nil)
	defer server.Close()
	at := server.Scene().AddGUIContainer("/panel", &viser.GUIContainerOptions{Position: viser.Vec3{0, 0, 1}})
	fmt.Println(at.AddCheckbox("visible", true, nil).Value())
	// Output: true
}

// Many poses are one step: a client draws all of them or none.
func ExampleScene_SetPoses() {
	server := viser.New(nil)
	defer server.Close()
	scene := server.Scene()
	var updates []viser.PoseUpdate
	for i := range 3 {
		box := scene.AddBox(fmt.Sprintf("/boxes/%d", i), nil)
		updates = append(updates, viser.PoseUpdate{Node: box, Pose: transform.SE3FromTranslation(viser.Vec3{float64(2 * i), 0, 0})})
	}
	scene.SetPoses(updates)
	node, _ := scene.Node("/boxes/2")
	fmt.Println(node.Position())
	// Output: [4 0 0]
}

// A library uses a part of the scene.
func ExampleScene_Part() {
	server := viser.New(nil)
	defer server.Close()
	arm := server.Scene().Part("/arm")
	hand := arm.AddFrame("/hand", nil)
	fmt.Println(hand.Name())
	arm.Reset()
	fmt.Println(hand.Removed())
	// Output:
	// /arm/hand
	// true
}

// Callbacks receive the client that clicked, and are detached by off.
func ExampleClickable() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	off := box.OnClick(func(_ context.Context, e viser.ClickEvent) {
		fmt.Println("client", e.Client.ID(), "clicked at", e.Hit)
	}, viser.Shift)
	defer off()
	// Output:
}

// A loop over clicks ends with its context.
func ExampleClickable_clicks() {
	server := viser.New(nil)
	defer server.Close()
	var cloud viser.Clickable = server.Scene().AddPointCloud("/cloud", []viser.Vec3f{{0, 0, 0}}, nil, nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for e := range cloud.Clicks(ctx) {
		fmt.Println("point", e.InstanceIndex)
	}
	fmt.Println("over")
	// Output: over
}

// The node follows the pointer that drags it.
func ExampleDraggable() {
	server := viser.New(nil)
	defer server.Close()
	box := server.Scene().AddBox("/box", nil)
	var start viser.Vec3
	box.OnDrag(viser.LeftButton, func(_ context.Context, e viser.DragEvent) {
		if e.Phase == viser.DragStart {
			start = box.Position()
		}
		var next viser.Vec3
		for i := range next {
			next[i] = start[i] + e.EndPosition[i] - e.StartPosition[i]
		}
		box.SetPosition(next)
	})
	// Output:
}

func ExamplePointCloud_SetScalars() {
	server := viser.New(nil)
	defer server.Close()
	points := [][3]float32{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}
	cloud := server.Scene().AddPointCloud("/sensor", points, nil, nil)
	cloud.SetScalars([]float32{20.5, 22, 31}, &viser.ScalarsOptions{Map: colormap.Magma, Label: "temperature", Unit: "°C"})
	fmt.Println(cloud.ScalarsRange())
	cloud.SetScalarsRange(20, 30) // sends two numbers to each client
	fmt.Println(cloud.ScalarsRange())
	// Output:
	// 20.5 31
	// 20 30
}

func ExampleScene_AddVectors() {
	server := viser.New(nil)
	defer server.Close()
	places := [][3]float32{{0, 0, 0}, {1, 0, 0}}
	speeds := [][3]float32{{3, 4, 0}, {0, 0, 1}}
	wind := server.Scene().AddVectors("/wind", places, speeds, &viser.VectorsOptions{
		ByLength: &viser.ScalarsOptions{Label: "wind", Unit: "m/s"},
	})
	fmt.Println(wind.Scalars())
	// Output: [5 1]
}

// A panel shows how many nodes a user has selected, and a button selects for all.
func ExampleScene_OnSelect() {
	server := viser.New(nil)
	defer server.Close()
	scene := server.Scene()
	box := scene.AddBox("/box", nil)
	ball := scene.AddIcosphere("/ball", nil)
	status := server.GUI().AddText("Selected", "nothing", nil)
	scene.OnSelect(func(_ context.Context, e viser.SelectEvent) {
		status.SetValue(fmt.Sprintf("%d by client %d", len(e.Nodes), e.Client.ID()))
	})
	server.GUI().AddButton("Both", nil).OnClick(func(context.Context, viser.ButtonEvent) {
		scene.SetSelection(box, ball)
	})
	// Output:
}

func ExampleScene_SetSelection() {
	server := viser.New(nil)
	defer server.Close()
	scene := server.Scene()
	box := scene.AddBox("/box", nil)
	ball := scene.AddIcosphere("/ball", nil)
	scene.SetSelection(box, ball)
	box.Remove()
	fmt.Println(len(scene.Selection()), scene.Selection()[0].Name())
	// Output: 1 /ball
}

// A plane that users can move cuts a box open.
func ExampleScene_AddClipPlane() {
	server := viser.New(nil)
	defer server.Close()
	scene := server.Scene()
	box := scene.AddBox("/box", &viser.BoxOptions{Position: viser.Vec3{0, 0, 0.5}})
	handles := scene.AddTransformControls("/cut", &viser.TransformControlsOptions{Position: viser.Vec3{0, 0, 0.5}})
	plane := scene.AddClipPlane(handles.Name()+"/plane", &viser.ClipPlaneOptions{
		Normal: viser.Vec3{0, 0, -1}, Nodes: []string{box.Name()}, Outline: 1.5,
	})
	plane.SetFlip(true)
	fmt.Println(plane.Nodes(), plane.Flip())
	// Output: [/box] true
}

// What users measure on the page is told to the program, with the nodes that they clicked.
func ExampleScene_OnMeasure() {
	server := viser.New(nil)
	defer server.Close()
	server.Scene().SetLengthUnit("m")
	server.Scene().OnMeasure(func(_ context.Context, e viser.MeasureEvent) {
		if e.Kind == viser.MeasureDistance {
			fmt.Printf("%.3f m between %v and %v\n", e.Value, e.Points[0], e.Points[1])
		}
	})
}

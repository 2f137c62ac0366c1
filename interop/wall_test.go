package interop_test

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
)

// The wall of pydriver/wall.py, through our API.

const wallSide = 1.2 // of a square

var (
	zigzag     = [][3]float32{{-0.4, 0, -0.3}, {-0.1, 0, 0.3}, {0.2, 0, -0.3}, {0.4, 0, 0.3}}
	zigzagTo   = [][3]float32{{-0.4, 0, 0.3}, {-0.2, 0, 0.3}, {0, 0, 0.3}, {0.1, 0, -0.3}, {0.3, 0, -0.3}, {0.4, 0, 0}}
	wallWXYZs  = [][4]float32{{1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}, {0.7071068, 0, 0, 0.7071068}}
	wallPlaces = [][3]float32{{-0.3, 0, 0}, {0, 0, 0}, {0.3, 0, 0}}
	wallScales = []float32{0.15, 0.2, 0.25}
	wallTints  = []viser.RGB{{220, 60, 60}, {60, 180, 60}, {60, 60, 220}}
	wallShafts = [][2][3]float32{{{-0.4, 0, -0.3}, {0.4, 0, -0.3}}, {{-0.4, 0, 0.2}, {0.1, 0, 0.4}}}
	wallBlobs  = [][6]float32{{0.02, 0, 0, 0.02, 0, 0.005}, {0.01, 0, 0.005, 0.01, 0, 0.02}, {0.01, 0, 0, 0.01, 0, 0.01}}
)

// wallPlace is the middle of a square, rows of five from the upper left.
func wallPlace(i int) viser.Vec3 {
	return viser.Vec3{wallSide * (float64(i%5) - 3.2), 0, wallSide * float64(1-i/5)}
}

func wallAt(i int) viser.NodeOptions { return viser.NodeOptions{Position: wallPlace(i)} }

func painted(r, g, b uint8) viser.SurfaceOptions {
	return viser.SurfaceOptions{Color: &viser.RGB{r, g, b}, Side: viser.FrontSide}
}

func showWall(t *testing.T, server *viser.Server, glb []byte) {
	t.Helper()
	server.InitialCamera().SetPosition(viser.Vec3{0.5, -5.2, 0.6})
	server.InitialCamera().SetLookAt(viser.Vec3{0.5, 0, 0.2})
	scene := server.Scene()
	scene.ConfigureDefaultLights(true, false)
	scene.ConfigureFog(4, 40, &viser.FogOptions{Color: &viser.RGB{200, 210, 255}})
	showWallLines(scene)
	showWallModels(t, scene, glb)
	showWallLights(scene)
	showWallGizmo(scene)
}

func showWallLines(scene *viser.Scene) {
	scene.AddArrows("/arrows", wallShafts, wallTints[:2], &viser.ArrowsOptions{
		ShaftRadius: 0.04, HeadRadius: 0.1, HeadLength: 0.15, NodeOptions: wallAt(0),
	})
	line := func(r, g, b uint8) viser.SplineOptions {
		return viser.SplineOptions{Thickness: 0.04, Segments: 40, Color: &viser.RGB{r, g, b}}
	}
	scene.AddSplineCatmullRom("/catmull", zigzag, &viser.CatmullRomSplineOptions{SplineOptions: line(220, 60, 60), NodeOptions: wallAt(1)})
	scene.AddSplineCubicBezier("/bezier", zigzag, zigzagTo, &viser.CubicBezierSplineOptions{SplineOptions: line(60, 60, 220), NodeOptions: wallAt(2)})
	scene.AddBatchedAxes("/axes", wallWXYZs, wallPlaces, &viser.BatchedAxesOptions{AxesLength: 0.25, AxesRadius: 0.03, NodeOptions: wallAt(3)})
	picture := wallAt(4)
	picture.WXYZ = viser.Quat{W: 0.7071068, X: -0.7071068}
	scene.AddImage("/image", imageRGB(), 0.9, 0.6, &viser.ImageNodeOptions{Format: viser.PNG, NodeOptions: picture})
}

func showWallModels(t *testing.T, scene *viser.Scene, glb []byte) {
	t.Helper()
	scene.AddBatchedMeshes("/meshes", vertices, faces, wallWXYZs, wallPlaces, &viser.BatchedMeshesOptions{
		InstanceScales: viser.InstanceScales{Scales: wallScales}, Colors: wallTints, LOD: lodOff,
		SurfaceOptions: viser.SurfaceOptions{Side: viser.DoubleSide}, NodeOptions: wallAt(5),
	})
	if _, err := scene.AddGLB("/glb", glb, &viser.GLBOptions{NodeOptions: wallAt(6)}); err != nil {
		t.Fatal(err)
	}
	double := make([]float32, len(wallScales))
	for i, s := range wallScales {
		double[i] = 2 * s
	}
	if _, err := scene.AddBatchedGLB("/glbs", glb, wallWXYZs, wallPlaces, &viser.BatchedGLBOptions{
		InstanceScales: viser.InstanceScales{Scales: double}, LOD: lodOff, NodeOptions: wallAt(7),
	}); err != nil {
		t.Fatal(err)
	}
	skinned := painted(200, 120, 40)
	skinned.Side = viser.DoubleSide
	scene.AddSkinnedMesh("/skinned", times(vertices, 0.4), faces,
		[]viser.BonePose{{Position: viser.Vec3{-0.2}}, {Position: viser.Vec3{0.2}}},
		[][]float32{{1, 0}, {0, 1}, {0.5, 0.5}, {0.5, 0.5}},
		&viser.SkinnedMeshOptions{SurfaceOptions: skinned, NodeOptions: wallAt(8)},
	).Bones()[1].SetPosition(viser.Vec3{0.4, 0, 0.2})
	scene.AddGaussianSplats("/splats", wallPlaces, wallBlobs, wallTints, []float32{1, 0.7, 0.9}, &viser.GaussianSplatsOptions{NodeOptions: wallAt(9)})
}

func showWallLights(scene *viser.Scene) {
	scene.AddIcosphere("/lit", &viser.IcosphereOptions{Radius: 0.4, SurfaceOptions: painted(255, 255, 255), NodeOptions: wallAt(10)})
	near := func(i int, x, y float64) viser.NodeOptions {
		p := wallPlace(i)
		return viser.NodeOptions{Position: viser.Vec3{p[0] + x, p[1] + y, p[2]}}
	}
	lamp := func(r, g, b uint8, intensity float64) viser.LightOptions {
		return viser.LightOptions{Color: &viser.RGB{r, g, b}, Intensity: &intensity}
	}
	scene.AddPointLight("/bulb", &viser.PointLightOptions{LightOptions: lamp(255, 40, 40, 1.5), Distance: 1.2, NodeOptions: near(10, -0.6, -0.4)})
	scene.AddSpotLight("/spot", &viser.SpotLightOptions{
		LightOptions: lamp(40, 255, 40, 4), Distance: 2, Angle: new(0.5), Penumbra: 0.2,
		Direction: viser.Vec3{-0.3, 0.6, 0}, NodeOptions: near(10, 0.4, -1),
	})
	scene.AddAmbientLight("/ambient", &viser.AmbientLightOptions{LightOptions: lamp(40, 40, 255, 0.3)})
	scene.AddHemisphereLight("/dome", &viser.HemisphereLightOptions{
		SkyColor: &viser.RGB{255, 255, 255}, GroundColor: &viser.RGB{80, 40, 20}, Intensity: new(0.3),
		NodeOptions: viser.NodeOptions{Position: viser.Vec3{0, 0, 1}},
	})
	scene.AddDirectionalLight("/sun", &viser.DirectionalLightOptions{
		LightOptions: lamp(255, 220, 180, 0.5), NodeOptions: viser.NodeOptions{Position: viser.Vec3{1, -2, 3}},
	})
	scene.AddBox("/lit panel", &viser.BoxOptions{Dimensions: viser.Vec3{0.9, 0.1, 0.9}, SurfaceOptions: painted(255, 255, 255), NodeOptions: wallAt(11)})
	pane := near(11, 0, -0.5)
	pane.WXYZ = viser.Quat{W: 0.7071068, X: 0.7071068}
	scene.AddRectAreaLight("/pane", &viser.RectAreaLightOptions{LightOptions: lamp(255, 200, 80, 4), Width: 0.4, Height: 0.4, NodeOptions: pane})
}

func showWallGizmo(scene *viser.Scene) {
	gizmo := wallAt(12)
	gizmo.Position[2] -= 0.1
	gizmo.WXYZ = viser.Quat{W: 0.9238795, Y: 0.3826834}
	scene.AddTransformControls("/gizmo", &viser.TransformControlsOptions{
		Scale: 0.45, LineWidth: 4, DisableSliders: true, NodeOptions: gizmo,
	})
}

func showWallControls(scene *viser.Scene) {
	controls := wallAt(13)
	controls.Position[0] -= 2
	controls.Position[2] -= 0.8
	in := scene.Add3DGUIContainer("/controls", &viser.GUI3DContainerOptions{NodeOptions: controls})
	in.AddButton("in the scene", nil)
	in.AddNumber("a number in the scene", 2.5, nil)
}

// triangleGLB is a GLB file with one green triangle.
func triangleGLB(t *testing.T) []byte {
	t.Helper()
	type object = map[string]any
	var bin []byte
	for _, x := range []float32{-0.4, 0, -0.3, 0.4, 0, -0.3, 0, 0, 0.4} {
		bin, _ = binary.Append(bin, binary.LittleEndian, x)
	}
	text, err := json.Marshal(object{
		"asset": object{"version": "2.0"}, "scene": 0, "scenes": []any{object{"nodes": []int{0}}},
		"nodes":       []any{object{"mesh": 0}},
		"meshes":      []any{object{"primitives": []any{object{"attributes": object{"POSITION": 0}, "material": 0}}}},
		"materials":   []any{object{"doubleSided": true, "pbrMetallicRoughness": object{"baseColorFactor": []float64{0.1, 0.7, 0.2, 1}, "metallicFactor": 0}}},
		"accessors":   []any{object{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": []float64{-0.4, 0, -0.3}, "max": []float64{0.4, 0, 0.4}}},
		"bufferViews": []any{object{"buffer": 0, "byteLength": len(bin)}}, "buffers": []any{object{"byteLength": len(bin)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return gltf.Pack(text, bin)
}

// TestBrowserWall shows the wall of all other kinds in Python and in Go to
// viser's own page and to ours: each page must look the same on both servers.
func TestBrowserWall(t *testing.T) {
	glb := triangleGLB(t)
	path := filepath.Join(t.TempDir(), "triangle.glb")
	if err := os.WriteFile(path, glb, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, page := range bothPages(t) {
		t.Run(page.name, func(t *testing.T) {
			args, said, values := []string{"wall", path}, []string{"interop panel"}, []string(nil)
			// viser's own page cannot show controls in the scene: its React fails in them.
			controls := page.name == "our page"
			if controls {
				args, said, values = append(args, "controls"), append(said, "in the scene", "a number in the scene"), []string{"2.5"}
			}
			b := newBrowser(t)
			addr, _ := pythonShow(t, args...)
			onPython := b.look(page.url, addr, said, values)
			server, _ := showServer(t, page.url, func(s *viser.Server) {
				showWall(t, s, glb)
				if controls {
					showWallControls(s.Scene())
				}
			})
			onOurs := b.look(page.url, server.Addr().String(), said, values)
			checkFull(t, "on Python's server", onPython)
			checkSame(t, page.name, onPython, onOurs)
		})
	}
}

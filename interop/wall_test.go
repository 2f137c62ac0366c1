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

// The wall of pydriver/wall.py, with our API.

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

func painted(r, g, b uint8) viser.RGB {
	return viser.RGB{r, g, b}
}

func showWall(t *testing.T, server *viser.Server, glb []byte) {
	t.Helper()
	server.InitialCamera().SetPosition(viser.Vec3{0.5, -5.2, 0.6})
	server.InitialCamera().SetLookAt(viser.Vec3{0.5, 0, 0.2})
	scene := server.Scene()
	scene.ConfigureDefaultLights(true, false)
	scene.ConfigureFog(4, 40, &viser.FogOptions{Color: viser.RGB{200, 210, 255}})
	showWallLines(scene)
	showWallModels(t, scene, glb)
	showWallLights(scene)
	showWallGizmo(scene)
}

func showWallLines(scene *viser.Scene) {
	scene.AddArrows("/arrows", wallShafts, wallTints[:2], &viser.ArrowsOptions{
		ShaftRadius: 0.04, HeadRadius: 0.1, HeadLength: 0.15, Position: wallPlace(0),
	})
	scene.AddSplineCatmullRom("/catmull", zigzag, &viser.CatmullRomSplineOptions{Thickness: 0.04, Segments: 40, Color: viser.RGB{220, 60, 60}, Position: wallPlace(1)})
	scene.AddSplineCubicBezier("/bezier", zigzag, zigzagTo, &viser.CubicBezierSplineOptions{Thickness: 0.04, Segments: 40, Color: viser.RGB{60, 60, 220}, Position: wallPlace(2)})
	scene.AddBatchedAxes("/axes", wallWXYZs, wallPlaces, &viser.BatchedAxesOptions{AxesLength: 0.25, AxesRadius: 0.03, Position: wallPlace(3)})
	upright := viser.Quat{W: 0.7071068, X: -0.7071068}
	scene.AddImage("/image", imageRGB(), 0.9, 0.6, &viser.ImageOptions{Format: viser.PNG, WXYZ: upright, Position: wallPlace(4)})
}

func showWallModels(t *testing.T, scene *viser.Scene, glb []byte) {
	t.Helper()
	scene.AddBatchedMeshes("/meshes", vertices, faces, wallWXYZs, wallPlaces, &viser.BatchedMeshesOptions{
		Scales: wallScales, Colors: wallTints, LOD: lodOff,
		Side: viser.DoubleSide, Position: wallPlace(5),
	})
	if _, err := scene.AddGLB("/glb", glb, &viser.GLBOptions{Position: wallPlace(6)}); err != nil {
		t.Fatal(err)
	}
	double := make([]float32, len(wallScales))
	for i, s := range wallScales {
		double[i] = 2 * s
	}
	if _, err := scene.AddBatchedGLB("/glbs", glb, wallWXYZs, wallPlaces, &viser.BatchedGLBOptions{
		Scales: double, LOD: lodOff, Position: wallPlace(7),
	}); err != nil {
		t.Fatal(err)
	}
	scene.AddSkinnedMesh("/skinned", times(vertices, 0.4), faces,
		[]viser.Pose{{Translation: viser.Vec3{-0.2}}, {Translation: viser.Vec3{0.2}}},
		[][]float32{{1, 0}, {0, 1}, {0.5, 0.5}, {0.5, 0.5}},
		&viser.SkinnedMeshOptions{Color: viser.RGB{200, 120, 40}, Side: viser.DoubleSide, Position: wallPlace(8)},
	).Bones()[1].SetPosition(viser.Vec3{0.4, 0, 0.2})
	scene.AddGaussianSplats("/splats", wallPlaces, wallBlobs, wallTints, []float32{1, 0.7, 0.9}, &viser.GaussianSplatsOptions{Position: wallPlace(9)})
}

func showWallLights(scene *viser.Scene) {
	scene.AddIcosphere("/lit", &viser.IcosphereOptions{Radius: 0.4, Color: painted(255, 255, 255), Position: wallPlace(10)})
	near := func(i int, x, y float64) viser.Vec3 {
		p := wallPlace(i)
		return viser.Vec3{p[0] + x, p[1] + y, p[2]}
	}
	scene.AddPointLight("/bulb", &viser.PointLightOptions{Color: viser.RGB{255, 40, 40}, Intensity: new(1.5), Distance: 1.2, Position: near(10, -0.6, -0.4)})
	scene.AddSpotLight("/spot", &viser.SpotLightOptions{
		Color: viser.RGB{40, 255, 40}, Intensity: new(4.0), Distance: 2, Angle: new(0.5), Penumbra: 0.2,
		Direction: viser.Vec3{-0.3, 0.6, 0}, Position: near(10, 0.4, -1),
	})
	scene.AddAmbientLight("/ambient", &viser.AmbientLightOptions{Color: viser.RGB{40, 40, 255}, Intensity: new(0.3)})
	scene.AddHemisphereLight("/dome", &viser.HemisphereLightOptions{
		SkyColor: viser.RGB{255, 255, 255}, GroundColor: viser.RGB{80, 40, 20}, Intensity: new(0.3),
		Position: viser.Vec3{0, 0, 1},
	})
	scene.AddDirectionalLight("/sun", &viser.DirectionalLightOptions{
		Color: viser.RGB{255, 220, 180}, Intensity: new(0.5), Position: viser.Vec3{1, -2, 3},
	})
	scene.AddBox("/lit panel", &viser.BoxOptions{Dimensions: viser.Vec3{0.9, 0.1, 0.9}, Color: painted(255, 255, 255), Position: wallPlace(11)})
	forwards := viser.Quat{W: 0.7071068, X: 0.7071068}
	scene.AddRectAreaLight("/pane", &viser.RectAreaLightOptions{Color: viser.RGB{255, 200, 80}, Intensity: new(4.0), Width: 0.4, Height: 0.4, WXYZ: forwards, Position: near(11, 0, -0.5)})
}

func showWallGizmo(scene *viser.Scene) {
	place := wallPlace(12)
	place[2] -= 0.1
	scene.AddTransformControls("/gizmo", &viser.TransformControlsOptions{
		Scale: 0.45, LineWidth: 4, DisableSliders: true, WXYZ: viser.Quat{W: 0.9238795, Y: 0.3826834}, Position: place,
	})
}

func showWallControls(scene *viser.Scene) {
	place := wallPlace(13)
	place[0] -= 2
	place[2] -= 0.8
	in := scene.AddGUIContainer("/controls", &viser.GUIContainerOptions{Position: place})
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

// TestBrowserWall shows the wall of all other kinds in Python and in Go in upstream
// viser's client and in ours: each client must look the same on both servers.
func TestBrowserWall(t *testing.T) {
	glb := triangleGLB(t)
	path := filepath.Join(t.TempDir(), "triangle.glb")
	if err := os.WriteFile(path, glb, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, page := range bothPages(t) {
		t.Run(page.name, func(t *testing.T) {
			args, said, values := []string{"wall", path}, []string{"interop panel"}, []string(nil)
			// Upstream viser's client cannot show controls in the scene: its React code
			// fails.
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
			onGo := b.look(page.url, server.Addr().String(), said, values)
			checkFull(t, "on Python's server", onPython)
			checkSame(t, page.name, onPython, onGo)
		})
	}
}

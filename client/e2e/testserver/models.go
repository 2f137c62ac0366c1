package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"github.com/viser-go/viser"
)

func init() { scenarios["models"] = modelsScenario }

var (
	// A square in the plane of the picture, seen from -y.
	squareVertices = [][3]float32{{-0.5, 0, -0.5}, {0.5, 0, -0.5}, {0.5, 0, 0.5}, {-0.5, 0, 0.5}}
	squareFaces    = [][3]uint32{{0, 1, 2}, {0, 2, 3}}
	primary        = []viser.RGB{{220, 0, 0}, {0, 200, 0}, {0, 0, 220}}
	row            = [][3]float32{{-1.5, 0, 0}, {0, 0, 0}, {1.5, 0, 0}}
)

// modelsScenario shows batches, files and bones, from -y and 4 away.
func modelsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.do("remove", func(string) { sc.RemoveNode("/it") })
	batches(s, sc)
	files(s, sc)
	bones(s, sc)
}

func batches(s *stage, sc *viser.Scene) {
	var batch *viser.BatchedMeshes
	add := func(positions [][3]float32, o viser.BatchedMeshesOptions) {
		batch = sc.AddBatchedMeshes("/it", squareVertices, squareFaces, nil, positions, &o)
		batch.OnClick(func(_ context.Context, e viser.ClickEvent) { s.event("instance %d", e.InstanceIndex) })
	}
	s.do("batch", func(string) { add(row, viser.BatchedMeshesOptions{Colors: primary}) })
	s.do("batch-move", func(string) { batch.SetPoses(nil, [][3]float32{{-1.5, 0, 1}, {0, 0, 0}, {1.5, 0, 0}}) })
	s.do("batch-scale", func(string) { batch.SetScales(viser.InstanceScales{Scales: []float32{1, 0.5, 1}}) })
	s.do("batch-fewer", func(string) { batch.SetInstances(nil, row[:1], viser.InstanceScales{}, primary[:1], nil) })
	s.do("batch-bad", func(string) {
		nan := float32(math.NaN())
		add([][3]float32{{-1.5, 0, 0}, {nan, 0, 0}, {1.5, 0, 0}}, viser.BatchedMeshesOptions{Colors: primary})
	})
	s.do("batch-empty", func(string) { add(nil, viser.BatchedMeshesOptions{}) })
	s.do("batch-clear", func(string) {
		add(row, viser.BatchedMeshesOptions{Colors: primary, Opacities: []float32{1, 0.1, 0}})
	})
	// Two squares, one behind the other, in both orders: the near one is in front.
	layers := func(near, far int) [][3]float32 {
		out := make([][3]float32, 2)
		out[near], out[far] = [3]float32{0, -0.5, 0}, [3]float32{0, 0.5, 0}
		return out
	}
	s.do("layers", func(order string) {
		near := 0
		if order == "far-first" {
			near = 1
		}
		colors := make([]viser.RGB, 2)
		colors[near], colors[1-near] = viser.RGB{0, 200, 0}, viser.RGB{220, 0, 0}
		add(layers(near, 1-near), viser.BatchedMeshesOptions{Opacity: new(0.9), Side: viser.DoubleSide, Colors: colors})
	})
	s.commands["lod"] = func(mode string) (string, error) {
		vertices, faces := ball(64)
		lod := viser.LOD{Off: true}
		if mode == "levels" {
			lod = viser.LOD{Levels: []viser.LODLevel{{Distance: 6, Ratio: 0.1}}}
		}
		green := viser.RGB{0, 200, 0}
		sc.AddBatchedMeshes("/it", vertices, faces, nil, [][3]float32{{-1, 0, 0}, {3, 8, 0}}, &viser.BatchedMeshesOptions{
			Color: green, LOD: lod, NoCastShadow: true,
		})
		return fmt.Sprint(len(faces)), nil
	}
}

// ball is a sphere of 2 n (n - 1) triangles.
func ball(n int) (vertices [][3]float32, faces [][3]uint32) {
	for i := range n + 1 {
		lat := math.Pi * float64(i) / float64(n)
		for j := range n + 1 {
			lon := 2 * math.Pi * float64(j) / float64(n)
			vertices = append(vertices, [3]float32{
				float32(math.Sin(lat) * math.Cos(lon)), float32(math.Sin(lat) * math.Sin(lon)), float32(math.Cos(lat)),
			})
		}
	}
	at := func(i, j int) uint32 { return uint32(i*(n+1) + j) }
	for i := range n {
		for j := range n {
			if i > 0 {
				faces = append(faces, [3]uint32{at(i, j), at(i+1, j), at(i, j+1)})
			}
			if i < n-1 {
				faces = append(faces, [3]uint32{at(i, j+1), at(i+1, j), at(i+1, j+1)})
			}
		}
	}
	return vertices, faces
}

func files(s *stage, sc *viser.Scene) {
	var model *viser.GLB
	add := func(animated bool) error {
		var err error
		model, err = sc.AddGLB("/it", squareGLB(animated, "", texture()), nil)
		if err == nil {
			model.OnClick(func(_ context.Context, _ viser.ClickEvent) { s.event("model") })
		}
		return err
	}
	s.commands["glb"] = func(string) (string, error) { return "", add(false) }
	s.commands["glb-animated"] = func(string) (string, error) { return "", add(true) }
	s.commands["glb-broken"] = func(string) (string, error) {
		_, err := sc.AddGLB("/it", []byte("no model"), nil)
		if err == nil {
			return "", fmt.Errorf("it was taken")
		}
		return err.Error(), nil
	}
	s.commands["glb-basis"] = func(string) (string, error) {
		_, err := sc.AddGLB("/it", squareGLB(false, "KHR_texture_basisu", texture()), nil)
		return "", err
	}
	s.commands["glb-bad-image"] = func(string) (string, error) {
		_, err := sc.AddGLB("/it", squareGLB(false, "", []byte("no picture, but bytes")), nil)
		return "", err
	}
	s.do("glb-scale", func(string) { model.SetScale(viser.Uniform(0.5)) })
	s.commands["glb-batch"] = func(string) (string, error) {
		b, err := sc.AddBatchedGLB("/it", squareGLB(false, "", texture()), nil, row, &viser.BatchedGLBOptions{
			Scales: []float32{1, 0.5, 1},
		})
		if err == nil {
			b.OnClick(func(_ context.Context, e viser.ClickEvent) { s.event("copy %d", e.InstanceIndex) })
		}
		return "", err
	}
}

// texture is a small green picture.
func texture() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	for i := range 16 {
		img.Set(i%4, i/4, color.NRGBA{0, 200, 0, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// squareGLB is a square with a picture on it, in y-up coordinates; animated, it is 1.5 higher all the time.
func squareGLB(animated bool, extension string, picture []byte) []byte {
	var bin []byte
	var views list
	view := func(data []byte) int {
		views = append(views, object{"buffer": 0, "byteOffset": len(bin), "byteLength": len(data)})
		bin = append(bin, data...)
		for len(bin)%4 != 0 {
			bin = append(bin, 0)
		}
		return len(views) - 1
	}
	floats := func(xs ...float32) []byte {
		var b []byte
		for _, x := range xs {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
		return b
	}
	// Seen from -y, as the scenario's camera does, and from both sides.
	accessors := list{
		object{"bufferView": view(floats(-.5, 0, -.5, .5, 0, -.5, .5, 0, .5, -.5, 0, .5)), "componentType": 5126, "count": 4, "type": "VEC3", "min": list{-.5, 0, -.5}, "max": list{.5, 0, .5}},
		object{"bufferView": view(floats(0, 0, 1, 0, 1, 1, 0, 1)), "componentType": 5126, "count": 4, "type": "VEC2"},
		object{"bufferView": view([]byte{0, 0, 1, 0, 2, 0, 0, 0, 2, 0, 3, 0}), "componentType": 5123, "count": 6, "type": "SCALAR"},
		object{"bufferView": view(floats(0, 1)), "componentType": 5126, "count": 2, "type": "SCALAR", "min": list{0}, "max": list{1}},
		object{"bufferView": view(floats(0, 0, 1.5, 0, 0, 1.5)), "componentType": 5126, "count": 2, "type": "VEC3"},
	}
	doc := object{
		"asset": object{"version": "2.0"}, "scene": 0, "scenes": list{object{"nodes": list{0}}}, "nodes": list{object{"mesh": 0}},
		"meshes":    list{object{"primitives": list{object{"attributes": object{"POSITION": 0, "TEXCOORD_0": 1}, "indices": 2, "material": 0}}}},
		"materials": list{object{"doubleSided": true, "pbrMetallicRoughness": object{"baseColorTexture": object{"index": 0}, "metallicFactor": 0}}},
		"textures":  list{object{"source": 0}}, "images": list{object{"bufferView": view(picture), "mimeType": "image/png"}},
	}
	if animated {
		doc["animations"] = list{object{
			"samplers": list{object{"input": 3, "output": 4}},
			"channels": list{object{"sampler": 0, "target": object{"node": 0, "path": "translation"}}},
		}}
	}
	if extension != "" {
		doc["extensionsUsed"], doc["extensionsRequired"] = list{extension}, list{extension}
	}
	doc["bufferViews"], doc["accessors"], doc["buffers"] = views, accessors, list{object{"byteLength": len(bin)}}
	return (&glbFile{doc, bin}).bytes()
}

// bones is a bar from x = -1 to 1 whose right half is bound to its own bone.
func bones(s *stage, sc *viser.Scene) {
	vertices := [][3]float32{{-1, 0, -.2}, {0, 0, -.2}, {1, 0, -.2}, {-1, 0, .2}, {0, 0, .2}, {1, 0, .2}}
	faces := [][3]uint32{{0, 1, 4}, {0, 4, 3}, {1, 2, 5}, {1, 5, 4}}
	weights := [][]float32{{1, 0}, {1, 0}, {0, 1}, {1, 0}, {1, 0}, {0, 1}}
	var mesh *viser.SkinnedMesh
	s.do("skinned", func(string) {
		green := viser.RGB{0, 200, 0}
		mesh = sc.AddSkinnedMesh("/it", vertices, faces, []viser.Pose{{}, {Translation: viser.Vec3{1, 0, 0}}}, weights, &viser.SkinnedMeshOptions{
			Color: green, Side: viser.DoubleSide,
		})
		mesh.OnClick(func(_ context.Context, _ viser.ClickEvent) { s.event("skin") })
	})
	s.do("bone", func(string) { mesh.Bones()[1].SetPosition(viser.Vec3{1, 0, 1}) })
	s.do("bone-turn", func(string) { mesh.Bones()[0].SetWXYZ(viser.AxisAngle(viser.Vec3{0, 1, 0}, math.Pi/2)) })
	s.do("skinned-white", func(string) { mesh.SetColor(viser.RGB{0, 0, 220}) })
}

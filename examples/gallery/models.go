package main

import (
	"encoding/binary"
	"encoding/json"
	"log"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
	"github.com/viser-go/viser/formats/gltf"
)

// batch is a herd of bunnies in all colors, each with a pose and a size of its own.
func batch(s *viser.Scene, name string) {
	vertices, faces := bunny.Mesh()
	wxyzs, positions, scales := herd()
	colors := make([]viser.RGB, len(positions))
	for i := range colors {
		colors[i] = viser.RGB{uint8(90 + 14*(i%12)), uint8(220 - 13*(i/4)), uint8(120 + 45*(i%4))}
	}
	s.AddBatchedMeshes(name, vertices, faces, wxyzs, positions, &viser.BatchedMeshesOptions{
		Scales: scales, Colors: colors,
	})
}

// herd has twelve places on the floor.
func herd() (wxyzs [][4]float32, positions [][3]float32, scales []float32) {
	for i := range 12 {
		s, c := math.Sincos(float64(i) / 2)
		wxyzs = append(wxyzs, [4]float32{float32(c), 0, 0, float32(s)})
		positions = append(positions, [3]float32{float32(i%4)*0.45 - 0.7, float32(i/4)*0.5 - 0.5, 0})
		scales = append(scales, 0.3+0.02*float32(i%5))
	}
	return wxyzs, positions, scales
}

// glb shows a file whose animation turns a bunny.
func glb(s *viser.Scene, name string) {
	if _, err := s.AddGLB(name, bunnyGLB(), nil); err != nil {
		log.Fatal(err)
	}
}

func batchedGLB(s *viser.Scene, name string) {
	wxyzs, positions, scales := herd()
	if _, err := s.AddBatchedGLB(name, bunnyGLB(), wxyzs, positions, &viser.BatchedGLBOptions{
		Scales: scales,
	}); err != nil {
		log.Fatal(err)
	}
}

// bunnyGLB is a GLB file with a golden bunny that turns once in four seconds.
func bunnyGLB() []byte {
	type object = map[string]any
	type list = []any
	vertices, faces := bunny.Mesh()
	var bin []byte
	var views list
	view := func(data any) int {
		start := len(bin)
		bin, _ = binary.Append(bin, binary.LittleEndian, data)
		views = append(views, object{"buffer": 0, "byteOffset": start, "byteLength": len(bin) - start})
		return len(views) - 1
	}
	low, high := vertices[0], vertices[0]
	for _, v := range vertices {
		for k := range v {
			low[k], high[k] = min(low[k], v[k]), max(high[k], v[k])
		}
	}
	half := float32(math.Sqrt(0.5))
	turns := [][4]float32{{0, 0, 0, 1}, {0, 0, half, half}, {0, 0, 1, 0}, {0, 0, half, -half}, {0, 0, 0, -1}}
	accessors := list{
		object{"bufferView": view(vertices), "componentType": 5126, "count": len(vertices), "type": "VEC3", "min": low, "max": high},
		object{"bufferView": view(faces), "componentType": 5125, "count": 3 * len(faces), "type": "SCALAR"},
		object{"bufferView": view([]float32{0, 1, 2, 3, 4}), "componentType": 5126, "count": 5, "type": "SCALAR", "min": list{0}, "max": list{4}},
		object{"bufferView": view(turns), "componentType": 5126, "count": len(turns), "type": "VEC4"},
	}
	doc := object{
		"asset": object{"version": "2.0"}, "scene": 0, "scenes": list{object{"nodes": list{0}}}, "nodes": list{object{"mesh": 0}},
		"meshes":    list{object{"primitives": list{object{"attributes": object{"POSITION": 0}, "indices": 1, "material": 0}}}},
		"materials": list{object{"pbrMetallicRoughness": object{"baseColorFactor": list{0.9, 0.6, 0.15, 1}, "metallicFactor": 0.3, "roughnessFactor": 0.4}}},
		"accessors": accessors, "bufferViews": views, "buffers": list{object{"byteLength": len(bin)}},
	}
	if !still {
		doc["animations"] = list{object{
			"samplers": list{object{"input": 2, "output": 3}},
			"channels": list{object{"sampler": 0, "target": object{"node": 0, "path": "rotation"}}},
		}}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		log.Fatal(err)
	}
	return gltf.Pack(text, bin)
}

// skinned is a column that its three bones bend.
func skinned(s *viser.Scene, name string) {
	const rings, corners = 25, 24
	var vertices [][3]float32
	var faces [][3]uint32
	var weights [][]float32
	for i := range rings {
		z := float64(i) / (rings - 1)
		for j := range corners {
			y, x := math.Sincos(2 * math.Pi * float64(j) / corners)
			vertices = append(vertices, [3]float32{float32(0.18 * x), float32(0.18 * y), float32(z)})
			// The middle bone pulls most in the middle.
			weights = append(weights, []float32{float32(max(0, 1-2*z)), float32(1 - math.Abs(2*z-1)), float32(max(0, 2*z-1))})
			if a, b := uint32(i*corners+j), uint32(i*corners+(j+1)%corners); i < rings-1 {
				faces = append(faces, [3]uint32{a, b, b + corners}, [3]uint32{a, b + corners, a + corners})
			}
		}
	}
	mesh := s.AddSkinnedMesh(name, vertices, faces, []viser.Pose{
		{}, {Translation: viser.Vec3{0, 0, 0.5}}, {Translation: viser.Vec3{0, 0, 1}},
	}, weights, &viser.SkinnedMeshOptions{Color: viser.RGB{200, 120, 190}, Side: viser.DoubleSide})
	mesh.Bones()[1].SetPosition(viser.Vec3{0.3, -0.2, 0.5})
	mesh.Bones()[2].SetPosition(viser.Vec3{-0.1, 0, 0.95})
	mesh.Bones()[2].SetWXYZ(viser.AxisAngle(viser.Vec3{0, 1, 0}, -0.9))
}

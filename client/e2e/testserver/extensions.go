package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/gltf"
)

func init() { scenarios["extensions"] = extensionsScenario }

// extensionsScenario shows one GLB file at a time that uses an extension of glTF, from -y and 4 away, and a green box
// to the right of it.
func extensionsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	sc.AddBox("/beside", &viser.BoxOptions{Color: green, Position: viser.Vec3{2, 0, 0}})
	for name, file := range map[string]*glbFile{
		"plain":   boxGLB(packed),
		"meshopt": boxGLB(compressed),
		"specgloss": boxGLB(packed).with(func(doc object) {
			const name = "KHR_materials_pbrSpecularGlossiness"
			doc["extensionsUsed"] = list{name}
			doc["materials"] = list{object{"extensions": object{name: object{"diffuseFactor": list{0.8, 0, 0, 1}}}}}
		}),
		"unknown": boxGLB(packed).with(func(doc object) {
			doc["extensionsUsed"], doc["extensionsRequired"] = list{"VENDOR_unheard_of"}, list{"VENDOR_unheard_of"}
		}),
	} {
		s.commands[name] = func(string) (string, error) {
			_, err := sc.AddGLB("/it", file.bytes(), nil)
			return "", err
		}
	}
	draco := func(file []byte) func(string) (string, error) {
		return func(string) (string, error) {
			_, err := sc.AddGLB("/it", file, &viser.GLBOptions{Scale: viser.Vec3{0.5, 0.5, 0.5}})
			return "", err
		}
	}
	s.commands["draco"] = draco(dracoBall)
	// The same with a few bytes of the compressed part changed.
	at := bytes.Index(dracoBall, []byte("DRACO")) + 40
	s.commands["damaged"] = draco(append(append(append([]byte(nil), dracoBall[:at]...), "damaged damaged"...), dracoBall[at+15:]...))
	s.do("remove", func(string) { sc.RemoveNode("/it") })
}

// dracoBall is a red ball with a radius of 1, which glTF-Transform has compressed with Draco.
//
//go:embed testdata/draco.glb
var dracoBall []byte

type (
	object = map[string]any
	list   = []any
)

// A glbFile is the two parts of a GLB file.
type glbFile struct {
	doc object
	bin []byte
}

func (f *glbFile) with(change func(doc object)) *glbFile {
	change(f.doc)
	return f
}

func (f *glbFile) bytes() []byte {
	text, err := json.Marshal(f.doc)
	if err != nil {
		panic(err)
	}
	return gltf.Pack(text, f.bin)
}

// A layout says how a file has its vertices, of stride bytes each, and the indices of its triangles.
type layout func(vertices []byte, stride int, indices []uint16) (bin []byte, views, buffers list, required []string)

// packed stores them uncompressed.
func packed(vertices []byte, stride int, indices []uint16) ([]byte, list, list, []string) {
	bin := append([]byte(nil), vertices...)
	for _, i := range indices {
		bin = binary.LittleEndian.AppendUint16(bin, i)
	}
	views := list{
		object{"buffer": 0, "byteLength": len(vertices), "byteStride": stride},
		object{"buffer": 0, "byteOffset": len(vertices), "byteLength": 2 * len(indices)},
	}
	return bin, views, list{object{"byteLength": len(bin)}}, nil
}

// compressed stores them compressed with meshopt, without a fallback: the buffer of the views has no bytes.
func compressed(vertices []byte, stride int, indices []uint16) ([]byte, list, list, []string) {
	const name = "EXT_meshopt_compression"
	var bin []byte
	views, decoded := list{}, 0
	view := func(code []byte, mode string, stride, count int) object {
		for len(bin)%4 != 0 {
			bin = append(bin, 0)
		}
		v := object{
			"buffer": 1, "byteOffset": decoded, "byteLength": count * stride,
			"extensions": object{name: object{
				"buffer": 0, "byteOffset": len(bin), "byteLength": len(code), "byteStride": stride, "count": count, "mode": mode,
			}},
		}
		bin = append(bin, code...)
		decoded += count * stride
		views = append(views, v)
		return v
	}
	view(meshoptAttributes(vertices, stride), "ATTRIBUTES", stride, len(vertices)/stride)["byteStride"] = stride
	view(meshoptTriangles(indices), "TRIANGLES", 2, len(indices))
	buffers := list{
		object{"byteLength": len(bin)},
		object{"byteLength": decoded, "extensions": object{name: object{"fallback": true}}},
	}
	return bin, views, buffers, []string{name}
}

// boxGLB is a red box with edges of 1 around the origin: four vertices for each side.
func boxGLB(how layout) *glbFile {
	const stride = 24
	var vertices []byte
	var indices []uint16
	for side := range 6 {
		axis, sign := side/2, float64(2*(side%2)-1)
		first := uint16(4 * side)
		for corner := range 4 {
			var at, normal [3]float64
			normal[axis] = sign
			at[axis] = sign / 2
			at[(axis+1)%3] = float64(corner%2) - 0.5
			at[(axis+2)%3] = (float64(corner/2) - 0.5) * sign
			for _, v := range [][3]float64{at, normal} {
				for _, x := range v {
					vertices = binary.LittleEndian.AppendUint32(vertices, math.Float32bits(float32(x)))
				}
			}
		}
		indices = append(indices, first, first+1, first+2, first+1, first+3, first+2)
	}
	bin, views, buffers, required := how(vertices, stride, indices)
	points := object{"bufferView": 0, "componentType": 5126, "type": "VEC3", "count": len(vertices) / stride}
	points["min"], points["max"] = list{-0.5, -0.5, -0.5}, list{0.5, 0.5, 0.5}
	doc := object{
		"asset": object{"version": "2.0"}, "scene": 0, "scenes": list{object{"nodes": list{0}}}, "nodes": list{object{"mesh": 0}},
		"meshes":    list{object{"primitives": list{object{"attributes": object{"POSITION": 0, "NORMAL": 1}, "indices": 2, "material": 0}}}},
		"materials": list{object{"pbrMetallicRoughness": object{"baseColorFactor": list{0.8, 0, 0, 1}, "metallicFactor": 0}}},
		"accessors": list{
			points,
			object{"bufferView": 0, "byteOffset": 12, "componentType": 5126, "type": "VEC3", "count": len(vertices) / stride},
			object{"bufferView": 1, "componentType": 5123, "type": "SCALAR", "count": len(indices)},
		},
		"bufferViews": views, "buffers": buffers,
	}
	if required != nil {
		doc["extensionsUsed"], doc["extensionsRequired"] = required, required
	}
	return &glbFile{doc: doc, bin: bin}
}

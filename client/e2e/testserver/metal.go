package main

import (
	"encoding/binary"
	"encoding/json"
	"math"

	"github.com/viser-go/viser"
)

func init() { scenarios["metal"] = metalScenario }

// metalScenario has a sphere as many exporters write it: metallic, since its file has no metallicFactor.
func metalScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	// With a roughness, or as exporters write it: without one.
	s.commands["ball"] = func(roughness string) (string, error) {
		material := object{"baseColorFactor": list{0.6, 0.6, 0.6, 1}}
		if roughness != "" {
			material["roughnessFactor"] = json.Number(roughness)
		}
		_, err := sc.AddGLB("/ball", ballGLB(material), nil)
		return "", err
	}
	s.do("lamps-off", func(string) { sc.ConfigureDefaultLights(false, false) })
	s.do("tone", func(v string) { sc.SetToneMapping(viser.ToneMapping(v)) })
	s.commands["environment"] = func(string) (string, error) { return "", sc.ConfigureEnvironmentMap(nil, nil) }
	s.pictures()
}

func ballGLB(material object) []byte {
	vertices, faces := ball(32)
	var bin []byte
	for _, v := range vertices {
		for _, x := range v {
			bin = binary.LittleEndian.AppendUint32(bin, math.Float32bits(x))
		}
	}
	points := len(bin)
	for _, f := range faces {
		for _, i := range f {
			bin = binary.LittleEndian.AppendUint32(bin, i)
		}
	}
	// A sphere's normals equal its positions.
	doc := object{
		"asset": object{"version": "2.0"}, "scene": 0, "scenes": list{object{"nodes": list{0}}}, "nodes": list{object{"mesh": 0}},
		"meshes":      list{object{"primitives": list{object{"attributes": object{"POSITION": 0, "NORMAL": 0}, "indices": 1, "material": 0}}}},
		"materials":   list{object{"doubleSided": true, "pbrMetallicRoughness": material}},
		"bufferViews": list{object{"buffer": 0, "byteLength": points}, object{"buffer": 0, "byteOffset": points, "byteLength": len(bin) - points}},
		"accessors": list{
			object{"bufferView": 0, "componentType": 5126, "count": len(vertices), "type": "VEC3", "min": list{-1, -1, -1}, "max": list{1, 1, 1}},
			object{"bufferView": 1, "componentType": 5125, "count": 3 * len(faces), "type": "SCALAR"},
		},
		"buffers": list{object{"byteLength": len(bin)}},
	}
	return (&glbFile{doc, bin}).bytes()
}

package gltf_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/gltf"
	"github.com/viser-go/viser/formats/mesh"
)

// sample is a model that has something of everything.
func sample() *mesh.Model {
	image := &mesh.Image{Name: "bricks.png", Type: "image/png", Data: []byte(png)}
	webp := &mesh.Image{Type: "image/webp", Data: []byte("RIFF1234WEBPx")}
	quad := mesh.Part{
		Name: "quad", Points: [][3]float32{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}}, Normals: [][3]float32{{0, 0, 2}, {0, 0, 1}, {}, {0, 0, 1}},
		UVs: [][2]float32{{0, 0}, {1, 0}, {1, 0.75}, {0, 1}}, Faces: [][3]uint32{{0, 1, 2}, {0, 2, 3}},
	}
	turned := quad
	turned.Pose = mesh.Pose{1: -1, 4: 1, 10: 1, 15: 1, 3: 5}
	sheared := quad
	sheared.Pose = mesh.Pose{0: 1, 1: 0.5, 5: 1, 10: 1, 15: 1}
	sheared.Material = 1
	colors := mesh.Part{
		Points: [][3]float32{{0, 0, 1}, {1, 0, 1}, {1, 1, 1}}, Faces: [][3]uint32{{0, 1, 2}}, Lines: [][2]uint32{{0, 2}},
		Colors: [][3]uint8{{255, 0, 128}, {0, 255, 0}, {10, 10, 10}}, Alphas: []uint8{255, 128, 0}, Material: -1,
	}
	cloud := mesh.Part{Points: [][3]float32{{1, 2, 3}}, Material: 1}
	return &mesh.Model{
		Parts: []mesh.Part{quad, turned, sheared, colors, cloud, {Name: "empty", Material: -1}},
		Materials: []mesh.Material{
			{Name: "bricks", Color: [4]float32{1, 0.5, 0, 1}, Roughness: 0.25, Metallic: 1, Texture: image, NormalMap: image, Emissive: [3]float32{0, 0, 1}},
			{Color: [4]float32{1, 1, 1, 0.5}, Roughness: 1, Texture: webp, DoubleSided: true, Unlit: true},
		},
		Up: "z", Unit: 0.001, Origin: [3]float64{1000, 0, 0},
	}
}

func TestWrite(t *testing.T) {
	var b bytes.Buffer
	if err := gltf.Write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	info, err := gltf.Describe(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if info.Meshes != 4 || info.Nodes != 6 || info.Vertices != 3*4+2*3+1 || info.Triangles != 7 || info.Lines != 1 || info.Points != 1 || info.Textures != 2 {
		t.Errorf("%+v", info)
	}
	// z is up and a unit is a millimeter; the second quad is turned, and 5 to the right; the third is sheared to 1.5.
	for axis, want := range [3][2]float64{{1, 1.005}, {0, 0.003}, {-0.002, 0}} {
		if math.Abs(info.Min[axis]-want[0]) > 1e-9 || math.Abs(info.Max[axis]-want[1]) > 1e-9 {
			t.Errorf("the bounds are %v %v", info.Min, info.Max)
		}
	}
	if !slices.Equal(info.ExtensionsUsed, []string{"KHR_materials_unlit", "EXT_texture_webp"}) {
		t.Errorf("%q", info.ExtensionsUsed)
	}
	doc, bin := parts(t, b.Bytes())
	materials := doc["materials"].([]any)
	bricks := materials[0].(map[string]any)
	pbr := bricks["pbrMetallicRoughness"].(map[string]any)
	if c := pbr["baseColorFactor"].([]any); math.Abs(c[1].(float64)-0.21404114) > 1e-6 || c[2].(float64) != 0 {
		t.Errorf("the color is %v", c)
	}
	if bricks["alphaMode"] != nil || materials[1].(map[string]any)["alphaMode"] != "BLEND" || materials[2].(map[string]any)["alphaMode"] != "BLEND" {
		t.Errorf("%v", materials)
	}
	if !bytes.Contains(bin, []byte(png)) || !bytes.Contains(bin, []byte("WEBPx")) || bytes.Count(bin, []byte(png)) != 1 {
		t.Error("images are missing, or twice")
	}
	uv := binary.LittleEndian.AppendUint32(nil, math.Float32bits(0.25)) // counted from above
	if !bytes.Contains(bin, uv) {
		t.Error("texture coordinates are missing")
	}
	colors := []byte{255, 255, 0, 0, 0x43, 0x37, 255, 255} // half of sRGB's light is 0.2158 of 65535
	if !bytes.Contains(bin, colors[:4]) {
		t.Error("colors are missing")
	}
}

func TestWriteNothing(t *testing.T) {
	var b bytes.Buffer
	if err := gltf.Write(&b, &mesh.Model{}); err != nil {
		t.Fatal(err)
	}
	if info, err := gltf.Describe(b.Bytes()); err != nil || info.Nodes != 0 || len(info.Scenes) != 1 {
		t.Errorf("%v %+v", err, info)
	}
}

type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	if err := gltf.Write(full{}, sample()); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
	m := sample()
	m.Parts[0].Normals = m.Parts[0].Normals[:1]
	if err := gltf.Write(full{}, m); err == nil || !strings.Contains(err.Error(), "gltf: part 0: 1 normals for 4 points") {
		t.Errorf("%v", err)
	}
}

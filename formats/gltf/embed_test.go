package gltf_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/viser-go/viser/formats/gltf"
)

func ExampleEmbed() {
	text, err := os.ReadFile("testdata/model.gltf")
	if err != nil {
		fmt.Println(err)
		return
	}
	folder, err := os.OpenRoot("testdata") // so that the file can't lead elsewhere
	if err != nil {
		fmt.Println(err)
		return
	}
	defer folder.Close()
	open := func(name string) (io.ReadCloser, error) { return folder.Open(name) }
	glb, skipped, err := gltf.Embed(text, &gltf.EmbedOptions{Open: open})
	if err != nil {
		fmt.Println(err)
		return
	}
	info, err := gltf.Describe(glb)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(info.Meshes, "meshes,", info.Triangles, "triangles; not shown:", skipped)
	// Output: 2 meshes, 32 triangles; not shown: []
}

func opener(files fstest.MapFS) func(string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) { return files.Open(name) }
}

// textOf returns the JSON and the binary part of a GLB file.
func parts(t *testing.T, glb []byte) (doc map[string]any, bin []byte) {
	t.Helper()
	if err := gltf.CheckGLB(glb); err != nil {
		t.Fatal(err)
	}
	size := int(glb[12]) | int(glb[13])<<8 | int(glb[14])<<16
	if err := json.Unmarshal(glb[20:20+size], &doc); err != nil {
		t.Fatal(err)
	}
	if len(glb) > 28+size {
		bin = glb[28+size:]
	}
	return doc, bin
}

func TestFilesOfAnotherProgram(t *testing.T) {
	text, err := os.ReadFile("testdata/model.gltf")
	if err != nil {
		t.Fatal(err)
	}
	glb, skipped, err := gltf.Embed(text, &gltf.EmbedOptions{Open: func(name string) (io.ReadCloser, error) { return os.Open("testdata/" + name) }})
	if err != nil || skipped != nil {
		t.Fatal(err, skipped)
	}
	info, err := gltf.Describe(glb)
	if err != nil {
		t.Fatal(err)
	}
	var want gltf.Info
	golden, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(golden, &want); err != nil {
		t.Fatal(err)
	}
	if info.Vertices != want.Vertices || info.Triangles != want.Triangles || info.Textures != 1 {
		t.Errorf("%+v", info)
	}
	for axis := range 3 {
		// Of a turned box, the bounds by its bounds are its own ones.
		if math.Abs(info.Min[axis]-want.Min[axis]) > 1e-5 || math.Abs(info.Max[axis]-want.Max[axis]) > 1e-5 {
			t.Errorf("the bounds are %v %v, want %v %v", info.Min, info.Max, want.Min, want.Max)
		}
	}
}

const png = "\x89PNG\r\n\x1a\nrest"

func TestReferencesAreEmbedded(t *testing.T) {
	text := `{"asset":{"version":"2.0","extras":{"x":1.0}},"extensions":{"kept":{}},
"buffers":[{"uri":"a%20b.bin","byteLength":5},{"uri":"data:application/octet-stream;base64,AQIDBA==","byteLength":4},{"uri":"data:,hi","byteLength":2},{"uri":"a%20b.bin","byteLength":3}],
"bufferViews":[{"buffer":1,"byteOffset":1,"byteLength":2},{"buffer":0,"byteLength":5,"byteStride":4},{"buffer":2,"byteLength":2},{"buffer":3,"byteLength":3}],
"images":[{"uri":"textures\\p.png","name":"p"},{"uri":"data:image/jpeg;base64,/9j/"},{"bufferView":0,"mimeType":"image/png"}]}`
	glb, skipped, err := gltf.Embed([]byte(text), &gltf.EmbedOptions{Open: opener(fstest.MapFS{
		"a b.bin": {Data: []byte("hello, world")}, "textures/p.png": {Data: []byte(png)},
	})})
	if err != nil || skipped != nil {
		t.Fatal(err, skipped)
	}
	doc, bin := parts(t, glb)
	var got []string
	for _, v := range doc["bufferViews"].([]any) {
		view := v.(map[string]any)
		at := int(view["byteOffset"].(float64))
		if view["buffer"].(float64) != 0 {
			t.Errorf("%v", view)
		}
		got = append(got, string(bin[at:at+int(view["byteLength"].(float64))]))
	}
	if want := []string{"\x02\x03", "hello", "hi", "hel", png, "\xff\xd8\xff"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	images := doc["images"].([]any)
	first := images[0].(map[string]any)
	if first["bufferView"].(float64) != 4 || first["mimeType"] != "image/png" || first["name"] != "p" || first["uri"] != nil {
		t.Errorf("%v", images)
	}
	if doc["extensions"] == nil || len(doc["buffers"].([]any)) != 1 {
		t.Errorf("%v", doc)
	}
	// What is packed already stays as it is.
	again, _, err := gltf.Embed(glb, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, second := parts(t, again); !bytes.Equal(bytes.TrimRight(bin, "\x00"), bytes.TrimRight(second, "\x00")) {
		t.Errorf("%q", second)
	}
}

func TestMeshoptBuffersAreMoved(t *testing.T) {
	text := `{"asset":{"version":"2.0"},"buffers":[{"byteLength":96,"extensions":{"EXT_meshopt_compression":{"fallback":true}}},{"uri":"a.bin","byteLength":8}],
"bufferViews":[{"buffer":0,"byteLength":96,"extensions":{"EXT_meshopt_compression":{"buffer":1,"byteOffset":4,"byteLength":4,"byteStride":8,"count":12}}}]}`
	glb, _, err := gltf.Embed([]byte(text), &gltf.EmbedOptions{Open: opener(fstest.MapFS{"a.bin": {Data: make([]byte, 8)}})})
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := parts(t, glb)
	view := doc["bufferViews"].([]any)[0].(map[string]any)
	part := view["extensions"].(map[string]any)["EXT_meshopt_compression"].(map[string]any)
	if view["buffer"].(float64) != 1 || part["buffer"].(float64) != 0 || part["byteOffset"].(float64) != 4 {
		t.Errorf("%v", view)
	}
}

func TestMissingImages(t *testing.T) {
	text := `{"asset":{"version":"2.0"},"images":[{"uri":"../secret.png"},{"uri":"a.tga"},{"uri":"http://example.com/a.png"},{"uri":"ok.png"}],
"textures":[{"source":0},{"source":1},{"source":2},{"source":3}],
"materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0},"metallicFactor":0.5},"normalTexture":{"index":3}},
{"emissiveTexture":{"index":1},"extensions":{"KHR_x":{"specularTexture":{"index":2}}}}]}`
	glb, skipped, err := gltf.Embed([]byte(text), &gltf.EmbedOptions{Open: opener(fstest.MapFS{
		"ok.png": {Data: []byte(png)}, "a.tga": {Data: []byte("TGA")},
	})})
	if err != nil {
		t.Fatal(err)
	}
	doc, bin := parts(t, glb)
	want := []string{
		"texture ../secret.png: file does not exist",
		"texture a.tga: it is text; PNG, JPEG, WebP and KTX2 can be shown",
		"texture http://example.com/a.png: it is not a file",
	}
	if len(skipped) != 3 || !strings.HasPrefix(skipped[0], "texture ../secret.png: ") || !slices.Equal(skipped[1:], want[1:]) {
		t.Errorf("%q", skipped)
	}
	materials, _ := json.Marshal(doc["materials"])
	if string(materials) != `[{"normalTexture":{"index":3},"pbrMetallicRoughness":{"metallicFactor":0.5}},{"extensions":{"KHR_x":{}}}]` {
		t.Errorf("%s", materials)
	}
	if len(doc["images"].([]any)) != 4 || !bytes.Contains(bin, []byte(png)) {
		t.Errorf("%v", doc["images"])
	}
}

func TestFilesThatCannotBeEmbedded(t *testing.T) {
	doc := func(rest string) string { return `{"asset":{"version":"2.0"},` + rest + `}` }
	files := opener(fstest.MapFS{"a.bin": {Data: make([]byte, 8)}})
	for name, c := range map[string]struct {
		text string
		o    gltf.EmbedOptions
		want string
	}{
		"nothing":             {"", gltf.EmbedOptions{}, "it looks like an empty file"},
		"a picture":           {png, gltf.EmbedOptions{}, "this is no glTF file; it looks like a PNG picture"},
		"half of it":          {`{"asset":{`, gltf.EmbedOptions{}, "byte 10: its JSON can't be read"},
		"a list":              {`[1]`, gltf.EmbedOptions{}, "its JSON can't be read"},
		"version 1":           {`{"asset":{"version":"1.0"}}`, gltf.EmbedOptions{}, `it is of glTF version "1.0"; only 2.x can be read`},
		"no version":          {`{}`, gltf.EmbedOptions{}, `glTF version ""`},
		"a missing buffer":    {doc(`"buffers":[{"uri":"b.bin","byteLength":4}]`), gltf.EmbedOptions{Open: files}, "buffer 0: b.bin: file does not exist"},
		"nothing to open":     {doc(`"buffers":[{"uri":"a.bin","byteLength":4}]`), gltf.EmbedOptions{}, "buffer 0: a.bin: no files can be opened"},
		"a web address":       {doc(`"buffers":[{"uri":"https://example.com/a.bin","byteLength":4}]`), gltf.EmbedOptions{Open: files}, "it is not a file"},
		"a short buffer":      {doc(`"buffers":[{"uri":"a.bin","byteLength":9}]`), gltf.EmbedOptions{Open: files}, "buffer 0: it needs 9 bytes; a.bin has 8"},
		"a huge buffer":       {doc(`"buffers":[{"uri":"a.bin","byteLength":9223372036854775807}]`), gltf.EmbedOptions{Open: files}, "it needs 9223372036854775807 bytes"},
		"a negative buffer":   {doc(`"buffers":[{"uri":"a.bin","byteLength":-1}]`), gltf.EmbedOptions{Open: files}, "it needs -1 bytes"},
		"too much":            {doc(`"buffers":[{"uri":"a.bin","byteLength":8}]`), gltf.EmbedOptions{Open: files, MaxBytes: 7}, "more than 7 bytes"},
		"a buffer of nothing": {doc(`"buffers":[{"byteLength":8}]`), gltf.EmbedOptions{Open: files}, "it has neither a file nor data"},
		"no base64":           {doc(`"buffers":[{"uri":"data:;base64,?","byteLength":8}]`), gltf.EmbedOptions{}, "its data URI: it is not base64"},
		"no comma":            {doc(`"buffers":[{"uri":"data:x","byteLength":8}]`), gltf.EmbedOptions{}, "it has no comma"},
		"a view elsewhere":    {doc(`"bufferViews":[{"buffer":3}]`), gltf.EmbedOptions{}, "buffer view 0: it is in buffer 3; there are 0"},
		"a view before":       {doc(`"buffers":[{"uri":"a.bin","byteLength":8}],"bufferViews":[{"byteOffset":-3}]`), gltf.EmbedOptions{Open: files}, "it begins at byte -3"},
		"buffers of text":     {doc(`"buffers":"x"`), gltf.EmbedOptions{}, "buffers can't be read"},
	} {
		glb, _, err := gltf.Embed([]byte(c.text), &c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || glb != nil {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	glb := gltf.Pack([]byte(`{"asset":{"version":"2.0","generator":"hand"},"scene":1,"scenes":[{"name":"a"},{"name":"b","nodes":[0,3]}],
"nodes":[{"translation":[1,2,3],"rotation":[0,0,0.7071067811865476,0.7071067811865476],"scale":[2,2,2],"children":[1,2]},
{"name":"front","camera":0,"translation":[1,0,0]},{"mesh":0},{"camera":1,"matrix":[1,0,0,0,0,1,0,0,0,0,1,0,7,8,9,1]},{"mesh":0}],
"cameras":[{"name":"x","perspective":{"yfov":0.5,"aspectRatio":1.5,"znear":0.1}},{"name":"top","orthographic":{"xmag":4,"ymag":2,"znear":1,"zfar":9}}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0},"targets":[{},{}]},{"attributes":{"POSITION":0},"indices":1,"mode":5},{"attributes":{"POSITION":0},"mode":0},
{"attributes":{"POSITION":0},"mode":2},{"attributes":{"POSITION":99}}]}],
"accessors":[{"count":6,"min":[0,0,0],"max":[1,2,3]},{"count":5},{"count":2,"min":[0],"max":[2.5]}],
"animations":[{"name":"walk","samplers":[{"input":2},{"input":9}]},{}],"skins":[{}],"materials":[{}],"textures":[{},{}],
"extensionsUsed":["KHR_a"],"extensionsRequired":["KHR_b"]}`), nil)
	info, err := gltf.Describe(glb)
	if err != nil {
		t.Fatal(err)
	}
	if info.Generator != "hand" || info.Scene != 1 || !slices.Equal(info.Scenes, []string{"a", "b"}) || info.Nodes != 5 || info.Skins != 1 ||
		info.Morphs != 2 || info.Materials != 1 || info.Textures != 2 {
		t.Errorf("%+v", info)
	}
	if info.Vertices != 24 || info.Triangles != 2+3 || info.Points != 6 || info.Lines != 6 {
		t.Errorf("%+v", info)
	}
	if !slices.Equal(info.Animations, []gltf.Animation{{"walk", 2.5}, {"", 0}}) {
		t.Errorf("%v", info.Animations)
	}
	if len(info.Cameras) != 2 {
		t.Fatalf("%v", info.Cameras)
	}
	top, front := info.Cameras[0], info.Cameras[1]
	if front.Name != "front" || front.FOV != 0.5 || front.Aspect != 1.5 || front.Height != 0 || front.Near != 0.1 {
		t.Errorf("%+v", front)
	}
	if at := front.Pose.Apply([3]float64{}); math.Abs(at[0]-1) > 1e-9 || math.Abs(at[1]-4) > 1e-9 || at[2] != 3 {
		t.Errorf("it is at %v", at)
	}
	if top.Name != "top" || top.Height != 4 || top.Aspect != 2 || top.Far != 9 || top.FOV != 0 || top.Pose.Apply([3]float64{}) != [3]float64{7, 8, 9} {
		t.Errorf("%+v", top)
	}
	for axis, want := range [3][2]float64{{-3, 1}, {2, 4}, {3, 9}} {
		if math.Abs(info.Min[axis]-want[0]) > 1e-9 || math.Abs(info.Max[axis]-want[1]) > 1e-9 {
			t.Errorf("the bounds are %v %v", info.Min, info.Max)
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"a cycle":       {`{"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":[{"children":[0]}]}`, "its node 0 is in the scene twice"},
		"no such node":  {`{"asset":{"version":"2.0"},"scenes":[{"nodes":[7]}]}`, "its node 7 is not there"},
		"no such scene": {`{"asset":{"version":"2.0"},"scene":2,"scenes":[{}]}`, "its scene 2 is not there"},
	} {
		if _, err := gltf.Describe(gltf.Pack([]byte(c.text), nil)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := gltf.Describe(nil); err == nil {
		t.Error("nothing was described")
	}
}

// FuzzEmbed: no input makes it panic, and what it returns is a GLB file that can be described or refused.
func FuzzEmbed(f *testing.F) {
	text, err := os.ReadFile("testdata/model.gltf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"asset":{"version":"2.0"},"buffers":[{"uri":"data:;base64,AQIDBA==","byteLength":4}],"bufferViews":[{"buffer":0,"byteLength":4}],"images":[{"uri":"x"}],"textures":[{"source":0}],"materials":[{"aTexture":{"index":0}}]}`))
	f.Add([]byte(`{"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0,"matrix":[1]}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"count":5,"min":[0],"max":[1,2,3]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		open := func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(png)), nil }
		glb, _, err := gltf.Embed(data, &gltf.EmbedOptions{Open: open, MaxBytes: 1 << 20})
		if err == nil {
			_, _ = gltf.Describe(glb)
		}
	})
}

// TestDescribeQuantized: normalized integers are bounded as what they stand for; colors and normals are told.
func TestDescribeQuantized(t *testing.T) {
	for kind, most := range map[int]float64{5120: 127, 5121: 255, 5122: 32767, 5123: 65535} {
		text := fmt.Sprintf(`{"asset":{"version":"2.0"},"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0,"scale":[2,2,2]}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0,"COLOR_0":1}}]}],
"accessors":[{"count":3,"componentType":%d,"normalized":true,"min":[0,%g,0],"max":[%g,%g,0]},{"count":3}]}`, kind, -most-1, most, most)
		info, err := gltf.Describe(gltf.Pack([]byte(text), nil))
		if err != nil {
			t.Fatal(err)
		}
		if info.Min != [3]float64{0, -2, 0} || info.Max != [3]float64{2, 2, 0} || !info.Colors || info.Normals {
			t.Errorf("%d: %+v", kind, info)
		}
	}
}

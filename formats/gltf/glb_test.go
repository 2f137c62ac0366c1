package gltf

import (
	"bytes"
	"strings"
	"testing"
)

// glb packs a file of a text.
func glb(text string, bin []byte) []byte { return Pack([]byte(text), bin) }

const whole = `{"asset":{"version":"2.0"},"buffers":[{"byteLength":8}],"bufferViews":[{"buffer":0,"byteOffset":4,"byteLength":4}],
"accessors":[{"bufferView":0,"count":1},{"count":3}],"images":[{"bufferView":0},{"uri":"data:image/png;base64,AA=="}]}`

// meshopt is a file of 8 bytes and a view of 96 that is compressed with meshopt.
func meshopt(fallback, name, extension string) []byte {
	return glb(`{"asset":{"version":"2.0"},"buffers":[{"byteLength":8},`+fallback+`],"bufferViews":[{"buffer":1,"byteLength":96,"extensions":{"`+
		name+`_meshopt_compression":{`+extension+`}}}],"accessors":[{"bufferView":0,"count":3}]}`, make([]byte, 8))
}

func TestCompleteFilesPass(t *testing.T) {
	for name, data := range map[string][]byte{
		"all of it":                      glb(whole, make([]byte, 8)),
		"no binary chunk":                glb(`{"asset":{"version":"2.0"}}`, nil),
		"a buffer in a URI":              glb(`{"asset":{"version":"2.1"},"buffers":[{"uri":"data:,xxxx","byteLength":4}]}`, nil),
		"bytes behind":                   append(glb(whole, make([]byte, 8)), 1, 2, 3),
		"a padded last part":             glb(whole, make([]byte, 11)),
		"meshopt":                        meshopt(`{"byteLength":99,"extensions":{"EXT_meshopt_compression":{"fallback":true}}}`, "EXT", `"buffer":0,"byteOffset":4,"byteLength":4,"byteStride":8,"count":12`),
		"meshopt, ratified":              meshopt(`{"byteLength":96,"extensions":{"KHR_meshopt_compression":{"fallback":true}}}`, "KHR", `"buffer":0,"byteLength":8,"byteStride":96,"count":1`),
		"meshopt, with its own fallback": meshopt(`{"uri":"data:,xxxx","byteLength":96}`, "EXT", `"byteLength":8,"byteStride":96,"count":1`),
		"required extensions": glb(`{"asset":{"version":"2.0"},"extensionsUsed":["VENDOR_x"],"extensionsRequired":["VENDOR_x"],
			"meshes":[{"primitives":[{"extensions":{"KHR_draco_mesh_compression":{"bufferView":0}}}]}],"buffers":[{"byteLength":8}],"bufferViews":[{"buffer":0,"byteLength":8}],"accessors":[{"count":9}]}`, make([]byte, 8)),
	} {
		if err := CheckGLB(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBrokenFilesAreRefused(t *testing.T) {
	sound := glb(whole, make([]byte, 8))
	changed := func(at int, b byte) []byte {
		out := append([]byte(nil), sound...)
		out[at] = b
		return out
	}
	const fallback = `{"byteLength":96,"extensions":{"EXT_meshopt_compression":{"fallback":true}}}`
	doc := func(rest string) []byte { return glb(`{"asset":{"version":"2.0"},`+rest+`}`, make([]byte, 8)) }
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                 {nil, "too few"},
		"another file":            {changed(0, 'x'), "begins with"},
		"version 1":               {changed(4, 1), "version 1"},
		"cut off":                 {sound[:len(sound)-1], "says that"},
		"a length of nothing":     {append(append([]byte(nil), sound[:8]...), make([]byte, 40)...), "says that"},
		"no JSON first":           {changed(16, 'X'), "first chunk"},
		"chunk too long":          {changed(15, 0xFF), "cut off"},
		"no JSON in it":           {glb(`{"asset":`, nil), "JSON chunk"},
		"JSON of numbers":         {glb(`[1]`, nil), "JSON chunk"},
		"no version":              {glb(`{}`, nil), "glTF version"},
		"an external buffer":      {doc(`"buffers":[{"uri":"a.bin","byteLength":4}]`), "another file"},
		"an external image":       {doc(`"images":[{"uri":"http://example.com/` + strings.Repeat("x", 500) + `"}]`), "another file"},
		"a buffer too long":       {doc(`"buffers":[{"byteLength":9}]`), "buffer 0 needs 9"},
		"a second buffer":         {doc(`"buffers":[{"byteLength":8},{"byteLength":1}]`), "buffer 1"},
		"a view past it":          {doc(`"buffers":[{"byteLength":8}],"bufferViews":[{"byteOffset":6,"byteLength":3}]`), "extends past"},
		"a huge view":             {doc(`"buffers":[{"byteLength":8}],"bufferViews":[{"byteOffset":1,"byteLength":9223372036854775807}]`), "extends past"},
		"a view of none":          {doc(`"bufferViews":[{"buffer":0}]`), "there are 0"},
		"an accessor of none":     {doc(`"accessors":[{"bufferView":7}]`), "accessor 0"},
		"a negative count":        {doc(`"accessors":[{"count":-1}]`), "accessor 0"},
		"meshopt, too long":       {meshopt(fallback, "EXT", `"buffer":0,"byteOffset":4,"byteLength":5,"byteStride":8,"count":12`), "view 0 is compressed: its compressed part (5 bytes at 4) extends past its buffer of 8"},
		"meshopt, nowhere":        {meshopt(fallback, "EXT", `"buffer":2,"byteLength":5,"byteStride":8,"count":12`), "is in buffer 2; there are 2"},
		"meshopt, no bytes":       {meshopt(fallback, "EXT", `"buffer":1,"byteLength":5,"byteStride":8,"count":12`), "fallback without bytes"},
		"meshopt, a count":        {meshopt(fallback, "EXT", `"buffer":0,"byteLength":8,"byteStride":8,"count":11`), "11 elements of 8 bytes are not its 96"},
		"meshopt, overflow":       {meshopt(fallback, "EXT", `"buffer":0,"byteLength":8,"byteStride":32,"count":864691128455135235`), "are not its 96"},
		"meshopt, no stride":      {meshopt(fallback, "EXT", `"buffer":0,"byteLength":8,"count":96`), "are not its 96"},
		"meshopt, not a fallback": {meshopt(`{"byteLength":96,"extensions":{"EXT_meshopt_compression":{}}}`, "EXT", `"byteLength":8,"byteStride":8,"count":12`), "buffer 1 needs 96"},
		"meshopt, another name":   {meshopt(fallback, "VENDOR", `"byteLength":8,"byteStride":8,"count":12`), "view 0 is not compressed"},
		"NUL after the JSON":      {glb(`{"asset":{"version":"2.0"}}`+"\x00\x00", nil), `its JSON chunk can't be read: invalid character '\x00'`},
		"an image of none":        {doc(`"images":[{"bufferView":-1}]`), "image 0"},
	} {
		err := CheckGLB(c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("%s: the error has %d characters", name, len(err.Error()))
		}
	}
}

// FuzzCheckGLB: no input makes it panic.
func FuzzCheckGLB(f *testing.F) {
	f.Add(glb(whole, make([]byte, 8)))
	f.Add(glb(`{"asset":{"version":"2.0"}}`, nil))
	f.Add(meshopt(`{"byteLength":96,"extensions":{"EXT_meshopt_compression":{"fallback":true}}}`, "EXT", `"buffer":0,"byteOffset":4,"byteLength":4,"byteStride":8,"count":12`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = CheckGLB(data)
	})
}

func TestPackedFilesAreSplitAgain(t *testing.T) {
	for n := range 9 {
		text, bin := []byte(`{"asset":{"version":"2.0"}}`+strings.Repeat(" ", n)), make([]byte, n)
		for i := range bin {
			bin[i] = byte(i + 1)
		}
		file := Pack(text, bin)
		gotText, gotBin, err := split(file)
		if err != nil || CheckGLB(file) != nil || len(file)%4 != 0 {
			t.Fatalf("%d bytes: %v, %v, a file of %d", n, err, CheckGLB(file), len(file))
		}
		if !bytes.HasPrefix(gotText, text) || len(bytes.TrimRight(gotText[len(text):], " ")) > 0 {
			t.Errorf("the text %q came back as %q", text, gotText)
		}
		if !bytes.HasPrefix(gotBin, bin) || len(bytes.TrimRight(gotBin[n:], "\x00")) > 0 {
			t.Errorf("the data %v came back as %v", bin, gotBin)
		}
	}
	if _, bin, err := split(Pack([]byte("{}"), nil)); bin != nil || err != nil {
		t.Errorf("without data: %v, %v", bin, err)
	}
}

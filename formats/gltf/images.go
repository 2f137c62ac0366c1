package gltf

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/internal/sniff"
)

// embedImages puts the images into the buffer.
func (e *embedder) embedImages() error {
	var images []object
	if err := e.get("images", &images); err != nil {
		return err
	}
	missing := map[int]bool{}
	for i, image := range images {
		var uri string
		if text, ok := image["uri"]; !ok || json.Unmarshal(text, &uri) != nil {
			continue
		}
		data, kind := e.image(uri)
		if data == nil {
			// The number of the image must stay, so it is one that no material shows.
			missing[i] = true
			data, kind = placeholder, "image/png"
		}
		offset, err := e.append(data)
		if err != nil {
			return err
		}
		delete(image, "uri")
		image["bufferView"] = number(len(e.views))
		image["mimeType"] = json.RawMessage(`"` + kind + `"`)
		e.views = append(e.views, object{"buffer": number(0), "byteOffset": number(offset), "byteLength": number(len(data))})
	}
	if len(missing) > 0 {
		if err := e.dropTextures(missing); err != nil {
			return err
		}
	}
	return e.set("images", images)
}

// image returns an image of a type that the page shows; nil if there is none.
func (e *embedder) image(uri string) (data []byte, kind string) {
	name := "texture " + short(uri)
	data, _, err := e.load(uri)
	if err != nil {
		e.skips.Add("%s: %v", name, err)
		return nil, ""
	}
	if kind = meshio.ImageType(data); kind == "" && bytes.HasPrefix(data, []byte("\xabKTX 20\xbb\r\n\x1a\n")) {
		kind = "image/ktx2"
	}
	if kind != "" {
		return data, kind
	}
	what := sniff.Name(data)
	if what == "" {
		what = "a file of an unknown format"
	}
	e.skips.Add("%s: it is %s; PNG, JPEG, WebP and KTX2 can be shown", name, what)
	return nil, ""
}

// placeholder is a picture of one white pixel.
var placeholder = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU" +
	"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\xb18\xf6\x14\x00\x00\x00\x00IEND\xaeB`\x82")

// dropTextures removes the textures of missing images from the materials.
func (e *embedder) dropTextures(missing map[int]bool) error {
	var textures []struct {
		Source *int `json:"source"`
	}
	var materials []any
	if err := e.get("textures", &textures); err != nil {
		return err
	}
	if err := e.get("materials", &materials); err != nil {
		return err
	}
	gone := map[int]bool{}
	for i, t := range textures {
		if t.Source != nil && missing[*t.Source] {
			gone[i] = true
		}
	}
	if materials == nil {
		return nil
	}
	for _, m := range materials {
		dropFrom(m, gone)
	}
	text, err := json.Marshal(materials)
	e.top["materials"] = text
	return err
}

// dropFrom removes members such as baseColorTexture, in extensions too, that show a texture that is gone.
func dropFrom(value any, gone map[int]bool) {
	members, ok := value.(map[string]any)
	if !ok {
		return
	}
	for name, v := range members {
		if info, ok := v.(map[string]any); ok && strings.HasSuffix(strings.ToLower(name), "texture") {
			if index, ok := info["index"].(float64); ok && gone[int(index)] {
				delete(members, name)
				continue
			}
		}
		dropFrom(v, gone)
	}
}

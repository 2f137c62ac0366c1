// Package gltf checks GLB files (binary glTF 2.0), whether what they are made of is all there, and packs them. It
// does not read the model itself. The layout is that of chapter 4 of the glTF 2.0 specification.
package gltf

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

const (
	magic      = 0x46546C67 // "glTF"
	chunkJSON  = 0x4E4F534A // "JSON"
	chunkBIN   = 0x004E4942 // "BIN\0"
	headerSize = 12
	chunkHead  = 8
)

// CheckGLB returns an error that says what is wrong with the file and where: its header, the lengths of its
// chunks, its JSON, references that lead out of the file or past the end of its data. nil means that the
// container is sound, not that every viewer can draw the model: it may need extensions.
func CheckGLB(data []byte) error {
	text, binary, err := split(data)
	if err != nil {
		return err
	}
	var doc document
	if err := json.Unmarshal(text, &doc); err != nil {
		return fmt.Errorf("its JSON chunk can't be read: %w", err)
	}
	return doc.check(len(binary))
}

// split gives the file's two parts; the second is nil if there is none.
func split(data []byte) (text, bin []byte, err error) {
	if len(data) < headerSize+chunkHead {
		return nil, nil, fmt.Errorf("%d bytes are too few for a GLB file", len(data))
	}
	if binary.LittleEndian.Uint32(data) != magic {
		return nil, nil, fmt.Errorf("it begins with %q, not with \"glTF\"", data[:4])
	}
	if v := binary.LittleEndian.Uint32(data[4:]); v != 2 {
		return nil, nil, fmt.Errorf("it is of glTF version %d; only 2 can be read", v)
	}
	total := int64(binary.LittleEndian.Uint32(data[8:]))
	if total > int64(len(data)) || total < headerSize+chunkHead {
		return nil, nil, fmt.Errorf("its header tells of %d bytes, but it has %d", total, len(data))
	}
	rest := data[headerSize:total]
	text, rest, err = chunk(rest, chunkJSON)
	if err != nil {
		return nil, nil, err
	}
	if text == nil {
		return nil, nil, errors.New("its first chunk is not JSON")
	}
	// Behind the JSON there may be one BIN chunk, and then others that nobody need know.
	if len(rest) > 0 {
		if bin, _, err = chunk(rest, chunkBIN); err != nil {
			return nil, nil, err
		}
	}
	return text, bin, nil
}

// chunk takes the first chunk off; nil if it is of another type than wanted.
func chunk(data []byte, wanted uint32) (body, rest []byte, err error) {
	if len(data) < chunkHead {
		return nil, nil, fmt.Errorf("a chunk's head is cut off after %d bytes", len(data))
	}
	size := int64(binary.LittleEndian.Uint32(data))
	kind := binary.LittleEndian.Uint32(data[4:])
	data = data[chunkHead:]
	if size > int64(len(data)) {
		return nil, nil, fmt.Errorf("a chunk of %d bytes is cut off after %d", size, len(data))
	}
	if kind != wanted {
		return nil, data[size:], nil
	}
	return data[:size:size], data[size:], nil
}

// A document is what of the JSON leads to bytes.
type document struct {
	Asset struct {
		Version string `json:"version"`
	} `json:"asset"`
	Buffers []struct {
		URI        *string `json:"uri"`
		ByteLength int64   `json:"byteLength"`
	} `json:"buffers"`
	BufferViews []struct {
		Buffer     int   `json:"buffer"`
		ByteOffset int64 `json:"byteOffset"`
		ByteLength int64 `json:"byteLength"`
	} `json:"bufferViews"`
	Images []struct {
		URI        *string `json:"uri"`
		BufferView *int    `json:"bufferView"`
	} `json:"images"`
	Accessors []struct {
		BufferView *int  `json:"bufferView"`
		Count      int64 `json:"count"`
	} `json:"accessors"`
}

func (d *document) check(binary int) error {
	if !strings.HasPrefix(d.Asset.Version, "2.") {
		return fmt.Errorf("its JSON is of glTF version %q; only 2.x can be read", d.Asset.Version)
	}
	for i, b := range d.Buffers {
		if b.URI != nil {
			if err := inside(*b.URI); err != nil {
				return fmt.Errorf("buffer %d %w", i, err)
			}
		} else if i > 0 || b.ByteLength > int64(binary) {
			return fmt.Errorf("buffer %d wants %d bytes; the file's binary chunk has %d", i, b.ByteLength, binary)
		}
	}
	for i, v := range d.BufferViews {
		if v.Buffer < 0 || v.Buffer >= len(d.Buffers) {
			return fmt.Errorf("buffer view %d is of buffer %d; there are %d", i, v.Buffer, len(d.Buffers))
		}
		size := d.Buffers[v.Buffer].ByteLength
		if v.ByteOffset < 0 || v.ByteLength < 0 || v.ByteOffset > size || v.ByteLength > size-v.ByteOffset {
			return fmt.Errorf("buffer view %d (%d bytes at %d) leaves its buffer of %d bytes", i, v.ByteLength, v.ByteOffset, size)
		}
	}
	return d.checkUses()
}

// checkUses looks at those that use buffer views.
func (d *document) checkUses() error {
	for i, a := range d.Accessors {
		if err := d.checkView(a.BufferView); err != nil {
			return fmt.Errorf("accessor %d %w", i, err)
		}
		if a.Count < 0 {
			return fmt.Errorf("accessor %d has %d elements", i, a.Count)
		}
	}
	for i, m := range d.Images {
		if m.URI != nil {
			if err := inside(*m.URI); err != nil {
				return fmt.Errorf("image %d %w", i, err)
			}
		}
		if err := d.checkView(m.BufferView); err != nil {
			return fmt.Errorf("image %d %w", i, err)
		}
	}
	return nil
}

func (d *document) checkView(view *int) error {
	if view != nil && (*view < 0 || *view >= len(d.BufferViews)) {
		return fmt.Errorf("uses buffer view %d; there are %d", *view, len(d.BufferViews))
	}
	return nil
}

// inside refuses what lies outside of the file.
func inside(uri string) error {
	if strings.HasPrefix(uri, "data:") {
		return nil
	}
	if len(uri) > 80 {
		uri = uri[:80] + "…"
	}
	return fmt.Errorf("is in another file, %q; pack it into the GLB", uri)
}

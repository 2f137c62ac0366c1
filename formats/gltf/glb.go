// Package gltf checks that GLB files (binary glTF 2.0) are complete, and packs them. It does not read the model
// itself. The layout is that of chapter 4 of the glTF 2.0 specification.
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

// CheckGLB returns an error that reports what is wrong with the file and where: its header, the lengths of its
// chunks, its JSON, references to other files or past the end of its data. Buffer views that are compressed with
// meshopt (EXT_meshopt_compression, KHR_meshopt_compression) are checked by the range of their compressed bytes.
// nil means that the container is complete, not that every viewer can draw the model, which may require
// extensions.
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

// split returns the file's two parts; the second is nil if there is none.
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
		return nil, nil, fmt.Errorf("its header says that it has %d bytes, but it has %d", total, len(data))
	}
	rest := data[headerSize:total]
	text, rest, err = chunk(rest, chunkJSON)
	if err != nil {
		return nil, nil, err
	}
	if text == nil {
		return nil, nil, errors.New("its first chunk is not JSON")
	}
	// After the JSON there may be one BIN chunk, and then others that readers must ignore.
	if len(rest) > 0 {
		if bin, _, err = chunk(rest, chunkBIN); err != nil {
			return nil, nil, err
		}
	}
	return text, bin, nil
}

// chunk returns the first chunk and the rest; nil if it has another type.
func chunk(data []byte, wanted uint32) (body, rest []byte, err error) {
	if len(data) < chunkHead {
		return nil, nil, fmt.Errorf("a chunk header is cut off after %d bytes", len(data))
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

// A document has the parts of the JSON that refer to bytes.
type document struct {
	Asset struct {
		Version string `json:"version"`
	} `json:"asset"`
	Buffers     []buffer     `json:"buffers"`
	BufferViews []bufferView `json:"bufferViews"`
	Images      []struct {
		URI        *string `json:"uri"`
		BufferView *int    `json:"bufferView"`
	} `json:"images"`
	Accessors []struct {
		BufferView *int  `json:"bufferView"`
		Count      int64 `json:"count"`
	} `json:"accessors"`
}

type buffer struct {
	URI        *string `json:"uri"`
	ByteLength int64   `json:"byteLength"`
	Extensions struct {
		EXT *fallback `json:"EXT_meshopt_compression"`
		KHR *fallback `json:"KHR_meshopt_compression"`
	} `json:"extensions"`
}

// A fallback is meshopt's description of a buffer for the decompressed bytes.
type fallback struct {
	Fallback bool `json:"fallback"`
}

// empty reports whether the buffer has no bytes in the file, which only a fallback buffer may do: its views are
// decompressed out of another buffer.
func (b *buffer) empty() bool {
	if b.URI != nil {
		return false
	}
	x := &b.Extensions
	return x.EXT != nil && x.EXT.Fallback || x.KHR != nil && x.KHR.Fallback
}

type bufferView struct {
	span
	Extensions struct {
		EXT *compressed `json:"EXT_meshopt_compression"`
		KHR *compressed `json:"KHR_meshopt_compression"`
	} `json:"extensions"`
}

// A span is a part of a buffer.
type span struct {
	Buffer     int   `json:"buffer"`
	ByteOffset int64 `json:"byteOffset"`
	ByteLength int64 `json:"byteLength"`
}

// compressed is where the bytes of a buffer view are, compressed with meshopt.
type compressed struct {
	span
	ByteStride int64 `json:"byteStride"`
	Count      int64 `json:"count"`
}

func (v *bufferView) compressed() *compressed {
	if v.Extensions.EXT != nil {
		return v.Extensions.EXT
	}
	return v.Extensions.KHR
}

func (d *document) check(binary int) error {
	if !strings.HasPrefix(d.Asset.Version, "2.") {
		return fmt.Errorf("its JSON is of glTF version %q; only 2.x can be read", d.Asset.Version)
	}
	for i := range d.Buffers {
		b := &d.Buffers[i]
		switch {
		case b.URI != nil:
			if err := inside(*b.URI); err != nil {
				return fmt.Errorf("buffer %d %w", i, err)
			}
		case b.empty():
		case i > 0 || b.ByteLength > int64(binary):
			return fmt.Errorf("buffer %d needs %d bytes; the file's binary chunk has %d", i, b.ByteLength, binary)
		}
	}
	for i := range d.BufferViews {
		if err := d.checkBufferView(&d.BufferViews[i]); err != nil {
			return fmt.Errorf("buffer view %d %w", i, err)
		}
	}
	return d.checkUses()
}

func (d *document) checkBufferView(v *bufferView) error {
	if err := d.checkSpan(v.span); err != nil {
		return err
	}
	c := v.compressed()
	if c == nil {
		if d.Buffers[v.Buffer].empty() {
			return fmt.Errorf("is not compressed, but its buffer %d is a fallback without bytes", v.Buffer)
		}
		return nil
	}
	if err := d.checkSpan(c.span); err != nil {
		return fmt.Errorf("is compressed: its compressed part %w", err)
	}
	if d.Buffers[c.Buffer].empty() {
		return fmt.Errorf("is compressed, but its buffer %d is a fallback without bytes", c.Buffer)
	}
	if c.ByteStride < 1 || c.ByteStride > maxStride || c.Count < 0 || c.Count > v.ByteLength/c.ByteStride || c.Count*c.ByteStride != v.ByteLength {
		return fmt.Errorf("is compressed: %d elements of %d bytes are not its %d bytes", c.Count, c.ByteStride, v.ByteLength)
	}
	return nil
}

// maxStride is the largest element that meshopt compresses.
const maxStride = 256

func (d *document) checkSpan(s span) error {
	if s.Buffer < 0 || s.Buffer >= len(d.Buffers) {
		return fmt.Errorf("is in buffer %d; there are %d", s.Buffer, len(d.Buffers))
	}
	size := d.Buffers[s.Buffer].ByteLength
	if s.ByteOffset < 0 || s.ByteLength < 0 || s.ByteOffset > size || s.ByteLength > size-s.ByteOffset {
		return fmt.Errorf("(%d bytes at %d) extends past its buffer of %d bytes", s.ByteLength, s.ByteOffset, size)
	}
	return nil
}

// checkUses checks what uses buffer views.
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

// inside refuses what is in another file.
func inside(uri string) error {
	if strings.HasPrefix(uri, "data:") {
		return nil
	}
	if len(uri) > 80 {
		uri = uri[:80] + "…"
	}
	return fmt.Errorf("is in another file, %q; pack it into the GLB", uri)
}

package gltf

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
	"github.com/viser-go/viser/internal/sniff"
)

// EmbedOptions are options of [Embed].
type EmbedOptions struct {
	// Open opens the buffers and images that the file refers to. The name is as the file has it, percent-decoded and with
	// slashes, and relative to the file's folder; Open decides which names are allowed. Nil opens nothing.
	Open func(name string) (io.ReadCloser, error)
	// MaxBytes refuses files whose buffers and images are larger together. 0 means 2 GiB.
	MaxBytes int64
}

// Embed makes a GLB file of a glTF file in JSON, or of a GLB file that refers to others: what is in other files, or in
// the text as data URIs, becomes one buffer in the file. All else of the text is kept. [CheckGLB] accepts the result, but
// for faults of the text that have nothing to do with files.
//
// An image that can't be opened, or is none that browsers show, is no error: materials do without it, and skipped names
// it. A buffer that can't be opened is an error.
func Embed(file []byte, opts *EmbedOptions) (glb []byte, skipped []string, err error) {
	e := &embedder{most: 2 << 30}
	o := mesh.Options{}
	if opts != nil {
		o.Open = opts.Open
		if opts.MaxBytes > 0 {
			e.most = opts.MaxBytes
		}
	}
	e.most = min(e.most, math.MaxUint32/2)
	o.MaxOpened = e.most
	e.opener = meshio.NewOpener(o.WithDefaults(), &e.skips)
	if err := e.run(file); err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(e.top)
	if err != nil {
		return nil, nil, err
	}
	var bin []byte
	if e.bin.Len() > 0 {
		bin = e.bin.Bytes()
	}
	if int64(len(text))+int64(len(bin))+1<<10 > math.MaxUint32 {
		return nil, nil, errors.New("the file would have 4 GiB or more")
	}
	return Pack(text, bin), e.skips.List(), nil
}

// object is a JSON object whose unknown members are kept as they are.
type object = map[string]json.RawMessage

// embedder is one file on its way.
type embedder struct {
	opener *meshio.Opener
	skips  meshio.Skips
	most   int64
	top    object
	chunk  []byte // of a GLB file
	bin    bytes.Buffer
	begins map[string]place // of files in bin, by their URIs

	buffers []object // those that are left
	views   []object
}

// place is where the bytes of a file are in the buffer.
type place struct{ offset, size int }

func (e *embedder) run(file []byte) error {
	text := bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(text, []byte("glTF")) {
		var err error
		if text, e.chunk, err = split(file); err != nil {
			return err
		}
	}
	if err := json.Unmarshal(text, &e.top); err != nil {
		return notGLTF(text, err)
	}
	var asset struct {
		Version string `json:"version"`
	}
	if err := e.get("asset", &asset); err != nil {
		return err
	}
	if !strings.HasPrefix(asset.Version, "2.") {
		return fmt.Errorf("it is of glTF version %q; only 2.x can be read", meshio.Clean(asset.Version))
	}
	e.begins = map[string]place{}
	if err := e.get("bufferViews", &e.views); err != nil {
		return err
	}
	if err := e.embedBuffers(); err != nil {
		return err
	}
	if err := e.embedImages(); err != nil {
		return err
	}
	return e.put()
}

// notGLTF is the error of a file that is no JSON object.
func notGLTF(text []byte, err error) error {
	var s *json.SyntaxError
	if what := sniff.Name(text[:min(len(text), 512)]); what != "" && !strings.Contains(what, "JSON") {
		return fmt.Errorf("this is no glTF file; it looks like %s", what)
	}
	if errors.As(err, &s) {
		return fmt.Errorf("byte %d: its JSON can't be read: %w", s.Offset, err)
	}
	return fmt.Errorf("its JSON can't be read: %w", err)
}

// get decodes a member of the file, if there is one.
func (e *embedder) get(name string, to any) error {
	text, ok := e.top[name]
	if !ok {
		return nil
	}
	if err := json.Unmarshal(text, to); err != nil {
		return fmt.Errorf("%s can't be read: %w", name, err)
	}
	return nil
}

// put writes the changed members.
func (e *embedder) put() error {
	if e.bin.Len() > 0 {
		size := object{"byteLength": number(e.bin.Len())}
		e.buffers = append([]object{size}, e.buffers...)
	}
	return errors.Join(e.set("buffers", e.buffers), e.set("bufferViews", e.views))
}

func (e *embedder) set(name string, list []object) error {
	if len(list) == 0 {
		delete(e.top, name)
		return nil
	}
	text, err := json.Marshal(list)
	e.top[name] = text
	return err
}

func number(n int) json.RawMessage { return fmt.Appendf(nil, "%d", n) }

// embedBuffers joins the buffers. Those for decompressed bytes only, which have none in the file, are left.
func (e *embedder) embedBuffers() error {
	var buffers []buffer
	var raw []object
	if err := e.get("buffers", &buffers); err != nil {
		return err
	}
	if err := e.get("buffers", &raw); err != nil {
		return err
	}
	bases := make([]int, len(buffers))
	numbers := make([]int, len(buffers))
	for i := range buffers {
		b := &buffers[i]
		if b.empty() {
			e.buffers = append(e.buffers, raw[i])
			numbers[i] = len(e.buffers) // behind the one with the bytes
			continue
		}
		at, err := e.buffer(i, b)
		if err != nil {
			return fmt.Errorf("buffer %d: %w", i, err)
		}
		bases[i] = at
	}
	for i, v := range e.views {
		if err := move(v, bases, numbers); err != nil {
			return fmt.Errorf("buffer view %d: %w", i, err)
		}
	}
	if len(e.buffers) > 0 && e.bin.Len() == 0 {
		e.bin.Write(make([]byte, 4)) // so that they keep their numbers
	}
	return nil
}

// buffer puts the bytes of a buffer behind the others and returns where they begin.
func (e *embedder) buffer(i int, b *buffer) (int, error) {
	uri := ""
	if b.URI != nil {
		uri = *b.URI
	} else if i > 0 || e.chunk == nil {
		return 0, errors.New("it has neither a file nor data")
	}
	p, ok := e.begins[uri]
	if !ok {
		data := e.chunk
		if b.URI != nil {
			var err error
			if data, _, err = e.load(uri); err != nil {
				return 0, fmt.Errorf("%s: %w", short(uri), err)
			}
		}
		offset, err := e.append(data)
		if err != nil {
			return 0, err
		}
		p = place{offset, len(data)}
		e.begins[uri] = p
	}
	if b.ByteLength < 0 || b.ByteLength > int64(p.size) {
		return 0, fmt.Errorf("it needs %d bytes; %s has %d", b.ByteLength, short(uri), p.size)
	}
	return p.offset, nil
}

// append adds bytes to the buffer, at a multiple of eight.
func (e *embedder) append(data []byte) (int, error) {
	if pad := -e.bin.Len() & 7; pad > 0 {
		e.bin.Write(make([]byte, pad))
	}
	if int64(e.bin.Len())+int64(len(data)) > e.most {
		return 0, fmt.Errorf("buffers and images have more than %d bytes together", e.most)
	}
	offset := e.bin.Len()
	e.bin.Write(data)
	return offset, nil
}

// short is a URI for an error.
func short(uri string) string {
	if strings.HasPrefix(uri, "data:") {
		return "its data URI"
	}
	if uri == "" {
		return "the file's binary chunk"
	}
	return meshio.Clean(uri)
}

// load returns the bytes of a URI, and the type that a data URI says.
func (e *embedder) load(uri string) (data []byte, kind string, err error) {
	if rest, ok := strings.CutPrefix(uri, "data:"); ok {
		return decodeData(rest)
	}
	if scheme, _, ok := strings.Cut(uri, "://"); ok && !strings.ContainsAny(scheme, "/.") {
		return nil, "", errors.New("it is not a file")
	}
	name, err := url.PathUnescape(uri)
	if err != nil {
		name = uri
	}
	data, err = e.opener.Open(name)
	return data, "", err
}

// decodeData decodes what is behind "data:".
func decodeData(uri string) (data []byte, kind string, err error) {
	head, body, ok := strings.Cut(uri, ",")
	if !ok {
		return nil, "", errors.New("it has no comma")
	}
	kind, isBase64 := strings.CutSuffix(head, ";base64")
	kind, _, _ = strings.Cut(kind, ";")
	if !isBase64 {
		text, err := url.PathUnescape(body)
		return []byte(text), kind, err
	}
	body = strings.TrimRight(strings.NewReplacer("\n", "", "\r", "", " ", "").Replace(body), "=")
	data, err = base64.RawStdEncoding.DecodeString(body)
	if err != nil {
		return nil, "", fmt.Errorf("it is not base64: %w", err)
	}
	return data, kind, nil
}

// move makes a buffer view, and its compressed part, refer to the joined buffer.
func move(view object, bases, numbers []int) error {
	if err := moveSpan(view, bases, numbers); err != nil {
		return err
	}
	var extensions object
	if text, ok := view["extensions"]; !ok || json.Unmarshal(text, &extensions) != nil {
		return nil
	}
	for _, name := range []string{"EXT_meshopt_compression", "KHR_meshopt_compression"} {
		var part object
		if text, ok := extensions[name]; !ok || json.Unmarshal(text, &part) != nil {
			continue
		}
		if err := moveSpan(part, bases, numbers); err != nil {
			return err
		}
		text, err := json.Marshal(part)
		if err != nil {
			return err
		}
		extensions[name] = text
	}
	text, err := json.Marshal(extensions)
	view["extensions"] = text
	return err
}

func moveSpan(span object, bases, numbers []int) error {
	var at struct {
		Buffer     int   `json:"buffer"`
		ByteOffset int64 `json:"byteOffset"`
	}
	for name, to := range map[string]any{"buffer": &at.Buffer, "byteOffset": &at.ByteOffset} {
		if text, ok := span[name]; ok {
			if err := json.Unmarshal(text, to); err != nil {
				return fmt.Errorf("its %s can't be read: %w", name, err)
			}
		}
	}
	if at.Buffer < 0 || at.Buffer >= len(bases) {
		return fmt.Errorf("it is in buffer %d; there are %d", at.Buffer, len(bases))
	}
	if at.ByteOffset < 0 || at.ByteOffset > math.MaxUint32 {
		return fmt.Errorf("it begins at byte %d", at.ByteOffset)
	}
	span["buffer"] = number(numbers[at.Buffer])
	span["byteOffset"] = number(bases[at.Buffer] + int(at.ByteOffset))
	return nil
}

package gltf

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/viser-go/viser/formats/mesh"
)

// Write writes a model as a GLB file: a node for each part, with its pose, triangles, lines, points, normals, texture
// coordinates and colors; and the materials with the images that have data. Parts that share their slices share them in
// the file too. If the model says what is up and how long a unit is, a node above all of them makes that y and meters;
// [mesh.Model.Origin] is in it too. A part without a material is matt white and seen from both sides.
//
// Poses that shear, which the format does not allow, are applied to the points. Write fails if a part's slices do not fit
// together, if the file would have 4 GiB or more, and if w fails.
func Write(w io.Writer, m *mesh.Model) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("gltf: %w", err)
	}
	b := &writer{m: m, materials: map[materialKey]int{}, textures: map[*mesh.Image]int{}, meshes: map[meshKey]int{}, used: map[string]bool{}}
	for i := range m.Parts {
		b.part(m.Parts[i])
		if int64(b.bin.Len()) > math.MaxUint32-1<<26 {
			return fmt.Errorf("gltf: the file would have 4 GiB or more")
		}
	}
	b.root()
	text, err := json.Marshal(b.doc)
	if err != nil {
		return fmt.Errorf("gltf: %w", err)
	}
	if int64(len(text))+int64(b.bin.Len())+1<<10 > math.MaxUint32 {
		return fmt.Errorf("gltf: the file would have 4 GiB or more")
	}
	var bin []byte
	if b.bin.Len() > 0 {
		bin = b.bin.Bytes()
	}
	if _, err := w.Write(Pack(text, bin)); err != nil {
		return fmt.Errorf("gltf: writing: %w", err)
	}
	return nil
}

// written has the parts of the JSON that are written.
type written struct {
	Asset struct {
		Version   string `json:"version"`
		Generator string `json:"generator"`
	} `json:"asset"`
	Scene          int               `json:"scene"`
	Scenes         []writtenScene    `json:"scenes"`
	Nodes          []writtenNode     `json:"nodes,omitempty"`
	Meshes         []writtenMesh     `json:"meshes,omitempty"`
	Materials      []writtenMaterial `json:"materials,omitempty"`
	Textures       []map[string]any  `json:"textures,omitempty"`
	Images         []writtenImage    `json:"images,omitempty"`
	Accessors      []writtenAccessor `json:"accessors,omitempty"`
	BufferViews    []writtenView     `json:"bufferViews,omitempty"`
	Buffers        []map[string]int  `json:"buffers,omitempty"`
	ExtensionsUsed []string          `json:"extensionsUsed,omitempty"`
	// ExtensionsRequired is of WebP images, which have no substitute.
	ExtensionsRequired []string `json:"extensionsRequired,omitempty"`
}

type writtenScene struct {
	Nodes []int `json:"nodes,omitempty"`
}

type writtenNode struct {
	Name     string       `json:"name,omitempty"`
	Mesh     *int         `json:"mesh,omitempty"`
	Matrix   *[16]float64 `json:"matrix,omitempty"`
	Children []int        `json:"children,omitempty"`
}

type writtenMesh struct {
	Primitives []writtenPrimitive `json:"primitives"`
}

type writtenPrimitive struct {
	Attributes map[string]int `json:"attributes"`
	Indices    *int           `json:"indices,omitempty"`
	Mode       int            `json:"mode"`
	Material   int            `json:"material"`
}

type textureInfo struct {
	Index int `json:"index"`
}

type writtenMaterial struct {
	Name string `json:"name,omitempty"`
	PBR  struct {
		BaseColorFactor  [4]float64   `json:"baseColorFactor"`
		MetallicFactor   float64      `json:"metallicFactor"`
		RoughnessFactor  float64      `json:"roughnessFactor"`
		BaseColorTexture *textureInfo `json:"baseColorTexture,omitempty"`
	} `json:"pbrMetallicRoughness"`
	NormalTexture  *textureInfo              `json:"normalTexture,omitempty"`
	EmissiveFactor *[3]float64               `json:"emissiveFactor,omitempty"`
	AlphaMode      string                    `json:"alphaMode,omitempty"`
	DoubleSided    bool                      `json:"doubleSided,omitempty"`
	Extensions     map[string]map[string]any `json:"extensions,omitempty"`
}

type writtenImage struct {
	BufferView int    `json:"bufferView"`
	MimeType   string `json:"mimeType"`
	Name       string `json:"name,omitempty"`
}

type writtenAccessor struct {
	BufferView    int       `json:"bufferView"`
	ComponentType int       `json:"componentType"`
	Normalized    bool      `json:"normalized,omitempty"`
	Count         int       `json:"count"`
	Type          string    `json:"type"`
	Min           []float32 `json:"min,omitempty"`
	Max           []float32 `json:"max,omitempty"`
}

type writtenView struct {
	Buffer     int `json:"buffer"`
	ByteOffset int `json:"byteOffset"`
	ByteLength int `json:"byteLength"`
	Target     int `json:"target,omitempty"`
}

// The numbers of the specification.
const (
	uint16Component  = 5123
	uint32Component  = 5125
	float32Component = 5126
	vertexTarget     = 34962
	indexTarget      = 34963
)

// writer is one file on its way.
type writer struct {
	m         *mesh.Model
	doc       written
	bin       bytes.Buffer
	materials map[materialKey]int
	textures  map[*mesh.Image]int
	meshes    map[meshKey]int
	used      map[string]bool // extensions
	roots     []int
}

// materialKey is what materials of the file are told apart by: clear points make another one.
type materialKey struct {
	number      int
	blend, flat bool
}

// meshKey is what parts with equal slices have in common.
type meshKey struct {
	points, normals *[3]float32
	uvs             *[2]float32
	faces           *[3]uint32
	lines           *[2]uint32
	colors          *[3]uint8
	alphas          *uint8
	material        int
}

func first[T any](s []T) *T {
	if len(s) == 0 {
		return nil
	}
	return &s[0]
}

// part writes a part.
func (b *writer) part(p mesh.Part) {
	if len(p.Points) == 0 {
		return
	}
	if sheared(p.Pose) {
		baked := mesh.Model{Parts: []mesh.Part{p}}
		baked.Bake(false)
		p = baked.Parts[0]
	}
	key := meshKey{
		points: first(p.Points), normals: first(p.Normals), uvs: first(p.UVs), faces: first(p.Faces), lines: first(p.Lines),
		colors: first(p.Colors), alphas: first(p.Alphas), material: p.Material,
	}
	n, ok := b.meshes[key]
	if !ok {
		n = len(b.doc.Meshes)
		b.meshes[key] = n
		b.doc.Meshes = append(b.doc.Meshes, writtenMesh{b.primitives(&p)})
	}
	b.roots = append(b.roots, len(b.doc.Nodes))
	b.doc.Nodes = append(b.doc.Nodes, writtenNode{Name: p.Name, Mesh: &n, Matrix: matrix(p.Pose)})
}

// matrix is a pose column by column; nil for the identity.
func matrix(p mesh.Pose) *[16]float64 {
	if p.IsIdentity() {
		return nil
	}
	var m [16]float64
	for row := range 4 {
		for column := range 4 {
			m[4*column+row] = p[4*row+column]
		}
	}
	return &m
}

// sheared reports whether a pose is more than a rotation, a scale per axis and a translation.
func sheared(p mesh.Pose) bool {
	const tolerance = 1e-6
	m := p.Matrix()
	column := func(i int) [3]float64 { return [3]float64{m[i], m[4+i], m[8+i]} }
	for i := range 3 {
		a, b := column(i), column((i+1)%3)
		dot, aa, bb := 0., 0., 0.
		for k := range a {
			dot += a[k] * b[k]
			aa += a[k] * a[k]
			bb += b[k] * b[k]
		}
		if aa == 0 || math.Abs(dot) > tolerance*math.Sqrt(aa*bb) {
			return true // what has no size on an axis can't be taken apart either
		}
	}
	return false
}

// root writes the node above all others, and the scene.
func (b *writer) root() {
	doc, m := &b.doc, b.m
	doc.Asset.Version, doc.Asset.Generator = "2.0", "Viser for Go"
	pose := mesh.Pose{0: 1, 5: 1, 10: 1, 15: 1, 3: m.Origin[0], 7: m.Origin[1], 11: m.Origin[2]}
	switch m.Up {
	case "x":
		pose = mesh.Pose{1: -1, 4: 1, 10: 1, 15: 1}.Multiply(pose)
	case "z":
		pose = mesh.Pose{0: 1, 6: 1, 9: -1, 15: 1}.Multiply(pose)
	}
	if u := m.Unit; u > 0 && u != 1 {
		pose = mesh.Pose{0: u, 5: u, 10: u, 15: 1}.Multiply(pose)
	}
	if !pose.IsIdentity() && len(b.roots) > 0 {
		doc.Nodes = append(doc.Nodes, writtenNode{Matrix: matrix(pose), Children: b.roots})
		b.roots = []int{len(doc.Nodes) - 1}
	}
	doc.Scenes = []writtenScene{{b.roots}}
	if b.bin.Len() > 0 {
		doc.Buffers = []map[string]int{{"byteLength": b.bin.Len()}}
	}
	for _, name := range []string{"KHR_materials_unlit", "EXT_texture_webp"} {
		if b.used[name] {
			doc.ExtensionsUsed = append(doc.ExtensionsUsed, name)
		}
	}
	if b.used["EXT_texture_webp"] {
		doc.ExtensionsRequired = []string{"EXT_texture_webp"}
	}
}

// primitives writes the arrays of a part.
func (b *writer) primitives(p *mesh.Part) (out []writtenPrimitive) {
	attributes := b.attributes(p)
	blend := false
	for _, a := range p.Alphas {
		blend = blend || a != 255
	}
	add := func(mode int, indices *int) {
		flat := mode != modeTriangles
		out = append(out, writtenPrimitive{attributes, indices, mode, b.material(materialKey{p.Material, blend, flat})})
	}
	if len(p.Faces) > 0 {
		add(modeTriangles, b.indices(flatten(p.Faces), len(p.Points)))
	}
	if len(p.Lines) > 0 {
		add(modeLines, b.indices(flatten(p.Lines), len(p.Points)))
	}
	if out == nil {
		add(modePoints, nil)
	}
	return out
}

func flatten[T [2]uint32 | [3]uint32](rows []T) (all []uint32) {
	for _, r := range rows {
		switch r := any(r).(type) {
		case [2]uint32:
			all = append(all, r[0], r[1])
		case [3]uint32:
			all = append(all, r[0], r[1], r[2])
		}
	}
	return all
}

// attributes writes the arrays of the points.
func (b *writer) attributes(p *mesh.Part) map[string]int {
	lo, hi := p.Points[0], p.Points[0]
	for _, v := range p.Points {
		for axis, x := range v {
			lo[axis], hi[axis] = min(lo[axis], x), max(hi[axis], x)
		}
	}
	out := map[string]int{"POSITION": b.array(writtenAccessor{
		ComponentType: float32Component, Type: "VEC3", Count: len(p.Points), Min: lo[:], Max: hi[:],
	}, vertexTarget, func(data []byte) []byte {
		for _, v := range p.Points {
			data = appendFloats(data, v[:])
		}
		return data
	})}
	if p.Normals != nil && len(p.Faces) > 0 {
		out["NORMAL"] = b.array(writtenAccessor{ComponentType: float32Component, Type: "VEC3", Count: len(p.Points)}, vertexTarget,
			func(data []byte) []byte {
				for _, n := range p.Normals {
					u := unit(n)
					data = appendFloats(data, u[:])
				}
				return data
			})
	}
	if p.UVs != nil {
		out["TEXCOORD_0"] = b.array(writtenAccessor{ComponentType: float32Component, Type: "VEC2", Count: len(p.Points)}, vertexTarget,
			func(data []byte) []byte {
				for _, uv := range p.UVs {
					data = appendFloats(data, []float32{uv[0], 1 - uv[1]}) // from above
				}
				return data
			})
	}
	if p.Colors != nil {
		out["COLOR_0"] = b.array(writtenAccessor{ComponentType: uint16Component, Normalized: true, Type: "VEC4", Count: len(p.Points)}, vertexTarget,
			func(data []byte) []byte { return appendColors(data, p) })
	}
	return out
}

// unit scales to length 1. Normals that are none point along z.
func unit(n [3]float32) [3]float32 {
	x, y, z := float64(n[0]), float64(n[1]), float64(n[2])
	size := math.Sqrt(x*x + y*y + z*z)
	if !(size > 0) || math.IsInf(size, 0) {
		return [3]float32{0, 0, 1}
	}
	return [3]float32{float32(x / size), float32(y / size), float32(z / size)}
}

// appendColors appends colors as the format has them: linear.
func appendColors(data []byte, p *mesh.Part) []byte {
	var table [256]uint16
	for i := range table {
		table[i] = uint16(linear(float32(i)/255)*math.MaxUint16 + 0.5)
	}
	for i, c := range p.Colors {
		alpha := uint16(math.MaxUint16)
		if p.Alphas != nil {
			alpha = uint16(p.Alphas[i]) * 257
		}
		for _, v := range c {
			data = binary.LittleEndian.AppendUint16(data, table[v])
		}
		data = binary.LittleEndian.AppendUint16(data, alpha)
	}
	return data
}

// linear is the light of an sRGB color.
func linear(c float32) float64 {
	if c <= 0.04045 {
		return float64(c) / 12.92
	}
	return math.Pow((float64(c)+0.055)/1.055, 2.4)
}

func appendFloats(data []byte, values []float32) []byte {
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
	}
	return data
}

// indices writes the numbers of points.
func (b *writer) indices(all []uint32, points int) *int {
	a := writtenAccessor{ComponentType: uint32Component, Type: "SCALAR", Count: len(all)}
	if points <= math.MaxUint16 { // the largest number has another meaning
		a.ComponentType = uint16Component
	}
	n := b.array(a, indexTarget, func(data []byte) []byte {
		for _, v := range all {
			if a.ComponentType == uint16Component {
				data = binary.LittleEndian.AppendUint16(data, uint16(v))
			} else {
				data = binary.LittleEndian.AppendUint32(data, v)
			}
		}
		return data
	})
	return &n
}

// array writes an accessor and its bytes.
func (b *writer) array(a writtenAccessor, target int, fill func([]byte) []byte) int {
	a.BufferView = b.view(target, fill)
	b.doc.Accessors = append(b.doc.Accessors, a)
	return len(b.doc.Accessors) - 1
}

// view writes bytes, at a multiple of four.
func (b *writer) view(target int, fill func([]byte) []byte) int {
	if pad := -b.bin.Len() & 3; pad > 0 {
		b.bin.Write(make([]byte, pad))
	}
	v := writtenView{ByteOffset: b.bin.Len(), Target: target}
	b.bin.Write(fill(b.bin.AvailableBuffer()))
	v.ByteLength = b.bin.Len() - v.ByteOffset
	b.doc.BufferViews = append(b.doc.BufferViews, v)
	return len(b.doc.BufferViews) - 1
}

// material writes a material, and returns its number.
func (b *writer) material(key materialKey) int {
	if n, ok := b.materials[key]; ok {
		return n
	}
	m := mesh.DefaultMaterial("")
	m.DoubleSided = true
	if key.number >= 0 {
		m = b.m.Materials[key.number]
	}
	out := writtenMaterial{Name: m.Name, DoubleSided: m.DoubleSided}
	for i, c := range m.Color[:3] {
		out.PBR.BaseColorFactor[i] = linear(unitColor(c))
	}
	out.PBR.BaseColorFactor[3] = float64(unitColor(m.Color[3]))
	out.PBR.MetallicFactor, out.PBR.RoughnessFactor = float64(unitColor(m.Metallic)), float64(unitColor(m.Roughness))
	if key.blend || m.Color[3] < 1 {
		out.AlphaMode = "BLEND"
	}
	if m.Emissive != [3]float32{} {
		out.EmissiveFactor = &[3]float64{}
		for i, c := range m.Emissive {
			out.EmissiveFactor[i] = linear(unitColor(c))
		}
	}
	if !key.flat {
		out.PBR.BaseColorTexture = b.texture(m.Texture)
		out.NormalTexture = b.texture(m.NormalMap)
	}
	if m.Unlit || key.flat { // lines and points have no surface
		out.Extensions = map[string]map[string]any{"KHR_materials_unlit": {}}
		b.used["KHR_materials_unlit"] = true
	}
	n := len(b.doc.Materials)
	b.materials[key] = n
	b.doc.Materials = append(b.doc.Materials, out)
	return n
}

// unitColor limits a number to 0 to 1.
func unitColor(v float32) float32 {
	if !(v > 0) {
		return 0
	}
	return min(v, 1)
}

// texture writes an image that has data, and returns where it is.
func (b *writer) texture(image *mesh.Image) *textureInfo {
	if image == nil || len(image.Data) == 0 {
		return nil
	}
	if n, ok := b.textures[image]; ok {
		return &textureInfo{n}
	}
	view := b.view(0, func(data []byte) []byte { return append(data, image.Data...) })
	source := len(b.doc.Images)
	b.doc.Images = append(b.doc.Images, writtenImage{view, image.Type, image.Name})
	texture := map[string]any{"source": source}
	if image.Type == "image/webp" {
		texture = map[string]any{"extensions": map[string]any{"EXT_texture_webp": map[string]int{"source": source}}}
		b.used["EXT_texture_webp"] = true
	}
	n := len(b.doc.Textures)
	b.doc.Textures = append(b.doc.Textures, texture)
	b.textures[image] = n
	return &textureInfo{n}
}

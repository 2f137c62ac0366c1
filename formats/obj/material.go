package obj

import (
	"bytes"
	"io"
	"math"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/formats/mesh"
)

// mapping is how the texture of a material is placed. The zero mapping changes nothing.
type mapping struct {
	scaled        bool
	scale, offset [2]float64
}

func (m *mapping) apply(uv [2]float32) [2]float32 {
	for i := range uv {
		if m.scaled {
			uv[i] = float32(float64(uv[i])*m.scale[i] + m.offset[i])
		}
	}
	return meshio.FiniteUV(uv)
}

// materialOf returns the number of the material of a name, or -1.
func (d *decoder) materialOf(name string) int {
	if name == "" {
		return -1
	}
	if n, ok := d.materials[name]; ok {
		return n
	}
	if d.options.Open != nil {
		d.skips.Add("material %s: it is in no material file", name)
	}
	return -1
}

// library reads the files of "mtllib": one whose name may have spaces, or several.
func (d *decoder) library(name string) {
	if d.options.Open == nil || name == "" {
		return
	}
	names := []string{name}
	if words := strings.Fields(name); len(words) > 1 {
		var trial meshio.Skips
		if data := meshio.NewOpener(d.options, &trial).Read("", name); data == nil {
			names = words
		}
	}
	for _, name := range names {
		data := d.opener.Read("materials", name)
		if data == nil {
			continue
		}
		r := materialReader{d: d, folder: folderOf(name)}
		if err := r.read(bytes.NewReader(data)); err != nil {
			d.skips.Add("materials %s: %v", name, err)
		}
	}
}

// folderOf is the folder of a material file, for the textures that it names.
func folderOf(name string) string {
	name = meshio.Slashes(name)
	return name[:strings.LastIndexByte(name, '/')+1]
}

// materialReader reads a material file.
type materialReader struct {
	d        *decoder
	folder   string
	material *mesh.Material
	mapping  *mapping

	opacity, clearness float64 // d and Tr; negative if not there
	shininess, rough   float64
}

// maxMaterials bounds the materials of all files.
const maxMaterials = 1 << 16

func (r *materialReader) read(file io.Reader) error {
	lines := meshio.NewSource(file, nil)
	for {
		line, err := lines.NextLine()
		if err == io.EOF {
			r.finish()
			return nil
		}
		if err != nil {
			return err
		}
		word, rest := meshio.Word(line)
		if strings.EqualFold(string(word), "newmtl") {
			r.begin(name(rest))
		} else if r.material != nil && len(word) > 0 {
			r.property(strings.ToLower(string(word)), rest)
		}
	}
}

// begin begins a material.
func (r *materialReader) begin(name string) {
	r.finish()
	d := r.d
	if _, ok := d.materials[name]; ok || len(d.model.Materials) >= maxMaterials {
		return // the first one counts
	}
	if d.materials == nil {
		d.materials = map[string]int{}
	}
	d.materials[name] = len(d.model.Materials)
	m := mesh.DefaultMaterial(meshio.Clean(name))
	m.DoubleSided = true
	d.model.Materials = append(d.model.Materials, m)
	d.mappings = append(d.mappings, mapping{})
	last := len(d.mappings) - 1
	*r = materialReader{
		d: d, folder: r.folder, material: &d.model.Materials[last], mapping: &d.mappings[last],
		opacity: -1, clearness: -1, shininess: -1, rough: -1,
	}
}

// finish derives what several properties determine together.
func (r *materialReader) finish() {
	m := r.material
	if m == nil {
		return
	}
	r.material = nil
	if black := m.Color[0] == 0 && m.Color[1] == 0 && m.Color[2] == 0; black && m.Texture != nil {
		m.Color = [4]float32{1, 1, 1, 1} // it would hide the texture: some programs write it so
	}
	switch {
	case r.opacity >= 0:
		m.Color[3] = meshio.Unit(r.opacity)
	case r.clearness >= 0:
		m.Color[3] = meshio.Unit(1 - r.clearness)
	}
	if m.Color[3] == 0 {
		m.Color[3] = 1 // programs differ in which of both ends is clear; nothing to be seen is never meant
	}
	switch {
	case r.rough >= 0:
		m.Roughness = meshio.Unit(r.rough)
	case r.shininess > 0:
		m.Roughness = meshio.Unit(math.Sqrt(2 / (r.shininess + 2)))
	}
}

// property reads a line of a material. What can't be read is left out: a picture without it is better than none.
func (r *materialReader) property(key string, rest []byte) {
	m := r.material
	switch key {
	case "kd":
		r.color(rest, m.Color[:3])
	case "ke":
		r.color(rest, m.Emissive[:])
	case "d":
		if word, after := meshio.Word(rest); string(word) == "-halo" {
			rest = after
		}
		r.opacity = single(rest, r.opacity)
	case "tr":
		r.clearness = single(rest, r.clearness)
	case "ns":
		r.shininess = single(rest, r.shininess)
	case "pr":
		r.rough = single(rest, r.rough)
	case "pm":
		m.Metallic = meshio.Unit(single(rest, 0))
	case "illum":
		m.Unlit = single(rest, 2) == 0
	case "map_kd":
		m.Texture = r.texture(rest, r.mapping)
	case "norm", "map_kn":
		m.NormalMap = r.texture(rest, &mapping{})
	case "map_ka", "map_ks", "map_ns", "map_d", "map_ke", "map_pr", "map_pm", "map_ps", "map_bump", "bump", "disp", "decal", "refl":
		if file, _ := textureName(rest); file != "" {
			r.d.skips.Add("%s %s", key, file)
		}
	}
}

// single reads one number.
func single(rest []byte, otherwise float64) float64 {
	if v, _, err := nextNumber(rest); err == nil && v == v {
		return v
	}
	return otherwise
}

// color reads a color of three numbers, or of one.
func (r *materialReader) color(rest []byte, to []float32) {
	for i := range to {
		v, after, err := nextNumber(rest)
		if err != nil {
			if i == 1 {
				to[1], to[2] = to[0], to[0]
			}
			return // a spectral file, for example
		}
		to[i], rest = meshio.Unit(v), after
	}
}

// texture reads the name of an image and where it is placed.
func (r *materialReader) texture(rest []byte, place *mapping) *mesh.Image {
	file, m := textureName(rest)
	if file == "" {
		return nil
	}
	*place = m
	if r.folder != "" && !strings.HasPrefix(meshio.Slashes(file), "/") {
		file = r.folder + file
	}
	return r.d.opener.Image("texture", file)
}

// textureName reads the options before the name of an image, which may have spaces.
func textureName(rest []byte) (file string, m mapping) {
	for {
		word, after := meshio.Word(rest)
		if len(word) < 2 || word[0] != '-' {
			return name(rest), m
		}
		switch string(word) {
		case "-s":
			m.begin()
			rest = vector(after, &m.scale)
		case "-o":
			m.begin()
			rest = vector(after, &m.offset)
		case "-t":
			rest = vector(after, &[2]float64{})
		case "-mm":
			_, rest = meshio.Word(after)
			_, rest = meshio.Word(rest)
		case "-blendu", "-blendv", "-cc", "-clamp", "-bm", "-boost", "-texres", "-imfchan", "-type":
			_, rest = meshio.Word(after)
		default:
			return name(rest), m // a name that begins with a hyphen
		}
	}
}

// begin makes a mapping that is about to be changed one that changes nothing yet.
func (m *mapping) begin() {
	if !m.scaled {
		m.scaled, m.scale = true, [2]float64{1, 1}
	}
}

// vector reads one to three numbers, of which the third plays no role.
func vector(line []byte, to *[2]float64) []byte {
	for i := range 3 {
		word, after := meshio.Word(line)
		v, ok := number.Parse(word)
		if !ok {
			return line
		}
		if i < 2 {
			to[i] = v
		}
		line = after
	}
	return line
}

package dae

import (
	"math"
	"net/url"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

// binding is the material of a list of faces, and the set of its texture coordinates, where the instance says it.
type binding struct {
	material int
	set      string
}

// binding returns what an instance binds to the name of a material in a geometry.
func (d *decoder) binding(instance *element, symbol string) binding {
	b := binding{material: -1}
	if symbol == "" {
		return b
	}
	for _, m := range instance.child("bind_material", "technique_common").all("instance_material") {
		if m.attr("symbol") != symbol {
			continue
		}
		if target := d.lookup("material", m.attr("target")); target != nil {
			b.material = d.material(target)
		}
		for _, v := range m.all("bind_vertex_input") {
			if v.attr("input_semantic") == "TEXCOORD" {
				b.set = v.attr("input_set")
				break
			}
		}
		return b
	}
	// Some programs write the ID of the material, and bind nothing.
	if target := d.ids[symbol]; target != nil && target.name == "material" {
		b.material = d.material(target)
	}
	return b
}

// material returns the number of a material.
func (d *decoder) material(e *element) int {
	if n, ok := d.materials[e]; ok {
		return n
	}
	name := e.attr("name")
	if name == "" {
		name = e.attr("id")
	}
	m := mesh.DefaultMaterial("")
	if u := e.child("instance_effect").attr("url"); u != "" {
		if effect := d.lookup("effect", u); effect != nil {
			m = d.effect(effect)
		}
	}
	m.Name, m.DoubleSided = meshio.Clean(name), true
	n := len(d.model.Materials)
	d.model.Materials = append(d.model.Materials, m)
	d.materials[e] = n
	return n
}

// effect returns a material of the properties of an effect, which are read once.
func (d *decoder) effect(e *element) mesh.Material {
	m, ok := d.effects[e]
	if !ok {
		m = mesh.DefaultMaterial("")
		d.properties(e.child("profile_COMMON"), &m)
		d.effects[e] = m
	}
	return m
}

func (d *decoder) properties(profile *element, m *mesh.Material) {
	technique := profile.child("technique")
	var shader *element
	for _, name := range []string{"phong", "lambert", "blinn", "constant"} {
		if shader = technique.child(name); shader != nil {
			m.Unlit = name == "constant"
			break
		}
	}
	if shader == nil {
		return
	}
	base := shader.child("diffuse")
	if m.Unlit && base == nil {
		base = shader.child("emission")
	}
	if c, ok := d.color(profile, base); ok {
		copy(m.Color[:3], c[:3])
	}
	m.Texture = d.texture(profile, base, "texture")
	if c, ok := d.color(profile, shader.child("emission")); ok && !m.Unlit {
		m.Emissive = [3]float32(c[:3])
	}
	if v, ok := d.number(profile, shader.child("shininess")); ok && v > 1 {
		m.Roughness = meshio.Unit(math.Sqrt(2 / (v + 2)))
	}
	m.Color[3] = d.opacity(profile, shader)
	bump := technique.child("extra").find("bump")
	m.NormalMap = d.texture(profile, bump, "normal map")
}

// parameter returns the value of a parameter that an element refers to, or the element itself.
func parameter(profile, e *element) *element {
	ref := e.child("param").attr("ref")
	if ref == "" {
		return e
	}
	return param(profile, ref)
}

// param finds a parameter by its name.
func param(profile *element, name string) *element {
	for _, scope := range []*element{profile, profile.child("technique")} {
		for _, p := range scope.all("newparam") {
			if p.attr("sid") == name {
				return p
			}
		}
	}
	return nil
}

// color reads a color of three or four numbers.
func (d *decoder) color(profile, e *element) (c [4]float32, ok bool) {
	e = parameter(profile, e)
	text := e.child("color")
	for _, name := range []string{"float4", "float3"} {
		if text == nil {
			text = e.child(name)
		}
	}
	v, err := d.floats(text)
	if err != nil || len(v) < 3 {
		return c, false // a material without a color is better than no model
	}
	c[3] = 1
	for i := range min(len(v), 4) {
		c[i] = meshio.Unit(v[i])
	}
	return c, true
}

// number reads a number.
func (d *decoder) number(profile, e *element) (float64, bool) {
	v, err := d.floats(parameter(profile, e).child("float"))
	if err != nil || len(v) != 1 || v[0]-v[0] != 0 {
		return 0, false
	}
	return v[0], true
}

// opacity is what transparent and transparency determine together.
func (d *decoder) opacity(profile, shader *element) float32 {
	t, hasNumber := d.number(profile, shader.child("transparency"))
	if !hasNumber {
		t = 1
	}
	transparent := shader.child("transparent")
	c, ok := d.color(profile, transparent)
	if !ok {
		if transparent.child("texture") != nil {
			d.skips.Add("textures of opacity")
			t = 1
		}
		c = [4]float32{1, 1, 1, 1}
	}
	light := float64(0.212671*c[0] + 0.715160*c[1] + 0.072169*c[2])
	var alpha float64
	switch transparent.attr("opaque") {
	case "RGB_ZERO":
		alpha = 1 - light*t
	case "RGB_ONE":
		alpha = light * t
	case "A_ZERO":
		alpha = 1 - float64(c[3])*t
	default:
		alpha = float64(c[3]) * t
	}
	if a := meshio.Unit(alpha); a > 0 {
		return a
	}
	return 1 // programs differ in which end is clear; nothing to be seen is never meant
}

// texture reads the image of a property; nil if it has none.
func (d *decoder) texture(profile, property *element, kind string) *mesh.Image {
	name := property.child("texture").attr("texture")
	if name == "" {
		return nil
	}
	image := d.image(profile, name)
	if image == nil {
		d.skips.Add("%s %s: it is not in the file", kind, name)
		return nil
	}
	file := image.child("init_from")
	if ref := file.child("ref"); ref != nil {
		file = ref
	}
	path := fileName(string(file.trimmed()))
	if path == "" {
		d.skips.Add("%s %s: its pixels are in the file", kind, name)
		return nil
	}
	return d.opener.Image(kind, path)
}

// image follows a sampler and a surface to the image. Some programs name the image at once.
func (d *decoder) image(profile *element, name string) *element {
	for range 4 {
		if e := d.ids[name]; e != nil && e.name == "image" {
			return e
		}
		p := param(profile, name)
		if p == nil {
			return nil
		}
		if sampler := p.child("sampler2D"); sampler != nil {
			if u := sampler.child("instance_image").attr("url"); u != "" { // 1.5
				return d.ids[strings.TrimPrefix(u, "#")]
			}
			name = string(sampler.child("source").trimmed())
			continue
		}
		name = string(p.child("surface", "init_from").trimmed())
	}
	return nil
}

// fileName is the path of a file in a URI.
func fileName(uri string) string {
	uri = strings.TrimPrefix(uri, "file://")
	if path, err := url.PathUnescape(uri); err == nil {
		uri = path
	}
	// A drive, as in /C:/pictures/bricks.png
	if len(uri) > 2 && uri[0] == '/' && uri[2] == ':' {
		uri = uri[1:]
	}
	return uri
}

package mjcf

import (
	"fmt"
	"math"
	"path"
	"strings"

	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

// assets reads meshes, textures and materials; materials last, as they name textures.
func (r *reader) assets(e *element) error {
	var materials []*element
	for _, c := range e.Children {
		var err error
		switch c.Name {
		case "mesh":
			err = r.mesh(c)
		case "texture":
			err = r.texture(c)
		case "material":
			materials = append(materials, c)
		case "hfield":
		default:
			r.note("element %q", short(c.Name))
		}
		if err != nil {
			return err
		}
	}
	for _, m := range materials {
		if err := r.material(m); err != nil {
			return err
		}
	}
	return nil
}

// file returns the name of a file of an asset, with its folder.
func (r *reader) file(name, dir string) string {
	name, dir = strings.ReplaceAll(name, "\\", "/"), strings.ReplaceAll(dir, "\\", "/")
	if r.strip {
		name = path.Base(name)
	}
	if name == "" || path.IsAbs(name) || dir == "" {
		return name
	}
	return path.Join(dir, name)
}

// assetName is what a mesh or texture is called: as in the file, or as its file without the extension.
func assetName(e *element, file string) string {
	if name := e.Text("name"); name != "" {
		return name
	}
	base := path.Base(strings.ReplaceAll(file, "\\", "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}

func (r *reader) mesh(e *element) error {
	a, err := r.attrsOf(e, r.main)
	if err != nil {
		return err
	}
	file := a.text("file", "")
	m := Mesh{Name: assetName(e, file), File: r.file(file, r.meshDir), Scale: [3]float64{1, 1, 1}}
	if err := a.fill(m.Scale[:], "scale"); err != nil {
		return err
	}
	for _, s := range m.Scale {
		if s == 0 || math.Abs(s) > xmltree.Vec3Large {
			return e.Errorf("<mesh scale=…>: %g is out of range", s)
		}
	}
	if m.RefPos, err = a.place("refpos", [3]float64{}); err != nil {
		return err
	}
	q := [4]float64{1}
	if err := a.fill(q[:], "refquat"); err != nil {
		return err
	}
	u := unit4(q)
	if u == nil {
		return e.Errorf("<mesh refquat=…>: the quaternion has no length")
	}
	m.RefQuat = transform.SO3FromWXYZ(*u)
	if file == "" {
		if err := r.inline(e, &m); err != nil {
			return err
		}
	}
	if _, twice := r.meshes[m.Name]; twice && m.Name != "" {
		return e.Errorf("there are two meshes named %s", xmltree.Quote(m.Name))
	}
	r.meshes[m.Name] = len(r.out.Meshes)
	r.out.Meshes = append(r.out.Meshes, m)
	return nil
}

// inline reads a mesh that is in the file itself.
func (r *reader) inline(e *element, m *Mesh) error {
	points, err := rows(e, "vertex", 3)
	if err != nil {
		return err
	}
	if len(points) == 0 {
		if b := e.Text("builtin"); b != "" {
			r.note("mesh %q, which MuJoCo makes (%s)", short(m.Name), short(b))
		} else {
			r.note("mesh %q, which has neither a file nor vertices", short(m.Name))
		}
		return nil
	}
	m.Points = points
	if m.Normals, err = rows(e, "normal", 3); err != nil {
		return err
	}
	uvs, err := rows(e, "texcoord", 2)
	if err != nil {
		return err
	}
	if len(m.Normals) != len(points) {
		m.Normals = nil
	}
	if len(uvs) == len(points) {
		for _, uv := range uvs {
			m.UVs = append(m.UVs, [2]float32{uv[0], 1 - uv[1]}) // theirs begin at the top
		}
	}
	return inlineFaces(e, m)
}

func inlineFaces(e *element, m *Mesh) error {
	corners, err := e.Floats(nil, "face", -1)
	if err != nil {
		return err
	}
	if len(corners)%3 != 0 {
		return e.Errorf("<mesh face=…>: %d numbers are not whole triangles", len(corners))
	}
	for i, c := range corners {
		if c < 0 || c >= float64(len(m.Points)) || c != math.Trunc(c) {
			return e.Errorf("<mesh face=…>: %g is no vertex; there are %d", c, len(m.Points))
		}
		if i%3 == 0 {
			m.Faces = append(m.Faces, [3]uint32{})
		}
		m.Faces[i/3][i%3] = uint32(c)
	}
	return nil
}

// rows reads the numbers of an attribute as rows of n, at most three.
func rows(e *element, name string, n int) ([][3]float32, error) {
	v, err := e.Floats(nil, name, -1)
	if err != nil {
		return nil, err
	}
	if len(v)%n != 0 {
		return nil, e.Errorf("<mesh %s=…>: there are %d numbers, which is no multiple of %d", name, len(v), n)
	}
	var out [][3]float32
	for i, x := range v {
		if math.Abs(x) > xmltree.Vec3Large {
			return nil, e.Errorf("<mesh %s=…>: %g is too large", name, x)
		}
		if i%n == 0 {
			out = append(out, [3]float32{})
		}
		out[i/n][i%n] = float32(x)
	}
	return out, nil
}

func (r *reader) texture(e *element) error {
	a, err := r.attrsOf(e, r.main)
	if err != nil {
		return err
	}
	file := a.text("file", "")
	t := Texture{
		Name: assetName(e, file), Type: a.text("type", "cube"), File: r.file(file, r.textureDir), Builtin: a.text("builtin", ""),
	}
	if t.Builtin == "none" {
		t.Builtin = ""
	}
	first, _, err := a.color("rgb1", [4]float64{0.8, 0.8, 0.8, 1})
	if err != nil {
		return err
	}
	second, _, err := a.color("rgb2", [4]float64{0.5, 0.5, 0.5, 1})
	if err != nil {
		return err
	}
	t.RGB1, t.RGB2 = [3]float64(first[:3]), [3]float64(second[:3])
	r.textures[t.Name] = len(r.out.Textures)
	r.out.Textures = append(r.out.Textures, t)
	return nil
}

func (r *reader) material(e *element) error {
	a, err := r.attrsOf(e, r.main)
	if err != nil {
		return err
	}
	m := Material{Name: e.Text("name"), Texture: -1, Repeat: [2]float64{1, 1}, Uniform: a.text("texuniform", "") == "true"}
	if m.RGBA, _, err = a.color("rgba", [4]float64{1, 1, 1, 1}); err != nil {
		return err
	}
	if err := a.fill(m.Repeat[:], "texrepeat"); err != nil {
		return err
	}
	name := a.text("texture", "")
	for _, layer := range e.Children {
		if role := layer.Text("role"); layer.Name == "layer" && (role == "rgb" || role == "rgba") {
			name = layer.Text("texture")
		} else {
			r.note("%s layers of materials", short(fmt.Sprint(role)))
		}
	}
	if name != "" {
		n, ok := r.textures[name]
		if !ok {
			return e.Errorf("the material has texture %s, which is not defined", xmltree.Quote(name))
		}
		m.Texture = n
	}
	r.materials[m.Name] = len(r.out.Materials)
	r.out.Materials = append(r.out.Materials, m)
	return nil
}

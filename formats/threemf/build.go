package threemf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/internal/number"
	"github.com/viser-go/viser/formats/mesh"
)

// group is a list of properties that triangles refer to: base materials, colors, places on a texture; or a texture.
type group struct {
	number   int
	kind     string
	names    []string
	colors   [][4]uint8
	coords   [][2]float32
	texture  key
	path     string
	material int // for textures and colors, once it is needed; -1 before
	bases    []int
}

// newGroup begins a group.
func (d *decoder) newGroup(k key, t xml.StartElement, current **group) {
	g := &group{kind: t.Name.Local, material: -1, path: attr(t, "path"), texture: key{k.file, attr(t, "texid")}}
	if t.Name.Local != "texture2d" {
		*current = g
	}
	if old := d.groups[k]; old == nil {
		d.groups[k] = g
	} else if old.kind == "" { // triangles have named it before
		g.number = old.number
		*old = *g
		if t.Name.Local != "texture2d" {
			*current = old
		}
	}
}

// groupNumber returns the number of a group, from 1, in d.numbered.
func (d *decoder) groupNumber(k key) uint32 {
	g := d.groups[k]
	if g == nil {
		g = &group{material: -1}
		d.groups[k] = g
	}
	if g.number == 0 {
		d.numbered = append(d.numbered, g)
		g.number = len(d.numbered)
	}
	return uint32(g.number)
}

// add adds a property to a group.
func (g *group) add(t xml.StartElement) error {
	if g == nil {
		return nil
	}
	switch t.Name.Local {
	case "base":
		c, err := color(attr(t, "displaycolor"))
		if err != nil {
			return err
		}
		g.names = append(g.names, meshio.Clean(attr(t, "name")))
		g.colors = append(g.colors, c)
		g.bases = append(g.bases, -1)
	case "color":
		c, err := color(attr(t, "color"))
		if err != nil {
			return err
		}
		g.colors = append(g.colors, c)
	case "tex2coord":
		var uv [2]float32
		for i, name := range []string{"u", "v"} {
			v, ok := number.Parse([]byte(attr(t, name)))
			if !ok {
				return fmt.Errorf("%s is not a number", meshio.Quote([]byte(attr(t, name))))
			}
			uv[i] = float32(v)
		}
		g.coords = append(g.coords, meshio.FiniteUV(uv))
	}
	return nil
}

// color parses a color such as #RRGGBB or #RRGGBBAA.
func color(text string) (c [4]uint8, err error) {
	c[3] = 255
	digits := strings.TrimPrefix(text, "#")
	v, e := strconv.ParseUint(digits, 16, 32)
	if e != nil || len(digits) != 6 && len(digits) != 8 || len(digits) == len(text) {
		return c, fmt.Errorf("%s is not a color, such as #FF8000", meshio.Quote([]byte(text)))
	}
	if len(digits) == 6 {
		v = v<<8 | 255
	}
	return [4]uint8{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8), uint8(v)}, nil
}

const (
	maxNesting = 32      // of components
	maxVisits  = 1 << 18 // of objects: instances of instances can be many in a short file
)

// build makes the parts of the items.
func (d *decoder) build() error {
	for _, i := range d.items {
		if err := d.show(i, mesh.Pose{}, "", 0); err != nil {
			return err
		}
	}
	if len(d.items) == 0 {
		d.skips.Add("objects that are in no item to build")
	}
	if d.options.Recenter {
		d.recenter()
	}
	return nil
}

// recenter moves the poses, so that the first part is near the origin.
func (d *decoder) recenter() {
	for i := range d.model.Parts {
		p := &d.model.Parts[i].Pose
		*p = p.Matrix()
		for axis := range 3 {
			if i == 0 {
				d.model.Origin[axis] = math.Round(p[4*axis+3])
			}
			p[4*axis+3] -= d.model.Origin[axis]
		}
	}
}

// show adds the parts of an item.
func (d *decoder) show(i item, above mesh.Pose, name string, depth int) error {
	if d.visited++; d.visited > maxVisits {
		return fmt.Errorf("the file has more than %d objects, with those of components", maxVisits)
	}
	if depth > maxNesting {
		return fmt.Errorf("components are nested in more than %d others, perhaps in themselves", maxNesting)
	}
	o := d.objects[i.object]
	if o == nil && d.parts[i.object.file] != nil && !d.files[i.object.file] {
		if err := d.readModel(i.object.file, false); err != nil {
			return err
		}
		d.where, d.line = "build", 0
		o = d.objects[i.object]
	}
	if o == nil {
		d.skips.Add("object %s of %s: it is not in the file", i.object.id, i.object.file)
		return nil
	}
	pose := above.Multiply(i.pose)
	if o.name != "" {
		name = o.name
	}
	for _, s := range d.shapes(o) {
		p := s.part
		p.Name, p.Pose = name, pose
		if p.Pose.IsIdentity() {
			p.Pose = mesh.Pose{}
		}
		if d.model.Parts = append(d.model.Parts, p); len(d.model.Parts) > d.options.MaxParts {
			return fmt.Errorf("the file has more than %d parts", d.options.MaxParts)
		}
	}
	for _, c := range o.components {
		if err := d.show(c, pose, name, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// shape is the part of an object with one material.
type shape struct{ part mesh.Part }

// builder collects the triangles of one material.
type builder struct {
	material int
	corners  meshio.Corners
	part     mesh.Part
	colored  bool
	mapped   bool
	coords   [][2]float32 // of the group of the texture
}

// shapes returns the parts of an object, which are made once.
func (d *decoder) shapes(o *object) []shape {
	if o.made {
		return o.shapes
	}
	o.made = true
	builders := map[int]*builder{}
	var order []*builder
	for i := range o.triangles {
		t := &o.triangles[i]
		material, colors, coords := d.appearance(t)
		b := builders[material]
		if b == nil {
			b = &builder{material: material, coords: coords, mapped: coords != nil}
			builders[material] = b
			order = append(order, b)
		}
		b.add(t, colors)
	}
	for _, b := range order {
		b.finish(o.points)
		points, faces := meshio.DropNonFinite(&b.part)
		d.model.DroppedPoints += points
		d.model.DroppedFaces += faces
		if len(b.part.Faces) > 0 {
			o.shapes = append(o.shapes, shape{b.part})
		}
	}
	o.triangles, o.points = nil, nil
	return o.shapes
}

// appearance returns the material of a triangle, and the colors or texture coordinates of its corners.
func (d *decoder) appearance(t *triangle) (material int, colors [][4]uint8, coords [][2]float32) {
	if t.group == 0 {
		return -1, nil, nil
	}
	g := d.numbered[t.group-1]
	switch g.kind {
	case "basematerials":
		if n := t.properties[0]; int64(n) < int64(len(g.bases)) {
			return d.base(g, int(n)), nil, nil
		}
	case "colorgroup":
		return d.colored(), g.colors, nil
	case "texture2dgroup":
		if n := d.texture(g); n >= 0 {
			return n, nil, g.coords
		}
	}
	return -1, nil, nil
}

func (d *decoder) addMaterial(m mesh.Material) int {
	m.DoubleSided = true
	d.model.Materials = append(d.model.Materials, m)
	return len(d.model.Materials) - 1
}

// base returns the material of a base material.
func (d *decoder) base(g *group, n int) int {
	if g.bases[n] < 0 {
		m := mesh.DefaultMaterial(g.names[n])
		for i, c := range g.colors[n] {
			m.Color[i] = float32(c) / 255
		}
		if m.Color[3] == 0 {
			m.Color[3] = 1 // nothing to be seen is never meant
		}
		g.bases[n] = d.addMaterial(m)
	}
	return g.bases[n]
}

// colored returns the material of triangles with colors.
func (d *decoder) colored() int {
	if d.plain == 0 {
		d.plain = d.addMaterial(mesh.DefaultMaterial("colors")) + 1
	}
	return d.plain - 1
}

// texture returns the material of a group of texture coordinates; -1 if its texture can't be shown.
func (d *decoder) texture(g *group) int {
	if g.material >= 0 {
		return g.material
	}
	t := d.groups[g.texture]
	if t == nil || t.kind != "texture2d" {
		d.skips.Add("texture %s: it is not in the file", g.texture.id)
		g.kind = "none"
		return -1
	}
	image := d.image(t.path)
	if image == nil {
		g.kind = "none"
		return -1
	}
	m := mesh.DefaultMaterial(meshio.Clean(t.path))
	m.Texture = image
	g.material = d.addMaterial(m)
	return g.material
}

func (d *decoder) image(path string) *mesh.Image {
	if image, ok := d.images[path]; ok {
		return image
	}
	data, err := d.bytes(path)
	if err != nil {
		d.skips.Add("texture %s: %v", path, err)
	}
	image := d.opener.Decode("texture", path, data)
	d.images[path] = image
	return image
}

func (d *decoder) bytes(path string) ([]byte, error) {
	f, err := d.open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var b bytes.Buffer
	_, err = io.Copy(&b, f)
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// add adds a triangle. The colors of corners are part of them, and so are the numbers of their texture coordinates.
func (b *builder) add(t *triangle, colors [][4]uint8) {
	var face [3]uint32
	for i, at := range t.corners {
		c := meshio.Corner{Point: at}
		n := t.properties[i]
		if colors != nil && int64(n) < int64(len(colors)) {
			v := colors[n]
			c.Color = uint32(v[0]) | uint32(v[1])<<8 | uint32(v[2])<<16 | uint32(v[3])<<24
			c.Normal = 1 // it has a color
			b.colored = true
		}
		if b.mapped && int64(n) < int64(len(b.coords)) {
			c.Coord = n + 1
		}
		face[i] = b.corners.Number(c)
	}
	b.part.Faces = append(b.part.Faces, face)
}

// finish makes the slices of the part.
func (b *builder) finish(points [][3]float32) {
	all := b.corners.All
	p := &b.part
	p.Material = b.material
	p.Points = make([][3]float32, len(all))
	for i, c := range all {
		p.Points[i] = points[c.Point]
	}
	if b.mapped {
		p.UVs = make([][2]float32, len(all))
		for i, c := range all {
			if c.Coord > 0 {
				p.UVs[i] = b.coords[c.Coord-1]
			}
		}
	}
	if !b.colored {
		return
	}
	clear := false
	p.Colors = make([][3]uint8, len(all))
	p.Alphas = make([]uint8, len(all))
	for i, c := range all {
		p.Colors[i], p.Alphas[i] = [3]uint8{255, 255, 255}, 255
		if c.Normal > 0 {
			p.Colors[i] = [3]uint8{uint8(c.Color), uint8(c.Color >> 8), uint8(c.Color >> 16)}
			p.Alphas[i] = uint8(c.Color >> 24)
			clear = clear || p.Alphas[i] != 255
		}
	}
	if !clear {
		p.Alphas = nil
	}
}

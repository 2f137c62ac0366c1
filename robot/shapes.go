package robot

import (
	"image"
	"image/color"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/urdf"
	"github.com/viser-go/viser/transform"
)

// form is the kind of a shape.
type form int

const (
	box form = iota
	cylinder
	ellipsoid
	surface // triangles
	plane   // without an end
	glb
)

// shape is what becomes a node.
type shape struct {
	node string
	pose viser.Pose // in the link
	form form
	size viser.Vec3 // of a box; radii of an ellipsoid; radius, radius and height of a cylinder; scale of the others
	part part
	glb  []byte
}

// grey is the color of what has none.
var grey = paint{0.7, 0.7, 0.7, 1}

// urdfShapes makes shapes of a part of a link: one, or those of a mesh's parts.
func (r *Robot) urdfShapes(s urdf.Shape, l *loader) []shape {
	g := s.Geometry
	base := shape{node: shapeName(s.Name, g.File, g.Kind.String()), pose: s.Origin}
	var paintOf *paint
	var texture image.Image
	if m := s.Material; m != nil {
		if m.HasColor {
			paintOf = (*paint)(&m.Color)
		}
		if m.Texture != "" {
			texture = l.texture(r, m.Texture)
		}
	}
	base.part.paint = paintOf
	switch g.Kind {
	case urdf.Box:
		base.form, base.size = box, g.Size
	case urdf.Sphere:
		base.form, base.size = ellipsoid, viser.Vec3{g.Radius, g.Radius, g.Radius}
	case urdf.Cylinder:
		base.form, base.size = cylinder, viser.Vec3{g.Radius, g.Radius, g.Length}
	case urdf.Capsule:
		base.capsule(g.Radius, g.Length)
	case urdf.Mesh:
		return meshShapes(base, l.mesh(r, g.File), g.Scale, texture)
	}
	if base.flat() {
		return nil
	}
	return []shape{base}
}

// flat reports whether a form has no extent.
func (s *shape) flat() bool {
	switch s.form {
	case box, cylinder, ellipsoid:
		return !(s.size[0] > 0 && s.size[1] > 0 && s.size[2] > 0)
	}
	return false
}

// meshShapes makes a shape of each part of a mesh. Parts with colors of their own keep them; the others have that of
// the base.
func meshShapes(base shape, m *model, scale viser.Vec3, texture image.Image) []shape {
	mirrored := scale[0]*scale[1]*scale[2] < 0
	negative := scale[0] < 0 || scale[1] < 0 || scale[2] < 0
	if m.glb != nil && m.err == nil {
		base.form, base.glb, base.size = glb, m.glb, scale
		return []shape{base}
	}
	var out []shape
	for _, p := range m.parts {
		s := base
		s.form, s.size, s.part = surface, scale, p
		if p.paint == nil {
			s.part.paint = base.part.paint
		}
		if texture != nil && p.texture == nil && len(p.uvs) == len(p.points) {
			s.part.texture = texture
		}
		if negative {
			s.part.mirror(scale, mirrored)
			s.size = viser.Vec3{math.Abs(scale[0]), math.Abs(scale[1]), math.Abs(scale[2])}
		}
		out = append(out, s)
	}
	return out
}

// mirror turns the signs of the axes whose scale is negative.
func (p *part) mirror(scale viser.Vec3, turn bool) {
	flip := func(in []viser.Vec3f) []viser.Vec3f {
		if in == nil {
			return nil
		}
		out := make([]viser.Vec3f, len(in))
		for i, v := range in {
			for k := range v {
				out[i][k] = float32(math.Copysign(1, scale[k])) * v[k]
			}
		}
		return out
	}
	p.points, p.normals = flip(p.points), flip(p.normals)
	if turn {
		faces := make([][3]uint32, len(p.faces))
		for i, f := range p.faces {
			faces[i] = [3]uint32{f[0], f[2], f[1]}
		}
		p.faces = faces
	}
}

// The fineness of round forms.
const (
	around = 32
	rings  = 8 // of each half sphere
)

// capsule makes the shape a capsule along z: a cylinder of the length between two half spheres.
func (s *shape) capsule(radius, length float64) {
	s.form, s.size = surface, viser.Vec3{1, 1, 1}
	p := &s.part
	ring := func(angle, middle float64) {
		for i := range around {
			a := 2 * math.Pi * float64(i) / around
			n := viser.Vec3{math.Cos(angle) * math.Cos(a), math.Cos(angle) * math.Sin(a), math.Sin(angle)}
			p.points = append(p.points, viser.Vec3f{float32(radius * n[0]), float32(radius * n[1]), float32(radius*n[2] + middle)})
			p.normals = append(p.normals, viser.Vec3f{float32(n[0]), float32(n[1]), float32(n[2])})
		}
	}
	for i := range rings + 1 {
		ring(math.Pi/2*(float64(i)/rings-1), -length/2)
	}
	for i := range rings + 1 {
		ring(math.Pi/2*float64(i)/rings, length/2)
	}
	for row := range uint32(2*rings + 1) {
		for i := range uint32(around) {
			next := (i + 1) % around
			a, b, c, d := row*around+i, row*around+next, (row+1)*around+i, (row+1)*around+next
			if row > 0 {
				p.faces = append(p.faces, [3]uint32{a, b, d})
			}
			if row < 2*rings {
				p.faces = append(p.faces, [3]uint32{a, d, c})
			}
		}
	}
}

// look is how shapes are added.
type look struct {
	scale    float64
	override color.Color // nil for the colors of the file
}

// colorOf returns the color of a shape and its opacity, nil for 1.
func (k look) colorOf(s *shape) (color.Color, *float64) {
	if k.override != nil {
		c := color.NRGBAModel.Convert(k.override).(color.NRGBA)
		return viser.RGB{c.R, c.G, c.B}, opacity(float64(c.A) / 255)
	}
	p := s.part.paint
	if p == nil {
		p = &grey
	}
	return p.rgb(), opacity(p[3])
}

func opacity(v float64) *float64 {
	if v >= 1 {
		return nil
	}
	return &v
}

// add adds the node of a shape. A file that pages cannot read, of which all that is known is that it begins as a GLB
// does, becomes no node.
func (k look) add(scene *viser.Scene, name string, s *shape) {
	paint, opacity := k.colorOf(s)
	pose := scaled(s.pose, k.scale)
	size := times(s.size, k.scale)
	switch s.form {
	case box:
		scene.AddBox(name, &viser.BoxOptions{Pose: pose, Dimensions: size, Color: paint, Opacity: opacity})
	case cylinder:
		scene.AddCylinder(name, &viser.CylinderOptions{
			Pose: pose, Radius: size[0], Height: size[2], Color: paint, Opacity: opacity,
		})
	case ellipsoid:
		o := &viser.IcosphereOptions{Pose: pose, Radius: size[0], Color: paint, Opacity: opacity}
		if size[1] != size[0] || size[2] != size[0] {
			o.Radius, o.Scale = 1, size
		}
		scene.AddIcosphere(name, o)
	case plane:
		scene.AddGrid(name, &viser.GridOptions{
			Pose: pose, Infinite: true, PlaneColor: paint, PlaneOpacity: 0.5, FadeDistance: 30 * k.scale,
			CellSize: k.scale / 2, SectionSize: k.scale,
		})
	case glb:
		// What is wrong with the bytes was checked when they were read.
		_, _ = scene.AddGLB(name, s.glb, &viser.GLBOptions{Pose: pose, Scale: size})
	case surface:
		o := &viser.MeshOptions{
			Pose: pose, Color: paint, Opacity: opacity, Scale: size, Normals: s.part.normals, Side: viser.FrontSide,
		}
		if s.part.doubleSided {
			o.Side = viser.DoubleSide
		}
		if k.override == nil {
			o.VertexColors, o.VertexOpacities = s.part.colors, s.part.alphas
			o.UVs, o.Texture = s.part.uvs, s.part.texture
		}
		scene.AddMesh(name, s.part.points, s.part.faces, o)
	}
}

// scaled is a pose in a frame that is scaled.
func scaled(p viser.Pose, by float64) viser.Pose {
	p.Translation = times(p.Translation, by)
	if p.Rotation == (viser.Quat{}) {
		p.Rotation = transform.SO3Identity()
	}
	return p
}

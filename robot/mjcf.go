package robot

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/formats/mjcf"
	"github.com/viser-go/viser/transform"
)

// LoadMJCF is [Load] for an MJCF file. Bodies are links; the world is their root. A configuration is MuJoCo's qpos.
// Geoms of the groups 0 to 2 are visual shapes, unless they are clear; those that can touch others are shapes for
// collisions.
func LoadMJCF(file string, opts *Options) (*Robot, error) {
	l := newLoader(file, opts)
	defer l.close()
	l.bare = true
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	m, err := mjcf.Read(f, &mjcf.Options{Open: func(name string) (io.ReadCloser, error) {
		f, _, err := l.open(name)
		if err != nil {
			return nil, err
		}
		return f, nil
	}})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	r := &Robot{name: m.Name, skipped: m.Skipped}
	r.addMJCF(m, l)
	r.finish()
	r.opened, r.missing = slices.Sorted(maps.Keys(l.opened)), slices.Sorted(maps.Keys(l.missing))
	for _, k := range m.Keyframes {
		r.keyframes = append(r.keyframes, Keyframe{Name: k.Name, Config: k.Positions})
	}
	return r, nil
}

func (r *Robot) addMJCF(m *mjcf.Model, l *loader) {
	for i, b := range m.Bodies {
		added := link{name: b.Name, parent: b.Parent, origin: b.Pose, joints: b.Joints}
		if i == 0 {
			added.parent = -1
		}
		r.links = append(r.links, added)
	}
	for _, j := range m.Joints {
		r.joints = append(r.joints, mjcfJoint(m, j))
	}
	a := &mjcfAssets{robot: r, model: m, loader: l, meshes: map[int]*model{}}
	for _, g := range m.Geoms {
		shapes := a.shapes(g)
		link := &r.links[g.Body]
		if g.Group <= lastVisualGroup {
			for _, s := range shapes {
				if s.part.paint == nil || s.part.paint[3] > 0 {
					link.visuals = append(link.visuals, s)
				}
			}
		}
		if (g.Collides || g.Group > lastVisualGroup) && g.Type != mjcf.Plane {
			link.collides = append(link.collides, opaque(shapes)...)
		}
	}
}

// lastVisualGroup is the last group of geoms that MuJoCo's viewer shows at first.
const lastVisualGroup = 2

// opaque makes what is clear visible: shapes for collisions often are.
func opaque(shapes []shape) (out []shape) {
	for _, s := range shapes {
		if p := s.part.paint; p != nil && p[3] == 0 {
			s.part.paint = &paint{p[0], p[1], p[2], 1}
		}
		out = append(out, s)
	}
	return out
}

func mjcfJoint(m *mjcf.Model, j mjcf.Joint) joint {
	out := joint{
		Joint:  Joint{Name: j.Name, Axis: j.Axis, Limited: j.Limited, Lower: j.Lower, Upper: j.Upper},
		anchor: j.Position, zero: j.Ref, leader: -1,
	}
	switch j.Type {
	case mjcf.Hinge:
		if out.Type = Continuous; j.Limited {
			out.Type = Revolute
		}
	case mjcf.Slide:
		out.Type = Prismatic
	case mjcf.Ball:
		out.Type = Ball
	case mjcf.Free:
		out.Type = Floating
		pose := m.Bodies[j.Body].Pose
		q := pose.Rotation.WXYZ()
		out.Default = append(append([]float64{}, pose.Translation[:]...), q[:]...)
	}
	return out
}

// mjcfAssets are the meshes of a model, which geoms share.
type mjcfAssets struct {
	robot  *Robot
	model  *mjcf.Model
	loader *loader
	meshes map[int]*model
}

// mesh returns a mesh with its reference pose applied.
func (a *mjcfAssets) mesh(n int) *model {
	if m := a.meshes[n]; m != nil {
		return m
	}
	asset := &a.model.Meshes[n]
	m := &model{}
	switch {
	case asset.File != "":
		m = a.loader.mesh(a.robot, asset.File)
	case len(asset.Faces) > 0:
		m.parts = []part{{points: asset.Points, normals: asset.Normals, uvs: asset.UVs, faces: asset.Faces}}
	case len(asset.Points) > 0:
		a.robot.note("mesh %q: it has no faces, and its convex hull is not made", asset.Name)
	}
	m = m.moved(asset.RefPos, asset.RefQuat)
	a.meshes[n] = m
	return m
}

// moved returns the mesh with the pose of its reference taken away.
func (m *model) moved(pos viser.Vec3, q viser.Quat) *model {
	if m.glb != nil || pos == (viser.Vec3{}) && q == transform.SO3Identity() {
		return m
	}
	pose := transform.SE3{Rotation: q, Translation: pos}.Inverse()
	out := &model{err: m.err}
	for _, p := range m.parts {
		points := make([]viser.Vec3f, len(p.points))
		transform.Points(points, p.points, pose)
		p.points = points
		if p.normals != nil {
			normals := make([]viser.Vec3f, len(p.normals))
			transform.Vectors(normals, p.normals, pose.Rotation)
			p.normals = normals
		}
		out.parts = append(out.parts, p)
	}
	return out
}

// shapes makes the shapes of a geom.
func (a *mjcfAssets) shapes(g mjcf.Geom) []shape {
	base := shape{pose: g.Pose}
	paint, texture := a.look(g)
	base.part.paint = &paint
	file := ""
	if g.Mesh >= 0 {
		file = a.model.Meshes[g.Mesh].Name
	}
	base.node = shapeName(g.Name, file, g.Type.String())
	if g.Mesh >= 0 && g.Type != mjcf.MeshGeom {
		a.robot.note("geoms of the type %s that are fitted to a mesh", g.Type)
		return nil
	}
	s := g.Size
	switch g.Type {
	case mjcf.Box:
		base.form, base.size = box, times(s, 2)
	case mjcf.Sphere:
		base.form, base.size = ellipsoid, viser.Vec3{s[0], s[0], s[0]}
	case mjcf.Ellipsoid:
		base.form, base.size = ellipsoid, s
	case mjcf.Cylinder:
		base.form, base.size = cylinder, viser.Vec3{s[0], s[0], 2 * s[1]}
	case mjcf.Capsule:
		if s[0] == 0 {
			return nil
		}
		base.capsule(s[0], 2*s[1])
	case mjcf.Plane:
		base.plane(s)
	case mjcf.HField:
		a.robot.note("height fields")
		return nil
	case mjcf.MeshGeom:
		mesh := a.mesh(g.Mesh)
		shapes := meshShapes(base, mesh, a.model.Meshes[g.Mesh].Scale, texture)
		for i := range shapes { // MuJoCo ignores the materials of mesh files
			p := &shapes[i].part
			p.paint, p.colors, p.alphas = &paint, nil, nil
			if p.texture = texture; texture == nil {
				p.uvs = nil
			}
		}
		return shapes
	}
	if base.flat() {
		return nil
	}
	return []shape{base}
}

func (m *model) hasUVs() bool {
	for _, p := range m.parts {
		if len(p.uvs) == len(p.points) {
			return true
		}
	}
	return false
}

// plane is a rectangle, or without an end if a size is 0.
func (s *shape) plane(half viser.Vec3) {
	s.form, s.size = surface, viser.Vec3{1, 1, 1}
	if half[0] == 0 || half[1] == 0 {
		s.form = plane
		return
	}
	x, y := float32(half[0]), float32(half[1])
	s.part.points = []viser.Vec3f{{-x, -y, 0}, {x, -y, 0}, {x, y, 0}, {-x, y, 0}}
	s.part.faces = [][3]uint32{{0, 1, 2}, {0, 2, 3}}
}

// look returns the color of a geom, and its texture if that is a picture. The textures that MuJoCo makes become their
// mean color.
func (a *mjcfAssets) look(g mjcf.Geom) (paint, image.Image) {
	p := paint(g.RGBA)
	if g.Material < 0 || a.model.Materials[g.Material].Texture < 0 {
		return p, nil
	}
	t := a.model.Textures[a.model.Materials[g.Material].Texture]
	switch t.Builtin {
	case "":
	case "flat":
		return p.times(t.RGB1), nil
	default:
		var mean [3]float64
		for i := range mean {
			mean[i] = (t.RGB1[i] + t.RGB2[i]) / 2
		}
		return p.times(mean), nil
	}
	if t.File == "" {
		a.robot.note("texture %q, which has a picture for each side", t.Name)
		return p, nil
	}
	picture := a.loader.texture(a.robot, t.File)
	if picture == nil || t.Type == "2d" && g.Type == mjcf.MeshGeom && a.mesh(g.Mesh).hasUVs() {
		return p, picture
	}
	a.robot.note("texture %s but for its mean color, on what has no texture coordinates", t.File)
	return p.times(meanColor(picture)), nil
}

// meanColor is the color of a picture, from some of its pixels.
func meanColor(picture image.Image) (mean [3]float64) {
	const samples = 32
	b := picture.Bounds()
	for i := range samples * samples {
		at := picture.At(b.Min.X+b.Dx()*(i%samples)/samples, b.Min.Y+b.Dy()*(i/samples)/samples)
		c := color.NRGBAModel.Convert(at).(color.NRGBA)
		for k, v := range []uint8{c.R, c.G, c.B} {
			mean[k] += float64(v) / (255 * samples * samples)
		}
	}
	return mean
}

func (p paint) times(c [3]float64) paint {
	for i := range c {
		p[i] *= c[i]
	}
	return p
}

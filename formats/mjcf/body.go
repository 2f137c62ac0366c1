package mjcf

import (
	"fmt"
	"math"
	"slices"

	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

// place is where elements are: on a body, moved by the frames around them, in a class.
type place struct {
	body   int
	pose   transform.SE3 // in the body
	class  *class
	suffix string // of names, from replicates
}

// world reads the contents of all <worldbody>: included files have one each.
func (r *reader) world(root *element) error {
	r.out.Bodies = []Body{{Name: "world", Pose: transform.SE3Identity()}}
	all := &element{Name: "worldbody"}
	for _, e := range root.Children {
		if e.Name == "worldbody" {
			all.Children = append(all.Children, e.Children...)
		}
	}
	return r.children(all, place{pose: transform.SE3Identity(), class: r.main})
}

// childClass returns the class of what is in e.
func (r *reader) childClass(e *element, around *class) (*class, error) {
	if name := e.Text("childclass"); name != "" {
		return r.classNamed(e, name)
	}
	return around, nil
}

// children reads the elements within a body or frame. Bodies come last, so that all of a body is together.
func (r *reader) children(e *element, at place) error {
	var bodies []deferred
	if err := r.contents(e, at, &bodies); err != nil {
		return err
	}
	for _, b := range bodies {
		if err := r.body(b.element, b.at); err != nil {
			return err
		}
	}
	return nil
}

// deferred is a body that is read when the rest of its parent has been.
type deferred struct {
	element *element
	at      place
}

func (r *reader) contents(e *element, at place, bodies *[]deferred) error {
	for _, c := range e.Children {
		if r.made++; r.made > maxMade {
			return c.Errorf("there are more than %d bodies, geoms and the like, which is the limit", maxMade)
		}
		var err error
		switch c.Name {
		case "body":
			*bodies = append(*bodies, deferred{c, at})
		case "geom":
			err = r.geom(c, at)
		case "joint":
			err = r.joint(c, at)
		case "freejoint":
			r.addJoint(Joint{Name: nameOf(c, at), Type: Free, Body: at.body})
		case "site":
			err = r.site(c, at)
		case "camera":
			err = r.camera(c, at)
		case "light":
			err = r.light(c, at)
		case "frame":
			err = r.frame(c, at, bodies)
		case "replicate":
			err = r.replicate(c, at, bodies)
		case "inertial", "plugin":
		default:
			r.note("element %q", short(c.Name))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func nameOf(e *element, at place) string {
	name := e.Text("name")
	if name == "" {
		return ""
	}
	return name + at.suffix
}

func (r *reader) body(e *element, at place) error {
	c, err := r.childClass(e, at.class)
	if err != nil {
		return err
	}
	pose, err := attrs{r, e, nil}.pose()
	if err != nil {
		return err
	}
	name := nameOf(e, at)
	if name == "" {
		name = fmt.Sprintf("body %d", len(r.out.Bodies))
	}
	n := len(r.out.Bodies)
	r.out.Bodies = append(r.out.Bodies, Body{Name: name, Parent: at.body, Pose: at.pose.Multiply(pose)})
	return r.children(e, place{body: n, pose: transform.SE3Identity(), class: c, suffix: at.suffix})
}

// frame moves what is in it.
func (r *reader) frame(e *element, at place, bodies *[]deferred) error {
	pose, err := attrs{r, e, nil}.pose()
	if err != nil {
		return err
	}
	if at.class, err = r.childClass(e, at.class); err != nil {
		return err
	}
	at.pose = at.pose.Multiply(pose)
	return r.contents(e, at, bodies)
}

// replicate repeats what is in it, each time moved by an offset and turned further.
func (r *reader) replicate(e *element, at place, bodies *[]deferred) error {
	count, err := e.Float("count", 0)
	if err != nil {
		return err
	}
	if count != math.Trunc(count) || count < 1 || count > maxMade {
		return e.Errorf("<replicate count=…>: %g must be a whole number, 1 to %d", count, maxMade)
	}
	offset, err := e.Place("offset", [3]float64{})
	if err != nil {
		return err
	}
	angles, err := e.Place("euler", [3]float64{})
	if err != nil {
		return err
	}
	digits := len(fmt.Sprint(int(count) - 1))
	frame, suffix := at.pose, at.suffix
	moved := transform.SE3Identity()
	for i := range int(count) {
		n := float64(i)
		turn := r.euler([3]float64{n * angles[0], n * angles[1], n * angles[2]})
		at.pose = frame.Multiply(transform.SE3{Rotation: turn, Translation: moved.Translation})
		at.suffix = suffix + e.Text("sep") + fmt.Sprintf("%0*d", digits, i)
		if err := r.contents(e, at, bodies); err != nil {
			return err
		}
		step := turn.Apply(offset)
		for k := range step {
			moved.Translation[k] += step[k]
		}
		if r.made++; r.made > maxMade {
			return e.Errorf("there are more than %d replicas, which is the limit", maxMade)
		}
	}
	return nil
}

func (r *reader) joint(e *element, at place) error {
	a, err := r.attrsOf(e, at.class)
	if err != nil {
		return err
	}
	kind := slices.Index(jointTypes, a.text("type", "hinge"))
	if kind < 0 {
		return e.Errorf("the type of the joint is %s; it must be free, ball, slide or hinge", xmltree.Quote(a.text("type", "")))
	}
	j := Joint{Name: nameOf(e, at), Type: JointType(kind), Body: at.body}
	if j.Position, err = a.place("pos", [3]float64{}); err != nil {
		return err
	}
	if j.Axis, err = a.place("axis", [3]float64{0, 0, 1}); err != nil {
		return err
	}
	if j.Type == Hinge || j.Type == Slide {
		axis := unit(j.Axis)
		if axis == nil {
			return e.Errorf("the axis of the joint %s has no length", xmltree.Quote(j.Name))
		}
		j.Axis = at.pose.Rotation.Apply(*axis)
	} else {
		j.Axis = [3]float64{}
	}
	j.Position = at.pose.Apply(j.Position)
	if j.Ref, err = a.number("ref", 0); err != nil {
		return err
	}
	if j.Type == Hinge {
		j.Ref = r.angle(j.Ref)
	} else if j.Type != Slide {
		j.Ref = 0
	}
	if err := r.limits(&j, a); err != nil {
		return err
	}
	r.addJoint(j)
	return nil
}

func (r *reader) limits(j *Joint, a attrs) error {
	v, err := a.floats("range", 2)
	if err != nil || len(v) != 2 {
		return err
	}
	switch limited := a.text("limited", "auto"); limited {
	case "true":
		j.Limited = true
	case "auto":
		j.Limited = !r.noAuto
	}
	if j.Limited = j.Limited && v[0] <= v[1] && j.Type != Free; !j.Limited {
		return nil
	}
	j.Lower, j.Upper = v[0], v[1]
	if j.Type != Slide {
		j.Lower, j.Upper = r.angle(v[0]), r.angle(v[1])
	}
	return nil
}

func (r *reader) addJoint(j Joint) {
	j.Index = r.out.Positions
	r.out.Positions += j.Type.Size()
	body := &r.out.Bodies[j.Body]
	body.Joints = append(body.Joints, len(r.out.Joints))
	r.out.Joints = append(r.out.Joints, j)
}

// gray is the color of geoms and sites without one.
var gray = [4]float64{0.5, 0.5, 0.5, 1}

func (r *reader) geom(e *element, at place) error {
	a, err := r.attrsOf(e, at.class)
	if err != nil {
		return err
	}
	kind := slices.Index(geomTypes, a.text("type", "sphere"))
	if kind < 0 {
		r.note("geoms of type %q", short(a.text("type", "")))
		return nil
	}
	g := Geom{Name: nameOf(e, at), Type: GeomType(kind), Body: at.body, Mesh: -1, Material: -1}
	if mesh := a.text("mesh", ""); mesh != "" {
		n, ok := r.meshes[mesh]
		if !ok {
			return e.Errorf("the geom has mesh %s, which is not defined", xmltree.Quote(mesh))
		}
		g.Mesh = n
	} else if g.Type == MeshGeom {
		return e.Errorf("the geom is a mesh, but names none")
	}
	if g.RGBA, g.Material, err = r.look(a); err != nil {
		return err
	}
	if g.Pose, g.Size, err = r.form(a, g.Type); err != nil {
		return err
	}
	g.Pose = at.pose.Multiply(g.Pose)
	numbers := [3]float64{0, 1, 1}
	for i, name := range []string{"group", "contype", "conaffinity"} {
		if numbers[i], err = a.number(name, numbers[i]); err != nil {
			return err
		}
	}
	g.Group = int(max(-1000, min(1000, numbers[0])))
	g.Collides = numbers[1] != 0 || numbers[2] != 0
	r.out.Geoms = append(r.out.Geoms, g)
	return nil
}

// look returns the color of a geom or site, and its material.
func (r *reader) look(a attrs) (rgba [4]float64, material int, err error) {
	material = -1
	rgba = gray
	if name := a.text("material", ""); name != "" {
		n, ok := r.materials[name]
		if !ok {
			return rgba, material, a.Errorf("the material %s is not defined", xmltree.Quote(name))
		}
		material, rgba = n, r.out.Materials[n].RGBA
	}
	own, has, err := a.color("rgba", rgba)
	if has && own != gray { // MuJoCo cannot tell its default from the same color
		rgba = own
	}
	return rgba, material, err
}

// form returns pose and size of a geom or site. Both may be given by the two ends of its axis.
func (r *reader) form(a attrs, kind GeomType) (pose transform.SE3, size [3]float64, err error) {
	if err = a.fill(size[:], "size"); err != nil {
		return pose, size, err
	}
	for _, s := range size {
		if s < 0 || s > xmltree.Vec3Large {
			return pose, size, a.Errorf("<%s size=…>: %g is out of range", a.Name, s)
		}
	}
	pose, err = a.pose()
	if err != nil {
		return pose, size, err
	}
	ends, err := a.floats("fromto", 6)
	if err != nil || len(ends) == 0 {
		return pose, size, err
	}
	if len(ends) != 6 {
		return pose, size, a.Errorf("<%s fromto=…>: there are %d numbers; there must be 6", a.Name, len(ends))
	}
	var along [3]float64
	for k := range along {
		if math.Abs(ends[k]) > xmltree.Vec3Large || math.Abs(ends[k+3]) > xmltree.Vec3Large {
			return pose, size, a.Errorf("<%s fromto=…>: a number is too large", a.Name)
		}
		along[k] = ends[k] - ends[k+3]
		pose.Translation[k] = (ends[k] + ends[k+3]) / 2
	}
	axis := unit(along)
	if axis == nil {
		return pose, size, a.Errorf("<%s fromto=…>: both ends are at the same place", a.Name)
	}
	pose.Rotation = zTo(*axis)
	half := math.Sqrt(along[0]*along[0]+along[1]*along[1]+along[2]*along[2]) / 2
	switch kind {
	case Capsule, Cylinder:
		size[1] = half
	case Box, Ellipsoid:
		size = [3]float64{size[0], size[0], half}
	}
	return pose, size, nil
}

func (r *reader) site(e *element, at place) error {
	a, err := r.attrsOf(e, at.class)
	if err != nil {
		return err
	}
	kind := slices.Index(geomTypes, a.text("type", "sphere"))
	if kind < 0 {
		return nil
	}
	s := Site{Name: nameOf(e, at), Type: GeomType(kind), Body: at.body}
	if s.RGBA, _, err = r.look(a); err != nil {
		return err
	}
	if s.Pose, s.Size, err = r.form(a, s.Type); err != nil {
		return err
	}
	if e, _ := a.find("size"); e == nil {
		s.Size = [3]float64{0.005, 0.005, 0.005}
	}
	s.Pose = at.pose.Multiply(s.Pose)
	group, err := a.number("group", 0)
	s.Group = int(max(-1000, min(1000, group)))
	r.out.Sites = append(r.out.Sites, s)
	return err
}

func (r *reader) camera(e *element, at place) error {
	a, err := r.attrsOf(e, at.class)
	if err != nil {
		return err
	}
	c := Camera{Name: nameOf(e, at), Body: at.body}
	if c.Pose, err = a.pose(); err != nil {
		return err
	}
	c.Pose = at.pose.Multiply(c.Pose)
	degrees, err := a.number("fovy", 45)
	if err != nil {
		return err
	}
	c.FOVY = min(179, max(1e-3, degrees)) * math.Pi / 180
	r.out.Cameras = append(r.out.Cameras, c)
	return nil
}

func (r *reader) light(e *element, at place) error {
	a, err := r.attrsOf(e, at.class)
	if err != nil {
		return err
	}
	l := Light{Name: nameOf(e, at), Body: at.body}
	if l.Position, err = a.place("pos", [3]float64{}); err != nil {
		return err
	}
	if l.Direction, err = a.place("dir", [3]float64{0, 0, -1}); err != nil {
		return err
	}
	l.Position, l.Direction = at.pose.Apply(l.Position), at.pose.Rotation.Apply(l.Direction)
	l.Directional = a.text("directional", "false") == "true" || a.text("type", "") == "directional"
	diffuse, _, err := a.color("diffuse", [4]float64{0.7, 0.7, 0.7, 1})
	l.Diffuse = [3]float64(diffuse[:3])
	r.out.Lights = append(r.out.Lights, l)
	return err
}

package urdf

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

type element = xmltree.Element

// reader has what is known of a file while it is read.
type reader struct {
	out       Robot
	materials map[string]*Material
	links     map[string]int
	joints    map[string]int
	parts     map[string]*element // elements of joints that are looked up at the end
	unknown   map[string]bool
}

func newReader() *reader {
	return &reader{
		materials: map[string]*Material{}, links: map[string]int{}, joints: map[string]int{},
		parts: map[string]*element{}, unknown: map[string]bool{},
	}
}

// silent are elements of a robot that say nothing about its shape and how it moves.
var silent = map[string]bool{"transmission": true, "gazebo": true, "verbose": true, "limit": true, "mujoco": true, "drake": true}

func (r *reader) robot(root *element) (*Robot, error) {
	if root.Name != "robot" {
		return nil, root.Errorf("the outermost element is <%s>; that of a URDF file is <robot>", short(root.Name))
	}
	if err := refuseXacro(root); err != nil {
		return nil, err
	}
	r.out.Name = root.Text("name")
	// Materials and links are read first, as what uses them may stand before them.
	for _, e := range root.Children {
		if e.Name == "material" {
			if _, err := r.material(e, true); err != nil {
				return nil, err
			}
		}
	}
	for _, e := range root.Children {
		var err error
		switch e.Name {
		case "link":
			err = r.link(e)
		case "joint", "material":
		default:
			r.skip(e)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, e := range root.Children {
		if e.Name == "joint" {
			if err := r.joint(e); err != nil {
				return nil, err
			}
		}
	}
	if err := r.connect(root); err != nil {
		return nil, err
	}
	return &r.out, nil
}

// skip notes an element that is not read, once for each name.
func (r *reader) skip(e *element) {
	if !silent[e.Name] && !r.unknown[e.Name] {
		r.unknown[e.Name] = true
		r.out.Skipped = append(r.out.Skipped, fmt.Sprintf("element %q", short(e.Name)))
	}
}

// refuseXacro finds what only xacro can expand.
func refuseXacro(e *element) error {
	const reason = "this is a xacro file, which has macros; expand them with `xacro in.urdf.xacro > out.urdf` and read that"
	if strings.Contains(e.Space, "xacro") {
		return e.Errorf("<xacro:%s>: %s", short(e.Name), reason)
	}
	for _, a := range e.Attrs {
		if strings.Contains(a.Value, "${") || strings.Contains(a.Value, "$(") {
			return e.Errorf("%s=%s: %s", short(a.Name), xmltree.Quote(a.Value), reason)
		}
	}
	for _, c := range e.Children {
		if err := refuseXacro(c); err != nil {
			return err
		}
	}
	return nil
}

// short keeps a name within a line.
func short(name string) string {
	const most = 40
	if len(name) > most {
		return strings.ToValidUTF8(name[:most], "") + "…"
	}
	return name
}

// nameOf returns the name of a link or joint.
func nameOf(e *element) (string, error) {
	name := e.Text("name")
	if name == "" {
		return "", e.Errorf("the <%s> has no name", e.Name)
	}
	return name, nil
}

func (r *reader) link(e *element) error {
	name, err := nameOf(e)
	if err != nil {
		return err
	}
	if _, twice := r.links[name]; twice {
		return e.Errorf("there are two links named %s", xmltree.Quote(name))
	}
	l := Link{Name: name}
	for _, c := range e.Children {
		switch c.Name {
		case "visual":
			l.Visuals, err = r.shape(l.Visuals, c)
		case "collision":
			l.Collision, err = r.shape(l.Collision, c)
		}
		if err != nil {
			return err
		}
	}
	r.links[name] = len(r.out.Links)
	r.out.Links = append(r.out.Links, l)
	return nil
}

func (r *reader) shape(shapes []Shape, e *element) ([]Shape, error) {
	s := Shape{Name: e.Text("name")}
	var err error
	if s.Origin, err = origin(e); err != nil {
		return shapes, err
	}
	g := e.Child("geometry")
	if g == nil {
		return shapes, e.Errorf("the <%s> has no <geometry>", e.Name)
	}
	var known bool
	if s.Geometry, known, err = r.geometry(g); err != nil || !known {
		return shapes, err
	}
	if m := e.Child("material"); m != nil && e.Name == "visual" {
		if s.Material, err = r.material(m, false); err != nil {
			return shapes, err
		}
	}
	return append(shapes, s), nil
}

// origin returns the pose of the element's origin: roll, pitch and yaw are about fixed axes.
func origin(e *element) (transform.SE3, error) {
	o := e.Child("origin")
	if o == nil {
		return transform.SE3Identity(), nil
	}
	xyz, err := o.Place("xyz", [3]float64{})
	if err != nil {
		return transform.SE3{}, err
	}
	if q, ok := o.Attr("quat_xyzw"); ok && strings.TrimSpace(q) != "" {
		v, err := o.Floats(nil, "quat_xyzw", 4)
		if err != nil {
			return transform.SE3{}, err
		}
		if len(v) != 4 || v[0] == 0 && v[1] == 0 && v[2] == 0 && v[3] == 0 {
			return transform.SE3{}, o.Errorf("<origin quat_xyzw=…>: there must be 4 numbers that are not all 0")
		}
		return transform.SE3{Rotation: transform.SO3FromXYZW([4]float64(v)).Normalize(), Translation: xyz}, nil
	}
	rpy, err := o.Place("rpy", [3]float64{})
	if err != nil {
		return transform.SE3{}, err
	}
	return transform.SE3{Rotation: transform.SO3FromRPY(rpy[0], rpy[1], rpy[2]), Translation: xyz}, nil
}

// geometry returns the first known form of an element; false if there is none.
func (r *reader) geometry(e *element) (g Geometry, known bool, err error) {
	for _, c := range e.Children {
		g.Scale = [3]float64{1, 1, 1}
		switch c.Name {
		case "box":
			g.Kind = Box
			if g.Size, err = c.Place("size", [3]float64{}); err == nil && slices.Min(g.Size[:]) < 0 {
				err = c.Errorf("<box size=…>: a size is below 0")
			}
		case "sphere":
			g.Kind = Sphere
			g.Radius, err = length(c, "radius")
		case "cylinder", "capsule":
			g.Kind = Cylinder
			if c.Name == "capsule" {
				g.Kind = Capsule
			}
			if g.Radius, err = length(c, "radius"); err == nil {
				g.Length, err = length(c, "length")
			}
		case "mesh":
			g.Kind = Mesh
			if g.File = c.Text("filename"); g.File == "" {
				return g, false, c.Errorf("the <mesh> has no filename")
			}
			g.Scale, err = scale(c)
		default:
			r.out.note(fmt.Sprintf("geometry %q", short(c.Name)))
			continue
		}
		return g, err == nil, err
	}
	return g, false, nil
}

// note adds to what is skipped, once.
func (r *Robot) note(what string) {
	if !slices.Contains(r.Skipped, what) {
		r.Skipped = append(r.Skipped, what)
	}
}

func length(e *element, name string) (float64, error) {
	if _, ok := e.Attr(name); !ok {
		return 0, e.Errorf("the <%s> has no %s", e.Name, name)
	}
	x, err := e.Float(name, 0)
	if err == nil && (x < 0 || x > xmltree.Vec3Large) {
		return 0, e.Errorf("<%s %s=…>: %g is out of range", e.Name, name, x)
	}
	return x, err
}

// scale is three numbers, or one for all.
func scale(e *element) ([3]float64, error) {
	v, err := e.Floats(nil, "scale", 3)
	switch {
	case err != nil:
	case len(v) == 0:
		return [3]float64{1, 1, 1}, nil
	case len(v) == 1:
		v = []float64{v[0], v[0], v[0]}
	case len(v) == 2:
		err = e.Errorf("<mesh scale=…>: there are 2 numbers; there must be 3, or 1")
	}
	if err != nil {
		return [3]float64{}, err
	}
	for _, x := range v {
		if x == 0 || math.Abs(x) > xmltree.Vec3Large {
			return [3]float64{}, e.Errorf("<mesh scale=…>: %g is out of range", x)
		}
	}
	return [3]float64(v), nil
}

// material reads one, and takes from the robot's materials what it only names. As in ROS, a material of a shape that
// has more than a name defines that name for the others, if the robot does not.
func (r *reader) material(e *element, global bool) (*Material, error) {
	m := &Material{Name: e.Text("name")}
	if c := e.Child("color"); c != nil {
		v, err := c.Floats(nil, "rgba", 4)
		if err != nil {
			return nil, err
		}
		if len(v) == 3 {
			v = append(v, 1)
		}
		if len(v) != 4 {
			return nil, c.Errorf("<color rgba=…>: there are %d numbers; there must be 4", len(v))
		}
		for i, x := range v {
			m.Color[i] = min(1, max(0, x))
		}
		m.HasColor = true
	}
	if t := e.Child("texture"); t != nil {
		m.Texture = t.Text("filename")
	}
	known := r.materials[m.Name]
	switch {
	case !m.HasColor && m.Texture == "":
		if known != nil {
			return known, nil
		}
		if !global && m.Name != "" {
			r.out.note(fmt.Sprintf("material %q, which is not defined", short(m.Name)))
		}
	case m.Name != "" && known == nil:
		r.materials[m.Name] = m
	}
	return m, nil
}

func (r *reader) joint(e *element) error {
	name, err := nameOf(e)
	if err != nil {
		return err
	}
	if _, twice := r.joints[name]; twice {
		return e.Errorf("there are two joints named %s", xmltree.Quote(name))
	}
	kind := slices.Index(jointTypeNames[:], e.Text("type"))
	if kind < 0 {
		return e.Errorf("joint %s: the type is %s; it must be one of %s", xmltree.Quote(name), xmltree.Quote(e.Text("type")), strings.Join(jointTypeNames[:], ", "))
	}
	j := Joint{Name: name, Type: JointType(kind)}
	if j.Parent, err = r.end(e, name, "parent"); err != nil {
		return err
	}
	if j.Child, err = r.end(e, name, "child"); err != nil {
		return err
	}
	if j.Origin, err = origin(e); err != nil {
		return err
	}
	if j.Axis, err = axis(e, name, j.Type); err != nil {
		return err
	}
	if j.Limit, err = r.limit(e, &j); err != nil {
		return err
	}
	r.joints[name] = len(r.out.Joints)
	r.parts[name] = e
	r.out.Joints = append(r.out.Joints, j)
	return nil
}

// end returns the link at one end of a joint.
func (r *reader) end(e *element, joint, which string) (int, error) {
	c := e.Child(which)
	if c == nil {
		return 0, e.Errorf("joint %s has no <%s>", xmltree.Quote(joint), which)
	}
	name := c.Text("link")
	link, ok := r.links[name]
	if !ok {
		return 0, c.Errorf("joint %s: its %s is link %s, which is not in the file", xmltree.Quote(joint), which, xmltree.Quote(name))
	}
	return link, nil
}

func axis(e *element, joint string, kind JointType) ([3]float64, error) {
	x := [3]float64{1, 0, 0}
	a := e.Child("axis")
	if a == nil {
		return x, nil
	}
	v, err := a.Place("xyz", x)
	if err != nil {
		return x, err
	}
	n := math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])
	switch {
	case n > 1e-12:
		return [3]float64{v[0] / n, v[1] / n, v[2] / n}, nil
	case kind == Fixed || kind == Floating: // many files have zeros there
		return x, nil
	}
	return x, a.Errorf("joint %s: its axis has no length", xmltree.Quote(joint))
}

// limit returns the range of a joint that has one. One whose ends are exchanged is noted and left out.
func (r *reader) limit(e *element, j *Joint) (*Limit, error) {
	c := e.Child("limit")
	if c == nil || j.Type != Revolute && j.Type != Prismatic {
		return nil, nil
	}
	lower, err := r.bound(c, "lower")
	if err != nil {
		return nil, err
	}
	upper, err := r.bound(c, "upper")
	if err != nil {
		return nil, err
	}
	if lower > upper {
		r.out.note(fmt.Sprintf("the limits of joint %q, of which the lower one is above the upper one", short(j.Name)))
		return nil, nil
	}
	return &Limit{lower, upper}, nil
}

// bound is one end of a range. Files have infinities there.
func (r *reader) bound(e *element, name string) (float64, error) {
	switch strings.ToLower(e.Text(name)) {
	case "inf", "+inf", "infinity":
		return math.MaxFloat32, nil
	case "-inf", "-infinity":
		return -math.MaxFloat32, nil
	}
	return e.Float(name, 0)
}

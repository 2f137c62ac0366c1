package mjcf

import (
	"math"
	"strings"

	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

// class is a default class: for each kind of element, those that have attributes for it.
type class struct {
	parent   *class
	elements map[string][]*element
}

// defaults reads the classes of a <default>.
func (r *reader) defaults(e *element, parent *class) error {
	name := e.Text("class")
	if parent == nil && name == "" {
		name = "main"
	}
	if name == "" {
		return e.Errorf("the <default> within another one has no class")
	}
	c := r.classes[name]
	if c == nil {
		c = &class{parent: parent, elements: map[string][]*element{}}
		r.classes[name] = c
	}
	if parent == nil && c != r.main { // a class beside the main one
		c.parent = r.main
	}
	for _, child := range e.Children {
		if child.Name == "default" {
			if err := r.defaults(child, c); err != nil {
				return err
			}
			continue
		}
		c.elements[child.Name] = append(c.elements[child.Name], child)
	}
	return nil
}

// classOf returns the class of an element: its own, or that of what is around it.
func (r *reader) classOf(e *element, around *class) (*class, error) {
	name := e.Text("class")
	if name == "" {
		return around, nil
	}
	return r.classNamed(e, name)
}

func (r *reader) classNamed(e *element, name string) (*class, error) {
	if c := r.classes[name]; c != nil {
		return c, nil
	}
	return nil, e.Errorf("the class %s is not defined", xmltree.Quote(name))
}

// attrs are the attributes of an element with those of its class.
type attrs struct {
	r *reader
	*element
	class *class
}

// attrsOf returns the attributes of an element within what has the class around.
func (r *reader) attrsOf(e *element, around *class) (attrs, error) {
	c, err := r.classOf(e, around)
	return attrs{r, e, c}, err
}

// find returns the element that has the first of some attributes: e itself, or one of its class; nil if none has.
func (a attrs) find(names ...string) (holder *element, name string) {
	if name := first(a.element, names); name != "" {
		return a.element, name
	}
	for c, steps := a.class, 0; c != nil && steps < 1000; c, steps = c.parent, steps+1 {
		list := c.elements[a.element.Name]
		for i := len(list) - 1; i >= 0; i-- {
			if name := first(list[i], names); name != "" {
				return list[i], name
			}
		}
	}
	return nil, ""
}

func first(e *element, names []string) string {
	for _, name := range names {
		if _, ok := e.Attr(name); ok {
			return name
		}
	}
	return ""
}

// text returns an attribute, or otherwise.
func (a attrs) text(name, otherwise string) string {
	if e, _ := a.find(name); e != nil {
		return e.Text(name)
	}
	return otherwise
}

// floats returns the numbers of an attribute, of which there may be at most most; nil if there is none.
func (a attrs) floats(name string, most int) ([]float64, error) {
	e, _ := a.find(name)
	if e == nil {
		return nil, nil
	}
	return e.Floats(nil, name, most)
}

// number returns an attribute, or otherwise.
func (a attrs) number(name string, otherwise float64) (float64, error) {
	if e, _ := a.find(name); e != nil {
		return e.Float(name, otherwise)
	}
	return otherwise, nil
}

// place returns the three coordinates of an attribute, or otherwise.
func (a attrs) place(name string, otherwise [3]float64) ([3]float64, error) {
	if e, _ := a.find(name); e != nil {
		return e.Place(name, otherwise)
	}
	return otherwise, nil
}

// fill overwrites the first numbers of dst by those of an attribute.
func (a attrs) fill(dst []float64, name string) error {
	v, err := a.floats(name, len(dst))
	copy(dst, v)
	return err
}

// color returns a color with its opacity.
func (a attrs) color(name string, otherwise [4]float64) (c [4]float64, own bool, err error) {
	v, err := a.floats(name, 4)
	if len(v) == 0 || err != nil {
		return otherwise, false, err
	}
	c = [4]float64{0, 0, 0, 1}
	copy(c[:], v)
	for i, x := range c {
		c[i] = min(1, max(0, x))
	}
	return c, true, nil
}

// pose returns the pose of an element.
func (a attrs) pose() (p transform.SE3, err error) {
	if p.Translation, err = a.place("pos", [3]float64{}); err != nil {
		return p, err
	}
	p.Rotation, err = a.orientation()
	return p, err
}

// orientations are the attributes that have one.
var orientations = []string{"quat", "axisangle", "euler", "xyaxes", "zaxis"}

func (a attrs) orientation() (transform.SO3, error) {
	e, name := a.find(orientations...)
	if e == nil {
		return transform.SO3Identity(), nil
	}
	want := map[string]int{"quat": 4, "axisangle": 4, "euler": 3, "xyaxes": 6, "zaxis": 3}[name]
	v, err := e.Floats(nil, name, want)
	if err != nil {
		return transform.SO3{}, err
	}
	if len(v) != want {
		return transform.SO3{}, e.Errorf("<%s %s=…>: there are %d numbers; there must be %d", e.Name, name, len(v), want)
	}
	switch name {
	case "quat":
		if q := unit4([4]float64(v)); q != nil {
			return transform.SO3FromWXYZ(*q), nil
		}
	case "axisangle":
		if axis := unit([3]float64(v)); axis != nil {
			return transform.SO3FromAxisAngle(*axis, a.r.angle(v[3])), nil
		}
	case "euler":
		return a.r.euler([3]float64(v)), nil
	case "xyaxes":
		if m, ok := frame([3]float64(v[:3]), [3]float64(v[3:])); ok {
			return transform.SO3FromMatrix(m), nil
		}
	case "zaxis":
		if z := unit([3]float64(v)); z != nil {
			return zTo(*z), nil
		}
	}
	return transform.SO3{}, e.Errorf("<%s %s=…>: a vector has no length, or one that is too large", e.Name, name)
}

// unit returns a vector of length 1, nil if v has no length.
func unit(v [3]float64) *[3]float64 {
	n := math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])
	if n < 1e-14 || math.IsInf(n, 0) {
		return nil
	}
	return &[3]float64{v[0] / n, v[1] / n, v[2] / n}
}

func unit4(v [4]float64) *[4]float64 {
	n := math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2] + v[3]*v[3])
	if n < 1e-14 || math.IsInf(n, 0) {
		return nil
	}
	return &[4]float64{v[0] / n, v[1] / n, v[2] / n, v[3] / n}
}

// frame is the rotation whose x axis is that given, and whose y axis is as near to that given as it can be.
func frame(x, y [3]float64) (m [3][3]float64, ok bool) {
	a := unit(x)
	if a == nil {
		return m, false
	}
	dot := a[0]*y[0] + a[1]*y[1] + a[2]*y[2]
	b := unit([3]float64{y[0] - dot*a[0], y[1] - dot*a[1], y[2] - dot*a[2]})
	if b == nil {
		return m, false
	}
	c := [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
	for i := range m {
		m[i] = [3]float64{a[i], b[i], c[i]}
	}
	return m, true
}

// zTo is the smallest rotation that turns z to a direction of length 1.
func zTo(z [3]float64) transform.SO3 {
	axis := unit([3]float64{-z[1], z[0], 0})
	if axis == nil { // x is across
		axis = &[3]float64{1, 0, 0}
	}
	return transform.SO3FromAxisAngle(*axis, math.Atan2(math.Hypot(z[0], z[1]), z[2]))
}

// angle is in the unit of the file.
func (r *reader) angle(a float64) float64 {
	if r.radian {
		return a
	}
	return a * math.Pi / 180
}

// euler is the rotation of three angles, about the axes of the sequence: those that move with it if it is in lower
// case, else fixed ones.
func (r *reader) euler(v [3]float64) transform.SO3 {
	q := transform.SO3Identity()
	for i, c := range r.sequence {
		var axis [3]float64
		axis[strings.IndexRune("xyz", c|0x20)] = 1
		turn := transform.SO3FromAxisAngle(axis, r.angle(v[i]))
		if c >= 'a' {
			q = q.Multiply(turn)
		} else {
			q = turn.Multiply(q)
		}
	}
	return q
}

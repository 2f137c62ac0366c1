package dae

import (
	"fmt"
	"math"

	"github.com/viser-go/viser/formats/internal/meshio"
	"github.com/viser-go/viser/formats/mesh"
)

const (
	maxNesting = 100     // of nodes, with those of instances
	maxVisits  = 1 << 20 // of elements: instances of instances can be many in a short file
)

// scene reads what is shown.
func (d *decoder) scene(root *element) error {
	var shown *element
	if url := root.child("scene", "instance_visual_scene").attr("url"); url != "" {
		shown = d.lookup("scene", url)
	}
	if shown == nil {
		shown = root.child("library_visual_scenes", "visual_scene")
	}
	if shown == nil {
		for _, g := range root.child("library_geometries").all("geometry") {
			if err := d.show(g, g.attr("name"), mesh.Pose{}, nil); err != nil {
				return err
			}
		}
		return nil
	}
	for _, n := range shown.all("node") {
		if err := d.node(n, mesh.Pose{}, 0); err != nil {
			return err
		}
	}
	return nil
}

// node reads a node and what is below it.
func (d *decoder) node(n *element, above mesh.Pose, depth int) error {
	d.at(n)
	if err := d.visit(1 + len(n.children)); err != nil {
		return err
	}
	if depth > maxNesting {
		return fmt.Errorf("nodes are nested in more than %d others, perhaps in themselves", maxNesting)
	}
	pose, err := d.transforms(n, above)
	if err != nil {
		return err
	}
	name := n.attr("name")
	if name == "" {
		name = n.attr("id")
	}
	for _, c := range n.children {
		switch c.name {
		case "node":
			err = d.node(c, pose, depth+1)
		case "instance_node":
			if target := d.lookup("node", c.attr("url")); target != nil {
				err = d.node(target, pose, depth+1)
			}
		case "instance_geometry":
			if g := d.lookup("geometry", c.attr("url")); g != nil {
				err = d.show(g, name, pose, c)
			}
		case "instance_controller":
			err = d.controller(c, name, pose)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// visit bounds the work of a scene.
func (d *decoder) visit(n int) error {
	if d.visited += n; d.visited > maxVisits {
		return fmt.Errorf("the scene has more than %d elements, with those of instances", maxVisits)
	}
	return nil
}

// controller shows what an instance of a skin or morph controls: the skin in its bind pose, in which the nodes of the
// joints are where they are in the scene; and what is morphed without the targets.
func (d *decoder) controller(instance *element, name string, pose mesh.Pose) error {
	target := d.lookup("controller", instance.attr("url"))
	for range maxNesting {
		source := target.child("morph")
		if skin := target.child("skin"); skin != nil {
			d.skips.Add("the joints of skins, which are shown in their bind pose")
			source = skin
			bind, err := d.floats(skin.child("bind_shape_matrix"))
			if err != nil {
				return err
			}
			pose = mesh.Pose{} // the joints place a skin, not its node
			if len(bind) == 16 {
				pose = mesh.Pose(bind)
			}
		} else if source != nil {
			d.skips.Add("morph targets")
		}
		if source == nil {
			return nil
		}
		target = d.lookup("geometry", source.attr("source"))
		if target.child("mesh") != nil {
			return d.show(target, name, pose, instance)
		}
	}
	return nil
}

// transforms returns the pose of a node.
func (d *decoder) transforms(n *element, pose mesh.Pose) (mesh.Pose, error) {
	for _, t := range n.children {
		count := map[string]int{"matrix": 16, "translate": 3, "rotate": 4, "scale": 3, "lookat": 9, "skew": 7}[t.name]
		if count == 0 {
			continue
		}
		v, err := d.floats(t)
		if err != nil {
			return pose, err
		}
		if d.at(t); len(v) != count {
			return pose, fmt.Errorf("%s has %d numbers instead of %d", t.name, len(v), count)
		}
		for _, x := range v {
			if x-x != 0 {
				return pose, fmt.Errorf("%s has a number that is not finite", t.name)
			}
		}
		pose = pose.Multiply(transform(t.name, v))
	}
	return pose, nil
}

// transform is the matrix of one transform.
func transform(name string, v []float64) mesh.Pose {
	p := mesh.Pose{}.Matrix()
	switch name {
	case "matrix":
		p = mesh.Pose(v)
	case "translate":
		p[3], p[7], p[11] = v[0], v[1], v[2]
	case "scale":
		p[0], p[5], p[10] = v[0], v[1], v[2]
	case "rotate":
		p = rotation([3]float64(v), v[3]*math.Pi/180)
	case "lookat":
		p = lookat([3]float64(v), [3]float64(v[3:]), [3]float64(v[6:]))
	case "skew":
		p = skew(v[0]*math.Pi/180, [3]float64(v[1:]), [3]float64(v[4:]))
	}
	return p
}

func rotation(axis [3]float64, angle float64) mesh.Pose {
	size := math.Sqrt(dot(axis, axis))
	if size == 0 {
		return mesh.Pose{}
	}
	x, y, z := axis[0]/size, axis[1]/size, axis[2]/size
	s, c := math.Sincos(angle)
	t := 1 - c
	return mesh.Pose{
		t*x*x + c, t*x*y - s*z, t*x*z + s*y, 0,
		t*x*y + s*z, t*y*y + c, t*y*z - s*x, 0,
		t*x*z - s*y, t*y*z + s*x, t*z*z + c, 0,
		0, 0, 0, 1,
	}
}

func dot(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

func cross(a, b [3]float64) [3]float64 {
	return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

func unit(v [3]float64) [3]float64 {
	if size := math.Sqrt(dot(v, v)); size > 0 {
		return [3]float64{v[0] / size, v[1] / size, v[2] / size}
	}
	return v
}

// lookat places a node at eye, its negative z axis at the target.
func lookat(eye, target, up [3]float64) mesh.Pose {
	z := unit([3]float64{eye[0] - target[0], eye[1] - target[1], eye[2] - target[2]})
	x := unit(cross(up, z))
	y := cross(z, x)
	return mesh.Pose{
		x[0], y[0], z[0], eye[0],
		x[1], y[1], z[1], eye[1],
		x[2], y[2], z[2], eye[2],
		0, 0, 0, 1,
	}
}

// skew moves points along an axis, in proportion to where they are along another one.
func skew(angle float64, rotated, along [3]float64) mesh.Pose {
	p := mesh.Pose{}.Matrix()
	a, b := unit(rotated), unit(along)
	// The part of a that is at a right angle to b.
	k := dot(a, b)
	n := unit([3]float64{a[0] - k*b[0], a[1] - k*b[1], a[2] - k*b[2]})
	t := math.Tan(angle)
	for row := range 3 {
		for column := range 3 {
			p[4*row+column] += t * b[row] * n[column]
		}
	}
	return p
}

// show adds the parts of a geometry at a pose. instance binds its materials; it may be nil.
func (d *decoder) show(e *element, name string, pose mesh.Pose, instance *element) error {
	g := d.geometries[e]
	if g == nil {
		g = &geometry{d: d, element: e}
		d.geometries[e] = g
		if e.child("mesh") == nil && len(e.children) > 0 {
			d.skips.Add("geometry %s: curves and surfaces", e.attr("id"))
		}
	}
	primitives := e.child("mesh").elements()
	bound := instance.child("bind_material", "technique_common").elements()
	if err := d.visit(len(primitives) * (1 + len(bound))); err != nil {
		return err
	}
	for _, primitive := range primitives {
		binding := d.binding(instance, primitive.attr("material"))
		shape, err := g.shape(primitive, binding.set)
		if err != nil {
			return err
		}
		if shape == nil || len(shape.part.Points) == 0 {
			continue
		}
		part := shape.part
		part.Name, part.Pose, part.Material = meshio.Clean(name), pose.Multiply(shape.offset), binding.material
		d.place(&part)
		if d.model.Parts = append(d.model.Parts, part); len(d.model.Parts) > d.options.MaxParts {
			return fmt.Errorf("the scene has more than %d parts", d.options.MaxParts)
		}
	}
	return nil
}

// place moves a part by the origin, which is that of the first part.
func (d *decoder) place(p *mesh.Part) {
	if !d.options.Recenter {
		if p.Pose.IsIdentity() {
			p.Pose = mesh.Pose{}
		}
		return
	}
	o := &d.model.Origin
	if len(d.model.Parts) == 0 {
		for axis := range o {
			o[axis] = math.Round(p.Pose[4*axis+3])
		}
	}
	for axis, v := range o {
		p.Pose[4*axis+3] -= v
	}
}

// elements are the children of an element.
func (e *element) elements() []*element {
	if e == nil {
		return nil
	}
	return e.children
}

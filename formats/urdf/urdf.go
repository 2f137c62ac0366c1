// Package urdf reads URDF files: the links and joints of a robot, as ROS' programs describe them.
//
//	r, err := urdf.ReadFile("panda.urdf")
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	for _, j := range r.Joints {
//		fmt.Println(j.Name, j.Type, j.Parent, "->", j.Child)
//	}
//
// Meshes and textures are names, which the file has as "package://panda/meshes/hand.dae" or relative to its folder;
// package robot opens them. Macros of xacro are not expanded: such a file is an error that says how to.
//
// Files are untrusted input: their size, depth and number of elements are limited, the joints form a tree, and all
// numbers are finite.
package urdf

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

// A Robot is the content of a URDF file. Names of links are unique, as are those of joints. The joints form one tree
// of all links.
type Robot struct {
	Name  string
	Links []Link
	// Joints are in the order of the file.
	Joints []Joint
	// Root is the number of the link that is no joint's child.
	Root int
	// Skipped names what of the file is not in here, such as "transmission elements". What describes only mass, friction
	// and control is not named.
	Skipped []string
}

// A Link is a rigid body.
type Link struct {
	Name               string
	Visuals, Collision []Shape
}

// A Shape is a part of a link.
type Shape struct {
	// Name is what the file calls it, mostly nothing.
	Name string
	// Origin is the pose of the geometry in the link.
	Origin   transform.SE3
	Geometry Geometry
	// Material is nil if the file has none for the shape. Collision shapes have none.
	Material *Material
}

// Kind is the kind of a geometry.
type Kind int

// The kinds of geometries. All are centered at their origin; cylinders and capsules are along z.
const (
	Box Kind = iota
	Cylinder
	Sphere
	Capsule
	Mesh
)

var kindNames = [...]string{Box: "box", Cylinder: "cylinder", Sphere: "sphere", Capsule: "capsule", Mesh: "mesh"}

// String returns the name of the kind in a file.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("Kind(%d)", int(k))
	}
	return kindNames[k]
}

// A Geometry is a form, in meters.
type Geometry struct {
	Kind Kind
	// Size is that of a box along x, y and z.
	Size [3]float64
	// Radius is that of a cylinder, sphere or capsule; Length that of a cylinder, or of a capsule without its two
	// half spheres.
	Radius, Length float64
	// File is the name of a mesh's file, as the URDF has it, and Scale what its coordinates are multiplied by: negative
	// numbers mirror it.
	File  string
	Scale [3]float64
}

// A Material is how a shape looks.
type Material struct {
	Name string
	// Color is red, green, blue and opacity, 0 to 1, in sRGB; HasColor tells whether the file has it.
	Color    [4]float64
	HasColor bool
	// Texture is the name of a picture, as the URDF has it.
	Texture string
}

// JointType is how a joint moves.
type JointType int

// The types of joints.
const (
	Fixed      JointType = iota // not at all
	Revolute                    // turns about its axis within limits
	Continuous                  // turns about its axis
	Prismatic                   // slides along its axis within limits
	Planar                      // slides in the plane across its axis, and turns about it
	Floating                    // moves freely
)

var jointTypeNames = [...]string{
	Fixed: "fixed", Revolute: "revolute", Continuous: "continuous", Prismatic: "prismatic", Planar: "planar", Floating: "floating",
}

// String returns the name of the type in a file.
func (t JointType) String() string {
	if t < 0 || int(t) >= len(jointTypeNames) {
		return fmt.Sprintf("JointType(%d)", int(t))
	}
	return jointTypeNames[t]
}

// A Joint connects two links.
type Joint struct {
	Name string
	Type JointType
	// Parent and Child are numbers of links.
	Parent, Child int
	// Origin is the pose of the child in the parent at the joint's zero.
	Origin transform.SE3
	// Axis is of length 1, in the child's frame; x where the file has none.
	Axis [3]float64
	// Limit is nil if the file has none.
	Limit *Limit
	// Mimic is nil for a joint that moves by itself.
	Mimic *Mimic
}

// A Limit is the range of a joint, in radians or meters. Lower is at most Upper.
type Limit struct{ Lower, Upper float64 }

// A Mimic makes a joint follow another: its position is Multiplier times that of the joint with number Joint, plus
// Offset. The joints that follow form no circle.
type Mimic struct {
	Joint              int
	Multiplier, Offset float64
}

// Error is the error of a URDF file: where and why it is invalid.
type Error struct {
	// Line counts from 1.
	Line int
	// Reason is a short description of what is wrong.
	Reason string
	// Err is the cause, where there is one: [io.ErrUnexpectedEOF] for a file that ends early, or the error of the
	// reader.
	Err error
}

func (e *Error) Error() string { return fmt.Sprintf("urdf: line %d: %s", e.Line, e.Reason) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ReadFile is [Read] for a file.
func ReadFile(name string) (*Robot, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	r, err := Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// Read reads a URDF file. Everything wrong with it is an [*Error].
func Read(r io.Reader) (*Robot, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return nil, wrap(err)
	}
	robot, err := newReader().robot(root)
	if err != nil {
		return nil, wrap(err)
	}
	return robot, nil
}

// wrap makes the error of the tree one of this package.
func wrap(err error) error {
	var e *xmltree.Error
	if errors.As(err, &e) {
		return &Error{Line: e.Line, Reason: e.Reason, Err: e.Err}
	}
	return err
}

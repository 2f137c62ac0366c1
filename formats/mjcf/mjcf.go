// Package mjcf reads MJCF files, in which MuJoCo's models are described: bodies with their geoms and joints, with the
// default classes, included files, frames and replicates resolved.
//
//	m, err := mjcf.ReadFile("scene.xml", nil)
//	if err != nil {
//		return err // names the file, the line, and what is wrong there
//	}
//	for _, b := range m.Bodies {
//		fmt.Println(b.Name, "on", m.Bodies[b.Parent].Name)
//	}
//
// It reads what a model looks like and how it moves: actuators, sensors, contacts, tendons and what else only a
// simulation needs is ignored. Names of mesh files and textures are returned; package robot opens them.
//
// All angles are radians and all lengths meters, whatever the file's <compiler> says. Files are untrusted input: size,
// depth, number of elements and of included files are limited, and all numbers are finite.
package mjcf

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

// A Model is the content of an MJCF file. Numbers that refer to another slice are valid, or -1 for none.
type Model struct {
	Name string
	// Bodies are depth first, so that parents are before their children. Bodies[0] is the world.
	Bodies []Body
	// Joints, Geoms and the others are in the order of their bodies.
	Joints    []Joint
	Geoms     []Geom
	Sites     []Site
	Cameras   []Camera
	Lights    []Light
	Meshes    []Mesh
	Materials []Material
	Textures  []Texture
	Keyframes []Keyframe
	// Positions is how many numbers the positions of all joints have together: the length of MuJoCo's qpos.
	Positions int
	// Skipped names what of the file is not in here although it could be seen, such as `element "flexcomp"`.
	Skipped []string
}

// A Body is a rigid body.
type Body struct {
	Name string
	// Parent is the number of a body; that of the world is 0, too.
	Parent int
	// Pose is that in the parent where all joints are at their Ref.
	Pose transform.SE3
	// Joints are numbers of joints, in the order in which they move the body: the first next to the parent.
	Joints []int
}

// JointType is how a joint moves.
type JointType int

// The types of joints, with the number of their positions.
const (
	Hinge JointType = iota // turns about its axis: one angle
	Slide                  // slides along its axis: one distance
	Ball                   // turns freely: a quaternion, scalar first
	Free                   // moves freely: the position in the world, and a quaternion, scalar first
)

// jointTypes are the names of the types in a file.
var jointTypes = []string{Hinge: "hinge", Slide: "slide", Ball: "ball", Free: "free"}

// String returns the name of the type in a file.
func (t JointType) String() string {
	if t < 0 || int(t) >= len(jointTypes) {
		return fmt.Sprintf("JointType(%d)", int(t))
	}
	return jointTypes[t]
}

// Size is how many positions a joint has.
func (t JointType) Size() int {
	switch t {
	case Ball:
		return 4
	case Free:
		return 7
	}
	return 1
}

// A Joint lets a body move in its parent.
type Joint struct {
	Name string
	Type JointType
	Body int
	// Index is the place of the joint's first position in MuJoCo's qpos.
	Index int
	// Position is the point about which the joint turns, and Axis its axis, of length 1, in the body's frame.
	Position, Axis [3]float64
	// Ref is the position of a hinge or slide joint at which the body has its Pose.
	Ref float64
	// Limited tells whether the position is limited to Lower to Upper. That of a ball is an angle from 0 to Upper.
	Limited      bool
	Lower, Upper float64
}

// GeomType is the form of a geom.
type GeomType int

// The forms. All are centered at their origin; cylinders, capsules and planes have z as their axis.
const (
	Plane     GeomType = iota // Size is half its size along x and y, 0 for an infinite one, and that of its grid
	HField                    // a height field; it is not read further
	Sphere                    // Size[0] is the radius
	Capsule                   // Size[0] is the radius, Size[1] half the length of the cylinder between its half spheres
	Ellipsoid                 // Size has the radii
	Cylinder                  // Size[0] is the radius, Size[1] half the height
	Box                       // Size is half the size along x, y and z
	MeshGeom                  // a mesh
)

var geomTypes = []string{
	Plane: "plane", HField: "hfield", Sphere: "sphere", Capsule: "capsule",
	Ellipsoid: "ellipsoid", Cylinder: "cylinder", Box: "box", MeshGeom: "mesh",
}

// String returns the name of the form in a file.
func (t GeomType) String() string {
	if t < 0 || int(t) >= len(geomTypes) {
		return fmt.Sprintf("GeomType(%d)", int(t))
	}
	return geomTypes[t]
}

// A Geom is a shape of a body.
type Geom struct {
	Name string
	Type GeomType
	Body int
	// Pose is that in the body.
	Pose transform.SE3
	Size [3]float64
	// Mesh is a number of [Model.Meshes]. A geom of another type than MeshGeom that has one is fitted to it.
	Mesh int
	// Material is a number of [Model.Materials].
	Material int
	// RGBA is the color and opacity, 0 to 1: the geom's own, or that of its material, or MuJoCo's gray.
	RGBA [4]float64
	// Group is what viewers show and hide together: by convention 0 to 2 are shown, and 3 has shapes for collisions.
	Group int
	// Collides tells whether the geom can touch others.
	Collides bool
}

// A Site is a place of interest on a body.
type Site struct {
	Name  string
	Type  GeomType
	Body  int
	Pose  transform.SE3
	Size  [3]float64
	RGBA  [4]float64
	Group int
}

// A Camera looks along its -z axis, with y up, as OpenGL's.
type Camera struct {
	Name string
	Body int
	Pose transform.SE3
	// FOVY is the vertical field of view in radians.
	FOVY float64
}

// A Light is a light of a body.
type Light struct {
	Name string
	Body int
	// Position and Direction are in the body's frame.
	Position, Direction [3]float64
	Directional         bool
	// Diffuse is its color, 0 to 1.
	Diffuse [3]float64
}

// A Mesh is a mesh file, or the mesh itself.
type Mesh struct {
	Name string
	// File is the name of the file with the folder that the file names for meshes, relative to the folder of the MJCF file
	// or absolute; "" for a mesh that is in it.
	File string
	// Points, Normals, UVs and Faces are the mesh in the file. Without faces it is the convex hull of the points.
	Points, Normals [][3]float32
	UVs             [][2]float32
	Faces           [][3]uint32
	// A point p becomes Scale·(RefQuat⁻¹·(p − RefPos)).
	Scale, RefPos [3]float64
	RefQuat       transform.SO3
}

// A Material is how geoms look.
type Material struct {
	Name string
	RGBA [4]float64
	// Texture is a number of [Model.Textures].
	Texture int
	// Repeat is how often the texture is repeated: over the geom, or over a unit of length if Uniform is set.
	Repeat  [2]float64
	Uniform bool
}

// A Texture is a picture, or what MuJoCo makes one of.
type Texture struct {
	Name string
	// Type is "2d", "cube" or "skybox".
	Type string
	// File is the name of a picture, as [Mesh.File]; "" if there is none or there is one for each side.
	File string
	// Builtin is "", "gradient", "checker" or "flat", of the colors RGB1 and RGB2.
	Builtin    string
	RGB1, RGB2 [3]float64
}

// A Keyframe is a state of the model that has a name, perhaps "".
type Keyframe struct {
	Name string
	// Positions are those of all joints, [Model.Positions] many.
	Positions []float64
}

// Options are how a file is read. Nil is the zero value.
type Options struct {
	// Open opens included files. The name is as the file has it: relative to its folder, or absolute; Open decides which
	// names are allowed. A file that cannot be opened is an error. Nil opens nothing; [ReadFile] opens what is in the folder of
	// the file, or below it, when it is nil.
	Open func(name string) (io.ReadCloser, error)
}

// Error is the error of an MJCF file: where and why it is invalid.
type Error struct {
	// File is the name of the included file that the error is in, "" for the file itself.
	File string
	// Line counts from 1.
	Line int
	// Reason is a short description of what is wrong.
	Reason string
	// Err is the cause, where there is one: [io.ErrUnexpectedEOF] for a file that ends early, or the error of the
	// reader.
	Err error
}

func (e *Error) Error() string {
	if e.File != "" {
		return fmt.Sprintf("mjcf: included file %s, line %d: %s", xmltree.Quote(e.File), e.Line, e.Reason)
	}
	return fmt.Sprintf("mjcf: line %d: %s", e.Line, e.Reason)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ReadFile is [Read] for a file.
func ReadFile(name string, opts *Options) (*Model, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var o Options
	if opts != nil {
		o = *opts
	}
	if o.Open == nil {
		root, err := os.OpenRoot(filepath.Dir(name))
		if err != nil {
			return nil, err
		}
		defer root.Close() // nothing was written
		o.Open = func(name string) (io.ReadCloser, error) { return root.Open(filepath.FromSlash(name)) }
	}
	m, err := Read(f, &o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// Read reads an MJCF file. Everything wrong with it is an [*Error].
func Read(r io.Reader, opts *Options) (*Model, error) {
	root, err := xmltree.Parse(r)
	if err != nil {
		return nil, wrap(err)
	}
	if root.Name != "mujoco" {
		return nil, wrap(root.Errorf("the outermost element is <%.40s>; that of an MJCF file is <mujoco>", root.Name))
	}
	in := &includer{}
	if opts != nil {
		in.open = opts.Open
	}
	if err := in.expand(root, 0); err != nil {
		return nil, wrap(err)
	}
	m, err := newReader().model(root)
	if err != nil {
		return nil, wrap(err)
	}
	return m, nil
}

// wrap makes the error of the tree one of this package.
func wrap(err error) error {
	var e *xmltree.Error
	if errors.As(err, &e) {
		return &Error{File: e.File, Line: e.Line, Reason: e.Reason, Err: e.Err}
	}
	return err
}

// Package robot shows robots: it reads URDF and MJCF files with their meshes, adds them to a scene, and moves their
// joints.
//
//	arm, err := robot.Load("panda.urdf", nil)
//	if err != nil {
//		return err
//	}
//	shown := robot.Add(server.Scene(), "/arm", arm, nil)
//	robot.AddSliders(server.GUI().AddFolder("Joints", nil).Container, shown, nil)
//	shown.SetJoint("panda_joint4", -1.5)
//
// A robot is a tree of links; each hangs on its parent by the joints between them. The positions of all joints
// together are a configuration, a slice of numbers: radians or meters. [Robot.Joints] tells which numbers are whose.
//
// Meshes and textures are read when the robot is loaded, in the folder of its file and, for "package://NAME/…", in the
// package. What leads elsewhere is not opened, unless [Options.AllowOutside] is set. What cannot be shown is left out,
// and named by [Robot.Skipped].
package robot

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

// A Robot is a robot's description with its meshes. It does not change, and is safe for concurrent use; any number of
// handles may show it.
type Robot struct {
	name      string
	links     []link // parents are before their children
	joints    []joint
	size      int // of a configuration
	byLink    map[string]int
	byJoint   map[string]int
	keyframes []Keyframe
	skipped   []string
	opened    []string // files that it refers to
	missing   []string // and those that are not there
}

// link is a rigid body.
type link struct {
	name, node        string // node is the name in the scene
	parent            int    // -1 for none
	origin            viser.Pose
	joints            []int // between the parent and this, the first next to the parent
	visuals, collides []shape
}

// joint is a joint with where it turns.
type joint struct {
	Joint
	anchor viser.Vec3 // in the link's frame
	zero   float64    // the position at which the link is at its origin
	leader int        // the joint that it follows, -1 for none
	link   int
}

// JointType is how a joint moves.
type JointType string

// The types of joints, with the numbers that they have in a configuration.
const (
	Revolute   JointType = "revolute"   // turns about its axis within limits: one angle in radians
	Continuous JointType = "continuous" // turns about its axis: one angle in radians
	Prismatic  JointType = "prismatic"  // slides along its axis: one distance in meters
	Ball       JointType = "ball"       // turns freely: a quaternion, scalar first
	Planar     JointType = "planar"     // slides in the plane across its axis, and turns about it: two distances, an angle
	Floating   JointType = "floating"   // moves freely: a position, and a quaternion, scalar first
	// fixed joints are part of the tree, but not of what a program sees.
	fixed JointType = "fixed"
)

// sizes are the numbers of each type in a configuration.
var sizes = map[JointType]int{Revolute: 1, Continuous: 1, Prismatic: 1, Ball: 4, Planar: 3, Floating: 7}

// A Joint is a joint that can move.
type Joint struct {
	Name string
	Type JointType
	// Link is the link that the joint moves.
	Link string
	// Axis is of length 1, in the frame of the link; zero for ball and floating joints.
	Axis viser.Vec3
	// Limited tells whether the file limits the position to Lower to Upper, in radians or meters.
	Limited      bool
	Lower, Upper float64
	// Index is the place of the joint's first number in a configuration, and Size how many it has there: none if it
	// follows another one.
	Index, Size int
	// Mimic is the name of the joint that this one follows, "" for none: its position is Multiplier times that of
	// the other, plus Offset.
	Mimic              string
	Multiplier, Offset float64
	// Default is the position in [Robot.DefaultConfig]: as near to 0 as the limits allow. It has Size numbers.
	Default []float64
}

// A Link is a rigid body of a robot.
type Link struct {
	Name string
	// Parent is the link that this one hangs on, "" for the root.
	Parent string
	// Visuals and Collisions are the numbers of shapes of either kind.
	Visuals, Collisions int
}

// A Keyframe is a configuration that the file names.
type Keyframe struct {
	Name   string
	Config []float64
}

// Name returns what the file calls the robot, perhaps nothing.
func (r *Robot) Name() string { return r.name }

// Joints returns the joints that can move, in the order of the file.
func (r *Robot) Joints() []Joint {
	var out []Joint
	for _, j := range r.joints {
		if j.Type != fixed {
			j.Default = slices.Clone(j.Default)
			out = append(out, j.Joint)
		}
	}
	return out
}

// Links returns the links; parents are before their children.
func (r *Robot) Links() []Link {
	out := make([]Link, len(r.links))
	for i, l := range r.links {
		out[i] = Link{Name: l.name, Visuals: len(l.visuals), Collisions: len(l.collides)}
		if l.parent >= 0 {
			out[i].Parent = r.links[l.parent].name
		}
	}
	return out
}

// Keyframes returns the configurations that the file names.
func (r *Robot) Keyframes() []Keyframe {
	out := slices.Clone(r.keyframes)
	for i := range out {
		out[i].Config = slices.Clone(out[i].Config)
	}
	return out
}

// Skipped names what is not shown, such as "mesh hand.dae: file does not exist".
func (r *Robot) Skipped() []string { return slices.Clone(r.skipped) }

// Files returns the names, as the robot's file has them, of the meshes, textures and included files that were opened, and of
// those that were not there, in new slices.
func (r *Robot) Files() (opened, missing []string) {
	return slices.Clone(r.opened), slices.Clone(r.missing)
}

// DefaultConfig returns the configuration in which each joint has its default position.
func (r *Robot) DefaultConfig() []float64 {
	config := make([]float64, 0, r.size)
	for _, j := range r.joints {
		config = append(config, j.Default...)
	}
	return config
}

// Pose returns the pose of a link in the frame of the robot, at a configuration; false if there is no such link. It
// panics with a *viser.UsageError if the configuration has not the length of [Robot.DefaultConfig], or a number is not
// finite.
func (r *Robot) Pose(link string, config []float64) (viser.Pose, bool) {
	r.checkConfig("Robot.Pose", config)
	i, ok := r.byLink[link]
	if !ok {
		return viser.Pose{}, false
	}
	pose := r.local(i, config)
	for i = r.links[i].parent; i >= 0; i = r.links[i].parent {
		pose = r.local(i, config).Multiply(pose)
	}
	return pose, true
}

// Poses returns the poses of all links by their names, as [Robot.Pose] does.
func (r *Robot) Poses(config []float64) map[string]viser.Pose {
	r.checkConfig("Robot.Poses", config)
	world := make([]viser.Pose, len(r.links))
	out := make(map[string]viser.Pose, len(r.links))
	for i, l := range r.links {
		world[i] = r.local(i, config)
		if l.parent >= 0 {
			world[i] = world[l.parent].Multiply(world[i])
		}
		out[l.name] = world[i]
	}
	return out
}

func usage(fn, format string, args ...any) {
	panic(&viser.UsageError{Func: "robot." + fn, Message: fmt.Sprintf(format, args...)})
}

func (r *Robot) checkConfig(fn string, config []float64) {
	if len(config) != r.size {
		usage(fn, "the configuration has %d numbers; that of this robot has %d", len(config), r.size)
	}
	for i, x := range config {
		if x-x != 0 {
			usage(fn, "number %d of the configuration is %v, which is not finite", i, x)
		}
	}
}

// position returns the position of a joint of one number: its own, or what follows from that of the joint that it
// follows. Chains of such joints end, which their readers check.
func (r *Robot) position(i int, config []float64) float64 {
	j := &r.joints[i]
	switch {
	case j.leader >= 0:
		return j.Multiplier*r.position(j.leader, config) + j.Offset
	case j.Size == 1:
		return config[j.Index]
	}
	return 0
}

// local returns the pose of a link in its parent.
func (r *Robot) local(i int, config []float64) viser.Pose {
	pose := r.links[i].origin
	for _, k := range r.links[i].joints {
		pose = r.move(pose, k, config)
	}
	return pose
}

// move returns the pose of a link that a joint moves, whose pose at the joint's zero is given.
func (r *Robot) move(pose viser.Pose, k int, config []float64) viser.Pose {
	j := &r.joints[k]
	at := config[j.Index : j.Index+j.Size]
	switch j.Type {
	case Revolute, Continuous:
		return pose.Multiply(about(j.anchor, transform.SO3FromAxisAngle(j.Axis, r.position(k, config)-j.zero)))
	case Prismatic:
		return pose.Multiply(viser.Pose{Rotation: transform.SO3Identity(), Translation: times(j.Axis, r.position(k, config)-j.zero)})
	case Ball:
		return pose.Multiply(about(j.anchor, quat(at)))
	case Planar:
		u, v := across(j.Axis)
		return pose.Multiply(viser.Pose{
			Rotation:    transform.SO3FromAxisAngle(j.Axis, at[2]),
			Translation: plus(times(u, at[0]), times(v, at[1])),
		})
	case Floating: // in the frame of the parent, from its origin
		return viser.Pose{Rotation: quat(at[3:]), Translation: viser.Vec3(at[:3])}
	}
	return pose
}

// quat is a rotation of any length; that of length 0 is the identity.
func quat(v []float64) viser.Quat {
	q := transform.SO3FromWXYZ([4]float64(v))
	if n := v[0]*v[0] + v[1]*v[1] + v[2]*v[2] + v[3]*v[3]; n < 1e-200 || n > 1e200 {
		return transform.SO3Identity()
	}
	return q.Normalize()
}

// about is a rotation about a point.
func about(p viser.Vec3, q viser.Quat) viser.Pose {
	moved := q.Apply(p)
	return viser.Pose{Rotation: q, Translation: viser.Vec3{p[0] - moved[0], p[1] - moved[1], p[2] - moved[2]}}
}

func times(v viser.Vec3, s float64) viser.Vec3 { return viser.Vec3{v[0] * s, v[1] * s, v[2] * s} }

func plus(a, b viser.Vec3) viser.Vec3 { return viser.Vec3{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }

// across returns two axes of the plane across an axis: x and y if that is z.
func across(n viser.Vec3) (u, v viser.Vec3) {
	turn := transform.SO3Identity()
	if cross := (viser.Vec3{-n[1], n[0], 0}); math.Hypot(cross[0], cross[1]) > 1e-9 {
		turn = transform.SO3FromAxisAngle(cross, math.Atan2(math.Hypot(n[0], n[1]), n[2]))
	} else if n[2] < 0 {
		turn = transform.SO3FromXRadians(math.Pi)
	}
	return turn.Apply(viser.Vec3{1, 0, 0}), turn.Apply(viser.Vec3{0, 1, 0})
}

// note adds to what is skipped, once.
func (r *Robot) note(format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if !slices.Contains(r.skipped, what) && len(r.skipped) < mostSkipped {
		r.skipped = append(r.skipped, what)
	}
}

// mostSkipped bounds what is said about one file.
const mostSkipped = 1000

// finish sets what follows from links and joints: the places in a configuration, defaults, and names in the scene.
func (r *Robot) finish() {
	r.byLink, r.byJoint = make(map[string]int, len(r.links)), make(map[string]int, len(r.joints))
	for i := range r.joints {
		j := &r.joints[i]
		j.Index = r.size
		if j.leader >= 0 {
			j.Mimic = r.joints[j.leader].Name
		} else {
			j.Size = sizes[j.Type]
		}
		if j.Default == nil {
			j.Default = j.start()
		}
		r.size += j.Size
		if j.Type != fixed {
			r.byJoint[j.Name] = i
		}
	}
	r.nameNodes()
	for i := range r.links {
		l := &r.links[i]
		r.byLink[l.name] = i
		for _, k := range l.joints {
			r.joints[k].Link, r.joints[k].link = l.name, i
		}
	}
}

// start is the default position.
func (j *joint) start() []float64 {
	start := make([]float64, j.Size)
	switch {
	case j.Type == Ball:
		start[0] = 1
	case j.Type == Floating:
		start[3] = 1
	case j.Size == 1 && j.Limited:
		start[0] = min(j.Upper, max(j.Lower, j.zero))
	case j.Size == 1:
		start[0] = j.zero
	}
	return start
}

// nameNodes gives each link a name for its node that no sibling has.
func (r *Robot) nameNodes() {
	taken := map[int]map[string]bool{}
	for i := range r.links {
		l := &r.links[i]
		if taken[l.parent] == nil {
			taken[l.parent] = map[string]bool{}
		}
		l.node = unique(taken[l.parent], nodeName(l.name))
	}
	for i := range r.links {
		l := &r.links[i]
		names := maps.Clone(taken[i]) // a shape must not have the name of a child
		if names == nil {
			names = map[string]bool{}
		}
		visual := maps.Clone(names)
		for k := range l.visuals {
			l.visuals[k].node = unique(visual, l.visuals[k].node)
		}
		for k := range l.collides {
			l.collides[k].node = unique(names, l.collides[k].node)
		}
	}
}

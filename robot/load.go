package robot

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/viser-go/viser/formats/urdf"
	"github.com/viser-go/viser/internal/sniff"
	"github.com/viser-go/viser/internal/xmltree"
	"github.com/viser-go/viser/transform"
)

// Options are how a robot is loaded. Nil is the zero value.
type Options struct {
	// Packages are the folders of ROS packages by their names, for "package://NAME/…". A package that is not in it is
	// looked for above the file: a folder with that name, or one whose package.xml has it.
	Packages map[string]string
	// AllowOutside opens meshes and textures anywhere on this machine that the file names. By default they are in the
	// folder of the file, in the package that it is in, or in a package.
	AllowOutside bool
	// OnlyFolder opens nothing but what is in the folder of the file or below it, whatever AllowOutside and Packages are:
	// for files of unknown origin, together with their meshes. Of a name that leads elsewhere, the last element is looked
	// for beside the file.
	OnlyFolder bool
	// NoMeshes leaves meshes and textures out, without opening their files.
	NoMeshes bool
	// MaxTriangles refuses meshes of more triangles, all together. 0 means 16,777,216.
	MaxTriangles int
}

func (o *Options) withDefaults() Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.MaxTriangles <= 0 {
		c.MaxTriangles = 1 << 24
	}
	return c
}

// Kind is the kind of file in which a robot is described.
type Kind string

// The kinds of files.
const (
	URDF Kind = "URDF"
	MJCF Kind = "MJCF"
)

// KindOf tells by the first bytes of a file, a few thousand, whether it describes a robot; "" if not.
func KindOf(start []byte) Kind {
	name, ok := xmltree.RootName(start)
	switch {
	case !ok:
	case name == "robot":
		return URDF
	case name == "mujoco" || name == "mujocoinclude":
		return MJCF
	}
	return ""
}

// Load reads a robot from a URDF or MJCF file, which it tells apart by the content. The error names the file, the line
// and what is wrong there.
func Load(file string, opts *Options) (*Robot, error) {
	start, err := firstBytes(file)
	if err != nil {
		return nil, err
	}
	switch KindOf(start) {
	case URDF:
		return LoadURDF(file, opts)
	case MJCF:
		return LoadMJCF(file, opts)
	}
	if name := sniff.Name(start); name != "" {
		return nil, fmt.Errorf("%s: this is neither URDF nor MJCF; it looks like %s", file, name)
	}
	return nil, fmt.Errorf("%s: this is neither URDF nor MJCF", file)
}

// sniffed is how much of a file is read to recognize its format: there may be long comments first.
const sniffed = 1 << 16

func firstBytes(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var b bytes.Buffer
	if _, err := io.Copy(&b, io.LimitReader(f, sniffed)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// LoadURDF is [Load] for a URDF file.
func LoadURDF(file string, opts *Options) (*Robot, error) {
	u, err := urdf.ReadFile(file)
	if err != nil {
		return nil, err
	}
	l := newLoader(file, opts)
	defer l.close()
	r := &Robot{name: u.Name, skipped: u.Skipped}
	r.addURDF(u, l)
	r.finish()
	r.opened, r.missing = slices.Sorted(maps.Keys(l.opened)), slices.Sorted(maps.Keys(l.missing))
	return r, nil
}

// addURDF adds the links, parents first, and the joints in the order of the file.
func (r *Robot) addURDF(u *urdf.Robot, l *loader) {
	below := make([][]int, len(u.Links)) // the numbers of the joints
	for i, j := range u.Joints {
		below[j.Parent] = append(below[j.Parent], i)
		r.joints = append(r.joints, urdfJoint(u, j))
	}
	type place struct{ link, parent, joint int }
	open := []place{{u.Root, -1, -1}}
	for len(open) > 0 {
		at := open[0]
		open = open[1:]
		added := link{name: u.Links[at.link].Name, parent: at.parent, origin: transform.SE3Identity()}
		if at.joint >= 0 {
			added.origin, added.joints = u.Joints[at.joint].Origin, []int{at.joint}
		}
		for _, s := range u.Links[at.link].Visuals {
			added.visuals = append(added.visuals, r.urdfShapes(s, l)...)
		}
		for _, s := range u.Links[at.link].Collision {
			added.collides = append(added.collides, r.urdfShapes(s, l)...)
		}
		for _, j := range below[at.link] {
			open = append(open, place{u.Joints[j].Child, len(r.links), j})
		}
		r.links = append(r.links, added)
	}
}

// urdfTypes are the types of joints.
var urdfTypes = map[urdf.JointType]JointType{
	urdf.Fixed: fixed, urdf.Revolute: Revolute, urdf.Continuous: Continuous,
	urdf.Prismatic: Prismatic, urdf.Planar: Planar, urdf.Floating: Floating,
}

func urdfJoint(u *urdf.Robot, j urdf.Joint) joint {
	out := joint{Joint: Joint{Name: j.Name, Type: urdfTypes[j.Type], Axis: j.Axis}, leader: -1}
	if j.Limit != nil {
		out.Limited, out.Lower, out.Upper = true, j.Limit.Lower, j.Limit.Upper
	}
	if j.Type == urdf.Floating {
		out.Axis = [3]float64{}
		q := j.Origin.Rotation.WXYZ()
		out.Default = append(append([]float64{}, j.Origin.Translation[:]...), q[:]...)
	}
	if j.Mimic != nil {
		out.leader, out.Multiplier, out.Offset = j.Mimic.Joint, j.Mimic.Multiplier, j.Mimic.Offset
	}
	return out
}

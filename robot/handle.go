package robot

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser"
)

// AddOptions are how a robot is added to a scene. Nil is the zero value.
type AddOptions struct {
	// Scale is what all lengths are multiplied by; default 1.
	Scale float64
	// Color and CollisionColor, when set, replace the colors and textures of the file. Their alpha is the opacity.
	Color, CollisionColor color.Color
	// NoVisual leaves the visual shapes out.
	NoVisual bool
	// Collision adds the shapes for collisions, too. They are shown until [Handle.SetCollisionVisible] hides them.
	Collision bool
	// Config is the initial configuration; default [Robot.DefaultConfig].
	Config []float64
}

// A Handle is a robot in a scene. Its nodes are named as those of viser's ViserUrdf: below NAME/visual and
// NAME/collision there is a frame for each link but the root, within that of its parent, with the shapes of the link. To
// move the robot as a whole, add a frame under NAME and move that. All methods are safe for concurrent use.
type Handle struct {
	robot   *Robot
	scene   *viser.Scene
	scale   float64
	visual  *viser.Frame // nil if there is none
	collide *viser.Frame
	frames  [][]viser.Node // of each link, one below either root

	mu      sync.Mutex
	config  []float64
	next    []float64 // what it becomes
	updates []viser.PoseUpdate
	moved   []bool
	hearers []*hearer
}

// Add adds a robot to a scene, that of a server or a client. It panics with a *viser.UsageError if the name is empty,
// Scale is below 0 or not finite, or Config has not the length of [Robot.DefaultConfig] or a number that is not finite.
func Add(scene *viser.Scene, name string, r *Robot, opts *AddOptions) *Handle {
	const fn = "Add"
	var o AddOptions
	if opts != nil {
		o = *opts
	}
	if o.Scale == 0 {
		o.Scale = 1
	}
	if !(o.Scale > 0) || math.IsInf(o.Scale, 0) {
		usage(fn, "Scale is %v; it must be a finite number above 0", o.Scale)
	}
	if o.Config == nil {
		o.Config = r.DefaultConfig()
	}
	r.checkConfig(fn, o.Config)
	name = strings.TrimRight(name, "/")
	if name == "" {
		usage(fn, "the name is empty")
	}
	h := &Handle{
		robot: r, scene: scene, scale: o.Scale, config: slices.Clone(o.Config),
		frames: make([][]viser.Node, len(r.links)), moved: make([]bool, len(r.links)),
	}
	if !o.NoVisual {
		h.visual = h.addTree(name+"/visual", look{o.Scale, o.Color}, func(l *link) []shape { return l.visuals })
	}
	if o.Collision {
		h.collide = h.addTree(name+"/collision", look{o.Scale, o.CollisionColor}, func(l *link) []shape { return l.collides })
	}
	return h
}

// addTree adds a root, and below it the frames and shapes of all links.
func (h *Handle) addTree(name string, k look, shapes func(*link) []shape) *viser.Frame {
	root := h.scene.AddFrame(name, &viser.FrameOptions{NoAxes: true})
	names := make([]string, len(h.robot.links))
	for i := range h.robot.links {
		l := &h.robot.links[i]
		names[i] = name
		if l.parent >= 0 {
			names[i] = names[l.parent] + "/" + l.node
			h.frames[i] = append(h.frames[i], h.scene.AddFrame(names[i], &viser.FrameOptions{
				NoAxes: true, Pose: scaled(h.robot.local(i, h.config), h.scale),
			}))
		}
		for _, s := range shapes(l) {
			k.add(h.scene, names[i]+"/"+s.node, &s)
		}
	}
	return root
}

// Robot returns the robot that is shown.
func (h *Handle) Robot() *Robot { return h.robot }

// Config returns the configuration that is shown.
func (h *Handle) Config() []float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.config)
}

// SetConfig moves all joints, as one step. Only links whose joints have moved are sent. Positions beyond the limits
// are not changed. It panics with a *viser.UsageError if the configuration has not the length of
// [Robot.DefaultConfig], or a number is not finite.
func (h *Handle) SetConfig(config []float64) {
	h.robot.checkConfig("Handle.SetConfig", config)
	h.update(config, nil)
}

// SetJoint moves a joint of one number, and those that follow it, as [Handle.SetConfig] does. It panics with a
// *viser.UsageError if there is no such joint, it follows another one or has not one number, or v is not finite.
func (h *Handle) SetJoint(name string, v float64) {
	const fn = "Handle.SetJoint"
	i, ok := h.robot.byJoint[name]
	if !ok {
		usage(fn, "there is no joint %q that can move", name)
	}
	j := &h.robot.joints[i]
	switch {
	case j.leader >= 0:
		usage(fn, "joint %q follows joint %q", name, j.Mimic)
	case j.Size != 1:
		usage(fn, "joint %q has %d numbers; SetConfig sets them", name, j.Size)
	case v-v != 0:
		usage(fn, "%v is not a finite number", v)
	}
	h.setJoint(j, v, nil)
}

// setJoint moves a joint and tells all but the one that asked.
func (h *Handle) setJoint(j *joint, v float64, from *hearer) {
	h.mu.Lock()
	h.next = append(h.next[:0], h.config...)
	h.next[j.Index] = v
	h.setLocked(h.next)
	hearers := h.hearers
	h.mu.Unlock()
	tell(hearers, from)
}

// update sets the configuration and tells all but the one that asked.
func (h *Handle) update(config []float64, from *hearer) {
	h.mu.Lock()
	h.setLocked(config)
	hearers := h.hearers
	h.mu.Unlock()
	tell(hearers, from)
}

// setLocked changes the configuration and sends the poses of the links that have moved; h.mu is held.
func (h *Handle) setLocked(config []float64) {
	h.markMoved(config)
	copy(h.config, config)
	h.send()
}

// hearer is told when the configuration has changed.
type hearer struct{ changed func() }

func tell(hearers []*hearer, from *hearer) {
	for _, l := range hearers {
		if l != from {
			l.changed()
		}
	}
}

// markMoved notes the links that move when the configuration becomes the given one; h.mu is held.
func (h *Handle) markMoved(config []float64) {
	for k := range h.robot.joints {
		j := &h.robot.joints[k]
		lead := j
		for lead.leader >= 0 {
			lead = &h.robot.joints[lead.leader]
		}
		at, to := lead.Index, lead.Index+lead.Size
		if j.Type != fixed && !slices.Equal(h.config[at:to], config[at:to]) {
			h.moved[j.link] = true
		}
	}
}

// send sends the poses of the links that have moved; h.mu is held.
func (h *Handle) send() {
	h.updates = h.updates[:0]
	for i, moved := range h.moved {
		if !moved {
			continue
		}
		h.moved[i] = false
		if len(h.frames[i]) == 0 {
			continue
		}
		pose := scaled(h.robot.local(i, h.config), h.scale)
		for _, node := range h.frames[i] {
			h.updates = append(h.updates, viser.PoseUpdate{Node: node, Pose: pose})
		}
	}
	if len(h.updates) > 0 {
		h.scene.SetPoses(h.updates)
	}
}

// hear adds one that is told, and drop removes it. The slice is copied, as it is read without the lock.
func (h *Handle) hear(l *hearer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hearers = append(slices.Clone(h.hearers), l)
}

func (h *Handle) drop(l *hearer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hearers = slices.DeleteFunc(slices.Clone(h.hearers), func(other *hearer) bool { return other == l })
}

// LinkNode returns the frame of a link below NAME/visual, or NAME/collision if the visual shapes were left out, to add
// nodes of the program's own below its name; false if there is no such link.
func (h *Handle) LinkNode(link string) (viser.Node, bool) {
	i, ok := h.robot.byLink[link]
	if !ok {
		return nil, false
	}
	if len(h.frames[i]) > 0 {
		return h.frames[i][0], true
	}
	for _, root := range []*viser.Frame{h.visual, h.collide} {
		if root != nil {
			return root, true
		}
	}
	return nil, false
}

// VisualVisible reports whether the visual shapes are shown.
func (h *Handle) VisualVisible() bool { return h.visual != nil && h.visual.Visible() }

// SetVisualVisible shows or hides the visual shapes. It does nothing if they were left out.
func (h *Handle) SetVisualVisible(v bool) {
	if h.visual != nil {
		h.visual.SetVisible(v)
	}
}

// CollisionVisible reports whether the shapes for collisions are shown.
func (h *Handle) CollisionVisible() bool { return h.collide != nil && h.collide.Visible() }

// SetCollisionVisible shows or hides the shapes for collisions. It does nothing if they were not added.
func (h *Handle) SetCollisionVisible(v bool) {
	if h.collide != nil {
		h.collide.SetVisible(v)
	}
}

// Removed reports whether the robot was removed, or its scene's client has left.
func (h *Handle) Removed() bool {
	return (h.visual == nil || h.visual.Removed()) && (h.collide == nil || h.collide.Removed())
}

// Remove removes the robot's nodes. A second call does nothing.
func (h *Handle) Remove() {
	if h.visual != nil {
		h.visual.Remove()
	}
	if h.collide != nil {
		h.collide.Remove()
	}
}

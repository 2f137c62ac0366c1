package viser

import (
	"strings"
	"sync"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

// A Node is an object in the scene: the methods that all handles share. It is
// implemented by the handles of this package only. All methods are safe for
// concurrent use.
type Node interface {
	// Name is the path of the node, "/arm/hand".
	Name() string
	// WXYZ is the orientation in the parent's frame.
	WXYZ() Quat
	// SetWXYZ sets the orientation; q is a unit quaternion.
	SetWXYZ(q Quat)
	// Position is the position in the parent's frame, in scene units.
	Position() Vec3
	// SetPosition sets the position.
	SetPosition(p Vec3)
	// Pose is the position with the orientation.
	Pose() Pose
	// SetPose sets both as one step.
	SetPose(p Pose)
	// Visible reports whether the program shows the node. A node is seen if its
	// ancestors are visible too.
	Visible() bool
	// SetVisible shows or hides the node with its descendants.
	SetVisible(v bool)
	// Remove removes the node and its descendants.
	Remove()
	// Removed reports whether the node is gone: it or an ancestor was removed, or
	// another node took its name.
	Removed() bool

	base() *node
}

// node is what all handles embed. Lock order: Scene.mu, then node.mu, then the
// store's.
type node struct {
	mu     sync.Mutex // guards the handle's props, and the rest here
	scene  *Scene
	name   string
	handle Node
	ent    *state.Entity
	props  wire.Props // the handle's own
	shown  bool
	gone   bool
	left   chan struct{} // closed when gone becomes true; nil until a loop over events waits for it
	// It is an ancestor that the program did not add itself; guarded by Scene.mu.
	virtual bool

	children map[string]*node // guarded by Scene.mu
	clicks   filtered[Modifier, ClickEvent]
	drags    filtered[dragGesture, DragEvent]
}

func (n *node) base() *node { return n }

// Name returns the path of the node, "/arm/hand".
func (n *node) Name() string { return n.name }

// WXYZ returns the orientation in the parent's frame.
func (n *node) WXYZ() Quat {
	q, _ := n.ent.Pose()
	return transform.SO3FromWXYZ(q)
}

// Position returns the position in the parent's frame, in scene units.
func (n *node) Position() Vec3 {
	_, p := n.ent.Pose()
	return p
}

// SetWXYZ sets the orientation in the parent's frame. q should have length one:
// clients do not normalize it. It panics with a *UsageError if q is zero or not
// finite.
func (n *node) SetWXYZ(q Quat) {
	checkQuat("SetWXYZ", q)
	if !n.ent.SetOrientation(q.WXYZ()) {
		n.logGone("SetWXYZ")
	}
}

// SetPosition sets the position in the parent's frame. It panics with a
// *UsageError if p is not finite.
func (n *node) SetPosition(p Vec3) {
	if !finite(p[0]) || !finite(p[1]) || !finite(p[2]) {
		usage("SetPosition", "%v is not finite", p)
	}
	if !n.ent.SetPosition(p) {
		n.logGone("SetPosition")
	}
}

// Pose returns position and orientation in the parent's frame, of one moment.
func (n *node) Pose() Pose {
	q, p := n.ent.Pose()
	return Pose{Rotation: transform.SO3FromWXYZ(q), Translation: p}
}

// SetPose sets position and orientation in the parent's frame as one step. The
// Rotation should have length one. It panics with a *UsageError if the Rotation is
// zero or a number is not finite.
func (n *node) SetPose(p Pose) {
	checkPose("SetPose", p)
	if !n.ent.SetPose(p.Rotation.WXYZ(), p.Translation) {
		n.logGone("SetPose")
	}
}

// Visible reports whether the program shows the node.
func (n *node) Visible() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.shown
}

// SetVisible shows or hides the node with its descendants.
func (n *node) SetVisible(v bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.isGone("SetVisible") || v == n.shown {
		return
	}
	n.shown = v
	n.sendVisible()
}

func (n *node) sendVisible() {
	n.ent.SetMessage("visible", &wire.SetSceneNodeVisibilityMessage{
		Name: n.name, Visible: n.shown, Owner: n.scene.scope.Owner(),
	})
}

// Removed reports whether the node is gone.
func (n *node) Removed() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.gone
}

// Remove removes the node and its descendants. Removing a node that is gone
// does nothing.
func (n *node) Remove() {
	s := n.scene
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nodes[n.name] == n {
		s.removeOf(n)
	}
}

// removed is closed once the node is gone.
func (n *node) removed() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.left == nil {
		n.left = make(chan struct{})
		if n.gone {
			close(n.left)
		}
	}
	return n.left
}

// changed sends properties anew; the handle's setters call it with n.mu held.
func (n *node) changed(fields ...int) {
	if n.isGone("a setter") {
		return
	}
	n.ent.SetProps(n.props, fields...)
}

// isGone reports whether the node is gone, and if so logs the call at debug level. n.mu is held.
func (n *node) isGone(fn string) bool {
	if n.gone {
		n.logGone(fn)
	}
	return n.gone
}

func (n *node) logGone(fn string) {
	n.scene.server.log.removed("removed scene node changed; nothing happens", "node", n.name, "call", fn)
}

// cleanName returns the name with one slash in front and none at the end.
func cleanName(fn, name string) string {
	trimmed := strings.TrimRight(name, "/")
	if trimmed == "" {
		usage(fn, "the name %q is empty; the root is not a node that can be added", name)
	}
	if !strings.HasPrefix(trimmed, "/") {
		trimmed = "/" + trimmed
	}
	return trimmed
}

// parentName returns the name of the parent, "" for the root.
func parentName(name string) string { return name[:strings.LastIndexByte(name, '/')] }

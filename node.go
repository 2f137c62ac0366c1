package viser

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

// A Node is an object in the scene. It has the methods that all handles of nodes share.
// It is implemented only by the handles of this package. All methods are safe for
// concurrent use.
type Node interface {
	// Name is the path of the node, "/arm/hand".
	Name() string
	// WXYZ is the orientation in the parent frame.
	WXYZ() Quat
	// SetWXYZ sets the orientation; q is a unit quaternion.
	SetWXYZ(q Quat)
	// Position is the position in the parent frame, in scene units.
	Position() Vec3
	// SetPosition sets the position.
	SetPosition(p Vec3)
	// Pose is the position and orientation.
	Pose() Pose
	// SetPose sets the position and orientation as one step.
	SetPose(p Pose)
	// Visible reports whether the node is set visible; it is also hidden if an ancestor
	// is.
	Visible() bool
	// SetVisible shows or hides the node with its descendants.
	SetVisible(v bool)
	// Remove removes the node and its descendants.
	Remove()
	// Removed reports whether the node or an ancestor was removed, or another node
	// replaced it.
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

	children []*node // in no order; this and index are guarded by Scene.mu
	index    int     // its place among its siblings
	clicks   callback.Filtered[Modifier, ClickEvent]
	drags    callback.Filtered[dragGesture, DragEvent]
}

func (n *node) base() *node { return n }

// Name returns the path of the node, "/arm/hand".
func (n *node) Name() string { return n.name }

// String returns the kind and the name, `Box "/arm/hand"`, for logs.
func (n *node) String() string {
	return fmt.Sprintf("%s %q", reflect.TypeOf(n.handle).Elem().Name(), n.name)
}

// WXYZ returns the orientation in the parent frame.
func (n *node) WXYZ() Quat {
	q, _ := n.ent.Pose()
	return transform.SO3FromWXYZ(q)
}

// Position returns the position in the parent frame, in scene units.
func (n *node) Position() Vec3 {
	_, p := n.ent.Pose()
	return p
}

// SetWXYZ sets the orientation in the parent frame. q should have length one: clients
// do not normalize it. It panics with a *UsageError if q is zero or not finite.
func (n *node) SetWXYZ(q Quat) {
	checkQuat("SetWXYZ", q)
	if !n.ent.SetOrientation(q.WXYZ()) {
		n.logGone("SetWXYZ")
	}
}

// SetPosition sets the position in the parent frame. It panics with a *UsageError if p
// is not finite.
func (n *node) SetPosition(p Vec3) {
	if !finite(p[0]) || !finite(p[1]) || !finite(p[2]) {
		usage("SetPosition", "%v is not finite", p)
	}
	if !n.ent.SetPosition(p) {
		n.logGone("SetPosition")
	}
}

// Pose returns the position and orientation in the parent frame, both of the same
// moment.
func (n *node) Pose() Pose {
	q, p := n.ent.Pose()
	return Pose{Rotation: transform.SO3FromWXYZ(q), Translation: p}
}

// SetPose sets position and orientation in the parent frame as one step. The Rotation
// should have length one; zero is the identity. It panics with a *UsageError if a number
// is not finite.
func (n *node) SetPose(p Pose) {
	p = fitPose("SetPose", p)
	if !n.ent.SetPose(p.Rotation.WXYZ(), p.Translation) {
		n.logGone("SetPose")
	}
}

// Visible reports whether the node is set visible; it is also hidden if an ancestor is.
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
	n.ent.SetVisible(v)
}

// Removed reports whether the node was removed or replaced.
func (n *node) Removed() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.gone
}

// Remove removes the node and its descendants. A second call does nothing.
func (n *node) Remove() {
	s := n.scene
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nodes[n.name] == n {
		s.removeOf(n)
	}
}

// removed is closed when the node is removed.
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

// isGone reports whether the node was removed, and if so logs the call at debug level. n.mu is
// held.
func (n *node) isGone(fn string) bool {
	if n.gone {
		n.logGone(fn)
	}
	return n.gone
}

func (n *node) logGone(fn string) {
	n.scene.server.log.removed("call on a removed scene node ignored", "node", n.name, "call", fn)
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

// A placement is where a node is added, and whether it is shown.
type placement struct {
	pose   Pose
	hidden bool
}

// placementOf checks the options that place a node.
func placementOf(fn string, position Vec3, wxyz Quat, pose Pose, hidden bool) placement {
	if pose == (Pose{}) {
		pose = Pose{Rotation: wxyz, Translation: position}
	} else if position != (Vec3{}) || wxyz != (Quat{}) {
		usage(fn, "Pose is given together with Position or WXYZ; give the one or the others")
	}
	return placement{fitPose(fn, pose), hidden}
}

// An arrayField is an array of a node, its key, and what it is set to.
type arrayField struct {
	field *wire.Array
	key   int
	value wire.Array
}

// changedArrays sets arrays anew, and sends those that differ from what was
// there: comparing costs a pass over memory, sending costs every page. n.mu is
// held.
func (n *node) changedArrays(arrays ...arrayField) {
	var keys []int
	for _, a := range arrays {
		// What was changed in part is not gathered for a comparison.
		same := a.field.Pages == a.value.Pages && a.field.DType == a.value.DType && bytes.Equal(a.field.Data, a.value.Data)
		if !same {
			*a.field = a.value
			keys = append(keys, a.key)
		}
	}
	if len(keys) > 0 {
		n.changed(keys...)
	}
}

// Partial changes of arrays. Pages of this library are sent only what was written;
// those of upstream viser are sent the whole property. Arrays grow with spare capacity,
// here and on the page, so that the cost of appending is proportional to what is
// appended.

// patch applies the changes as one step; n.mu is held.
func (n *node) patch(fn string, patches ...state.Patch) {
	if len(patches) > 0 && !n.isGone(fn) {
		n.ent.Patch(patches...)
	}
}

// writes is the change that puts rows of the given number of bytes into an array,
// from row offset on.
func (a arrayField) writes(offset, row int, data []byte) state.Patch {
	at := offset * row
	return state.Patch{Prop: a.key, Array: a.field, Offset: at, Data: data, Total: max(a.size(), at+len(data))}
}

// keeps is the change that leaves only the first rows of an array.
func (a arrayField) keeps(rows, row int) state.Patch {
	return state.Patch{Prop: a.key, Array: a.field, Offset: rows * row, Total: rows * row}
}

func (a arrayField) size() int { return a.field.Len() * a.field.ItemSize() }

// checkPart refuses rows that a change in part would write where there are none.
func checkPart(fn string, offset, rows, all int) {
	if offset < 0 || offset > all-rows {
		usage(fn, "the range of %d from %d on is not within the %d elements", rows, offset, all)
	}
}

// checkKept refuses a number of rows that cannot remain.
func checkKept(fn string, rows, all int) {
	if rows < 0 || rows > all {
		usage(fn, "cannot keep %d of %d", rows, all)
	}
}

// oneColor is the size of a color that all rows have.
const oneColor = 3

// A colored is what point clouds, lines and arrows have in common: rows of points,
// with colors for each, or one for all.
type colored struct {
	*node
	points, colors     arrayField
	pointRow, colorRow int // bytes
}

func (c *colored) count() int { return c.points.size() / c.pointRow }

// single reports whether all rows share one color.
func (c *colored) single() bool {
	return c.colors.size() == oneColor && c.count()*c.colorRow != oneColor
}

// color is the one that all rows have, or def if they have different ones.
func (c *colored) color(def RGB) RGB {
	if c.single() {
		return RGB(c.colors.field.Bytes())
	}
	return def
}

// write changes n rows from offset on; n is 0 for points or colors that stay.
func (c *colored) write(fn string, offset int, points []byte, colors []byte) {
	n, k := len(points)/c.pointRow, len(colors)/c.colorRow
	if n > 0 && k > 0 && n != k {
		usage(fn, "%d points and %d colors: give as many, or leave one of them out", n, k)
	}
	checkPart(fn, offset, max(n, k), c.count())
	var ps []state.Patch
	if n > 0 {
		ps = append(ps, c.points.writes(offset, c.pointRow, points))
	}
	if k > 0 {
		if c.single() {
			each := c.each(c.count())
			copy(each[offset*c.colorRow:], colors)
			ps = append(ps, c.colors.writes(0, c.colorRow, each))
		} else {
			ps = append(ps, c.colors.writes(offset, c.colorRow, colors))
		}
	}
	c.patch(fn, ps...)
}

// each is the color that all rows have, for each of the first rows.
func (c *colored) each(rows int) []byte {
	return bytes.Repeat(c.colors.field.Bytes(), rows*c.colorRow/oneColor)
}

// add appends rows. Colors are one for each of them, one for all of them, or none if
// all rows share one color.
func (c *colored) add(fn string, points []byte, colors []byte) {
	n := len(points) / c.pointRow
	ps := c.addColors(fn, n, colors)
	if n > 0 {
		c.patch(fn, append([]state.Patch{c.points.writes(c.count(), c.pointRow, points)}, ps...)...)
	}
}

// addColors gives the change for the colors of n rows that are appended.
func (c *colored) addColors(fn string, n int, colors []byte) []state.Patch {
	count, k := c.count(), len(colors)/c.colorRow
	single := c.single() || k == 0 && c.colors.size() == oneColor
	if k == 1 {
		colors, k = bytes.Repeat(colors, n), n
	}
	switch {
	case k == 0 && (single || n == 0):
		return nil
	case k != n:
		usage(fn, "%d colors for %d that are appended; give one for each, or one for all of them", k, n)
	case single:
		return []state.Patch{c.colors.writes(0, c.colorRow, append(c.each(count), colors...))}
	}
	return []state.Patch{c.colors.writes(count, c.colorRow, colors)}
}

// cut keeps the first rows.
func (c *colored) cut(fn string, rows int) {
	checkKept(fn, rows, c.count())
	ps := []state.Patch{c.points.keeps(rows, c.pointRow)}
	if !c.single() {
		ps = append(ps, c.colors.keeps(rows, c.colorRow))
	}
	c.patch(fn, ps...)
}

// nodeOf returns what n is made of. It panics with a *UsageError about what, such as "node 2", if n is nil, also as a
// pointer of a type.
func nodeOf(fn, what string, n Node) *node {
	if n == nil || reflect.ValueOf(n).IsNil() {
		usage(fn, "%s is nil", what)
	}
	return n.base()
}

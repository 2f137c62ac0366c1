package viser

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

// A Scene is a tree of nodes, named by paths such as "/arm/hand". A node's pose is
// relative to its parent; missing parents are created as invisible frames.
//
// All clients show the scene of a Server; the scene of a Client is shown by that client
// only, on top of the server's. A node of the client's scene that has the name of one
// of the server's replaces it for that client until it is removed.
//
// Adding a node under a name that exists in the same scene replaces the old node:
// Removed of the old handle reports true, and the children are kept. A node that is
// added to the scene of a client that has left is removed at once: Removed reports
// true, and methods do nothing. All methods are safe for concurrent use. Slices are
// copied before a call returns.
//
// Part gives a library that shares the server its own subtree of the scene.
type Scene struct {
	*sceneCore
	of     *Scene // the scene that this one is a part of, nil for the whole
	prefix string // of the part's names: "/arm", "" for the whole
}

// sceneCore is what the parts of a scene share.
type sceneCore struct {
	server *Server
	client *Client // nil for the server's scene
	scope  *state.Scope
	root   *state.Entity

	mu    sync.Mutex
	nodes map[string]*node
	top   []*node // children of the root
	world *Frame
	left  bool // the client has left

	clicks callback.Filtered[Modifier, SceneClickEvent]
	rects  callback.Filtered[Modifier, SceneRectSelectEvent]

	selects  callback.List[SelectEvent]
	measures callback.List[MeasureEvent]
}

// worldAxesName is the frame at the origin that every server has.
const worldAxesName = "/WorldAxes"

func newScene(server *Server, client *Client, scope *state.Scope) *Scene {
	s := &Scene{sceneCore: &sceneCore{
		server: server, client: client, scope: scope, nodes: map[string]*node{},
	}}
	s.clicks.SendTo(callback.Send[Modifier](func(w []Modifier) { s.sendFilter(wire.ScenePointerEventTypeClick, w) }))
	s.rects.SendTo(callback.Send[Modifier](func(w []Modifier) { s.sendFilter(wire.ScenePointerEventTypeRectSelect, w) }))
	if client == nil {
		s.world = s.AddFrame(worldAxesName, &FrameOptions{AxesRadius: 0.0125, Hidden: true})
		s.clearBackground()
	}
	s.root = scope.Root()
	if client == nil {
		s.SetUpDirection(Vec3{0, 0, 1})
	}
	return s
}

func (s *Scene) sendFilter(event string, wanted []Modifier) {
	s.scope.SetCell("pointer-"+event, pointerFilter(event, s.scope.Owner(), wanted))
}

// context ends when the server closes, or the client leaves whose scene it is.
func (s *Scene) context() context.Context {
	if s.client != nil {
		return s.client.ctx
	}
	return s.server.ctx
}

func (s *Scene) clearBackground() {
	s.scope.SetCell("background", &wire.BackgroundImageMessage{Format: wire.ImageFormatPng})
}

// WorldAxes returns the frame at the origin, which is initially hidden. Only the
// server's scene has one: on a client's scene, and on parts, it is nil; a frame that a
// client's scene adds as "/WorldAxes" replaces it for that client.
func (s *Scene) WorldAxes() *Frame {
	if s.of != nil {
		return nil
	}
	return s.world
}

// SetUpDirection sets the up direction of the world, for the camera's controls and the
// default lights; default +z. up need not have length one; it panics with a *UsageError
// if it is zero or not finite.
func (s *Scene) SetUpDirection(up Vec3) {
	checkDirection("Scene.SetUpDirection", "up", up)
	s.root.ForceOrientation(upOrientation(up).WXYZ())
}

// SetGlobalVisibility shows or hides all nodes, for instance to leave only a
// background image.
func (s *Scene) SetGlobalVisibility(visible bool) {
	s.root.SetVisible(visible)
}

// Node returns the node of that name in this scene; in a part, only nodes of the part
// are found.
func (s *Scene) Node(name string) (Node, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.nodes[s.prefix+cleanName("Scene.Node", name)]
	if n == nil || !n.isOf(s) {
		return nil, false
	}
	return n.handle, true
}

// nodeNamed is Node for a name that a client sent.
func (s *sceneCore) nodeNamed(name string) *node {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nodes[name]
}

// RemoveNode removes the node of that name with its descendants, and reports
// whether there was one.
func (s *Scene) RemoveNode(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.nodes[s.prefix+cleanName("Scene.RemoveNode", name)]
	if n == nil || !n.isOf(s) {
		return false
	}
	s.removeOf(n)
	return true
}

// Reset removes all nodes of this scene but WorldAxes, and the background image; in a
// part, only the nodes that were added through it.
func (s *Scene) Reset() {
	if s.of != nil {
		s.resetPart()
		return
	}
	s.mu.Lock()
	for _, n := range s.inOrder() {
		if n.name == worldAxesName && s.client == nil || s.nodes[n.name] != n {
			continue
		}
		s.removeLocked(n)
	}
	s.mu.Unlock()
	s.clearBackground()
}

// inOrder lists the nodes, parents before their children.
func (s *Scene) inOrder() []*node {
	var all []*node
	for _, n := range s.top {
		all = append(all, subtree(n)...)
	}
	return all
}

// A PoseUpdate is a node with its new pose, for SetPoses.
type PoseUpdate struct {
	Node Node
	Pose Pose // in the parent frame; a zero Rotation is the identity
}

// SetPoses sets the poses of many nodes as one step: a client shows all of them in the
// same frame. Unchanged poses are not sent. The nodes may be of different scenes of the
// same server. It panics with a *UsageError if a Node is nil or of another server, or a
// number is not finite; then no pose is changed.
func (s *Scene) SetPoses(updates []PoseUpdate) {
	const fn = "Scene.SetPoses"
	placements := make([]state.Placement, len(updates))
	for i, u := range updates {
		if u.Node == nil {
			usage(fn, "update %d has no node", i)
		}
		n := u.Node.base()
		if n.scene.server != s.server {
			usage(fn, "node %q belongs to another server", n.name)
		}
		p := fitPose(fn, u.Pose)
		placements[i] = state.Placement{Entity: n.ent, WXYZ: p.Rotation.WXYZ(), Position: p.Translation}
	}
	if gone := s.server.store.SetPoses(placements); gone > 0 {
		s.server.log.removed("poses of removed scene nodes ignored", "nodes", gone, "call", fn)
	}
}

// OnClick attaches fn for clicks into the scene with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (s *Scene) OnClick(fn func(ctx context.Context, e SceneClickEvent), mods ...Modifier) (off func()) {
	checkCallback("Scene.OnClick", fn)
	return s.clicks.Add(joinModifiers("Scene.OnClick", mods), fn)
}

// OnRectSelect attaches fn for rectangles dragged over the scene with exactly these
// modifier keys held; while such a callback is attached, a drag with these keys does
// not move the camera.
func (s *Scene) OnRectSelect(fn func(ctx context.Context, e SceneRectSelectEvent), mods ...Modifier) (off func()) {
	checkCallback("Scene.OnRectSelect", fn)
	return s.rects.Add(joinModifiers("Scene.OnRectSelect", mods), fn)
}

// add makes the node n of handle h, with its missing parents. In the scene of a client
// that has left the node is removed at once.
func (s *Scene) add(fn, name string, h Node, kind *state.Kind, props wire.Props, at placement) {
	name = s.prefix + cleanName(fn, name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left {
		s.putRemoved(name, h, kind, props, at)
		return
	}
	old := s.nodes[name]
	s.checkOwn(fn, name, old)
	s.put(name, old, s.parentOf(name), h, kind, props, at, false)
}

// parentOf returns the parent of the node of that name, nil for the root. It makes the ancestors that this scene does not
// have yet.
func (s *Scene) parentOf(name string) *node {
	parent := parentName(name)
	if parent == "" {
		return nil
	}
	if n := s.nodes[parent]; n != nil {
		return n
	}
	above := s.parentOf(parent)
	f := newInvisibleFrame("Scene.Add")
	s.ownerOf(parent).put(parent, nil, above, f, frameKind, &f.props, placement{pose: transform.SE3Identity()}, true)
	return &f.node
}

// put makes the node of handle h below a parent, in the place of the old one, if there is one.
func (s *Scene) put(name string, old, parent *node, h Node, kind *state.Kind, props wire.Props, at placement, virtual bool) {
	n, c := s.describe(name, h, kind, props, at, virtual)
	siblings := s.childrenOf(parent)
	if old != nil {
		c.Replaces, c.Before = old.ent, old.retire()
		n.children, n.index = old.children, old.index
		(*siblings)[n.index] = n
	} else {
		n.index = len(*siblings)
		*siblings = append(*siblings, n)
	}
	if old == nil {
		s.server.selections.added(name)
	}
	n.ent = s.scope.Create(&c)
	s.nodes[name] = n
}

// childrenOf returns the list of the children of a node, nil for the root.
func (s *Scene) childrenOf(parent *node) *[]*node {
	if parent == nil {
		return &s.top
	}
	return &parent.children
}

// putRemoved makes a node that is removed at once, as the client has left: it has no
// place in the tree.
func (s *Scene) putRemoved(name string, h Node, kind *state.Kind, props wire.Props, at placement) {
	n, c := s.describe(name, h, kind, props, at, false)
	c.Removed = true
	n.ent = s.scope.Create(&c)
	n.retire()
}

// describe fills the node of handle h and returns how its entity is created.
func (s *Scene) describe(name string, h Node, kind *state.Kind, props wire.Props, at placement, virtual bool) (*node, state.Create) {
	n := h.base()
	n.scene, n.name, n.handle, n.props, n.shown, n.virtual = s, name, h, props, !at.hidden, virtual
	n.clicks.SendTo((*clicksOf)(n))
	n.drags.SendTo((*dragsOf)(n))
	place := state.Place{WXYZ: at.pose.Rotation.WXYZ(), Position: at.pose.Translation, Visible: n.shown}
	return n, state.Create{Kind: kind, Key: name, Props: props, Head: (*headOf)(n), Place: place, Placed: true}
}

// What a node does for other packages. As methods of the node it needs no memory of its own, unlike functions.
type (
	headOf   node
	clicksOf node
	dragsOf  node
)

// AppendHead writes the fields of the node's create message.
func (n *headOf) AppendHead(e *wire.Encoder) (fields int) {
	e.String("name")
	e.String(n.name)
	e.String("owner")
	e.String(n.scene.scope.Owner())
	e.String("virtual")
	e.Bool(n.virtual)
	return 3
}

// Wanted sends which clicks the program wants.
func (n *clicksOf) Wanted(w []Modifier) {
	n.ent.SetMessage("click", clickBindings(n.name, n.scene.scope.Owner(), w))
}

// Wanted sends which drags the program wants.
func (n *dragsOf) Wanted(w []dragGesture) {
	n.ent.SetMessage("drag", dragBindings(n.name, n.scene.scope.Owner(), w))
}

// retire marks the node as removed, ends its gestures, and returns the messages that
// clients must receive before the removal: empty click and drag bindings for its name.
func (n *node) retire() []wire.Message {
	n.mu.Lock()
	if !n.gone && n.left != nil {
		close(n.left)
	}
	n.gone = true
	n.mu.Unlock()
	n.scene.server.gestures.End(func(k gestureKey) bool { return k.Node == n })
	if c, ok := n.handle.(*GUIContainer); ok {
		c.empty()
	}
	var before []wire.Message
	owner := n.scene.scope.Owner()
	if !n.clicks.Empty() {
		before = append(before, clickBindings(n.name, owner, nil))
	}
	if !n.drags.Empty() {
		before = append(before, dragBindings(n.name, owner, nil))
	}
	return before
}

// leave removes all nodes without a message, as the client has left, and accepts no
// more.
func (s *Scene) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = true
	for _, n := range s.nodes {
		n.retire()
		n.ent.Remove()
	}
	clear(s.nodes)
	s.top = nil
	s.server.selections.left(s.sceneCore)
}

// removeLocked removes the node, then its descendants.
func (s *Scene) removeLocked(n *node) {
	s.takeOut(n)
	all := subtree(n)
	for _, x := range all {
		delete(s.nodes, x.name)
		x.ent.Remove(x.retire()...)
	}
	s.server.selections.removed(s.sceneCore, all)
}

// takeOut removes the node from its siblings.
func (s *Scene) takeOut(n *node) {
	siblings := s.childrenOf(s.nodes[parentName(n.name)])
	last := len(*siblings) - 1
	moved := (*siblings)[last]
	(*siblings)[n.index], moved.index = moved, n.index
	(*siblings)[last] = nil
	*siblings = (*siblings)[:last]
}

// subtree lists the node and its descendants, breadth first and by name.
func subtree(n *node) []*node {
	all := []*node{n}
	for i := 0; i < len(all); i++ {
		all = append(all, all[i].sorted()...)
	}
	return all
}

// upOrientation turns the world so that up points along the page's y axis, and
// about that axis so that the corner (1, 1, 1) faces the page's default camera,
// as viser does.
func upOrientation(up Vec3) Quat {
	q := rotationBetween(up, Vec3{0, 1, 0})
	forward := q.Apply(Uniform(1 / math.Sqrt(3)))
	forward[1] = 0
	n := norm(forward)
	if n == 0 {
		return q
	}
	forward = scaled(forward, 1/n)
	want := Vec3{-1 / math.Sqrt2, 0, -1 / math.Sqrt2}
	turn := math.Atan2(cross(forward, want)[1], dot(forward, want))
	return AxisAngle(Vec3{0, 1, 0}, turn).Multiply(q)
}

// rotationBetween returns the shortest rotation of the direction from to the direction
// to.
func rotationBetween(from, to Vec3) Quat {
	from, to = scaled(from, 1/norm(from)), scaled(to, 1/norm(to))
	axis := cross(from, to)
	if norm(axis) < 1e-5 {
		axis = cross(from, unitOfSmallest(from))
	}
	return AxisAngle(axis, math.Acos(max(-1, min(1, dot(from, to)))))
}

// unitOfSmallest returns the unit vector of the axis along which v is smallest.
func unitOfSmallest(v Vec3) Vec3 {
	k := 0
	for i := range v {
		if math.Abs(v[i]) < math.Abs(v[k]) {
			k = i
		}
	}
	var u Vec3
	u[k] = 1
	return u
}

// Part returns a part of the scene, for one of several libraries that share a server.
// Its names begin at prefix: "/hand" in the part "/arm" is the node "/arm/hand" of the
// scene, which is also what the handle's Name returns. What is added through the part
// belongs to it and to its own parts. Its Reset and RemoveNode, and the Remove of its
// handles, keep the nodes of others, also those below its own: an invisible frame then
// replaces their parent.
//
// The node at prefix itself does not belong to the part: it can be used to move, hide
// or remove all of the part. Settings of the scene as a whole, such as lights,
// background, up direction and clicks into the scene, apply to all of it, also through
// a part. Part panics with a *UsageError if prefix is empty.
func (s *Scene) Part(prefix string) *Scene {
	return &Scene{sceneCore: s.sceneCore, of: s, prefix: s.prefix + cleanName("Scene.Part", prefix)}
}

// isOf reports whether the node was added through s, or one of its parts.
func (n *node) isOf(s *Scene) bool {
	for p := n.scene; p != nil; p = p.of {
		if p == s {
			return true
		}
	}
	return false
}

// checkOwn panics if a part would replace a node that is not its own.
func (s *Scene) checkOwn(fn, name string, old *node) {
	if old != nil && !old.virtual && !old.isOf(s) {
		usage(fn, "the name %q is taken by a node that is not of this part of the scene", name)
	}
}

// ownerOf returns the scene that an ancestor belongs to that the program did not add: those
// above a part are not its own.
func (s *Scene) ownerOf(name string) *Scene {
	for s.of != nil && !strings.HasPrefix(name, s.prefix+"/") {
		s = s.of
	}
	return s
}

// resetPart removes all that is of the part.
func (s *Scene) resetPart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.nodes[s.prefix]; at != nil {
		for _, child := range at.sorted() {
			s.removeOwn(child)
		}
	}
}

// removeOf removes the node with what is below it: all of that if the node belongs
// to the whole scene, else what is of the node's own part.
func (s *Scene) removeOf(n *node) {
	if n.scene.of == nil {
		s.removeLocked(n)
		return
	}
	n.scene.removeOwn(n)
}

// removeOwn removes what is of s from the branch, and reports whether something
// stays.
func (s *Scene) removeOwn(n *node) (stays bool) {
	for _, child := range n.sorted() {
		stays = s.removeOwn(child) || stays
	}
	switch {
	case !n.isOf(s):
		return true
	case !stays:
		s.removeLocked(n)
	case !n.virtual:
		s.standIn(n)
	}
	return stays
}

// standIn puts an invisible frame in the place of a node that has descendants.
func (s *Scene) standIn(n *node) {
	f := newInvisibleFrame("Node.Remove")
	s.put(n.name, n, s.nodes[parentName(n.name)], f, frameKind, &f.props, placement{n.Pose(), !n.Visible()}, true)
}

// sorted lists the children by name.
func (n *node) sorted() []*node {
	list := slices.Clone(n.children)
	slices.SortFunc(list, func(a, b *node) int { return strings.Compare(a.name, b.name) })
	return list
}

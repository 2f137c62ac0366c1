package viser

import (
	"maps"
	"slices"
	"strings"
)

// Part returns a part of the scene, for one of several libraries that share a
// server. Its names begin at prefix: "/hand" in the part "/arm" is the node
// "/arm/hand" of the scene, and is what the handle's Name says. What is added
// through the part belongs to it and to its own parts. Its Reset, RemoveNode and
// its handles' Remove leave everybody else's nodes in place, also those that hang
// below its own: an invisible frame then stands in for their parent.
//
// The node at prefix itself is not of the part: whoever gives a library its part
// can move, hide or remove it by that frame. What concerns the scene as a whole,
// such as lights, background, up direction and clicks into the scene, does so
// through a part too. Part panics with a *UsageError if prefix is empty.
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

// checkOwn panics if a part would take a node's place that is not its own.
func (s *Scene) checkOwn(fn, name string) {
	if old := s.nodes[name]; old != nil && !old.virtual && !old.isOf(s) {
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

// standIn puts an invisible frame in the place of a node below which others hang.
func (s *Scene) standIn(n *node) {
	f := newInvisibleFrame("Node.Remove")
	s.put(n.name, f, frameKind, &f.props, placement{n.Pose(), !n.Visible()}, true)
}

// sorted lists the children by name.
func (n *node) sorted() []*node {
	var list []*node
	for _, name := range slices.Sorted(maps.Keys(n.children)) {
		list = append(list, n.children[name])
	}
	return list
}

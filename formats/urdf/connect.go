package urdf

import (
	"fmt"
	"strings"

	"github.com/viser-go/viser/internal/xmltree"
)

// connect checks that the joints form one tree, and looks up the joints that others follow.
func (r *reader) connect(root *element) error {
	links := r.out.Links
	if len(links) == 0 {
		return root.Errorf("the robot has no links")
	}
	parent := make([]int, len(links)) // the number of the joint, -1 for none
	for i := range parent {
		parent[i] = -1
	}
	for i, j := range r.out.Joints {
		if other := parent[j.Child]; other >= 0 {
			return r.parts[j.Name].Errorf("link %s is the child of two joints: %s and %s",
				xmltree.Quote(links[j.Child].Name), xmltree.Quote(r.out.Joints[other].Name), xmltree.Quote(j.Name))
		}
		parent[j.Child] = i
	}
	if err := r.findRoot(root, parent); err != nil {
		return err
	}
	if err := r.checkLoops(parent); err != nil {
		return err
	}
	return r.connectMimics()
}

func (r *reader) findRoot(root *element, parent []int) error {
	var roots []string
	for i, j := range parent {
		if j < 0 {
			if len(roots) == 0 {
				r.out.Root = i
			}
			roots = append(roots, xmltree.Quote(r.out.Links[i].Name))
		}
	}
	switch {
	case len(roots) == 0:
		return root.Errorf("the joints form a loop: each link is the child of one")
	case len(roots) > 4:
		return root.Errorf("there are %d links that are no joint's child, among them %s; there must be one", len(roots), strings.Join(roots[:4], ", "))
	case len(roots) > 1:
		return root.Errorf("the links %s are no joint's child; there must be only one", strings.Join(roots, ", "))
	}
	return nil
}

// checkLoops finds links that do not hang on the root: as each has one parent, their joints form a loop.
func (r *reader) checkLoops(parent []int) error {
	children := make([][]int, len(r.out.Links))
	for _, j := range r.out.Joints {
		children[j.Parent] = append(children[j.Parent], j.Child)
	}
	reached := make([]bool, len(r.out.Links))
	open := []int{r.out.Root}
	for len(open) > 0 {
		link := open[len(open)-1]
		open = append(open[:len(open)-1], children[link]...)
		reached[link] = true
	}
	for i, ok := range reached {
		if !ok {
			j := r.out.Joints[parent[i]]
			return r.parts[j.Name].Errorf("joint %s is part of a loop, which %s is in too", xmltree.Quote(j.Name), xmltree.Quote(r.out.Links[i].Name))
		}
	}
	return nil
}

func (r *reader) connectMimics() error {
	for i := range r.out.Joints {
		j := &r.out.Joints[i]
		m := r.parts[j.Name].Child("mimic")
		if m == nil || j.Type == Fixed || j.Type == Floating || j.Type == Planar {
			continue
		}
		leader, ok := r.joints[m.Text("joint")]
		if !ok {
			r.out.note(fmt.Sprintf("that joint %q follows %q, which is not in the file", short(j.Name), short(m.Text("joint"))))
			continue
		}
		multiplier, err := m.Float("multiplier", 1)
		if err != nil {
			return err
		}
		offset, err := m.Float("offset", 0)
		if err != nil {
			return err
		}
		j.Mimic = &Mimic{Joint: leader, Multiplier: multiplier, Offset: offset}
	}
	return r.checkMimics()
}

// checkMimics finds joints that follow themselves in the end. A chain of n joints has at most n steps.
func (r *reader) checkMimics() error {
	const following, free = 1, 2
	state := make([]int, len(r.out.Joints))
	for start := range r.out.Joints {
		var chain []int
		at := start
		for state[at] == 0 {
			state[at] = following
			chain = append(chain, at)
			m := r.out.Joints[at].Mimic
			if m == nil {
				break
			}
			if at = m.Joint; state[at] == following {
				return r.parts[r.out.Joints[start].Name].Errorf("joint %s follows itself", xmltree.Quote(r.out.Joints[at].Name))
			}
		}
		for _, i := range chain {
			state[i] = free
		}
	}
	return nil
}

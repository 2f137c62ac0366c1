package viser

import (
	"slices"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A Container holds elements of a GUI: the GUI itself, folders, forms, tabs and modals
// are containers. Elements are removed with their container. All methods are safe for
// concurrent use. An element that is added to a removed container, or to a container of
// a client that has left, is removed at once: Removed reports true, and methods do
// nothing.
type Container struct {
	gui  *GUI
	at   *containerNode
	part *part // nil unless made by Part
}

// A Holder is anything that holds elements of a GUI: a *GUI, a Container, and the
// handles of containers, such as a *Folder. It is implemented only in this package.
type Holder interface {
	inside() Container
}

func (c Container) inside() Container { return c }

// A containerNode is the place of a container in the tree. Everything but gui and
// uuid is guarded by guiTree.mu.
type containerNode struct {
	gui  *GUI
	uuid string
	// up is the container around this one; nil for what is not shown inside another:
	// the root, modals, and tabs of panels.
	up       *containerNode
	form     bool
	children []*widget
	gone     bool
}

// remove removes what is in the container, to which nothing can be added any more.
func (n *containerNode) remove() {
	n.gone = true
	n.removeChildren()
}

func (n *containerNode) removeChildren() {
	for _, w := range slices.Clone(n.children) {
		w.removeLocked()
	}
}

// inForm reports whether the node is a form's, or inside of one.
func (n *containerNode) inForm() bool {
	for ; n != nil; n = n.up {
		if n.form {
			return true
		}
	}
	return false
}

// A part is what was added to a container through one of its parts.
type part struct {
	of  *part     // the part that this one is a part of; nil for none
	own []*widget // guarded by guiTree.mu
}

// Part returns a part of the container, for one of several libraries that share a
// server: elements added through it are shown in the container among all others, and
// its Reset removes only these elements. A library that is given a Part cannot remove
// elements that others have added.
func (c Container) Part() Container {
	c.part = &part{of: c.part}
	return c
}

// Reset removes the elements that were added to the container. For a Part, these are
// only the elements that were added through it and its parts. Elements of clients in a
// container of the server are kept.
func (c Container) Reset() {
	c.gui.tree.mu.Lock()
	defer c.gui.tree.mu.Unlock()
	list := c.at.children
	if c.part != nil {
		list = c.part.own
	}
	for _, w := range slices.Clone(list) {
		if w.gui == c.gui {
			w.removeLocked()
		}
	}
}

// In returns a container that adds elements of this GUI to h. With it, a client's own
// elements can be added to a folder of the server: they are shown to that client only
// and are removed with the folder. It panics with a *UsageError if h belongs to another
// client, or if h belongs to a client and g is the server's, since other clients do not
// have h.
func (g *GUI) In(h Holder) Container {
	c := h.inside()
	if c.gui.server != g.server || c.gui.client != nil && c.gui != g {
		usage("GUI.In", "the container is of another client's or server's GUI")
	}
	return Container{gui: g, at: c.at}
}

// place adds the element to the container and sends it to clients. value writes the
// element's value, nil for none; take handles the messages of clients about it, nil for
// none.
func (c Container) place(fn string, w *widget, kind *state.Kind, props wire.Props, value func(*wire.Encoder), take any) {
	c.put(fn, w, take, &state.Create{Kind: kind, Props: props, Value: value, Head: state.Head(func(e *wire.Encoder) int {
		e.String("uuid")
		e.String(w.uuid)
		e.String("container_uuid")
		e.String(c.at.uuid)
		return 2
	})})
}

// placeAlone is place for what is not shown inside the container, but removed with it.
func (c Container) placeAlone(fn string, w *widget, kind *state.Kind, props wire.Props, take any) {
	c.put(fn, w, take, &state.Create{Kind: kind, Props: props, Head: state.Head(func(e *wire.Encoder) int {
		e.String("uuid")
		e.String(w.uuid)
		return 1
	})})
}

// closed reports whether what is added is removed at once.
func (c Container) closed() bool {
	c.gui.tree.mu.Lock()
	defer c.gui.tree.mu.Unlock()
	return c.closedLocked()
}

func (c Container) closedLocked() bool { return c.at.gone || c.gui.left }

// put creates the element. Containers among the elements get their ID here.
func (c Container) put(fn string, w *widget, take any, create *state.Create) {
	w.gui, w.uuid, w.props, w.in, w.part, w.removed = c.gui, newUUID(), create.Props, c.at, c.part, make(chan struct{})
	create.Key = w.uuid
	tree := c.gui.tree
	tree.mu.Lock()
	defer tree.mu.Unlock()
	if len(w.holds) > 0 && w.holds[0].form && c.at.inForm() {
		usage(fn, "a form cannot be inside a form")
	}
	for _, node := range w.holds {
		node.uuid = w.uuid
	}
	// A client that leaves, or another goroutine, may have removed the container: the
	// element is then removed at once.
	create.Removed = c.closedLocked()
	w.ent = c.gui.scope.Create(create)
	if create.Removed {
		w.gone = true
		close(w.removed)
		for _, node := range w.holds {
			node.gone = true
		}
		return
	}
	if take != nil {
		c.gui.mu.Lock()
		c.gui.elements[w.uuid] = take
		c.gui.mu.Unlock()
	}
	c.at.children = append(c.at.children, w)
	for p := c.part; p != nil; p = p.of {
		p.own = append(p.own, w)
	}
}

// hold makes w a container inside of c, and returns the one that adds to it.
func (c Container) hold(w *widget, node *containerNode) Container {
	node.gui = c.gui
	w.holds = []*containerNode{node}
	return Container{gui: c.gui, at: node}
}

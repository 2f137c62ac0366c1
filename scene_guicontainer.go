package viser

import (
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var gui3DKind = state.SceneKind("Gui3DMessage", new(wire.Gui3DProps))

// A GUIContainer holds elements of the GUI at a place in the scene. They face the
// viewer, have a fixed size on the screen, and are drawn over the scene; elements that
// a client adds are shown to that client only. The elements are removed with the
// container.
type GUIContainer struct {
	node
	Container
	props wire.Gui3DProps
}

// AddGUIContainer adds a container for elements of the GUI to the scene: one in the
// server's scene holds elements that all clients show, one in a client's scene those of
// that client. An existing node of that name is removed, with its descendants. It
// panics with a *UsageError if the name is empty or a number is not finite.
func (s *Scene) AddGUIContainer(name string, opts *GUIContainerOptions) *GUIContainer {
	const fn = "Scene.AddGUIContainer"
	o := orPtr(opts, GUIContainerOptions{})
	place := o.place(fn)
	gui := s.server.gui
	if s.client != nil {
		gui = s.client.gui
	}
	at := &containerNode{gui: gui, uuid: newUUID()}
	h := &GUIContainer{
		Container: Container{gui: gui, at: at},
		props:     wire.Gui3DProps{Order: float64(time.Now().UnixMicro()) / 1e6, ContainerUUID: at.uuid},
	}
	gui.tree.mu.Lock()
	if !gui.left {
		gui.tree.inScene[at] = true
	}
	gui.tree.mu.Unlock()
	s.RemoveNode(name)
	s.add(fn, name, h, gui3DKind, &h.props, place)
	return h
}

func (h *GUIContainer) base() *node { return &h.node }

// empty removes the contents of the container, whose node was removed.
func (h *GUIContainer) empty() {
	tree := h.gui.tree
	tree.mu.Lock()
	defer tree.mu.Unlock()
	delete(tree.inScene, h.at)
	h.at.remove()
}

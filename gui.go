package viser

import (
	"slices"
	"sync"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A GUI is a panel of controls. The GUI of a Server is shared: everybody sees the
// same controls with the same values. The GUI of a Client is that client's own,
// beside the server's. Elements appear in the order in which they are added,
// unless they are given an Order. All methods are safe for concurrent use.
type GUI struct {
	Container
	server *Server
	client *Client // nil for the server's GUI
	scope  *state.Scope
	tree   *guiTree
	root   *containerNode

	mu       sync.Mutex
	elements map[string]receiver // by uuid, those that take values
	layout   int                 // how often the placement of the panel was set
	runID    string
}

// A receiver is an element that takes what a page sends.
type receiver interface {
	receive(from *Client, updates wire.Updates)
}

// A guiTree is what the GUIs of a server share: containers of the server's hold
// elements of clients, so one lock is for the structure of all. It comes before
// the locks of elements and of the store.
type guiTree struct {
	mu    sync.Mutex
	order float64 // the last one given out
}

// A containerNode is the place of a container in the tree.
type containerNode struct {
	gui      *GUI
	uuid     string
	children []*widget
	gone     bool
}

const (
	rootContainer = "root"
	mainPanel     = "viser-control-panel"
)

func newGUI(s *Server, c *Client, scope *state.Scope) *GUI {
	g := &GUI{server: s, client: c, scope: scope, elements: map[string]receiver{}, tree: &guiTree{}, runID: newUUID()[:8]}
	if c != nil {
		g.tree = s.gui.tree
	}
	g.root = &containerNode{gui: g, uuid: rootContainer}
	g.Container = Container{gui: g, at: g.root}
	if c == nil {
		g.resetLayout()
	}
	return g
}

// resetLayout puts the panel back to its default place.
func (g *GUI) resetLayout() {
	g.mu.Lock()
	g.layout++
	n := g.layout
	g.mu.Unlock()
	g.scope.SetCell("panel-position", &wire.GuiSetPanelPositionMessage{UUID: mainPanel, Position: wire.Placement{Kind: "float"}, Counter: n, RunID: g.runID})
	g.scope.SetCell("panel-width", &wire.GuiSetPanelWidthMessage{UUID: mainPanel, Counter: n, RunID: g.runID})
	g.scope.SetCell("panel-height", &wire.GuiSetPanelHeightMessage{UUID: mainPanel, Counter: n, RunID: g.runID})
	g.scope.SetCell("panel-collapsed", &wire.GuiSetPanelCollapsedMessage{UUID: mainPanel, Counter: n, RunID: g.runID})
}

// In returns the container that adds elements of this GUI to folder f. That is
// how a client's own elements get into a folder of the server's: they are seen
// by that client only and go with the folder. It panics with a *UsageError if f
// belongs to another client, or to a client while g is the server's: others
// could not see it.
func (g *GUI) In(f *Folder) Container {
	owner := f.node.gui
	if owner.server != g.server || owner.client != nil && owner != g {
		usage("GUI.In", "the folder %q is of another client's or server's GUI", f.Label())
	}
	return Container{gui: g, at: f.node}
}

// SetPanelLabel sets the title of the control panel; "" is the page's own.
func (g *GUI) SetPanelLabel(label string) {
	m := &wire.SetGuiPanelLabelMessage{}
	if label != "" {
		m.Label = &label
	}
	g.scope.SetCell("panel-label", m)
}

// Reset removes all elements of this GUI.
func (g *GUI) Reset() {
	g.tree.mu.Lock()
	g.removeAll(g.root)
	if g.client != nil {
		g.removeOwn(g.server.gui.root)
	}
	g.tree.mu.Unlock()
	if g.client == nil {
		g.resetLayout()
	}
}

func (g *GUI) removeAll(c *containerNode) {
	for _, w := range slices.Clone(c.children) {
		w.removeLocked()
	}
}

// removeOwn removes the elements of g that sit in containers of the server's.
func (g *GUI) removeOwn(c *containerNode) {
	for _, w := range slices.Clone(c.children) {
		if w.gui == g {
			w.removeLocked()
		} else if w.holds != nil {
			g.removeOwn(w.holds)
		}
	}
}

// guiUpdate hands values from the page to their element.
func (c *Client) guiUpdate(m *wire.GuiUpdateMessage) {
	if r := c.receiver(m.UUID); r != nil {
		r.receive(c, m.Updates)
	}
}

// receiver returns the element that the page means, nil if there is none.
func (c *Client) receiver(uuid string) receiver {
	for _, g := range []*GUI{c.server.gui, c.gui} {
		g.mu.Lock()
		r := g.elements[uuid]
		g.mu.Unlock()
		if r != nil {
			return r
		}
	}
	return nil
}

package viser

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// A GUI is a panel of controls. The GUI of a Server is shared: all clients show the
// same controls with the same values. The GUI of a Client is per-client and shown in
// addition to the server's. Elements appear in the order in which they are added,
// unless they have an Order. All methods are safe for concurrent use.
type GUI struct {
	Container
	server *Server
	client *Client // nil for the server's GUI
	scope  *state.Scope
	tree   *guiTree
	root   *containerNode

	mu       sync.Mutex
	elements map[string]any // by uuid: the elements that receive messages
	runID    string
	main     *MainPanel
	// Guarded by guiTree.mu.
	layout int  // the number of commands to panels
	left   bool // the client has left
}

// A receiver is an element that receives messages of pages.
type receiver interface {
	receive(from *Client, updates wire.Updates)
}

// valued is a receiver whose value clients and the program set.
type valued interface {
	receiveValue(from *Client, updates wire.Updates, revision int)
	// sendValue sends the current value to one client.
	sendValue(to *Client)
}

// A guiTree is shared by the GUIs of a server and its clients: containers of the server
// may have elements of clients, so one lock guards the structure of all. It is locked
// before the locks of elements and of the store.
type guiTree struct {
	mu    sync.Mutex
	order float64 // the last one given out
	// inScene are the containers that nodes of scenes are.
	inScene map[*containerNode]bool
}

const (
	rootContainer = "root"
	mainPanel     = "viser-control-panel"
)

func newGUI(s *Server, c *Client, scope *state.Scope) *GUI {
	g := &GUI{server: s, client: c, scope: scope, elements: map[string]any{}, tree: &guiTree{inScene: map[*containerNode]bool{}}, runID: newUUID()[:8]}
	if c != nil {
		g.tree = s.gui.tree
	}
	g.root = &containerNode{gui: g, uuid: rootContainer}
	g.Container = Container{gui: g, at: g.root}
	g.main = &MainPanel{placed{of: g, id: mainPanel, send: g.scope.SetCell}}
	if c == nil {
		g.main.reset()
	}
	return g
}

// context ends when the GUI can no longer be used.
func (g *GUI) context() context.Context {
	if g.client != nil {
		return g.client.ctx
	}
	return g.server.ctx
}

// SetPanelLabel sets the title of the control panel; "" for the client's default.
func (g *GUI) SetPanelLabel(label string) {
	m := &wire.SetGuiPanelLabelMessage{}
	if label != "" {
		m.Label = &label
	}
	g.scope.SetCell("panel-label", m)
}

// Reset removes all elements, panels, modals and commands of this GUI, except those in containers of the
// scene. For the server's GUI it also resets the position of the control panel.
func (g *GUI) Reset() {
	g.tree.mu.Lock()
	g.removeEverything()
	g.tree.mu.Unlock()
	if g.client == nil {
		g.main.reset()
	}
}

// removeEverything removes all elements of g, in its own containers and the server's;
// guiTree.mu is held.
func (g *GUI) removeEverything() {
	g.root.removeChildren()
	if g.client != nil {
		g.removeOwn(g.server.gui.root)
	}
	for node := range g.tree.inScene {
		if node.gui != g {
			g.removeOwn(node)
		}
	}
}

// removeOwn removes the elements of g that sit in containers of the server's.
func (g *GUI) removeOwn(c *containerNode) {
	for _, w := range slices.Clone(c.children) {
		if w.gui == g {
			w.removeLocked()
			continue
		}
		for _, node := range w.holds {
			g.removeOwn(node)
		}
	}
}

// leave removes the elements that the client of g has in the server's containers, and
// lets it add no more.
func (g *GUI) leave() {
	g.tree.mu.Lock()
	defer g.tree.mu.Unlock()
	g.removeEverything()
	for node := range g.tree.inScene {
		if node.gui == g {
			delete(g.tree.inScene, node)
			node.remove()
		}
	}
	g.left = true
}

// element returns the receiver of messages with the uuid, nil for none.
func (c *Client) element(uuid string) any {
	for _, g := range []*GUI{c.server.gui, c.gui} {
		g.mu.Lock()
		e := g.elements[uuid]
		g.mu.Unlock()
		if e != nil {
			return e
		}
	}
	return nil
}

// has reports whether one of the elements that receive messages has that ID.
func (g *GUI) has(uuid string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.elements[uuid] != nil
}

// guiUpdate passes values from the page to their element.
func (c *Client) guiUpdate(m *wire.GuiUpdateMessage) {
	switch r := c.element(m.UUID).(type) {
	case valued:
		r.receiveValue(c, m.Updates, m.Revision)
		return // it has confirmed the value, in the order of all values
	case receiver:
		r.receive(c, m.Updates)
	}
	c.confirmValue(m.UUID, m.Revision)
}

const (
	// takeBackAfter is how long a plain client shows a value that was refused, and so how
	// often it is sent the current ones while its user goes on.
	takeBackAfter = 100 * time.Millisecond
	// maxTakenBack bounds the inputs whose values a client is sent at a time.
	maxTakenBack = 256
)

// refused takes back what the page of a plain client shows for a message that has no
// effect: it has no disabled controls for RoleView, as those of this library have.
func (c *Client) refused(m wire.Message) {
	update, ok := m.(*wire.GuiUpdateMessage)
	if !ok || c.extended || c.Role() != RoleView {
		return
	}
	if in, ok := c.element(update.UUID).(valued); ok {
		c.takeBack(in)
	}
}

// takeBack sends the current value of an input to a client whose own was refused. Several
// in a short time are answered by one message, with the value that is current then.
func (c *Client) takeBack(in valued) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.takenBack) == 0 {
		time.AfterFunc(takeBackAfter, c.sendTakenBack)
	}
	if len(c.takenBack) < maxTakenBack {
		c.takenBack[in] = struct{}{}
	}
}

func (c *Client) sendTakenBack() {
	c.mu.Lock()
	inputs := slices.Collect(maps.Keys(c.takenBack))
	clear(c.takenBack)
	c.mu.Unlock()
	for _, in := range inputs {
		in.sendValue(c)
	}
}

// confirmValue tells the page that a value was received: it ignores values of the
// program and of other clients that were set before.
func (c *Client) confirmValue(uuid string, revision int) {
	if revision == 0 || !c.extended {
		return
	}
	// An error means that the client has left, or does not read what it was sent.
	_ = c.scope.Send(&wire.GuiUpdateAckMessage{UUID: uuid, Revision: revision})
}
